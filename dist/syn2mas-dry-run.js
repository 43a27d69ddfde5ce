import { a as table, i as reasons, n as headline, o as annotations, t as findingsTable } from "./shared/markdown.js";
import { C as markdownCode, _ as readInputs, f as actionInput, g as optional, p as flag, v as text$1, w as markdownSentence } from "./shared/git-files.js";
import { a as printLog, i as maskSecret, o as setOutput, r as appendSummary, s as writeReport, t as runAction } from "./shared/run-action.js";
import { n as ToolkitError, t as require_dist } from "./shared/dist.js";
import { a as runPlaybook, d as accessOf, f as serverInputs, i as querySql, l as commandResult, n as createMasker, r as probeServer, t as withServer } from "./shared/connect.js";
import { i as explain, n as readLog, r as counted, t as askFrom } from "./shared/http.js";
import { createHash } from "node:crypto";

// src/report/forecast.ts
const verdicts = {
	clean: "✅ clean",
	findings: "⚠️ with findings",
	failed: "❌ failed"
};
/** The job's summary of a rehearsal, as Markdown. */
function renderRehearsal(forecasts) {
	const findings = forecasts.flatMap((forecast) => forecast.findings);
	return [
		"## Rehearsal",
		headline(findings),
		forecastTable(forecasts),
		findingsTable(findings, 1e3),
		reasons(findings)
	].filter((part) => part !== "").join("\n\n");
}
function forecastTable(forecasts) {
	if (forecasts.length === 0) return "";
	const rows = forecasts.map(({ host, verdict, message, counts = {}, windowSeconds, rehearsedAt }) => [
		markdownCode(host),
		verdicts[verdict],
		Object.entries(counts).map(([category, count]) => `${count} ${markdownSentence(category)}`).join(", "),
		windowSeconds === void 0 ? "" : `${windowSeconds.toFixed(1)} s`,
		`${markdownSentence(message)}${rehearsedAt === void 0 ? "" : ` (${markdownSentence(rehearsedAt)})`}`
	]);
	return table([
		"Rehearsed on",
		"Verdict",
		"Would migrate",
		"Users wait",
		""
	], rows);
}

