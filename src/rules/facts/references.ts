import { namesIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'

interface Reference {
  readonly name: string
  readonly part: Value
}

/** The parts of a value with Jinja that uses a variable and does not handle its absence. */
export function referencesTo(names: ReadonlySet<string>, value: Value): readonly Reference[] {
  if (value.kind === 'list') return value.items.flatMap(item => referencesTo(names, item))
  if (value.kind === 'map') return value.entries.flatMap(entry => referencesTo(names, entry.value))
  if (value.kind !== 'unknown' || value.source === undefined || copes.test(value.source)) return []
  const used = [...namesIn(value.source)].filter(name => names.has(name))
  return used.map(name => ({ name, part: value }))
}

/** Jinja with a default, a test of existence, or names that it defines itself. */
const copes = /\b(?:default|d)\s*\(|\bdefined\b|\{%-?\s*(?:set|for|macro)\b/
