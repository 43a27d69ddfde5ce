import { c as runAddress, g as describeApiErrors } from "./event2.js";
import { t as desiredStage } from "./desired-stage.js";
import { n as inventoryOf } from "./inventory-of.js";
import { t as readCheckout } from "./checkout2.js";
import { A as note, D as link, F as Repository, a as differs, b as renderMarkdown, j as paragraph, o as otherLines, s as restoration } from "./stage.js";
import { i as ToolkitError } from "./exec.js";
import { d as titleText } from "./escape.js";
import { i as git, s as tipOf, t as checkOut } from "./git.js";
import { i as ownRemote } from "./event-base.js";
import { s as playbookAtPin } from "./playbook.js";
import { r as requireDefaultBranch } from "./tip.js";
import { t as varsToRestore } from "./vars-to-restore.js";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

// src/github/proposals.ts
async function openedBefore(client, { base, title }) {
	const { owner, repo, request, ownLogin } = client;
	return describeApiErrors("list the open pull requests", async () => {
		const login = await ownLogin();
		const { data } = await request("GET /repos/{owner}/{repo}/pulls", {
			owner,
			repo,
			base,
			state: "open",
			per_page: 100
		});
		return data.find((pull) => pull.title === title && pull.user?.login === login)?.number;
	});
}
async function openPullRequest(client, proposal) {
	const { owner, repo, request } = client;
	const { base, parent, branch, title, body, files } = proposal;
	return describeApiErrors("open a pull request", async () => {
		const tree = await request("POST /repos/{owner}/{repo}/git/trees", {
			owner,
			repo,
			base_tree: parent,
			tree: Object.entries(files).map(([path, content]) => ({
				path,
				mode: "100644",
				type: "blob",
				content
			}))
		});
		const commit = await request("POST /repos/{owner}/{repo}/git/commits", {
			owner,
			repo,
			message: title,
			tree: tree.data.sha,
			parents: [parent]
		});
		await request("POST /repos/{owner}/{repo}/git/refs", {
			owner,
			repo,
			ref: `refs/heads/${branch}`,
			sha: commit.data.sha
		});
		return (await request("POST /repos/{owner}/{repo}/pulls", {
			owner,
			repo,
			title,
			body,
			base,
			head: branch
		})).data.number;
	});
}

// src/actions/publish/rollback.ts
async function publishRollback(client, outcomes, inputs, runtime) {
	const rolledBack = outcomes.find(({ operation, ok }) => operation === "rollback" && ok);
	if (rolledBack === void 0) return "No server was rolled back.";
	const { host } = rolledBack;
	const base = requireDefaultBranch(runtime);
	const change = await changeFor(host, base, inputs, runtime);
	if (change === void 0) return `The vars of ${base} do not ask for a live MAS on ${host}.`;
	const { parent, toRestore, files } = change;
	try {
		if (Object.keys(files).length > 0) {
			const proposal = {
				base,
				parent,
				files,
				...textsOf(host, runtime.environment)
			};
			const before = await openedBefore(client, proposal);
			if (before !== void 0) return `#${before} is still open, and does this.`;
			return `Opened #${await openPullRequest(client, proposal)}.`;
		}
	} catch (error) {
		if (!(error instanceof ToolkitError)) throw error;
		runtime.log(`${error.message} ${error.remedy}`);
	}
	await runtime.port.note(restoration(host, toRestore));
	return toRestore.patch ?? toRestore.lines.join("\n");
}
function textsOf(host, environment) {
	const run = runAddress(environment);
	return {
		branch: `matrix-auth-actions/rollback-${environment.GITHUB_RUN_ID}-${environment.GITHUB_RUN_ATTEMPT ?? "1"}`,
		title: titleText(`Keep Synapse's built-in login on ${host}`),
		body: renderMarkdown([
			paragraph(...differs(host), ...run === void 0 ? [] : [
				" ",
				link("This run", run),
				" rolled it back."
			], " Until this is merged, deployments of this host are refused."),
			...otherLines,
			note("If the checks of this pull request do not start, approve them, or close it and open it again.")
		])
	};
}
async function changeFor(host, branch, inputs, runtime) {
	const folder = mkdtempSync(join(runtime.environment.RUNNER_TEMP ?? tmpdir(), "default-branch-"));
	try {
		return await changeIn(folder, host, branch, inputs, runtime);
	} finally {
		rmSync(folder, {
			recursive: true,
			force: true
		});
	}
}
async function changeIn(folder, host, branch, inputs, { environment, log }) {
	const remote = ownRemote(environment, inputs.githubToken);
	const parent = await tipOf(folder, remote, branch);
	await checkOut(folder, remote, parent);
	const repository = new Repository(folder);
	const found = inventoryOf(repository.files, inputs.inventory).host(host);
	if (found === void 0 || desiredStage(found).stage !== "live") return void 0;
	const playbook = await playbookAtPin(inputs, {
		repository,
		log
	}) ?? inputs.playbookPath;
	const toRestore = varsToRestore(await readCheckout(resolve(folder, playbook)), found, repository.files);
	return {
		parent,
		toRestore,
		files: await patched(folder, toRestore.patch)
	};
}
async function patched(folder, patch) {
	if (patch === void 0) return {};
	const file = join(folder, ".git/restore.patch");
	writeFileSync(file, `${patch}\n`);
	await git(folder, [
		"apply",
		"--unidiff-zero",
		file
	]);
	const { stdout } = await git(folder, [
		"diff",
		"--name-only",
		"-z"
	]);
	const names = stdout.split("\0").filter(Boolean);
	return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

export { publishRollback };