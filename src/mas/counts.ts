import type { Dialect } from '../domain/stage.ts'
import { ToolkitError } from '../support/errors.ts'

/**
 * What a migration is counted by.
 * - `users`: accounts, deactivated ones included, those of application services not.
 * - `passwords`: accounts with a password hash.
 * - `can_request_admin`: accounts that may ask for admin rights.
 * - `deactivated`, `locked`, `guests`: accounts with that mark in MAS.
 * - `emails`, `unsupported_threepids` (phone numbers and the like), `links` (to upstream providers).
 * - `compat_sessions`: sessions that old clients keep.
 * - `plain_tokens`: access tokens without a refresh token; `refresh_tokens`: pairs.
 */
export const countCategories = [
  'users',
  'passwords',
  'can_request_admin',
  'deactivated',
  'locked',
  'guests',
  'emails',
  'unsupported_threepids',
  'links',
  'compat_sessions',
  'plain_tokens',
  'refresh_tokens',
] as const
export type CountCategory = (typeof countCategories)[number]
export type Counts = Readonly<Partial<Record<CountCategory, number>>>

/**
 * What `mas-cli syn2mas migrate` will write, asked of Synapse's database: equal in every category to what v1.22.0 wrote
 * with 6, 13 and 100,000 accounts. Sources: crates/syn2mas/src/{synapse_reader/mod,migration}.rs of
 * matrix-authentication-service. Links count all, also those that `--ignore-missing-auth-providers` would skip.
 */
const expectedOfMasCli = `WITH u AS (SELECT * FROM users WHERE appservice_id IS NULL),
 a AS (SELECT name FROM u WHERE deactivated = 0 AND is_guest = 0),
 plain AS (SELECT t.* FROM access_tokens t JOIN a ON a.name = t.user_id
   WHERE t.puppets_user_id IS NULL AND t.refresh_token_id IS NULL)
SELECT json_build_object(
 'users', (SELECT count(*) FROM u),
 'passwords', (SELECT count(password_hash) FROM u),
 'can_request_admin', (SELECT count(*) FROM u WHERE admin <> 0),
 'deactivated', (SELECT count(*) FROM u WHERE deactivated <> 0),
 'locked', (SELECT count(*) FROM u WHERE locked),
 'guests', (SELECT count(*) FROM u WHERE is_guest <> 0),
 'emails', (SELECT count(*) FROM user_threepids JOIN u ON u.name = user_id WHERE medium = 'email'),
 'unsupported_threepids', (SELECT count(*) FROM user_threepids JOIN u ON u.name = user_id WHERE medium <> 'email'),
 'links', (SELECT count(*) FROM user_external_ids JOIN u ON u.name = user_id),
 'compat_sessions', (SELECT count(*) FROM devices JOIN a ON a.name = user_id
     WHERE NOT hidden AND device_id <> 'guest_device') + (SELECT count(*) FROM plain WHERE device_id IS NULL),
 'plain_tokens', (SELECT count(*) FROM plain WHERE device_id IS NULL
     OR EXISTS (SELECT 1 FROM devices d WHERE d.user_id = plain.user_id AND d.device_id = plain.device_id)),
 'refresh_tokens', (SELECT count(*) FROM refresh_tokens r JOIN a ON a.name = r.user_id
     JOIN devices d ON d.user_id = r.user_id AND d.device_id = r.device_id
     JOIN access_tokens t ON t.refresh_token_id = r.id AND t.user_id = r.user_id AND t.device_id = r.device_id
     LEFT JOIN access_tokens n ON n.refresh_token_id = r.next_token_id
     WHERE n.used IS NOT TRUE));`

/**
 * What the Node tool will write, asked of Synapse's database. Source: tools/syn2mas/src/migrate.mts at v0.15.0 of
 * matrix-authentication-service: a session per access token with a device (puppets' too), deactivated accounts become
 * locked ones, guests are fatal, phone numbers are not migrated. `can_request_admin` is what v0.13 and later write;
 * v0.12 writes none.
 */
