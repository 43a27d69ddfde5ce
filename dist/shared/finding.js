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
function bySeverity(a, b) {
	return severities.indexOf(a.severity) - severities.indexOf(b.severity) || compare(a.place?.file ?? "", b.place?.file ?? "") || (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
function compare(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}

export { severities as i, openFindings as n, pageOfRule as r, bySeverity as t };