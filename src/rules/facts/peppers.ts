import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'
import type { HostContext } from '../kit/rule.ts'
import { type Extended, extendedAt } from './extended.ts'
import { synapseExtension } from './homeserver-yaml.ts'
import { firstScheme, pepperVariable, schemesVariable } from './password-schemes.ts'
import { isUnset, plainText } from './values.ts'

type Asked = Pick<HostContext, 'host' | 'repository'>

/** What the variable of the pepper holds, `''` by default; `undefined` where it cannot be told. */
export function variablePepper(host: Host): string | undefined {
  return isUnset(host, pepperVariable) ? '' : plainText(host, pepperVariable)?.text
}

/** A pepper that the extension gives to Synapse past the variable. */
export function extendedPepper(context: Asked): Extended | undefined {
  return extendedAt(context, synapseExtension, ['password_config', 'pepper'])
}

/** What Synapse adds to passwords before it hashes them; `undefined` where it cannot be told. */
export function synapsePepper(context: Asked): string | undefined {
  const extended = extendedPepper(context)
  return extended ? textOf(extended.value) : variablePepper(context.host)
}

/**
 * What MAS adds to passwords that Synapse hashed: the secret of version 1, which is the variable in the playbook's own
 * schemes (`group_vars/matrix_servers`); `undefined` where it cannot be told.
 */
export function masPepper(host: Host): string | undefined {
  if (isUnset(host, schemesVariable)) return variablePepper(host)
  const secret = firstScheme(host)?.part('secret')
  if (!secret) return undefined
  return isPepperVariable(secret) ? variablePepper(host) : textOf(secret)
}

/** Whether a secret is Jinja that gives the variable and nothing else. */
export function isPepperVariable(secret: Value): boolean {
  return secret.kind === 'unknown' && secret.source?.replace(/\s/g, '') === `{{${pepperVariable}}}`
}

function textOf(value: Value): string | undefined {
  return value.kind === 'string' ? value.value : undefined
}
