import { t as ToolkitError } from "./errors.js";
import { C as renderedFiles, O as tellingFailures, S as readDeleted, f as masCountsSql, m as parseCounts, n as createMasker, p as migratableCountsSql, r as probeServer, u as runPlaybook, x as userTags, y as renderTags } from "./with-server.js";
import { t as require_dist } from "./dist.js";

// src/mas/output/doctor-messages.ts
const doctorMessages = [
	{
		name: "issuer-not-https",
		severity: "warning",
		match: /is not an HTTPS URL/,
		message: () => "The address of MAS is not https.",
		why: "Clients refuse to log in over an address that anybody on the way can read.",
		remedy: "Leave matrix_authentication_service_hostname to the playbook, and TLS to its reverse proxy."
	},
	{
		name: "well-known",
		severity: "warning",
		match: /[Ww]ell-known (?:replied with|document)|fetch well-known|well-known is missing|the issuer is not the same|valid "issuer" field/,
		message: () => "The file /.well-known/matrix/client of the server name does not say what MAS expects.",
		why: "Clients that look there for the authentication service do not find it, or find another one.",
		remedy: "Serve the file of /matrix/static-files for the server name (the guide on server delegation), then run this again.",
		together: true
	},
	{
		name: "homeserver-unreachable",
		severity: "error",
		match: /Can't reach the homeserver at/,
		message: () => "MAS cannot reach Synapse.",
		why: "MAS makes accounts and devices in Synapse; no login is complete without it.",
		remedy: "See that matrix-synapse runs (systemctl status matrix-synapse), and that both are in one container network."
	},
	{
		name: "invalid-token-accepted",
		severity: "error",
		match: /\*highly\* unexpected/,
		message: () => "Synapse accepted a token that nobody ever made.",
		why: "Whoever answers there accepts anybody as anyone.",
		remedy: "Take the server off the network and look at what answers at the address of the homeserver."
	},
	{
		name: "mas-unreachable-from-synapse",
		severity: "error",
		match: /unable to reach MAS/,
		message: () => "Synapse cannot ask MAS about a token.",
		why: "Every request of a user is refused meanwhile.",
		remedy: "See that matrix-authentication-service runs, and that the secret on both sides is the same; deploy again."
	},
	{
		name: "api-of-synapse",
		severity: "error",
		match: /A Synapse (?:MAS|admin) API endpoint at|Can't reach the Synapse (?:MAS|admin) API/,
		message: () => "MAS cannot use the API of Synapse that it makes accounts and devices with.",
		why: "Logins fail, and sessions that end in MAS stay in Synapse.",
		remedy: "Deploy again, so that both hold the same secret: 403 is a wrong one, 404 a Synapse that does not delegate."
	},
	{
		name: "compatibility-login",
		severity: "error",
		match: /legacy login API at/,
		message: () => "Logins of clients that know no OpenID Connect do not reach MAS.",
		why: "Most clients log in this way; they are told that it does not exist, or log in to the wrong service.",
		remedy: "See that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, as the labels of the playbook say."
	},
	{
		name: "answer-unexpected",
		severity: "warning",
		match: /whoami" replied with/,
		message: () => "Synapse gave an unexpected answer to a token that nobody made.",
		why: "It should refuse it, and did something else.",
		remedy: "Look at the log of matrix-synapse on the server."
	}
];

// src/mas/output/finding-table.ts
function explain(family, table, texts) {
	const hits = /* @__PURE__ */ new Map();
	const unknown = [];
	for (const item of texts) {
		const hit = findRow(table, item.text);
		if (hit === void 0) {
			unknown.push(item);
			continue;
		}
		const { n, ...named } = hit.groups;
		const severity = item.severity ?? hit.row.severity;
		const key = `${hit.row.name} ${severity} ${hit.row.together ? "" : JSON.stringify(named)}`;
		const count = n === void 0 ? 1 : Number(n);
		const known = hits.get(key);
		if (known) known.count += count;
		else hits.set(key, {
			...hit,
			severity,
			count
		});
	}
	return {
		findings: [...hits.values()].map(({ row, groups, count, severity }) => ({
			id: `${family}/${row.name}`,
			severity,
			message: row.message(groups, count),
			why: row.why,
			remedy: row.remedy,
			count
		})),
		unknown
	};
}
function findRow(table, text) {
	for (const row of table) {
		const match = row.match.exec(text);
		if (match) return {
			row,
			groups: { ...match.groups },
			count: 1
		};
	}
}
function counted(n, one, many = `${one}s`) {
	return `${n} ${n === 1 ? one : many}`;
}

