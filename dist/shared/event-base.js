import { n as member, r as number } from "./json.js";
import { d as fetchCommit, l as requireFolders, m as isElsewhere, p as git } from "./playbook.js";
import { r as removeWithJob } from "./job-end.js";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

// src/support/event.ts
function eventOf(environment) {
	try {
		return JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? "", "utf8"));
	} catch {
		return;
	}
}
function pushTime(environment) {
	const seconds = number(member(eventOf(environment), "repository", "pushed_at"));
	return environment.GITHUB_EVENT_NAME === "push" && seconds !== void 0 ? /* @__PURE__ */ new Date(seconds * 1e3) : void 0;
}
function isTextEdit(environment) {
	const event = eventOf(environment);
	return member(event, "action") === "edited" && member(event, "changes", "base") === void 0;
}

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

export { repositoryAddress as a, isTextEdit as c, ownRemote as i, pushTime as l, isCommit as n, withEventBase as o, isNewBranch as r, eventOf as s, checkOutBase as t };