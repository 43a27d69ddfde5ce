import { l as reportJson, n as defineAction } from "./run-action.js";
import { i as ToolkitError } from "./exec.js";
import { t as writeReport } from "./report-file.js";
import { b as optional, w as text } from "./folders.js";
import { a as maxHosts, n as httpFrom, o as resolveTargets, s as serverInputs, t as withServer } from "./with-server.js";
import { t as systemClock } from "./clock.js";
import { _ as notRunning, g as isLocked, h as isDown, u as actualStage } from "./names.js";
import { t as readDoctor } from "./doctor-output.js";
import { i as failureOf, r as commandResult } from "./redaction.js";
import { t as unfinished } from "./unfinished.js";
import { t as probeWhenUnlocked } from "./probe-when-unlocked.js";
import { randomBytes } from "node:crypto";

// src/migration/doctor.ts
function healthCheck({ facts, outcome, unknownTokenStatus, compatibilityStatus }) {
	const { stage, why } = actualStage(facts);
	const doctor = outcome === void 0 ? void 0 : readTag(outcome, facts);
	const findings = [
		...doctor?.findings ?? [],
		...stageFindings(stage, why, facts),
		...unitFindings(facts),
		...missingAccounts(facts),
		...tokenFindings(unknownTokenStatus),
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
function unreachable(host, error) {
	return {
		host,
		findings: [{
			id: "doctor/unreachable",
			severity: "error",
			message: `The server could not be checked: ${error.message}`,
			host,
			why: "It may be down, or reachable for users but not for this check. It is unknown whether users are served.",
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
		good: 0
	};
	const { rc = null, stdout = "", stderr = "" } = found ?? {};
	return readDoctor({
		exitCode: rc,
		stdout,
		stderr
	}, facts.synapse.delegating);
}
function playbookFailed(outcome) {
	return {
		id: "doctor/playbook-failed",
		severity: "error",
		message: `The playbook failed (exit code ${outcome.code ?? "none"}) before it ran mas-cli doctor${failureOf(outcome) || "."}`,
		why: "A deployment would probably fail too. The other findings of this check do not depend on the playbook.",
		remedy: "Fix the cause that the message names. The log has all of it."
	};
}
function stageFindings(stage, why, { ours }) {
	if (stage !== "inconsistent" && stage !== "partial") return [];
	return [{
		id: "doctor/stage",
		severity: "error",
		message: `Stage of the server: ${stage}. ${why}`,
		why: "The server is between two stages. The next deployment could lock users out.",
		remedy: stage === "partial" ? `Manually start the workflow that runs migrate, with operation: ${ours.open !== void 0 ? "resume" : "rollback. It empties MAS's database and does not touch Synapse"}.` : "Compare the server with the vars. No action changes a server in this state automatically. docs/stages.md lists the causes."
	}];
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
		message: notRunning(unit),
		why: "Users cannot use some or all of the service.",
		remedy: `Run on the server: systemctl status ${unit.name}; journalctl -u ${unit.name} -n 50`
	}));
}
function missingAccounts({ synapse, mas }) {
	if (synapse.delegating === "no" || synapse.delegating === "unreadable" || mas.counts === void 0) return [];
	const migrated = (mas.counts.users ?? 0) - mas.masOnlyAccounts.count;
	const missing = (synapse.migratable.users ?? 0) - migrated;
	if (missing <= 0) return [];
	return [{
		id: "doctor/accounts-missing-in-mas",
		severity: "error",
		message: `Synapse delegates to MAS, but ${missing} of Synapse's accounts are not in MAS.`,
		why: "Their owners cannot log in, and their sessions are rejected. mas-cli doctor does not notice this.",
		remedy: (mas.counts.users ?? 0) > 0 ? "Manually start the workflow that runs migrate, with operation: rollback. Then migrate again." : "If the migration never ran, restore the lines of the prepare pull request. No action deploys them in this state, so run the playbook yourself: ansible-playbook -i inventory/hosts setup.yml --tags=install-all,start. Then migrate. If MAS has lost its accounts, restore its database from a backup."
	}];
}
function tokenFindings(status) {
	if (status === 401) return [];
	return [{
		id: "doctor/unknown-token",
		severity: "error",
		message: status === 200 ? "Synapse accepted an invalid access token (HTTP 200 instead of 401)." : `Synapse did not reject an invalid access token with HTTP 401 (${status === 0 ? "no answer" : `HTTP ${status}`}).`,
		why: "With HTTP 200 anyone gets in. With HTTP 503 Synapse cannot reach MAS and rejects every user. No answer is an outage.",
		remedy: "Run on the server: systemctl status matrix-synapse matrix-authentication-service; journalctl -u matrix-synapse -u matrix-authentication-service -n 50"
	}];
}
function compatibilityFindings(status) {
	if (status === void 0 || status === 200) return [];
	return [{
		id: "doctor/compatibility-layer",
		severity: "error",
		message: `The /login endpoint of MAS's compatibility layer returned ${status === 0 ? "no answer" : `HTTP ${status}`} instead of HTTP 200.`,
		why: "Clients without support for OpenID Connect log in there; most clients have none.",
		remedy: "Check that matrix-authentication-service is running and that its listener has the resource `compat`."
	}];
}
function leftoverFindings({ ours }) {
	const left = isLocked(ours) ? void 0 : unfinished(ours);
	if (!left) return [];
	return [{
		id: "doctor/hold",
		severity: "error",
		message: left.what,
		why: "Synapse can be down, or between its built-in login and MAS.",
		remedy: left.remedy
	}];
}

// src/actions/doctor/run.ts
async function checkServers(inputs, runtime) {
	const targets = await resolveTargets(inputs, runtime);
	const hosts = [];
	for (const target of targets.targets) hosts.push(await checkOne(targets, target, runtime).catch((error) => unreachable(target.address.inventoryName, knownError(error))));
	return hosts;
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
async function checkOne(targets, target, runtime) {
	const { doctorTag } = targets.checkout.capabilities;
	return withServer(targets, target, runtime, async ({ server, playbook, print }) => {
		const facts = await probeWhenUnlocked(server.probe, systemClock, print);
		const tag = facts.mas.installed ? doctorTag : void 0;
		if (tag !== void 0) print(`The playbook runs ${tag} on ${facts.host}.`);
		const outcome = tag === void 0 ? void 0 : await playbook.run({
			tags: [tag],
			timeoutMs: 9e5
		});
		const ask = httpFrom(server.session, facts.synapse.name);
		const answer = await ask({
			url: "http://localhost:8008/_matrix/client/v3/account/whoami",
			token: `syt_${randomBytes(24).toString("hex")}`
		}).catch(() => void 0);
		return healthCheck({
			facts,
			...outcome === void 0 ? {} : { outcome },
			unknownTokenStatus: answer?.status ?? 0,
			...await compatibility(server, facts, ask)
		});
	});
}

// src/actions/doctor/action.ts
const inputTable = {
	...serverInputs,
	...maxHosts(100),
	"json-path": optional(text())
};
const doctor = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, runtime) {
	const { port } = runtime;
	const hosts = await checkServers(inputs, runtime);
	const report = {
		kind: "health",
		hosts
	};
	writeReport(runtime, inputs.jsonPath, reportJson(report));
	await port.show(report);
	const unhealthyHosts = hosts.filter(({ healthy }) => !healthy);
	port.setOutput("healthy", String(unhealthyHosts.length === 0));
	port.setOutput("findings", String(hosts.flatMap((host) => host.findings).length));
	if (unhealthyHosts.length > 0) throw unhealthy(unhealthyHosts.map(({ host }) => host));
}
function unhealthy(hosts) {
	return new ToolkitError({
		reason: "unhealthy",
		what: `Not healthy: ${hosts.join(", ")}.`,
		where: hosts.join(", "),
		remedy: "Each finding says what to do."
	});
}

export { doctor as t };