import { a as withProposals } from "./action11.js";
import { n as validate } from "./run.js";
import { f as openFindings } from "./account-counts.js";
import { B as withoutOverlaps, K as writeBelow, z as applySuggestion } from "./run-action.js";
import { realpathSync } from "node:fs";

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
		files = withTexts(files, new Map(changed.map(({ real, text }) => [real, new TextEncoder().encode(text)])));
	}
}
function withTexts(files, contents) {
	const contentOf = (path) => contents.get(files.identity(path));
	return {
		...files,
		entry: (path) => {
			const content = contentOf(path);
			return content ? {
				...files.entry(path),
				size: content.length
			} : files.entry(path);
		},
		read: (path) => contentOf(path) ?? files.read(path)
	};
}

export { writeFix as n, fixRounds as t };