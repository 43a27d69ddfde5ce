import { byCodeUnit } from '../support/files/files.ts'
import type { Suggestion } from './finding.ts'

/** Applies a suggestion to a text, with line endings as the text has them. Lines and columns count as in `Place`. */
export function applySuggestion(text: string, { place, text: replacement }: Suggestion): string {
  const lines = text.split(/(?<=\n)/)
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).join('').length + Math.min(column - 1, lines[line - 1]?.length ?? 0)
  const start = offset(place.line, place.column)
  const end = offset(place.endLine ?? place.line, place.endColumn ?? place.column)
  const added = text.includes('\r\n') ? replacement.replace(/\r?\n/g, '\r\n') : replacement
  return text.slice(0, start) + added + text.slice(end)
}

/** From the end of the file to its start, so that no change moves the place of the next. */
export function withoutOverlaps(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const unique = new Map(suggestions.map(each => [JSON.stringify(each), each]))
  const sorted = [...unique.values()].toSorted((a, b) => byCodeUnit(startOf(b), startOf(a)))
  const kept: Suggestion[] = []
  for (const each of sorted) {
    const next = kept.at(-1)
    if (next === undefined || endOf(each) < startOf(next)) kept.push(each)
  }
  return kept
}

function startOf({ place: { line, column } }: Suggestion): string {
  return position(line, column)
}

function endOf({ place: { line, column, endLine = line, endColumn = column } }: Suggestion): string {
  return position(endLine, endColumn)
}

/** Sorts by line and column. */
function position(line: number, column: number): string {
  return `${String(line).padStart(9, '0')}:${String(column).padStart(9, '0')}`
}
