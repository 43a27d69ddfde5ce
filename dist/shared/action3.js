import { h as severityNouns } from "./account-counts.js";
import { i as ToolkitError } from "./exec.js";
import { C as secret, E as wholeNumber, T as text, b as optional } from "./git.js";
import { n as writePage, t as writeJson } from "./report-files.js";
import { r as defineAction } from "./run-action.js";
import { a as resolveTargets, o as serverInputs, t as withServer } from "./with-server.js";
import { t as systemClock } from "./clock.js";
import { _ as capitalised, d as failedCheck, g as startOperation, u as checkId } from "./stage.js";
import { C as isDown, D as notRunning, S as downUnits, h as actualStage, l as synapseUnit, r as masUnit, u as synapseUrl, w as isLocked } from "./names.js";
import { n as hostsOfPlaybook } from "./playbook-hosts.js";
import { o as varsDigest } from "./deployment-record.js";
import { t as readDoctor } from "./doctor-output.js";
import { o as commandResult, s as failureOf } from "./probe.js";
import { n as unfinished } from "./unfinished.js";
import { a as unknown, i as runTasks, n as tasksFor, r as publicWeb, t as publicTasksFor } from "./tasks-for.js";
import { t as probeWhenUnlocked } from "./probe-when-unlocked.js";
import { U as isReadWhole, i as pinnedVersion } from "./versions.js";
import { randomBytes } from "node:crypto";

// src/migration/doctor.ts
function healthCheck({ facts, outcome, unknownTokenStatus, compatibilityStatus, tasks = {
	checks: [],
	findings: []
} }) {
	const { stage, why } = actualStage(facts);
	const doctor = outcome === void 0 ? void 0 : readTag(outcome, facts);
	const observed = [
		...stageFindings(stage, why, facts),
		...unitFindings(facts),
		...missingAccounts(facts),
		...tokenFindings(unknownTokenStatus),
		...compatibilityFindings(compatibilityStatus),
		...leftoverFindings(facts)
	];
	const findings = [
		...doctor?.findings ?? [],
		...observed,
		...tasks.findings
	].map((finding) => ({
		...finding,
		host: facts.host
	}));
	const checks = [...observedChecks(observed, compatibilityStatus !== void 0), ...tasks.checks];
	const healthy = !findings.some(({ severity }) => severity === "error");
	return {
		host: facts.host,
		stage,
		findings,
		checks,
		good: doctor?.good ?? 0,
		healthy
	};
}
const observedNames = [
	"stage",
	"unit-down",
	"accounts-missing-in-mas",
	"unknown-token",
	"hold"
];
function observedChecks(findings, isCompatible) {
	return [...observedNames, ...isCompatible ? ["compatibility-layer"] : []].map((name) => {
		const failed = findings.filter(({ id }) => id === checkId(name));
		const detail = failed.map(({ message }) => message.replace(/\.$/, "")).join("; ");
		return {
			id: checkId(name),
			result: failed.length > 0 ? "fails" : "holds",
			detail,
			seconds: 0
		};
	});
}
function unreachable(host, error, tasks = {
	checks: [],
	findings: []
}) {
	const message = `The server could not be checked: ${error.message}`;
	const name = error.reason === "server-state-unreadable" ? "state-unreadable" : "unreachable";
	return {
		host,
		findings: [failedCheck(name, message, { remedy: error.remedy }), ...tasks.findings].map((each) => ({
			...each,
			host
		})),
		checks: tasks.checks,
		good: 0,
		healthy: false
	};
}
function readTag(outcome, facts) {
	if (outcome instanceof ToolkitError) return {
		findings: [failedCheck("mas-cli-doctor", `mas-cli doctor did not finish. ${outcome.message}`)],
		good: 0
	};
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
	const message = `The playbook failed (exit code ${outcome.code ?? "none"}) before it ran mas-cli doctor${failureOf(outcome)}`;
	return failedCheck("playbook-failed", message);
}
function stageFindings(stage, why, { ours }) {
	if (stage !== "inconsistent" && stage !== "partial") return [];
	const remedy = stage === "partial" ? `${capitalised(startOperation(ours.open !== void 0 ? "resume" : "rollback. It empties MAS's database and does not touch Synapse"))}.` : "Compare the server with the vars. No action changes a server in this state automatically. docs/stages.md lists the causes.";
	return [failedCheck("stage", `Stage of the server: ${stage}. ${why}`, { remedy })];
}
function unitFindings(facts) {
	const down = downUnits(facts);
	const names = down.map(({ name }) => name).join(" ");
	const start = unfinished(facts.ours) ? "" : `. To start what was only stopped: \`systemctl start ${names}\``;
	return down.map((unit) => failedCheck("unit-down", notRunning(unit), {
		why: withoutUnit(facts, unit),
		remedy: `Run on the server: \`systemctl status ${unit.name}; journalctl -u ${unit.name} -n 50\`${start}`
	}));
}
function withoutUnit({ synapse, mas, postgres }, { name }) {
	if ([synapse, postgres].some(isDown)) return "No one can use the server.";
	if (name !== mas.name) return "Some functions fail, such as getting new messages.";
	return synapse.delegating === "no" ? "Nothing yet, because Synapse does not use MAS. A rehearsal or a migration fails." : "Users cannot log in, and sessions can fail.";
}
function missingAccounts({ synapse, mas }) {
	if (synapse.delegating === "no" || synapse.delegating === "unreadable" || mas.counts === void 0) return [];
	if (mas.missingAccounts === 0) return [];
	const message = `Synapse delegates to MAS, but ${mas.missingAccounts} of Synapse's active accounts are not in MAS.`;
	const remedy = (mas.counts.users ?? 0) > 0 ? `${capitalised(startOperation("rollback"))}. Then migrate again.` : "If the migration never ran, undo the migrate pull request in the vars with `git revert`, which also brings back the login providers of Synapse. No action deploys the vars in this state, so run the playbook yourself: ansible-playbook -i inventory/hosts setup.yml --tags=install-all,start. Then migrate. If MAS has lost its accounts, restore its database from a backup.";
	return [failedCheck("accounts-missing-in-mas", message, { remedy })];
}
function tokenFindings(status) {
	if (status === 401) return [];
	const message = status === 200 ? "Synapse accepted an invalid access token (HTTP 200 instead of 401)." : `Synapse did not reject an invalid access token with HTTP 401 (${status === 0 ? "no answer" : `HTTP ${status}`}).`;
	return [failedCheck("unknown-token", message)];
}
function compatibilityFindings(status) {
	if (status === void 0 || status === 200) return [];
	const message = `The /login endpoint of MAS's compatibility layer returned ${status === 0 ? "no answer" : `HTTP ${status}`} instead of HTTP 200.`;
	return [failedCheck("compatibility-layer", message)];
}
function leftoverFindings({ ours }) {
	const left = isLocked(ours) ? void 0 : unfinished(ours);
	return left ? [failedCheck("hold", left.what, { remedy: left.remedy })] : [];
}

