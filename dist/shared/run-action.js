import { i as ToolkitError } from "./exec.js";
import { S as readInputs } from "./folders.js";
import { t as Repository } from "./repository.js";
import { a as keepForCleanup, c as printLog, d as exportVariable, i as inGroup, l as setOutput, n as annotate, r as appendSummary, s as maskSecret, t as addToPath, u as stepInput } from "./runner.js";
import { i as openFindings, n as plural, o as severities, r as bySeverity } from "./plural.js";
import { _ as sections, b as uncertainty, d as acceptedTable, f as findingsTable, g as reasons, h as proposals, i as renderMigration, m as hostsTable, p as headline, v as stageHeading, x as placeText, y as table } from "./migration.js";
import { a as markdownSentence, i as markdownCode, n as logText, o as markdownText, r as markdownBlock, t as jsonText } from "./escape.js";
import { n as pagesOf } from "./pages.js";
import { n as countText } from "./account-counts.js";

// src/report/annotations.ts
const annotationsPerSeverity = 10;
function annotations(findings) {
	const sorted = openFindings(findings).toSorted(bySeverity);
	const kinds = Map.groupBy(sorted, ({ id, severity }) => `${severity} ${id}`);
	const shown = severities.flatMap((severity) => [...kinds.values()].filter(([first]) => first?.severity === severity).slice(0, annotationsPerSeverity));
	return {
		shown: shown.flatMap(([first, ...others]) => first ? [annotation(first, others)] : []),
		left: sorted.length - shown.flat().length
	};
}
const mostPlaces = 10;
function othersText(others) {
	const named = others.slice(0, mostPlaces).flatMap(({ place, host }) => place ? placeText(place) : host ?? []);
	const rest = named.length < others.length ? " …" : "";
	return `${plural(others.length, "more finding")} of this kind: ${[...new Set(named)].join(", ")}${rest}. The summary of this step lists all.`;
}
function annotation({ id, severity, message, place, host, why, remedy }, others) {
	const text = [
		`${message}${host === void 0 ? "" : ` (host ${host})`}`,
		...others.length > 0 ? [othersText(others)] : [],
		`Why: ${why}`,
		`What to do: ${remedy}`
	];
	const where = place && {
		file: place.file,
		startLine: place.line,
		...place.endLine !== void 0 && { endLine: place.endLine },
		...place.endLine === place.line && {
			startColumn: place.column,
			endColumn: place.endColumn ?? place.column
		}
	};
	return {
		severity,
		title: id,
		message: text.join("\n"),
		...where && { place: where }
	};
}

// src/report/deployment.ts
function renderDeployment(deployments, failure, pages) {
	const rows = deployments.map(({ host, before, after, actual, stageAfter, changed, seconds }) => [
		markdownCode(host),
		fromTo(before, after),
		fromTo(actual, stageAfter ?? actual),
		String(changed.length),
		`${seconds.toFixed(0)} s`
	]);
	return sections("## Deployment", failure === void 0 ? "" : `**Stopped:** ${markdownSentence(failure)}`, table([
		"Host",
		"Stage of the vars",
		stageHeading(pages),
		"Changed tasks",
		"Duration"
	], rows));
}
function fromTo(before, after) {
	return before === after ? markdownText(after) : `${markdownText(before)} → ${markdownText(after)}`;
}

// src/report/health.ts
function renderHealth(hosts, pages) {
	const findings = hosts.flatMap((host) => host.findings);
	const rows = hosts.map(({ host, stage, healthy }) => [
		markdownCode(host),
		stage ?? "unknown",
		healthy ? "✅ healthy" : "❌ not healthy"
	]);
	return sections("## Doctor", headline(findings), table([
		"Host",
		stageHeading(pages),
		"Result"
	], rows), findingsTable(findings, 200), reasons(findings));
}
function renderNoDoctor(runAddress) {
	return `The doctor failed before it checked any server, so it is unknown whether users are served. For the cause, see ${runAddress === void 0 ? "the log of its job" : `[the log](${runAddress})`}.`;
}

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

// src/report/json.ts
const reportSchema = "https://matrix-auth-actions.example/schemas/validation.schema.json";
function renderJson({ hosts, findings }) {
	const open = openFindings(findings);
	const counts = {
		...Object.fromEntries(severities.map((severity) => [severity, open.filter((finding) => finding.severity === severity).length])),
		accepted: findings.length - open.length
	};
	return jsonText({
		$schema: reportSchema,
		version: 1,
		counts,
		hosts,
		findings
	});
}

// src/report/report.ts
function reportJson(report) {
	switch (report.kind) {
		case "validation": return renderJson(report.verdict);
		case "rehearsal": return jsonText({
			version: 1,
			hosts: report.hosts,
			receipts: report.receipts
		});
		case "health": return jsonText({
			version: 1,
			hosts: report.hosts
		});
		case "deployment": return jsonText({
			schema: "deployment/1",
			deployments: report.deployments,
			ok: report.ok
		});
		case "migration": return jsonText(report.report);
		case "status": {
			const { kind: _, ...status } = report;
			return jsonText({
				schema: "status/1",
				...status
			});
		}
	}
}
function findingsOf(report) {
	switch (report.kind) {
		case "validation": return report.verdict.findings;
		case "rehearsal":
		case "health": return report.hosts.flatMap((host) => host.findings);
		case "migration": return report.report.findings;
		case "deployment":
		case "status": return [];
	}
}
function statusText({ stage, why, text }) {
	return `stage     ${stage}: ${why}\n${text}`;
}

