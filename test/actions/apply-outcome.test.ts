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

test.each([
  ['status', 'with operation: status'],
  ['deploy', 'To deploy again, '],
])(
  'a job that is killed during %s has said that the outcome is unknown, and what to do',
  async (operation, next) => {
    const commit = server.commit({ 'inventory/hosts': '[matrix_servers]\na.example.test\n' })
    const workspace = server.checkOut(commit)
    const report = () => parseRecord(readFileSync(join(workspace, 'report/outcome-all.json'), 'utf8'))
    const seen: unknown[] = []
    const inGroup = async () => {
      seen.push(report())
      throw new Error('killed')
    }
    const inputs = new Map([
      ['task', 'apply'],
      ['operation', operation],
      ['fail-on', 'never'],
      ['report-path', 'report'],
    ])
    const event = join(workspace, 'event.json')
    writeFileSync(event, JSON.stringify({ repository: { default_branch: 'main' } }))
    const runtime = {
      environment: {
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_EVENT_PATH: event,
        GITHUB_REF: 'refs/heads/main',
        GITHUB_SERVER_URL: server.serverUrl,
        GITHUB_REPOSITORY: 'operator/inventory',
        GITHUB_SHA: commit,
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
            operation,
            ok: false,
            sentence: expect.stringMatching(`the outcome is unknown.*${next}`),
          },
        ],
      },
    ])
  },
)
