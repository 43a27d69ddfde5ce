import { type Expression, findInJinja } from '../facts/expressions.ts'
import { type FindRisks, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

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

const findPrograms = findLookups('program')

export const lookupRunsProgram = defineRule({
  id: 'trust/lookup-runs-program',
  severity: 'error',
  why: 'The lookups `pipe` and `lines` run a program on the runner, which has the SSH key. A lookup with a computed name may be one of them.',
  remedy:
    'Write the plain value. Put it in an Ansible Vault if it is a secret. Compute values in a step of the workflow, where reviewers expect code.',
  examples: {
    wrong: [
      "matrix_domain: \"{{ lookup('pipe', './domain.sh') }}\"",
      'matrix_domain: \'{{ query("ansible.builtin.lines", "cat domain") | first }}\'',
      'matrix_domain: "{{ lookup(kind, argument) }}"',
      `matrix_domain: "{{ lookup('pi' ~ 'pe', './domain.sh') }}"`,
      `matrix_domain: "{{ lookup('ansible.legacy.pipe', './domain.sh') }}"`,
      `matrix_domain: "{% set ask = lookup %}{{ ask('pipe', './domain.sh') }}"`,
      `matrix_domain: "{{ (lookup)('pipe', './domain.sh') }}"`,
      "matrix_x:\n  - y: \"{% if q('pipe', 'id') %}1{% endif %}\"",
      {
        base: 'matrix_domain: example.test',
        vars: "matrix_domain: \"{{ lookup('pipe', 'hostname') }}\"",
      },
    ],
    right: [
      "matrix_domain: \"{{ lookup('vars', 'other') }}\"",
      "matrix_text: \"{% raw %}{{ lookup('pipe', 'x') }}{% endraw %}\"",
      "matrix_text: !unsafe \"{{ lookup('pipe', 'x') }}\"",
      "matrix_text: the word lookup('pipe') in a text",
      `matrix_text: "{{ 'a lookup of ' ~ x.lookup ~ my_lookup }}"`,
    ],
  },
  checkAll: context => risksOf(context, findPrograms),
})

const findReads = findLookups('reads')

export const lookupReadsRunner = defineRule({
  id: 'trust/lookup-reads-runner',
  severity: 'warning',
  why: 'Ansible evaluates lookups on the runner. They can read files and environment variables of the job, including its secrets, or fetch from the network. The server receives the result. The value also differs between machines.',
  remedy: 'Write the plain value. Put it in an Ansible Vault if it is a secret.',
  examples: {
    wrong: [
      "matrix_domain: \"{{ lookup('env', 'DOMAIN') }}\"",
      "matrix_key: \"{{ lookup('ansible.builtin.file', '~/.ssh/id_ed25519') }}\"",
      "matrix_key: \"{{ lookup('community.general.passwordstore', 'x') }}\"",
      "postgres_connection_password: \"{{ lookup('password', 'credentials/postgres') }}\"",
      `matrix_text: "{% include 'secret.txt' %}"`,
      `matrix_text: "{%- from 'a.j2' import b %}{{ b }}"`,
      `matrix_keys: "{{ '~/.ssh/*' | fileglob }}"`,
      `matrix_token: "{{ '$GITHUB_TOKEN' | expandvars }}"`,
      `matrix_text: "{{ 'a' if '~/.ssh/id_ed25519' is file else 'b' }}"`,
    ],
    right: [
      "matrix_domain: \"{{ lookup('vars', 'other') }}\"",
      'matrix_domain: "{{ other_domain }}"',
      'matrix_domain: "{{ lookups | default(1) }}"',
      `matrix_text: "{{ 'what is file | fileglob' ~ x }}"`,
      `matrix_text: "{{ included is defined and file is not none }}"`,
    ],
  },
  checkAll: context => risksOf(context, findReads),
})
