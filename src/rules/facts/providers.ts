import { mappingVariable } from '../../domain/variables.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host, Variable } from '../../inventory/inventory.ts'
import { isOpaque, textAt, type Value, valueAt } from '../../inventory/value.ts'
import { readMappingArguments } from '../../mas/providers/provider-mapping.ts'
import { oncePer } from '../kit/once-per.ts'
import { live } from '../kit/rule.ts'

export const providersVariable = 'matrix_authentication_service_config_upstream_oauth2_providers'

/** Examples: a variable with a list of mappings, each given by its lines. */
export const mappings = (name: string, ...items: readonly (readonly string[])[]) =>
  `${name}:\n${items.map(lines => `  - ${lines.join('\n    ')}\n`).join('')}`

/** Examples: the vars of a live host with one provider. */
export function providerList(...lines: readonly string[]): string {
  return providerLists(lines)
}

/** The same with several providers. */
export function providerLists(...providers: readonly (readonly string[])[]): string {
  return live + mappings(providersVariable, ...providers)
}

export const id = 'id: 01HFVBY12TMNTYTBV8W921M5FA'
export const otherId = 'id: 01HFVC1K8ZQ8Y6F5J0W4N3T2RS'
export const issuer = 'issuer: https://idp.example.test/'
/** A provider with a method of authentication, and its credentials. */
export const withMethod = (method: string, ...credentials: readonly string[]) => [
  id,
  issuer,
  'client_id: mas',
  ...credentials,
  `token_endpoint_auth_method: ${method}`,
]
export const whole = withMethod('client_secret_basic', 'client_secret: invented')
export const client = whole.slice(2)
export const publicClient = withMethod('none')
export const withoutDiscovery = [
  'discovery_mode: disabled',
  'authorization_endpoint: https://idp.example.test/a',
  'token_endpoint: https://idp.example.test/t',
  'jwks_uri: https://idp.example.test/j',
]

/** The list of upstream providers in the vars, if there is one. */
export function providersOf({ host }: { readonly host: Host }): Value | undefined {
  const { value } = host.variable(providersVariable)
  return value === undefined || isOpaque(value) || value.kind === 'null' ? undefined : value
}

/** Reads the keys of a mapping: an empty key is absent, as for MAS. */
export function partsOf(map: Value): (key: string) => Value | undefined {
  return key => {
    const part = valueAt(map, key)
    return part?.kind === 'null' ? undefined : part
  }
}

/** A provider of MAS in the vars. */
export interface Provider {
  /** Such as `provider 1 (`oidc-github`) of …`, for messages. */
  readonly name: string
  readonly value: Value
  readonly definition: Definition
  /** The value of a key; `undefined` if it is absent or empty, which MAS treats the same. */
  readonly part: (key: string) => Value | undefined
  /** The text of a key, if it is a plain string. */
  readonly text: (key: string) => string | undefined
}

/** The providers that are mappings. The schema reports others. */
export const eachProvider = oncePer((host: Host): readonly Provider[] => {
  const { value, definition } = host.variable(providersVariable)
  if (value?.kind !== 'list' || !definition) return []
  const names = namesByArgument(host)
  return value.items.flatMap((item, index): Provider[] => {
    if (item.kind !== 'map') return []
    const part = partsOf(item)
    const text = (key: string) => textAt(item, key)
    const known = knownAs(text('synapse_idp_id') ?? names.get(text('id') ?? ''))
    const name = `provider ${index + 1}${known} of \`${providersVariable}\``
    return [{ name, value: item, definition, part, text }]
  })
})

/** What Synapse calls it, which is no secret in this form. Empty for a provider that Synapse does not have. */
function knownAs(authProvider = ''): string {
  return /^oidc-[\w.-]{1,60}$/.test(authProvider) ? ` (\`${authProvider}\`)` : ''
}

/** What Synapse calls a provider, by its id in MAS, from the arguments of syn2mas. */
export function namesByArgument(host: Host): ReadonlyMap<string, string> {
  const { mappings: mapped } = readMappingArguments(mappingArgumentsOf(host).texts)
  return new Map(mapped.map(({ authProvider, ulid }) => [ulid, authProvider]))
}

/** The arguments of syn2mas in the vars; `hidden` if there may be others. */
export function mappingArgumentsOf(host: Host): {
  readonly texts: readonly string[]
  readonly hidden: boolean
} {
  const variable = host.variable(mappingVariable)
  const { value } = variable
  // The mapping in a string is meant, though the playbook needs a list: `providers/mapping-arguments` says so.
  if (value?.kind === 'string') return { texts: [value.value], hidden: false }
  const words = value?.kind === 'list' ? value.items : []
  const texts = words.flatMap(word => (word.kind === 'string' ? [word.value] : []))
  return { texts, hidden: isUnknown(variable) || texts.length !== words.length }
}

export function isUnknown({ state, value, vaults }: Variable): boolean {
  return state !== 'absent' && value?.kind !== 'list' && !vaults
}
