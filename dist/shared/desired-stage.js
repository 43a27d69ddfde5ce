import { i as enabledVariable, o as inProgressVariable } from "./variables.js";
import { S as truthOf, h as isOfPlaybook, m as isOfInventoryGroup } from "./inventory-of.js";

// src/inventory/desired-stage.ts
function desiredStage(host) {
	const enabled = answer(host.variable(enabledVariable));
	if ("stage" in enabled) return enabled;
	const { place, assumed } = enabled;
	if (!enabled.truth) return {
		stage: "off",
		place,
		assumed,
		reason: `\`${enabledVariable}\` is ${place ? "false" : assumed ? "not set in plain text" : "not set"}`
	};
	const inProgress = answer(host.variable(inProgressVariable));
	if ("stage" in inProgress) return inProgress;
	if (inProgress.truth) return {
		stage: "prepared",
		place: inProgress.place,
		reason: `\`${inProgressVariable}\` is true`
	};
	const reason = `\`${enabledVariable}\` is true and \`${inProgressVariable}\` is not true`;
	return {
		stage: "live",
		place: inProgress.place ?? place,
		reason
	};
}
function stageBefore(host) {
	const reading = host && desiredStage(host);
	return reading?.problem === "hidden" && !reading.place ? void 0 : reading?.stage;
}
function answer(variable) {
	const { name, value, hiddenIn, vaults } = variable;
	const overruled = name === "matrix_authentication_service_enabled" ? overruledValue(variable) : void 0;
	if (overruled && truthOf(overruled) !== false) {
		const reason = `\`${name}\` is set for a group, but the playbook's own \`group_vars/matrix_servers\` overrides it with false`;
		return unknown("overruled", overruled.place, reason);
	}
	if (vaults) return {
		truth: false,
		assumed: vaults
	};
	if (hiddenIn.length > 0) return unknown("hidden", void 0, `\`${name}\` is not set in plain text and could be in ${hiddenIn.join(", ")}`);
	if (!value) return { truth: false };
	const truth = truthOf(value);
	if (typeof truth === "boolean") return {
		truth,
		...!isOfPlaybook(variable.definition) && { place: value.place }
	};
	if (truth === "contradictory") {
		const reason = `\`${name}\` is neither \`true\` nor \`false\`, and the playbook treats it as both`;
		return {
			...unknown("contradictory", value.place, reason),
			definition: variable.definition
		};
	}
	const where = value.kind === "vault" ? "in a vault" : "written as Jinja";
	return unknown("hidden", value.place, `\`${name}\` is ${where}`);
}
function overruledValue({ definition, overridden }) {
	if (definition?.source === "playbook_group_vars") return overridden.find(isOfInventoryGroup)?.value;
	return definition && isOfInventoryGroup(definition) ? definition.value : void 0;
}
function unknown(problem, place, reason) {
	return {
		stage: "unknown",
		place,
		reason,
		problem
	};
}

export { stageBefore as n, desiredStage as t };