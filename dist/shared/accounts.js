import { a as masCountsSql, i as isLeftoverTable, o as migratableCountsSql } from "./account-counts.js";
import { a as parseRecord, i as numbersIn } from "./json.js";

// src/migration/run/accounts.ts
const isLocked = "coalesce((to_jsonb(users) ->> 'locked')::boolean, false)";
const repairs = {
	admins: {
		category: "admins",
		select: "SELECT name FROM users WHERE admin <> 0 AND appservice_id IS NULL ORDER BY name",
		change: `WITH changed AS (UPDATE users SET can_request_admin = true WHERE username IN (NAMES)
  AND NOT can_request_admin RETURNING user_id), sessions AS (UPDATE compat_sessions SET is_synapse_admin = true
  WHERE user_id IN (SELECT user_id FROM changed)) SELECT count(*) FROM changed`
	},
	locks: {
		select: `SELECT name FROM users WHERE appservice_id IS NULL AND ${isLocked} ORDER BY name`,
		change: `WITH changed AS (UPDATE users SET locked_at = now() WHERE username IN (NAMES) AND locked_at IS NULL
  RETURNING user_id) SELECT count(*) FROM changed`
	}
};
const lossesSql = `WITH u AS (SELECT * FROM users WHERE username NOT IN (OURS)),
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
  WHERE o.created_at > SINCE AND o.finished_at IS NULL))`;
async function lossesSince(sql, masDatabase, migration) {
	return numbersIn(parseRecord(await sql(masDatabase, lossesQuery(migration))) ?? {});
}
function lossesQuery(migration) {
	const since = migration ? new Date(migration.at).toISOString() : "epoch";
	const ours = migration?.accounts.map((name) => `'${name}'`).join(", ") || "''";
	return lossesSql.replaceAll("SINCE", `'${since}'::timestamptz`).replaceAll("OURS", ours);
}
function windowSql(dialect, losses = lossesSql) {
	return {
		synapseCounts: countsAndClosed(migratableCountsSql(dialect), `appservice_id IS NULL AND (deactivated <> 0 OR ${isLocked})`),
		masCounts: countsAndClosed(masCountsSql, "locked_at IS NOT NULL OR to_jsonb(users) ->> 'deactivated_at' IS NOT NULL"),
		masTables: `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND (${isLeftoverTable}
 OR tablename IN ('users', 'user_passwords', 'user_emails', 'user_unsupported_third_party_ids',
  'upstream_oauth_links', 'compat_sessions', 'compat_access_tokens', 'compat_refresh_tokens'))`,
		losses,
		repairs: dialect === "syn2mas-tool" ? repairs : {}
	};
}
function countsAndClosed(counts, isClosed) {
	return `SELECT json_build_object('counts', (${counts}), 'closed', (SELECT count(*) FROM users WHERE ${isClosed}))`;
}

export { lossesSince as n, windowSql as r, lossesQuery as t };