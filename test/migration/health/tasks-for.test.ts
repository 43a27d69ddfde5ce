import { expect, test } from 'vitest'
import { publicChecks } from '../../../src/domain/health-checks/public.ts'
import { checkId } from '../../../src/domain/health-checks.ts'
import { runTasks } from '../../../src/migration/health/tasks.ts'
import { publicTasksFor } from '../../../src/migration/health/tasks-for.ts'
import type { PublicWeb } from '../../../src/server/public-web.ts'
import { commandSession } from '../../server/command-session.ts'

test('without a readable server name no check of the public view is a pass, or is missing', async () => {
  const session = commandSession('matrix.example.test', async () => ({ code: 0, stdout: '', stderr: '' }))
  const unused = () => Promise.reject(new Error('nothing is asked'))
  const web: PublicWeb = { ask: unused, certificate: unused, exists: unused }
  const tasks = await publicTasksFor(
    { session: { ...session, readFile: async () => 'pid_file: /x' } },
    { web },
  )
  const { checks, findings } = await runTasks(tasks)
  const names = Object.keys(publicChecks) as (keyof typeof publicChecks)[]
  expect(checks.map(({ id, result }) => [id, result])).toEqual(names.map(name => [checkId(name), 'unknown']))
  expect(findings).toMatchObject([{ id: 'doctor/not-checked' }])
})
