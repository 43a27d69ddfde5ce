import { t as annotations } from "./shared/annotations.js";
import { n as renderJson, t as renderText } from "./shared/text.js";
import { i as reasons, n as headline, r as hostsTable, t as findingsTable } from "./shared/markdown.js";
import { t as writeReport } from "./shared/report-file.js";
import { a as printLog, o as setOutput, r as appendSummary, t as runAction } from "./shared/run-action.js";
import { o as readInputs, t as actionInput } from "./shared/inputs.js";
import { t as validationInputs } from "./shared/inputs3.js";
import { n as hostsMatrix, r as shared, t as demandClean } from "./shared/outcome2.js";
import { t as validationSources } from "./shared/sources2.js";
import { t as validate } from "./shared/validate.js";

// src/report/summary.ts
const most = 1e3;
function renderSummary({ hosts, findings }) {
	return [
		"## Check of the inventory",
		headline(findings),
		hostsTable(hosts),
		findingsTable(findings, most),
		reasons(findings)
	].filter((part) => part !== "").join("\n\n");
}

// src/actions/validate-config.ts
async function main(runner) {
	const inputs = readInputs(validationInputs, actionInput(runner.environment));
	const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd();
	const verdict = validate(await validationSources(inputs, root));
	printLog(runner, renderText(verdict));
	for (const line of annotations(verdict.findings).lines) runner.write(`${line}\n`);
	if (inputs.summary) appendSummary(runner, renderSummary(verdict));
	writeReport(root, inputs.jsonPath, renderJson(verdict));
	setOutput(runner, "stage", shared(verdict.hosts.map(({ stage }) => stage)));
	setOutput(runner, "plan", shared(verdict.hosts.map(({ outlook }) => outlook.expected)));
	setOutput(runner, "hosts", hostsMatrix(verdict));
	setOutput(runner, "findings", String(verdict.findings.length));
	demandClean(verdict, inputs.failOn);
}
await runAction(main);

export {  };
//# sourceMappingURL=validate-config.js.map