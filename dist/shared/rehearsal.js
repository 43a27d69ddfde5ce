import { n as countText } from "./account-counts.js";
import { a as markdownSentence, i as markdownCode } from "./escape.js";
import { l as table, n as findingsTable, o as reasons, r as headline, s as sections } from "./markdown.js";

// src/report/rehearsal.ts
const verdicts = {
	clean: "✅ clean",
	findings: "⚠️ with findings",
	"would-fail": "❌ migration would fail",
	failed: "❌ could not rehearse",
	live: "✅ nothing to rehearse"
};
function rehearsedHeadline(findings, hosts) {
	const has = (verdict) => hosts.some((host) => host.verdict === verdict);
	const parts = [...has("would-fail") ? ["❌ The migration would fail"] : [], ...has("failed") ? ["❌ The rehearsal could not run"] : []];
	if (parts.length === 0) return headline(findings);
	return [...parts, ...findings.length === 0 ? [] : [headline(findings)]].join("; ");
}
function renderRehearsal(hosts) {
	const findings = hosts.flatMap((host) => host.findings);
	return sections("## Rehearsal", rehearsedHeadline(findings, hosts), rehearsalTable(hosts), findingsTable(findings, 1e3), reasons(findings));
}
function rehearsalTable(hosts) {
	if (hosts.length === 0) return "";
	const rows = hosts.map(({ host, verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt }) => [
		markdownCode(host),
		`${verdicts[verdict]}<br>${markdownSentence(message)}`,
		Object.entries(counts).map(([category, count]) => markdownSentence(countText(category, count))).join(", "),
		expectedWindowSeconds === void 0 ? "" : `${(expectedWindowSeconds / 2).toFixed(1)} to ${expectedWindowSeconds.toFixed(1)} s`,
		rehearsedAt === void 0 ? "" : markdownSentence(rehearsedAt)
	]);
	return table([
		"Host",
		"Result",
		"Would migrate",
		"Expected downtime",
		"Rehearsed at"
	], rows);
}

export { rehearsedHeadline as n, renderRehearsal as r, rehearsalTable as t };