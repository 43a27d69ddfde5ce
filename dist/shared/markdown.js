import { r as severities, t as bySeverity } from "./finding.js";
import { a as markdownSentence, i as markdownCode } from "./escape.js";
import { n as plural, t as placeText } from "./place.js";

// src/report/markdown.ts
const marks = {
	error: "❌ error",
	warning: "⚠️ warning",
	notice: "ℹ️ notice"
};
function headline(findings) {
	const counts = severities.map((severity) => ({
		severity,
		count: findings.filter((finding) => finding.severity === severity).length
	})).filter(({ count }) => count > 0).map(({ severity, count }) => plural(count, severity));
	return counts.length === 0 ? "✅ Nothing found" : `${findings.some(isError) ? "❌" : "⚠️"} ${counts.join(", ")}`;
}
function isError({ severity }) {
	return severity === "error";
}
function hostsTable(hosts) {
	if (hosts.length === 0) return "The inventory names no host.";
	return table([
		"Host",
		"Stage",
		"What merging does"
	], hosts.map(({ host, before, stage, reason, outlook }) => [
		markdownCode(host),
		before === void 0 || before === stage ? `**${stage}**` : `${before} → **${stage}**`,
		`${markdownSentence(outlook.sentence)} <br>Stage: ${markdownSentence(reason)}.`
	]));
}
function findingsTable(findings, most) {
	if (findings.length === 0) return "";
	const rows = [...findings].sort(bySeverity).slice(0, most).map(({ id, severity, message, place, host, remedy }) => [
		marks[severity],
		place ? markdownCode(placeText(place)) : host === void 0 ? "" : markdownCode(host),
		`${markdownSentence(message)} (${markdownCode(id)})`,
		markdownSentence(remedy)
	]);
	const left = findings.length - rows.length;
	const more = left > 0 ? `\n\n${plural(left, "more finding")} not shown here.` : "";
	return table([
		"",
		"Where",
		"What",
		"What to do"
	], rows) + more;
}
function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head),
		line(head.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
function reasons(findings) {
	const byId = new Map(findings.map((finding) => [finding.id, finding.why]));
	if (byId.size === 0) return "";
	return `<details><summary>Why these matter</summary>\n\n${[...byId].map(([id, why]) => `- ${markdownCode(id)}: ${markdownSentence(why)}`).join("\n")}\n\n</details>`;
}

export { table as a, reasons as i, headline as n, hostsTable as r, findingsTable as t };
//# sourceMappingURL=markdown.js.map