// src/migration/names.ts
var import_dist = require_dist();
const base = "/matrix/auth-actions";
const homeserverYaml = "/matrix/synapse/config/homeserver.yaml";
const masConfigYaml = "/matrix/matrix-authentication-service/config/config.yaml";
const companion = "matrix-synapse-reverse-proxy-companion";
/**
* Reads names and secrets from the server's two configuration files. Throws a ToolkitError `server-state-unreadable` where
* they are not what the playbook writes.
*/
async function readNames(session, facts) {
	const synapse = await readYaml(session, homeserverYaml);
	const mas = await readYaml(session, masConfigYaml);
	const args = record(record(synapse.database).args);
	const masDatabase = masConnection(record(mas.database));
	const workerUnits = facts.synapse.workers.filter((worker) => worker.exists).map((worker) => worker.name);
	const names = {
		host: facts.host,
		dialect: facts.dialect,
		synapseUnit: facts.synapse.name,
		workerUnits,
		masUnit: facts.mas.name,
		postgresContainer: facts.postgres.name,
		synapseDatabase: word(args.database ?? args.dbname, "database.args.database", homeserverYaml),
		synapseRole: word(args.user, "database.args.user", homeserverYaml),
		masDatabase: word(masDatabase.database, "database", masConfigYaml),
		masRole: word(masDatabase.role, "database", masConfigYaml),
		serverName: text(synapse.server_name, "server_name", homeserverYaml),
		clientUrl: workerUnits.length > 0 ? `http://${companion}:8008` : "http://localhost:8008",
		synapseUrl: "http://localhost:8008",
		masUrl: `http://${facts.mas.name}:8080${publicPath(record(mas.http).public_base)}`
	};
	for (const unit of [
		names.synapseUnit,
		names.masUnit,
		names.postgresContainer,
		...workerUnits
	]) word(unit, "unit", facts.host);
	const registration = synapse.registration_shared_secret;
	return {
		names,
		secrets: typeof registration === "string" && registration !== "" ? { registration } : {}
	};
}
/** MAS takes a URI, or host, username and database apart (crates/config/src/sections/database.rs). */
function masConnection(database) {
	if (typeof database.uri === "string" && URL.canParse(database.uri)) {
		const url = new URL(database.uri);
		return {
			database: decodeURIComponent(url.pathname.replace(/^\//, "")),
			role: decodeURIComponent(url.username)
		};
	}
	return {
		database: database.database,
		role: database.username
	};
}
function publicPath(base) {
	return typeof base === "string" && URL.canParse(base) ? new URL(base).pathname.replace(/\/+$/, "") : "";
}
async function readYaml(session, path) {
	const content = await session.readFile(path);
	if (!content) throw unreadable(path, "is not there");
	try {
		return record((0, import_dist.parse)(content.toString("utf8"), {
			logLevel: "silent",
			schema: "yaml-1.1"
		}));
	} catch {
		throw unreadable(path, "is not YAML");
	}
}
function record(value) {
	return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
function text(value, what, path) {
	if (typeof value !== "string" || value === "") throw unreadable(path, `has no ${what}`);
	return value;
}
/** Names go into SQL and into a settings file of bash: only what needs no quoting in either. */
function word(value, what, path) {
	const name = text(value, what, path);
	if (!/^[A-Za-z0-9][A-Za-z0-9_.@-]*$/.test(name)) throw unreadable(path, `has a ${what} of unusual characters`);
	return name;
}
function unreadable(path, problem) {
	return new ToolkitError({
		kind: "server",
		reason: "server-state-unreadable",
		what: `The file ${path} ${problem}.`,
		where: path,
		remedy: "Install Synapse and MAS with the playbook again, then run this again."
	});
}

// src/migration/receipt-variables.ts
/** The variables whose effective values a receipt binds: what a migration depends on. Published in docs/reference/receipt.md. */
const receiptVariables = [
	"matrix_domain",
	"matrix_server_fqn_matrix",
	"matrix_homeserver_implementation",
	"matrix_homeserver_generic_secret_key",
	"matrix_synapse_container_image_tag",
	"matrix_synapse_version",
	"matrix_synapse_oidc_enabled",
	"matrix_synapse_oidc_providers",
	"matrix_synapse_password_config_enabled",
	"matrix_synapse_password_config_pepper",
	"matrix_synapse_workers_enabled",
	"matrix_synapse_configuration_extension_yaml",
	"matrix_authentication_service_enabled",
	"matrix_authentication_service_version",
	"matrix_authentication_service_migration_in_progress",
	"matrix_authentication_service_hostname",
	"matrix_authentication_service_path_prefix",
	"matrix_authentication_service_config_secrets_encryption",
	"matrix_authentication_service_config_matrix_homeserver",
	"matrix_authentication_service_config_passwords_schemes",
	"matrix_authentication_service_config_upstream_oauth2_providers",
	"matrix_authentication_service_configuration_extension_yaml",
	"matrix_authentication_service_syn2mas_process_extra_arguments",
	"matrix_authentication_service_syn2mas_subcommand_extra_options"
];
/** The static winning value of each variable as a canonical text; what is Jinja or in a vault says so and no more. */
function boundValues(host) {
	return Object.fromEntries(receiptVariables.map((name) => {
		const variable = host.variable(name);
		return [name, variable.value ? canonical(variable.value) : `(${variable.state})`];
	}));
}
/** One text for one value, wherever it stands and however it is written; keys in order. */
function canonical(value) {
	switch (value.kind) {
		case "string": return JSON.stringify(value.value);
		case "integer":
		case "float":
		case "boolean": return String(value.value);
		case "null": return "null";
		case "date": return value.text;
		case "unknown":
		case "vault": return `(${value.kind})`;
		case "list": return `[${value.items.map(canonical).join(",")}]`;
		case "map": return `{${value.entries.map((entry) => `${JSON.stringify(entry.key)}:${canonical(entry.value)}`).sort().join(",")}}`;
	}
}

// src/migration/server/hmac.sh
var hmac_default = "# Reads a JSON object of texts from standard input and answers one of their HMACs. The key is made here and never leaves.\nset -euo pipefail\numask 077\ninstall -d -m 0700 /matrix/auth-actions\nkey=/matrix/auth-actions/receipt.key\nif [ ! -s \"$key\" ]; then\n  head -c 32 /dev/urandom >\"$key.new\"\n  sync \"$key.new\"\n  mv \"$key.new\" \"$key\"\nfi\nexec python3 -c '\nimport hashlib, hmac, json, sys\nkey = open(sys.argv[1], \"rb\").read()\ntexts = json.load(sys.stdin)\nprint(json.dumps({name: hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for name, text in texts.items()}))\n' \"$key\"\n";

// src/migration/receipt.ts
const receiptFile = `${base}/receipt.json`;
/** What would be migrated now, and with what. The HMACs are made on the server. */
async function circumstancesOf(session, facts, checkout, host) {
	const { commit, digest } = checkout;
	const units = [
		facts.synapse,
		...facts.synapse.workers,
		facts.mas
	];
	return {
		host: facts.host,
		dialect: facts.dialect,
		playbook: commit === void 0 ? { digest } : {
			commit,
			digest
		},
		variables: await hmacs(session, boundValues(host)),
		images: Object.fromEntries(units.flatMap(({ name, image }) => image === void 0 ? [] : [[name, image]]))
	};
}
function receiptOf(rehearsal, circumstances) {
	const { facts, command, commandDigest, passes, seconds, at } = rehearsal;
	return {
		version: 1,
		...circumstances,
		command,
		commandDigest,
		counts: facts.synapse.migratable,
		findings: rehearsal.findings.map(({ id, severity, message }) => ({
			id,
			severity,
			message
		})),
		passes,
		rehearsalSeconds: Math.round(seconds * 10) / 10,
		forecastSeconds: forecast(facts.synapse.migratable.users ?? 0),
		at
	};
}
/** Four seconds for stopping and starting, and what syn2mas took: 0.4 s, and 5 s for 100,000 accounts (run with v1.22.0). */
function forecast(users) {
	return Math.round((4.4 + users * 46e-6) * 10) / 10;
}
/** The copy that binds. */
async function storeReceipt(session, receipt) {
	await session.writeFile(receiptFile, `${JSON.stringify(receipt, void 0, 2)}\n`, 384);
}
async function hmacs(session, texts) {
	const result = await session.run([
		"bash",
		"-c",
		hmac_default
	], { input: JSON.stringify(texts) });
	try {
		if (result.code === 0) return JSON.parse(result.stdout);
	} catch {}
	throw new ToolkitError({
		kind: "server",
		reason: "server-command-failed",
		what: "The server could not make the receipt’s HMACs with python3.",
		where: session.host,
		remedy: "See that python3 (which Ansible needs too) and a writable /matrix/auth-actions are there."
	});
}

// src/mas/mas-cli-messages.ts
const schemes = "matrix_authentication_service_config_passwords_schemes";
const synapseExtension = "matrix_synapse_configuration_extension_yaml";
/**
* What `mas-cli syn2mas` finds wrong or notable. Sources: crates/syn2mas/src/synapse_reader/checks.rs and the errors of
* migration.rs, mas_writer/{mod,checks}.rs and crates/cli/src/commands/syn2mas.rs in matrix-authentication-service.
* Severities are those outside the two blocks; a text in the block `Errors` or `Warnings` takes the block's.
*/
const masCliMessages = [
	{
		name: "password-scheme-missing",
		severity: "error",
		match: /missing a password hashing scheme with version '1'/,
		message: () => "MAS has no password scheme of version 1, under which syn2mas stores Synapse's hashes.",
		why: "Without it nobody could log in with their old password.",
		remedy: `Put a scheme \`{version: 1, algorithm: bcrypt}\` with Synapse's pepper into ${schemes}, or remove your own list: the playbook's default has it.`
	},
	{
		name: "password-scheme-not-bcrypt",
		severity: "error",
		match: /must use the Bcrypt algorithm/,
		message: () => "The password scheme of version 1 in MAS is not bcrypt.",
		why: "Synapse's hashes are bcrypt; under another algorithm no old password is accepted. syn2mas checks this even where passwords are switched off.",
		remedy: `Give version 1 \`algorithm: bcrypt\` in ${schemes}; newer algorithms belong in higher versions.`
	},
	{
		name: "password-pepper-differs",
		severity: "error",
		match: /must have the same secret as/,
		message: () => "The secret of MAS's password scheme of version 1 is not Synapse's pepper.",
		why: "Hashes are made with the pepper: with another one no old password is accepted. An absent secret is not an empty one.",
		remedy: `Set the scheme's \`secret\` in ${schemes} to the value of matrix_synapse_password_config_pepper (\`secret: ""\` where that is empty).`
	},
	{
		name: "guests-enabled",
		severity: "error",
		match: /Guest support is enabled/,
		message: () => "Synapse lets guests in.",
		why: "MAS has no guests, so syn2mas refuses to go on.",
		remedy: "Set matrix_synapse_allow_guest_access: false."
	},
	{
		name: "threepid-changes-enabled",
		severity: "error",
		match: /`?enable_3pid_changes`? explicitly enabled/,
		message: () => "Synapse is told to let users change e-mail addresses and phone numbers.",
		why: "With MAS that is no longer for Synapse to do, so syn2mas refuses to go on.",
		remedy: `Remove \`enable_3pid_changes\` from ${synapseExtension}.`
	},
	{
		name: "login-via-existing-session-enabled",
		severity: "error",
		match: /`?login_via_existing_session\.enabled`? set to true/,
		message: () => "Synapse lets an existing session log in a new one.",
		why: "MAS takes logins over, so syn2mas refuses to go on.",
		remedy: `Remove \`login_via_existing_session\` from ${synapseExtension}.`
	},
	{
		name: "server-name-differs",
		severity: "error",
		match: /wrong `matrix\.homeserver` set/,
		message: () => "MAS is configured for another server name than Synapse's.",
		why: "Accounts would belong to a server that does not exist.",
		remedy: "Set matrix_authentication_service_config_matrix_homeserver to matrix_domain, or remove it: the default is right."
	},
	{
		name: "provider-not-in-synapse",
		severity: "error",
		match: /contains (?<n>\d+) users associated to .*? provider '(?<provider>[^']*)' but the Synapse configuration does not contain/,
		message: ({ provider }, n) => `${counted(n, "account is", "accounts are")} linked to the provider '${provider}', which Synapse's configuration does not have.`,
		why: "syn2mas maps links by the providers in homeserver.yaml; these users could not log in through the provider any more.",
		remedy: "Keep matrix_synapse_oidc_enabled and matrix_synapse_oidc_providers until syn2mas has run. Where the provider is gone for good, delete its rows from user_external_ids, or pass --ignore-missing-auth-providers (v1.11 and later) in matrix_authentication_service_syn2mas_command_extra_options to leave the links behind."
	},
	{
		name: "provider-not-in-mas",
		severity: "error",
		match: /provider '(?<provider>[^']*)' .*?used by (?<n>\d+) users which must also be configured in the MAS/,
		message: ({ provider }, n) => `${counted(n, "account logs", "accounts log")} in through the provider '${provider}', which MAS does not have.`,
		why: "These users could not log in after the migration.",
		remedy: "Add the provider to matrix_authentication_service_config_upstream_oauth2_providers, with `synapse_idp_id` as Synapse stores it ('oidc-' before the idp_id)."
	},
	{
		name: "earlier-delegation",
		severity: "error",
		match: /database has (?<n>\d+) mapping entries from a previously-configured MAS/,
		message: (_found, n) => `Synapse holds ${counted(n, "link")} to a MAS that it was delegated to before.`,
		why: "Synapse's older delegation mode leaves one per account that it saw; syn2mas refuses to go on while they are there.",
		remedy: "Delete them in Synapse's database: DELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated';"
	},
	{
		name: "external-auth-system",
		severity: "warning",
		match: /contains (?<system>[^`']+?) auth configuration which will need/,
		message: ({ system }) => `Synapse lets users log in through ${system}, which MAS does not know.`,
		why: "Users who only have that login cannot log in after the migration.",
		remedy: "Put a bridge such as Dex in front of that system, add it to MAS as an upstream provider, and switch the old login off in the vars."
	},
	{
		name: "oidc-in-synapse",
		severity: "warning",
		match: /contains OIDC auth configuration .* manually mapped/,
		message: () => "Synapse has an OIDC provider that must be set up in MAS by hand.",
		why: "Its users could not log in after the migration.",
		remedy: "Add it to matrix_authentication_service_config_upstream_oauth2_providers with its synapse_idp_id."
	},
	{
		name: "registration-enabled",
		severity: "warning",
		match: /has registration enabled/,
		message: () => "Synapse lets people register.",
		why: "Once it delegates to MAS, Synapse refuses to start with it.",
		remedy: "Remove matrix_synapse_enable_registration in the migrating change; MAS has matrix_authentication_service_config_account_password_registration_enabled."
	},
	{
		name: "consent-not-ported",
		severity: "warning",
		match: /`?user_consent`? enabled but MAS has not been configured with terms/,
		message: () => "Synapse asks for consent to its terms, and MAS has none.",
		why: "After the migration nobody is asked for consent.",
		remedy: "Set MAS's branding.tos_uri through matrix_authentication_service_configuration_extension_yaml."
	},
	{
		name: "consent-enabled",
		severity: "warning",
		match: /has `?user_consent`? enabled/,
		message: () => "Synapse asks for consent to its terms.",
		why: "Under delegation this must be off.",
		remedy: `Remove \`user_consent\` from ${synapseExtension} in the migrating change.`
	},
	{
		name: "captcha-not-ported",
		severity: "warning",
		match: /registration CAPTCHA enabled/,
		message: () => "Synapse asks for a CAPTCHA at registration, and MAS does not.",
		why: "After the migration registration is open to robots, if it is open at all.",
		remedy: "Set the matrix_authentication_service_config_captcha_* variables."
	},
	{
		name: "guests-in-database",
		severity: "warning",
		match: /contains (?<n>\d+) guests which will be migrated/,
		message: (_found, n) => `Synapse has ${counted(n, "guest account")}.`,
		why: "They are kept in MAS, but lose their sessions and cannot log in.",
		remedy: "Accept this finding, or deactivate the guests first."
	},
	{
		name: "non-email-threepids",
		severity: "warning",
		match: /contains (?<n>\d+) non-email 3PIDs/,
		message: (_found, n) => `Synapse has ${counted(n, "third-party id")} that ${n === 1 ? "is" : "are"} no e-mail address (most likely phone numbers).`,
		why: "MAS keeps them in a table of their own and does nothing with them.",
		remedy: "Accept this finding. To see whose they are: SELECT user_id FROM user_threepids WHERE medium <> 'email';"
	},
	{
		name: "mas-not-empty",
		severity: "error",
		match: /MAS database is not empty: rows found in at least `(?<table>\w+)`/,
		message: ({ table }) => `MAS's database is not empty (table ${table}), and so syn2mas hides whatever else it found.`,
		why: "Either a migration has been done, or people have logged in to MAS before it.",
		remedy: "Run the action doctor: it names what is there. Accounts made by early logins must go before the migration; a finished migration must not be repeated."
	},
	{
		name: "already-running",
		severity: "error",
		match: /Failed to acquire syn2mas lock|another syn2mas instance is already running|is already in use by container/,
		message: () => "Another syn2mas is running on this server.",
		why: "Two runs at once would spoil each other.",
		remedy: "Wait for it. If its runner died, its container (matrix-authentication-service-syn2mas) goes on by itself until it is done."
	},
	{
		name: "synapse-busy",
		severity: "error",
		match: /whilst locking Synapse table/,
		message: () => "Something is writing to Synapse's database, so syn2mas could not lock it. Nothing was written.",
		why: "What users do while accounts are copied would be lost.",
		remedy: "Stop Synapse and all its workers, end leftover sessions in PostgreSQL, and run this again."
	},
	{
		name: "provider-not-mapped",
		severity: "error",
		match: /missing a mapping for the auth provider with ID/,
		message: () => "Synapse has a login link of a provider for which MAS has no `synapse_idp_id`.",
		why: "syn2mas stops at the first such link.",
		remedy: "Set `synapse_idp_id` on the provider in matrix_authentication_service_config_upstream_oauth2_providers."
	},
	{
		name: "row-without-account",
		severity: "error",
		match: /was not found for migration but a row in (?<table>\w+)/,
		message: ({ table }) => `Synapse's table ${table} has a row of an account that is not there.`,
		why: "syn2mas stops at the first such row.",
		remedy: `Find the rows without an account in Synapse's database and delete them.`
	},
	{
		name: "localpart-unreadable",
		severity: "error",
		match: /failed to extract localpart of/,
		message: () => "Synapse has an account whose name is not of this server.",
		why: "syn2mas stops at the first such account.",
		remedy: "Find it with SELECT name FROM users WHERE name NOT LIKE '@%:SERVER_NAME'; most often it is a leftover of another server name."
	},
	{
		name: "synapse-password-login-mode",
		severity: "error",
		match: /only_for_reauth/,
		message: () => "Synapse has password_config.enabled: only_for_reauth, which syn2mas cannot read.",
		why: "syn2mas stops before it has checked anything.",
		remedy: "Set matrix_synapse_password_config_enabled to true or false until the migration is done."
	},
	{
		name: "synapse-sqlite",
		severity: "error",
		match: /does not support the sqlite3/,
		message: () => "Synapse's database is SQLite.",
		why: "syn2mas only reads PostgreSQL.",
		remedy: "Move Synapse to PostgreSQL first (the playbook has a guide for it)."
	},
	{
		name: "synapse-config-unreadable",
		severity: "error",
		match: /Failed to load Synapse configuration/,
		message: () => "syn2mas cannot read Synapse's homeserver.yaml.",
		why: "It stops before it has checked anything.",
		remedy: "Check matrix_authentication_service_syn2mas_synapse_homeserver_config_path and the rendered file."
	},
	{
		name: "mas-config-unreadable",
		severity: "error",
		match: /failed to load MAS (?:password )?config|for key "default\./,
		message: () => "syn2mas cannot read MAS's config.yaml.",
		why: "It stops before it has checked anything; MAS would not start with it either.",
		remedy: "Run `mas-cli config check` on the server; most often a provider's `id` is no ULID."
	},
	{
		name: "synapse-database-unreachable",
		severity: "error",
		match: /could not connect to Synapse Postgres/,
		message: () => "syn2mas cannot connect to Synapse's database.",
		why: "It stops before it has checked anything.",
		remedy: "Check that PostgreSQL runs, and the database settings in homeserver.yaml."
	},
	{
		name: "mas-database-unreachable",
		severity: "error",
		match: /could not connect to the database/,
		message: () => "syn2mas cannot connect to MAS's database.",
		why: "It stops before it has checked anything.",
		remedy: "Check that PostgreSQL runs, and the database settings in config.yaml."
	},
	{
		name: "synapse-read-failed",
		severity: "error",
		match: /error when reading synapse DB/,
		message: () => "syn2mas lost Synapse's database while it was reading.",
		why: "The run is half done; the next one starts over.",
		remedy: "See that PostgreSQL runs and stays up, and run this again."
	},
	{
		name: "mas-write-failed",
		severity: "error",
		match: /error when writing to MAS DB|error in writer:/,
		message: () => "syn2mas could not write to MAS's database.",
		why: "The run is half done; the next one starts over.",
		remedy: "See that PostgreSQL runs, stays up and has room on its disk, and run this again."
	},
	{
		name: "bad-arguments",
		severity: "error",
		match: /unexpected argument|requires a subcommand|required arguments were not provided/,
		message: () => "syn2mas does not know an argument that it was given.",
		why: "It did nothing.",
		remedy: "Check matrix_authentication_service_syn2mas_command_extra_options and …_subcommand_extra_options against the version of MAS."
	},
	{
		name: "device-address-unreadable",
		severity: "notice",
		match: /Failed to parse device IP/,
		message: (_found, n) => `${counted(n, "device has", "devices have")} an unreadable IP address.`,
		why: "The address is left out; nothing else is lost.",
		remedy: "Nothing to do.",
		together: true
	},
	{
		name: "appservice-localpart-invalid",
		severity: "notice",
		match: /has invalid localpart, ignoring/,
		message: (_found, n) => `${counted(n, "application service account has", "application service accounts have")} a name that MAS does not take.`,
		why: "Accounts of application services are not migrated anyway.",
		remedy: "Nothing to do.",
		together: true
	}
];

// src/mas/node-tool-messages.ts
const mappingVariable = "matrix_authentication_service_syn2mas_process_extra_arguments";
/**
* What the Node tool finds wrong or notable (tools/syn2mas/src/migrate.mts at v0.15.0 of
* matrix-authentication-service). Its warnings stop the real run at the first account that has one, with the accounts
* before it committed, so they are errors here.
*/
const nodeToolMessages = [
	{
		name: "mas-not-empty",
		severity: "error",
		match: /Found (?<n>\d+) existing users in MAS/,
		message: (_found, n) => `MAS already has ${counted(n, "account")}, and the tool refuses to write beside them.`,
		why: "Either a run died half-way, or a migration has been done, or people have logged in to MAS before it.",
		remedy: "Run the action doctor: it names what is there. After a run that died, MAS must be emptied of what it wrote."
	},
	{
		name: "guests-in-database",
		severity: "error",
		match: /Migration of guest users is not supported/,
		message: (_found, n) => `Synapse has ${counted(n, "guest account")}.`,
		why: "The tool cannot migrate guests and stops at the first one.",
		remedy: "Deactivating does not help: delete the guests from the table users (WHERE is_guest = 1), with a backup.",
		together: true
	},
	{
		name: "provider-not-mapped",
		severity: "error",
		match: /Unknown upstream provider (?<provider>\S+)/,
		message: ({ provider }, n) => `${counted(n, "account is", "accounts are")} linked to the provider '${provider}', which the tool was given no mapping for.`,
		why: "The tool stops at the first such account.",
		remedy: `Add "--upstreamProviderMapping PROVIDER:ULID" to ${mappingVariable}: PROVIDER as named here (with its 'oidc-'), ULID the id of the provider in matrix_authentication_service_config_upstream_oauth2_providers.`
	},
	{
		name: "provider-not-in-mas",
		severity: "error",
		match: /Could not find upstream provider (?<ulid>\S+) in MAS database/,
		message: ({ ulid }) => `MAS does not know a provider with the id ${ulid}, which the mapping names.`,
		why: "The tool did nothing.",
		remedy: `Correct the id in ${mappingVariable}, or install MAS with the provider first: it writes its providers into its database when it starts.`
	},
	{
		name: "mapping-malformed",
		severity: "error",
		match: /Upstream provider mapping is not in correct format/,
		message: () => "The provider mapping is not of the form PROVIDER:ULID.",
		why: "The tool did nothing.",
		remedy: `Correct it in ${mappingVariable}, for example "--upstreamProviderMapping oidc-keycloak:01JD0000000000000000000001".`
	},
	{
		name: "non-email-threepids",
		severity: "error",
		match: /Skipping non-email 3pid (?<medium>\S+) for user/,
		message: ({ medium }, n) => `Synapse has ${counted(n, "third-party id")} of the kind '${medium}', which the tool cannot migrate.`,
		why: "A dry run goes on, but the real run stops at the first account that has one, half done.",
		remedy: "Delete them from Synapse before the migration (with a backup). To see whose they are: SELECT user_id FROM user_threepids WHERE medium <> 'email';"
	},
	{
		name: "refresh-token-missing",
		severity: "error",
		match: /Unable to locate refresh token/,
		message: (_found, n) => `${counted(n, "access token names", "access tokens name")} a refresh token that is not there.`,
		why: "A dry run goes on, but the real run stops at the first account that has one, half done.",
		remedy: "Delete such rows of access_tokens in Synapse's database; the sessions must log in again.",
		together: true
	},
	{
		name: "account-had-warnings",
		severity: "error",
		match: /^User \S+ had \d+ warnings$/,
		message: (_found, n) => `${counted(n, "account")} would stop the real run.`,
		why: "What the dry run calls a warning is fatal in the real run.",
		remedy: "Do what the other findings say.",
		together: true
	},
	{
		name: "config-unreadable",
		severity: "error",
		match: /ZodError/,
		message: () => "The tool cannot read one of the two configuration files.",
		why: "It did nothing.",
		remedy: "Each of matrix_synapse_oidc_providers needs `issuer` and `scopes`; password_config.enabled must be true or false."
	},
	{
		name: "duplicate-row",
		severity: "error",
		match: /duplicate key value violates unique constraint/,
		message: () => "MAS already has a row that the tool wanted to write.",
		why: "The run is half done.",
		remedy: "Empty MAS of what the run wrote; then look for accounts whose e-mail addresses or tokens are there twice."
	},
	{
		name: "database-unreachable",
		severity: "error",
		match: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|password authentication failed|database "[^"]*" does not exist/,
		message: () => "The tool cannot connect to one of the two databases.",
		why: "It did nothing.",
		remedy: "Check that PostgreSQL runs, and the database settings in homeserver.yaml and config.yaml."
	}
];

