import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { writeBelow } from '../../src/support/report-file.ts'

/** Bytes that a file may still have; no limit where it is undefined. */
const disk = vi.hoisted(() => ({ room: undefined as number | undefined }))
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>()
  const writeSync = (descriptor: number, bytes: Uint8Array, offset: number, length: number, at: number) => {
    const most = disk.room === undefined ? length : Math.min(length, disk.room - at)
    if (most <= 0 && length > 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    return fs.writeSync(descriptor, bytes, offset, most, at)
  }
  return { ...fs, writeSync }
})

let root = ''
const file = () => join(root, 'vars.yml')
const write = (text: string) => writeBelow(root, file(), text, 'The vars')
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'full-'))
})
afterEach(() => {
  disk.room = undefined
  rmSync(root, { recursive: true, force: true })
})

test('a file stays as it was where the disk has no room for the new one', () => {
  writeFileSync(file(), 'a: 1\nb: 2\n', { mode: 0o640 })
  disk.room = 12
  expect(() => write('c: 3\na: 1\nb: 2\n')).toThrow('The vars cannot be written (ENOSPC)')
  expect(readFileSync(file(), 'utf8')).toBe('a: 1\nb: 2\n')
})

test.each(['', 'ü\n', 'a: 1\nb: 2\nc: 3\n'])('a file is replaced by %j, with its mode', text => {
  writeFileSync(file(), 'a: 1\nb: 2\n', { mode: 0o640 })
  write(text)
  expect(readFileSync(file(), 'utf8')).toBe(text)
  expect(statSync(file()).mode & 0o777).toBe(0o640)
})
