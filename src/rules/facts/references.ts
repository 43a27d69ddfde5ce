import { namesIn } from '../../inventory/jinja-names.ts'
import type { Value } from '../../inventory/value.ts'

/** The parts of a value that are Jinja which names a variable without a word for the case that it is not there. */
export function* referencesTo(
  names: ReadonlySet<string>,
  value: Value,
): Generator<{ readonly name: string; readonly part: Value }> {
  if (value.kind === 'list') for (const item of value.items) yield* referencesTo(names, item)
  if (value.kind === 'map') for (const entry of value.entries) yield* referencesTo(names, entry.value)
  if (value.kind !== 'unknown' || value.source === undefined || copes.test(value.source)) return
  for (const name of namesIn(value.source)) if (names.has(name)) yield { name, part: value }
}

/** A default, a question whether it is there, or names that the Jinja makes itself. */
const copes = /\b(?:default|d)\s*\(|\bdefined\b|\{%-?\s*(?:set|for|macro)\b/
