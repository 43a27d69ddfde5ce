import { f as openFindings } from "./account-counts.js";
import { a as pagesOf } from "./words.js";
import { i as ToolkitError } from "./exec.js";
import { W as placeText, q as writeReport, r as defineAction } from "./run-action.js";
import { o as withEventBase, r as isNewBranch } from "./event-base.js";
import { r as isPlaybookClone, s as playbookAtPin, t as cloneBeside } from "./playbook.js";
import { t as writeJson } from "./report-files.js";
import { i as playbookSources, o as validationInputs, r as inventorySources } from "./sources.js";
import { i as requireClean, n as commonValue, r as hostsMatrix } from "./outcome.js";
import { c as mappingVariable, m as synapseExtension, s as isOidcVariable, u as oidcProvidersVariable } from "./variables.js";
import { n as inventoryOf, s as readText } from "./inventory-of.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { n as inVars, t as inExtension } from "./list-source.js";
import { r as mappingArguments } from "./provider-mapping.js";
import { _ as extendedIn, a as holds, c as listedProviders, g as embeddedText, l as sameService, m as providersVariable, o as isLinked, s as linksOf, v as extensionOf } from "./check-hosts.js";
import { M as itemsInto, P as linesAfter, j as indented } from "./versions.js";
import { n as validate } from "./run.js";
import { t as eventOf } from "./event.js";
import { n as member } from "./json.js";
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

