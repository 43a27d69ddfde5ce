import { i as ToolkitError } from "./exec.js";
import { a as markdownSentence, i as markdownCode, r as markdownBlock } from "./escape.js";
import { l as table, s as sections } from "./markdown.js";
import { i as enabledVariable, o as inProgressVariable } from "./variables.js";
import { a as readDeleted, i as userTags, n as renderTags, o as renderedFiles } from "./tags.js";
import { r as systemClock } from "./log-entries.js";
import { n as stepText, t as lossTexts } from "./losses.js";
import { t as readSyn2mas } from "./syn2mas-output.js";

// src/domain/reports.ts
function restoresBuiltInLogin({ operation, resumed, outcome }) {
	return outcome === "rolled-back" || outcome === "restored" && (resumed ?? operation) === "migrate";
}

// src/report/migration.ts
const operations = {
	migrate: "Migration of",
	rollback: "Rollback of",
	repair: "Cleanup of",
	resume: "Unfinished run on"
};
const proofMarks = {
	holds: "✅ proven",
	fails: "❌ failed",
	skipped: "➖ skipped"
};
const checkMarks = {
	...proofMarks,
	holds: "✅ passed",
	fails: "⚠️ failed; nothing is restored"
};
const results = {
	done: "done",
	failed: "❌ failed"
};
function renderMigration(report, toRestore) {
	const { host, operation, failure, proofs, checks, steps, warnings } = report;
	return sections(`## ${operations[operation]} ${markdownCode(host)}: ${outcomeOf(report)}`, failure === void 0 ? "" : failureText(failure), toRestore === void 0 ? "" : howToRestore(report, toRestore), times(report), lost(report), proofsTable("Proof", proofs, proofMarks), proofsTable("Check after the migration", checks, checkMarks), steps.length > 0 ? stepsTable(steps) : "", warnings.map((warning) => `- ⚠️ ${markdownSentence(warning)}`).join("\n"));
}
function failureText(failure) {
	const [what = "", ...parts] = failure.split("\n");
	return sections(`**${markdownSentence(what)}**`, parts.map((part) => `- ${markdownSentence(part)}`).join("\n"));
}
function outcomeOf({ operation, resumed, outcome }) {
	switch (outcome) {
		case "migrated": return "✅ migrated";
		case "rolled-back": return (resumed ?? operation) === "repair" ? "✅ MAS's database is empty again" : "✅ rolled back";
		case "restored": return `❌ ${operation === "resume" ? "it had failed" : "failed"}; the server is as before`;
		case "abandoned": return "❌ stopped before anything changed for users";
		case "unknown": return "❓ result unknown; the server continues without the runner";
	}
}
function migrationSentence(report) {
	const result = outcomeOf(report).replace(/^\S+ /, "");
	const downtime = report.windowSeconds === void 0 ? "" : `; downtime for users: ${seconds(report.windowSeconds)}`;
	return `${result.charAt(0).toUpperCase()}${result.slice(1)}${downtime}.`;
}
function seconds(value) {
	return `${value.toFixed(1)} s`;
}
function times({ windowSeconds, expectedWindowSeconds, syn2masSeconds, overheadSeconds }) {
	if (windowSeconds === void 0) return "";
	const parts = [
		...expectedWindowSeconds === void 0 ? [] : [`expected ${(expectedWindowSeconds / 2).toFixed(1)} to ${seconds(expectedWindowSeconds)}`],
		...syn2masSeconds === void 0 ? [] : [`syn2mas took ${seconds(syn2masSeconds)}`],
		...overheadSeconds === void 0 ? [] : [`everything else took ${seconds(overheadSeconds)}`]
	];
	return `Downtime for users: **${seconds(windowSeconds)}**${parts.length > 0 ? ` (${parts.join(", ")})` : ""}.`;
}
function lost(report) {
	if (!report.lost) return "";
	const items = lossTexts(report.lost).map((text) => `- ${markdownSentence(text)}`);
	const isDone = restoresBuiltInLogin(report);
	if (items.length === 0) return isDone ? "Users changed nothing in MAS, so nothing was lost." : "";
	return sections(isDone ? "These changes that users made in MAS were discarded:" : "A rollback discards these changes that users made in MAS:", items.join("\n"));
}
function proofsTable(title, proofs, marks) {
	if (proofs.length === 0) return "";
	return table([
		title,
		"Result",
		"Details"
	], proofs.map(({ name, result, detail }) => [
		markdownSentence(name),
		marks[result],
		markdownSentence(detail)
	]));
}
function stepsTable(steps) {
	return table([
		"Step",
		"Duration",
		"Result"
	], steps.map(({ name, seconds: took, result }) => [
		markdownSentence(stepText(name)),
		took === void 0 ? "" : seconds(took),
		results[result]
	]));
}
function howToRestore({ host, outcome }, toRestore) {
	return renderRestoration(host, toRestore, outcome !== "restored" ? "Open" : "If you want to deploy something else before you migrate again, open");
}
function differs(host) {
	return `The vars of ${markdownCode(host)} ask for a live MAS, but the server uses Synapse's built-in login.`;
}
function renderRestoration(host, { lines, file, patch }, open = "Open") {
	const where = file === void 0 ? `the vars of ${markdownCode(host)}` : markdownCode(file);
	const paste = patch === void 0 ? "" : " To set them, paste this in a clone of the default branch:";
	return sections(`${differs(host)} ${open} a pull request that restores these lines in ${where}.${paste}`, markdownBlock(patch === void 0 ? lines.join("\n") : `git apply --unidiff-zero <<'END'\n${patch}\nEND`), otherLines);
}
const otherLines = sections("Also restore the other lines that the migrate pull request removed, such as `matrix_synapse_oidc_*`. Without them, the next deployment removes these login providers from Synapse, and their accounts can no longer log in. This command shows the commit that removed them:", markdownBlock(`git log -1 -p -S ${inProgressVariable}`));