// src/mas/output/log-entries.ts
const logLevels = [
	"trace",
	"debug",
	"info",
	"warn",
	"error",
	"fatal"
];
const tracing = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?<level>TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?<span>[\w.]+): )?(?<source>[\w:]+?)(?::\d+)?(?:: [\w./-]+:\d+:)? (?<text>.*)$/;
const log4js = /^\[\d{4}-\d\d-\d\dT[\d:.]+\]\s+\[(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\]\s+(?<source>\S+) - (?<text>.*)$/;
const ansi = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007/g;
function withoutAnsi(text) {
	return text.replace(ansi, "");
}
function levelOf(word) {
	return logLevels.find((level) => level === word?.toLowerCase());
}
function readLog(output) {
	const entries = [];
	for (const line of withoutAnsi(output).split(/\r?\n/)) {
		const groups = (tracing.exec(line) ?? log4js.exec(line))?.groups;
		const last = entries.at(-1);
		if (groups) entries.push({
			level: levelOf(groups.level),
			source: groups.source ?? "",
			lines: [groups.text ?? ""]
		});
		else if (beginsPlainText(line) || last === void 0) entries.push({
			level: void 0,
			source: "",
			lines: [line]
		});
		else last.lines.push(line);
	}
	return entries.map(({ level, source, lines }) => ({
		level,
		source,
		text: lines.join("\n").trimEnd()
	})).filter((entry) => entry.level !== void 0 || entry.text.trim() !== "");
}
function beginsPlainText(line) {
	return /^(?:=====\s|Error: |error: |thread '|Check completed)/.test(line);
}

// src/mas/output/doctor-output.ts
function readDoctor({ exitCode, stdout, stderr }, delegation) {
	const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes("doctor"));
	const good = entries.filter(({ level, text }) => level === "info" && text.includes("✅")).length;
	const notGood = entries.filter(({ level }) => level === "warn" || level === "error");
	const inside = delegation === "no" ? void 0 : loginAskedInside(entries);
	const bad = notGood.filter((entry) => entry !== inside);
	const { findings, unknown } = explain("doctor", doctorMessages, bad.map((entry) => ({
		text: firstLine(entry),
		severity: severityOf(entry, delegation)
	})));
	const ran = exitCode === 0 && entries.length > 1;
	return {
		good,
		ran,
		findings: [
			...findings.map(({ count: _, ...finding }) => finding),
			...unknown.map(({ severity }) => unrecognised$1(severity ?? "error")),
			...inside ? [loginNotSeen] : [],
			...ran ? [] : [didNotRun(exitCode)]
		]
	};
}
function loginAskedInside(entries) {
	const isBad = ({ level }) => level === "warn" || level === "error";
	const noWellKnown = entries.some((entry) => isBad(entry) && /[Ww]ell-known (?:replied with|document)|fetch well-known/.test(entry.text));
	const inside = originIn(entries.find(({ text }) => text.includes("Homeserver is reachable at")));
	const login = entries.find((entry) => isBad(entry) && firstLine(entry).includes("legacy login API at"));
	return noWellKnown && inside !== void 0 && originIn(login) === inside ? login : void 0;
}
function originIn(entry) {
	const address = /"(https?:\/\/[^"\s]+)"/.exec(entry === void 0 ? "" : firstLine(entry))?.[1];
	return address !== void 0 && URL.canParse(address) ? new URL(address).origin : void 0;
}
const loginNotSeen = {
	id: "doctor/compatibility-login-not-seen",
	severity: "notice",
	message: "mas-cli doctor could not see where logins from outside are routed.",
	why: "It gets no well-known file from the public address, so it asked Synapse itself, whose own login is off.",
	remedy: "Ask from outside: `/_matrix/client/v3/login` at the homeserver must answer with the flows of MAS, not with 404."
};
function firstLine({ text }) {
	return text.split("\n")[0] ?? "";
}
function severityOf(entry, delegation) {
	const text = firstLine(entry);
	const waits = /A Synapse (?:MAS|admin) API endpoint|legacy login API/.test(text);
	if (delegation === "no" && waits) return "notice";
	if (delegation === "msc3861" && /A Synapse MAS API endpoint .* 404/.test(text)) return "notice";
	return entry.level === "error" ? "error" : "warning";
}
function unrecognised$1(severity) {
	return {
		id: "doctor/unrecognised",
		severity,
		message: "mas-cli doctor reports something that this toolkit does not know.",
		why: "A newer MAS checks more than this toolkit explains; its text is not shown, for it could hold a secret.",
		remedy: "Run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server and read it."
	};
}
function didNotRun(exitCode) {
	return {
		id: "doctor/did-not-run",
		severity: "error",
		message: `mas-cli doctor did not run to its end (exit code ${exitCode}).`,
		why: "It stops where it cannot read its configuration, or MAS does not run.",
		remedy: "See that matrix-authentication-service runs, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	};
}

// src/mas/output/mas-cli-messages.ts
const schemes = "matrix_authentication_service_config_passwords_schemes";
const synapseExtension = "matrix_synapse_configuration_extension_yaml";
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

// src/mas/output/node-tool-messages.ts
const mappingVariable = "matrix_authentication_service_syn2mas_process_extra_arguments";
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

// src/mas/output/syn2mas-output.ts
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
		dryRun,
		lastLines: lastLines(entries)
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
		dryRun: summary?.[1] !== void 0,
		lastLines: lastLines(entries)
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
function shownLine(line) {
	return shapes.mask(line).replace(/\S*@\S+/g, "@…").replace(/\b([Uu]ser|as) \S+/g, "$1 …").trim().slice(0, 300);
}
function lastLines(entries) {
	return entries.filter(({ level, text }) => level !== "debug" && level !== "trace" && text.trim() !== "").slice(-20).map(({ text }) => shownLine(text.split("\n")[0] ?? ""));
}
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
function withFailure(findings, outcome, exitCode) {
	if (!(outcome === "failed" || outcome === "errors" || outcome === "unproven") || findings.some((finding) => finding.severity === "error")) return [...findings];
	const what = outcome === "unproven" ? "syn2mas ended with code 0, but its output does not show a result." : `syn2mas ended with ${exitCode === null ? "a signal" : `code ${exitCode}`} and gave no reason.`;
	return [...findings, {
		id: outcome === "unproven" ? "syn2mas/no-result" : "syn2mas/failed",
		severity: "error",
		message: what,
		why: "A run that does not report what it counted proves nothing.",
		remedy: "Run it again. If that does not help, run the command by hand on the server.",
		count: 1
	}];
}

// src/server/names.ts
var import_dist = require_dist();
const base = "/matrix/auth-actions";
const homeserverYaml = "/matrix/synapse/config/homeserver.yaml";
const masConfigYaml = "/matrix/matrix-authentication-service/config/config.yaml";
const companion = "matrix-synapse-reverse-proxy-companion";
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

// src/server/guard/guard.service
var guard_default$2 = "[Unit]\nDescription=Puts Synapse back on its own login when a migration to MAS is left alone\nAfter=docker.service matrix-postgres.service\n\n[Service]\nType=oneshot\nExecStart=/bin/bash /matrix/auth-actions/guard/guard.sh tick\nTimeoutStartSec=600\n";

// src/server/guard/guard.sh
var guard_default$1 = "#!/usr/bin/env bash\n# Part of matrix-auth-actions. On a server that is being migrated it puts Synapse back on its own login when whoever\n# migrates is heard of no more. Root may call it: guard.sh status | hold | restore | uninstall. The README is beside it.\nset -euo pipefail\numask 077\nhere=$(dirname \"$(readlink -f \"$0\")\")\n. \"$here/lib.sh\"\n. \"$here/operations.sh\"\n[ ! -e \"$GUARD/settings\" ] || . \"$GUARD/settings\"\n\nstate() { cat \"$GUARD/state\" 2>/dev/null || printf 'absent\\n'; }\nset_state() { printf '%s\\n' \"$1\" | write_durably \"$GUARD/state\"; }\n\n# The way back, from wherever it is called. Users come first: Synapse is up again before MAS's database is seen to. What is\n# in $DANGER keeps a second try from stopping a Synapse that is merely slow to start.\nrestore() {\n  [ -e \"$DANGER\" ] || return 0\n  if [ \"$(cat \"$DANGER\")\" != started ]; then\n    hold_on\n    docker kill \"$SYN2MAS_CONTAINER\" >/dev/null 2>&1 || true\n    systemctl stop \"$MAS_UNIT\" || true\n    # shellcheck disable=SC2046 # A name a word.\n    systemctl stop $(held_units) || true\n    files_put before\n    hold_off\n    synapse_start\n    printf 'started\\n' | write_durably \"$DANGER\"\n  fi\n  await_own_login\n  mas_empty\n  forget_delegated_users\n  systemctl start --no-block \"$MAS_UNIT\"\n  printf '%s\\n' \"$(lock_field run)\" | write_durably \"$RESTORED\"\n  rm -f \"$DANGER\"\n  sync \"$GUARD\"\n}\n\ngo_back() { # from a live server, to what lies in before/\n  mark_danger\n  restore\n}\n\n# The same, where nobody else keeps the journal.\nrestore_alone() { # FENCE\n  if [ -e \"$DANGER\" ]; then\n    note \"$1\" undo-begin restore\n    restore\n    note \"$1\" undo-done restore\n    note \"$1\" end '' rolled-back\n  elif [ \"$(cat \"$RESTORED\" 2>/dev/null)\" = \"$(lock_field run)\" ]; then\n    # Whoever died had begun it, and what runs here needs nobody there to end.\n    note \"$1\" end '' rolled-back\n  else\n    note \"$1\" end '' abandoned\n  fi\n}\n\n# From this line of the journal on there is no way back but one that a person asks for.\nproven() {\n  grep -F \"\\\"run\\\":\\\"$(lock_field run)\\\"\" \"$JOURNAL\" 2>/dev/null |\n    grep -E '\"event\":\"(proven|undo-begin)\"' | tail -n 1 | grep -q '\"event\":\"proven\"'\n}\n\n# For root: true where there is nothing to put back, having said so.\nnothing_to_restore() {\n  [ ! -e \"$DANGER\" ] || return 1\n  if proven; then\n    fail 1 'The migration is proven, and users are on MAS: going back loses what they did there. The action migrate does it (operation: rollback), and counts that.'\n  fi\n  case $(grep -F \"\\\"run\\\":\\\"$(lock_field run)\\\"\" \"$JOURNAL\" 2>/dev/null | tail -n 1) in\n    '' | *'\"event\":\"end\"'*) printf 'Nothing to restore: the last run is ended, and Synapse was left as it is.\\n' ;;\n    *) return 1 ;;\n  esac\n}\n\ntick() {\n  local fence\n  [ \"$(state)\" = armed ] || return 0\n  if proven; then\n    rm -f \"$DANGER\"\n    set_state disarmed\n    leave\n    return 0\n  fi\n  if lease_alive; then return 0; fi\n  fence=$(acquire guard \"$(lock_field run)\" 600) || return 0\n  take_turn \"$fence\"\n  restore_alone \"$fence\"\n  set_state fired\n  leave\n  release \"$fence\"\n}\n\nawait_own_login() {\n  # Not by a pipe: its end would outlive this process, and keep the turn.\n  await_http 180 200 <<<'url = \"http://localhost:8008/_matrix/client/v3/login\"' >/dev/null\n}\n\narm() {\n  install -m 644 \"$GUARD\"/matrix-auth-actions-guard.service \"$GUARD\"/matrix-auth-actions-guard.timer \"$SYSTEMD_DIR\"/\n  sync \"$SYSTEMD_DIR\"\n  systemctl daemon-reload\n  systemctl enable --now matrix-auth-actions-guard.timer >/dev/null 2>&1\n  set_state armed\n  [ \"$(systemctl is-active matrix-auth-actions-guard.timer)\" = active ] || fail 76 'The timer of the guard does not run.'\n  [ \"$(systemctl is-enabled matrix-auth-actions-guard.timer)\" = enabled ] || fail 76 'The guard would not outlive a reboot.'\n}\n\n# Takes off what systemd knows of us; the scripts, the journal and the backups stay. Also called from within the service.\nleave() {\n  systemctl disable --now matrix-auth-actions-guard.timer >/dev/null 2>&1 || true\n  rm -f \"$SYSTEMD_DIR\"/matrix-auth-actions-guard.service \"$SYSTEMD_DIR\"/matrix-auth-actions-guard.timer\n  hold_remove\n}\n\nuninstall() {\n  [ ! -e \"$DANGER\" ] || fail 1 'A migration is in the middle. Run restore first.'\n  set_state disarmed\n  leave\n}\n\nstatus() {\n  local unit\n  printf 'guard    %s\\n' \"$(state)\"\n  printf 'lock     owner \"%s\", fence %s, lease until %s (now %s)\\n' \\\n    \"$(lock_field owner)\" \"$(lock_field fence)\" \"$(lock_field leaseUntil)\" \"$(date +%s)\"\n  printf 'hold     %s\\n' \"$([ -e \"$HOLD\" ] && echo 'on: Synapse cannot start' || echo off)\"\n  printf 'midway   %s\\n' \"$([ -e \"$DANGER\" ] && echo 'yes: restore puts the own login back' || echo no)\"\n  for unit in $(held_units) \"$MAS_UNIT\"; do printf '%-8s %s\\n' \"$(unit_property \"$unit\" ActiveState)\" \"$unit\"; done\n  tail -n 5 \"$JOURNAL\" 2>/dev/null || true\n}\n\nby_hand() { # OWNER: the lock, for root at the keyboard; prints the fence\n  acquire \"$1\" \"$(lock_field run)\" 600 || fail 73 'A migration is under way and alive. Cancel it first, and wait a minute.'\n}\n\ncommand=${1:-status}\n[ $# = 0 ] || shift\ncase $command in\n  status) status ;;\n  acquire) acquire \"$@\" ;;\n  beat) beat \"$@\" ;;\n  release) release \"$@\" ;;\n  append) append_lines \"$@\" ;;\n  await-http) await_http \"$@\" ;;\n  tick) tick ;;\n  uninstall) uninstall ;;\n  hold)\n    fence=$(by_hand root-hold)\n    take_turn \"$fence\"\n    hold_install\n    hold_on\n    hold_prove\n    release \"$fence\"\n    ;;\n  restore)\n    if nothing_to_restore; then exit 0; fi\n    fence=$(by_hand root-restore)\n    take_turn \"$fence\"\n    restore_alone \"$fence\"\n    set_state disarmed\n    leave\n    release \"$fence\"\n    ;;\n  at) # FENCE OPERATION [ARGUMENT …]: one operation of whoever holds the lock\n    fence=$1\n    shift\n    take_turn \"$fence\"\n    case $1 in\n      arm | hold_install | hold_remove | go_down | go_live | go_back | mas_clean | restore | uninstall) \"$@\" ;;\n      safe) rm -f \"$DANGER\" && sync \"$GUARD\" ;;\n      run) \"${@:2}\" 9>&- ;;\n      *) fail 2 \"No operation $1.\" ;;\n    esac\n    ;;\n  *) fail 2 \"guard.sh status | hold | restore | uninstall\" ;;\nesac\n";

// src/server/guard/guard.timer
var guard_default = "[Unit]\nDescription=Looks every few seconds whether a migration to MAS is still attended\n\n[Timer]\nOnBootSec=10s\nOnActiveSec=5s\nOnUnitInactiveSec=5s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n";

// src/server/guard/lib.sh
var lib_default = "# Shared by guard.sh and operations.sh on the server: folders, the lock with its fencing number, the journal.\n# Exit codes: 73 the lock is held, 75 a newer owner has taken over, 76 something could not be proven, 77 not as expected.\n\n# shellcheck disable=SC2034 # Whoever reads this file in uses them.\nBASE=${AUTH_ACTIONS_DIR:-/matrix/auth-actions}\nSYSTEMD_DIR=${AUTH_ACTIONS_SYSTEMD_DIR:-/etc/systemd/system}\nGUARD=$BASE/guard\nJOURNAL=$BASE/journal.jsonl\nLOCK=$BASE/lock.json\nHOLD=$BASE/hold\nDANGER=$GUARD/danger\nRESTORED=$GUARD/restored\n\nfail() {\n  local code=$1\n  shift\n  printf '%s\\n' \"$*\" >&2\n  exit \"$code\"\n}\n\nwrite_durably() { # FILE, content on standard input\n  local temporary=$1.new\n  cat >\"$temporary\"\n  sync \"$temporary\"\n  mv -f \"$temporary\" \"$1\"\n  sync \"$(dirname \"$1\")\"\n}\n\nlock_field() { # NAME\n  [ -s \"$LOCK\" ] || return 0\n  sed -n \"s/.*\\\"$1\\\":\\\"\\{0,1\\}\\([^\\\",}]*\\).*/\\1/p\" \"$LOCK\"\n}\n\nwrite_lock() { # OWNER RUN FENCE LEASE_UNTIL\n  printf '{\"owner\":\"%s\",\"run\":\"%s\",\"fence\":%d,\"leaseUntil\":%d}\\n' \"$1\" \"$2\" \"$3\" \"$4\" | write_durably \"$LOCK\"\n}\n\n# The mutex guards the files of this folder and is held for moments; the turn is held for as long as an operation lasts.\nmutex() {\n  exec 8>\"$BASE/lock.mutex\"\n  flock -w 20 8 || fail 1 'The lock file is busy.'\n}\nleave_mutex() { exec 8>&-; }\n\ncheck_fence() { # FENCE\n  [ \"$(lock_field fence)\" = \"$1\" ] || fail 75 \"A newer owner has taken over (fence $(lock_field fence), not $1).\"\n}\n\ntake_turn() { # FENCE\n  exec 9>\"$BASE/turn\"\n  flock -w 120 9 || fail 1 'Another operation on this server does not end.'\n  check_fence \"$1\"\n}\n\n# A lease is alive until its time is over. The guard and root work on this server themselves, and keep the turn for as long:\n# theirs ends with their process, so that one that died keeps nobody waiting.\nlease_alive() {\n  local until\n  until=$(lock_field leaseUntil)\n  [ -n \"$until\" ] && [ \"$until\" -gt \"$(date +%s)\" ] || return 1\n  case $(lock_field owner) in\n    guard | root-*) turn_taken ;;\n  esac\n}\n\nturn_taken() {\n  ! (\n    exec 9>\"$BASE/turn\"\n    flock -n 9\n  )\n}\n\n# Ends whatever still holds the turn: syn2mas's container, then each process that has the turn's file open as its number 9,\n# children that outlived their parent too.\nend_predecessor() {\n  local descriptor pid\n  docker kill matrix-authentication-service-syn2mas >/dev/null 2>&1 || true\n  exec 9>\"$BASE/turn\"\n  flock -w 5 9 && return 0\n  for descriptor in /proc/[0-9]*/fd/9; do\n    pid=${descriptor#/proc/}\n    pid=${pid%%/*}\n    if [ \"$pid\" != \"$BASHPID\" ] && [ \"$(readlink \"$descriptor\" 2>/dev/null)\" = \"$BASE/turn\" ]; then\n      kill -KILL \"$pid\" 2>/dev/null || true\n    fi\n  done\n  flock -w 30 9 || fail 1 'An operation of the former owner does not end.'\n}\n\n# Prints the fencing number. The number is raised first, so that no operation of the former owner begins after that.\nacquire() { # OWNER RUN LEASE_SECONDS\n  local now until fence\n  mutex\n  now=$(date +%s)\n  until=$(lock_field leaseUntil)\n  if lease_alive; then\n    fail 73 \"Held by $(lock_field owner) for $((until - now)) s more unless renewed.\"\n  fi\n  fence=$(($(lock_field fence) + 1))\n  write_lock \"$1\" \"$2\" \"$fence\" $((now + $3))\n  leave_mutex\n  if [ \"${until:-0}\" != 0 ]; then end_predecessor; fi\n  printf '%d\\n' \"$fence\"\n}\n\nbeat() { # FENCE LEASE_SECONDS\n  mutex\n  check_fence \"$1\"\n  write_lock \"$(lock_field owner)\" \"$(lock_field run)\" \"$1\" $(($(date +%s) + $2))\n  leave_mutex\n}\n\nrelease() { # FENCE\n  mutex\n  check_fence \"$1\"\n  write_lock '' \"$(lock_field run)\" \"$1\" 0\n  leave_mutex\n}\n\n# A line that a crash cut off was never written.\ntrim_torn_line() {\n  [ -s \"$JOURNAL\" ] || return 0\n  if [ \"$(tail -c 1 \"$JOURNAL\" | od -An -tx1 | tr -d ' ')\" != 0a ]; then\n    head -n \"$(wc -l <\"$JOURNAL\")\" \"$JOURNAL\" | write_durably \"$JOURNAL\"\n  fi\n}\n\nappend_lines() { # FENCE FIRST_SEQ, lines on standard input\n  mutex\n  check_fence \"$1\"\n  touch \"$JOURNAL\"\n  chmod 600 \"$JOURNAL\"\n  trim_torn_line\n  [ $(($(wc -l <\"$JOURNAL\") + 1)) = \"$2\" ] || fail 77 'The journal was written by someone else meanwhile.'\n  cat >>\"$JOURNAL\"\n  sync \"$JOURNAL\"\n  leave_mutex\n}\n\nnote() { # FENCE EVENT [STEP] [OUTCOME]: an entry of the server's own\n  local body sum\n  touch \"$JOURNAL\"\n  trim_torn_line\n  body=$(printf '{\"seq\":%d,\"at\":\"%s\",\"run\":\"%s\",\"fence\":%d,\"event\":\"%s\"' \\\n    $(($(wc -l <\"$JOURNAL\") + 1)) \"$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)\" \"$(lock_field run)\" \"$1\" \"$2\")\n  if [ -n \"${3:-}\" ]; then body=$body$(printf ',\"step\":\"%s\"' \"$3\"); fi\n  if [ -n \"${4:-}\" ]; then body=$body$(printf ',\"outcome\":\"%s\"' \"$4\"); fi\n  sum=$(printf '%s}' \"$body\" | sha256sum | cut -c1-64)\n  printf '%s,\"sum\":\"%s\"}\\n' \"$body\" \"$sum\" >>\"$JOURNAL\"\n  sync \"$JOURNAL\"\n}\n";

// src/server/guard/operations.sh
var operations_default = "# What is done to the services, the files and the databases of the server. Each can be repeated.\n# Names come from $GUARD/settings: SYNAPSE_UNIT, WORKER_UNITS (blank-separated), MAS_UNIT, POSTGRES_CONTAINER,\n# SYNAPSE_DATABASE, SYNAPSE_ROLE, MAS_DATABASE, MAS_ROLE, BACKUP (folder of the backup in force).\n\nDROP_IN=90-matrix-auth-actions-hold.conf\nSYN2MAS_CONTAINER=matrix-authentication-service-syn2mas\n\npsql_in() { # DATABASE, SQL on standard input\n  docker exec -i --env-file=/matrix/postgres/env-postgres-psql \"$POSTGRES_CONTAINER\" \\\n    psql -h /run/postgresql -d \"$1\" -v ON_ERROR_STOP=1 -qAt\n}\n\nheld_units() { printf '%s\\n' \"$SYNAPSE_UNIT\" $WORKER_UNITS; }\n\nhold_install() {\n  local unit\n  held_units | while read -r unit; do\n    install -d -m 755 \"$SYSTEMD_DIR/$unit.service.d\"\n    printf '[Unit]\\nConditionPathExists=!%s\\n' \"$HOLD\" | write_durably \"$SYSTEMD_DIR/$unit.service.d/$DROP_IN\"\n    chmod 644 \"$SYSTEMD_DIR/$unit.service.d/$DROP_IN\"\n  done\n  systemctl daemon-reload\n}\n\nhold_remove() {\n  local unit\n  rm -f \"$HOLD\"\n  held_units | while read -r unit; do\n    rm -f \"$SYSTEMD_DIR/$unit.service.d/$DROP_IN\"\n    rmdir \"$SYSTEMD_DIR/$unit.service.d\" 2>/dev/null || true\n  done\n  systemctl daemon-reload\n}\n\nhold_on() {\n  printf 'Synapse and its workers are held here by matrix-auth-actions; see %s/README.\\n' \"$GUARD\" | write_durably \"$HOLD\"\n}\n\nhold_off() {\n  rm -f \"$HOLD\"\n  sync \"$BASE\"\n}\n\nunit_property() { systemctl show -p \"$2\" --value \"$1.service\"; }\n\n# A held unit's start says 0 like any other: only a condition that was asked after the attempt and said no proves the hold.\n# Of a unit that runs systemd asks nothing.\nhold_prove() {\n  local unit before tries\n  for unit in $(held_units); do\n    case $(unit_property \"$unit\" ActiveState) in\n      active | activating | reloading)\n        printf '%s runs; the hold keeps it from its next start on.\\n' \"$unit\"\n        continue\n        ;;\n    esac\n    before=$(unit_property \"$unit\" ConditionTimestampMonotonic)\n    systemctl start --no-block --job-mode=ignore-dependencies \"$unit.service\"\n    tries=0\n    while [ \"$(unit_property \"$unit\" ConditionTimestampMonotonic)\" = \"$before\" ]; do\n      tries=$((tries + 1))\n      [ \"$tries\" -lt 40 ] || fail 76 \"systemd did not ask the condition of $unit.\"\n      sleep 0.05\n    done\n    [ \"$(unit_property \"$unit\" ConditionResult)\" = no ] || fail 76 \"The hold does not keep $unit from starting.\"\n  done\n}\n\nservices_stop() {\n  docker kill \"$SYN2MAS_CONTAINER\" >/dev/null 2>&1 || true\n  # shellcheck disable=SC2046 # A name a word.\n  systemctl stop $(held_units) \"$MAS_UNIT\"\n}\n\ndown_prove() {\n  local unit left tries=0 running\n  running=$(docker ps --format '{{.Names}}')\n  for unit in $(held_units); do\n    ! printf '%s\\n' \"$running\" | grep -qx \"$unit\" || fail 76 \"The container $unit still runs.\"\n    case $(unit_property \"$unit\" ActiveState) in\n      inactive | failed) ;;\n      *) fail 76 \"The unit $unit is still up.\" ;;\n    esac\n  done\n  while :; do\n    left=$(psql_in postgres <<SQL\nSELECT count(*) FROM pg_stat_activity WHERE datname = '$SYNAPSE_DATABASE' AND usename = '$SYNAPSE_ROLE'\nSQL\n    )\n    [ \"$left\" != 0 ] || return 0\n    tries=$((tries + 1))\n    [ \"$tries\" -lt 20 ] || fail 76 \"$left database sessions of Synapse do not end.\"\n    if [ \"$tries\" = 5 ]; then\n      psql_in postgres >/dev/null <<SQL\nSELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$SYNAPSE_DATABASE' AND usename = '$SYNAPSE_ROLE'\nSQL\n    fi\n    sleep 0.2\n  done\n}\n\nsynapse_start() {\n  local unit\n  systemctl start --no-block \"$SYNAPSE_UNIT\"\n  # Behind their dependencies workers would wait for Synapse's health check, some ten seconds.\n  for unit in $WORKER_UNITS; do\n    systemctl start --no-block --job-mode=ignore-dependencies \"$unit\"\n  done\n  [ -s \"$GUARD/also-restart\" ] || return 0\n  while read -r unit; do\n    systemctl try-restart --no-block \"$unit\" || true\n  done <\"$GUARD/also-restart\"\n}\n\nmark_danger() { printf 'down\\n' | write_durably \"$DANGER\"; }\n\n# The whole way down in one call: every second of it is one without a homeserver.\ngo_down() {\n  files_check before\n  mark_danger\n  hold_on\n  services_stop\n  hold_prove\n  down_prove\n}\n\ngo_live() {\n  files_check before\n  files_put after\n  hold_off\n  systemctl start --no-block \"$MAS_UNIT\"\n  synapse_start\n}\n\n# A file set is SIDE/manifest with a line a file: INDEX<TAB>file|absent<TAB>MODE<TAB>OWNER:GROUP<TAB>PATH, and SIDE/INDEX.\nfiles_check() { # SIDE: what is on disk is what SIDE says\n  local index state mode owner path\n  while IFS=$'\\t' read -r index state mode owner path; do\n    if [ \"$state\" = absent ]; then\n      [ ! -e \"$path\" ] || fail 77 \"$path is there, and should not be.\"\n    else\n      cmp -s \"$BASE/$1/$index\" \"$path\" || fail 77 \"$path is not what it was when it was rendered.\"\n    fi\n  done <\"$BASE/$1/manifest\"\n}\n\nfiles_put() { # SIDE\n  local index state mode owner path\n  [ -e \"$BASE/$1/manifest\" ] || return 0\n  while IFS=$'\\t' read -r index state mode owner path; do\n    if [ \"$state\" = absent ]; then\n      rm -f \"$path\"\n    elif ! cmp -s \"$BASE/$1/$index\" \"$path\"; then\n      install -m \"$mode\" -o \"${owner%:*}\" -g \"${owner#*:}\" \"$BASE/$1/$index\" \"$path.auth-actions\"\n      sync \"$path.auth-actions\"\n      mv -f \"$path.auth-actions\" \"$path\"\n    fi\n  done <\"$BASE/$1/manifest\"\n  systemctl daemon-reload\n}\n\nmas_tables() {\n  psql_in \"$MAS_DATABASE\" <<'SQL'\nSELECT tablename FROM pg_tables WHERE schemaname = 'public' AND (tablename LIKE 'syn2mas\\_\\_%'\n OR tablename IN ('syn2mas_restore_constraints', 'syn2mas_restore_indices', 'users', 'user_passwords', 'user_emails',\n  'user_unsupported_third_party_ids', 'upstream_oauth_links', 'compat_sessions', 'compat_access_tokens',\n  'compat_refresh_tokens'))\nSQL\n}\n\n# Takes what syn2mas wrote out of MAS's database again. MAS must be down. A run that died in the middle leaves tables\n# renamed, without constraints and indexes: the dump that was taken before has them whole. Where that dump is of such a\n# state itself, the database is left empty: MAS makes its tables and syncs its configuration when it starts.\nmas_empty() {\n  local tables\n  if [ ! -e \"$GUARD/recreating\" ]; then\n    tables=$(mas_tables)\n    case $tables in\n      *syn2mas_*) printf 'yes\\n' | write_durably \"$GUARD/recreating\" ;;\n      '') return 0 ;;\n      *)\n        printf 'TRUNCATE %s CASCADE;\\n' \"$(printf '%s' \"$tables\" | tr '\\n' ',')\" | psql_in \"$MAS_DATABASE\" 2>/dev/null\n        return 0\n        ;;\n    esac\n  fi\n  psql_in postgres <<SQL\nDROP DATABASE IF EXISTS \"$MAS_DATABASE\" WITH (FORCE);\nCREATE DATABASE \"$MAS_DATABASE\" OWNER \"$MAS_ROLE\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';\nSQL\n  if [ -s \"$BACKUP/mas.dump\" ] && ! grep -q syn2mas_ \"$BACKUP/mas.dump.list\"; then\n    docker exec -i --env-file=/matrix/postgres/env-postgres-psql \"$POSTGRES_CONTAINER\" \\\n      pg_restore -h /run/postgresql -d \"$MAS_DATABASE\" --exit-on-error <\"$BACKUP/mas.dump\"\n  fi\n  rm -f \"$GUARD/recreating\"\n}\n\n# For a Synapse on its own login, which goes on meanwhile even where its unit requires MAS.\nmas_clean() {\n  systemctl stop --job-mode=ignore-dependencies \"$MAS_UNIT\"\n  mas_empty\n  systemctl start --no-block --job-mode=ignore-dependencies \"$MAS_UNIT\"\n}\n\n# Synapse in its MSC3861 mode notes each user that it sees under this provider, and a later syn2mas refuses those.\nforget_delegated_users() {\n  psql_in \"$SYNAPSE_DATABASE\" <<'SQL'\nDELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated';\nSQL\n}\n\nawait_http() { # SECONDS STATUS, curl's configuration on standard input: prints the body of the answer\n  local deadline config answer\n  deadline=$(($(date +%s) + $1))\n  config=$(cat)\n  while :; do\n    answer=$(printf '%s\\n' \"$config\" | timeout 15 docker exec -i \"$SYNAPSE_UNIT\" \\\n      curl -sS -m 10 -w '\\n%{http_code}' -K - 2>/dev/null || true)\n    if [ \"${answer##*$'\\n'}\" = \"$2\" ]; then\n      printf '%s\\n' \"${answer%$'\\n'*}\"\n      return 0\n    fi\n    [ \"$(date +%s)\" -lt \"$deadline\" ] || fail 76 \"The answer was ${answer##*$'\\n'}, not $2.\"\n    sleep 0.1\n  done\n}\n";

// src/server/guard/readme.sh
var readme_default = "# matrix-auth-actions on this server\n#\n# This folder belongs to a migration of Synapse to Matrix Authentication Service (MAS).\n# guard.sh is yours, as root, on a night when GitHub is away:\n#\n#   bash guard.sh status      what runs, who holds the lock, whether Synapse is held, the last lines of the journal\n#   bash guard.sh restore     puts the files back that Synapse had before, takes what the migration wrote out of the\n#                             database of MAS, starts Synapse on its own login, and uninstalls; it can be repeated.\n#                             Not once a migration is proven: then the action migrate goes back (operation: rollback)\n#   bash guard.sh hold        keeps Synapse and its workers from starting, through reboots, until the file ../hold is removed\n#   bash guard.sh uninstall   removes the timer, the unit and the drop-ins; the journal and the backups stay\n#\n# While a migration is alive (it renews its lease every few seconds) restore and hold refuse: end the migration first.\n# ../journal.jsonl is what was done, ../before and ../after are the files of both sides, ../backup holds the backups.\n";

// src/server/guard/guard.ts
const guardFolder = `${base}/guard`;
var ServerTools = class {
	#session;
	#fence;
	constructor(session) {
		this.#session = session;
	}
	get fence() {
		if (this.#fence === void 0) throw new Error("the lock was not taken");
		return this.#fence;
	}
	async install() {
		await this.#expect([
			"install",
			"-d",
			"-m",
			"700",
			base,
			guardFolder,
			`${base}/backup`
		]);
		const files = [
			[
				`${guardFolder}/lib.sh`,
				lib_default,
				384
			],
			[
				`${guardFolder}/operations.sh`,
				operations_default,
				384
			],
			[
				`${guardFolder}/README`,
				readme_default.replace(/^# ?/gm, ""),
				384
			],
			[
				`${guardFolder}/guard.sh`,
				guard_default$1,
				448
			],
			[
				`${guardFolder}/matrix-auth-actions-guard.service`,
				guard_default$2,
				420
			],
			[
				`${guardFolder}/matrix-auth-actions-guard.timer`,
				guard_default,
				420
			]
		];
		for (const [path, content, mode] of files) await this.#session.writeFile(path, content, mode);
	}
	async configure(names, backup) {
		await this.#session.writeFile(`${guardFolder}/settings`, settings(names, backup), 384);
	}
	async acquire(owner, run, leaseSeconds) {
		const result = await this.#call([
			"acquire",
			owner,
			run,
			String(leaseSeconds)
		], { timeoutMs: 12e4 });
		const fence = Number(result.stdout.trim());
		if (!Number.isInteger(fence) || fence < 1) throw failed$1("acquire", result, this.#session.host);
		this.#fence = fence;
		return fence;
	}
	async beat(leaseSeconds) {
		await this.#call([
			"beat",
			String(this.fence),
			String(leaseSeconds)
		], { timeoutMs: 3e4 });
	}
	async release() {
		await this.#call(["release", String(this.fence)]);
	}
	async append(seq, lines) {
		await this.#call([
			"append",
			String(this.fence),
			String(seq)
		], {
			input: lines,
			timeoutMs: 6e4
		});
	}
	async at(operation, ...args) {
		await this.#call([
			"at",
			String(this.fence),
			operation,
			...args
		], { timeoutMs: 6e5 });
	}
	async run(argv, options = {}) {
		const result = await this.#session.run(guard([
			"at",
			String(this.fence),
			"run",
			...argv
		]), options);
		if (result.code === 75) throw failed$1("run", result, this.#session.host);
		return result;
	}
	async awaitHttp(seconds, status, curlConfig) {
		return (await this.#call([
			"await-http",
			String(seconds),
			String(status)
		], {
			input: curlConfig,
			timeoutMs: (seconds + 60) * 1e3
		})).stdout;
	}
	async #call(args, options = {}) {
		const result = await this.#session.run(guard(args), options);
		if (result.code !== 0) throw failed$1(args[0] === "at" ? args[2] ?? "at" : args[0] ?? "", result, this.#session.host);
		return result;
	}
	async #expect(argv) {
		const result = await this.#session.run(argv);
		if (result.code !== 0) throw failed$1(argv[0] ?? "", result, this.#session.host);
	}
};
function guard(args) {
	return [
		"bash",
		`${guardFolder}/guard.sh`,
		...args
	];
}
function settings(names, backup) {
	return [
		`SYNAPSE_UNIT='${names.synapseUnit}'`,
		`WORKER_UNITS='${names.workerUnits.join(" ")}'`,
		`MAS_UNIT='${names.masUnit}'`,
		`POSTGRES_CONTAINER='${names.postgresContainer}'`,
		`SYNAPSE_DATABASE='${names.synapseDatabase}'`,
		`SYNAPSE_ROLE='${names.synapseRole}'`,
		`MAS_DATABASE='${names.masDatabase}'`,
		`MAS_ROLE='${names.masRole}'`,
		`BACKUP='${backup}'`,
		""
	].join("\n");
}
function failed$1(what, result, host) {
	const said = result.stderr.trim().split("\n").at(-1) ?? "";
	if (result.code === 73 || result.code === 75) return new ToolkitError({
		kind: "refused",
		reason: "lock-held",
		what: result.code === 73 ? `Another run holds this server: ${said}` : `Another run has taken this server over: ${said}`,
		where: host,
		remedy: "Wait until it is done. A run that died loses its hold within a minute."
	});
	return new ToolkitError({
		kind: "server",
		reason: "server-command-failed",
		what: `On the server, ${what} failed (exit code ${result.code ?? `signal ${result.signal}`}): ${said}`,
		where: host,
		remedy: "Read the message, put right what it names, and run this again."
	});
}

