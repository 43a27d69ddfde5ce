import { isLeftoverTable, masCountsSql, migratableCountsSql } from '../../domain/account-counts.ts'
import type { Migration } from '../../domain/server-facts.ts'
import type { Dialect } from '../../domain/stage.ts'
import type { Sql } from '../../server/server.ts'
import type { AccountRepair, WindowPlan } from '../../server/window/plan.ts'
import { numbersIn, parseRecord } from '../../support/json.ts'

/** Versions of Synapse differ in whether they have the column. */
const isLocked = "coalesce((to_jsonb(users) ->> 'locked')::boolean, false)"

/**
 * The Node tool does not migrate locks (tools/syn2mas/src/migrate.mts at v0.15.0), and a Synapse that delegates leaves locks
 * to MAS, so the owners could log in again. They are locked as `mas-cli manage lock-user` does. v0.12 does not migrate
 * administrators either.
 */
const repairs: Readonly<Record<'admins' | 'locks', AccountRepair>> = {
  admins: {
    category: 'admins',
    select: 'SELECT name FROM users WHERE admin <> 0 AND appservice_id IS NULL ORDER BY name',
    change: `WITH changed AS (UPDATE users SET can_request_admin = true WHERE username IN (NAMES)
  AND NOT can_request_admin RETURNING user_id), sessions AS (UPDATE compat_sessions SET is_synapse_admin = true
  WHERE user_id IN (SELECT user_id FROM changed)) SELECT count(*) FROM changed`,
  },
  locks: {
    select: `SELECT name FROM users WHERE appservice_id IS NULL AND ${isLocked} ORDER BY name`,
    change: `WITH changed AS (UPDATE users SET locked_at = now() WHERE username IN (NAMES) AND locked_at IS NULL
  RETURNING user_id) SELECT count(*) FROM changed`,
  },
}

/**
 * What was created or changed in MAS since a time: it does not exist for Synapse's built-in login. Without accounts of ours,
 * and without the passwords that MAS stores anew, by a newer scheme, at a login. A session that got new tokens from MAS ends with
 * them (crates/handlers/src/compat/refresh.rs). Older versions of MAS have no personal access tokens.
 */
export const lossesSql = `WITH u AS (SELECT * FROM users WHERE username NOT IN (OURS)),
 s AS (SELECT compat_sessions.* FROM compat_sessions JOIN u USING (user_id))
SELECT json_build_object(
 'sessions', (SELECT count(*) FROM s WHERE created_at > SINCE AND finished_at IS NULL),
 'refreshedSessions', (SELECT count(*) FROM s WHERE created_at <= SINCE AND finished_at IS NULL AND EXISTS
  (SELECT 1 FROM compat_access_tokens t WHERE t.compat_session_id = s.compat_session_id AND t.created_at > SINCE)),
 'personalTokens', (SELECT CASE WHEN to_regclass('public.personal_access_tokens') IS NULL THEN 0 ELSE (xpath('/row/count/text()',
  query_to_xml(format('SELECT count(*) FROM personal_access_tokens WHERE revoked_at IS NULL AND created_at > %L
   AND (expires_at IS NULL OR expires_at > now())', SINCE), true, true, '')))[1]::text::int END),
 'accounts', (SELECT count(*) FROM u WHERE created_at > SINCE),
 'passwords', (SELECT count(*) FROM user_passwords p JOIN u USING (user_id)
  WHERE p.created_at > SINCE AND p.upgraded_from_id IS NULL),
 'accountsLocked', (SELECT count(*) FROM u WHERE locked_at > SINCE),
 'sessionsEnded', (SELECT count(*) FROM s WHERE created_at <= SINCE AND finished_at > SINCE),
 'oauthSessions', (SELECT count(*) FROM oauth2_sessions o JOIN u USING (user_id)
  WHERE o.created_at > SINCE AND o.finished_at IS NULL))`

/** What a rollback would lose now. Without a migration's record, all of MAS. */
export async function lossesSince(
  sql: Sql,
  masDatabase: string,
  migration: Migration | undefined,
): Promise<Readonly<Record<string, number>>> {
  return numbersIn(parseRecord(await sql(masDatabase, lossesQuery(migration))) ?? {})
}

export function lossesQuery(migration: Migration | undefined): string {
  const since = migration ? new Date(migration.at).toISOString() : 'epoch'
  const ours = migration?.accounts.map(name => `'${name}'`).join(', ') || "''"
  return lossesSql.replaceAll('SINCE', `'${since}'::timestamptz`).replaceAll('OURS', ours)
}

export function windowSql(dialect: Dialect, losses = lossesSql): WindowPlan['sql'] {
  return {
    synapseCounts: countsAndClosed(
      migratableCountsSql(dialect),
      `appservice_id IS NULL AND (deactivated <> 0 OR ${isLocked})`,
    ),
    masCounts: countsAndClosed(
      masCountsSql,
      "locked_at IS NOT NULL OR to_jsonb(users) ->> 'deactivated_at' IS NOT NULL",
    ),
    masTables: `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND (${isLeftoverTable}
 OR tablename IN ('users', 'user_passwords', 'user_emails', 'user_unsupported_third_party_ids',
  'upstream_oauth_links', 'compat_sessions', 'compat_access_tokens', 'compat_refresh_tokens'))`,
    losses,
    repairs: dialect === 'syn2mas-tool' ? repairs : {},
  }
}

function countsAndClosed(counts: string, isClosed: string): string {
  return `SELECT json_build_object('counts', (${counts}), 'closed', (SELECT count(*) FROM users WHERE ${isClosed}))`
}
