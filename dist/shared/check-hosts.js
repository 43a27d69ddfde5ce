import { t as __commonJSMin } from "./rolldown-runtime.js";
import { r as desiredStages } from "./stage.js";
import { l as plural, p as pageOfRule, u as bySeverity } from "./account-counts.js";
import { a as encryptionSecretVariable, c as mappingVariable, d as passwordsEnabledVariable, f as schemesVariable, g as wellKnownVariable, h as synapsePasswordsVariable, i as enabledVariable, l as oidcEnabledVariable, m as synapseExtension, n as domainVariable, o as inProgressVariable, p as stageVariables, r as elementVariable, t as delegationVariable, u as oidcProvidersVariable } from "./variables.js";
import { C as valueAt, S as truthOf, a as parseYaml, b as textAt, d as expressionsIn, f as namesIn, g as entryOf, h as isOfPlaybook, l as ReadingProblem, m as isOfInventoryGroup, o as plainScalar, p as withValues, s as readText, u as startOf, v as isOpaque, x as toJson, y as partAt } from "./inventory-of.js";
import { a as dangersInJinja, c as sshArgumentVariables, i as isOpenSsh, n as connectionVariable, o as isSshArgumentVariable, r as connectionVariables, s as readSshArguments } from "./connection.js";
import { t as desiredStage } from "./desired-stage.js";
import { r as playbookGroup } from "./playbook-hosts.js";
import { d as usualClone, u as lockFile } from "./playbook.js";
import { i as readMappingArguments, n as isUlid, t as authProviderOf } from "./provider-mapping.js";
import { A as editText, B as counterpartOf, C as switchAt, D as whereWrong, E as whereOnAnywhere, F as linesBefore, H as fileText, I as removeVariable, L as renameVariable, N as lineInto, O as asFalse, R as replacePart, S as subjectOf, T as whereOn, U as isReadWhole, V as dialectOf, W as sourceAt, _ as isUnset, a as versionVariable, b as ownText, c as exampleProvider, d as masRegistrationVariable, f as masTokenVariable, g as validatedVersionVariable, h as trapVariables, i as pinnedVersion, k as asTrue, l as inventedSecret, m as tokenVariable, n as knownDialect, o as captchaVariable, p as registrationVariable, r as masVersion, s as closedTraps, t as isAtLeast, u as masCaptchaVariable, v as missing, w as turnOff$1, x as plainText, y as ownDefinition, z as replaceValue } from "./versions.js";
import { n as rollbackRule } from "./verdict.js";
import { a as withoutSlash, i as lacksUserName, n as inVars, r as hasNoSlash, t as inExtension } from "./list-source.js";

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
		remedy: "Deactivate the guests first, or merge with this warning. To hide it from now on, accept it in `accepted-findings.yml`."
	},
	{
		name: "non-email-threepids",
		severity: "warning",
		match: /contains (?<n>\d+) non-email 3PIDs/,
		message: (_found, n) => `Synapse has ${plural(n, "third-party id")} other than e-mail addresses, most likely phone numbers.`,
		why: "MAS stores them in a separate table and does not use them: users can no longer log in with a phone number.",
		remedy: "You can merge with this warning. To hide it from now on, accept it in `accepted-findings.yml`. To list their accounts, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c \"SELECT user_id FROM user_threepids WHERE medium <> 'email'\"`"
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
		remedy: "Run this again at a quiet time. If it fails again, find out on the server which program writes: `/matrix/postgres/bin/cli-non-interactive -d synapse -c \"SELECT pid, application_name, client_addr, state FROM pg_stat_activity\"`. Stop it, unless it is Synapse or one of its workers."
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
		remedy: `Fix the key that the cause names: it comes from ${synapseExtension}, or from the variables of Synapse. If the file itself is missing, check matrix_authentication_service_syn2mas_synapse_homeserver_config_path.`,
		showsCause: true
	},
	{
		name: "mas-config-unreadable",
		match: /failed to load MAS (?:password )?config|for key "default\.|in \S+ YAML file/,
		message: () => "syn2mas cannot read MAS's config.yaml.",
		why: "It stops before it checks anything. MAS would not start with this file either.",
		remedy: "Fix the setting that the cause names. Then run `/matrix/matrix-authentication-service/bin/mas-cli config check` on the server.",
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
		remedy: `Fix the id in ${mappingVariable}, or deploy the provider to MAS first: MAS stores its providers in its database when it starts.`
	},
	{
		name: "mapping-malformed",
		match: /Upstream provider mapping is not in correct format/,
		message: () => "The provider mapping does not have the form PROVIDER:ULID.",
		why: "The tool did nothing.",
		remedy: `Fix it in ${mappingVariable}, for example "--upstreamProviderMapping oidc-keycloak:01JD0000000000000000000001".`
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

// src/mas/output/rehearsal-ids.ts
const rehearsalIds = /* @__PURE__ */ new Set(["syn2mas/unrecognised", ...[...masCliMessages, ...nodeToolMessages].map(({ name }) => `syn2mas/${name}`)]);

// src/rules/acceptance/texts.ts
const acceptanceTexts = {
	"accepted/malformed": {
		severity: "error",
		why: "A malformed file accepts nothing, so every finding counts again.",
		remedy: "Fix the file at this line. The schema `accepted-findings.schema.json` can also check it in an editor."
	},
	"accepted/expired": {
		severity: "warning",
		why: "The finding was accepted until a date that has passed, so it counts again.",
		remedy: "Fix the finding, or set a new date with a new reason."
	},
	"accepted/beyond-ceiling": {
		severity: "warning",
		why: "There are more findings than the entry accepts. Some of them are new.",
		remedy: "Review the findings that count again. Fix them or raise `at-most`."
	},
	"accepted/unused": {
		severity: "notice",
		why: "The entry matches no finding. The finding was fixed, or the entry is misspelled.",
		remedy: "Remove the entry, or correct its `id`, `host` or `file`."
	},
	"accepted/added-here": {
		severity: "notice",
		why: "Reviewers should see that the change also accepts a finding.",
		remedy: "Read the reason, and decide whether you agree."
	},
	"accepted/not-from-this-change": {
		severity: "warning",
		why: "A change cannot accept its own code that runs on the runner, or its own unreadable files.",
		remedy: "Accept the finding in `accepted-findings.yml` in a separate change, and merge that first."
	}
};
function acceptanceFinding(id, message, place) {
	return {
		id,
		message,
		place,
		...acceptanceTexts[id],
		page: pageOfRule(id)
	};
}

// src/rules/acceptance/accept-findings.ts
const notFromThisChange = /^(?:trust|inventory)\//;
function acceptFindings(findings, entries, today, before) {
	const result = [...findings].sort(bySeverity);
	const entryFindings = [];
	for (const entry of entries) {
		const matching = [...result.keys()].filter((index) => matches(entry, result[index]));
		const added = before !== void 0 && !before.some((earlier) => isSame(earlier, entry));
		const entryFinding = findingAboutEntry(entry, matching.length, added, today);
		if (entryFinding) entryFindings.push(entryFinding);
		if (isExpired(entry, today) || added && notFromThisChange.test(entry.id)) continue;
		for (const index of matching.slice(0, entry.atMost)) {
			const finding = result[index];
			if (finding) result[index] = {
				...finding,
				accepted: acceptedBy(entry)
			};
		}
	}
	return [...result, ...entryFindings];
}
function acceptedBy({ reason, until, place }) {
	return {
		reason,
		place,
		...until !== void 0 && { until }
	};
}
function matches({ id, host, file }, finding) {
	if (!finding || finding.accepted || finding.id !== id) return false;
	return (host === void 0 || finding.host === host) && (file === void 0 || finding.place?.file === file);
}
function isExpired({ until }, today) {
	return until !== void 0 && until < today;
}
function isSame(a, b) {
	return [
		"id",
		"reason",
		"until",
		"host",
		"file",
		"atMost"
	].every((key) => a[key] === b[key]);
}
function findingAboutEntry(entry, count, added, today) {
	const { id, place, atMost, until } = entry;
	if (isExpired(entry, today)) {
		const message = `\`${id}\` was accepted until ${until}, which has passed`;
		return acceptanceFinding("accepted/expired", message, place);
	}
	if (count === 0 && !rehearsalIds.has(id)) return acceptanceFinding("accepted/unused", `\`${id}\` is accepted, but no finding matches`, place);
	if (added && notFromThisChange.test(id)) {
		const message = `\`${id}\` cannot be accepted by the change that introduces it, so it still counts`;
		return acceptanceFinding("accepted/not-from-this-change", message, place);
	}
	if (atMost !== void 0 && count > atMost) {
		const message = `\`${id}\` is accepted at most ${atMost} times, but occurs ${count} times`;
		return acceptanceFinding("accepted/beyond-ceiling", message, place);
	}
	return added ? acceptanceFinding("accepted/added-here", `this change accepts \`${id}\``, place) : void 0;
}

// src/generated/accepted-findings.ts
const validate$1 = validate10$1;
const schema11 = {
	"$schema": "http://json-schema.org/draft-07/schema#",
	"$id": "https://matrix-auth-actions.example/schemas/accepted-findings.schema.json",
	"title": "Accepted findings of matrix-auth-actions",
	"description": "The file accepted-findings.yml of an inventory repository. Reports still show accepted findings with their reasons, but the findings no longer fail a check.",
	"type": "object",
	"required": ["accepted"],
	"additionalProperties": false,
	"properties": { "accepted": {
		"type": ["array", "null"],
		"items": {
			"type": "object",
			"required": ["id", "reason"],
			"additionalProperties": false,
			"properties": {
				"id": {
					"description": "The id of the rule, such as synapse/password-provider-while-prepared.",
					"type": "string",
					"pattern": "^[a-z0-9-]+/[a-z0-9-]+$"
				},
				"reason": {
					"description": "The reason, which reports show.",
					"type": "string",
					"pattern": "\\S"
				},
				"until": {
					"description": "The last day on which it applies, in UTC. Default: no end.",
					"type": "string",
					"pattern": "^\\d{4}-\\d\\d-\\d\\d$"
				},
				"host": {
					"description": "Applies only to this host. Default: all hosts, and findings without a host.",
					"type": "string",
					"pattern": "\\S"
				},
				"file": {
					"description": "Applies only to this file. The path is relative to the root of the repository.",
					"type": "string",
					"pattern": "\\S"
				},
				"at-most": {
					"description": "The maximum number of findings that it accepts. Further findings count again.",
					"type": "integer",
					"minimum": 1
				}
			}
		}
	} }
};
const pattern0$1 = /* @__PURE__ */ new RegExp("^[a-z0-9-]+/[a-z0-9-]+$", "u");
const pattern1$1 = /* @__PURE__ */ new RegExp("\\S", "u");
const pattern2$1 = /* @__PURE__ */ new RegExp("^\\d{4}-\\d\\d-\\d\\d$", "u");
function validate10$1(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.accepted === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "accepted" },
				message: "must have required property 'accepted'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "accepted")) {
			const err1 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.accepted !== void 0) {
			let data0 = data.accepted;
			if (!Array.isArray(data0) && data0 !== null) {
				const err2 = {
					instancePath: instancePath + "/accepted",
					schemaPath: "#/properties/accepted/type",
					keyword: "type",
					params: { type: schema11.properties.accepted.type },
					message: "must be array,null"
				};
				if (vErrors === null) vErrors = [err2];
				else vErrors.push(err2);
				errors++;
			}
			if (Array.isArray(data0)) {
				const len0 = data0.length;
				for (let i0 = 0; i0 < len0; i0++) {
					let data1 = data0[i0];
					if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
						if (data1.id === void 0) {
							const err3 = {
								instancePath: instancePath + "/accepted/" + i0,
								schemaPath: "#/properties/accepted/items/required",
								keyword: "required",
								params: { missingProperty: "id" },
								message: "must have required property 'id'"
							};
							if (vErrors === null) vErrors = [err3];
							else vErrors.push(err3);
							errors++;
						}
						if (data1.reason === void 0) {
							const err4 = {
								instancePath: instancePath + "/accepted/" + i0,
								schemaPath: "#/properties/accepted/items/required",
								keyword: "required",
								params: { missingProperty: "reason" },
								message: "must have required property 'reason'"
							};
							if (vErrors === null) vErrors = [err4];
							else vErrors.push(err4);
							errors++;
						}
						for (const key1 in data1) if (!(key1 === "id" || key1 === "reason" || key1 === "until" || key1 === "host" || key1 === "file" || key1 === "at-most")) {
							const err5 = {
								instancePath: instancePath + "/accepted/" + i0,
								schemaPath: "#/properties/accepted/items/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key1 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err5];
							else vErrors.push(err5);
							errors++;
						}
						if (data1.id !== void 0) {
							let data2 = data1.id;
							if (typeof data2 === "string") {
								if (!pattern0$1.test(data2)) {
									const err6 = {
										instancePath: instancePath + "/accepted/" + i0 + "/id",
										schemaPath: "#/properties/accepted/items/properties/id/pattern",
										keyword: "pattern",
										params: { pattern: "^[a-z0-9-]+/[a-z0-9-]+$" },
										message: "must match pattern \"^[a-z0-9-]+/[a-z0-9-]+$\""
									};
									if (vErrors === null) vErrors = [err6];
									else vErrors.push(err6);
									errors++;
								}
							} else {
								const err7 = {
									instancePath: instancePath + "/accepted/" + i0 + "/id",
									schemaPath: "#/properties/accepted/items/properties/id/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err7];
								else vErrors.push(err7);
								errors++;
							}
						}
						if (data1.reason !== void 0) {
							let data3 = data1.reason;
							if (typeof data3 === "string") {
								if (!pattern1$1.test(data3)) {
									const err8 = {
										instancePath: instancePath + "/accepted/" + i0 + "/reason",
										schemaPath: "#/properties/accepted/items/properties/reason/pattern",
										keyword: "pattern",
										params: { pattern: "\\S" },
										message: "must match pattern \"\\S\""
									};
									if (vErrors === null) vErrors = [err8];
									else vErrors.push(err8);
									errors++;
								}
							} else {
								const err9 = {
									instancePath: instancePath + "/accepted/" + i0 + "/reason",
									schemaPath: "#/properties/accepted/items/properties/reason/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err9];
								else vErrors.push(err9);
								errors++;
							}
						}
						if (data1.until !== void 0) {
							let data4 = data1.until;
							if (typeof data4 === "string") {
								if (!pattern2$1.test(data4)) {
									const err10 = {
										instancePath: instancePath + "/accepted/" + i0 + "/until",
										schemaPath: "#/properties/accepted/items/properties/until/pattern",
										keyword: "pattern",
										params: { pattern: "^\\d{4}-\\d\\d-\\d\\d$" },
										message: "must match pattern \"^\\d{4}-\\d\\d-\\d\\d$\""
									};
									if (vErrors === null) vErrors = [err10];
									else vErrors.push(err10);
									errors++;
								}
							} else {
								const err11 = {
									instancePath: instancePath + "/accepted/" + i0 + "/until",
									schemaPath: "#/properties/accepted/items/properties/until/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err11];
								else vErrors.push(err11);
								errors++;
							}
						}
						if (data1.host !== void 0) {
							let data5 = data1.host;
							if (typeof data5 === "string") {
								if (!pattern1$1.test(data5)) {
									const err12 = {
										instancePath: instancePath + "/accepted/" + i0 + "/host",
										schemaPath: "#/properties/accepted/items/properties/host/pattern",
										keyword: "pattern",
										params: { pattern: "\\S" },
										message: "must match pattern \"\\S\""
									};
									if (vErrors === null) vErrors = [err12];
									else vErrors.push(err12);
									errors++;
								}
							} else {
								const err13 = {
									instancePath: instancePath + "/accepted/" + i0 + "/host",
									schemaPath: "#/properties/accepted/items/properties/host/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err13];
								else vErrors.push(err13);
								errors++;
							}
						}
						if (data1.file !== void 0) {
							let data6 = data1.file;
							if (typeof data6 === "string") {
								if (!pattern1$1.test(data6)) {
									const err14 = {
										instancePath: instancePath + "/accepted/" + i0 + "/file",
										schemaPath: "#/properties/accepted/items/properties/file/pattern",
										keyword: "pattern",
										params: { pattern: "\\S" },
										message: "must match pattern \"\\S\""
									};
									if (vErrors === null) vErrors = [err14];
									else vErrors.push(err14);
									errors++;
								}
							} else {
								const err15 = {
									instancePath: instancePath + "/accepted/" + i0 + "/file",
									schemaPath: "#/properties/accepted/items/properties/file/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err15];
								else vErrors.push(err15);
								errors++;
							}
						}
						if (data1["at-most"] !== void 0) {
							let data7 = data1["at-most"];
							if (!(typeof data7 == "number" && !(data7 % 1) && !isNaN(data7) && isFinite(data7))) {
								const err16 = {
									instancePath: instancePath + "/accepted/" + i0 + "/at-most",
									schemaPath: "#/properties/accepted/items/properties/at-most/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err16];
								else vErrors.push(err16);
								errors++;
							}
							if (typeof data7 == "number" && isFinite(data7)) {
								if (data7 < 1 || isNaN(data7)) {
									const err17 = {
										instancePath: instancePath + "/accepted/" + i0 + "/at-most",
										schemaPath: "#/properties/accepted/items/properties/at-most/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err17];
									else vErrors.push(err17);
									errors++;
								}
							}
						}
					} else {
						const err18 = {
							instancePath: instancePath + "/accepted/" + i0,
							schemaPath: "#/properties/accepted/items/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err18];
						else vErrors.push(err18);
						errors++;
					}
				}
			}
		}
	} else {
		const err19 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err19];
		else vErrors.push(err19);
		errors++;
	}
	validate10$1.errors = vErrors;
	return errors === 0;
}

// src/rules/acceptance/read-acceptances.ts
const validateSchema = validate$1;
function readAcceptances(files, path) {
	if (files.entry(path).kind === "absent") return {
		entries: [],
		problems: []
	};
	try {
		const text = readText(files, path);
		if (text.kind === "vault") return malformed$1(`${path} is encrypted`, startOf(path));
		const { value, problems } = parseYaml(path, text.text);
		if (problems[0]) return malformed$1(problems[0].message, problems[0].place ?? startOf(path));
		return value && value.kind !== "null" ? entriesOf$1(value) : {
			entries: [],
			problems: []
		};
	} catch (error) {
		if (!(error instanceof ReadingProblem)) throw error;
		return malformed$1(error.finding.message, error.finding.place ?? startOf(path));
	}
}
function entriesOf$1(document) {
	const { json, opaque } = toJson(document);
	if (opaque[0] !== void 0) return malformed$1("this value is Jinja or encrypted", partAt(document, opaque[0]).place);
	if (!validateSchema(json)) return {
		entries: [],
		problems: (validateSchema.errors ?? []).flatMap((error) => malformed$1(describeError(error), partAt(document, error.instancePath).place).problems)
	};
	const entries = (json.accepted ?? []).map((entry, index) => {
		const { "at-most": atMost, ...rest } = entry;
		const whole = partAt(document, `/accepted/${index}`);
		const place = entryOf(whole, "id")?.value.place ?? whole.place;
		return {
			...rest,
			...atMost !== void 0 && { atMost },
			place
		};
	});
	const invalidDate = entries.find(({ until }) => until !== void 0 && !isDate(until));
	return invalidDate ? malformed$1("`until` is not a valid date", invalidDate.place) : {
		entries,
		problems: []
	};
}
function describeError({ instancePath, keyword, params }) {
	const [, , index, key] = instancePath.split("/");
	const subject = index === void 0 ? "the file" : `entry ${Number(index) + 1}`;
	if (keyword === "required") return `${subject} has no \`${String(params.missingProperty)}\``;
	if (keyword === "additionalProperties") return `${subject} has the unknown key \`${String(params.additionalProperty)}\``;
	if (key === "until") return `\`until\` of ${subject} must be a date, such as \`2027-01-31\``;
	if (key === "id") return `\`id\` of ${subject} must be a rule id, such as \`mas/stage-unknown\``;
	if (key === "at-most") return `\`at-most\` of ${subject} must be a whole number above 0`;
	return key === void 0 ? `${subject} is not a list of entries` : `\`${key}\` of ${subject} must be a string`;
}
function isDate(text) {
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
function malformed$1(message, place) {
	return {
		entries: [],
		problems: [acceptanceFinding("accepted/malformed", message, place)]
	};
}

// src/rules/kit/once-per.ts
function oncePer(compute) {
	const cache = /* @__PURE__ */ new WeakMap();
	return (key) => {
		const entry = cache.get(key) ?? { value: compute(key) };
		cache.set(key, entry);
		return entry.value;
	};
}
const mostRecent = 16;
function onceLately(compute) {
	const cache = /* @__PURE__ */ new Map();
	return (key) => {
		const cached = cache.get(key);
		if (cached !== void 0 || cache.has(key)) return cached;
		const value = compute(key);
		cache.set(key, value);
		const [oldest] = cache.keys();
		if (cache.size > mostRecent && oldest !== void 0) cache.delete(oldest);
		return value;
	};
}

// src/rules/facts/extensions.ts
function embeddedYaml(host, name, files) {
	const { definition } = host.variable(name);
	return definition && !isOfPlaybook(definition) ? embeddedIn(definition, files) : void 0;
}
function embeddedIn(definition, files) {
	return readingsOf(files)(definition);
}
const readingsOf = oncePer((files) => onceLately((definition) => readDefinition(definition, files)));
function readDefinition(definition, files) {
	const { value, name } = definition;
	const text = embeddedText(definition);
	if (text === void 0) return void 0;
	const placeOf = (place) => linesOf(value.place, sourceAt(files, value.place) ?? "")(place);
	try {
		return {
			document: parseYaml(name, text).value,
			placeOf
		};
	} catch (error) {
		if (!(error instanceof ReadingProblem)) throw error;
		return value.kind === "string" ? { broken: placeOf(error.finding.place ?? value.place) } : void 0;
	}
}
function embeddedText({ value }) {
	if (value.kind === "string") return value.value;
	const source = value.kind === "unknown" ? value.source : void 0;
	return source === void 0 ? void 0 : withValues(source);
}
function linesOf(whole, source) {
	if (!/^\|[-+]?\s*(?:#.*)?\r?\n/.test(source)) return () => whole;
	const lines = source.split("\n");
	return ({ line }) => {
		const text = lines[line];
		if (text === void 0) return whole;
		const column = text.length - text.trimStart().length + 1;
		const at = whole.line + line;
		return {
			file: whole.file,
			line: at,
			column,
			endLine: at,
			endColumn: text.trimEnd().length + 1
		};
	};
}
function extendedAt({ host, repository }, extension, path) {
	const definition = extensionOf(host, extension);
	return definition && extendedIn(definition, path, repository.files);
}
function isReadable({ host, repository }, extension) {
	const { state } = host.variable(extension);
	const definition = extensionOf(host, extension);
	if (!definition) return state === "absent" || state === "known";
	if (definition.value.kind === "map") return true;
	const yaml = embeddedIn(definition, repository.files);
	return yaml !== void 0 && !("broken" in yaml);
}
function extensionOf(host, extension) {
	const parsed = host.variable(extension.replace(/_(?:yaml|json)$/, "")).definition;
	const definition = parsed?.value.kind === "map" ? parsed : host.variable(extension).definition;
	return definition && isOfPlaybook(definition) ? void 0 : definition;
}
function extendedIn(definition, path, files) {
	const { value, name } = definition;
	if (value.kind === "map" && !/_(?:yaml|json)$/.test(name)) {
		const entry = entryAt(value, path);
		return entry && {
			value: entry.value,
			place: entry.keyPlace
		};
	}
	if (!embeddedText(definition)?.includes(path[0] ?? "")) return void 0;
	const yaml = embeddedIn(definition, files);
	if (!yaml || "broken" in yaml || !yaml.document) return void 0;
	const entry = entryAt(yaml.document, path);
	return entry && {
		value: moved(entry.value, yaml.placeOf),
		place: yaml.placeOf(entry.keyPlace)
	};
}
function moved(value, placeOf) {
	const place = placeOf(value.place);
	if (value.kind === "list") return {
		...value,
		place,
		items: value.items.map((item) => moved(item, placeOf))
	};
	if (value.kind !== "map") return {
		...value,
		place
	};
	const entries = value.entries.map(({ key, keyPlace, value: part }) => ({
		key,
		keyPlace: placeOf(keyPlace),
		value: moved(part, placeOf)
	}));
	return {
		...value,
		place,
		entries
	};
}
function entryAt(document, [key = "", ...rest]) {
	const entry = entryOf(document, key);
	return entry && rest.length > 0 ? entryAt(entry.value, rest) : entry;
}
const extensionVariable = "matrix_authentication_service_configuration_extension_yaml";
const elementExtension = "matrix_client_element_configuration_extension_json";
const wellKnownExtension = "matrix_static_files_file_matrix_client_configuration_extension_json";
const extension$1 = (name, ...lines) => `${name}: |\n${lines.map((line) => `  ${line}\n`).join("")}`;
const inSynapse = (...lines) => extension$1(synapseExtension, ...lines);
function beforeMigration({ host, stage, base }) {
	if (stage.stage === "prepared") return host;
	return stage.stage === "live" && base?.stage.stage === "prepared" ? base.host : void 0;
}

// src/rules/facts/doors.ts
const synapse$1 = (...path) => [{
	extension: synapseExtension,
	path
}];
const homeserver = {
	[domainVariable]: synapse$1("server_name"),
	[synapsePasswordsVariable]: synapse$1("password_config", "enabled"),
	matrix_synapse_password_config_localdb_enabled: synapse$1("password_config", "localdb_enabled"),
	matrix_synapse_password_config_pepper: synapse$1("password_config", "pepper"),
	[registrationVariable]: synapse$1("enable_registration"),
	[captchaVariable]: synapse$1("enable_registration_captcha"),
	matrix_synapse_registration_requires_token: synapse$1("registration_requires_token"),
	matrix_synapse_registrations_require_3pid: synapse$1("registrations_require_3pid"),
	matrix_synapse_allowed_local_3pids: synapse$1("allowed_local_3pids"),
	matrix_synapse_allow_guest_access: synapse$1("allow_guest_access"),
	matrix_synapse_cas_config_enabled: synapse$1("cas_config", "enabled"),
	matrix_synapse_modules: synapse$1("modules"),
	matrix_synapse_experimental_features_msc4108_enabled: synapse$1("experimental_features", "msc4108_enabled"),
	[delegationVariable]: [...synapse$1("matrix_authentication_service", "enabled"), {
		extension: synapseExtension,
		path: [
			"experimental_features",
			"msc3861",
			"enabled"
		],
		isOther: true
	}],
	matrix_synapse_matrix_authentication_service_endpoint: synapse$1("matrix_authentication_service", "endpoint"),
	matrix_synapse_matrix_authentication_service_secret: synapse$1("matrix_authentication_service", "secret"),
	matrix_synapse_database_host: synapse$1("database", "args", "host"),
	matrix_synapse_database_port: synapse$1("database", "args", "port")
};
const config = "matrix_authentication_service_config_";
const ofMas$3 = Object.entries({
	email: [
		"from",
		"reply_to",
		"transport",
		"mode",
		"hostname",
		"port",
		"username",
		"password"
	],
	secrets: ["encryption", "keys"],
	passwords: [
		"enabled",
		"schemes",
		"minimum_complexity"
	],
	matrix: [
		"homeserver",
		"secret",
		"endpoint"
	],
	account: [
		"email_change_allowed",
		"displayname_change_allowed",
		"password_registration_enabled",
		"password_registration_email_required",
		"password_change_allowed",
		"password_recovery_enabled",
		"account_deactivation_allowed",
		"login_with_email_allowed",
		"registration_token_required"
	],
	captcha: [
		"service",
		"site_key",
		"secret_key"
	],
	database: [
		"host",
		"port",
		"username",
		"password",
		"database",
		"ssl_mode",
		"max_connections",
		"min_connections",
		"connect_timeout",
		"idle_timeout",
		"max_lifetime"
	],
	http: [
		"public_base",
		"issuer",
		"trusted_proxies"
	],
	upstream_oauth2: ["providers"]
}).flatMap(([section, keys]) => keys.map((key) => [`${config}${section}_${key}`, [section, key]]));
const masPaths = new Map([
	...ofMas$3,
	[`${config}http_listener_web_resources_custom`, ["http", "listeners"]],
	[`${config}clients_custom`, ["clients"]]
]);
const known$2 = new Map([
	...Object.entries(homeserver),
	...ofMas$3.map(([name, path]) => [name, [{
		extension: extensionVariable,
		path
	}]]),
	[elementVariable, [{
		extension: elementExtension,
		path: ["features", "feature_oidc_native_flow"]
	}]],
	[wellKnownVariable, [{
		extension: wellKnownExtension,
		path: ["org.matrix.msc2965.authentication"],
		isPresence: true
	}]]
]);
const encryptionSwitch = /^(matrix_\w+?)(?:_bridge|_config)?_encryption_(allow|default|require|enabled?|appservice)$/;
const serviceExtension = /^(matrix_\w+)_configuration_extension_yaml$/;
function doorsOf(name) {
	const doors = known$2.get(name);
	if (doors) return doors;
	const [, service, key] = name.includes("_encryption_") && encryptionSwitch.exec(name) || [];
	if (service === void 0 || key === void 0) return [];
	const extension = `${service}_configuration_extension_yaml`;
	return [["encryption", key], [
		"bridge",
		"encryption",
		key
	]].map((path) => ({
		extension,
		path
	}));
}

// src/rules/facts/hostname.ts
const hostnameVariable = "matrix_authentication_service_hostname";
const pathPrefixVariable = "matrix_authentication_service_path_prefix";
const publicBaseVariable = "matrix_authentication_service_config_http_public_base";
const matrixHostVariable = "matrix_server_fqn_matrix";
function matrixHost(host) {
	return serviceHost(host, matrixHostVariable, "matrix");
}
function serviceHost(host, variable, subdomain) {
	if (!isDefault(host, variable)) return plainText(host, variable)?.text.toLowerCase();
	const domain = plainText(host, domainVariable)?.text;
	return domain === void 0 ? void 0 : `${subdomain}.${domain}`.toLowerCase();
}
function masAddress(host) {
	if (!isDefault(host, "matrix_authentication_service_config_http_public_base")) {
		const url = plainText(host, "matrix_authentication_service_config_http_public_base")?.text ?? "";
		if (!URL.canParse(url)) return void 0;
		const { hostname, pathname } = new URL(url);
		return {
			hostname,
			prefix: pathname.replace(/(?<=^.|[^/])\/+$/, "")
		};
	}
	const hostname = isDefault(host, "matrix_authentication_service_hostname") ? matrixHost(host) : plainText(host, hostnameVariable)?.text.toLowerCase();
	const prefix = isDefault(host, "matrix_authentication_service_path_prefix") ? "/auth" : plainText(host, pathPrefixVariable)?.text;
	return hostname === void 0 || prefix === void 0 ? void 0 : {
		hostname,
		prefix
	};
}
function isDefault(host, name) {
	return isUnset(host, name) || host.variable(name).vaults !== void 0;
}

// src/rules/facts/written.ts
function* written(hosts, names) {
	const seen = /* @__PURE__ */ new Set();
	for (const { host } of hosts) {
		const ofHost = { host: host.name };
		for (const layer of host.layers) {
			if (seen.has(layer)) continue;
			seen.add(layer);
			for (const definition of definitionsIn(layer, names)) {
				const about = definition.group === void 0 ? ofHost : {};
				if (isOwn(definition)) yield {
					definition,
					host,
					about
				};
			}
		}
	}
}
function definitionsIn({ variables, overridden }, names) {
	if (!names) return overridden.length === 0 ? variables.values() : [...variables.values(), ...overridden];
	return [...[...names].map((name) => variables.get(name)).filter((found) => found !== void 0), ...overridden.filter(({ name }) => names.has(name))];
}
const ownNames = oncePer((host) => {
	const names = /* @__PURE__ */ new Set();
	for (const layer of host.layers) {
		const [first] = layer.variables.values();
		if (!first || !isOwn(first)) continue;
		for (const name of layer.variables.keys()) names.add(name);
	}
	return names;
});
function isOwn(definition) {
	return !isOfPlaybook(definition) && definition.source !== "extra-vars";
}
function compared(violations) {
	return ({ hosts, checkout }) => {
		const playbook = checkout?.variables;
		if (!playbook) return [];
		return written(hosts).flatMap((each) => violations(each, playbook, hosts)).toArray();
	};
}

// src/rules/facts/overruled.ts
const setByPlaybook = /* @__PURE__ */ new Set([
	...stageVariables.filter((name) => !name.endsWith("_in_progress")),
	schemesVariable,
	hostnameVariable,
	pathPrefixVariable
]);
function isOverruled(host, definition) {
	if (!isOfInventoryGroup(definition)) return false;
	const winner = host.variable(definition.name).definition;
	return winner === void 0 || isOfPlaybook(winner);
}
function ownSwitch(host) {
	return [inProgressVariable, enabledVariable].flatMap((name) => host.variable(name).definition ?? []).find((definition) => !isOfInventoryGroup(definition) && !isOfPlaybook(definition));
}
function isSetInVain(host, name) {
	return written([{ host }], /* @__PURE__ */ new Set([name])).some(({ definition }) => isOverruled(host, definition));
}

// src/rules/facts/effective.ts
function effectiveValues(files, hasCheckout) {
	const variablesOf = onceLately((_host) => /* @__PURE__ */ new Map());
	const variable = (host, name) => {
		const own = host.variable(name);
		return extended(host, name, files) ?? (hasCheckout ? own : withoutOverruled(own));
	};
	return (host) => ({
		...host,
		variable: (name) => {
			const variables = variablesOf(host);
			const effective = variables.get(name) ?? variable(host, name);
			variables.set(name, effective);
			return effective;
		}
	});
}
function withoutOverruled(variable) {
	const { name, definition } = variable;
	if (!definition || !isOfInventoryGroup(definition) || !setByPlaybook.has(name)) return variable;
	return {
		name,
		state: "absent",
		overridden: [],
		hiddenIn: []
	};
}
function extended(host, name, files) {
	for (const door of doorsOf(name)) {
		const outer = extensionOf(host, door.extension);
		const found = outer && extendedIn(outer, door.path, files);
		if (!found || door.isOther && truthOf(found.value) === false) continue;
		const value = decided(found.value, door);
		const { source, group } = outer;
		const inExtension = `\`${door.path.join(".")}\` in \`${outer.name}\``;
		const definition = {
			name,
			namePlace: found.place,
			value,
			source,
			group,
			inExtension
		};
		const own = host.variable(name);
		return {
			name,
			state: isOpaque(value) ? value.kind === "vault" ? "vault" : "unknown" : "known",
			value,
			definition,
			overridden: own.definition ? [own.definition, ...own.overridden] : [],
			hiddenIn: []
		};
	}
}
function decided(value, { isPresence }) {
	return isPresence && !isOpaque(value) ? {
		kind: "boolean",
		value: value.kind !== "null",
		place: value.place
	} : value;
}

// src/rules/kit/rule.ts
function defineRule(rule) {
	return "check" in rule ? {
		stages: ["prepared", "live"],
		...rule
	} : {
		stages: desiredStages,
		...rule
	};
}
function applies({ stages, dialects, needs }, { stage, checkout, base }) {
	if (!stages.includes(stage.stage)) return false;
	if (needs === "checkout" && !checkout) return false;
	if (needs === "base" && !base) return false;
	return !checkout || !dialects || dialects.includes(checkout.dialect);
}
function findingOf(rule, violation, host, isRehearsed = true) {
	const { id, why } = rule;
	const { message, place, suggestion, remedy = rule.remedy, unlessIn: vaults } = violation;
	const { severity = rule.severity } = violation;
	return {
		id,
		...vaults ? {
			severity: severity === "error" ? "warning" : "notice",
			message: `${message}, unless ${vaultsAsText(vaults)} sets it${isRehearsed ? "; the deployment or the rehearsal will show it" : ""}`,
			isUncertain: true
		} : {
			severity,
			message
		},
		...place && { place },
		...host !== void 0 && { host },
		why,
		remedy,
		...suggestion && { suggestion },
		page: pageOfRule(id)
	};
}
const mostNamed = 3;
function vaultsAsText(files) {
	const more = files.length > mostNamed ? ` or ${files.length - mostNamed} more` : "";
	return `the vault ${files.slice(0, mostNamed).map((file) => `\`${file}\``).join(" or ")}${more}`;
}
const live = `${enabledVariable}: true\n`;
const prepared = `${live}${inProgressVariable}: true\n`;
const off = `${enabledVariable}: false\n`;

// src/rules/facts/change-compare.ts
function changeBetween(a, b) {
	if (isOpaque(a) || isOpaque(b)) return opaqueChange(a, b);
	if (a.kind === "list" && b.kind === "list") {
		if (a.items.length !== b.items.length) return "changed";
		return worst(a.items.map((item, index) => changeOfPart(item, b.items[index])));
	}
	if (a.kind === "map" && b.kind === "map") {
		if (a.entries.length !== b.entries.length) return "changed";
		const others = new Map(b.entries.map(({ key, value }) => [key, value]));
		return worst(a.entries.map(({ key, value }) => changeOfPart(value, others.get(key))));
	}
	return a.kind === b.kind && plain(a) === plain(b) ? "same" : "changed";
}
function changeOfPart(a, b) {
	return b === void 0 ? "changed" : changeBetween(a, b);
}
function opaqueChange(a, b) {
	if (a.kind !== b.kind) return "rewritten";
	const [old, now] = [a, b].map((value) => value.kind === "unknown" ? value.source : void 0);
	return old === now ? "hidden" : "rewritten";
}
function worst(parts) {
	return [
		"changed",
		"rewritten",
		"hidden"
	].find((kind) => parts.includes(kind)) ?? "same";
}
function plain(value) {
	return value.kind === "date" ? value.text : "value" in value ? String(value.value) : "";
}
function changeOf(before, host, name) {
	if (!before) return void 0;
	const [old, now] = [before.variable(name), host.variable(name)];
	if (old.value && now.value) return changeBetween(old.value, now.value);
	if (old.state === "absent") return now.state === "absent" ? "same" : "added";
	return now.state === "absent" ? "removed" : "hidden";
}
function removed(before, host, name) {
	const old = before?.variable(name).definition;
	return old && !isOfPlaybook(old) ? missing(host, name) : void 0;
}
const onLiveHost = ", and MAS was live before this change";
function wasLive({ base }) {
	return base?.stage.stage === "live";
}

// src/rules/change/kept-values.ts
const keptValues = [
	{
		id: "change/encryption-secret",
		variable: encryptionSecretVariable,
		onlyWhereLive: true,
		why: "MAS can no longer read what it encrypted with the old value: cookies, and data of upstream providers.",
		remedy: "Restore the old value. If the old value leaked, accept this finding in `accepted-findings.yml`, and announce that all users must log in again."
	},
	{
		id: "change/generic-secret",
		variable: "matrix_homeserver_generic_secret_key",
		onlyWhereLive: true,
		why: "The playbook derives most other secrets from `matrix_homeserver_generic_secret_key`, including those between Synapse, MAS and their databases. All of them would change at once.",
		remedy: "Restore the old value. If the old value leaked, first set each derived secret explicitly, then accept this finding in `accepted-findings.yml`."
	},
	{
		id: "change/server-name",
		variable: domainVariable,
		onlyWhereLive: false,
		why: "Every account and room contains the name of the server. Synapse does not start if its database has another name. MAS holds the accounts of the old name.",
		remedy: "Restore the old name. To use another name, set up a new host."
	}
];
const [old, other] = ["ab".repeat(32), "cd".repeat(32)];
const keptValueRules = keptValues.map((kept) => {
	const { variable, onlyWhereLive, ...texts } = kept;
	return defineRule({
		...texts,
		severity: "error",
		stages: onlyWhereLive ? ["prepared", "live"] : [
			"off",
			"prepared",
			"live"
		],
		needs: "base",
		examples: {
			wrong: [],
			right: []
		},
		check: (context) => violations$9(context, kept)
	});
});
function violations$9(context, { variable, onlyWhereLive }) {
	const { host, base } = context;
	if (onlyWhereLive && !wasLive(context)) return [];
	const change = changeOf(base?.host, host, variable);
	const gone = removed(base?.host, host, variable);
	if (change !== "changed" && !gone) return [];
	const place = host.variable(variable).value?.place ?? context.stage.place;
	return [{
		message: `\`${variable}\` ${gone ? "is removed" : "changes"}${onlyWhereLive ? onLiveHost : " on an existing host"}`,
		place,
		...gone
	}];
}

// src/rules/synapse/extension-refused.ts
const bySyn2mas = {
	severity: "error",
	why: "syn2mas refuses to run with it"
};
const unsupported = {
	severity: "warning",
	why: "MAS does not support this way to log in"
};
const refused$1 = [
	{
		path: ["enable_3pid_changes"],
		prepared: bySyn2mas
	},
	{
		path: ["login_via_existing_session", "enabled"],
		prepared: bySyn2mas
	},
	{ path: ["session_lifetime"] },
	{ path: ["refresh_token_lifetime"] },
	{ path: ["nonrefreshable_access_token_lifetime"] },
	{
		path: ["jwt_config", "enabled"],
		prepared: unsupported
	},
	{
		path: ["saml2_config", "enabled"],
		prepared: unsupported
	},
	{
		path: ["saml2_config", "sp_config"],
		prepared: unsupported
	},
	{ path: ["oidc_config", "enabled"] },
	{ path: ["oidc_providers"] },
	{ path: ["user_consent"] }
];
const synapseExtensionRefused = defineRule({
	id: "synapse/extension-refused",
	severity: "error",
	why: `The playbook does not check \`${synapseExtension}\`. With a setting there, Synapse does not start once it delegates to MAS. Until then, syn2mas refuses to run with it, or it is a way to log in that MAS does not have.`,
	remedy: `Remove it from \`${synapseExtension}\`, or turn it off. See the guide of MAS for a replacement.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => refused$1.flatMap(({ path, ...rest }) => {
		const consequence = consequenceAt(context.stage.stage, rest.prepared);
		const extended = consequence && extendedAt(context, "matrix_synapse_configuration_extension_yaml", path);
		if (!extended || !isOn$2(extended.value)) return [];
		const { severity, why } = consequence;
		return [{
			message: `\`${path.join(".")}\` is set in \`${synapseExtension}\`, but ${why}`,
			severity,
			place: extended.place
		}];
	})
});
function consequenceAt(stage, prepared) {
	if (stage === "prepared") return prepared;
	return {
		severity: "error",
		why: "Synapse does not start with it once it delegates to MAS"
	};
}
function isOn$2(value) {
	return !isOpaque(value) && truthOf(value) !== false;
}

