import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Repository } from '../../src/actions/repository.ts'
import { root } from '../../src/actions/root/action.ts'
import { perform } from '../../src/actions/run-action.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { parseRecord } from '../../src/support/json.ts'
import { type ServerRepository, serverRepository } from './server-repository.ts'

let server: ServerRepository
beforeEach(() => {
  server = serverRepository()
})
afterEach(() => server.remove())

test('a job that is killed while it works on a host has not said that nothing was done', async () => {
  const workspace = server.checkOut(
    server.commit({ 'inventory/hosts': '[matrix_servers]\na.example.test\n' }),
  )
  const report = () => parseRecord(readFileSync(join(workspace, 'report/outcome-all.json'), 'utf8'))
  const seen: unknown[] = []
  const inGroup = async () => {
    seen.push(report())
    throw new Error('killed')
  }
  const inputs = new Map([
    ['task', 'apply'],
    ['operation', 'status'],
    ['report-path', 'report'],
  ])
  const event = join(workspace, 'event.json')
  writeFileSync(event, JSON.stringify({ repository: { default_branch: 'main' } }))
  const runtime = {
    environment: {
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: 'refs/heads/main',
    },
    repository: new Repository(workspace),
    log: () => undefined,
    port: { ...runnerPort({}), inGroup },
  }
  await expect(perform(root, name => inputs.get(name), runtime)).rejects.toThrow('killed')
  expect(seen).toMatchObject([
    {
      outcomes: [
        {
          host: 'a.example.test',
          operation: 'status',
          ok: false,
          sentence: expect.stringContaining('unknown'),
        },
      ],
    },
  ])
})
