import { t as delegationVariable } from "./variables.js";
import { C as secret, T as text, _ as flag, b as optional, d as diskFiles, i as git, m as joinPath, o as isElsewhere, x as paths, y as oneOf } from "./git.js";
import { i as ToolkitError } from "./exec.js";
import { c as playbookInputs, i as labelOf, r as isPlaybookClone } from "./playbook.js";
import { i as withoutSetUp } from "./touches.js";
import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";

// src/playbook/replacements.ts
const item = /\{\s*(['"])old\1:\s*(['"])(.*?)\2,\s*(['"])new\4:\s*(['"])(.*?)\5\s*\}/g;
const asksForItems = /varnames'\s*,\s*\(?'\^'\s*\+\s*item(?:\.old)?\s*\+|item(?:\.old)? in vars\b|'match'\s*,\s*item\.old/;
const literalPattern = /(?:varnames'|'key'\s*,\s*'match')\s*,\s*'(\^?[^']+)'/g;
const bareItem = /^[ \t]*-[ \t]+['"]?([a-z][A-Za-z0-9_]{3,})['"]?\s*$/gm;
const plainName = /^[a-z][A-Za-z0-9_]*$/;
const pair = /`(\w+)\*?`\s*(?:->|[^`\n]*renamed to|is now)\s*`(\w+)\*?`|\(`(\w+)\*?\s*->\s*(\w+)\*?`\)|`(\w+)\*?\s*->\s*(\w+)\*?`/g;
function replacementsIn(text) {
	return text.split(/^(?=- )/m).flatMap((task) => [...renamesInLists(task), ...renamesByPattern(task)]);
}
function renamesInLists(task) {
	if (!asksForItems.test(task)) return [];
	const guard = guardOf(task);
	const pairs = [...task.matchAll(item)].map(([, , , old = "", , , now = ""]) => ({
		old,
		now
	}));
	const names = / in vars\b|\+ item \+/.test(task) && pairs.length === 0 ? [...task.matchAll(bareItem)].map(([, old = ""]) => ({
		old,
		now: ""
	})) : [];
	return [...pairs, ...names].flatMap(({ old, now }) => {
		const matches = matcher(`^${old}$`);
		if (!matches) return [];
		const newName = plainName.test(now) ? () => now : prefixRename(old, now);
		return [{
			matches,
			newName,
			advice: newName(old) === void 0 && now !== "" ? now : void 0,
			guard
		}];
	});
}
function prefixRename(old, now) {
	const from = /^(\w+)\.[*+]$/.exec(old)?.[1];
	const to = /^(\w+)\.[*+]$/.exec(now)?.[1];
	return (name) => from === void 0 || to === void 0 ? void 0 : to + name.slice(from.length);
}
function renamesByPattern(task) {
	const found = new Set([...task.matchAll(literalPattern)].map(([, pattern = ""]) => pattern));
	const guard = guardOf(task);
	const renames = [...task.matchAll(pair)].flatMap(([, a, b, c, d, e, f]) => {
		const [old, now] = [a ?? c ?? e, b ?? d ?? f];
		return old !== void 0 && now !== void 0 ? [withoutCommonSuffix(old, now)] : [];
	});
	return [...found].flatMap((pattern) => {
		const matches = matcher(pattern.startsWith("^") ? pattern : `^${pattern}`);
		if (!matches) return [];
		const newName = (name) => {
			const rename = renames.find(({ old }) => name.startsWith(old));
			return rename && rename.now + name.slice(rename.old.length);
		};
		return [{
			matches,
			newName,
			advice: void 0,
			guard
		}];
	});
}
function withoutCommonSuffix(old, now) {
	let length = 0;
	while (length < Math.min(old.length, now.length) && old.at(-1 - length) === now.at(-1 - length)) length += 1;
	return {
		old: old.slice(0, old.length - length),
		now: now.slice(0, now.length - length)
	};
}
function guardOf(task) {
	return /^[ \t]*(?:-[ \t]+)?(?:when:[ \t]*)?(\w+_checks_enabled|\w+_validation_enabled) \| bool$/m.exec(task)?.[1];
}
const pattern = /^\^(\w+)(?:\((\w+(?:\|\w+)*)\)(\w*))?(?:\.([*+]))?(\$?)$/;
function matcher(expression) {
	const parts = pattern.exec(expression);
	if (!parts) return void 0;
	const [, head = "", words, tail = "", repeat, end] = parts;
	const heads = words === void 0 ? [head] : words.split("|").map((word) => head + word + tail);
	const open = repeat !== void 0 || end !== "$";
	const least = repeat === "+" ? 1 : 0;
	return (name) => heads.some((start) => open ? name.startsWith(start) && name.length >= start.length + least : name === start);
}

// src/playbook/role-files.ts
const limits = {
	fileBytes: 4194304,
	bytes: 104857600,
	files: 5e4,
	depth: 12
};
var RoleFiles = class {
	files;
	bytes = 0;
	count = 0;
	incomplete = false;
	constructor(files) {
		this.files = files;
	}
	roles() {
		return this.foldersIn("roles").flatMap((owner) => this.foldersIn(owner));
	}
	foldersIn(folder) {
		return this.files.list(folder).map((name) => `${folder}/${name}`).filter((path) => {
			const { kind } = this.files.entry(path);
			if (kind === "outside") this.incomplete = true;
			return kind === "directory";
		});
	}
	text(path) {
		const { kind, size } = this.files.entry(path);
		if (kind !== "file") return "";
		this.count += 1;
		this.bytes += size;
		if (size > limits.fileBytes || this.bytes > limits.bytes || this.count > limits.files) {
			this.incomplete = true;
			return "";
		}
		return new TextDecoder().decode(this.files.read(path));
	}
	*below(path, seen = /* @__PURE__ */ new Set(), depth = 0) {
		const { kind } = this.files.entry(path);
		if (kind === "file") yield path;
		if (kind !== "directory") return;
		const identity = this.files.identity(path);
		if (seen.has(identity)) return;
		seen.add(identity);
		if (depth > limits.depth || seen.size > limits.files) {
			this.incomplete = true;
			return;
		}
		for (const name of this.files.list(path)) {
			const child = joinPath(path, name);
			if (child !== void 0) yield* this.below(child, seen, depth + 1);
		}
	}
};

// src/playbook/variables.ts
const definition = /^([A-Za-z_][A-Za-z0-9_]*):(?:[ \t](.*))?\r?$/gm;
const defaultsFolders = ["defaults", "vars"];
const readFolders = [
	"tasks",
	"templates",
	"handlers",
	"meta",
	"defaults",
	"vars"
];
const migrationRole = "roles/custom/matrix_playbook_migration/defaults/main.yml";
var PlaybookVariables = class {
	files;
	found;
	rejected;
	replaced = /* @__PURE__ */ new Map();
	constructor(files) {
		this.files = new RoleFiles(files);
	}
	defaultsOf(name) {
		return this.definitions().defaults.get(name) ?? [];
	}
	names() {
		return this.definitions().defaults.keys();
	}
	roles() {
		return this.definitions().roles.map((path) => path.slice(path.lastIndexOf("/") + 1));
	}
	mentioned(names) {
		const left = new Set(names);
		const found = /* @__PURE__ */ new Set();
		const folders = this.definitions().roles.flatMap((role) => readFolders.map((folder) => `${role}/${folder}`));
		for (const folder of [
			"group_vars",
			"examples",
			"setup.yml",
			"jitsi_jvb.yml",
			...folders
		]) for (const path of this.files.below(folder)) {
			if (left.size === 0) return found;
			const text = this.files.text(path);
			for (const name of left) {
				if (!holdsWord(text, name)) continue;
				found.add(name);
				left.delete(name);
			}
		}
		return found;
	}
	get incomplete() {
		return this.files.incomplete;
	}
	replacement(name) {
		if (!this.replaced.has(name)) this.replaced.set(name, this.replacements().find(({ matches }) => matches(name)));
		return this.replaced.get(name);
	}
	migrationVersion() {
		return /^matrix_playbook_migration_expected_version:\s*["']?([\w.-]+)["']?\s*$/m.exec(this.files.text(migrationRole))?.[1];
	}
	definitions() {
		if (this.found) return this.found;
		const roles = this.files.roles();
		const defaults = /* @__PURE__ */ new Map();
		const folders = roles.flatMap((role) => defaultsFolders.map((folder) => `${role}/${folder}`));
		for (const folder of ["group_vars", ...folders]) for (const path of this.files.below(folder)) addDefinitions(this.files.text(path), defaults);
		this.found = {
			defaults,
			roles
		};
		return this.found;
	}
	replacements() {
		this.rejected ??= this.definitions().roles.flatMap((role) => replacementsIn(this.files.text(`${role}/tasks/validate_config.yml`)));
		return this.rejected;
	}
};
function addDefinitions(text, defaults) {
	for (const match of text.matchAll(definition)) {
		const [whole, name = "", rest = ""] = match;
		const written = rest.replace(/(?:^|\s)#[^'"]*$/, "").trim();
		const block = written === "" ? blockAfter(text, match.index + whole.length) : void 0;
		const known = defaults.get(name);
		if (known) known.push({
			text: written,
			block
		});
		else defaults.set(name, [{
			text: written,
			block
		}]);
	}
}
function blockAfter(text, index) {
	const [, indentation = "", line = ""] = /^(?:[ \t]*(?:#.*)?\r?\n)*([ \t]*)(\S.*)/.exec(text.slice(index, index + 2e3).replace(/^\r?\n/, "")) ?? [];
	if (/^-(?:\s|$)/.test(line)) return "list";
	return indentation !== "" && /^[^\s#][^#]*:(?:\s|$)/.test(line) ? "map" : void 0;
}
function holdsWord(text, word) {
	for (let index = text.indexOf(word); index !== -1; index = text.indexOf(word, index + 1)) {
		const around = (text[index - 1] ?? " ") + (text[index + word.length] ?? " ");
		if (!/\w/.test(around)) return true;
	}
	return false;
}

// src/actions/validate-config/inputs.ts
const standardAcceptances = "accepted-findings.yml";
const validationInputs = {
	inventory: paths("inventory/hosts"),
	limit: optional(text()),
	"playbook-path": optional(text()),
	...playbookInputs,
	"github-token": optional(secret()),
	"base-ref": optional(text()),
	"base-path": optional(text()),
	"fail-on": oneOf([
		"error",
		"warning",
		"never"
	], "error"),
	"accepted-findings": text(standardAcceptances),
	"json-path": optional(text()),
	"sarif-path": optional(text()),
	"convert-path": optional(text()),
	summary: flag(true)
};

// src/actions/validate-config/sources.ts
async function inventorySources(inputs, repository) {
	const { root, files } = repository;
	const { inventory, limit, basePath, baseRef, acceptedFindings } = inputs;
	if (basePath !== void 0 && baseRef !== void 0) throw invalid("`base-ref` and `base-path` are both set.", "Set one of them.");
	const base = basePath !== void 0 ? diskFiles(folder(root, basePath, "base-path")) : baseRef !== void 0 ? await repository.at(baseRef) : void 0;
	if (acceptedFindings !== "accepted-findings.yml" && files.entry(acceptedFindings).kind !== "file") throw invalid("The file of `accepted-findings` does not exist.", "Set `accepted-findings` to a file of the repository, or remove it.", acceptedFindings);
	const { changedFiles } = baseRef === void 0 ? {} : await changesSince(root, baseRef, inventory);
	return {
		inventory,
		files,
		acceptances: {
			path: acceptedFindings,
			today: (/* @__PURE__ */ new Date()).toISOString().slice(0, 10)
		},
		...limit !== void 0 && { limit },
		...base && { base },
		...base && changedFiles && { changedFiles: withoutSetUp(changedFiles, base) }
	};
}
async function changesSince(root, ref, inventory) {
	if (await isElsewhere(root, inventory)) return {};
	const { code, stdout } = await git(root, [...[
		"diff",
		"--name-only",
		"--no-renames",
		"--relative",
		"--ignore-submodules=dirty",
		"-z",
		ref
	], "--"]);
	const files = stdout.split("\0").filter(Boolean);
	return code === 0 ? { changedFiles: [...files, ...files.flatMap((file) => targetOf(root, file))] } : {};
}
function targetOf(root, file) {
	const path = resolve(root, file);
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && existsSync(path) ? [relative(realpathSync(root), realpathSync(path))] : [];
}
async function playbookSources({ playbookPath: path }, { root }) {
	if (path === void 0 && !isPlaybookClone(root)) return {};
	return { playbook: await playbookAt(root, path ?? ".") };
}
async function playbookAt(root, path) {
	const full = folder(root, path, "playbook-path");
	const { readCheckout } = await import("./checkout.js");
	const checkout = await readCheckout(full);
	const files = diskFiles(full);
	return {
		files,
		label: labelOf(root, full),
		facts: factsOf(checkout, files)
	};
}
function factsOf({ dialect, capabilities }, files) {
	return {
		dialect,
		traps: [...capabilities.delegatesWhilePrepared ? [delegationVariable] : [], ...capabilities.advertisingVariables],
		variables: new PlaybookVariables(files)
	};
}
function folder(root, path, input) {
	const full = resolve(root, path);
	if (statSync(full, { throwIfNoEntry: false })?.isDirectory()) return full;
	throw invalid(`The folder of \`${input}\` does not exist.`, `Set \`${input}\` to an existing folder.`, full);
}
function invalid(what, remedy, where) {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		remedy,
		...where !== void 0 && { where }
	});
}

export { standardAcceptances as a, playbookSources as i, factsOf as n, validationInputs as o, inventorySources as r, changesSince as t };