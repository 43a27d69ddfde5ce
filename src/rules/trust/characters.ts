import type { Place } from '../../domain/finding.ts'
import type { Repository } from '../rule.ts'
import { fileText } from '../source.ts'

export interface Found {
  readonly place: Place
  readonly text: string
  readonly line: string
}

/** What a pattern matches in the files of an inventory that hold more than ASCII. */
export function matchesIn({ files, inventory }: Repository, pattern: RegExp): readonly Found[] {
  return inventory.beyondAscii.flatMap(file => {
    const lines = fileText(files, file)?.split('\n') ?? []
    return lines.flatMap((line, index) =>
      [...line.matchAll(pattern)].map(({ 0: text, index: at }) => ({
        place: { file, line: index + 1, column: at + 1, endLine: index + 1, endColumn: at + 1 + text.length },
        text,
        line,
      })),
    )
  })
}

/** A character by its number, for it cannot be seen. */
export function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
