import { i as ToolkitError } from "./exec.js";
import { O as isBelow, S as readInputs, f as byCodeUnit, k as requireFolders } from "./git.js";
import { a as addToPath, c as inGroup, d as maskSecret, f as printLog, l as keepForCleanup, m as stepInput, o as annotate, p as setOutput, s as appendSummary, t as codeOf, y as exportVariable } from "./reading.js";
import { A as note, C as folded, D as link, E as lines, F as Repository, M as strong, N as table, O as list, S as code, T as isAddress, b as renderMarkdown, c as lossTexts, f as healthCheckOf, i as stageMeanings, j as paragraph, k as marker, s as restoration, w as heading, x as block, y as markerLine } from "./stage.js";
import { d as canBeAccepted, f as openFindings, l as plural, m as severities, n as countText, t as countDifferences, u as bySeverity } from "./account-counts.js";
import { a as pagesOf, i as pageAddress, r as rewordDocument } from "./words.js";
import { f as visible, i as logText, r as jsonText, t as htmlText } from "./escape.js";
import { accessSync, closeSync, constants, existsSync, ftruncateSync, lstatSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, resolve } from "node:path";

// src/support/report-file.ts
const { O_RDWR, O_CREAT, O_NOFOLLOW, W_OK } = constants;
function requireReportFile(job, path, start = "{") {
	if (path === void 0) return;
	const { file, root } = reportFile(job, path);
	requireFolders(root, dirname(file), report$1);
	const entry = lstatSync(file, { throwIfNoEntry: false });
	if (entry?.isDirectory()) throw unwritable(report$1, file, "it is a folder");
	if (entry?.isSymbolicLink()) throw unwritable(report$1, file, "it is a link");
	if (entry?.isFile() === false) throw unwritable(report$1, file, "it is not a plain file");
	try {
		accessSync(nearest(file), W_OK);
		if (!entry || startsWith(file, start)) return;
	} catch (cause) {
		throw unwritable(report$1, file, codeOf(cause) ?? "unknown error", cause);
	}
	throw unwritable(report$1, file, "it would replace a file that is not a report");
}
function nearest(path) {
	return existsSync(path) ? path : nearest(dirname(path));
}
function startsWith(file, start) {
	const descriptor = openSync(file, "r");
	try {
		const first = Buffer.alloc(1);
		return readSync(descriptor, first) === 0 || first.toString() === start;
	} finally {
		closeSync(descriptor);
	}
}
function writeReport(job, path, text) {
	if (path === void 0) return;
	const { file, root } = reportFile(job, path);
	writeBelow(root, file, text, report$1);
}
function pageBeside(jsonPath) {
	return `${jsonPath.replace(/\.json$/, "")}.html`;
}
const report$1 = "A report";
function reportFile({ repository, environment }, path) {
	const file = resolve(repository.root, path);
	const root = [repository.root, environment.RUNNER_TEMP || repository.root].find((each) => isBelow(each, file));
	if (root === void 0) throw unwritable(report$1, file, "the path leaves the workspace");
	return {
		file,
		root
	};
}
function writeBelow(root, file, text, content) {
	requireFolders(root, dirname(file), content);
	try {
		mkdirSync(dirname(file), { recursive: true });
		const descriptor = openSync(file, O_RDWR | O_CREAT | O_NOFOLLOW);
		try {
			replaceContent(descriptor, Buffer.from(text));
		} finally {
			closeSync(descriptor);
		}
	} catch (cause) {
		const code = codeOf(cause) ?? "unknown error";
		throw unwritable(content, file, problems[code] ?? code, cause);
	}
}
function replaceContent(descriptor, bytes) {
	const before = readFileSync(descriptor);
	try {
		writeFromStart(descriptor, bytes);
	} catch (error) {
		writeFromStart(descriptor, before);
		throw error;
	}
}
function writeFromStart(descriptor, bytes) {
	for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
	ftruncateSync(descriptor, bytes.length);
}
const problems = {
	ELOOP: "it is a link",
	EISDIR: "it is a folder"
};
function unwritable(content, file, why, cause) {
	return new ToolkitError({
		reason: "input-invalid",
		what: `${content} cannot be written (${why}).`,
		where: file,
		remedy: content === report$1 ? "Name a file in a folder of the workspace that can be written to." : "Let your user write to it and to its folder, then run the command again.",
		cause
	});
}

// src/report/place.ts
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}

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

// src/report/fitting.ts
const mostCommentBytes = 65e3;
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

// src/report/deployment.ts
function deploymentDocument(deployments, failure, pages) {
	const stages = link("stage", pageAddress(pages, "docs/stages.md"));
	const items = deployments.map(({ host, before, after, actual, stageAfter, changed, seconds }) => [lines([code(host), `: ${plural(changed.length, "changed task")} in ${seconds.toFixed(0)} s`], [
		"Vars: ",
		fromTo(before, after),
		" · ",
		stages,
		" of the server: ",
		fromTo(actual, stageAfter ?? actual)
	])]);
	return [
		heading(2, "Deployment"),
		...failure === void 0 ? [] : [paragraph(strong("Stopped:"), ` ${failure}`)],
		...list(items)
	];
}
function deploymentSentence(deployments) {
	const changed = deployments.reduce((sum, each) => sum + each.changed.length, 0);
	const next = deployments.some(({ actual, stageAfter }) => stageAfter === "installed" && actual !== stageAfter) ? " MAS now runs beside Synapse, and users log in as before. Next, after a day or more: the pull request that migrates." : "";
	return `Deployed; ${plural(changed, "task")} changed something.${next}`;
}
function fromTo(before, after) {
	return before === after ? after : `${before} → ${after}`;
}