// src/rules/synapse/password-providers.ts
const variableOf = (kind) => `matrix_synapse_ext_password_provider_${kind}_enabled`;
const ofPeople = ["rest_auth", "ldap"].map(variableOf);
const sharedSecret$1 = variableOf("shared_secret_auth");
const passwordProviderVariables = [sharedSecret$1, ...ofPeople];
const passwordModule = /ldap|auth_?provider|authenticator/i;
const modules = "matrix_synapse_modules";
function passwordModules(context) {
	const old = extendedAt(context, synapseExtension, ["password_providers"]);
	const variable = context.host.variable(modules);
	const own = variable.value && !isOfPlaybook(variable.definition) ? modulesIn(variable.value) : [];
	return [...old && modulesIn(old.value).length > 0 ? [{
		subject: `a module of \`password_providers\` in \`${synapseExtension}\``,
		place: old.place
	}] : [], ...own.filter(isPasswordModule).map(({ place }) => ({
		subject: `a module of ${subjectOf(variable)}`,
		place
	}))];
}
function modulesIn(list) {
	if (list.kind !== "list") return [];
	return list.items.flatMap((item) => entryOf(item, "module")?.value ?? []);
}
function isPasswordModule(module) {
	return module.kind === "string" && passwordModule.test(module.value);
}
const passwordProviderWhileLive = defineRule({
	id: "synapse/password-provider-while-live",
	severity: "error",
	stages: ["live"],
	why: "With delegation to MAS, Synapse authenticates no users itself. The playbook refuses password providers, and Synapse does not start with them.",
	remedy: "Give accounts whose password only the provider knows another way to log in. Then set it to `false` or remove the line in the change that migrates.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => [
		...whereOn(context, [sharedSecret$1], "is on while MAS is live", turnOff$1),
		...whereOn(context, ofPeople, "is on while MAS is live"),
		...passwordModules(context).map(({ subject, place }) => ({
			message: `${subject} checks passwords while MAS is live`,
			place
		}))
	]
});
const passwordProviderWhilePrepared = defineRule({
	id: "synapse/password-provider-while-prepared",
	severity: "warning",
	stages: ["prepared"],
	why: "MAS does not support password providers, and syn2mas does not detect them. Accounts whose password only the provider knows cannot log in after the migration. Bridges that log in with a shared secret need another way.",
	remedy: "It can stay on until the migration. Before that, check which accounts and bridges depend on it. Give them a password, an upstream provider or appservice login.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => [...whereOn(context, passwordProviderVariables, "is on, but MAS does not support it"), ...passwordModules(context).map(({ subject, place }) => ({
		message: `${subject} checks passwords, but MAS does not support it`,
		place
	}))]
});

// src/rules/synapse/passwords.ts
const passwordConfigWhilePrepared = defineRule({
	id: "synapse/password-config-while-prepared",
	severity: "error",
	stages: ["prepared"],
	why: "Both migration tools accept only `true` or `false`, and stop at anything else, such as `only_for_reauth`.",
	remedy: "Until the migration, write `true` if users log in with passwords, and `false` if they do not.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const variable = host.variable(synapsePasswordsVariable);
		const { value, definition } = variable;
		if (!value || isOfPlaybook(definition) || !isNoSwitch(value)) return [];
		return [{
			message: `${subjectOf(variable)} is neither \`true\` nor \`false\` while MAS is prepared`,
			place: value.place,
			suggestion: asTrue(definition)
		}];
	}
});
function isNoSwitch({ kind }) {
	return kind !== "boolean" && kind !== "unknown" && kind !== "vault";
}
`${prepared}${synapsePasswordsVariable}`;
const passwordLoginOpens = defineRule({
	id: "synapse/password-login-opens",
	severity: "warning",
	why: "Password login is off in Synapse, but on by default in MAS. syn2mas migrates every password that Synapse still stores, so the old passwords work again after the migration.",
	remedy: `Before the change that migrates, set \`${passwordsEnabledVariable}: false\`, with an upstream provider for all users. Set it to \`true\` if users should be able to log in with passwords again.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const before = beforeMigration(context);
		if (!before || switchAt(context.host, "matrix_authentication_service_config_passwords_enabled").state !== "absent") return [];
		const off = passwordLoginOff(before);
		if (!off) return [];
		const place = before === context.host ? off.place : context.stage.place;
		return [{
			message: `${off.subject} turns password login off, but it is on in MAS`,
			place
		}];
	}
});
function passwordLoginOff(host) {
	const setting = switchAt(host, synapsePasswordsVariable);
	const { value } = host.variable(synapsePasswordsVariable);
	const forReauth = value?.kind === "string" && value.value === "only_for_reauth";
	return setting.state === "off" || forReauth ? setting : void 0;
}
const localPasswordsVariable = "matrix_synapse_password_config_localdb_enabled";
const localPasswordsOff = defineRule({
	id: "synapse/local-passwords-off",
	severity: "warning",
	stages: ["prepared"],
	why: "Synapse does not check passwords against its own database. syn2mas migrates only passwords from that database, so these accounts will have no password in MAS.",
	remedy: "Give the accounts an upstream provider of MAS, or set passwords for them.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { state, place, subject } = switchAt(host, localPasswordsVariable);
		return state === "off" ? [{
			message: `${subject} is off, so the passwords are not in the database of Synapse`,
			place
		}] : [];
	}
});

// src/rules/synapse/switches.ts
const casVariable = "matrix_synapse_cas_config_enabled";
const switches = [
	{
		id: "synapse/oidc-while-live",
		switch: oidcEnabledVariable,
		why: "Synapse does not start with both OpenID Connect and delegation to MAS. A playbook of the dialect `mas-cli` refuses this; one of `syn2mas-tool` does not.",
		remedy: `Remove \`${oidcEnabledVariable}\` and \`${oidcProvidersVariable}\` in the change that migrates. From then on MAS has the providers.`,
		fix: removeVariable,
		with: exampleProvider
	},
	{
		id: "synapse/cas-while-live",
		switch: casVariable,
		why: "With delegation to MAS, Synapse authenticates no users itself. A playbook of the dialect `mas-cli` refuses CAS, and Synapse does not start with it.",
		remedy: "Give its accounts another way to log in: a bridge such as Dex connects CAS to OpenID Connect. Then turn it off in the change that migrates."
	},
	{
		id: "synapse/registration-while-live",
		switch: registrationVariable,
		why: "Once Synapse delegates to MAS, MAS creates the accounts. A playbook of the dialect `mas-cli` refuses registration in Synapse, and Synapse does not start with it.",
		remedy: `Turn it off in the change that migrates. For registration in MAS, set \`${masRegistrationVariable}: true\` in an earlier change. To require a token, set \`${masTokenVariable}: true\` with it: without it, anyone can register.`,
		fix: turnOff$1
	},
	{
		id: "synapse/captcha-while-live",
		switch: captchaVariable,
		why: "Once Synapse delegates to MAS, MAS creates the accounts. A playbook of the dialect `mas-cli` refuses a captcha in Synapse, and Synapse does not start with it.",
		remedy: `Turn it off in the change that migrates. For a captcha in MAS, set \`${masCaptchaVariable}\` in an earlier change.`,
		fix: turnOff$1
	},
	{
		id: "synapse/password-config-while-live",
		switch: synapsePasswordsVariable,
		why: `With delegation to MAS, Synapse checks no passwords itself. The playbook refuses \`${synapsePasswordsVariable}: true\`, and Synapse does not start with it.`,
		remedy: "Remove the line. The playbook turns off only the password login of Synapse; MAS then checks the passwords.",
		fix: removeVariable
	}
];
const offWhileLiveRules = switches.map(({ switch: name, fix, with: more = "", ...texts }) => defineRule({
	...texts,
	severity: "error",
	stages: ["live"],
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => whereOnAnywhere(context, name, "is on while MAS is live", fix)
}));
function switchRule(name, what, { fix, ...rule }) {
	return defineRule({
		...rule,
		check: (context) => whereOn(context, [name], what, fix)
	});
}
const casWhilePrepared = switchRule(casVariable, "is on, but MAS does not support CAS", {
	id: "synapse/cas-while-prepared",
	severity: "warning",
	stages: ["prepared"],
	why: "MAS does not support CAS. syn2mas only warns and continues: accounts that use only CAS cannot log in after the migration.",
	remedy: "CAS can stay on until the migration. Before that, give these accounts another way to log in, such as Dex, which connects CAS to OpenID Connect.",
	examples: {
		wrong: [],
		right: []
	}
});
const guests = "matrix_synapse_allow_guest_access";
const guestAccess = defineRule({
	id: "synapse/guest-access",
	severity: "error",
	why: "MAS does not support guests. syn2mas refuses to run while Synapse allows guests, and in the dialect `syn2mas-tool` stops at the first guest account. Once MAS is live, the setting has no effect.",
	remedy: "Set it to `false` before the rehearsal. Existing guests lose their sessions.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => context.stage.stage === "prepared" ? whereOn(context, [guests], "is on, but MAS does not support guests", turnOff$1) : whereOn(context, [guests], "has no effect while MAS is live", turnOff$1).map((violation) => ({
		...violation,
		severity: "notice"
	}))
});
const qrLogin = "matrix_synapse_experimental_features_msc4108_enabled";
const qrLoginWhilePrepared = switchRule(qrLogin, "is on while MAS is prepared", {
	id: "synapse/qr-login-while-prepared",
	severity: "error",
	stages: ["prepared"],
	why: "QR code login needs MAS. The playbook refuses it while Synapse does not delegate to MAS.",
	remedy: "Remove the line. The playbook turns QR code login on automatically once MAS is live.",
	fix: removeVariable,
	examples: {
		wrong: [],
		right: []
	}
});

// src/rules/change/login-ends.ts
const ofPreparedHost = [
	passwordProviderWhilePrepared,
	localPasswordsOff,
	casWhilePrepared,
	synapseExtensionRefused
];
const forServices = /shared_secret/;
const loginEnds = defineRule({
	id: "change/login-ends",
	severity: "error",
	stages: ["prepared", "live"],
	needs: "base",
	why: "Before this change, Synapse logs users in by a way that MAS does not have, or with passwords that syn2mas does not migrate. Accounts without another way to log in are locked out.",
	remedy: "Give these accounts a password in the database of Synapse or an upstream provider of MAS, and their bridges appservice login. Then accept this finding in `accepted-findings.yml` in the same change.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => endedBy(context).map((violation) => ({
		...violation,
		place: context.stage.place
	}))
});
function endedBy(context) {
	const { base, stage } = context;
	if (!base?.host || base.stage.stage !== "prepared") return [];
	const before = {
		...context,
		host: base.host,
		stage: base.stage,
		base: void 0
	};
	const isMigration = stage.stage === "live";
	const left = new Set(isMigration ? [] : warningsOf({
		...context,
		base: void 0
	}));
	return warningsOf(before).filter((message) => !left.has(message)).map((message) => ({
		message: `this change ends a way to log in: ${message}`,
		severity: !isMigration || forServices.test(message) ? "warning" : "error"
	}));
}
function warningsOf(context) {
	return ofPreparedHost.flatMap((rule) => "check" in rule ? rule.check(context) : []).filter(({ severity }) => severity !== "error").map(({ message }) => message);
}

// src/rules/change/mas.ts
const masAddressChanged = defineRule({
	id: "change/mas-address",
	severity: "warning",
	stages: ["live"],
	needs: "base",
	why: "The issuer is derived from the address, and clients store it with their sessions. At the old address they can no longer refresh their tokens. Upstream providers refuse logins that redirect to an unknown address.",
	remedy: "Keep the address. If it must change, first register the new `ADDRESS/upstream/callback/ID` at every upstream provider. Keep the old address working for a while, and tell users that they may have to log in again.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { host, base, stage } = context;
		if (!wasLive(context)) return [];
		const [old, now] = [base?.host && masAddress(base.host), masAddress(host)];
		if (!old || !now || old.hostname === now.hostname && old.prefix === now.prefix) return [];
		const changedPart = old.hostname === now.hostname ? "path" : "host name";
		const name = changedPart === "path" ? pathPrefixVariable : hostnameVariable;
		const place = ownText(host, name)?.value.place ?? stage.place;
		return [{
			message: `the ${changedPart} of MAS changes${onLiveHost}`,
			place,
			...removed(base?.host, host, name)
		}];
	}
});
const masDowngrade = defineRule({
	id: "change/mas-downgrade",
	severity: "error",
	needs: "base",
	why: "MAS upgrades its database when it starts, and cannot downgrade it. An older version finds unknown tables, and does not start or fails later. It also silently ignores unknown configuration keys. A downgrade within a minor version, such as from 1.22.1 to 1.22.0, is not reported.",
	remedy: "Keep the version, or restore a database backup from the older version.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { host, base, stage } = context;
		if (!base?.host || base.stage.stage !== "prepared" && base.stage.stage !== "live") return [];
		const [old, now] = [masVersion({
			...context,
			host: base.host
		}), masVersion(context)];
		if (!old || !now || isAtLeast(now, [old[0], old[1]])) return [];
		return [{
			message: "this change downgrades MAS",
			place: host.variable("matrix_authentication_service_version").value?.place ?? stage.place
		}];
	}
});

// src/rules/change/migration-with-other-changes.ts
const allowedVariables = [
	new RegExp(`^(?:${enabledVariable}|${inProgressVariable}|${delegationVariable})$`),
	/^matrix_static_files_file_matrix_client_property_org_matrix_msc2965_/,
	/^matrix_client_element_features_feature_oidc_native_flow$/,
	/^matrix_synapse_(?:oidc|cas|ext_password_provider|password_config|enable_registration|registration|recaptcha|allow_guest)/,
	/^matrix_synapse_configuration_extension_yaml$/
];
const maxNames = 8;
function otherChanges({ host, base }) {
	const before = base?.host;
	if (!before) return [];
	return [.../* @__PURE__ */ new Set([...before.variableNames(), ...host.variableNames()])].filter((name) => !allowedVariables.some((pattern) => pattern.test(name)) && differs(before, host, name));
}
function differs(before, host, name) {
	const isWritten = (owner) => owner.variable(name).definition !== void 0;
	const change = changeOf(before, host, name);
	return isWritten(before) !== isWritten(host) || change === "changed" || change === "rewritten";
}
const migrationWithOtherChanges = defineRule({
	id: "change/migration-with-other-changes",
	severity: "warning",
	stages: ["live"],
	needs: "base",
	why: "A migration should change only authentication. Then the cause of a failure is clear, and a rollback reverts nothing else. `migrate` refuses changes to versions or other files.",
	remedy: "Move the other changes to a separate pull request, and deploy it before or after the migration.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		if (context.base?.stage.stage !== "prepared") return [];
		const names = otherChanges(context).toSorted();
		if (names.length === 0) return [];
		const shown = names.slice(0, maxNames).map((name) => `\`${name}\``);
		const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : "";
		const place = names.map((name) => context.host.variable(name).definition?.namePlace).find(Boolean) ?? context.stage.place;
		return [{
			message: `this change migrates the host and also changes ${shown.join(", ")}${more}`,
			place
		}];
	}
});

// src/rules/change/other-server.ts
const address = [connectionVariables.address, connectionVariables.port];
const keys$2 = "inventory/known_hosts";
const hosts = "inventory/hosts";
const at = (line) => `[matrix_servers]\nmatrix.example.test ${line}\n`;
const repository = (line, key) => ({
	vars: off,
	files: {
		[hosts]: at(line),
		[keys$2]: `192.0.2.7 ssh-ed25519 ${key}\n`
	}
});
repository("ansible_host=192.0.2.7", "AAAA");
const otherServer = defineRule({
	id: "change/other-server",
	severity: "error",
	needs: "base",
	why: "The next run connects to another machine and sends it all secrets of this host. If the host keys change too, nothing proves that it is your server.",
	remedy: "If the server moved, check its host key over another channel, such as the console of the provider, and accept this finding in `accepted-findings.yml`. Do not change the vars of the host in the same pull request.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => context.hosts.flatMap(({ host, base }) => {
		const before = base?.host;
		const name = before && address.map((names) => changedName(before, host, names)).find(Boolean);
		if (name === void 0) return [];
		const keysChange = knownHosts(context, "repository") !== knownHosts(context, "base");
		const place = host.variable(name).value?.place ?? host.place;
		return [{
			message: keysChange ? `\`${name}\` and the pinned host keys change together` : `\`${name}\` changes: the host is another machine`,
			severity: keysChange ? void 0 : "warning",
			place,
			host: host.name
		}];
	})
});
function changedName(before, host, names) {
	const [old, now] = [connectionVariable(before, names), connectionVariable(host, names)];
	if (old?.value && now?.value) return changeBetween(old.value, now.value) === "changed" ? now.name : void 0;
	const name = (now ?? old)?.name;
	const change = name === void 0 ? "same" : changeOf(before, host, name);
	return change === "added" || change === "removed" ? name : void 0;
}
function knownHosts(context, side) {
	const read = context[side];
	return (read?.inventory.folders ?? []).map((folder) => (read && fileText(read.files, folder === "" ? "known_hosts" : `${folder}/known_hosts`)) ?? "").join("\n");
}

// src/rules/facts/providers.ts
const providersVariable = "matrix_authentication_service_config_upstream_oauth2_providers";
const mappings = (name, ...items) => `${name}:\n${items.map((lines) => `  - ${lines.join("\n    ")}\n`).join("")}`;
function providerList(...lines) {
	return providerLists(lines);
}
function providerLists(...providers) {
	return live + mappings(providersVariable, ...providers);
}
const id = "id: 01HFVBY12TMNTYTBV8W921M5FA";
const issuer = "issuer: https://idp.example.test/";
const withMethod = (method, ...credentials) => [
	id,
	issuer,
	"client_id: mas",
	...credentials,
	`token_endpoint_auth_method: ${method}`
];
const whole = withMethod("client_secret_basic", "client_secret: invented");
const client$1 = whole.slice(2);
const publicClient = withMethod("none");
const withoutDiscovery = [
	"discovery_mode: disabled",
	"authorization_endpoint: https://idp.example.test/a",
	"token_endpoint: https://idp.example.test/t",
	"jwks_uri: https://idp.example.test/j"
];
function providersOf({ host }) {
	const { value } = host.variable(providersVariable);
	return value === void 0 || isOpaque(value) || value.kind === "null" ? void 0 : value;
}
function partsOf$1(map) {
	return (key) => {
		const part = valueAt(map, key);
		return part?.kind === "null" ? void 0 : part;
	};
}
const eachProvider = oncePer((host) => {
	const { value, definition } = host.variable(providersVariable);
	if (value?.kind !== "list" || !definition) return [];
	const names = namesByArgument(host);
	return value.items.flatMap((item, index) => {
		if (item.kind !== "map") return [];
		const part = partsOf$1(item);
		const text = (key) => textAt(item, key);
		const known = knownAs(text("synapse_idp_id") ?? names.get(text("id") ?? ""));
		return [{
			name: `provider ${index + 1}${known} of \`${providersVariable}\``,
			value: item,
			definition,
			part,
			text
		}];
	});
});
function knownAs(authProvider = "") {
	return /^oidc-[\w.-]{1,60}$/.test(authProvider) ? ` (\`${authProvider}\`)` : "";
}
function namesByArgument(host) {
	const { mappings: mapped } = readMappingArguments(mappingArgumentsOf(host).texts);
	return new Map(mapped.map(({ authProvider, ulid }) => [ulid, authProvider]));
}
function mappingArgumentsOf(host) {
	const variable = host.variable(mappingVariable);
	const { value } = variable;
	if (value?.kind === "string") return {
		texts: [value.value],
		hidden: false
	};
	const words = value?.kind === "list" ? value.items : [];
	const texts = words.flatMap((word) => word.kind === "string" ? [word.value] : []);
	return {
		texts,
		hidden: isUnknown(variable) || texts.length !== words.length
	};
}
function isUnknown({ state, value, vaults }) {
	return state !== "absent" && value?.kind !== "list" && !vaults;
}

// src/rules/facts/password-schemes.ts
const pepperVariable = "matrix_synapse_password_config_pepper";
function schemesOf(host) {
	const { value, definition } = host.variable(schemesVariable);
	if (value?.kind !== "list" || !definition) return void 0;
	const schemes = value.items.map((item) => {
		if (item.kind !== "map") return void 0;
		const part = partsOf$1(item);
		const version = part("version");
		return {
			value: item,
			part,
			version: version?.kind === "integer" ? version.value : void 0
		};
	});
	const known = schemes.filter((scheme) => scheme !== void 0);
	return known.length === schemes.length ? {
		schemes: known,
		definition
	} : void 0;
}
function firstScheme(host) {
	const all = schemesOf(host);
	const scheme = all?.schemes.find(({ version }) => version === 1n);
	return all && scheme && {
		...scheme,
		definition: all.definition
	};
}
function synapsePepper(host) {
	return isUnset(host, "matrix_synapse_password_config_pepper") ? "" : plainText(host, pepperVariable)?.text;
}
function variablePepper(host) {
	const own = ownDefinition(host, pepperVariable);
	if (!own || isOfPlaybook(own)) return host.variable("matrix_synapse_password_config_pepper").hiddenIn.length > 0 ? void 0 : "";
	return textOf$1(own.value);
}
function masPepper(host) {
	if (isUnset(host, "matrix_authentication_service_config_passwords_schemes")) return variablePepper(host);
	const secret = firstScheme(host)?.part("secret");
	if (!secret) return void 0;
	return isPepperVariable(secret) ? variablePepper(host) : textOf$1(secret);
}
function isPepperVariable(secret) {
	return secret.kind === "unknown" && secret.source?.replace(/\s/g, "") === `{{${"matrix_synapse_password_config_pepper"}}}`;
}
function textOf$1(value) {
	return value.kind === "string" ? value.value : void 0;
}

// src/rules/mas/password-pepper.ts
inSynapse("password_config:", "  pepper: invented");
const passwordPepper = defineRule({
	id: "mas/password-pepper",
	severity: "error",
	why: "Synapse adds its pepper to every password before it hashes it. The `secret` of version 1 must be the same pepper: otherwise MAS rejects every old password, and syn2mas refuses to run. The playbook always sets a pepper in Synapse, even an empty one. For MAS, an empty `secret` is not the same as no `secret`.",
	remedy: `Add \`secret: "{{ ${pepperVariable} }}"\` to version 1, as the playbook does by default.`,
	examples: {
		wrong: [],
		right: []
	},
	check: passwordPepperViolations
});
function passwordPepperViolations(context) {
	const before = beforeMigration(context);
	if (!before) return [];
	const { host } = context;
	if (isUnset(host, "matrix_authentication_service_config_passwords_schemes")) return pepperPastVariable(context, before);
	const first = firstScheme(host);
	const algorithm = first?.part("algorithm");
	if (!first || algorithm?.kind !== "string" || algorithm.value !== "bcrypt" || first.part("secret_file")) return [];
	const secret = first.part("secret");
	if (!secret) {
		const suggestion = lineInto(first.definition, first.value, `secret: "{{ ${pepperVariable} }}"`);
		return [{
			message: `version 1 of \`${schemesVariable}\` has no \`secret\``,
			place: first.value.place,
			suggestion
		}];
	}
	if (isPepperVariable(secret)) return pepperPastVariable(context, before);
	const pepper = synapsePepper(before);
	if (secret.kind !== "string" || pepper === void 0 || secret.value === pepper) return [];
	return [{
		message: `the \`secret\` of version 1 is not ${subjectOf(before.variable(pepperVariable))}`,
		place: secret.place
	}];
}
function pepperPastVariable({ host, stage }, before) {
	const theirs = before.variable(pepperVariable);
	const [synapse, mas] = [synapsePepper(before), variablePepper(host)];
	const isKnown = synapse !== void 0 && mas !== void 0;
	if (theirs.definition?.inExtension === void 0 || !isKnown || synapse === mas) return [];
	return [{
		message: `${subjectOf(theirs)} is not \`${pepperVariable}\`, which MAS uses`,
		remedy: `Remove the line here, and set \`${pepperVariable}\` to the same value: the playbook passes it to Synapse and to MAS.`,
		place: before === host ? theirs.value?.place : stage.place
	}];
}

// src/rules/change/password-pepper.ts
const passwordPepperChanged = defineRule({
	id: "change/password-pepper",
	severity: "error",
	needs: "base",
	why: "The pepper is part of every password hash. If it changes, Synapse rejects every old password before the migration. MAS rejects them after it, because version 1 of its schemes uses the pepper as its secret.",
	remedy: `Restore the old value, even if MAS is live. Keep \`${pepperVariable}\` permanently.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { host, base, stage } = context;
		if (!base?.host || base.stage.stage === "unknown") return [];
		const old = pepperAt(base.stage, base.host);
		const gone = removed(base.host, host, pepperVariable);
		const now = pepperAt(stage, host) ?? (gone && "");
		if (old === void 0 || now === void 0 || old === now) return [];
		if (passwordPepperViolations(context).length > 0) return [];
		return [{
			message: "the password pepper changes, so every old password stops working",
			place: host.variable("matrix_synapse_password_config_pepper").value?.place ?? stage.place,
			...gone
		}];
	}
});
function pepperAt({ stage }, host) {
	return stage === "live" ? masPepper(host) : synapsePepper(host);
}

// src/rules/change/providers.ts
const ids = ["01HFVBY12TMNTYTBV8W921M5FA", "01HFVC1K8ZQ8Y6F5J0W4N3T2RS"];
const idp = "https://idp.example.test/";
const provider$1 = (id, issuer) => `  - id: ${id}\n    issuer: ${issuer}\n    client_id: mas\n    token_endpoint_auth_method: none\n`;
const list$1 = (stage, ...providers) => `${stage}${providersVariable}:\n${providers.join("")}`;
list$1(live, provider$1(ids[0], idp));
const providerIdChanged = defineRule({
	id: "change/provider-id",
	severity: "error",
	needs: "base",
	why: "Accounts are linked to the id. MAS treats a provider with another id as a new one. Its users get a new account, or cannot log in.",
	remedy: "Restore the old id. You can change all other settings of the provider.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => removedWhileLive(context).flatMap(({ successor }) => successor ? [{
		message: `the \`id\` of a provider changes${onLiveHost}`,
		place: successor.part("id")?.place
	}] : [])
});
const providerRemoved = defineRule({
	id: "change/provider-removed",
	severity: "warning",
	needs: "base",
	why: "MAS disables a provider that is no longer configured. Accounts with no password and no other provider can no longer log in.",
	remedy: "Make sure that these accounts have another way to log in. To only prevent new logins, set `enabled: false` instead.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const place = context.host.variable("matrix_authentication_service_config_upstream_oauth2_providers").definition?.namePlace ?? context.stage.place;
		const gone = removed(context.base?.host, context.host, providersVariable);
		return removedWhileLive(context).filter(({ successor }) => !successor).map(({ provider }) => ({
			message: `${nameOf$1(provider)} is removed${onLiveHost}`,
			place,
			...gone
		}));
	}
});
function nameOf$1({ text }) {
	const id = text("id") ?? "";
	return isUlid(id) ? `the provider \`${id}\`` : "a provider";
}
function removedWhileLive(context) {
	const [old, now] = [comparable(context.base?.host), comparable(context.host)];
	if (!wasLive(context) || !old || !now) return [];
	const without = (some, others) => some.filter(({ text }) => !others.some((other) => other.text("id") === text("id")));
	const added = without(now, old);
	return without(old, now).map((provider) => ({
		provider,
		successor: added.find((candidate) => isSameService(candidate, provider))
	}));
}
function comparable(host) {
	if (!host) return void 0;
	const { value } = host.variable(providersVariable);
	if (!value && missing(host, "matrix_authentication_service_config_upstream_oauth2_providers")) return [];
	if (value?.kind !== "list") return void 0;
	const providers = eachProvider(host).filter(({ text }) => text("id") !== void 0);
	return providers.length === value.items.length ? providers : void 0;
}
function isSameService(a, b) {
	const key = a.text("issuer") !== void 0 && b.text("issuer") !== void 0 ? "issuer" : "client_id";
	return a.text(key) !== void 0 && a.text(key) === b.text(key);
}

// src/rules/synapse/not-ported.ts
const variable$2 = (key) => `matrix_authentication_service_config_captcha_${key}`;
const captchaNotPorted = defineRule({
	id: "synapse/captcha-not-ported",
	severity: "warning",
	stages: ["prepared"],
	dialects: ["mas-cli"],
	why: "Synapse protects registration with a captcha, and MAS has none yet. syn2mas only warns and continues.",
	remedy: `Set \`${masCaptchaVariable}: recaptcha_v2\` with \`${variable$2("site_key")}\` and \`${variable$2("secret_key")}\`. You can reuse the two keys of Synapse.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { state, place, subject } = switchAt(context.host, captchaVariable);
		if (state !== "on" || !isUnset(context.host, "matrix_authentication_service_config_captcha_service")) return [];
		return [{
			message: `${subject} is on, but MAS has no captcha`,
			place
		}];
	}
});
inSynapse("user_consent:", "  version: 1");
const consentNotPorted = defineRule({
	id: "synapse/consent-not-ported",
	severity: "warning",
	stages: ["prepared"],
	dialects: ["mas-cli"],
	why: "Synapse asks for consent to its terms at registration. After the migration MAS creates the accounts, and shows terms only if their URL is set. syn2mas only warns and continues.",
	remedy: `Set \`branding.tos_uri\` in \`${extensionVariable}\`, and remove \`user_consent\` in the change that migrates.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const extended = extendedAt(context, synapseExtension, ["user_consent"]);
		if (!extended || isEmpty$1(extended.value.kind) || context.host.variable("matrix_authentication_service_configuration_extension_yaml").state === "unknown") return [];
		if (extendedAt(context, "matrix_authentication_service_configuration_extension_yaml", ["branding", "tos_uri"])) return [];
		return [{
			message: `\`user_consent\` is set in \`${synapseExtension}\`, but MAS has no URL of the terms`,
			place: extended.place
		}];
	}
});
function isEmpty$1(kind) {
	return kind === "null" || kind === "unknown";
}
const registrationNotPorted = defineRule({
	id: "synapse/registration-not-ported",
	severity: "notice",
	stages: ["prepared"],
	why: "Users can register now, but not once MAS is live: registration is off in MAS by default.",
	remedy: `Set \`${masRegistrationVariable}\` to \`true\` or \`false\`. With \`true\` anyone can register, unless MAS has the same restrictions as Synapse, such as a registration token.`,
	examples: {
		wrong: [],
		right: []
	},
	check: registrationWithoutMas
});
function registrationWithoutMas({ host, checkout }) {
	const { state, place, subject } = switchAt(host, registrationVariable);
	if (state !== "on" || switchAt(host, "matrix_authentication_service_config_account_password_registration_enabled").state !== "absent") return [];
	const message = `${subject} is on, but registration is not set in MAS`;
	const token = switchAt(host, tokenVariable).state;
	return [{
		message,
		place,
		...(token === "on" || token === "unclear") && { remedy: tokenRemedy(checkout) }
	}];
}
function tokenRemedy(checkout) {
	return checkout?.dialect === "syn2mas-tool" ? "Keep registration off in MAS. This version has no registration tokens, so anyone could register." : `Set \`${masTokenVariable}: true\` together with \`${masRegistrationVariable}: true\`: without the token, anyone could register. Tokens of Synapse are not migrated; create new ones in MAS.`;
}

// src/rules/change/registration-ends.ts
const remedy = `In an earlier change, set \`${masRegistrationVariable}\` to \`true\` to keep registration, or to \`false\` to end it.`;
const registrationEnds = defineRule({
	id: "change/registration-ends",
	severity: "warning",
	stages: ["live"],
	needs: "base",
	why: "Before this change, users can register in Synapse. Afterwards only MAS creates accounts, and registration is off there by default.",
	remedy,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ base, host, stage, checkout }) => {
		if (!base?.host || base.stage.stage !== "prepared" || !isUnset(host, "matrix_authentication_service_config_account_password_registration_enabled")) return [];
		return registrationWithoutMas({
			host: base.host,
			checkout
		}).map(({ remedy: ofTokens }) => ({
			message: "this change ends registration: it is on in Synapse before, and not set in MAS",
			place: stage.place,
			...ofTokens !== void 0 && { remedy: `${remedy} ${ofTokens}` }
		}));
	}
});

// src/rules/facts/references.ts
function referencesTo(names, value) {
	return usesIn(value).filter(({ name, part }) => names.has(name) && !copes.test(part.source ?? ""));
}
const usersOf = oncePer((host) => {
	const users = /* @__PURE__ */ new Map();
	for (const name of ownNames(host)) {
		const { value } = host.variable(name);
		for (const { name: used } of value ? usesIn(value) : []) users.set(used, (users.get(used) ?? /* @__PURE__ */ new Set()).add(name));
	}
	return users;
});
function isUsed(host, name) {
	return [...host.variableNames()].some((each) => {
		const { value } = host.variable(each);
		return value !== void 0 && usesIn(value).some((use) => use.name === name);
	});
}
function usesIn(value) {
	if (value.kind === "list") return value.items.flatMap(usesIn);
	if (value.kind === "map") return value.entries.flatMap((entry) => usesIn(entry.value));
	if (value.kind !== "unknown" || value.source === void 0) return [];
	return [...namesIn(value.source)].map((name) => ({
		name,
		part: value
	}));
}
const copes = /\b(?:default|d)\s*\(|\bdefined\b|\{%-?\s*(?:set|for|macro)\b/;

// src/rules/change/removed-in-use.ts
const removedInUse = defineRule({
	id: "change/removed-in-use",
	severity: "error",
	stages: [
		"off",
		"prepared",
		"live",
		"unknown"
	],
	needs: "base",
	why: "The change removes a variable that another variable still uses. Nothing else sets it. Ansible stops in the middle of the run when it needs the value.",
	remedy: "Restore the variable, or replace the reference with its value.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const removed = removedNames(context);
		if (removed.size === 0) return [];
		const { host } = context;
		return [...ownNames(host)].flatMap((variable) => {
			const { value } = host.variable(variable);
			if (!value) return [];
			return referencesTo(removed, value).map(({ name, part }) => ({
				message: `\`${variable}\` uses \`${name}\`, which this change removes`,
				place: part.place,
				...missing(host, name)
			}));
		});
	}
});
function removedNames({ host, base, checkout }) {
	const playbook = checkout?.variables;
	if (!playbook || !base?.host) return /* @__PURE__ */ new Set();
	const candidates = [...ownNames(base.host)].filter((name) => missing(host, name) && playbook.defaultsOf(name).length === 0);
	if (candidates.length === 0) return /* @__PURE__ */ new Set();
	const mentioned = playbook.mentioned(candidates);
	return playbook.incomplete ? /* @__PURE__ */ new Set() : new Set(candidates.filter((name) => !mentioned.has(name)));
}

// src/rules/change/stages.ts
const stageHidden = defineRule({
	id: "change/stage-hidden",
	severity: "error",
	stages: ["unknown"],
	needs: "base",
	why: "The repository shows the stage of this host before the change, but not after it. With an unknown stage nothing is deployed, and later changes are refused too.",
	remedy: `Keep \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\`. Put only secrets in a vault.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ stage, base }) => {
		const before = base?.stage.stage;
		if (stage.problem !== "hidden" || before === void 0 || before === "unknown") return [];
		return [{
			message: `the stage was \`${before}\` and is now unknown: ${stage.reason}`,
			place: stage.place
		}];
	}
});
const skipsPrepared = defineRule({
	id: "change/skips-prepared",
	severity: "error",
	stages: ["live"],
	needs: "base",
	why: "MAS would go live without the accounts of Synapse, so no user could log in. `deploy` and `migrate` refuse this change if Synapse has accounts.",
	remedy: `Split the change in two. First set \`${inProgressVariable}: true\`, and deploy. Then remove that line in a second change.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ stage, base }) => base?.host && base.stage.stage === "off" ? [{
		message: "this change makes MAS live without the prepare step",
		place: stage.place
	}] : []
});
const liveToOff = defineRule({
	id: "change/live-to-off",
	severity: "error",
	stages: ["off"],
	needs: "base",
	why: "Synapse delegates to MAS. Without MAS no user can log in, and the playbook deletes MAS with its signing keys.",
	remedy: `Keep \`${enabledVariable}: true\`. To roll back to Synapse's built-in login, revert the migrate pull request instead; see Rolling back in migrate/README.md.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => wasLive(context) ? [{
		message: "this change disables MAS, which was live before",
		place: context.stage.place
	}] : []
});
const liveToPrepared = defineRule({
	id: rollbackRule,
	severity: "warning",
	stages: ["prepared"],
	needs: "base",
	why: "If this finding is accepted, merging rolls a live server back to Synapse's built-in login, with some seconds of downtime. What users did in MAS since the migration is lost: new accounts, sessions and changed passwords. If there is any of this, the rollback of a merge is refused.",
	remedy: "If you have rolled the server back already, merge this change as it is. If merging should roll it back, accept this finding in `accepted-findings.yml` in the same change. The newest result of the doctor shows what would be lost (`doctor/rollback-price`). A rollback that you start manually begins at once if users would lose nothing; otherwise it needs the number that it shows.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => wasLive(context) ? [{
		message: "merging this change rolls a live server back",
		place: context.stage.place
	}] : []
});
function migrates({ stage, base }) {
	return stage.stage === "live" && base?.stage.stage === "prepared";
}
const severalMigrations = defineRule({
	id: "change/several-migrations",
	severity: "warning",
	stages: ["live"],
	needs: "base",
	why: "Hosts migrate one after the other, in the order of the inventory. The first failure stops the rest. Then the repository says that the other hosts are live, but they are not.",
	remedy: "Make a separate change for each host, and merge the next change when the previous host works. Or accept this finding in `accepted-findings.yml` if the first host is your canary.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: ({ hosts: all }) => {
		const migrating = all.filter(migrates);
		const [, second] = migrating;
		if (!second) return [];
		const names = migrating.slice(0, 10).map(({ host }) => `\`${host.name}\``);
		const more = migrating.length > names.length ? ` and ${migrating.length - names.length} more` : "";
		const place = second.stage.place;
		return [{
			message: `${migrating.length} hosts would migrate with one change: ${names.join(", ")}${more}`,
			place
		}];
	}
});