// src/actions/doctor/run.ts
async function checkServers(inputs, runtime, onChecked = () => void 0, web = publicWeb()) {
	const targets = await resolveTargets(inputs, runtime);
	const { inventory } = targets.subject.repository;
	const hosts = targets.targets.map(({ address }) => notChecked(address.inventoryName));
	const reports = {
		hosts,
		...isReadWhole(inventory) && { inventory: hostsOfPlaybook(inventory).map(({ name }) => name) }
	};
	for (const [index, target] of targets.targets.entries()) {
		const check = checkOne(inputs, targets, target, runtime, web);
		hosts[index] = await reportOf(target.address.inventoryName, check);
		onChecked(reports);
	}
	return reports;
}
function notChecked(host) {
	return {
		host,
		findings: [failedCheck("not-checked", "The server was not checked: the doctor ended before its turn.", {
			severity: "error",
			remedy: "Read the end of the log. If the step timed out, check fewer hosts at once: docs/many-servers.md.",
			host
		})],
		checks: [],
		good: 0,
		healthy: false
	};
}
function reportOf(host, check) {
	return check.catch((error) => unreachable(host, knownError(error)));
}
async function compatibility(server, facts) {
	const { delegating, container } = facts.synapse;
	if (!facts.mas.installed || !container || delegating === "no" || delegating === "unreadable") return {};
	const { names } = await server.names(facts);
	return { compatibilityStatus: (await server.http({ url: `${names.masUrl}/_matrix/client/v3/login` }).catch(() => void 0))?.status ?? 0 };
}
function knownError(error) {
	if (error instanceof ToolkitError) return error;
	throw error;
}
async function checkOne(inputs, targets, target, runtime, web) {
	const { doctorTag } = targets.checkout.capabilities;
	const { files } = runtime.repository;
	const { inventoryName } = target.address;
	const digest = varsDigest(files, inputs.inventory, targets.checkout, inputs.extraVars, inventoryName);
	return withServer(targets, target, runtime, (connected) => {
		connected.masker.add(inputs.canaryPassword ?? "");
		return checkServer(connected, {
			desired: target.desired.stage,
			pins: pinsOf(target),
			web,
			...doctorTag === void 0 ? {} : { doctorTag },
			...digest === void 0 ? {} : { digest },
			...canaryOf(inputs)
		});
	});
}
async function checkServer({ server, playbook, print }, { doctorTag, ...options }) {
	const facts = await probeWhenUnlocked(server.probe, systemClock, print).catch(asUnreadable);
	if (facts instanceof ToolkitError) {
		const tasks = await runTasks(await publicTasksFor(server, options));
		return unreachable(server.session.host, facts, tasks);
	}
	const fitting = facts.mas.installed ? doctorTag : void 0;
	const tag = isDown(facts.mas) ? void 0 : fitting;
	if (tag !== void 0) print(`The playbook runs ${tag} on ${facts.host}.`);
	const [outcome, unknownTokenStatus, compatible, tasks] = await Promise.all([
		tag === void 0 ? void 0 : playbook.run({
			tags: [tag],
			timeoutMs: 9e5
		}).catch(knownError),
		unknownToken(server.http),
		compatibility(server, facts),
		tasksFor(server, facts, options).then((found) => runTasks(tag === fitting ? found : [...found, wouldStartMas]))
	]);
	return healthCheck({
		facts,
		...outcome === void 0 ? {} : { outcome },
		unknownTokenStatus,
		...compatible,
		tasks
	});
}
const wouldStartMas = {
	name: "mas-cli-doctor",
	limitMs: 1e3,
	run: async () => unknown("MAS is not running, and the playbook's task for mas-cli doctor would start it")
};
function asUnreadable(error) {
	if (error instanceof ToolkitError && error.reason === "server-state-unreadable") return error;
	throw error;
}
async function unknownToken(ask) {
	return (await ask({
		url: `${"http://localhost:8008"}/_matrix/client/v3/account/whoami`,
		token: `syt_${randomBytes(24).toString("hex")}`
	}).catch(() => void 0))?.status ?? 0;
}
function canaryOf({ canaryUser, canaryPassword }) {
	if (!canaryUser && !canaryPassword) return {};
	if (!canaryUser || !canaryPassword) return { canary: "incomplete" };
	return { canary: {
		user: canaryUser,
		password: canaryPassword
	} };
}
function pinsOf({ host }) {
	return Object.entries({
		Synapse: synapseUnit,
		MAS: masUnit
	}).flatMap(([component, unit]) => {
		const pinned = pinnedVersion(host, component);
		return pinned === void 0 ? [] : [{
			unit,
			version: pinned.version.join(".")
		}];
	});
}

