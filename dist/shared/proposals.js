import { p as readText, r as inventoryOf } from "./repository.js";
import { i as severities, n as openFindings, t as bySeverity } from "./finding.js";
import { n as logText, t as jsonText } from "./escape.js";
import { n as plural } from "./plural.js";
import { t as placeText } from "./place.js";
import { l as oidcProvidersVariable, s as mappingVariable } from "./variables.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { r as mappingArguments } from "./provider-mapping.js";
import { a as listedProviders, c as itemsInto, i as linksOf, l as linesBefore, n as holds, o as sameService, r as isLinked, s as indented, u as providersVariable } from "./run.js";

// src/report/json.ts
const reportSchema = "https://matrix-auth-actions.example/schemas/validation.schema.json";
function renderJson({ hosts, findings }) {
	const open = openFindings(findings);
	const counts = {
		...Object.fromEntries(severities.map((severity) => [severity, open.filter((finding) => finding.severity === severity).length])),
		accepted: findings.length - open.length
	};
	return jsonText({
		$schema: reportSchema,
		version: 1,
		counts,
		hosts,
		findings
	});
}

// src/report/text.ts
function renderText({ hosts, findings }) {
	const hostLines = hosts.flatMap(({ host, stage, before, reason, outlook }) => [`${host}: ${before === void 0 || before === stage ? stage : `${before} -> ${stage}`} (${reason})`, `  ${outlook.sentence}`]);
	const findingLines = [...findings].sort(bySeverity).flatMap(({ id, severity, message, place, host, remedy, accepted }) => [`${place ? placeText(place) : host ?? "inventory"}: ${accepted ? "accepted" : severity}: ${message} [${id}]`, accepted ? `  Accepted: ${accepted.reason}` : `  ${remedy}`]);
	const open = openFindings(findings);
	const errors = open.filter(({ severity }) => severity === "error").length;
	const accepted = findings.length - open.length;
	const aside = accepted > 0 ? `, ${accepted} accepted` : "";
	const last = `${plural(open.length, "finding")}, ${plural(errors, "error")}${aside}`;
	return logText([
		...hostLines,
		...findingLines,
		last
	].join("\n"));
}

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
	const lines = text.trimEnd().split("\n");
	const fix = target ? added(items, target, files) : isUnset(host) ? linesBefore(definition, lines) : void 0;
	return {
		definition,
		target,
		proposed,
		hosts: [host.name],
		text,
		fix: isFree ? fix : void 0
	};
}
function isUnset(host) {
	const { state, vaults } = host.variable(providersVariable);
	return state === "absent" || vaults !== void 0;
}
function added(items, target, files) {
	const source = readText(files, target.namePlace.file);
	return source.kind === "text" ? itemsInto(target, items, source.text) : void 0;
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

export { renderText as n, renderJson as r, withProposals as t };