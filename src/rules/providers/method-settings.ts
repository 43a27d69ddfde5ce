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

/** The authentication methods that use a key: `validate` of `crates/config/src/sections/upstream_oauth2.rs`. */
const settings = [
  { key: 'token_endpoint_auth_signing_alg', methods: ['client_secret_jwt', 'private_key_jwt'] },
  { key: 'sign_in_with_apple', methods: ['sign_in_with_apple'] },
] as const

const start = [id, issuer, 'client_id: mas']

export const providerMethodSettings = defineRule({
  id: 'providers/method-settings',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS does not start if a provider lacks a setting that its authentication method needs, or has a setting of another method.',
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
    const given = part(key)
    const wanted = methods.some(known => known === method)
    if (wanted && !given) {
      const place = part('token_endpoint_auth_method')?.place ?? value.place
      return [{ message: `${name} has no \`${key}\`, which its authentication method needs`, place }]
    }
    if (!wanted && given) {
      return [
        {
          message: `${name} has \`${key}\`, which its authentication method does not use`,
          place: given.place,
        },
      ]
    }
    return []
  })
}
