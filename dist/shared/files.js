import { z as applySuggestion } from "./run-action.js";
import { n as domainVariable } from "./variables.js";
import { m as isOfPlaybook } from "./inventory-of.js";
import { I as removeVariable, R as replacePart } from "./versions.js";

// src/cli/plan/files.ts
const mark = "\0";
const explanation = "# Until the migration, these variables keep the playbook from changing logins too early.";
function asIfChanged(files, inventory, change, moved = []) {
	return overlaid(files, mapped(markedTexts(files, inventory, change, () => true, moved), (text) => text.replace(/^\0+/gm, "# ")));
}
function changedTexts(files, inventory, change, moved = []) {
	const others = inventory.hosts.filter((host) => !change.hosts.includes(host));
	const isRemoved = (definition, isReplaced) => {
		if (definition.source === "host_vars") return true;
		return !(isReplaced || others.some((host) => definitionsOf(host, definition.name).some(isSame(definition))));
	};
	return mapped(markedTexts(files, inventory, change, isRemoved, moved), (text) => text.replace(/^\0[^\n]*\n?/gm, ""));
}
function withoutSecrets(files, moved) {
	const texts = /* @__PURE__ */ new Map();
	for (const { name, definition, value } of moved.toReversed()) {
		const suggestion = replacePart(definition, value, `"{{ ${name} }}"`);
		const { file } = value.place;
		if (suggestion) texts.set(file, applySuggestion(texts.get(file) ?? textIn(files, file), suggestion));
	}
	return texts;
}
const isSame = ({ namePlace: { file, line } }) => ({ namePlace }) => namePlace.file === file && namePlace.line === line;
function definitionsOf(host, name) {
	const { definition, overridden } = host.variable(name);
	return [definition, ...overridden].flatMap((each) => each && !isOfPlaybook(each) ? [each] : []);
}
function markedTexts(files, { folders }, { hosts, added, removed, explained }, isRemoved, moved) {
	const texts = withoutSecrets(files, moved);
	const additions = /* @__PURE__ */ new Map();
	const add = (file, lines) => additions.set(file, [...additions.get(file) ?? [], ...lines]);
	const textOf = (file) => texts.get(file) ?? textIn(files, file);
	for (const { name, definition, source } of moved) add(definition.namePlace.file, [`${name}: ${source}`]);
	for (const host of hosts) {
		const vars = added(host);
		for (const name of /* @__PURE__ */ new Set([...removed(host), ...Object.keys(vars)])) {
			const ended = definitionsOf(host, name).filter((each) => isRemoved(each, name in vars));
			for (const place of ended.flatMap((each) => removeVariable(each)?.place ?? [])) texts.set(place.file, marked(textOf(place.file), place));
		}
		const file = varsFile(files, folders[0] ?? "", host);
		const first = Object.keys(vars).find((name) => explained.includes(name));
		const linesFor = ([name, value]) => [...name === first ? [explanation] : [], `${name}: ${value}`];
		add(file, Object.entries(vars).flatMap(linesFor));
	}
	for (const [file, lines] of additions) if (lines.length > 0) texts.set(file, appended(textOf(file), lines));
	return texts;
}
function appended(text, lines) {
	const end = text.includes("\r\n") ? "\r\n" : "\n";
	const added = lines.map((line) => `${line}${end}`).join("");
	if (text === "") return added;
	const whole = text.endsWith("\n") ? text : `${text}${end}`;
	return /(?:^|\n)\r?\n$/.test(whole) ? `${whole}${added}` : `${whole}${end}${added}`;
}
function textIn(files, file) {
	return files.entry(file).kind === "file" ? new TextDecoder().decode(files.read(file)) : "";
}
function marked(text, { line, endLine = line }) {
	const lines = text.split("\n");
	const first = lines[line - 2]?.trimEnd() === explanation ? line - 2 : line - 1;
	const isRemoved = (index) => index >= first && index < endLine - 1;
	return lines.map((each, index) => isRemoved(index) ? `${mark}${each}` : each).join("\n");
}
function mapped(texts, change) {
	return new Map([...texts].map(([path, text]) => [path, change(text)]));
}
function varsFile(files, folder, host) {
	const base = `${folder === "" ? "" : `${folder}/`}host_vars/${host.name}`;
	if (files.entry(base).kind === "directory") {
		const usual = host.variable(domainVariable).definition?.namePlace.file;
		return usual?.startsWith(`${base}/`) ? usual : `${base}/matrix-authentication-service.yml`;
	}
	return [
		"",
		".yml",
		".yaml"
	].map((end) => `${base}${end}`).find((path) => files.entry(path).kind === "file") ?? `${base}.yml`;
}
function overlaid(files, texts) {
	const encoded = new Map([...texts].map(([path, text]) => [path, new TextEncoder().encode(text)]));
	const folders = new Set([...texts.keys()].flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))));
	const entry = (path) => {
		const bytes = encoded.get(path);
		if (bytes) return {
			kind: "file",
			size: bytes.length,
			executable: false
		};
		const real = files.entry(path);
		return real.kind === "absent" && folders.has(path) ? {
			...real,
			kind: "directory"
		} : real;
	};
	return {
		entry,
		read: (path) => encoded.get(path) ?? files.read(path),
		identity: (path) => files.identity(path) || path,
		list: (path) => {
			const own = [...encoded.keys(), ...folders].filter((each) => each.slice(0, Math.max(0, each.lastIndexOf("/"))) === path && each !== "").map((each) => each.slice(path === "" ? 0 : path.length + 1));
			return [.../* @__PURE__ */ new Set([...files.list(path), ...own])].toSorted((a, b) => a < b ? -1 : 1);
		}
	};
}

export { overlaid as a, isSame as i, changedTexts as n, textIn as o, definitionsOf as r, asIfChanged as t };