import { i as enabledVariable, o as inProgressVariable } from "./variables.js";
import { l as truthOf } from "./repository.js";

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
		assumed: inProgress.assumed,
		reason
	};
}
function answer(variable) {
	const { name, value } = variable;
	if (!value) {
		if (variable.state === "absent") return { truth: false };
		if (variable.vaults) return {
			truth: false,
			assumed: {
				variable: name,
				vaults: variable.vaults
			}
		};
		return unknown("hidden", void 0, `\`${name}\` is not set in plain text and could be in ${variable.hiddenIn.join(", ")}`);
	}
	if (name === "matrix_authentication_service_enabled" && isOverruled(variable)) {
		const reason = `\`${name}\` is set for a group, but the playbook's own \`group_vars/matrix_servers\` overrides it with false`;
		return unknown("overruled", value.place, reason);
	}
	const truth = truthOf(value);
	if (typeof truth === "boolean") return {
		truth,
		place: value.place
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
function isOverruled(variable) {
	const source = variable.definition?.source;
	return variable.definition?.group !== void 0 && (source === "inventory" || source === "group_vars");
}
function unknown(problem, place, reason) {
	return {
		stage: "unknown",
		place,
		reason,
		problem
	};
}

export { desiredStage as t };