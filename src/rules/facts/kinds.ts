import { plainScalar } from '../../inventory/read/plain-scalar.ts'
import type { Value } from '../../inventory/value.ts'
import type { Default } from '../../playbook/variables.ts'

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