// src/rules/mas/address.ts
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const hostname$1 = new RegExp(`^${label}(?:\\.${label})+$`, "i");
const masHostnameForm = defineRule({
	id: "mas/hostname-form",
	severity: "error",
	why: `The playbook builds the URL of MAS and the rule of the reverse proxy from \`${hostnameVariable}\`. Anything other than a host name results in a URL that does not work.`,
	remedy: "Write only the host name, such as `auth.example.com`: no `https://`, no port, no path.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => whereWrong(host, hostnameVariable, (value) => {
		return value.kind === "string" && hostname$1.test(value.value) && value.value.length <= 253 ? void 0 : "is not a valid host name";
	})
});
const prefix$1 = /^(?:\/[A-Za-z0-9._~-]+)+$/;
const masPathPrefixForm = defineRule({
	id: "mas/path-prefix-form",
	severity: "error",
	why: `The playbook builds the URL of MAS and the rule of the reverse proxy from \`${pathPrefixVariable}\` without changing it. A wrong form results in URLs with two slashes or none.`,
	remedy: "Write `/`, or a path that starts with a slash and does not end with one, such as `/auth`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { value, definition } = host.variable(pathPrefixVariable);
		if (!definition || isOpaque(value)) return [];
		const text = value.kind === "string" ? value.value : "";
		if (/^\/(?:_matrix|_synapse|\.well-known)(?:\/|$)/.test(text)) return [{
			message: `\`${pathPrefixVariable}\` is a path that the homeserver uses itself`,
			place: value.place
		}];
		if (text === "/" || prefix$1.test(text)) return [];
		return [{
			message: `\`${pathPrefixVariable}\` must be \`/\`, or start with a slash and not end with one`,
			place: value.place,
			suggestion: fixOf(definition, value, text)
		}];
	}
});
function fixOf(definition, value, text) {
	if (prefix$1.test(`/${text}`)) return editText(definition, value, { before: "/" });
	const tooMany = /(?<!\/)\/+$/.exec(text)?.[0].length ?? 0;
	return tooMany > 0 && prefix$1.test(text.slice(0, -tooMany)) ? editText(definition, value, {
		drop: tooMany,
		after: ""
	}) : void 0;
}
const rootOfSynapse = defineRule({
	id: "mas/root-of-synapse",
	severity: "warning",
	why: "MAS receives every request on this host that no Synapse rule matches. It takes over the redirect of the front page. It also takes over services below a path of this host, unless their rule is longer than the rule of MAS.",
	remedy: `Give MAS a path such as \`/auth\` in \`${pathPrefixVariable}\`, or its own host name in \`${hostnameVariable}\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const mas = masAddress(host);
		if (mas?.prefix !== "/" || mas.hostname !== matrixHost(host)) return [];
		return [{
			message: "MAS uses the root path on the host of Synapse",
			place: ownText(host, pathPrefixVariable)?.value.place
		}];
	}
});
const masHostnameNeedsDns = defineRule({
	id: "mas/hostname-needs-dns",
	severity: "notice",
	needs: "base",
	why: "The host name is new. Without a DNS record the reverse proxy cannot get a certificate, and MAS is unreachable.",
	remedy: "Before you merge this change, create a DNS record that points to the server, such as a CNAME to the host name of Synapse.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, base }) => {
		const hostname = ownText(host, hostnameVariable);
		if (!hostname || !base || hostname.text.toLowerCase() === matrixHost(host)) return [];
		if (base.host && isKnownTo(base.host, hostname.text)) return [];
		return [{
			message: "the host name of MAS is new and needs a DNS record",
			place: hostname.value.place
		}];
	}
});
function isKnownTo(before, hostname) {
	const own = ownText(before, hostnameVariable);
	const { definition } = before.variable(hostnameVariable);
	return own ? own.text === hostname : definition !== void 0 && !isOfPlaybook(definition);
}

// src/rules/mas/delegates-elsewhere.ts
const endpoint$1 = "matrix_synapse_matrix_authentication_service_endpoint";
const container = "matrix-authentication-service";
const delegatesElsewhere = defineRule({
	id: "mas/delegates-elsewhere",
	severity: "error",
	why: "Synapse would use a MAS other than the playbook's. The migration fills the playbook's MAS, so the other one has no accounts of Synapse and accepts no session.",
	remedy: `Remove \`${endpoint$1}\`: the playbook sets it to its own MAS.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, stage }) => {
		const chosen = ownText(host, endpoint$1);
		if (!chosen || chosen.text === "") return [];
		const url = URL.canParse(chosen.text) ? new URL(chosen.text) : void 0;
		const own = masAddress(host)?.hostname;
		if (url && (own === void 0 || url.hostname === own || url.hostname === container)) return [];
		const subject = subjectOf(host.variable(endpoint$1));
		return [{
			message: url ? `${subject} is not the address of the playbook's MAS` : `${subject} is not a URL, so Synapse does not start`,
			severity: stage.stage === "prepared" ? "warning" : void 0,
			place: chosen.value.place
		}];
	}
});
const delegatesWithoutMas = defineRule({
	id: "mas/delegates-without-mas",
	severity: "warning",
	stages: ["off"],
	why: "Synapse delegates to a MAS that the playbook does not manage, so these actions cannot migrate this server. They report its stage as `off`, although Synapse no longer uses its built-in login.",
	remedy: "Keep that MAS and do not use these actions for this server. If no MAS exists, remove the setting: no user can log in with it.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { state, subject, place } = switchAt(host, delegationVariable);
		if (state !== "on") return [];
		return [{
			message: `${subject} makes Synapse delegate to a MAS, but the playbook's MAS is off`,
			place
		}];
	}
});

// src/rules/mas/email.ts
const variable$1 = (name) => `matrix_authentication_service_config_email_${name}`;
const transport = variable$1("transport");
`${live}${transport}`;
const relay = "exim_relay_enabled";
const transports = ["blackhole", "smtp"];
const modes = [
	"plain",
	"tls",
	"starttls"
];
const emailTransport = defineRule({
	id: "mas/email-transport",
	severity: "error",
	why: "MAS does not start with a transport that it does not know. The playbook still accepts `aws_ses`, which MAS has removed.",
	remedy: `Use \`smtp\` with \`${variable$1("hostname")}\`, a numeric port, and one of the modes ${modes.join(", ")}; or use \`blackhole\`, which sends no email. Amazon SES also works with \`smtp\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { value } = host.variable(transport);
		const chosen = plainText(host, transport)?.text;
		if (value && !isOpaque(value) && !transports.includes(chosen ?? "")) return [{
			message: `\`${transport}\` is not an email transport that MAS supports`,
			place: value.place
		}];
		if (chosen !== "smtp" || !value) return [];
		const [user, password] = [variable$1("username"), variable$1("password")];
		const message = `only one of \`${user}\` and \`${password}\` is set`;
		const isHalf = isUnset(host, user) !== isUnset(host, password);
		return [
			...whereWrong(host, variable$1("mode"), modeProblem),
			...isHalf ? [{
				message,
				place: value.place
			}] : [],
			...wrongHost(host, value.place),
			...wrongPort(host)
		];
	}
});
function modeProblem(value) {
	return value.kind === "string" && !modes.includes(value.value) ? "is not a mode that MAS supports" : void 0;
}
function wrongHost(host, place) {
	const name = variable$1("hostname");
	if (isUnset(host, name)) {
		if (switchAt(host, relay).state !== "off") return [];
		return [{
			message: `\`${name}\` is not set, and the playbook's own mail relay is off`,
			place
		}];
	}
	return whereWrong(host, name, (value) => {
		return value.kind === "null" || value.kind === "string" && value.value.trim() === "" ? "is empty" : void 0;
	});
}
function wrongPort(host) {
	const { value, definition } = host.variable(variable$1("port"));
	if (!value || isOpaque(value) || isOfPlaybook(definition)) return [];
	const text = value.kind === "integer" || value.kind === "string" ? String(value.value).trim() : "";
	if (/^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535) return [];
	return [{
		message: `\`${variable$1("port")}\` is not a valid port number`,
		place: value.place
	}];
}
const account = (name) => `matrix_authentication_service_config_account_${name}`;
const recovery = account("password_recovery_enabled");
const registration = account("password_registration_enabled");
const emailRequired = account("password_registration_email_required");
`${live}${transport}`;
const emailBlackhole = defineRule({
	id: "mas/email-blackhole",
	severity: "warning",
	why: `MAS offers a feature that needs email, but sends no email. Users wait for a message that never arrives. Without the playbook's mail relay (\`${relay}: false\`) the default transport is \`blackhole\`.`,
	remedy: `Set \`${transport}: smtp\` with a working mail server, or turn off the feature that needs email. For registration, \`${emailRequired}: false\` is enough.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		if (isUnset(host, transport) ? switchAt(host, relay).state !== "off" : plainText(host, transport)?.text !== "blackhole") return [];
		const required = switchAt(host, emailRequired).state;
		return whereOn({ host }, required === "on" || required === "absent" ? [recovery, registration] : [recovery], "needs email, but MAS sends no email");
	}
});

// src/rules/mas/encryption-secret.ts
const hexadecimal = /^[0-9a-fA-F]{64}$/;
const encryptionSecretMissing = defineRule({
	id: "mas/encryption-secret-missing",
	severity: "error",
	why: `MAS encrypts cookies and upstream secrets with \`${encryptionSecretVariable}\`. The playbook refuses to install MAS without it.`,
	remedy: `Add \`${encryptionSecretVariable}\` with the output of \`openssl rand -hex 32\`, preferably in an Ansible Vault.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, stage }) => {
		const unset = missing(host, encryptionSecretVariable);
		if (!ownDefinition(host, "matrix_authentication_service_config_secrets_encryption") && host.variable("matrix_authentication_service_config_secrets_encryption").definition) return [{
			message: `${subjectOf(host.variable(encryptionSecretVariable))} is set, but the playbook requires \`${encryptionSecretVariable}\``,
			place: host.variable(encryptionSecretVariable).value?.place
		}];
		if (unset) return [{
			message: `MAS is enabled, but \`${encryptionSecretVariable}\` is not set`,
			place: stage.place,
			...unset
		}];
		return whereWrong(host, encryptionSecretVariable, (value) => {
			return value.kind === "null" || value.kind === "string" && value.value === "" ? "is empty" : void 0;
		});
	}
});
const encryptionSecretFormat = defineRule({
	id: "mas/encryption-secret-format",
	severity: "error",
	why: "MAS expects 32 bytes in hexadecimal, and does not start if the value is anything else. The playbook checks only its length, not its characters.",
	remedy: "Use the output of `openssl rand -hex 32`, in quotes, because YAML reads an unquoted value that contains only digits as a number. On a host that is prepared or live, first read `change/encryption-secret`: MAS can no longer read what it encrypted with the old secret.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => whereWrong(host, encryptionSecretVariable, formProblem)
});
function formProblem(value) {
	if (value.kind === "null") return void 0;
	if (value.kind === "integer") return "is digits only, which YAML reads as a number";
	if (value.kind !== "string") return "is not a string";
	if (value.value === "" || hexadecimal.test(value.value)) return void 0;
	const { length } = [...value.value];
	return length === 64 ? "has 64 characters, but not all of them are hexadecimal digits" : `has ${length} characters instead of 64 hexadecimal digits`;
}
`${"0a1b2c9".repeat(4)}${"9c2b1a0".repeat(4)}00112233`.replaceAll("3", "9");
const encryptionSecretWeak = defineRule({
	id: "mas/encryption-secret-weak",
	severity: "error",
	why: "The format is right, but the value is not random. Anyone who guesses the secret and gets the database or a cookie can read what MAS encrypts.",
	remedy: "Use the output of `openssl rand -hex 32`. On a host that is prepared or live, first read `change/encryption-secret`: MAS can no longer read what it encrypted with the old secret.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => whereWrong(host, encryptionSecretVariable, (value) => value.kind === "string" && hexadecimal.test(value.value) ? weakness(value.value.toLowerCase()) : void 0)
});
function weakness(digits) {
	for (let period = 1; period <= 32; period += 1) if (digits.startsWith(digits.slice(period))) return "repeats a short pattern";
	if (new Set(digits).size <= 7) return "has too few different digits";
	if (/(.)\1{9}/.test(digits)) return "has one digit ten times in a row";
	return (digits.match(/../g) ?? []).every((byte) => /^(?:[2-6][0-9a-f]|7[0-9a-e])$/.test(byte)) ? "is readable text in hexadecimal" : void 0;
}
[...inventedSecret].reverse().join("");
const encryptionSecretShared = defineRule({
	id: "mas/encryption-secret-shared",
	severity: "warning",
	stages: ["prepared", "live"],
	why: "If the secret of one host leaks, the other host is affected too. A cookie of one host could also be accepted by the other.",
	remedy: "Give each host its own secret in its `host_vars`. Keep the secret of a host that is live: MAS cannot read what it encrypted with another secret.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: violations$8
});
function violations$8({ hosts }) {
	const first = /* @__PURE__ */ new Map();
	return hosts.flatMap(({ host }) => {
		const secret = ownText(host, encryptionSecretVariable);
		if (!secret || secret.text === "") return [];
		const { place } = secret.value;
		const earlier = first.get(secret.text.toLowerCase());
		if (!earlier) {
			first.set(secret.text.toLowerCase(), {
				host: host.name,
				place
			});
			return [];
		}
		return [{
			message: `hosts ${earlier.host} and ${host.name} have the same \`${encryptionSecretVariable}\``,
			place,
			host: host.name
		}];
	});
}

// src/rules/mas/extension.ts
const extensions = [
	extensionVariable,
	synapseExtension,
	elementExtension,
	wellKnownExtension
];
const extensionNotYaml = defineRule({
	id: "mas/extension-not-yaml",
	severity: "error",
	why: "The playbook parses the extension of a role as YAML or JSON, and merges it into the configuration. It stops if the text is not valid, and silently ignores anything that is not a mapping.",
	remedy: "Write a mapping, as in the configuration file of the service, indented under `|`.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => extensions.flatMap((each) => malformed(context, each))
});
function malformed({ host, repository }, name) {
	const { value } = host.variable(name);
	const format = name.endsWith("_json") ? "JSON" : "YAML";
	if (value?.kind === "map" || value?.kind === "list") return [{
		message: `\`${name}\` must be a string that contains ${format}: write \`|\` after the colon`,
		place: value.place
	}];
	const yaml = embeddedYaml(host, name, repository.files);
	if (!yaml) return [];
	const broken = `\`${name}\` is not valid ${format}`;
	if ("broken" in yaml) return [{
		message: broken,
		place: yaml.broken
	}];
	if (format === "JSON" && value?.kind === "string" && !isJson(value.value)) return [{
		message: broken,
		place: value.place
	}];
	const { document, placeOf } = yaml;
	if (!document || [
		"map",
		"null",
		"unknown",
		"vault"
	].includes(document.kind)) return [];
	return [{
		message: `\`${name}\` is not a mapping, so the playbook ignores it`,
		place: placeOf(document.place)
	}];
}
function isJson(text) {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
const extensionOverrides = defineRule({
	id: "mas/extension-overrides",
	severity: "notice",
	why: `\`${extensionVariable}\` contains a setting that has its own variable in the playbook. The playbook's own checks and containers use that variable and do not see the extension. A list in the extension replaces the list of the variable; the two are not merged.`,
	remedy: `Set the variable, and remove the key from \`${extensionVariable}\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, repository }) => {
		const yaml = embeddedYaml(host, extensionVariable, repository.files);
		if (!yaml || "broken" in yaml || !yaml.document) return [];
		return entriesIn(yaml.document).map(({ path, variable, entry }) => ({
			message: `\`${path}\` has its own variable: \`${variable}\``,
			place: yaml.placeOf(entry.keyPlace)
		}));
	}
});
function entriesIn(document) {
	return [...masPaths].flatMap(([variable, path]) => {
		const entry = entryAt(document, path);
		return entry ? [{
			path: path.join("."),
			variable,
			entry
		}] : [];
	});
}

// src/rules/mas/external-postgres.ts
const client = (name, playbookName, database) => ({
	name,
	usesManaged: `matrix_playbook_${playbookName}_uses_managed_postgres`,
	host: `${database}_host`,
	port: `${database}_port`,
	socket: `${database}_socket_enabled`,
	socketFolder: `${database}_socket_path_host`
});
const synapse = client("Synapse", "synapse", "matrix_synapse_database");
const mas = client("MAS", "matrix_authentication_service", "matrix_authentication_service_config_database");
const enabled = "postgres_enabled";
const hostname = "postgres_connection_hostname";
const managed = "matrix-postgres";
`${synapse.socket}`;
const externalPostgres = defineRule({
	id: "mas/external-postgres",
	severity: "error",
	why: "These actions cannot read or back up databases in a PostgreSQL server that the playbook does not manage. Actions that connect to the server, such as `migrate`, refuse to run.",
	remedy: "Move the databases of Synapse and MAS into the playbook-managed PostgreSQL first, or migrate by hand with the guide of the playbook.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const names = managedNames(context.host);
		return [
			...switchOff(context.host, enabled, "Synapse and MAS"),
			...elsewhere(context.host, hostname, names, "Synapse and MAS"),
			...[synapse, mas].flatMap((each) => ofClient(context.host, each, names)),
			...outsideOfVariables(context, names)
		];
	}
});
function managedNames(host) {
	return [managed, plainText(host, "postgres_identifier")?.text ?? managed];
}
function ofClient(host, client, names) {
	const { name, usesManaged, port, socketFolder } = client;
	const folder = ownText(host, socketFolder);
	const isForeignFolder = folder !== void 0 && !/\/postgres\/run\/?$/.test(folder.text);
	const { value, definition } = host.variable(port);
	const number = value?.kind === "integer" || value?.kind === "string" ? String(value.value) : "5432";
	const isForeignPort = definition !== void 0 && !isOfPlaybook(definition) && number !== "5432";
	return [
		...switchOff(host, usesManaged, name),
		...switchAt(host, client.socket).state === "on" ? [] : elsewhere(host, client.host, names, name),
		...isForeignFolder ? [violation$3(host, socketFolder, name)] : [],
		...isForeignPort ? [violation$3(host, port, name)] : []
	];
}
function switchOff(host, variable, user) {
	return switchAt(host, variable).state === "off" ? [violation$3(host, variable, user)] : [];
}
function elsewhere(host, variable, names, user) {
	const chosen = ownText(host, variable);
	if (!chosen || chosen.text === "" || chosen.text.startsWith("/") || names.includes(chosen.text)) return [];
	return [violation$3(host, variable, user)];
}
function violation$3(host, name, user) {
	const variable = host.variable(name);
	return {
		message: `${subjectOf(variable)} makes ${user} use another PostgreSQL than the playbook's own`,
		place: variable.value?.place
	};
}
function outsideOfVariables(context, names) {
	const engine = extendedAt(context, synapseExtension, ["database", "name"]);
	const isSqlite = textAt(engine?.value) === "sqlite3";
	const uri = extendedAt(context, extensionVariable, ["database", "uri"]);
	const text = textAt(uri?.value) ?? "";
	const isForeign = URL.canParse(text) && !names.includes(new URL(text).hostname) && new URL(text).hostname !== "";
	return [...isSqlite ? [{
		message: "Synapse uses SQLite, not PostgreSQL",
		place: engine?.place
	}] : [], ...isForeign ? [{
		message: `\`database.uri\` in \`${extensionVariable}\` makes MAS use another PostgreSQL than the playbook's own`,
		place: uri?.place
	}] : []];
}

// src/rules/mas/hostname-taken.ts
`${live}`;
const service$1 = (name, subdomain, fqn) => ({
	enabled: `${name}_enabled`,
	hostname: `${name}_hostname`,
	subdomain,
	...fqn !== void 0 && { fqn: `matrix_server_fqn_${fqn}` }
});
const element = service$1("matrix_client_element", "element", "element");
const services$1 = [
	element,
	service$1("matrix_client_schildichat", "schildichat", "schildichat"),
	service$1("matrix_client_fluffychat", "fluffychat", "fluffychat"),
	service$1("matrix_client_commet", "commet"),
	service$1("hydrogen", "hydrogen", "hydrogen"),
	service$1("matrix_client_hydrogen", "hydrogen", "hydrogen"),
	service$1("cinny", "cinny", "cinny"),
	service$1("matrix_client_cinny", "cinny", "cinny"),
	service$1("sable", "sable", "sable"),
	{
		...service$1("matrix_element_call", "call"),
		below: element
	},
	{
		...service$1("matrix_element_admin", "admin"),
		below: element
	},
	service$1("etherpad", "etherpad", "etherpad"),
	service$1("jitsi", "jitsi", "jitsi"),
	service$1("ntfy", "ntfy", "ntfy"),
	service$1("grafana", "stats", "grafana"),
	service$1("matrix_sygnal", "sygnal", "sygnal"),
	service$1("matrix_rageshake", "rageshake", "rageshake"),
	service$1("matrix_matrixto", "mt", "matrixto"),
	service$1("matrix_bot_buscarron", "buscarron", "buscarron"),
	service$1("matrix_bot_go_neb", "goneb", "bot_go_neb"),
	service$1("matrix_dimension", "dimension", "dimension"),
	service$1("matrix_bridge_mautrix_wsproxy", "wsproxy"),
	service$1("matrix_mautrix_wsproxy", "wsproxy")
];
const masHostnameTaken = defineRule({
	id: "mas/hostname-taken",
	severity: "error",
	why: "Two services use the same address. The reverse proxy sends each request to only one of them, so the other one is unreachable.",
	remedy: `Give MAS its own host name in \`${hostnameVariable}\`, or keep it on the host name of Synapse with a path such as \`/auth\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const mas = masAddress(host);
		if (mas?.prefix !== "/") return [];
		const owner = ownerOf(host, mas.hostname);
		if (owner === void 0) return [];
		const place = ownText(host, "matrix_authentication_service_hostname")?.value.place ?? ownText(host, "matrix_authentication_service_path_prefix")?.value.place;
		return [{
			message: `MAS uses the same host name as the service of \`${owner}\``,
			place
		}];
	}
});
function ownerOf(host, hostname) {
	if (matrixHost(host) === hostname) return void 0;
	const owner = services$1.find((service) => isOn$1(host, service) && hostnameOf(host, service) === hostname);
	if (owner) return owner.enabled;
	return [...ownNames(host)].find((name) => /_hostname$/.test(name) && !name.startsWith("matrix_authentication_service_") && ownText(host, name)?.text.toLowerCase() === hostname);
}
function isOn$1(host, { enabled }) {
	const { state } = switchAt(host, enabled);
	return state === "on" || state === "absent" && enabled === element.enabled;
}
function hostnameOf(host, { hostname, fqn, subdomain, below }) {
	if (!below || !isUnset(host, hostname)) return serviceHost(host, isUnset(host, hostname) ? fqn ?? hostname : hostname, subdomain);
	const parent = serviceHost(host, below.fqn ?? below.hostname, below.subdomain);
	return parent === void 0 ? void 0 : `${subdomain}.${parent}`;
}

// src/rules/mas/login.ts
const noWayToLogIn = defineRule({
	id: "mas/no-way-to-log-in",
	severity: "error",
	why: "Password login is off, so users need an upstream provider, and there is none. Once MAS is live, no user can log in.",
	remedy: `Set up a provider in \`${providersVariable}\`, or keep password login on.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { state, place } = switchAt(host, passwordsEnabledVariable);
		const { value } = host.variable(providersVariable);
		const isEmpty = value?.kind === "list" && value.items.length === 0;
		if (state !== "off" || !(isUnset(host, "matrix_authentication_service_config_upstream_oauth2_providers") || isEmpty)) return [];
		return [{
			message: "password login is off and MAS has no upstream provider",
			place
		}];
	}
});
const complexity = "matrix_authentication_service_config_passwords_minimum_complexity";
const passwordComplexity = defineRule({
	id: "mas/password-complexity",
	severity: "error",
	why: "MAS rates passwords from 0 to 4. It does not start with text or a negative number. With more than 4, it rejects every new password.",
	remedy: "Write a number from 0 to 4; 3 is the default.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => whereWrong(host, complexity, (value) => {
		return value.kind === "integer" && value.value >= 0n && value.value <= 4n ? void 0 : "is not a number from 0 to 4";
	})
});
const variable = (name) => `matrix_authentication_service_config_captcha_${name}`;
const service = variable("service");
const services = [
	"recaptcha_v2",
	"cloudflare_turnstile",
	"hcaptcha"
];
`${variable("site_key")}${variable("secret_key")}`;
const masCaptcha = defineRule({
	id: "mas/captcha",
	severity: "error",
	dialects: ["mas-cli"],
	why: "The playbook refuses a captcha service that MAS does not support, and a service without its two keys.",
	remedy: `Use one of ${services.join(", ")}, with \`${variable("site_key")}\` and \`${variable("secret_key")}\`; or an empty string for no captcha.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { value } = host.variable(service);
		if (!value || isOpaque(value)) return [];
		const chosen = plainText(host, service)?.text;
		if (chosen === "") return [];
		if (!services.includes(chosen ?? "")) return [{
			message: `\`${service}\` is not a captcha service that MAS supports`,
			place: value.place
		}];
		return ["site_key", "secret_key"].map(variable).flatMap((name) => {
			const key = plainText(host, name);
			return isUnset(host, name) || key?.text === "" ? [{
				message: `\`${name}\` is not set`,
				place: key?.value.place ?? value.place
			}] : [];
		});
	}
});

// src/rules/mas/one-address.ts
const secure = "traefik_config_entrypoint_web_secure_enabled";
const forwarded = "traefik_config_entrypoint_web_forwardedHeaders_";
const insecure = `${forwarded}insecure`;
const trusted = `${forwarded}trustedIPs`;
const ofMas$2 = "matrix_authentication_service_config_http_trusted_proxies";
const extension = "traefik_configuration_extension_yaml";
`${prepared}`;
const oneAddress = defineRule({
	id: "mas/one-address",
	severity: "warning",
	why: "MAS finds the address of a user in the `X-Forwarded-For` header, if it trusts Traefik, and Traefik trusts the proxy in front of it where TLS ends. Otherwise MAS sees the same address for all users. By default it accepts three logins a minute from one address, and refuses the others (HTTP 429).",
	remedy: `Set \`${trusted}\` to the addresses of the proxy. If only the proxy can reach this entrypoint, \`${insecure}: true\` is enough. Keep the private networks in \`${ofMas$2}\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { state, place } = switchAt(host, secure);
		return [...state === "off" && !trustsProxy(host) ? [{
			message: "Traefik does not trust the forwarded addresses of the proxy in front of it",
			place
		}] : [], ...whereWrong(host, ofMas$2, (value) => trustsContainers(value) ? void 0 : "has no network of containers, so MAS does not trust Traefik")];
	}
});
function trustsContainers(value) {
	if (value.kind !== "list") return true;
	return value.items.some((item) => item.kind !== "string" || /^(?:10|172|192\.168|0|fd|::\/0)/.test(item.value));
}
function trustsProxy(host) {
	const { value } = host.variable(trusted);
	const isNoOne = value === void 0 || value.kind === "list" && value.items.length === 0;
	const { state } = switchAt(host, insecure);
	return !isNoOne || state === "on" || state === "unclear" || !isUnset(host, extension);
}

// src/rules/mas/password-schemes.ts
const algorithms = [
	"bcrypt",
	"argon2id",
	"pbkdf2"
];
const passwordSchemeForm = defineRule({
	id: "mas/password-scheme-form",
	severity: "error",
	why: "MAS does not start with an invalid scheme, or with two schemes of the same version.",
	remedy: `Give each scheme a unique number as its \`version\`, and an \`algorithm\`: ${algorithms.join(", ")}.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const schemes = schemesOf(host);
		if (!schemes || isOfPlaybook(schemes.definition)) return [];
		const { schemes: all, definition } = schemes;
		if (all.length === 0) return [{
			message: `\`${schemesVariable}\` is empty`,
			place: definition.value.place
		}];
		const seen = /* @__PURE__ */ new Set();
		return all.flatMap((scheme, index) => {
			const violations = partsOf(scheme, `scheme ${index + 1} of \`${schemesVariable}\``);
			const { version } = scheme;
			if (version === void 0) return violations;
			const again = seen.has(version);
			seen.add(version);
			const place = scheme.part("version")?.place ?? scheme.value.place;
			return again ? [...violations, {
				message: `version ${version} appears twice in \`${schemesVariable}\``,
				place
			}] : violations;
		});
	}
});
function partsOf({ value, part }, subject) {
	const [version, algorithm, secret] = [
		part("version"),
		part("algorithm"),
		part("secret")
	];
	const violations = [];
	if (!(version?.kind === "integer" && version.value >= 0n && version.value <= 65535n) && !isHidden$1(version)) violations.push({
		message: `${subject} has no number as its \`version\``,
		place: (version ?? value).place
	});
	if (!(algorithm?.kind === "string" && algorithms.includes(algorithm.value)) && !isHidden$1(algorithm)) violations.push({
		message: `${subject} has no \`algorithm\` that MAS supports`,
		place: (algorithm ?? value).place
	});
	if (secret && secret.kind !== "string" && !isHidden$1(secret)) violations.push({
		message: `the \`secret\` of ${subject} is not a string: put it in quotes`,
		place: secret.place
	});
	return violations;
}
function isHidden$1(part) {
	return part !== void 0 && isOpaque(part);
}
const passwordSchemeBcrypt = defineRule({
	id: "mas/password-scheme-bcrypt",
	severity: "error",
	why: "Synapse hashes passwords with bcrypt, and syn2mas stores them as version 1. It refuses to run if version 1 is missing or uses another algorithm, because migrated passwords would not work.",
	remedy: "Keep version 1 with `algorithm: bcrypt` and the pepper of Synapse permanently. MAS uses the scheme with the highest version for new passwords.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const all = schemesOf(host);
		if (!all || all.schemes.length === 0) return [];
		const first = firstScheme(host);
		if (first) {
			const algorithm = first.part("algorithm");
			if (algorithm?.kind !== "string" || algorithm.value === "bcrypt") return [];
			return [{
				message: `version 1 of \`${schemesVariable}\` is not bcrypt`,
				place: algorithm.place
			}];
		}
		if (all.schemes.some(({ version }) => version === void 0)) return [];
		return [{
			message: `\`${schemesVariable}\` has no version 1`,
			place: all.definition.namePlace
		}];
	}
});
const passwordUnicode = defineRule({
	id: "mas/password-unicode",
	severity: "warning",
	dialects: ["mas-cli"],
	why: "Devices encode é in two forms. Synapse normalises them before it hashes a password. MAS does so only for schemes with `unicode_normalization`, and it rehashes each password with the highest scheme at the first login. If a scheme lacks the setting, users with accents in their password are locked out on devices that send the other form.",
	remedy: "Add `unicode_normalization: true` to every scheme.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const all = schemesOf(host);
		if (!all || isOfPlaybook(all.definition)) return [];
		return all.schemes.flatMap(({ value, part }, index) => {
			const given = part("unicode_normalization");
			if (given && (given.kind !== "boolean" || given.value)) return [];
			const message = `scheme ${index + 1} of \`${schemesVariable}\` has no \`unicode_normalization: true\``;
			const suggestion = given ? void 0 : lineInto(all.definition, value, "unicode_normalization: true");
			return [{
				message,
				place: (given ?? value).place,
				suggestion
			}];
		});
	}
});
const lines = [
	`${schemesVariable}:`,
	"  - version: 1",
	"    algorithm: bcrypt",
	`    secret: "{{ ${pepperVariable} }}"`,
	"    unicode_normalization: true",
	"  - version: 2",
	"    algorithm: argon2id",
	"    unicode_normalization: true"
];
const passwordUnicodeDefault = defineRule({
	id: "mas/password-unicode-default",
	severity: "warning",
	dialects: ["mas-cli"],
	why: "The playbook's default schemes set `unicode_normalization` only for version 1. MAS rehashes each password at the first login, without normalization. Users with an accent in their password are then locked out on devices that encode the accent in the other form.",
	remedy: `Set \`${schemesVariable}\` with \`unicode_normalization: true\` in every scheme. Do this before the change that migrates, for example in the prepare pull request. A later fix does not help users who have already logged in.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { host, stage, repository } = context;
		const unset = missing(host, schemesVariable);
		if (!beforeMigration(context) || !unset) return [];
		if (isSetInVain(host, "matrix_authentication_service_config_passwords_schemes")) return [];
		if (switchAt(host, "matrix_authentication_service_config_passwords_enabled").state === "off") return [];
		const known = schemesOf(host)?.schemes;
		const isFine = known?.every(({ part }) => {
			const given = part("unicode_normalization");
			return given?.kind === "boolean" && given.value;
		});
		if (known && isFine) return [];
		const own = stage.stage === "prepared" ? ownSwitch(host) : void 0;
		const message = `the default of \`${schemesVariable}\` locks out some passwords with accents`;
		const suggestion = unset.unlessIn ? void 0 : linesBefore(own, lines, repository.files);
		return [{
			message,
			place: own?.value.place ?? stage.place,
			suggestion,
			...unset
		}];
	}
});

// src/rules/mas/secret-in-public.ts
const secretName = /(?:^|_)(?:pass|password|passphrase|secret|token|pepper|secrets_encryption|api_hash|(?:secret|private|access|api|encryption|signing)_key|access_key_id)$/;
const secretWord = /pass|secret|token|pepper|_key|api_hash|PRIVATE KEY/;
const privateKey = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/;
const embeddedName = /_(?:yaml|json)$/;
`${live}${encryptionSecretVariable}${inventedSecret}`;
const secretInPublic = defineRule({
	id: "mas/secret-in-public",
	severity: "error",
	why: "The repository is public, and so is everything that was ever committed to it. Scanners find leaked secrets within minutes.",
	remedy: "Treat the secret as leaked. Create a new one, and store it in an Ansible Vault or a private repository. On a host that is prepared or live, first read `change/encryption-secret` and `change/generic-secret`. Removing the line does not remove it from the Git history.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: ({ visibility, repository }) => visibility === "public" ? written(repository.inventory.hosts.map((host) => ({ host }))).flatMap(({ definition, about }) => secretsOf(definition, repository.files).map(({ what, place }) => ({
		message: `${what} is in plain text in a public repository`,
		place,
		...about
	}))).toArray() : []
});
function secretsOf(definition, files) {
	const { name, value } = definition;
	if (isSecret(name, value)) return [{
		what: `\`${name}\``,
		place: value.place
	}];
	return [...within(name, value), ...embedded(definition, files)];
}
function isSecret(name, value) {
	if (value.kind === "string" && privateKey.test(value.value)) return true;
	return (value.kind === "string" && value.value.trim() !== "" || value.kind === "integer") && secretName.test(name);
}
function within(name, value, depth = 0) {
	if (depth > 5) return [];
	if (value.kind === "list") return value.items.flatMap((item) => within(name, item, depth + 1));
	if (value.kind !== "map") return [];
	return value.entries.flatMap((entry) => isSecret(entry.key, entry.value) ? [{
		what: `\`${entry.key}\` in \`${name}\``,
		place: entry.value.place
	}] : within(name, entry.value, depth + 1));
}
function embedded(definition, files) {
	if (!embeddedName.test(definition.name) || !secretWord.test(embeddedText(definition) ?? "")) return [];
	const yaml = embeddedIn(definition, files);
	if (!yaml || "broken" in yaml || !yaml.document) return [];
	return within(definition.name, yaml.document).map(({ what, place }) => ({
		what,
		place: yaml.placeOf(place)
	}));
}

