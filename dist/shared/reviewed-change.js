import { f as mergeBaseOf, h as createGitHubClient, o as repositoryOf, p as pullRequestOfHead } from "./event2.js";
import { i as ToolkitError } from "./exec.js";
import { C as secret, S as readInputs, T as text, b as optional, n as fetchCommit } from "./git.js";
import { i as ownRemote, n as isCommit } from "./event-base.js";
import { r as requireDefaultBranch } from "./tip.js";

// src/actions/root/reviewed-change.ts
const inputTable = {
	"head-commit": optional(text()),
	"github-token": optional(secret())
};
async function reviewedChange(source, runtime) {
	const { environment, repository } = runtime;
	if (environment.GITHUB_EVENT_NAME !== "workflow_dispatch") return {};
	const { headCommit, githubToken = "" } = readInputs(inputTable, source);
	requireDefaultBranch(runtime);
	if (headCommit === void 0) return {};
	const client = createGitHubClient({
		...repositoryOf(environment),
		token: githubToken
	});
	const pull = isCommit(headCommit) ? await pullRequestOfHead(client, headCommit) : void 0;
	if (pull === void 0) throw new ToolkitError({
		reason: "commit-outdated",
		what: "`head-commit` is not the head of an open pull request of this repository. Nothing was done.",
		remedy: "Read the newest commit of the pull request, and start the workflow again with all of its 40 digits. The vars of a fork are never run."
	});
	const base = await mergeBaseOf(client, pull.base, headCommit);
	await fetchCommit(repository.root, ownRemote(environment, githubToken), base);
	return { "base-ref": base };
}

export { reviewedChange };