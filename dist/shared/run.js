import { f as openFindings, u as bySeverity } from "./account-counts.js";
import { t as isRollbackAccepted } from "./verdict.js";
import { n as stageBefore, t as desiredStage } from "./desired-stage.js";
import { n as inventoryOf, t as inventoryAmong } from "./inventory-of.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { n as deployedStage, t as actualStages } from "./stage.js";
import { t as planFor } from "./plan.js";
import { b as readAcceptances, d as stageUnknown, f as stageHidden, r as marked, t as checkHosts, x as acceptFindings } from "./check-hosts.js";
import { r as touches, t as isAppliedByHand } from "./touches.js";

// src/migration/plan/outlook.ts
const doing = {
	nothing: "changes nothing",
	deploy: "runs the playbook",
	migrate: "migrates the accounts to MAS; from then on users log in through MAS",
	resume: "first ends the unfinished run",
	repair: "first removes what an unfinished migration left in MAS's database",
	"roll-back": "rolls the server back to Synapse's built-in login",
	refuse: "is refused"
};
const deploying = {
	off: ["removes MAS; Synapse keeps its built-in login", "runs the playbook; Synapse keeps its built-in login"],
	prepared: ["installs MAS beside Synapse, which keeps its built-in login", "runs the playbook; MAS stays beside Synapse, which keeps its built-in login"],
	live: ["installs MAS; from then on users log in through MAS", "runs the playbook; users keep logging in through MAS"],
	unknown: ["runs the playbook", "runs the playbook"]
};
function outlookFor(before, after) {
	const plans = actualStages.map((actual) => ({
		actual,
		plan: planFor({
			before: before ?? after,
			after,
			actual
		})
	}));
	const refusals = plans.map(({ plan }) => plan).filter((plan) => plan.kind === "refuse");
	if (after === "unknown" || before === "unknown" || refusals.length === plans.length) return {
		expected: "refuse",
		sentence: `Merging is refused: ${refusals[0]?.why ?? ""}`
	};
	const expectedStage = deployedStage[before ?? after];
	const expected = plans.find(({ actual }) => actual === expectedStage);
	if (!expected) return {
		expected: "unknown",
		sentence: `Merging ${anyOf(plans)}.`
	};
	const others = plans.filter(({ plan }) => plan.kind !== expected.plan.kind);
	const isAssumed = before === void 0 && after === "live";
	const isAside = before !== void 0 && others.length > 0 && expected.plan.kind !== "refuse";
	return {
		expected: expected.plan.kind,
		sentence: `${isAssumed ? "If MAS is live on the server, merging" : "Merging"} ${whatDoes(expected.plan, before, after)}.`,
		...isAside && { otherwise: byStage(others) },
		...isAssumed && { otherwise: "If users still log in through Synapse, a deployment of these vars would lock them out: then set matrix_authentication_service_migration_in_progress: true first." }
	};
}
const ifNotLive = "If users still log in through Synapse, a deployment of these vars would lock them out: then set matrix_authentication_service_migration_in_progress: true first.";
function whatDoes(plan, before, after) {
	if (plan.kind === "refuse") return `is refused: ${plan.why.replace(/\.$/, "")}`;
	if (plan.kind !== "deploy") return doing[plan.kind];
	const [moves, stays] = deploying[after];
	return before === void 0 || before === after ? stays : moves;
}
function byStage(others) {
	return [...Map.groupBy(others, ({ plan }) => plan.kind)].map(([kind, plans]) => {
		return `If the server is at stage ${alternatives(plans.map(({ actual }) => actual))}, merging ${doing[kind]}.`;
	}).join(" ");
}
function alternatives(names) {
	return names.join(", ").replace(/, ([^,]*)$/, " or $1");
}
function anyOf(plans) {
	return [...new Set(plans.map(({ plan }) => doing[plan.kind]))].join(", or ");
}
const untouched = {
	expected: "nothing",
	sentence: "Merging changes nothing on this host."
};
function outlookNotAccepted(outlook) {
	return {
		...outlook,
		sentence: "If MAS is live on the server, the merge changes nothing, because the warning is not accepted. If the server was rolled back, the merge deploys these vars."
	};
}
function outlookByHand({ sentence, otherwise, ...outlook }) {
	const withoutMerge = (text) => text.replace(/^Merging /, "This change ").replaceAll(", merging ", ", this change ");
	return {
		...outlook,
		sentence: withoutMerge(sentence),
		...otherwise !== void 0 && { otherwise: withoutMerge(otherwise) }
	};
}

