import type { Finding } from '../../domain/finding.ts'
import { addProblems, problem } from '../read/problem.ts'
import type { MapEntry, Value } from '../value.ts'

/** A key and its value before merging. */
export interface Pair {
  readonly entry: MapEntry
  /** Whether the key is `<<`, which merges the entries of its value. */
  readonly merge: boolean
}

/** The entries of a mapping. The last of equal keys wins, and entries merged with `<<` come last in precedence. */
export function entriesOf(pairs: readonly Pair[], problems: Finding[]): MapEntry[] {
  const entries = new Map<string, MapEntry>()
  const merged: MapEntry[][] = []
  for (const { entry, merge } of pairs) {
    const { key, value } = entry
    if (merge) {
      const brought = mergedEntries(value)
      const message = '`<<` needs a mapping or a list of mappings'
      if (brought) merged.push(brought)
      else addProblems(problems, problem('inventory/yaml-syntax', message, value.place))
      continue
    }
    const earlier = entries.get(key)
    if (earlier) {
      const message = `duplicate key \`${key}\`, first defined on line ${earlier.keyPlace.line}`
      addProblems(problems, problem('inventory/duplicate-key', message, entry.keyPlace))
      entries.delete(key)
    }
    entries.set(key, entry)
  }
  for (const entry of merged.reverse().flat()) if (!entries.has(entry.key)) entries.set(entry.key, entry)
  return [...entries.values()]
}

/** Merges mappings, of which the first has precedence. Returns `undefined` for other values. */
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
