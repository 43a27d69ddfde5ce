import { plainScalar } from '../../inventory/read/plain-scalar.ts'
import type { Value } from '../../inventory/value.ts'
import type { Default } from '../../playbook/variables.ts'

/** What kind of value a variable takes, as far as its defaults tell; an empty list or mapping may stand for either. */
export type Kind = 'switch' | 'number' | 'text' | 'list' | 'mapping' | 'collection'

/** The kind of a default; `undefined` where it is Jinja, empty, or written in another unusual way. */
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

/** The kind of a value that is written plainly; `undefined` where it is empty or cannot be told. */
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
