import { S as readInputs } from "./folders.js";
import { a as withProposals, i as validate, t as fetchedSources } from "./action11.js";
import { a as validationInputs } from "./sources2.js";
import { C as bySeverity, S as plural, w as openFindings } from "./account-counts.js";
import { a as encryptionSecretVariable, h as wellKnownVariable, i as enabledVariable, o as inProgressVariable, r as elementVariable, t as delegationVariable } from "./variables.js";
import { t as desiredStage } from "./desired-stage.js";
import { n as inventoryOf } from "./inventory-of.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { n as wrapped } from "./screen.js";
import { t as findingsBlock } from "./verdict.js";
import { randomBytes } from "node:crypto";

// src/cli/plan.ts
const stepTitles = {
	today: "The inventory as it is",
	prepare: "The prepare pull request installs MAS beside Synapse",
	migrate: "The migrate pull request makes MAS live"
};
async function showPlan(invocation) {
	const inputs = readInputs(validationInputs, invocation.source);
	const { sources } = await fetchedSources(inputs, invocation.runtime());
	const way = await wayToMas(sources);
	const { terminal } = invocation;
	terminal.result(way, () => wayText(terminal.worded(way), terminal.screen));
}
async function wayToMas(sources) {
	const { inventory: path, files, limit, playbook } = sources;
	const inventory = inventoryOf(files, path, playbook && { playbook });
	const stages = chosenHosts(inventory, limit).map((host) => ({
		host,
		stage: desiredStage(host).stage
	}));
	const of = (...wanted) => stages.filter(({ stage }) => wanted.includes(stage)).map(({ host }) => host);
	const [unprepared, unmigrated] = [of("off", "unknown"), of("off", "unknown", "prepared")];
	const traps = sources.playbook?.facts.traps ?? [
		"matrix_synapse_matrix_authentication_service_enabled",
		"matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled",
		"matrix_client_element_features_feature_oidc_native_flow"
	];
	const switches = [inProgressVariable, ...traps];
	const preparedFiles = withVars(files, inventory, unprepared, preparing(traps));
	const liveFiles = withVars(files, inventory, unmigrated, live, switches);
	const today = await check(sources);
	const prepare = unprepared.length > 0 ? await check({
		...sources,
		files: preparedFiles,
		base: files
	}, files) : today;
	const migrate = unmigrated.length > 0 ? await check({
		...sources,
		files: liveFiles,
		base: preparedFiles
	}, files) : today;
	const added = (host) => Object.entries(preparing(traps)(host)).map(([name, value]) => name === "matrix_authentication_service_config_secrets_encryption" ? `${name}: "…"   # openssl rand -hex 32` : `${name}: ${value}`);
	const removed = (host) => switches.filter((name) => unprepared.includes(host) || host.variable(name).state !== "absent");
	return {
		schema: "plan/1",
		hosts: stages.map(({ host, stage }) => ({
			host: host.name,
			stage
		})),
		steps: [
			{
				step: "today",
				lines: {},
				findings: newFindings(today, [])
			},
			{
				step: "prepare",
				lines: Object.fromEntries(unprepared.map((host) => [host.name, added(host)])),
				findings: newFindings(prepare, [today])
			},
			{
				step: "migrate",
				lines: Object.fromEntries(unmigrated.map((host) => [host.name, removed(host)])),
				findings: newFindings(migrate, [today, prepare])
			}
		]
	};
}
async function check(sources, real = sources.files) {
	const { verdict } = await withProposals(validate(sources), sources, false);
	const findings = verdict.findings.map((finding) => {
		const { place, suggestion: _, ...rest } = finding;
		return place === void 0 || place.line <= lineCount(real, place.file) ? finding : rest;
	});
	return {
		...verdict,
		findings
	};
}
function lineCount(files, file) {
	return textOf(files, /* @__PURE__ */ new Map(), file).match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0;
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
function preparing(traps) {
	return (host) => ({
		...live(host),
		[inProgressVariable]: "true",
		...Object.fromEntries(traps.map((name) => [name, "false"]))
	});
}
const exampleSecret = randomBytes(32).toString("hex");
function live(host) {
	const hasSecret = host.variable(encryptionSecretVariable).state !== "absent";
	return {
		[enabledVariable]: "true",
		...!hasSecret && { ["matrix_authentication_service_config_secrets_encryption"]: exampleSecret }
	};
}
function withVars(files, { folders }, hosts, varsOf, removed = []) {
	const texts = /* @__PURE__ */ new Map();
	for (const host of hosts) {
		const vars = varsOf(host);
		const replaced = /* @__PURE__ */ new Set([...removed, ...Object.keys(vars)]);
		for (const name of replaced) {
			const { definition, overridden } = host.variable(name);
			for (const { source, namePlace } of [definition, ...overridden].flatMap((each) => each ?? [])) if (source === "host_vars" || source === "group_vars") texts.set(namePlace.file, without(textOf(files, texts, namePlace.file), name));
		}
		const file = varsFile(files, folders[0] ?? "", host.name);
		const lines = Object.entries(vars).map(([name, value]) => `${name}: ${value}\n`);
		const before = textOf(files, texts, file);
		texts.set(file, `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${lines.join("")}`);
	}
	return overlaid(files, texts);
}
function textOf(files, texts, file) {
	const text = texts.get(file);
	if (text !== void 0) return text;
	return files.entry(file).kind === "file" ? new TextDecoder().decode(files.read(file)) : "";
}
function without(text, name) {
	return text.replace(new RegExp(`^(?=${name}[ \\t]*:)`, "gm"), "# ");
}
function varsFile(files, folder, host) {
	const base = `${folder === "" ? "" : `${folder}/`}host_vars/${host}`;
	if (files.entry(base).kind === "directory") return `${base}/matrix-auth-actions-plan.yml`;
	return [
		"",
		".yml",
		".yaml"
	].map((end) => `${base}${end}`).find((path) => files.entry(path).kind === "file") ?? `${base}.yml`;
}
function overlaid(files, texts) {
	const encoded = new Map([...texts].map(([path, text]) => [path, new TextEncoder().encode(text)]));
	const folders = new Set([...texts.keys()].flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))));
	const entry = (path) => {
		const bytes = encoded.get(path);
		if (bytes) return {
			kind: "file",
			size: bytes.length,
			executable: false
		};
		const real = files.entry(path);
		return real.kind === "absent" && folders.has(path) ? {
			...real,
			kind: "directory"
		} : real;
	};
	return {
		entry,
		read: (path) => encoded.get(path) ?? files.read(path),
		identity: (path) => files.identity(path) || path,
		list: (path) => {
			const own = [...encoded.keys(), ...folders].filter((each) => each.slice(0, Math.max(0, each.lastIndexOf("/"))) === path && each !== "").map((each) => each.slice(path === "" ? 0 : path.length + 1));
			return [.../* @__PURE__ */ new Set([...files.list(path), ...own])].toSorted((a, b) => a < b ? -1 : 1);
		}
	};
}
function wayOf(step, lists, findings) {
	if (step !== "today" && lists.length === 0) return "All hosts are already past this step.";
	const errors = findings.filter(({ severity }) => severity === "error").length;
	const way = errors === 0 ? "Nothing stands in the way." : `In the way: ${plural(errors, "error")}.`;
	return findings.length === errors ? way : `${way} To read: ${plural(findings.length - errors, "other finding")}.`;
}
function wayText({ hosts, steps }, screen) {
	const { paint, width } = screen;
	const parts = steps.map(({ step, lines, findings }, index) => {
		const verb = step === "prepare" ? "Add to" : "Remove from";
		const lists = Object.entries(lines).map(([host, own]) => [`${verb} the vars of ${host}:`, ...own.map((line) => `  ${line}`)].join("\n"));
		return [
			paint("bold", `${index + 1}. ${stepTitles[step]}`),
			...lists,
			wayOf(step, lists, findings),
			...findings.length === 0 ? [] : [findingsBlock(findings, screen)]
		].join("\n");
	});
	if (hosts.length === 0) return parts[0] ?? "";
	const heads = hosts.map(({ host, stage }) => `${paint("bold", host)}: stage ${stage}`);
	const isDone = steps.every(({ lines }) => Object.keys(lines).length === 0);
	const rest = "Then set up GitHub with `matrix-auth-actions init`, or work from here: `deploy` after the first pull request, `rehearse` and `migrate` with the second.";
	return [
		heads.join("\n"),
		...parts,
		...isDone ? [] : [wrapped(rest, width)]
	].join("\n\n");
}

export { showPlan };