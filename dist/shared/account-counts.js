import { f as byCodeUnit } from "./git.js";
import { o as record } from "./json.js";

// src/domain/finding.ts
const severities = [
	"error",
	"warning",
	"notice"
];
function openFindings(findings) {
	return findings.filter(({ accepted }) => !accepted);
}
function canBeAccepted(findings) {
	return findings.some(({ remedy }) => remedy.includes("accepted-findings.yml"));
}
function severityNouns(findings) {
	return severities.flatMap((kind) => {
		const count = findings.filter(({ severity }) => severity === kind).length;
		return count === 0 ? [] : [count === 1 ? kind : `${kind}s`];
	}).join(" and ");
}
function pageOfRule(id) {
	return `docs/rules/${id.replace("/", "-")}.md`;
}
const consequences = [
	/^(?:mas|providers|synapse|change|syn2mas|doctor|inventory)\//,
	/^trust\//,
	/^(?!playbook\/)/,
	/^playbook\/(?!renamed-|removed-|unknown-|unused-|wrong-type|not-compared)/
];
const ranks = /* @__PURE__ */ new Map();
function consequenceOf({ id }) {
	const known = ranks.get(id);
	if (known !== void 0) return known;
	const index = consequences.findIndex((pattern) => pattern.test(id));
	const rank = index === -1 ? consequences.length : index;
	ranks.set(id, rank);
	return rank;
}
function bySeverity(a, b) {
	return severities.indexOf(a.severity) - severities.indexOf(b.severity) || consequenceOf(a) - consequenceOf(b) || byCodeUnit(a.place?.file ?? "", b.place?.file ?? "") || (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}

// src/support/plural.ts
function plural(count, one, many = `${one}s`) {
	return `${count} ${count === 1 ? one : many}`;
}
function counted(nouns, name, count) {
	return plural(count, ...nouns[name] ?? [name, name]);
}

// src/domain/account-counts.ts
const countCategories = [
	"users",
	"passwords",
	"admins",
	"emails",
	"links",
	"sessions",
	"plainTokens",
	"refreshTokens"
];
const words = {
	users: ["account"],
	passwords: ["password"],
	admins: ["administrator"],
	emails: ["email address", "email addresses"],
	links: ["link to a login provider", "links to login providers"],
	sessions: ["session"],
	plainTokens: ["access token"],
	refreshTokens: ["refresh token"]
};
function countText(category, count) {
	return counted(words, category, count);
}
const isLeftoverTable = `(tablename LIKE 'syn2mas\\_\\_%'
 OR tablename IN ('syn2mas_restore_constraints', 'syn2mas_restore_indices'))`;
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
   LEFT JOIN access_tokens n ON n.refresh_token_id = r.next_token_id WHERE NOT n.used OR n.used IS NULL))`;
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
 'refreshTokens', (SELECT count(*) FROM t JOIN refresh_tokens r ON r.id = t.refresh_token_id))`;
function migratableCountsSql(dialect) {
	return dialect === "mas-cli" ? masCli : syn2masTool;
}
const masCountsSql = `SELECT json_build_object(
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
 'refreshTokens', (SELECT count(*) FROM compat_refresh_tokens))`;
function countsBy(count) {
	return Object.fromEntries(countCategories.map((category) => [category, count(category)]));
}
function parseCounts(row) {
	const fields = record(JSON.parse(row));
	return countsBy((name) => {
		const count = fields[name];
		if (count === null) return null;
		if (typeof count !== "number" || !Number.isInteger(count)) throw new Error(`no count of ${name}`);
		return count;
	});
}
function countDifferences(synapse, mas) {
	return countCategories.flatMap((category) => {
		const [expected, actual] = [synapse[category], mas[category]];
		return expected === null || actual === null || expected === actual ? [] : [{
			category,
			synapse: expected,
			mas: actual
		}];
	});
}

export { masCountsSql as a, counted as c, canBeAccepted as d, openFindings as f, severityNouns as h, isLeftoverTable as i, plural as l, severities as m, countText as n, migratableCountsSql as o, pageOfRule as p, countsBy as r, parseCounts as s, countDifferences as t, bySeverity as u };