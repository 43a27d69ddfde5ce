import { S as truthOf, h as isOfPlaybook, v as isOpaque } from "./inventory-of.js";
import { g as wellKnownVariable, r as elementVariable, t as delegationVariable, u as oidcProvidersVariable } from "./variables.js";

// src/rules/facts/source.ts
function fileText(files, file) {
	return files.entry(file).kind === "file" ? new TextDecoder().decode(files.read(file)) : void 0;
}
function sourceAt(files, place) {
	const { line, column, endLine = line, endColumn = column } = place;
	const lines = fileText(files, place.file)?.split("\n").slice(line - 1, endLine);
	if (!lines || lines.length === 0) return void 0;
	const last = lines.length - 1;
	lines[last] = (lines[last] ?? "").slice(0, endColumn - 1);
	lines[0] = (lines[0] ?? "").slice(column - 1);
	return lines.join("\n");
}
function isReadWhole({ problems }) {
	return !problems.some(({ severity }) => severity === "error");
}

// src/playbook/dialect-variables.ts
const mas = "matrix_authentication_service_";
const msc3861 = "matrix_synapse_experimental_features_msc3861_";
const delegation = "matrix_synapse_matrix_authentication_service_";
const variables = {
	"syn2mas-tool": [...[
		"container_image",
		"dry_run",
		"process_extra_arguments",
		"version"
	].map((name) => `${mas}syn2mas_${name}`), ...[
		"enabled",
		"issuer",
		"client_id",
		"client_auth_method",
		"client_secret",
		"admin_token",
		"account_management_url"
	].map((name) => msc3861 + name)],
	"mas-cli": [
		...[
			"command_extra_options",
			"migrate_dry_run",
			"subcommand",
			"subcommand_extra_options"
		].map((name) => `${mas}syn2mas_${name}`),
		...[
			"service",
			"site_key",
			"secret_key"
		].map((name) => `${mas}config_captcha_${name}`),
		...[
			"account_deactivation_allowed",
			"login_with_email_allowed",
			"password_registration_email_required",
			"registration_token_required"
		].map((name) => `${mas}config_account_${name}`),
		`${mas}admin_api_enabled`,
		...["endpoint", "secret"].map((name) => delegation + name)
	]
};
const counterparts = {
	[`${mas}syn2mas_dry_run`]: `${mas}syn2mas_migrate_dry_run`,
	[`${mas}syn2mas_migrate_dry_run`]: `${mas}syn2mas_dry_run`,
	[`${msc3861}enabled`]: `${delegation}enabled`
};
const owners = new Map(["syn2mas-tool", "mas-cli"].flatMap((dialect) => variables[dialect].map((name) => [name, dialect])));
function dialectOf(name) {
	return owners.get(name);
}
function counterpartOf(name) {
	return Object.hasOwn(counterparts, name) ? counterparts[name] : void 0;
}

