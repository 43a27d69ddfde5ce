import { i as ToolkitError } from "./exec.js";
import { T as text, i as git, k as requireFolders, t as checkOut } from "./git.js";
import { d as writing } from "./job-end.js";
import { i as shellWords } from "./reading.js";
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";

// src/domain/lock-file.ts
const lockFile = "playbook.lock";
const usualClone = "../matrix-docker-ansible-deploy";

// src/actions/playbook.ts
const originalPlaybook = "https://github.com/spantaleev/matrix-docker-ansible-deploy";
const playbookInputs = { "playbook-repository": text(originalPlaybook) };
async function playbookAtPin({ playbookPath, playbookRepository }, { repository, log }) {
	const path = playbookPath ?? "playbook";
	const commit = await pinnedCommit(repository, path);
	if (commit === void 0) return playbookPath;
	const folder = resolve(repository.root, path);
	const isPlaybook = existsSync(join(folder, "setup.yml"));
	if (!isPlaybook && await hasOtherFiles(folder)) throw noClone(folder, commit);
	if (isPlaybook && !await isFetchedBefore(folder, commit)) await requireCommit(folder, commit);
	else {
		requireFolders(repository.root, folder, "The playbook");
		log(`Fetching the playbook, commit ${commit}.`);
		try {
			await fetchInto(folder, playbookRepository, commit);
		} catch (error) {
			throw await withCloneBeside(error, repository, commit);
		}
	}
	return path;
}
async function playbookToRun(inputs, runtime) {
	const { root } = runtime.repository;
	const folder = resolve(root, await playbookAtPin(inputs, runtime) ?? inputs.playbookPath);
	if (existsSync(join(folder, "setup.yml")) || !isPlaybookClone(root)) return folder;
	throw inventoryInClone(root);
}
function labelOf(root, playbook) {
	const label = relative(realpathSync(root), realpathSync(playbook));
	return label === "" ? "" : `${label}/`;
}
function inventoryInClone(root, folder = "inventory") {
	const copy = `mkdir ../matrix-inventory && cp -r ${shellWords([folder])} ../matrix-inventory/ && cd ../matrix-inventory && git init`;
	return new ToolkitError({
		reason: "input-invalid",
		what: "The repository is a clone of the playbook. The inventory must be in a repository of its own, which pins the commit of the playbook.",
		where: root,
		remedy: `Copy the inventory to one: \`${copy}\`. Then run \`matrix-auth-actions init\` there.`
	});
}
async function pinnedCommit({ root, files }, path) {
	const { kind } = files.entry(lockFile);
	if (kind !== "absent") {
		const [commit, ...others] = (kind === "file" && !lstatSync(join(root, "playbook.lock")).isSymbolicLink() ? new TextDecoder().decode(files.read(lockFile)).split(/\r?\n/) : []).map((line) => line.replace(/#.*/s, "").trim()).filter(Boolean);
		if (others.length === 0 && commit !== void 0 && /^[0-9a-f]{40}$/.test(commit)) return commit;
		throw new ToolkitError({
			reason: "input-invalid",
			what: `${lockFile} does not name a commit.`,
			where: lockFile,
			remedy: "Write the commit of the playbook, with all 40 digits, on one line of this file. Comments start with #. The file must not be a symbolic link."
		});
	}
	const submodule = await git(root, [
		"ls-tree",
		"HEAD",
		"--",
		path
	]);
	return submodule.code === 0 ? /^160000 commit ([0-9a-f]+)\t/.exec(submodule.stdout)?.[1] : void 0;
}
function isPlaybookClone(root) {
	return ["setup.yml", "roles/custom/matrix-authentication-service"].every((part) => existsSync(join(root, part)));
}
async function cloneBeside({ root }, commit) {
	const folder = resolve(root, usualClone);
	if (!isPlaybookClone(folder)) return void 0;
	if (commit === void 0) return usualClone;
	const { stdout } = await git(folder, ["rev-parse", "HEAD"]);
	return stdout.trim() === commit ? usualClone : void 0;
}
async function withCloneBeside(error, repository, commit) {
	if (!(error instanceof ToolkitError) || error.reason !== "fetch-failed") return error;
	const beside = await cloneBeside(repository, commit);
	if (beside === void 0) return error;
	const { reason, message, where, remedy } = error;
	return new ToolkitError({
		reason,
		what: message,
		...where !== void 0 && { where },
		remedy: `Set \`playbook-path: ${beside}\`, a clone at this commit. Or: ${remedy}`,
		cause: error
	});
}
async function fetchInto(folder, url, commit) {
	writing(folder, "Set `playbook-path` to a folder that can be written to, or to a checkout of the playbook.", () => mkdirSync(folder, { recursive: true }));
	await checkOut(folder, { url }, commit);
	await requireCommit(folder, commit);
}
const keepers = [".gitkeep", ".gitignore"];
async function hasOtherFiles(folder) {
	if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
	if (existsSync(join(folder, ".git"))) return (await git(folder, [
		"rev-parse",
		"--verify",
		"HEAD"
	])).code === 0;
	return readdirSync(folder).some((name) => !keepers.includes(name));
}
async function isFetchedBefore(folder, commit) {
	if (!existsSync(join(folder, ".git", "HEAD"))) return false;
	const [head, ...rest] = await Promise.all([
		git(folder, ["rev-parse", "HEAD"]),
		git(folder, ["for-each-ref", "refs/heads"]),
		git(folder, ["status", "--porcelain"])
	]);
	return head.stdout.trim() !== commit && rest.every(({ code, stdout }) => code === 0 && stdout === "");
}
async function requireCommit(folder, commit) {
	if (!existsSync(join(folder, ".git"))) throw noClone(folder, commit);
	const head = await git(folder, ["rev-parse", "HEAD"]);
	if (head.stdout.trim() === commit) return;
	throw new ToolkitError({
		reason: "checkout-unsupported",
		what: `The repository asks for the playbook's commit ${commit}, but ${head.stdout.trim() || "no commit"} is checked out.`,
		where: folder,
		remedy: `Check this commit out there: \`${shellWords([
			"git",
			"-C",
			folder,
			"checkout",
			commit
		])}\`. Or remove \`playbook-path\` and the step that checks out the playbook: the actions then fetch the commit that ${lockFile} or the submodule names.`
	});
}
function noClone(folder, commit) {
	return new ToolkitError({
		reason: "checkout-unsupported",
		what: `The repository asks for the playbook's commit ${commit}, but this folder has files and is not a clone of the playbook, so its commit is unknown.`,
		where: folder,
		remedy: `To run the commit, set \`playbook-path\` to a new folder, or remove this one if nothing else needs it: the commit is fetched there. To run the playbook in this folder, remove ${lockFile}.`
	});
}

export { originalPlaybook as a, playbookInputs as c, usualClone as d, labelOf as i, playbookToRun as l, inventoryInClone as n, pinnedCommit as o, isPlaybookClone as r, playbookAtPin as s, cloneBeside as t, lockFile as u };