import { u as failureLine } from "./folders.js";
import { a as shownText, i as causeOf, n as explain, r as withCause, t as readLog } from "./log-entries.js";
import { c as mappingVariable, f as schemesVariable, m as synapseExtension } from "./variables.js";
import { l as plural } from "./account-counts.js";

// src/mas/output/failure-messages.ts
const again = "The run is incomplete. The next run starts over.";
const failureMessages = [
	{
		name: "already-running",
		match: /Failed to acquire syn2mas lock|another syn2mas instance is already running|is already in use by container/,
		message: () => "Another syn2mas is running on this server.",
		why: "Two runs at once would corrupt each other.",
		remedy: "Wait until it ends. If its run died, its container (matrix-authentication-service-syn2mas) still runs until it is done."
	},
	{
		name: "synapse-access-denied",
		match: /^(?=.*(?:synapse|query failed)).*permission denied for (?<object>\w+ "?[\w.-]+)/is,
		message: ({ object }) => `PostgreSQL denies syn2mas access to Synapse's database: permission denied for ${object}.`,
		why: "syn2mas must read all accounts, devices and tokens of Synapse.",
		remedy: "As PostgreSQL's superuser, give the role that syn2mas connects with (MAS's role, or `database.args.user` of homeserver.yaml) read access to Synapse's database: `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE;`"
	},
	{
		name: "access-denied",
		match: /permission denied for (?<object>\w+ "?[\w.-]+)/is,
		message: ({ object }) => `PostgreSQL denies syn2mas access: permission denied for ${object}.`,
		why: "syn2mas reads Synapse's database, and changes the schema of MAS's database.",
		remedy: "As PostgreSQL's superuser, make MAS's role the owner of its database and of its schema `public`. In Synapse's database, give the role that syn2mas connects with read access: `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE;`"
	},
	{
		name: "disk-full",
		match: /no space left on device|disk full|could not (?:extend|write to) file|ENOSPC/i,
		message: () => "The disk of the server is full.",
		why: again,
		remedy: "Free space on the server (`df -h /matrix`), then run this again."
	},
	{
		name: "too-many-connections",
		match: /too many (?:clients|connections)|remaining connection slots/i,
		message: () => "PostgreSQL accepts no more connections.",
		why: "syn2mas opens ten connections.",
		remedy: "Raise `postgres_max_connections`, deploy, then run this again. A limit of MAS's role counts too: `ALTER ROLE … CONNECTION LIMIT -1`.",
		showsCause: true
	},
	{
		name: "schema-differs",
		match: /(?:relation|column) "?(?<object>[\w.]+)"? does not exist/,
		message: ({ object }) => `A database has no \`${object}\`, which syn2mas reads.`,
		why: "The versions of Synapse and MAS do not fit, or the database is not the one that Synapse uses.",
		remedy: "Check that homeserver.yaml names the database that Synapse uses. Then deploy the versions that the playbook pins, so that Synapse updates its schema.",
		showsCause: true
	},
	{
		name: "connection-lost",
		match: /terminating connection|server closed the connection|connection (?:reset|terminated)|broken pipe|unexpected (?:end of file|EOF)|ECONNRESET|the database system is |cannot connect now/i,
		message: () => "PostgreSQL ended a connection of syn2mas.",
		why: again,
		remedy: "Run on the server: `journalctl -u matrix-postgres -n 50`. Fix the cause, then run this again.",
		showsCause: true
	}
];
const crashMessages = [{
	name: "container-not-started",
	match: /^docker: |^Unable to find image|^OCI runtime|^exec .*: /,
	message: () => "The container of syn2mas could not start.",
	why: "It did nothing.",
	remedy: "Fix the cause on the server, then run this again.",
	showsCause: true
}, {
	name: "crashed",
	match: /^thread '.*panicked at/,
	message: () => "syn2mas crashed.",
	why: `This is a bug of syn2mas. ${again}`,
	remedy: "Look for the message in the issues of matrix-authentication-service. Another version of MAS may not have the bug.",
	showsCause: true
}];

// src/mas/output/mas-cli-messages.ts
const masCliMessages = [
	{
		name: "password-scheme-missing",
		match: /missing a password hashing scheme with version '1'/,
		message: () => "MAS has no password scheme with version 1. syn2mas stores Synapse's hashes under that version.",
		why: "Without it, no user could log in with an old password.",
		remedy: `Add \`{version: 1, algorithm: bcrypt}\` with Synapse's pepper to ${schemesVariable}, or remove your own list: the playbook's default contains it.`
	},
	{
		name: "password-scheme-not-bcrypt",
		match: /must use the Bcrypt algorithm/,
		message: () => "The password scheme with version 1 in MAS does not use bcrypt.",
		why: "Synapse's hashes are bcrypt. With another algorithm, MAS accepts no old password. syn2mas checks this even if passwords are disabled.",
		remedy: `Set \`algorithm: bcrypt\` for version 1 in ${schemesVariable}. Put newer algorithms in higher versions.`
	},
	{
		name: "password-pepper-differs",
		match: /must have the same secret as/,
		message: () => "The secret of MAS's password scheme with version 1 differs from Synapse's pepper.",
		why: "The pepper is part of every hash: with another one, MAS accepts no old password. A missing secret differs from an empty one.",
		remedy: `Set the scheme's \`secret\` in ${schemesVariable} to the value of matrix_synapse_password_config_pepper (\`secret: ""\` if that is empty).`
	},
	{
		name: "guests-enabled",
		match: /Guest support is enabled/,
		message: () => "Synapse allows guest access.",
		why: "MAS does not support guests, so syn2mas stops.",
		remedy: "Set matrix_synapse_allow_guest_access: false."
	},
	{
		name: "threepid-changes-enabled",
		match: /`?enable_3pid_changes`? explicitly enabled/,
		message: () => "Synapse is configured to let users change e-mail addresses and phone numbers.",
		why: "MAS takes over that task, so syn2mas stops.",
		remedy: `Remove \`enable_3pid_changes\` from ${synapseExtension}.`
	},
	{
		name: "login-via-existing-session-enabled",
		match: /`?login_via_existing_session\.enabled`? set to true/,
		message: () => "Synapse lets an existing session log in a new one.",
		why: "MAS takes over logins, so syn2mas stops.",
		remedy: `Remove \`login_via_existing_session\` from ${synapseExtension}.`
	},
	{
		name: "server-name-differs",
		match: /wrong `matrix\.homeserver` set/,
		message: () => "MAS is configured with another server name than Synapse.",
		why: "Accounts would belong to a server that does not exist.",
		remedy: "Remove matrix_authentication_service_config_matrix_homeserver: the default is correct."
	},
	{
		name: "provider-not-in-synapse",
		match: /contains (?<n>\d+) users associated to .*? provider '(?<provider>[^']*)' but the Synapse configuration does not contain/,
		message: ({ provider }, n) => `${plural(n, "account is", "accounts are")} linked to the provider '${provider}', which is missing in Synapse's configuration.`,
		why: "syn2mas maps links by the providers in homeserver.yaml. Without it, these users could no longer log in through the provider.",
		remedy: "Keep matrix_synapse_oidc_enabled and matrix_synapse_oidc_providers until syn2mas has run. If you removed the provider for good, delete its rows from user_external_ids. Or add --ignore-missing-auth-providers (MAS v1.11 and later) to matrix_authentication_service_syn2mas_command_extra_options to skip the links."
	},
	{
		name: "provider-not-in-mas",
		match: /provider '(?<provider>[^']*)' .*?used by (?<n>\d+) users which must also be configured in the MAS/,
		message: ({ provider }, n) => `Synapse's provider '${provider}' has no matching provider in MAS; ${plural(n, "account logs", "accounts log")} in through it.`,
		why: "These users could not log in after the migration.",
		remedy: ({ provider }) => `Add the provider to matrix_authentication_service_config_upstream_oauth2_providers, with \`synapse_idp_id: ${provider}\`.`
	},
	{
		name: "earlier-delegation",
		match: /database has (?<n>\d+) mapping entries from a previously-configured MAS/,
		message: (_found, n) => `Synapse has ${plural(n, "link")} to a MAS that it delegated to before.`,
		why: "Synapse's older delegation mode leaves one per account. syn2mas stops until they are deleted.",
		remedy: "To delete them, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c \"DELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated'\"`"
	},
	{
		name: "external-auth-system",
		severity: "warning",
		match: /contains (?<system>[^`']+?) auth configuration which will need/,
		message: ({ system }) => `Synapse lets users log in through ${system}, which MAS does not support.`,
		why: "Users without another way to log in are locked out after the migration.",
		remedy: "Put an OpenID Connect bridge such as Dex in front of that system, add the bridge to MAS as an upstream provider, and disable the old login in the vars."
	},
	{
		name: "oidc-in-synapse",
		severity: "warning",
		match: /contains OIDC auth configuration .* manually mapped/,
		message: () => "Synapse has an OIDC provider that you must add to MAS.",
		why: "Without it, its users cannot log in after the migration.",
		remedy: "Add it to matrix_authentication_service_config_upstream_oauth2_providers with its synapse_idp_id."
	},
	{
		name: "registration-enabled",
		severity: "warning",
		match: /has registration enabled/,
		message: () => "Synapse allows registration.",
		why: "With this setting, Synapse does not start once it delegates to MAS.",
		remedy: "Remove matrix_synapse_enable_registration in the pull request that migrates. In MAS, set matrix_authentication_service_config_account_password_registration_enabled instead."
	},
	{
		name: "consent-not-ported",
		severity: "warning",
		match: /`?user_consent`? enabled but MAS has not been configured with terms/,
		message: () => "Synapse asks for consent to its terms, and MAS has none.",
		why: "After the migration, users are no longer asked for consent.",
		remedy: "Set MAS's branding.tos_uri through matrix_authentication_service_configuration_extension_yaml."
	},
	{
		name: "consent-enabled",
		severity: "warning",
		match: /has `?user_consent`? enabled/,
		message: () => "Synapse asks for consent to its terms.",
		why: "This must be off once Synapse delegates to MAS.",
		remedy: `Remove \`user_consent\` from ${synapseExtension} in the pull request that migrates.`
	},
	{
		name: "captcha-not-ported",
		severity: "warning",
		match: /registration CAPTCHA enabled/,
		message: () => "Synapse asks for a CAPTCHA at registration, and MAS does not.",
		why: "If registration is open, bots can register after the migration.",
		remedy: "Set the matrix_authentication_service_config_captcha_* variables."
	},
	{
		name: "guests-in-database",
		severity: "warning",
		match: /contains (?<n>\d+) guests which will be migrated/,
		message: (_found, n) => `Synapse has ${plural(n, "guest account")}.`,
		why: "MAS keeps the accounts, but they lose their sessions and cannot log in.",
		remedy: "Accept this finding in `accepted-findings.yml`, or deactivate the guests first."
	},
	{
		name: "non-email-threepids",
		severity: "warning",
		match: /contains (?<n>\d+) non-email 3PIDs/,
		message: (_found, n) => `Synapse has ${plural(n, "third-party id")} other than e-mail addresses, most likely phone numbers.`,
		why: "MAS stores them in a separate table and does not use them: users can no longer log in with a phone number.",
		remedy: "Accept this finding in `accepted-findings.yml`. To list their accounts, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c \"SELECT user_id FROM user_threepids WHERE medium <> 'email'\"`"
	},
	{
		name: "mas-not-empty",
		match: /MAS database is not empty: rows found in at least `(?<table>\w+)`/,
		message: ({ table }) => `MAS's database is not empty (table ${table}). syn2mas does not show its other findings in this case.`,
		why: "Either the migration has already run, or users logged in to MAS before it.",
		remedy: "Run the action doctor: it lists the accounts. Delete accounts of early logins before you migrate. Do not repeat a finished migration."
	},
	{
		name: "synapse-busy",
		match: /whilst locking Synapse table(?!.*Caused by:)|could not obtain lock on relation/,
		message: () => "syn2mas could not lock Synapse's database because another process writes to it. Nothing was written.",
		why: "Changes that users make during the copy would be lost.",
		remedy: "Stop Synapse and all its workers, end the remaining sessions in PostgreSQL, and run this again."
	},
	{
		name: "provider-not-mapped",
		match: /missing a mapping for the auth provider with ID "(?<provider>[^"]*)"/,
		message: ({ provider }) => `Synapse has an account linked to the provider '${provider}', which no provider in MAS takes over.`,
		why: "syn2mas stops at the first such link.",
		remedy: ({ provider }) => `Set \`synapse_idp_id: ${provider}\` on the provider in matrix_authentication_service_config_upstream_oauth2_providers.`
	},
	{
		name: "row-without-account",
		match: /was not found for migration but a row in (?<table>\w+)/,
		message: ({ table }) => `Synapse's table ${table} has a row for an account that does not exist.`,
		why: "syn2mas stops at the first such row.",
		remedy: "Delete the rows without an account from that table in Synapse's database."
	},
	{
		name: "localpart-unreadable",
		match: /failed to extract localpart of/,
		message: () => "Synapse has an account with the name of another server.",
		why: "syn2mas stops at the first such account.",
		remedy: "To find it, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c \"SELECT name FROM users WHERE name NOT LIKE '@%:SERVER_NAME'\"`. Delete it if it is left over from an earlier server name."
	},
	{
		name: "synapse-password-login-mode",
		match: /only_for_reauth/,
		message: () => "Synapse has password_config.enabled: only_for_reauth, which syn2mas cannot read.",
		why: "syn2mas stops before it checks anything.",
		remedy: "Set matrix_synapse_password_config_enabled to true or false until the migration has finished."
	},
	{
		name: "synapse-sqlite",
		match: /does not support the sqlite3/,
		message: () => "Synapse's database is SQLite.",
		why: "syn2mas reads only PostgreSQL.",
		remedy: "Migrate Synapse to PostgreSQL first. The playbook has a guide for this."
	},
	{
		name: "synapse-config-unreadable",
		match: /Failed to load Synapse configuration/,
		message: () => "syn2mas cannot read Synapse's homeserver.yaml.",
		why: "It stops before it checks anything.",
		remedy: `Correct the key that the cause names: it comes from ${synapseExtension}, or from the variables of Synapse. If the file itself is missing, check matrix_authentication_service_syn2mas_synapse_homeserver_config_path.`,
		showsCause: true
	},
	{
		name: "mas-config-unreadable",
		match: /failed to load MAS (?:password )?config|for key "default\.|in \S+ YAML file/,
		message: () => "syn2mas cannot read MAS's config.yaml.",
		why: "It stops before it checks anything. MAS would not start with this file either.",
		remedy: "Correct the setting that the cause names. Then run `/matrix/matrix-authentication-service/bin/mas-cli config check` on the server.",
		showsCause: true
	},
	{
		name: "synapse-database-unreachable",
		match: /could not connect to Synapse Postgres/,
		message: () => "syn2mas cannot connect to Synapse's database.",
		why: "It stops before it checks anything.",
		remedy: "Check that PostgreSQL is running, and check the database settings in homeserver.yaml.",
		showsCause: true
	},
	{
		name: "mas-database-unreachable",
		match: /could not connect to the database/,
		message: () => "syn2mas cannot connect to MAS's database.",
		why: "It stops before it checks anything.",
		remedy: "Check that PostgreSQL is running, and check the database settings in config.yaml.",
		showsCause: true
	},
	{
		name: "synapse-read-failed",
		match: /error when reading synapse DB|query failed|whilst (?:reading|locking) Synapse/,
		message: () => "syn2mas could not read Synapse's database to the end.",
		why: "The run is incomplete. The next run starts over.",
		remedy: "Check that PostgreSQL is running and stays up, then run this again.",
		showsCause: true
	},
	{
		name: "mas-write-failed",
		match: /error when writing to MAS DB|error in writer:/,
		message: () => "syn2mas could not write to MAS's database.",
		why: "The run is incomplete. The next run starts over.",
		remedy: "Check that PostgreSQL is running, stays up and has free disk space, then run this again.",
		showsCause: true
	},
	{
		name: "mas-schema-failed",
		match: /could not run migrations|while executing migrations|could not sync the configuration/,
		message: () => "syn2mas could not update the schema or the providers of MAS's database.",
		why: "It stops before it checks anything.",
		remedy: "Fix the cause, then run this again.",
		showsCause: true
	},
	{
		name: "bad-arguments",
		match: /unexpected argument|requires a subcommand|required arguments were not provided/,
		message: () => "syn2mas does not accept one of its arguments.",
		why: "It did nothing.",
		remedy: "Check matrix_authentication_service_syn2mas_command_extra_options and …_subcommand_extra_options against the version of MAS.",
		showsCause: true
	},
	{
		name: "device-address-unreadable",
		severity: "notice",
		match: /Failed to parse device IP/,
		message: (_found, n) => `${plural(n, "device has", "devices have")} an unreadable IP address.`,
		why: "The address is not migrated. Nothing else is lost.",
		remedy: "Nothing to do.",
		merged: true
	},
	{
		name: "appservice-localpart-invalid",
		severity: "notice",
		match: /has invalid localpart, ignoring/,
		message: (_found, n) => `${plural(n, "application service account has", "application service accounts have")} a name that MAS does not accept.`,
		why: "syn2mas does not migrate accounts of application services.",
		remedy: "Nothing to do.",
		merged: true
	}
];

