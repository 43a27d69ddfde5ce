import type { Suggestion } from '../domain/finding.ts'
import { applySuggestion } from '../domain/suggestion.ts'
import { visible } from '../support/escape.ts'
import { type Block, block, code, paragraph } from './document.ts'

/** The text of lines by their number, of which some are known: those that GitHub shows in the diff of a pull request. */
export type KnownLines = ReadonlyMap<number, string>

/** By the path of the file. */
export type ChangedFiles = ReadonlyMap<string, KnownLines>

/** Lines in place of `before`, which begin at `first`; `before` is empty where lines are only added. */
interface LineChange {
  readonly first: number
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** What a suggestion does to whole lines; undefined where one of them is unknown. */
function lineChange({ place, text }: Suggestion, known: KnownLines | undefined): LineChange | undefined {
  const { line, column, endLine = line, endColumn = column } = place
  const isWhole = column === 1 && endColumn === 1 && (text === '' || text.endsWith('\n'))
  const last = isWhole ? endLine - 1 : endLine
  const length = Math.max(0, last - line + 1)
  // A hostile report can name any number of lines.
  if (length > (known?.size ?? 0)) return undefined
  const numbers = Array.from({ length }, (_, index) => line + index)
  const before = numbers.flatMap(number => known?.get(number) ?? [])
  if (before.length < numbers.length) return undefined
  const shifted = { ...place, line: 1, endLine: endLine - line + 1 }
  const changed = applySuggestion(before.map(each => `${each}\n`).join(''), { place: shifted, text })
  // Hidden characters are shown by their number, so such a patch would not apply.
  if (visible(changed.replaceAll('\n', '')) !== changed.replaceAll('\n', '')) return undefined
  return { first: line, before, after: changed.split('\n').slice(0, -1) }
}

/** Lines of a diff that a suggestion on GitHub replaces, and the lines in their place. */
export interface DiffSuggestion {
  readonly file: string
  readonly firstLine: number
  readonly lastLine: number
  readonly lines: readonly string[]
}

/** A fix of at most one line, where the diff has it. Added lines replace the line that they are next to, which stays. */
export function diffSuggestion(suggestion: Suggestion, files: ChangedFiles): DiffSuggestion | undefined {
  const { file } = suggestion.place
  const known = files.get(file)
  const change = lineChange(suggestion, known)
  if (!known || !change || change.before.length > 1 || change.after.length > 1) return undefined
  const { first, before, after } = change
  if (before.length === 1) return { file, firstLine: first, lastLine: first, lines: after }
  const [next, previous] = [known.get(first), known.get(first - 1)]
  if (next !== undefined) return { file, firstLine: first, lastLine: first, lines: [...after, next] }
  if (previous === undefined) return undefined
  return { file, firstLine: first - 1, lastLine: first - 1, lines: [previous, ...after] }
}

/** A fix as a patch to paste. Where a replaced line is unknown, says what to replace: reports do not hold the values of vars. */
export function proposedChange(suggestion: Suggestion, known: KnownLines | undefined): readonly Block[] {
  const { place, text } = suggestion
  const { file, line, column, endLine = line, endColumn = column } = place
  const change = lineChange(suggestion, known)
  if (change && /^[\w.@/+-]+$/.test(file))
    return [
      paragraph('To apply it, paste this into `git apply --unidiff-zero`:'),
      block(patch(file, change), 'diff'),
    ]
  if (text === '') {
    const last = endColumn === 1 ? endLine - 1 : endLine
    return [paragraph(last > line ? `Remove the lines ${line} to ${last}.` : `Remove line ${line}.`)]
  }
  if (text.includes('\n'))
    return [paragraph(`Write this at line ${line}:`), block(text.replace(/^\n|\n$/g, ''))]
  return endColumn > column
    ? [paragraph(`In line ${line}, replace columns ${column} to ${endColumn - 1} with `, code(text), '.')]
    : [paragraph(`In line ${line}, insert at column ${column}: `, code(text))]
}

function patch(file: string, { first, before, after }: LineChange): string {
  const start = (lines: readonly string[]) => (lines.length === 0 ? first - 1 : first)
  return [
    `--- a/${file}`,
    `+++ b/${file}`,
    `@@ -${start(before)},${before.length} +${start(after)},${after.length} @@`,
    ...before.map(line => `-${line}`),
    ...after.map(line => `+${line}`),
  ].join('\n')
}