// src/mas/syn2mas-output.ts
/**
* Reads the output of syn2mas. Findings never hold names of accounts or text of the log that may be a secret.
*/
function readSyn2mas(output) {
	return output.dialect === "mas-cli" ? readMasCli(output) : readNodeTool(output);
}
const words = {
	users: "users",
	"third-party IDs": "threepids",
	"upstream links (external IDs)": "external_ids",
	"non-refreshable access tokens": "nonrefreshable_access_tokens",
	"refreshable token pairs": "refreshable_tokens",
	devices: "devices"
};
/** Exit codes of `mas-cli syn2mas` (crates/cli/src/commands/syn2mas.rs). */
const masCliExits = {
	0: "It ran to its end.",
	1: "It failed.",
	2: "It did not understand its arguments.",
	10: "It refused: something must be changed first.",
	11: "The check found warnings.",
	125: "The container could not be started.",
	137: "It was killed.",
	143: "It was ended by a signal."
};
function meaningOf(exitCode, known) {
	if (exitCode === null) return "It was ended by a signal.";
	return known[exitCode] ?? `It ended with the unexpected code ${exitCode}.`;
}
function readMasCli({ exitCode, stdout, stderr }) {
	const entries = readLog(`${stdout}\n${stderr}`);
	const texts = [];
	const counts = {};
	const progress = [];
	for (const entry of entries) {
		texts.push(...textsOfMasCli(entry));
		const count = /^(\d+) (.+?) migrated \((\d+) skipped\) in ([\d.]+)s/.exec(entry.text);
		const category = words[count?.[2] ?? ""];
		if (count && category) counts[category] = {
			migrated: Number(count[1]),
			skipped: Number(count[3]),
			seconds: Number(count[4])
		};
		const step = progressOf(entry);
		if (step) progress.push(step);
	}
	const { findings, unknown } = explain("syn2mas", masCliMessages, texts);
	const all = [...findings, ...unknown.map(unrecognised)];
	const block = (severity) => texts.filter((item) => item.severity === severity).length;
	const dryRun = entries.some((entry) => entry.text.includes("ran in dry-run mode"));
	const checked = stdout.includes("Check completed successfully");
	const result = {
		dialect: "mas-cli",
		exitCode,
		exitMeaning: meaningOf(exitCode, masCliExits),
		counts,
		warnings: block("warning"),
		errors: block("error"),
		progress,
		resetPartialRun: entries.some((entry) => entry.text.includes("Partial syn2mas migration")),
		dryRun
	};
	const outcome = outcomeOfMasCli(exitCode, result.warnings, counts.users !== void 0 || checked);
	return {
		...result,
		outcome,
		findings: withFailure(all, outcome, exitCode)
	};
}
function outcomeOfMasCli(exitCode, warnings, ran) {
	if (exitCode === 10) return "errors";
	if (exitCode === 11) return "warnings";
	if (exitCode !== 0) return "failed";
	if (!ran) return "unproven";
	return warnings > 0 ? "warnings" : "clean";
}
/** The texts of one entry that a finding may explain; those of the two blocks with the block's severity. */
function textsOfMasCli(entry) {
	const block = /^=====\s+(Errors|Warnings)/.exec(entry.text);
	if (entry.level === void 0 && block) {
		const severity = block[1] === "Errors" ? "error" : "warning";
		return entry.text.split("\n").filter((line) => line.startsWith("•")).map((line) => ({
			text: line.slice(1).trim(),
			severity
		}));
	}
	if (entry.level === void 0) return /^(?:E|e)rror: /.test(entry.text) ? [{ text: entry.text }] : [];
	if (/^sqlx/.test(entry.source) || /ran in dry-run mode|Partial syn2mas migration/.test(entry.text) || entry.level !== "warn" && entry.level !== "error") return [];
	return [{ text: entry.text }];
}
function progressOf(entry) {
	if (entry.source !== "progress") return void 0;
	const found = /^migrating (\w+): (\d+) \((\d+) skipped\) \/~\S* \(~([^%]*)%\)/.exec(entry.text);
	if (!found) return void 0;
	const percent = Number(found[4]);
	return {
		category: found[1] ?? "",
		migrated: Number(found[2]),
		skipped: Number(found[3]),
		...Number.isFinite(percent) ? { percent: Math.min(percent, 100) } : {}
	};
}
function readNodeTool({ exitCode, stdout, stderr }) {
	const entries = readLog(`${stdout}\n${stderr}`);
	const summary = entries.map((entry) => /^Completed migration (dry-run )?of (\d+) users with (\d+) fatals and (\d+) warnings/.exec(entry.text)).find((found) => found !== null);
	const end = entries.findIndex((entry) => entry.text.startsWith("Completed migration"));
	const seen = /* @__PURE__ */ new Set();
	const texts = (end === -1 ? entries : [...entries.slice(0, end), ...entries.slice(end)]).filter((entry) => entry.level !== void 0 && [
		"warn",
		"error",
		"fatal"
	].includes(entry.level)).filter((entry) => !/^Error: Migration failed with \d+ fatals/.test(entry.text)).map((entry) => ({ text: entry.text })).filter(({ text }) => !seen.has(text) && seen.add(text));
	const { findings, unknown } = explain("syn2mas", nodeToolMessages, texts);
	const all = [...findings, ...unknown.map(unrecognised)];
	const processed = entries.filter((entry) => entry.text.startsWith("Processing user ")).length;
	const committed = entries.filter((entry) => entry.text.startsWith("Migrated user ")).length;
	const warnings = Number(summary?.[4] ?? 0);
	const errors = Number(summary?.[3] ?? entries.filter((entry) => entry.level === "fatal").length);
	const outcome = outcomeOfNodeTool(exitCode, summary !== void 0, warnings, errors);
	return {
		dialect: "syn2mas-tool",
		outcome,
		exitCode,
		exitMeaning: meaningOf(exitCode, {
			0: "It ran to its end.",
			1: "It refused or failed.",
			...containerExits
		}),
		findings: withFailure(all, outcome, exitCode),
		counts: summary || processed > 0 ? { users: {
			migrated: Number(summary?.[2] ?? processed),
			skipped: 0
		} } : {},
		...committed > 0 ? { committedAccounts: committed } : {},
		warnings,
		errors,
		progress: [],
		resetPartialRun: false,
		dryRun: summary?.[1] !== void 0
	};
}
const containerExits = {
	125: "The container could not be started.",
	137: "It was killed.",
	143: "It was ended by a signal."
};
function outcomeOfNodeTool(exitCode, finished, warnings, fatals) {
	if (exitCode !== 0) return fatals > 0 ? "errors" : "failed";
	if (!finished) return "unproven";
	if (fatals > 0) return "errors";
	return warnings > 0 ? "warnings" : "clean";
}
const shapes = createMasker();
/** Says what the tool said, masked and cut: it may hold anything. Names of accounts are taken out. */
function unrecognised(item) {
	const said = shapes.mask(item.text).replace(/@[^\s:@]+:[\w.-]+/g, "@…").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !/^(?:at |Caused by:)/.test(line)).slice(0, 3).join(" / ");
	return {
		id: "syn2mas/unrecognised",
		severity: item.severity ?? "warning",
		message: `syn2mas says something that this version does not know: ${said.slice(0, 300)}`,
		why: "It may or may not stand in the way of the migration.",
		remedy: "Read it; where it is harmless, accept this finding by its id.",
		count: 1
	};
}
/** A run that did not do its work must never come without an error. */
function withFailure(findings, outcome, exitCode) {
	if (!(outcome === "failed" || outcome === "errors" || outcome === "unproven") || findings.some((finding) => finding.severity === "error")) return [...findings];
	const what = outcome === "unproven" ? "syn2mas ended well, but nothing shows that it did anything." : `syn2mas ended with ${exitCode === null ? "a signal" : `code ${exitCode}`} and gave no reason.`;
	return [...findings, {
		id: outcome === "unproven" ? "syn2mas/no-result" : "syn2mas/failed",
		severity: "error",
		message: what,
		why: "Only a run that reports what it counted proves anything.",
		remedy: "Run it again; if it stays so, run the command by hand on the server.",
		count: 1
	}];
}

