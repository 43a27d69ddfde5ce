import { i as ToolkitError } from "./exec.js";
import { t as eventOf } from "./event.js";
import { n as fetchCommit, s as tipOf } from "./git.js";
import { n as member, s as text } from "./json.js";
import { i as ownRemote } from "./event-base.js";
import { t as changesSince } from "./sources.js";

// src/actions/tip.ts
function requireDefaultBranch({ environment }) {
	const { GITHUB_REF: ref = "" } = environment;
	const branch = text(member(eventOf(environment), "repository", "default_branch")) ?? "";
	if (ref === `refs/heads/${branch}`) return branch;
	throw outdated(`This run is of \`${ref}\`, not of the default branch, \`${branch}\`.`, "Start the workflow from the default branch.");
}
async function newerCommit(inventory, token, runtime) {
	const { environment, repository } = runtime;
	const { root } = repository;
	const remote = ownRemote(environment, token);
	const tip = await tipOf(root, remote, requireDefaultBranch(runtime));
	if (tip === environment.GITHUB_SHA) return void 0;
	await fetchCommit(root, remote, tip);
	return {
		tip,
		...await changesSince(root, tip, inventory)
	};
}
function replacedBy(tip, hosts, { GITHUB_SHA: commit }) {
	return outdated(`This run is of commit \`${commit}\`, but the newest commit, \`${tip}\`, has other vars or another playbook for ${hosts.join(", ")}.`, "The run of the newer commit deploys them, or says which operation to start manually. If there is none, start the workflow manually.");
}
function outdated(what, remedy) {
	return new ToolkitError({
		reason: "commit-outdated",
		what: `${what} Nothing was done.`,
		remedy
	});
}

export { replacedBy as n, requireDefaultBranch as r, newerCommit as t };