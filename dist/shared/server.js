import { t as ToolkitError } from "./errors.js";
import { C as readDeleted, S as userTags, b as renderTags, n as createMasker, w as renderedFiles } from "./with-server.js";

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

// src/migration/run/server.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms))
};
function serverDeps(server, playbook, present, log) {
	return {
		...server,
		clock: systemClock,
		log,
		render: (vars) => render(server.session, playbook, vars === "present" ? present : {}),
		judge: (result) => judge(playbook.target.checkout.dialect, result),
		createUsers: () => createUsers(playbook)
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
async function render(session, playbook, vars) {
	const { host } = playbook.target;
	const outcome = await playbook.run({
		tags: renderTags,
		vars,
		check: true,
		timeoutMs: 12e5
	});
	if (outcome.code !== 0) throw failed(host, `The playbook's check run ended with exit code ${outcome.code}.`);
	const { files, unreadable } = renderedFiles(outcome.results, host);
	if (unreadable.length === 0) return readDeleted(files, async (path) => (await session.readFile(path))?.toString("utf8"));
	throw failed(host, `The playbook does not show what it would write to ${unreadable.join(", ")}.`);
}
async function createUsers(playbook) {
	const { host } = playbook.target;
	const outcome = await playbook.run({
		tags: userTags,
		timeoutMs: 6e5
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

export { readDoctor as a, readSyn2mas as i, serverDeps as n, systemClock as r, preparedVariables as t };