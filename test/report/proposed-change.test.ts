import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { fixed } from '../../src/cli/fix.ts'
import type { Finding, Suggestion } from '../../src/domain/finding.ts'
import { applySuggestion } from '../../src/domain/suggestion.ts'
import { findingsList } from '../../src/report/findings.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { diffSuggestion, patchOf, proposedChange } from '../../src/report/proposed-change.ts'
import { markdownSuggestion } from '../../src/support/escape.ts'

const file = 'vars.yml'
const lines = ['a: 1', 'b: "true"', 'c: [1, 2]', '', 'd: x']
const text = lines.map(line => `${line}\n`).join('')
const known = new Map(lines.map((line, index) => [index + 1, line]))

const suggestion: fc.Arbitrary<Suggestion> = fc
  .record({
    line: fc.integer({ min: 1, max: lines.length }),
    more: fc.integer({ min: 0, max: 2 }),
    isWhole: fc.boolean(),
    columns: fc.tuple(fc.nat(6), fc.nat(6)),
    words: fc.array(fc.stringMatching(/^[a-z:` ]{0,8}$/), { minLength: 1, maxLength: 3 }),
  })
  .map(({ line, more, isWhole, columns, words }) => {
    const endLine = Math.min(line + more, isWhole ? lines.length + 1 : lines.length)
    const within = (column: number, number: number) => Math.min(column, (lines[number - 1] ?? '').length) + 1
    const [from, to] = [within(columns[0], line), within(columns[1], endLine)]
    const place = isWhole
      ? { file, line, column: 1, endLine, endColumn: 1 }
      : { file, line, column: from, endLine, endColumn: line === endLine ? Math.max(from, to) : to }
    return { place, text: isWhole ? words.map(word => `${word}\n`).join('') : words.join('\n') }
  })

const findingOf = (fix: Suggestion, id = 'a/b'): Finding => ({
  id,
  severity: 'error',
  message: 'm',
  why: 'w',
  remedy: 'r',
  place: fix.place,
  suggestion: fix,
})
/** What a report shows to paste, in order. */
const patchesIn = (markdown: string) =>
  [...markdown.matchAll(/^( *)```+diff\n([\s\S]*?\n)\1```+$/gm)].map(([, margin = '', patch = '']) =>
    patch.replaceAll(new RegExp(`^${margin}`, 'gm'), ''),
  )

test('the patches of a report, pasted into git apply, do what --fix does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patch-'))
  fc.assert(
    fc.property(fc.array(suggestion, { minLength: 1, maxLength: 4 }), fixes => {
      const findings = fixes.map(fix => findingOf(fix))
      const [after] = fixed(findings, memoryFiles({ [file]: text }))
      fc.pre(after !== undefined)
      const files = new Map([[file, known]])
      const patches = patchesIn(renderMarkdown(findingsList(findings, { most: 9, changedFiles: files })))
      writeFileSync(join(folder, file), text)
      for (const input of patches)
        execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn'], { cwd: folder, input })
      expect(readFileSync(join(folder, file), 'utf8')).toBe(after?.text)
    }),
    { numRuns: 150 },
  )
})

test('one patch is for all files, and a fix that overlaps another one is in words', () => {
  const at = (name: string, line: number, replacement: string): Suggestion => ({
    place: { file: name, line, column: 1, endLine: line, endColumn: 1 },
    text: replacement,
  })
  const fixes = [at('a.yml', 1, 'x: 1\n'), at('b.yml', 2, 'y: 1\n'), at('b.yml', 2, 'z: 1\n')]
  const files = new Map(['a.yml', 'b.yml'].map(name => [name, known]))
  const report = renderMarkdown(
    findingsList(
      fixes.map(fix => findingOf(fix)),
      { most: 9, changedFiles: files },
    ),
  )
  expect(patchesIn(report)).toHaveLength(1)
  expect(report.match(/The fix is in the patch below/g)).toHaveLength(2)
  expect(report.match(/Write this at line 2/g)).toHaveLength(1)
  expect(report).toContain('validate --fix')
})

test('a suggestion in the diff does what the fix does, and is of one line', () => {
  fc.assert(
    fc.property(suggestion, fix => {
      const change = diffSuggestion(fix, new Map([[file, known]]))
      fc.pre(change !== undefined)
      const { firstLine = 1, lastLine = 1, lines: replaced = [] } = change ?? {}
      const committed = [...lines.slice(0, firstLine - 1), ...replaced, ...lines.slice(lastLine)]
      expect(committed.map(line => `${line}\n`).join('')).toBe(applySuggestion(text, fix))
      expect(lastLine).toBe(firstLine)
    }),
  )
})

test.each([
  [
    { line: 2, column: 4, endLine: 2, endColumn: 10 },
    'true',
    'In line 2, replace columns 4 to 9 with `true`.',
  ],
  [{ line: 2, column: 1, endLine: 2, endColumn: 1 }, 'x: 1\n', '@@ -1,0 +2,1 @@\n+x: 1'],
  [{ line: 2, column: 1, endLine: 4, endColumn: 1 }, '', 'Remove the lines 2 to 3.'],
  [{ line: 2, column: 1, endLine: 3, endColumn: 1 }, '', 'Remove line 2.'],
])('at %j, where the lines are unknown, %j is told as: %s', (place, replacement, words) => {
  const fix = { place: { file, ...place }, text: replacement }
  const files = new Map([['other.yml', known]])
  const report = renderMarkdown(findingsList([findingOf(fix)], { most: 1, changedFiles: files }))
  expect(report.replaceAll(/^ +/gm, '')).toContain(words)
  const [inDiff] = [diffSuggestion(fix, files)]
  expect(inDiff).toBeUndefined()
})

test('a line with a carriage return is neither a patch nor a suggestion', () => {
  const fix = { place: { file, line: 1, column: 4, endLine: 1, endColumn: 5 }, text: '2' }
  const windows = new Map([[1, 'a: 1\r']])
  const [change] = [diffSuggestion(fix, new Map([[file, windows]]))]
  expect(change).toBeUndefined()
  expect(patchOf([fix], new Map([[file, windows]])).text).toBe('')
  expect(renderMarkdown(proposedChange(fix))).toBe('In line 1, replace columns 4 to 4 with `2`.')
})

test('a report that names billions of lines costs nothing', () => {
  const place = { file, line: 1, column: 1, endLine: 2 ** 31, endColumn: 1 }
  expect(patchOf([{ place, text: '' }], new Map([[file, known]])).text).toBe('')
  expect(renderMarkdown(proposedChange({ place, text: '' }))).toContain('Remove the lines')
})

test('the lines of a suggestion cannot end it, and none with a hidden character is one', () => {
  const dangerous = fc.array(
    fc.oneof(fc.constantFrom('```', '````suggestion', '~~~', '@octocat', '\u202e', '\r'), fc.string()),
  )
  fc.assert(
    fc.property(dangerous, body => {
      const comment = markdownSuggestion(body)
      if (body.some(line => /[\p{Cc}\p{Cf}]/u.test(line))) expect(comment).toBeUndefined()
      if (comment === undefined) return
      const [first = '', ...rest] = comment.split('\n')
      const fence = first.replace('suggestion', '')
      expect(rest.pop()).toBe(fence)
      expect(rest).toEqual(body)
      expect(body.some(line => line.includes(fence))).toBe(false)
    }),
  )
})