// src/mas/output/node-tool-messages.ts
const nodeToolMessages = [
	{
		name: "mas-not-empty",
		match: /Found (?<n>\d+) existing users in MAS/,
		message: (_found, n) => `MAS already has ${plural(n, "account")}. The tool needs an empty MAS.`,
		why: "A run died half-way, the migration has already run, or users logged in to MAS before it.",
		remedy: "Run the action doctor: it lists the accounts. If a run died, delete the accounts that it wrote to MAS."
	},
	{
		name: "guests-in-database",
		match: /Migration of guest users is not supported/,
		message: (_found, n) => `Synapse has ${plural(n, "guest account")}.`,
		why: "The tool cannot migrate guests and stops at the first one.",
		remedy: "Make a backup. Then, to delete the guests, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c 'DELETE FROM users WHERE is_guest = 1'`. Deactivating them is not enough.",
		merged: true
	},
	{
		name: "provider-not-mapped",
		match: /Unknown upstream provider (?<provider>\S+)/,
		message: ({ provider }, n) => `${plural(n, "account is", "accounts are")} linked to the provider '${provider}', which has no mapping.`,
		why: "The tool stops at the first such account.",
		remedy: ({ provider }) => `Add "--upstreamProviderMapping ${provider}:ULID" to the list ${mappingVariable}. ULID is the provider's id in matrix_authentication_service_config_upstream_oauth2_providers.`
	},
	{
		name: "provider-not-in-mas",
		match: /Could not find upstream provider (?<ulid>\S+) in MAS database/,
		message: ({ ulid }) => `The mapping names the provider id ${ulid}, which MAS does not have.`,
		why: "The tool did nothing.",
		remedy: `Correct the id in ${mappingVariable}, or deploy the provider to MAS first: MAS stores its providers in its database when it starts.`
	},
	{
		name: "mapping-malformed",
		match: /Upstream provider mapping is not in correct format/,
		message: () => "The provider mapping does not have the form PROVIDER:ULID.",
		why: "The tool did nothing.",
		remedy: `Correct it in ${mappingVariable}, for example "--upstreamProviderMapping oidc-keycloak:01JD0000000000000000000001".`
	},
	{
		name: "non-email-threepids",
		match: /Skipping non-email 3pid (?<medium>\S+) for user/,
		message: ({ medium }, n) => `Synapse has ${plural(n, "third-party id")} of type '${medium}', which the tool cannot migrate.`,
		why: "A dry run continues, but a real run stops at the first such account and is left incomplete.",
		remedy: "Make a backup, then delete them from Synapse before the migration. To list their accounts, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c \"SELECT user_id FROM user_threepids WHERE medium <> 'email'\"`"
	},
	{
		name: "refresh-token-missing",
		match: /Unable to locate refresh token/,
		message: (_found, n) => `${plural(n, "access token names", "access tokens name")} a refresh token that does not exist.`,
		why: "A dry run continues, but a real run stops at the first such account and is left incomplete.",
		remedy: "Delete these rows of access_tokens in Synapse's database. Their users must log in again.",
		merged: true
	},
	{
		name: "account-had-warnings",
		match: /^User \S+ had \d+ warnings$/,
		message: (_found, n) => `${plural(n, "account")} would stop a real run.`,
		why: "A warning of the dry run is fatal in a real run.",
		remedy: "Fix the other findings.",
		merged: true
	},
	{
		name: "config-unreadable",
		match: /ZodError|YAML\w*Error|ENOENT: no such file|EACCES: permission denied/,
		message: () => "The tool cannot read one of the two configuration files.",
		why: "It did nothing.",
		remedy: "Set `issuer` and `scopes` on each entry of matrix_synapse_oidc_providers, and set password_config.enabled to true or false.",
		showsCause: true
	},
	{
		name: "duplicate-row",
		match: /duplicate key value violates unique constraint/,
		message: () => "MAS already has a row that the tool tried to write.",
		why: "The run is incomplete.",
		remedy: "Delete from MAS what the run wrote, then look for accounts with duplicate e-mail addresses or tokens.",
		showsCause: true
	},
	{
		name: "database-unreachable",
		match: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|password authentication failed|database "[^"]*" does not exist/,
		message: () => "The tool cannot connect to one of the two databases.",
		why: "It did nothing.",
		remedy: "Check that PostgreSQL is running, and check the database settings in homeserver.yaml and config.yaml.",
		showsCause: true
	}
];

