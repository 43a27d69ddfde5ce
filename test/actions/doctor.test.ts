import { expect, test } from 'vitest'
import { checkServer } from '../../src/actions/doctor/run.ts'
import type { MasFacts } from '../../src/domain/server-facts.ts'
import { publicWeb } from '../../src/server/public-web.ts'
import type { Server } from '../../src/server/server.ts'
import { serverFacts } from '../migration/facts.ts'

const doctorTag = 'matrix-authentication-service-mas-cli-doctor'

/** A server on which nothing but the probe works. */
async function check(mas: Partial<MasFacts>) {
  const failed = { code: 1, stdout: '', stderr: '' }
  const server = {
    session: {
      host: 'matrix.example.test',
      run: async () => failed,
      script: async () => failed,
      readFile: async () => undefined,
    },
    probe: async () => serverFacts({ mas }),
  } as unknown as Server
  const tags: string[] = []
  const playbook = {
    run: async (given: { readonly tags: readonly string[] }) => {
      tags.push(...given.tags)
      return { code: 0, results: [], stats: {}, stderr: '', otherOutput: [], seconds: 1 }
    },
  }
  const report = await checkServer(
    { server, playbook, print: () => undefined },
    { doctorTag, desired: 'unknown', pins: [], web: publicWeb() },
  )
  const masCli = report.checks?.find(({ id }) => id === 'doctor/did-not-run')
  return { tags, masCli, ids: report.findings.map(({ id }) => id), findings: report.findings }
}

test("runs the playbook's doctor tag where MAS runs", async () => {
  const { tags, masCli, ids } = await check({})
  expect([tags, masCli]).toEqual([[doctorTag], undefined])
  expect(ids).not.toContain('doctor/unit-down')
})

test.each<[string, Partial<MasFacts>]>([
  ['is stopped', { active: 'inactive', container: false }],
  ['starts again and again', { active: 'activating', container: false }],
  ['has a container without its unit', { active: 'failed' }],
])('does not start a MAS that %s: mas-cli doctor could not run, which is no pass', async (_, mas) => {
  const { tags, masCli, ids, findings } = await check(mas)
  expect(tags).toEqual([])
  const detail = "MAS is not running, and the playbook's task for mas-cli doctor would start it"
  expect(masCli).toMatchObject({ result: 'unknown', detail })
  expect(ids).toContain('doctor/unit-down')
  expect(findings.map(({ message }) => message)).toContain(
    `Could not run: doctor/did-not-run. Reason: ${detail}.`,
  )
})

test('a server without MAS has no mas-cli doctor that could run', async () => {
  const { tags, masCli } = await check({ installed: false, active: 'inactive', container: false })
  expect([tags, masCli]).toEqual([[], undefined])
})
