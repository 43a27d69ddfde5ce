import { type Expression, findInJinja } from './expressions.ts'
import type { FindRisks } from './trust-additions.ts'

/** A call. The lookup is known if the first argument is a plain string. */
const call = /\b(?:lookup|query|q)\s*\(\s*(?:(['"])(?:ansible\.(?:builtin|legacy)\.)?([\w.]+)\1(?=\s*[,)]))?/g
/** The function used as a value, so it can be called by another name. */
const asValue = /(?<![\w.])(?:lookup|query)\b(?!\s*[(=])/

/** Lookups that only rearrange values of the inventory. */
const harmless = new Set([
  ...['vars', 'varnames', 'dict', 'items', 'list', 'flattened', 'indexed_items', 'nested', 'together'],
  ...['sequence', 'subelements', 'random_choice', 'random_string', 'inventory_hostnames', 'config'],
])
const programs = new Set(['pipe', 'lines'])

/** Other Jinja that reads the runner: templates beside the playbook, and Ansible's filters and tests of files. */
const reading: readonly (readonly [pattern: RegExp, clause: string])[] = [
  [/^\{%[-+]?\s*(?:include|import|from|extends)\b/, 'includes another file of the runner'],
  [/\|\s*(?:ansible\.builtin\.)?fileglob\b/, 'lists files of the runner'],
  [/\|\s*(?:ansible\.builtin\.)?expandvars\b/, 'reads the environment of the runner'],
  [
    /\bis\s+(?:not\s+)?(?:ansible\.builtin\.)?(?:is_)?(?:file|dir|directory|link|exists|link_exists|mount|same_file)\b(?!\s*\.)/,
    'checks files of the runner',
  ],
]

/** The effect of a lookup on the runner. A lookup with a computed name counts as `program`. */
export type LookupKind = 'program' | 'reads'

function kindOf(name: string | undefined): LookupKind | undefined {
  if (name === undefined || programs.has(name)) return 'program'
  return harmless.has(name) ? undefined : 'reads'
}

/** Names that are safe to show: Ansible's own. Any other text could be a secret. */
const known = /^(?:pipe|lines|env|file|fileglob|first_found|template|unvault|url|csvfile|ini|password)$/

/** Finds calls of lookups in Jinja, and other Jinja with the same effect. */
export function findLookups(kind: LookupKind): FindRisks {
  return findInJinja(expression => clausesOf(kind, expression))
}

function* clausesOf(kind: LookupKind, { source, code }: Expression): Generator<string> {
  for (const [, , name] of source.matchAll(call)) {
    if (kindOf(name) === kind) yield `calls ${described(name)}`
  }
  if (kind === 'program') {
    if (asValue.test(code)) yield 'uses a lookup function as a value'
    return
  }
  for (const [pattern, clause] of reading) if (pattern.test(code)) yield clause
}

function described(lookup: string | undefined): string {
  if (lookup === undefined) return 'a lookup with a computed name'
  return known.test(lookup) ? `the lookup \`${lookup}\`` : 'a lookup that may read more than the inventory'
}
