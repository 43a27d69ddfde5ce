import { i as markdownCode } from "./escape.js";
import { c as stageHeading, l as table, n as findingsTable, o as reasons, r as headline, s as sections } from "./markdown.js";

// src/report/health.ts
function renderHealth(hosts, pages) {
	const findings = hosts.flatMap((host) => host.findings);
	const rows = hosts.map(({ host, stage, healthy }) => [
		markdownCode(host),
		stage ?? "unknown",
		healthy ? "✅ healthy" : "❌ not healthy"
	]);
	return sections("## Doctor", headline(findings), table([
		"Host",
		stageHeading(pages),
		"Result"
	], rows), findingsTable(findings, 200), reasons(findings));
}
function renderNoDoctor(runAddress) {
	return `The doctor failed before it checked any server, so it is unknown whether users are served. For the cause, see ${runAddress === void 0 ? "the log of its job" : `[the log](${runAddress})`}.`;
}

export { renderNoDoctor as n, renderHealth as t };