import { i as parseRecord, o as text, r as number, t as isRecord } from "./json.js";
import { E as joinPath, T as folderOf } from "./repository.js";
import { o as stateFolder } from "./names.js";
import { n as foldersOfFileSet, r as isExpectedFile } from "./fileset.js";
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

export { deployTags as a, userTags as c, varsDigest as i, readDeleted as l, readDeployment as n, renderTags as o, recordDeployment as r, synapseTags as s, isAsDeployed as t, renderedFiles as u };