// src/rules/mas/shared-secret.ts
const ofSynapse = "matrix_synapse_matrix_authentication_service_secret";
const ofMas$1 = "matrix_authentication_service_config_matrix_secret";
const sharedSecret = defineRule({
	id: "mas/shared-secret",
	severity: "error",
	dialects: ["mas-cli"],
	why: "Synapse and MAS authenticate each other with one shared secret. If they have different ones, Synapse cannot check any session (HTTP 503), so no user can log in.",
	remedy: `Remove both, or set only \`${ofMas$1}\`: the playbook passes it to Synapse.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, stage }) => {
		const [synapse, mas] = [ownText(host, ofSynapse), ownText(host, ofMas$1)];
		const severity = stage.stage === "prepared" ? "warning" : void 0;
		if (synapse && synapse.text !== "") {
			if (mas ? mas.text === synapse.text : !missing(host, ofMas$1)) return [];
			return [{
				message: `${subjectOf(host.variable(ofSynapse))} is not the secret of MAS`,
				severity,
				place: synapse.value.place,
				...mas ? {} : missing(host, ofMas$1)
			}];
		}
		if (!(mas !== void 0 && ownDefinition(host, ofMas$1) !== mas.definition) || !missing(host, ofSynapse)) return [];
		return [{
			message: `${subjectOf(host.variable(ofMas$1))} is not the secret of Synapse`,
			severity,
			place: mas.value.place,
			...missing(host, ofSynapse)
		}];
	}
});

// src/rules/mas/stage.ts
const plainStageRemedy = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\` in the vars of the host.`;
const stageUnknown = defineRule({
	id: "mas/stage-unknown",
	severity: "error",
	stages: ["unknown"],
	why: "The stage of a host decides whether its accounts are migrated. These actions never guess the stage. If the repository does not show it, they deploy nothing.",
	remedy: plainStageRemedy,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ stage, base }) => stage.problem === "hidden" && (!base || base.stage.stage === "unknown") ? [{
		message: `the stage is unknown: ${stage.reason}`,
		place: stage.place
	}] : []
});
const stageAssumed = defineRule({
	id: "mas/stage-assumed",
	severity: "notice",
	stages: ["off"],
	why: "This check cannot read a fully encrypted file, and expects it to contain only secrets. A switch that is not set in plain text counts as `false`, its default. Before they change anything, `migrate` and `deploy` check what the playbook would write, so they notice a switch in the vault.",
	remedy: `If the vault does not set the switch, there is nothing to do. If it does, remove the switch from the vault. ${plainStageRemedy}`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ stage: { assumed } }) => {
		if (!assumed) return [];
		const [file = ""] = assumed;
		return [{
			message: `\`${enabledVariable}\` is not set in plain text; assuming \`false\`, although ${vaultsAsText(assumed)} could set it`,
			place: {
				file,
				line: 1,
				column: 1
			}
		}];
	}
});
const stageOverruled = defineRule({
	id: "mas/stage-overruled",
	severity: "error",
	stages: ["unknown"],
	why: "The `group_vars/matrix_servers` of the playbook disables MAS and overrides your group variables. Your line therefore has no effect.",
	remedy: "Move the line to the `host_vars` of the host.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ stage }) => stage.problem === "overruled" ? [{
		message: stage.reason,
		place: stage.place
	}] : []
});
const stageContradictory = defineRule({
	id: "mas/stage-contradictory",
	severity: "error",
	stages: ["unknown"],
	why: `The playbook evaluates \`${enabledVariable}\` and \`${inProgressVariable}\` in two ways, which disagree about some values: the string \`"false"\` counts as true in one place and as false in another.`,
	remedy: `${plainStageRemedy} Do not use quotes.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ stage: { problem, reason, place, definition } }) => {
		if (problem !== "contradictory") return [];
		return [{
			message: reason,
			place,
			suggestion: definition?.name === "matrix_authentication_service_enabled" ? asFalse(definition) : void 0
		}];
	}
});
const inProgressWithoutMas = defineRule({
	id: "mas/in-progress-without-mas",
	severity: "warning",
	stages: ["off"],
	why: "A migration to MAS is marked as in progress, but MAS is not enabled. A rollback to the built-in login of Synapse keeps MAS enabled: if you disable MAS, the playbook deletes it with its signing keys.",
	remedy: `Set \`${enabledVariable}: true\`, or remove \`${inProgressVariable}\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { state, place } = switchAt(host, inProgressVariable);
		if (state !== "on") return [];
		return [{
			message: `\`${inProgressVariable}\` is true, but MAS is not enabled`,
			place
		}];
	}
});

// src/rules/mas/surroundings.ts
const proxyType = "matrix_playbook_reverse_proxy_type";
const withLabels = ["playbook-managed-traefik", "other-traefik-container"];
const own = "none";
const routes = "`/_matrix/client/VERSION/login`, `…/logout` and `…/refresh`";
const refused = {
	severity: "error",
	message: `the playbook refuses this value of \`${proxyType}\``,
	remedy: `Use \`playbook-managed-traefik\`, \`other-traefik-container\` or \`${own}\`. With a web server of your own, use \`playbook-managed-traefik\` to have Traefik behind it, or \`${own}\` to have no Traefik. The playbook describes each in its guide to using your own web server.`
};
const ownReverseProxy = defineRule({
	id: "mas/own-reverse-proxy",
	severity: "warning",
	why: `The playbook configures only Traefik for MAS. If you use another reverse proxy, you must configure these routes to MAS: the pages of MAS, and from the migration on ${routes} (and all paths below) on the host of Synapse. Clients without OpenID Connect log in through these paths, and Synapse no longer answers them.`,
	remedy: `The playbook publishes no port of MAS: for a proxy outside of the containers, set \`matrix_authentication_service_container_extra_arguments: ["--publish=127.0.0.1:8778:8080"]\`. In your reverse proxy, route the address of MAS to MAS. Route ${routes} to Synapse for every VERSION (\`r0\`, \`v3\`), with MAS as the fallback for the status 404, which Synapse answers from the migration on. In nginx: \`proxy_intercept_errors on; error_page 404 = @mas;\`, and, with the default path prefix, \`location @mas { rewrite ^ /auth$uri break; proxy_pass http://127.0.0.1:8778; }\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const chosen = ownText(host, proxyType);
		if (!chosen || withLabels.includes(chosen.text)) return [];
		const { place } = chosen.value;
		if (chosen.text !== own) return [{
			...refused,
			place
		}];
		return [{
			message: "the reverse proxy is not Traefik, so you must route the pages of MAS, login, logout and refresh to MAS yourself",
			place
		}];
	}
});
const serverName = "matrix_authentication_service_config_matrix_homeserver";
`${live}`;
const masServerName = defineRule({
	id: "mas/server-name",
	severity: "error",
	why: "The server name is the part of user IDs after the colon. If it differs from the server name of Synapse, syn2mas refuses to run, and MAS would create accounts for another server.",
	remedy: `Remove \`${serverName}\`: the playbook sets it to \`matrix_domain\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const [server, domainText] = [ownText(host, serverName), plainText(host, domainVariable)?.text];
		if (!server || domainText === void 0 || server.text === domainText) return [];
		return [{
			message: `\`${serverName}\` differs from \`matrix_domain\``,
			place: server.value.place,
			suggestion: removeVariable(server.definition)
		}];
	}
});

// src/rules/mas/traps.ts
const traps = [
	{
		variable: delegationVariable,
		open: {
			id: "mas/delegation-while-prepared",
			severity: "error",
			why: `By default \`${delegationVariable}\` follows \`${enabledVariable}\`, even while a migration is in progress. Until the migration is done, password login would fail, the playbook would refuse registration and password providers, and stopping MAS would stop Synapse.`
		},
		leftOver: {
			id: "mas/delegation-held-back-while-live",
			severity: "error",
			why: `With \`${delegationVariable}: false\`, Synapse does not delegate to MAS, but the reverse proxy already sends logins to MAS. Synapse does not accept the new sessions, so no user can log in.`
		},
		dialects: ["mas-cli"]
	},
	{
		variable: wellKnownVariable,
		open: {
			id: "mas/well-known-while-prepared",
			severity: "warning",
			why: "The client well-known file advertises MAS as soon as MAS is enabled. A login through MAS before the migration adds rows to the database of MAS, and syn2mas refuses a database that is not empty."
		},
		leftOver: {
			id: "mas/well-known-held-back-while-live",
			severity: "warning",
			why: `Clients discover MAS through the well-known file. With \`${wellKnownVariable}: false\`, new clients do not find MAS.`
		},
		unless: "matrix_static_files_enabled"
	},
	{
		variable: elementVariable,
		open: {
			id: "mas/element-while-prepared",
			severity: "warning",
			why: "Element Web offers login through MAS as soon as MAS is enabled. A login before the migration adds rows to the database of MAS, and syn2mas refuses a database that is not empty."
		},
		leftOver: {
			id: "mas/element-held-back-while-live",
			severity: "warning",
			why: `With \`${elementVariable}: false\`, Element Web keeps using the compatibility login instead of the login of MAS.`
		},
		dialects: ["mas-cli"],
		unless: "matrix_client_element_enabled"
	}
];
const trapRules = [...traps.map(openRule), ...traps.map(leftOverRule)];
function openRule(trap) {
	const { variable, open } = trap;
	closedTraps.replace(`${variable}: false\n`, "");
	return defineRule({
		...open,
		stages: ["prepared"],
		...trap.dialects && { dialects: trap.dialects },
		remedy: `Add \`${variable}: false\` now, and remove it in the change that migrates.`,
		examples: {
			wrong: [],
			right: []
		},
		check: (context) => openViolations(trap, context)
	});
}
function openViolations({ variable, unless }, { host, stage, checkout, repository }) {
	if (checkout && !checkout.traps.includes(variable)) return [];
	if (unless && switchAt(host, unless).state === "off") return [];
	if (isSetInVain(host, variable)) return [];
	const { state, subject, place, definition } = switchAt(host, variable);
	if (state === "off" || state === "unclear") return [];
	if (state === "on") return [{
		message: `${subject} must be \`false\` while MAS is prepared`,
		place,
		remedy: definition?.inExtension && `Set ${subject} to \`false\`, or remove it: it decides in place of \`${variable}\`, which stays \`false\` until the change that migrates.`,
		suggestion: replaceValue(definition, "false")
	}];
	const message = `\`${variable}: false\` is missing while MAS is prepared`;
	if (!stage.place) return [{ message }];
	const own = ownSwitch(host);
	const suggestion = linesBefore(own, [`${variable}: false`], repository.files);
	return [{
		message,
		place: own?.value.place ?? stage.place,
		suggestion
	}];
}
function leftOverRule(trap) {
	const { variable, leftOver } = trap;
	return defineRule({
		...leftOver,
		stages: ["live"],
		...trap.dialects && { dialects: trap.dialects },
		remedy: `Remove the line \`${variable}: false\`.`,
		examples: {
			wrong: [],
			right: []
		},
		check: ({ host }) => {
			const { state, subject, place, definition } = switchAt(host, variable);
			if (state !== "off") return [];
			return [{
				message: `${subject} is still \`false\`, but these vars make MAS live`,
				place,
				remedy: definition?.inExtension && `Remove ${subject}.`,
				suggestion: removeVariable(definition)
			}];
		}
	});
}

// src/rules/mas/versions.ts
const unfitVersions = [
	{
		component: "Synapse",
		dialect: "mas-cli",
		isUnfit: (version) => !isAtLeast(version, [1, 136]),
		why: "is a version that does not know `matrix_authentication_service`: it ignores the delegation, and passwords are off. Version 1.136.0 is the first that knows it"
	},
	{
		component: "Synapse",
		dialect: "mas-cli",
		isUnfit: (version, { host }) => version.join(".") === "1.142.0" && (masAddress(host)?.prefix ?? "/") !== "/",
		why: "is version 1.142.0, which ignores the path of the address of MAS, so every session is refused. Version 1.142.1 has the fix"
	},
	{
		component: "Synapse",
		dialect: "syn2mas-tool",
		isUnfit: (version) => isAtLeast(version, [1, 157]),
		why: "is a version that no longer knows MSC3861, with which this playbook delegates, so Synapse does not start. Version 1.156 is the last that knows it"
	},
	{
		component: "MAS",
		dialect: "mas-cli",
		isUnfit: (version) => !isAtLeast(version, [1, 0]),
		why: "is a version that does not speak the API of a Synapse with `matrix_authentication_service`. Version 1.0.0 is the first that does"
	},
	{
		component: "MAS",
		dialect: "syn2mas-tool",
		isUnfit: (version) => isAtLeast(version, [1, 0]),
		why: "is a version that does not speak the API of a Synapse with MSC3861, with which this playbook delegates. Use a version before 1.0.0"
	}
];
const unfitVersion = defineRule({
	id: "mas/unfit-version",
	severity: "error",
	why: "The pinned version cannot work with the delegation that the playbook configures. Once MAS is live, no user can log in.",
	remedy: "Remove the line, so that the playbook chooses the version, or pin a newer one. Upgrade before the migration.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const dialect = knownDialect(context);
		return unfitVersions.flatMap((unfit) => {
			if (unfit.dialect !== (dialect ?? "mas-cli")) return [];
			const pinned = pinnedVersion(context.host, unfit.component);
			if (!pinned || !unfit.isUnfit(pinned.version, context)) return [];
			const { name, value } = pinned.definition;
			const severity = context.stage.stage === "live" && dialect !== void 0 ? void 0 : "warning";
			return [{
				message: `\`${name}\` ${unfit.why}`,
				severity,
				place: value.place
			}];
		});
	}
});

// node_modules/fastest-levenshtein/mod.js
var require_fastest_levenshtein = /* @__PURE__ */ __commonJSMin(((exports) => {
	exports.__esModule = true;
	exports.distance = exports.closest = void 0;
	var peq = /* @__PURE__ */ new Uint32Array(65536);
	var myers_32 = function(a, b) {
		var n = a.length;
		var m = b.length;
		var lst = 1 << n - 1;
		var pv = -1;
		var mv = 0;
		var sc = n;
		var i = n;
		while (i--) peq[a.charCodeAt(i)] |= 1 << i;
		for (i = 0; i < m; i++) {
			var eq = peq[b.charCodeAt(i)];
			var xv = eq | mv;
			eq |= (eq & pv) + pv ^ pv;
			mv |= ~(eq | pv);
			pv &= eq;
			if (mv & lst) sc++;
			if (pv & lst) sc--;
			mv = mv << 1 | 1;
			pv = pv << 1 | ~(xv | mv);
			mv &= xv;
		}
		i = n;
		while (i--) peq[a.charCodeAt(i)] = 0;
		return sc;
	};
	var myers_x = function(b, a) {
		var n = a.length;
		var m = b.length;
		var mhc = [];
		var phc = [];
		var hsize = Math.ceil(n / 32);
		var vsize = Math.ceil(m / 32);
		for (var i = 0; i < hsize; i++) {
			phc[i] = -1;
			mhc[i] = 0;
		}
		var j = 0;
		for (; j < vsize - 1; j++) {
			var mv_1 = 0;
			var pv_1 = -1;
			var start_1 = j * 32;
			var vlen_1 = Math.min(32, m) + start_1;
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] |= 1 << k;
			for (var i = 0; i < n; i++) {
				var eq = peq[a.charCodeAt(i)];
				var pb = phc[i / 32 | 0] >>> i & 1;
				var mb = mhc[i / 32 | 0] >>> i & 1;
				var xv = eq | mv_1;
				var xh = ((eq | mb) & pv_1) + pv_1 ^ pv_1 | eq | mb;
				var ph = mv_1 | ~(xh | pv_1);
				var mh = pv_1 & xh;
				if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
				if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
				ph = ph << 1 | pb;
				mh = mh << 1 | mb;
				pv_1 = mh | ~(xv | ph);
				mv_1 = ph & xv;
			}
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] = 0;
		}
		var mv = 0;
		var pv = -1;
		var start = j * 32;
		var vlen = Math.min(32, m - start) + start;
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] |= 1 << k;
		var score = m;
		for (var i = 0; i < n; i++) {
			var eq = peq[a.charCodeAt(i)];
			var pb = phc[i / 32 | 0] >>> i & 1;
			var mb = mhc[i / 32 | 0] >>> i & 1;
			var xv = eq | mv;
			var xh = ((eq | mb) & pv) + pv ^ pv | eq | mb;
			var ph = mv | ~(xh | pv);
			var mh = pv & xh;
			score += ph >>> m - 1 & 1;
			score -= mh >>> m - 1 & 1;
			if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
			if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
			ph = ph << 1 | pb;
			mh = mh << 1 | mb;
			pv = mh | ~(xv | ph);
			mv = ph & xv;
		}
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] = 0;
		return score;
	};
	var distance = function(a, b) {
		if (a.length < b.length) {
			var tmp = b;
			b = a;
			a = tmp;
		}
		if (b.length === 0) return a.length;
		if (a.length <= 32) return myers_32(a, b);
		return myers_x(a, b);
	};
	exports.distance = distance;
	var closest = function(str, arr) {
		var min_distance = 1e400;
		var min_index = 0;
		for (var i = 0; i < arr.length; i++) {
			var dist = distance(str, arr[i]);
			if (dist < min_distance) {
				min_distance = dist;
				min_index = i;
			}
		}
		return arr[min_index];
	};
	exports.closest = closest;
}));

// src/rules/playbook/no-host.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
const noHost = defineRule({
	id: "playbook/no-host",
	severity: "error",
	why: `The playbook runs only on hosts in the group \`${playbookGroup}\`. Without one, Ansible reports that no hosts matched, does nothing, and exits successfully.`,
	remedy: `Put the server in a section \`[${playbookGroup}]\`.`,
	examples: {
		wrong: [],
		right: []
	},
	checkAll: ({ repository: { inventory } }) => isReadWhole(inventory) && !inventory.groups.get("matrix_servers")?.size ? [violation$2(inventory)] : []
});
function violation$2(inventory) {
	const [first] = inventory.hosts;
	if (!first) return { message: "the inventory has no host" };
	const others = [...inventory.groups.keys()].filter((name) => ![
		"all",
		"ungrouped",
		"matrix_servers"
	].includes(name) && inventory.groups.get(name)?.size);
	const nearest = others.length > 0 ? (0, import_fastest_levenshtein.closest)(playbookGroup, others) : void 0;
	const hint = nearest === void 0 ? "" : `; the closest group name is \`${nearest}\``;
	const place = (nearest === void 0 ? void 0 : inventory.groupPlace(nearest)) ?? first.place;
	return {
		message: `no host is in the group \`${playbookGroup}\`${hint}`,
		place
	};
}

// src/rules/playbook/not-compared.ts
const notCompared = defineRule({
	id: "playbook/not-compared",
	severity: "notice",
	why: "This check needs a checkout of the playbook. Without one it cannot detect unknown, renamed or removed variables, or wrong types. It also cannot detect variables of the other playbook version.",
	remedy: `Write the commit of the playbook that you deploy to the file \`${lockFile}\`, or set \`playbook-path\` to a checkout of it. A clone in \`${usualClone}\`, beside the repository, is found without that. The check reads it as text and runs nothing from it.`,
	examples: {
		wrong: [],
		right: []
	},
	checkAll: ({ checkout: playbook, checkoutFailure: failure, hosts }) => {
		if (playbook || hosts.length === 0) return [];
		if (!failure) return [{ message: "Variable names and types were not checked: no checkout of the playbook was found" }];
		return [{
			severity: "error",
			message: `${failure.message.replace(/\.$/, "")}, so variable names, types and the playbook's defaults were not checked`,
			remedy: failure.remedy
		}];
	}
});

// src/rules/playbook/other-dialect.ts
const otherDialect = defineRule({
	id: "playbook/other-dialect",
	severity: "error",
	needs: "checkout",
	why: "The two dialects of the playbook migrate to MAS with different variables. A playbook of `mas-cli` refuses those of `syn2mas-tool`. A playbook of `syn2mas-tool` silently ignores those of `mas-cli`, so a run that was meant as a dry run could be a real migration.",
	remedy: "Use the variables of the playbook that is checked out, or check out the intended playbook version at `playbook-path`.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: ({ hosts, checkout }) => checkout ? written(hosts).flatMap((variable) => violations$7(variable, checkout)).toArray() : []
});
function violations$7({ definition, host, about }, { dialect, variables }) {
	const { name, namePlace: place } = definition;
	const owner = dialectOf(name);
	if (owner === void 0 || owner === dialect || variables?.defaultsOf(name).length) return [];
	const counterpart = counterpartOf(name);
	const message = `\`${name}\` belongs to the dialect \`${owner}\`, but the checkout has \`${dialect}\`${counterpart === void 0 ? "" : `; use \`${counterpart}\``}`;
	const isSet = counterpart !== void 0 && host.variable(counterpart).definition !== void 0;
	const suggestion = counterpart === void 0 || isSet ? void 0 : renameVariable(definition, counterpart);
	return [{
		message,
		place,
		...about,
		suggestion
	}];
}

// src/rules/playbook/other-layout.ts
const layout = /* @__PURE__ */ new Map([
	["matrix_base_data_path", "/matrix"],
	["matrix_synapse_base_path", "/matrix/synapse"],
	["matrix_authentication_service_base_path", "/matrix/matrix-authentication-service"],
	["matrix_static_files_base_path", "/matrix/static-files"],
	["postgres_base_path", "/matrix/postgres"],
	["postgres_data_path", "/matrix/postgres/data"],
	["postgres_identifier", "matrix-postgres"]
]);
const otherLayout = defineRule({
	id: "playbook/other-layout",
	severity: "error",
	why: "These actions find the files, containers and units of Synapse, MAS and PostgreSQL by the playbook's default paths and names. With others, actions that connect to the server refuse to run.",
	remedy: "Move the data to the default path, and remove the line. A symbolic link or a mount at the default path works too. Or migrate by hand with the guide of the playbook.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => [...layout].flatMap(([name, text]) => {
		const chosen = ownText(host, name);
		if (!chosen || chosen.text.replace(/\/$/, "") === text) return [];
		return [{
			message: `\`${name}\` is not \`${text}\``,
			place: chosen.value.place
		}];
	})
});

// src/rules/playbook/overruled-variable.ts
const overruledVariable = defineRule({
	id: "playbook/overruled-variable",
	severity: "error",
	why: "The `group_vars/matrix_servers` of the playbook sets the same variable, and overrides the group variables of an inventory. The line has no effect.",
	remedy: "Move the line to the `host_vars` of the host.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: ({ hosts }) => written(hosts).flatMap(({ definition, host }) => {
		const { name, namePlace, value } = definition;
		if (name === "matrix_authentication_service_enabled" || !isOverruled(host, definition)) return [];
		const winner = host.variable(name).definition;
		if (winner && changeBetween(winner.value, value) === "same") return [];
		return [{
			message: `\`${name}\` is set for a group, but the playbook's own \`group_vars/matrix_servers\` overrides it`,
			severity: setByPlaybook.has(name) ? void 0 : "warning",
			place: namePlace
		}];
	}).toArray()
});

// src/rules/playbook/replaced-variables.ts
const removedVariable = defineRule({
	id: "playbook/removed-variable",
	severity: "error",
	needs: "checkout",
	why: "The playbook refuses removed variables: the installation stops at the validation of the role.",
	remedy: "Remove it. The changelog of the playbook describes the replacement.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: compared(removals)
});
function removals(written, playbook, hosts) {
	const { definition, host, about } = written;
	const { name, namePlace: place } = definition;
	const rejected = rejectedBy(playbook, name, host);
	if (!rejected || rejected.final) return [];
	const { advice } = rejected;
	const hint = advice === void 0 || advice.startsWith("<removed") ? "" : `; the playbook says: ${advice.replace(/[<>]/g, "")}`;
	const message = `\`${name}\` was removed from the playbook${hint}`;
	const suggestion = hint === "" ? removeVariable(definition) : void 0;
	return [{
		message,
		place,
		...about,
		...unlessUsed(usersIn(written, hosts), removedVariable.remedy, suggestion)
	}];
}
const renamedVariable = defineRule({
	id: "playbook/renamed-variable",
	severity: "error",
	needs: "checkout",
	why: "The playbook refuses the old name: the installation stops at the validation of the role.",
	remedy: "Use the new name. If both are set, keep only the new one.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: compared(renames)
});
function renames(written, playbook, hosts) {
	const { definition, host, about } = written;
	const { name, namePlace: place } = definition;
	const final = rejectedBy(playbook, name, host)?.final;
	if (!final) return [];
	const message = `\`${name}\` was renamed to \`${final.name}\``;
	const other = host.variable(final.name).definition;
	if (other && !isOfPlaybook(other)) return [{
		message: `${message}, which is also set`,
		place,
		...about
	}];
	const suggestion = final.certain ? renameVariable(definition, final.name) : void 0;
	return [{
		message,
		place,
		...about,
		...unlessUsed(usersIn(written, hosts), renamedVariable.remedy, suggestion)
	}];
}
function usersIn({ definition: { name }, host, about }, hosts) {
	const own = about.host === void 0 ? hosts : [{ host }];
	return new Set(own.flatMap((each) => [...usersOf(each.host).get(name) ?? []]));
}
function unlessUsed(users, remedy, suggestion) {
	const [first] = users;
	if (first === void 0) return { suggestion };
	return { remedy: `${remedy} Also change \`${first}\`${users.size > 1 ? ` and ${users.size - 1} more` : ""}, which uses this name.` };
}
function rejectedBy(playbook, name, host) {
	const replacement = dialectOf(name) ? void 0 : playbook.replacement(name);
	const isOff = replacement?.guard !== void 0 && switchAt(host, replacement.guard).state === "off";
	return replacement && !isOff ? {
		...replacement,
		final: finalName(name, playbook)
	} : void 0;
}
function finalName(old, playbook) {
	let name = old;
	for (let step = 0; step < 10; step += 1) {
		const replacement = playbook.replacement(name);
		if (!replacement) return {
			name,
			certain: isThere(name, playbook)
		};
		const next = replacement.newName(name);
		if (next === void 0) return void 0;
		name = next;
	}
}
function isThere(name, playbook) {
	return playbook.defaultsOf(name).length > 0 || !name.startsWith("matrix_");
}

// src/rules/facts/nearest-name.ts
function nearestByLetters(name, names, furthest) {
	if (name.length < 12) return void 0;
	const letters = lettersOf(name);
	const near = lettersOfAll(names).filter((other) => Math.abs(other.length - name.length) <= furthest && fewestEdits(letters, other) <= furthest);
	if (near.length === 0) return void 0;
	const nearest = (0, import_fastest_levenshtein.closest)(name, near.map((other) => other.name));
	return (0, import_fastest_levenshtein.distance)(name, nearest) <= furthest ? nearest : void 0;
}
const lettersOfAll = oncePer((names) => names.map(lettersOf));
function lettersOf(name) {
	const counts = /* @__PURE__ */ new Uint8Array(32);
	for (let at = 0; at < name.length; at += 1) {
		const letter = name.charCodeAt(at) % 32;
		counts[letter] = (counts[letter] ?? 0) + 1;
	}
	return {
		name,
		length: name.length,
		counts
	};
}
function fewestEdits(left, right) {
	let added = 0;
	let removed = 0;
	for (let letter = 0; letter < 32; letter += 1) {
		const difference = (left.counts[letter] ?? 0) - (right.counts[letter] ?? 0);
		if (difference > 0) removed += difference;
		else added -= difference;
	}
	return Math.max(added, removed);
}
function nearestByWords(name, names) {
	const words = name.split("_");
	if (words.length < 4) return void 0;
	const end = `_${words.at(-1)}`;
	const alike = names.filter((other) => {
		if (!other.endsWith(end)) return false;
		const others = other.split("_");
		return others.length >= 4 && (isWithin(words, others) || isWithin(others, words));
	});
	const difference = (other) => Math.abs(other.length - name.length);
	return alike.toSorted((a, b) => difference(a) - difference(b))[0];
}
function isWithin(words, others) {
	let next = 0;
	for (const other of others) if (other === words[next]) next += 1;
	return next === words.length;
}

// src/rules/playbook/unknown-variable.ts
const harmless$1 = /* @__PURE__ */ new Set([...trapVariables, validatedVersionVariable]);
const unknownVariable = defineRule({
	id: "playbook/unknown-variable",
	severity: "warning",
	why: "Ansible accepts any variable. A variable that no role uses has no effect, and the intended setting keeps its default. Without a checkout of the playbook, only the names that decide the stage are checked.",
	remedy: "Fix its spelling, or remove it. You can define your own variables, but start their names with a prefix that the playbook does not use.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => {
		const playbook = context.checkout?.variables;
		if (!playbook) return context.checkout ? [] : misspelledSwitches(written(context.hosts));
		const candidates = written(context.hosts).filter(({ definition: { name } }) => isCandidate(name, playbook)).toArray();
		if (candidates.length === 0) return [];
		const names = new Set(candidates.map(({ definition }) => definition.name));
		for (const name of playbook.mentioned(names)) names.delete(name);
		for (const name of usedBy(context, names)) names.delete(name);
		if (playbook.incomplete) return [];
		const known = [...playbook.names()];
		return candidates.filter(({ definition }) => names.has(definition.name)).flatMap((candidate) => violation$1(candidate, playbook, known));
	}
});
function misspelledSwitches(all) {
	const nearest = new Map(stageVariables.map((name) => [name, void 0]));
	return all.flatMap(({ definition, about }) => {
		const { name } = definition;
		if (!nearest.has(name)) nearest.set(name, nearestByLetters(name, stageVariables, 2));
		const similar = nearest.get(name);
		if (similar === void 0) return [];
		return [{
			message: `\`${name}\` has no effect; the closest existing name is \`${similar}\``,
			severity: "error",
			place: definition.namePlace,
			...about
		}];
	}).toArray();
}
function isCandidate(name, playbook) {
	if (playbook.defaultsOf(name).length > 0 || harmless$1.has(name) || dialectOf(name)) return false;
	if (/^(?:ansible|vault)_/.test(name) || !/^\w{1,200}$/.test(name)) return false;
	return !playbook.replacement(name);
}
function violation$1({ definition, about }, playbook, names) {
	const { name, namePlace: place } = definition;
	const isPlaybookName = hasPlaybookPrefix(name, playbook);
	const maxDistance = isPlaybookName ? Math.max(2, Math.min(4, Math.floor(name.length / 10))) : 2;
	const similar = nearestByLetters(name, names, maxDistance);
	const nearest = similar ?? (isPlaybookName ? nearestByWords(name, names) : void 0);
	if (nearest === void 0 && !isPlaybookName) return [];
	return [{
		message: `\`${name}\` is not used by any role of the playbook${nearest === void 0 ? "" : `; the closest existing name is \`${nearest}\``}`,
		severity: similar !== void 0 && stageVariables.includes(similar) ? "error" : void 0,
		place,
		...about
	}];
}
function hasPlaybookPrefix(name, playbook) {
	return name.startsWith("matrix_") || playbook.roles().some((role) => name.startsWith(`${role.replaceAll("-", "_")}_`));
}
function usedBy({ repository, hosts }, names) {
	const texts = [...new Set(written(hosts).map(({ definition }) => definition.namePlace.file))].map((file) => fileText(repository.files, file) ?? "");
	return [...names].filter((name) => {
		const use = new RegExp(`\\b${name}\\b(?!["']?\\s*(?::|=(?!=)))`);
		return texts.some((text) => text.includes(name) && use.test(text));
	});
}

// src/rules/playbook/unused-vars.ts
const vars = "matrix_domain: example.test\n";
const unusedHostVars = unusedRule("host", "the host", {
	wrong: [{ files: { "inventory/host_vars/m.example.test/vars.yml": vars } }, { files: { "inventory/host_vars/example.test.yml": vars } }],
	right: [
		vars,
		{ files: { "inventory/host_vars/matrix.example.test.yml": vars } },
		{ files: {
			"inventory/host_vars/README": "a text\n",
			"inventory/host_vars/localhost.yml": "a: 1\n"
		} },
		{ files: {
			"inventory/staging": "[matrix_servers]\nm.example.test\n",
			"inventory/host_vars/m.example.test/vars.yml": vars
		} }
	]
});
const unusedGroupVars = unusedRule("group", "hosts in the group", {
	wrong: [{ files: { "inventory/group_vars/matrix-servers.yml": vars } }, { files: { "inventory/group_vars/production/vars.yml": vars } }],
	right: [
		vars,
		{ files: {
			"inventory/group_vars/all.yml": vars,
			"inventory/group_vars/matrix_servers/a.yml": vars
		} },
		{ files: {
			"inventory/hosts": "[matrix_servers]\nmatrix.example.test\n[production]\n",
			"inventory/group_vars/production.yml": vars
		} }
	]
});
function unusedRule(owner, readers, examples) {
	const kind = `${owner}_vars`;
	return defineRule({
		id: `playbook/unused-${owner}-vars`,
		severity: "warning",
		why: `Ansible reads \`${kind}/NAME\` only for ${readers} \`NAME\`. The inventory has no such ${owner}, so these variables have no effect.`,
		remedy: `Rename the folder or the ${owner} in the inventory, or remove the folder.`,
		examples: {
			wrong: [],
			right: []
		},
		checkAll: ({ repository }) => unusedVars(kind, repository)
	});
}
const always = {
	host_vars: [
		"localhost",
		"127.0.0.1",
		"::1"
	],
	group_vars: [
		"all",
		"ungrouped",
		playbookGroup
	]
};
const mostFiles = 20;
const mostNames = 2e3;
const mostBytes = 1e6;
function unusedVars(kind, { files, inventory }) {
	if (!isReadWhole(inventory)) return [];
	const known = new Set(kind === "host_vars" ? inventory.hosts.map(({ name }) => name) : inventory.groups.keys());
	for (const name of always[kind]) known.add(name);
	const unused = inventory.folders.flatMap((folder) => unusedIn(kind, files, folder, known));
	if (unused.length === 0) return [];
	const others = inventory.folders.flatMap((folder) => textsBeside(files, folder, inventory.paths));
	const names = [...known].filter((name) => !always[kind].includes(name)).slice(0, mostNames);
	return unused.filter(({ name }) => !others.some((text) => text.includes(name))).map(({ name, place }, index) => {
		const nearest = index < mostFiles ? nearestOf(kind, name, names) : void 0;
		const hint = nearest === void 0 ? "" : `; the closest name is \`${nearest}\``;
		return {
			message: `the inventory has no ${kind === "host_vars" ? "host" : "group"} \`${name}\`${hint}`,
			place
		};
	});
}
function unusedIn(kind, files, folder, known) {
	const base = folder === "" ? kind : `${folder}/${kind}`;
	return files.list(base).flatMap((entry) => {
		const path = `${base}/${entry}`;
		const name = entry.replace(/\.(?:yml|yaml|json)$/, "");
		if (known.has(entry) || known.has(name) || /^\.|~$/.test(entry)) return [];
		const isFolder = files.entry(path).kind === "directory";
		const [first] = isFolder ? files.list(path) : [entry];
		if (first === void 0 || !isFolder && name === entry) return [];
		const file = isFolder ? `${path}/${first}` : path;
		return [{
			name: isFolder ? entry : name,
			place: {
				file,
				line: 1,
				column: 1
			}
		}];
	});
}
function textsBeside(files, folder, inventories) {
	return files.list(folder).map((name) => folder === "" ? name : `${folder}/${name}`).filter((path) => !inventories.includes(path) && files.entry(path).kind === "file").slice(0, mostFiles).filter((path) => files.entry(path).size <= mostBytes).map((path) => new TextDecoder().decode(files.read(path)));
}
function nearestOf(kind, name, names) {
	if (names.length === 0) return void 0;
	const closestName = (0, import_fastest_levenshtein.closest)(name, names);
	return kind === "host_vars" || (0, import_fastest_levenshtein.distance)(name, closestName) * 2 <= name.length ? closestName : void 0;
}

// src/rules/playbook/validated-version.ts
const name$1 = validatedVersionVariable;
`${name$1}`;
const validatedVersion = defineRule({
	id: "playbook/validated-version",
	severity: "error",
	stages: [
		"off",
		"prepared",
		"live",
		"unknown"
	],
	needs: "checkout",
	why: "The playbook first checks which breaking changes you have confirmed. It stops if a newer one is missing.",
	remedy: "Read the changes in CHANGELOG.md of the playbook, and adapt the vars. Then set that version.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const required = context.checkout?.variables?.migrationVersion();
		return required ? violations$6(context, required) : [];
	}
});
function violations$6({ host }, expected) {
	const { value } = host.variable(name$1);
	const ifMissing = missing(host, name$1);
	if (ifMissing) {
		const place = host.variable("matrix_domain").definition?.namePlace ?? host.place;
		return [{
			message: `\`${name$1}\` is not set; the playbook requires ${expected}`,
			place,
			...ifMissing,
			remedy: remedyFor("", expected)
		}];
	}
	if (value?.kind !== "string" || value.value >= expected) return [];
	return [{
		message: `\`${name$1}\` is older than ${expected}, which the playbook requires`,
		place: value.place,
		remedy: remedyFor(value.value, expected)
	}];
}
function remedyFor(confirmed, expected) {
	const [, ...date] = /^v(\d{4})\.(\d\d)\.(\d\d)\b/.exec(confirmed) ?? [];
	return `Read CHANGELOG.md of the playbook${date.length === 3 ? ` from ${date.join("-")} on` : ""}, and adapt the vars. Then set \`${name$1}: "${expected}"\`.`;
}