// src/migration/scratch.ts
const prefix = "matrix_auth_actions_rehearsal_";
const folderPrefix = `${base}/rehearsal-`;
const leftoverAgeSeconds = 3600;
/** Whether a database is what a rehearsal left behind that died: by its name, which holds the time, in seconds since 1970. */
function isLeftover(database, nowSeconds) {
	const stamp = database.startsWith(prefix) ? database.slice(30) : "";
	return /^\d{10}$/.test(stamp) && nowSeconds - Number(stamp) > leftoverAgeSeconds;
}
/**
* MAS's configuration with another database in it; comments stay.
* @throws ToolkitError `server-state-unreadable` where it names its database in no way that MAS knows.
*/
function withDatabase(configYaml, database) {
	const document = (0, import_dist.parseDocument)(configYaml, { version: "1.1" });
	const section = document.get("database");
	const uri = (0, import_dist.isMap)(section) ? section.get("uri") : void 0;
	if (typeof uri === "string" && URL.canParse(uri)) {
		const url = new URL(uri);
		url.pathname = `/${database}`;
		document.setIn(["database", "uri"], url.href);
	} else if ((0, import_dist.isMap)(section) && typeof section.get("database") === "string") document.setIn(["database", "database"], database);
	else throw new ToolkitError({
		kind: "server",
		reason: "server-state-unreadable",
		what: "The configuration of MAS names its database neither by uri nor by name.",
		where: masConfigYaml,
		remedy: "Install MAS with the playbook again, then run this again."
	});
	return document.toString({ lineWidth: 0 });
}
/** Drops what rehearsals left that died more than an hour ago. */
async function dropLeftovers(session, clock) {
	const now = Math.floor(clock.now().getTime() / 1e3);
	const names = await querySql(session, "postgres", `SELECT datname FROM pg_database WHERE datname LIKE '${prefix}%';`);
	for (const database of names.split("\n").filter((name) => isLeftover(name, now))) await dropScratch(session, {
		database,
		folder: `${folderPrefix}${database.slice(30)}`
	});
}
/**
* Makes the database, owned by MAS's role, as PostgreSQL's superuser, and the configuration, readable by MAS's user alone.
* @throws ToolkitError where PostgreSQL or the disk refuses.
*/
async function makeScratch(session, names, clock) {
	const stamp = Math.floor(clock.now().getTime() / 1e3);
	const scratch = {
		database: `${prefix}${stamp}`,
		folder: `${folderPrefix}${stamp}`
	};
	const config = await session.readFile(masConfigYaml);
	if (!config) throw new Error("MAS is installed, so its configuration was there a moment ago");
	const content = withDatabase(config.toString("utf8"), scratch.database);
	await querySql(session, "postgres", `CREATE DATABASE "${scratch.database}" OWNER "${names.masRole}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';`);
	await must(session, [
		"install",
		"-d",
		"-m",
		"0700",
		base,
		scratch.folder
	]);
	const file = `${scratch.folder}/config.yaml`;
	await session.writeFile(file, content, 256);
	await must(session, [
		"chown",
		`--reference=${masConfigYaml}`,
		file
	]);
	return scratch;
}
/** Removes both; whatever still writes to the database loses its connection. */
async function dropScratch(session, scratch) {
	await session.run([
		"rm",
		"-rf",
		scratch.folder
	]);
	await querySql(session, "postgres", `DROP DATABASE IF EXISTS "${scratch.database}" WITH (FORCE);`);
}
async function must(session, argv) {
	const { code, stderr } = await session.run(argv);
	if (code === 0) return;
	throw new ToolkitError({
		kind: "server",
		reason: "server-command-failed",
		what: `${argv[0]} failed on the server: ${stderr.split("\n")[0] ?? ""}`,
		where: session.host,
		remedy: "See that the disk of /matrix has room and is writable, then run this again."
	});
}

