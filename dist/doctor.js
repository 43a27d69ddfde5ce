import { a as table, i as reasons, n as headline, o as annotations, t as findingsTable } from "./shared/markdown.js";
import { C as markdownCode, _ as readInputs, f as actionInput, g as optional, v as text, y as wholeNumber } from "./shared/git-files.js";
import { n as ToolkitError } from "./shared/dist.js";
import { a as printLog, i as maskSecret, o as setOutput, r as appendSummary, s as writeReport, t as runAction } from "./shared/run-action.js";
import { i as explain, n as readLog, t as askFrom } from "./shared/http.js";
import { a as runPlaybook, d as accessOf, f as serverInputs, l as commandResult, r as probeServer, t as withServer } from "./shared/connect.js";
import { t as actualStage } from "./shared/stage.js";
import { randomBytes } from "node:crypto";

// src/report/health.ts
/** The doctor's report as Markdown: the job's summary, and the body of an issue. */
function renderHealth(hosts) {
	const findings = hosts.flatMap((host) => host.findings);
	const rows = hosts.map(({ host, stage, healthy }) => [
		markdownCode(host),
		stage,
		healthy ? "✅ healthy" : "❌ not healthy"
	]);
	return [
		"## Doctor",
		headline(findings),
		table([
			"Host",
			"Stage",
			""
		], rows),
		findingsTable(findings, 200),
		reasons(findings)
	].filter((part) => part !== "").join("\n\n");
}

// src/mas/doctor-messages.ts
/**
* What `mas-cli doctor` says of trouble. Source: crates/cli/src/commands/doctor.rs of matrix-authentication-service, v0.13 to
* v1.22. Severities are those of its log levels, which decide; the ones here hold where a line has none.
*/
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

