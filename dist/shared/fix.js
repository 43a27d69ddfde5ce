import { a as withProposals } from "./action11.js";
import { n as validate } from "./run.js";
import { f as openFindings } from "./account-counts.js";
import { B as withoutOverlaps, K as writeBelow, z as applySuggestion } from "./run-action.js";
import { f as byCodeUnit, p as folderOf } from "./git.js";
import { realpathSync } from "node:fs";

// src/support/files/overlay.ts
function overlaid(files, texts) {
	const identity = (path) => files.identity(path) || path;
	const contents = new Map([...texts].map(([path, text]) => [identity(path), new TextEncoder().encode(text)]));
	const added = new Set([...texts.keys()].flatMap(withFolders));
	return {
		identity,
		entry: (path) => {
			const real = files.entry(path);
			const content = contents.get(identity(path));
			if (content) return {
				...real,
				kind: "file",
				size: content.length
			};
			return real.kind === "absent" && added.has(path) ? {
				...real,
				kind: "directory"
			} : real;
		},
		read: (path) => contents.get(identity(path)) ?? files.read(path),
		list: (path) => {
			const own = [...added].filter((each) => folderOf(each) === path).map((each) => each.slice(each.lastIndexOf("/") + 1));
			return [.../* @__PURE__ */ new Set([...files.list(path), ...own])].toSorted(byCodeUnit);
		}
	};
}
function withFolders(path) {
	return path === "" ? [] : [path, ...withFolders(folderOf(path))];
}

// src/cli/fix.ts
const mostRounds = 5;
function fixed(findings, files) {
	const suggestions = new Map(openFindings(findings).flatMap(({ suggestion, id }) => suggestion ? [[suggestion, id]] : []));
	return [...Map.groupBy(suggestions.keys(), ({ place }) => files.identity(place.file))].flatMap(([real, own]) => {
		const [file = ""] = own.map(({ place }) => place.file);
		if (files.entry(file).kind !== "file") return [];
		const apart = withoutOverlaps(own);
		const before = new TextDecoder().decode(files.read(file));
		const text = apart.reduce((changed, each) => applySuggestion(changed, each), before);
		const rules = apart.flatMap((each) => suggestions.get(each) ?? []).toReversed();
		return text === before ? [] : [{
			file,
			real,
			text,
			rules
		}];
	});
}
function writeFix(root, { real, text }) {
	writeBelow(realpathSync.native(root), real, text, "A proposed change");
}
async function fixRounds(sources) {
	const changes = [];
	let { files } = sources;
	for (let round = 0;; round++) {
		const present = {
			...sources,
			files
		};
		const { verdict } = await withProposals(validate(present), present, false);
		const changed = round < mostRounds ? fixed(verdict.findings, files) : [];
		if (changed.length === 0) return {
			changes,
			left: verdict.findings
		};
		changes.push(...changed);
		files = overlaid(files, new Map(changed.map(({ file, text }) => [file, text])));
	}
}

export { writeFix as n, overlaid as r, fixRounds as t };