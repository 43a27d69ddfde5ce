import { i as markdownCode } from "./escape.js";
import { n as findingsTable, o as reasons, r as headline, s as table } from "./markdown.js";

// src/report/health.ts
function renderHealth(hosts) {
	const findings = hosts.flatMap((host) => host.findings);
	const rows = hosts.map(({ host, stage, healthy }) => [
		markdownCode(host),
		stage ?? "not seen",
		healthy ? "✅ healthy" : "❌ not healthy"
	]);
	return [
		"## Doctor",
		headline(findings),
		table([
			"Host",
			"Stage",
			""
		], rows),
		findingsTable(findings, 200),
		reasons(findings)
	].filter((part) => part !== "").join("\n\n");
}
function renderNoDoctor(runAddress) {
	return `The doctor ended before it had looked at any server, so nobody knows whether users are served. ${runAddress === void 0 ? "The log of its job" : `[The log](${runAddress})`} says why.`;
}

export { renderNoDoctor as n, renderHealth as t };