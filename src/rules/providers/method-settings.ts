import {
  eachProvider,
  id,
  issuer,
  type Provider,
  providerList,
  publicClient,
  whole,
} from '../facts/providers.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

/** The authentication methods that use each key, from `validate` of `crates/config/src/sections/upstream_oauth2.rs`. */
const settings = [
  { key: 'token_endpoint_auth_signing_alg', methods: ['client_secret_jwt', 'private_key_jwt'] },
  { key: 'sign_in_with_apple', methods: ['sign_in_with_apple'] },
] as const

const start = [id, issuer, 'client_id: mas']

export const providerMethodSettings = defineRule({
  id: 'providers/method-settings',
  severity: 'error',
  why: 'MAS does not start if a provider lacks a setting of its authentication method. It also does not start with a setting of another method.',
  remedy:
    'Set `token_endpoint_auth_signing_alg` only with `client_secret_jwt` and `private_key_jwt`, and `sign_in_with_apple` only with the method of that name.',
  examples: {
    wrong: [
      providerList(...start, 'token_endpoint_auth_method: private_key_jwt'),
      providerList(...whole, 'token_endpoint_auth_signing_alg: RS256'),
      providerList(...start, 'token_endpoint_auth_method: sign_in_with_apple'),
      providerList(
        ...publicClient,
        'sign_in_with_apple:',
        '  team_id: a',
        '  key_id: b',
        '  private_key: invented',
      ),
    ],
    right: [
      providerList(
        ...start,
        'token_endpoint_auth_method: private_key_jwt',
        'token_endpoint_auth_signing_alg: ES256',
      ),
      providerList(...whole, 'token_endpoint_auth_signing_alg:'),
      providerList(
        ...start,
        'token_endpoint_auth_method: "{{ m }}"',
        'token_endpoint_auth_signing_alg: RS256',
      ),
      providerList(
        ...start,
        'token_endpoint_auth_method: sign_in_with_apple',
        'sign_in_with_apple:',
        '  team_id: a',
        '  key_id: b',
        '  private_key: invented',
      ),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(violations),
})

function violations({ name, value, part, text }: Provider): Violation[] {
  const method = text('token_endpoint_auth_method')
  if (method === undefined) return []
  return settings.flatMap(({ key, methods }) => {
    const setting = part(key)
    const isRequired = methods.some(known => known === method)
    if (isRequired && !setting) {
      const place = part('token_endpoint_auth_method')?.place ?? value.place
      return [{ message: `${name} has no \`${key}\`, which its authentication method needs`, place }]
    }
    if (!isRequired && setting) {
      return [
        {
          message: `${name} has \`${key}\`, which its authentication method does not use`,
          place: setting.place,
        },
      ]
    }
    return []
  })
}
