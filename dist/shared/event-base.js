import { t as eventOf } from "./event.js";
import { i as git, k as requireFolders, n as fetchCommit, o as isElsewhere } from "./git.js";
import { n as member } from "./json.js";
import { r as removeWithJob } from "./job-end.js";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

// src/actions/event-base.ts
function repositoryAddress(environment) {
	const { GITHUB_SERVER_URL: server = "https://github.com", GITHUB_REPOSITORY: repository = "" } = environment;
	return `${server}/${repository}`;
}
function ownRemote(environment, token) {
	return {
		url: repositoryAddress(environment),
		...token !== void 0 && { token }
	};
}
async function withEventBase(inputs, { environment, repository: { root } }) {
	if (inputs.baseRef !== void 0 || inputs.basePath !== void 0) return inputs;
	const baseRef = await baseOfEvent(environment, root);
	if (baseRef === void 0 || await isElsewhere(root, inputs.inventory)) return inputs;
	await fetchCommit(root, ownRemote(environment, inputs.githubToken), baseRef);
	return {
		...inputs,
		baseRef
	};
}
const baseFolder = ".matrix-auth-actions/base";
async function checkOutBase(root, commit, keep) {
	const folder = join(root, baseFolder);
	requireFolders(root, folder, "The older commit");
	removeWithJob(join(root, dirname(baseFolder)), keep);
	rmSync(folder, {
		recursive: true,
		force: true
	});
	mkdirSync(folder, { recursive: true });
	const env = { GIT_INDEX_FILE: join(folder, "..", "index") };
	const argv = [
		...[
			"--git-dir",
			join(root, ".git"),
			"--work-tree",
			folder
		],
		"checkout",
		"--quiet",
		"--force",
		commit,
		"--",
		"."
	];
	const { code, stderr } = await git(folder, argv, env);
	if (code !== 0) throw new Error(`git checkout of ${commit}: ${stderr}`);
	return baseFolder;
}
async function baseOfEvent(environment, root) {
	const event = eventOf(environment);
	const base = member(event, "pull_request") ? await mergedInto(environment, root) ?? member(event, "pull_request", "base", "sha") : member(event, "merge_group", "base_sha") ?? member(event, "before");
	return isCommit(base) ? base : void 0;
}
async function mergedInto({ GITHUB_SHA }, root) {
	if ((await git(root, ["rev-parse", "HEAD"])).stdout.trim() !== GITHUB_SHA) return void 0;
	const parents = [...(await git(root, [
		"cat-file",
		"-p",
		"HEAD"
	])).stdout.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent);
	return parents.length === 2 ? parents[0] : void 0;
}
function isNewBranch(environment) {
	const before = member(eventOf(environment), "before");
	return environment.GITHUB_EVENT_NAME === "push" && typeof before === "string" && /^0+$/.test(before);
}
function isCommit(value) {
	return typeof value === "string" && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value) && !/^0+$/.test(value);
}

export { repositoryAddress as a, ownRemote as i, isCommit as n, withEventBase as o, isNewBranch as r, checkOutBase as t };