// src/domain/suggestion.ts
function applySuggestion(text, { place, text: replacement }) {
	const lines = text.split(/(?<=\n)/);
	const offset = (line, column) => lines.slice(0, line - 1).join("").length + Math.min(column - 1, lines[line - 1]?.length ?? 0);
	const start = offset(place.line, place.column);
	const end = offset(place.endLine ?? place.line, place.endColumn ?? place.column);
	const added = text.includes("\r\n") ? replacement.replace(/\r?\n/g, "\r\n") : replacement;
	return text.slice(0, start) + added + text.slice(end);
}
function withoutOverlaps(suggestions) {
	const sorted = [...new Map(suggestions.map((each) => [JSON.stringify(each), each])).values()].toSorted((a, b) => byCodeUnit(startOf(b), startOf(a)));
	const kept = [];
	for (const each of sorted) {
		const next = kept.at(-1);
		if (next === void 0 || endOf(each) < startOf(next)) kept.push(each);
	}
	return kept;
}
function startOf({ place: { line, column } }) {
	return position(line, column);
}
function endOf({ place: { line, column, endLine = line, endColumn = column } }) {
	return position(endLine, endColumn);
}
function position(line, column) {
	return `${String(line).padStart(9, "0")}:${String(column).padStart(9, "0")}`;
}

// src/report/proposed-change.ts
function linesOf({ place, text }) {
	const { line, column, endLine = line, endColumn = column } = place;
	return {
		first: line,
		last: column === 1 && endColumn === 1 && (text === "" || text.endsWith("\n")) ? endLine - 1 : endLine
	};
}
function lineChange(suggestions, known) {
	const ranges = suggestions.map(linesOf);
	const first = Math.min(...ranges.map((range) => range.first));
	const length = Math.max(...ranges.map((range) => range.last)) - first + 1;
	if (length > (known?.size ?? 0)) return void 0;
	const numbers = Array.from({ length: Math.max(0, length) }, (_, index) => first + index);
	const before = numbers.flatMap((number) => known?.get(number) ?? []);
	if (before.length < numbers.length) return void 0;
	const shifted = suggestions.map(({ place, text }) => {
		const { line, endLine = line } = place;
		return {
			place: {
				...place,
				line: line - first + 1,
				endLine: endLine - first + 1
			},
			text
		};
	});
	const text = before.map((each) => `${each}\n`).join("");
	const changed = shifted.reduce(applySuggestion, text);
	if (visible(changed.replaceAll("\n", "")) !== changed.replaceAll("\n", "")) return void 0;
	return {
		first,
		before,
		after: changed.split("\n").slice(0, -1)
	};
}
function diffSuggestion(suggestion, files) {
	const { file } = suggestion.place;
	const known = files.get(file);
	const change = lineChange([suggestion], known);
	if (!known || !change || change.before.length > 1 || change.after.length > 1) return void 0;
	const { first, before, after } = change;
	if (before.length === 1) return {
		file,
		firstLine: first,
		lastLine: first,
		lines: after
	};
	const [next, previous] = [known.get(first), known.get(first - 1)];
	if (next !== void 0) return {
		file,
		firstLine: first,
		lastLine: first,
		lines: [...after, next]
	};
	if (previous === void 0) return void 0;
	return {
		file,
		firstLine: first - 1,
		lastLine: first - 1,
		lines: [previous, ...after]
	};
}
function proposedChange({ place, text }) {
	const { line, column, endLine = line, endColumn = column } = place;
	if (text === "") {
		const last = endColumn === 1 ? endLine - 1 : endLine;
		return [paragraph(last > line ? `Remove the lines ${line} to ${last}.` : `Remove line ${line}.`)];
	}
	if (text.includes("\n")) return [paragraph(`Write this at line ${line}:`), block(text.replace(/^\n|\n$/g, ""))];
	return endColumn > column ? [paragraph(`In line ${line}, replace columns ${column} to ${endColumn - 1} with `, code(text), ".")] : [paragraph(`In line ${line}, insert at column ${column}: `, code(text))];
}
function patchOf(suggestions, files) {
	const byFile = Map.groupBy(suggestions, ({ place }) => place.file);
	const [texts, included] = [[], /* @__PURE__ */ new Set()];
	for (const [file, own] of byFile) {
		if (!/^[\w.@/+-]+$/.test(file)) continue;
		const changes = neighbours(withoutOverlaps(own).toReversed()).flatMap((group) => {
			const change = lineChange(group.toReversed(), files.get(file));
			if (!change || JSON.stringify(change.before) === JSON.stringify(change.after)) return [];
			for (const each of group) included.add(JSON.stringify(each));
			return change;
		});
		if (changes.length > 0) texts.push(`--- a/${file}\n+++ b/${file}\n${hunks(changes)}`);
	}
	return {
		text: texts.join("\n"),
		has: (suggestion) => included.has(JSON.stringify(suggestion))
	};
}
function neighbours(suggestions) {
	const groups = [];
	let end = 0;
	for (const each of suggestions) {
		const { first, last } = linesOf(each);
		const group = groups.at(-1);
		if (group && first <= end + 1) group.push(each);
		else groups.push([each]);
		end = Math.max(end, first, last);
	}
	return groups;
}
function hunks(changes) {
	let moved = 0;
	return changes.flatMap(({ first, before, after }) => {
		const start = (part) => part.length === 0 ? first - 1 : first;
		const head = `@@ -${start(before)},${before.length} +${start(after) + moved},${after.length} @@`;
		moved += after.length - before.length;
		return [
			head,
			...before.map((line) => `-${line}`),
			...after.map((line) => `+${line}`)
		];
	}).join("\n");
}

