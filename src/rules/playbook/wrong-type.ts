import { plainScalar } from '../../inventory/read/plain-scalar.ts'
import { isOpaque, type Value } from '../../inventory/value.ts'
import type { Default, PlaybookVariables } from '../../playbook/variables.ts'
import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { compared, type Written } from '../facts/written.ts'
import { asTrue } from '../kit/fix.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const names: Readonly<Record<Kind, string>> = {
  switch: '`true` or `false`',
  number: 'a number',
  text: 'a string',
  list: 'a list',
  mapping: 'a mapping',
  collection: 'a list or mapping',
}

export const wrongType = defineRule({
  id: 'playbook/wrong-type',
  severity: 'warning',
  needs: 'checkout',
  why: 'The playbook expects the type of the default value. A string in place of a boolean usually counts as true, even `"false"`. Other wrong types make Ansible or the service fail.',
  remedy:
    'Write a value of the same type as the default. Text such as `"false"` acts as `true` until you change it: choose the value that you want.',
  examples: {
    wrong: [
      { vars: 'matrix_synapse_enable_registration: "false"', checkout },
      { vars: 'matrix_synapse_enable_registration: sometimes', checkout },
      { vars: 'matrix_synapse_enable_registration: [true]', checkout },
      { vars: 'matrix_synapse_auto_join_rooms: "#room:example.test"', checkout },
      { vars: 'matrix_synapse_auto_join_rooms:', checkout },
      { vars: 'matrix_synapse_log_config: x', checkout },
      { vars: 'matrix_synapse_max_upload_size_mb: [100]', checkout },
      { vars: 'matrix_synapse_container_image_registry_prefix:\n  docker.io: true', checkout },
    ],
    right: [
      { vars: 'matrix_synapse_enable_registration: no', checkout },
      { vars: 'matrix_synapse_enable_registration: 1', checkout },
      { vars: 'matrix_synapse_enable_registration: "{{ x }}"', checkout },
      { vars: 'matrix_synapse_auto_join_rooms: ["#room:example.test"]', checkout },
      { vars: 'matrix_synapse_max_upload_size_mb: "100"', checkout },
      { vars: 'matrix_synapse_container_image_registry_prefix: 12', checkout },
      { vars: 'matrix_synapse_log_config: {}\nmatrix_own: []', checkout },
      'matrix_synapse_enable_registration: sometimes',
    ],
  },
  checkAll: compared(violations),
})

function violations({ definition, about }: Written, playbook: PlaybookVariables): Violation[] {
  const { name, value } = definition
  const expected = expectedKind(name, playbook)
  if (expected === undefined || fits(value, expected)) return []
  const kind = kindOfValue(value)
  const actual = kind === undefined ? 'empty' : kind === 'switch' ? 'a boolean' : names[kind]
  const message = `\`${name}\` is ${actual}, but the playbook expects ${names[expected]}`
  const suggestion = expected === 'switch' ? asTrue(definition) : undefined
  return [{ message, place: value.place, ...about, suggestion }]
}

/** The kind of all defaults, if they agree. */
function expectedKind(name: string, playbook: PlaybookVariables): Kind | undefined {
  const kinds = new Set(playbook.defaultsOf(name).map(kindOfDefault))
  kinds.delete(undefined)
  const [kind, ...others] = kinds
  return others.length === 0 ? kind : undefined
}

function fits(value: Value, expected: Kind): boolean {
  if (isOpaque(value)) return true
  const kind = kindOfValue(value)
  const isCollection = kind === 'list' || kind === 'mapping'
  switch (expected) {
    case 'list':
    case 'mapping':
      return kind === expected
    case 'switch': {
      const isBit = value.kind === 'integer' && [0n, 1n].includes(value.value)
      return kind === undefined || kind === 'switch' || isBit
    }
    case 'number':
      return !isCollection && kind !== 'switch'
    case 'collection':
      return isCollection
    case 'text':
      // Some string variables also accept a list, such as the address of an LDAP server.
      return kind !== 'mapping'
  }
}

/** The kind of value that a variable expects, derived from its defaults. An empty list or mapping may mean either. */
export type Kind = 'switch' | 'number' | 'text' | 'list' | 'mapping' | 'collection'

/** The kind of a default; `undefined` if it is Jinja, empty, or written in an unusual way. */
export function kindOfDefault({ text, block }: Default): Kind | undefined {
  if (text === '') return block && (block === 'list' ? 'list' : 'mapping')
  if (/\{\{|\{%/.test(text) || /^[&*!|>]/.test(text)) return undefined
  if (/^(?:\[\s*\]|\{\s*\})$/.test(text)) return 'collection'
  if (text.startsWith('[')) return 'list'
  if (text.startsWith('{')) return 'mapping'
  if (/^["']/.test(text)) return 'text'
  const value = plainScalar(text)
  return value && kindOfValue(value)
}

type Kinded = Pick<Value, 'kind'>

/** The kind of a plain value; `undefined` if it is empty or unknown. */
export function kindOfValue({ kind }: Kinded): Kind | undefined {
  switch (kind) {
    case 'boolean':
      return 'switch'
    case 'integer':
    case 'float':
      return 'number'
    case 'string':
    case 'date':
      return 'text'
    case 'list':
      return 'list'
    case 'map':
      return 'mapping'
    case 'null':
    case 'unknown':
    case 'vault':
      return undefined
  }
}
