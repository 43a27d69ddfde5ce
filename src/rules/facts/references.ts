import type { Host } from '../../inventory/inventory.ts'
import { namesIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'

interface Reference {
  readonly name: string
  readonly part: Extract<Value, { readonly kind: 'unknown' }>
}

/** The parts of a value with Jinja that uses a variable and does not handle its absence. */
export function referencesTo(names: ReadonlySet<string>, value: Value): readonly Reference[] {
  return usesOf(names, value).filter(({ part }) => !copes.test(part.source ?? ''))
}

/** Whether any variable of a host uses another one. */
export function isUsed(host: Host, name: string): boolean {
  const names = new Set([name])
  return [...host.variableNames()].some(each => {
    const { value } = host.variable(each)
    return value !== undefined && usesOf(names, value).length > 0
  })
}

function usesOf(names: ReadonlySet<string>, value: Value): readonly Reference[] {
  if (value.kind === 'list') return value.items.flatMap(item => usesOf(names, item))
  if (value.kind === 'map') return value.entries.flatMap(entry => usesOf(names, entry.value))
  if (value.kind !== 'unknown' || value.source === undefined) return []
  const used = [...namesIn(value.source)].filter(name => names.has(name))
  return used.map(name => ({ name, part: value }))
}

/** Jinja with a default, a test of existence, or names that it defines itself. */
const copes = /\b(?:default|d)\s*\(|\bdefined\b|\{%-?\s*(?:set|for|macro)\b/
