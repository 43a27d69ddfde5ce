import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'
import type { HostContext } from '../kit/rule.ts'
import { type Extended, extendedAt, synapseExtension } from './extensions.ts'
import { firstScheme, pepperVariable, schemesVariable } from './password-schemes.ts'
import { isUnset, plainText } from './values.ts'

type Asked = Pick<HostContext, 'host' | 'repository'>

/** The value of the pepper variable, `''` by default; `undefined` if it is unknown. */
export function variablePepper(host: Host): string | undefined {
  return isUnset(host, pepperVariable) ? '' : plainText(host, pepperVariable)?.text
}

/** A pepper in the extension of Synapse, which overrides the variable. */
export function extendedPepper(context: Asked): Extended | undefined {
  return extendedAt(context, synapseExtension, ['password_config', 'pepper'])
}

/** The pepper that Synapse uses; `undefined` if it is unknown. */
export function synapsePepper(context: Asked): string | undefined {
  const extended = extendedPepper(context)
  return extended ? textOf(extended.value) : variablePepper(context.host)
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
