import { d as openFindings, u as bySeverity } from "./account-counts.js";
import { n as pagesOf } from "./pages.js";
import { n as defineAction, u as reportJson } from "./run-action.js";
import { i as ToolkitError } from "./exec.js";
import { n as writeReport } from "./report-file.js";
import { o as withEventBase, r as isNewBranch } from "./event-base.js";
import { r as playbookAtPin } from "./playbook.js";
import { c as validationInputs, i as playbookSources, o as touches, r as inventorySources } from "./sources2.js";
import { n as hostsMatrix, r as requireClean, t as commonValue } from "./outcome.js";
import { c as mappingVariable, s as isOidcVariable, u as oidcProvidersVariable } from "./variables.js";
import { n as inventoryOf, t as inventoryAmong } from "./inventory-of.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { s as readText } from "./sources.js";
import { o as mappingArguments } from "./services.js";
import { V as placeText } from "./migration.js";
import { a as linksOf, f as readAcceptances, i as isLinked, n as marked, o as listedProviders, p as acceptFindings, r as holds, s as sameService, t as checkHosts, u as providersVariable } from "./check-hosts.js";
import { F as linesAfter, M as indented, N as itemsInto, U as actualStages, W as deployedStage } from "./versions.js";
import { t as desiredStage } from "./desired-stage.js";
import { t as planFor } from "./plan.js";
import { t as eventOf } from "./event.js";
import { n as member } from "./json.js";

// src/actions/validate-config/proposals.ts
const unmapped = "providers/synapse-unmapped";
async function withProposals(verdict, sources, always) {
	const isAsked = verdict.findings.some(({ id, suggestion }) => id === unmapped && !suggestion);
	if (!always && !isAsked) return {
		verdict,
		text: ""
	};
	const proposals = await proposalsFor(sources);
	const known = byFile(proposals);
	const shown = /* @__PURE__ */ new Set();
	const findings = verdict.findings.map((finding) => withProposal(finding, known, shown));
	return {
		verdict: {
			...verdict,
			findings
		},
		text: proposals.map(textOf).join("\n")
	};
}
async function proposalsFor(sources) {
	const { convertProviders } = await import("./providers.js");
	const { files, limit, playbook } = sources;
	const dialect = playbook?.facts.dialect;
	const proposals = /* @__PURE__ */ new Map();
	const inventory = inventoryOf(files, sources.inventory, playbook && { playbook });
	for (const host of chosenHosts(inventory, limit)) {
		const { definition } = host.variable(oidcProvidersVariable);
		if (definition?.value.kind !== "list" || !/^(?:host|group)_vars$/.test(definition.source)) continue;
		const indexes = missing(host, definition, dialect);
		const { definition: target } = host.variable(providersVariable);
		const key = JSON.stringify([
			definition.namePlace,
			target?.namePlace,
			indexes
		]);
		const known = proposals.get(key);
		if (known) {
			known.hosts.push(host.name);
			continue;
		}
		const source = readText(files, definition.namePlace.file);
		const options = {
			indexes,
			byArguments: dialect === "syn2mas-tool"
		};
		const proposed = source.kind === "text" ? convertProviders(source.text, options) : void 0;
		if (!proposed) continue;
		proposals.set(key, proposalOf(host, definition, target, proposed, options.byArguments, files));
	}
	return withoutRivals([...proposals.values()]);
}
function missing(host, { value }, dialect) {
	const links = {
		...linksOf(host),
		hidden: {
			key: false,
			argument: false
		}
	};
	const there = new Set(listedProviders(value).filter((provider) => isLinked(links, provider.authProvider, dialect) || sameService(host, provider)).map(({ index }) => index));
	return value.kind === "list" ? [...value.items.keys()].filter((index) => !there.has(index)) : [];
}
function proposalOf(host, definition, target, proposed, byArguments, files) {
	const { items, mappings } = proposed;
	const whole = target ? "" : `${providersVariable}:\n`;
	const words = mappingArguments(mappings).map((word) => `  - ${JSON.stringify(word)}\n`);
	const text = `${whole}${indented(items, "  ")}${byArguments ? `${mappingVariable}:\n${words.join("")}` : ""}`;
	const isFree = !byArguments || !target && host.variable("matrix_authentication_service_syn2mas_process_extra_arguments").state === "absent";
	const source = readText(files, (target ?? definition).namePlace.file);
	const added = (own) => target ? itemsInto(target, items, own) : isUnset(host) ? afterSynapse(host, definition, text, own) : void 0;
	const fix = isFree && source.kind === "text" ? added(source.text) : void 0;
	return {
		definition,
		target,
		proposed,
		hosts: [host.name],
		text,
		fix
	};
}
function isUnset(host) {
	const { state, vaults } = host.variable(providersVariable);
	return state === "absent" || vaults !== void 0;
}
function afterSynapse(host, list, lines, text) {
	const last = host.layers.flatMap(({ variables }) => [...variables.values()]).filter(({ name, namePlace }) => isOidcVariable(name) && namePlace.file === list.namePlace.file).reduce((one, other) => other.namePlace.line > one.namePlace.line ? other : one, list);
	return linesAfter(last, lines, text);
}
function withoutRivals(proposals) {
	const count = /* @__PURE__ */ new Map();
	for (const { definition } of proposals) count.set(definition, (count.get(definition) ?? 0) + 1);
	return proposals.map((one) => (count.get(one.definition) ?? 0) > 1 ? {
		...one,
		fix: void 0
	} : one);
}
function byFile(proposals) {
	const found = /* @__PURE__ */ new Map();
	for (const proposal of proposals) {
		const { file } = proposal.definition.namePlace;
		const others = found.get(file);
		if (others) others.push(proposal);
		else found.set(file, [proposal]);
	}
	return found;
}
function withProposal(finding, proposals, shown) {
	const { id, place, suggestion } = finding;
	if (id !== unmapped || suggestion || !place) return finding;
	const found = (proposals.get(place.file) ?? []).find(({ definition }) => holds(definition.value.place, place));
	if (found?.definition.value.kind !== "list") return finding;
	const index = found.definition.value.items.findIndex((item) => holds(item.place, place));
	const { fix, proposed } = found;
	if (!proposed.mappings.some((mapping) => mapping.index === index)) return finding;
	const isFirst = fix !== void 0 && !shown.has(found);
	shown.add(found);
	const elsewhere = fix && !isFirst ? [`The lines proposed at ${placeText(fix.place)} include this provider.`] : [];
	const remedy = [
		finding.remedy,
		...remarks(proposed, index),
		...elsewhere
	].join(" ");
	return {
		...finding,
		remedy,
		...isFirst && { suggestion: fix }
	};
}
function remarks({ gaps, withReference }, index) {
	const names = [...new Set(gaps.filter((gap) => gap.index === index).map(({ key }) => `\`${key}\``))];
	return [...names.length > 0 ? [`MAS has no exact equivalent of ${names.join(", ")}.`] : [], ...withReference.includes(index) ? [`The proposed lines refer to the client secret in \`${oidcProvidersVariable}\`, which you remove later. Move the secret to its own variable, best in a vault, and use that variable in both lists.`] : []];
}
function textOf({ text, hosts, definition, target }) {
	const { file, line } = definition.namePlace;
	return `${`# For ${hosts.join(", ")}: the providers of ${oidcProvidersVariable} in ${file}, line ${line}, converted for MAS.\n`}${(target && `# Add these items to ${"matrix_authentication_service_config_upstream_oauth2_providers"} in ${placeText(target.namePlace)}.\n`) ?? ""}${text}`;
}

