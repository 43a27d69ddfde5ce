import { namesIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'

/** The parts of a value with Jinja that uses a variable and does not handle its absence. */
export function* referencesTo(
  names: ReadonlySet<string>,
  value: Value,
): Generator<{ readonly name: string; readonly part: Value }> {
  if (value.kind === 'list') for (const item of value.items) yield* referencesTo(names, item)
  if (value.kind === 'map') for (const entry of value.entries) yield* referencesTo(names, entry.value)
  if (value.kind !== 'unknown' || value.source === undefined || copes.test(value.source)) return
  for (const name of namesIn(value.source)) if (names.has(name)) yield { name, part: value }
}

/** Jinja with a default, a test of existence, or names that it defines itself. */
const copes = /\b(?:default|d)\s*\(|\bdefined\b|\{%-?\s*(?:set|for|macro)\b/
