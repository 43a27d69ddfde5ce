import { p as byCodeUnit } from "./folders.js";

// src/domain/finding.ts
const severities = [
	"error",
	"warning",
	"notice"
];
function openFindings(findings) {
	return findings.filter(({ accepted }) => !accepted);
}
function pageOfRule(id) {
	return `docs/rules/${id.replace("/", "-")}.md`;
}
const consequences = [
	/^(?:mas|providers|synapse|change|syn2mas|doctor|inventory)\//,
	/^trust\//,
	/^(?!playbook\/)/,
	/^playbook\/(?!renamed-|removed-|unknown-|unused-|wrong-type|not-compared)/
];
const ranks = /* @__PURE__ */ new Map();
function consequenceOf({ id }) {
	const known = ranks.get(id);
	if (known !== void 0) return known;
	const index = consequences.findIndex((pattern) => pattern.test(id));
	const rank = index === -1 ? consequences.length : index;
	ranks.set(id, rank);
	return rank;
}
function bySeverity(a, b) {
	return severities.indexOf(a.severity) - severities.indexOf(b.severity) || consequenceOf(a) - consequenceOf(b) || byCodeUnit(a.place?.file ?? "", b.place?.file ?? "") || (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}

// src/support/plural.ts
function plural(count, one, many = `${one}s`) {
	return `${count} ${count === 1 ? one : many}`;
}
function counted(nouns, name, count) {
	return plural(count, ...nouns[name] ?? [name, name]);
}

export { pageOfRule as a, openFindings as i, plural as n, severities as o, bySeverity as r, counted as t };