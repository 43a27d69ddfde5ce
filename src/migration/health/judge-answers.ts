import type { Finding, Severity } from '../../domain/finding.ts'
import { type CheckName, failedCheck } from '../../domain/health-checks.ts'
import type { PublicFacts, UpstreamProvider } from '../../server/public-facts.ts'
import { type WebAnswer, WebFailure, type WebFailureKind } from '../../server/public-web.ts'
import { isRecord, member, parseRecord, text } from '../../support/json.ts'
import { plural } from '../../support/plural.ts'
import { fails, holds, type Outcome, unknown } from './tasks.ts'

/** An answer, or why there is none. Bodies are untrusted and never quoted. */
type Seen = WebAnswer | WebFailure

function failed(name: CheckName, message: string, severity?: Severity): Outcome {
  return fails(failedCheck(name, message, severity === undefined ? {} : { severity }))
}

/** Another check reports a certificate that is not valid; the others say nothing about the server. */
const uncertain: readonly WebFailureKind[] = ['certificate', 'resolver', 'challenge']

function withoutAnswer(name: CheckName, failure: WebFailure, severity?: Severity): Outcome {
  if (uncertain.includes(failure.kind)) return unknown(failure.message)
  return failed(name, `Nothing answers: ${failure.message}.`, severity)
}

export function judgeHomeserver(answer: Seen): Outcome {
  if (answer instanceof WebFailure) return withoutAnswer('public-homeserver', answer)
  const versions = parseRecord(answer.body)?.versions
  if (answer.status === 200 && Array.isArray(versions) && versions.length > 0) return holds()
  const what =
    answer.status === 200
      ? 'something else answers there (HTTP 200)'
      : `it answers with HTTP ${answer.status}`
  return failed('public-homeserver', `The public address does not lead to the homeserver: ${what}.`)
}

/** Without the file, apps use the server name itself, so it is needed where the homeserver has another name. */
export function judgeClientWellKnown(answer: Seen, { serverName, homeserver }: PublicFacts): Outcome {
  const name = 'client-well-known'
  const isOwnName = new URL(homeserver).host === new URL(`https://${serverName}`).host
  if (answer instanceof WebFailure) return withoutAnswer(name, answer)
  if (answer.status === 404 && isOwnName) return holds('not needed: the homeserver has the server name')
  if (answer.status !== 200)
    return failed(name, `The file /.well-known/matrix/client is not served (HTTP ${answer.status}).`)
  const base = text(member(parseRecord(answer.body), 'm.homeserver', 'base_url'))
  if (base === undefined || !URL.canParse(base))
    return failed(name, 'The file /.well-known/matrix/client does not name a homeserver.')
  if (new URL(base).origin !== homeserver)
    return failed(name, `The file /.well-known/matrix/client names another homeserver than ${homeserver}.`)
  if (answer.headers['access-control-allow-origin'] !== '*') {
    const message =
      'The file /.well-known/matrix/client is served without `Access-Control-Allow-Origin: *`, so apps in a browser cannot read it.'
    return failed(name, message, 'warning')
  }
  return holds()
}

/** Without the file, other servers use port 8448 or an SRV record, which is not checked. */
export function judgeServerWellKnown(answer: WebAnswer): Outcome {
  const name = 'server-well-known'
  if (answer.status === 404) return unknown('the file is not served, so port 8448 or an SRV record decides')
  if (answer.status !== 200)
    return failed(name, `The file /.well-known/matrix/server is not served (HTTP ${answer.status}).`)
  const server = text(parseRecord(answer.body)?.['m.server'])
  return server !== undefined && URL.canParse(`https://${server}`)
    ? holds()
    : failed(name, 'The file /.well-known/matrix/server does not name a server.')
}

/** The issuer in the file for apps, if it names one. `answer`: undefined where the homeserver does not answer. */
export function judgeAdvertisedIssuer(
  answer: Seen | undefined,
  isDelegating: boolean,
  issuer: string | undefined,
): Outcome {
  const name = 'advertised-issuer'
  if (answer === undefined || answer instanceof WebFailure) return unusableWellKnown
  if (answer.status === 404) return holds('none is named')
  const document = answer.status === 200 ? parseRecord(answer.body) : undefined
  if (document === undefined) return unusableWellKnown
  const section = document['org.matrix.msc2965.authentication'] ?? document['m.authentication']
  if (section === undefined) return holds('none is named')
  if (!isDelegating)
    return failed(
      name,
      'The file /.well-known/matrix/client names an authentication service, but Synapse does not delegate to one.',
    )
  if (issuer === undefined) return unknown("MAS's configuration cannot be read")
  return isSameUrl(text(member(section, 'issuer')), issuer)
    ? holds()
    : failed(name, 'The file /.well-known/matrix/client names another authentication service than MAS.')
}

const unusableWellKnown = unknown('the file /.well-known/matrix/client is not usable')

function isSameUrl(one: string | undefined, other: string): boolean {
  return (
    one !== undefined && URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href
  )
}

/** `/_matrix/client/v1/auth_metadata` (Matrix 1.15), or its earlier forms of MSC2965. */
export function judgeAuthMetadata(answer: Seen, issuer: string): Outcome {
  const name = 'auth-metadata'
  if (answer instanceof WebFailure) return unknown(answer.message)
  if (answer.status !== 200)
    return failed(name, `The homeserver does not name its authentication service (HTTP ${answer.status}).`)
  return isSameUrl(text(parseRecord(answer.body)?.issuer), issuer)
    ? holds()
    : failed(name, `The homeserver names another authentication service than ${issuer}.`)
}

