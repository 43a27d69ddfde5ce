import { t as ToolkitError } from "./errors.js";
import { i as parseRecord, o as text, r as number, t as isRecord } from "./json.js";
import { a as folderOf, o as joinPath } from "./disk-files.js";
import { s as stateFolder } from "./with-server.js";
import { createHash } from "node:crypto";

// src/playbook/render.ts
const reordered = /[/-]reverse-proxy-companion\.conf$/;
function renderedFiles(results, host) {
	const files = /* @__PURE__ */ new Map();
	const unreadable = /* @__PURE__ */ new Set();
	for (const result of results) {
		if (result.host !== host || result.status !== "changed") continue;
		for (const item of changedItems(result)) for (const diff of item.diffs) addFile(files, unreadable, item, diff);
	}
	return {
		files: [...files.values()].filter((file) => file.deleted || file.before !== file.after && !onlyReordered(file)),
		unreadable: [...unreadable]
	};
}
async function readDeleted(files, read) {
	return Promise.all(files.map(async (file) => {
		const before = file.deleted ? await read(file.path) : void 0;
		return before === void 0 ? file : {
			...file,
			before
		};
	}));
}
function changedItems({ result }) {
	return result.items.length > 0 ? result.items.filter((item) => item.status === "changed") : [result];
}
function addFile(files, unreadable, answer, diff) {
	const path = diff.path ?? answer.path;
	if (!path?.startsWith("/")) return;
	if (diff.withheld) unreadable.add(path);
	else if (diff.afterState === "absent" && diff.beforeState === "file") files.set(path, {
		path,
		deleted: true
	});
	else if (diff.after !== void 0) {
		const before = files.get(path)?.before ?? diff.before;
		files.set(path, {
			path,
			before,
			after: diff.after,
			mode: answer.mode,
			owner: ownerOf(answer)
		});
	}
}
function ownerOf(answer) {
	const [user, group] = [answer.owner ?? answer.uid, answer.group ?? answer.gid];
	return user === void 0 || group === void 0 ? void 0 : `${user}:${group}`;
}
function onlyReordered({ path, before, after }) {
	if (!reordered.test(path) || before === void 0 || after === void 0) return false;
	const sorted = (text) => text.split("\n").map((line) => line.trim()).sort().join("\n");
	return sorted(before) === sorted(after);
}

// src/playbook/tags.ts
const userTags = ["ensure-matrix-users-created"];
const afterInstall = [...userTags, "start"];
function deployTags(after, actual) {
	return [after === "off" && actual !== "absent" ? "setup-all" : "install-all", ...afterInstall];
}
const renderTags = [
	"install-synapse",
	"install-matrix-authentication-service",
	"install-matrix-static-files",
	"install-client-element"
];
const synapseTags = ["install-synapse"];

// src/migration/run/fileset.ts
const expected = /* @__PURE__ */ new Map([
	["/matrix/synapse/config", /^homeserver\.yaml$/],
	["/matrix/synapse/bin", /^[\w-]+$/],
	["/matrix/synapse/ext", /^[\w-]+\.py$/],
	["/matrix/matrix-authentication-service/config", /^(config\.yaml|labels|env)$/],
	["/matrix/static-files/public/.well-known/matrix", /^[\w-]+$/],
	["/matrix/client-element", /^config\.json$/],
	["/etc/systemd/system", /^matrix-(synapse|authentication-service)\.service$/]
]);
const foldersOfFileSet = [...expected.keys()];
function isExpectedFile(path) {
	const folder = folderOf(path);
	return expected.get(folder)?.test(path.slice(folder.length + 1)) ?? false;
}
const directions = {
	migrate: {
		name: "The migration",
		unchanged: "Synapse would not delegate to MAS",
		remedy: "Remove matrix_authentication_service_migration_in_progress from the vars."
	},
	rollback: {
		name: "The rollback",
		unchanged: "Synapse would still delegate to MAS",
		remedy: "Set matrix_authentication_service_migration_in_progress: true in these vars."
	}
};
function checkFileSet(files, direction, host) {
	const { name, unchanged, remedy } = directions[direction];
	const unexpected = files.filter((file) => !isExpectedFile(file.path));
	if (unexpected.length > 0) throw refused(host, `${name} would also change ${unexpected.map((file) => file.path).join(", ")}.`, "Deploy the other changes first, in a separate pull request. This operation changes only authentication.");
	if (!files.some((file) => file.path.endsWith("/homeserver.yaml"))) throw refused(host, `${name} leaves homeserver.yaml unchanged, so ${unchanged}.`, remedy);
	const upgraded = files.find((file) => file.path.endsWith(".service") && images(file.before) !== images(file.after));
	if (upgraded) throw refused(host, `${name} would also change the image in ${upgraded.path}.`, "Deploy the new version first, in a separate pull request. This operation does not change versions.");
}
function images(unit) {
	return (unit?.match(/\S+\/\S+:v?\d+\.\d+[\w.-]*/g) ?? []).join(" ");
}
function refused(host, what, remedy) {
	return new ToolkitError({
		reason: "refused-state",
		what,
		where: host,
		remedy
	});
}

