import { a as markdownSentence, i as markdownCode } from "./escape.js";
import { n as findingsTable, o as reasons, r as headline, s as table } from "./markdown.js";

// src/report/forecast.ts
const verdicts = {
	clean: "✅ clean",
	findings: "⚠️ with findings",
	failed: "❌ failed"
};
function rehearsedHeadline(findings, forecasts) {
	const failures = forecasts.filter(({ verdict }) => verdict === "failed").length;
	if (failures === 0) return headline(findings);
	const rehearsal = `❌ ${failures === 1 ? "The rehearsal" : `${failures} rehearsals`} failed`;
	return findings.length === 0 ? rehearsal : `${rehearsal}; ${headline(findings)}`;
}
function renderRehearsal(forecasts) {
	const findings = forecasts.flatMap((forecast) => forecast.findings);
	return [
		"## Rehearsal",
		rehearsedHeadline(findings, forecasts),
		forecastTable(forecasts),
		findingsTable(findings, 1e3),
		reasons(findings)
	].filter((part) => part !== "").join("\n\n");
}
function forecastTable(forecasts) {
	if (forecasts.length === 0) return "";
	const rows = forecasts.map(({ host, verdict, message, counts = {}, windowSeconds, rehearsedAt }) => [
		markdownCode(host),
		verdicts[verdict],
		Object.entries(counts).map(([category, count]) => `${count} ${markdownSentence(inWords(category))}`).join(", "),
		windowSeconds === void 0 ? "" : `${windowSeconds.toFixed(1)} s`,
		`${markdownSentence(message)}${rehearsedAt === void 0 ? "" : ` (${markdownSentence(rehearsedAt)})`}`
	]);
	return table([
		"Rehearsed on",
		"Verdict",
		"Would migrate",
		"Users wait",
		""
	], rows);
}
const inWords = (category) => category.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export { rehearsedHeadline as n, renderRehearsal as r, forecastTable as t };