/** Addresses from MAS's discovery document. */
export interface MasDocument {
  readonly authorization: string
  readonly keys: string
}

export function masDocument(answer: Seen, issuer: string, severity: Severity): MasDocument | Outcome {
  const name = 'discovery'
  if (answer instanceof WebFailure) return withoutAnswer(name, answer, severity)
  const document = answer.status === 200 ? parseRecord(answer.body) : undefined
  if (document === undefined) {
    const what = answer.status === 200 ? 'another service answers there' : `HTTP ${answer.status}`
    return failed(name, `MAS's discovery document is not at its public address (${what}).`, severity)
  }
  if (text(document.issuer) !== issuer)
    return failed(name, `MAS's discovery document names another issuer than ${issuer}.`, severity)
  const addresses = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'registration_endpoint']
  const missing = addresses.filter(key => !isHttps(document[key]))
  if (missing.length > 0)
    return failed(name, `MAS's discovery document has no usable ${missing.join(', ')}.`, severity)
  return { authorization: String(document.authorization_endpoint), keys: String(document.jwks_uri) }
}

function isHttps(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:'
}

export function judgeDiscovery(found: MasDocument | Outcome): Outcome {
  return 'result' in found ? found : holds()
}

export function judgeSigningKeys(answer: Seen, severity: Severity): Outcome {
  const name = 'signing-keys'
  if (answer instanceof WebFailure) return withoutAnswer(name, answer, severity)
  const keys = parseRecord(answer.body)?.keys
  if (answer.status !== 200 || !Array.isArray(keys) || keys.length === 0)
    return failed(name, `MAS publishes no signing keys (HTTP ${answer.status}).`, severity)
  // The private part of RSA, EC and OKP keys: RFC 7518, 6.2.2 and 6.3.2.
  if (keys.some(key => isRecord(key) && 'd' in key))
    return failed(name, 'A signing key is published with its private part.', 'error')
  return keys.every(key => isRecord(key) && typeof key.kty === 'string')
    ? holds(plural(keys.length, 'key'))
    : failed(name, 'A signing key has no type.', severity)
}

/** Without parameters the authorization page answers 400; a login page can be a redirect to the only provider. */
export function judgePage(login: Seen, authorization: Seen, severity: Severity): Outcome {
  const name = 'login-page'
  if (login instanceof WebFailure) return withoutAnswer(name, login, severity)
  if (authorization instanceof WebFailure) return withoutAnswer(name, authorization, severity)
  const isPage = login.status === 200 && /^text\/html\b/.test(login.headers['content-type'] ?? '')
  if (!isPage && !(login.status >= 300 && login.status < 400))
    return failed(name, `MAS has no login page (HTTP ${login.status}).`, severity)
  return authorization.status < 500 && ![404, 405].includes(authorization.status)
    ? holds()
    : failed(name, `MAS has no authorization page (HTTP ${authorization.status}).`, severity)
}

/** The mark of MSC3824, by which apps recognise the compatibility layer of an authentication service. */
const masMark = /^(?:org\.matrix\.msc3824\.)?(?:delegated_oidc_compatibility|oauth_aware_preferred)$/

export function judgeLogin(answer: WebAnswer, isDelegating: boolean): Outcome {
  const name = 'public-login'
  const flows = parseRecord(answer.body)?.flows
  if (answer.status !== 200 || !Array.isArray(flows)) {
    return failed(name, `No service answers the login of apps (HTTP ${answer.status}).`)
  }
  const isMas = flows.some(
    flow =>
      isRecord(flow) && Object.entries(flow).some(([key, value]) => masMark.test(key) && value === true),
  )
  if (isMas === isDelegating) return holds(isMas ? 'MAS' : 'Synapse')
  return failed(
    name,
    isDelegating
      ? 'Another service than MAS answers the login of apps.'
      : 'MAS answers the login of apps, but Synapse does not delegate to it.',
  )
}

/** An invalid token. A Synapse that delegates answers 404. */
export function judgeLogout(answer: WebAnswer): Outcome {
  return answer.status === 401
    ? holds()
    : failed('public-logout', `No service answers the logout of apps (HTTP ${answer.status}).`)
}

/** An invalid token. A Synapse that delegates answers 404. */
export function judgeRefresh(answer: WebAnswer): Outcome {
  const isRefused = [400, 401, 403].includes(answer.status)
  return isRefused && text(parseRecord(answer.body)?.errcode) !== undefined
    ? holds()
    : failed('public-refresh', `No service renews the tokens of apps (HTTP ${answer.status}).`)
}

/** The runner may be in another network than MAS, so a provider that does not answer is not certain to be down. */
export function judgeUpstream({ name, issuer }: UpstreamProvider, answer: Seen): Finding | undefined {
  const check = 'upstream-discovery'
  if (answer instanceof WebFailure)
    return failedCheck(check, `The provider "${name}": ${answer.message}.`, { severity: 'warning' })
  const document = answer.status === 200 ? parseRecord(answer.body) : undefined
  if (document === undefined)
    return failedCheck(check, `The provider "${name}" has no discovery document (HTTP ${answer.status}).`)
  // MAS compares the texts (crates/oidc-client/src/requests/discovery.rs).
  return text(document.issuer) === issuer
    ? undefined
    : failedCheck(
        check,
        `The discovery document of the provider "${name}" names another issuer than ${issuer}.`,
      )
}
