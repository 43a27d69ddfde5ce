/** Issuers of services that send no `preferred_username`. Source: `claims_supported` in their discovery documents. */
const withoutUserName: ReadonlySet<string> = new Set([
  'https://accounts.google.com',
  'https://appleid.apple.com',
  'https://www.facebook.com',
])

/** Whether a service does not send `preferred_username`. */
export function lacksUserName(issuer: string | undefined): boolean {
  return withoutUserName.has(withoutSlash(issuer ?? ''))
}

/** The issuers of these services have no trailing slash: see their discovery documents, and `docs/openid.md` of Synapse. */
const slashless = [
  /^https:\/\/(?:accounts\.google\.com|gitlab\.com|appleid\.apple\.com)$/,
  /^https:\/\/login\.microsoftonline\.com\/[^/]+\/v2\.0$/,
  // Keycloak.
  /^https:\/\/[^/]+(?:\/[^/]+)*\/realms\/[^/]+$/,
]

/** Whether the issuer of this service has no trailing slash. Synapse does not compare it, MAS does. */
export function hasNoSlash(issuer: string): boolean {
  return slashless.some(service => service.test(withoutSlash(issuer)))
}

/** The look-behind avoids a try at each slash of a long run. */
export function withoutSlash(address: string): string {
  return address.replace(/(?<!\/)\/+$/, '')
}