// src/mas/doctor-output.ts
/**
* Reads what `mas-cli doctor` printed, by log level: two of its failures bear no mark, and its exit code says nothing. Of a
* message only the kind is kept: the row on Synapse's API prints the shared secret.
*
* @param delegation How Synapse delegates. `no`: what waits for the switch-over is only noted. `msc3861`: a doctor of v1.2 or
*   later asks for an API that this Synapse does not have, on a healthy server.
*/
function readDoctor({ exitCode, stdout, stderr }, delegation) {
	const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes("doctor"));
	const good = entries.filter(({ level, text }) => level === "info" && text.includes("✅")).length;
	const bad = entries.filter(({ level }) => level === "warn" || level === "error");
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
			...unknown.map(({ severity }) => unrecognised(severity ?? "error")),
			...ran ? [] : [didNotRun(exitCode)]
		]
	};
}
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
function unrecognised(severity) {
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

// src/migration/examine.ts
/**
* `mas-cli doctor` by the playbook's tag, and what it does not notice: live without a migration every one of its lines is
* good while nobody can log in (seen with v1.22.0).
*/
function examine({ facts, outcome, strangeTokenStatus }) {
	const { stage, why } = actualStage(facts);
	const doctor = outcome === void 0 ? void 0 : readTag(outcome, facts);
	const findings = [
		...doctor?.findings ?? [],
		...stageFindings(stage, why),
		...unitFindings(facts),
		...missingAccounts(facts),
		...tokenFindings(strangeTokenStatus),
		...leftoverFindings(facts)
	].map((finding) => ({
		...finding,
		host: facts.host
	}));
	const healthy = !findings.some(({ severity }) => severity === "error");
	return {
		host: facts.host,
		stage,
		findings,
		good: doctor?.good ?? 0,
		healthy
	};
}
function readTag(outcome, facts) {
	const { rc = null, stdout = "", stderr = "" } = commandResult(outcome, ["mas-cli", "doctor"], facts.host)?.result ?? {};
	return readDoctor({
		exitCode: rc,
		stdout,
		stderr
	}, facts.synapse.delegating);
}
function stageFindings(stage, why) {
	if (stage !== "inconsistent" && stage !== "partial") return [];
	return [{
		id: "doctor/stage",
		severity: "error",
		message: `The server is ${stage}: ${why}`,
		why: "It is between two states, and the next deployment could lock users out.",
		remedy: stage === "partial" ? "Run migrate with operation: resume." : "Compare what is named with the vars; nothing of this toolkit changes such a server by itself."
	}];
}
function unitFindings({ synapse, mas, postgres }) {
	return [
		synapse,
		...synapse.workers.filter((worker) => worker.exists),
		...mas.installed ? [mas] : [],
		postgres
	].filter((unit) => unit.active !== "active" || !unit.container).map((unit) => ({
		id: "doctor/unit-down",
		severity: "error",
		message: `${unit.name} does not run (${unit.active}).`,
		why: "Users are not served, or not wholly.",
		remedy: `On the server: systemctl status ${unit.name}, journalctl -u ${unit.name} -n 50.`
	}));
}
/** Accounts of Synapse that MAS does not have, while Synapse delegates: their owners are locked out. */
function missingAccounts({ synapse, mas }) {
	if (synapse.delegating === "no" || synapse.delegating === "unreadable" || mas.counts === void 0) return [];
	const ours = (mas.counts.users ?? 0) - mas.strangers.count;
	const missing = (synapse.migratable.users ?? 0) - ours;
	if (missing <= 0) return [];
	return [{
		id: "doctor/accounts-missing-in-mas",
		severity: "error",
		message: `${missing} accounts of Synapse are not in MAS, and Synapse delegates to it.`,
		why: "Their owners cannot log in, and their sessions are refused; mas-cli doctor does not notice.",
		remedy: "If the migration never ran, set matrix_authentication_service_migration_in_progress: true and deploy, then migrate. Else run migrate with operation: rollback."
	}];
}
function tokenFindings(status) {
	if (status === 401) return [];
	return [{
		id: "doctor/strange-token",
		severity: "error",
		message: `A token that nobody made was answered ${status === 0 ? "by nobody" : `with ${status}`}, not with 401.`,
		why: "With 200 anybody gets in; with 503 Synapse cannot ask MAS and refuses everybody; no answer is an outage.",
		remedy: "See that matrix-synapse and matrix-authentication-service run, and read their logs."
	}];
}
function leftoverFindings({ ours }) {
	if (!ours.hold) return [];
	return [{
		id: "doctor/hold",
		severity: "error",
		message: "A hold of an unfinished migration keeps Synapse from starting.",
		why: "Synapse stays down until the hold is taken off.",
		remedy: "Run migrate with operation: resume; on the server itself: bash /matrix/auth-actions/guard/guard.sh restore."
	}];
}

// src/actions/doctor/examine-servers.ts
/**
* Examines each host, one after the other; what one host has does not keep the others from being examined.
* @param log Gets masked lines of untrusted text; whoever prints them escapes them.
* @throws ToolkitError where a host cannot be reached or looked at.
*/
async function examineServers(inputs, root, environment, log) {
	const access = await accessOf(inputs, root, environment);
	const examinations = [];
	for (const target of access.targets) examinations.push(await examineOne(inputs, access, target, log));
	return examinations;
}
async function examineOne(inputs, access, target, log) {
	const { inventory, checkout, trust } = access;
	return withServer(inputs, access, target, log, async ({ session, print }) => {
		const facts = await probeServer(session, checkout.dialect);
		const tag = facts.mas.installed ? checkout.capabilities.doctorTag : void 0;
		if (tag !== void 0) print(`The playbook runs ${tag} on ${facts.host}.`);
		const outcome = tag === void 0 ? void 0 : await runPlaybook({
			checkout,
			inventory,
			limit: target.address.inventoryName,
			tags: [tag],
			extraVars: inputs.extraVars,
			trust,
			...inputs.vaultPassword === void 0 ? {} : { vaultPassword: inputs.vaultPassword },
			timeoutMs: 9e5,
			onLine: print
		});
		const strange = await askFrom(session, facts.synapse.name)({
			url: "http://localhost:8008/_matrix/client/v3/account/whoami",
			token: `syt_${randomBytes(24).toString("hex")}`
		}).catch(() => void 0);
		return examine({
			facts,
			...outcome === void 0 ? {} : { outcome },
			strangeTokenStatus: strange?.status ?? 0
		});
	});
}

// src/actions/doctor.ts
const inputTable = {
	...serverInputs,
	"max-hosts": wholeNumber({
		min: 1,
		fallback: 100
	}),
	"json-path": optional(text())
};
async function main(runner) {
	const inputs = readInputs(inputTable, actionInput(runner.environment));
	const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd();
	if (inputs.vaultPassword !== void 0) maskSecret(runner, inputs.vaultPassword);
	const hosts = await examineServers(inputs, root, runner.environment, (line) => printLog(runner, line));
	const findings = hosts.flatMap((host) => host.findings);
	for (const line of annotations(findings).lines) runner.write(`${line}\n`);
	writeReport(root, inputs.jsonPath, `${JSON.stringify({
		version: 1,
		hosts
	}, void 0, 2)}\n`);
	appendSummary(runner, renderHealth(hosts));
	const ill = hosts.filter(({ healthy }) => !healthy);
	setOutput(runner, "healthy", String(ill.length === 0));
	setOutput(runner, "findings", String(findings.length));
	if (ill.length > 0) throw unhealthy(ill.map(({ host }) => host));
}
function unhealthy(hosts) {
	return new ToolkitError({
		kind: "server",
		reason: "unhealthy",
		what: `Not healthy: ${hosts.join(", ")}.`,
		where: hosts.join(", "),
		remedy: "The summary of this step names each finding, with what to do."
	});
}
await runAction(main);

export {  };
//# sourceMappingURL=doctor.js.map