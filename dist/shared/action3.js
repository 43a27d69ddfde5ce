import { t as annotations } from "./annotations.js";
import { t as renderHealth } from "./health.js";
import { t as ToolkitError } from "./errors.js";
import { t as jsonText } from "./escape.js";
import { t as writeReport } from "./report-file.js";
import { c as text, i as optional, l as wholeNumber } from "./inputs.js";
import { a as appendSummary, i as annotate, s as setOutput, t as defineAction } from "./run-action.js";
import { A as serverInputs, T as commandResult, k as resolveTargets, l as httpFrom, t as withServer } from "./with-server.js";
import { a as readDoctor, r as systemClock } from "./server.js";
import { t as actualStage } from "./actual-stage.js";
import { randomBytes } from "node:crypto";

// src/migration/doctor.ts
function examine({ facts, outcome, strangeTokenStatus, compatibilityStatus }) {
	const { stage, why } = actualStage(facts);
	const doctor = outcome === void 0 ? void 0 : readTag(outcome, facts);
	const findings = [
		...doctor?.findings ?? [],
		...stageFindings(stage, why, facts),
		...unitFindings(facts),
		...missingAccounts(facts),
		...tokenFindings(strangeTokenStatus),
		...compatibilityFindings(compatibilityStatus),
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
function outOfReach(host, error) {
	return {
		host,
		findings: [{
			id: "doctor/not-examined",
			severity: "error",
			message: `The server could not be examined: ${error.message}`,
			host,
			why: "It may be down, or reachable for users and not for us; nobody knows whether users are served.",
			remedy: error.remedy
		}],
		good: 0,
		healthy: false
	};
}
function readTag(outcome, facts) {
	const found = commandResult(outcome, ["mas-cli", "doctor"], facts.host)?.result;
	if (!found && outcome.code !== 0) return {
		findings: [playbookFailed(outcome)],
		good: 0,
		ran: false
	};
	const { rc = null, stdout = "", stderr = "" } = found ?? {};
	return readDoctor({
		exitCode: rc,
		stdout,
		stderr
	}, facts.synapse.delegating);
}
function playbookFailed({ code }) {
	return {
		id: "doctor/playbook-failed",
		severity: "error",
		message: `The playbook ended (exit code ${code ?? "none"}) before mas-cli doctor was run.`,
		why: "The vars or the checkout are not in order, so that a deployment would fail too. What is below was seen without the playbook's help.",
		remedy: "The log of this step names the task that failed, and why."
	};
}
function stageFindings(stage, why, { ours }) {
	if (stage !== "inconsistent" && stage !== "partial") return [];
	return [{
		id: "doctor/stage",
		severity: "error",
		message: `The server is ${stage}: ${why}`,
		why: "It is between two states, and the next deployment could lock users out.",
		remedy: stage === "partial" ? `Run migrate with operation: ${ours.journal.state === "unfinished" ? "resume" : "rollback, which empties MAS and leaves Synapse alone"}.` : "Compare what is named with the vars; nothing of this toolkit changes such a server by itself."
	}];
}
function isDown({ active, container }) {
	return !container || !["active", "activating"].includes(active);
}
function unitFindings({ synapse, mas, postgres }) {
	return [
		synapse,
		...synapse.workers.filter((worker) => worker.exists),
		...mas.installed ? [mas] : [],
		postgres
	].filter(isDown).map((unit) => ({
		id: "doctor/unit-down",
		severity: "error",
		message: `${unit.name} does not run (${unit.active}).`,
		why: "Users are not served, or not wholly.",
		remedy: `On the server: systemctl status ${unit.name}, journalctl -u ${unit.name} -n 50.`
	}));
}
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
function compatibilityFindings(status) {
	if (status === void 0 || status === 200) return [];
	return [{
		id: "doctor/compatibility-layer",
		severity: "error",
		message: `MAS's compatibility layer was asked how to log in, and answered ${status === 0 ? "nothing" : `with ${status}`}.`,
		why: "Clients that know no OpenID Connect log in there, and most clients do.",
		remedy: "See that matrix-authentication-service runs, and that its listener has the resource compat."
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

// src/migration/once-free.ts
const pauseMs = 1e4;
const mostPauses = 60;
async function onceFree(probe, clock, log) {
	for (let pauses = 0;; pauses += 1) {
		const facts = await probe();
		const { lock } = facts.ours;
		if (!lock || lock.leaseSeconds <= 0) return facts;
		if (pauses === mostPauses) throw heldForLong(facts.host, lock.owner);
		if (pauses === 0) log(`The server is held by ${lock.owner}: waiting until that is done.`);
		await clock.sleep(pauseMs);
	}
}
function heldForLong(host, owner) {
	return new ToolkitError({
		kind: "refused",
		reason: "lock-held",
		what: `The server has been held by ${owner} for ten minutes.`,
		where: host,
		remedy: "Look at the run that holds it: a migration takes minutes."
	});
}

// src/actions/doctor/run.ts
async function examineServers(inputs, root, environment, log) {
	const targets = await resolveTargets(inputs, root, environment);
	const examinations = [];
	for (const target of targets.targets) examinations.push(await examineOne(inputs, targets, target, log).catch((error) => outOfReach(target.address.inventoryName, knownError(error))));
	return examinations;
}
async function compatibility(server, facts, ask) {
	const { delegating } = facts.synapse;
	if (!facts.mas.installed || delegating === "no" || delegating === "unreadable") return {};
	const { names } = await server.names(facts);
	return { compatibilityStatus: (await ask({ url: `${names.masUrl}/_matrix/client/v3/login` }).catch(() => void 0))?.status ?? 0 };
}
function knownError(error) {
	if (error instanceof ToolkitError) return error;
	throw error;
}
async function examineOne(inputs, targets, target, log) {
	const { doctorTag } = targets.checkout.capabilities;
	return withServer(inputs, targets, target, log, async ({ server, playbook, print }) => {
		const facts = await onceFree(server.probe, systemClock, print);
		const tag = facts.mas.installed ? doctorTag : void 0;
		if (tag !== void 0) print(`The playbook runs ${tag} on ${facts.host}.`);
		const outcome = tag === void 0 ? void 0 : await playbook.run({
			tags: [tag],
			timeoutMs: 9e5
		});
		const ask = httpFrom(server.session, facts.synapse.name);
		const strange = await ask({
			url: "http://localhost:8008/_matrix/client/v3/account/whoami",
			token: `syt_${randomBytes(24).toString("hex")}`
		}).catch(() => void 0);
		return examine({
			facts,
			...outcome === void 0 ? {} : { outcome },
			strangeTokenStatus: strange?.status ?? 0,
			...await compatibility(server, facts, ask)
		});
	});
}

// src/actions/doctor/action.ts
const inputTable = {
	...serverInputs,
	"max-hosts": wholeNumber({
		min: 1,
		fallback: 100
	}),
	"json-path": optional(text())
};
const doctor = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, { root, environment, log }) {
	const hosts = await examineServers(inputs, root, environment, log);
	const findings = hosts.flatMap((host) => host.findings);
	annotations(findings).shown.forEach(annotate);
	writeReport(root, inputs.jsonPath, jsonText({
		version: 1,
		hosts
	}));
	await appendSummary(renderHealth(hosts));
	const unhealthyHosts = hosts.filter(({ healthy }) => !healthy);
	setOutput("healthy", String(unhealthyHosts.length === 0));
	setOutput("findings", String(findings.length));
	if (unhealthyHosts.length > 0) throw unhealthy(unhealthyHosts.map(({ host }) => host));
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

export { doctor as t };