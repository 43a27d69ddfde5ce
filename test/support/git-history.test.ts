import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gitHistory } from '../../src/support/git-history.ts'

let folder = ''
let clone = ''
const now = Date.parse('2026-11-24T12:00:00Z') / 1000
const git = (where: string, argv: readonly string[], date = '') =>
  execFileSync('git', ['-C', where, '-c', 'user.name=a', '-c', 'user.email=a@example.test', ...argv], {
    env: { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z' },
  })
const commit = (text: string, date: string) => {
  writeFileSync(join(folder, 'vars.yml'), text)
  git(folder, ['add', '-A'])
  git(folder, ['commit', '-qm', 'change'], date)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'))
  clone = mkdtempSync(join(tmpdir(), 'history-clone-'))
  git(folder, ['init', '-q'])
  commit('a: 1\nb: 2\n', '2026-10-01T12:00:00Z')
  commit('a: 1\nb: 3\n', '2026-11-20T13:00:00Z')
  git(clone, ['clone', '-q', '--depth=1', `file://${folder}`, '.'])
  writeFileSync(join(folder, 'vars.yml'), 'a: 1\nb: 3\nc: 4\n')
})
afterAll(() => {
  for (const path of [folder, clone]) rmSync(path, { recursive: true, force: true })
})

describe('the history of a line', () => {
  test('is told in whole days since the commit that wrote it', () => {
    const history = gitHistory(folder, now)
    expect(history.daysAt({ file: 'vars.yml', line: 1 })).toBe(54)
    expect(history.daysAt({ file: 'vars.yml', line: 2 })).toBe(3)
  })

  test('is not told where the line is not committed, or the file is not there', () => {
    const history = gitHistory(folder, now)
    expect(history.daysAt({ file: 'vars.yml', line: 3 })).toBeUndefined()
    expect(history.daysAt({ file: '--help', line: 1 })).toBeUndefined()
    expect(gitHistory(tmpdir(), now).daysAt({ file: 'vars.yml', line: 1 })).toBeUndefined()
  })

  test('in a shallow clone is said to be untold, never guessed', () => {
    expect(gitHistory(clone, now).daysAt({ file: 'vars.yml', line: 1 })).toBe('untold')
  })
})
