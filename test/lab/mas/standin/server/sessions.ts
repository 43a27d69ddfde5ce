import type { Pool, PoolClient } from 'pg'
import type { Era } from '../era.ts'
import { newToken } from '../tokens.ts'
import { newId, toUlid } from '../ulid.ts'
import { type Context, tokenLifetime } from './context.ts'

export interface SessionRow {
  readonly compat_session_id: string
  readonly user_id: string
  readonly username: string
  readonly device_id: string | null
  readonly is_synapse_admin: boolean
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly token_id: string
}

/** MAS v0.13 knows locked accounts only; syn2mas of that time locks those that were deactivated. */
function validUser(era: Era): string {
  return era === '1.22' ? 'u.locked_at IS NULL AND u.deactivated_at IS NULL' : 'u.locked_at IS NULL'
}

/** The session of a token that is good: not expired or used up, the session not ended, the user neither locked nor deactivated. */
export async function findSession(
  context: Context,
  type: 'compat-access' | 'compat-refresh',
  token: string,
): Promise<SessionRow | undefined> {
  const [table, name, column, good, expires] =
    type === 'compat-access'
      ? [
          'compat_access_tokens',
          'compat_access_token_id',
          'access_token',
          '(t.expires_at IS NULL OR t.expires_at > now())',
          't.expires_at',
        ]
      : [
          'compat_refresh_tokens',
          'compat_refresh_token_id',
          'refresh_token',
          't.consumed_at IS NULL',
          'NULL::timestamptz',
        ]
  const found = await context.pool.query<SessionRow>(
    `SELECT s.compat_session_id, s.user_id, u.username, s.device_id, s.is_synapse_admin, t.created_at,
            ${expires} AS expires_at, t.${name} AS token_id
       FROM ${table} t JOIN compat_sessions s USING (compat_session_id) JOIN users u USING (user_id)
       WHERE t.${column} = $1 AND ${good} AND s.finished_at IS NULL AND ${validUser(context.era)}`,
    [token],
  )
  const session = found.rows[0]
  if (session !== undefined) await recordActivity(context.pool, session.compat_session_id)
  return session
}

async function recordActivity(pool: Pool, session: string): Promise<void> {
  await pool.query(
    `UPDATE compat_sessions SET last_active_at = now()
       WHERE compat_session_id = $1 AND (last_active_at IS NULL OR last_active_at < now() - interval '1 minute')`,
    [session],
  )
}

export interface NewSession {
  readonly userId: string
  readonly device: string
  readonly admin: boolean
  readonly name: string | null
  readonly userAgent: string | null
}

type Queryable = Pick<PoolClient, 'query'>

/** A compatibility session. Another session of the same device is signed out. */
export async function addSession(client: Queryable, era: Era, session: NewSession): Promise<string> {
  await client.query(
    `UPDATE compat_sessions SET finished_at = now() WHERE user_id = $1 AND device_id = $2 AND finished_at IS NULL`,
    [session.userId, session.device],
  )
  const id = newId()
  const values = [id, session.userId, session.device, session.admin, session.userAgent]
  const named = era === '1.22'
  await client.query(
    `INSERT INTO compat_sessions
       (compat_session_id, user_id, device_id, is_synapse_admin, user_agent, created_at${named ? ', human_name' : ''})
       VALUES ($1, $2, $3, $4, $5, now()${named ? ', $6' : ''})`,
    named ? [...values, session.name] : values,
  )
  return id
}

export interface NewTokens {
  readonly accessTokenId: string
  readonly accessToken: string
  readonly refreshToken?: string
}

/** An access token; with a refresh token it lives five minutes, without one for good. */
export async function addTokens(
  client: Queryable,
  session: string,
  refreshable: boolean,
): Promise<NewTokens> {
  const [accessTokenId, accessToken] = [newId(), newToken('mct')]
  const expires = refreshable ? new Date(Date.now() + tokenLifetime) : null
  await client.query(
    `INSERT INTO compat_access_tokens (compat_access_token_id, compat_session_id, access_token, created_at, expires_at)
       VALUES ($1, $2, $3, now(), $4)`,
    [accessTokenId, session, accessToken, expires],
  )
  if (!refreshable) return { accessTokenId, accessToken }
  const refreshToken = newToken('mcr')
  await client.query(
    `INSERT INTO compat_refresh_tokens
       (compat_refresh_token_id, compat_session_id, compat_access_token_id, refresh_token, created_at)
       VALUES ($1, $2, $3, $4, now())`,
    [newId(), session, accessTokenId, refreshToken],
  )
  return { accessTokenId, accessToken, refreshToken }
}

export type JobName = 'sync-devices' | 'provision-user' | 'deactivate-user'

/** Puts work for a user into the queue, from where the server's worker takes it. */
export async function addJob(client: Queryable, name: JobName, userId: string): Promise<void> {
  await client.query(
    `INSERT INTO queue_jobs (queue_job_id, queue_name, payload, created_at) VALUES ($1, $2, $3, now())`,
    [newId(), name, JSON.stringify({ user_id: toUlid(userId) })],
  )
}
