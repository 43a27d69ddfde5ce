import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { obstacles, releaseNotes } from '../../scripts/release.ts'
import { toolkitRepository } from '../../src/domain/toolkit.ts'

const changelog =
  '# Changelog\n\n## Unreleased\n\nLater.\n\n## 1.2.0 (2026-12-01)\n\n### New\n\n- One.\n\n## 1.1.0\n\n- Old.\n'
const candidate = {
  tag: 'v1.2.0',
  version: '1.2.0',
  changelog,
  repository: toolkitRepository,
  isOnMain: true,
}

test('the notes of a release are the part of the changelog for its version alone', () => {
  expect(releaseNotes(changelog, '1.2.0')).toBe('### New\n\n- One.')
  expect(releaseNotes(changelog, '1.1.0')).toBe('- Old.')
  expect(releaseNotes(changelog, '1.2')).toBeUndefined()
  expect(releaseNotes('## 1.0.0\n\n## 0.9.0\n', '1.0.0')).toBeUndefined()
})

test('a tag is released only from main, of this repository, with its version and its notes', () => {
  expect(obstacles(candidate)).toEqual([])
  const each = [
    { tag: 'v1.2.1' },
    { isOnMain: false },
    { changelog: '' },
    { repository: 'fork/matrix-auth-actions' },
  ]
  for (const wrong of each) expect(obstacles({ ...candidate, ...wrong })).toHaveLength(1)
})

interface Workflow {
  readonly permissions: object
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: string | readonly string[]
        readonly permissions: Readonly<Record<string, string>>
        readonly steps: readonly { readonly run?: string }[]
      }
    >
  >
}
const workflow = parse(readFileSync('.github/workflows/release.yml', 'utf8')) as Workflow

test('nothing is published before all checks have passed', () => {
  const before = (name: string): readonly string[] =>
    [workflow.jobs[name]?.needs ?? []].flat().flatMap(each => [each, ...before(each)])
  for (const name of Object.keys(workflow.jobs)) if (name !== 'check') expect(before(name)).toContain('check')
})

test('a job that may write runs no code of the repository or of a package', () => {
  expect(workflow.permissions).toEqual({})
  const writing = Object.values(workflow.jobs).filter(({ permissions }) =>
    Object.values(permissions).includes('write'),
  )
  expect(writing.length).toBeGreaterThan(2)
  for (const { steps } of writing)
    for (const { run = '' } of steps) expect(run).not.toMatch(/scripts\/|npm (?!publish)|npx |\.ci\//)
})
