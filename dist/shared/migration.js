import { i as ToolkitError } from "./exec.js";
import { a as markdownBlock, c as markdownSentence, f as visible, n as joinMarkdown, o as markdownCode, s as markdownHtml, u as markdownText } from "./escape.js";
import { d as diskFiles, f as byCodeUnit, o as git, p as folderOf } from "./folders.js";
import { c as counted, d as openFindings, l as plural, n as countText, p as severities, t as countDifferences, u as bySeverity } from "./account-counts.js";
import { t as pageAddress } from "./pages.js";
import { o as inProgressVariable } from "./variables.js";

// src/support/files/git-files.ts
const absent = {
	kind: "absent",
	size: 0,
	executable: false
};
const largestFile = 4194304;
const mostBytes = 268435456;
const mostWords = 1e4;
async function gitFiles(root, ref) {
	const objects = objectsOf(await tree(root, ref));
	const contents = await contentsOf(root, objects);
	const folders = /* @__PURE__ */ new Map([["", /* @__PURE__ */ new Set()]]);
	for (const path of objects.keys()) for (let child = path; child !== ""; child = folderOf(child)) {
		const folder = folderOf(child);
		const names = folders.get(folder) ?? /* @__PURE__ */ new Set();
		folders.set(folder, names.add(child.slice(folder === "" ? 0 : folder.length + 1)));
	}
	return {
		entry: (path) => objects.get(path)?.entry ?? (folders.has(path) ? {
			...absent,
			kind: "directory"
		} : absent),
		read(path) {
			const content = contents.get(objects.get(path)?.id ?? "");
			if (!content) throw new Error(`not a file of the commit that can be read: ${path}`);
			return content;
		},
		identity: (path) => path,
		list: (path) => [...folders.get(path) ?? []].sort(byCodeUnit)
	};
}
async function gitOrThrow(root, argv) {
	const { code, bytes } = await git(root, argv, { GIT_NO_LAZY_FETCH: "1" });
	if (code !== 0) throw unknownRef();
	return bytes;
}
async function tree(root, ref) {
	if (!/^[\w][\w./^~@{}-]*$/.test(ref)) throw unknownRef();
	return (await gitOrThrow(root, [
		"ls-tree",
		"-r",
		"-l",
		"-z",
		`${ref}^{tree}`
	])).toString("utf8");
}
function objectsOf(tree) {
	const objects = /* @__PURE__ */ new Map();
	for (const line of tree.split("\0")) {
		const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line);
		if (!match) continue;
		const [, mode = "", id = "", size = "", path = ""] = match;
		objects.set(path, {
			entry: entryOf(mode, size),
			id
		});
	}
	return objects;
}
function entryOf(mode, size) {
	if (mode === "120000") return {
		...absent,
		kind: "outside"
	};
	if (!mode.startsWith("100")) return {
		...absent,
		kind: "special"
	};
	return {
		kind: "file",
		size: Number(size),
		executable: mode === "100755"
	};
}
async function contentsOf(root, objects) {
	const files = [...objects.values()].filter(({ entry }) => entry.kind === "file" && entry.size <= largestFile);
	if (files.reduce((sum, { entry }) => sum + entry.size, 0) > mostBytes) throw tooLarge();
	const sizes = new Map(files.map(({ id, entry }) => [id, entry.size]));
	const ids = [...sizes.keys()];
	const contents = /* @__PURE__ */ new Map();
	for (let first = 0; first < ids.length; first += mostWords) {
		const some = ids.slice(first, first + mostWords);
		const bytes = await gitOrThrow(root, ["show", ...some]);
		let at = 0;
		for (const id of some) {
			const end = at + (sizes.get(id) ?? 0);
			contents.set(id, bytes.subarray(at, end));
			at = end;
		}
		if (at !== bytes.length) throw unknownRef();
	}
	return contents;
}
function unknownRef() {
	return new ToolkitError({
		reason: "input-invalid",
		what: "The commit of the input `base-ref` is not in this clone, or not all of it.",
		where: "the input `base-ref`",
		remedy: "Set `fetch-depth: 2` on actions/checkout for `HEAD^1` of a pull request, or leave `base-ref` out."
	});
}
function tooLarge() {
	return new ToolkitError({
		reason: "input-invalid",
		what: `The files of the commit of \`base-ref\` are larger than ${mostBytes / 1024 / 1024} MiB.`,
		where: "the input `base-ref`",
		remedy: "Check out that commit into a folder, and set `base-path` instead."
	});
}