// src/rules/kit/fix.ts
function isPlain({ source, namePlace, inExtension, isSealed }) {
	if (inExtension !== void 0 || isSealed) return false;
	return (source === "host_vars" || source === "group_vars") && !namePlace.file.endsWith(".json");
}
function beginsItsLine(definition) {
	return isPlain(definition) && definition.namePlace.column === 1;
}
function replaceValue(definition, text) {
	return definition && isPlain(definition) ? replacePart(definition, definition.value, text) : void 0;
}
function replacePart(definition, { place, kind }, text) {
	if (!isPlain(definition) || place.line !== place.endLine) return void 0;
	return {
		place,
		text: kind === "null" && place.column === place.endColumn ? ` ${text}` : text
	};
}
function editText(definition, value, edit) {
	const { file, line, column, endLine, endColumn = column } = value.place;
	if (value.kind !== "string" || !isPlain(definition) || line !== endLine) return void 0;
	const quote = (endColumn - column - value.value.length) / 2;
	if (quote !== 0 && quote !== 1) return void 0;
	const [start, end] = [column + quote, endColumn - quote];
	const between = (from, to) => ({
		file,
		line,
		column: from,
		endLine: line,
		endColumn: to
	});
	return "before" in edit ? {
		place: between(start, start),
		text: edit.before
	} : {
		place: between(end - edit.drop, end),
		text: edit.after
	};
}
function asTrue(definition) {
	return isText(definition, /^(?:true|yes|on)$/i) ? replaceValue(definition, "true") : void 0;
}
function asFalse(definition) {
	return isText(definition, /^(?:false|no|off)$/i) ? replaceValue(definition, "false") : void 0;
}
function isText(definition, pattern) {
	return definition?.value.kind === "string" && pattern.test(definition.value.value);
}
function lineInto(definition, map, line) {
	const [first, ...others] = (map.kind === "map" ? map.entries : []).map(({ keyPlace }) => keyPlace);
	const next = others.find((place) => place.column === first?.column && place.line > first.line);
	if (!next || !isPlain(definition) || next.file !== definition.namePlace.file) return void 0;
	return {
		place: startOfLine(next),
		text: `${" ".repeat(next.column - 1)}${line}\n`
	};
}
function itemsInto(definition, items, text) {
	const { value } = definition;
	if (value.kind !== "list" || !isPlain(definition) || value.place.file !== definition.namePlace.file) return void 0;
	const lines = text.split("\n");
	const first = value.items[0]?.place.line;
	if (first === void 0) return replacePart(definition, value, `\n${indented(items, "  ").trimEnd()}`);
	const [, indentation] = /^([ ]*)- /.exec(lines[first - 1] ?? "") ?? [];
	if (indentation === void 0) return void 0;
	const { file, endLine = first, endColumn = 1 } = value.place;
	return insertion(file, endColumn === 1 ? endLine : endLine + 1, indented(items, indentation), lines);
}
function insertion(file, line, added, lines) {
	if (line <= lines.length) return {
		place: startOfLine({
			file,
			line,
			column: 1
		}),
		text: added
	};
	const end = {
		line: lines.length,
		column: (lines.at(-1)?.length ?? 0) + 1
	};
	return {
		place: {
			file,
			...end,
			endLine: end.line,
			endColumn: end.column
		},
		text: `\n${added.trimEnd()}`
	};
}
function indented(text, indentation) {
	return text.replace(/^(?=[^\n])/gm, indentation);
}
function renameVariable(definition, name) {
	return isPlain(definition) ? {
		place: definition.namePlace,
		text: name
	} : void 0;
}
function removeVariable(definition) {
	if (!definition || !beginsItsLine(definition)) return void 0;
	const { file, line } = definition.namePlace;
	return {
		place: {
			file,
			line,
			column: 1,
			endLine: lineAfter(definition),
			endColumn: 1
		},
		text: ""
	};
}
function lineAfter({ namePlace, value: { place } }) {
	const { line, column, endLine = line, endColumn = column } = place;
	return endColumn === 1 && endLine > namePlace.line ? endLine : endLine + 1;
}
function linesBefore(definition, added, files) {
	if (!definition || !beginsItsLine(definition)) return void 0;
	const { file, line: own } = definition.namePlace;
	const lines = fileText(files, file)?.split("\n") ?? [];
	let line = own;
	while (lines[line - 2]?.startsWith("#")) line--;
	return {
		place: startOfLine({
			file,
			line,
			column: 1
		}),
		text: added.map((each) => `${each}\n`).join("")
	};
}
function linesAfter(definition, added, text) {
	if (!beginsItsLine(definition)) return void 0;
	const lines = text.split("\n");
	let next = lineAfter(definition);
	while (next - 1 > definition.namePlace.line && lines[next - 2]?.startsWith("#")) next--;
	return insertion(definition.namePlace.file, next, added, lines);
}
function startOfLine({ file, line }) {
	return {
		file,
		line,
		column: 1,
		endLine: line,
		endColumn: 1
	};
}

// src/rules/facts/values.ts
function plainText(host, name) {
	const { value, definition } = host.variable(name);
	return value?.kind === "string" && definition ? {
		value,
		definition,
		text: value.value
	} : void 0;
}
function ownText(host, name) {
	const plain = plainText(host, name);
	return plain && !isOfPlaybook(plain.definition) ? plain : void 0;
}
function isUnset(host, name) {
	const { state, definition } = host.variable(name);
	return state === "absent" || definition !== void 0 && isOfPlaybook(definition);
}
function switchAt(host, name) {
	return switchOf(name, host.variable(name).definition);
}
function switchOf(name, definition) {
	const subject = subjectOf({
		name,
		definition
	});
	if (!definition || isOfPlaybook(definition)) return {
		state: "absent",
		subject
	};
	const { value } = definition;
	const truth = truthOf(value);
	return {
		state: typeof truth !== "boolean" ? "unclear" : truth ? "on" : "off",
		subject,
		place: value.place,
		definition
	};
}
function subjectOf({ name, definition }) {
	return definition?.inExtension ?? `\`${name}\``;
}
const turnOff = (definition) => replaceValue(definition, "false");
function whereOn({ host }, names, what, fix) {
	return names.flatMap((name) => violationsOn([switchAt(host, name)], what, fix));
}
function whereOnAnywhere({ host }, name, what, fix) {
	const own = ownDefinition(host, name);
	const isOverridden = own !== host.variable(name).definition;
	return violationsOn([switchAt(host, name), ...isOverridden ? [switchOf(name, own)] : []], what, fix);
}
function ownDefinition(host, name) {
	const { definition, overridden } = host.variable(name);
	return definition?.inExtension === void 0 ? definition : overridden[0];
}
function violationsOn(switches, what, fix) {
	return switches.filter(({ state }) => state === "on").map(({ subject, place, definition }) => ({
		message: `${subject} ${what}`,
		place,
		suggestion: fix?.(definition)
	}));
}
function missing(host, name) {
	const { definition, hiddenIn, vaults } = host.variable(name);
	if (definition && !isOfPlaybook(definition)) return void 0;
	return vaults ? { unlessIn: vaults } : hiddenIn.length > 0 ? void 0 : {};
}
function whereWrong(host, name, problemOf) {
	const variable = host.variable(name);
	const { value } = variable;
	const problem = value && !isOpaque(value) ? problemOf(value) : void 0;
	return value && problem !== void 0 ? [{
		message: `${subjectOf(variable)} ${problem}`,
		place: value.place
	}] : [];
}

