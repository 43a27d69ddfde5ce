import { record } from '../support/json.ts'
import { counted, type Nouns } from '../support/plural.ts'
import type { Dialect } from './stage.ts'

/** The categories of data that syn2mas migrates, for both Synapse and MAS. */
export const countCategories = [
  'users',
  'passwords',
  'admins',
  'emails',
  'links',
  'sessions',
  'plainTokens',
  'refreshTokens',
] as const
export type CountCategory = (typeof countCategories)[number]

const words: Nouns = {
  users: ['account'],
  passwords: ['password'],
  admins: ['administrator'],
  emails: ['email address', 'email addresses'],
  links: ['link to a login provider', 'links to login providers'],
  sessions: ['session'],
  plainTokens: ['access token'],
  refreshTokens: ['refresh token'],
} satisfies Record<CountCategory, Nouns[string]>

/** A count of a category in words. Reports can name any category. */
export function countText(category: string, count: number): string {
  return counted(words, category, count)
}

/** `null`: this version of MAS cannot store the category, so it cannot be compared. */
export type AccountCounts = Readonly<Record<CountCategory, number | null>>

/** SQL for `pg_tables`: those that a failed `mas-cli syn2mas` leaves behind, renamed to `syn2mas__NAME` or for its own use. */
export const isLeftoverTable = `(tablename LIKE 'syn2mas\\_\\_%'
 OR tablename IN ('syn2mas_restore_constraints', 'syn2mas_restore_indices'))`

const masCli = `WITH u AS (SELECT * FROM users WHERE appservice_id IS NULL),
 a AS (SELECT name FROM u WHERE deactivated = 0 AND is_guest = 0)
SELECT json_build_object(
 'users', (SELECT count(*) FROM u),
 'passwords', (SELECT count(password_hash) FROM u),
 'admins', (SELECT count(*) FROM u WHERE admin <> 0),
 'emails', (SELECT count(*) FROM user_threepids JOIN u ON name = user_id WHERE medium = 'email'),
 'links', (SELECT count(*) FROM user_external_ids JOIN u ON name = user_id),
 'sessions', (SELECT count(*) FROM devices JOIN a ON name = user_id WHERE NOT hidden AND device_id <> 'guest_device')
   + (SELECT count(*) FROM access_tokens JOIN a ON name = user_id
      WHERE device_id IS NULL AND puppets_user_id IS NULL AND refresh_token_id IS NULL),
 'plainTokens', (SELECT count(*) FROM access_tokens t JOIN a ON name = t.user_id
   WHERE puppets_user_id IS NULL AND refresh_token_id IS NULL AND (t.device_id IS NULL
     OR EXISTS (SELECT 1 FROM devices d WHERE d.user_id = t.user_id AND d.device_id = t.device_id))),
 'refreshTokens', (SELECT count(*) FROM refresh_tokens r JOIN a ON a.name = r.user_id
   JOIN devices d ON d.user_id = r.user_id AND d.device_id = r.device_id
   JOIN access_tokens t ON t.refresh_token_id = r.id AND t.user_id = r.user_id AND t.device_id = r.device_id
   LEFT JOIN access_tokens n ON n.refresh_token_id = r.next_token_id WHERE NOT n.used OR n.used IS NULL))`

const syn2masTool = `WITH u AS (SELECT * FROM users WHERE appservice_id IS NULL),
 a AS (SELECT name FROM u WHERE deactivated = 0),
 t AS (SELECT access_tokens.* FROM access_tokens JOIN a ON a.name = user_id WHERE device_id IS NOT NULL)
SELECT json_build_object(
 'users', (SELECT count(*) FROM u),
 'passwords', (SELECT count(*) FROM u WHERE password_hash <> ''),
 'admins', (SELECT count(*) FROM u WHERE admin = 1),
 'emails', (SELECT count(*) FROM user_threepids JOIN u ON name = user_id WHERE medium = 'email'),
 'links', (SELECT count(*) FROM user_external_ids JOIN u ON name = user_id),
 'sessions', (SELECT count(*) FROM t),
 'plainTokens', (SELECT count(*) FROM t WHERE refresh_token_id IS NULL),
 'refreshTokens', (SELECT count(*) FROM t JOIN refresh_tokens r ON r.id = t.refresh_token_id))`

/**
 * SQL for Synapse's database: one row with a JSON object that counts what this dialect's syn2mas will write. Sources:
 * crates/syn2mas/src/{migration,synapse_reader/mod}.rs (MAS v1.22) and src/migrate.mts (syn2mas 0.15.0).
 */
export function migratableCountsSql(dialect: Dialect): string {
  return dialect === 'mas-cli' ? masCli : syn2masTool
}

/**
 * SQL for MAS's database: one row with a JSON object that counts each category. Requires tables with their normal names.
 * `admins` is `null` if MAS (v0.12) has no column for it.
 */
export const masCountsSql = `SELECT json_build_object(
 'users', (SELECT count(*) FROM users),
 'passwords', (SELECT count(*) FROM user_passwords),
 'admins', (SELECT CASE WHEN EXISTS (SELECT 1 FROM information_schema.columns
    WHERE table_name = 'users' AND column_name = 'can_request_admin')
   THEN (SELECT count(*) FROM users u WHERE (to_jsonb(u) ->> 'can_request_admin')::boolean) END),
 'emails', (SELECT count(*) FROM user_emails),
 'links', (SELECT count(*) FROM upstream_oauth_links),
 'sessions', (SELECT count(*) FROM compat_sessions),
 'plainTokens', (SELECT count(*) FROM compat_access_tokens t WHERE NOT EXISTS
   (SELECT 1 FROM compat_refresh_tokens r WHERE r.compat_access_token_id = t.compat_access_token_id)),
 'refreshTokens', (SELECT count(*) FROM compat_refresh_tokens))`

/** The count of each category. */
export function countsBy(count: (category: CountCategory) => number | null): AccountCounts {
  return Object.fromEntries(countCategories.map(category => [category, count(category)])) as AccountCounts
}

/** Parses the row of a query above. Throws a plain Error for any other text, which indicates a bug. */
export function parseCounts(row: string): AccountCounts {
  const fields = record(JSON.parse(row))
  return countsBy(name => {
    const count = fields[name]
    if (count === null) return null
    if (typeof count !== 'number' || !Number.isInteger(count)) throw new Error(`no count of ${name}`)
    return count
  })
}

export interface CountDifference {
  readonly category: CountCategory
  readonly synapse: number
  readonly mas: number
}

/** The categories that differ. Categories that one side cannot store are ignored. */
export function countDifferences(synapse: AccountCounts, mas: AccountCounts): readonly CountDifference[] {
  return countCategories.flatMap(category => {
    const [expected, actual] = [synapse[category], mas[category]]
    return expected === null || actual === null || expected === actual
      ? []
      : [{ category, synapse: expected, mas: actual }]
  })
}
