import { expressionsIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'
import { written } from '../written.ts'
import type { FindRisks, Risk } from './additions.ts'

const call = /\b(?:lookup|query|q)\s*\(\s*(?:(['"])(?:ansible\.builtin\.)?([\w.]+)\1)?/g

/** Lookups that only rearrange what the inventory says already. */
const harmless = new Set([
  ...['vars', 'varnames', 'dict', 'items', 'list', 'flattened', 'indexed_items', 'nested', 'together'],
  ...['sequence', 'subelements', 'random_choice', 'random_string', 'inventory_hostnames', 'config'],
])
const programs = new Set(['pipe', 'lines'])

/** What a lookup does on the runner; it is `program` too where its kind is told by a variable. */
export type LookupKind = 'program' | 'reads'

function kindOf(name: string | undefined): LookupKind | undefined {
  if (name === undefined || programs.has(name)) return 'program'
  return harmless.has(name) ? undefined : 'reads'
}

/** Names that can be repeated: Ansible's own. Another could be anything. */
const known = /^(?:pipe|lines|env|file|fileglob|first_found|template|unvault|url|csvfile|ini|password)$/

/** Calls of lookups in what is written as Jinja. */
export function findLookups(kind: LookupKind): FindRisks {
  return (_, hosts) => {
    const risks: Risk[] = []
    for (const { definition, about } of written(hosts)) {
      const { name: variable } = definition
      for (const value of jinjaIn(definition.value)) {
        for (const lookup of lookupsIn(value.source)) {
          if (kindOf(lookup) !== kind) continue
          const key = `${about.host ?? ''} ${variable} ${lookup} ${value.source}`
          const message = `\`${variable}\` calls ${described(lookup)}`
          risks.push({ key, message, place: value.place, ...about })
        }
      }
    }
    return risks
  }
}

function described(lookup: string | undefined): string {
  if (lookup === undefined) return 'a lookup whose kind is not written plainly'
  return known.test(lookup)
    ? `the lookup \`${lookup}\``
    : 'a lookup that is none of those that only read the inventory'
}

function lookupsIn(source: string): ReadonlySet<string | undefined> {
  const names = new Set<string | undefined>()
  if (!source.includes('lookup') && !source.includes('q')) return names
  for (const code of expressionsIn(source)) for (const [, , name] of code.matchAll(call)) names.add(name)
  return names
}

type Jinja = Value & { readonly source: string }

function* jinjaIn(value: Value): Generator<Jinja> {
  if (value.kind === 'unknown') {
    if (isJinja(value)) yield value
  } else if (value.kind === 'list') for (const item of value.items) yield* jinjaIn(item)
  else if (value.kind === 'map') for (const entry of value.entries) yield* jinjaIn(entry.value)
}

function isJinja(value: Value): value is Jinja {
  return value.kind === 'unknown' && value.source !== undefined
}
