import process from 'node:process'
import type { Client } from 'pg'
import { databaseConfig, matrixConfig, passwordsConfig, type RootConfig } from './config.ts'
import { connectToMas, inTransaction } from './database.ts'
import { currentEra } from './era.ts'
import { Failure } from './failure.ts'
import { type Fields, type Level, log } from './log.ts'
import { Passwords } from './passwords.ts'
import { homeserverOf } from './server/homeserver.ts'
import { addJob, addSession, addTokens } from './server/sessions.ts'
import { randomText } from './tokens.ts'
import { newId, toUlid } from './ulid.ts'

function say(level: Level, line: number, text: string, fields: Fields = {}): void {
  const place = {
    module: 'mas_cli::commands::manage',
    line,
    span: 'cli.manage',
    file: 'crates/cli/src/commands/manage.rs',
  }
  log(level, place, text, fields)
}

/** One connection and one transaction for a command, as the real one's. */
async function withDatabase(root: RootConfig, work: (client: Client) => Promise<number>): Promise<number> {
  const client = await connectToMas(databaseConfig(root))
  try {
    return await inTransaction(client, () => work(client))
  } finally {
    await client.end()
  }
}

async function findUser(client: Client, username: string): Promise<{ id: string; fields: Fields }> {
  const found = await client.query<{ id: string }>(
    'SELECT user_id AS id FROM users WHERE lower(username) = lower($1) ORDER BY username = $1 DESC LIMIT 1',
    [username],
  )
  const id = found.rows[0]?.id
  if (id === undefined) throw new Failure('User not found')
  return { id, fields: { 'user.id': toUlid(id), 'user.username': username } }
}

async function addPassword(
  client: Client,
  user: string,
  { version, hash }: { version: number; hash: string },
) {
  await client.query(
    `INSERT INTO user_passwords (user_password_id, user_id, hashed_password, version, created_at)
       VALUES ($1, $2, $3, $4, now())`,
    [newId(), user, hash, version],
  )
}

const tooWeak = 'That password is too weak.'

export function setPassword(root: RootConfig, username: string, password: string, anyPassword: boolean) {
  const passwords = new Passwords(passwordsConfig(root))
  return withDatabase(root, async client => {
    const { id, fields } = await findUser(client, username)
    if (!anyPassword && !passwords.isComplexEnough(password)) {
      say('ERROR', 250, tooWeak)
      return 1
    }
    await addPassword(client, id, await passwords.hash(password))
    say('INFO', 266, 'Password changed', fields)
    return 0
  })
}

export function verifyEmail(): number {
  const text =
    "The 'verify-email' command is deprecated and will be removed in a future version. Use 'add-email' instead."
  say('WARN', 323, text)
  return 0
}

async function insertEmail(client: Client, user: string, email: string): Promise<string> {
  const id = newId()
  const insert =
    'INSERT INTO user_emails (user_email_id, user_id, email, created_at) VALUES ($1, $2, $3, now())'
  await client.query(insert, [id, user, email])
  return id
}

export function addEmail(root: RootConfig, username: string, email: string) {
  return withDatabase(root, async client => {
    const { id, fields } = await findUser(client, username)
    const found = await client.query<{ id: string }>(
      'SELECT user_email_id AS id FROM user_emails WHERE user_id = $1 AND email = $2',
      [id, email],
    )
    const emailId = found.rows[0]?.id ?? (await insertEmail(client, id, email))
    say('INFO', 308, 'Email added', { ...fields, 'email.id': toUlid(emailId), 'email.email': email })
    return 0
  })
}

export function setAdmin(root: RootConfig, username: string, admin: boolean) {
  return withDatabase(root, async client => {
    const { id, fields } = await findUser(client, username)
    await client.query('UPDATE users SET can_request_admin = $2 WHERE user_id = $1', [id, admin])
    say('INFO', admin ? 349 : 374, admin ? 'User promoted to admin' : 'User is no longer admin', fields)
    return 0
  })
}

export function listAdmins(root: RootConfig) {
  return withDatabase(root, async client => {
    const found = await client.query<{ id: string; username: string }>(
      'SELECT user_id AS id, username FROM users WHERE can_request_admin ORDER BY user_id',
    )
    say('INFO', 391, `The following users can request admin privileges (${found.rows.length} total):`)
    for (const { id, username } of found.rows) say('INFO', 398, '', { 'user.id': toUlid(id), username })
    return 0
  })
}

export function issueToken(root: RootConfig, username: string, wanted: string | undefined, admin: boolean) {
  const homeserver = homeserverOf(root)
  return withDatabase(root, async client => {
    const { id, fields } = await findUser(client, username)
    const device = wanted ?? randomText(10).toUpperCase()
    try {
      await homeserver.upsertDevice(username, device, null)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const text = 'Could not create the device on the homeserver, aborting'
      say('ERROR', 438, text, { error: JSON.stringify(reason) })
      await addJob(client, 'sync-devices', id)
      return 1
    }
    const row = { userId: id, device, admin, name: null, userAgent: null }
    const session = await addSession(client, currentEra(), row)
    const { accessTokenId, accessToken } = await addTokens(client, session, false)
    say('INFO', 467, `Compatibility token issued: ${accessToken}`, {
      'compat_access_token.id': toUlid(accessTokenId),
      'compat_session.id': toUlid(session),
      'compat_session.device': device,
      ...fields,
    })
    return 0
  })
}

