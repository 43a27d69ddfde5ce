import { type JsonRecord, record, text } from '../support/json.ts'
import { nonEmpty } from './configuration.ts'

/** What the two configuration files say about the server's public side. Addresses have no slash at the end, issuers as configured. */
export interface PublicFacts {
  readonly serverName: string
  /** The origin that clients use. */
  readonly homeserver: string
  /** Absent where MAS is not installed. */
  readonly mas?: MasPublicFacts
}

export interface MasPublicFacts {
  /** `http.public_base`, with a slash at the end. */
  readonly publicBase: string
  readonly issuer: string
  readonly trustedProxies: readonly string[]
  readonly providers: readonly UpstreamProvider[]
}

/** A provider whose discovery document MAS fetches. */
export interface UpstreamProvider {
  readonly name: string
  readonly issuer: string
  readonly discovery: string
}

/** The default of MAS (crates/config/src/sections/http.rs). */
export const defaultTrustedProxies = [
  '192.168.0.0/16',
  '172.16.0.0/12',
  '10.0.0.0/10',
  '127.0.0.1/8',
  'fd00::/8',
  '::1/128',
]

/** Undefined where `homeserver.yaml` has no server name. */
export function publicFacts(
  homeserver: JsonRecord | undefined,
  mas: JsonRecord | undefined,
): PublicFacts | undefined {
  const serverName = nonEmpty(homeserver?.server_name)
  if (serverName === undefined) return undefined
  const base = nonEmpty(homeserver?.public_baseurl)
  return {
    serverName,
    homeserver: base !== undefined && URL.canParse(base) ? new URL(base).origin : `https://${serverName}`,
    ...masFacts(mas),
  }
}

function masFacts(mas: JsonRecord | undefined): Pick<PublicFacts, 'mas'> {
  const http = record(mas?.http)
  const base = nonEmpty(http.public_base)
  if (mas === undefined || base === undefined || !URL.canParse(base)) return {}
  const publicBase = new URL(base.endsWith('/') ? base : `${base}/`).href
  const issuer = nonEmpty(http.issuer)
  const proxies = http.trusted_proxies
  return {
    mas: {
      publicBase,
      issuer: issuer !== undefined && URL.canParse(issuer) ? new URL(issuer).href : publicBase,
      trustedProxies: Array.isArray(proxies)
        ? proxies.filter(each => typeof each === 'string')
        : defaultTrustedProxies,
      providers: list(record(mas.upstream_oauth2).providers).flatMap(upstreamProvider),
    },
  }
}

function upstreamProvider(given: JsonRecord): UpstreamProvider[] {
  const issuer = nonEmpty(given.issuer)
  if (given.enabled === false || given.discovery_mode === 'disabled' || issuer === undefined) return []
  const discovery =
    nonEmpty(given.discovery_url) ?? `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
  return [{ name: text(given.human_name) ?? text(given.id) ?? issuer, issuer, discovery }]
}

function list(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.map(record) : []
}
