import type { Place } from '../domain/finding.ts'

/** A value in an inventory with its place and the type that Ansible's parser gives it. Nothing is evaluated. */
export type Value = { readonly place: Place } & (
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: readonly MapEntry[] }
  /** Unknown without running Ansible: Jinja, a tag, or text that cannot be read. */
  | {
      readonly kind: 'unknown'
      /** The source of a Jinja text: may be inspected, but never evaluated or printed. */
      readonly source?: string
    }
  | { readonly kind: 'vault' }
)

export interface MapEntry {
  readonly key: string
  readonly keyPlace: Place
  readonly value: Value
}

/** A value without its place. */
export type Bare = Value extends infer V ? (V extends Value ? Omit<V, 'place'> : never) : never

export function entryOf(value: Value, key: string): MapEntry | undefined {
  if (value.kind !== 'map') return undefined
  return value.entries.find(entry => entry.key === key)
}

/** The value at a path of keys. */
export function valueAt(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  return keys.reduce<Value | undefined>((part, key) => part && entryOf(part, key)?.value, value)
}

/** The same, if it is a plain string. */
export function textAt(value: Value | undefined, ...keys: readonly string[]): string | undefined {
  const part = valueAt(value, ...keys)
  return part?.kind === 'string' ? part.value : undefined
}

/** Whether the test is true for the value, or for a part of it at any depth. */
export function hasPart(value: Value, test: (part: Value) => boolean): boolean {
  if (test(value)) return true
  if (value.kind === 'list') return value.items.some(item => hasPart(item, test))
  return value.kind === 'map' && value.entries.some(entry => hasPart(entry.value, test))
}

/** Whether the value itself is Jinja, in a vault or otherwise unknown. */
export function isOpaque(value: Value): boolean {
  return value.kind === 'unknown' || value.kind === 'vault'
}

const trueTexts = new Set(['true', 'yes', 'on', '1'])

/**
 * How the playbook interprets a value as a boolean. It uses both `x | bool` and plain `x`, which differ for some texts:
 * `"false"` is true in plain Jinja. Such values are `contradictory`.
 */
export function truthOf(value: Value): boolean | 'contradictory' | 'unknown' {
  switch (value.kind) {
    case 'boolean':
      return value.value
    case 'null':
      return false
    case 'integer':
      return value.value === 0n ? false : value.value === 1n ? true : 'contradictory'
    case 'float':
      return value.value === 0 ? false : value.value === 1 ? true : 'contradictory'
    case 'string': {
      const text = value.value.toLowerCase()
      if (trueTexts.has(text)) return true
      return value.value === '' ? false : 'contradictory'
    }
    case 'list':
      return value.items.length === 0 ? false : 'contradictory'
    case 'map':
      return value.entries.length === 0 ? false : 'contradictory'
    case 'date':
      return 'contradictory'
    case 'unknown':
    case 'vault':
      return 'unknown'
  }
}

/** The value as JSON, for schemas. Unknown parts are `null`, and `opaque` lists their JSON pointers. */
export function toJson(value: Value): { json: unknown; opaque: readonly string[] } {
  const opaque: string[] = []
  const convert = (part: Value, pointer: string): unknown => {
    switch (part.kind) {
      case 'list':
        return part.items.map((item, index) => convert(item, `${pointer}/${index}`))
      case 'map':
        return Object.fromEntries(
          part.entries.map(({ key, value }) => [key, convert(value, `${pointer}/${pointerSegment(key)}`)]),
        )
      case 'integer':
        return Number(part.value)
      case 'date':
        return part.text
      case 'null':
        return null
      case 'unknown':
      case 'vault':
        opaque.push(pointer)
        return null
      default:
        return part.value
    }
  }
  return { json: convert(value, ''), opaque }
}

/** Escapes a key for a JSON pointer (RFC 6901). */
function pointerSegment(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The part of a value at a JSON pointer, or the deepest part that exists. */
export function partAt(value: Value, pointer: string): Value {
  let part = value
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    const next = part.kind === 'list' ? part.items[Number(key)] : entryOf(part, key)?.value
    if (!next) return part
    part = next
  }
  return part
}
