import { i as logText, r as jsonText } from "./escape.js";
import { c as chosenHosts, i as readText, t as readInventory } from "./read-inventory.js";
import { i as severities, n as openFindings, t as bySeverity } from "./finding.js";
import { n as plural, t as placeText } from "./place.js";
import { a as linesBefore, i as providersVariable, n as missing, r as oidcProvidersVariable } from "./validate.js";

// src/actions/validation/proposals.ts
const unmapped = "providers/synapse-unmapped";
async function withProposals(verdict, sources, always) {
	const isAsked = verdict.findings.some(({ id, suggestion }) => id === unmapped && !suggestion);
	if (!always && !isAsked) return {
		verdict,
		text: ""
	};
	const proposals = await proposalsFor(sources);
	const findings = verdict.findings.map((finding) => withFix(finding, proposals));
	return {
		verdict: {
			...verdict,
			findings
		},
		text: proposals.map(textOf).join("\n")
	};
}
async function proposalsFor(sources) {
	const { proposeProviders } = await import("./convert-providers.js");
	const { inventory: path, files, limit, playbook } = sources;
	const inventory = readInventory(path, files, playbook ? { playbook } : {});
	const proposals = /* @__PURE__ */ new Map();
	for (const host of chosenHosts(inventory, limit)) {
		const { definition } = host.variable(oidcProvidersVariable);
		if (definition?.value.kind !== "list" || !/^(?:host|group)_vars$/.test(definition.source)) continue;
		const { file, line } = definition.namePlace;
		const known = proposals.get(`${file}:${line}`);
		const isWhole = missing(host, providersVariable) !== void 0;
		const source = readText(files, file);
		const proposed = known?.proposed ?? (source.kind === "text" ? proposeProviders(source.text) : void 0);
		if (!proposed) continue;
		proposals.set(`${file}:${line}`, {
			definition,
			proposed,
			hosts: [...known?.hosts ?? [], host.name],
			isWhole: isWhole && (known?.isWhole ?? true)
		});
	}
	return [...proposals.values()];
}
function withFix(finding, proposals) {
	const { id, place, suggestion } = finding;
	if (id !== unmapped || suggestion || !place) return finding;
	const proposal = proposals.find(({ definition: { value } }) => {
		const { file, line, endLine = line } = value.place;
		return place.file === file && place.line >= line && place.line <= endLine;
	});
	if (!proposal) return finding;
	const { definition, proposed, isWhole } = proposal;
	const fix = isWhole ? linesBefore(definition, proposed.text.trimEnd().split("\n")) : void 0;
	const names = [...new Set(proposed.gaps.map(({ key }) => `\`${key}\``))];
	const gaps = names.length > 0 ? ` MAS has no counterpart, or only a near one, of ${names.join(", ")}.` : "";
	return {
		...finding,
		remedy: `${finding.remedy}${gaps}`,
		...fix && { suggestion: fix }
	};
}
function textOf({ proposed, hosts, definition }) {
	const { file, line } = definition.namePlace;
	return `# For ${hosts.join(", ")}: the counterparts of ${oidcProvidersVariable} in ${file}, line ${line}.\n${proposed.text}`;
}

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

export { renderJson as n, withProposals as r, renderText as t };
//# sourceMappingURL=text.js.map