// src/rules/playbook/wrong-type.ts
const names$1 = {
	switch: "`true` or `false`",
	number: "a number",
	text: "a string",
	list: "a list",
	mapping: "a mapping",
	collection: "a list or mapping"
};
const wrongType = defineRule({
	id: "playbook/wrong-type",
	severity: "warning",
	needs: "checkout",
	why: "The playbook expects the type of the default value. A string in place of a boolean usually counts as true, even `\"false\"`. Other wrong types make Ansible or the service fail.",
	remedy: "Write a value of the same type as the default. Text such as `\"false\"` acts as `true` until you change it: choose the value that you want.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: compared(violations$5)
});
function violations$5({ definition, about }, playbook) {
	const { name, value } = definition;
	const expected = expectedKind(name, playbook);
	if (expected === void 0 || fits(value, expected)) return [];
	const kind = kindOfValue(value);
	const message = `\`${name}\` is ${kind === void 0 ? "empty" : kind === "switch" ? "a boolean" : names$1[kind]}, but the playbook expects ${names$1[expected]}`;
	const suggestion = expected === "switch" ? asTrue(definition) : void 0;
	return [{
		message,
		place: value.place,
		...about,
		suggestion
	}];
}
function expectedKind(name, playbook) {
	const kinds = new Set(playbook.defaultsOf(name).map(kindOfDefault));
	kinds.delete(void 0);
	const [kind, ...others] = kinds;
	return others.length === 0 ? kind : void 0;
}
function fits(value, expected) {
	if (isOpaque(value)) return true;
	const kind = kindOfValue(value);
	const isCollection = kind === "list" || kind === "mapping";
	switch (expected) {
		case "list":
		case "mapping": return kind === expected;
		case "switch": {
			const isBit = value.kind === "integer" && [0n, 1n].includes(value.value);
			return kind === void 0 || kind === "switch" || isBit;
		}
		case "number": return !isCollection && kind !== "switch";
		case "collection": return isCollection;
		case "text": return kind !== "mapping";
	}
}
function kindOfDefault({ text, block }) {
	if (text === "") return block && (block === "list" ? "list" : "mapping");
	if (/\{\{|\{%/.test(text) || /^[&*!|>]/.test(text)) return void 0;
	if (/^(?:\[\s*\]|\{\s*\})$/.test(text)) return "collection";
	if (text.startsWith("[")) return "list";
	if (text.startsWith("{")) return "mapping";
	if (/^["']/.test(text)) return "text";
	const value = plainScalar(text);
	return value && kindOfValue(value);
}
function kindOfValue({ kind }) {
	switch (kind) {
		case "boolean": return "switch";
		case "integer":
		case "float": return "number";
		case "string":
		case "date": return "text";
		case "list": return "list";
		case "map": return "mapping";
		case "null":
		case "unknown":
		case "vault": return;
	}
}

// src/rules/providers/authentication.ts
const withSecret = /* @__PURE__ */ new Set([
	"client_secret_basic",
	"client_secret_post",
	"client_secret_jwt"
]);
const withoutSecret = /* @__PURE__ */ new Set([
	"none",
	"private_key_jwt",
	"sign_in_with_apple"
]);
const providerClientSecret = defineRule({
	id: "providers/client-secret",
	severity: "error",
	why: "The authentication method decides whether a provider needs a secret. MAS does not start if a needed secret is missing, or an unused one is set.",
	remedy: "Set `client_secret` (or `client_secret_file`, not both) with the methods `client_secret_basic`, `client_secret_post` and `client_secret_jwt`. Remove both with any other method.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap(secretViolations)
});
function secretViolations({ name, value, part, text }) {
	const [secret, file] = [part("client_secret"), part("client_secret_file")];
	if (secret && file) return [{
		message: `${name} has both \`client_secret\` and \`client_secret_file\``,
		place: file.place
	}];
	const credential = secret ?? file;
	const method = text("token_endpoint_auth_method") ?? "";
	if (withSecret.has(method) && !credential) {
		const place = part("token_endpoint_auth_method")?.place ?? value.place;
		return [{
			message: `${name} has no \`client_secret\`, which its authentication method needs`,
			place
		}];
	}
	if (!withoutSecret.has(method) || !credential) return [];
	return [{
		message: `${name} has a secret, which its authentication method does not use`,
		place: credential.place
	}];
}
const settings$1 = [{
	key: "token_endpoint_auth_signing_alg",
	methods: ["client_secret_jwt", "private_key_jwt"]
}, {
	key: "sign_in_with_apple",
	methods: ["sign_in_with_apple"]
}];
const providerMethodSettings = defineRule({
	id: "providers/method-settings",
	severity: "error",
	why: "MAS does not start if a provider lacks a setting of its authentication method. It also does not start with a setting of another method.",
	remedy: "Set `token_endpoint_auth_signing_alg` only with `client_secret_jwt` and `private_key_jwt`, and `sign_in_with_apple` only with the method of that name.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap(settingViolations)
});
function settingViolations({ name, value, part, text }) {
	const method = text("token_endpoint_auth_method");
	if (method === void 0) return [];
	return settings$1.flatMap(({ key, methods }) => {
		const setting = part(key);
		const isRequired = methods.some((known) => known === method);
		if (isRequired && !setting) {
			const place = part("token_endpoint_auth_method")?.place ?? value.place;
			return [{
				message: `${name} has no \`${key}\`, which its authentication method needs`,
				place
			}];
		}
		if (isRequired || !setting) return [];
		return [{
			message: `${name} has \`${key}\`, which its authentication method does not use`,
			place: setting.place
		}];
	});
}

// src/rules/providers/claims.ts
const providerClaims = defineRule({
	id: "providers/claims",
	severity: "error",
	why: "MAS does not start if claims contradict each other. Without a confirmation page, a claim cannot be only suggested. A conflict with an existing account can be handled only if the local part is forced.",
	remedy: "With `skip_confirmation: true`, set `localpart.action: require`, and do not set `email.action` or `displayname.action` to `suggest`. With `localpart.on_conflict` other than `fail`, set `localpart.action` to `force` or `require`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap(violationsOf$1)
});
function violationsOf$1({ name, part }) {
	const claims = part("claims_imports");
	if (claims?.kind !== "map") return [];
	const violations = [];
	const add = (message, { place }) => violations.push({
		message,
		place
	});
	const localpart = actionOf(claims, "localpart");
	const skip = valueAt(claims, "skip_confirmation");
	if (skip?.kind === "boolean" && skip.value) {
		if (localpart !== void 0 && localpart !== "require") add(`\`localpart.action\` of ${name} must be \`require\` with \`skip_confirmation\``, skip);
		for (const claim of ["email", "displayname"].filter((claim) => actionOf(claims, claim) === "suggest")) add(`\`${claim}.action\` of ${name} cannot be \`suggest\` with \`skip_confirmation\``, skip);
	}
	const conflict = valueAt(claims, "localpart", "on_conflict");
	const mayConflict = localpart === void 0 || localpart === "force" || localpart === "require";
	if (conflict?.kind === "string" && conflict.value !== "fail" && !mayConflict) add(`\`localpart.on_conflict\` of ${name} needs the action \`force\` or \`require\``, conflict);
	return violations;
}
function actionOf(claimsImports, claim) {
	const whole = valueAt(claimsImports, claim);
	const action = valueAt(whole, "action");
	if (action?.kind === "string") return action.value;
	return [whole, action].some((value) => value && isOpaque(value)) ? void 0 : "ignore";
}

// src/rules/providers/discovery.ts
const endpoint = (key) => `${key}: https://idp.example.test/${key}`;
const endpoints = ["authorization_endpoint", "token_endpoint"].map(endpoint);
const [jwks, userinfo] = [endpoint("jwks_uri"), endpoint("userinfo_endpoint")];
[...endpoints];
const providerDiscovery = defineRule({
	id: "providers/discovery",
	severity: "error",
	why: "MAS discovers the endpoints of a provider through its issuer, and does not start without one. With discovery disabled, logins fail unless the endpoints are set.",
	remedy: "Set the `issuer`. With `discovery_mode: disabled`, set `authorization_endpoint`, `token_endpoint` and `jwks_uri`. With `fetch_userinfo`, also set `userinfo_endpoint`. You can omit `jwks_uri` if `fetch_userinfo` is on, `scope` does not contain `openid`, and `userinfo_signed_response_alg` is not set.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap(violations$4)
});
function violations$4(provider) {
	const { name, value, part, text } = provider;
	const modeName = part("discovery_mode") ? text("discovery_mode") : "oidc";
	const place = entryOf(value, "discovery_mode")?.value.place ?? part("client_id")?.place ?? value.place;
	if (modeName === "oidc" || modeName === "insecure") return part("issuer") ? [] : [{
		message: `${name} has no \`issuer\`, which discovery needs`,
		place
	}];
	if (modeName !== "disabled") return [];
	const missing = requiredKeys$1(provider).filter((key) => !part(key)).map((key) => `\`${key}\``);
	return missing.length === 0 ? [] : [{
		message: `${name} disables discovery, but does not set ${missing.join(", ")}`,
		place
	}];
}
function requiredKeys$1({ part, text }) {
	const fetches = truth(part("fetch_userinfo"));
	const scope = part("scope") ? text("scope") : "openid";
	const needsKeys = fetches === false || scope?.split(/\s+/).includes("openid") || part("userinfo_signed_response_alg")?.kind === "string";
	return [
		"authorization_endpoint",
		"token_endpoint",
		...fetches ? ["userinfo_endpoint"] : [],
		...needsKeys ? ["jwks_uri"] : []
	];
}
function truth(value) {
	if (!value) return false;
	return value.kind === "boolean" ? value.value : void 0;
}

// src/rules/providers/ids.ts
const providerIdTwice = defineRule({
	id: "providers/id-twice",
	severity: "error",
	why: "MAS keeps one provider per id. If two have the same id, the last one wins and gets the accounts of the other.",
	remedy: "Give each provider its own ULID. A provider that was already live must keep its id.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => repeated(host, "id", (id) => id.toUpperCase())
});
[...publicClient.slice(1)];
const synapseIdTwice = defineRule({
	id: "providers/synapse-twice",
	severity: "error",
	why: "Only one provider of MAS can take over the accounts of a Synapse provider. If two have the same `synapse_idp_id`, the last one gets them.",
	remedy: "Keep `synapse_idp_id` only on the provider that should take over these accounts.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => repeated(host, "synapse_idp_id", (name) => name)
});
function repeated(host, key, normal) {
	const seen = /* @__PURE__ */ new Set();
	return eachProvider(host).flatMap(({ name, part }) => {
		const value = part(key);
		if (value?.kind !== "string") return [];
		const { place } = value;
		const given = normal(value.value);
		if (seen.has(given)) return [{
			message: `${name} has the same \`${key}\` as an earlier provider`,
			place
		}];
		seen.add(given);
		return [];
	});
}
const secret = ["client_secret: invented", "token_endpoint_auth_method: client_secret_basic"];
[...secret];
[...secret];
const providerIdReused = defineRule({
	id: "providers/id-reused",
	severity: "error",
	needs: "base",
	why: "Accounts are linked to the id of a provider and the subject of a user. If another service gets the same id, its users may log in to accounts of the first service.",
	remedy: "Give the new provider its own id. Keep the old provider, with `enabled: false` if it is no longer used.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, base }) => {
		const before = base?.host ? eachProvider(base.host) : [];
		return eachProvider(host).flatMap((provider) => {
			const ulid = provider.text("id");
			const old = before.find(({ text }) => ulid !== void 0 && text("id") === ulid);
			const differs = ["issuer", "client_id"].every((key) => {
				const [previous, current] = [old?.text(key), provider.text(key)];
				return previous !== void 0 && current !== void 0 && previous !== current;
			});
			const place = provider.part("id")?.place;
			return differs && place ? [{
				message: `${provider.name} reuses the \`id\` of another service`,
				place
			}] : [];
		});
	}
});

// src/rules/facts/synapse-links.ts
function synapseProviders(host) {
	const isOn = switchAt(host, oidcEnabledVariable).state;
	if (isOn === "off" || isOn === "absent") return {
		known: [],
		incomplete: isOn === "absent" && isHidden(host)
	};
	const { value, state } = host.variable(oidcProvidersVariable);
	if (value?.kind !== "list") return {
		known: [],
		incomplete: state !== "absent"
	};
	const known = listedProviders(value);
	return {
		known,
		incomplete: known.length < value.items.length,
		isUnclear: isOn === "unclear"
	};
}
function listedProviders(list) {
	return list.kind === "list" ? list.items.flatMap((item, index) => providerOf(item, index) ?? []) : [];
}
function migratedProviders(context) {
	const own = synapseProviders(context.host);
	const before = own.known.length > 0 ? void 0 : beforeMigration(context);
	const { known, isUnclear = false } = before ? synapseProviders(before) : own;
	return {
		providers: known,
		fromBase: own.known.length === 0,
		isUnclear
	};
}
function isHidden(host) {
	const { state, vaults } = host.variable(oidcEnabledVariable);
	return state !== "absent" && !vaults;
}
function providerOf(item, index) {
	if (item.kind !== "map") return void 0;
	const idp = valueAt(item, "idp_id");
	if (idp && idp.kind !== "string" && idp.kind !== "null") return void 0;
	const idpId = idp?.kind === "string" ? idp.value : void 0;
	return {
		index,
		value: item,
		authProvider: authProviderOf(idpId),
		idpId,
		issuer: textAt(item, "issuer"),
		clientId: textAt(item, "client_id"),
		place: idp && holds(item.place, idp.place) ? idp.place : item.place
	};
}
function holds(outer, { file, line, column }) {
	const { endLine = outer.line, endColumn = outer.column } = outer;
	const begins = outer.line < line || outer.line === line && outer.column <= column;
	return outer.file === file && begins && (line < endLine || line === endLine && column < endColumn);
}
function unreadProviders(host) {
	return synapseProviders(host).incomplete && isUnset(host, "matrix_authentication_service_config_upstream_oauth2_providers") ? host.variable(oidcProvidersVariable).definition : void 0;
}
function linksOf(host) {
	const providers = eachProvider(host);
	const list = host.variable(providersVariable);
	const keys = providers.map(({ part }) => part("synapse_idp_id"));
	const hiddenItem = list.value?.kind === "list" && list.value.items.length !== providers.length;
	const isListHidden = isUnknown(list) || hiddenItem;
	const { texts, hidden } = mappingArgumentsOf(host);
	return {
		byKey: new Set(keys.flatMap((key) => key?.kind === "string" ? [key.value] : [])),
		byArgument: new Set(readMappingArguments(texts).mappings.map(({ authProvider }) => authProvider)),
		hidden: {
			key: isListHidden || keys.some((key) => key && key.kind !== "string"),
			argument: hidden
		},
		vaults: {
			key: list.vaults ?? [],
			argument: host.variable("matrix_authentication_service_syn2mas_process_extra_arguments").vaults ?? []
		}
	};
}
function isLinked({ byKey, byArgument, hidden }, name, dialect) {
	const key = dialect !== "syn2mas-tool" && (hidden.key || byKey.has(name));
	const argument = dialect !== "mas-cli" && (hidden.argument || byArgument.has(name));
	return key || argument;
}
const mappedProviders = oncePer((context) => {
	const { host, checkout } = context;
	const { providers, fromBase } = migratedProviders(context);
	if (providers.length === 0) return [];
	const byName = /* @__PURE__ */ new Map();
	const add = (name, mas) => {
		if (name !== void 0) byName.set(name, (byName.get(name) ?? /* @__PURE__ */ new Set()).add(mas));
	};
	if (checkout?.dialect !== "syn2mas-tool") for (const mas of eachProvider(host)) add(mas.text("synapse_idp_id"), mas);
	if (checkout?.dialect !== "mas-cli") {
		const names = namesByArgument(host);
		for (const mas of eachProvider(host)) add(names.get(mas.text("id") ?? ""), mas);
	}
	return providers.flatMap((synapse) => [...byName.get(synapse.authProvider) ?? []].map((mas) => ({
		synapse,
		mas,
		fromBase
	})));
});
function sameService(host, { issuer, clientId }) {
	if (issuer === void 0) return void 0;
	const same = eachProvider(host).filter(({ part, text }) => !part("synapse_idp_id") && text("issuer") === issuer && text("client_id") === clientId);
	return same.length === 1 ? same[0] : void 0;
}
function howToMap(authProvider, dialect, mas) {
	const key = `\`synapse_idp_id: ${authProvider}\``;
	const argument = `\`"--upstreamProviderMapping ${authProvider}:${mas?.text("id") ?? "ULID"}"\` in the list \`${mappingVariable}\``;
	const addition = `Add the provider to \`${providersVariable}\``;
	const byKey = mas ? `Add ${key} to ${mas.name}.` : `${addition}, with ${key}.`;
	switch (dialect) {
		case "mas-cli": return byKey;
		case "syn2mas-tool": return mas ? `Map it with ${argument}.` : `${addition}, and map it with ${argument}.`;
		case void 0: return `${byKey} For the dialect \`syn2mas-tool\`, map it with ${argument} instead.`;
	}
}
const withSynapse = `${prepared}${oidcEnabledVariable}: true
${oidcProvidersVariable}:
  - idp_id: keycloak
    issuer: https://idp.example.test/
    client_id: mas
`;
const withBoth = (...lines) => withMapped([], lines);
const withMapped = (synapse, mas) => `${withSynapse}${synapse.map((line) => `    ${line}\n`).join("")}${mappings(providersVariable, mas)}`;

// src/rules/providers/issuer.ts
const discovery = /\/?\.well-known\/openid-configuration\/?$/;
const providerIssuer = defineRule({
	id: "providers/issuer",
	severity: "warning",
	why: "With discovery, the issuer must exactly match what the provider reports, including a trailing slash. Otherwise every login fails. Without https, anyone on the network path can take over logins.",
	remedy: "Copy the field `issuer` from the output of `curl https://PROVIDER/.well-known/openid-configuration`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap((provider) => violations$3(provider, synapseIssuers(host)))
});
function synapseIssuers(host) {
	return new Map(synapseProviders(host).known.flatMap(({ clientId, issuer }) => clientId === void 0 || issuer === void 0 ? [] : [[clientId, issuer]]));
}
function violations$3({ name, definition, part, text }, bySynapse) {
	const [value, issuer] = [part("issuer"), text("issuer")];
	if (!value || issuer === void 0 || text("discovery_mode") === "disabled") return [];
	const { place } = value;
	if (discovery.test(issuer)) return [{
		message: `the \`issuer\` of ${name} is the URL of its discovery document`,
		place
	}];
	if (!/^https:\/\//.test(issuer) && !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(issuer)) return [{
		message: `the \`issuer\` of ${name} is not an https URL`,
		place
	}];
	const bare = withoutSlash(issuer);
	const drop = issuer.length - bare.length;
	if (hasNoSlash(issuer)) {
		if (drop === 0) return [];
		return [{
			message: `the \`issuer\` of ${name} ends with a slash, but the issuer of this service does not`,
			place,
			suggestion: editText(definition, value, {
				drop,
				after: ""
			})
		}];
	}
	const current = bySynapse.get(text("client_id") ?? "");
	if (current === void 0 || current === issuer || withoutSlash(current) !== bare) return [];
	return [{
		message: `the \`issuer\` of ${name} differs by a trailing slash from the issuer of Synapse's provider`,
		place,
		suggestion: editText(definition, value, {
			drop,
			after: current.slice(bare.length)
		})
	}];
}

// src/rules/providers/mapped-elsewhere.ts
[...client$1];
const providerMappedElsewhere = defineRule({
	id: "providers/mapped-elsewhere",
	severity: "error",
	why: "Account links store the user names of one service. At another service the same name can belong to another person, or to none. Users lose their accounts, or get the accounts of others.",
	remedy: "Set `synapse_idp_id` on the provider with the same issuer as in Synapse, or correct the `issuer`. If the service has moved, change the issuer in Synapse first, and check that users can log in.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => mappedProviders(context).flatMap((pair) => {
		const { mas, synapse } = pair;
		const [place, issuer] = [mas.part("issuer")?.place, mas.text("issuer")];
		if (!place || issuer === void 0 || synapse.issuer === void 0 || !areDiscovered(pair)) return [];
		if (bare(issuer) === bare(synapse.issuer)) return [];
		return [{
			message: `${mas.name} takes over accounts of \`${synapse.authProvider}\`, but has another issuer`,
			place
		}];
	})
});
function areDiscovered({ mas, synapse }) {
	const isPlain = (key, usual) => {
		const value = entryOf(synapse.value, key)?.value;
		return !value || value.kind === "boolean" && value.value === usual;
	};
	return (!mas.part("discovery_mode") || mas.text("discovery_mode") === "oidc") && isPlain("discover", true) && isPlain("skip_verification", false);
}
function bare(address) {
	return address.replace(/\/$/, "").toLowerCase();
}

// src/rules/providers/no-claims.ts
const providerNoClaims = defineRule({
	id: "providers/no-claims",
	severity: "error",
	why: "Without `openid` in the scope, a service sends no ID token. Unless MAS also asks the userinfo endpoint, it does not learn who logs in, and every login through this provider fails.",
	remedy: "Add `openid` to `scope`. For a service without OpenID Connect, set `fetch_userinfo: true`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap(({ name, definition, part, text }) => {
		const scope = part("scope");
		const fetches = part("fetch_userinfo");
		const mayFetch = fetches && (fetches.kind !== "boolean" || fetches.value);
		const isApple = text("issuer")?.startsWith("https://appleid.apple.com");
		if (scope?.kind !== "string" || mayFetch || isApple) return [];
		if (scope.value.split(/\s+/).includes("openid")) return [];
		return [{
			message: `${name} asks for no \`openid\` and does not fetch the user info`,
			place: scope.place,
			suggestion: editText(definition, scope, { before: "openid " })
		}];
	})
});

// src/rules/providers/node-tool.ts
const problems = {
	"not-a-mapping": "does not have the form `NAME:ULID`",
	"not-a-ulid": "has no valid ULID",
	"missing-prefix": "does not start with `oidc-`",
	duplicate: "repeats a provider that an earlier entry maps"
};
prepared + mappings(providersVariable, publicClient);
const mappingArguments = defineRule({
	id: "providers/mapping-arguments",
	severity: "error",
	dialects: ["syn2mas-tool"],
	why: "In this dialect, syn2mas stops at an invalid mapping. It also stops at the first account whose provider is mapped to an unknown id of MAS.",
	remedy: `Write \`--upstreamProviderMapping oidc-NAME:ULID\`, with the \`id\` of a provider in \`${providersVariable}\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { value, definition } = host.variable(mappingVariable);
		if (value?.kind === "string" && value.value.trim() !== "") return [asString(value, definition)];
		if (value?.kind !== "list") return [];
		const words = value.items.flatMap((item) => item.kind === "string" ? [item.value] : []);
		if (words.length !== value.items.length) return [];
		const read = readMappingArguments(words);
		const { place } = value;
		const wrong = read.problems.map(({ kind, right }) => ({
			message: `a mapping in \`${mappingVariable}\` ${problems[kind]}`,
			place,
			...right !== void 0 && { remedy: `Write \`"${right}"\`.` }
		}));
		const ids = host.variable("matrix_authentication_service_config_upstream_oauth2_providers").value?.kind === "list" ? eachProvider(host).map(({ text }) => text("id")) : [];
		if (ids.length === 0 || ids.includes(void 0)) return wrong;
		const unknown = read.mappings.filter(({ ulid }) => !ids.includes(ulid));
		return [...wrong, ...unknown.map(({ authProvider }) => ({
			message: `\`${mappingVariable}\` maps \`${authProvider}\` to an unknown provider id`,
			place
		}))];
	}
});
function asString(value, definition) {
	const words = value.value.trim().split(/(?<!\s)\s+(?=--)/);
	const isPlain = words.every((word) => /^--upstreamProviderMapping[ =][\w.-]+:[0-9A-Z]{26}$/.test(word));
	const list = `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
	return {
		message: `\`${mappingVariable}\` is a string, which the playbook splits into its characters`,
		place: value.place,
		suggestion: isPlain ? replaceValue(definition, list) : void 0,
		remedy: `Write a list${isPlain ? `: \`${mappingVariable}: ${list}\`` : ", with one item for each argument"}.`
	};
}
const keys$1 = ["issuer", "scopes"];
const synapseProviderIncomplete = defineRule({
	id: "providers/synapse-incomplete",
	severity: "error",
	stages: ["prepared"],
	dialects: ["syn2mas-tool"],
	needs: "checkout",
	why: "In this dialect, syn2mas also reads Synapse's providers. It stops at a provider without `issuer` or `scopes`, although Synapse has defaults for them.",
	remedy: "Set both. To keep the default scopes, add `scopes: [openid]`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { value } = host.variable(oidcProvidersVariable);
		if (!(switchAt(host, "matrix_synapse_oidc_enabled").state === "on") || value?.kind !== "list") return [];
		return value.items.flatMap((item, index) => {
			const missing = item.kind === "map" ? keys$1.filter((key) => !entryOf(item, key)) : [];
			const of = (key) => `provider ${index + 1} of Synapse has no \`${key}\``;
			return missing.map((key) => ({
				message: of(key),
				place: item.place
			}));
		});
	}
});

// src/rules/providers/redirect-uri.ts
const domain = "matrix_domain: example.test\n";
const list = (...lines) => `${domain}${providersVariable}:\n  - ${lines.join("\n    ")}\n`;
list(...publicClient);
const providerRedirectUri = defineRule({
	id: "providers/redirect-uri",
	severity: "notice",
	why: "After a login, the service redirects users to a URL of MAS that contains the id of the provider. This URL differs from the one of Synapse. The service rejects logins with an unregistered redirect URI.",
	remedy: "Register the redirect URI at the service, for the client of this provider. Do this before the migration. Keep the redirect URI of Synapse until the migration is done. Then change the back-channel logout URL, if the service has one: until then, a logout there ends no session of Matrix.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { host } = context;
		const base = baseOf(host);
		return newProviders(context).map(({ name, part, text, value }) => {
			const ulid = text("id") ?? "";
			const uri = (route) => `\`${base}/upstream/${route}/${isUlid(ulid) && /[A-Z]/.test(ulid) ? ulid : "ID"}\``;
			const place = (part("id") ?? value).place;
			const message = `the redirect URI of ${name} must be registered at its service: ${uri("callback")}`;
			return ![void 0, "do_nothing"].includes(text("on_backchannel_logout")) ? {
				message: `${message}; its back-channel logout URL becomes ${uri("backchannel-logout")}`,
				place
			} : {
				message,
				place
			};
		});
	}
});
function newProviders({ host, stage, base }) {
	const used = eachProvider(host).filter(({ part }) => {
		const enabled = part("enabled");
		return enabled?.kind !== "boolean" || enabled.value;
	});
	if (!base) return stage.stage === "prepared" ? used : [];
	if (!base.host) return used;
	const before = base.host.variable(providersVariable);
	if (before.value && before.value.kind !== "list") return [];
	const ids = new Set(eachProvider(base.host).map(({ text }) => text("id")));
	return used.filter(({ text }) => !ids.has(text("id")));
}
function baseOf(host) {
	const { hostname, prefix } = masAddress(host) ?? {};
	return hostname !== void 0 && /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) && /^\/[\w./~-]*$/.test(prefix ?? "") ? `https://${hostname}${prefix === "/" ? "" : prefix}` : "https://HOST/PREFIX";
}

// src/rules/facts/extension-providers.ts
function extensionProviders(asked) {
	if (!isReadable(asked, "matrix_synapse_configuration_extension_yaml")) return void 0;
	const at = (key) => extendedAt(asked, synapseExtension, [key]);
	const [list, legacy] = [at("oidc_providers"), at("oidc_config")];
	if ([list, legacy].some((found) => found && isOpaque(found.value))) return void 0;
	const items = list?.value.kind === "list" ? list.value.items : [];
	const enabled = legacy && entryOf(legacy.value, "enabled")?.value;
	const isOn = enabled && truthOf(enabled) === true;
	return [...items.map((item) => ({
		authProvider: nameOf(item, authProviderOf),
		place: item.place
	})), ...isOn ? [{
		authProvider: nameOf(legacy.value, legacyName),
		place: legacy.place
	}] : []];
}
const legacyName = (idpId = "oidc") => idpId;
function nameOf(provider, stored) {
	if (provider.kind !== "map") return void 0;
	const idp = entryOf(provider, "idp_id")?.value;
	if (!idp || idp.kind === "null") return stored(void 0);
	return idp.kind === "string" ? stored(idp.value) : void 0;
}

// src/rules/providers/refers-to-synapse.ts
const provider = (secret) => mappings(providersVariable, withMethod("client_secret_basic", `client_secret: ${secret}`));
provider(`"{{ ${inExtension.list}[0].client_secret }}"`);
const providerRefersToSynapse = defineRule({
	id: "providers/refers-to-synapse",
	severity: "error",
	why: "Ansible does not find the provider, and stops in the middle of the run.",
	remedy: "Put the client secret in its own variable, preferably in a vault, and refer to that variable. Then you can remove Synapse's providers in the change that migrates.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => [inVars, inExtension].flatMap((list) => {
		const count = countOf(context, list);
		if (count === void 0) return [];
		return eachProvider(context.host).flatMap(({ name, value }) => referencesTo(/* @__PURE__ */ new Set([list.variable]), value).filter(({ part }) => indexIn(part.kind === "unknown" ? part.source : void 0, list) >= count).map(({ part }) => ({
			message: `${name} refers to a provider in \`${list.variable}\` that does not exist`,
			place: part.place
		})));
	})
});
function countOf(context, list) {
	if (list === inExtension) return extensionProviders(context)?.length;
	const { state, value } = context.host.variable(oidcProvidersVariable);
	if (state === "absent" || value?.kind === "null") return 0;
	return value?.kind === "list" ? value.items.length : void 0;
}
function indexIn(source, { key }) {
	const [list, index] = new RegExp(`\\b${key}\\b(?:\\s*\\[\\s*(\\d+))?`).exec(source ?? "") ?? [];
	return list === void 0 ? -1 : Number(index ?? 0);
}

// src/rules/providers/required-before.ts
[...client$1, ...withoutDiscovery];
const providerRequiredBefore = defineRule({
	id: "providers/required-before",
	severity: "error",
	why: "MAS before 0.17 does not start if a provider has no `scope`, and MAS before 0.13 if it has no `issuer`. Later versions have defaults.",
	remedy: "Set `scope` for MAS before 0.17, such as `scope: openid`. Later versions use `openid` by default. Set `issuer` for MAS before 0.13, even with discovery disabled.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { needsScope, needsIssuer } = requiredKeys(context);
		return eachProvider(context.host).flatMap(({ name, value, definition, part }) => {
			const place = part("client_id")?.place ?? value.place;
			const suggestion = value.kind === "map" && value.entries.some(({ key }) => key === "scope") ? void 0 : lineInto(definition, value, "scope: openid");
			const violations = [];
			if (needsScope && !part("scope")) {
				const message = `${name} has no \`scope\`, which this version of MAS requires`;
				violations.push({
					message,
					place,
					suggestion
				});
			}
			if (needsIssuer && !part("issuer") && part("discovery_mode")) {
				const message = `${name} has no \`issuer\`, which this version of MAS requires even with discovery disabled`;
				violations.push({
					message,
					place
				});
			}
			return violations;
		});
	}
});
function requiredKeys(context) {
	const version = masVersion(context);
	if (!version) return {
		needsScope: context.checkout?.dialect === "syn2mas-tool",
		needsIssuer: false
	};
	return {
		needsScope: !isAtLeast(version, [0, 17]),
		needsIssuer: !isAtLeast(version, [0, 13])
	};
}

// schemas/upstream-provider.schema.json
var definitions = {
	"text": { "type": ["string", "null"] },
	"switch": { "type": "boolean" },
	"url": {
		"type": ["string", "null"],
		"pattern": "^https?://[^\\s/]+"
	},
	"action": { "enum": [
		"ignore",
		"suggest",
		"force",
		"require"
	] },
	"algorithm": { "enum": [
		"HS256",
		"HS384",
		"HS512",
		"RS256",
		"RS384",
		"RS512",
		"PS256",
		"PS384",
		"PS512",
		"ES256",
		"ES384",
		"ES512",
		"ES256K",
		"EdDSA",
		null
	] },
	"template": {
		"type": "object",
		"properties": { "template": { "$ref": "#/definitions/text" } },
		"additionalProperties": false
	},
	"claim": {
		"type": "object",
		"properties": {
			"template": { "$ref": "#/definitions/text" },
			"action": { "$ref": "#/definitions/action" }
		},
		"additionalProperties": false
	},
	"provider": {
		"type": "object",
		"required": [
			"id",
			"client_id",
			"token_endpoint_auth_method"
		],
		"properties": {
			"enabled": { "$ref": "#/definitions/switch" },
			"id": {
				"type": "string",
				"pattern": "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"
			},
			"synapse_idp_id": { "$ref": "#/definitions/text" },
			"issuer": { "$ref": "#/definitions/url" },
			"human_name": { "$ref": "#/definitions/text" },
			"brand_name": { "$ref": "#/definitions/text" },
			"client_id": {
				"type": "string",
				"pattern": "."
			},
			"client_secret": { "$ref": "#/definitions/text" },
			"client_secret_file": { "$ref": "#/definitions/text" },
			"token_endpoint_auth_method": { "enum": [
				"none",
				"client_secret_basic",
				"client_secret_post",
				"client_secret_jwt",
				"private_key_jwt",
				"sign_in_with_apple"
			] },
			"token_endpoint_auth_signing_alg": { "$ref": "#/definitions/algorithm" },
			"sign_in_with_apple": {
				"type": ["object", "null"],
				"required": ["team_id", "key_id"],
				"properties": {
					"team_id": { "type": "string" },
					"key_id": { "type": "string" },
					"private_key": { "$ref": "#/definitions/text" },
					"private_key_file": { "$ref": "#/definitions/text" }
				},
				"additionalProperties": false
			},
			"id_token_signed_response_alg": { "allOf": [{ "$ref": "#/definitions/algorithm" }, { "type": "string" }] },
			"scope": { "type": "string" },
			"discovery_mode": { "enum": [
				"oidc",
				"insecure",
				"disabled"
			] },
			"pkce_method": { "enum": [
				"auto",
				"always",
				"never"
			] },
			"fetch_userinfo": { "$ref": "#/definitions/switch" },
			"userinfo_signed_response_alg": { "$ref": "#/definitions/algorithm" },
			"authorization_endpoint": { "$ref": "#/definitions/url" },
			"token_endpoint": { "$ref": "#/definitions/url" },
			"userinfo_endpoint": { "$ref": "#/definitions/url" },
			"jwks_uri": { "$ref": "#/definitions/url" },
			"response_mode": { "enum": [
				"query",
				"form_post",
				null
			] },
			"additional_authorization_parameters": {
				"type": "object",
				"additionalProperties": { "type": "string" }
			},
			"forward_login_hint": { "$ref": "#/definitions/switch" },
			"on_backchannel_logout": { "enum": [
				"do_nothing",
				"logout_browser_only",
				"logout_all"
			] },
			"registration_token_required": { "$ref": "#/definitions/switch" },
			"claims_imports": {
				"type": "object",
				"properties": {
					"subject": { "$ref": "#/definitions/template" },
					"account_name": { "$ref": "#/definitions/template" },
					"skip_confirmation": { "$ref": "#/definitions/switch" },
					"localpart": {
						"type": "object",
						"properties": {
							"template": { "$ref": "#/definitions/text" },
							"action": { "$ref": "#/definitions/action" },
							"on_conflict": { "enum": [
								"fail",
								"add",
								"replace",
								"set"
							] }
						},
						"additionalProperties": false
					},
					"displayname": { "$ref": "#/definitions/claim" },
					"email": {
						"type": "object",
						"properties": {
							"template": { "$ref": "#/definitions/text" },
							"action": { "$ref": "#/definitions/action" },
							"set_email_verification": { "enum": [
								"always",
								"never",
								"import"
							] }
						},
						"additionalProperties": false
					}
				},
				"additionalProperties": false
			}
		},
		"additionalProperties": false,
		"allOf": [
			{
				"if": {
					"required": ["token_endpoint_auth_method"],
					"properties": { "token_endpoint_auth_method": { "enum": [
						"client_secret_basic",
						"client_secret_post",
						"client_secret_jwt"
					] } }
				},
				"then": { "oneOf": [{ "required": ["client_secret"] }, { "required": ["client_secret_file"] }] }
			},
			{
				"if": {
					"required": ["token_endpoint_auth_method"],
					"properties": { "token_endpoint_auth_method": { "enum": [
						"none",
						"private_key_jwt",
						"sign_in_with_apple"
					] } }
				},
				"then": { "properties": {
					"client_secret": { "type": "null" },
					"client_secret_file": { "type": "null" }
				} }
			},
			{
				"if": {
					"required": ["token_endpoint_auth_method"],
					"properties": { "token_endpoint_auth_method": { "enum": [
						"none",
						"client_secret_basic",
						"client_secret_post",
						"sign_in_with_apple"
					] } }
				},
				"then": { "properties": { "token_endpoint_auth_signing_alg": { "type": "null" } } }
			},
			{
				"if": {
					"required": ["claims_imports"],
					"properties": { "claims_imports": {
						"type": "object",
						"required": ["skip_confirmation"],
						"properties": { "skip_confirmation": { "const": true } }
					} }
				},
				"then": { "properties": { "claims_imports": {
					"type": "object",
					"required": ["localpart"],
					"properties": {
						"localpart": {
							"type": "object",
							"required": ["action"],
							"properties": { "action": { "const": "require" } }
						},
						"displayname": {
							"type": "object",
							"properties": { "action": { "enum": [
								"ignore",
								"force",
								"require"
							] } }
						},
						"email": {
							"type": "object",
							"properties": { "action": { "enum": [
								"ignore",
								"force",
								"require"
							] } }
						}
					}
				} } }
			},
			{
				"if": {
					"required": ["token_endpoint_auth_method"],
					"properties": { "token_endpoint_auth_method": { "enum": ["client_secret_jwt", "private_key_jwt"] } }
				},
				"then": { "required": ["token_endpoint_auth_signing_alg"] }
			},
			{
				"if": {
					"required": ["token_endpoint_auth_method"],
					"properties": { "token_endpoint_auth_method": { "enum": ["sign_in_with_apple"] } }
				},
				"then": { "required": ["sign_in_with_apple"] }
			},
			{
				"if": { "not": { "required": ["discovery_mode"] } },
				"then": { "required": ["issuer"] }
			},
			{
				"if": {
					"required": ["discovery_mode"],
					"properties": { "discovery_mode": { "enum": ["oidc", "insecure"] } }
				},
				"then": { "required": ["issuer"] }
			},
			{
				"if": {
					"required": ["discovery_mode"],
					"properties": { "discovery_mode": { "enum": ["disabled"] } }
				},
				"then": { "required": ["authorization_endpoint", "token_endpoint"] }
			},
			{
				"if": {
					"required": ["discovery_mode", "fetch_userinfo"],
					"properties": {
						"discovery_mode": { "enum": ["disabled"] },
						"fetch_userinfo": { "enum": [true] }
					}
				},
				"then": { "required": ["userinfo_endpoint"] }
			},
			{
				"if": {
					"required": ["discovery_mode"],
					"properties": { "discovery_mode": { "enum": ["disabled"] } },
					"anyOf": [
						{ "not": { "required": ["fetch_userinfo"] } },
						{ "properties": { "fetch_userinfo": { "enum": [false] } } },
						{ "not": { "required": ["scope"] } },
						{ "properties": { "scope": {
							"type": "string",
							"pattern": "(^|\\s)openid(\\s|$)"
						} } },
						{
							"required": ["userinfo_signed_response_alg"],
							"properties": { "userinfo_signed_response_alg": { "type": "string" } }
						}
					]
				},
				"then": { "required": ["jwks_uri"] }
			}
		]
	}
};

