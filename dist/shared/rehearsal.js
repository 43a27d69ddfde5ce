import { a as markdownSentence, i as markdownCode } from "./escape.js";
import { c as table, n as findingsTable, o as reasons, r as headline, s as sections } from "./markdown.js";

// src/report/rehearsal.ts
const verdicts = {
	clean: "✅ clean",
	findings: "⚠️ with findings",
	failed: "❌ failed"
};
function rehearsedHeadline(findings, hosts) {
	const failures = hosts.filter(({ verdict }) => verdict === "failed").length;
	if (failures === 0) return headline(findings);
	const rehearsal = `❌ ${failures === 1 ? "The rehearsal" : `${failures} rehearsals`} failed`;
	return findings.length === 0 ? rehearsal : `${rehearsal}; ${headline(findings)}`;
}
function renderRehearsal(hosts) {
	const findings = hosts.flatMap((host) => host.findings);
	return sections("## Rehearsal", rehearsedHeadline(findings, hosts), rehearsalTable(hosts), findingsTable(findings, 1e3), reasons(findings));
}
function rehearsalTable(hosts) {
	if (hosts.length === 0) return "";
	const rows = hosts.map(({ host, verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt }) => [
		markdownCode(host),
		verdicts[verdict],
		Object.entries(counts).map(([category, count]) => `${count} ${markdownSentence(inWords(category))}`).join(", "),
		expectedWindowSeconds === void 0 ? "" : `${(expectedWindowSeconds / 2).toFixed(1)} to ${expectedWindowSeconds.toFixed(1)} s`,
		`${markdownSentence(message)}${rehearsedAt === void 0 ? "" : ` (${markdownSentence(rehearsedAt)})`}`
	]);
	return table([
		"Rehearsed on",
		"Verdict",
		"Would migrate",
		"Expected downtime",
		""
	], rows);
}
const inWords = (category) => category.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export { rehearsedHeadline as n, renderRehearsal as r, rehearsalTable as t };