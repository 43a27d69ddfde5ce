import type { Host } from '../../inventory/inventory.ts'
import { hasNoSlash, withoutSlash } from '../../mas/providers/services.ts'
import { client, eachProvider, id, type Provider, providerList, whole } from '../facts/providers.ts'
import { synapseProviders, withBoth } from '../facts/synapse-links.ts'
import { editText } from '../kit/fix.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const withIssuer = (issuer: string) => providerList(id, `issuer: ${issuer}`, ...client)
const discovery = /\/?\.well-known\/openid-configuration\/?$/

export const providerIssuer = defineRule({
  id: 'providers/issuer',
  severity: 'warning',
  why: 'With discovery, the issuer must exactly match what the provider reports, including a trailing slash. Otherwise every login fails. Without https, anyone on the network path can take over logins.',
  remedy:
    'Copy the field `issuer` from the output of `curl https://PROVIDER/.well-known/openid-configuration`.',
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

/** Maps client IDs to the issuers that work in Synapse today. Two services may share an address, so the key is the client ID. */
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
    const message = `the \`issuer\` of ${name} is the URL of its discovery document`
    return [{ message, place }]
  }
  if (!/^https:\/\//.test(issuer) && !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(issuer)) {
    return [{ message: `the \`issuer\` of ${name} is not an https URL`, place }]
  }
  const bare = withoutSlash(issuer)
  const drop = issuer.length - bare.length
  if (hasNoSlash(issuer)) {
    if (drop === 0) return []
    const message = `the \`issuer\` of ${name} ends with a slash, but the issuer of this service does not`
    return [{ message, place, suggestion: editText(definition, value, { drop, after: '' }) }]
  }
  const current = bySynapse.get(text('client_id') ?? '')
  if (current === undefined || current === issuer || withoutSlash(current) !== bare) return []
  const message = `the \`issuer\` of ${name} differs by a trailing slash from the issuer of Synapse's provider`
  const suggestion = editText(definition, value, { drop, after: current.slice(bare.length) })
  return [{ message, place, suggestion }]
}
