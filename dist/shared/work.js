import { t as chosenHosts } from "./playbook-hosts.js";
import { r as operations } from "./operate.js";
import { i as ToolkitError } from "./exec.js";
import { c as jsonObject, f as readInputs, l as oneOf, u as optional } from "./git.js";
import { r as inventoryOf } from "./repository.js";
import { t as requireDefaultBranch } from "./tip.js";
import { t as fetchedSources } from "./action11.js";
import { i as validationInputs, n as validate } from "./sources.js";
import { r as requireClean } from "./outcome.js";

// src/actions/root/work.ts
const choices = [...operations, "deploy"];
const inputTable = {
	...validationInputs,
	operation: optional(oneOf(choices)),
	planned: optional(jsonObject())
};
async function workFor(source, runtime) {
	const inputs = readInputs(inputTable, source);
	const work = await (runtime.environment.GITHUB_EVENT_NAME === "push" ? workOfPush(inputs, runtime) : workByHand(inputs, runtime));
	if (inputs.planned !== void 0) requirePlanned(inputs.planned, work, inputs.limit);
	return work;
}
async function workOfPush(inputs, runtime) {
	await requireDefaultBranch("newest", inputs.githubToken, runtime);
	const verdict = await verdictFor(inputs, runtime);
	const work = verdict.hosts.flatMap(workOfChange);
	if (work.some(({ operation }) => operation !== "rollback")) requireClean(verdict, inputs.failOn);
	return work;
}
async function workByHand(inputs, runtime) {
	const { operation = "migrate" } = inputs;
	const followsVars = operation === "migrate" || operation === "deploy";
	await requireDefaultBranch(followsVars ? "newest" : "any", inputs.githubToken, runtime);
	if (followsVars) requireClean(await verdictFor(inputs, runtime), inputs.failOn);
	const hosts = chosenHosts(inventoryOf(runtime.repository.files, inputs.inventory), inputs.limit);
	if (operation !== "deploy" && operation !== "status" && hosts.length > 1) throw tooMany(hosts.length);
	return hosts.map(({ name }) => ({
		host: name,
		operation
	}));
}
async function verdictFor(inputs, runtime) {
	return validate((await fetchedSources(inputs, runtime)).sources);
}
function workOfChange({ host, outlook }) {
	switch (outlook.expected) {
		case "nothing": return [];
		case "deploy": return [{
			host,
			operation: "deploy"
		}];
		case "migrate": return [{
			host,
			operation: "migrate",
			expected: "migrate"
		}];
		case "roll-back": return [{
			host,
			operation: "rollback",
			expected: "roll-back"
		}];
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