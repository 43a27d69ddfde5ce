import { S as readInputs } from "./folders.js";
import { a as withProposals, i as validateConfig, t as availableSources } from "./action11.js";
import { o as validationInputs } from "./sources.js";
import { n as commonValue } from "./outcome.js";
import { n as validate } from "./run.js";
import { f as openFindings, l as plural } from "./account-counts.js";
import { B as withoutOverlaps, z as applySuggestion } from "./run-action.js";
import { t as writeBelow } from "./report-file.js";
import { realpathSync } from "node:fs";

// src/cli/validate.ts
const mostRounds = 5;
async function validateInventory(invocation) {
	if (invocation.isSet("fix")) await fixAll(invocation);
	const { hosts } = await invocation.perform(validateConfig);
	const { offer } = invocation;
	const { screen } = invocation.terminal;
	if (!screen.isTerminal || invocation.isSet("json")) return;
	const stage = commonValue(hosts.map((each) => each.stage));
	if (stage === "off") screen.out(`\nTo see the way to MAS: \`${offer("plan")}\`\n`);
	if (stage === "live" && !invocation.source("base-ref")) screen.out(`\nTo see what a change does, compare with the branch to merge it into: \`${offer("validate", " --base-ref main")}\`\n`);
}
async function fixAll(invocation) {
	const inputs = readInputs(validationInputs, invocation.source);
	const { say } = invocation.terminal;
	for (let round = 0; round < 5; round++) {
		const runtime = invocation.runtime();
		const { sources } = await availableSources(inputs, runtime);
		if (sources.playbookFailure) return say("Nothing was written: the playbook is not available.");
		const { verdict } = await withProposals(validate(sources), sources, false);
		const changed = fixed(verdict.findings, sources.files);
		for (const change of changed) {
			writeFix(invocation.root, change);
			say(`Wrote ${plural(change.rules.length, "proposed change")} to ${change.file}: ${change.rules.join(", ")}. \`git diff\` shows the lines.`);
		}
		if (changed.length === 0) return round === 0 ? say(nothingWritten(verdict.findings)) : void 0;
	}
}
function nothingWritten(findings) {
	return `Nothing was written: ${openFindings(findings).length === 0 ? "there is nothing to fix" : "no finding has a fix that is certain. Do what each finding says"}.`;
}
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

export { validateInventory as n, writeFix as r, fixed as t };