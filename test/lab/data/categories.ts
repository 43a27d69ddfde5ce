import type { Dialect } from '../../../src/domain/stage.ts'
import { ledgeredDevicePrefix, ledgeredLocalpart } from './accounts.ts'

/**
 * One kind of thing that a migration carries over: a query on Synapse's database and one on MAS's, each giving one text a
 * row. The two must give the same texts, as often each.
 */
export interface Category {
  readonly name: string
  readonly synapse: string
  readonly mas: string
}

/** Both queries see `u` (the ledger's accounts) and, in Synapse, `a` (those that can hold sessions). */
const synapseAccounts = `WITH u AS (
  SELECT name, substr(split_part(name, ':', 1), 2) AS localpart, password_hash, admin, deactivated, locked FROM users
  WHERE appservice_id IS NULL AND is_guest = 0 AND substr(split_part(name, ':', 1), 2) ~ '${ledgeredLocalpart}'
), a AS (SELECT * FROM u WHERE deactivated = 0)`

const masAccounts = `WITH u AS (SELECT * FROM users WHERE username ~ '${ledgeredLocalpart}')`

const sessionsInMas = `compat_sessions s JOIN u USING (user_id)
  WHERE (s.device_id IS NULL OR s.device_id LIKE '${ledgeredDevicePrefix}%')`
const tokensInMas = `compat_access_tokens t JOIN compat_sessions s USING (compat_session_id) JOIN u USING (user_id)
  WHERE t.access_token LIKE 'syt\\_%'`
const refreshTokensInMas = `compat_refresh_tokens t JOIN compat_sessions s USING (compat_session_id) JOIN u USING (user_id)
  WHERE t.refresh_token LIKE 'syr\\_%'`

/** What both tools do alike. */
const common: readonly Category[] = [
  { name: 'accounts', synapse: 'SELECT localpart FROM u', mas: 'SELECT username FROM u' },
  {
    name: 'passwords',
    synapse: `SELECT localpart || ' ' || password_hash FROM u WHERE password_hash <> ''`,
    mas: `SELECT username || ' ' || hashed_password FROM user_passwords JOIN u USING (user_id) WHERE version = 1`,
  },
  {
    name: 'admins',
    synapse: 'SELECT localpart FROM u WHERE admin <> 0',
    mas: 'SELECT username FROM u WHERE can_request_admin',
  },
  {
    name: 'links',
    synapse: `SELECT localpart || ' ' || external_id FROM user_external_ids JOIN u ON name = user_id
      WHERE auth_provider <> 'oauth-delegated'`,
    mas: `SELECT username || ' ' || subject FROM upstream_oauth_links JOIN u USING (user_id)`,
  },
]

/**
 * Today's tool, `mas-cli syn2mas` (crates/syn2mas/src/migration.rs and synapse_reader/mod.rs): a session for each device,
 * logged in on or not, and for each token without one; refreshed pairs that were replaced stay behind. Other devices than the
 * ledger's do not count: after a logout MAS removes them from Synapse by a job, which a rollback can come before.
 */
const ofMasCli: readonly Category[] = [
  ...common,
  {
    name: 'deactivated',
    synapse: 'SELECT localpart FROM u WHERE deactivated <> 0',
    mas: 'SELECT username FROM u WHERE deactivated_at IS NOT NULL',
  },
  {
    name: 'locked',
    synapse: 'SELECT localpart FROM u WHERE locked',
    mas: 'SELECT username FROM u WHERE locked_at IS NOT NULL',
  },
  {
    name: 'emails',
    synapse: `SELECT localpart || ' ' || address FROM user_threepids JOIN u ON name = user_id WHERE medium = 'email'`,
    mas: `SELECT username || ' ' || email FROM user_emails JOIN u USING (user_id)`,
  },
  {
    name: 'other contacts',
    synapse: `SELECT localpart || ' ' || medium || ' ' || address FROM user_threepids JOIN u ON name = user_id
      WHERE medium <> 'email'`,
    mas: `SELECT username || ' ' || medium || ' ' || address FROM user_unsupported_third_party_ids JOIN u USING (user_id)`,
  },
  {
    name: 'sessions',
    synapse: `SELECT localpart || ' ' || device_id FROM devices JOIN a ON name = user_id
      WHERE NOT hidden AND device_id LIKE '${ledgeredDevicePrefix}%'
      UNION ALL SELECT localpart || ' ' FROM access_tokens JOIN a ON name = user_id
      WHERE device_id IS NULL AND puppets_user_id IS NULL AND refresh_token_id IS NULL`,
    mas: `SELECT username || ' ' || coalesce(s.device_id, '') FROM ${sessionsInMas}`,
  },
  {
    name: 'tokens',
    synapse: `SELECT localpart || ' ' || token FROM access_tokens t JOIN a ON name = t.user_id
      WHERE puppets_user_id IS NULL AND refresh_token_id IS NULL AND (t.device_id IS NULL OR EXISTS
        (SELECT FROM devices d WHERE d.user_id = t.user_id AND d.device_id = t.device_id))`,
    mas: `SELECT username || ' ' || t.access_token FROM ${tokensInMas} AND t.expires_at IS NULL`,
  },
  {
    name: 'refresh tokens',
    synapse: `SELECT localpart || ' ' || r.token FROM refresh_tokens r JOIN a ON name = r.user_id
      JOIN devices d ON d.user_id = r.user_id AND d.device_id = r.device_id
      JOIN access_tokens t ON t.refresh_token_id = r.id
      LEFT JOIN access_tokens later ON later.refresh_token_id = r.next_token_id
      WHERE later.used IS NOT TRUE`,
    mas: `SELECT username || ' ' || t.refresh_token FROM ${refreshTokensInMas}`,
  },
]

