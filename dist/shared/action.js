import { n as openFindings } from "./finding.js";
import { t as annotations } from "./annotations.js";
import { n as renderText, r as renderJson, t as withProposals } from "./proposals.js";
import { n as pagesOf } from "./pages.js";
import { t as fitting } from "./fitting.js";
import { a as proposals, i as hostsTable, n as findingsTable, o as reasons, r as headline, t as acceptedTable } from "./markdown.js";
import { t as writeReport } from "./report-file.js";
import { a as printLog, n as appendSummary, o as setOutput } from "./runner.js";
import { s as readInputs, t as actionInput } from "./inputs.js";
import { n as validationInputs } from "./inputs3.js";
import { n as hostsMatrix, r as shared, t as demandClean } from "./outcome2.js";
import { t as validate } from "./run.js";
import { t as validationSources } from "./sources.js";
import { n as member, t as eventOf } from "./event.js";

// src/report/summary.ts
const mostBytes = 1e6;
function renderSummary(verdict, pages) {
	return fitting(fromFullToShort(verdict, pages), mostBytes);
}
function* fromFullToShort(verdict, pages) {
	for (const rows of [
		1e3,
		200,
		50
	]) yield render(verdict, rows, pages);
}
function render({ hosts, findings }, rows, pages) {
	return [
		"## Check of the inventory",
		headline(findings),
		findingsTable(findings, rows, pages),
		proposals(findings, 20),
		reasons(findings),
		acceptedTable(findings, rows, pages),
		hostsTable(hosts, rows)
	].filter((part) => part !== "").join("\n\n");
}

// src/actions/validate-config/visibility.ts
function visibilityOf(environment) {
	const isPrivate = member(eventOf(environment), "repository", "private");
	return typeof isPrivate === "boolean" ? { visibility: isPrivate ? "private" : "public" } : {};
}

// src/actions/validate-config/action.ts
async function validateConfig(runner) {
	const inputs = readInputs(validationInputs, actionInput(runner.environment));
	const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd();
	const sources = await validationSources(inputs, root);
	const { verdict, text } = await withProposals(validate({
		...sources,
		...visibilityOf(runner.environment)
	}), sources, inputs.convertPath !== void 0);
	const pages = pagesOf(runner.environment);
	printLog(runner, renderText(verdict));
	const { lines, left } = annotations(verdict.findings);
	for (const line of lines) runner.write(`${line}\n`);
	if (left > 0) printLog(runner, `${left} more have no annotation of their own: GitHub shows ten of each kind.`);
	if (inputs.summary) appendSummary(runner, renderSummary(verdict, pages));
	if (inputs.jsonPath !== void 0) writeReport(root, inputs.jsonPath, renderJson(verdict));
	if (inputs.sarifPath !== void 0) {
		const { renderSarif } = await import("./sarif.js");
		writeReport(root, inputs.sarifPath, renderSarif(verdict, inputs.inventory[0] ?? "", pages));
	}
	if (text !== "") writeReport(root, inputs.convertPath, text);
	setOutput(runner, "stage", shared(verdict.hosts.map(({ stage }) => stage)));
	setOutput(runner, "plan", shared(verdict.hosts.map(({ outlook }) => outlook.expected)));
	setOutput(runner, "hosts", hostsMatrix(verdict));
	const open = openFindings(verdict.findings);
	setOutput(runner, "findings", String(open.length));
	setOutput(runner, "errors", String(open.filter(({ severity }) => severity === "error").length));
	setOutput(runner, "accepted", String(verdict.findings.length - open.length));
	demandClean(verdict, inputs.failOn);
}

export { validateConfig as t };