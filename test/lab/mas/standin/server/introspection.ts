import { timingSafeEqual } from 'node:crypto'
import { type TokenType, tokenType } from '../tokens.ts'
import { fromUlid, isUlid, toUlid } from '../ulid.ts'
import type { Context } from './context.ts'
import { bearerToken, type Reply, type Request } from './respond.ts'
import { findSession, type SessionRow } from './sessions.ts'

const inactive: Reply = { status: 200, body: { active: false } }

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function basicCredentials(request: Request): readonly [string, string] | undefined {
  const encoded = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return [decodeURIComponent(user), decodeURIComponent(password.join(':'))]
}

/** Synapse asks with `matrix.secret` as a bearer token (from 1.136 on), or in MSC3861 mode as a client of the configuration. */
function refusal(context: Context, request: Request, form: URLSearchParams): Reply | undefined {
  const token = bearerToken(request)
  if (token !== undefined && context.era === '1.22') {
    const denied = { error: 'access_denied', error_description: 'bearer token presented is invalid' }
    return equal(token, context.matrix.secret) ? undefined : { status: 401, body: denied }
  }
  const [id, secret] = basicCredentials(request) ?? [
    form.get('client_id') ?? '',
    form.get('client_secret') ?? '',
  ]
  const client = context.clients.find(configured => isUlid(id) && fromUlid(configured.id) === fromUlid(id))
  if (id === '') {
    const description = 'No credentials were presented'
    return { status: 400, body: { error: 'invalid_request', error_description: description } }
  }
  if (client === undefined) return { status: 401, body: { error: 'invalid_client' } }
  if (client.authMethod === 'none') return { status: 401, body: { error: 'access_denied' } }
  if (client.secret !== undefined && equal(client.secret, secret)) return undefined
  return { status: 401, body: { error: 'invalid_client', error_description: 'invalid client credentials' } }
}

/** `POST /oauth2/introspect`: whose token it is, and what it may do. */
export async function introspect(context: Context, request: Request): Promise<Reply> {
  const form = new URLSearchParams(request.body)
  const refused = refusal(context, request, form)
  if (refused !== undefined) return refused
  const token = form.get('token')
  if (token === null) return { status: 400, body: { error: 'invalid_request' } }
  const type = tokenType(token)
  const hint = form.get('token_type_hint')
  if (type === undefined || type === 'oauth' || !fits(type, hint)) return inactive
  const session = await findSession(context, type, token)
  if (session === undefined) return inactive
  return { status: 200, body: answer(context, request, type, session) }
}

function fits(type: TokenType, hint: string | null): boolean {
  if (hint === 'access_token') return type === 'compat-access'
  return hint === 'refresh_token' ? type === 'compat-refresh' : true
}

function answer(context: Context, request: Request, type: TokenType, session: SessionRow) {
  const today = context.era === '1.22'
  const explicit = today && request.headers['x-mas-supports-device-id'] === '1'
  const created = Math.floor(session.created_at.getTime() / 1000)
  const expires = type === 'compat-access' ? session.expires_at : null
  const device = session.device_id
  return {
    active: true,
    scope: scopeOf(session, explicit ? null : device, today).join(' '),
    client_id: 'legacy',
    username: session.username,
    token_type: type === 'compat-access' ? 'access_token' : 'refresh_token',
    ...(expires === null ? {} : lifetime(expires)),
    iat: created,
    nbf: created,
    sub: toUlid(session.user_id),
    ...(today && device !== null ? { device_id: device } : {}),
  }
}

function lifetime(expires: Date) {
  const seconds = expires.getTime() / 1000
  return { exp: Math.floor(seconds), expires_in: Math.max(0, Math.floor(seconds - Date.now() / 1000)) }
}

function scopeOf(session: SessionRow, device: string | null, today: boolean): string[] {
  const prefixes = today
    ? ['urn:matrix:client', 'urn:matrix:org.matrix.msc2967.client']
    : ['urn:matrix:org.matrix.msc2967.client']
  return [
    ...prefixes.map(prefix => `${prefix}:api:*`),
    ...(device === null ? [] : prefixes.map(prefix => `${prefix}:device:${device}`)),
    ...(session.is_synapse_admin ? ['urn:synapse:admin:*'] : []),
  ].toSorted()
}