// src/report/fitting.ts
function fitToLimit(texts, mostBytes) {
	let last = "";
	for (const text of texts) {
		if (Buffer.byteLength(text) <= mostBytes) return text;
		last = text;
	}
	return cut(last, mostBytes);
}
function cut(text, mostBytes) {
	const bytes = Buffer.from(text).subarray(0, mostBytes - 200);
	const end = Math.max(0, bytes.lastIndexOf("\n"));
	return `${bytes.subarray(0, end).toString("utf8")}\n\nThe whole report is in the log and the report files of this check.`;
}

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

// src/report/text.ts
function renderText({ hosts, findings }) {
	return logText([
		...hostLines(hosts),
		...findingLines(findings),
		headlineText(findings)
	].join("\n"));
}
function hostLines(hosts) {
	return hosts.flatMap(({ host, stage, before, reason, outlook }) => [`${host}: ${before === void 0 || before === stage ? stage : `${before} -> ${stage}`} (${reason})`, `  ${outlook.sentence}`]);
}
function findingLines(findings) {
	return findings.flatMap(({ id, severity, message, place, host, remedy, accepted }) => [`${place ? placeText(place) : host ?? "inventory"}: ${accepted ? "accepted" : severity}: ${message} [${id}]`, accepted ? `  Accepted: ${accepted.reason}` : `  ${remedy}`]);
}
function headlineText(findings) {
	const open = openFindings(findings);
	const errors = open.filter(({ severity }) => severity === "error").length;
	const accepted = findings.length - open.length;
	const aside = accepted > 0 ? `, ${accepted} accepted` : "";
	return `${plural(open.length, "finding")}, ${plural(errors, "error")}${aside}${uncertainty(open)}`;
}

// src/actions/runner-port.ts
function runnerPort(environment) {
	return {
		log: printLog,
		show: (report) => show(report, pagesOf(environment)),
		note: appendSummary,
		setOutput,
		inGroup,
		maskSecret,
		addToPath,
		exportVariable,
		keepForCleanup
	};
}
async function show(report, pages) {
	if (report.kind === "validation") printLog(renderText(report.verdict));
	if (report.kind === "status") printLog(statusText(report));
	const { shown, left } = annotations(findingsOf(report));
	shown.forEach(annotate);
	if (left > 0) printLog(`Findings without an annotation: ${left}. GitHub shows ten of each severity.`);
	const markdown = markdownOf(report, pages);
	if (markdown !== void 0) await appendSummary(markdown);
}
function markdownOf(report, pages) {
	switch (report.kind) {
		case "validation": return report.isSummarised ? renderSummary(report.verdict, pages) : void 0;
		case "rehearsal": return renderRehearsal(report.hosts);
		case "health": return renderHealth(report.hosts, pages);
		case "deployment": return renderDeployment(report.deployments, report.failure, pages);
		case "migration": return renderMigration(report.report, report.toRestore);
		case "status": return `## Status\n\n${markdownBlock(statusText(report))}`;
	}
}

// src/actions/run-action.ts
function cancellable(runtime) {
	const controller = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort());
	return {
		...runtime,
		signal: controller.signal
	};
}
function defineAction(action) {
	return action;
}
async function perform(action, source, runtime) {
	for (const [name, { isSecret }] of Object.entries(action.inputs)) if (isSecret) runtime.port.maskSecret(source(name) ?? "");
	return action.run(readInputs(action.inputs, source), runtime, source);
}
const bugExitCode = 70;
async function runAction(action) {
	const environment = process.env;
	const runtime = {
		environment,
		repository: new Repository(environment.GITHUB_WORKSPACE ?? process.cwd()),
		log: printLog,
		port: runnerPort(environment)
	};
	try {
		await perform(action, stepInput, runtime);
		setOutput("failure-reason", "");
	} catch (error) {
		process.exitCode = report(error);
	}
}
function report(error) {
	if (error instanceof ToolkitError) {
		fail(error.reason, error.message, error.describe());
		return 1;
	}
	fail("internal", "matrix-auth-actions failed because of a bug", error instanceof Error ? error.stack ?? error.message : String(error));
	printLog("This is a bug in matrix-auth-actions, not in your repository. Please report it with the lines above.");
	return bugExitCode;
}
function fail(reason, title, message) {
	annotate({
		severity: "error",
		title,
		message
	});
	setOutput("failure-reason", reason);
}

export { findingLines as a, fitToLimit as c, rehearsalTable as d, rehearsedHeadline as f, runAction as i, reportJson as l, renderNoDoctor as m, defineAction as n, headlineText as o, renderHealth as p, perform as r, hostLines as s, cancellable as t, statusText as u };