// src/rules/facts/variables.ts
const registrationVariable = "matrix_synapse_enable_registration";
const validatedVersionVariable = "matrix_playbook_migration_validated_version";
const tokenVariable = "matrix_synapse_registration_requires_token";
const masRegistrationVariable = "matrix_authentication_service_config_account_password_registration_enabled";
const captchaVariable = "matrix_synapse_enable_registration_captcha";
const masCaptchaVariable = "matrix_authentication_service_config_captcha_service";
const masTokenVariable = "matrix_authentication_service_config_account_registration_token_required";
const exampleProvider = `${oidcProvidersVariable}:\n  - idp_id: example\n    issuer: https://idp.example.test/\n`;
const inventedSecret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const trapVariables = [
	delegationVariable,
	wellKnownVariable,
	elementVariable
];
const closedTraps = trapVariables.map((name) => `${name}: false\n`).join("");

// src/rules/facts/versions.ts
const versionVariable = "matrix_authentication_service_version";
const synapseVersionVariable = "matrix_synapse_version";
const pins = {
	Synapse: [
		"matrix_synapse_container_image",
		"matrix_synapse_docker_image",
		"matrix_synapse_container_image_tag",
		"matrix_synapse_docker_image_tag",
		synapseVersionVariable
	],
	MAS: ["matrix_authentication_service_container_image", versionVariable]
};
function pinnedVersion(host, component) {
	const name = pins[component].find((each) => host.variable(each).definition);
	const pinned = name === void 0 ? void 0 : plainText(host, name);
	const version = pinned && parse(pinned.text);
	return pinned && version && {
		version,
		definition: pinned.definition
	};
}
function masVersion({ host, checkout }) {
	if (pins.MAS.some((name) => host.variable(name).definition)) return pinnedVersion(host, "MAS")?.version;
	const [byDefault] = checkout?.variables?.defaultsOf("matrix_authentication_service_version") ?? [];
	return parse(byDefault?.text ?? "");
}
function parse(text) {
	const tag = text.includes("@") ? "" : text.slice(text.lastIndexOf(":") + 1);
	const [, major, minor, patch] = /^["']?v?(\d+)\.(\d+)\.(\d+)/.exec(tag) ?? [];
	return major === void 0 ? void 0 : [
		Number(major),
		Number(minor),
		Number(patch)
	];
}
function isAtLeast(version, [major, minor, patch = 0]) {
	return compare(version, [
		major,
		minor,
		patch
	]) >= 0;
}
function compare(a, b) {
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
function knownDialect({ host, checkout }) {
	if (checkout) return checkout.dialect;
	if (host.variable("matrix_playbook_migration_validated_version").definition) return "mas-cli";
	for (const name of host.variableNames()) {
		const dialect = dialectOf(name);
		if (dialect) return dialect;
	}
}

export { editText as A, counterpartOf as B, switchAt as C, whereWrong as D, whereOnAnywhere as E, linesBefore as F, fileText as H, removeVariable as I, renameVariable as L, itemsInto as M, lineInto as N, asFalse as O, linesAfter as P, replacePart as R, subjectOf as S, whereOn as T, isReadWhole as U, dialectOf as V, sourceAt as W, isUnset as _, versionVariable as a, ownText as b, exampleProvider as c, masRegistrationVariable as d, masTokenVariable as f, validatedVersionVariable as g, trapVariables as h, pinnedVersion as i, indented as j, asTrue as k, inventedSecret as l, tokenVariable as m, knownDialect as n, captchaVariable as o, registrationVariable as p, masVersion as r, closedTraps as s, isAtLeast as t, masCaptchaVariable as u, missing as v, turnOff as w, plainText as x, ownDefinition as y, replaceValue as z };