export function issueRegistrationToken(root: RootConfig, wanted: string | undefined) {
  return withDatabase(root, async client => {
    const [id, token] = [newId(), wanted ?? randomText(12)]
    await client.query(
      `INSERT INTO user_registration_tokens (user_registration_token_id, token, usage_limit, created_at)
         VALUES ($1, $2, 1, now())`,
      [id, token],
    )
    const fields = { 'registration_token.id': toUlid(id) }
    say('INFO', 513, `Created user registration token: ${token}`, fields)
    return 0
  })
}

export function provisionAllUsers(root: RootConfig) {
  return withDatabase(root, async client => {
    const found = await client.query<{ id: string }>('SELECT user_id AS id FROM users ORDER BY 1')
    for (const { id } of found.rows) {
      say('INFO', 535, 'Scheduling provisioning job', { 'user.id': toUlid(id) })
      await addJob(client, 'provision-user', id)
    }
    return 0
  })
}

const sessionKinds = [
  { table: 'compat_sessions', name: 'compatibility session', none: 'compatibility sessions', line: 571 },
  // The real one has "compatibility" here too where there are none.
  { table: 'oauth2_sessions', name: 'OAuth 2.0 session', none: 'compatibility sessions', line: 582 },
  { table: 'user_sessions', name: 'browser session', none: 'browser sessions', line: 595 },
]

class DryRun extends Error {}

export async function killSessions(root: RootConfig, username: string, dryRun: boolean): Promise<number> {
  try {
    return await withDatabase(root, async client => {
      const { id } = await findUser(client, username)
      for (const { table, name, none, line } of sessionKinds) {
        const end = `UPDATE ${table} SET finished_at = now() WHERE user_id = $1 AND finished_at IS NULL`
        const count = (await client.query(end, [id])).rowCount ?? 0
        if (count === 0) say('INFO', line, `No active ${none} to end`)
        else say('INFO', line, `Ended ${count} active ${name}${count === 1 ? '' : 's'}`)
      }
      say('WARN', 601, 'Scheduling job to sync devices for the user')
      await addJob(client, 'sync-devices', id)
      if (dryRun) throw new DryRun()
      return 0
    })
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
    say('INFO', 608, 'Dry run, not saving')
    return 0
  }
}

export function lockUser(root: RootConfig, username: string, deactivate: boolean) {
  return withDatabase(root, async client => {
    const { id } = await findUser(client, username)
    const fields = { 'user.id': toUlid(id) }
    say('INFO', 634, 'Locking user', fields)
    await client.query('UPDATE users SET locked_at = coalesce(locked_at, now()) WHERE user_id = $1', [id])
    await addJob(client, 'provision-user', id)
    if (deactivate) {
      say('WARN', 650, 'Scheduling user deactivation', fields)
      await addJob(client, 'deactivate-user', id)
    }
    return 0
  })
}

export function unlockUser(root: RootConfig, username: string) {
  return withDatabase(root, async client => {
    const { id } = await findUser(client, username)
    await addJob(client, 'provision-user', id)
    await client.query('UPDATE users SET locked_at = NULL WHERE user_id = $1', [id])
    return 0
  })
}

export interface NewUser {
  readonly username: string
  readonly password: string | undefined
  readonly emails: readonly string[]
  readonly admin: boolean | undefined
  readonly anyPassword: boolean
}

function describe(user: NewUser, homeserver: string): string {
  const lines = [
    'User attributes',
    `         Username: ${user.username}`,
    `        Matrix ID: @${user.username}:${homeserver}`,
  ]
  if (user.password !== undefined) lines.push('         Password: ********')
  lines.push(...user.emails.map(email => `            Email: ${email}`))
  if (user.emails.length === 0) lines.push('No email address provided, user will be prompted to add one')
  if (user.admin !== undefined) lines.push(`Can request admin: ${user.admin}`)
  return `${lines.join('\n')}\n`
}

/** `register-user --yes`: without `--yes` the real one asks on the terminal, which the stand-in does not. */
export function registerUser(root: RootConfig, user: NewUser) {
  const passwords = new Passwords(passwordsConfig(root))
  const homeserver = homeserverOf(root)
  return withDatabase(root, async client => {
    if (user.password !== undefined && !user.anyPassword && !passwords.isComplexEnough(user.password)) {
      say('ERROR', 727, tooWeak)
      return 1
    }
    const taken = await client.query('SELECT FROM users WHERE lower(username) = lower($1)', [user.username])
    if (taken.rows.length > 0) throw new Failure('User already exists')
    if (!(await homeserver.isLocalpartAvailable(user.username))) {
      throw new Failure('Username not available on homeserver')
    }
    process.stdout.write(describe(user, matrixConfig(root).homeserver))
    if (user.emails.length === 0) say('WARN', 919, 'No email address provided, user will need to add one')
    const id = newId()
    await client.query(
      'INSERT INTO users (user_id, username, can_request_admin, created_at) VALUES ($1, $2, $3, now())',
      [id, user.username, user.admin ?? false],
    )
    if (user.password !== undefined) await addPassword(client, id, await passwords.hash(user.password))
    for (const email of user.emails) await insertEmail(client, id, email)
    await addJob(client, 'provision-user', id)
    say('INFO', 936, 'User registered', { 'user.id': toUlid(id) })
    return 0
  })
}