// src/generated/upstream-provider.ts
const validate = validate10;
const schema12 = {
	"type": "object",
	"required": [
		"id",
		"client_id",
		"token_endpoint_auth_method"
	],
	"properties": {
		"enabled": { "$ref": "#/definitions/switch" },
		"id": {
			"type": "string",
			"pattern": "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"
		},
		"synapse_idp_id": { "$ref": "#/definitions/text" },
		"issuer": { "$ref": "#/definitions/url" },
		"human_name": { "$ref": "#/definitions/text" },
		"brand_name": { "$ref": "#/definitions/text" },
		"client_id": {
			"type": "string",
			"pattern": "."
		},
		"client_secret": { "$ref": "#/definitions/text" },
		"client_secret_file": { "$ref": "#/definitions/text" },
		"token_endpoint_auth_method": { "enum": [
			"none",
			"client_secret_basic",
			"client_secret_post",
			"client_secret_jwt",
			"private_key_jwt",
			"sign_in_with_apple"
		] },
		"token_endpoint_auth_signing_alg": { "$ref": "#/definitions/algorithm" },
		"sign_in_with_apple": {
			"type": ["object", "null"],
			"required": ["team_id", "key_id"],
			"properties": {
				"team_id": { "type": "string" },
				"key_id": { "type": "string" },
				"private_key": { "$ref": "#/definitions/text" },
				"private_key_file": { "$ref": "#/definitions/text" }
			},
			"additionalProperties": false
		},
		"id_token_signed_response_alg": { "allOf": [{ "$ref": "#/definitions/algorithm" }, { "type": "string" }] },
		"scope": { "type": "string" },
		"discovery_mode": { "enum": [
			"oidc",
			"insecure",
			"disabled"
		] },
		"pkce_method": { "enum": [
			"auto",
			"always",
			"never"
		] },
		"fetch_userinfo": { "$ref": "#/definitions/switch" },
		"userinfo_signed_response_alg": { "$ref": "#/definitions/algorithm" },
		"authorization_endpoint": { "$ref": "#/definitions/url" },
		"token_endpoint": { "$ref": "#/definitions/url" },
		"userinfo_endpoint": { "$ref": "#/definitions/url" },
		"jwks_uri": { "$ref": "#/definitions/url" },
		"response_mode": { "enum": [
			"query",
			"form_post",
			null
		] },
		"additional_authorization_parameters": {
			"type": "object",
			"additionalProperties": { "type": "string" }
		},
		"forward_login_hint": { "$ref": "#/definitions/switch" },
		"on_backchannel_logout": { "enum": [
			"do_nothing",
			"logout_browser_only",
			"logout_all"
		] },
		"registration_token_required": { "$ref": "#/definitions/switch" },
		"claims_imports": {
			"type": "object",
			"properties": {
				"subject": { "$ref": "#/definitions/template" },
				"account_name": { "$ref": "#/definitions/template" },
				"skip_confirmation": { "$ref": "#/definitions/switch" },
				"localpart": {
					"type": "object",
					"properties": {
						"template": { "$ref": "#/definitions/text" },
						"action": { "$ref": "#/definitions/action" },
						"on_conflict": { "enum": [
							"fail",
							"add",
							"replace",
							"set"
						] }
					},
					"additionalProperties": false
				},
				"displayname": { "$ref": "#/definitions/claim" },
				"email": {
					"type": "object",
					"properties": {
						"template": { "$ref": "#/definitions/text" },
						"action": { "$ref": "#/definitions/action" },
						"set_email_verification": { "enum": [
							"always",
							"never",
							"import"
						] }
					},
					"additionalProperties": false
				}
			},
			"additionalProperties": false
		}
	},
	"additionalProperties": false,
	"allOf": [
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": [
					"client_secret_basic",
					"client_secret_post",
					"client_secret_jwt"
				] } }
			},
			"then": { "oneOf": [{ "required": ["client_secret"] }, { "required": ["client_secret_file"] }] }
		},
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": [
					"none",
					"private_key_jwt",
					"sign_in_with_apple"
				] } }
			},
			"then": { "properties": {
				"client_secret": { "type": "null" },
				"client_secret_file": { "type": "null" }
			} }
		},
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": [
					"none",
					"client_secret_basic",
					"client_secret_post",
					"sign_in_with_apple"
				] } }
			},
			"then": { "properties": { "token_endpoint_auth_signing_alg": { "type": "null" } } }
		},
		{
			"if": {
				"required": ["claims_imports"],
				"properties": { "claims_imports": {
					"type": "object",
					"required": ["skip_confirmation"],
					"properties": { "skip_confirmation": { "const": true } }
				} }
			},
			"then": { "properties": { "claims_imports": {
				"type": "object",
				"required": ["localpart"],
				"properties": {
					"localpart": {
						"type": "object",
						"required": ["action"],
						"properties": { "action": { "const": "require" } }
					},
					"displayname": {
						"type": "object",
						"properties": { "action": { "enum": [
							"ignore",
							"force",
							"require"
						] } }
					},
					"email": {
						"type": "object",
						"properties": { "action": { "enum": [
							"ignore",
							"force",
							"require"
						] } }
					}
				}
			} } }
		},
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": ["client_secret_jwt", "private_key_jwt"] } }
			},
			"then": { "required": ["token_endpoint_auth_signing_alg"] }
		},
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": ["sign_in_with_apple"] } }
			},
			"then": { "required": ["sign_in_with_apple"] }
		},
		{
			"if": { "not": { "required": ["discovery_mode"] } },
			"then": { "required": ["issuer"] }
		},
		{
			"if": {
				"required": ["discovery_mode"],
				"properties": { "discovery_mode": { "enum": ["oidc", "insecure"] } }
			},
			"then": { "required": ["issuer"] }
		},
		{
			"if": {
				"required": ["discovery_mode"],
				"properties": { "discovery_mode": { "enum": ["disabled"] } }
			},
			"then": { "required": ["authorization_endpoint", "token_endpoint"] }
		},
		{
			"if": {
				"required": ["discovery_mode", "fetch_userinfo"],
				"properties": {
					"discovery_mode": { "enum": ["disabled"] },
					"fetch_userinfo": { "enum": [true] }
				}
			},
			"then": { "required": ["userinfo_endpoint"] }
		},
		{
			"if": {
				"required": ["discovery_mode"],
				"properties": { "discovery_mode": { "enum": ["disabled"] } },
				"anyOf": [
					{ "not": { "required": ["fetch_userinfo"] } },
					{ "properties": { "fetch_userinfo": { "enum": [false] } } },
					{ "not": { "required": ["scope"] } },
					{ "properties": { "scope": {
						"type": "string",
						"pattern": "(^|\\s)openid(\\s|$)"
					} } },
					{
						"required": ["userinfo_signed_response_alg"],
						"properties": { "userinfo_signed_response_alg": { "type": "string" } }
					}
				]
			},
			"then": { "required": ["jwks_uri"] }
		}
	]
};
const schema14 = { "type": ["string", "null"] };
const schema15 = {
	"type": ["string", "null"],
	"pattern": "^https?://[^\\s/]+"
};
const schema20 = { "enum": [
	"HS256",
	"HS384",
	"HS512",
	"RS256",
	"RS384",
	"RS512",
	"PS256",
	"PS384",
	"PS512",
	"ES256",
	"ES384",
	"ES512",
	"ES256K",
	"EdDSA",
	null
] };
const schema36 = { "enum": [
	"ignore",
	"suggest",
	"force",
	"require"
] };
const pattern0 = /* @__PURE__ */ new RegExp("(^|\\s)openid(\\s|$)", "u");
const pattern1 = /* @__PURE__ */ new RegExp("^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$", "u");
const pattern2 = /* @__PURE__ */ new RegExp("^https?://[^\\s/]+", "u");
const pattern3 = /* @__PURE__ */ new RegExp(".", "u");
const func2 = Object.prototype.hasOwnProperty;
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		for (const key0 in data) if (!(key0 === "template")) {
			const err0 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.template !== void 0) {
			let data0 = data.template;
			if (typeof data0 !== "string" && data0 !== null) {
				const err1 = {
					instancePath: instancePath + "/template",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err1];
				else vErrors.push(err1);
				errors++;
			}
		}
	} else {
		const err2 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err2];
		else vErrors.push(err2);
		errors++;
	}
	validate12.errors = vErrors;
	return errors === 0;
}
function validate15(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		for (const key0 in data) if (!(key0 === "template" || key0 === "action")) {
			const err0 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.template !== void 0) {
			let data0 = data.template;
			if (typeof data0 !== "string" && data0 !== null) {
				const err1 = {
					instancePath: instancePath + "/template",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err1];
				else vErrors.push(err1);
				errors++;
			}
		}
		if (data.action !== void 0) {
			let data1 = data.action;
			if (!(data1 === "ignore" || data1 === "suggest" || data1 === "force" || data1 === "require")) {
				const err2 = {
					instancePath: instancePath + "/action",
					schemaPath: "#/definitions/action/enum",
					keyword: "enum",
					params: { allowedValues: schema36.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err2];
				else vErrors.push(err2);
				errors++;
			}
		}
	} else {
		const err3 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err3];
		else vErrors.push(err3);
		errors++;
	}
	validate15.errors = vErrors;
	return errors === 0;
}
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	const _errs2 = errors;
	let valid1 = true;
	const _errs3 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err0 = {};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			let data0 = data.token_endpoint_auth_method;
			if (!(data0 === "client_secret_basic" || data0 === "client_secret_post" || data0 === "client_secret_jwt")) {
				const err1 = {};
				if (vErrors === null) vErrors = [err1];
				else vErrors.push(err1);
				errors++;
			}
		}
	}
	var _valid0 = _errs3 === errors;
	errors = _errs2;
	if (vErrors !== null) {
		if (_errs2) vErrors.length = _errs2;
		else vErrors = null;
	}
	if (_valid0) {
		const _errs5 = errors;
		const _errs6 = errors;
		let valid3 = false;
		let passing0 = null;
		const _errs7 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.client_secret === void 0) {
				const err2 = {
					instancePath,
					schemaPath: "#/allOf/0/then/oneOf/0/required",
					keyword: "required",
					params: { missingProperty: "client_secret" },
					message: "must have required property 'client_secret'"
				};
				if (vErrors === null) vErrors = [err2];
				else vErrors.push(err2);
				errors++;
			}
		}
		var _valid1 = _errs7 === errors;
		if (_valid1) {
			valid3 = true;
			passing0 = 0;
		}
		const _errs8 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.client_secret_file === void 0) {
				const err3 = {
					instancePath,
					schemaPath: "#/allOf/0/then/oneOf/1/required",
					keyword: "required",
					params: { missingProperty: "client_secret_file" },
					message: "must have required property 'client_secret_file'"
				};
				if (vErrors === null) vErrors = [err3];
				else vErrors.push(err3);
				errors++;
			}
		}
		var _valid1 = _errs8 === errors;
		if (_valid1 && valid3) {
			valid3 = false;
			passing0 = [passing0, 1];
		} else if (_valid1) {
			valid3 = true;
			passing0 = 1;
		}
		if (!valid3) {
			const err4 = {
				instancePath,
				schemaPath: "#/allOf/0/then/oneOf",
				keyword: "oneOf",
				params: { passingSchemas: passing0 },
				message: "must match exactly one schema in oneOf"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		} else {
			errors = _errs6;
			if (vErrors !== null) {
				if (_errs6) vErrors.length = _errs6;
				else vErrors = null;
			}
		}
		var _valid0 = _errs5 === errors;
		valid1 = _valid0;
	}
	if (!valid1) {
		const err5 = {
			instancePath,
			schemaPath: "#/allOf/0/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err5];
		else vErrors.push(err5);
		errors++;
	}
	const _errs10 = errors;
	let valid4 = true;
	const _errs11 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err6 = {};
			if (vErrors === null) vErrors = [err6];
			else vErrors.push(err6);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			let data1 = data.token_endpoint_auth_method;
			if (!(data1 === "none" || data1 === "private_key_jwt" || data1 === "sign_in_with_apple")) {
				const err7 = {};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
	}
	var _valid2 = _errs11 === errors;
	errors = _errs10;
	if (vErrors !== null) {
		if (_errs10) vErrors.length = _errs10;
		else vErrors = null;
	}
	if (_valid2) {
		const _errs13 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.client_secret !== void 0) {
				if (data.client_secret !== null) {
					const err8 = {
						instancePath: instancePath + "/client_secret",
						schemaPath: "#/allOf/1/then/properties/client_secret/type",
						keyword: "type",
						params: { type: "null" },
						message: "must be null"
					};
					if (vErrors === null) vErrors = [err8];
					else vErrors.push(err8);
					errors++;
				}
			}
			if (data.client_secret_file !== void 0) {
				if (data.client_secret_file !== null) {
					const err9 = {
						instancePath: instancePath + "/client_secret_file",
						schemaPath: "#/allOf/1/then/properties/client_secret_file/type",
						keyword: "type",
						params: { type: "null" },
						message: "must be null"
					};
					if (vErrors === null) vErrors = [err9];
					else vErrors.push(err9);
					errors++;
				}
			}
		}
		var _valid2 = _errs13 === errors;
		valid4 = _valid2;
	}
	if (!valid4) {
		const err10 = {
			instancePath,
			schemaPath: "#/allOf/1/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err10];
		else vErrors.push(err10);
		errors++;
	}
	const _errs19 = errors;
	let valid7 = true;
	const _errs20 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err11 = {};
			if (vErrors === null) vErrors = [err11];
			else vErrors.push(err11);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			let data4 = data.token_endpoint_auth_method;
			if (!(data4 === "none" || data4 === "client_secret_basic" || data4 === "client_secret_post" || data4 === "sign_in_with_apple")) {
				const err12 = {};
				if (vErrors === null) vErrors = [err12];
				else vErrors.push(err12);
				errors++;
			}
		}
	}
	var _valid3 = _errs20 === errors;
	errors = _errs19;
	if (vErrors !== null) {
		if (_errs19) vErrors.length = _errs19;
		else vErrors = null;
	}
	if (_valid3) {
		const _errs22 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.token_endpoint_auth_signing_alg !== void 0) {
				if (data.token_endpoint_auth_signing_alg !== null) {
					const err13 = {
						instancePath: instancePath + "/token_endpoint_auth_signing_alg",
						schemaPath: "#/allOf/2/then/properties/token_endpoint_auth_signing_alg/type",
						keyword: "type",
						params: { type: "null" },
						message: "must be null"
					};
					if (vErrors === null) vErrors = [err13];
					else vErrors.push(err13);
					errors++;
				}
			}
		}
		var _valid3 = _errs22 === errors;
		valid7 = _valid3;
	}
	if (!valid7) {
		const err14 = {
			instancePath,
			schemaPath: "#/allOf/2/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err14];
		else vErrors.push(err14);
		errors++;
	}
	const _errs26 = errors;
	let valid10 = true;
	const _errs27 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.claims_imports === void 0 && "claims_imports") {
			const err15 = {};
			if (vErrors === null) vErrors = [err15];
			else vErrors.push(err15);
			errors++;
		} else if (data.claims_imports !== void 0) {
			let data6 = data.claims_imports;
			if (errors === errors) {
				if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
					if (data6.skip_confirmation === void 0 && "skip_confirmation") {
						const err16 = {};
						if (vErrors === null) vErrors = [err16];
						else vErrors.push(err16);
						errors++;
					} else if (data6.skip_confirmation !== void 0) {
						if (true !== data6.skip_confirmation) {
							const err17 = {};
							if (vErrors === null) vErrors = [err17];
							else vErrors.push(err17);
							errors++;
						}
					}
				} else {
					const err18 = {};
					if (vErrors === null) vErrors = [err18];
					else vErrors.push(err18);
					errors++;
				}
			}
		}
	}
	var _valid4 = _errs27 === errors;
	errors = _errs26;
	if (vErrors !== null) {
		if (_errs26) vErrors.length = _errs26;
		else vErrors = null;
	}
	if (_valid4) {
		const _errs31 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.claims_imports !== void 0) {
				let data8 = data.claims_imports;
				if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
					if (data8.localpart === void 0) {
						const err19 = {
							instancePath: instancePath + "/claims_imports",
							schemaPath: "#/allOf/3/then/properties/claims_imports/required",
							keyword: "required",
							params: { missingProperty: "localpart" },
							message: "must have required property 'localpart'"
						};
						if (vErrors === null) vErrors = [err19];
						else vErrors.push(err19);
						errors++;
					}
					if (data8.localpart !== void 0) {
						let data9 = data8.localpart;
						if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
							if (data9.action === void 0) {
								const err20 = {
									instancePath: instancePath + "/claims_imports/localpart",
									schemaPath: "#/allOf/3/then/properties/claims_imports/properties/localpart/required",
									keyword: "required",
									params: { missingProperty: "action" },
									message: "must have required property 'action'"
								};
								if (vErrors === null) vErrors = [err20];
								else vErrors.push(err20);
								errors++;
							}
							if (data9.action !== void 0) {
								if ("require" !== data9.action) {
									const err21 = {
										instancePath: instancePath + "/claims_imports/localpart/action",
										schemaPath: "#/allOf/3/then/properties/claims_imports/properties/localpart/properties/action/const",
										keyword: "const",
										params: { allowedValue: "require" },
										message: "must be equal to constant"
									};
									if (vErrors === null) vErrors = [err21];
									else vErrors.push(err21);
									errors++;
								}
							}
						} else {
							const err22 = {
								instancePath: instancePath + "/claims_imports/localpart",
								schemaPath: "#/allOf/3/then/properties/claims_imports/properties/localpart/type",
								keyword: "type",
								params: { type: "object" },
								message: "must be object"
							};
							if (vErrors === null) vErrors = [err22];
							else vErrors.push(err22);
							errors++;
						}
					}
					if (data8.displayname !== void 0) {
						let data11 = data8.displayname;
						if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
							if (data11.action !== void 0) {
								let data12 = data11.action;
								if (!(data12 === "ignore" || data12 === "force" || data12 === "require")) {
									const err23 = {
										instancePath: instancePath + "/claims_imports/displayname/action",
										schemaPath: "#/allOf/3/then/properties/claims_imports/properties/displayname/properties/action/enum",
										keyword: "enum",
										params: { allowedValues: schema12.allOf[3].then.properties.claims_imports.properties.displayname.properties.action.enum },
										message: "must be equal to one of the allowed values"
									};
									if (vErrors === null) vErrors = [err23];
									else vErrors.push(err23);
									errors++;
								}
							}
						} else {
							const err24 = {
								instancePath: instancePath + "/claims_imports/displayname",
								schemaPath: "#/allOf/3/then/properties/claims_imports/properties/displayname/type",
								keyword: "type",
								params: { type: "object" },
								message: "must be object"
							};
							if (vErrors === null) vErrors = [err24];
							else vErrors.push(err24);
							errors++;
						}
					}
					if (data8.email !== void 0) {
						let data13 = data8.email;
						if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
							if (data13.action !== void 0) {
								let data14 = data13.action;
								if (!(data14 === "ignore" || data14 === "force" || data14 === "require")) {
									const err25 = {
										instancePath: instancePath + "/claims_imports/email/action",
										schemaPath: "#/allOf/3/then/properties/claims_imports/properties/email/properties/action/enum",
										keyword: "enum",
										params: { allowedValues: schema12.allOf[3].then.properties.claims_imports.properties.email.properties.action.enum },
										message: "must be equal to one of the allowed values"
									};
									if (vErrors === null) vErrors = [err25];
									else vErrors.push(err25);
									errors++;
								}
							}
						} else {
							const err26 = {
								instancePath: instancePath + "/claims_imports/email",
								schemaPath: "#/allOf/3/then/properties/claims_imports/properties/email/type",
								keyword: "type",
								params: { type: "object" },
								message: "must be object"
							};
							if (vErrors === null) vErrors = [err26];
							else vErrors.push(err26);
							errors++;
						}
					}
				} else {
					const err27 = {
						instancePath: instancePath + "/claims_imports",
						schemaPath: "#/allOf/3/then/properties/claims_imports/type",
						keyword: "type",
						params: { type: "object" },
						message: "must be object"
					};
					if (vErrors === null) vErrors = [err27];
					else vErrors.push(err27);
					errors++;
				}
			}
		}
		var _valid4 = _errs31 === errors;
		valid10 = _valid4;
	}
	if (!valid10) {
		const err28 = {
			instancePath,
			schemaPath: "#/allOf/3/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err28];
		else vErrors.push(err28);
		errors++;
	}
	const _errs44 = errors;
	let valid18 = true;
	const _errs45 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err29 = {};
			if (vErrors === null) vErrors = [err29];
			else vErrors.push(err29);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			let data15 = data.token_endpoint_auth_method;
			if (!(data15 === "client_secret_jwt" || data15 === "private_key_jwt")) {
				const err30 = {};
				if (vErrors === null) vErrors = [err30];
				else vErrors.push(err30);
				errors++;
			}
		}
	}
	var _valid5 = _errs45 === errors;
	errors = _errs44;
	if (vErrors !== null) {
		if (_errs44) vErrors.length = _errs44;
		else vErrors = null;
	}
	if (_valid5) {
		const _errs47 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.token_endpoint_auth_signing_alg === void 0) {
				const err31 = {
					instancePath,
					schemaPath: "#/allOf/4/then/required",
					keyword: "required",
					params: { missingProperty: "token_endpoint_auth_signing_alg" },
					message: "must have required property 'token_endpoint_auth_signing_alg'"
				};
				if (vErrors === null) vErrors = [err31];
				else vErrors.push(err31);
				errors++;
			}
		}
		var _valid5 = _errs47 === errors;
		valid18 = _valid5;
	}
	if (!valid18) {
		const err32 = {
			instancePath,
			schemaPath: "#/allOf/4/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err32];
		else vErrors.push(err32);
		errors++;
	}
	const _errs49 = errors;
	let valid20 = true;
	const _errs50 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err33 = {};
			if (vErrors === null) vErrors = [err33];
			else vErrors.push(err33);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			if (!(data.token_endpoint_auth_method === "sign_in_with_apple")) {
				const err34 = {};
				if (vErrors === null) vErrors = [err34];
				else vErrors.push(err34);
				errors++;
			}
		}
	}
	var _valid6 = _errs50 === errors;
	errors = _errs49;
	if (vErrors !== null) {
		if (_errs49) vErrors.length = _errs49;
		else vErrors = null;
	}
	if (_valid6) {
		const _errs52 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.sign_in_with_apple === void 0) {
				const err35 = {
					instancePath,
					schemaPath: "#/allOf/5/then/required",
					keyword: "required",
					params: { missingProperty: "sign_in_with_apple" },
					message: "must have required property 'sign_in_with_apple'"
				};
				if (vErrors === null) vErrors = [err35];
				else vErrors.push(err35);
				errors++;
			}
		}
		var _valid6 = _errs52 === errors;
		valid20 = _valid6;
	}
	if (!valid20) {
		const err36 = {
			instancePath,
			schemaPath: "#/allOf/5/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err36];
		else vErrors.push(err36);
		errors++;
	}
	const _errs54 = errors;
	let valid22 = true;
	const _errs55 = errors;
	const _errs56 = errors;
	const _errs57 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.discovery_mode === void 0 && "discovery_mode") {
			const err37 = {};
			if (vErrors === null) vErrors = [err37];
			else vErrors.push(err37);
			errors++;
		}
	}
	if (_errs57 === errors) {
		const err38 = {};
		if (vErrors === null) vErrors = [err38];
		else vErrors.push(err38);
		errors++;
	} else {
		errors = _errs56;
		if (vErrors !== null) {
			if (_errs56) vErrors.length = _errs56;
			else vErrors = null;
		}
	}
	var _valid7 = _errs55 === errors;
	errors = _errs54;
	if (vErrors !== null) {
		if (_errs54) vErrors.length = _errs54;
		else vErrors = null;
	}
	if (_valid7) {
		const _errs58 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.issuer === void 0) {
				const err39 = {
					instancePath,
					schemaPath: "#/allOf/6/then/required",
					keyword: "required",
					params: { missingProperty: "issuer" },
					message: "must have required property 'issuer'"
				};
				if (vErrors === null) vErrors = [err39];
				else vErrors.push(err39);
				errors++;
			}
		}
		var _valid7 = _errs58 === errors;
		valid22 = _valid7;
	}
	if (!valid22) {
		const err40 = {
			instancePath,
			schemaPath: "#/allOf/6/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err40];
		else vErrors.push(err40);
		errors++;
	}
	const _errs60 = errors;
	let valid24 = true;
	const _errs61 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.discovery_mode === void 0 && "discovery_mode") {
			const err41 = {};
			if (vErrors === null) vErrors = [err41];
			else vErrors.push(err41);
			errors++;
		} else if (data.discovery_mode !== void 0) {
			let data17 = data.discovery_mode;
			if (!(data17 === "oidc" || data17 === "insecure")) {
				const err42 = {};
				if (vErrors === null) vErrors = [err42];
				else vErrors.push(err42);
				errors++;
			}
		}
	}
	var _valid8 = _errs61 === errors;
	errors = _errs60;
	if (vErrors !== null) {
		if (_errs60) vErrors.length = _errs60;
		else vErrors = null;
	}
	if (_valid8) {
		const _errs63 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.issuer === void 0) {
				const err43 = {
					instancePath,
					schemaPath: "#/allOf/7/then/required",
					keyword: "required",
					params: { missingProperty: "issuer" },
					message: "must have required property 'issuer'"
				};
				if (vErrors === null) vErrors = [err43];
				else vErrors.push(err43);
				errors++;
			}
		}
		var _valid8 = _errs63 === errors;
		valid24 = _valid8;
	}
	if (!valid24) {
		const err44 = {
			instancePath,
			schemaPath: "#/allOf/7/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err44];
		else vErrors.push(err44);
		errors++;
	}
	const _errs65 = errors;
	let valid26 = true;
	const _errs66 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.discovery_mode === void 0 && "discovery_mode") {
			const err45 = {};
			if (vErrors === null) vErrors = [err45];
			else vErrors.push(err45);
			errors++;
		} else if (data.discovery_mode !== void 0) {
			if (!(data.discovery_mode === "disabled")) {
				const err46 = {};
				if (vErrors === null) vErrors = [err46];
				else vErrors.push(err46);
				errors++;
			}
		}
	}
	var _valid9 = _errs66 === errors;
	errors = _errs65;
	if (vErrors !== null) {
		if (_errs65) vErrors.length = _errs65;
		else vErrors = null;
	}
	if (_valid9) {
		const _errs68 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.authorization_endpoint === void 0) {
				const err47 = {
					instancePath,
					schemaPath: "#/allOf/8/then/required",
					keyword: "required",
					params: { missingProperty: "authorization_endpoint" },
					message: "must have required property 'authorization_endpoint'"
				};
				if (vErrors === null) vErrors = [err47];
				else vErrors.push(err47);
				errors++;
			}
			if (data.token_endpoint === void 0) {
				const err48 = {
					instancePath,
					schemaPath: "#/allOf/8/then/required",
					keyword: "required",
					params: { missingProperty: "token_endpoint" },
					message: "must have required property 'token_endpoint'"
				};
				if (vErrors === null) vErrors = [err48];
				else vErrors.push(err48);
				errors++;
			}
		}
		var _valid9 = _errs68 === errors;
		valid26 = _valid9;
	}
	if (!valid26) {
		const err49 = {
			instancePath,
			schemaPath: "#/allOf/8/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err49];
		else vErrors.push(err49);
		errors++;
	}
	const _errs70 = errors;
	let valid28 = true;
	const _errs71 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.discovery_mode === void 0 && "discovery_mode" || data.fetch_userinfo === void 0 && "fetch_userinfo") {
			const err50 = {};
			if (vErrors === null) vErrors = [err50];
			else vErrors.push(err50);
			errors++;
		} else {
			if (data.discovery_mode !== void 0) {
				const _errs72 = errors;
				if (!(data.discovery_mode === "disabled")) {
					const err51 = {};
					if (vErrors === null) vErrors = [err51];
					else vErrors.push(err51);
					errors++;
				}
				var valid29 = _errs72 === errors;
			} else var valid29 = true;
			if (valid29) {
				if (data.fetch_userinfo !== void 0) {
					const _errs73 = errors;
					if (!(data.fetch_userinfo === true)) {
						const err52 = {};
						if (vErrors === null) vErrors = [err52];
						else vErrors.push(err52);
						errors++;
					}
					var valid29 = _errs73 === errors;
				} else var valid29 = true;
			}
		}
	}
	var _valid10 = _errs71 === errors;
	errors = _errs70;
	if (vErrors !== null) {
		if (_errs70) vErrors.length = _errs70;
		else vErrors = null;
	}
	if (_valid10) {
		const _errs74 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.userinfo_endpoint === void 0) {
				const err53 = {
					instancePath,
					schemaPath: "#/allOf/9/then/required",
					keyword: "required",
					params: { missingProperty: "userinfo_endpoint" },
					message: "must have required property 'userinfo_endpoint'"
				};
				if (vErrors === null) vErrors = [err53];
				else vErrors.push(err53);
				errors++;
			}
		}
		var _valid10 = _errs74 === errors;
		valid28 = _valid10;
	}
	if (!valid28) {
		const err54 = {
			instancePath,
			schemaPath: "#/allOf/9/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err54];
		else vErrors.push(err54);
		errors++;
	}
	const _errs76 = errors;
	let valid30 = true;
	const _errs77 = errors;
	const _errs78 = errors;
	let valid31 = false;
	const _errs79 = errors;
	const _errs80 = errors;
	const _errs81 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.fetch_userinfo === void 0 && "fetch_userinfo") {
			const err55 = {};
			if (vErrors === null) vErrors = [err55];
			else vErrors.push(err55);
			errors++;
		}
	}
	if (_errs81 === errors) {
		const err56 = {};
		if (vErrors === null) vErrors = [err56];
		else vErrors.push(err56);
		errors++;
	} else {
		errors = _errs80;
		if (vErrors !== null) {
			if (_errs80) vErrors.length = _errs80;
			else vErrors = null;
		}
	}
	var _valid12 = _errs79 === errors;
	valid31 = valid31 || _valid12;
	if (!valid31) {
		const _errs82 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.fetch_userinfo !== void 0) {
				if (!(data.fetch_userinfo === false)) {
					const err57 = {};
					if (vErrors === null) vErrors = [err57];
					else vErrors.push(err57);
					errors++;
				}
			}
		}
		var _valid12 = _errs82 === errors;
		valid31 = valid31 || _valid12;
		if (!valid31) {
			const _errs84 = errors;
			const _errs85 = errors;
			const _errs86 = errors;
			if (data && typeof data == "object" && !Array.isArray(data)) {
				if (data.scope === void 0 && "scope") {
					const err58 = {};
					if (vErrors === null) vErrors = [err58];
					else vErrors.push(err58);
					errors++;
				}
			}
			if (_errs86 === errors) {
				const err59 = {};
				if (vErrors === null) vErrors = [err59];
				else vErrors.push(err59);
				errors++;
			} else {
				errors = _errs85;
				if (vErrors !== null) {
					if (_errs85) vErrors.length = _errs85;
					else vErrors = null;
				}
			}
			var _valid12 = _errs84 === errors;
			valid31 = valid31 || _valid12;
			if (!valid31) {
				const _errs87 = errors;
				if (data && typeof data == "object" && !Array.isArray(data)) {
					if (data.scope !== void 0) {
						let data22 = data.scope;
						if (errors === errors) {
							if (typeof data22 === "string") {
								if (!pattern0.test(data22)) {
									const err60 = {};
									if (vErrors === null) vErrors = [err60];
									else vErrors.push(err60);
									errors++;
								}
							} else {
								const err61 = {};
								if (vErrors === null) vErrors = [err61];
								else vErrors.push(err61);
								errors++;
							}
						}
					}
				}
				var _valid12 = _errs87 === errors;
				valid31 = valid31 || _valid12;
				if (!valid31) {
					const _errs90 = errors;
					if (data && typeof data == "object" && !Array.isArray(data)) {
						if (data.userinfo_signed_response_alg === void 0 && "userinfo_signed_response_alg") {
							const err62 = {};
							if (vErrors === null) vErrors = [err62];
							else vErrors.push(err62);
							errors++;
						} else if (data.userinfo_signed_response_alg !== void 0) {
							if (typeof data.userinfo_signed_response_alg !== "string") {
								const err63 = {};
								if (vErrors === null) vErrors = [err63];
								else vErrors.push(err63);
								errors++;
							}
						}
					}
					var _valid12 = _errs90 === errors;
					valid31 = valid31 || _valid12;
				}
			}
		}
	}
	if (!valid31) {
		const err64 = {};
		if (vErrors === null) vErrors = [err64];
		else vErrors.push(err64);
		errors++;
	} else {
		errors = _errs78;
		if (vErrors !== null) {
			if (_errs78) vErrors.length = _errs78;
			else vErrors = null;
		}
	}
	if (errors === _errs77) {
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.discovery_mode === void 0 && "discovery_mode") {
				const err65 = {};
				if (vErrors === null) vErrors = [err65];
				else vErrors.push(err65);
				errors++;
			} else if (data.discovery_mode !== void 0) {
				if (!(data.discovery_mode === "disabled")) {
					const err66 = {};
					if (vErrors === null) vErrors = [err66];
					else vErrors.push(err66);
					errors++;
				}
			}
		}
	}
	var _valid11 = _errs77 === errors;
	errors = _errs76;
	if (vErrors !== null) {
		if (_errs76) vErrors.length = _errs76;
		else vErrors = null;
	}
	if (_valid11) {
		const _errs94 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.jwks_uri === void 0) {
				const err67 = {
					instancePath,
					schemaPath: "#/allOf/10/then/required",
					keyword: "required",
					params: { missingProperty: "jwks_uri" },
					message: "must have required property 'jwks_uri'"
				};
				if (vErrors === null) vErrors = [err67];
				else vErrors.push(err67);
				errors++;
			}
		}
		var _valid11 = _errs94 === errors;
		valid30 = _valid11;
	}
	if (!valid30) {
		const err68 = {
			instancePath,
			schemaPath: "#/allOf/10/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err68];
		else vErrors.push(err68);
		errors++;
	}
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.id === void 0) {
			const err69 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "id" },
				message: "must have required property 'id'"
			};
			if (vErrors === null) vErrors = [err69];
			else vErrors.push(err69);
			errors++;
		}
		if (data.client_id === void 0) {
			const err70 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "client_id" },
				message: "must have required property 'client_id'"
			};
			if (vErrors === null) vErrors = [err70];
			else vErrors.push(err70);
			errors++;
		}
		if (data.token_endpoint_auth_method === void 0) {
			const err71 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "token_endpoint_auth_method" },
				message: "must have required property 'token_endpoint_auth_method'"
			};
			if (vErrors === null) vErrors = [err71];
			else vErrors.push(err71);
			errors++;
		}
		for (const key0 in data) if (!func2.call(schema12.properties, key0)) {
			const err72 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err72];
			else vErrors.push(err72);
			errors++;
		}
		if (data.enabled !== void 0) {
			if (typeof data.enabled !== "boolean") {
				const err73 = {
					instancePath: instancePath + "/enabled",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err73];
				else vErrors.push(err73);
				errors++;
			}
		}
		if (data.id !== void 0) {
			let data26 = data.id;
			if (typeof data26 === "string") {
				if (!pattern1.test(data26)) {
					const err74 = {
						instancePath: instancePath + "/id",
						schemaPath: "#/properties/id/pattern",
						keyword: "pattern",
						params: { pattern: "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$" },
						message: "must match pattern \"^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$\""
					};
					if (vErrors === null) vErrors = [err74];
					else vErrors.push(err74);
					errors++;
				}
			} else {
				const err75 = {
					instancePath: instancePath + "/id",
					schemaPath: "#/properties/id/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err75];
				else vErrors.push(err75);
				errors++;
			}
		}
		if (data.synapse_idp_id !== void 0) {
			let data27 = data.synapse_idp_id;
			if (typeof data27 !== "string" && data27 !== null) {
				const err76 = {
					instancePath: instancePath + "/synapse_idp_id",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err76];
				else vErrors.push(err76);
				errors++;
			}
		}
		if (data.issuer !== void 0) {
			let data28 = data.issuer;
			if (typeof data28 !== "string" && data28 !== null) {
				const err77 = {
					instancePath: instancePath + "/issuer",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err77];
				else vErrors.push(err77);
				errors++;
			}
			if (typeof data28 === "string") {
				if (!pattern2.test(data28)) {
					const err78 = {
						instancePath: instancePath + "/issuer",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err78];
					else vErrors.push(err78);
					errors++;
				}
			}
		}
		if (data.human_name !== void 0) {
			let data29 = data.human_name;
			if (typeof data29 !== "string" && data29 !== null) {
				const err79 = {
					instancePath: instancePath + "/human_name",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err79];
				else vErrors.push(err79);
				errors++;
			}
		}
		if (data.brand_name !== void 0) {
			let data30 = data.brand_name;
			if (typeof data30 !== "string" && data30 !== null) {
				const err80 = {
					instancePath: instancePath + "/brand_name",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err80];
				else vErrors.push(err80);
				errors++;
			}
		}
		if (data.client_id !== void 0) {
			let data31 = data.client_id;
			if (typeof data31 === "string") {
				if (!pattern3.test(data31)) {
					const err81 = {
						instancePath: instancePath + "/client_id",
						schemaPath: "#/properties/client_id/pattern",
						keyword: "pattern",
						params: { pattern: "." },
						message: "must match pattern \".\""
					};
					if (vErrors === null) vErrors = [err81];
					else vErrors.push(err81);
					errors++;
				}
			} else {
				const err82 = {
					instancePath: instancePath + "/client_id",
					schemaPath: "#/properties/client_id/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err82];
				else vErrors.push(err82);
				errors++;
			}
		}
		if (data.client_secret !== void 0) {
			let data32 = data.client_secret;
			if (typeof data32 !== "string" && data32 !== null) {
				const err83 = {
					instancePath: instancePath + "/client_secret",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err83];
				else vErrors.push(err83);
				errors++;
			}
		}
		if (data.client_secret_file !== void 0) {
			let data33 = data.client_secret_file;
			if (typeof data33 !== "string" && data33 !== null) {
				const err84 = {
					instancePath: instancePath + "/client_secret_file",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err84];
				else vErrors.push(err84);
				errors++;
			}
		}
		if (data.token_endpoint_auth_method !== void 0) {
			let data34 = data.token_endpoint_auth_method;
			if (!(data34 === "none" || data34 === "client_secret_basic" || data34 === "client_secret_post" || data34 === "client_secret_jwt" || data34 === "private_key_jwt" || data34 === "sign_in_with_apple")) {
				const err85 = {
					instancePath: instancePath + "/token_endpoint_auth_method",
					schemaPath: "#/properties/token_endpoint_auth_method/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.token_endpoint_auth_method.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err85];
				else vErrors.push(err85);
				errors++;
			}
		}
		if (data.token_endpoint_auth_signing_alg !== void 0) {
			let data35 = data.token_endpoint_auth_signing_alg;
			if (!(data35 === "HS256" || data35 === "HS384" || data35 === "HS512" || data35 === "RS256" || data35 === "RS384" || data35 === "RS512" || data35 === "PS256" || data35 === "PS384" || data35 === "PS512" || data35 === "ES256" || data35 === "ES384" || data35 === "ES512" || data35 === "ES256K" || data35 === "EdDSA" || data35 === null)) {
				const err86 = {
					instancePath: instancePath + "/token_endpoint_auth_signing_alg",
					schemaPath: "#/definitions/algorithm/enum",
					keyword: "enum",
					params: { allowedValues: schema20.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err86];
				else vErrors.push(err86);
				errors++;
			}
		}
		if (data.sign_in_with_apple !== void 0) {
			let data36 = data.sign_in_with_apple;
			if (!(data36 && typeof data36 == "object" && !Array.isArray(data36)) && data36 !== null) {
				const err87 = {
					instancePath: instancePath + "/sign_in_with_apple",
					schemaPath: "#/properties/sign_in_with_apple/type",
					keyword: "type",
					params: { type: schema12.properties.sign_in_with_apple.type },
					message: "must be object,null"
				};
				if (vErrors === null) vErrors = [err87];
				else vErrors.push(err87);
				errors++;
			}
			if (data36 && typeof data36 == "object" && !Array.isArray(data36)) {
				if (data36.team_id === void 0) {
					const err88 = {
						instancePath: instancePath + "/sign_in_with_apple",
						schemaPath: "#/properties/sign_in_with_apple/required",
						keyword: "required",
						params: { missingProperty: "team_id" },
						message: "must have required property 'team_id'"
					};
					if (vErrors === null) vErrors = [err88];
					else vErrors.push(err88);
					errors++;
				}
				if (data36.key_id === void 0) {
					const err89 = {
						instancePath: instancePath + "/sign_in_with_apple",
						schemaPath: "#/properties/sign_in_with_apple/required",
						keyword: "required",
						params: { missingProperty: "key_id" },
						message: "must have required property 'key_id'"
					};
					if (vErrors === null) vErrors = [err89];
					else vErrors.push(err89);
					errors++;
				}
				for (const key1 in data36) if (!(key1 === "team_id" || key1 === "key_id" || key1 === "private_key" || key1 === "private_key_file")) {
					const err90 = {
						instancePath: instancePath + "/sign_in_with_apple",
						schemaPath: "#/properties/sign_in_with_apple/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err90];
					else vErrors.push(err90);
					errors++;
				}
				if (data36.team_id !== void 0) {
					if (typeof data36.team_id !== "string") {
						const err91 = {
							instancePath: instancePath + "/sign_in_with_apple/team_id",
							schemaPath: "#/properties/sign_in_with_apple/properties/team_id/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err91];
						else vErrors.push(err91);
						errors++;
					}
				}
				if (data36.key_id !== void 0) {
					if (typeof data36.key_id !== "string") {
						const err92 = {
							instancePath: instancePath + "/sign_in_with_apple/key_id",
							schemaPath: "#/properties/sign_in_with_apple/properties/key_id/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err92];
						else vErrors.push(err92);
						errors++;
					}
				}
				if (data36.private_key !== void 0) {
					let data39 = data36.private_key;
					if (typeof data39 !== "string" && data39 !== null) {
						const err93 = {
							instancePath: instancePath + "/sign_in_with_apple/private_key",
							schemaPath: "#/definitions/text/type",
							keyword: "type",
							params: { type: schema14.type },
							message: "must be string,null"
						};
						if (vErrors === null) vErrors = [err93];
						else vErrors.push(err93);
						errors++;
					}
				}
				if (data36.private_key_file !== void 0) {
					let data40 = data36.private_key_file;
					if (typeof data40 !== "string" && data40 !== null) {
						const err94 = {
							instancePath: instancePath + "/sign_in_with_apple/private_key_file",
							schemaPath: "#/definitions/text/type",
							keyword: "type",
							params: { type: schema14.type },
							message: "must be string,null"
						};
						if (vErrors === null) vErrors = [err94];
						else vErrors.push(err94);
						errors++;
					}
				}
			}
		}
		if (data.id_token_signed_response_alg !== void 0) {
			let data41 = data.id_token_signed_response_alg;
			if (!(data41 === "HS256" || data41 === "HS384" || data41 === "HS512" || data41 === "RS256" || data41 === "RS384" || data41 === "RS512" || data41 === "PS256" || data41 === "PS384" || data41 === "PS512" || data41 === "ES256" || data41 === "ES384" || data41 === "ES512" || data41 === "ES256K" || data41 === "EdDSA" || data41 === null)) {
				const err95 = {
					instancePath: instancePath + "/id_token_signed_response_alg",
					schemaPath: "#/definitions/algorithm/enum",
					keyword: "enum",
					params: { allowedValues: schema20.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err95];
				else vErrors.push(err95);
				errors++;
			}
			if (typeof data41 !== "string") {
				const err96 = {
					instancePath: instancePath + "/id_token_signed_response_alg",
					schemaPath: "#/properties/id_token_signed_response_alg/allOf/1/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err96];
				else vErrors.push(err96);
				errors++;
			}
		}
		if (data.scope !== void 0) {
			if (typeof data.scope !== "string") {
				const err97 = {
					instancePath: instancePath + "/scope",
					schemaPath: "#/properties/scope/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err97];
				else vErrors.push(err97);
				errors++;
			}
		}
		if (data.discovery_mode !== void 0) {
			let data43 = data.discovery_mode;
			if (!(data43 === "oidc" || data43 === "insecure" || data43 === "disabled")) {
				const err98 = {
					instancePath: instancePath + "/discovery_mode",
					schemaPath: "#/properties/discovery_mode/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.discovery_mode.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err98];
				else vErrors.push(err98);
				errors++;
			}
		}
		if (data.pkce_method !== void 0) {
			let data44 = data.pkce_method;
			if (!(data44 === "auto" || data44 === "always" || data44 === "never")) {
				const err99 = {
					instancePath: instancePath + "/pkce_method",
					schemaPath: "#/properties/pkce_method/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.pkce_method.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err99];
				else vErrors.push(err99);
				errors++;
			}
		}
		if (data.fetch_userinfo !== void 0) {
			if (typeof data.fetch_userinfo !== "boolean") {
				const err100 = {
					instancePath: instancePath + "/fetch_userinfo",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err100];
				else vErrors.push(err100);
				errors++;
			}
		}
		if (data.userinfo_signed_response_alg !== void 0) {
			let data46 = data.userinfo_signed_response_alg;
			if (!(data46 === "HS256" || data46 === "HS384" || data46 === "HS512" || data46 === "RS256" || data46 === "RS384" || data46 === "RS512" || data46 === "PS256" || data46 === "PS384" || data46 === "PS512" || data46 === "ES256" || data46 === "ES384" || data46 === "ES512" || data46 === "ES256K" || data46 === "EdDSA" || data46 === null)) {
				const err101 = {
					instancePath: instancePath + "/userinfo_signed_response_alg",
					schemaPath: "#/definitions/algorithm/enum",
					keyword: "enum",
					params: { allowedValues: schema20.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err101];
				else vErrors.push(err101);
				errors++;
			}
		}
		if (data.authorization_endpoint !== void 0) {
			let data47 = data.authorization_endpoint;
			if (typeof data47 !== "string" && data47 !== null) {
				const err102 = {
					instancePath: instancePath + "/authorization_endpoint",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err102];
				else vErrors.push(err102);
				errors++;
			}
			if (typeof data47 === "string") {
				if (!pattern2.test(data47)) {
					const err103 = {
						instancePath: instancePath + "/authorization_endpoint",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err103];
					else vErrors.push(err103);
					errors++;
				}
			}
		}
		if (data.token_endpoint !== void 0) {
			let data48 = data.token_endpoint;
			if (typeof data48 !== "string" && data48 !== null) {
				const err104 = {
					instancePath: instancePath + "/token_endpoint",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err104];
				else vErrors.push(err104);
				errors++;
			}
			if (typeof data48 === "string") {
				if (!pattern2.test(data48)) {
					const err105 = {
						instancePath: instancePath + "/token_endpoint",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err105];
					else vErrors.push(err105);
					errors++;
				}
			}
		}
		if (data.userinfo_endpoint !== void 0) {
			let data49 = data.userinfo_endpoint;
			if (typeof data49 !== "string" && data49 !== null) {
				const err106 = {
					instancePath: instancePath + "/userinfo_endpoint",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err106];
				else vErrors.push(err106);
				errors++;
			}
			if (typeof data49 === "string") {
				if (!pattern2.test(data49)) {
					const err107 = {
						instancePath: instancePath + "/userinfo_endpoint",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err107];
					else vErrors.push(err107);
					errors++;
				}
			}
		}
		if (data.jwks_uri !== void 0) {
			let data50 = data.jwks_uri;
			if (typeof data50 !== "string" && data50 !== null) {
				const err108 = {
					instancePath: instancePath + "/jwks_uri",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err108];
				else vErrors.push(err108);
				errors++;
			}
			if (typeof data50 === "string") {
				if (!pattern2.test(data50)) {
					const err109 = {
						instancePath: instancePath + "/jwks_uri",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err109];
					else vErrors.push(err109);
					errors++;
				}
			}
		}
		if (data.response_mode !== void 0) {
			let data51 = data.response_mode;
			if (!(data51 === "query" || data51 === "form_post" || data51 === null)) {
				const err110 = {
					instancePath: instancePath + "/response_mode",
					schemaPath: "#/properties/response_mode/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.response_mode.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err110];
				else vErrors.push(err110);
				errors++;
			}
		}
		if (data.additional_authorization_parameters !== void 0) {
			let data52 = data.additional_authorization_parameters;
			if (data52 && typeof data52 == "object" && !Array.isArray(data52)) {
				for (const key2 in data52) if (typeof data52[key2] !== "string") {
					const err111 = {
						instancePath: instancePath + "/additional_authorization_parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
						schemaPath: "#/properties/additional_authorization_parameters/additionalProperties/type",
						keyword: "type",
						params: { type: "string" },
						message: "must be string"
					};
					if (vErrors === null) vErrors = [err111];
					else vErrors.push(err111);
					errors++;
				}
			} else {
				const err112 = {
					instancePath: instancePath + "/additional_authorization_parameters",
					schemaPath: "#/properties/additional_authorization_parameters/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err112];
				else vErrors.push(err112);
				errors++;
			}
		}
		if (data.forward_login_hint !== void 0) {
			if (typeof data.forward_login_hint !== "boolean") {
				const err113 = {
					instancePath: instancePath + "/forward_login_hint",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err113];
				else vErrors.push(err113);
				errors++;
			}
		}
		if (data.on_backchannel_logout !== void 0) {
			let data55 = data.on_backchannel_logout;
			if (!(data55 === "do_nothing" || data55 === "logout_browser_only" || data55 === "logout_all")) {
				const err114 = {
					instancePath: instancePath + "/on_backchannel_logout",
					schemaPath: "#/properties/on_backchannel_logout/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.on_backchannel_logout.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err114];
				else vErrors.push(err114);
				errors++;
			}
		}
		if (data.registration_token_required !== void 0) {
			if (typeof data.registration_token_required !== "boolean") {
				const err115 = {
					instancePath: instancePath + "/registration_token_required",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err115];
				else vErrors.push(err115);
				errors++;
			}
		}
		if (data.claims_imports !== void 0) {
			let data57 = data.claims_imports;
			if (data57 && typeof data57 == "object" && !Array.isArray(data57)) {
				for (const key3 in data57) if (!(key3 === "subject" || key3 === "account_name" || key3 === "skip_confirmation" || key3 === "localpart" || key3 === "displayname" || key3 === "email")) {
					const err116 = {
						instancePath: instancePath + "/claims_imports",
						schemaPath: "#/properties/claims_imports/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key3 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err116];
					else vErrors.push(err116);
					errors++;
				}
				if (data57.subject !== void 0) {
					if (!validate12(data57.subject, {
						instancePath: instancePath + "/claims_imports/subject",
						parentData: data57,
						parentDataProperty: "subject",
						rootData
					})) {
						vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
						errors = vErrors.length;
					}
				}
				if (data57.account_name !== void 0) {
					if (!validate12(data57.account_name, {
						instancePath: instancePath + "/claims_imports/account_name",
						parentData: data57,
						parentDataProperty: "account_name",
						rootData
					})) {
						vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
						errors = vErrors.length;
					}
				}
				if (data57.skip_confirmation !== void 0) {
					if (typeof data57.skip_confirmation !== "boolean") {
						const err117 = {
							instancePath: instancePath + "/claims_imports/skip_confirmation",
							schemaPath: "#/definitions/switch/type",
							keyword: "type",
							params: { type: "boolean" },
							message: "must be boolean"
						};
						if (vErrors === null) vErrors = [err117];
						else vErrors.push(err117);
						errors++;
					}
				}
				if (data57.localpart !== void 0) {
					let data61 = data57.localpart;
					if (data61 && typeof data61 == "object" && !Array.isArray(data61)) {
						for (const key4 in data61) if (!(key4 === "template" || key4 === "action" || key4 === "on_conflict")) {
							const err118 = {
								instancePath: instancePath + "/claims_imports/localpart",
								schemaPath: "#/properties/claims_imports/properties/localpart/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key4 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err118];
							else vErrors.push(err118);
							errors++;
						}
						if (data61.template !== void 0) {
							let data62 = data61.template;
							if (typeof data62 !== "string" && data62 !== null) {
								const err119 = {
									instancePath: instancePath + "/claims_imports/localpart/template",
									schemaPath: "#/definitions/text/type",
									keyword: "type",
									params: { type: schema14.type },
									message: "must be string,null"
								};
								if (vErrors === null) vErrors = [err119];
								else vErrors.push(err119);
								errors++;
							}
						}
						if (data61.action !== void 0) {
							let data63 = data61.action;
							if (!(data63 === "ignore" || data63 === "suggest" || data63 === "force" || data63 === "require")) {
								const err120 = {
									instancePath: instancePath + "/claims_imports/localpart/action",
									schemaPath: "#/definitions/action/enum",
									keyword: "enum",
									params: { allowedValues: schema36.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err120];
								else vErrors.push(err120);
								errors++;
							}
						}
						if (data61.on_conflict !== void 0) {
							let data64 = data61.on_conflict;
							if (!(data64 === "fail" || data64 === "add" || data64 === "replace" || data64 === "set")) {
								const err121 = {
									instancePath: instancePath + "/claims_imports/localpart/on_conflict",
									schemaPath: "#/properties/claims_imports/properties/localpart/properties/on_conflict/enum",
									keyword: "enum",
									params: { allowedValues: schema12.properties.claims_imports.properties.localpart.properties.on_conflict.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err121];
								else vErrors.push(err121);
								errors++;
							}
						}
					} else {
						const err122 = {
							instancePath: instancePath + "/claims_imports/localpart",
							schemaPath: "#/properties/claims_imports/properties/localpart/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err122];
						else vErrors.push(err122);
						errors++;
					}
				}
				if (data57.displayname !== void 0) {
					if (!validate15(data57.displayname, {
						instancePath: instancePath + "/claims_imports/displayname",
						parentData: data57,
						parentDataProperty: "displayname",
						rootData
					})) {
						vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
						errors = vErrors.length;
					}
				}
				if (data57.email !== void 0) {
					let data66 = data57.email;
					if (data66 && typeof data66 == "object" && !Array.isArray(data66)) {
						for (const key5 in data66) if (!(key5 === "template" || key5 === "action" || key5 === "set_email_verification")) {
							const err123 = {
								instancePath: instancePath + "/claims_imports/email",
								schemaPath: "#/properties/claims_imports/properties/email/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key5 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err123];
							else vErrors.push(err123);
							errors++;
						}
						if (data66.template !== void 0) {
							let data67 = data66.template;
							if (typeof data67 !== "string" && data67 !== null) {
								const err124 = {
									instancePath: instancePath + "/claims_imports/email/template",
									schemaPath: "#/definitions/text/type",
									keyword: "type",
									params: { type: schema14.type },
									message: "must be string,null"
								};
								if (vErrors === null) vErrors = [err124];
								else vErrors.push(err124);
								errors++;
							}
						}
						if (data66.action !== void 0) {
							let data68 = data66.action;
							if (!(data68 === "ignore" || data68 === "suggest" || data68 === "force" || data68 === "require")) {
								const err125 = {
									instancePath: instancePath + "/claims_imports/email/action",
									schemaPath: "#/definitions/action/enum",
									keyword: "enum",
									params: { allowedValues: schema36.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err125];
								else vErrors.push(err125);
								errors++;
							}
						}
						if (data66.set_email_verification !== void 0) {
							let data69 = data66.set_email_verification;
							if (!(data69 === "always" || data69 === "never" || data69 === "import")) {
								const err126 = {
									instancePath: instancePath + "/claims_imports/email/set_email_verification",
									schemaPath: "#/properties/claims_imports/properties/email/properties/set_email_verification/enum",
									keyword: "enum",
									params: { allowedValues: schema12.properties.claims_imports.properties.email.properties.set_email_verification.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err126];
								else vErrors.push(err126);
								errors++;
							}
						}
					} else {
						const err127 = {
							instancePath: instancePath + "/claims_imports/email",
							schemaPath: "#/properties/claims_imports/properties/email/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err127];
						else vErrors.push(err127);
						errors++;
					}
				}
			} else {
				const err128 = {
					instancePath: instancePath + "/claims_imports",
					schemaPath: "#/properties/claims_imports/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err128];
				else vErrors.push(err128);
				errors++;
			}
		}
	} else {
		const err129 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err129];
		else vErrors.push(err129);
		errors++;
	}
	validate11.errors = vErrors;
	return errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (Array.isArray(data)) {
		const len0 = data.length;
		for (let i0 = 0; i0 < len0; i0++) if (!validate11(data[i0], {
			instancePath: instancePath + "/" + i0,
			parentData: data,
			parentDataProperty: i0,
			rootData
		})) {
			vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
			errors = vErrors.length;
		}
	} else {
		const err0 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "array" },
			message: "must be array"
		};
		if (vErrors === null) vErrors = [err0];
		else vErrors.push(err0);
		errors++;
	}
	validate10.errors = vErrors;
	return errors === 0;
}

// src/rules/providers/schema.ts
const providerShape = defineRule({
	id: "providers/shape",
	severity: "error",
	why: "MAS does not start with an invalid provider, and the playbook does not check the list.",
	remedy: "Fix it as described in the configuration reference of MAS (upstream_oauth2.providers). The schema `upstream-provider.schema.json` of this toolkit can also check it in an editor.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => errorsIn(context).filter((error) => !isUnknownKey(error) && !isIdForm(error) && !isEmptyPart(error)).map((error) => ({
		message: sentence(error),
		place: error.part.place
	}))
});
const removedKey = "set_email_verification";
providerList(...whole, "claims_imports:", "  email:", `    ${removedKey}: always`);
const providerUnknownKey = defineRule({
	id: "providers/unknown-key",
	severity: "warning",
	why: "MAS silently ignores unknown keys, so a misspelled setting has no effect.",
	remedy: "Fix its spelling, or remove it.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => [...errorsIn(context).filter(isUnknownKey).map(violation), ...removedKeys(context)]
});
function violation({ instancePath, params, part }) {
	const key = String(params.additionalProperty);
	const place = entryOf(part, key)?.keyPlace ?? part.place;
	const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key;
	const hint = nearest(key, keysAt(instancePath));
	return {
		message: `\`${shown}\` is not a known key in \`${providersVariable}\`${hint}`,
		place
	};
}
function nearest(key, keys) {
	if (keys.length === 0 || key.length > 100) return "";
	const nearestKey = (0, import_fastest_levenshtein.closest)(key, keys);
	return (0, import_fastest_levenshtein.distance)(key, nearestKey) <= 4 ? `; the closest known key is \`${nearestKey}\`` : "";
}
function removedKeys({ host, checkout }) {
	if (checkout?.dialect !== "mas-cli") return [];
	const message = `\`${removedKey}\` in \`${providersVariable}\` is a key that MAS no longer supports`;
	return eachProvider(host).flatMap(({ value }) => {
		const claim = valueAt(value, "claims_imports", "email");
		const entry = claim && entryOf(claim, removedKey);
		return entry ? [{
			message,
			place: entry.keyPlace
		}] : [];
	});
}
const providerEmptyPart = defineRule({
	id: "providers/empty-part",
	severity: "error",
	why: "In YAML, a key without a value is null. MAS does not start with a null here. This happens when all lines below a key are commented out, as in the example of the guide.",
	remedy: "Remove the key, or set a value: `{}` for a mapping.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { definition } = context.host.variable(providersVariable);
		if (!definition) return [];
		return errorsIn(context).filter(isEmptyPart).map(({ instancePath, params, part }) => {
			const [index = "", ...keys] = instancePath.split("/").slice(1);
			const message = `\`${keys.join(".")}\` of provider ${Number(index) + 1} has no value`;
			const suggestion = params.type === "object" ? replacePart(definition, part, "{}") : void 0;
			return {
				message,
				place: part.place,
				suggestion
			};
		});
	}
});
const providerIdForm = defineRule({
	id: "providers/id-form",
	severity: "error",
	why: "MAS identifies a provider by a ULID, and does not start with any other id.",
	remedy: "Generate a ULID: 26 digits and capital letters, without I, L, O and U. The first character is a digit from 0 to 7. Never change it afterwards: accounts are linked to it.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => errorsIn(context).filter(isIdForm).map(({ instancePath, part }) => ({
		message: `the \`id\` of provider ${Number(instancePath.split("/")[1]) + 1} is not a ULID`,
		place: part.place
	}))
});
const compiled = validate;
function errorsIn(context) {
	const providers = providersOf(context);
	return providers ? schemaErrors(providers) : [];
}
const schemaErrors = oncePer((providers) => {
	const { json, opaque } = toJson(providers);
	if (compiled(json)) return [];
	return (compiled.errors ?? []).filter((error) => isUnconditional(error.schemaPath) && !opaque.includes(error.instancePath)).map((error) => ({
		...error,
		part: partAt(providers, error.instancePath)
	}));
});
function isUnconditional(schemaPath) {
	return !/^#\/(?:definitions\/provider\/)?allOf\//.test(schemaPath);
}
function isUnknownKey({ keyword }) {
	return keyword === "additionalProperties";
}
function isIdForm({ instancePath, keyword }) {
	return keyword === "pattern" && /^\/\d+\/id$/.test(instancePath);
}
function isEmptyPart({ instancePath, keyword, part }) {
	return instancePath.split("/").length > 2 && (keyword === "type" || keyword === "enum") && part.kind === "null";
}
const kinds$1 = {
	array: "a list",
	object: "a mapping",
	string: "a string (in quotes if it looks like a number, date or boolean)",
	boolean: "`true` or `false`"
};
function sentence({ instancePath, keyword, params }) {
	const [index, ...rest] = instancePath.split("/").slice(1);
	const part = rest.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");
	const owner = index === void 0 ? "" : `provider ${Number(index) + 1} of `;
	return `${`${part === "" ? "" : `\`${part}\` of `}${owner}\`${providersVariable}\``} ${complaint(keyword, params, rest.at(-1) ?? "")}`;
}
function complaint(keyword, params, key) {
	switch (keyword) {
		case "required": return `has no \`${String(params.missingProperty)}\``;
		case "enum": return `must be one of ${(Array.isArray(params.allowedValues) ? params.allowedValues : []).filter((value) => typeof value === "string").map((value) => `\`${value}\``).join(", ")}`;
		case "type": return `must be ${[params.type].flat().filter((type) => type !== "null").map((type) => kinds$1[String(type)] ?? String(type)).join(" or ")}`;
		case "pattern": return key === "client_id" ? "must not be empty" : "must be an http or https URL";
		default: return "is not valid";
	}
}
const { properties } = definitions.provider;
function keysAt(instancePath) {
	const [, ...path] = instancePath.split("/").slice(1);
	if (path.length === 0) return Object.keys(properties);
	if (path[0] !== "claims_imports") return [];
	const claims = properties.claims_imports.properties;
	return Object.keys(path.length === 1 ? claims : claims.localpart.properties);
}

// src/rules/providers/subject-differs.ts
[...publicClient];
const providerSubjectDiffers = defineRule({
	id: "providers/subject-differs",
	severity: "error",
	why: "Account links store the subject that Synapse derived from the claims. If MAS derives another subject, it finds no link. Users of this provider are then unknown, and may get new accounts.",
	remedy: "Set `claims_imports.subject.template` to Synapse's `subject_template`, or to its `subject_claim` as `{% raw %}{{ user.CLAIM }}{% endraw %}`. Without either, both use `sub`.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => mappedProviders(context).flatMap(({ synapse: { value, authProvider }, mas: { name, part, value: whole } }) => {
		const template = valueAt(part("claims_imports"), "subject", "template");
		const [before, after] = [subjectOfSynapse(value), subjectOfMas(part("claims_imports"))].map(claimsOf);
		if (!before || !after || before.size === after.size && [...before].every((claim) => after.has(claim))) return [];
		return [{
			message: `${name} derives the subject from other claims than \`${authProvider}\` of Synapse`,
			place: (template ?? part("synapse_idp_id") ?? whole).place
		}];
	})
});
const byDefault = "{{ user.sub }}";
function subjectOfSynapse(provider) {
	const mapping = valueAt(provider, "user_mapping_provider");
	if (isEmpty(mapping)) return byDefault;
	if (mapping?.kind !== "map" || !isEmpty(valueAt(mapping, "module"))) return void 0;
	const config = valueAt(mapping, "config");
	if (isEmpty(config)) return byDefault;
	if (config?.kind !== "map") return void 0;
	const template = valueAt(config, "subject_template");
	if (!isEmpty(template)) return template?.kind === "string" ? template.value : void 0;
	const claim = valueAt(config, "subject_claim");
	if (isEmpty(claim)) return byDefault;
	return claim?.kind === "string" ? `{{ user.${claim.value} }}` : void 0;
}
function subjectOfMas(claimsImports) {
	let part = claimsImports;
	for (const key of ["subject", "template"]) {
		if (isEmpty(part)) return byDefault;
		if (part?.kind !== "map") return void 0;
		part = valueAt(part, key);
	}
	if (isEmpty(part)) return byDefault;
	return part?.kind === "string" ? part.value : void 0;
}
function isEmpty(value) {
	return !value || value.kind === "null" || value.kind === "string" && value.value === "";
}
const roots = /* @__PURE__ */ new Set([
	"user",
	"userinfo_claims",
	"id_token_claims"
]);
function claimsOf(template) {
	if (template === void 0 || template.includes("{%")) return void 0;
	if (![...namesIn(template)].every((name) => roots.has(name))) return void 0;
	const claims = [...template.matchAll(/\b(?:user|userinfo_claims|id_token_claims)\b(?:\.(\w+)|\[['"](\w+)['"]\])?/g)].map(([, dotted, quoted]) => dotted ?? quoted);
	return claims.includes(void 0) ? void 0 : new Set(claims.filter((claim) => claim !== void 0));
}

// src/rules/providers/synapse-ids.ts
const synapseIdPrefix = defineRule({
	id: "providers/synapse-prefix",
	severity: "error",
	why: "Synapse stores account links under `oidc-` followed by the `idp_id`, or under `oidc` for a provider without one. syn2mas looks for exactly that name.",
	remedy: "Put `oidc-` before the `idp_id`: `synapse_idp_id: oidc-NAME`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap(({ name, definition, part, text }) => {
		const [value, idp] = [part("synapse_idp_id"), text("synapse_idp_id")];
		if (!value || idp === void 0 || /^(?:oidc(?:-.+)?|saml|cas)$/.test(idp)) return [];
		const message = `the \`synapse_idp_id\` of ${name} does not start with \`oidc-\``;
		const right = intended(idp, synapseProviders(host).known);
		const remedy = right === void 0 ? void 0 : `Write \`synapse_idp_id: ${right}\`.`;
		const canPrefix = /^[a-z0-9._~-]+$/.test(idp) && !/^oidc/.test(idp);
		const suggestion = right !== void 0 ? replacePart(definition, value, right) : canPrefix ? editText(definition, value, { before: "oidc-" }) : void 0;
		return [{
			message,
			place: value.place,
			suggestion,
			remedy
		}];
	})
});
function intended(idp, known) {
	const names = known.map(({ authProvider }) => authProvider);
	const withoutPrefix = idp.replace(/^oidc[^a-z0-9]*/i, "");
	const found = [
		`oidc-${idp}`,
		`oidc-${withoutPrefix}`,
		`oidc-${withoutPrefix.toLowerCase()}`
	].find((name) => names.includes(name));
	if (found !== void 0) return found;
	return /^(?!oidc)[a-z]+(?:[._~-][a-z]+)*\d?$/.test(idp) ? `oidc-${idp}` : void 0;
}
const synapseIdUnknown = defineRule({
	id: "providers/synapse-unknown",
	severity: "warning",
	stages: ["prepared"],
	why: "Synapse has no provider with this name. If the name is misspelled, the accounts of the intended provider are not migrated.",
	remedy: "Set `synapse_idp_id: oidc-NAME`, with the `idp_id` of a provider in Synapse as `NAME`. Remove `synapse_idp_id` if Synapse does not have this provider.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { host } = context;
		const names = namesInSynapse(context);
		if (names === void 0 || names.size === 0) return [];
		return eachProvider(host).flatMap(({ name, part, text }) => {
			const [place, idp] = [part("synapse_idp_id")?.place, text("synapse_idp_id")];
			if (!place || idp === void 0 || names.has(idp) || !idp.startsWith("oidc")) return [];
			const message = `the \`synapse_idp_id\` of ${name} matches no provider of Synapse`;
			const list = [...names].map((known) => `\`${known}\``).join(", ");
			const [only] = names;
			return [{
				message,
				place,
				remedy: names.size === 1 ? `Write \`synapse_idp_id: ${only}\`, or remove it if Synapse does not have this provider.` : `Write one of ${list}, or remove \`synapse_idp_id\` if Synapse does not have this provider.`
			}];
		});
	}
});
const synapseProviderGone = defineRule({
	id: "providers/synapse-gone",
	severity: "warning",
	stages: ["prepared"],
	why: "While MAS is only prepared, users log in through Synapse. Synapse has none of its login providers, so the users of this one cannot log in, and syn2mas refuses their accounts.",
	remedy: "Restore the `matrix_synapse_oidc_*` variables. If you rolled back, revert the commit that removed them. Remove `synapse_idp_id` if Synapse never had this provider.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const { host } = context;
		if (namesInSynapse(context)?.size !== 0) return [];
		return eachProvider(host).flatMap(({ name, part, text }) => {
			const place = part("synapse_idp_id")?.place;
			if (!place || !text("synapse_idp_id")?.startsWith("oidc")) return [];
			return [{
				message: `${name} continues a login provider that Synapse does not have`,
				place
			}];
		});
	}
});
function namesInSynapse(context) {
	const { known, incomplete } = synapseProviders(context.host);
	const extended = extensionProviders(context);
	const providers = [...known, ...extended ?? []];
	const names = providers.flatMap(({ authProvider }) => authProvider ?? []);
	return incomplete || extended === void 0 || names.length < providers.length ? void 0 : new Set(names);
}

// src/rules/providers/synapse-settings-end.ts
[...publicClient];
const settings = [
	{
		key: "attribute_requirements",
		isSet: (value) => value.kind === "list" && value.items.length > 0,
		isKept: ({ part }, value) => {
			const claims = part("claims_imports");
			return attributesIn(value).every((name) => name === void 0 || claims && mentions$1(claims, name));
		},
		consequence: "every user of the identity provider can log in"
	},
	{
		key: "enable_registration",
		isSet: (value) => value.kind === "boolean" && !value.value,
		isKept: ({ part }) => {
			const needsToken = part("registration_token_required");
			return needsToken !== void 0 && !(needsToken.kind === "boolean" && !needsToken.value);
		},
		consequence: "new users get an account"
	},
	{
		key: "allow_existing_users",
		isSet: (value) => value.kind === "boolean" && value.value,
		isKept: ({ part }) => {
			const claims = part("claims_imports");
			const claim = claims?.kind === "map" ? entryOf(claims, "localpart")?.value : claims;
			const conflict = claim?.kind === "map" ? entryOf(claim, "on_conflict")?.value : claim;
			return conflict !== void 0 && !(conflict.kind === "string" && conflict.value === "fail") && conflict.kind !== "null";
		},
		consequence: "users with an account cannot log in with this provider for the first time"
	}
];
const synapseSettingsEnd = defineRule({
	id: "providers/synapse-settings-end",
	severity: "warning",
	why: "MAS does not have Synapse's provider settings `attribute_requirements`, `enable_registration` and `allow_existing_users`. Their effect silently ends with the migration.",
	remedy: "Replace `enable_registration: false` with `registration_token_required: true`, and `allow_existing_users` with `claims_imports.localpart.on_conflict: add`. For `attribute_requirements`, restrict access at the identity provider. Or use a claim with `action: require` and a template that is empty for unwanted users. If the change is intended, accept this finding in `accepted-findings.yml`.",
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => mappedProviders(context).flatMap(violations$2)
});
function violations$2({ synapse, mas: provider, fromBase }) {
	return settings.flatMap(({ key, isSet, isKept, consequence }) => {
		const entry = entryOf(synapse.value, key);
		if (!entry || !isSet(entry.value) || isKept(provider, entry.value)) return [];
		const place = fromBase ? provider.value.place : entry.keyPlace;
		return [{
			message: `\`${key}\` of \`${synapse.authProvider}\` has no effect after the migration: ${consequence}`,
			place
		}];
	});
}
function attributesIn(value) {
	return (value.kind === "list" ? value.items : []).map((item) => textAt(item, "attribute"));
}
function mentions$1(value, name) {
	switch (value.kind) {
		case "string": return value.value.includes(name);
		case "map": return value.entries.some((entry) => mentions$1(entry.value, name));
		case "unknown":
		case "vault": return true;
		default: return false;
	}
}

// src/rules/providers/synapse-unmapped.ts
const mapping = (text) => `${mappingVariable}:\n  - "--upstreamProviderMapping ${text}"\n`;
withBoth(...publicClient, "synapse_idp_id: oidc-keycloak");
withBoth(...publicClient) + mapping("oidc-keycloak:01HFVBY12TMNTYTBV8W921M5FA");
const prefix = "Synapse puts `oidc-` before the `idp_id` of its vars.";
const synapseProviderUnmapped = defineRule({
	id: "providers/synapse-unmapped",
	severity: "error",
	why: "Synapse links accounts to this provider. syn2mas stops at the first linked account if MAS has no matching provider.",
	remedy: `Add the provider to \`${providersVariable}\` with \`synapse_idp_id\`, and in the dialect \`syn2mas-tool\` map it in \`${mappingVariable}\`. ${prefix}`,
	examples: {
		wrong: [],
		right: []
	},
	check: violations$1
});
function violations$1(context) {
	const { host, checkout } = context;
	const { providers, fromBase, isUnclear } = migratedProviders(context);
	const links = linksOf(host);
	return providers.flatMap((provider) => {
		const { authProvider, idpId } = provider;
		if (isLinked(links, authProvider, checkout?.dialect)) return [];
		const message = `${idpId === void 0 ? "the provider of Synapse" : `Synapse's provider \`${idpId}\``} has no matching provider in MAS: \`${authProvider}\` is not mapped`;
		const place = fromBase ? host.variable(providersVariable).definition?.namePlace : provider.place;
		const same = sameService(host, provider);
		const suggestion = same && checkout?.dialect !== "syn2mas-tool" ? lineInto(same.definition, same.value, `synapse_idp_id: ${authProvider}`) : void 0;
		const unlessIn = vaultsOf(links, checkout?.dialect);
		return [{
			message,
			place,
			remedy: `${howToMap(authProvider, checkout?.dialect, same)} ${prefix}`,
			suggestion,
			severity: isUnclear ? "warning" : void 0,
			...unlessIn.length > 0 && { unlessIn }
		}];
	});
}
function vaultsOf({ vaults }, dialect) {
	const key = dialect === "syn2mas-tool" ? [] : vaults.key;
	return key.length > 0 || dialect === "mas-cli" ? key : vaults.argument;
}

// src/rules/providers/template.ts
const ofMas = [
	"user",
	"id_token_claims",
	"userinfo_claims",
	"extra_callback_parameters",
	"params",
	"logged_out"
];
const providerTemplate = defineRule({
	id: "providers/template",
	severity: "error",
	why: "A template of a provider is for MAS, but Ansible evaluates it first. Ansible does not know the variables of MAS, so the playbook stops or writes an empty string.",
	remedy: "Wrap the template in `{% raw %}` and `{% endraw %}`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, repository }) => {
		const isOfMas = (name) => ofMas.includes(name) && !host.variable(name).definition;
		return eachProvider(host).flatMap((provider) => violations(provider, isOfMas, repository.files));
	}
});
function violations({ name, definition, value }, isOfMas, files) {
	return templatesOf(value).flatMap(([path, template]) => {
		if (template.kind !== "unknown" || ![...namesIn(template.source ?? "")].some(isOfMas)) return [];
		const source = sourceAt(files, template.place) ?? "";
		return [{
			message: `Ansible evaluates the template \`${path}\` of ${name} before MAS reads it`,
			place: template.place,
			suggestion: asRaw(definition, template, source)
		}];
	});
}
function templatesOf(provider) {
	const ofClaims = entriesOf(valueAt(provider, "claims_imports")).flatMap(({ key, value }) => {
		const template = entryOf(value, "template");
		return template ? [[`${key}.template`, template.value]] : [];
	});
	const parameters = valueAt(provider, "additional_authorization_parameters");
	return [...ofClaims, ...entriesOf(parameters).map(({ key, value }) => [key, value])];
}
function entriesOf(value) {
	return value?.kind === "map" ? value.entries : [];
}
function asRaw(definition, template, source) {
	const [, quote, text] = /^(["'])(.*)\1$/.exec(source) ?? [];
	if (quote === void 0 || text === void 0 || /\{%-?\s*raw\b/.test(text)) return void 0;
	return replacePart(definition, template, `${quote}{% raw %}${text}{% endraw %}${quote}`);
}

// src/rules/providers/user-name.ts
const providerUserName = defineRule({
	id: "providers/user-name",
	severity: "warning",
	why: "By default MAS makes the user name from `preferred_username`, which this service does not send. A login that needs a new account then fails. Accounts that are already linked are not affected.",
	remedy: "Set a template from what the service sends, such as `template: \"{% raw %}{{ (user.email | split('@'))[0] | lower }}{% endraw %}\"`, or let users choose with `action: suggest`.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => eachProvider(host).flatMap(({ name, part, text }) => {
		const imports = part("claims_imports");
		const action = valueAt(imports, "localpart", "action");
		const isNeeded = action?.kind === "string" && action.value === "require";
		const template = valueAt(imports, "localpart", "template");
		const isDefault = !template || template.kind === "null" || mentions(template);
		if (!lacksUserName(text("issuer")) || !action || !isNeeded || !isDefault) return [];
		return [{
			message: `${name} needs \`preferred_username\`, which its service does not send`,
			place: action.place
		}];
	})
});
function mentions(template) {
	return (template.kind === "unknown" ? template.source : textAt(template))?.includes("preferred_username") ?? false;
}

// src/rules/services/encrypted-bridges.ts
const all = ["matrix_bridges_encryption_enabled", "matrix_bridges_encryption_default"];
const otherRoles = /^matrix_(?:synapse|continuwuity|tuwunel|static_files|client|authentication_service|bridges)_/;
const keys = [
	"allow",
	"default",
	"require",
	"enable"
];
const msc4190 = "matrix_bridges_msc4190_enabled";
const encryptedBridges = defineRule({
	id: "services/encrypted-bridges",
	severity: "warning",
	why: "Bridges and bots with encryption log in to create their own device. This login does not work with MAS, so they do not start. Bridges that create devices with MSC4190 can work with MAS.",
	remedy: "First compare the vars with your playbook: `npx matrix-auth-actions validate --playbook-path FOLDER`. A newer playbook turns MSC4190 on, and then most bridges keep their encryption.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, checkout }) => [...switchesOf(host)].flatMap((name) => {
		const service = all.includes(name) ? void 0 : serviceOf(host, name);
		if (service === void 0 && !all.includes(name)) return [];
		const { state, place, subject } = switchAt(host, name);
		return state === "on" ? [{
			...violationFor(subject, service, host, checkout),
			place
		}] : [];
	})
});
function switchesOf(host) {
	const names = ownNames(host);
	const extended = [...names].flatMap((name) => {
		if (!name.endsWith("_extension_yaml") || otherRoles.test(name)) return [];
		const service = serviceExtension.exec(name)?.[1];
		const isSet = [...names].some((own) => own.includes("_encryption_") && encryptionSwitch.exec(own)?.[1] === service);
		return service === void 0 || isSet ? [] : keys.map((key) => `${service}_encryption_${key}`);
	});
	return extended.length === 0 ? names : /* @__PURE__ */ new Set([...names, ...extended]);
}
function serviceOf(host, name) {
	const service = otherRoles.test(name) ? void 0 : encryptionSwitch.exec(name)?.[1];
	return service !== void 0 && switchAt(host, `${service}_enabled`).state === "on" ? service : void 0;
}
const turnOff = "Turn off encryption for bridges and bots before the migration. Encrypted rooms stay encrypted, and the bridge cannot read them.";
function violationFor(subject, service, host, checkout) {
	const switchName = service === void 0 ? msc4190 : `${service}_msc4190_enabled`;
	if (!(checkout?.variables && checkout.variables.defaultsOf(switchName).length > 0) || switchAt(host, switchName).state === "off") return {
		message: `${subject} is on, but does not work with MAS${checkout?.variables ? "" : " without MSC4190"}`,
		...checkout?.variables && { remedy: turnOff }
	};
	const others = service === void 0 ? " Bridges without such a switch, such as Hookshot, do not start: turn off encryption for them." : "";
	return isOn(host, switchName) ? {
		message: `${subject} is on and needs MSC4190 to work with MAS; this playbook turns MSC4190 on`,
		...service !== void 0 && { severity: "notice" },
		remedy: `Test each bridge with MAS: write in an encrypted room, and restart the bridge.${others}`
	} : {
		message: `${subject} is on and needs MSC4190 to work with MAS, but MSC4190 is off`,
		remedy: `Set \`${switchName}: true\`, and test the bridge with MAS: write in an encrypted room, and restart the bridge.`
	};
}
function isOn(host, switchName) {
	const [own, ofAll, encryption] = [
		switchName,
		msc4190,
		all[0] ?? ""
	].map((name) => switchAt(host, name).state);
	if (own !== "absent") return own === "on";
	return ofAll === "absent" ? encryption === "on" : ofAll === "on";
}

// src/rules/services/unfit-services.ts
const removing = "It keeps running until a deployment with `tags: setup-all,ensure-matrix-users-created,start` removes it; deploy/README.md says what else that does.";
const unfitServices = [
	{
		id: "services/corporal",
		severity: "error",
		switches: ["matrix_corporal_enabled"],
		message: "is on, but cannot work with MAS",
		why: "Corporal logs in as other users by Synapse's shared secret and answers their logins itself. Both stop working once MAS is live, so its policies are no longer enforced.",
		remedy: `Choose a replacement before the migration, then turn it off. ${removing}`
	},
	{
		id: "services/postmoogle",
		severity: "warning",
		switches: [
			"matrix_postmoogle_enabled",
			"matrix_bridge_postmoogle_enabled",
			"matrix_bot_postmoogle_enabled"
		],
		message: "is on, but fails after a restart with MAS",
		why: "With MAS, Postmoogle works once and fails at every later start, because its encryption keys are missing from the server.",
		remedy: `Turn it off before the migration. ${removing}`
	},
	{
		id: "services/reminder-bot",
		severity: "warning",
		switches: ["matrix_bot_matrix_reminder_bot_enabled"],
		message: "is on, but does not work well with MAS",
		why: "With MAS, the bot does not start, or it loses its state at each start and sends old reminders again.",
		remedy: `Turn it off before the migration, or accept old reminders. ${removing}`
	},
	{
		id: "services/registration-bot",
		severity: "warning",
		switches: ["matrix_bot_matrix_registration_bot_enabled"],
		message: "is on, but MAS does not accept its tokens",
		why: "The bot creates registration tokens through Synapse's API. Once MAS is live, MAS creates the accounts and does not know those tokens.",
		remedy: `Turn it off and use the registration tokens of MAS. ${removing}`
	},
	{
		id: "services/synapse-admin",
		severity: "notice",
		switches: ["matrix_synapse_admin_enabled"],
		message: "is on, but works only in part with MAS",
		why: "Synapse Admin shows accounts, but cannot change passwords or sessions in MAS. With MAS, a new login of an administrator has no administrator rights.",
		remedy: "Use its successor Ketesa, which supports MAS, or the commands of `mas-cli manage`."
	}
];
const unfitServiceRules = unfitServices.map(({ switches, message, ...texts }) => {
	const [name] = switches;
	return defineRule({
		...texts,
		examples: {
			wrong: [],
			right: []
		},
		check: (context) => {
			const replaced = (each) => context.checkout?.variables?.replacement(each) !== void 0;
			return whereOn(context, switches.filter((each) => !replaced(each)), message);
		}
	});
});

// src/rules/synapse/extension-provider-unmapped.ts
inSynapse("oidc_providers:", "  - idp_id: sso");
const synapseExtensionProviderUnmapped = defineRule({
	id: "synapse/extension-provider-unmapped",
	severity: "error",
	why: "A provider in the extension works like any other provider of Synapse: accounts are linked to it. syn2mas stops at the first linked account if MAS has no matching provider.",
	remedy: `Add the provider to \`${providersVariable}\` with \`synapse_idp_id\`, and in the dialect \`syn2mas-tool\` map it in \`${mappingVariable}\`. Synapse adds \`oidc-\` to the \`idp_id\` of a list entry; the provider in \`oidc_config\` is \`oidc\`.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const before = beforeMigration(context);
		if (!before) return [];
		const providers = extensionProviders({
			host: before,
			repository: context.repository
		}) ?? [];
		if (providers.length === 0) return [];
		const links = linksOf(context.host);
		return providers.flatMap(({ authProvider, place }) => {
			if (authProvider === void 0 || isLinked(links, authProvider, context.checkout?.dialect)) return [];
			return [{
				message: `a provider in \`${synapseExtension}\` has no matching provider in MAS: \`${authProvider}\` is not mapped`,
				place: before === context.host ? place : context.stage.place,
				remedy: howToMap(authProvider, context.checkout?.dialect, void 0)
			}];
		});
	}
});

