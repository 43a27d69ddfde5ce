import { d as canBeAccepted, f as openFindings } from "./account-counts.js";
import { h as blobAddress } from "./reading.js";
import { W as placeText, c as hostLines, o as findingLines, s as headlineText } from "./run-action.js";
import { o as wrapped } from "./inventory.js";

// src/cli/verdict.ts
const colours = {
	error: "red",
	warning: "yellow",
	notice: "cyan"
};
function renderVerdict({ hosts, findings }, screen) {
	return [
		hostsBlock(hosts, screen),
		findingsBlock(findings, screen),
		closing(findings, screen)
	].filter(Boolean).join("\n\n");
}
function hostsBlock(hosts, screen) {
	if (!screen.isTerminal) return hostLines(hosts).join("\n");
	return hosts.map((host) => {
		const [head = "", ...rest] = hostLines([host]);
		return `${screen.paint("bold", wrapped(head, screen.width))}\n${wrapped(rest.join(" ").trim(), screen.width, "  ")}`;
	}).join("\n");
}
function findingsBlock(findings, screen) {
	if (!screen.isTerminal) return findings.flatMap((each) => [...findingLines([each]), ...proposed(each, placeText, "  ")]).join("\n");
	return [...Map.groupBy(findings, ({ place, host }) => place?.file ?? host ?? "inventory")].map(([file, own]) => [screen.paint("underline", file), ...own.map((each) => findingText(each, screen))].join("\n")).join("\n\n");
}
const indentation = "    ";
function findingText(finding, { paint, width }) {
	const { id, severity, message, place, remedy, accepted } = finding;
	const where = place ? `${place.line}:${place.column}  ` : "";
	const mark = accepted ? paint("dim", "accepted") : paint(colours[severity], severity);
	const placeIn = (at) => at.file === place?.file ? `${at.line}:${at.column}` : placeText(at);
	const [head, ...lines] = proposed(finding, placeIn, indentation);
	return [
		`  ${where}${mark}  ${paint("dim", id)}`,
		wrapped(message, width, indentation),
		wrapped(accepted ? `Accepted: ${accepted.reason}` : `What to do: ${remedy}`, width, indentation),
		...head === void 0 ? [] : [head, ...lines.map((line) => paint("green", line))]
	].join("\n");
}
function proposed({ suggestion }, placeIn, indentation) {
	if (suggestion === void 0 || suggestion.text.trim() === "") return [];
	const { place, text } = suggestion;
	const { line, column, endLine = line, endColumn = column } = place;
	return [`${indentation}${line === endLine && column === endColumn ? `Insert at ${placeIn(place)}:` : `Replace the text at ${placeIn(place)} with:`}`, ...text.replace(/^\n+/, "").trimEnd().split("\n")];
}
const howToAccept = `The format of accepted-findings.yml: ${blobAddress("validate-config/README.md#accepting-a-finding")}`;
function closing(findings, { isTerminal }) {
	const open = openFindings(findings);
	const isFixable = open.some(({ suggestion }) => suggestion);
	const isSaid = open.some(({ severity }) => severity === "error");
	const fix = isTerminal && isFixable && !isSaid ? ". --fix writes the proposed lines" : "";
	return [`${headlineText(findings)}${fix}`, ...canBeAccepted(open) ? [howToAccept] : []].join("\n");
}

export { renderVerdict as n, findingsBlock as t };