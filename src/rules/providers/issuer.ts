import type { Host } from '../../inventory/inventory.ts'
import { client, eachProvider, id, type Provider, providerList, whole } from '../facts/providers.ts'
import { synapseProviders, withBoth } from '../facts/synapse-links.ts'
import { editText, withFix } from '../kit/fix.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const withIssuer = (issuer: string) => providerList(id, `issuer: ${issuer}`, ...client)
const discovery = /\/?\.well-known\/openid-configuration\/?$/

/** Services whose issuer ends without a slash, from their discovery documents; `docs/openid.md` of Synapse has them too. */
const slashless = [
  /^https:\/\/(?:accounts\.google\.com|gitlab\.com|appleid\.apple\.com)$/,
  /^https:\/\/login\.microsoftonline\.com\/[^/]+\/v2\.0$/,
  // Keycloak.
  /^https:\/\/[^/]+(?:\/[^/]+)*\/realms\/[^/]+$/,
]

export const providerIssuer = defineRule({
  id: 'providers/issuer',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'With discovery the issuer must be, to the letter, what the provider says of itself, slash at the end or none; else every login by it fails. Without https anyone on the way can take logins over.',
  remedy: 'Copy the field `issuer` of the page `/.well-known/openid-configuration` of the provider.',
  examples: {
    wrong: [
      withIssuer('http://idp.example.test/'),
      withIssuer('idp.example.test'),
      withIssuer('https://accounts.google.com/'),
      withIssuer('https://idp.example.test/realms/main/'),
      withIssuer('https://idp.example.test/.well-known/openid-configuration'),
      withBoth(id, 'issuer: https://idp.example.test', ...client),
    ],
    right: [
      providerList(...whole),
      withIssuer('https://accounts.google.com'),
      withIssuer('https://idp.example.test/realms/main'),
      withIssuer('https://idp.example.test/application/o/matrix/'),
      withIssuer('http://localhost:8080/'),
      withIssuer('"{{ issuer }}"'),
      withBoth(...whole),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(provider => violations(provider, synapseIssuers(host))),
})

/** What Synapse's providers have, which work today; by client, for two services may share an address. */
function synapseIssuers(host: Host): ReadonlyMap<string, string> {
  return new Map(
    synapseProviders(host).known.flatMap(({ clientId, issuer }) =>
      clientId === undefined || issuer === undefined ? [] : [[clientId, issuer] as const],
    ),
  )
}

function violations(
  { name, definition, part, text }: Provider,
  bySynapse: ReadonlyMap<string, string>,
): Violation[] {
  const [value, issuer] = [part('issuer'), text('issuer')]
  if (!value || issuer === undefined || text('discovery_mode') === 'disabled') return []
  const { place } = value
  if (discovery.test(issuer)) {
    const message = `the \`issuer\` of ${name} is the address of its discovery document`
    return [{ message, place }]
  }
  if (!/^https:\/\//.test(issuer) && !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(issuer)) {
    return [{ message: `the \`issuer\` of ${name} is no https address`, place }]
  }
  const bare = withoutSlash(issuer)
  const drop = issuer.length - bare.length
  const inUse = bySynapse.get(text('client_id') ?? '')
  if (inUse !== undefined && inUse !== issuer && withoutSlash(inUse) === bare) {
    const message = `the \`issuer\` of ${name} differs by a slash from that of Synapse's provider`
    const fix = editText(definition, value, { drop, after: inUse.slice(bare.length) })
    return [{ message, place, ...withFix(fix) }]
  }
  if (drop === 0 || !slashless.some(service => service.test(bare))) return []
  const message = `the \`issuer\` of ${name} ends with a slash, which that service does not have`
  return [{ message, place, ...withFix(editText(definition, value, { drop, after: '' })) }]
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '')
}
