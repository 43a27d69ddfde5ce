import { entryOf, type Value } from '../../inventory/value.ts'
import { client, eachProvider, id, type Provider, providerList, whole } from '../facts/providers.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const endpoint = (key: string) => `${key}: https://idp.example.test/${key}`
const endpoints = ['authorization_endpoint', 'token_endpoint'].map(endpoint)
const [jwks, userinfo] = [endpoint('jwks_uri'), endpoint('userinfo_endpoint')]
const disabled = 'discovery_mode: disabled'
const withoutIdToken = [disabled, ...endpoints, userinfo, 'fetch_userinfo: true']

export const providerDiscovery = defineRule({
  id: 'providers/discovery',
  severity: 'error',
  why: 'MAS discovers the endpoints of a provider through its issuer, and does not start without one. With discovery disabled, logins fail unless the endpoints are set.',
  remedy:
    'Set the `issuer`. With `discovery_mode: disabled`, set `authorization_endpoint`, `token_endpoint` and `jwks_uri`. With `fetch_userinfo`, also set `userinfo_endpoint`. You can omit `jwks_uri` if `fetch_userinfo` is on, `scope` does not contain `openid`, and `userinfo_signed_response_alg` is not set.',
  examples: {
    wrong: [
      providerList(id, ...client),
      providerList(id, ...client, 'discovery_mode: insecure'),
      providerList(id, ...client, 'issuer:'),
      providerList(...whole, disabled),
      providerList(id, ...client, disabled, 'token_endpoint: https://idp.example.test/token'),
      providerList(id, ...client, disabled, ...endpoints),
      providerList(id, ...client, ...withoutIdToken),
      providerList(id, ...client, ...withoutIdToken, 'scope: profile openid'),
      providerList(id, ...client, ...withoutIdToken, 'scope: a', 'userinfo_signed_response_alg: RS256'),
      providerList(id, ...client, disabled, ...endpoints, jwks, 'fetch_userinfo: true'),
      providerList(id, ...client, disabled, ...endpoints, 'scope: "read:user"'),
    ],
    right: [
      providerList(...whole),
      providerList(id, ...client, disabled, ...endpoints, jwks),
      providerList(id, ...client, ...withoutIdToken, 'scope: "read:user"'),
      providerList(id, ...client, ...withoutIdToken, 'scope: "{{ scope }}"'),
      providerList(id, ...client, disabled, ...endpoints, 'fetch_userinfo: "{{ x }}"', 'scope: a'),
      providerList(id, ...client, 'issuer: "{{ issuer }}"'),
      providerList(id, ...client, 'discovery_mode: "{{ mode }}"'),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(violations),
})

function violations(provider: Provider): Violation[] {
  const { name, value, part, text } = provider
  const mode = part('discovery_mode')
  const modeName = mode ? text('discovery_mode') : 'oidc'
  const place = entryOf(value, 'discovery_mode')?.value.place ?? part('client_id')?.place ?? value.place
  if (modeName === 'oidc' || modeName === 'insecure') {
    return part('issuer') ? [] : [{ message: `${name} has no \`issuer\`, which discovery needs`, place }]
  }
  if (modeName !== 'disabled') return []
  const missing = requiredKeys(provider)
    .filter(key => !part(key))
    .map(key => `\`${key}\``)
  return missing.length === 0
    ? []
    : [{ message: `${name} disables discovery, but does not set ${missing.join(', ')}`, place }]
}

/**
 * A login needs keys if there is an ID token, or if the userinfo response is signed (`callback.rs` in
 * `crates/handlers/src/upstream_oauth2`). Without a userinfo endpoint, claims can come only from an ID token.
 */
function requiredKeys({ part, text }: Provider): readonly string[] {
  const fetches = truth(part('fetch_userinfo'))
  const scope = part('scope') ? text('scope') : 'openid'
  const needsKeys =
    fetches === false ||
    scope?.split(/\s+/).includes('openid') ||
    part('userinfo_signed_response_alg')?.kind === 'string'
  return [
    'authorization_endpoint',
    'token_endpoint',
    ...(fetches ? ['userinfo_endpoint'] : []),
    ...(needsKeys ? ['jwks_uri'] : []),
  ]
}

/** A switch that is off by default; `undefined` if it is unknown. */
function truth(value: Value | undefined): boolean | undefined {
  if (!value) return false
  return value.kind === 'boolean' ? value.value : undefined
}