const expectedOfNodeTool = `WITH u AS (SELECT * FROM users WHERE appservice_id IS NULL),
 t AS (SELECT t.* FROM access_tokens t JOIN u ON u.name = t.user_id
   WHERE u.deactivated <> 1 AND t.device_id IS NOT NULL)
SELECT json_build_object(
 'users', (SELECT count(*) FROM u),
 'passwords', (SELECT count(*) FROM u WHERE password_hash <> ''),
 'can_request_admin', (SELECT count(*) FROM u WHERE admin = 1),
 'locked', (SELECT count(*) FROM u WHERE deactivated = 1),
 'emails', (SELECT count(*) FROM user_threepids JOIN u ON u.name = user_id WHERE medium = 'email'),
 'links', (SELECT count(*) FROM user_external_ids JOIN u ON u.name = user_id),
 'compat_sessions', (SELECT count(*) FROM t),
 'plain_tokens', (SELECT count(*) FROM t WHERE refresh_token_id IS NULL),
 'refresh_tokens', (SELECT count(*) FROM t JOIN refresh_tokens r ON r.id = t.refresh_token_id));`

/**
 * The SQL that asks Synapse's database (`synapse`) what a complete run of the dialect's tool must have written. Answers
 * one row with one JSON object; read it with `readCounts`. Any `ORDER` of tables is irrelevant, nothing is locked.
 */
export const expectedCountsSql: Readonly<Record<Dialect, string>> = {
  'mas-cli': expectedOfMasCli,
  'syn2mas-tool': expectedOfNodeTool,
}

const presentOfBoth = ` 'users', (SELECT count(*) FROM users),
 'passwords', (SELECT count(*) FROM user_passwords),
 'can_request_admin', (SELECT count(*) FROM users WHERE can_request_admin),
 'locked', (SELECT count(*) FROM users WHERE locked_at IS NOT NULL),
 'emails', (SELECT count(*) FROM user_emails),
 'links', (SELECT count(*) FROM upstream_oauth_links),
 'compat_sessions', (SELECT count(*) FROM compat_sessions),
 'plain_tokens', (SELECT count(*) FROM compat_access_tokens a WHERE NOT EXISTS
     (SELECT 1 FROM compat_refresh_tokens r WHERE r.compat_access_token_id = a.compat_access_token_id)),
 'refresh_tokens', (SELECT count(*) FROM compat_refresh_tokens)`

/**
 * The SQL that asks MAS's database what it holds, in the same categories. Count before MAS starts again: it deletes some
 * rows later. In the `mas-cli` dialect it fails while the tables are renamed (`syn2mas__*`): that is stage `partial`,
 * which the names decide.
 */
export const presentCountsSql: Readonly<Record<Dialect, string>> = {
  'mas-cli': `SELECT json_build_object(
${presentOfBoth},
 'deactivated', (SELECT count(*) FROM users WHERE deactivated_at IS NOT NULL),
 'guests', (SELECT count(*) FROM users WHERE is_guest),
 'unsupported_threepids', (SELECT count(*) FROM user_unsupported_third_party_ids));`,
  'syn2mas-tool': `SELECT json_build_object(
${presentOfBoth});`,
}

/** The eight tables that syn2mas writes, and that must be empty before it does (crates/syn2mas/src/mas_writer/mod.rs). */
export const syn2masTables = [
  'users',
  'user_passwords',
  'user_emails',
  'user_unsupported_third_party_ids',
  'upstream_oauth_links',
  'compat_sessions',
  'compat_access_tokens',
  'compat_refresh_tokens',
] as const

/**
 * Reads the answer to either SQL.
 * @throws ToolkitError `server-state-unreadable` where it is not one JSON object of whole numbers.
 */
export function readCounts(answer: string): Counts {
  const counts: Partial<Record<CountCategory, number>> = {}
  try {
    const parsed: unknown = JSON.parse(answer.trim())
    if (typeof parsed !== 'object' || parsed === null) throw new Error('not an object')
    for (const [name, value] of Object.entries(parsed)) {
      const category = countCategories.find(known => known === name)
      if (category === undefined || !Number.isSafeInteger(value) || value < 0)
        throw new Error(`not a count: ${name}`)
      counts[category] = value
    }
    if (counts.users === undefined) throw new Error('no count of users')
  } catch (cause) {
    throw new ToolkitError({
      kind: 'server',
      reason: 'server-state-unreadable',
      what: 'The database did not answer a count of rows as expected.',
      remedy:
        'Check that PostgreSQL runs and that the databases have the names in the configuration; then run this again.',
      cause,
    })
  }
  return counts
}

export interface CountDifference {
  readonly category: CountCategory
  readonly expected: number
  readonly present: number
}

/** The categories in which MAS does not hold what Synapse says it must; categories that only one side has are left out. */
export function compareCounts(expected: Counts, present: Counts): CountDifference[] {
  return countCategories.flatMap(category => {
    const [want, have] = [expected[category], present[category]]
    if (want === undefined || have === undefined || want === have) return []
    return [{ category, expected: want, present: have }]
  })
}
