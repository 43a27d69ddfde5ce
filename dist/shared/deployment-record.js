import { a as isOfOtherHost } from "./touches.js";
import { p as stateFolder } from "./names.js";
import { m as joinPath, p as folderOf } from "./git.js";
import { a as parseRecord, r as number, s as text, t as isRecord } from "./json.js";
import { n as foldersOfFileSet, r as isExpectedFile } from "./fileset.js";
import { createHash } from "node:crypto";

// src/migration/deployment-record.ts
const recordFile = `${stateFolder}/deployed.json`;
async function beginDeployment({ session }) {
	const record = await readRecord({ session });
	await session.writeFile(recordFile, `${JSON.stringify({ incomplete: true })}\n`, 384);
	return record?.incomplete !== true;
}
async function recordDeployment(ports, digest, stage, outcome) {
	const record = digest !== void 0 && (stage === "prepared" || stage === "live") ? {
		stage,
		hostVars: await hmacOf(ports, digest),
		files: await filesOnServer(ports),
		tasks: outcome.results.filter(({ task }) => rolesOfCheckRun.test(task.path)).length
	} : void 0;
	await ports.session.writeFile(recordFile, `${JSON.stringify(record ?? {})}\n`, 384);
}
async function readDeployment(ports) {
	const { stage, hostVars, files, tasks } = await readRecord(ports) ?? {};
	if (!(stage === "prepared" || stage === "live") || text(hostVars) === void 0 || !isRecord(files) || number(tasks) === void 0) return void 0;
	return {
		stage,
		hostVars,
		files,
		tasks
	};
}
async function readRecord({ session }) {
	return parseRecord(await session.readFile(recordFile) ?? "");
}
async function differencesFromRecord(ports, record, digest) {
	const isOther = digest !== void 0 && record.hostVars !== await hmacOf(ports, digest);
	const now = await filesOnServer(ports);
	const paths = [.../* @__PURE__ */ new Set([...Object.keys(record.files), ...Object.keys(now)])].sort();
	return [...isOther ? [{ kind: "vars" }] : [], ...paths.filter((path) => record.files[path] !== now[path]).map((path) => ({
		kind: "file",
		path
	}))];
}
async function isAsDeployed(ports, record, digest, files) {
	if (record?.stage !== "prepared" || digest === void 0) return false;
	if (record.hostVars !== await hmacOf(ports, digest)) return false;
	return files.every(({ path, before }) => record.files[path] === (before === void 0 ? void 0 : sha256(before)));
}
function varsDigest(repository, inventory, { commit, digest }, extraVars, host) {
	if (commit === void 0) return void 0;
	const hash = createHash("sha256");
	hash.update(JSON.stringify([
		commit,
		digest,
		extraVars
	]));
	let count = 0;
	const add = (path, name) => {
		if (isOfOtherHost(path, host)) return true;
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

export { recordDeployment as a, readDeployment as i, differencesFromRecord as n, varsDigest as o, isAsDeployed as r, beginDeployment as t };