import type { Finding } from '../../domain/finding.ts'
import { addProblems } from '../problem-list.ts'
import { problem } from '../read/problem.ts'
import type { MapEntry, Value } from '../value.ts'

/** A key and its value as they stand. */
export interface Pair {
  readonly entry: MapEntry
  /** The key is `<<`: its value's entries are taken in. */
  readonly merge: boolean
}

/** The entries of a mapping: of two equal keys the last, and what `<<` brings in where there is no key of its own. */
export function entriesOf(pairs: readonly Pair[], problems: Finding[]): MapEntry[] {
  const entries = new Map<string, MapEntry>()
  const merged: MapEntry[][] = []
  for (const { entry, merge } of pairs) {
    const { key, value } = entry
    if (merge) {
      const brought = mergedEntries(value)
      if (brought) merged.push(brought)
      else
        addProblems(
          problems,
          problem('inventory/yaml-syntax', 'after `<<` comes a mapping or a list of such', value.place),
        )
      continue
    }
    const earlier = entries.get(key)
    if (earlier) {
      const message = `the key \`${key}\` stands here again; it is on line ${earlier.keyPlace.line} already`
      addProblems(problems, problem('inventory/duplicate-key', message, entry.keyPlace, 'warning'))
      entries.delete(key)
    }
    entries.set(key, entry)
  }
  for (const entry of merged.reverse().flat()) if (!entries.has(entry.key)) entries.set(entry.key, entry)
  return [...entries.values()]
}

/** Of several mappings in a list the first wins; `undefined` where there is anything else. */
function mergedEntries(value: Value): MapEntry[] | undefined {
  if (value.kind === 'map') return [...value.entries]
  if (value.kind === 'unknown') return []
  if (value.kind !== 'list') return undefined
  const found: MapEntry[] = []
  for (const item of value.items) {
    if (item.kind !== 'map') return undefined
    found.push(...item.entries)
  }
  return found
}