// src/playbook/progress.ts
const printEveryMs = 5e3;
var TaskProgress = class {
	count = 0;
	#print;
	#expected;
	#last = "";
	#printedAt = Date.now();
	constructor(print, expected) {
		this.#print = print;
		this.#expected = expected;
	}
	onEvent = (event) => {
		if (event.kind !== "task") return;
		const task = `${event.task.path} ${event.task.name}`;
		if (task === this.#last) return;
		this.#last = task;
		this.count += 1;
		if (Date.now() - this.#printedAt < printEveryMs) return;
		this.#printedAt = Date.now();
		this.#print(`Task ${this.count}${this.#expected === void 0 ? "" : ` of about ${Math.max(this.#expected, this.count)}`} …`);
	};
};

// src/migration/run/server.ts
function serverDeps(server, playbook, present, log, tasks) {
	let expected = tasks;
	const render = async (vars) => {
		const progress = new TaskProgress((line) => log.info(line), expected);
		const files = await renderFiles(server.session, playbook, vars, progress);
		expected = progress.count;
		return files;
	};
	return {
		...server,
		clock: systemClock,
		log,
		render: (vars) => render(vars === "present" ? present : {}),
		judge: (exitCode, output) => judge(playbook.target.checkout.dialect, exitCode, output),
		createUsers: () => createUsers(playbook)
	};
}
function preparedVariables(checkout) {
	const { delegatesWhilePrepared, advertisingVariables } = checkout.capabilities;
	return {
		matrix_authentication_service_migration_in_progress: true,
		...delegatesWhilePrepared ? { matrix_synapse_matrix_authentication_service_enabled: false } : {},
		...Object.fromEntries(advertisingVariables.map((name) => [name, false]))
	};
}
function judge(dialect, exitCode, output) {
	const result = readSyn2mas({
		dialect,
		exitCode,
		stdout: output,
		stderr: ""
	});
	return {
		findings: result.findings.filter(({ id }) => id !== "syn2mas/no-result"),
		lastLines: result.lastLines
	};
}
async function renderFiles(session, playbook, vars, progress) {
	const { host } = playbook.target;
	const outcome = await playbook.run({
		tags: renderTags,
		vars,
		check: true,
		timeoutMs: 12e5,
		onTask: progress.onEvent
	});
	if (outcome.code !== 0) throw failed(host, `The check run of the playbook failed (exit code ${outcome.code}).`);
	const { files, unreadable } = renderedFiles(outcome.results, host);
	if (unreadable.length === 0) return readDeleted(files, async (path) => (await session.readFile(path))?.toString("utf8"));
	throw failed(host, `The check run did not report the new content of ${unreadable.join(", ")}.`, "Ansible shows only text files of at most 10 MiB. Change the vars that make these files binary or larger, then run this again.");
}
async function createUsers(playbook) {
	const { host } = playbook.target;
	const outcome = await playbook.run({
		tags: userTags,
		timeoutMs: 6e5
	});
	if (outcome.code === 0 && outcome.stats[host] !== void 0) return;
	throw new ToolkitError({
		reason: "playbook-failed",
		what: `The playbook's tag ${userTags.join(",")} failed (exit code ${outcome.code}).`,
		where: host,
		remedy: "Run the action deploy with the same vars: it creates these accounts too."
	});
}
function failed(host, what, remedy = "Find the failed task in the log of this step, fix its cause, then run this again.") {
	return new ToolkitError({
		reason: "playbook-failed",
		what,
		where: host,
		remedy
	});
}

// src/inventory/patch.ts
function switchPatch(host, switches, anchor, files) {
	const first = host.variable(anchor).definition;
	if (first === void 0) return void 0;
	const edits = /* @__PURE__ */ new Map();
	for (const [name, value] of Object.entries(switches)) {
		const { definition } = host.variable(name);
		if (definition?.value.kind === "boolean" && definition.value.value === value) continue;
		const isReplaced = definition !== void 0 && definition.group === void 0;
		const target = isReplaced ? definition : first;
		const text = lineOf(target, files);
		if (text === void 0) return void 0;
		const { file, line } = target.namePlace;
		const key = `${file}\n${line}`;
		const { removed = [], added = [] } = edits.get(key) ?? {};
		edits.set(key, {
			file,
			line,
			removed: isReplaced ? [text] : removed,
			added: [...added, `${name}: ${value}`]
		});
	}
	return patchOf([...edits.values()]);
}
function lineOf({ source, namePlace, value }, files) {
	const { file, line, column } = namePlace;
	if (!(source === "host_vars" && /^[\w.@/+-]+(?<!\.json)$/.test(file)) || column !== 1 || value.place.line !== line || (value.place.endLine ?? line) !== line) return void 0;
	const text = new TextDecoder().decode(files.read(file));
	const lines = text.split("\n");
	return text.includes("\r") || line >= lines.length ? void 0 : lines[line - 1];
}
function patchOf(edits) {
	const parts = [...Map.groupBy(edits.toSorted((a, b) => a.line - b.line), ({ file }) => file)].flatMap(([file, own]) => [
		`--- a/${file}`,
		`+++ b/${file}`,
		...hunks(own)
	]);
	return parts.length === 0 ? void 0 : parts.join("\n");
}
function hunks(edits) {
	let shift = 0;
	return edits.flatMap(({ line, removed, added }) => {
		const head = `@@ -${removed.length === 0 ? line - 1 : line},${removed.length} +${line + shift},${added.length} @@`;
		shift += added.length - removed.length;
		return [
			head,
			...removed.map((text) => `-${text}`),
			...added.map((text) => `+${text}`)
		];
	});
}

// src/actions/vars-to-restore.ts
function varsToRestore(checkout, host, files) {
	const switches = preparedVariables(checkout);
	const lines = Object.entries(switches).map(([name, value]) => `${name}: ${value}`);
	const patch = switchPatch(host, switches, enabledVariable, files);
	const file = host.variable(enabledVariable).value?.place.file;
	return {
		lines,
		...file !== void 0 && { file },
		...patch !== void 0 && { patch }
	};
}

export { migrationSentence as a, renderRestoration as c, differs as i, restoresBuiltInLogin as l, preparedVariables as n, otherLines as o, serverDeps as r, renderMigration as s, varsToRestore as t };