import { n as countText } from "./account-counts.js";
import { i as openFindings } from "./plural.js";
import { o as stepText, r as migrationSentence, u as lossTexts } from "./migration.js";
import { a as findingLines, o as headlineText, s as hostLines, u as statusText } from "./run-action.js";
import { n as wrapped } from "./screen.js";

// src/cli/render.ts
const colours = {
	error: "red",
	warning: "yellow",
	notice: "cyan"
};
function renderReport(report, screen) {
	switch (report.kind) {
		case "validation": {
			const { hosts, findings } = report.verdict;
			return blocks(hostsBlock(hosts, screen), findingsBlock(findings, screen), closing(findings, screen));
		}
		case "rehearsal": return blocks(...report.hosts.flatMap(({ host, verdict, message, counts = {}, expectedWindowSeconds, findings }) => [
			`${screen.paint("bold", host)}: ${verdict}. ${message}`,
			Object.entries(counts).map(([category, count]) => countText(category, count)).join(", "),
			expectedWindowSeconds === void 0 ? "" : `Expected downtime: ${(expectedWindowSeconds / 2).toFixed(1)} to ${expectedWindowSeconds.toFixed(1)} s.`,
			findingsBlock(findings, screen)
		]));
		case "health": return blocks(...report.hosts.flatMap(({ host, stage = "unknown", healthy, findings }) => [`${screen.paint("bold", host)}: ${healthy ? screen.paint("green", "healthy") : screen.paint("red", "not healthy")}, stage ${stage}`, findingsBlock(findings, screen)]));
		case "deployment": return blocks(...report.deployments.map(({ host, plan, why, actual, stageAfter, changed, seconds }) => `${screen.paint("bold", host)}: ${plan}. ${why}\nStage of the server: ${actual} -> ${stageAfter ?? actual}. Tasks that changed something: ${changed.length}. Duration: ${seconds.toFixed(0)} s.`));
		case "migration": return migrationBlock(report, screen);
		case "status": return `${screen.paint("bold", report.host)}\n${statusText(report)}`;
	}
}
function migrationBlock({ report, toRestore }, screen) {
	const { host, proofs, checks, steps, warnings, findings, lost } = report;
	const losses = lost ? lossTexts(lost) : [];
	return blocks(`${screen.paint("bold", host)}: ${migrationSentence(report)}`, titled("Steps", steps.map(({ name, seconds, result }) => `${stepText(name)}: ${result}${seconds === void 0 ? "" : `, ${seconds.toFixed(1)} s`}`)), titled("Proofs", proofs.map(proofText)), titled("Checks after the migration", checks.map(proofText)), lost && titled("Lost in MAS", losses.length > 0 ? losses : ["nothing"]), titled("Warnings", warnings), findingsBlock(findings, screen), toRestore && titled("Lines to restore in the vars", toRestore.lines), toRestore?.patch && `git apply --unidiff-zero <<'END'\n${toRestore.patch}\nEND`);
}
function proofText({ name, result, detail }) {
	return `${result}: ${name}${detail === "" ? "" : ` (${detail})`}`;
}
function titled(title, lines) {
	return lines.length === 0 ? "" : [`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n");
}
function blocks(...parts) {
	return parts.filter(Boolean).join("\n\n");
}
function hostsBlock(hosts, screen) {
	if (!screen.isTerminal) return hostLines(hosts).join("\n");
	return hosts.map((host) => {
		const [head = "", ...rest] = hostLines([host]);
		return `${screen.paint("bold", wrapped(head, screen.width))}\n${wrapped(rest.join(" ").trim(), screen.width, "  ")}`;
	}).join("\n");
}
function findingsBlock(findings, screen) {
	if (!screen.isTerminal) return findings.flatMap((each) => [...findingLines([each]), ...proposed(each, "  + ")]).join("\n");
	return [...Map.groupBy(findings, ({ place, host }) => place?.file ?? host ?? "inventory")].map(([file, own]) => [screen.paint("underline", file), ...own.map((each) => findingText(each, screen))].join("\n")).join("\n\n");
}
const indentation = "    ";
function findingText(finding, { paint, width }) {
	const { id, severity, message, place, remedy, accepted } = finding;
	const where = place ? `${place.line}:${place.column}  ` : "";
	const mark = accepted ? paint("dim", "accepted") : paint(colours[severity], severity);
	const lines = proposed(finding, `${indentation}  `);
	return [
		`  ${where}${mark}  ${paint("dim", id)}`,
		wrapped(message, width, indentation),
		wrapped(accepted ? `Accepted: ${accepted.reason}` : remedy, width, indentation),
		...lines.length > 0 ? [`${indentation}Proposed:`, ...lines.map((line) => paint("green", line))] : []
	].join("\n");
}
function proposed({ suggestion }, indentation) {
	if (suggestion === void 0 || suggestion.text.trim() === "") return [];
	return suggestion.text.trimEnd().split("\n").map((line) => `${indentation}${line}`);
}
function closing(findings, { isTerminal }) {
	const fixable = openFindings(findings).filter(({ suggestion }) => suggestion).length;
	const fix = isTerminal && fixable > 0 ? `. --fix writes the proposed lines of ${fixable}` : "";
	return `${headlineText(findings)}${fix}`;
}

export { renderReport as n, findingsBlock as t };