// src/migration/deployment-record.ts
const recordFile = `${stateFolder}/deployed.json`;
async function recordDeployment(ports, digest, outcome) {
	const record = {
		vars: await hmacOf(ports, digest),
		files: await filesOnServer(ports),
		tasks: outcome.results.filter(({ task }) => rolesOfCheckRun.test(task.path)).length
	};
	await ports.session.writeFile(recordFile, `${JSON.stringify(record)}\n`, 384);
}
async function readDeployment({ session }) {
	const { vars, files, tasks } = parseRecord((await session.readFile(recordFile))?.toString("utf8") ?? "") ?? {};
	if (text(vars) === void 0 || !isRecord(files) || number(tasks) === void 0) return void 0;
	return {
		vars,
		files,
		tasks
	};
}
async function isAsDeployed(ports, record, digest, files) {
	if (record === void 0 || digest === void 0) return false;
	if (record.vars !== await hmacOf(ports, digest)) return false;
	return files.every(({ path, before }) => record.files[path] === (before === void 0 ? void 0 : sha256(before)));
}
function varsDigest(repository, inventory, { commit, digest }, extraVars) {
	if (commit === void 0) return void 0;
	const hash = createHash("sha256");
	hash.update(JSON.stringify([
		commit,
		digest,
		extraVars
	]));
	let count = 0;
	const add = (path, name) => {
		const { kind } = repository.entry(path);
		if (kind === "directory") return repository.list(path).every((each) => each === ".git" || add(`${path}/${each}`, `${name}/${each}`));
		count += 1;
		if (kind !== "file" || count > mostFiles) return false;
		hash.update(JSON.stringify([name, sha256(repository.read(path))]));
		return true;
	};
	return inventory.every((path) => addInventory(repository, path, add)) ? hash.digest("hex") : void 0;
}
const mostFiles = 1e3;
function addInventory(repository, path, add) {
	const plain = joinPath(path);
	if (plain === void 0) return false;
	const isFolder = repository.entry(plain).kind === "directory";
	return add(isFolder ? plain : folderOf(plain), isFolder ? "" : plain.slice(folderOf(plain).length));
}
async function hmacOf({ window }, digest) {
	return (await window.hmacs({ vars: digest })).vars ?? "";
}
async function filesOnServer({ session }) {
	const { stdout } = await session.run([
		"bash",
		"-c",
		"find \"$@\" -maxdepth 1 -type f -exec sha256sum -- {} + 2>/dev/null",
		"find",
		...foldersOfFileSet
	]);
	return Object.fromEntries(stdout.split("\n").flatMap((line) => {
		const [, sum = "", path = ""] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
		return isExpectedFile(path) ? [[path, sum]] : [];
	}));
}
const rolesOfCheckRun = /\/roles\/custom\/(matrix-synapse|matrix-authentication-service|matrix-static-files|matrix-client-element|matrix-base|matrix_playbook_migration)\//;
function sha256(content) {
	return createHash("sha256").update(content).digest("hex");
}

export { checkFileSet as a, synapseTags as c, renderedFiles as d, varsDigest as i, userTags as l, readDeployment as n, deployTags as o, recordDeployment as r, renderTags as s, isAsDeployed as t, readDeleted as u };