import { i as git } from "./git.js";
import { i as ToolkitError } from "./exec.js";

// src/cli/init/invalid.ts
function invalid(what, remedy, where) {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		remedy,
		...where !== void 0 && { where }
	});
}

// src/cli/init/default-branch.ts
async function defaultBranch(root, ofWorkflows) {
	const known = await branchOfRemote(root);
	if (known !== void 0) return known;
	const listed = await git(root, [
		"ls-remote",
		"--symref",
		"origin",
		"HEAD"
	]);
	const named = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(listed.stdout)?.[1];
	if (listed.code === 0 && named !== void 0) return named;
	return ofWorkflows ?? await usualBranch(root) ?? await currentBranch(root);
}
async function knownDefaultBranch(root) {
	return await branchOfRemote(root) ?? await usualBranch(root);
}
async function branchOfRemote(root) {
	const { code, stdout } = await git(root, [
		"symbolic-ref",
		"--short",
		"refs/remotes/origin/HEAD"
	]);
	return code === 0 ? stdout.trim().replace(/^origin\//, "") : void 0;
}
async function usualBranch(root) {
	const usual = ["main", "master"];
	const refs = usual.flatMap((name) => [`refs/heads/${name}`, `refs/remotes/*/${name}`]);
	const { stdout } = await git(root, [
		"for-each-ref",
		"--format=%(refname:lstrip=-1)",
		...refs
	]);
	return usual.find((name) => stdout.split("\n").includes(name));
}
async function currentBranch(root) {
	const { stdout } = await git(root, [
		"symbolic-ref",
		"--short",
		"HEAD"
	]);
	return stdout.trim() || "main";
}
function isPlainBranch(name) {
	return /^\w[\w./-]*$/.test(name);
}
function plainBranch(name) {
	if (isPlainBranch(name)) return name;
	throw invalid("The name of the default branch is unknown or has characters that are not allowed here.", "Set it: --branch NAME");
}

export { invalid as a, plainBranch as i, isPlainBranch as n, knownDefaultBranch as r, defaultBranch as t };