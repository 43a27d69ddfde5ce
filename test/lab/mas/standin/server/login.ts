import { newId } from '../ulid.ts'
import { isMapping } from '../yaml-values.ts'
import type { Context } from './context.ts'
import { matrixError, type Reply, type Request } from './respond.ts'

export interface KnownUser {
  readonly id: string
  readonly username: string
}

interface UserRow extends KnownUser {
  readonly locked: boolean
  readonly deactivated: boolean
}

const wrong = matrixError(403, 'M_FORBIDDEN', 'Invalid username/password')
const tooMany = matrixError(429, 'M_LIMIT_EXCEEDED', 'Too many login attempts')
const locked = matrixError(401, 'M_USER_LOCKED', 'User account has been locked')
const badFields = matrixError(400, 'M_BAD_JSON', 'JSON fields are not valid')
const unsupported = matrixError(400, 'M_UNKNOWN', 'Invalid login type')

/** The name in the request: `user` of old wins over `identifier`, and a whole Matrix id is cut down to its local part. */
function usernameIn(body: Readonly<Record<string, unknown>>, homeserver: string): string | Reply {
  const { identifier, user } = body
  const whole = typeof user === 'string' ? user : identified(identifier)
  if (typeof whole !== 'string') return whole
  return whole.startsWith('@') && whole.endsWith(`:${homeserver}`)
    ? whole.slice(1, -homeserver.length - 1)
    : whole
}

function identified(identifier: unknown): string | Reply {
  if (!isMapping(identifier)) return matrixError(400, 'M_BAD_JSON', "Missing property 'identifier")
  if (identifier.type === 'm.id.user' && typeof identifier.user === 'string') return identifier.user
  return matrixError(400, 'M_UNKNOWN', 'Unsupported login identifier')
}

async function findUser({ pool, era }: Context, username: string): Promise<UserRow | undefined> {
  const deactivated = era === '1.22' ? 'deactivated_at IS NOT NULL' : 'false'
  const found = await pool.query<UserRow>(
    `SELECT user_id AS id, username, locked_at IS NOT NULL AS locked, ${deactivated} AS deactivated
       FROM users WHERE lower(username) = lower($1) ORDER BY username = $1 DESC`,
    [username],
  )
  const [first, second] = found.rows
  // Names that differ in case only: without the very one asked for, it cannot be told who is meant.
  return second !== undefined && first?.username !== username ? undefined : first
}

/** Checks a login by password, in the real one's order: unknown or deactivated, locked, too often, wrong. */
export async function checkPassword(
  context: Context,
  request: Request,
  body: Readonly<Record<string, unknown>>,
): Promise<{ user: KnownUser } | Reply> {
  if (body.type === 'm.login.token') return matrixError(403, 'M_FORBIDDEN', 'Invalid login token')
  if (typeof body.type !== 'string') return badFields
  if (body.type !== 'm.login.password' || !context.passwords.enabled) return unsupported
  const username = usernameIn(body, context.matrix.homeserver)
  if (typeof username !== 'string') return username
  const { password } = body
  if (typeof password !== 'string') return badFields
  const user = await findUser(context, username)
  if (user === undefined || user.deactivated) return wrong
  if (user.locked) return locked
  if (!context.loginsPerAddress.take(request.address)) return tooMany
  if (!context.loginsPerAccount.take(user.id)) return tooMany
  return (await hasPassword(context, user.id, password)) ? { user } : wrong
}

async function hasPassword({ pool, passwords }: Context, user: string, password: string): Promise<boolean> {
  const found = await pool.query<{ id: string; version: number; hash: string }>(
    `SELECT user_password_id AS id, version, hashed_password AS hash FROM user_passwords
       WHERE user_id = $1 ORDER BY created_at DESC, user_password_id DESC LIMIT 1`,
    [user],
  )
  const [stored] = found.rows
  if (stored === undefined) return false
  const verdict = await passwords.verify(password, stored)
  if (!verdict.right || verdict.upgrade === undefined) return verdict.right
  const { version, hash } = verdict.upgrade
  await pool.query(
    `INSERT INTO user_passwords (user_password_id, user_id, hashed_password, version, upgraded_from_id, created_at)
       VALUES ($1, $2, $3, $4, $5, now())`,
    [newId(), user, hash, version, stored.id],
  )
  return true
}
