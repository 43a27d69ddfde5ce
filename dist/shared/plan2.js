import { S as readInputs, g as BadInput, h as textIn, y as oneOf } from "./git.js";
import { a as withProposals, r as requirePlaybook, t as availableSources } from "./action11.js";
import { o as validationInputs } from "./sources.js";
import { i as requireClean } from "./outcome.js";
import { n as reviewWorkflow } from "./touches.js";
import { f as openFindings, h as severityNouns, l as plural, u as bySeverity } from "./account-counts.js";
import { i as stageMeanings } from "./stage.js";
import { n as validate, r as ifNotLive } from "./run.js";
import { c as programName, n as readingErrors, o as wrapped, r as requireReadable } from "./inventory.js";
import { t as findingsBlock } from "./verdict2.js";
import { a as encryptionSecretVariable, g as wellKnownVariable, i as enabledVariable, m as synapseExtension, n as domainVariable, o as inProgressVariable, r as elementVariable, s as isOidcVariable, t as delegationVariable, u as oidcProvidersVariable } from "./variables.js";
import { C as valueAt, b as textAt, h as isOfPlaybook, n as inventoryOf } from "./inventory-of.js";
import { h as ownNames, i as synapseProviderUnmapped, p as referencesTo, u as unreadProviders, v as extensionOf, y as isReadable } from "./check-hosts.js";
import { r as overlaid, t as fixRounds } from "./fix.js";
import { K as writeBelow, z as applySuggestion } from "./run-action.js";
import { I as removeVariable, R as replacePart } from "./versions.js";
import { i as isReference } from "./secrets.js";
import { t as desiredStage } from "./desired-stage.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { i as ToolkitError } from "./exec.js";
import { realpathSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";

// src/cli/plan/definitions.ts
const isSame = ({ namePlace: { file, line } }) => ({ namePlace }) => namePlace.file === file && namePlace.line === line;
function definitionsOf(host, name) {
	const { definition, overridden } = host.variable(name);
	return [definition, ...overridden].flatMap((each) => each && !isOfPlaybook(each) ? [each] : []);
}

// src/cli/plan/files.ts
const mark = "\0";
const explanation = "# Until the migration, these variables keep the playbook from changing logins too early.";
function asIfChanged(files, inventory, change, moved = []) {
	const texts = markedTexts(files, inventory, change, () => true, moved);
	return overlaid(files, mapped(texts, (text) => text.replace(/^\0+/gm, "# ")));
}
function withoutHosts(change, files, { folders }, those) {
	const hosts = change.hosts.filter((host) => !those.includes(varsFile(files, folders[0] ?? "", host)));
	return {
		...change,
		hosts
	};
}
function changedTexts(files, inventory, change, moved = []) {
	const others = inventory.hosts.filter((host) => !change.hosts.includes(host));
	const isRemoved = (definition, isReplaced) => {
		if (definition.source === "host_vars") return true;
		return !(isReplaced || others.some((host) => definitionsOf(host, definition.name).some(isSame(definition))));
	};
	return mapped(markedTexts(files, inventory, change, isRemoved, moved), (text) => text.replace(/^\0[^\n]*\n?/gm, ""));
}
function withoutSecrets(files, moved) {
	const texts = /* @__PURE__ */ new Map();
	for (const { name, definition, value } of moved.toReversed()) {
		const suggestion = replacePart(definition, value, `"{{ ${name} }}"`);
		const { file } = value.place;
		if (suggestion) texts.set(file, applySuggestion(texts.get(file) ?? textIn(files, file), suggestion));
	}
	return texts;
}
function markedTexts(files, { folders }, { hosts, added, removed, explained }, isRemoved, moved) {
	const texts = withoutSecrets(files, moved);
	const additions = /* @__PURE__ */ new Map();
	const add = (file, lines) => additions.set(file, [...additions.get(file) ?? [], ...lines]);
	const textOf = (file) => texts.get(file) ?? textIn(files, file);
	for (const { name, definition, source } of moved) add(definition.namePlace.file, [`${name}: ${source}`]);
	for (const host of hosts) {
		const vars = added(host);
		for (const name of /* @__PURE__ */ new Set([...removed(host), ...Object.keys(vars)])) {
			const ended = definitionsOf(host, name).filter((each) => isRemoved(each, name in vars));
			for (const place of ended.flatMap((each) => removeVariable(each)?.place ?? [])) texts.set(place.file, marked(textOf(place.file), place));
		}
		const file = varsFile(files, folders[0] ?? "", host);
		const first = Object.keys(vars).find((name) => explained.includes(name));
		const linesFor = ([name, value]) => [...name === first ? [explanation] : [], `${name}: ${value}`];
		add(file, Object.entries(vars).flatMap(linesFor));
	}
	for (const [file, lines] of additions) if (lines.length > 0) texts.set(file, appended(textOf(file), lines));
	return texts;
}
function beforeEnd(text) {
	return text.slice(0, /^\.\.\.\s*$/m.exec(text)?.index);
}
function appended(text, lines) {
	const end = text.includes("\r\n") ? "\r\n" : "\n";
	const added = lines.map((line) => `${line}${end}`).join("");
	if (text === "") return added;
	const whole = text.endsWith("\n") ? text : `${text}${end}`;
	const before = beforeEnd(whole);
	return `${before}${/(?:^|\n)\r?\n$/.test(before) ? "" : end}${added}${whole.slice(before.length)}`;
}
function marked(text, { line, endLine = line }) {
	const lines = text.split("\n");
	const first = lines[line - 2]?.trimEnd() === explanation ? line - 2 : line - 1;
	const isRemoved = (index) => index >= first && index < endLine - 1;
	return lines.map((each, index) => isRemoved(index) ? `${mark}${each}` : each).join("\n");
}
function mapped(texts, change) {
	return new Map([...texts].map(([path, text]) => [path, change(text)]));
}
function varsFile(files, folder, host) {
	const base = `${folder === "" ? "" : `${folder}/`}host_vars/${host.name}`;
	if (files.entry(base).kind === "directory") {
		const usual = host.variable(domainVariable).definition;
		return usual?.namePlace.file.startsWith(`${base}/`) && !usual.isSealed ? usual.namePlace.file : `${base}/matrix-authentication-service.yml`;
	}
	return [
		"",
		".yml",
		".yaml",
		".json"
	].map((end) => `${base}${end}`).find((path) => files.entry(path).kind === "file") ?? `${base}.yml`;
}

// src/cli/plan/secrets.ts
function clientSecrets(files, inventory, hosts) {
	const lists = [];
	for (const host of hosts) {
		const { definition } = host.variable(oidcProvidersVariable);
		if (definition && !lists.some(isSame(definition))) lists.push(definition);
	}
	return lists.map((list) => secretsOf(files, inventory, hosts, list));
}
function secretsOf(files, inventory, hosts, definition) {
	const owners = inventory.hosts.filter((host) => definitionsOf(host, oidcProvidersVariable).some(isSame(definition)));
	const other = owners.find((host) => !hosts.includes(host));
	const taken = new Set(owners.flatMap((host) => [...host.variableNames()]));
	const [moved, left] = [[], []];
	const providers = definition.value.kind === "list" ? definition.value.items : [];
	for (const [index, provider] of providers.entries()) {
		const value = valueAt(provider, "client_secret");
		const text = value && sourceOf(files, value);
		if (!value || text === void 0 || isFine(value, text.inside)) continue;
		const id = textAt(provider, "idp_id");
		const reason = other ? `${other.name} also uses it` : obstacle(definition, value, text);
		if (reason === void 0) {
			const usual = `${/^[A-Za-z]\w*$/.test(id ?? "") ? id : `provider_${index + 1}`}_client_secret`;
			const name = taken.has(usual) ? `${usual}_${index + 1}` : usual;
			taken.add(name);
			moved.push({
				name,
				definition,
				value,
				source: asString(value, text.inside)
			});
		} else left.push({
			provider: id ?? `provider ${index + 1}`,
			reason
		});
	}
	return {
		moved,
		left
	};
}
function isFine(value, text) {
	if (value.kind === "vault") return !isOfSops(text);
	return value.kind === "null" || value.kind === "unknown" && isReference(value.source);
}
const isOfSops = (text) => /^["']?ENC\[/.test(text);
function obstacle(definition, value, { before, inside }) {
	if (isOfSops(inside)) return "SOPS encrypts it";
	const { file, line } = value.place;
	if (value.kind === "list" || value.kind === "map" || !before.endsWith(":") || inside.startsWith("*") || value.place.endLine !== line) return `it is not plain text on one line (${file}:${line})`;
	if (!replacePart(definition, value, "")) return `it is not in a YAML file of host_vars or group_vars (${file})`;
}
function sourceOf(files, { place }) {
	const line = textIn(files, place.file).split(/\r?\n/)[place.line - 1] ?? "";
	const end = place.endLine === place.line ? place.endColumn ?? line.length + 1 : line.length + 1;
	return {
		before: line.slice(0, place.column - 1).trimEnd(),
		inside: line.slice(place.column - 1, end - 1)
	};
}
function asString({ kind }, text) {
	return kind === "string" || kind === "unknown" ? text : `"${text}"`;
}

// src/cli/plan/steps.ts
const changeNames = ["prepare", "migrate"];
function changesOf({ inventory: path, files, limit, playbook }) {
	const inventory = inventoryOf(files, path, playbook && { playbook });
	const stages = chosenHosts(inventory, limit).map((host) => ({
		host,
		stage: desiredStage(host).stage
	}));
	const of = (...wanted) => stages.filter(({ stage }) => wanted.includes(stage)).map(({ host }) => host);
	const traps = playbook?.facts.traps ?? [
		"matrix_synapse_matrix_authentication_service_enabled",
		"matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled",
		"matrix_client_element_features_feature_oidc_native_flow"
	];
	const switches = [inProgressVariable, ...traps];
	const secrets = new Map(stages.map(({ host }) => [host, randomBytes(32).toString("hex")]));
	const enabling = (host) => ({
		[enabledVariable]: "true",
		...lacks(host, "matrix_authentication_service_config_secrets_encryption") && { ["matrix_authentication_service_config_secrets_encryption"]: secrets.get(host) ?? "" }
	});
	const preparing = (host) => ({
		...enabling(host),
		[inProgressVariable]: "true",
		...Object.fromEntries(traps.map((name) => [name, "false"]))
	});
	return {
		inventory,
		stages,
		prepare: {
			hosts: of("off", "unknown"),
			added: (host) => withoutSet(host, preparing(host)),
			removed: () => [],
			explained: traps
		},
		migrate: {
			hosts: of("off", "unknown", "prepared"),
			added: (host) => withoutSet(host, enabling(host)),
			removed: (host) => [...switches, ...oidcVariables(host)],
			explained: traps
		}
	};
}
function lacks(host, name) {
	const { state, value } = host.variable(name);
	return state === "absent" || value?.kind === "null" || value?.kind === "string" && value.value === "";
}
function withoutSet(host, vars) {
	const isSet = ([name, text]) => {
		const { value } = host.variable(name);
		return value?.kind === "boolean" && String(value.value) === text;
	};
	return Object.fromEntries(Object.entries(vars).filter((entry) => !isSet(entry)));
}
function oidcVariables(host) {
	return [...ownNames(host)].filter(isOidcVariable);
}

// src/cli/plan/way.ts
async function wayToMas(sources) {
	const { files } = sources;
	const changes = changesOf(sources);
	const { inventory, stages, prepare, migrate } = changes;
	const secrets = movedSecrets(files, changes);
	const closed = closedFiles(sources, changes);
	const moved = secrets.filter(({ definition }) => !closed.includes(definition.namePlace.file));
	const open = (change) => withoutHosts(change, files, inventory, closed);
	const preparedFiles = asIfChanged(files, inventory, open(prepare), moved);
	const liveFiles = asIfChanged(files, inventory, open(migrate), moved);
	const today = await check(sources);
	const hosts = stages.map(({ host, stage }) => ({
		host: host.name,
		stage
	}));
	const first = {
		step: "today",
		lines: {},
		findings: newFindings(today, [])
	};
	if (readingErrors(today.findings).length > 0) return {
		schema: "plan/1",
		hosts,
		steps: [first]
	};
	const prepared = prepare.hosts.length > 0 ? await check({
		...sources,
		files: preparedFiles,
		base: files
	}, files) : today;
	const live = migrate.hosts.length > 0 ? await check({
		...sources,
		files: liveFiles,
		base: preparedFiles
	}, files) : today;
	const removed = (host) => migrate.removed(host).filter((name) => prepare.hosts.includes(host) || host.variable(name).state !== "absent");
	return {
		schema: "plan/1",
		hosts,
		steps: [
			first,
			{
				step: "prepare",
				lines: linesBy(prepare.hosts, (host) => [...Object.entries(prepare.added(host)).map(shownLine), ...secrets.filter(({ definition }) => uses(host, definition)).map(movedLine)]),
				findings: newFindings(prepared, [today])
			},
			{
				step: "migrate",
				lines: linesBy(migrate.hosts, removed),
				findings: newFindings(live, [today, prepared])
			}
		]
	};
}
function notSeen(sources) {
	const changes = changesOf(sources);
	const providers = changes.stages.filter(({ stage }) => stage !== "live").flatMap(({ host }) => {
		const unread = unreadProviders(host);
		const extension = extensionOf(host, synapseExtension);
		return [
			...(host.variable("matrix_synapse_oidc_providers").vaults ?? []).map(unseenIn),
			...unread ? [unseenAt(unread.namePlace)] : [],
			...extension && !isReadable({
				host,
				repository: sources
			}, "matrix_synapse_configuration_extension_yaml") ? [unseenExtension(extension.namePlace)] : []
		];
	});
	return [.../* @__PURE__ */ new Set([...providers, ...closedFiles(sources, changes).map(endOf)])];
}
function movedSecrets(files, { inventory, stages }) {
	const off = stages.filter(({ stage }) => stage === "off").map(({ host }) => host);
	return clientSecrets(files, inventory, off).flatMap(({ moved }) => moved);
}
function closedFiles(sources, changes) {
	const { files, playbook } = sources;
	const { inventory, prepare, migrate } = changes;
	const moved = movedSecrets(files, changes);
	const known = new Set(inventory.problems.map(({ place }) => place?.file));
	return [prepare, migrate].flatMap((change) => {
		const changed = asIfChanged(files, inventory, change, moved);
		const { problems } = inventoryOf(changed, sources.inventory, playbook && { playbook });
		return problems.flatMap(({ severity, place }) => severity === "error" && place && !known.has(place.file) ? [place.file] : []);
	});
}
function endOf(file) {
	return `\`${file}\` cannot have more lines at its end, so what they lead to was not checked. First write the vars as YAML, each variable at the left margin.`;
}
function unseenIn(file) {
	return `\`${file}\` is encrypted, so login providers in it were not seen. If it has ${oidcProvidersVariable}, first move that to a file in plain text, and encrypt only each client_secret.`;
}
function unseenAt({ file, line }) {
	return `The value of \`${oidcProvidersVariable}\` at ${file}:${line} is not in plain text, so its login providers were not seen. First write it in plain text, and encrypt only each client_secret.`;
}
function unseenExtension({ file, line }) {
	return `The value of \`${synapseExtension}\` at ${file}:${line} cannot be read without Ansible, so login providers and other settings in it were not seen. First write it as plain YAML. Jinja for a single value can stay.`;
}
function linesBy(hosts, lines) {
	return Object.fromEntries(hosts.map((host) => [host.name, lines(host)]));
}
function shownLine([name, value]) {
	return name === "matrix_authentication_service_config_secrets_encryption" ? `${name}: "…"   # openssl rand -hex 32` : `${name}: ${value}`;
}
function uses(host, list) {
	return definitionsOf(host, oidcProvidersVariable).some(isSame(list));
}
function movedLine({ name }) {
	return `${name}: "…"   # moved from ${oidcProvidersVariable}`;
}
async function check(sources, real = sources.files) {
	const { verdict } = await withProposals(validate(sources), sources, false);
	const findings = verdict.findings.map((finding) => {
		const { place, suggestion, ...rest } = finding;
		const shown = {
			...rest,
			...place && place.line <= lineCount(real, place.file) && { place }
		};
		const added = suggestion && atEnd(suggestion, real);
		return added ? {
			...shown,
			suggestion: added
		} : shown;
	});
	return {
		...verdict,
		findings
	};
}
function atEnd(suggestion, real) {
	const { place, text } = suggestion;
	const { file, line, column, endLine = line, endColumn = column } = place;
	const next = lineCount(real, file) + 1;
	if (line <= next) return suggestion;
	return column === 1 && endLine === line && endColumn === column && text.endsWith("\n") && /(?:^|\n)$/.test(textIn(real, file)) ? {
		place: {
			file,
			line: next,
			column: 1,
			endLine: next,
			endColumn: 1
		},
		text
	} : void 0;
}
function lineCount(files, file) {
	return beforeEnd(textIn(files, file)).match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0;
}
async function findingsByHand(findings, sources) {
	const keyOf = ({ id, host, message }) => JSON.stringify([
		id,
		host,
		message.replace(/\d+/g, "#")
	]);
	const { left } = await fixRounds(sources);
	const kept = new Set(left.map(keyOf));
	return findings.filter((finding) => kept.has(keyOf(finding)));
}
function newFindings({ findings }, earlier) {
	const keyOf = ({ id, host, message }) => JSON.stringify([
		id,
		host,
		message
	]);
	const known = new Set(earlier.flatMap((verdict) => verdict.findings.map(keyOf)));
	return openFindings(findings).filter((finding) => !known.has(keyOf(finding))).toSorted(bySeverity);
}

// src/cli/plan/write.ts
const wanted = {
	prepare: "prepared",
	migrate: "live"
};
function writeChange(invocation, name, sources) {
	requireReadable(sources);
	const { inventory, stages, ...changes } = changesOf(sources);
	const change = {
		...changes[name],
		hosts: readyHosts(name, stages)
	};
	const secrets = name === "prepare" ? clientSecrets(sources.files, inventory, change.hosts) : [];
	const texts = changedTexts(sources.files, inventory, change, secrets.flatMap(({ moved }) => moved));
	const changed = inventoryOf(overlaid(sources.files, texts), sources.inventory, { ...sources.playbook && { playbook: sources.playbook } });
	requireUnsealed(inventory, texts);
	requireParsed(changed, texts);
	requireStage(changed, change, name);
	requireUnused(change);
	if (name === "migrate") requireMapped(sources, change.hosts);
	const root = realpathSync.native(invocation.root);
	for (const [file, content] of texts) {
		writeBelow(root, sources.files.identity(file) || resolve(root, file), content, "The vars");
		invocation.terminal.say(`Wrote ${file}.`);
	}
	const notes = [
		...secretNotes(secrets),
		...hiddenNotes(name, change.hosts),
		...change.hosts.some((host) => "matrix_authentication_service_config_secrets_encryption" in change.added(host)) ? [newSecret] : []
	];
	for (const note of notes) invocation.terminal.say(note);
}
function requireMapped(sources, hosts) {
	const unread = hosts.flatMap((host) => unreadProviders(host)?.namePlace ?? []);
	if (unread.length > 0) throw invalid("Nothing was written: the login providers of Synapse are not in plain text, and MAS has none.", unread.map(placeText).join(", "), `Write ${oidcProvidersVariable} in plain text, and encrypt only each client_secret. Then run \`matrix-auth-actions validate --fix\`: it writes these providers for MAS.`);
	const unmapped = openFindings(validate(sources).findings).filter(({ id, severity }) => id === synapseProviderUnmapped.id && severity === "error");
	if (unmapped.length === 0) return;
	throw invalid(`Nothing was written: ${unmapped.map(({ message }) => message).join("; ")}.`, unmapped.flatMap(({ place }) => place ?? []).map(placeText).join(", "), "Run `matrix-auth-actions validate --fix` first: it writes these providers for MAS.");
}
function readyHosts(name, stages) {
	const before = name === "prepare" ? "off" : "prepared";
	const ready = stages.filter(({ stage }) => stage === before).map(({ host }) => host);
	if (ready.length > 0) return ready;
	const areLive = stages.length > 0 && stages.every(({ stage }) => stage === "live");
	throw invalid(`No host is at stage ${before} (${stageMeanings[before]}), so there is nothing to write.`, stages.map(({ host, stage }) => `${host.name}: ${stage}`).join(", "), name === "migrate" && !areLive ? "Prepare the host first: `matrix-auth-actions plan --write prepare`" : "To see the next step, run `matrix-auth-actions plan`.");
}
const newSecret = `${encryptionSecretVariable} is a new random secret. Keep it: MAS cannot read its data without it. To encrypt it, use ansible-vault encrypt_string.`;
function secretNotes(secrets) {
	const names = [...new Set(secrets.flatMap(({ moved }) => moved.map(({ name }) => name)))];
	const movedNote = `MAS will need the client secrets in ${oidcProvidersVariable}, too. They are variables of their own now: ${names.join(", ")}.`;
	const leftNotes = secrets.flatMap(({ left }) => left.map(({ provider, reason }) => `Not moved: the client secret of ${provider}, because ${reason}: move it to a variable of its own before you migrate.`));
	return [...names.length > 0 ? [movedNote] : [], ...leftNotes];
}
function hiddenNotes(name, hosts) {
	const filesOf = (files) => [...new Set(files)].join(", ");
	if (name === "migrate") {
		const files = filesOf(hosts.flatMap((host) => host.layers.flatMap(({ opaque }) => opaque)));
		return files === "" ? [] : [`Check ${files} for matrix_synapse_oidc_* yourself.`];
	}
	const files = filesOf(hosts.flatMap((host) => host.variable(encryptionSecretVariable).hiddenIn));
	return files === "" ? [] : [`Not written, because ${files} may set it: ${encryptionSecretVariable}. If it does not, add it with the output of \`openssl rand -hex 32\`.`];
}
function changeNamed(text) {
	try {
		return oneOf(changeNames).read(text);
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		throw new ToolkitError({
			reason: "input-invalid",
			what: `\`write\` ${error.message}.`,
			remedy: "Use --write prepare, or --write migrate on a host that is prepared."
		});
	}
}
function requireUnsealed({ hosts }, texts) {
	const file = hosts.flatMap(({ layers }) => layers.flatMap((layer) => [...layer.variables.values()])).find((each) => each.isSealed && texts.has(each.namePlace.file))?.namePlace.file;
	if (file === void 0) return;
	throw invalid(`Nothing was written: SOPS refuses ${file} once another program changes it.`, file, "Make a folder with the name of the host, move the file into it, and run this command again. It then writes a file in plain text beside it: SOPS would encrypt the switches of MAS, which the checks must read.");
}
function requireParsed({ problems }, texts) {
	const broken = problems.find(({ severity, place }) => severity === "error" && place && texts.has(place.file));
	if (!broken?.place) return;
	throw invalid(`Nothing was written: ${broken.place.file} cannot have more lines at its end.`, placeText(broken.place), "Write the vars as YAML, each variable at the left margin. Or add the lines yourself: `matrix-auth-actions plan` lists them.");
}
function requireStage(changed, change, name) {
	for (const before of change.hosts) {
		const host = changed.host(before.name);
		const left = change.removed(before).flatMap((each) => host ? definitionsOf(host, each) : []);
		const reading = host && desiredStage(host);
		if (left.length === 0 && reading?.stage === wanted[name]) continue;
		const places = left.length > 0 ? left.map(({ namePlace }) => namePlace) : [reading?.place ?? before.place];
		throw invalid(left.length > 0 ? `Nothing was written: ${before.name} also gets ${left.map((each) => each.name).join(", ")} from lines that this command does not change, because other hosts use them or they are in a file of another kind.` : `Nothing was written: with the new lines, the vars of ${before.name} would not ask for the stage ${wanted[name]} (${reading?.reason}).`, places.map(placeText).join(", "), "Change these lines yourself. `matrix-auth-actions plan` lists what each step needs.");
	}
}
function requireUnused({ hosts, added, removed }) {
	const uses = hosts.flatMap((host) => {
		const ended = new Set(removed(host).filter((name) => host.variable(name).definition));
		const changed = /* @__PURE__ */ new Set([...ended, ...Object.keys(added(host))]);
		return [...ownNames(host)].filter((name) => !changed.has(name)).flatMap((name) => usesIn(host, name, ended));
	});
	if (uses.length === 0) return;
	throw invalid(`Nothing was written: this change would remove variables that are still used. ${[...new Set(uses.map(({ variable, name }) => `${variable} uses ${name}`))].join("; ")}.`, [...new Set(uses.map(({ part }) => placeText(part.place)))].join(", "), "Move each value, such as a client secret, to a variable of its own, and refer to that one. Then run this command again.");
}
function usesIn(host, variable, removed) {
	const { value } = host.variable(variable);
	return value ? referencesTo(removed, value).map((use) => ({
		variable,
		...use
	})) : [];
}
const placeText = ({ file, line }) => `${file}:${line}`;
function invalid(what, where, remedy) {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		where,
		remedy
	});
}

