import { d as openFindings, l as plural } from "./account-counts.js";
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
function requireClean({ findings }, failOn) {
	const blocking = openFindings(findings).filter(({ severity }) => failing[failOn].includes(severity));
	if (blocking.length === 0) return;
	throw new ToolkitError({
		reason: "findings",
		what: `${plural(blocking.length, "finding")} must be fixed first.`,
		remedy: "Each finding says what to do."
	});
}

export { hostsMatrix as n, requireClean as r, commonValue as t };