// src/actions/validate-config/proposals.ts
const unmapped = /* @__PURE__ */ new Set(["providers/synapse-unmapped", "synapse/extension-provider-unmapped"]);
async function withProposals(verdict, sources, always) {
	const isAsked = verdict.findings.some(({ id, suggestion }) => unmapped.has(id) && !suggestion);
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
		const list = listsOf(host, files).find((each) => missing(host, each, dialect).length > 0);
		if (!list) continue;
		const indexes = missing(host, list, dialect);
		const { definition: target } = host.variable(providersVariable);
		const key = JSON.stringify([
			list.definition.namePlace,
			target?.namePlace,
			indexes
		]);
		const known = proposals.get(key);
		if (known) {
			known.hosts.push(host.name);
			continue;
		}
		const options = {
			indexes,
			byArguments: dialect === "syn2mas-tool",
			source: list.source
		};
		const proposed = convertProviders(list.text, options);
		if (!proposed) continue;
		proposals.set(key, proposalOf(host, list, target, proposed, options.byArguments, files));
	}
	return withoutRivals([...proposals.values()]);
}
function listsOf(host, files) {
	const isInVars = (definition) => definition !== void 0 && /^(?:host|group)_vars$/.test(definition.source);
	const own = host.variable(oidcProvidersVariable).definition;
	const extension = extensionOf(host, synapseExtension);
	const file = isInVars(own) ? readText(files, own.namePlace.file) : void 0;
	const text = isInVars(extension) ? embeddedText(extension) : void 0;
	const extended = extension && text && extendedIn(extension, [inExtension.key], files);
	return [...isInVars(own) && file?.kind === "text" ? [{
		definition: own,
		value: own.value,
		source: inVars,
		text: file.text
	}] : [], ...extended && hasOwnLines(extended.value) ? [{
		definition: extension,
		value: extended.value,
		source: inExtension,
		text
	}] : []].filter(({ value }) => value.kind === "list");
}
function hasOwnLines(list) {
	const items = list.kind === "list" ? list.items : [];
	return new Set(items.map(({ place }) => place.line)).size === items.length;
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
function proposalOf(host, list, target, proposed, byArguments, files) {
	const { items, mappings } = proposed;
	const { definition } = list;
	const whole = target ? "" : `${providersVariable}:\n`;
	const words = mappingArguments(mappings).map((word) => `  - ${JSON.stringify(word)}\n`);
	const text = `${whole}${indented(items, "  ")}${byArguments ? `${mappingVariable}:\n${words.join("")}` : ""}`;
	const isFree = !byArguments || !target && host.variable("matrix_authentication_service_syn2mas_process_extra_arguments").state === "absent";
	const source = readText(files, (target ?? definition).namePlace.file);
	const added = (own) => target ? itemsInto(target, items, own) : isUnset(host) ? afterSynapse(host, definition, text, own) : void 0;
	const fix = isFree && source.kind === "text" ? added(source.text) : void 0;
	return {
		list,
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
	for (const { list } of proposals) count.set(list.definition, (count.get(list.definition) ?? 0) + 1);
	return proposals.map((one) => (count.get(one.list.definition) ?? 0) > 1 ? {
		...one,
		fix: void 0
	} : one);
}
function byFile(proposals) {
	const found = /* @__PURE__ */ new Map();
	for (const proposal of proposals) {
		const { file } = proposal.list.definition.namePlace;
		const others = found.get(file);
		if (others) others.push(proposal);
		else found.set(file, [proposal]);
	}
	return found;
}
function withProposal(finding, proposals, shown) {
	const { id, place, suggestion } = finding;
	if (!unmapped.has(id) || suggestion || !place) return finding;
	const found = (proposals.get(place.file) ?? []).find(({ list }) => indexAt(list, place) >= 0);
	if (!found) return finding;
	const index = indexAt(found.list, place);
	const { fix, proposed } = found;
	if (!proposed.mappings.some((mapping) => mapping.index === index)) return finding;
	const isFirst = fix !== void 0 && !shown.has(found);
	shown.add(found);
	const elsewhere = fix && !isFirst ? [`The lines proposed at ${placeText(fix.place)} include this provider.`] : [];
	const remedy = [
		finding.remedy,
		...remarks(found, index),
		...elsewhere
	].join(" ");
	return {
		...finding,
		remedy,
		...isFirst && { suggestion: fix }
	};
}
function indexAt({ value }, place) {
	return value.kind === "list" ? value.items.findIndex((item) => holds(item.place, place)) : -1;
}
function remarks({ list, proposed: { gaps, withReference } }, index) {
	const names = [...new Set(gaps.filter((gap) => gap.index === index).map(({ key }) => `\`${key}\``))];
	return [...names.length > 0 ? [`MAS has no exact equivalent of ${names.join(", ")}.`] : [], ...withReference.includes(index) ? [`The proposed lines refer to the client secret in \`${list.source.variable}\`, which no longer has it after the migration. Move the secret to its own variable, best in a vault, and use that variable in both lists.`] : []];
}
function textOf({ text, hosts, list, target }) {
	const { file, line } = list.definition.namePlace;
	return `${`# For ${hosts.join(", ")}: the providers of ${list.source.variable} in ${file}, line ${line}, converted for MAS.\n`}${(target && `# Add these items to ${"matrix_authentication_service_config_upstream_oauth2_providers"} in ${placeText(target.namePlace)}.\n`) ?? ""}${text}`;
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
	writeJson(runtime, inputs.jsonPath, report);
	if (inputs.sarifPath !== void 0) {
		const { renderSarif } = await import("./sarif.js");
		const text = renderSarif(verdict, inputs.inventory[0] ?? "", pagesOf(environment), port.reword);
		writeReport(runtime, inputs.sarifPath, text);
	}
	writeConverted(runtime, inputs.convertPath, text);
	port.setOutput("stage", commonValue(verdict.hosts.map(({ stage }) => stage)));
	port.setOutput("plan", commonValue(verdict.hosts.map(({ outlook }) => outlook.expected)));
	port.setOutput("hosts", hostsMatrix(verdict));
	const open = openFindings(verdict.findings);
	port.setOutput("findings", String(open.length));
	port.setOutput("errors", String(open.filter(({ severity }) => severity === "error").length));
	port.setOutput("accepted", String(verdict.findings.length - open.length));
	requirePlaybook(sources);
	requireClean(verdict, inputs.failOn);
	return {
		...verdict,
		hasBase: sources.base !== void 0
	};
}
function writeConverted(runtime, path, text) {
	if (path === void 0) return;
	if (text === "") return void runtime.log("No login provider was converted: none is listed in plain text, or MAS has all.");
	const file = resolve(runtime.repository.root, path);
	if (statSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file, "utf8") !== text) throw new ToolkitError({
		reason: "input-invalid",
		what: "The converted providers would replace another file.",
		where: file,
		remedy: "Set `convert-path` to a new file."
	});
	writeReport(runtime, path, text);
	runtime.log(`Wrote the converted providers to ${path}. Its comments say where to add them.`);
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
		const playbookPath = await playbookAtPin(given, runtime) ?? await unpinnedClone(runtime);
		const playbook = await playbookSources({ playbookPath }, repository);
		return {
			inputs: {
				...inputs,
				playbookPath
			},
			sources: {
				...sources,
				...playbook
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
async function unpinnedClone({ repository, log }) {
	const { root } = repository;
	const beside = () => isPlaybookClone(root) ? void 0 : cloneBeside(repository);
	const path = isPlaybookClone(join(root, "playbook")) ? "playbook" : await beside();
	if (path !== void 0) log(`The vars are compared with the playbook in ${path}.`);
	return path;
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

export { withProposals as a, validateConfig as i, fetchedSources as n, requirePlaybook as r, availableSources as t };