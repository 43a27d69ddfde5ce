import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ServerSession } from '../../src/server/session.ts'
import { openSession } from '../../src/server/ssh-session.ts'
import { startSshd, type ThrowAwaySshd } from './sshd.ts'

let sshd: ThrowAwaySshd
let session: ServerSession

beforeAll(async () => {
  sshd = await startSshd()
  session = await openSession(sshd.address, sshd)
})
afterAll(async () => {
  await session?.close()
  sshd?.stop()
})

/** A limit is a process between the command and the SSH daemon. */
const withoutLimit = { timeoutMs: Number.POSITIVE_INFINITY }

describe('a session over a real sshd', () => {
  it('quotes every word and expands nothing', async () => {
    const words = ['a b', '$HOME', "it's", '`id`', '*', '', 'ü\n"x"', '\\']
    const result = await session.run(['printf', '%s|', ...words])
    expect(result).toMatchObject({ code: 0, stdout: words.map(word => `${word}|`).join('') })
  })

  it('passes standard input and streams whole lines', async () => {
    const lines: string[] = []
    const result = await session.run(['sh', '-c', 'cat; echo problem >&2; exit 3'], {
      input: 'first ü\nsecond',
      onLine: line => lines.push(line),
    })
    expect(result).toMatchObject({ code: 3, stdout: 'first ü\nsecond', stderr: 'problem\n' })
    expect(lines).toEqual(['first ü', 'second'])
  })

  it('runs more commands at once than the server allows (`MaxSessions`), one after the other', async () => {
    const numbers = [1, 2, 3, 4, 5, 6].map(String)
    const results = await Promise.all(
      numbers.map(each => session.run(['sh', '-c', 'sleep 0.3; cat'], { input: each })),
    )
    expect(results.map(({ stdout }) => stdout)).toEqual(numbers)
  })

  it('reports the signal that killed a command', async () => {
    expect(await session.run(['sh', '-c', 'kill -9 $$'])).toMatchObject({ code: null, signal: 'SIGKILL' })
  })

  it('kills a command on the server after its timeout', async () => {
    const mark = `47${Date.now() % 100_000}`
    await expect(session.run(['sleep', mark], { timeoutMs: 500 })).rejects.toMatchObject({
      reason: 'server-command-failed',
    })
    expect((await session.run(['pgrep', '-f', `sleep ${mark}`], withoutLimit)).code).toBe(1)
  })

  it('writes a file with its mode in one step, leaves nothing beside it, and reads the same text', async () => {
    const path = join(sshd.folder, 'secret file')
    const text = 'a\0ü€🙂\n'.repeat(50_000)
    await session.writeFile(path, text, 0o600)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8') === text).toBe(true)
    expect((await session.readFile(path)) === text).toBe(true)
    await session.writeFile(path, '', 0o640)
    expect(statSync(path)).toMatchObject({ size: 0 })
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(sshd.folder).filter(name => name.startsWith('.'))).toEqual([])
  })

  it('keeps the owner of a file that it replaces', async () => {
    const path = join(sshd.folder, 'owned')
    writeFileSync(path, 'before')
    await session.run(['chown', '991:991', path])
    await session.writeFile(path, 'after', 0o600)
    expect(statSync(path)).toMatchObject({ uid: 991, gid: 991 })
  })

  it('returns undefined for a missing file, and throws for a missing folder', async () => {
    expect(await session.readFile(join(sshd.folder, 'none'))).toBeUndefined()
    await expect(session.writeFile(join(sshd.folder, 'none/file'), 'x', 0o600)).rejects.toMatchObject({
      reason: 'server-command-failed',
    })
    expect(existsSync(join(sshd.folder, 'none'))).toBe(false)
  })
})

describe('trust', () => {
  it('accepts a hashed entry of the known hosts', async () => {
    const file = join(sshd.folder, 'hashed')
    writeFileSync(file, sshd.knownHosts)
    chmodSync(file, 0o600)
    await session.run(['ssh-keygen', '-q', '-H', '-f', file])
    const knownHosts = readFileSync(file, 'utf8')
    expect(knownHosts).toMatch(/^\|1\|/)
    const hashed = await openSession(sshd.address, { ...sshd, knownHosts })
    await hashed.close()
  })

  it.each([
    ['no key at all', () => ''],
    ['a key of another port', () => sshd.knownHosts.replace(/\[127.*?\S /, '127.0.0.1 ')],
    ['another key', () => `[127.0.0.1]:${sshd.address.port} ${sshd.otherKey}`],
    ['a revoked key', () => `${sshd.knownHosts}@revoked ${sshd.knownHosts}`],
    [
      'only a key of a type that the server does not have',
      () =>
        `[127.0.0.1]:${sshd.address.port} ssh-rsa ${Buffer.from('\0\0\0\x07ssh-rsa\0\0\0\x01\x03').toString('base64')}`,
    ],
  ])('does not connect where %s is pinned', async (_, knownHosts) => {
    await expect(openSession(sshd.address, { ...sshd, knownHosts: knownHosts() })).rejects.toMatchObject({
      reason: 'host-key-unknown',
    })
  })
})

describe('an unreachable server', () => {
  it('is distinguished from an agent that does not answer', async () => {
    await expect(
      openSession(sshd.address, { ...sshd, agentSocket: join(sshd.folder, 'nobody') }),
    ).rejects.toMatchObject({ reason: 'server-unreachable', message: expect.stringContaining('agent') })
  })

  it('is distinguished from a key that is not accepted', async () => {
    await expect(openSession({ ...sshd.address, user: 'nobody' }, sshd)).rejects.toMatchObject({
      reason: 'server-unreachable',
      message: expect.stringContaining('nobody'),
    })
  })

  it('costs the running command when only the connection is lost; the next commands have a new one', async () => {
    const other = await openSession(sshd.address, sshd)
    await expect(other.run(['sh', '-c', 'kill -9 $PPID; sleep 5'], withoutLimit)).rejects.toMatchObject({
      reason: 'server-unreachable',
    })
    const both = await Promise.all([other.run(['echo', 'back']), other.run(['echo', 'again'])])
    expect(both.map(({ stdout }) => stdout)).toEqual(['back\n', 'again\n'])
    await other.close()
  })

  it('is reported by the running command when the connection is lost', async () => {
    const doomed = await startSshd()
    try {
      const lost = await openSession(doomed.address, doomed)
      const running = lost.run(['sleep', '30'])
      setTimeout(() => doomed.kill(), 300)
      await expect(running).rejects.toMatchObject({ reason: 'server-unreachable' })
      await expect(lost.run(['true'])).rejects.toMatchObject({ reason: 'server-unreachable' })
      // A daemon that was just killed may accept one more connection without answering it.
      await vi.waitFor(
        () =>
          expect(openSession(doomed.address, doomed)).rejects.toMatchObject({
            reason: 'server-unreachable',
            message: expect.stringContaining('Nothing listens'),
          }),
        { timeout: 20_000, interval: 500 },
      )
    } finally {
      doomed.stop()
    }
  })
})