// src/server/http.ts
function curlConfig({ method = "GET", url, token, body }) {
	return [
		`url = ${quoted(url)}`,
		`request = ${quoted(method)}`,
		token === void 0 ? "" : `header = ${quoted(`Authorization: Bearer ${token}`)}`,
		body === void 0 ? "" : `header = "Content-Type: application/json"\ndata-raw = ${quoted(JSON.stringify(body))}`
	].filter(Boolean).join("\n");
}
function askFrom(session, container) {
	return async (request) => {
		const result = await session.run([
			"docker",
			"exec",
			"-i",
			container,
			"curl",
			"-sS",
			"-m",
			"30",
			"-w",
			"\n%{http_code}",
			"-K",
			"-"
		], {
			input: `${curlConfig(request)}\n`,
			timeoutMs: 6e4
		});
		const cut = result.stdout.lastIndexOf("\n");
		return {
			status: Number(result.stdout.slice(cut + 1)) || 0,
			body: jsonObject(result.stdout.slice(0, cut))
		};
	};
}
function jsonObject(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
	} catch {
		return {};
	}
}
function quoted(text) {
	return `"${text.replaceAll("\\", "\\\\").replaceAll("\"", "\\\"").replaceAll("\n", "\\n")}"`;
}

// src/migration/run/accounts.ts
function sqlOn(session, names) {
	return async (database, text) => {
		const result = await session.run([...[
			"docker",
			"exec",
			"-i",
			"--env-file=/matrix/postgres/env-postgres-psql",
			names.postgresContainer
		], ...[
			"psql",
			"-h",
			"/run/postgresql",
			"-d",
			database,
			"-v",
			"ON_ERROR_STOP=1",
			"-qAt"
		]], {
			input: `${text}\n`,
			timeoutMs: 12e4
		});
		if (result.code !== 0) throw new ToolkitError({
			kind: "server",
			reason: "server-command-failed",
			what: `PostgreSQL refused a query in the database ${database} (psql: exit code ${result.code}).`,
			where: names.host,
			remedy: "Read PostgreSQL's log on the server, then run this again."
		});
		return result.stdout.replace(/\n$/, "");
	};
}
async function countBoth(sql, names) {
	const [synapse, mas] = await Promise.all([sql(names.synapseDatabase, migratableCountsSql(names.dialect)), sql(names.masDatabase, masCountsSql)]);
	return {
		synapse: parseCounts(synapse),
		mas: parseCounts(mas)
	};
}
const adminsSql = "SELECT name FROM users WHERE admin <> 0 AND appservice_id IS NULL ORDER BY name";
function restoreAdmins(sql, names) {
	return forEach(sql, names, adminsSql, (list) => `WITH changed AS (UPDATE users SET can_request_admin = true WHERE username IN (${list})
  AND NOT can_request_admin RETURNING user_id), sessions AS (UPDATE compat_sessions SET is_synapse_admin = true
  WHERE user_id IN (SELECT user_id FROM changed)) SELECT count(*) FROM changed`);
}
const isLocked = "coalesce((to_jsonb(users) ->> 'locked')::boolean, false)";
function restoreLocks(sql, names) {
	return forEach(sql, names, `SELECT name FROM users WHERE appservice_id IS NULL AND ${isLocked} ORDER BY name`, (list) => `WITH changed AS (UPDATE users SET locked_at = now() WHERE username IN (${list}) AND locked_at IS NULL
  RETURNING user_id) SELECT count(*) FROM changed`);
}
async function countClosed(sql, names) {
	const inSynapse = `SELECT count(*) AS closed FROM users WHERE appservice_id IS NULL AND (deactivated <> 0 OR ${isLocked})`;
	const [synapse, mas] = await Promise.all([sql(names.synapseDatabase, inSynapse), sql(names.masDatabase, `SELECT count(*) AS closed FROM users
 WHERE locked_at IS NOT NULL OR to_jsonb(users) ->> 'deactivated_at' IS NOT NULL`)]);
	return {
		synapse: Number(synapse),
		mas: Number(mas)
	};
}
async function forEach(sql, names, select, change) {
	const ids = (await sql(names.synapseDatabase, select)).split("\n").filter(Boolean);
	if (ids.length === 0) return 0;
	const list = ids.map((id) => `'${id.slice(1, id.indexOf(":")).replaceAll("'", "''")}'`).join(", ");
	return Number(await sql(names.masDatabase, `SET standard_conforming_strings = on;\n${change(list)}`));
}

