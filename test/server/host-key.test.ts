import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTerminalWords } from '../../src/cli/words.ts'
import { openSession } from '../../src/server/ssh-session.ts'
import { startSshd, type ThrowAwaySshd } from './sshd.ts'

let sshd: ThrowAwaySshd
beforeAll(async () => {
  sshd = await startSshd()
})
afterAll(() => sshd.stop())

const connect = (knownHosts: string) => openSession(sshd.address, { ...sshd, knownHosts })
const init = 'Run `npx matrix-auth-actions init` in your repository'

test('a host key that is not the pinned one is named, with the file and the commands that replace it', async () => {
  const { port } = sshd.address
  const listed = execFileSync('ssh-keygen', ['-lf', join(sshd.folder, 'host.pub')], { encoding: 'utf8' })
  const error = await connect(`[127.0.0.1]:${port} ${sshd.otherKey}`).catch((error: unknown) => error)
  expect(error).toMatchObject({
    reason: 'host-key-unknown',
    message: `The host key of the server (${listed.split(' ')[1]}) is not the one in inventory/known_hosts.`,
    remedy: expect.stringContaining(
      `\`ssh-keygen -R '[127.0.0.1]:${port}' -f inventory/known_hosts\`. ${init}`,
    ),
  })
  const { remedy } = error as { remedy: string }
  expect(inTerminalWords(remedy, new Set(['known-hosts']))).toContain('Run `matrix-auth-actions init`')
})

test('a server without a pinned key is named, with the file and the command that pins it', async () => {
  await expect(connect('')).rejects.toMatchObject({
    message: `inventory/known_hosts has no key for [127.0.0.1]:${sshd.address.port}.`,
    remedy: expect.stringContaining(init),
  })
})
