import { t as chosenHosts } from "./playbook-hosts.js";
import { n as operations } from "./operate.js";
import { r as ToolkitError } from "./exec.js";
import { c as optional, s as oneOf, u as readInputs } from "./git.js";
import { r as inventoryOf } from "./repository.js";
import { t as requireDefaultBranch } from "./tip.js";
import { n as withFetched } from "./action11.js";
import { i as validationInputs, n as validate, t as validationSources } from "./sources.js";
import { r as requireClean } from "./outcome.js";

// src/actions/root/work.ts
const choices = [...operations, "deploy"];
const inputTable = {
	...validationInputs,
	operation: optional(oneOf(choices))
};
async function workFor(source, runtime) {
	const inputs = readInputs(inputTable, source);
	if (runtime.environment.GITHUB_EVENT_NAME !== "push") return workByHand(inputs, runtime);
	await requireDefaultBranch("newest", inputs.githubToken, runtime);
	const verdict = await verdictFor(inputs, runtime);
	const work = verdict.hosts.flatMap(workOfPush);
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
		operation,
		withChange: false
	}));
}
async function verdictFor(inputs, runtime) {
	return validate(await validationSources(await withFetched(inputs, runtime), runtime.repository));
}
function workOfPush({ host, outlook }) {
	switch (outlook.expected) {
		case "nothing": return [];
		case "deploy":
		case "migrate": return [{
			host,
			operation: outlook.expected,
			withChange: true
		}];
		case "roll-back": return [{
			host,
			operation: "rollback",
			withChange: true
		}];
		default: throw new ToolkitError({
			reason: outlook.expected === "unknown" ? "stage-unknown" : "refused-state",
			what: `The change of ${host} cannot be carried out: its plan is ${outlook.expected}. Nothing was done on any host.`,
			where: host,
			remedy: outlook.sentence
		});
	}
}
function tooMany(count) {
	return new ToolkitError({
		reason: "input-invalid",
		what: `The inventory has ${count} hosts, and this operation is for one.`,
		remedy: "Start the workflow again and name the host."
	});
}

export { workFor };