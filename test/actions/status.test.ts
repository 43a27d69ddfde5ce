import { expect, test } from 'vitest'
import { backupOf, statusOf } from '../../src/actions/migrate/run.ts'
import type { Server } from '../../src/server/server.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { serverFacts } from '../migration/facts.ts'
import { commandSession } from '../server/command-session.ts'

/** A server without a receipt of a rehearsal. */
function serverWith(probe: Server['probe']): Server {
  const session = commandSession('matrix.example.test', async () => ({ code: 0, stdout: '', stderr: '' }))
  const parts: Pick<Server, 'probe' | 'session'> & { window: Pick<Server['window'], 'status'> } = {
    probe,
    session: { ...session, readFile: async () => undefined },
    window: { status: async () => 'No run is unfinished.\n' },
  }
  return parts as Server
}

test('the status fails where the stage cannot be read, and still shows the rest', async () => {
  const unreadable = new ToolkitError({
    reason: 'server-state-unreadable',
    what: 'The probe script failed on the server.',
    remedy: 'Look at PostgreSQL.',
  })
  const { status, error } = await statusOf(
    serverWith(() => Promise.reject(unreadable)),
    'prepared',
  )
  expect(status).toMatchObject({ stage: 'unknown', why: unreadable.message, text: 'No run is unfinished.\n' })
  expect(error).toBe(unreadable)
})

test('the status of a stage that can be read succeeds', async () => {
  const { status, error } = await statusOf(
    serverWith(async () => serverFacts()),
    'prepared',
  )
  expect(status).toMatchObject({ stage: 'installed' })
  expect(error).toBeUndefined()
})

test.each(['resume', 'status'] as const)('%s takes no backup, so no input about one stops it', operation => {
  const inputs = { operation, backup: 'external', backupPath: undefined, backupMaxAgeHours: 24 } as const
  expect(backupOf(inputs)).toEqual({ kind: 'auth' })
  expect(() => backupOf({ ...inputs, operation: 'rollback' })).toThrow('`backup-path` is not set')
})
