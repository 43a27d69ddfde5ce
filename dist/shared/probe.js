import { i as ToolkitError } from "./exec.js";
import { c as failureLine, u as reasonAtEnd } from "./git.js";
import { a as masCountsSql, i as isLeftoverTable, o as migratableCountsSql, r as countsBy, s as parseCounts } from "./account-counts.js";
import { _ as delegationOf, g as databasesOf, i as postgresUnit, l as synapseUnit, m as windowOver, r as masUnit, x as createMasker, y as readYamlObject } from "./names.js";

// src/playbook/outcome.ts
function commandResult(outcome, needles, host) {
	return outcome.results.findLast((result) => (host === void 0 || result.host === host) && result.status !== "skipped" && result.result.command !== void 0 && holdsAll(result.result.command.join(" "), needles));
}
function holdsAll(command, needles) {
	return needles.every((needle) => command.includes(needle));
}
function fatalResults(outcome) {
	return Object.entries(outcome.stats).flatMap(([host, stats]) => {
		const bad = outcome.results.filter((result) => result.host === host && (result.status === "failed" || result.status === "unreachable"));
		const fatal = stats.failures + stats.unreachable;
		return fatal > 0 ? bad.slice(-fatal) : [];
	});
}
const { mask } = createMasker();
function failureOf(outcome) {
	const failure = fatalResults(outcome)[0] ?? outcome.results.findLast(({ status }) => status === "failed");
	if (failure) return reasonAtEnd([failure.task.name, reasonIn(failure.result)].filter(Boolean).join(": "));
	const text = failureLine(mask(`${outcome.stderr}\n${outcome.otherOutput.join("\n")}`));
	return reasonAtEnd(text.replace(/^(?:ERROR!|\[ERROR\]:) /, ""));
}
function reasonIn({ message = "", rc, stderr = "", stdout = "", items }) {
	const [item] = items.filter(({ status }) => status === "failed");
	if (item) return reasonIn(item);
	const printed = failureLine(mask(stderr)) || failureLine(mask(stdout));
	const isOnlyCode = message === "" || message.startsWith("non-zero return code");
	if (isOnlyCode && printed !== "") return printed;
	return isOnlyCode && rc !== void 0 ? `exit code ${rc}` : mask(message);
}
function collect(events) {
	return {
		results: events.filter((event) => event.kind === "result"),
		stats: events.findLast((event) => event.kind === "stats")?.hosts ?? {}
	};
}

// src/server/own-postgres.ts
const port = "5432";
const defaultHost = "/var/run/postgresql";
function reachesContainer(database, unitText, postgresText) {
	if ((database.port ?? port) !== port) return false;
	const { host = defaultHost } = database;
	if (!host.startsWith("/")) return host === postgresUnit;
	const folder = mountsIn(unitText).find(({ target }) => target === plain(host))?.source;
	return mountsIn(postgresText).some(({ source, target }) => source === folder && socketFolders.has(target));
}
const socketFolders = /* @__PURE__ */ new Set(["/run/postgresql", defaultHost]);
function placeOf({ host = defaultHost, port: given = port }) {
	return `at ${host}, port ${given}`;
}
function mountsIn(unit) {
	return [...unit.matchAll(/type=bind,(?:src|source)=([^,\s]+),(?:dst|destination|target)=([^,\s]+)/g)].map(([, source = "", target = ""]) => ({
		source: plain(source),
		target: plain(target)
	}));
}
function plain(path) {
	return path.replace(/\/+$/, "");
}

// src/server/scripts/compare-accounts.sh
var compare_accounts_default = "# Prints the number of Synapse's active accounts that MAS lacks, the number of accounts that only MAS has, then up to 20 of the\n# latter's names. Read-only.\n# Arguments: SYNAPSE_DATABASE MAS_DATABASE.\n# shellcheck shell=bash\nset -euo pipefail\nsynapse_database=$1 mas_database=$2\npsql_rows() {\n  docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres \\\n    psql -h /run/postgresql -d \"$1\" -v ON_ERROR_STOP=1 -qAt -c \"$2\" </dev/null | LC_ALL=C sort\n}\nlocalparts=\"SELECT substring(split_part(name, ':', 1) FROM 2) FROM users\"\nin_mas=$(psql_rows \"$mas_database\" 'COPY (SELECT username FROM users) TO STDOUT')\nin_synapse=$(psql_rows \"$synapse_database\" \"COPY ($localparts) TO STDOUT\")\nactive=$(psql_rows \"$synapse_database\" \"COPY ($localparts WHERE deactivated = 0 AND appservice_id IS NULL) TO STDOUT\")\nLC_ALL=C comm -23 <(printf '%s\\n' \"$active\") <(printf '%s\\n' \"$in_mas\") | grep -c . || true\nmas_only=$(LC_ALL=C comm -13 <(printf '%s\\n' \"$in_synapse\") <(printf '%s\\n' \"$in_mas\") | sed '/^$/d')\nprintf '%s' \"$mas_only\" | grep -c '' || true\nif [ -n \"$mas_only\" ]; then printf '%s\\n' \"$mas_only\" | sed -n 1,20p; fi\n";

