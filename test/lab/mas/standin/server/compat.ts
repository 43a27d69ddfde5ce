import { log } from '../log.ts'
import { randomText, tokenType } from '../tokens.ts'
import { isMapping } from '../yaml-values.ts'
import type { Context } from './context.ts'
import { tokenLifetime } from './context.ts'
import { checkPassword } from './login.ts'
import { bearerToken, internalError, matrixError, type Reply, type Request } from './respond.ts'
import { addJob, addSession, addTokens, findSession, type SessionRow } from './sessions.ts'
import { transaction } from './transaction.ts'

const module = 'mas_handlers::compat'

/** `GET /login`: the flows, with the mark by which clients (and doctor) know MAS. */
export function loginFlows({ passwords, era }: Context): Reply {
  const sso = {
    type: 'm.login.sso',
    ...(era === '1.22' ? { oauth_aware_preferred: true } : {}),
    'org.matrix.msc3824.delegated_oidc_compatibility': true,
  }
  const password = passwords.enabled ? [{ type: 'm.login.password' }] : []
  return { status: 200, body: { flows: [...password, sso, { type: 'm.login.token' }] } }
}

/** The JSON in a request, or the refusal: the real one demands the content type too. */
function jsonBody(request: Request): Readonly<Record<string, unknown>> | Reply {
  if (!isJson(request)) {
    return matrixError(400, 'M_NOT_JSON', 'Invalid Content-Type header: expected application/json')
  }
  try {
    const value: unknown = JSON.parse(request.body)
    if (isMapping(value)) return value
  } catch {
    return matrixError(400, 'M_NOT_JSON', 'Body is not a valid JSON document')
  }
  return matrixError(400, 'M_BAD_JSON', 'JSON fields are not valid')
}

function isJson(request: Request): boolean {
  return /^application\/(?:[^;]+\+)?json\b/i.test(request.headers['content-type'] ?? '')
}

function isReply(value: Readonly<Record<string, unknown>> | Reply): value is Reply {
  return 'status' in value && typeof value.status === 'number' && 'body' in value
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** `POST /login` with a password. The new session has no admin rights, also for an administrator. */
export async function login(context: Context, request: Request): Promise<Reply> {
  const body = jsonBody(request)
  if (isReply(body)) return body
  const verdict = await checkPassword(context, request, body)
  if (!('user' in verdict)) return verdict
  const device = text(body.device_id) ?? randomText(10).toUpperCase()
  const name = text(body.initial_device_display_name) ?? null
  const refreshable = body.refresh_token === true
  const userAgent = request.headers['user-agent'] ?? null
  const { id: userId, username } = verdict.user
  const made = await transaction(context.pool, async client => {
    const session = await addSession(client, context.era, { userId, device, admin: false, name, userAgent })
    return { session, tokens: await addTokens(client, session, refreshable) }
  })
  try {
    await context.homeserver.upsertDevice(username, device, name)
  } catch (error) {
    // Synapse refuses a token of a device that it does not have, so the session is worth nothing.
    log(
      'ERROR',
      { module, line: 250 },
      `failed to provision device: ${error instanceof Error ? error.message : ''}`,
    )
    await endSession(context, made.session, userId)
    return internalError
  }
  const { accessToken, refreshToken } = made.tokens
  return {
    status: 200,
    body: {
      access_token: accessToken,
      device_id: device,
      user_id: `@${username}:${context.matrix.homeserver}`,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, expires_in_ms: tokenLifetime }),
    },
  }
}

async function endSession(context: Context, session: string, userId: string): Promise<void> {
  await transaction(context.pool, async client => {
    await client.query('UPDATE compat_sessions SET finished_at = now() WHERE compat_session_id = $1', [
      session,
    ])
    await addJob(client, 'sync-devices', userId)
  })
}

const missingToken = matrixError(401, 'M_MISSING_TOKEN', 'Missing access token')
const invalidToken = matrixError(401, 'M_UNKNOWN_TOKEN', 'Invalid access token')

/** The session whose token the request bears, or the refusal. */
async function sessionOf(context: Context, request: Request): Promise<SessionRow | Reply> {
  const token = bearerToken(request)
  if (token === undefined) return missingToken
  if (tokenType(token) !== 'compat-access') return invalidToken
  return (await findSession(context, 'compat-access', token)) ?? invalidToken
}

/** `POST /logout`: ends the session; its device goes by a job. */
export async function logout(context: Context, request: Request): Promise<Reply> {
  const session = await sessionOf(context, request)
  if ('status' in session) return session
  await endSession(context, session.compat_session_id, session.user_id)
  return { status: 200, body: {} }
}

/** `POST /logout/all`: only for who says that compatibility sessions are all they mean. */
export async function logoutAll(context: Context, request: Request): Promise<Reply> {
  const session = await sessionOf(context, request)
  if ('status' in session) return session
  const body = request.body === '' ? {} : jsonBody(request)
  if (isReply(body)) return body
  if (body['io.element.only_compat_is_fine'] !== true) {
    return matrixError(404, 'M_UNRECOGNIZED', 'The /logout/all endpoint is not supported by this deployment')
  }
  await transaction(context.pool, async client => {
    const end = 'UPDATE compat_sessions SET finished_at = now() WHERE user_id = $1 AND finished_at IS NULL'
    await client.query(end, [session.user_id])
    await addJob(client, 'sync-devices', session.user_id)
  })
  return { status: 200, body: {} }
}

/** `POST /refresh`: a new pair for a refresh token, of MAS or taken over from Synapse; the old pair is spent. */
export async function refresh(context: Context, request: Request): Promise<Reply> {
  const wrongType = 'Expected request with `Content-Type: application/json`'
  if (!isJson(request)) return { status: 415, body: wrongType }
  const body = jsonBody(request)
  if (isReply(body)) return body
  const invalid = matrixError(401, 'M_UNKNOWN_TOKEN', 'Invalid refresh token')
  const token = text(body.refresh_token)
  if (token === undefined || tokenType(token) !== 'compat-refresh') return invalid
  const session = await findSession(context, 'compat-refresh', token)
  if (session === undefined) return invalid
  const tokens = await transaction(context.pool, async client => {
    const spent = await client.query<{ access: string }>(
      `UPDATE compat_refresh_tokens SET consumed_at = now()
         WHERE compat_refresh_token_id = $1 AND consumed_at IS NULL RETURNING compat_access_token_id AS access`,
      [session.token_id],
    )
    const access = spent.rows[0]?.access
    if (access === undefined) return undefined
    await client.query(
      `UPDATE compat_access_tokens SET expires_at = now()
         WHERE compat_access_token_id = $1 AND (expires_at IS NULL OR expires_at > now())`,
      [access],
    )
    return addTokens(client, session.compat_session_id, true)
  })
  if (tokens === undefined) return invalid
  const { accessToken, refreshToken } = tokens
  return {
    status: 200,
    body: { access_token: accessToken, refresh_token: refreshToken, expires_in_ms: tokenLifetime },
  }
}
