import { f as openFindings, h as severityNouns, l as plural } from "./account-counts.js";
import { i as ToolkitError } from "./exec.js";

// src/actions/validate-config/outcome.ts
const failing = {
	error: ["error"],
	warning: ["error", "warning"],
	never: []
};
function commonValue(values) {
	const [first = "", ...others] = new Set(values);
	return others.length > 0 ? "mixed" : first;
}
function hostsMatrix({ hosts }) {
	return JSON.stringify(hosts.map(({ host, stage, before, outlook }) => ({
		host,
		stage,
		before: before ?? "",
		plan: outlook.expected
	})));
}
function fixRemedy(blocking, where) {
	const fix = blocking.some(({ suggestion }) => suggestion) ? " `npx matrix-auth-actions validate --fix` writes the proposed lines." : "";
	return `Fix the ${severityNouns(blocking)} ${where}.${fix}`;
}
function requireClean(verdict, failOn, where) {
	const error = blockedBy(verdict, failOn, where);
	if (error) throw error;
}
function blockedBy({ findings }, failOn, where = "above") {
	const blocking = openFindings(findings).filter(({ severity }) => failing[failOn].includes(severity));
	if (blocking.length === 0) return void 0;
	return new ToolkitError({
		reason: "findings",
		what: `${plural(blocking.length, "finding")} must be fixed first.`,
		remedy: fixRemedy(blocking, where)
	});
}

export { requireClean as i, commonValue as n, hostsMatrix as r, blockedBy as t };