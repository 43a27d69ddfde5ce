import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import type { FileReader } from '../../src/support/files/files.ts'
import { overlaid } from '../../src/support/files/overlay.ts'

const root = mkdtempSync(join(tmpdir(), 'overlay-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

beforeAll(() => {
  write('folder/changed', 'before')
  write('folder/same', 'same')
  symlinkSync('folder', join(root, 'link-to-folder'))
  symlinkSync('folder/changed', join(root, 'link-to-file'))
  symlinkSync('/etc', join(root, 'link-outside'))
})

const paths = [
  '',
  'folder',
  'folder/changed',
  'folder/same',
  'folder/absent',
  'link-to-folder',
  'link-to-folder/changed',
  'link-to-file',
  'link-outside',
  'new',
  'new/folder',
  'new/folder/file',
]

/** What a reader says of every path. */
function seen(files: FileReader) {
  return paths.map(path => {
    const { kind, size } = files.entry(path)
    const content = kind === 'file' ? new TextDecoder().decode(files.read(path)) : ''
    return { path, kind, size, content, names: files.list(path) }
  })
}

test('files with other texts are read as if these had been written', () => {
  const texts = new Map([
    ['link-to-folder/changed', 'after it'],
    ['new/folder/file', 'added'],
  ])
  const files = overlaid(diskFiles(root), texts)
  const before = seen(files)
  for (const [path, text] of texts) write(path, text)
  expect(before).toEqual(seen(diskFiles(root)))
})
