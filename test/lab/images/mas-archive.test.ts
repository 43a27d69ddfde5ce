import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { masArchiveOf, masFromArchive } from './mas-archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'mas-archive-'))
const archive = join(folder, 'mas-cli-x86_64-linux.tar.gz')
const formerCache = process.env.LAB_CACHE
let server: Server
let asked = 0

/** As upstream makes it: everything below `./`, the program executable. */
function pack(name: string, files: Record<string, string>): string {
  const content = mkdtempSync(join(folder, 'content-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(content, path, '..'), { recursive: true })
    writeFileSync(join(content, path), text)
    chmodSync(join(content, path), 0o755)
  }
  execFileSync('tar', ['-czf', name, '-C', content, '.'])
  return createHash('sha256').update(readFileSync(name)).digest('hex')
}

const kept = () => readdirSync(join(process.env.LAB_CACHE ?? '', 'mas'))
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.22.0/archive.tar.gz`

beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1
    response.end(readFileSync(archive))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  process.env.LAB_CACHE = mkdtempSync(join(folder, 'cache-'))
  asked = 0
})
afterAll(() => {
  server.close()
  if (formerCache === undefined) delete process.env.LAB_CACHE
  else process.env.LAB_CACHE = formerCache
  rmSync(folder, { recursive: true })
})

it('downloads an archive once and keeps what is in it', async () => {
  const sha256 = pack(archive, { 'mas-cli': '#!/bin/sh\n', 'share/policy.wasm': 'x' })
  const first = await masFromArchive({ url: url(), sha256 })
  expect(readdirSync(first).sort()).toEqual(['mas-cli', 'share'])
  expect(await masFromArchive({ url: url(), sha256 })).toBe(first)
  expect(asked).toBe(1)
})

it('accepts an archive on the disk', async () => {
  const sha256 = pack(archive, { 'mas-cli': '#!/bin/sh\n' })
  expect(readdirSync(await masFromArchive({ url: `file://${archive}`, sha256 }))).toEqual(['mas-cli'])
})

it('refuses an archive with another checksum and keeps nothing of it', async () => {
  const sha256 = pack(archive, { 'mas-cli': '#!/bin/sh\n' })
  const other = sha256.replace(/^./, digit => (digit === '0' ? '1' : '0'))
  await expect(masFromArchive({ url: url(), sha256: other })).rejects.toThrow(
    `sha256 ${sha256}, not ${other}`,
  )
  expect(kept()).toEqual([])
})

it('refuses an archive without mas-cli and keeps nothing of it', async () => {
  const sha256 = pack(archive, { 'bin/mas-cli': '#!/bin/sh\n' })
  await expect(masFromArchive({ url: url(), sha256 })).rejects.toThrow('holds no mas-cli')
  expect(kept()).toEqual([])
})

it('requires the checksum with the URL', () => {
  const sha256 = 'a'.repeat(64)
  expect(masArchiveOf({})).toBeUndefined()
  expect(masArchiveOf({ LAB_MAS_ARCHIVE: 'file:///x', LAB_MAS_ARCHIVE_SHA256: sha256 })).toEqual({
    url: 'file:///x',
    sha256,
  })
  expect(() => masArchiveOf({ LAB_MAS_ARCHIVE: 'file:///x' })).toThrow('LAB_MAS_ARCHIVE_SHA256')
  expect(() => masArchiveOf({ LAB_MAS_ARCHIVE: '/x', LAB_MAS_ARCHIVE_SHA256: sha256 })).toThrow(
    'is not a URL',
  )
})