// src/rules/synapse/oidc.ts
const oidcLeftOver = defineRule({
	id: "synapse/oidc-left-over",
	severity: "notice",
	stages: ["live"],
	why: "Providers of Synapse have no effect once MAS is live. They contain client secrets, and readers may believe that they are still in use.",
	remedy: `Remove \`${oidcProvidersVariable}\`. If other vars use a part of it, such as a client secret, move that part to its own variable first.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { value, definition } = host.variable(oidcProvidersVariable);
		if (!definition || value.kind !== "list" || value.items.length === 0) return [];
		if (switchAt(host, "matrix_synapse_oidc_enabled").state === "on") return [];
		const message = `\`${oidcProvidersVariable}\` has no effect while MAS is live`;
		const suggestion = isUsed(host, "matrix_synapse_oidc_providers") ? void 0 : removeVariable(definition);
		return [{
			message,
			place: definition.namePlace,
			suggestion
		}];
	}
});
`${oidcEnabledVariable}${exampleProvider}`;
const oidcRemovedEarly = defineRule({
	id: "synapse/oidc-removed-early",
	severity: "error",
	stages: ["prepared"],
	needs: "base",
	why: "Until the migration, users log in with the provider of Synapse. syn2mas reads it from the configuration of Synapse, and refuses accounts of a missing provider.",
	remedy: "Keep it for now, and remove it in the change that migrates.",
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host, base }) => {
		if (!base?.host || switchAt(base.host, "matrix_synapse_oidc_enabled").state !== "on") return [];
		const { state, place } = switchAt(host, oidcEnabledVariable);
		if (state !== "off" && !(state === "absent" && missing(host, "matrix_synapse_oidc_enabled"))) return [];
		return [{
			message: "this change removes Synapse's OpenID Connect before accounts are migrated",
			place
		}];
	}
});