// src/actions/repository.ts
var Repository = class {
	root;
	files;
	#commits = /* @__PURE__ */ new Map();
	constructor(root) {
		this.root = root;
		this.files = diskFiles(root);
	}
	at(ref) {
		const files = this.#commits.get(ref) ?? gitFiles(this.root, ref);
		this.#commits.set(ref, files);
		return files;
	}
};

// src/report/place.ts
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}

// src/support/indented.ts
function indented(text) {
	return text.replaceAll(/\n(?=[^\n])/g, "\n  ");
}

// src/report/document.ts
function code(text) {
	return {
		kind: "code",
		text
	};
}
function strong(text) {
	return {
		kind: "strong",
		text
	};
}
function link(label, address) {
	return address === void 0 ? label : {
		kind: "link",
		address,
		label
	};
}
function heading(level, ...text) {
	return {
		kind: "heading",
		level,
		text
	};
}
function paragraph(...text) {
	return {
		kind: "paragraph",
		lines: [text]
	};
}
function lines(...texts) {
	return {
		kind: "paragraph",
		lines: texts
	};
}
function list(items) {
	return items.length === 0 ? [] : [{
		kind: "list",
		items
	}];
}
function table(head, rows) {
	return rows.length === 0 ? [] : [{
		kind: "table",
		head: head.map((text) => [text]),
		rows
	}];
}
function block(text, language = "text") {
	return {
		kind: "block",
		language,
		text
	};
}
function folded(summary, blocks) {
	return blocks.length === 0 ? [] : [{
		kind: "folded",
		summary,
		blocks
	}];
}
function note(...text) {
	return {
		kind: "note",
		text
	};
}
function marker(name) {
	return {
		kind: "marker",
		name
	};
}
function isAddress(address) {
	return /^https?:\/\/[\w.:-]+(?:\/[\w.~:/?#@+,=%-]*)?$/.test(address);
}

// src/report/markdown.ts
function renderMarkdown(document) {
	return document.map(markdownOf).filter(Boolean).join("\n\n");
}
function markerLine(name) {
	if (!/^(?!.*--)[\w.:;,/~ -]*$/.test(name)) throw new Error("a marker has no character that could end it");
	return `<!-- ${name} -->`;
}
function markdownOf(block) {
	switch (block.kind) {
		case "heading": return `${"#".repeat(block.level)} ${inline(block.text)}`;
		case "paragraph": return block.lines.map(inline).filter(Boolean).join("<br>\n");
		case "list": return block.items.map((item) => `- ${indented(renderMarkdown(item))}`).join("\n");
		case "table": return tableOf(block.head, block.rows);
		case "block": return markdownBlock(block.text, block.language);
		case "folded": return `<details><summary>${markdownHtml(block.summary)}</summary>\n\n${renderMarkdown(block.blocks)}\n\n</details>`;
		case "timeline": return gantt(block.sections);
		case "note": return `<sub>${inline(block.text) || " "}</sub>`;
		case "marker": return markerLine(block.name);
	}
}
function inline(text) {
	return joinMarkdown(text.map(inlineOf)).trim();
}
function inlineOf(part) {
	if (typeof part === "string") return markdownSentence(part);
	switch (part.kind) {
		case "code": return markdownCode(part.text);
		case "strong": return part.text.trim() === "" ? "" : `**${markdownText(part.text.trim())}**`;
		case "link": {
			const label = inlineOf(part.label);
			return isAddress(part.address) ? `[${label}](${part.address})` : label;
		}
	}
}
function tableOf(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head.map(inline)),
		line(head.map(() => "---")),
		...rows.map((row) => line(row.map(inline)))
	].join("\n");
}
function gantt(sections) {
	const plain = (name) => name.replace(/[^A-Za-z0-9.' -]+/g, " ").trim().slice(0, 80) || "step";
	const rows = [];
	let start = 0;
	for (const { name, isDown, bars } of sections) {
		rows.push(`section ${plain(name)}`);
		for (const { name: bar, seconds } of bars) {
			const duration = Math.max(1, Math.round(seconds * 1e3));
			rows.push(`${plain(bar)} ${seconds.toFixed(1)} s :${isDown ? "crit, " : ""}${start}, ${duration}ms`);
			start += duration;
		}
	}
	return [
		"```mermaid",
		"gantt",
		"dateFormat x",
		"axisFormat %M:%S",
		...rows,
		"```"
	].join("\n");
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
		...patch.text === "" ? [] : patchPart(patch.text)
	];
}
function patchPart(text) {
	return [paragraph(strong("Patch:"), " to apply the fixes, run `npx matrix-auth-actions validate --fix`, or paste this into `git apply --unidiff-zero`:"), block(text, "diff")];
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

// src/domain/losses.ts
const words = {
	sessions: ["new session"],
	oauthSessions: ["new OAuth session"],
	accounts: ["new account"],
	passwords: ["new password"],
	accountsLocked: ["account lock"],
	sessionsEnded: ["log-out (the session may be active again)", "log-outs (the sessions may be active again)"]
};
function lossTexts(lost) {
	return Object.entries(lost).filter(([, count]) => count > 0).map(([name, count]) => counted(words, name, count));
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
	prove: "Prove that users can continue"
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
	"the server matches the vars": "The server is what the repository says."
};
function meaningOf(name) {
	return Object.hasOwn(meanings, name) ? meanings[name] ?? name : name;
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
function failureText(failure) {
	const [what = "", ...parts] = failure.split("\n");
	return [paragraph(strong(what)), ...list(parts.map((part) => [paragraph(part)]))];
}
function outcomeOf({ operation, resumed, outcome }) {
	switch (outcome) {
		case "migrated": return "✅ Migrated";
		case "rolled-back": return (resumed ?? operation) === "repair" ? "✅ MAS's database is empty again" : "✅ Rolled back";
		case "restored": return `❌ ${operation === "resume" ? "It had failed" : "Failed"}; the server is as before`;
		case "abandoned": return "❌ Stopped before anything changed for users";
		case "unknown": return "❓ Result unknown";
	}
}
function downtimeClause({ windowSeconds, expectedWindowSeconds }) {
	if (windowSeconds === void 0) return "";
	const estimate = expectedWindowSeconds === void 0 ? "" : ` (estimate: ${estimateText(expectedWindowSeconds)})`;
	return `; downtime ${plainSeconds(windowSeconds)}${estimate}`;
}
function lossClause(report) {
	if (report.outcome === "migrated") return keepsAll(report) ? "; users lost nothing" : "";
	if (!report.lost || !restoresBuiltInLogin(report)) return "";
	const texts = lossTexts(report.lost);
	return texts.length === 0 ? "; users lost nothing" : `; users lost ${texts.join(", ")}`;
}
function keepsAll({ counts: both }) {
	return both !== void 0 && countDifferences(both.synapse, both.mas).length === 0;
}
function counts({ counts: both, outcome }) {
	if (!both) return [];
	const parts = Object.entries(both.synapse).flatMap(([category, synapse]) => {
		const mas = both.mas[category];
		if (synapse === null || mas === null || synapse === 0 && mas === 0) return [];
		return `${mas} of ${countText(category, synapse)}`;
	});
	return parts.length === 0 ? [] : [[`${outcome === "migrated" ? "Migrated:" : "syn2mas had written"} ${parts.join(", ")}.`]];
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
const down = /* @__PURE__ */ new Set([
	"stop",
	"syn2mas",
	"files",
	"start",
	"answer"
]);
function timeline({ steps, outcome, lost: losses }) {
	const timed = steps.flatMap(({ name, seconds }) => seconds === void 0 ? [] : [{
		name,
		seconds
	}]);
	const first = timed.findIndex(({ name }) => down.has(name));
	if (first === -1) return [];
	const last = timed.findLastIndex(({ name }) => down.has(name));
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
		section("Downtime", true, timed.slice(first, last + 1)),
		section("Proofs", false, timed.slice(last + 1))
	].filter(({ bars }) => bars.length > 0);
	return [
		heading(3, "When users had no homeserver"),
		paragraph(`During the downtime, users had no homeserver.${outcome === "migrated" && !losses ? " Otherwise, they noticed nothing." : ""}`),
		{
			kind: "timeline",
			sections
		}
	];
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
function toTell({ host, outcome, startedAt, windowSeconds, operation, resumed }) {
	if (windowSeconds === void 0 || (resumed ?? operation) === "repair" || outcome === "abandoned" || outcome === "unknown") return [];
	const away = `On ${startedAt.slice(0, 10)}, the Matrix server ${host} was unavailable for about ${plural(Math.max(1, Math.round(windowSeconds)), "second")}.`;
	return [heading(3, "What to tell users"), block([away, ...{
		migrated: [
			"Since then, a new login service handles logins.",
			"You stay logged in on all of your devices.",
			"Your password and your other ways to log in are the same.",
			"Your messages and your encryption keys were not touched.",
			"When you log in to an app, the login page may look different."
		],
		restored: ["We stopped planned work on the login, and everything is as it was before.", "If you logged in, logged out or changed your password at that time, please check it."],
		"rolled-back": [
			"Logins work again as they did before the change to the new login service.",
			"If you logged in on a device since that change, please log in there again.",
			"If you changed your password since that change, use your earlier password.",
			"Your messages were not touched."
		]
	}[outcome]].join("\n"))];
}
function howToRollBack({ outcome, host }) {
	if (outcome !== "migrated") return [];
	return [heading(3, "How to roll back"), ...list([
		[paragraph("On GitHub: Actions → Apply a change to the Matrix server → Run workflow. Choose `operation: rollback` and this host: ", code(host), ". If users would lose sessions, the first run changes nothing and shows their number.")],
		[paragraph(strong("Until when:"), " at any time. The previous files are restored if nothing changed since; otherwise the playbook renders them again.")],
		[paragraph(strong("Price:"), " a short downtime, and everything that users did in MAS since the migration: logins, new accounts, new passwords, log-outs. Right after the migration that is nothing. It grows with every login.")]
	])];
}
function howToRestore({ host, outcome }, toRestore) {
	return restoration(host, toRestore, outcome !== "restored" ? "Open" : "If you want to deploy something else before you migrate again, open");
}
function differs(host) {
	return [
		"The vars of ",
		code(host),
		" ask for a live MAS, but the server uses Synapse's built-in login."
	];
}
function restoration(host, { lines: vars, file, patch }, open = "Open") {
	const where = file === void 0 ? ["the vars of ", code(host)] : [code(file)];
	const paste = patch === void 0 ? "" : " To set them, paste this in a clone of the default branch:";
	return [
		paragraph(...differs(host), ` ${open} a pull request that restores these lines in `, ...where, `.${paste}`),
		block(patch === void 0 ? vars.join("\n") : `git apply --unidiff-zero <<'END'\n${patch}\nEND`),
		...otherLines
	];
}
const otherLines = [paragraph("Also restore the other lines that the migrate pull request removed, such as `matrix_synapse_oidc_*`. Without them, the next deployment removes these login providers from Synapse, and their accounts can no longer log in. This command shows the commit that removed them. To restore all of its lines at once instead, run `git revert` with this commit:"), block(`git log -1 -p -S ${inProgressVariable}`)];

export { heading as A, indented as B, applySuggestion as C, block as D, renderMarkdown as E, marker as F, Repository as H, note as I, paragraph as L, lines as M, link as N, code as O, list as P, strong as R, diffSuggestion as S, markerLine as T, gitFiles as U, placeText as V, headline as _, restoration as a, stagesOf as b, withStepTexts as c, estimateText as d, plainSeconds as f, findingsPart as g, findingsList as h, otherLines as i, isAddress as j, folded as k, restoresBuiltInLogin as l, acceptedList as m, migrationDocument as n, stepText as o, timeText as p, migrationSentence as r, steps as s, differs as t, lossTexts as u, notShown as v, withoutOverlaps as w, uncertainty as x, reasons as y, table as z };