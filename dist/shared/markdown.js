import { _ as openFindings, g as bySeverity, y as severities } from "./repository.js";
import { a as markdownSentence, i as markdownCode, r as markdownBlock } from "./escape.js";
import { t as pageAddress } from "./pages.js";

// src/support/plural.ts
function plural(count, one, many = `${one}s`) {
	return `${count} ${count === 1 ? one : many}`;
}
function counted(nouns, name, count) {
	return plural(count, ...nouns[name] ?? [name, name]);
}

// src/report/place.ts
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}

// src/report/markdown.ts
const signs = {
	error: "❌",
	warning: "⚠️",
	notice: "ℹ️"
};
function mark(severity) {
	return `${signs[severity]} ${severity}`;
}
function headline(findings) {
	const open = openFindings(findings);
	const counts = severities.map((severity) => ({
		severity,
		count: open.filter((finding) => finding.severity === severity).length
	})).filter(({ count }) => count > 0).map(({ severity, count }) => plural(count, severity));
	const accepted = findings.length - open.length;
	const aside = accepted > 0 ? ` (${accepted} accepted)` : "";
	if (counts.length === 0) return `✅ No findings${aside}`;
	const worst = severities.find((severity) => open.some((finding) => finding.severity === severity)) ?? "notice";
	return `${signs[worst]} ${counts.join(", ")}${aside}${uncertainty(open)}`;
}
function uncertainty(findings) {
	const count = findings.filter(({ isUncertain }) => isUncertain).length;
	return count > 0 ? `; not certain: ${plural(count, "finding")} about what an encrypted file may contain` : "";
}
function hostsTable(hosts, most = Number.POSITIVE_INFINITY) {
	if (hosts.length === 0) return "The inventory has no hosts.";
	const rows = hosts.slice(0, most).map(({ host, before, stage, reason, outlook }) => [
		markdownCode(host),
		before === void 0 || before === stage ? `**${stage}**` : `${before} → **${stage}**`,
		`${markdownSentence(outlook.sentence)} <br>Stage: ${markdownSentence(reason)}.`
	]);
	return table([
		"Host",
		"Stage of the vars",
		"What merging does"
	], rows) + notShown(hosts.length - rows.length, "host");
}
function findingsTable(findings, most, pages) {
	const open = openFindings(findings);
	if (open.length === 0) return "";
	const rows = open.toSorted(bySeverity).slice(0, most).map((finding) => [
		mark(finding.severity),
		where(finding),
		`${markdownSentence(finding.message)} (${ruleLink(finding, pages)})`,
		markdownSentence(finding.remedy)
	]);
	return table([
		"Severity",
		"Where",
		"Finding",
		"What to do"
	], rows) + notShown(open.length - rows.length, "finding");
}
function acceptedTable(findings, most, pages) {
	const accepted = findings.flatMap((finding) => finding.accepted ? [{
		finding,
		accepted: finding.accepted
	}] : []);
	if (accepted.length === 0) return "";
	const rows = accepted.slice(0, most).map(({ finding, accepted: { reason, until } }) => [
		mark(finding.severity),
		where(finding),
		`${markdownSentence(finding.message)} (${ruleLink(finding, pages)})`,
		`${markdownSentence(reason)}${until === void 0 ? "" : ` (until ${markdownSentence(until)})`}`
	]);
	return table([
		"Accepted",
		"Where",
		"Finding",
		"Reason"
	], rows) + notShown(accepted.length - rows.length, "accepted finding");
}
function where({ place, host }) {
	if (place) return markdownCode(placeText(place));
	return host === void 0 ? "" : markdownCode(host);
}
function stageHeading(pages) {
	const address = pageAddress(pages, "docs/stages.md");
	return address === void 0 ? "Stage of the server" : `[Stage of the server](${address})`;
}
function ruleLink({ id, page }, pages) {
	const address = pageAddress(pages, page);
	return address === void 0 ? markdownCode(id) : `[${markdownCode(id)}](${address})`;
}
function notShown(count, what) {
	return count > 0 ? `\n\n${plural(count, `more ${what}`)}, not shown here.` : "";
}
function proposals(findings, most) {
	const parts = openFindings(findings).filter(({ suggestion }) => suggestion?.text.includes("\n")).slice(0, most).map(({ id, suggestion }) => suggestion ? `At ${markdownCode(placeText(suggestion.place))}, for ${markdownCode(id)}:\n\n${markdownBlock(suggestion.text.replace(/^\n/, ""))}` : "");
	if (parts.length === 0) return "";
	return `<details><summary>Proposed lines</summary>\n\n${parts.join("\n\n")}\n\n</details>`;
}
function sections(...parts) {
	return parts.filter((part) => part !== "").join("\n\n");
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
	const byId = new Map(openFindings(findings).map((finding) => [finding.id, finding.why]));
	if (byId.size === 0) return "";
	return `<details><summary>Why these matter</summary>\n\n${[...byId].map(([id, why]) => `- ${markdownCode(id)}: ${markdownSentence(why)}`).join("\n")}\n\n</details>`;
}

export { proposals as a, stageHeading as c, placeText as d, counted as f, hostsTable as i, table as l, findingsTable as n, reasons as o, plural as p, headline as r, sections as s, acceptedTable as t, uncertainty as u };