// src/actions/doctor/action.ts
const inputTable = {
	...serverInputs,
	"max-hosts": optional(wholeNumber({ min: 1 })),
	"json-path": optional(text()),
	"canary-user": optional(text()),
	"canary-password": optional(secret())
};
const doctor = defineAction({
	inputs: inputTable,
	hasPage: true,
	run
});
async function run(inputs, runtime) {
	const { port } = runtime;
	const reports = await checkServers(inputs, runtime, (soFar) => writeJson(runtime, inputs.jsonPath, {
		kind: "health",
		...soFar
	}));
	const { hosts } = reports;
	const report = {
		kind: "health",
		...reports
	};
	await port.show(report);
	writePage(runtime, inputs.jsonPath, report);
	const unhealthyHosts = hosts.filter(({ healthy }) => !healthy);
	port.setOutput("healthy", String(unhealthyHosts.length === 0));
	port.setOutput("findings", String(hosts.flatMap((host) => host.findings).length));
	if (unhealthyHosts.length > 0) throw unhealthy(unhealthyHosts);
}
function unhealthy(reports) {
	const hosts = reports.map(({ host }) => host).join(", ");
	const errors = reports.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
	return new ToolkitError({
		reason: "unhealthy",
		what: `Not healthy: ${hosts}.`,
		where: hosts,
		remedy: `Fix the ${severityNouns(errors)} above.`
	});
}

export { doctor as t };