// src/migration/run/server.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms))
};
function serverDeps(session, playbook, log) {
	return {
		session,
		tools: new ServerTools(session),
		clock: systemClock,
		log,
		probe: () => probeServer(session, playbook.checkout.dialect),
		names: (facts) => readNames(session, facts),
		ask: (names) => askFrom(session, names.synapseUnit),
		sql: (names) => sqlOn(session, names),
		render: (vars) => render(session, playbook, vars, log),
		judge: (result) => judge(playbook.checkout.dialect, result),
		createUsers: () => createUsers(playbook, log)
	};
}
function preparedVariables(checkout) {
	const { delegatesWhilePrepared, advertisingVariables } = checkout.capabilities;
	return {
		matrix_authentication_service_migration_in_progress: true,
		...delegatesWhilePrepared ? { matrix_synapse_matrix_authentication_service_enabled: false } : {},
		...Object.fromEntries(advertisingVariables.map((name) => [name, false]))
	};
}
function judge(dialect, { code, stdout, stderr }) {
	const result = readSyn2mas({
		dialect,
		exitCode: code,
		stdout,
		stderr
	});
	const isUnproven = result.outcome === "unproven";
	const ok = isUnproven || result.outcome === "clean" || dialect === "mas-cli" && result.outcome === "warnings";
	const findings = result.findings.filter(({ id }) => !(isUnproven && id === "syn2mas/no-result"));
	const errors = findings.filter((finding) => finding.severity === "error").map((finding) => finding.message);
	const { exitMeaning, lastLines } = result;
	return {
		ok,
		what: `syn2mas: ${[exitMeaning, ...errors].join(" ")}`,
		findings,
		lastLines
	};
}
async function render(session, playbook, vars, log) {
	const { checkout, host, trust, vaultPassword, ansibleBin, present } = playbook;
	const here = vars === "present" ? present : {};
	const outcome = await runPlaybook({
		checkout,
		inventory: here.inventory ?? playbook.inventory,
		limit: host,
		tags: renderTags,
		extraVars: {
			...playbook.extraVars,
			...here.extraVars
		},
		check: true,
		diff: true,
		trust,
		...vaultPassword === void 0 ? {} : { vaultPassword },
		...ansibleBin === void 0 ? {} : { ansibleBin },
		timeoutMs: 12e5,
		...tellingFailures(log.info)
	});
	if (outcome.code !== 0) throw failed(host, `The playbook's check run ended with exit code ${outcome.code}.`);
	const { files, unreadable } = renderedFiles(outcome.results, host);
	if (unreadable.length === 0) return readDeleted(files, async (path) => (await session.readFile(path))?.toString("utf8"));
	throw failed(host, `The playbook does not show what it would write to ${unreadable.join(", ")}.`);
}
async function createUsers(playbook, log) {
	const { checkout, inventory, host, extraVars, trust, vaultPassword, ansibleBin } = playbook;
	const outcome = await runPlaybook({
		checkout,
		inventory,
		limit: host,
		tags: userTags,
		extraVars,
		trust,
		...vaultPassword === void 0 ? {} : { vaultPassword },
		...ansibleBin === void 0 ? {} : { ansibleBin },
		timeoutMs: 6e5,
		...tellingFailures(log.info)
	});
	if (outcome.code === 0 && outcome.stats[host] !== void 0) return;
	throw new ToolkitError({
		kind: "tool",
		reason: "playbook-failed",
		what: `The playbook's tag ${userTags.join(",")} ended with exit code ${outcome.code}.`,
		where: host,
		remedy: "Run the action deploy with the same vars: it makes these accounts too."
	});
}
function failed(host, what) {
	return new ToolkitError({
		kind: "tool",
		reason: "playbook-failed",
		what,
		where: host,
		remedy: "The log of this step names the task that failed, and why; put that right, then run this again."
	});
}

export { countClosed as a, askFrom as c, masConfigYaml as d, readNames as f, countBoth as i, curlConfig as l, readDoctor as m, serverDeps as n, restoreAdmins as o, readSyn2mas as p, systemClock as r, restoreLocks as s, preparedVariables as t, base as u };