// src/report/findings.ts
const signs = {
	error: "❌",
	warning: "⚠️",
	notice: "ℹ️"
};
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
function findingsList(findings, view) {
	const open = openFindings(findings).toSorted(bySeverity);
	const shown = open.slice(0, view.most);
	const fixes = shown.flatMap((finding) => view.suggested?.has(finding) ? [] : finding.suggestion ?? []);
	const patch = patchOf(fixes, view.changedFiles ?? /* @__PURE__ */ new Map());
	return [
		...list(shown.map((finding) => itemOf(finding, view, patch))),
		...notShown(open.length - shown.length, "finding"),
		...fixes.length === 0 ? [] : fixesPart(patch.text),
		...howToAccept(shown, view.pages)
	];
}
function howToAccept(findings, pages) {
	if (!canBeAccepted(findings)) return [];
	const page = "validate-config/README.md";
	return [note("The format of ", code("accepted-findings.yml"), ": ", link(code(page), pageAddress(pages, `${page}#accepting-a-finding`)), ".")];
}
function fixesPart(patch) {
	const intro = [" to apply the fixes, run ", code("npx matrix-auth-actions validate --fix")];
	if (patch === "") return [paragraph(strong("Fixes:"), ...intro, ".")];
	return [paragraph(strong("Patch:"), ...intro, ", or paste this into ", code("git apply --unidiff-zero"), ":"), block(patch, "diff")];
}
function findingsPart(findings, view) {
	const shown = findingsList(findings, view);
	return shown.length === 0 ? [] : [
		heading(3, "Findings"),
		...shown,
		...reasons(findings)
	];
}
function itemOf(finding, view, patch) {
	const { severity, message, remedy, suggestion } = finding;
	const isSuggested = view.suggested?.has(finding) ?? false;
	const isInPatch = !isSuggested && suggestion !== void 0 && patch.has(suggestion);
	return [lines([
		strong(`${signs[severity]} ${severity}:`),
		` ${message}`,
		...view.isNew?.has(finding) ? [" ", strong("New.")] : []
	], where(finding, view), [strong("What to do:"), ` ${remedy}${isSuggested ? " The fix is a suggestion in the diff that you can commit." : ""}${isInPatch ? " The fix is in the patch below." : ""}`]), ...suggestion && !isSuggested && !isInPatch ? proposedChange(suggestion) : []];
}
function where({ place, host, id, page }, { pages, addressOf }) {
	return [
		...place ? [link(code(placeText(place)), addressOf?.(place))] : [],
		...host === void 0 ? [] : [code(host)],
		link(code(id), pageAddress(pages, page))
	].flatMap((part, index) => index === 0 ? [part] : [" · ", part]);
}
function acceptedList(findings, view) {
	const accepted = findings.flatMap((finding) => finding.accepted ? [{
		finding,
		...finding.accepted
	}] : []);
	const items = accepted.slice(0, view.most).map(({ finding, reason, until }) => [lines([`${signs[finding.severity]} ${finding.message}`], where(finding, view), [strong("Accepted:"), ` ${reason}${until === void 0 ? "" : ` (until ${until})`}`])]);
	return folded(plural(accepted.length, "accepted finding"), [...list(items), ...notShown(accepted.length - items.length, "accepted finding")]);
}
function reasons(findings) {
	const byId = new Map(openFindings(findings).map((finding) => [finding.id, finding.why]));
	return folded("Why these matter", list([...byId].map(([id, why]) => [paragraph(code(id), `: ${why}`)])));
}
function stagesOf(hosts, most, pages) {
	const items = hosts.slice(0, most).map(({ host, before, stage, reason, outlook }) => [lines([code(host), `: ${before === void 0 || before === stage ? stage : `${before} → ${stage}`}. ${reason}.`], [outlook.otherwise ?? ""])]);
	const page = pageAddress(pages, "docs/rules/README.md#stages-and-dialects");
	return folded("The stage of each host", [
		...page === void 0 || items.length === 0 ? [] : [paragraph(link("What the stages are", page))],
		...list(items),
		...notShown(hosts.length - items.length, "host")
	]);
}
function notShown(count, what) {
	return count > 0 ? [note(`${plural(count, `more ${what}`)}, not shown here.`)] : [];
}

// src/report/times.ts
function plainSeconds(seconds) {
	return `${seconds.toFixed(1)} s`;
}
function estimateText(upper) {
	return `${(upper / 2).toFixed(1)} to ${plainSeconds(upper)}`;
}
function timeText(at) {
	return `${at.slice(0, 16).replace("T", " ")} UTC`;
}

