import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { gitFiles } from '../../src/support/files/git-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'git-files-'))
const binary = Buffer.from([0, 10, 255, 13, 10, 0])

beforeAll(() => {
  mkdirSync(join(folder, 'a/b'), { recursive: true })
  writeFileSync(join(folder, 'a/b/text'), 'one\ntwo')
  writeFileSync(join(folder, 'a/same'), 'one\ntwo')
  writeFileSync(join(folder, 'a/binary'), binary)
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'large'), Buffer.alloc(5_000_000, 'x'))
  symlinkSync('empty', join(folder, 'link'))
  const git = (...argv: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.test', ...argv])
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'first')
  writeFileSync(join(folder, 'a/b/text'), 'changed')
  git('commit', '-qam', 'second')
})

/** Adds a commit with many large files, of which git stores one. */
function commitLarge(paths: readonly string[]): void {
  const git = (argv: readonly string[], input: string | Buffer) =>
    execFileSync('git', ['-C', folder, ...argv], { input })
      .toString()
      .trim()
  const id = git(['hash-object', '-w', '--stdin'], Buffer.alloc(4 * 1024 * 1024, 'x'))
  git(['update-index', '--index-info'], paths.map(path => `100644 ${id}\t${path}\n`).join(''))
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.test']
  git([...author, 'commit', '-qm', 'large'], '')
}

describe('the files of a commit', () => {
  test('are those of that commit, byte for byte', async () => {
    const files = await gitFiles(folder, 'HEAD^1')
    const read = (path: string) => Buffer.from(files.read(path))
    expect(read('a/b/text').toString()).toBe('one\ntwo')
    expect(read('a/same').toString()).toBe('one\ntwo')
    expect(read('a/binary')).toEqual(binary)
    expect(read('empty')).toHaveLength(0)
    expect(files.list('a')).toEqual(['b', 'binary', 'same'])
    expect((await gitFiles(folder, 'HEAD')).read('a/b/text').toString()).toBe('changed')
  })

  test('of unusual kinds and sizes are listed, and not read', async () => {
    const files = await gitFiles(folder, 'HEAD')
    expect(files.entry('link').kind).toBe('outside')
    expect(files.entry('a').kind).toBe('directory')
    expect(files.entry('large')).toMatchObject({ kind: 'file', size: 5_000_000 })
    expect(() => files.read('large')).toThrow()
  })

  test('are read in a repository of any size', async () => {
    commitLarge(Array.from({ length: 70 }, (_, index) => `large-files/${index}`))
    const files = await gitFiles(folder, 'HEAD')
    expect(files.list('large-files')).toHaveLength(70)
    for (const path of ['a/b/text', 'a/binary', 'empty', 'large-files/7'])
      expect([path, files.read(path).length]).toEqual([path, files.entry(path).size])
    expect(files.read('a/b/text').toString()).toBe('changed')
  })

  test.each(['nowhere', '-x', 'HEAD~9'])('of %j are refused in clear words', async ref => {
    await expect(gitFiles(folder, ref)).rejects.toMatchObject({ reason: 'input-invalid' })
  })
})