// src/rules/synapse/other-homeserver.ts
const enabledSynapse = "matrix_synapse_enabled";
const name = "matrix_homeserver_implementation";
const otherHomeserver = defineRule({
	id: "synapse/other-homeserver",
	severity: "error",
	why: "Only Synapse can delegate to MAS, and syn2mas reads only accounts of Synapse. With another homeserver, MAS is not used.",
	remedy: `Set \`${enabledVariable}: false\`. MAS supports only Synapse.`,
	examples: {
		wrong: [],
		right: []
	},
	check: ({ host }) => {
		const { state, place } = switchAt(host, enabledSynapse);
		if (state === "off") return [{
			message: `MAS is enabled, but \`${enabledSynapse}\` is off`,
			place
		}];
		const chosen = plainText(host, name);
		if (!chosen || chosen.text === "synapse") return [];
		return [{
			message: `MAS is enabled, but \`${name}\` is not \`synapse\``,
			place: chosen.value.place
		}];
	}
});

// src/rules/synapse/registration-opens.ts
const masEmail = "matrix_authentication_service_config_account_password_registration_email_required";
const required = "matrix_synapse_registrations_require_3pid";
const allowed = "matrix_synapse_allowed_local_3pids";
`${prepared}${registrationVariable}${masRegistrationVariable}`;
const registrationOpens = defineRule({
	id: "synapse/registration-opens",
	severity: "warning",
	why: "Synapse's settings restrict who can register. MAS does not have this restriction, so once it is live, more people can create accounts than these settings allow.",
	remedy: `Configure the same restriction in MAS, or keep \`${masRegistrationVariable}\` off. If everyone may register, remove Synapse's setting.`,
	examples: {
		wrong: [],
		right: []
	},
	check: (context) => {
		const host = restrictingHost(context);
		if (!host) return [];
		if (switchAt(context.host, "matrix_authentication_service_config_account_password_registration_enabled").state !== "on") return [];
		return [
			...tokens(context, host),
			...required3pids(context, host),
			...allowedAddresses(context, host)
		].map((violation) => host === context.host ? violation : {
			...violation,
			place: context.stage.place
		});
	}
});
function restrictingHost(context) {
	const before = beforeMigration(context);
	if (before && switchAt(before, "matrix_synapse_enable_registration").state === "on") return before;
	return context.stage.stage === "live" ? context.host : void 0;
}
function tokens(context, host) {
	const { state, subject, place } = switchAt(host, tokenVariable);
	const asked = switchAt(context.host, masTokenVariable).state;
	if (state !== "on" || asked === "on" || asked === "unclear" || hasNewerKey(context)) return [];
	return [{
		message: `${subject} is on, but MAS does not require a registration token`,
		remedy: `Set \`${masTokenVariable}: true\`; if this version of MAS has no tokens, keep \`${masRegistrationVariable}\` off. Tokens of Synapse are not migrated: create new ones in MAS.`,
		place
	}];
}
function hasNewerKey(context) {
	return extendedAt(context, extensionVariable, ["account", "password_registration_token_required"]) !== void 0;
}
function required3pids(context, host) {
	const { value } = host.variable(required);
	const kinds = value?.kind === "list" ? value.items.map((item) => textAt(item)) : [];
	return [...kinds.includes("email") && switchAt(context.host, masEmail).state === "off" ? ["an email address, but MAS does not"] : [], ...kinds.includes("msisdn") ? ["a phone number, but MAS does not support phone numbers"] : []].map((what) => ({
		message: `\`${required}\` requires ${what}`,
		place: value?.place
	}));
}
function allowedAddresses(context, host) {
	const { value } = host.variable(allowed);
	if (value?.kind !== "list" || value.items.length === 0) return [];
	if (extendedAt(context, "matrix_authentication_service_configuration_extension_yaml", [
		"policy",
		"data",
		"emails"
	])) return [];
	const remedy = `Add the allowed addresses to \`policy.data.emails.allowed_addresses\` of \`${extensionVariable}\`, or keep \`${masRegistrationVariable}\` off.`;
	return [{
		message: `\`${allowed}\` is set, but MAS accepts any email address`,
		remedy,
		place: value.place
	}];
}

// src/rules/facts/trust-additions.ts
const mark = "new in this change: ";
function isNewRisk({ id, message }) {
	return id.startsWith("trust/") && message.startsWith(mark);
}
function risksOf({ repository, base }, find) {
	const known = base && keysIn(base, find);
	return find(repository, everyHost(repository)).map(({ key, ...violation }) => known && !known.has(key) ? {
		...violation,
		message: mark + violation.message
	} : violation);
}
function keysIn(base, find) {
	return new Set(find(base, everyHost(base)).map(({ key }) => key));
}
function everyHost({ inventory }) {
	return inventory.hosts.map((host) => ({ host }));
}
function marked(problems, before) {
	if (!before) return problems;
	const keyOf = ({ id, place }) => `${id} ${place?.file}`;
	const known = new Set(before.map(keyOf));
	return problems.map((finding) => finding.id.startsWith("trust/") && !known.has(keyOf(finding)) ? {
		...finding,
		message: mark + finding.message
	} : finding);
}

// src/rules/trust/characters.ts
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const findDirections = (repository) => matchesIn(repository, directions).filter(({ place, line }) => !isOrdinary(line, place.column - 1)).map(({ place, text, key }) => ({
	key,
	message: `the character ${codeOf(text)} changes the direction in which the line is displayed`,
	place,
	suggestion: {
		place,
		text: ""
	}
}));
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const textBefore = /[^"'#:{}[\]|>&*%`,]*$/;
const textAfter = /^[^"'#:{}[\]|>&*%`,]*/;
const pair = /[\u202a\u202b\u2066-\u2068][^\u202a-\u202e\u2066-\u2069]*[\u202c\u2069]/g;
const mostText = 200;
function isOrdinary(line, at) {
	const before = textBefore.exec(line.slice(Math.max(0, at - mostText), at))?.[0] ?? "";
	const text = before + (textAfter.exec(line.slice(at, at + mostText))?.[0] ?? "");
	if (/[\u061c\u200e\u200f]/.test(line.charAt(at))) return rightToLeft.test(text);
	return [...text.matchAll(pair)].some(({ 0: inside, index }) => rightToLeft.test(inside) && (index === before.length || index + inside.length - 1 === before.length));
}
const bidiCharacters = defineRule({
	id: "trust/bidi-characters",
	severity: "error",
	why: "The character is invisible and changes the order in which the text after it is displayed. Reviewers see different text than Ansible reads. Only text that runs from right to left needs such characters, and there they are not reported.",
	remedy: "Remove the character, and read the line again.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findDirections)
});
const hidden = /[\u00a0\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200c\u2028\u2029\u202f\u205f-\u2065\u206a-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]|\u034f|[\u{e0100}-\u{e01ef}]|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
const joined = "\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}";
const eastAsian = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3001-\\u301f\\uff01-\\uff65";
const ordinary = new RegExp(`[${joined}]\\p{M}*[\\u200c\\u200d]$|[${eastAsian}]\\u3000$|\\u3000[${eastAsian}]`, "u");
function isJoinerOrSpace(line, at) {
	return ordinary.test(line.slice(Math.max(0, at - 8), at + 1)) || ordinary.test(line.slice(at, at + 2));
}
const findHidden = (repository) => matchesIn(repository, hidden).filter(({ place, line }) => !isJoinerOrSpace(line, place.column - 1)).map(({ place, text, key }) => ({
	key,
	message: `the character ${codeOf(text)} is invisible or looks like a space`,
	place
}));
const hiddenCharacters = defineRule({
	id: "trust/hidden-characters",
	severity: "warning",
	why: "Ansible treats the character as part of the name or value. A variable or secret that looks right can differ from what reviewers see.",
	remedy: "Remove it, or replace it with a plain space. If the value is already in use, first check whether the server has the character too.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findHidden)
});
const word = /[\p{L}\p{N}_.-]+/gu;
const latin = /(?![\uff01-\uff5e])\p{Script=Latin}/u;
const lookalikeScripts = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u;
const lookalikeLetters = [..."аеорсхуіјѕһԁԛԝАВЕКМНОРСТХІЅονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"];
const latinLetters = [..."aeopcxyijshdqwABEKMHOPCTXISovABEZHIKMNOPTYX"];
const latinOf = new Map(lookalikeLetters.map((letter, index) => [letter, latinLetters[index] ?? letter]));
const findLookalikes = (repository) => matchesIn(repository, word).filter(({ text, line }) => latin.test(text) && lookalikeScripts.test(text) && !/^\s*#/.test(line)).map(({ place, text, line, key }) => {
	const isName = /^\s*$/.test(line.slice(0, place.column - 1)) && line.charAt((place.endColumn ?? 0) - 1) === ":";
	const plain = [...text].map((char) => latinOf.get(char) ?? char).join("");
	return {
		key,
		message: "a word mixes Latin letters with letters of another script that look like them",
		place,
		...isName && /^[A-Za-z_]\w*$/.test(plain) && { suggestion: {
			place,
			text: plain
		} }
	};
});
const homoglyphs = defineRule({
	id: "trust/homoglyphs",
	severity: "warning",
	why: "The name or address only looks like the intended one. Such a variable has no effect, and such a host may belong to someone else.",
	remedy: "Type the word again. If you need both scripts, use separate words.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findLookalikes)
});
const most = 1e3;
function matchesIn({ files, inventory }, pattern) {
	const matches = [];
	for (const file of inventory.nonAscii) {
		const lines = fileText(files, file)?.split("\n") ?? [];
		for (const [index, line] of lines.entries()) for (const { 0: text, index: at } of line.matchAll(pattern)) {
			if (matches.length === most) return matches;
			const [column, endColumn] = [at + 1, at + 1 + text.length];
			const place = {
				file,
				line: index + 1,
				column,
				endLine: index + 1,
				endColumn
			};
			matches.push({
				place,
				text,
				line,
				key: `${file} ${line.slice(Math.max(0, at - 40), at + 40)}`
			});
		}
	}
	return matches;
}
function codeOf(text) {
	return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

// src/rules/trust/files.ts
const file = "ansible.cfg";
const riskySettings = /^(?:library|module_utils|\w+_plugins|collections_paths?|inventory|ssh_\w*args|sftp_extra_args|scp_extra_args|ssh_executable|executable|host_key_checking|vault_password_file|callbacks_enabled|callback_whitelist|strategy|transport|local_tmp)$/;
const findSettings = ({ files }) => {
	const text = fileText(files, file);
	if (text === void 0) return [];
	const settings = text.split("\n").flatMap((line, index) => {
		const [, name = ""] = /^\s*(\w+)\s*[=:]/.exec(line) ?? [];
		if (!riskySettings.test(name.toLowerCase())) return [];
		const place = {
			file,
			line: index + 1,
			column: line.indexOf(name) + 1,
			endLine: index + 1,
			endColumn: line.indexOf(name) + 1 + name.length
		};
		return [{
			key: line.trim(),
			message: `\`${file}\` sets \`${name} = …\``,
			place
		}];
	});
	const start = {
		file,
		line: 1,
		column: 1
	};
	if (settings.length > 0) return settings;
	return [{
		key: file,
		message: `Ansible reads its settings from \`${file}\``,
		place: start
	}];
};
const ansibleCfg = defineRule({
	id: "trust/ansible-cfg",
	severity: "warning",
	why: "Ansible reads `ansible.cfg` from the folder in which it starts. The file can load code on the runner, set options of ssh, and turn off host key checking.",
	remedy: "Remove it. The playbook has its own file, and the actions set what they need. Put other settings in `env:` of the workflow.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => isPlaybook(context.repository.files) ? [] : risksOf(context, findSettings)
});
const kinds = [...[
	"action",
	"become",
	"cache",
	"callback",
	"cliconf",
	"connection",
	"filter",
	"httpapi",
	"inventory"
], ...[
	"lookup",
	"netconf",
	"shell",
	"strategy",
	"terminal",
	"test",
	"vars"
]];
const folders = /* @__PURE__ */ new Set([...[
	"library",
	"module_utils",
	"collections"
], ...kinds.map((kind) => `${kind}_plugins`)]);
const findFolders = ({ files, inventory }) => {
	return [.../* @__PURE__ */ new Set(["", ...inventory.folders])].flatMap((place) => files.list(place).filter((name) => folders.has(name)).flatMap((folder) => {
		const path = place === "" ? folder : `${place}/${folder}`;
		const names = files.list(path);
		const [first] = names;
		if (first === void 0) return [];
		const message = `Ansible loads code from the folder \`${folder}\``;
		return [{
			key: `${path} ${names.join("/")}`,
			message,
			place: {
				file: `${path}/${first}`,
				line: 1,
				column: 1
			}
		}];
	}));
};
const pluginFolder = defineRule({
	id: "trust/plugin-folder",
	severity: "warning",
	why: "Ansible loads Python files from such a folder beside a playbook or the inventory. It runs them on the runner, or as root on the server.",
	remedy: "Remove the folder. The playbook needs no such folder beside the inventory. Put your own code in a role or collection with a pinned version.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => isPlaybook(context.repository.files) ? [] : risksOf(context, findFolders)
});
function isPlaybook(files) {
	return files.entry("setup.yml").kind === "file" && files.entry("roles/custom/matrix-authentication-service").kind === "directory";
}

// src/rules/trust/jinja.ts
const texts = /'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g;
function findInJinja(clauses) {
	return (repository) => templatedIn(repository).flatMap((templated) => jinjaRisks(templated, clauses));
}
const templatedIn = oncePer(({ inventory }) => {
	const templated = [];
	for (const each of written(inventory.hosts.map((host) => ({ host })))) for (const value of jinjaIn(each.definition.value)) templated.push({
		written: each,
		value,
		expressions: expressionsIn(value.source).map(expressionOf)
	});
	return templated;
});
function expressionOf(source) {
	return {
		source,
		code: /['"]/.test(source) ? source.replace(texts, (text) => text.charAt(0).repeat(2)) : source
	};
}
function jinjaRisks({ written: { definition, about }, value: { source, place }, expressions }, clauses) {
	return [...new Set(expressions.flatMap((expression) => [...clauses(expression)]))].map((clause) => ({
		key: `${about.host ?? ""} ${definition.name} ${clause} ${source}`,
		message: `\`${definition.name}\` ${clause}`,
		place,
		...about
	}));
}
function jinjaIn(value) {
	if (isJinja(value)) return [value];
	if (value.kind === "list") return value.items.flatMap(jinjaIn);
	return value.kind === "map" ? value.entries.flatMap((entry) => jinjaIn(entry.value)) : [];
}
function isJinja(value) {
	return value.kind === "unknown" && value.source !== void 0;
}
const attribute = /\.\s*__\w/;
const knownAttribute = /__(?:class|globals|init|subclasses|bases?|mro|import|builtins|getattr|getattribute|getitem|dict|code|func|self|call|reduce|reduce_ex|new|module|loader|spec|closure|wrapped)__/;
const filter = /\|\s*attr\s*\(/;
const plainFilter = /\|\s*attr\s*\(\s*(['"])\w+\1\s*\)/g;
const escapedUnderscore = /\\(?:x5f|u005f|U0000005f|137|N\{LOW LINE\})/i;
const find$1 = findInJinja(pythonClauses);
function* pythonClauses({ source, code }) {
	if (![
		"__",
		"attr",
		"\\"
	].some((word) => source.includes(word))) return;
	if (attribute.test(code) || knownAttribute.test(source) || escapedUnderscore.test(source)) yield "accesses Python internals through a name with `__`";
	if (filter.test(source.replace(plainFilter, ""))) yield "accesses an attribute whose name is hidden";
}
const jinjaReachesPython = defineRule({
	id: "trust/jinja-reaches-python",
	severity: "error",
	why: "Such a name gives access to all of Python. With ansible-core before 2.19 the value can run any code on the runner, which has the SSH key.",
	remedy: "Write the plain value. An inventory never needs Python internals.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, find$1)
});
const call = /\b(?:lookup|query|q)\s*\(\s*(?:(['"])(?:ansible\.(?:builtin|legacy)\.)?([\w.]+)\1(?=\s*[,)]))?/g;
const asValue = /(?<![\w.])(?:lookup|query)\b(?!\s*[(=])/;
const harmless = /* @__PURE__ */ new Set([...[
	"vars",
	"varnames",
	"dict",
	"items",
	"list",
	"flattened",
	"indexed_items",
	"nested",
	"together"
], ...[
	"sequence",
	"subelements",
	"random_choice",
	"random_string",
	"inventory_hostnames",
	"config"
]]);
const programs = /* @__PURE__ */ new Set(["pipe", "lines"]);
const reading = [
	[/^\{%[-+]?\s*(?:include|import|from|extends)\b/, "includes another file of the runner"],
	[/\|\s*(?:ansible\.builtin\.)?fileglob\b/, "lists files of the runner"],
	[/\|\s*(?:ansible\.builtin\.)?expandvars\b/, "reads the environment of the runner"],
	[/\bis\s+(?:not\s+)?(?:ansible\.builtin\.)?(?:is_)?(?:file|dir|directory|link|exists|link_exists|mount|same_file)\b(?!\s*\.)/, "checks files of the runner"]
];
function kindOf(name) {
	if (name === void 0 || programs.has(name)) return "program";
	return harmless.has(name) ? void 0 : "reads";
}
const known$1 = /^(?:pipe|lines|env|file|fileglob|first_found|template|unvault|url|csvfile|ini|password)$/;
function findLookups(kind) {
	return findInJinja((expression) => lookupClauses(kind, expression));
}
function* lookupClauses(kind, { source, code }) {
	const mayCall = /lookup|q/.test(source);
	for (const [, , name] of mayCall ? source.matchAll(call) : []) if (kindOf(name) === kind) yield `calls ${described(name)}`;
	if (kind === "program") {
		if (asValue.test(code)) yield "uses a lookup function as a value";
		return;
	}
	for (const [pattern, clause] of reading) if (pattern.test(code)) yield clause;
}
function described(lookup) {
	if (lookup === void 0) return "a lookup with a computed name";
	return known$1.test(lookup) ? `the lookup \`${lookup}\`` : "a lookup that may read more than the inventory";
}
const findPrograms$1 = findLookups("program");
const lookupRunsProgram = defineRule({
	id: "trust/lookup-runs-program",
	severity: "error",
	why: "The lookups `pipe` and `lines` run a program on the runner, which has the SSH key. A lookup with a computed name may be one of them.",
	remedy: "Write the plain value. Put it in an Ansible Vault if it is a secret. Compute values in a step of the workflow, where reviewers expect code.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findPrograms$1)
});
const findReads = findLookups("reads");
const lookupReadsRunner = defineRule({
	id: "trust/lookup-reads-runner",
	severity: "warning",
	why: "Ansible evaluates lookups on the runner. They can read files and environment variables of the job, including its secrets, or fetch from the network. The server receives the result. The value also differs between machines.",
	remedy: "Write the plain value. Put it in an Ansible Vault if it is a secret.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findReads)
});

// src/rules/trust/runs-on-runner.ts
const names = /* @__PURE__ */ new Set(["ansible_connection", "ansible_ssh_connection"]);
const find = (_, hosts) => written(hosts, names).flatMap(({ definition: { name, value }, about }) => {
	if (value.kind !== "string" || isOpenSsh(value.value)) return [];
	const where = value.value === "local" ? "makes Ansible change the runner instead of the server" : "is not the connection `ssh`, so the pinned host keys do not apply";
	return [{
		key: `${about.host ?? ""} ${name} ${value.value}`,
		message: `\`${name}\` ${where}`,
		place: value.place,
		...about
	}];
}).toArray();
const runsOnRunner = defineRule({
	id: "trust/runs-on-runner",
	severity: "warning",
	why: "With `local`, Ansible applies the changes as root to the machine on which it runs. That works if you run it by hand on the server. In a workflow it would change the runner, which has the SSH key.",
	remedy: "Remove the setting. Set the address of the server: `ansible_host: matrix.example.com`.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, find)
});

// src/rules/trust/ssh.ts
function finder({ inArguments, names, ofVariable }) {
	const relevant = /* @__PURE__ */ new Set([...sshArgumentVariables, ...names]);
	return (_, hosts) => written(hosts, relevant).flatMap(({ definition: { name, value }, about }) => {
		const clause = isSshArgumentVariable(name) ? void 0 : ofVariable(name, value);
		const problems = isSshArgumentVariable(name) ? inArguments(name, value) : clause === void 0 ? [] : [{ message: `\`${name}\` ${clause}` }];
		const { place } = value;
		return problems.map((problem) => ({
			...problem,
			key: `${about.host ?? ""} ${problem.message} ${textOf(value)}`,
			place,
			...about
		}));
	}).toArray();
}
function textOf(value) {
	if (value.kind === "string") return value.value;
	if (value.kind === "unknown") return value.source ?? "";
	if (value.kind === "list") return value.items.map(textOf).join(" ");
	return value.kind === "boolean" || value.kind === "integer" ? String(value.value) : "";
}
function dangersOf(name, value) {
	const text = textOf(value);
	if (value.kind === "unknown") return dangersInJinja(name, text);
	return readSshArguments(name, text)?.dangers ?? dangersInJinja(name, text);
}
function dangersOfKind(kind) {
	return (name, value) => dangersOf(name, value).filter((danger) => danger.kind === kind).map(({ option }) => ({ message: option === void 0 ? `\`${name}\` has a word that is not an option of OpenSSH` : `\`${name}\` sets \`${option}\`` }));
}
const library = "ansible_ssh_pkcs11_provider";
const addresses = connectionVariables.address;
const findPrograms = finder({
	inArguments: dangersOfKind("program"),
	names: [...[
		"ansible_ssh_executable",
		"ansible_sftp_executable",
		"ansible_scp_executable",
		library
	], ...addresses],
	ofVariable: (name, value) => {
		if (addresses.includes(name)) return textOf(value).startsWith("-") ? "starts with `-`, so ssh reads it as an option" : void 0;
		return name === library ? "sets a library that ssh loads" : "sets a program that runs in place of ssh";
	}
});
const sshRunsProgram = defineRule({
	id: "trust/ssh-runs-program",
	severity: "error",
	why: "Ansible passes these options to ssh on the runner. They run a program there, with the SSH key and all permissions of the job.",
	remedy: "To connect through a jump host, set `ansible_ssh_common_args: -o ProxyJump=user@host`, which runs no program. Run other programs in the workflow, where reviewers expect code.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findPrograms)
});
const findUnchecked = finder({
	inArguments: dangersOfKind("host-key"),
	names: [
		"ansible_host_key_checking",
		"ansible_ssh_host_key_checking",
		"ansible_paramiko_host_key_checking"
	],
	ofVariable: (_, value) => {
		return truthOf(value) === false || value.kind === "string" && /^(?:false|no|off|0)$/i.test(value.value) ? "turns off host key checking" : void 0;
	}
});
const hostKeyUnchecked = defineRule({
	id: "trust/host-key-unchecked",
	severity: "error",
	why: "Without the check of the pinned host key, ssh trusts another server. An attacker on the network can impersonate the server, and gets every secret that the playbook sends.",
	remedy: "Remove the setting. Pass the host keys to the action in the input `known-hosts`.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findUnchecked)
});
const findOthers = finder({
	inArguments: (name, value) => {
		if (value.kind === "null") return [];
		if (value.kind !== "string" || readSshArguments(name, value.value) === void 0) return isReplaced(name) ? [] : [{
			message: `\`${name}\` is not plain text with closed quotes`,
			severity: "warning"
		}];
		return dangersOfKind("other")(name, value).map((problem) => isReplaced(name) ? {
			...problem,
			severity: "warning"
		} : problem);
	},
	names: [],
	ofVariable: () => void 0
});
function isReplaced(name) {
	return name === "ansible_ssh_args";
}
const sshOption = defineRule({
	id: "trust/ssh-option",
	severity: "error",
	why: "The run accepts only SSH options that are known to be harmless, such as timeouts, algorithms, `IdentityFile` and `ProxyJump`. Others can lead to another server, or give the server access to the SSH key. The run stops before it connects.",
	remedy: "Remove the option. Set the address, the port and the user with `ansible_host`, `ansible_port` and `ansible_user`, in plain text.",
	examples: {
		wrong: [],
		right: []
	},
	checkAll: (context) => risksOf(context, findOthers)
});

// src/rules/registry.ts
const rules = [
	stageUnknown,
	stageAssumed,
	stageOverruled,
	stageContradictory,
	inProgressWithoutMas,
	encryptionSecretMissing,
	encryptionSecretFormat,
	...trapRules,
	encryptionSecretWeak,
	encryptionSecretShared,
	secretInPublic,
	masHostnameForm,
	masPathPrefixForm,
	masHostnameTaken,
	rootOfSynapse,
	masHostnameNeedsDns,
	masServerName,
	delegatesElsewhere,
	delegatesWithoutMas,
	sharedSecret,
	unfitVersion,
	passwordSchemeForm,
	passwordSchemeBcrypt,
	passwordPepper,
	passwordUnicode,
	passwordUnicodeDefault,
	passwordComplexity,
	noWayToLogIn,
	emailTransport,
	emailBlackhole,
	masCaptcha,
	externalPostgres,
	ownReverseProxy,
	oneAddress,
	extensionNotYaml,
	extensionOverrides,
	providerShape,
	providerUnknownKey,
	providerEmptyPart,
	providerRequiredBefore,
	providerIdForm,
	providerIdTwice,
	providerIdReused,
	providerClientSecret,
	providerRefersToSynapse,
	providerMethodSettings,
	providerDiscovery,
	providerIssuer,
	providerNoClaims,
	providerClaims,
	providerTemplate,
	providerUserName,
	synapseProviderUnmapped,
	synapseIdPrefix,
	synapseIdUnknown,
	synapseProviderGone,
	synapseIdTwice,
	providerMappedElsewhere,
	providerSubjectDiffers,
	synapseSettingsEnd,
	mappingArguments,
	synapseProviderIncomplete,
	providerRedirectUri,
	passwordProviderWhilePrepared,
	passwordProviderWhileLive,
	...offWhileLiveRules,
	oidcLeftOver,
	otherHomeserver,
	casWhilePrepared,
	registrationNotPorted,
	registrationOpens,
	captchaNotPorted,
	consentNotPorted,
	passwordConfigWhilePrepared,
	passwordLoginOpens,
	localPasswordsOff,
	guestAccess,
	qrLoginWhilePrepared,
	oidcRemovedEarly,
	synapseExtensionRefused,
	synapseExtensionProviderUnmapped,
	...unfitServiceRules,
	encryptedBridges,
	noHost,
	notCompared,
	unusedHostVars,
	unusedGroupVars,
	overruledVariable,
	unknownVariable,
	renamedVariable,
	removedVariable,
	wrongType,
	validatedVersion,
	otherDialect,
	otherLayout,
	sshRunsProgram,
	hostKeyUnchecked,
	sshOption,
	runsOnRunner,
	lookupRunsProgram,
	lookupReadsRunner,
	jinjaReachesPython,
	ansibleCfg,
	pluginFolder,
	bidiCharacters,
	hiddenCharacters,
	homoglyphs,
	stageHidden,
	skipsPrepared,
	liveToOff,
	liveToPrepared,
	severalMigrations,
	loginEnds,
	registrationEnds,
	...keptValueRules,
	passwordPepperChanged,
	masAddressChanged,
	masDowngrade,
	providerIdChanged,
	providerRemoved,
	removedInUse,
	otherServer,
	migrationWithOtherChanges
];

// src/rules/shared-fixes.ts
function withoutSharedFixes(findings, { stages }, { hosts }) {
	const files = new Set(findings.flatMap(({ suggestion }) => suggestion?.place.file ?? []));
	if (files.size === 0) return findings;
	const others = hosts.filter((host) => usesOneOf(host, files) && !stages.includes(desiredStage(host).stage));
	if (others.length === 0) return findings;
	return findings.map((finding) => withoutFix(finding, others));
}
function withoutFix({ suggestion, ...finding }, others) {
	if (suggestion === void 0) return finding;
	const file = /* @__PURE__ */ new Set([suggestion.place.file]);
	const [first, ...more] = others.filter((host) => usesOneOf(host, file));
	if (first === void 0) return {
		...finding,
		suggestion
	};
	const names = `\`${first.name}\`${more.length > 0 ? ` and ${more.length} more` : ""}`;
	return {
		...finding,
		remedy: `${finding.remedy} The same file has vars of hosts at another stage (${names}): make this change in \`host_vars\` instead.`
	};
}
function usesOneOf({ layers }, files) {
	return layers.some((layer) => [...filesOf(layer)].some((file) => files.has(file)));
}
const known = /* @__PURE__ */ new WeakMap();
function filesOf(layer) {
	const files = known.get(layer) ?? new Set([...layer.variables.values()].map(({ namePlace }) => namePlace.file));
	known.set(layer, files);
	return files;
}

// src/rules/check-hosts.ts
const mostOfARule = 2e4;
function checkHosts(subject) {
	const found = new Map(rules.map((rule) => [rule, /* @__PURE__ */ new Map()]));
	const context = contextOf(subject);
	const rehearsed = new Set(context.hosts.filter(isRehearsed).map(({ host }) => host.name));
	for (const { rule, violation, host } of violationsOf(rules, context)) {
		const findings = found.get(rule);
		const isOfRehearsed = host === void 0 ? rehearsed.size > 0 : rehearsed.has(host);
		if (findings) add(findings, rule, violation, host, isOfRehearsed);
	}
	return [...found].flatMap(([rule, findings]) => withoutSharedFixes([...findings.values()], rule, subject.repository.inventory));
}
function isRehearsed({ stage, base }) {
	return stage.stage === "prepared" || stage.stage === "live" && base?.stage.stage !== "live";
}
function add(findings, rule, violation, host, isOfRehearsed) {
	if (findings.size >= mostOfARule) {
		const message = `more than ${mostOfARule} findings of this rule; the rest are not shown`;
		findings.set("more", findingOf(rule, { message }, void 0));
		return;
	}
	const finding = findingOf(rule, violation, host, isOfRehearsed);
	const key = keyOf(finding);
	const earlier = findings.get(key);
	if (!earlier) findings.set(key, finding);
	else if (earlier.host !== finding.host) findings.set(key, withoutHost(earlier));
}
function contextOf({ repository, hosts, checkout, checkoutFailure, base, visibility }) {
	const effective = effectiveValues(repository.files, checkout !== void 0);
	const effectiveBefore = base && effectiveValues(base.files, checkout !== void 0);
	return {
		repository,
		checkout,
		checkoutFailure,
		base,
		visibility,
		hosts: hosts.map((host) => {
			const before = base?.inventory.host(host.name);
			return {
				repository,
				host: effective(host),
				stage: desiredStage(host),
				checkout,
				base: base && {
					host: before && effectiveBefore?.(before),
					stage: before ? desiredStage(before) : notThere
				}
			};
		})
	};
}
const notThere = {
	stage: "off",
	reason: "the host is not in the base"
};
function* violationsOf(rules, context) {
	for (const rule of rules) if ("checkAll" in rule) yield* ofAllHosts(rule, context);
	for (const host of context.hosts) for (const rule of rules) {
		if (!("check" in rule) || !applies(rule, host)) continue;
		for (const violation of rule.check(host)) yield {
			rule,
			violation,
			host: host.host.name
		};
	}
}
function ofAllHosts(rule, context) {
	const hosts = context.hosts.filter((host) => applies(rule, host));
	if (hosts.length === 0 && !(context.hosts.length === 0 && isAboutFiles(rule))) return [];
	return rule.checkAll({
		...context,
		hosts
	}).map((violation) => ({
		rule,
		violation,
		host: violation.host
	}));
}
function isAboutFiles({ stages, needs }) {
	return needs === void 0 && stages.length === desiredStages.length;
}
function keyOf({ id, message, place, host }) {
	return JSON.stringify([
		id,
		message,
		place ?? host
	]);
}
function withoutHost({ host: _, ...finding }) {
	return finding;
}

export { masCliMessages as C, nodeToolMessages as S, extendedIn as _, holds as a, readAcceptances as b, listedProviders as c, stageUnknown as d, stageHidden as f, embeddedText as g, ownNames as h, synapseProviderUnmapped as i, sameService as l, providersVariable as m, isNewRisk as n, isLinked as o, referencesTo as p, marked as r, linksOf as s, checkHosts as t, unreadProviders as u, extensionOf as v, acceptFindings as x, isReadable as y };