// src/report/health.ts
function healthDocument(hosts, pages) {
	const findings = hosts.flatMap((host) => host.findings);
	const items = hosts.map(({ host, stage, healthy, good, checks }) => [lines([
		healthy ? "✅ " : "❌ ",
		code(host),
		healthy ? ` is healthy${notChecked(checks)}` : " is not healthy"
	], [link("Stage", pageAddress(pages, "docs/stages.md")), ` of the server: ${stage ?? "unknown"}.${good > 0 ? ` ${plural(good, "check")} of mas-cli doctor passed.` : ""}`])]);
	return [
		heading(2, "Doctor"),
		paragraph(healthHeadline(hosts, findings)),
		...list(items),
		...findingsPart(findings, {
			most: 200,
			pages
		}),
		...hosts.flatMap(checksTable)
	];
}
function notChecked(checks = []) {
	const count = checks.filter(({ result }) => result === "unknown").length;
	return count === 0 ? "" : `; ${plural(count, "check")} could not run`;
}
function healthHeadline(hosts, findings) {
	if (hosts.length === 0) return "❓ No server was checked.";
	const unexplained = hosts.filter((host) => !host.healthy && openFindings(host.findings).length === 0).length;
	if (unexplained === 0) return headline(findings);
	const first = `❌ ${plural(unexplained, "server")} ${unexplained === 1 ? "is" : "are"} not healthy`;
	return findings.length === 0 ? first : `${first}; ${headline(findings)}`;
}
function checksTable({ host, checks = [] }) {
	const subject = ({ id }) => healthCheckOf(id)?.subject ?? id;
	const row = (result, subjects, detail) => [[`${checkMarks$1[result]} ${subjects}`], [detail]];
	const asked = checks.filter(({ result }) => result !== "skipped");
	const skipped = checks.filter(({ result }) => result === "skipped");
	const byReason = Map.groupBy(skipped, ({ detail }) => detail);
	const rows = [...asked.map((check) => row(check.result, subject(check), check.detail)), ...[...byReason].map(([reason, those]) => row("skipped", those.map(subject).join(", "), reason))];
	return folded(`All checks of ${host}`, table(["Check", "Result"], rows));
}
const checkMarks$1 = {
	holds: "✅ passed:",
	fails: "❌ failed:",
	unknown: "❓ could not run:",
	skipped: "➖ not applicable:"
};
function incidentMarker(workflow) {
	return markerLine(`matrix-auth-actions: doctor of ${workflow.replace(/[^\w./-]|--+/g, "_")}`);
}
function renderIncident(health, { since, previous, at, pages, run }) {
	const open = openFindings(health.findings).toSorted(bySeverity);
	const [first] = open;
	const errors = /* @__PURE__ */ new Set([...open.filter(({ severity }) => severity === "error").map(({ id }) => id), ...uncheckedErrors(health, previous)]);
	const history = [...pastChecks(previous), {
		at,
		errors: [...errors].slice(0, mostErrors)
	}].slice(-mostChecks);
	const kept = renderMarkdown([marker(historyMarker(history))]);
	const text = (most) => renderMarkdown([
		lines([
			code(health.host),
			" has been unhealthy since ",
			strong(timeText(since)),
			"."
		], ...first ? [
			[strong("What is wrong:"), ` ${first.message}${others(open.length - 1)}`],
			[strong("What users notice:"), ` ${first.why}`],
			[strong("What to do first:"), ` ${first.remedy}`]
		] : []),
		...open.length > 1 ? [heading(3, "All findings"), ...findingsList(open, {
			most,
			pages
		})] : [],
		heading(3, "The last checks"),
		...historyTable(history),
		paragraph("Details: ", link("the log of the last check", run), ". This issue is closed when the server is healthy again.")
	]);
	return `${fitToLimit([
		50,
		10,
		0
	].map(text), mostCommentBytes - Buffer.byteLength(kept) - 2)}\n\n${kept}`;
}
function others(count) {
	if (count === 0) return "";
	return count === 1 ? " Another finding is below." : ` ${count} other findings are below.`;
}
function uncheckedErrors({ checks = [], stage }, previous) {
	const results = new Map(checks.map(({ id, result }) => [id, result]));
	const isUnchecked = (id) => (results.get(id) ?? (stage ? "holds" : "unknown")) === "unknown";
	return (pastChecks(previous).at(-1)?.errors ?? []).filter(isUnchecked);
}
const mostChecks = 10;
const mostErrors = 20;
function historyMarker(history) {
	return `history: ${history.map(({ at, errors }) => `${at} ${errors.join(",")};`).join(" ")}`;
}
function pastChecks(body) {
	const [, kept = ""] = /^<!-- history: (.*) -->$/m.exec(body) ?? [];
	return [...kept.matchAll(/(\d{4}-\d\d-\d\dT[\d:.]+Z) ([a-z0-9/,-]*);/g)].map(([, at = "", errors = ""]) => ({
		at,
		errors: errors.split(",").filter((id) => /^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))
	}));
}
function historyTable(history) {
	const rows = history.toReversed().map(({ at, errors }) => [[timeText(at)], errors.length === 0 ? ["no error"] : errors.flatMap((id, index) => index === 0 ? [code(id)] : [", ", code(id)])]);
	return table(["Checked", "Errors, with those that could not be checked again"], rows);
}
function renderRecovery(host, since, now) {
	const minutes = Math.max(1, Math.round((Date.parse(now) - Date.parse(since)) / 6e4));
	const duration = minutes < 120 ? plural(minutes, "minute") : minutes < 2880 ? plural(Math.round(minutes / 60), "hour") : plural(Math.round(minutes / 1440), "day");
	return renderMarkdown([paragraph(code(host), ` is healthy again, ${duration} after the first failed check.`)]);
}
function renderNotChecked() {
	return renderMarkdown([paragraph("This host is no longer in the group ", code("matrix_servers"), " of the inventory, so the doctor does not check it any more.")]);
}
function renderNoDoctor(run) {
	return renderMarkdown([paragraph("The doctor failed before it checked any server, so it is unknown whether users are served. For the cause, see ", link("the log of its job", run), ".")]);
}

