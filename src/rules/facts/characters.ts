import type { Place } from '../../domain/finding.ts'
import type { Repository } from '../kit/rule.ts'
import { fileText } from './source.ts'

export interface CharacterMatch {
  readonly place: Place
  readonly text: string
  readonly line: string
  /** Identifies the match even if its line moves. Never shown. */
  readonly key: string
}

/** The maximum number of matches; more appear once these are fixed. */
const most = 1000

/** The first matches of a pattern in the files of an inventory with non-ASCII characters. */
export function matchesIn({ files, inventory }: Repository, pattern: RegExp): readonly CharacterMatch[] {
  const matches: CharacterMatch[] = []
  for (const file of inventory.nonAscii) {
    const lines = fileText(files, file)?.split('\n') ?? []
    for (const [index, line] of lines.entries()) {
      for (const { 0: text, index: at } of line.matchAll(pattern)) {
        if (matches.length === most) return matches
        const [column, endColumn] = [at + 1, at + 1 + text.length]
        const place = { file, line: index + 1, column, endLine: index + 1, endColumn }
        matches.push({ place, text, line, key: `${file} ${line.slice(Math.max(0, at - 40), at + 40)}` })
      }
    }
  }
  return matches
}

/** The code point of a character, because it may be invisible. */
export function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