// src/migration/plan/outlook.ts
const doing = {
	nothing: "changes nothing",
	deploy: "runs the playbook",
	migrate: "migrates the accounts to MAS; from then on users log in through MAS",
	resume: "first ends the unfinished run",
	repair: "first empties MAS's database, which no user uses yet",
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
	const key = `${before} ${after}`;
	const known = outlooks.get(key);
	if (known) return known;
	const outlook = newOutlook(before, after);
	outlooks.set(key, outlook);
	return outlook;
}
const outlooks = /* @__PURE__ */ new Map();
function newOutlook(before, after) {
	const plans = actualStages.map((actual) => ({
		actual,
		plan: planFor({
			before: before ?? after,
			after,
			actual
		})
	}));
	const byActual = plans.map(({ actual, plan }) => ({
		actual,
		plan: plan.kind,
		why: plan.why
	}));
	const refusals = plans.map(({ plan }) => plan).filter((plan) => plan.kind === "refuse");
	if (after === "unknown" || before === "unknown" || refusals.length === plans.length) return {
		expected: "refuse",
		sentence: `Merging is refused: ${refusals[0]?.why ?? ""}`,
		byActual
	};
	const expectedStage = deployedStage[before ?? after];
	const expected = plans.find(({ actual }) => actual === expectedStage);
	if (!expected) return {
		expected: "unknown",
		sentence: `Merging ${anyOf(plans)}.`,
		byActual
	};
	const others = plans.filter(({ plan }) => plan.kind !== expected.plan.kind);
	const isAside = others.length > 0 && expected.plan.kind !== "refuse";
	return {
		expected: expected.plan.kind,
		sentence: `Merging ${whatDoes(expected.plan, before, after)}.`,
		...isAside && { otherwise: `If the server is in another stage, merging ${anyOf(others)}.` },
		byActual
	};
}
function whatDoes(plan, before, after) {
	if (plan.kind === "refuse") return `is refused: ${plan.why.replace(/\.$/, "")}`;
	if (plan.kind !== "deploy") return doing[plan.kind];
	const [moves, stays] = deploying[after];
	return before === void 0 || before === after ? stays : moves;
}
function anyOf(plans) {
	return [...new Set(plans.map(({ plan }) => doing[plan.kind]))].join(", or ");
}
const untouched = {
	expected: "nothing",
	sentence: "Merging changes nothing on this host.",
	byActual: actualStages.map((actual) => ({
		actual,
		plan: "nothing",
		why: "The change does not touch this host."
	}))
};