// src/migration/syn2mas-command.ts
/** The fixed name of the container that the playbook runs syn2mas in; it is a lock too. */
const syn2masContainer = "matrix-authentication-service-syn2mas";
const masConfigFolder = "/matrix/matrix-authentication-service/config";
const dryRunFlags = {
	"mas-cli": "--dry-run",
	"syn2mas-tool": "--dryRun"
};
/**
* Finds the run of syn2mas in what Ansible reported.
* @throws ToolkitError `playbook-failed` where the tag ran nothing: it exits 0 then all the same, such as with MAS not enabled.
*/
function tagCommand(outcome, host) {
	const { command, rc, stdout = "", stderr = "" } = commandResult(outcome, [
		"docker",
		"run",
		"matrix-authentication-service-syn2mas"
	], host)?.result ?? {};
	if (command === void 0 || command.length < 2 || rc === void 0) throw new ToolkitError({
		kind: "tool",
		reason: "playbook-failed",
		what: `The playbook's tag did not run syn2mas (Ansible's exit code was ${outcome.code}).`,
		where: host,
		remedy: "Check that the vars have MAS enabled, and what the log says of the task that failed."
	});
	return {
		command,
		result: {
			code: rc,
			stdout,
			stderr
		}
	};
}
/**
* The command of the real run: the rehearsal's without its dry-run flag, on MAS's own configuration.
* @param folder Where the rehearsal's configuration lay; MAS's own where it ran in place.
* @throws Error where the command is not a dry run: then it was not what we asked the playbook for.
*/
function realCommand(command, dialect, folder) {
	const flag = dryRunFlags[dialect];
	if (command.filter((word) => word === flag).length !== 1) throw new Error(`the command has not one ${flag}`);
	return command.filter((word) => word !== flag).map((word) => word.replaceAll(`${folder}/`, `${masConfigFolder}/`));
}
/** sha256 over the words; what a receipt binds. */
function commandDigest(command) {
	return createHash("sha256").update(command.join("\0")).digest("hex");
}