/**
 * The Node tool (tools/syn2mas/src/migrate.mts of v0.15.0): a session for each access token that names a device, also for
 * a replaced one, and none for a device without a token; deactivated accounts become locked ones, locked ones plain ones;
 * addresses in small letters; no phone numbers.
 */
const ofSyn2masTool: readonly Category[] = [
  ...common,
  {
    name: 'deactivated, as locked',
    synapse: 'SELECT localpart FROM u WHERE deactivated <> 0',
    mas: 'SELECT username FROM u WHERE locked_at IS NOT NULL',
  },
  {
    name: 'emails',
    synapse: `SELECT localpart || ' ' || lower(address) FROM user_threepids JOIN u ON name = user_id
      WHERE medium = 'email'`,
    mas: `SELECT username || ' ' || email FROM user_emails JOIN u USING (user_id)`,
  },
  {
    name: 'sessions',
    synapse: `SELECT localpart || ' ' || device_id FROM access_tokens JOIN a ON name = user_id
      WHERE device_id IS NOT NULL`,
    mas: `SELECT username || ' ' || s.device_id FROM ${sessionsInMas}`,
  },
  {
    name: 'tokens',
    synapse: `SELECT localpart || ' ' || token FROM access_tokens JOIN a ON name = user_id
      WHERE device_id IS NOT NULL`,
    mas: `SELECT username || ' ' || t.access_token FROM ${tokensInMas}`,
  },
  {
    name: 'refresh tokens',
    synapse: `SELECT localpart || ' ' || r.token FROM access_tokens t JOIN a ON name = t.user_id
      JOIN refresh_tokens r ON r.id = t.refresh_token_id WHERE t.device_id IS NOT NULL`,
    mas: `SELECT username || ' ' || t.refresh_token FROM ${refreshTokensInMas}`,
  },
]

export function categoriesOf(dialect: Dialect): readonly Category[] {
  return dialect === 'mas-cli' ? ofMasCli : ofSyn2masTool
}

/** How many texts a query gives, and a hash of them that does not depend on their order. */
export interface Tally {
  readonly name: string
  readonly count: number
  /** A sum of 64-bit hashes, as PostgreSQL's `hashtextextended` makes them: comparable within one server version. */
  readonly hash: string
}

const summed = (query: string, name: string): string =>
  `SELECT '${name}', count(*), coalesce(sum(hashtextextended(line, 0)::numeric), 0) FROM (${query}) AS q(line)`

function tallyQuery(accounts: string, queries: readonly (readonly [string, string])[]): string {
  return `${accounts}\n${queries.map(([name, query]) => summed(query, name)).join('\nUNION ALL ')};\n`
}

export function synapseTallyQuery(dialect: Dialect): string {
  return tallyQuery(
    synapseAccounts,
    categoriesOf(dialect).map(category => [category.name, category.synapse] as const),
  )
}

export function masTallyQuery(dialect: Dialect): string {
  return tallyQuery(
    masAccounts,
    categoriesOf(dialect).map(category => [category.name, category.mas] as const),
  )
}

export function talliesOf(rows: readonly (readonly string[])[]): Tally[] {
  return rows.map(([name = '', count = '0', hash = '0']) => ({ name, count: Number(count), hash }))
}