// src/server/scripts/look.sh
var look_default = "# Prints the state of the server, one line each: a name, a tab, the content in base64. Read-only.\n# shellcheck shell=bash\nset -euo pipefail\nemit() { printf '%s\\t%s\\n' \"$1\" \"$(base64 -w0)\"; }\nemit_file() { if [ -f \"$2\" ]; then emit \"$1\" <\"$2\"; fi; }\n\nunits() {\n  systemctl show --no-pager --property=Id,LoadState,ActiveState,UnitFileState \\\n    matrix-synapse.service matrix-authentication-service.service matrix-postgres.service\n  local workers\n  # It fails where there are none.\n  workers=$({ systemctl list-unit-files --no-legend --no-pager 'matrix-synapse-worker-*.service' || true; } | awk '{print $1}')\n  # shellcheck disable=SC2086 # One name per word.\n  if [ -n \"$workers\" ]; then\n    printf '\\n'\n    systemctl show --no-pager --property=Id,LoadState,ActiveState,UnitFileState $workers\n  fi\n}\n\nunits | emit units\n{ docker ps --no-trunc --format '{{.Names}} {{.Image}}' 2>/dev/null || true; } | emit containers\nemit_file homeserver /matrix/synapse/config/homeserver.yaml\nemit_file mas-config /matrix/matrix-authentication-service/config/config.yaml\nfor unit in matrix-synapse matrix-authentication-service matrix-postgres; do\n  { systemctl cat --no-pager \"$unit.service\" 2>/dev/null || true; } | emit \"unit $unit\"\ndone\nif [ -e /matrix/postgres/env-postgres-psql ]; then printf yes | emit postgres-environment; fi\n";

// src/server/sql.ts
const psql = [...[
	"docker",
	"exec",
	"-i",
	"--env-file=/matrix/postgres/env-postgres-psql",
	postgresUnit
], ...[
	"psql",
	"-h",
	"/run/postgresql",
	"-v",
	"ON_ERROR_STOP=1",
	"-qAt",
	"-d"
]];
async function querySql(session, database, sql) {
	const result = await session.run([...psql, database], {
		input: `${sql}\n`,
		timeoutMs: 12e4
	});
	if (result.code === 0) return result.stdout.replace(/\n$/, "");
	const detail = failureLine(result.stderr);
	throw new ToolkitError({
		reason: "server-state-unreadable",
		what: `A query in the database ${database} failed${detail === "" ? "" : `: ${detail}`}`,
		where: session.host,
		remedy: "Run on the server: `systemctl status matrix-postgres`. Fix the cause, then run this again."
	});
}

