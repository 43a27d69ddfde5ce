import type { HostContext, Offence } from '../rule.ts'
import { switchAt } from '../switches.ts'

export const passwordProviderVariables = ['shared_secret_auth', 'rest_auth', 'ldap'].map(
  kind => `matrix_synapse_ext_password_provider_${kind}_enabled`,
)

/** @param what What is to be said of each provider that is on. */
export function offences({ host }: HostContext, what: string): readonly Offence[] {
  return passwordProviderVariables.flatMap(variable => {
    const { state, place } = switchAt(host, variable)
    return state === 'on' ? [{ message: `\`${variable}\` ${what}`, ...(place && { place }) }] : []
  })
}