// src/migration/rehearse.ts
/**
* Rehearses the migration on the real server and leaves no trace: by the playbook's own tag, in the `mas-cli` dialect against
* a scratch database, in the `syn2mas-tool` dialect in place (its dry run writes nothing) with MAS started again afterwards.
* @throws ToolkitError where the server is in no state to be rehearsed on, the tag ran nothing, or something did not come back.
*/
async function rehearse(side, options) {
	const { session, playbook, clock } = side;
	const before = await probeServer(session, playbook.checkout.dialect);
	requireReady(before, options);
	const { names } = await readNames(session, before);
	const at = clock.now().toISOString();
	const ran = await runTag(side, options, names);
	requireUntouched(before, await probeServer(session, playbook.checkout.dialect));
	const result = readSyn2mas({
		dialect: before.dialect,
		...toolOutput(ran)
	});
	const findings = [...strangersFinding(before), ...result.findings].map((finding) => ({
		...finding,
		host: before.host
	}));
	return {
		result,
		command: ran.command,
		commandDigest: commandDigest(ran.command),
		findings,
		passes: passes(result) && before.mas.strangers.count === 0,
		facts: before,
		seconds: ran.seconds,
		at
	};
}
/**
* Of the Node tool a warning for an account is fatal in the real run, so none may be left; of mas-cli only errors keep the
* real run from being done.
*/
function passes({ dialect, outcome }) {
	return outcome === "clean" || dialect === "mas-cli" && outcome === "warnings";
}
function toolOutput({ exitCode, stdout, stderr }) {
	return {
		exitCode,
		stdout,
		stderr
	};
}
async function runTag(side, options, names) {
	if (side.playbook.checkout.dialect === "syn2mas-tool") return masAgain(side, names, () => callTag(side));
	try {
		return await againstScratch(side, names);
	} catch (error) {
		if (!(error instanceof ToolkitError && error.reason === "server-state-unreadable") || !options.allowInPlace) throw error;
		side.log.warning(`No database can be made beside MAS's own: ${error.message} Rehearsing in place, MAS stopped.`);
		return inPlace(side, names);
	}
}
async function againstScratch(side, names) {
	const { session, clock } = side;
	await dropLeftovers(session, clock);
	const scratch = await makeScratch(session, names, clock);
	try {
		return await callTag(side, scratch.folder);
	} finally {
		await dropScratch(session, scratch);
	}
}
/** A dry run that dies leaves MAS's tables renamed; a second one puts them back. */
async function inPlace(side, names) {
	await systemctl(side.session, "stop", names.masUnit);
	return masAgain(side, names, async () => {
		const ran = await callTag(side);
		const { mas } = await probeServer(side.session, names.dialect);
		if (mas.tables === "renamed") await callTag(side);
		return ran;
	});
}
async function callTag({ playbook, log, run = runPlaybook }, folder) {
	const { checkout, host, inventory, extraVars, trust, vaultPassword, ansibleBin } = playbook;
	const { syn2masTag, dryRunVariable } = checkout.capabilities;
	log.info(`The playbook runs ${syn2masTag} as a dry run.`);
	const outcome = await run({
		checkout,
		inventory,
		limit: host,
		tags: [syn2masTag],
		extraVars: {
			...extraVars,
			[dryRunVariable]: true,
			...folder === void 0 ? {} : { matrix_authentication_service_config_path: folder }
		},
		trust,
		...vaultPassword === void 0 ? {} : { vaultPassword },
		...ansibleBin === void 0 ? {} : { ansibleBin },
		timeoutMs: 18e5
	});
	const { command, result } = tagCommand(outcome, host);
	return {
		command: realCommand(command, checkout.dialect, folder ?? "/matrix/matrix-authentication-service/config"),
		exitCode: result.code,
		stdout: result.stdout,
		stderr: result.stderr,
		seconds: outcome.seconds
	};
}
/** Whatever happens meanwhile, MAS is started again and answers before this returns. */
async function masAgain(side, names, work) {
	try {
		return await work();
	} finally {
		await systemctl(side.session, "start", names.masUnit);
		await untilMasAnswers(side, names);
	}
}
async function systemctl(session, verb, unit) {
	const { code } = await session.run([
		"systemctl",
		verb,
		unit
	], { timeoutMs: 12e4 });
	if (code === 0) return;
	throw new ToolkitError({
		kind: "server",
		reason: "server-command-failed",
		what: `systemctl ${verb} ${unit} failed with exit code ${code}.`,
		where: session.host,
		meaning: "Nothing for users: Synapse is on its own login and was not touched.",
		remedy: `Look at the log on the server: journalctl -u ${unit} -n 50.`
	});
}
async function untilMasAnswers({ session, clock }, names) {
	const ask = askFrom(session, names.synapseUnit);
	const url = `${names.masUrl}/.well-known/openid-configuration`;
	for (let turn = 0; turn < 60; turn += 1) {
		if ((await ask({ url }).catch(() => void 0))?.status === 200) return;
		await clock.sleep(1e3);
	}
	throw new ToolkitError({
		kind: "server",
		reason: "server-command-failed",
		what: "MAS was stopped for the rehearsal and does not answer again after its start.",
		where: session.host,
		meaning: "Nothing for users: Synapse is on its own login and was not touched.",
		remedy: `Look at the log on the server: journalctl -u ${names.masUnit} -n 50.`
	});
}
function requireReady(facts, options) {
	const { mas, synapse, ours, host } = facts;
	const held = ours.lock && ours.lock.leaseSeconds > 0 && ours.lock.fence !== options.fence;
	const why = held ? `the server is held by ${ours.lock?.owner}` : !mas.installed ? "MAS is not installed on it" : synapse.delegating !== "no" ? "Synapse delegates already" : mas.tables !== "whole" ? `the tables of MAS are ${mas.tables}` : void 0;
	if (why === void 0) return;
	throw new ToolkitError({
		kind: "refused",
		reason: held ? "lock-held" : "refused-state",
		what: `There is nothing to rehearse on this server: ${why}.`,
		where: host,
		remedy: held ? "Wait until the other run has ended." : "A rehearsal wants a server on which the prepare pull request was deployed, and no migration begun."
	});
}
/** Nothing may be stopped, started or renamed that was not before. */
function requireUntouched(before, after) {
	const units = ({ synapse, mas, postgres }) => [
		synapse,
		...synapse.workers,
		mas,
		postgres
	];
	const changed = units(before).filter((unit) => {
		const now = units(after).find((other) => other.name === unit.name);
		return unit.container && !now?.container;
	});
	const renamed = before.mas.tables === "whole" && after.mas.tables !== "whole";
	if (changed.length === 0 && !renamed) return;
	throw new ToolkitError({
		kind: "server",
		reason: "server-command-failed",
		what: `The rehearsal left a trace: ${[...changed.map(({ name }) => `${name} does not run`), ...renamed ? ["the tables of MAS are renamed"] : []].join(", ")}.`,
		where: before.host,
		remedy: "Start what does not run with systemctl; run the rehearsal again, which puts the tables back."
	});
}
function strangersFinding({ mas }) {
	const { count, names } = mas.strangers;
	if (count === 0) return [];
	return [{
		id: "syn2mas/early-logins",
		severity: "error",
		message: `MAS holds ${count} accounts that Synapse does not have: ${names.slice(0, 5).join(", ")}.`,
		why: "Somebody logged in through MAS before the migration; syn2mas then refuses the database as not empty.",
		remedy: "Keep MAS from being advertised while prepared (the three variables of the prepare pull request), and delete these accounts in MAS."
	}];
}