// src/server/probe.ts
async function probeServer(session, dialect) {
	const [seen, ours] = await Promise.all([look(session), windowOver(session).facts()]);
	const units = unitsOf(seen);
	const homeserver = readYamlObject(seen.get("homeserver"));
	const mas = readYamlObject(seen.get("mas-config"));
	const unit = (name) => units.get(name) ?? missing(name);
	const synapse = unit(synapseUnit);
	const masService = unit(masUnit);
	const workers = [...units.values()].filter(({ name }) => name.startsWith("matrix-synapse-worker-"));
	const isNew = !synapse.exists && !seen.has("homeserver");
	const databases = databasesOf(homeserver, mas);
	if (!isNew && !synapse.exists && !unit("matrix-postgres").exists) throw dataWithoutServices(session);
	if (!isNew) requireOwnPostgres(session, seen, databases);
	const [accounts, masTables] = isNew ? [noAccounts, noTables] : await Promise.all([countSynapse(session, databases, dialect), readMas(session, databases)]);
	const installed = masService.exists && seen.has("mas-config");
	return {
		host: session.host,
		dialect,
		synapse: {
			...synapse,
			delegating: isNew ? "no" : delegationOf(homeserver),
			workers,
			...accounts
		},
		mas: {
			...masService,
			installed,
			...masTables
		},
		postgres: unit(postgresUnit),
		ours
	};
}
async function look(session) {
	const result = await session.run([
		"bash",
		"-c",
		look_default
	], { timeoutMs: 6e4 });
	if (result.code !== 0) throw unreadable(session, "The probe script failed on the server.");
	return emitted(result.stdout);
}
function emitted(stdout) {
	return new Map(stdout.split("\n").flatMap((line) => {
		const [name, content] = line.split("	");
		return name && content !== void 0 ? [[name, Buffer.from(content, "base64").toString("utf8")]] : [];
	}));
}
function unitsOf(seen) {
	const images = new Map((seen.get("containers") ?? "").split("\n").flatMap((line) => {
		const [name, image] = line.split(" ");
		return name && image ? [[name, image]] : [];
	}));
	const units = /* @__PURE__ */ new Map();
	for (const block of (seen.get("units") ?? "").split(/\n\s*\n/)) {
		const field = (name) => new RegExp(`^${name}=(.*)$`, "m").exec(block)?.[1] ?? "";
		const name = field("Id").replace(/\.service$/, "");
		const image = images.get(name);
		if (name === "") continue;
		units.set(name, {
			name,
			exists: field("LoadState") === "loaded",
			active: field("ActiveState"),
			enabled: field("UnitFileState") === "enabled",
			container: image !== void 0,
			...image === void 0 ? {} : { image }
		});
	}
	return units;
}
function missing(name) {
	return {
		name,
		exists: false,
		active: "inactive",
		enabled: false,
		container: false
	};
}
const noAccounts = {
	accounts: 0,
	migratable: countsBy(() => 0)
};
const noTables = {
	tables: "none",
	leftovers: [],
	masOnlyAccounts: {
		count: 0,
		names: []
	},
	missingAccounts: 0
};
async function countSynapse(session, databases, dialect) {
	if (databases.synapse.database === void 0) throw noDatabase(session);
	const sql = `SELECT count(*) FROM users;\n${migratableCountsSql(dialect)};`;
	const [accounts, counts] = (await querySql(session, databases.synapse.database, sql)).split("\n");
	if (accounts === void 0 || counts === void 0) throw unreadable(session, "PostgreSQL returned no counts.");
	return {
		accounts: Number(accounts),
		migratable: parseCounts(counts)
	};
}
async function readMas(session, databases) {
	if (databases.mas.database === void 0) return noTables;
	const answer = await querySql(session, databases.mas.database, masSql).catch((error) => {
		if (error instanceof ToolkitError && error.reason === "server-state-unreadable") return error;
		throw error;
	});
	if (answer instanceof ToolkitError) return {
		...noTables,
		tables: / does not exist/.test(answer.message) ? "none" : "unreadable"
	};
	const lines = answer.split("\n").filter(Boolean);
	const counts = lines.find((line) => line.startsWith("{"));
	const leftovers = lines.filter((line) => line !== "users" && line !== counts);
	if (leftovers.length > 0) return {
		...noTables,
		tables: "renamed",
		leftovers
	};
	if (counts === void 0) return noTables;
	const compared = await compareAccounts(session, databases);
	return {
		tables: "whole",
		leftovers: [],
		counts: parseCounts(counts),
		...compared
	};
}
const masSql = `SELECT tablename FROM pg_tables
 WHERE schemaname = 'public' AND (tablename = 'users' OR ${isLeftoverTable}) ORDER BY 1;
SELECT to_regclass('public.users') IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND ${isLeftoverTable}) AS whole \\gset
\\if :whole
${masCountsSql};
\\endif`;
async function compareAccounts(session, databases) {
	const { synapse, mas } = databases;
	const argv = [
		"bash",
		"-c",
		compare_accounts_default,
		"compare",
		synapse.database ?? "",
		mas.database ?? ""
	];
	const result = await session.run(argv);
	if (result.code !== 0) throw unreadable(session, "The accounts of MAS and Synapse could not be compared.");
	const [missing, count, ...names] = result.stdout.replace(/\n$/, "").split("\n");
	return {
		missingAccounts: Number(missing),
		masOnlyAccounts: {
			count: Number(count),
			names
		}
	};
}
function requireOwnPostgres(session, seen, { synapse, mas }) {
	if (synapse.database === void 0) throw noDatabase(session);
	if (!seen.has("postgres-environment")) throw externalPostgres(session, "The file /matrix/postgres/env-postgres-psql is missing.");
	const unit = (name) => seen.get(`unit ${name}`) ?? "";
	const isOwn = (database, service) => reachesContainer(database, unit(service), unit(postgresUnit));
	if (!isOwn(synapse, "matrix-synapse")) throw externalPostgres(session, `The database of Synapse is ${placeOf(synapse)}.`);
	if (seen.has("mas-config") && !isOwn(mas, "matrix-authentication-service")) throw externalPostgres(session, `The database of MAS is ${placeOf(mas)}.`);
}
function dataWithoutServices(session) {
	return new ToolkitError({
		reason: "server-state-unreadable",
		what: "The server has the data of Synapse, but no service of Synapse or PostgreSQL. Nothing was done.",
		where: session.host,
		remedy: "If you moved the server, finish the playbook's guide docs/maintenance-migrating.md: its last step is `ansible-playbook -i inventory/hosts setup.yml --tags=install-all,start`. Then run this again."
	});
}
function externalPostgres(session, why) {
	return new ToolkitError({
		reason: "server-state-unreadable",
		what: `The server does not use the playbook's own PostgreSQL. ${why}`,
		where: session.host,
		remedy: "An external PostgreSQL is not supported yet. Migrate this server manually, with the playbook's guide."
	});
}
function noDatabase(session) {
	return unreadable(session, "Synapse is installed, but its homeserver.yaml is missing, unreadable, or has no PostgreSQL database.");
}
function unreadable(session, what) {
	return new ToolkitError({
		reason: "server-state-unreadable",
		what,
		where: session.host,
		remedy: "Run on the server: `systemctl status matrix-synapse matrix-postgres`. Check the files under /matrix."
	});
}

export { collect as a, querySql as i, probeServer as n, commandResult as o, psql as r, failureOf as s, emitted as t };