import type { Suggestion } from '../domain/finding.ts'
import { applySuggestion, withoutOverlaps } from '../domain/suggestion.ts'
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

/** The lines that a suggestion replaces; none where it only adds whole lines. */
function linesOf({ place, text }: Suggestion): { readonly first: number; readonly last: number } {
  const { line, column, endLine = line, endColumn = column } = place
  const isWhole = column === 1 && endColumn === 1 && (text === '' || text.endsWith('\n'))
  return { first: line, last: isWhole ? endLine - 1 : endLine }
}

/**
 * What suggestions do to whole lines; undefined where one of them is unknown.
 *
 * @param suggestions From the last to the first, so that none moves the place of the next.
 */
function lineChange(
  suggestions: readonly Suggestion[],
  known: KnownLines | undefined,
): LineChange | undefined {
  const ranges = suggestions.map(linesOf)
  const first = Math.min(...ranges.map(range => range.first))
  const length = Math.max(...ranges.map(range => range.last)) - first + 1
  // A hostile report can name any number of lines.
  if (length > (known?.size ?? 0)) return undefined
  const numbers = Array.from({ length: Math.max(0, length) }, (_, index) => first + index)
  const before = numbers.flatMap(number => known?.get(number) ?? [])
  if (before.length < numbers.length) return undefined
  const shifted = suggestions.map(({ place, text }) => {
    const { line, endLine = line } = place
    return { place: { ...place, line: line - first + 1, endLine: endLine - first + 1 }, text }
  })
  const text = before.map(each => `${each}\n`).join('')
  const changed = shifted.reduce(applySuggestion, text)
  // Hidden characters are shown by their number, so such a patch would not apply.
  if (visible(changed.replaceAll('\n', '')) !== changed.replaceAll('\n', '')) return undefined
  return { first, before, after: changed.split('\n').slice(0, -1) }
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
  const change = lineChange([suggestion], known)
  if (!known || !change || change.before.length > 1 || change.after.length > 1) return undefined
  const { first, before, after } = change
  if (before.length === 1) return { file, firstLine: first, lastLine: first, lines: after }
  const [next, previous] = [known.get(first), known.get(first - 1)]
  if (next !== undefined) return { file, firstLine: first, lastLine: first, lines: [...after, next] }
  if (previous === undefined) return undefined
  return { file, firstLine: first - 1, lastLine: first - 1, lines: [previous, ...after] }
}

/** A fix in words, without what it replaces: reports do not hold the values of vars. */
export function proposedChange({ place, text }: Suggestion): readonly Block[] {
  const { line, column, endLine = line, endColumn = column } = place
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

export interface Patch {
  /** For `git apply --unidiff-zero`; empty where no suggestion is in it. */
  readonly text: string
  readonly has: (suggestion: Suggestion) => boolean
}

/** One patch for all suggestions whose lines are known, and that do not overlap: of two patches, the first would move the second. */
export function patchOf(suggestions: readonly Suggestion[], files: ChangedFiles): Patch {
  const byFile = Map.groupBy(suggestions, ({ place }) => place.file)
  const [texts, included]: [string[], Set<string>] = [[], new Set()]
  for (const [file, own] of byFile) {
    if (!/^[\w.@/+-]+$/.test(file)) continue
    const changes = neighbours(withoutOverlaps(own).toReversed()).flatMap(group => {
      const change = lineChange(group.toReversed(), files.get(file))
      // Git rejects a hunk that changes nothing.
      if (!change || JSON.stringify(change.before) === JSON.stringify(change.after)) return []
      for (const each of group) included.add(JSON.stringify(each))
      return change
    })
    if (changes.length > 0) texts.push(`--- a/${file}\n+++ b/${file}\n${hunks(changes)}`)
  }
  return { text: texts.join('\n'), has: suggestion => included.has(JSON.stringify(suggestion)) }
}

/** Suggestions for the same or adjacent lines belong to one hunk. */
function neighbours(suggestions: readonly Suggestion[]): readonly (readonly Suggestion[])[] {
  const groups: Suggestion[][] = []
  let end = 0
  for (const each of suggestions) {
    const { first, last } = linesOf(each)
    const group = groups.at(-1)
    if (group && first <= end + 1) group.push(each)
    else groups.push([each])
    end = Math.max(end, first, last)
  }
  return groups
}

function hunks(changes: readonly LineChange[]): string {
  let moved = 0
  const lines = changes.flatMap(({ first, before, after }) => {
    const start = (part: readonly string[]) => (part.length === 0 ? first - 1 : first)
    const head = `@@ -${start(before)},${before.length} +${start(after) + moved},${after.length} @@`
    moved += after.length - before.length
    return [head, ...before.map(line => `-${line}`), ...after.map(line => `+${line}`)]
  })
  return lines.join('\n')
}
