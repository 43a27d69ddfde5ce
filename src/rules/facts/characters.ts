import type { Place } from '../../domain/finding.ts'
import type { Repository } from '../kit/rule.ts'
import { fileText } from './source.ts'

export interface Found {
  readonly place: Place
  readonly text: string
  readonly line: string
  /** Tells it from others, also where its line has moved; never shown. */
  readonly key: string
}

/** More than anybody reads; when these are gone, the next are told. */
const most = 1000

/** What a pattern matches in the files of an inventory that hold more than ASCII: the first thousand. */
export function matchesIn({ files, inventory }: Repository, pattern: RegExp): readonly Found[] {
  const found: Found[] = []
  for (const file of inventory.nonAscii) {
    const lines = fileText(files, file)?.split('\n') ?? []
    for (const [index, line] of lines.entries()) {
      for (const { 0: text, index: at } of line.matchAll(pattern)) {
        if (found.length === most) return found
        const [column, endColumn] = [at + 1, at + 1 + text.length]
        const place = { file, line: index + 1, column, endLine: index + 1, endColumn }
        found.push({ place, text, line, key: `${file} ${line.slice(Math.max(0, at - 40), at + 40)}` })
      }
    }
  }
  return found
}

/** A character by its number, for it cannot be seen. */
export function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
