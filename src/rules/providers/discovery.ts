import { entryOf } from '../../inventory/value.ts'
import { defineRule, type Offence } from '../rule.ts'
import { client, eachProvider, id, type Provider, providerList, whole } from './providers.ts'

const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri']
const given = endpoints.map(key => `${key}: https://idp.example.test/${key}`)
const disabled = 'discovery_mode: disabled'

export const providerDiscovery = defineRule({
  id: 'providers/discovery',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS finds the endpoints of a provider by its issuer. Without discovery nobody can log in by it unless they are given, and with discovery MAS does not start without an issuer.',
  remedy:
    'Give the `issuer`; or, with `discovery_mode: disabled`, give `authorization_endpoint`, `token_endpoint` and `jwks_uri`.',
  examples: {
    wrong: [
      providerList(id, ...client),
      providerList(id, ...client, 'discovery_mode: insecure'),
      providerList(id, ...client, 'issuer:'),
      providerList(...whole, disabled),
      providerList(id, ...client, disabled, 'token_endpoint: https://idp.example.test/token'),
    ],
    right: [
      providerList(...whole),
      providerList(id, ...client, disabled, ...given),
      providerList(id, ...client, 'issuer: "{{ issuer }}"'),
      providerList(id, ...client, 'discovery_mode: "{{ mode }}"'),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(offences),
})

function offences({ name, value, part, text }: Provider): Offence[] {
  const mode = part('discovery_mode')
  const chosen = mode ? text('discovery_mode') : 'oidc'
  const place = entryOf(value, 'discovery_mode')?.value.place ?? part('client_id')?.place ?? value.place
  if (chosen === 'oidc' || chosen === 'insecure') {
    return part('issuer')
      ? []
      : [{ message: `${name} has no \`issuer\` to discover its endpoints by`, place }]
  }
  if (chosen !== 'disabled') return []
  const missing = endpoints.filter(key => !part(key)).map(key => `\`${key}\``)
  return missing.length === 0
    ? []
    : [{ message: `${name} has discovery disabled and no ${missing.join(', no ')}`, place }]
}
