import { i as ToolkitError } from "./exec.js";
import { S as text, r as git, t as checkOut } from "./git.js";
import { existsSync, lstatSync, mkdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

// src/actions/playbook.ts
const lockFile = "playbook.lock";
const playbookInputs = { "playbook-repository": text("https://github.com/spantaleev/matrix-docker-ansible-deploy") };
async function playbookAtPin({ playbookPath, playbookRepository }, { repository, log }) {
	const path = playbookPath ?? "playbook";
	const commit = await pinnedCommit(repository, path);
	if (commit === void 0) return playbookPath;
	const folder = resolve(repository.root, path);
	if (existsSync(join(folder, "setup.yml"))) await requireCommit(folder, commit);
	else {
		requireFolders(repository.root, folder, "The playbook");
		log(`Fetching the playbook, commit ${commit}.`);
		await fetchInto(folder, playbookRepository, commit);
	}
	return path;
}
async function pinnedCommit({ root, files }, path) {
	if (files.entry("playbook.lock").kind === "file") {
		const [commit, ...others] = new TextDecoder().decode(files.read(lockFile)).split(/\r?\n/).map((line) => line.replace(/#.*/, "").trim()).filter(Boolean);
		if (others.length === 0 && commit !== void 0 && /^[0-9a-f]{40}$/.test(commit)) return commit;
		throw new ToolkitError({
			reason: "input-invalid",
			what: `${lockFile} does not name a commit.`,
			where: lockFile,
			remedy: "Write the commit of the playbook on a line, with all of its 40 digits. Comments start with #."
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
async function fetchInto(folder, url, commit) {
	mkdirSync(folder, { recursive: true });
	await checkOut(folder, { url }, commit);
	await requireCommit(folder, commit);
}
function requireFolders(root, folder, content) {
	const names = relative(root, folder).split(sep);
	if (names[0] === "..") return;
	const other = names.map((_, index) => join(root, ...names.slice(0, index + 1))).find((part) => lstatSync(part, { throwIfNoEntry: false })?.isDirectory() === false);
	if (other === void 0) return;
	throw new ToolkitError({
		reason: "checkout-unsupported",
		what: `${content} cannot be written to its folder, because the path goes through a link or a file.`,
		where: other,
		remedy: "Remove the link or file from the repository."
	});
}
async function requireCommit(folder, commit) {
	if (!existsSync(join(folder, ".git"))) return;
	const head = await git(folder, ["rev-parse", "HEAD"]);
	if (head.stdout.trim() === commit) return;
	throw new ToolkitError({
		reason: "checkout-unsupported",
		what: `The repository asks for the playbook's commit ${commit}, but ${head.stdout.trim() || "no commit"} is checked out.`,
		where: folder,
		remedy: `Remove the step that checks out the playbook: this action fetches the commit of ${lockFile} or of the submodule.`
	});
}

export { requireFolders as i, playbookAtPin as n, playbookInputs as r, lockFile as t };