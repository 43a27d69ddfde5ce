import { replacePart, withFix } from '../fix.ts'
import { defineRule, type Offence } from '../rule.ts'
import { client, eachProvider, id, type Provider, providerList, whole } from './providers.ts'

const withIssuer = (issuer: string) => providerList(id, `issuer: ${issuer}`, ...client)
const discovery = /\/?\.well-known\/openid-configuration\/?$/

/** Services whose issuer is known to the letter, from their discovery documents; `docs/openid.md` of Synapse has them too. */
const exact: readonly { readonly is: RegExp; readonly issuer: (found: RegExpExecArray) => string }[] = [
  {
    is: /^(https:\/\/(?:accounts\.google\.com|gitlab\.com|appleid\.apple\.com))\/+$/,
    issuer: ([, base = '']) => base,
  },
  { is: /^(https:\/\/login\.microsoftonline\.com\/[^/]+\/v2\.0)\/+$/, issuer: ([, base = '']) => base },
  { is: /^(https:\/\/[^/]+(?:\/[^/]+)*\/realms\/[^/]+)\/+$/, issuer: ([, base = '']) => base },
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
    ],
    right: [
      providerList(...whole),
      withIssuer('https://accounts.google.com'),
      withIssuer('https://idp.example.test/realms/main'),
      withIssuer('https://idp.example.test/application/o/matrix/'),
      withIssuer('http://localhost:8080/'),
      withIssuer('"{{ issuer }}"'),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(offences),
})

function offences({ name, definition, part, text }: Provider): Offence[] {
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
  const [right] = exact.flatMap(known => {
    const found = known.is.exec(issuer)
    return found ? [known.issuer(found)] : []
  })
  if (right === undefined) return []
  const message = `the \`issuer\` of ${name} ends with a slash, which that service does not have`
  return [{ message, place, ...withFix(replacePart(definition, value, right)) }]
}
