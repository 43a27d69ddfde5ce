import { t as require_dist } from "./dist.js";
import { g as wellKnownVariable, i as enabledVariable, o as inProgressVariable, r as elementVariable, t as delegationVariable } from "./variables.js";
import { i as ToolkitError, t as exec } from "./exec.js";
import { t as isRecord } from "./json.js";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readFile, realpath, stat } from "node:fs/promises";

// src/playbook/checkout.ts
var import_dist = require_dist();
const maxBytes = 4194304;
const masRole = "roles/custom/matrix-authentication-service";
const dryRunVariables = {
	"syn2mas-tool": "matrix_authentication_service_syn2mas_dry_run",
	"mas-cli": "matrix_authentication_service_syn2mas_migrate_dry_run"
};
const conditionalRestart = /^((?:devture_)?systemd_service_manager_conditional_restart_enabled):/m;
const advertising = [wellKnownVariable, elementVariable];
const filesOfDigest = [
	`${masRole}/defaults/main.yml`,
	"roles/custom/matrix-synapse/defaults/main.yml",
	"roles/custom/matrix-synapse/templates/synapse/homeserver.yaml.j2",
	"requirements.yml"
];
async function readCheckout(path) {
	const files = /* @__PURE__ */ new Map();
	const text = async (name) => {
		const content = await readPlain(join(path, name));
		files.set(name, content);
		return content;
	};
	const [setup, main, group = "", migration = ""] = await Promise.all([
		"setup.yml",
		`${masRole}/tasks/main.yml`,
		"group_vars/matrix_servers",
		"roles/custom/matrix_playbook_migration/defaults/main.yml",
		...filesOfDigest
	].map(text));
	if (!setup || !main) throw unsupported(path, "setup.yml or the role matrix-authentication-service is missing");
	const found = findSyn2mas(main);
	if (!found) throw unsupported(path, "its role matrix-authentication-service has no tag that runs syn2mas");
	await text(`${masRole}/tasks/${found.file}`);
	const commit = await commitOf(path);
	const restartVariable = conditionalRestart.exec(group)?.[1];
	return {
		path,
		...commit === void 0 ? {} : { commit },
		dialect: found.dialect,
		roles: rolesIn(setup),
		capabilities: {
			dryRunVariable: dryRunVariables[found.dialect],
			syn2masTag: found.tag,
			doctorTag: allTags(main).find((tag) => tag === "matrix-authentication-service-mas-cli-doctor"),
			delegatesWhilePrepared: followsEnabledAlone(group, delegationVariable),
			advertisingVariables: advertising.filter((name) => followsEnabledAlone(group, name)),
			validatedVersion: valueSet(migration, "matrix_playbook_migration_expected_version"),
			...restartVariable !== void 0 && { restartVariable }
		},
		digest: digestOf(files)
	};
}
function findSyn2mas(main) {
	const tags = [["mas-cli", "matrix-authentication-service-mas-cli-syn2mas"], ["syn2mas-tool", "matrix-authentication-service-syn2mas"]];
	const tasks = tasksIn(main);
	for (const [dialect, tag] of tags) for (const task of tasks) {
		const file = includedFile(task);
		if (task.tags.includes(tag) && file?.includes("syn2mas")) return {
			dialect,
			tag,
			file
		};
	}
}
function includedFile(task) {
	const value = task.fields["ansible.builtin.include_tasks"] ?? task.fields.include_tasks;
	return typeof value === "string" ? value.split("/").at(-1) : void 0;
}
function allTags(main) {
	return tasksIn(main).flatMap((task) => task.tags);
}
function followsEnabledAlone(group, name) {
	const value = valueSet(group, name) ?? "";
	return value.includes("matrix_authentication_service_enabled") && !value.includes("matrix_authentication_service_migration_in_progress");
}
function valueSet(variables, name) {
	return (new RegExp(`^${name}:(.*)$`, "m").exec(variables)?.[1])?.trim().replace(/^(["'])(.*)\1$/, "$2");
}
function digestOf(files) {
	const hash = createHash("sha256");
	for (const [name, content] of [...files].sort(([a], [b]) => a < b ? -1 : 1)) hash.update(`${name}\0${content.length}\0${content}`);
	return hash.digest("hex");
}
async function commitOf(path) {
	const answer = await exec([
		"git",
		"-C",
		path,
		"rev-parse",
		"--show-toplevel",
		"HEAD"
	]).catch(() => void 0);
	const [top, commit] = answer?.code === 0 ? answer.stdout.trim().split("\n") : [];
	return top !== void 0 && top === await realpath(path).catch(() => path) ? commit : void 0;
}
async function readPlain(file) {
	const found = await stat(file).catch(() => void 0);
	if (!found?.isFile() || found.size > maxBytes) return "";
	return readFile(file, "utf8").catch(() => "");
}
function flattenTasks(tasks, outer = []) {
	if (!Array.isArray(tasks)) return [];
	return tasks.filter(isRecord).flatMap((fields) => {
		const tags = [...outer, ...[fields.tags ?? []].flat().map(String)];
		return Array.isArray(fields.block) ? flattenTasks(fields.block, tags) : [{
			fields,
			tags
		}];
	});
}
function tasksIn(text) {
	return itemsIn(text, (tasks) => flattenTasks(tasks));
}
function rolesIn(setup) {
	return itemsIn(setup, (plays) => plays.filter(isRecord).flatMap(({ roles }) => Array.isArray(roles) ? roles : []).map((role) => isRecord(role) ? role.role : role).filter((role) => typeof role === "string"));
}
function itemsIn(text, read) {
	try {
		const document = (0, import_dist.parseDocument)(text, {
			logLevel: "silent",
			uniqueKeys: false
		});
		const list = document.errors.length > 0 ? void 0 : document.toJS();
		return Array.isArray(list) ? read(list) : [];
	} catch {
		return [];
	}
}
function unsupported(path, why) {
	return new ToolkitError({
		reason: "checkout-unsupported",
		what: `The folder is not a supported playbook checkout: ${why}.`,
		where: path,
		remedy: "Write the commit of matrix-docker-ansible-deploy that you use to `playbook.lock`, or set `playbook-path` to a checkout of it. Versions before October 2024 have no MAS."
	});
}

export { readCheckout as t };