// src/report/html.ts
function renderHtml(title, document) {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
${blocksOf(document)}
</main>
</body>
</html>
`;
}
const style = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --back: #fff; --block: #f6f8fa; --link: #0550ae; --bar: #54aeff; --down: #cf222e }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #b1bac4; --line: #3d444d; --back: #0d1117; --block: #151b23; --link: #79c0ff; --bar: #388bfd; --down: #f85149 } }
@media print { :root { color-scheme: light; --text: #000; --soft: #333; --line: #999; --back: #fff; --block: #fff; --link: #000 } h2, h3 { break-after: avoid } li, tr, svg { break-inside: avoid } }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, "Liberation Sans", "Noto Color Emoji", sans-serif; overflow-wrap: anywhere }
main { max-width: 50rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.3rem; border-bottom: 1px solid var(--line) } h3 { font-size: 1.1rem }
a { color: var(--link) } .note { color: var(--soft); font-size: .875rem } ul { padding-left: 1.2rem } li { margin: .4rem 0 } li > p { margin: .2rem 0 }
code, pre { font: .875em/1.5 ui-monospace, "Liberation Mono", monospace; background: var(--block) } code { padding: .1em .3em } pre { padding: .8rem; border: 1px solid var(--line); white-space: pre-wrap } pre code { padding: 0 }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% } th, td { overflow-wrap: break-word; border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top }
details { border: 1px solid var(--line); padding: .5rem .8rem; margin: 1rem 0 } summary { font-weight: 600 }
svg { display: block; width: 100%; height: 2rem } .bar { fill: var(--bar) } .down { fill: var(--down) } .key { color: var(--soft) } strong.down { color: var(--down); fill: none }
`;
const digest = createHash("sha256").update(style).digest("base64");
function blocksOf(document) {
	return document.map(htmlOf).filter(Boolean).join("\n");
}
function htmlOf(block) {
	switch (block.kind) {
		case "heading": return `<h${block.level}>${inline(block.text)}</h${block.level}>`;
		case "paragraph": return `<p>${block.lines.map(inline).filter(Boolean).join("<br>\n")}</p>`;
		case "list": return `<ul>\n${block.items.map((item) => `<li>${blocksOf(item)}</li>`).join("\n")}\n</ul>`;
		case "table": return tableOf(block.head, block.rows);
		case "block": return `<pre><code>${blockText(block.text)}</code></pre>`;
		case "folded": return `<details open><summary>${htmlText(block.summary)}</summary>\n${blocksOf(block.blocks)}\n</details>`;
		case "timeline": return timeline$1(block.sections);
		case "note": return `<p class="note">${inline(block.text)}</p>`;
		case "marker": return "";
	}
}
function inline(text) {
	return text.map(inlineOf).join("");
}
function inlineOf(part) {
	if (typeof part === "string") return sentence(part);
	switch (part.kind) {
		case "code": return `<code>${htmlText(part.text)}</code>`;
		case "strong": return `<strong>${htmlText(part.text)}</strong>`;
		case "link": {
			const label = inlineOf(part.label);
			return isAddress(part.address) ? `<a href="${htmlText(part.address)}">${label}</a>` : label;
		}
	}
}
function sentence(text) {
	return text.split(/(`[^`\n]+`)/).map((part) => /^`[^`]+`$/.test(part) ? `<code>${htmlText(part.slice(1, -1))}</code>` : htmlText(part)).join("");
}
function blockText(text) {
	return text.split(/\r\n|\n|\r/).map(htmlText).join("\n");
}
function tableOf(head, rows) {
	const label = head.flat().filter((part) => typeof part === "string").join(", ");
	const row = (cells, name) => `<tr>${cells.map((cell) => `<${name}>${inline(cell)}</${name.split(" ")[0]}>`).join("")}</tr>`;
	return `<div class="wide" role="group" aria-label="${htmlText(label)}" tabindex="0"><table>\n<thead>${row(head, "th scope=\"col\"")}</thead>\n<tbody>\n${rows.map((cells) => row(cells, "td")).join("\n")}\n</tbody>\n</table></div>`;
}
const width = 1e3;
function timeline$1(sections) {
	const lengths = sections.map(({ bars }) => bars.reduce((sum, { seconds }) => sum + seconds, 0));
	const all = lengths.reduce((sum, length) => sum + length, 0) || 1;
	let start = 0;
	const rects = sections.map(({ isDown }, index) => {
		const length = (lengths[index] ?? 0) / all * width;
		const rect = `<rect x="${start.toFixed(1)}" y="${isDown ? 0 : 8}" width="${Math.max(1, length - 1).toFixed(1)}" height="${isDown ? 32 : 16}" class="${isDown ? "down" : "bar"}"/>`;
		start += length;
		return rect;
	});
	const texts = sections.map(({ name, isDown }, index) => {
		const text = htmlText(`${name}: ${plainSeconds(lengths[index] ?? 0)}`);
		return `<li>${isDown ? `<strong class="down">${text}</strong>` : text}</li>`;
	});
	const label = htmlText(sections.map(({ name }, index) => `${visible(name)} ${plainSeconds(lengths[index] ?? 0)}`).join(", "));
	return `<svg viewBox="0 0 ${width} 32" preserveAspectRatio="none" role="img" aria-label="${label}">${rects.join("")}</svg>\n<ul class="key">\n${texts.join("\n")}\n</ul>`;
}

// src/domain/reports.ts
function restoresBuiltInLogin({ operation, resumed, outcome }) {
	return outcome === "rolled-back" || outcome === "restored" && (resumed ?? operation) === "migrate";
}

// src/domain/steps.ts
const steps = {
	preflight: "Check that the server is ready",
	backup: "Take a backup and verify it",
	rehearse: "Repeat the rehearsal",
	losses: "Count what users would lose",
	render: "Render the files that go live",
	"previous-files": "Find the previous files",
	prepare: "Copy the program and its files to the server",
	accounts: "Create two test accounts",
	check: "Check that no file changed since the preparation",
	stop: "Stop Synapse with its workers and MAS",
	syn2mas: "Run syn2mas",
	files: "Install the files",
	start: "Start all services",
	answer: "Wait until users get answers again",
	prove: "Prove that users can continue",
	restore: "Restore the previous state"
};
function withStepTexts(reason) {
	return reason.replace(/\bthe step `([^`]+)`/g, (_, name) => `the step "${stepText(name)}"`);
}
function stepText(name) {
	return Object.hasOwn(steps, name) ? steps[name] : name;
}

// src/report/proofs.ts
const meanings = {
	"MAS has all accounts and sessions of Synapse": "Every account and every session was carried over.",
	"locked and deactivated accounts cannot log in": "Locked and deactivated accounts stay closed.",
	"an existing session is still valid": "A person who was logged in still is.",
	"Synapse delegates to MAS": "Logins go through the new login service (MAS).",
	"an invalid access token is rejected": "A made-up access token is rejected.",
	"an administrator's existing session keeps its rights": "Administrators keep their rights.",
	"the compatibility layer answers": "Apps that do not know MAS can log in.",
	"MAS publishes its discovery document": "Apps that know MAS find it.",
	"MAS's public pages and the redirects to login providers answer as before": "The login page works, and so do the buttons of the login providers.",
	"a new session can write data": "A person who logs in now can save data.",
	"a session can log out": "Logging out works.",
	"workers respond": "The workers of Synapse answer.",
	"Synapse uses its built-in login": "Logins go through Synapse's built-in login.",
	"an administrator has administrator rights": "Administrators have their rights.",
	"accounts without a password can log in with their provider": "People who log in with another service, such as Google, can log in.",
	"mas-cli doctor reports no error": "MAS's own health check reports no error.",
	"the public addresses answer from outside": "From the internet, the server and its login answer.",
	"the server matches the vars": "The server is what the repository says."
};
function meaningOf(name) {
	return Object.hasOwn(meanings, name) ? meanings[name] ?? name : name;
}
function hasFailed(checks) {
	return checks.some(({ result }) => result === "fails");
}

// src/report/timeline.ts
const down = /* @__PURE__ */ new Set([
	"stop",
	"syn2mas",
	"files",
	"start",
	"answer",
	"restore"
]);
function timeline({ steps, outcome, lost: losses, checks }) {
	const timed = steps.flatMap(({ name, seconds }) => seconds === void 0 ? [] : [{
		name,
		seconds
	}]);
	const isDown = ({ name }) => down.has(name);
	const isUp = (step) => !isDown(step);
	const first = timed.findIndex(isDown);
	if (first === -1 || steps.some((step) => isDown(step) && step.seconds === void 0)) return [];
	const answered = timed.findIndex((step, index) => index > first && isUp(step));
	const last = answered === -1 ? timed.length : answered;
	const after = timed.slice(last);
	const section = (name, isDown, own) => ({
		name,
		isDown,
		bars: own.map(({ name: step, seconds }) => ({
			name: stepText(step),
			seconds
		}))
	});
	const sections = [
		section("Preparation", false, timed.slice(0, first)),
		section("Downtime", true, timed.slice(first, last)),
		section("Proofs", false, after.filter(isUp)),
		section("Second downtime", true, after.filter(isDown))
	].filter(({ bars }) => bars.length > 0);
	const isAll = outcome === "migrated" && !losses && !hasFailed(checks);
	return [
		heading(3, "When users had no homeserver"),
		paragraph(`During the downtime, users had no homeserver.${isAll ? " Otherwise, they noticed nothing." : ""}`),
		{
			kind: "timeline",
			sections
		}
	];
}

// src/report/migration.ts
const operations = {
	migrate: "Migration of",
	rollback: "Rollback of",
	repair: "Cleanup of",
	resume: "Unfinished run on"
};
const resultTexts = {
	holds: "passed",
	fails: "failed",
	skipped: "not applicable"
};
const proofMarks = {
	holds: "✅",
	fails: "❌ Failed:",
	skipped: "➖ Not applicable:"
};
const checkMarks = {
	...proofMarks,
	fails: "⚠️ Failed; nothing is restored:"
};
const results = {
	done: "done",
	failed: "❌ failed"
};
function migrationDocument(report, { toRestore, pages } = {}) {
	const { host, operation, failure, proofs, checks, steps, warnings, findings } = report;
	return [
		heading(2, outcomeOf(report), downtimeClause(report), lossClause(report)),
		lines([
			`${operations[operation]} `,
			code(host),
			`, started at ${timeText(report.startedAt)}`
		], ...counts(report), ...times(report)),
		...failure === void 0 ? [] : failureText(failure),
		...list(warnings.map((warning) => [paragraph(`⚠️ ${warning}`)])),
		...lost(report),
		...toRestore === void 0 ? [] : howToRestore(report, toRestore),
		...timeline(report),
		...proofsList("What was proven", proofs, proofMarks),
		...proofsList("What was checked afterwards", checks, checkMarks),
		...toTell(report),
		...howToRollBack(report),
		...findingsPart(findings, {
			most: 200,
			pages
		}),
		...proofDetails([...proofs, ...checks]),
		...stepsTable(steps)
	];
}
function nothingDone(operation, why) {
	return [heading(2, `✅ Nothing to ${verbs[operation]}`), paragraph(why)];
}
const verbs = {
	migrate: "migrate",
	rollback: "roll back",
	resume: "end"
};
function failureText(failure) {
	const [what = "", ...parts] = failure.split("\n");
	return [paragraph(strong(what)), ...list(parts.map((part) => [paragraph(part)]))];
}
function outcomeOf({ operation, resumed, outcome, checks }) {
	const done = (what) => hasFailed(checks) ? `⚠️ ${what}, but a check failed` : `✅ ${what}`;
	switch (outcome) {
		case "migrated": return done("Migrated");
		case "rolled-back": return done((resumed ?? operation) === "repair" ? "MAS's database is empty again" : "Rolled back");
		case "restored": return `❌ ${operation === "resume" ? "It had failed" : "Failed"}; the server is as before`;
		case "abandoned": return "❌ Stopped before anything changed for users";
		case "unknown": return "❓ Result unknown";
	}
}
function downtimeClause({ windowSeconds, expectedWindowSeconds }) {
	if (windowSeconds === void 0) return "";
	const estimate = expectedWindowSeconds === void 0 ? "" : ` (estimate right before: ${estimateText(expectedWindowSeconds)})`;
	return `; downtime ${plainSeconds(windowSeconds)}${estimate}`;
}
function lossClause(report) {
	if (report.outcome === "migrated") return keepsAll(report) ? "; users lost nothing" : "";
	if (!restoresBuiltInLogin(report)) return "";
	const lost = report.lost ?? (couldUseMas(report) ? void 0 : {});
	if (!lost) return "";
	const texts = lossTexts(lost);
	return texts.length === 0 ? "; users lost nothing" : `; users lost ${texts.join(", ")}`;
}
function couldUseMas({ outcome, steps }) {
	return outcome === "rolled-back" || steps.some(({ name }) => name === "start");
}
function keepsAll({ counts: both }) {
	return both !== void 0 && countDifferences(both.synapse, both.mas).length === 0;
}
function counts({ counts: both, outcome, steps }) {
	if (!both) return [];
	const parts = Object.entries(both.synapse).flatMap(([category, synapse]) => {
		const mas = both.mas[category];
		if (synapse === null || mas === null || synapse === 0 && mas === 0) return [];
		return `${mas} of ${countText(category, synapse)}`;
	});
	const ours = steps.some(({ name }) => name === "accounts") ? " Two accounts, one of them an administrator, are those that the run made to test logins. They stay, deactivated." : "";
	return parts.length === 0 ? [] : [[`${outcome === "migrated" ? "Migrated:" : "syn2mas had written"} ${parts.join(", ")}.${ours}`]];
}
function migrationSentence(report) {
	return `${outcomeOf(report).replace(/^\S+ /, "")}${report.windowSeconds === void 0 ? "" : `; downtime for users: ${plainSeconds(report.windowSeconds)}`}${lossClause(report)}.`;
}
function times({ syn2masSeconds, overheadSeconds }) {
	const parts = [...syn2masSeconds === void 0 ? [] : [`syn2mas took ${plainSeconds(syn2masSeconds)}`], ...overheadSeconds === void 0 ? [] : [`everything else took ${plainSeconds(overheadSeconds)}`]];
	return parts.length === 0 ? [] : [[`In the downtime, ${parts.join(", ")}.`]];
}
function lost(report) {
	if (!report.lost) return [];
	const items = lossTexts(report.lost);
	const isDone = restoresBuiltInLogin(report);
	if (!isDone && items.every((text) => report.failure?.includes(text))) return [];
	if (items.length === 0) return isDone ? [paragraph("Users changed nothing in MAS, so nothing was lost.")] : [];
	return [paragraph(isDone ? "These changes that users made in MAS were discarded:" : "A rollback discards these changes that users made in MAS:"), ...list(items.map((text) => [paragraph(text)]))];
}
function proofsList(title, proofs, marks) {
	if (proofs.length === 0) return [];
	const items = proofs.map(({ name, result, detail }) => [lines([`${marks[result]} ${meaningOf(name)}`], [result === "fails" ? detail : ""])]);
	return [heading(3, title), ...list(items)];
}
function proofDetails(proofs) {
	const rows = proofs.map(({ name, result, detail }) => [
		[name],
		[resultTexts[result]],
		[detail]
	]);
	return folded("How it was proven", table([
		"Proof",
		"Result",
		"Details"
	], rows));
}
function stepsTable(steps) {
	const rows = steps.map(({ name, seconds, result }) => [
		[stepText(name)],
		[seconds === void 0 ? "" : plainSeconds(seconds)],
		[results[result]]
	]);
	return folded("All steps", table([
		"Step",
		"Duration",
		"Result"
	], rows));
}
function toTell({ host, outcome, startedAt, windowSeconds, operation, resumed, lost }) {
	const kind = resumed ?? operation;
	if (windowSeconds === void 0 || kind === "repair" || outcome === "abandoned" || outcome === "unknown") return [];
	const away = `On ${startedAt.slice(0, 10)}, the Matrix server ${host} was unavailable for about ${plural(Math.max(1, Math.round(windowSeconds)), "second")}.`;
	const texts = {
		migrated: [
			"Since then, a new login service handles logins.",
			"You stay logged in on all of your devices.",
			"If you have a password for this server, it is the same.",
			"Your messages and your encryption keys were not touched.",
			"When you log in to an app, the login page may look different."
		],
		restored: [
			"We stopped planned work on the login, and everything is as it was before.",
			"If you logged in, logged out or changed your password at that time, please check it.",
			...kind === "rollback" ? ["An app that you used at that time may have logged you out."] : []
		],
		"rolled-back": [
			"Logins work again as they did before the change to the new login service.",
			"If you logged in on a device since that change, please log in there again.",
			"If you changed your password since that change, use your earlier password.",
			...(lost?.accounts ?? 0) > 0 ? ["If you registered since that change, please register again."] : [],
			"Your messages were not touched."
		]
	};
	return [heading(3, "What to tell users"), block([away, ...texts[outcome]].join("\n"))];
}
function howToRollBack({ outcome, host }) {
	if (outcome !== "migrated") return [];
	return [heading(3, "How to roll back"), ...list([
		[paragraph("On GitHub: Actions → Apply a change to the Matrix server → Run workflow. Choose `operation: rollback` and this host: ", code(host), ". If users would lose anything, the first run changes nothing and says what.")],
		[paragraph(strong("Until when:"), " at any time. The previous files are restored if nothing changed since; otherwise the playbook renders them again.")],
		[paragraph(strong("Price:"), " a short downtime, and everything that users did in MAS since the migration: logins, new accounts, new passwords, log-outs. Right after the migration that is nothing. It grows with every login.")]
	])];
}
function howToRestore({ host, outcome }, toRestore) {
	return restoration(host, toRestore, outcome !== "restored" ? "Open" : "If you want to deploy something else before you migrate again, open");
}

// src/report/rehearsal.ts
const verdicts = {
	clean: "clean",
	findings: "passed, with findings",
	"would-fail": "migration would fail",
	failed: "could not rehearse",
	live: "nothing to rehearse"
};
const rehearsalMessages = {
	clean: "The rehearsal found nothing that would stop the migration.",
	findings: "Nothing would stop the migration. Read the findings first.",
	"would-fail": "The migration would fail, so `migrate` refuses to start it. Fix the findings, then rehearse again."
};
function rehearsalSign({ verdict, findings }) {
	if (verdict === "would-fail" || verdict === "failed") return "❌";
	return openFindings(findings).some(({ severity }) => severity !== "notice") ? "⚠️" : "✅";
}
function rehearsedHeadline(findings, hosts) {
	const has = (verdict) => hosts.some((host) => host.verdict === verdict);
	const parts = [...has("would-fail") ? ["❌ The migration would fail"] : [], ...has("failed") ? ["❌ The rehearsal could not run"] : []];
	if (parts.length === 0) return headline(findings);
	return [...parts, ...findings.length === 0 ? [] : [headline(findings)]].join("; ");
}
function rehearsalDocument(hosts, pages) {
	const findings = hosts.flatMap((host) => host.findings);
	return [
		heading(2, "Rehearsal"),
		paragraph(hosts.length === 0 ? "❓ No server was rehearsed." : rehearsedHeadline(findings, hosts)),
		...list(hosts.map((host) => [rehearsalLines(host)])),
		...findingsPart(findings, {
			most: 1e3,
			pages
		}),
		...hosts.flatMap(({ host, toolOutput = [] }) => folded(`What syn2mas printed last in the rehearsal on ${host}`, toolOutput.length === 0 ? [] : [block(toolOutput.join("\n"))]))
	];
}
function rehearsalLines(report) {
	const { host, verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt } = report;
	const amounts = verdict === "would-fail" ? "" : countsText(counts);
	const downtime = verdict === "would-fail" ? void 0 : expectedWindowSeconds;
	const until = validUntil([report]);
	const validity = until === void 0 ? "" : `, valid until ${until} by default`;
	return lines([code(host), `: ${rehearsalSign(report)} ${verdicts[verdict]}. ${message}`], [amounts === "" ? "" : `Would migrate: ${amounts}.`], [downtime === void 0 ? "" : `Expected downtime: ${estimateText(downtime)}.`], [rehearsedAt === void 0 ? "" : `Rehearsed at ${timeText(rehearsedAt)}${validity}.`]);
}
function validUntil(rehearsals) {
	const passed = rehearsals.filter(({ verdict }) => verdict === "clean" || verdict === "findings");
	const oldest = Math.min(...passed.map(({ rehearsedAt = "" }) => Date.parse(rehearsedAt)));
	const until = new Date(oldest + 168 * 36e5);
	return Number.isNaN(until.getTime()) ? void 0 : timeText(until.toISOString());
}
function countsText(counts) {
	return Object.entries(counts).map(([category, count]) => countText(category, count)).join(", ");
}

// src/report/json.ts
const reportSchema = "https://matrix-auth-actions.example/schemas/validation.schema.json";
function renderJson({ hosts, findings, appliedByHand }) {
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
		findings,
		appliedByHand
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
			hosts: report.hosts,
			inventory: report.inventory
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
function statusText({ vars, stage, why, rehearsal, text }) {
	return [
		`vars      ask for ${vars}: ${stageMeanings[vars]}.`,
		`stage     ${stage}: ${why}`,
		`rehearsal ${rehearsal ? rehearsalText(rehearsal) : "none"}`,
		text.trimEnd()
	].join("\n");
}
const statusTerms = "A run holds the lock while it prepares or finishes. The window is the time in which it changes the server. The hold keeps Synapse from starting. docs/stages.md explains the stages.";
function rehearsalText({ at, passes, expectedWindowSeconds }) {
	const result = passes ? "passed" : "did not pass";
	return `${timeText(at)}: ${result}; expected downtime: ${estimateText(expectedWindowSeconds)}`;
}

// src/report/summary.ts
const mostSummaryBytes = 1e6;
function renderSummary(verdict, pages) {
	return fitToLimit(fromFullToShort(verdict, pages), mostSummaryBytes);
}
function* fromFullToShort(verdict, pages) {
	for (const rows of [
		1e3,
		200,
		50
	]) yield renderMarkdown(checkDocument(verdict, rows, pages));
}
function checkDocument({ hosts, findings }, most, pages) {
	const shown = hosts.slice(0, most);
	return [
		heading(2, "Inventory check"),
		paragraph(headline(findings)),
		...hosts.length === 0 ? [paragraph("The inventory has no hosts.")] : [],
		...list(shown.map(({ host, outlook }) => [lines([code(host), `: ${outlook.sentence}`])])),
		...notShown(hosts.length - shown.length, "host"),
		...findingsPart(findings, {
			most,
			pages
		}),
		...acceptedList(findings, {
			most,
			pages
		}),
		...stagesOf(hosts, most, pages)
	];
}

// src/report/page.ts
function documentOf(report, pages) {
	switch (report.kind) {
		case "validation": return checkDocument(report.verdict, 1e3, pages);
		case "rehearsal": return rehearsalDocument(report.hosts, pages);
		case "health": return healthDocument(report.hosts, pages);
		case "deployment": return deploymentDocument(report.deployments, report.failure, pages);
		case "migration": return migrationDocument(report.report, {
			toRestore: report.toRestore,
			pages
		});
		case "status": return [
			heading(2, "Status of ", code(report.host)),
			paragraph(strong("Next:"), ` ${report.next}`),
			block(statusText(report)),
			note(statusTerms)
		];
	}
}
const titles = {
	validation: "Check of an inventory",
	rehearsal: "Rehearsal of a migration",
	health: "Health of Matrix servers",
	deployment: "Deployment",
	migration: "Migration of a Matrix server",
	status: "Status of a Matrix server"
};
function reportPage(report, pages, reword) {
	return renderHtml(titles[report.kind], rewordDocument(documentOf(report, pages), reword));
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
	return hosts.flatMap(({ host, stage, before, reason, outlook }) => [`${host}: stage ${before === void 0 || before === stage ? stage : `${before} -> ${stage}`} (${reason})`, `  ${[outlook.sentence, outlook.otherwise].filter(Boolean).join(" ")}`]);
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
		note: (document) => appendSummary(renderMarkdown(document)),
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
	if (report.kind === "status") printLog(`next      ${report.next}\n${statusText(report)}\n${statusTerms}`);
	const { shown, left } = annotations(findingsOf(report));
	shown.forEach(annotate);
	if (left > 0) printLog(`Findings without an annotation: ${left}. GitHub shows ten of each severity.`);
	if (report.kind !== "validation") await appendSummary(fitToLimit([renderMarkdown(documentOf(report, pages))], mostSummaryBytes));
	else if (report.isSummarised) await appendSummary(renderSummary(report.verdict, pages));
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
const reportFiles = ["json-path", "sarif-path"];
function checkedInputs({ inputs: table, check, hasPage }, source, runtime) {
	const inputs = readInputs(table, source);
	check?.(inputs);
	for (const name of reportFiles) if (name in table) requireReportFile(runtime, source(name) || void 0);
	const jsonPath = hasPage ? source("json-path") : void 0;
	if (jsonPath) requireReportFile(runtime, pageBeside(jsonPath), "<");
	return inputs;
}
async function perform(action, source, runtime) {
	for (const [name, { isSecret }] of Object.entries(action.inputs)) if (isSecret) runtime.port.maskSecret(source(name) ?? "");
	return action.run(checkedInputs(action, source, runtime), runtime, source);
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

export { plainSeconds as A, withoutOverlaps as B, incidentMarker as C, renderRecovery as D, renderNotChecked as E, notShown as F, pageBeside as G, fitToLimit as H, reasons as I, writeBelow as K, stagesOf as L, acceptedList as M, findingsList as N, uncheckedErrors as O, headline as P, diffSuggestion as R, restoresBuiltInLogin as S, renderNoDoctor as T, mostCommentBytes as U, deploymentSentence as V, placeText as W, migrationSentence as _, runAction as a, steps as b, hostLines as c, reportJson as d, countsText as f, validUntil as g, rehearsedHeadline as h, perform as i, timeText as j, estimateText as k, documentOf as l, rehearsalSign as m, checkedInputs as n, findingLines as o, rehearsalMessages as p, writeReport as q, defineAction as r, headlineText as s, cancellable as t, reportPage as u, nothingDone as v, renderIncident as w, withStepTexts as x, stepText as y, applySuggestion as z };