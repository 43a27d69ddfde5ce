import { type Expression, findInJinja } from './expressions.ts'
import type { FindRisks } from './trust-additions.ts'

/** A call; its kind is told where a text is the whole first argument. */
const call = /\b(?:lookup|query|q)\s*\(\s*(?:(['"])(?:ansible\.(?:builtin|legacy)\.)?([\w.]+)\1(?=\s*[,)]))?/g
/** The function itself, to be called by another name. */
const handedOn = /(?<![\w.])(?:lookup|query)\b(?!\s*[(=])/

/** Lookups that only rearrange what the inventory says already. */
const harmless = new Set([
  ...['vars', 'varnames', 'dict', 'items', 'list', 'flattened', 'indexed_items', 'nested', 'together'],
  ...['sequence', 'subelements', 'random_choice', 'random_string', 'inventory_hostnames', 'config'],
])
const programs = new Set(['pipe', 'lines'])

/**
 * What else in Jinja reads the runner: templates beside the playbook, and Ansible's own filters and tests of files. Without
 * one of the words nothing is looked for: patterns take longer to compile than an inventory to read.
 */
const reading: readonly {
  readonly words: readonly string[]
  readonly pattern: RegExp
  readonly clause: string
}[] = [
  {
    words: ['include', 'import', 'from', 'extends'],
    pattern: /^\{%[-+]?\s*(?:include|import|from|extends)\b/,
    clause: 'takes in another file of the runner',
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
    clause: 'asks about files of the runner',
  },
]

/** What a lookup does on the runner; it is `program` too where its kind is not written plainly. */
export type LookupKind = 'program' | 'reads'

function kindOf(name: string | undefined): LookupKind | undefined {
  if (name === undefined || programs.has(name)) return 'program'
  return harmless.has(name) ? undefined : 'reads'
}

/** Names that can be repeated: Ansible's own. Another could be anything. */
const known = /^(?:pipe|lines|env|file|fileglob|first_found|template|unvault|url|csvfile|ini|password)$/

/** Calls of lookups in what is written as Jinja, and what does the same without one. */
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
    if (mayCall && handedOn.test(code)) yield 'hands a lookup on without calling it'
    return
  }
  for (const { words, pattern, clause } of reading) {
    if (words.some(word => code.includes(word)) && pattern.test(code)) yield clause
  }
}

function described(lookup: string | undefined): string {
  if (lookup === undefined) return 'a lookup whose kind is not written plainly'
  return known.test(lookup)
    ? `the lookup \`${lookup}\``
    : 'a lookup that is none of those that only read the inventory'
}
