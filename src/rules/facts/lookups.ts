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

/**
 * Other Jinja that reads the runner: templates beside the playbook, and Ansible's filters and tests of files. The patterns
 * are used only if one of the words occurs, because compiling them takes longer than reading an inventory.
 */
const reading: readonly {
  readonly words: readonly string[]
  readonly pattern: RegExp
  readonly clause: string
}[] = [
  {
    words: ['include', 'import', 'from', 'extends'],
    pattern: /^\{%[-+]?\s*(?:include|import|from|extends)\b/,
    clause: 'includes another file of the runner',
  },
  {
    words: ['fileglob'],
    pattern: /\|\s*(?:ansible\.builtin\.)?fileglob\b/,
    clause: 'lists files of the runner',
  },
  {
    words: ['expandvars'],
    pattern: /\|\s*(?:ansible\.builtin\.)?expandvars\b/,
    clause: 'reads the environment of the runner',
  },
  {
    words: ['file', 'dir', 'link', 'exists', 'mount'],
    pattern:
      /\bis\s+(?:not\s+)?(?:ansible\.builtin\.)?(?:is_)?(?:file|dir|directory|link|exists|link_exists|mount|same_file)\b(?!\s*\.)/,
    clause: 'checks files of the runner',
  },
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
  // `query` and `q` hold a q.
  const mayCall = source.includes('lookup') || source.includes('q')
  for (const [, , name] of mayCall ? source.matchAll(call) : []) {
    if (kindOf(name) === kind) yield `calls ${described(name)}`
  }
  if (kind === 'program') {
    if (mayCall && asValue.test(code)) yield 'uses a lookup function as a value'
    return
  }
  for (const { words, pattern, clause } of reading) {
    if (words.some(word => code.includes(word)) && pattern.test(code)) yield clause
  }
}

function described(lookup: string | undefined): string {
  if (lookup === undefined) return 'a lookup with a computed name'
  return known.test(lookup) ? `the lookup \`${lookup}\`` : 'a lookup that may read more than the inventory'
}
