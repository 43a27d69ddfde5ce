import { i as ToolkitError } from "./exec.js";
import { o as eventOf, r as ownRemote } from "./event-base.js";
import { r as tipOf } from "./git.js";
import { n as member, o as text } from "./json.js";

// src/actions/tip.ts
async function requireDefaultBranch(freshness, token, { environment, repository: { root } }) {
	const { GITHUB_REF: ref = "", GITHUB_SHA: commit = "" } = environment;
	const branch = text(member(eventOf(environment), "repository", "default_branch")) ?? "";
	if (ref !== `refs/heads/${branch}`) throw outdated(`This run is of \`${ref}\`, not of the default branch, \`${branch}\`.`, "Start the workflow from the default branch.");
	if (freshness === "any") return;
	const tip = await tipOf(root, ownRemote(environment, token), branch);
	if (tip === commit) return;
	throw outdated(`This run is of commit \`${commit}\`, but the newest commit of \`${branch}\` is \`${tip}\`.`, `If \`${branch}\` still asks for this change, start the workflow manually: a newer run works only on the hosts that its own commit touches.`);
}
function outdated(what, remedy) {
	return new ToolkitError({
		reason: "commit-outdated",
		what: `${what} Nothing was done.`,
		remedy
	});
}

export { requireDefaultBranch as t };