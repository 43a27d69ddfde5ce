import { S as readInputs } from "./git.js";
import { i as validateConfig, t as availableSources } from "./action11.js";
import { o as validationInputs } from "./sources.js";
import { n as commonValue } from "./outcome.js";
import { f as openFindings, l as plural } from "./account-counts.js";
import { n as writeFix, t as fixRounds } from "./fix.js";
import { n as isPlainBranch, r as knownDefaultBranch } from "./default-branch.js";

// src/cli/validate.ts
async function validateInventory(invocation) {
	if (invocation.isSet("fix")) await fixAll(invocation);
	const { hosts } = await invocation.perform(validateConfig);
	const { offer } = invocation;
	const { screen } = invocation.terminal;
	if (!screen.isTerminal || invocation.isSet("json")) return;
	const stage = commonValue(hosts.map((each) => each.stage));
	if (stage === "off") screen.out(`\nTo see the way to MAS: \`${offer("plan")}\`\n`);
	if (stage !== "live" || invocation.source("base-ref")) return;
	const branch = await knownDefaultBranch(invocation.root);
	if (branch === void 0 || !isPlainBranch(branch)) return;
	screen.out(`\nTo see what a change does, compare with the branch to merge it into: \`${offer("validate", ` --base-ref ${branch}`)}\`\n`);
}
async function fixAll(invocation) {
	const { say } = invocation.terminal;
	const { sources } = await availableSources(readInputs(validationInputs, invocation.source), invocation.runtime());
	if (sources.playbookFailure) return say("Nothing was written: the playbook is not available.");
	const { changes, left } = await fixRounds(sources);
	for (const change of changes) writeFix(invocation.root, change);
	for (const own of Map.groupBy(changes, ({ real }) => real).values()) {
		const rules = own.flatMap((each) => each.rules);
		say(`Wrote ${plural(rules.length, "proposed change")} to ${own[0]?.file}: ${counted(rules)}. \`git diff\` shows the lines.`);
	}
	if (changes.length === 0) say(nothingWritten(left));
}
function counted(rules) {
	return [...Map.groupBy(rules, (rule) => rule)].map(([rule, { length }]) => length === 1 ? rule : `${rule} (${length})`).join(", ");
}
function nothingWritten(findings) {
	return `Nothing was written: ${openFindings(findings).length === 0 ? "there is nothing to fix" : "no finding has a fix that is certain. Do what each finding says"}.`;
}

export { validateInventory };