// src/actions/validate-config/run.ts
function validate(sources) {
	const { inventory: path, files, limit, playbook, playbookFailure, base, visibility } = sources;
	const options = playbook && { playbook };
	const inventory = inventoryOf(files, path, options);
	const hosts = chosenHosts(inventory, limit);
	const baseInventory = base && inventoryAmong(base, path, options);
	const findings = [...marked(inventory.problems, baseInventory?.problems), ...checkHosts({
		repository: {
			files,
			inventory
		},
		hosts,
		...playbook && { checkout: playbook.facts },
		...playbookFailure && { checkoutFailure: playbookFailure },
		...visibility && { visibility },
		...base && baseInventory && { base: {
			files: base,
			inventory: baseInventory
		} }
	})];
	const verdict = {
		hosts: hosts.map((host) => verdictOf(host, stageBefore(baseInventory?.host(host.name)), touches(inventory, host, sources.changedFiles, playbook?.label))),
		findings: withoutConsequences(accepted(findings, sources)).toSorted(bySeverity)
	};
	return isAppliedByHand(files) ? byHand(verdict) : byMerge(verdict);
}
function byMerge({ hosts, findings }) {
	const isRefused = ({ host, outlook }) => outlook.expected === "roll-back" && !isRollbackAccepted(findings, host);
	return {
		hosts: hosts.map((each) => isRefused(each) ? {
			...each,
			outlook: outlookNotAccepted(each.outlook)
		} : each),
		findings
	};
}
function byHand({ hosts, findings }) {
	return {
		hosts: hosts.map((host) => ({
			...host,
			outlook: outlookByHand(host.outlook)
		})),
		findings,
		appliedByHand: true
	};
}
function hostsTouchedBy(changedFiles, { inventory: path, files, limit, playbook }) {
	const inventory = inventoryOf(files, path, playbook && { playbook });
	const touched = chosenHosts(inventory, limit).filter((host) => touches(inventory, host, changedFiles, playbook?.label));
	return new Set(touched.map(({ name }) => name));
}
function accepted(findings, { files, base, acceptances }) {
	if (!acceptances) return findings;
	const { path, today } = acceptances;
	const { entries, problems } = readAcceptances(files, path);
	const before = base && readAcceptances(base, path).entries;
	return [...acceptFindings(findings, entries, today, before), ...problems];
}
function withoutConsequences(findings) {
	const unread = openFindings(findings).flatMap(({ id, severity, place }) => place && severity === "error" && id.startsWith("inventory/") ? [place.file] : []);
	return findings.filter(({ id, message, place }) => place !== void 0 || !(id === stageUnknown.id || id === stageHidden.id) || !unread.some((file) => message.includes(file)));
}
function verdictOf(host, before, isTouched) {
	const reading = desiredStage(host);
	const { stage, reason, place } = reading;
	return {
		host: host.name,
		stage,
		reason,
		...place && { place },
		...before && { before },
		outlook: isTouched ? outlookOf(before, reading) : untouched
	};
}
function outlookOf(before, { stage, reason }) {
	const outlook = outlookFor(before, stage);
	if (stage !== "unknown") return outlook;
	return {
		...outlook,
		sentence: `Merging is refused: the stage is unknown, because ${reason}.`
	};
}

export { validate as n, ifNotLive as r, hostsTouchedBy as t };