// src/actions/validate-config/run.ts
function validate(sources) {
	const { inventory: path, files, limit, playbook, playbookFailure, base, visibility } = sources;
	const options = playbook && { playbook };
	const inventory = inventoryOf(files, path, options);
	const hosts = chosenHosts(inventory, limit);
	const baseInventory = base && inventoryAmong(base, path, options);
	const before = base && stagesIn(baseInventory);
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
	return {
		hosts: hosts.map((host) => verdictOf(host, before, touches(inventory, host, sources.changedFiles, playbook?.label))),
		findings: accepted(findings, sources).toSorted(bySeverity)
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
function verdictOf(host, stages, isTouched) {
	const { stage, reason, place } = desiredStage(host);
	const before = stages && (stages.get(host.name) ?? "off");
	return {
		host: host.name,
		stage,
		reason,
		...place && { place },
		...before && { before },
		outlook: isTouched ? outlookFor(before, stage) : untouched
	};
}
function stagesIn(inventory) {
	return new Map(inventory?.hosts.map((host) => [host.name, desiredStage(host).stage]));
}

// src/actions/validate-config/visibility.ts
function visibilityOf(environment) {
	const isPrivate = member(eventOf(environment), "repository", "private");
	return typeof isPrivate === "boolean" ? { visibility: isPrivate ? "private" : "public" } : {};
}

// src/actions/validate-config/action.ts
const validateConfig = defineAction({
	inputs: validationInputs,
	run
});
async function run(given, runtime) {
	const { environment, port } = runtime;
	const { inputs, sources } = await availableSources(given, runtime);
	const { verdict, text } = await withProposals(validate(sources), sources, inputs.convertPath !== void 0);
	const report = {
		kind: "validation",
		verdict,
		isSummarised: inputs.summary
	};
	await port.show(report);
	if (inputs.jsonPath !== void 0) writeReport(runtime, inputs.jsonPath, reportJson(report));
	if (inputs.sarifPath !== void 0) {
		const { renderSarif } = await import("./sarif.js");
		const text = renderSarif(verdict, inputs.inventory[0] ?? "", pagesOf(environment));
		writeReport(runtime, inputs.sarifPath, text);
	}
	if (text !== "") writeReport(runtime, inputs.convertPath, text);
	port.setOutput("stage", commonValue(verdict.hosts.map(({ stage }) => stage)));
	port.setOutput("plan", commonValue(verdict.hosts.map(({ outlook }) => outlook.expected)));
	port.setOutput("hosts", hostsMatrix(verdict));
	const open = openFindings(verdict.findings);
	port.setOutput("findings", String(open.length));
	port.setOutput("errors", String(open.filter(({ severity }) => severity === "error").length));
	port.setOutput("accepted", String(verdict.findings.length - open.length));
	requirePlaybook(sources);
	requireClean(verdict, inputs.failOn);
	return verdict;
}
async function fetchedSources(given, runtime) {
	const fetched = await availableSources(given, runtime);
	if (fetched.sources.playbookFailure) throw fetched.sources.playbookFailure;
	return fetched;
}
async function availableSources(given, runtime) {
	const { repository, environment } = runtime;
	const inputs = await withEventBase(given, runtime);
	const sources = {
		...await inventorySources(inputs, repository),
		...visibilityOf(environment),
		...inputs.baseRef === void 0 && isNewBranch(environment) && { changedFiles: [] }
	};
	try {
		const playbookPath = await playbookAtPin(given, runtime);
		return {
			inputs: {
				...inputs,
				playbookPath
			},
			sources: {
				...sources,
				...await playbookSources({ playbookPath }, repository)
			}
		};
	} catch (error) {
		if (!(error instanceof ToolkitError) || error.reason === "input-invalid") throw error;
		return {
			inputs,
			sources: {
				...sources,
				playbookFailure: error
			}
		};
	}
}
function requirePlaybook({ playbookFailure }) {
	if (!playbookFailure) return;
	const { reason, message, where, remedy } = playbookFailure;
	throw new ToolkitError({
		reason,
		what: `Not everything was checked. ${message}`,
		...where !== void 0 && { where },
		remedy,
		cause: playbookFailure
	});
}

export { hostsTouchedBy as a, validateConfig as i, fetchedSources as n, validate as o, requirePlaybook as r, withProposals as s, availableSources as t };