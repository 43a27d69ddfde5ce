import { i as enabledVariable } from "./variables.js";
import { t as systemClock } from "./clock.js";
import { s as failureOf } from "./probe.js";
import { a as readDeleted, i as userTags, n as renderTags, o as renderedFiles } from "./tags.js";
import { i as runTasks, r as publicWeb, t as publicTasksFor } from "./tasks-for.js";
import { i as ToolkitError } from "./exec.js";

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
function serverDeps(server, playbook, vars, log, tasks) {
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
		render: () => render({}),
		renderPresent: async () => render(vars.present()),
		renderLastPrepared: async () => {
			const older = await vars.lastPrepared();
			return older && {
				commit: older.commit,
				files: await render(older)
			};
		},
		createUsers: () => createUsers(playbook),
		lookFromOutside: async () => runTasks(await publicTasksFor(server, { web: publicWeb() }))
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
async function renderFiles(session, playbook, vars, progress) {
	const { host } = playbook.target;
	const outcome = await playbook.run({
		tags: renderTags,
		vars,
		check: true,
		timeoutMs: 12e5,
		onTask: progress.onEvent
	});
	if (outcome.code !== 0) throw failed(host, `The check run of the playbook failed (exit code ${outcome.code})${failureOf(outcome)}`);
	const { files, unreadable } = renderedFiles(outcome.results, host);
	if (unreadable.length === 0) return readDeleted(files, (path) => session.readFile(path));
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
		what: `The playbook's tag ${userTags.join(",")} failed (exit code ${outcome.code})${failureOf(outcome)}`,
		where: host,
		remedy: "Run the action deploy with the same vars: it creates these accounts too."
	});
}
function failed(host, what, remedy = "Fix the cause that the message names, then run this again. The log has the full output.") {
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

export { preparedVariables as n, serverDeps as r, varsToRestore as t };