import { i as ToolkitError } from "./exec.js";
import { x as readInputs } from "./folders.js";
import { A as heading, D as block, E as renderMarkdown, F as marker, H as Repository, L as paragraph, M as lines, N as link, O as code, P as list, R as strong, T as markerLine, V as placeText, _ as headline, b as stagesOf, d as estimateText, f as plainSeconds, g as findingsPart, h as findingsList, j as isAddress, k as folded, m as acceptedList, n as migrationDocument, p as timeText, v as notShown, x as uncertainty, z as table } from "./migration.js";
import { a as appendSummary, d as setOutput, f as stepInput, i as annotate, l as maskSecret, o as inGroup, p as exportVariable, r as addToPath, s as keepForCleanup, u as printLog } from "./reading.js";
import { d as openFindings, l as plural, n as countText, p as severities, u as bySeverity } from "./account-counts.js";
import { n as pagesOf, t as pageAddress } from "./pages.js";
import { f as visible, i as logText, r as jsonText, t as htmlText } from "./escape.js";
import { createHash } from "node:crypto";

// src/report/annotations.ts
const annotationsPerSeverity = 10;
function annotations(findings) {
	const sorted = openFindings(findings).toSorted(bySeverity);
	const kinds = Map.groupBy(sorted, ({ id, severity }) => `${severity} ${id}`);
	const shown = severities.flatMap((severity) => [...kinds.values()].filter(([first]) => first?.severity === severity).slice(0, annotationsPerSeverity));
	return {
		shown: shown.flatMap(([first, ...others]) => first ? [annotation(first, others)] : []),
		left: sorted.length - shown.flat().length
	};
}
const mostPlaces = 10;
function othersText(others) {
	const named = others.slice(0, mostPlaces).flatMap(({ place, host }) => place ? placeText(place) : host ?? []);
	const rest = named.length < others.length ? " …" : "";
	return `${plural(others.length, "more finding")} of this kind: ${[...new Set(named)].join(", ")}${rest}. The summary of this step lists all.`;
}
function annotation({ id, severity, message, place, host, why, remedy }, others) {
	const text = [
		`${message}${host === void 0 ? "" : ` (host ${host})`}`,
		...others.length > 0 ? [othersText(others)] : [],
		`Why: ${why}`,
		`What to do: ${remedy}`
	];
	const where = place && {
		file: place.file,
		startLine: place.line,
		...place.endLine !== void 0 && { endLine: place.endLine },
		...place.endLine === place.line && {
			startColumn: place.column,
			endColumn: place.endColumn ?? place.column
		}
	};
	return {
		severity,
		title: id,
		message: text.join("\n"),
		...where && { place: where }
	};
}

// src/report/fitting.ts
const mostCommentBytes = 65e3;
function fitToLimit(texts, mostBytes) {
	let last = "";
	for (const text of texts) {
		if (Buffer.byteLength(text) <= mostBytes) return text;
		last = text;
	}
	return cut(last, mostBytes);
}
function cut(text, mostBytes) {
	const bytes = Buffer.from(text).subarray(0, mostBytes - 200);
	const end = Math.max(0, bytes.lastIndexOf("\n"));
	return `${bytes.subarray(0, end).toString("utf8")}\n\nThe whole report is in the log and the report files of this check.`;
}

// src/report/deployment.ts
function deploymentDocument(deployments, failure, pages) {
	const stages = link("stage", pageAddress(pages, "docs/stages.md"));
	const items = deployments.map(({ host, before, after, actual, stageAfter, changed, seconds }) => [lines([code(host), `: ${changed.length} changed tasks in ${seconds.toFixed(0)} s`], [
		"Vars: ",
		fromTo(before, after),
		" · ",
		stages,
		" of the server: ",
		fromTo(actual, stageAfter ?? actual)
	])]);
	return [
		heading(2, "Deployment"),
		...failure === void 0 ? [] : [paragraph(strong("Stopped:"), ` ${failure}`)],
		...list(items)
	];
}
function deploymentSentence(deployments) {
	const changed = deployments.reduce((sum, each) => sum + each.changed.length, 0);
	const next = deployments.some(({ actual, stageAfter }) => stageAfter === "installed" && actual !== stageAfter) ? " MAS now runs beside Synapse, and users log in as before. Next, after a day or more: the pull request that migrates." : "";
	return `Deployed; ${plural(changed, "task")} changed something.${next}`;
}
function fromTo(before, after) {
	return before === after ? after : `${before} → ${after}`;
}

// src/domain/health-checks/doctor.ts
const doctorChecks = {
	"not-checked": {
		subject: "checks that could not run",
		from: "doctor",
		severity: "warning",
		users: "It is unknown whether users are affected.",
		first: "Fix what prevented the check, and run the doctor again."
	},
	unreachable: {
		subject: "whether the doctor can connect to the server",
		from: "doctor",
		severity: "error",
		users: "The server may be down, or reachable for users but not for this check.",
		first: "Open the homeserver in an app. If users are served, check the SSH key and the pinned host key."
	},
	"playbook-failed": {
		subject: "whether the playbook runs on the server",
		from: "doctor",
		severity: "error",
		users: "This alone does not affect users. A deployment would probably fail too.",
		first: "Fix the cause that the message names. The log has the full output."
	}
};

