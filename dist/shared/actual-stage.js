import { n as countText, t as countDifferences } from "./account-counts.js";

// src/migration/plan/actual-stage.ts
function actualStage(facts) {
	const { synapse, mas } = facts;
	if (synapse.delegating === "unreadable") return inconsistent("delegation-unreadable", "Synapse's homeserver.yaml cannot be read, so it is unknown who authenticates users.");
	if (synapse.delegating !== "no") return delegating(facts);
	if (!mas.installed) return {
		stage: "absent",
		why: "MAS is not installed."
	};
	return beside(facts);
}
function delegating({ synapse, mas }) {
	if (!mas.installed) return inconsistent("lockout", "Synapse delegates to MAS, but MAS is not installed: all users are locked out.");
	if (mas.tables === "unreadable") return inconsistent("database-unreadable", "Synapse delegates to MAS, but MAS's database cannot be read.");
	if (mas.tables === "renamed") return inconsistent("broken-live", "Synapse delegates to MAS, but a syn2mas run left its tables renamed: all users are locked out.");
	if ((synapse.migratable.users ?? 0) > 0 && (mas.counts?.users ?? 0) === 0) return inconsistent("lockout", `Synapse delegates to MAS, but MAS has none of its ${countText("users", synapse.migratable.users ?? 0)}: all users are locked out.`);
	return {
		stage: "live",
		why: `Synapse delegates to MAS (${synapse.delegating}).`
	};
}
function beside(facts) {
	const { synapse, mas, dialect } = facts;
	if (mas.tables === "unreadable") return inconsistent("database-unreadable", "MAS's database cannot be read.");
	if (mas.tables === "renamed") return {
		stage: "partial",
		why: `A syn2mas run was interrupted: MAS's database still holds ${mas.leftovers.join(", ")}.`
	};
	const { counts } = mas;
	if (mas.tables === "none" || !counts) return {
		stage: "installed",
		why: "MAS's database has no tables yet."
	};
	if (mas.masOnlyAccounts.count > 0) return inconsistent("early-logins", masOnlySentence(mas));
	if (Object.values(counts).reduce((sum, count) => sum + (count ?? 0), 0) === 0) return {
		stage: "installed",
		why: "MAS is installed, and has no users in its database."
	};
	const differences = countDifferences(synapse.migratable, counts);
	if (differences.length === 0) return {
		stage: "copied",
		why: "The accounts are copied to MAS, but Synapse still uses its built-in login."
	};
	const seen = differences.map(({ category, synapse: s, mas: m }) => `${m} of ${countText(category, s)}`).join(", ");
	const fewer = differences.every((difference) => difference.mas < difference.synapse);
	if (dialect === "syn2mas-tool" && fewer) return {
		stage: "partial",
		why: `A syn2mas run was interrupted: MAS has ${seen}.`
	};
	return inconsistent("drifted", `MAS and Synapse have different contents: MAS has ${seen}.`);
}
function masOnlySentence({ masOnlyAccounts }) {
	const more = masOnlyAccounts.count - masOnlyAccounts.names.length;
	const names = masOnlyAccounts.names.map((name) => JSON.stringify(name)).join(", ");
	return `MAS has ${countText("users", masOnlyAccounts.count)} that Synapse does not have: ${names}${more > 0 ? ` and ${more} more` : ""}.`;
}
function inconsistent(inconsistency, why) {
	return {
		stage: "inconsistent",
		why,
		inconsistency
	};
}

export { actualStage as t };