// src/mas/output/syn2mas-output.ts
function readSyn2mas(output) {
	return output.dialect === "mas-cli" ? readMasCli(output) : readNodeTool(output);
}
const containerExits = {
	125: "was not started: its container could not start",
	137: "was killed",
	143: "was ended by a signal"
};
const masCliExits = {
	0: "finished",
	1: "failed",
	2: "did not accept its arguments",
	10: "stopped: it found errors that must be fixed first",
	11: "found warnings",
	...containerExits
};
const nodeToolExits = {
	0: "finished",
	1: "stopped or failed",
	...containerExits
};
function meaningOf(exitCode, known) {
	if (exitCode === null) return "syn2mas was ended by a signal.";
	return `syn2mas ${known[exitCode] ?? "ended unexpectedly"} (exit code ${exitCode}).`;
}
function readMasCli({ exitCode, stdout, stderr }) {
	const entries = readLog(`${stdout}\n${stderr}`);
	const texts = withoutRepeated(entries.flatMap(textsOfMasCli));
	const outcome = outcomeOfMasCli(exitCode, texts.some(({ severity }) => severity === "warning"), stdout.includes("Check completed successfully") || entries.some(({ text }) => /^\d+ users migrated \(\d+ skipped\) in [\d.]+s/.test(text)));
	return {
		dialect: "mas-cli",
		outcome,
		exitMeaning: meaningOf(exitCode, masCliExits),
		findings: findingsOf(masCliMessages, texts, entries, outcome, meaningOf(exitCode, masCliExits)),
		lastLines: lastLines(entries)
	};
}
function withoutRepeated(texts) {
	const final = texts.findLast(({ text }) => /^Error: /.test(text));
	const end = (text) => causeOf(text).split(": ").at(-1) ?? "";
	const repeats = ({ text }) => final !== void 0 && shownText(final.text).includes(end(text));
	return texts.filter((each) => each === final || each.severity !== void 0 || !each.isError || !repeats(each));
}
function findingsOf(table, texts, entries, outcome, exitMeaning) {
	const isFailed = outcome === "failed" || outcome === "errors";
	const tellsWhy = texts.some(({ isError, severity }) => isError || severity === "error");
	const told = isFailed && !tellsWhy ? [...texts, ...plainTexts(entries)] : texts;
	const { findings, unknown } = explain("syn2mas", [
		...failureMessages,
		...table,
		...crashMessages
	], told);
	return withFailure([...findings, ...unknown.map((each) => unrecognised(each, isFailed))], outcome, exitMeaning);
}
function plainTexts(entries) {
	const plain = entries.filter(({ level, text }) => level === void 0 && !/^=====\s|^Check completed/.test(text));
	const text = failureLine(plain.map((entry) => entry.text).join("\n"));
	return text === "" ? [] : [{
		text,
		isError: true
	}];
}
function outcomeOfMasCli(exitCode, warned, ran) {
	if (exitCode === 10) return "errors";
	if (exitCode === 11) return "warnings";
	if (exitCode !== 0) return "failed";
	if (!ran) return "unproven";
	return warned ? "warnings" : "clean";
}
function textsOfMasCli(entry) {
	const block = /^=====\s+(Errors|Warnings)/.exec(entry.text);
	if (entry.level === void 0 && block) {
		const severity = block[1] === "Errors" ? "error" : "warning";
		return entry.text.split(/^•/m).slice(1).map((text) => ({
			text: text.split(/\n\s*\n/)[0]?.trim() ?? "",
			severity
		}));
	}
	if (entry.level === void 0) return /^(?:[Ee]rror: |thread '|docker: |OCI runtime|exec )/.test(entry.text) ? [{
		text: entry.text,
		isError: true
	}] : [];
	if (/^sqlx/.test(entry.source) || /ran in dry-run mode|Partial syn2mas migration/.test(entry.text) || entry.level !== "warn" && entry.level !== "error") return [];
	return [{
		text: entry.text,
		isError: entry.level === "error"
	}];
}
function readNodeTool({ exitCode, stdout, stderr }) {
	const entries = readLog(`${stdout}\n${stderr}`);
	const summary = entries.map((entry) => /^Completed migration (?:dry-run )?of \d+ users with (\d+) fatals and (\d+) warnings/.exec(entry.text)).find((match) => match !== null);
	const seen = /* @__PURE__ */ new Set();
	const texts = entries.filter((entry) => entry.level !== void 0 && [
		"warn",
		"error",
		"fatal"
	].includes(entry.level)).filter((entry) => !/^Error: Migration failed with \d+ fatals/.test(entry.text)).map(({ text, level }) => ({
		text,
		isError: level !== "warn"
	})).filter(({ text }) => !seen.has(text) && seen.add(text));
	const warnings = Number(summary?.[2] ?? 0);
	const errors = Number(summary?.[1] ?? entries.filter((entry) => entry.level === "fatal").length);
	const outcome = outcomeOfNodeTool(exitCode, summary !== void 0, warnings, errors);
	const exitMeaning = meaningOf(exitCode, nodeToolExits);
	return {
		dialect: "syn2mas-tool",
		outcome,
		exitMeaning,
		findings: findingsOf(nodeToolMessages, texts, entries, outcome, exitMeaning),
		lastLines: lastLines(entries)
	};
}
function outcomeOfNodeTool(exitCode, finished, warnings, fatals) {
	if (exitCode !== 0) return fatals > 0 ? "errors" : "failed";
	if (!finished) return "unproven";
	if (fatals > 0) return "errors";
	return warnings > 0 ? "warnings" : "clean";
}
function lastLines(entries) {
	return entries.filter(({ level, text }) => level !== "debug" && level !== "trace" && text.trim() !== "").slice(-20).map(({ text }) => {
		const cause = text.includes("Caused by:") ? causeOf(text) : "";
		return withCause(shownText(text.split("\n")[0] ?? ""), cause).replace(/\b([Uu]ser|as) \S+/g, "$1 …");
	});
}
function unrecognised({ text, severity, isError = false }, isFailed) {
	const [top = ""] = text.split("\n");
	const cause = text.includes("\n") ? causeOf(text) : "";
	const isReason = isFailed && isError;
	const quote = shownText(top.replace(/^[Ee]rror: /, ""));
	return {
		id: "syn2mas/unrecognised",
		severity: severity ?? (isReason ? "error" : "warning"),
		message: withCause(isReason ? `syn2mas failed with a message that this toolkit does not recognise: ${quote}` : `syn2mas printed a message that this toolkit does not recognise: ${quote}`, quote.includes(cause) ? "" : cause),
		why: isReason ? "The migration would stop in the same way." : "It may or may not block the migration.",
		remedy: isReason ? "Fix the cause that the message names, then run this again." : "Read the message. If it is harmless, accept this finding in `accepted-findings.yml`.",
		count: 1
	};
}
function withFailure(findings, outcome, exitMeaning) {
	if (!(outcome === "failed" || outcome === "errors" || outcome === "unproven") || findings.some((finding) => finding.severity === "error")) return findings;
	const message = outcome === "unproven" ? "syn2mas ended with code 0, but its output does not show a result." : `${exitMeaning} It gave no reason.`;
	return [...findings, {
		id: outcome === "unproven" ? "syn2mas/no-result" : "syn2mas/failed",
		severity: "error",
		message,
		why: "A run that does not report what it counted proves nothing.",
		remedy: "Run it again. If that does not help, look for a reason on the server: `journalctl -k -n 50` shows processes that were killed because the memory was full.",
		count: 1
	}];
}

export { readSyn2mas as t };