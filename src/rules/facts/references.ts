import type { Host } from '../../inventory/inventory.ts'
import { namesIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'
import { oncePer } from '../kit/once-per.ts'
import { ownNames } from './written.ts'

interface Reference {
  readonly name: string
  readonly part: Extract<Value, { readonly kind: 'unknown' }>
}

/** The parts of a value with Jinja that uses a variable and does not handle its absence. */
export function referencesTo(names: ReadonlySet<string>, value: Value): readonly Reference[] {
  return usesOf(names, value).filter(({ part }) => !copes.test(part.source ?? ''))
}

/** The variables of the inventory that use another one, by the name of that one. */
export const usersOf = oncePer((host: Host): ReadonlyMap<string, ReadonlySet<string>> => {
  const users = new Map<string, Set<string>>()
  for (const name of ownNames(host)) {
    const { value } = host.variable(name)
    const sources = value ? sourcesIn(value) : []
    for (const used of sources.flatMap(source => [...namesIn(source)]))
      users.set(used, (users.get(used) ?? new Set()).add(name))
  }
  return users
})

function sourcesIn(value: Value): readonly string[] {
  if (value.kind === 'list') return value.items.flatMap(sourcesIn)
  if (value.kind === 'map') return value.entries.flatMap(entry => sourcesIn(entry.value))
  return value.kind === 'unknown' && value.source !== undefined ? [value.source] : []
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
