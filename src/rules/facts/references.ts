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
  return usesIn(value).filter(({ name, part }) => names.has(name) && !copes.test(part.source ?? ''))
}

/** The variables of the inventory that use another one, by the name of that one. */
export const usersOf = oncePer((host: Host): ReadonlyMap<string, ReadonlySet<string>> => {
  const users = new Map<string, Set<string>>()
  for (const name of ownNames(host)) {
    const { value } = host.variable(name)
    for (const { name: used } of value ? usesIn(value) : [])
      users.set(used, (users.get(used) ?? new Set()).add(name))
  }
  return users
})

/** Whether any variable of a host uses another one. */
export function isUsed(host: Host, name: string): boolean {
  return [...host.variableNames()].some(each => {
    const { value } = host.variable(each)
    return value !== undefined && usesIn(value).some(use => use.name === name)
  })
}

function usesIn(value: Value): readonly Reference[] {
  if (value.kind === 'list') return value.items.flatMap(usesIn)
  if (value.kind === 'map') return value.entries.flatMap(entry => usesIn(entry.value))
  if (value.kind !== 'unknown' || value.source === undefined) return []
  return [...namesIn(value.source)].map(name => ({ name, part: value }))
}

/** Jinja with a default, a test of existence, or names that it defines itself. */
const copes = /\b(?:default|d)\s*\(|\bdefined\b|\{%-?\s*(?:set|for|macro)\b/