// src/migration/rehearsal-deps.ts
/** What a rehearsal says that keeps the real run from being done. */
function doesNotPass({ findings, result, facts }) {
	const first = findings.filter(({ severity }) => severity !== "notice").slice(0, 5).map(({ message }) => message);
	return new ToolkitError({
		kind: "tool",
		reason: "syn2mas-failed",
		what: `The rehearsal found what would stop the migration. ${result.exitMeaning} ${first.join(" ")}`,
		where: facts.host,
		remedy: findings[0]?.remedy ?? "Run syn2mas-dry-run and read its findings."
	});
}

// src/migration/server-deps.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms))
};

// src/actions/rehearsal/rehearse-servers.ts
/**
* Rehearses on each host, one after the other, and leaves a receipt on each, also of a rehearsal that did not pass.
* @param log Gets masked lines of untrusted text; whoever prints them escapes them.
*/
async function rehearseServers(inputs, root, environment, log) {
	const access = await accessOf(inputs, root, environment);
	const forecasts = [];
	const receipts = [];
	let error;
	for (const target of access.targets) try {
		const { receipt, forecast, failure } = await rehearseOne(inputs, access, target, log);
		receipts.push(receipt);
		forecasts.push(forecast);
		error ??= failure;
	} catch (cause) {
		forecasts.push(failed(target.address.inventoryName, cause));
		error ??= cause;
	}
	return {
		forecasts,
		receipts,
		...error === void 0 ? {} : { error }
	};
}
function failed(host, cause) {
	return {
		host,
		verdict: "failed",
		message: cause instanceof ToolkitError ? cause.message : "The rehearsal failed on a bug of this toolkit.",
		findings: []
	};
}
async function rehearseOne(inputs, access, target, log) {
	const { inventory, checkout, trust } = access;
	return withServer(inputs, access, target, log, async ({ session, print }) => {
		const side = {
			session,
			playbook: {
				checkout,
				inventory,
				host: target.address.inventoryName,
				extraVars: inputs.extraVars,
				present: {},
				trust,
				...inputs.vaultPassword === void 0 ? {} : { vaultPassword: inputs.vaultPassword }
			},
			clock: systemClock,
			log: {
				info: print,
				warning: print
			}
		};
		const rehearsal = await rehearse(side, { allowInPlace: inputs.allowInPlace });
		const circumstances = await circumstancesOf(session, rehearsal.facts, checkout, target.host);
		const receipt = receiptOf(rehearsal, circumstances);
		await storeReceipt(session, receipt);
		return {
			receipt,
			forecast: forecastOf(receipt, rehearsal.findings),
			...rehearsal.passes ? {} : { failure: doesNotPass(rehearsal) }
		};
	});
}
function forecastOf(receipt, findings) {
	const { host, passes, forecastSeconds, at } = receipt;
	const users = receipt.counts.users ?? 0;
	const counts = Object.entries(receipt.counts).filter(([, count]) => count !== null);
	return {
		host,
		verdict: !passes ? "failed" : findings.length > 0 ? "findings" : "clean",
		message: passes ? `The migration would carry over ${users} accounts; users would wait about ${forecastSeconds} s.` : "The migration would fail, and the server would go back to its own login.",
		counts: Object.fromEntries(counts),
		windowSeconds: forecastSeconds,
		rehearsedAt: at,
		findings
	};
}

// src/actions/syn2mas-dry-run.ts
const inputTable = {
	...serverInputs,
	"allow-in-place": flag(false),
	"json-path": optional(text$1())
};
async function main(runner) {
	const inputs = readInputs(inputTable, actionInput(runner.environment));
	const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd();
	if (inputs.vaultPassword !== void 0) maskSecret(runner, inputs.vaultPassword);
	const { forecasts, receipts, error } = await rehearseServers(inputs, root, runner.environment, (line) => printLog(runner, line));
	const findings = forecasts.flatMap((forecast) => forecast.findings);
	for (const line of annotations(findings).lines) runner.write(`${line}\n`);
	writeReport(root, inputs.jsonPath, `${JSON.stringify({
		version: 1,
		forecasts,
		receipts
	}, void 0, 2)}\n`);
	appendSummary(runner, renderRehearsal(forecasts));
	setOutput(runner, "passes", String(error === void 0));
	setOutput(runner, "findings", String(findings.length));
	setOutput(runner, "forecast-seconds", String(Math.max(0, ...forecasts.map((each) => each.windowSeconds ?? 0))));
	if (error !== void 0) throw error;
}
await runAction(main);

export {  };
//# sourceMappingURL=syn2mas-dry-run.js.map