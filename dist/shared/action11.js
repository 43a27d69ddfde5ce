import { _ as openFindings } from "./repository.js";
import { t as annotations } from "./annotations.js";
import { a as renderJson, i as renderText, n as validate, r as withProposals } from "./run.js";
import { n as pagesOf } from "./pages.js";
import { t as fitToLimit } from "./fitting.js";
import { a as proposals, i as hostsTable, n as findingsTable, o as reasons, r as headline, s as sections, t as acceptedTable } from "./markdown.js";
import { t as writeReport } from "./report-file.js";
import { a as withEventBase } from "./event-base.js";
import { n as playbookAtPin } from "./playbook.js";
import { n as defineAction } from "./run-action.js";
import { l as setOutput, n as annotate, r as appendSummary } from "./runner.js";
import { n as validationSources, r as validationInputs } from "./sources.js";
import { n as hostsMatrix, r as requireClean, t as commonValue } from "./outcome.js";
import { t as eventOf } from "./event.js";
import { n as member } from "./json.js";

// src/report/summary.ts
const mostBytes = 1e6;
function renderSummary(verdict, pages) {
	return fitToLimit(fromFullToShort(verdict, pages), mostBytes);
}
function* fromFullToShort(verdict, pages) {
	for (const rows of [
		1e3,
		200,
		50
	]) yield render(verdict, rows, pages);
}
function render({ hosts, findings }, rows, pages) {
	return sections("## Inventory check", headline(findings), findingsTable(findings, rows, pages), proposals(findings, 20), reasons(findings), acceptedTable(findings, rows, pages), hostsTable(hosts, rows));
}

// src/actions/validate-config/visibility.ts
function visibilityOf(environment) {
	const isPrivate = member(eventOf(environment), "repository", "private");
	return typeof isPrivate === "boolean" ? { visibility: isPrivate ? "private" : "public" } : {};
}

// src/actions/validate-config/action.ts
const validateConfig = defineAction({
	inputs: validationInputs,
	run
});
async function run(given, runtime) {
	const { repository, environment, log } = runtime;
	const { inputs, sources } = await fetchedSources(given, runtime);
	const { verdict, text } = await withProposals(validate(sources), sources, inputs.convertPath !== void 0);
	const pages = pagesOf(environment);
	log(renderText(verdict));
	const { shown, left } = annotations(verdict.findings);
	shown.forEach(annotate);
	if (left > 0) log(`Findings without an annotation: ${left}. GitHub shows ten of each severity.`);
	if (inputs.summary) await appendSummary(renderSummary(verdict, pages));
	if (inputs.jsonPath !== void 0) writeReport(repository.root, inputs.jsonPath, renderJson(verdict));
	if (inputs.sarifPath !== void 0) {
		const { renderSarif } = await import("./sarif.js");
		writeReport(repository.root, inputs.sarifPath, renderSarif(verdict, inputs.inventory[0] ?? "", pages));
	}
	if (text !== "") writeReport(repository.root, inputs.convertPath, text);
	setOutput("stage", commonValue(verdict.hosts.map(({ stage }) => stage)));
	setOutput("plan", commonValue(verdict.hosts.map(({ outlook }) => outlook.expected)));
	setOutput("hosts", hostsMatrix(verdict));
	const open = openFindings(verdict.findings);
	setOutput("findings", String(open.length));
	setOutput("errors", String(open.filter(({ severity }) => severity === "error").length));
	setOutput("accepted", String(verdict.findings.length - open.length));
	requireClean(verdict, inputs.failOn);
	return verdict;
}
async function fetchedSources(given, runtime) {
	const playbookPath = await playbookAtPin(given, runtime);
	const inputs = {
		...await withEventBase(given, runtime),
		playbookPath
	};
	return {
		inputs,
		sources: {
			...await validationSources(inputs, runtime.repository),
			...visibilityOf(runtime.environment)
		}
	};
}

export { validateConfig as n, fetchedSources as t };