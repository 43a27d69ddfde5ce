import { S as readInputs, p as byCodeUnit } from "./folders.js";
import { a as withProposals, i as validate, n as validateConfig, t as fetchedSources } from "./action11.js";
import { a as validationInputs } from "./sources.js";
import { i as openFindings, n as plural } from "./plural.js";
import { S as applySuggestion } from "./migration.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

// src/cli/validate.ts
const mostRounds = 5;
async function validateInventory(invocation) {
	if (invocation.isSet("fix")) await fixAll(invocation);
	await invocation.perform(validateConfig);
}
async function fixAll(invocation) {
	const inputs = readInputs(validationInputs, invocation.source);
	for (let round = 0; round < mostRounds; round++) {
		const runtime = invocation.runtime();
		const { sources } = await fetchedSources(inputs, runtime);
		const { verdict } = await withProposals(validate(sources), sources, false);
		const changed = fixed(verdict.findings, sources.files);
		for (const { file, text, count } of changed) {
			writeFileSync(join(invocation.root, file), text);
			invocation.terminal.log(`Wrote ${plural(count, "proposed change")} to ${file}.`);
		}
		if (changed.length === 0) return;
	}
}
function fixed(findings, files) {
	const suggestions = openFindings(findings).flatMap(({ suggestion }) => suggestion ?? []);
	return [...Map.groupBy(suggestions, ({ place }) => place.file)].flatMap(([file, own]) => {
		if (files.entry(file).kind !== "file") return [];
		const apart = withoutOverlaps(own);
		const before = new TextDecoder().decode(files.read(file));
		const text = apart.reduce((changed, each) => applySuggestion(changed, each), before);
		return text === before ? [] : [{
			file,
			text,
			count: apart.length
		}];
	});
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

export { validateInventory };