import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gitHistory } from '../../src/support/files/git-history.ts'

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
  commit('a: 1\nb: 2\n', '2026-09-01T12:00:00Z')
  commit('b: 2\n', '2026-09-20T12:00:00Z')
  commit('b: 2\na: 1\n', '2026-10-01T12:00:00Z')
  commit('a: 1 # soon\nb: 2\n', '2026-11-10T13:00:00Z')
  commit('é: 1\na: "1"\nb: 3\n', '2026-11-20T13:00:00Z')
  git(clone, ['clone', '-q', '--depth=1', `file://${folder}`, '.'])
  writeFileSync(join(folder, 'vars.yml'), 'a: 1\nb: 3\nc: 4\n')
})
afterAll(() => {
  for (const path of [folder, clone]) rmSync(path, { recursive: true, force: true })
})

const says = (pattern: RegExp) => (text: string) => pattern.test(text)

describe('since when a file says something', () => {
  test('is told in whole days since the commit from which it has said so without a break', () => {
    const history = gitHistory(folder, now)
    expect(history.daysSince('vars.yml', says(/^a: "?1/m))).toBe(54)
    expect(history.daysSince('vars.yml', says(/^b: 3/m))).toBe(3)
    expect(history.daysSince('vars.yml', says(/^é: 1$/m))).toBe(3)
    expect(history.daysSince('vars.yml', says(/^b:/m))).toBe(84)
  })

  test('is not told where it is not committed, or the file is not there', () => {
    const history = gitHistory(folder, now)
    expect(history.daysSince('vars.yml', says(/^c:/m))).toBeUndefined()
    expect(history.daysSince('--help', says(/./))).toBeUndefined()
    expect(gitHistory(tmpdir(), now).daysSince('vars.yml', says(/./))).toBeUndefined()
  })

  test('counts from the merge that brought it, where a branch did', () => {
    const at = mkdtempSync(join(tmpdir(), 'history-merge-'))
    const write = (text: string, date: string) => {
      writeFileSync(join(at, 'vars.yml'), text)
      git(at, ['add', '-A'])
      git(at, ['commit', '-qm', 'change'], date)
    }
    git(at, ['init', '-q', '-b', 'main'])
    write('b: 1\n', '2026-09-01T12:00:00Z')
    git(at, ['checkout', '-qb', 'branch'])
    write('a: 1\nb: 1\n', '2026-09-02T12:00:00Z')
    git(at, ['checkout', '-q', 'main'])
    git(at, ['merge', '-q', '--no-ff', '-m', 'merge', 'branch'], '2026-11-14T12:00:00Z')
    expect(gitHistory(at, now).daysSince('vars.yml', says(/^a: 1/m))).toBe(10)
    rmSync(at, { recursive: true, force: true })
  })

  test('in a shallow clone is said to be untold, never guessed', () => {
    expect(gitHistory(clone, now).daysSince('vars.yml', says(/^a:/m))).toBe('untold')
  })
})
