import { templated } from '../jinja.ts'
import { plainScalar } from '../read/plain-scalar.ts'
import type { Bare } from '../value.ts'
import { coreTag } from './properties.ts'

const typed: ReadonlyMap<string, Bare['kind']> = new Map([
  [`${coreTag}bool`, 'boolean'],
  [`${coreTag}int`, 'integer'],
  [`${coreTag}float`, 'float'],
  [`${coreTag}timestamp`, 'date'],
])

export interface ScalarText {
  readonly text: string
  readonly plain: boolean
  readonly tag: string | undefined
  /** Tagged `!unsafe`, or part of a value with that tag: never evaluated. */
  readonly unsafe: boolean
}

/** The value of a scalar, or `undefined` if PyYAML fails at an invalid date or number. */
export function scalarValue({ text, plain, tag, unsafe }: ScalarText): Bare | undefined {
  const string = (): Bare => (unsafe ? { kind: 'string', value: text } : templated(text))
  if (tag === undefined || tag === '!') {
    const bare = plain || tag === '!' ? plainScalar(text) : undefined
    if (bare === undefined && (plain || tag === '!')) return undefined
    return bare === undefined || bare.kind === 'string' ? string() : bare
  }
  if (tag === `${coreTag}str` || tag === '!unsafe') return string()
  if (tag === `${coreTag}null`) return { kind: 'null' }
  const kind = typed.get(tag)
  if (kind === undefined) return { kind: 'unknown' }
  const bare = plainScalar(text)
  if (kind === 'float' && bare?.kind !== 'float') return floatOf(text)
  return bare?.kind === kind ? bare : undefined
}

/** Python's `float` accepts more than YAML, such as `1` and `1e5`. PyYAML splits the text at colons first. */
function floatOf(text: string): Bare | undefined {
  const sign = text.startsWith('-') ? -1 : 1
  const parts = text.replaceAll('_', '').replace(/^[-+]/, '').split(':')
  if (!parts.every(part => /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(part))) return undefined
  return { kind: 'float', value: sign * parts.reduce((sum, part) => sum * 60 + Number(part), 0) }
}

const vaultTags = new Set(['!vault', '!vault-encrypted'])
const known = new Set([
  '!unsafe',
  '!',
  ...['str', 'map', 'seq', 'null', 'binary', 'omap', 'pairs', 'set', ...typed.keys()].map(name =>
    name.startsWith(coreTag) ? name : coreTag + name,
  ),
])

export function isVaultTag(tag: string | undefined): boolean {
  return tag !== undefined && vaultTags.has(tag)
}

const mappingTags = new Set(['map', 'set'].map(name => coreTag + name))
const listTags = new Set(['seq', 'omap', 'pairs'].map(name => coreTag + name))

/** Whether a standard tag of YAML does not match the kind of its value. */
export function conflictsWith(tag: string, kind: 'map' | 'list'): boolean {
  if (!tag.startsWith(coreTag) || !supportsTag(tag)) return false
  return !(kind === 'map' ? mappingTags : listTags).has(tag)
}

/** Whether Ansible's loader supports a tag. */
export function supportsTag(tag: string): boolean {
  return known.has(tag) || vaultTags.has(tag)
}
