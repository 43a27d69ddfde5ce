import { validate } from '../../generated/upstream-provider.ts'
import { partAt, toJson, type Value } from '../../inventory/value.ts'
import { oncePer } from '../kit/once-per.ts'

/** The parts of an ajv error that are used. */
export interface SchemaError {
  /** A JSON pointer. */
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface UnknownKeyError extends SchemaError {
  readonly params: { readonly additionalProperty: string }
}

const compiled: { (data: unknown): boolean; errors?: readonly SchemaError[] | null } = validate

/** The errors of a list of upstream providers, without those that depend on unknown values. */
export const schemaErrors = oncePer((providers: Value): readonly SchemaError[] => {
  const { json, opaque } = toJson(providers)
  if (compiled(json)) return []
  return (compiled.errors ?? []).filter(
    error => isUnconditional(error) && !opaque.includes(error.instancePath),
  )
})

/** Skips conditions between keys: other rules check them, and handle unknown values. */
function isUnconditional({ schemaPath }: SchemaError): boolean {
  return !/^#\/(?:definitions\/provider\/)?allOf\//.test(schemaPath)
}

export function isUnknownKey(error: SchemaError): error is UnknownKeyError {
  return error.keyword === 'additionalProperties' && typeof error.params.additionalProperty === 'string'
}

/** An id that is a string, but not a ULID. */
export function isIdForm({ instancePath, keyword }: SchemaError): boolean {
  return keyword === 'pattern' && /^\/\d+\/id$/.test(instancePath)
}

/** A key without a value that MAS requires to have a value or to be absent. */
export function isEmptyPart({ instancePath, keyword }: SchemaError, providers: Value): boolean {
  const isKey = instancePath.split('/').length > 2
  return (
    isKey && (keyword === 'type' || keyword === 'enum') && partAt(providers, instancePath).kind === 'null'
  )
}

const patterns: Readonly<Record<string, string>> = {
  client_id: 'must not be empty',
}
const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  string: 'a string (in quotes if it looks like a number, date or boolean)',
  boolean: '`true` or `false`',
}

/** An error as a sentence without values. */
export function sentence(name: string, { instancePath, keyword, params }: SchemaError): string {
  const [index, ...rest] = instancePath.split('/').slice(1)
  const part = rest.map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~')).join('.')
  const provider = index === undefined ? `\`${name}\`` : `provider ${Number(index) + 1} of \`${name}\``
  const subject = part === '' ? provider : `\`${part}\` of ${provider}`
  return `${subject} ${complaint(keyword, params, rest.at(-1) ?? '')}`
}

function complaint(keyword: string, params: Readonly<Record<string, unknown>>, key: string): string {
  switch (keyword) {
    case 'required':
      return `has no \`${String(params.missingProperty)}\``
    case 'enum': {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues : []
      const names = allowed.filter(value => typeof value === 'string').map(value => `\`${value}\``)
      return `must be one of ${names.join(', ')}`
    }
    case 'type': {
      const wanted = [params.type].flat().filter(type => type !== 'null')
      return `must be ${wanted.map(type => kinds[String(type)] ?? String(type)).join(' or ')}`
    }
    case 'pattern':
      return patterns[key] ?? 'must be an http or https URL'
    default:
      return 'is not valid'
  }
}