// src/cli/plan/plan.ts
const stepTitles = {
	today: "The inventory as it is",
	prepare: "The prepare pull request installs MAS beside Synapse",
	migrate: "The migrate pull request makes MAS live"
};
async function showPlan(invocation) {
	const inputs = readInputs(validationInputs, invocation.source);
	const read = () => availableSources(inputs, invocation.runtime());
	const { terminal } = invocation;
	const given = invocation.source("write");
	const name = given ? changeNamed(given) : void 0;
	const before = name ? (await read()).sources : void 0;
	if (name && before) writeChange(invocation, name, before);
	const sources = {
		...(await read()).sources,
		...before && { base: before.files }
	};
	const way = await wayToMas(sources);
	const { findings = [] } = way.steps[0] ?? {};
	const unseen = terminal.worded(notSeen(sources));
	if (name) {
		const byHand = await findingsByHand(findings, sources);
		const { hosts } = terminal.worded(way);
		terminal.result(way, () => writtenText(hosts, terminal.worded(byHand), unseen, terminal.screen));
		requirePlaybook(sources);
		if (name === "migrate") terminal.say("Open this pull request only after the prepare pull request is deployed.");
		return terminal.say(nextAfterWriting(byHand, findings.length - byHand.length));
	}
	const isSetUp = sources.files.entry(reviewWorkflow).kind !== "absent";
	const { offer } = invocation;
	terminal.result(way, () => wayText(terminal.worded(way), terminal.screen, {
		isSetUp,
		unseen,
		offer
	}));
	requirePlaybook(sources);
	requireClean({ findings }, "error", "in step 1");
}
function nextAfterWriting(byHand, fixable) {
	const look = "look at the change with `git status` and `git diff`. Then commit it, push it, and open the pull request.";
	const errors = errorsIn(byHand);
	if (fixable > 0) {
		const fix = `Next: \`${programName} validate --fix\` writes more lines, which solve ${plural(fixable, "finding")} that ${fixable === 1 ? "is" : "are"} not shown here`;
		return errors.length > 0 ? `${fix}. The findings above remain.` : `${fix}. Then ${look}`;
	}
	return errors.length > 0 ? `Next: fix the ${severityNouns(errors)} above, then check with \`${programName} validate\`.` : `Next: ${look}`;
}
function errorsIn(findings) {
	return findings.filter(({ severity }) => severity === "error");
}
function wayOf(step, lists, findings, isAllSeen) {
	if (step !== "today" && lists.length === 0) return "The vars of all hosts already have this.";
	const errors = errorsIn(findings).length;
	const way = errors > 0 ? `In the way: ${plural(errors, "error")}.` : isAllSeen ? "Nothing stands in the way." : "Nothing that can be read stands in the way.";
	const others = ["warning", "notice"].flatMap((kind) => {
		const count = findings.filter(({ severity }) => severity === kind).length;
		return count === 0 ? [] : [plural(count, kind)];
	});
	return others.length === 0 ? way : `${way} Also read ${others.join(" and ")}.`;
}
function wayText({ hosts, steps }, screen, { isSetUp, unseen, offer }) {
	const { paint } = screen;
	const firstChange = steps.find(({ lines }) => Object.keys(lines).length > 0)?.step;
	const parts = steps.map(({ step, lines, findings }, index) => {
		const verb = step === "prepare" ? "Add to" : "Remove from";
		const lists = Object.entries(lines).map(([host, own]) => [`${verb} the vars of ${host}:`, ...own.map((line) => `  ${line}`)].join("\n"));
		return [
			paint("bold", `${index + 1}. ${stepTitles[step]}`),
			...lists,
			...lists.length > 0 ? [toWrite(step, step === firstChange, offer)] : [],
			wayOf(step, lists, findings, unseen.length === 0),
			...findings.length === 0 ? [] : [findingsBlock(findings, screen)]
		].join("\n");
	});
	if (hosts.length === 0 || parts.length === 1) return parts[0] ?? "";
	const shown = parts.flatMap((part, index) => steps[index]?.step === firstChange && !isSetUp ? [setUp(screen, offer), part] : [part]);
	return [...headParts(hosts, unseen, screen), ...shown].join("\n\n");
}
function toWrite(step, isNext, offer) {
	return `To write this${isNext ? "" : " when the prepare pull request is deployed"}: ${offer("plan", ` --write ${step}`)}`;
}
function writtenText(hosts, byHand, unseen, screen) {
	const shown = byHand.length === 0 ? [] : [findingsBlock(byHand, screen)];
	return [...headParts(hosts, unseen, screen), ...shown].join("\n\n");
}
function headParts(hosts, unseen, screen) {
	const heads = hosts.map(({ host, stage }) => `${screen.paint("bold", host)}: the vars ask for stage ${stage} (${stageMeanings[stage]})`);
	const unknown = hosts.some(({ stage }) => stage === "live") ? [ifNotLive] : [];
	return [heads.join("\n"), ...[...unknown, ...unseen].map((text) => wrapped(text, screen.width))];
}
function setUp({ width }, offer) {
	return `Before you open the next pull request, set up GitHub:\n  ${offer("init")}\n${wrapped("To work from this terminal instead, run `deploy` with the lines of step 2, then `rehearse` and `migrate` with those of step 3.", width)}`;
}

export { showPlan };