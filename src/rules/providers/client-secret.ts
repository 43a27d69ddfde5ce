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

const withSecret = new Set(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'])
const withoutSecret = new Set(['none', 'private_key_jwt', 'sign_in_with_apple'])

export const providerClientSecret = defineRule({
  id: 'providers/client-secret',
  severity: 'error',
  why: 'The authentication method decides whether a provider needs a secret. MAS does not start if a needed secret is missing, or an unused one is set.',
  remedy:
    'Set `client_secret` (or `client_secret_file`, not both) with the methods `client_secret_basic`, `client_secret_post` and `client_secret_jwt`. Remove both with any other method.',
  examples: {
    wrong: [
      providerList(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: client_secret_post'),
      providerList(
        id,
        issuer,
        'client_id: mas',
        'client_secret:',
        'token_endpoint_auth_method: client_secret_basic',
      ),
      providerList(...publicClient, 'client_secret: invented'),
      providerList(...whole, 'client_secret_file: /secret'),
    ],
    right: [
      providerList(...whole),
      providerList(...publicClient),
      providerList(...publicClient, 'client_secret: null'),
      providerList(
        id,
        issuer,
        'client_id: mas',
        'client_secret_file: /s',
        'token_endpoint_auth_method: client_secret_jwt',
      ),
      providerList(
        id,
        issuer,
        'client_id: mas',
        'client_secret: "{{ s }}"',
        'token_endpoint_auth_method: client_secret_post',
      ),
      providerList(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: "{{ method }}"'),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(violations),
})

/** Follows `validate` of `crates/config/src/sections/upstream_oauth2.rs`: an empty key counts as absent. */
function violations({ name, value, part, text }: Provider): Violation[] {
  const [secret, file, method] = [
    part('client_secret'),
    part('client_secret_file'),
    text('token_endpoint_auth_method'),
  ]
  if (secret && file) {
    return [{ message: `${name} has both \`client_secret\` and \`client_secret_file\``, place: file.place }]
  }
  const credential = secret ?? file
  if (method !== undefined && withSecret.has(method) && !credential) {
    const place = part('token_endpoint_auth_method')?.place ?? value.place
    return [{ message: `${name} has no \`client_secret\`, which its authentication method needs`, place }]
  }
  if (method !== undefined && withoutSecret.has(method) && credential) {
    return [
      {
        message: `${name} has a secret, which its authentication method does not use`,
        place: credential.place,
      },
    ]
  }
  return []
}
