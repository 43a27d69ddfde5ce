import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cacheFolder, temporaryFolder, temporaryFolderForSockets } from '../../src/support/files/writing.ts'

test.each([
  ['a temporary folder', () => temporaryFolder('/dev/null', 'x-'), 'TMPDIR'],
  ['a folder for sockets', () => temporaryFolderForSockets('/dev/null', 'x-'), 'TMPDIR'],
  ['a cache', () => cacheFolder('/dev/null/cache'), 'XDG_CACHE_HOME'],
])('%s that cannot be written is bad input, and names what to set', (_, make, name) => {
  expect(make).toThrow(
    expect.objectContaining({
      reason: 'input-invalid',
      message: 'A file or folder cannot be written (ENOTDIR).',
      remedy: expect.stringContaining(name),
    }),
  )
})

test('a folder for sockets has a short path, however long that of the temporary folder is', () => {
  const parent = mkdtempSync(join(tmpdir(), 'deep-'))
  const deep = join(parent, 'a'.repeat(100))
  mkdirSync(deep)
  const [short, long] = [temporaryFolderForSockets(deep, 'maa-'), temporaryFolder(deep, 'maa-')]
  rmSync(short, { recursive: true })
  rmSync(parent, { recursive: true })
  // ssh adds its own suffix to the name that Ansible gives a socket.
  expect(`${short}/s/0123456789.0123456789abcdef`.length).toBeLessThanOrEqual(107)
  expect(long.startsWith(deep)).toBe(true)
})
