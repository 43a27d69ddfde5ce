import { expressionsIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { type Written, written } from '../facts/written.ts'
import { oncePer } from '../kit/once-per.ts'
import { defineRule, type Repository } from '../kit/rule.ts'

/** A string in Jinja. An unclosed quote matches to the end of the text, so matching takes linear time. */
const texts = /'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g

/** A Jinja expression: as written, and with the content of its strings removed. */
export interface Expression {
  readonly source: string
  readonly code: string
}

/**
 * Finds risks in Jinja, for all hosts of a repository.
 *
 * @param clauses Returns the problems of an expression. Each one completes a sentence that starts with the variable.
 */
export function findInJinja(clauses: (expression: Expression) => Iterable<string>): FindRisks {
  return repository => templatedIn(repository).flatMap(templated => jinjaRisks(templated, clauses))
}

interface Templated {
  readonly written: Written
  readonly value: Jinja
  readonly expressions: readonly Expression[]
}

/** Cached, because several rules need it. */
const templatedIn = oncePer(({ inventory }: Repository): readonly Templated[] => {
  const templated: Templated[] = []
  for (const each of written(inventory.hosts.map(host => ({ host })))) {
    for (const value of jinjaIn(each.definition.value)) {
      templated.push({ written: each, value, expressions: expressionsIn(value.source).map(expressionOf) })
    }
  }
  return templated
})

function expressionOf(source: string): Expression {
  const code = /['"]/.test(source) ? source.replace(texts, text => text.charAt(0).repeat(2)) : source
  return { source, code }
}

function jinjaRisks(
  { written: { definition, about }, value: { source, place }, expressions }: Templated,
  clauses: (expression: Expression) => Iterable<string>,
): readonly Risk[] {
  const problems = new Set(expressions.flatMap(expression => [...clauses(expression)]))
  return [...problems].map(clause => ({
    key: `${about.host ?? ''} ${definition.name} ${clause} ${source}`,
    message: `\`${definition.name}\` ${clause}`,
    place,
    ...about,
  }))
}

type Jinja = Value & { readonly source: string }

function jinjaIn(value: Value): readonly Jinja[] {
  if (isJinja(value)) return [value]
  if (value.kind === 'list') return value.items.flatMap(jinjaIn)
  return value.kind === 'map' ? value.entries.flatMap(entry => jinjaIn(entry.value)) : []
}

function isJinja(value: Value): value is Jinja {
  return value.kind === 'unknown' && value.source !== undefined
}

/** Python attributes. Another `__x__` in a string may be a placeholder. */
const attribute = /\.\s*__\w/
const knownAttribute =
  /__(?:class|globals|init|subclasses|bases?|mro|import|builtins|getattr|getattribute|getitem|dict|code|func|self|call|reduce|reduce_ex|new|module|loader|spec|closure|wrapped)__/
const filter = /\|\s*attr\s*\(/
const plainFilter = /\|\s*attr\s*\(\s*(['"])\w+\1\s*\)/g
/** The character `_`, written as an escape sequence to hide a name. */
const escapedUnderscore = /\\(?:x5f|u005f|U0000005f|137|N\{LOW LINE\})/i

const find = findInJinja(pythonClauses)

function* pythonClauses({ source, code }: Expression): Generator<string> {
  if (!['__', 'attr', '\\'].some(word => source.includes(word))) return
  if (attribute.test(code) || knownAttribute.test(source) || escapedUnderscore.test(source)) {
    yield 'accesses Python internals through a name with `__`'
  }
  if (filter.test(source.replace(plainFilter, ''))) {
    yield 'accesses an attribute whose name is hidden'
  }
}

export const jinjaReachesPython = defineRule({
  id: 'trust/jinja-reaches-python',
  severity: 'error',
  why: 'Such a name gives access to all of Python. With ansible-core before 2.19 the value can run any code on the runner, which has the SSH key.',
  remedy: 'Write the plain value. An inventory never needs Python internals.',
  examples: {
    wrong: [
      `matrix_domain: "{{ cycler.__init__.__globals__.os.popen('id').read() }}"`,
      `matrix_domain: "{{ ''['__class__'] }}"`,
      `matrix_domain: "{{ '' | attr('__class__') }}"`,
      `matrix_domain: "{{ x | attr(name) }}"`,
      `matrix_domain: "{{ x | attr('_' ~ '_class_' ~ '_') }}"`,
      String.raw`matrix_domain: "{{ x | attr('\\x5f\\x5fclass\\x5f\\x5f') }}"`,
      `matrix_domain: "{{ [x] | map(attribute='__class__') | list }}"`,
      { base: 'matrix_domain: example.test', vars: 'matrix_domain: "{{ x.__class__ }}"' },
    ],
    right: [
      `matrix_text: "{{ template | replace('__DOMAIN__', matrix_domain) }}"`,
      `matrix_text: "{% raw %}{{ x.__class__ }}{% endraw %}"`,
      `matrix_text: "{{ x | attr('name') }}"`,
      'matrix_text: the word __class__ in a text',
      `matrix__text: "{{ matrix__other }}"`,
    ],
  },
  checkAll: context => risksOf(context, find),
})

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
  return findInJinja(expression => lookupClauses(kind, expression))
}

function* lookupClauses(kind: LookupKind, { source, code }: Expression): Generator<string> {
  // A cheap test first: `query` and `q` contain a q.
  const mayCall = /lookup|q/.test(source)
  for (const [, , name] of mayCall ? source.matchAll(call) : []) {
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
