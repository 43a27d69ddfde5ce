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
