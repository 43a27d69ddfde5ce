import type { Value } from '../../inventory/value.ts'
import type { HostContext } from '../rule.ts'
import { live } from '../stages.ts'

export const providersVariable = 'matrix_authentication_service_config_upstream_oauth2_providers'

/** The vars of a live host with one provider, for examples. */
export function providerList(...lines: readonly string[]): string {
  return `${live}${providersVariable}:\n  - ${lines.join('\n    ')}\n`
}

export const id = 'id: 01HFVBY12TMNTYTBV8W921M5FA'
export const issuer = 'issuer: https://idp.example.test/'
export const client = [
  'client_id: mas',
  'client_secret: invented',
  'token_endpoint_auth_method: client_secret_basic',
]
export const whole = [id, issuer, ...client]

/** What the vars say of upstream providers, where they say something. */
export function providersOf({ host }: HostContext): Value | undefined {
  const { value } = host.variable(providersVariable)
  return value === undefined || value.kind === 'unknown' || value.kind === 'vault' || value.kind === 'null'
    ? undefined
    : value
}