// src/domain/health-checks/mas-cli.ts
const masCliChecks = {
	"issuer-not-https": {
		subject: "whether MAS's public address uses https",
		from: "mas-cli",
		severity: "warning",
		users: "Apps refuse to log in over an unencrypted connection.",
		first: "Set only matrix_authentication_service_hostname, and let the reverse proxy of the playbook handle TLS."
	},
	"well-known": {
		subject: "whether the server itself sees the file /.well-known/matrix/client that MAS expects",
		from: "mas-cli",
		severity: "warning",
		users: "Apps that look there for the authentication service find none, or find another one.",
		first: "Serve the file from /matrix/static-files on the server name (see the playbook's guide on server delegation), then run doctor again."
	},
	"homeserver-unreachable": {
		subject: "whether MAS reaches Synapse",
		from: "mas-cli",
		severity: "error",
		users: "Logins fail, because MAS creates accounts and devices in Synapse.",
		first: "Check that matrix-synapse is running (`systemctl status matrix-synapse`). If it is, remove matrix_authentication_service_config_matrix_endpoint from the vars, whose default is correct, and deploy."
	},
	"invalid-token-accepted": {
		subject: "whether the homeserver that MAS sees rejects an invalid access token",
		from: "mas-cli",
		severity: "error",
		users: "The service at this address lets anyone act as any user.",
		first: "If doctor/unknown-token fails too, take the server off the network. Otherwise, find out which service answers at `matrix.endpoint` of MAS's configuration."
	},
	"mas-unreachable-from-synapse": {
		subject: "whether Synapse reaches MAS",
		from: "mas-cli",
		severity: "error",
		users: "Synapse rejects every request of a user.",
		first: "Check that matrix-authentication-service is running and that both sides have the same secret, then deploy again."
	},
	"api-of-synapse": {
		subject: "whether MAS may use the Synapse API that creates accounts and devices",
		from: "mas-cli",
		severity: "error",
		users: "Logins fail, and sessions that end in MAS stay open in Synapse.",
		first: "Deploy again so that both have the same secret. Status 403 means a wrong secret, 404 a Synapse that does not delegate."
	},
	"compatibility-login": {
		subject: "whether logins from apps without OpenID Connect reach MAS",
		from: "mas-cli",
		severity: "error",
		users: "Users of most apps get an error, or log in to the wrong service.",
		first: "Check that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, as the labels of the playbook define."
	},
	"answer-unexpected": {
		subject: "what the homeserver that MAS sees answers to an invalid access token",
		from: "mas-cli",
		severity: "warning",
		users: "It is unknown. Synapse should reject the token with HTTP 401.",
		first: "Read the log on the server: `journalctl -u matrix-synapse`. If doctor/unknown-token passes, another service answers at `matrix.endpoint` of MAS's configuration."
	},
	"compatibility-login-not-seen": {
		subject: "whether mas-cli doctor could check the route of logins",
		from: "mas-cli",
		severity: "notice",
		users: "This alone does not affect users: mas-cli doctor got no well-known file from the public address, so it asked Synapse directly, whose built-in login is off.",
		first: "From another network, run `curl https://MATRIX_HOST/_matrix/client/v3/login`. It must list the login flows of MAS, not answer 404."
	},
	unrecognised: {
		subject: "lines of mas-cli doctor that this toolkit does not know",
		from: "mas-cli",
		severity: "error",
		users: "It is unknown. A newer MAS may have more checks.",
		first: "Read the message. For its other lines, run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	},
	"did-not-run": {
		subject: "whether mas-cli doctor finishes",
		from: "mas-cli",
		severity: "error",
		users: "They probably cannot log in: mas-cli doctor stops early if it cannot read its configuration or if MAS is not running.",
		first: "Check that matrix-authentication-service is running, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	}
};

// src/domain/health-checks/public.ts
const publicChecks = {
	"public-homeserver": {
		subject: "the address of the homeserver that clients use",
		from: "public",
		severity: "error",
		users: "No app can connect: users see that they are offline.",
		first: "Run on the server: `systemctl status matrix-traefik matrix-synapse matrix-synapse-reverse-proxy-companion`. Check the DNS record and the firewall too."
	},
	certificate: {
		subject: "the TLS certificates of the public names, and how long they are valid",
		from: "public",
		severity: "error",
		users: "Apps and browsers refuse to connect to a name whose certificate is not valid.",
		first: "Run on the server: `journalctl -u matrix-traefik --since -2d | grep -i acme`. It shows why the certificate was not renewed."
	},
	"client-well-known": {
		subject: "the file /.well-known/matrix/client, by which apps find the homeserver",
		from: "public",
		severity: "error",
		users: "A user who enters the server name or a user ID at login does not reach the homeserver. Existing sessions continue.",
		first: "Compare the served file with /matrix/static-files/public/.well-known/matrix/client. If another web server has the server's name, it must serve or redirect /.well-known/matrix."
	},
	"server-well-known": {
		subject: "the file /.well-known/matrix/server, by which other servers find the homeserver",
		from: "public",
		severity: "warning",
		users: "Messages to and from users of other servers are delayed or lost. Rooms on this server work.",
		first: "Compare the served file with /matrix/static-files/public/.well-known/matrix/server."
	},
	"advertised-issuer": {
		subject: "the authentication service that the file for apps names",
		from: "public",
		severity: "error",
		users: "Apps that read it open the wrong page at login, or none. Existing sessions continue.",
		first: "Deploy the default branch. Before the migration, matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled must be false."
	},
	"auth-metadata": {
		subject: "the homeserver's answer to apps that ask for its authentication service",
		from: "public",
		severity: "error",
		users: "Apps that log in with OpenID Connect, such as Element X, cannot log in.",
		first: "Run on the server: `journalctl -u matrix-synapse -n 100`. Synapse fetches this answer from MAS."
	},
	discovery: {
		subject: "MAS's discovery document at its public address",
		from: "public",
		severity: "error",
		users: "Apps that log in with OpenID Connect, such as Element X, cannot log in, and users cannot open their account page.",
		first: "Run on the server: `systemctl status matrix-authentication-service matrix-traefik`. Check that the public address in the vars is the one that the reverse proxy routes to MAS."
	},
	"signing-keys": {
		subject: "MAS's public signing keys",
		from: "public",
		severity: "error",
		users: "Apps cannot verify what MAS signs, so logins with OpenID Connect fail.",
		first: "Run on the server: `ls -l /matrix/matrix-authentication-service/data/keys; journalctl -u matrix-authentication-service -n 50`."
	},
	"login-page": {
		subject: "MAS's pages to log in and to grant access to an app",
		from: "public",
		severity: "error",
		users: "Users who log in through the browser see an error instead of the login page.",
		first: "Run on the server: `journalctl -u matrix-authentication-service -n 100`. Check that its web listener has the resources `human` and `assets`."
	},
	"public-login": {
		subject: "which service answers the login of apps without OpenID Connect",
		from: "public",
		severity: "error",
		users: "Users of most apps cannot log in. Existing sessions continue.",
		first: "Check that the reverse proxy routes /_matrix/client/*/login to MAS after the migration, and to Synapse before it. The labels of the container matrix-authentication-service decide."
	},
	"public-logout": {
		subject: "which service answers the logout of apps",
		from: "public",
		severity: "error",
		users: "Users cannot log out: a lost or stolen device stays logged in.",
		first: "Check that the reverse proxy routes /_matrix/client/*/logout to MAS after the migration. The labels of the container matrix-authentication-service decide."
	},
	"public-refresh": {
		subject: "which service renews the tokens of apps",
		from: "public",
		severity: "error",
		users: "Apps with tokens that expire are logged out after some minutes.",
		first: "Check that the reverse proxy routes /_matrix/client/*/refresh to MAS. The labels of the container matrix-authentication-service decide."
	},
	"upstream-discovery": {
		subject: "the discovery documents of the upstream providers",
		from: "public",
		severity: "error",
		users: "Users of this provider cannot log in. Existing sessions continue.",
		first: "Open the provider's discovery document in a browser, and compare its issuer with the one in the vars."
	},
	canary: {
		subject: "login, use of the session and logout of the test account",
		from: "public",
		severity: "error",
		users: "If the test account cannot log in with the right password, users probably cannot either.",
		first: "Log in with the test account in an app. If that works, check `canary-user` and `canary-password`."
	},
	"public-view": {
		subject: "whether the runner can see the server as the public does",
		from: "public",
		severity: "notice",
		users: "It is unknown whether users can reach the server. Checks on the server itself do not depend on this.",
		first: "Use a runner that resolves the public names of the server. A name below a domain such as .test or .internal has no public address."
	}
};

// src/domain/health-checks/server.ts
const serverChecks = {
	"client-addresses": {
		subject: "whether MAS sees users' own addresses",
		from: "server",
		severity: "warning",
		users: "After a few wrong passwords by anyone, nobody can log in for some minutes: MAS counts all users as one address. The account page shows a wrong address for each session.",
		first: "Add the address range of the reverse proxy to matrix_authentication_service_config_http_trusted_proxies, and deploy."
	},
	"prepared-for": {
		subject: "for how long the server has been prepared",
		from: "server",
		severity: "warning",
		users: "Nothing. But real logins do not test MAS yet, and every update must work before and after the migration.",
		first: "Open the migrate pull request, or remove MAS from the vars."
	},
	"rollback-price": {
		subject: "what a rollback of the migration would cost users now",
		from: "server",
		severity: "notice",
		users: "Nothing now. A rollback would log out the sessions that users started since the migration.",
		first: "If you still consider a rollback, decide soon: each login adds a session that it would end."
	},
	"backup-age": {
		subject: "the age of the newest PostgreSQL backup that the playbook made",
		from: "server",
		severity: "warning",
		users: "Nothing now. If the database is lost, users lose what they wrote since that backup.",
		first: "Run on the server: `systemctl status matrix-postgres-backup; journalctl -u matrix-postgres-backup -n 50`."
	},
	drift: {
		subject: "whether the server matches the default branch",
		from: "server",
		severity: "warning",
		users: "Nothing now. The next deployment changes more than its pull request shows.",
		first: "Deploy the default branch, or change its vars to match the server. After a rollback, the summary of the rollback has the change of the vars."
	},
	"pending-restart": {
		subject: "whether each service runs the image that its unit names",
		from: "server",
		severity: "warning",
		users: "Nothing now. The next restart, for example after a power failure, changes the version without a deployment.",
		first: "Choose a quiet time and restart the service, or deploy again."
	},
	versions: {
		subject: "whether Synapse and MAS run the versions that the vars pin",
		from: "server",
		severity: "warning",
		users: "Users may meet problems that the pinned version does not have.",
		first: "Deploy the default branch."
	},
	journal: {
		subject: "errors in the journal since the last health check",
		from: "server",
		severity: "warning",
		users: "This depends on the kind of error, which the finding names.",
		first: "Read the journal of the unit that the finding names: `journalctl -u UNIT --since -4h`."
	},
	"state-unreadable": {
		subject: "whether the databases and configuration files of the server can be read",
		from: "server",
		severity: "error",
		users: "Probably nothing works, for example because PostgreSQL is not running.",
		first: "Run on the server: `systemctl status matrix-postgres matrix-synapse`. Check the files under /matrix."
	},
	stage: {
		subject: "whether the server is in a regular stage",
		from: "server",
		severity: "error",
		users: "Some users may be locked out, and the next deployment could lock out all.",
		first: "Do not deploy. Compare the server with the vars; docs/stages.md lists the causes."
	},
	"unit-down": {
		subject: "whether Synapse, its workers, MAS and PostgreSQL run",
		from: "server",
		severity: "error",
		users: "If Synapse or PostgreSQL is down, no one can use the server. If MAS is down, users cannot log in, and sessions can fail. If a worker is down, some functions fail.",
		first: "Run on the server: `systemctl status UNIT; journalctl -u UNIT -n 50`."
	},
	"accounts-missing-in-mas": {
		subject: "whether MAS has all of Synapse's active accounts",
		from: "server",
		severity: "error",
		users: "The owners of the missing accounts cannot log in, and their sessions are rejected.",
		first: "Do not deploy. If MAS has some of the accounts, roll back, then migrate again. If MAS has none, the migration never ran: docs/stages.md lists what to do."
	},
	"unknown-token": {
		subject: "whether Synapse rejects an invalid access token",
		from: "server",
		severity: "error",
		users: "With HTTP 200 anyone gets in. With HTTP 503 Synapse cannot reach MAS and rejects every user. No answer is an outage.",
		first: "Run on the server: `systemctl status matrix-synapse matrix-authentication-service; journalctl -u matrix-synapse -u matrix-authentication-service -n 50`"
	},
	"compatibility-layer": {
		subject: "whether MAS itself answers the login of apps without OpenID Connect",
		from: "server",
		severity: "error",
		users: "Users of most apps cannot log in. Existing sessions continue.",
		first: "Check that matrix-authentication-service is running and that its listener has the resource `compat`."
	},
	hold: {
		subject: "whether a run of this toolkit is unfinished",
		from: "server",
		severity: "error",
		users: "Synapse can be down, or between its built-in login and MAS.",
		first: "Manually start the workflow that runs migrate, with operation: resume."
	}
};

// src/domain/health-checks.ts
const healthChecks = {
	...publicChecks,
	...serverChecks,
	...doctorChecks,
	...masCliChecks
};
function healthCheckOf(id) {
	const name = id.replace(/^doctor\//, "");
	return isCheckName(name) ? healthChecks[name] : void 0;
}
function isCheckName(name) {
	return Object.hasOwn(healthChecks, name);
}
function checkId(name) {
	return `doctor/${name}`;
}
function pageOfCheck(name) {
	return `docs/checks/${name}.md`;
}
function failedCheck(name, message, parts = {}) {
	const { severity, users, first } = healthChecks[name];
	return {
		id: checkId(name),
		severity,
		message,
		why: users,
		remedy: first,
		page: pageOfCheck(name),
		...parts
	};
}

// src/report/health.ts
function healthDocument(hosts, pages) {
	const findings = hosts.flatMap((host) => host.findings);
	const items = hosts.map(({ host, stage, healthy, good }) => [lines([
		healthy ? "✅ " : "❌ ",
		code(host),
		healthy ? " is healthy" : " is not healthy"
	], [link("Stage", pageAddress(pages, "docs/stages.md")), ` of the server: ${stage ?? "unknown"}. ${plural(good, "check")} of mas-cli doctor passed.`])]);
	return [
		heading(2, "Doctor"),
		paragraph(healthHeadline(hosts, findings)),
		...list(items),
		...findingsPart(findings, {
			most: 200,
			pages
		}),
		...hosts.flatMap(checksTable)
	];
}
function healthHeadline(hosts, findings) {
	if (hosts.length === 0) return "❓ No server was checked.";
	const unexplained = hosts.filter((host) => !host.healthy && openFindings(host.findings).length === 0).length;
	if (unexplained === 0) return headline(findings);
	const first = `❌ ${plural(unexplained, "server")} ${unexplained === 1 ? "is" : "are"} not healthy`;
	return findings.length === 0 ? first : `${first}; ${headline(findings)}`;
}
function checksTable({ host, checks = [] }) {
	const subject = ({ id }) => healthCheckOf(id)?.subject ?? id;
	const row = (result, subjects, detail) => [[`${checkMarks[result]} ${subjects}`], [detail]];
	const asked = checks.filter(({ result }) => result !== "skipped");
	const skipped = checks.filter(({ result }) => result === "skipped");
	const byReason = Map.groupBy(skipped, ({ detail }) => detail);
	const rows = [...asked.map((check) => row(check.result, subject(check), check.detail)), ...[...byReason].map(([reason, those]) => row("skipped", those.map(subject).join(", "), reason))];
	return folded(`All checks of ${host}`, table(["Check", "Result"], rows));
}
const checkMarks = {
	holds: "✅ passed:",
	fails: "❌ failed:",
	unknown: "❓ could not run:",
	skipped: "➖ not applicable:"
};
const name = "matrix-auth-actions: doctor";
const incidentMarker = markerLine(name);
function renderIncident(health, { since, previous, at, pages, run }) {
	const open = openFindings(health.findings).toSorted(bySeverity);
	const [first] = open;
	const errors = new Set(open.filter(({ severity }) => severity === "error").map(({ id }) => id));
	const history = [...pastChecks(previous), {
		at,
		errors: [...errors].slice(0, mostErrors)
	}].slice(-mostChecks);
	const kept = renderMarkdown([marker(historyMarker(history))]);
	const text = (most) => renderMarkdown([
		marker(name),
		lines([
			code(health.host),
			" has been unhealthy since ",
			strong(timeText(since)),
			"."
		], ...first ? [
			[strong("What is wrong:"), ` ${first.message}`],
			[strong("What users notice:"), ` ${first.why}`],
			[strong("What to do first:"), ` ${first.remedy}`]
		] : []),
		...open.length > 1 ? [heading(3, "All findings"), ...findingsList(open, {
			most,
			pages
		})] : [],
		heading(3, "The last checks"),
		...historyTable(history),
		paragraph("Details: ", link("the log of the last check", run), ". This issue is closed when the server is healthy again.")
	]);
	return `${fitToLimit([
		50,
		10,
		0
	].map(text), mostCommentBytes - Buffer.byteLength(kept) - 2)}\n\n${kept}`;
}
const mostChecks = 10;
const mostErrors = 20;
function historyMarker(history) {
	return `history: ${history.map(({ at, errors }) => `${at} ${errors.join(",")};`).join(" ")}`;
}
function pastChecks(body) {
	const [, kept = ""] = /^<!-- history: (.*) -->$/m.exec(body) ?? [];
	return [...kept.matchAll(/(\d{4}-\d\d-\d\dT[\d:.]+Z) ((?:[a-z0-9-]+\/[a-z0-9-]+,?)*);/g)].map(([, at = "", errors = ""]) => ({
		at,
		errors: errors.split(",").filter(Boolean)
	}));
}
function historyTable(history) {
	const rows = history.toReversed().map(({ at, errors }) => [[timeText(at)], errors.length === 0 ? ["no error"] : errors.flatMap((id, index) => index === 0 ? [code(id)] : [", ", code(id)])]);
	return table(["Checked", "Errors"], rows);
}
function renderRecovery(host, since, now) {
	const minutes = Math.max(1, Math.round((Date.parse(now) - Date.parse(since)) / 6e4));
	const duration = minutes < 120 ? plural(minutes, "minute") : minutes < 2880 ? plural(Math.round(minutes / 60), "hour") : plural(Math.round(minutes / 1440), "day");
	return renderMarkdown([paragraph(code(host), ` is healthy again, ${duration} after the first failed check.`)]);
}
function renderNoDoctor(run) {
	return renderMarkdown([marker(name), paragraph("The doctor failed before it checked any server, so it is unknown whether users are served. For the cause, see ", link("the log of its job", run), ".")]);
}

// src/report/html.ts
function renderHtml(title, document) {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
${blocksOf(document)}
</main>
</body>
</html>
`;
}
const style = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --back: #fff; --block: #f6f8fa; --link: #0550ae; --bar: #54aeff; --down: #cf222e }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #b1bac4; --line: #3d444d; --back: #0d1117; --block: #151b23; --link: #79c0ff; --bar: #388bfd; --down: #f85149 } }
@media print { :root { color-scheme: light; --text: #000; --soft: #333; --line: #999; --back: #fff; --block: #fff; --link: #000 } h2, h3 { break-after: avoid } li, tr, svg { break-inside: avoid } }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, "Liberation Sans", "Noto Color Emoji", sans-serif; overflow-wrap: anywhere }
main { max-width: 50rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.3rem; border-bottom: 1px solid var(--line) } h3 { font-size: 1.1rem }
a { color: var(--link) } .note { color: var(--soft); font-size: .875rem } ul { padding-left: 1.2rem } li { margin: .4rem 0 } li > p { margin: .2rem 0 }
code, pre { font: .875em/1.5 ui-monospace, "Liberation Mono", monospace; background: var(--block) } code { padding: .1em .3em } pre { padding: .8rem; border: 1px solid var(--line); white-space: pre-wrap } pre code { padding: 0 }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% } th, td { overflow-wrap: break-word; border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top }
details { border: 1px solid var(--line); padding: .5rem .8rem; margin: 1rem 0 } summary { font-weight: 600 }
svg { display: block; width: 100%; height: 2rem } .bar { fill: var(--bar) } .down { fill: var(--down) } .key { color: var(--soft) } strong.down { color: var(--down); fill: none }
`;
const digest = createHash("sha256").update(style).digest("base64");
function blocksOf(document) {
	return document.map(htmlOf).filter(Boolean).join("\n");
}
function htmlOf(block) {
	switch (block.kind) {
		case "heading": return `<h${block.level}>${inline(block.text)}</h${block.level}>`;
		case "paragraph": return `<p>${block.lines.map(inline).filter(Boolean).join("<br>\n")}</p>`;
		case "list": return `<ul>\n${block.items.map((item) => `<li>${blocksOf(item)}</li>`).join("\n")}\n</ul>`;
		case "table": return tableOf(block.head, block.rows);
		case "block": return `<pre><code>${blockText(block.text)}</code></pre>`;
		case "folded": return `<details open><summary>${htmlText(block.summary)}</summary>\n${blocksOf(block.blocks)}\n</details>`;
		case "timeline": return timeline(block.sections);
		case "note": return `<p class="note">${inline(block.text)}</p>`;
		case "marker": return "";
	}
}
function inline(text) {
	return text.map(inlineOf).join("");
}
function inlineOf(part) {
	if (typeof part === "string") return sentence(part);
	switch (part.kind) {
		case "code": return `<code>${htmlText(part.text)}</code>`;
		case "strong": return `<strong>${htmlText(part.text)}</strong>`;
		case "link": {
			const label = inlineOf(part.label);
			return isAddress(part.address) ? `<a href="${htmlText(part.address)}">${label}</a>` : label;
		}
	}
}
function sentence(text) {
	return text.split(/(`[^`\n]+`)/).map((part) => /^`[^`]+`$/.test(part) ? `<code>${htmlText(part.slice(1, -1))}</code>` : htmlText(part)).join("");
}
function blockText(text) {
	return text.split(/\r\n|\n|\r/).map(htmlText).join("\n");
}
function tableOf(head, rows) {
	const label = head.flat().filter((part) => typeof part === "string").join(", ");
	const row = (cells, name) => `<tr>${cells.map((cell) => `<${name}>${inline(cell)}</${name.split(" ")[0]}>`).join("")}</tr>`;
	return `<div class="wide" role="group" aria-label="${htmlText(label)}" tabindex="0"><table>\n<thead>${row(head, "th scope=\"col\"")}</thead>\n<tbody>\n${rows.map((cells) => row(cells, "td")).join("\n")}\n</tbody>\n</table></div>`;
}
const width = 1e3;
function timeline(sections) {
	const lengths = sections.map(({ bars }) => bars.reduce((sum, { seconds }) => sum + seconds, 0));
	const all = lengths.reduce((sum, length) => sum + length, 0) || 1;
	let start = 0;
	const rects = sections.map(({ isDown }, index) => {
		const length = (lengths[index] ?? 0) / all * width;
		const rect = `<rect x="${start.toFixed(1)}" y="${isDown ? 0 : 8}" width="${Math.max(1, length - 1).toFixed(1)}" height="${isDown ? 32 : 16}" class="${isDown ? "down" : "bar"}"/>`;
		start += length;
		return rect;
	});
	const texts = sections.map(({ name, isDown }, index) => {
		const text = htmlText(`${name}: ${plainSeconds(lengths[index] ?? 0)}`);
		return `<li>${isDown ? `<strong class="down">${text}</strong>` : text}</li>`;
	});
	const label = htmlText(sections.map(({ name }, index) => `${visible(name)} ${plainSeconds(lengths[index] ?? 0)}`).join(", "));
	return `<svg viewBox="0 0 ${width} 32" preserveAspectRatio="none" role="img" aria-label="${label}">${rects.join("")}</svg>\n<ul class="key">\n${texts.join("\n")}\n</ul>`;
}

// src/report/rehearsal.ts
const verdicts = {
	clean: "clean",
	findings: "passed, with findings",
	"would-fail": "migration would fail",
	failed: "could not rehearse",
	live: "nothing to rehearse"
};
const rehearsalMessages = {
	clean: "The rehearsal found nothing that would stop the migration.",
	findings: "Nothing would stop the migration. Read the findings first.",
	"would-fail": "The migration would fail, so `migrate` refuses to start it. Fix the findings, then rehearse again."
};
function rehearsalSign({ verdict, findings }) {
	if (verdict === "would-fail" || verdict === "failed") return "❌";
	return openFindings(findings).some(({ severity }) => severity !== "notice") ? "⚠️" : "✅";
}
function rehearsedHeadline(findings, hosts) {
	const has = (verdict) => hosts.some((host) => host.verdict === verdict);
	const parts = [...has("would-fail") ? ["❌ The migration would fail"] : [], ...has("failed") ? ["❌ The rehearsal could not run"] : []];
	if (parts.length === 0) return headline(findings);
	return [...parts, ...findings.length === 0 ? [] : [headline(findings)]].join("; ");
}
function rehearsalDocument(hosts, pages) {
	const findings = hosts.flatMap((host) => host.findings);
	return [
		heading(2, "Rehearsal"),
		paragraph(hosts.length === 0 ? "❓ No server was rehearsed." : rehearsedHeadline(findings, hosts)),
		...list(hosts.map((host) => [rehearsalLines(host)])),
		...findingsPart(findings, {
			most: 1e3,
			pages
		}),
		...hosts.flatMap(({ host, toolOutput = [] }) => folded(`What syn2mas printed last on ${host}`, toolOutput.length === 0 ? [] : [block(toolOutput.join("\n"))]))
	];
}
function rehearsalLines(report) {
	const { host, verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt } = report;
	const amounts = countsText(counts);
	return lines([code(host), `: ${rehearsalSign(report)} ${verdicts[verdict]}. ${message}`], [amounts === "" ? "" : `Would migrate: ${amounts}.`], [expectedWindowSeconds === void 0 ? "" : `Expected downtime: ${estimateText(expectedWindowSeconds)}.`], [rehearsedAt === void 0 ? "" : `Rehearsed at ${timeText(rehearsedAt)}.`]);
}
function countsText(counts) {
	return Object.entries(counts).map(([category, count]) => countText(category, count)).join(", ");
}

// src/report/json.ts
const reportSchema = "https://matrix-auth-actions.example/schemas/validation.schema.json";
function renderJson({ hosts, findings }) {
	const open = openFindings(findings);
	const counts = {
		...Object.fromEntries(severities.map((severity) => [severity, open.filter((finding) => finding.severity === severity).length])),
		accepted: findings.length - open.length
	};
	return jsonText({
		$schema: reportSchema,
		version: 1,
		counts,
		hosts,
		findings
	});
}

// src/report/report.ts
function reportJson(report) {
	switch (report.kind) {
		case "validation": return renderJson(report.verdict);
		case "rehearsal": return jsonText({
			version: 1,
			hosts: report.hosts,
			receipts: report.receipts
		});
		case "health": return jsonText({
			version: 1,
			hosts: report.hosts
		});
		case "deployment": return jsonText({
			schema: "deployment/1",
			deployments: report.deployments,
			ok: report.ok
		});
		case "migration": return jsonText(report.report);
		case "status": {
			const { kind: _, ...status } = report;
			return jsonText({
				schema: "status/1",
				...status
			});
		}
	}
}
function findingsOf(report) {
	switch (report.kind) {
		case "validation": return report.verdict.findings;
		case "rehearsal":
		case "health": return report.hosts.flatMap((host) => host.findings);
		case "migration": return report.report.findings;
		case "deployment":
		case "status": return [];
	}
}
const wanted = {
	off: "MAS is not to be installed.",
	prepared: "MAS is to be installed, without accounts.",
	live: "MAS is to have the accounts, and Synapse to delegate to it.",
	unknown: "A variable that decides it is Jinja or in a vault."
};
function statusText({ vars, stage, why, text }) {
	return `vars      ${vars}: ${wanted[vars]}\nserver    ${stage}: ${why}\n${text.trimEnd()}`;
}

// src/report/summary.ts
const mostSummaryBytes = 1e6;
function renderSummary(verdict, pages) {
	return fitToLimit(fromFullToShort(verdict, pages), mostSummaryBytes);
}
function* fromFullToShort(verdict, pages) {
	for (const rows of [
		1e3,
		200,
		50
	]) yield renderMarkdown(checkDocument(verdict, rows, pages));
}
function checkDocument({ hosts, findings }, most, pages) {
	const shown = hosts.slice(0, most);
	return [
		heading(2, "Inventory check"),
		paragraph(headline(findings)),
		...hosts.length === 0 ? [paragraph("The inventory has no hosts.")] : [],
		...list(shown.map(({ host, outlook }) => [lines([code(host), `: ${outlook.sentence}`])])),
		...notShown(hosts.length - shown.length, "host"),
		...findingsPart(findings, {
			most,
			pages
		}),
		...acceptedList(findings, {
			most,
			pages
		}),
		...stagesOf(hosts, most, pages)
	];
}

// src/report/page.ts
function documentOf(report, pages) {
	switch (report.kind) {
		case "validation": return checkDocument(report.verdict, 1e3, pages);
		case "rehearsal": return rehearsalDocument(report.hosts, pages);
		case "health": return healthDocument(report.hosts, pages);
		case "deployment": return deploymentDocument(report.deployments, report.failure, pages);
		case "migration": return migrationDocument(report.report, {
			toRestore: report.toRestore,
			pages
		});
		case "status": return [
			heading(2, "Status of ", code(report.host)),
			block(statusText(report)),
			paragraph(strong("Next:"), ` ${report.next}`)
		];
	}
}
const titles = {
	validation: "Check of an inventory",
	rehearsal: "Rehearsal of a migration",
	health: "Health of Matrix servers",
	deployment: "Deployment",
	migration: "Migration of a Matrix server",
	status: "Status of a Matrix server"
};
function reportPage(report, pages) {
	return renderHtml(titles[report.kind], documentOf(report, pages));
}

// src/report/text.ts
function renderText({ hosts, findings }) {
	return logText([
		...hostLines(hosts),
		...findingLines(findings),
		headlineText(findings)
	].join("\n"));
}
function hostLines(hosts) {
	return hosts.flatMap(({ host, stage, before, reason, outlook }) => [`${host}: ${before === void 0 || before === stage ? stage : `${before} -> ${stage}`} (${reason})`, `  ${[outlook.sentence, outlook.otherwise].filter(Boolean).join(" ")}`]);
}
function findingLines(findings) {
	return findings.flatMap(({ id, severity, message, place, host, remedy, accepted }) => [`${place ? placeText(place) : host ?? "inventory"}: ${accepted ? "accepted" : severity}: ${message} [${id}]`, accepted ? `  Accepted: ${accepted.reason}` : `  ${remedy}`]);
}
function headlineText(findings) {
	const open = openFindings(findings);
	const errors = open.filter(({ severity }) => severity === "error").length;
	const accepted = findings.length - open.length;
	const aside = accepted > 0 ? `, ${accepted} accepted` : "";
	return `${plural(open.length, "finding")}, ${plural(errors, "error")}${aside}${uncertainty(open)}`;
}

// src/actions/runner-port.ts
function runnerPort(environment) {
	return {
		log: printLog,
		show: (report) => show(report, pagesOf(environment)),
		note: (document) => appendSummary(renderMarkdown(document)),
		setOutput,
		inGroup,
		maskSecret,
		addToPath,
		exportVariable,
		keepForCleanup
	};
}
async function show(report, pages) {
	if (report.kind === "validation") printLog(renderText(report.verdict));
	if (report.kind === "status") printLog(`${statusText(report)}\nnext      ${report.next}`);
	const { shown, left } = annotations(findingsOf(report));
	shown.forEach(annotate);
	if (left > 0) printLog(`Findings without an annotation: ${left}. GitHub shows ten of each severity.`);
	if (report.kind !== "validation") await appendSummary(fitToLimit([renderMarkdown(documentOf(report, pages))], mostSummaryBytes));
	else if (report.isSummarised) await appendSummary(renderSummary(report.verdict, pages));
}

// src/actions/run-action.ts
function cancellable(runtime) {
	const controller = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort());
	return {
		...runtime,
		signal: controller.signal
	};
}
function defineAction(action) {
	return action;
}
async function perform(action, source, runtime) {
	for (const [name, { isSecret }] of Object.entries(action.inputs)) if (isSecret) runtime.port.maskSecret(source(name) ?? "");
	return action.run(readInputs(action.inputs, source), runtime, source);
}
const bugExitCode = 70;
async function runAction(action) {
	const environment = process.env;
	const runtime = {
		environment,
		repository: new Repository(environment.GITHUB_WORKSPACE ?? process.cwd()),
		log: printLog,
		port: runnerPort(environment)
	};
	try {
		await perform(action, stepInput, runtime);
		setOutput("failure-reason", "");
	} catch (error) {
		process.exitCode = report(error);
	}
}
function report(error) {
	if (error instanceof ToolkitError) {
		fail(error.reason, error.message, error.describe());
		return 1;
	}
	fail("internal", "matrix-auth-actions failed because of a bug", error instanceof Error ? error.stack ?? error.message : String(error));
	printLog("This is a bug in matrix-auth-actions, not in your repository. Please report it with the lines above.");
	return bugExitCode;
}
function fail(reason, title, message) {
	annotate({
		severity: "error",
		title,
		message
	});
	setOutput("failure-reason", reason);
}

export { deploymentSentence as C, pageOfCheck as S, mostCommentBytes as T, renderNoDoctor as _, findingLines as a, failedCheck as b, documentOf as c, countsText as d, rehearsalMessages as f, renderIncident as g, incidentMarker as h, runAction as i, reportPage as l, rehearsedHeadline as m, defineAction as n, headlineText as o, rehearsalSign as p, perform as r, hostLines as s, cancellable as t, reportJson as u, renderRecovery as v, fitToLimit as w, healthChecks as x, checkId as y };