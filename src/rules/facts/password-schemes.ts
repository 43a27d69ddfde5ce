import { schemesVariable } from '../../domain/variables.ts'
import { type Definition, isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'
import { prepared } from '../kit/rule.ts'
import { mappings, partsOf } from './providers.ts'
import { isUnset, ownDefinition, plainText } from './values.ts'

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
  prepared + mappings(schemesVariable, ...list.map(scheme => scheme.split(', ')))
export const bcrypt = `version: 1, algorithm: bcrypt, secret: "{{ ${pepperVariable} }}", unicode_normalization: true`
export const argon2id = 'version: 2, algorithm: argon2id, unicode_normalization: true'

/** The pepper that Synapse uses, `''` by default; `undefined` if it is unknown. */
export function synapsePepper(host: Host): string | undefined {
  return isUnset(host, pepperVariable) ? '' : plainText(host, pepperVariable)?.text
}

/** The value of the pepper variable itself, which the playbook's default schemes of MAS use. */
export function variablePepper(host: Host): string | undefined {
  const own = ownDefinition(host, pepperVariable)
  if (!own || isOfPlaybook(own)) return host.variable(pepperVariable).hiddenIn.length > 0 ? undefined : ''
  return textOf(own.value)
}

/**
 * The pepper that MAS uses for passwords from Synapse: the secret of version 1. The default schemes of the playbook use
 * the variable (`group_vars/matrix_servers`); `undefined` if it is unknown.
 */
export function masPepper(host: Host): string | undefined {
  if (isUnset(host, schemesVariable)) return variablePepper(host)
  const secret = firstScheme(host)?.part('secret')
  if (!secret) return undefined
  return isPepperVariable(secret) ? variablePepper(host) : textOf(secret)
}

/** Whether a secret is Jinja that returns only the variable. */
export function isPepperVariable(secret: Value): boolean {
  return secret.kind === 'unknown' && secret.source?.replace(/\s/g, '') === `{{${pepperVariable}}}`
}

function textOf(value: Value): string | undefined {
  return value.kind === 'string' ? value.value : undefined
}
