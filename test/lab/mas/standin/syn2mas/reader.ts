import type { Client } from 'pg'
import { databaseCauses, databaseMessage, Failure } from '../failure.ts'
import type { DatabaseFacts } from './checks.ts'

/** The tables that syn2mas locks, in this order, and the words that its progress lines use. */
const lockedTables = [
  'users',
  'user_threepids',
  'user_external_ids',
  'devices',
  'access_tokens',
  'refresh_tokens',
]

/** How many rows are fetched, and written, at once. */
export const batchSize = 4096

export async function readFacts(synapse: Client): Promise<DatabaseFacts> {
  const count = async (sql: string) => Number((await query<{ count: string }>(synapse, sql))[0]?.count ?? 0)
  const linked = await query<{ provider: string; users: string }>(
    synapse,
    'SELECT auth_provider AS provider, count(*) AS users FROM user_external_ids GROUP BY 1 ORDER BY 1',
  )
  return {
    guests: await count('SELECT count(*) FROM users WHERE is_guest <> 0'),
    nonEmailThreepids: await count("SELECT count(*) FROM user_threepids WHERE medium <> 'email'"),
    linkedUsers: linked.map(({ provider, users }) => ({ provider, users: Number(users) })),
  }
}

async function query<Row extends Record<string, unknown>>(client: Client, sql: string): Promise<Row[]> {
  try {
    return (await client.query<Row>(sql)).rows
  } catch (error) {
    const message = databaseMessage(error)
    throw new Failure(`query failed: ${message}`, databaseCauses(error))
  }
}

/**
 * Opens the one transaction in which everything is read, and locks Synapse's tables.
 * A dry run's lock conflicts with no other. A real run's fails while something writes; it does not notice an idle Synapse.
 */
export async function openReader(synapse: Client, dryRun: boolean): Promise<void> {
  await synapse.query('BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE')
  // All rows are read, so the plan must be quick for the last row, not for the first.
  await synapse.query('SET LOCAL cursor_tuple_fraction = 1')
  const mode = dryRun ? 'ACCESS SHARE' : 'EXCLUSIVE'
  for (const table of lockedTables) {
    try {
      await synapse.query(`LOCK TABLE ${table} IN ${mode} MODE NOWAIT`)
    } catch (error) {
      throw new Failure(`database error whilst locking Synapse table \`${table}\``, databaseCauses(error))
    }
  }
}

export async function closeReader(synapse: Client): Promise<void> {
  await synapse.query('COMMIT')
}

/** PostgreSQL's own guess of a table's rows, which is all that syn2mas goes by: -1 (never analysed) counts as 0. */
export async function estimate(synapse: Client, table: string): Promise<number> {
  const rows = await query<{ rows: string }>(
    synapse,
    `SELECT reltuples::bigint AS rows FROM pg_class WHERE oid = '${table}'::regclass`,
  )
  return Math.max(0, Number(rows[0]?.rows ?? 0))
}

async function* batches<Row extends Record<string, unknown>>(
  synapse: Client,
  sql: string,
): AsyncGenerator<Row[]> {
  const rows = async (statement: string) => {
    try {
      return (await synapse.query<Row>(statement)).rows
    } catch (error) {
      const message = `database error whilst reading Synapse: ${databaseMessage(error)}`
      throw new Failure(`error when reading synapse DB (reading rows): ${message}`)
    }
  }
  await rows(`DECLARE syn2mas CURSOR FOR ${sql}`)
  for (;;) {
    const batch = await rows(`FETCH ${batchSize} FROM syn2mas`)
    if (batch.length === 0) break
    yield batch
  }
  await rows('CLOSE syn2mas')
}

export type UserRow = {
  name: string
  password_hash: string | null
  admin: number
  deactivated: number
  locked: boolean
  creation_ts: string
  is_guest: number
  appservice_id: string | null
}

export function readUsers(synapse: Client): AsyncGenerator<UserRow[]> {
  const columns = 'name, password_hash, admin, deactivated, locked, creation_ts, is_guest, appservice_id'
  return batches(synapse, `SELECT ${columns} FROM users`)
}

export type ThreepidRow = { user_id: string; medium: string; address: string; added_at: string }

export function readThreepids(synapse: Client): AsyncGenerator<ThreepidRow[]> {
  return batches(synapse, 'SELECT user_id, medium, address, added_at FROM user_threepids')
}

export type ExternalIdRow = { user_id: string; auth_provider: string; external_id: string }

export function readExternalIds(synapse: Client): AsyncGenerator<ExternalIdRow[]> {
  return batches(synapse, 'SELECT user_id, auth_provider, external_id FROM user_external_ids')
}

export type DeviceRow = {
  user_id: string
  device_id: string
  display_name: string | null
  last_seen: string | null
  ip: string | null
  user_agent: string | null
}

/** Hidden devices hold cross-signing keys; `guest_device` is Synapse's for guests. */
export function readDevices(synapse: Client): AsyncGenerator<DeviceRow[]> {
  return batches(
    synapse,
    `SELECT user_id, device_id, display_name, last_seen, ip, user_agent
       FROM devices WHERE NOT hidden AND device_id <> 'guest_device'`,
  )
}

export type TokenRow = {
  user_id: string
  device_id: string | null
  token: string
  valid_until_ms: string | null
  last_validated: string | null
}

/** Tokens that nothing refreshes, of devices that exist or of no device; not those by which an admin acts for somebody. */
export function readPlainTokens(synapse: Client): AsyncGenerator<TokenRow[]> {
  return batches(
    synapse,
    `SELECT t.user_id, t.device_id, t.token, t.valid_until_ms, t.last_validated FROM access_tokens t
       WHERE t.puppets_user_id IS NULL AND t.refresh_token_id IS NULL
         AND (t.device_id IS NULL OR EXISTS (
           SELECT FROM devices d WHERE d.user_id = t.user_id AND d.device_id = t.device_id))`,
  )
}

export type TokenPairRow = TokenRow & { device_id: string; refresh_token: string }

/** Pairs that are not superseded: a pair whose successor was used is of no worth any more. */
export function readTokenPairs(synapse: Client): AsyncGenerator<TokenPairRow[]> {
  return batches(
    synapse,
    `SELECT r.user_id, r.device_id, t.token, r.token AS refresh_token, t.valid_until_ms, t.last_validated
       FROM refresh_tokens r
       JOIN devices USING (user_id, device_id)
       JOIN access_tokens t ON t.refresh_token_id = r.id AND t.user_id = r.user_id AND t.device_id = r.device_id
       LEFT JOIN access_tokens successor ON successor.refresh_token_id = r.next_token_id
       WHERE successor.used IS NOT TRUE`,
  )
}
