import { expect, test } from 'vitest'
import type { ServerSession } from '../../src/server/session.ts'
import { windowOver } from '../../src/server/window/window.ts'

/** A server on which each command fails. */
function failing(code: number, stderr: string) {
  const run = async () => ({ code, signal: undefined, stdout: '', stderr })
  return windowOver({ host: 'matrix.example.test', run } as unknown as ServerSession)
}

test.each([
  ['/matrix/x changed since the migration\n', ': /matrix/x changed since the migration.'],
  ['Job failed.\n', ': Job failed.'],
  ['', '.'],
])('a failure is one sentence, with the reason of the program (%j)', async (stderr, end) => {
  await expect(failing(76, stderr).mirror('r1')).rejects.toMatchObject({
    message: `The command mirror failed on the server (exit code 76)${end}`,
  })
  await expect(failing(1, stderr).facts()).rejects.toMatchObject({
    message: `The state of matrix-auth-actions could not be read with python3 (exit code 1)${end}`,
  })
})
