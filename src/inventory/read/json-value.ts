import type { Place } from '../../domain/finding.ts'
import { templated } from '../jinja.ts'
import type { Bare, Value } from '../value.ts'

/** A value from JSON, such as extra vars. All parts have the same place. */
export function jsonValue(json: unknown, place: Place): Value {
  return { ...bareOf(json, place), place }
}

function bareOf(json: unknown, place: Place): Bare {
  if (typeof json === 'string') return templated(json)
  if (typeof json === 'boolean') return { kind: 'boolean', value: json }
  if (typeof json === 'number') {
    return Number.isInteger(json) ? { kind: 'integer', value: BigInt(json) } : { kind: 'float', value: json }
  }
  if (Array.isArray(json)) return { kind: 'list', items: json.map(item => jsonValue(item, place)) }
  if (typeof json !== 'object' || json === null) return { kind: 'null' }
  const entries = Object.entries(json).map(([key, value]) => ({
    key,
    keyPlace: place,
    value: jsonValue(value, place),
  }))
  return { kind: 'map', entries }
}
