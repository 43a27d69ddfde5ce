import { a as withProposals } from "./action11.js";
import { n as validate } from "./run.js";
import { f as openFindings } from "./account-counts.js";
import { B as withoutOverlaps, G as writeBelow, z as applySuggestion } from "./run-action.js";
import { a as overlaid } from "./files.js";
import { realpathSync } from "node:fs";

// src/cli/fix.ts
const mostRounds = 5;
function fixed(findings, files) {
	const suggestions = new Map(openFindings(findings).flatMap(({ suggestion, id }) => suggestion ? [[suggestion, id]] : []));
	return [...Map.groupBy(suggestions.keys(), ({ place }) => place.file)].flatMap(([file, own]) => {
		if (files.entry(file).kind !== "file") return [];
		const apart = withoutOverlaps(own);
		const before = new TextDecoder().decode(files.read(file));
		const text = apart.reduce((changed, each) => applySuggestion(changed, each), before);
		const rules = apart.flatMap((each) => suggestions.get(each) ?? []).toReversed();
		return text === before ? [] : [{
			file,
			real: files.identity(file),
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

export { writeFix as n, fixRounds as t };