import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'
import { partsOf } from './providers.ts'
import { prepared } from './stages.ts'

export const schemesVariable = 'matrix_authentication_service_config_passwords_schemes'
export const pepperVariable = 'matrix_synapse_password_config_pepper'

/** A scheme in the vars: `HashingScheme` of `crates/config/src/sections/passwords.rs` of MAS. */
export interface Scheme {
  readonly value: Value
  readonly version: bigint | undefined
  readonly part: (key: string) => Value | undefined
}

/** The schemes set by the inventory or by `group_vars` of a checkout; `undefined` if one is unknown. */
export function schemesOf(
  host: Host,
): { readonly schemes: readonly Scheme[]; readonly definition: Definition } | undefined {
  const { value, definition } = host.variable(schemesVariable)
  if (value?.kind !== 'list' || !definition) return undefined
  const schemes = value.items.map((item): Scheme | undefined => {
    if (item.kind !== 'map') return undefined
    const part = partsOf(item)
    const version = part('version')
    return { value: item, part, version: version?.kind === 'integer' ? version.value : undefined }
  })
  const known = schemes.filter(scheme => scheme !== undefined)
  return known.length === schemes.length ? { schemes: known, definition } : undefined
}

/** The scheme for migrated passwords of Synapse: syn2mas stores them as version 1. */
export function firstScheme(host: Host): (Scheme & { readonly definition: Definition }) | undefined {
  const all = schemesOf(host)
  const scheme = all?.schemes.find(({ version }) => version === 1n)
  return all && scheme && { ...scheme, definition: all.definition }
}

/** Examples: the vars of a prepared host with schemes. */
export const schemes = (...list: readonly string[]) =>
  `${prepared}${schemesVariable}:\n${list.map(scheme => `  - ${scheme.split(', ').join('\n    ')}\n`).join('')}`
export const bcrypt = `version: 1, algorithm: bcrypt, secret: "{{ ${pepperVariable} }}", unicode_normalization: true`
export const argon2id = 'version: 2, algorithm: argon2id, unicode_normalization: true'
