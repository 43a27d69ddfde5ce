import { entryOf } from '../../inventory/value.ts'
import { defineRule, type Offence } from '../rule.ts'
import { client, eachProvider, id, type Provider, providerList, whole } from './providers.ts'

const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri']
const given = endpoints.map(key => `${key}: https://idp.example.test/${key}`)
const disabled = 'discovery_mode: disabled'
const plainOauth = ['scope: "read:user"', 'fetch_userinfo: true']

export const providerDiscovery = defineRule({
  id: 'providers/discovery',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS finds the endpoints of a provider by its issuer. Without discovery nobody can log in by it unless they are given, and with discovery MAS does not start without an issuer.',
  remedy:
    'Give the `issuer`; or, with `discovery_mode: disabled`, give `authorization_endpoint`, `token_endpoint` and, where the provider signs anything, `jwks_uri`.',
  examples: {
    wrong: [
      providerList(id, ...client),
      providerList(id, ...client, 'discovery_mode: insecure'),
      providerList(id, ...client, 'issuer:'),
      providerList(...whole, disabled),
      providerList(id, ...client, disabled, 'token_endpoint: https://idp.example.test/token'),
      providerList(
        id,
        ...client,
        disabled,
        ...given.slice(0, 2),
        'scope: "openid email"',
        'fetch_userinfo: true',
      ),
      providerList(
        id,
        ...client,
        disabled,
        ...given.slice(0, 2),
        ...plainOauth,
        'userinfo_signed_response_alg: RS256',
      ),
    ],
    right: [
      providerList(...whole),
      providerList(id, ...client, disabled, ...given),
      providerList(id, ...client, disabled, ...given.slice(0, 2), ...plainOauth),
      providerList(id, ...client, 'issuer: "{{ issuer }}"'),
      providerList(id, ...client, 'discovery_mode: "{{ mode }}"'),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(offences),
})

/**
 * Without the scope `openid` there is no id_token, and nothing to check a signature of: MAS fetches the keys when one arrives,
 * or where the userinfo is signed (crates/handlers/src/upstream_oauth2/callback.rs).
 */
function signsNothing({ part, text }: Provider): boolean {
  const scope = text('scope')
  const fetches = part('fetch_userinfo')
  return (
    scope !== undefined &&
    !/(?:^|\s)openid(?:\s|$)/.test(scope) &&
    fetches?.kind === 'boolean' &&
    fetches.value &&
    !part('userinfo_signed_response_alg')
  )
}

function offences(provider: Provider): Offence[] {
  const { name, value, part, text } = provider
  const mode = part('discovery_mode')
  const chosen = mode ? text('discovery_mode') : 'oidc'
  const place = entryOf(value, 'discovery_mode')?.value.place ?? part('client_id')?.place ?? value.place
  if (chosen === 'oidc' || chosen === 'insecure') {
    return part('issuer')
      ? []
      : [{ message: `${name} has no \`issuer\` to discover its endpoints by`, place }]
  }
  if (chosen !== 'disabled') return []
  const needed = signsNothing(provider) ? endpoints.filter(key => key !== 'jwks_uri') : endpoints
  const missing = needed.filter(key => !part(key)).map(key => `\`${key}\``)
  return missing.length === 0
    ? []
    : [{ message: `${name} has discovery disabled and no ${missing.join(', no ')}`, place }]
}
