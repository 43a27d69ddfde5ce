import { entryOf, type Value } from '../../inventory/value.ts'
import { client, eachProvider, id, type Provider, providerList, whole } from '../facts/providers.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const endpoint = (key: string) => `${key}: https://idp.example.test/${key}`
const given = ['authorization_endpoint', 'token_endpoint'].map(endpoint)
const [jwks, userinfo] = [endpoint('jwks_uri'), endpoint('userinfo_endpoint')]
const disabled = 'discovery_mode: disabled'
const withoutIdToken = [disabled, ...given, userinfo, 'fetch_userinfo: true']

export const providerDiscovery = defineRule({
  id: 'providers/discovery',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS discovers the endpoints of a provider through its issuer, and does not start without one. With discovery disabled, logins fail unless the endpoints are set.',
  remedy:
    'Set the `issuer`. With `discovery_mode: disabled`, set `authorization_endpoint`, `token_endpoint`, `jwks_uri`, and with `fetch_userinfo` also `userinfo_endpoint`. You can omit `jwks_uri` if `fetch_userinfo` is on, `scope` does not contain `openid`, and `userinfo_signed_response_alg` is not set.',
  examples: {
    wrong: [
      providerList(id, ...client),
      providerList(id, ...client, 'discovery_mode: insecure'),
      providerList(id, ...client, 'issuer:'),
      providerList(...whole, disabled),
      providerList(id, ...client, disabled, 'token_endpoint: https://idp.example.test/token'),
      providerList(id, ...client, disabled, ...given),
      providerList(id, ...client, ...withoutIdToken),
      providerList(id, ...client, ...withoutIdToken, 'scope: profile openid'),
      providerList(id, ...client, ...withoutIdToken, 'scope: a', 'userinfo_signed_response_alg: RS256'),
      providerList(id, ...client, disabled, ...given, jwks, 'fetch_userinfo: true'),
      providerList(id, ...client, disabled, ...given, 'scope: "read:user"'),
    ],
    right: [
      providerList(...whole),
      providerList(id, ...client, disabled, ...given, jwks),
      providerList(id, ...client, ...withoutIdToken, 'scope: "read:user"'),
      providerList(id, ...client, ...withoutIdToken, 'scope: "{{ scope }}"'),
      providerList(id, ...client, disabled, ...given, 'fetch_userinfo: "{{ x }}"', 'scope: a'),
      providerList(id, ...client, 'issuer: "{{ issuer }}"'),
      providerList(id, ...client, 'discovery_mode: "{{ mode }}"'),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(violations),
})

function violations(provider: Provider): Violation[] {
  const { name, value, part, text } = provider
  const mode = part('discovery_mode')
  const chosen = mode ? text('discovery_mode') : 'oidc'
  const place = entryOf(value, 'discovery_mode')?.value.place ?? part('client_id')?.place ?? value.place
  if (chosen === 'oidc' || chosen === 'insecure') {
    return part('issuer')
      ? []
      : [{ message: `${name} has no \`issuer\` for the discovery of its endpoints`, place }]
  }
  if (chosen !== 'disabled') return []
  const missing = needed(provider)
    .filter(key => !part(key))
    .map(key => `\`${key}\``)
  return missing.length === 0
    ? []
    : [{ message: `${name} has discovery disabled, but no ${missing.join(', no ')}`, place }]
}

/**
 * What a login needs (`callback.rs` in `crates/handlers/src/upstream_oauth2`): keys, if there is an ID token or the
 * userinfo response is signed. Without a userinfo endpoint, claims can come only from an ID token.
 */
function needed({ part, text }: Provider): readonly string[] {
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
