import { t as isRollbackAccepted } from "./verdict.js";
import { n as inventoryOf } from "./inventory-of.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { r as operations } from "./operate.js";
import { i as ToolkitError } from "./exec.js";
import { S as readInputs, b as optional, v as jsonObject, y as oneOf } from "./git.js";
import { n as replacedBy, r as requireDefaultBranch, t as newerCommit } from "./tip.js";
import { n as fetchedSources } from "./action11.js";
import { o as validationInputs } from "./sources.js";
import { i as requireClean, t as blockedBy } from "./outcome.js";
import { n as validate, t as hostsTouchedBy } from "./run.js";

// src/actions/root/work.ts
const choices = [...operations, "deploy"];
const inputTable = {
	...validationInputs,
	operation: optional(oneOf(choices)),
	planned: optional(jsonObject())
};
async function workFor(source, runtime, known) {
	const inputs = readInputs(inputTable, source);
	const work = await (runtime.environment.GITHUB_EVENT_NAME === "push" ? workOfPush(inputs, runtime, known) : workByHand(inputs, runtime, known));
	if (inputs.planned !== void 0) requirePlanned(inputs.planned, work.work, inputs.limit);
	return work;
}
async function workOfPush(inputs, runtime, known) {
	const { verdict, tip, outdated } = await read(inputs, runtime, known);
	const hosts = verdict.hosts.filter(({ outlook }) => outlook.expected !== "nothing");
	const left = hosts.map(({ host }) => host).filter((host) => outdated.has(host));
	if (left.length > 0 && left.length === hosts.length) throw replacedBy(tip, left, runtime.environment);
	const work = hosts.filter(({ host }) => !outdated.has(host)).map((host) => workOfChange(host, isRollbackAccepted(verdict.findings, host.host)));
	const blocked = blockedBy(verdict, inputs.failOn);
	if (blocked && work.some(({ operation }) => operation !== "rollback")) throw blocked;
	return {
		work: blocked ? work.map((each) => ({
			...each,
			blocked
		})) : work,
		left: left.map((host) => ({
			host,
			sentence: replacedBy(tip, [host], runtime.environment).message
		}))
	};
}
async function workByHand(inputs, runtime, known) {
	const { operation = "migrate" } = inputs;
	requireDefaultBranch(runtime);
	if (operation === "migrate" || operation === "deploy") {
		const { verdict, tip, outdated } = await read(inputs, runtime, known);
		if (outdated.size > 0) throw replacedBy(tip, [...outdated], runtime.environment);
		requireClean(verdict, inputs.failOn);
	}
	const hosts = chosenHosts(inventoryOf(runtime.repository.files, inputs.inventory), inputs.limit);
	if (operation !== "deploy" && operation !== "status" && hosts.length > 1) throw tooMany(hosts.length);
	return {
		work: hosts.map(({ name }) => ({
			host: name,
			operation
		})),
		left: []
	};
}
async function read(inputs, runtime, known) {
	const newer = await newerCommit(inputs.inventory, inputs.githubToken, runtime);
	if (known && !newer) return {
		verdict: known,
		tip: "",
		outdated: /* @__PURE__ */ new Set()
	};
	const { sources } = await fetchedSources(inputs, runtime);
	const outdated = newer ? hostsTouchedBy(newer.changedFiles, sources) : /* @__PURE__ */ new Set();
	return {
		verdict: known ?? validate(sources),
		tip: newer?.tip ?? "",
		outdated
	};
}
function workOfChange({ host, outlook }, isAccepted) {
	switch (outlook.expected) {
		case "deploy": return {
			host,
			operation: "deploy"
		};
		case "migrate": return {
			host,
			operation: "migrate",
			expected: "migrate"
		};
		case "roll-back": return {
			host,
			operation: "rollback",
			expected: isAccepted ? "roll-back" : "no-roll-back"
		};
		default: throw new ToolkitError({
			reason: outlook.expected === "unknown" ? "stage-unknown" : "refused-state",
			what: `The change of ${host} cannot be carried out: its plan is ${outlook.expected}. Nothing was done on any host.`,
			where: host,
			remedy: outlook.sentence
		});
	}
}
function operationsOf(work) {
	return Object.fromEntries(work.map(({ host, operation }) => [host, operation]));
}
function requirePlanned(planned, work, limit) {
	const before = asText(Object.entries(planned).filter(([host]) => limit === void 0 || host === limit));
	const now = asText(Object.entries(operationsOf(work)));
	if (now === before) return;
	throw new ToolkitError({
		reason: "plan-differs",
		what: `The job that planned this run wrote: ${before}. The plan is now: ${now}. Nothing was done.`,
		remedy: "Run all jobs of the workflow again, not only this one, and review the new plan."
	});
}
function asText(work) {
	return work.map(([host, operation]) => `${operation} on ${host}`).join(", ") || "nothing";
}
function tooMany(count) {
	return new ToolkitError({
		reason: "input-invalid",
		what: `The inventory has ${count} hosts, and this operation is for one.`,
		remedy: "Start the workflow again and name the host."
	});
}

export { operationsOf, workFor };