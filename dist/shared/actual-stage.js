import { f as countDifferences } from "./with-server.js";

// src/migration/plan/actual-stage.ts
function actualStage(facts) {
	const { synapse, mas } = facts;
	if (synapse.delegating === "unreadable") return inconsistent("delegation-unreadable", "Synapse's homeserver.yaml cannot be read, so nobody knows who authenticates.");
	if (synapse.delegating !== "no") return delegating(facts);
	if (!mas.installed) return {
		stage: "absent",
		why: "MAS is not installed."
	};
	return beside(facts);
}
function delegating({ synapse, mas }) {
	if (!mas.installed) return inconsistent("lockout", "Synapse delegates to MAS, which is not installed: nobody can log in.");
	if (mas.tables === "unreadable") return inconsistent("database-unreadable", "Synapse delegates to MAS, whose database can't be read.");
	if (mas.tables === "renamed") return inconsistent("broken-live", "Synapse delegates to MAS, whose tables a syn2mas run left renamed: nobody can log in.");
	if ((synapse.migratable.users ?? 0) > 0 && (mas.counts?.users ?? 0) === 0) return inconsistent("lockout", `Synapse delegates to MAS, which has none of its ${synapse.migratable.users} accounts: nobody can log in.`);
	return {
		stage: "live",
		why: `Synapse delegates to MAS (${synapse.delegating}).`
	};
}
function beside(facts) {
	const { synapse, mas, dialect } = facts;
	if (mas.tables === "unreadable") return inconsistent("database-unreadable", "MAS's database can't be read.");
	if (mas.tables === "renamed") return {
		stage: "partial",
		why: `A syn2mas run died: MAS's database holds ${mas.leftovers.join(", ")}.`
	};
	const { counts } = mas;
	if (mas.tables === "none" || !counts) return {
		stage: "installed",
		why: "MAS's database is still without tables."
	};
	if (mas.strangers.count > 0) return inconsistent("early-logins", strangersSentence(mas));
	if (Object.values(counts).reduce((sum, count) => sum + (count ?? 0), 0) === 0) return {
		stage: "installed",
		why: "MAS is there, with no users in its database."
	};
	const differences = countDifferences(synapse.migratable, counts);
	if (differences.length === 0) return {
		stage: "migrated",
		why: "MAS holds every category as Synapse has it, and Synapse does not delegate."
	};
	const seen = differences.map(({ category, synapse: s, mas: m }) => `${category} ${m} of ${s}`).join(", ");
	const fewer = differences.every((difference) => difference.mas < difference.synapse);
	if (dialect === "syn2mas-tool" && fewer) return {
		stage: "partial",
		why: `A syn2mas run died midway: MAS holds ${seen}.`
	};
	return inconsistent("drifted", `MAS and Synapse no longer agree: MAS holds ${seen}.`);
}
function strangersSentence({ strangers }) {
	const more = strangers.count - strangers.names.length;
	const names = strangers.names.map((name) => JSON.stringify(name)).join(", ");
	return `MAS has ${strangers.count} accounts that Synapse does not have: ${names}${more > 0 ? ` and ${more} more` : ""}.`;
}
function inconsistent(inconsistency, why) {
	return {
		stage: "inconsistent",
		why,
		inconsistency
	};
}

export { actualStage as t };