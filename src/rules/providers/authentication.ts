import {
  eachProvider,
  type Provider,
  providerList,
  publicClient,
  whole,
  withMethod,
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
      providerList(...withMethod('client_secret_post')),
      providerList(...withMethod('client_secret_basic', 'client_secret:')),
      providerList(...publicClient, 'client_secret: invented'),
      providerList(...whole, 'client_secret_file: /secret'),
    ],
    right: [
      providerList(...whole),
      providerList(...publicClient),
      providerList(...publicClient, 'client_secret: null'),
      providerList(...withMethod('client_secret_jwt', 'client_secret_file: /s')),
      providerList(...withMethod('client_secret_post', 'client_secret: "{{ s }}"')),
      providerList(...withMethod('"{{ method }}"')),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(secretViolations),
})

/** Follows `validate` of `crates/config/src/sections/upstream_oauth2.rs`: an empty key counts as absent. */
function secretViolations({ name, value, part, text }: Provider): Violation[] {
  const [secret, file] = [part('client_secret'), part('client_secret_file')]
  if (secret && file) {
    return [{ message: `${name} has both \`client_secret\` and \`client_secret_file\``, place: file.place }]
  }
  const credential = secret ?? file
  const method = text('token_endpoint_auth_method') ?? ''
  if (withSecret.has(method) && !credential) {
    const place = part('token_endpoint_auth_method')?.place ?? value.place
    return [{ message: `${name} has no \`client_secret\`, which its authentication method needs`, place }]
  }
  if (!withoutSecret.has(method) || !credential) return []
  const message = `${name} has a secret, which its authentication method does not use`
  return [{ message, place: credential.place }]
}

/** The authentication methods that use each key, from `validate` of `crates/config/src/sections/upstream_oauth2.rs`. */
const settings = [
  { key: 'token_endpoint_auth_signing_alg', methods: ['client_secret_jwt', 'private_key_jwt'] },
  { key: 'sign_in_with_apple', methods: ['sign_in_with_apple'] },
] as const

const apple = ['sign_in_with_apple:', '  team_id: a', '  key_id: b', '  private_key: invented']

export const providerMethodSettings = defineRule({
  id: 'providers/method-settings',
  severity: 'error',
  why: 'MAS does not start if a provider lacks a setting of its authentication method. It also does not start with a setting of another method.',
  remedy:
    'Set `token_endpoint_auth_signing_alg` only with `client_secret_jwt` and `private_key_jwt`, and `sign_in_with_apple` only with the method of that name.',
  examples: {
    wrong: [
      providerList(...withMethod('private_key_jwt')),
      providerList(...whole, 'token_endpoint_auth_signing_alg: RS256'),
      providerList(...withMethod('sign_in_with_apple')),
      providerList(...publicClient, ...apple),
    ],
    right: [
      providerList(...withMethod('private_key_jwt'), 'token_endpoint_auth_signing_alg: ES256'),
      providerList(...whole, 'token_endpoint_auth_signing_alg:'),
      providerList(...withMethod('"{{ m }}"'), 'token_endpoint_auth_signing_alg: RS256'),
      providerList(...withMethod('sign_in_with_apple'), ...apple),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(settingViolations),
})

function settingViolations({ name, value, part, text }: Provider): Violation[] {
  const method = text('token_endpoint_auth_method')
  if (method === undefined) return []
  return settings.flatMap(({ key, methods }) => {
    const setting = part(key)
    const isRequired = methods.some(known => known === method)
    if (isRequired && !setting) {
      const place = part('token_endpoint_auth_method')?.place ?? value.place
      return [{ message: `${name} has no \`${key}\`, which its authentication method needs`, place }]
    }
    if (isRequired || !setting) return []
    const message = `${name} has \`${key}\`, which its authentication method does not use`
    return [{ message, place: setting.place }]
  })
}
