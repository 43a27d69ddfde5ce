import { i as ToolkitError, n as toolMissing, t as exec } from "./exec.js";
import { O as isBelow, c as failureLine, g as BadInput, h as textIn, i as git, m as joinPath, p as folderOf, w as shown$1, y as oneOf } from "./git.js";
import { l as plural } from "./account-counts.js";
import { o as wrapped, r as requireReadable, t as isUsualInventory } from "./inventory.js";
import { g as toolkitRelease, i as shellWords, r as reading } from "./reading.js";
import { a as parseRecord, n as member, o as record, s as text } from "./json.js";
import { a as originalPlaybook, d as usualClone, n as inventoryInClone, o as pinnedCommit, r as isPlaybookClone, u as lockFile } from "./playbook.js";
import { F as Repository } from "./stage.js";
import { a as removalOf, i as pinnedKeys, n as fingerprintOf } from "./known-hosts.js";
import { a as requireUsableKey, d as writing$1, u as unwritable } from "./job-end.js";
import { K as writeBelow } from "./run-action.js";
import { n as readOption, r as optionTexts } from "./invocation.js";
import { t as connectionOf } from "./connection.js";
import { _ as hasPart, c as submodulesOf, n as inventoryOf } from "./inventory-of.js";
import { t as chosenHosts } from "./playbook-hosts.js";
import { a as invalid, i as plainBranch, n as isPlainBranch, t as defaultBranch } from "./default-branch.js";
import { i as logText } from "./escape.js";
import { t as require_dist } from "./dist.js";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { dirname, relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";

// src/cli/init/gh.ts
function ghLine({ argv, inputFile }) {
	return `gh ${argv.map((word) => word.includes("$(") ? `"${word}"` : shellWords([word])).join(" ")}${inputFile === void 0 ? "" : ` < ${shellWords([inputFile])}`}`;
}
function runGh({ argv, inputFile }, root) {
	const input = inputFile === void 0 ? "" : readFileSync(inputFile);
	const { status, stderr, error } = spawnSync("gh", argv, {
		cwd: root,
		input,
		encoding: "utf8"
	});
	if (error) throw toolMissing("gh", error);
	if (status !== 0) throw refused(argv, stderr);
}
async function accountId(login, root) {
	return (await gh([
		"api",
		`users/${login}`,
		"--jq",
		".id"
	], root)).trim();
}
async function gh(argv, root) {
	const { code, stdout, stderr } = await exec(["gh", ...argv], { cwd: root });
	if (code !== 0) throw refused(argv, stderr);
	return stdout;
}
function refused(argv, stderr) {
	return new ToolkitError({
		reason: "github-api",
		what: `gh ${argv[0]} failed: ${failureLine(stderr)}`,
		where: `gh ${argv.join(" ")}`,
		remedy: /billing plan/i.test(stderr) ? "Run init again with the GitHub plan of the account: --account-plan free, or --account-plan paid for Pro and Team." : "Log in with gh auth login, as an administrator of the repository, then run this again."
	});
}

// src/cli/init/listed.ts
const environments = [
	"matrix-rehearsal",
	"matrix-production",
	"matrix-doctor"
];
async function listed(root) {
	const lines = async (argv) => (await gh(argv, root)).split("\n").filter(Boolean);
	const text = await gh(["api", "repos/{owner}/{repo}/environments?per_page=100"], root);
	const found = listAt$1(parseRecord(text), "environments").filter((each) => environments.some((name) => name === member(each, "name")));
	const own = await Promise.all(found.map(async (each) => {
		const name = String(member(each, "name"));
		const restriction = restrictionOf(member(each, "deployment_branch_policy"));
		const path = `repos/{owner}/{repo}/environments/${name}/deployment-branch-policies?per_page=100`;
		const branches = restriction === "named" ? await lines([
			"api",
			path,
			"--jq",
			".branch_policies[] | select(.type != \"tag\") | .name"
		]) : [];
		return {
			name,
			secrets: await lines([
				"secret",
				"list",
				"--env",
				name,
				"--json",
				"name",
				"--jq",
				".[].name"
			]),
			environment: {
				...protectionOf(each),
				restriction,
				branches
			}
		};
	}));
	const byHand = await gh([
		"variable",
		"list",
		"--json",
		"name,value",
		"--jq",
		".[] | select(.name == \"MATRIX_REHEARSE_BY_HAND\") | .value"
	], root);
	return {
		environments: Object.fromEntries(own.map(({ name, environment }) => [name, environment])),
		secrets: Object.fromEntries(own.map(({ name, secrets }) => [name, secrets])),
		isByHand: byHand.trim().toLowerCase() === "true"
	};
}
function restrictionOf(policy) {
	if (member(policy, "custom_branch_policies") === true) return "named";
	return member(policy, "protected_branches") === true ? "protected" : "none";
}
function protectionOf(environment) {
	const rules = listAt$1(environment, "protection_rules");
	const reviewers = rules.flatMap((rule) => listAt$1(rule, "reviewers")).map((each) => ({
		type: String(member(each, "type")),
		id: String(member(each, "reviewer", "id"))
	}));
	const timers = rules.map((rule) => member(rule, "wait_timer")).filter((minutes) => minutes !== void 0);
	const isNotOwn = rules.some((rule) => member(rule, "prevent_self_review") === true);
	return {
		reviewers,
		others: [
			...timers.map((minutes) => `wait_timer=${minutes}`),
			...isNotOwn ? ["prevent_self_review=true"] : [],
			...member(environment, "can_admins_bypass") === false ? ["can_admins_bypass=false"] : []
		]
	};
}
function listAt$1(value, key) {
	const list = member(value, key);
	return Array.isArray(list) ? list : [];
}

// src/cli/init/gh-commands.ts
const purposes = {
	"matrix-rehearsal": "guards the key while a pull request is rehearsed",
	"matrix-production": "guards the key for deployments and migrations",
	"matrix-doctor": "guards the key of the health check, which no person approves"
};
const nothing = {
	environments: {},
	secrets: {},
	isByHand: false
};
function ghCommands(setting, reviewerId, listed = nothing) {
	const { github, branch, sshKey, hasVault, vaultPasswordFile } = setting;
	const { hasEnvironments, hasReviewers } = github;
	const names = hasEnvironments ? environments : [];
	const secretsOf = (secret, file) => names.map((name) => secretCommand(secret, name, file, listed.secrets[name]?.includes(secret)));
	return [
		...names.flatMap((name) => environmentCommands(name, branch, hasReviewers ? reviewerId : void 0, listed.environments[name])),
		...secretsOf("MATRIX_SSH_KEY", sshKey?.file ?? "PRIVATE_KEY_FILE"),
		...hasVault ? secretsOf("MATRIX_VAULT_PASSWORD", vaultPasswordFile ?? "VAULT_PASSWORD_FILE") : [],
		startCommand(hasReviewers, listed)
	];
}
function startCommand(hasReviewers, { environments, isByHand }) {
	const set = (value) => [
		"variable",
		"set",
		"MATRIX_REHEARSE_BY_HAND",
		"--body",
		value
	];
	return hasReviewers ? {
		argv: set("false"),
		why: "A pull request starts its rehearsal by itself, and a reviewer approves it.",
		isDone: !isByHand
	} : {
		argv: set("true"),
		why: "No pull request starts a rehearsal by itself.",
		isDone: isByHand || isReviewedForPulls(environments["matrix-rehearsal"])
	};
}
function isReviewedForPulls(environment) {
	return environment?.restriction === "none" && environment.reviewers.length > 0;
}
function environmentCommands(name, branch, reviewerId, present) {
	const path = `repos/{owner}/{repo}/environments/${name}`;
	const { reviewers = [], others = [], branches = [] } = present ?? {};
	const isReviewed = reviewerId !== void 0 && name !== "matrix-doctor";
	const isAmong = reviewers.some(({ type, id }) => type === "User" && id === reviewerId);
	const wanted = isReviewed && !isAmong ? [...reviewers, {
		type: "User",
		id: reviewerId
	}] : reviewers;
	const isForPulls = name === "matrix-rehearsal" && (reviewerId !== void 0 || isReviewedForPulls(present));
	const restriction = restrictionOfPerson(present, branch) ?? (isForPulls ? "none" : "named");
	return [{
		argv: [
			...[
				"api",
				"--silent",
				"--method",
				"PUT",
				path
			],
			...wanted.flatMap(({ type, id }) => [
				"-F",
				`reviewers[][type]=${type}`,
				"-F",
				`reviewers[][id]=${id}`
			]),
			...[...restrictionFields(restriction), ...others].flatMap((field) => ["-F", field])
		],
		why: `The environment ${name} ${purposes[name]}.`,
		isDone: present?.restriction === restriction && wanted === reviewers
	}, ...restriction === "named" && !isForPulls ? [{
		argv: [
			"api",
			"--silent",
			"--method",
			"POST",
			`${path}/deployment-branch-policies`,
			"-f",
			`name=${branch}`
		],
		why: `Only workflows of the branch ${branch} can use it.`,
		isDone: branches.includes(branch)
	}] : []];
}
function restrictionOfPerson(present, branch) {
	const { restriction, branches = [] } = present ?? {};
	return restriction === "protected" || branches.some((each) => each !== branch) ? restriction : void 0;
}
function restrictionFields(restriction) {
	if (restriction === "none") return ["deployment_branch_policy=null"];
	return [`deployment_branch_policy[protected_branches]=${restriction === "protected"}`, `deployment_branch_policy[custom_branch_policies]=${restriction === "named"}`];
}
const placeholders = {
	PRIVATE_KEY_FILE: "Replace PRIVATE_KEY_FILE with the file of a private key without a passphrase that logs in to the server.",
	VAULT_PASSWORD_FILE: "Replace VAULT_PASSWORD_FILE with the file of the password of your Ansible vault."
};
function secretCommand(secret, environment, inputFile, isDone = false) {
	const note = environment === "matrix-doctor" ? " With a key of its own, you can revoke it separately." : "";
	const placeholder = placeholders[inputFile];
	return {
		argv: [
			"secret",
			"set",
			secret,
			"--env",
			environment
		],
		inputFile,
		why: `The secret ${secret} of ${environment}.${secret === "MATRIX_SSH_KEY" ? note : ""}`,
		...placeholder !== void 0 && { placeholder },
		isDone
	};
}

// workflows/matrix-auth-apply.yml
var matrix_auth_apply_default = "# After a merge to the default branch, deploys, migrates or rolls back each host, as the vars ask, and comments on the pull request.\n# Started manually, it migrates, resumes, rolls back, shows the status or deploys.\n# Requires the environment \"matrix-production\" with the secret MATRIX_SSH_KEY, and MATRIX_VAULT_PASSWORD if you have an Ansible vault.\nname: Apply a change to the Matrix server\n# In the list of runs, one started manually says what it does. After a merge, GitHub shows the commit there.\nrun-name: ${{ inputs.operation && format('{0} {1}', inputs.operation, inputs.host) || '' }}\n\n# Only the inventory and the playbook are deployed. Submodules are paths without slash.\non:\n  push:\n    branches: [$default-branch]\n    paths: [inventory, inventory/**, playbook, playbook/**, playbook.lock]\n  workflow_dispatch:\n    inputs:\n      operation:\n        description: What to do with the server\n        type: choice\n        options: [migrate, resume, rollback, status, deploy]\n      host: { description: \"Host, if the inventory has several\" }\n      confirm-lost-sessions:\n        description: \"Rollback: how many sessions of users may be lost at most (a number, or any). With 0, it rolls back only if users lose nothing. Otherwise it shows what they would lose, and changes nothing\"\n        default: \"0\"\n\npermissions: {}\n\njobs:\n  # Refuses a run that is not of the default branch, hosts that a newer commit changes too, and a plan that cannot be carried out.\n  plan:\n    name: Plan\n    runs-on: ubuntu-24.04\n    permissions: { contents: read }\n    timeout-minutes: 10\n    outputs: { hosts: \"${{ steps.plan.outputs.matrix }}\", planned: \"${{ steps.plan.outputs.planned }}\" }\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with: { persist-credentials: false }\n      - id: plan\n        uses: matrix-auth-actions/matrix-auth-actions@v1\n        with: { task: plan, operation: \"${{ inputs.operation }}\", limit: \"${{ inputs.host }}\" }\n      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0\n        if: always()\n        with: { name: matrix-auth-plan, path: \"${{ runner.temp }}/report\", overwrite: true }\n\n  # One host after the other, in the order of the inventory: the next only if the one before succeeded. All jobs for a host wait for\n  # their turn. Servers other than github.com may not know \"queue\": remove it there, and a newer job can replace one that waits.\n  apply:\n    name: Apply to ${{ matrix.host }}\n    needs: plan\n    if: needs.plan.outputs.hosts != '[]'\n    strategy: { max-parallel: 1, matrix: { host: \"${{ fromJSON(needs.plan.outputs.hosts || '[]') }}\" } }\n    runs-on: ubuntu-24.04\n    environment: { name: matrix-production, url: \"https://${{ matrix.host }}\" }\n    concurrency: { group: \"matrix-auth-server-${{ matrix.host }}\", queue: max }\n    permissions: { contents: read }\n    timeout-minutes: 60\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with: { persist-credentials: false }\n      - uses: matrix-auth-actions/matrix-auth-actions@v1\n        with:\n          task: apply\n          operation: ${{ inputs.operation }}\n          limit: ${{ matrix.host }}\n          planned: ${{ needs.plan.outputs.planned }} # what reviewers saw; anything else is refused\n          confirm-lost-sessions: ${{ inputs.confirm-lost-sessions }}\n          ssh-private-key: ${{ secrets.MATRIX_SSH_KEY }}\n          vault-password: ${{ secrets.MATRIX_VAULT_PASSWORD }}\n      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0\n        if: always()\n        with:\n          name: matrix-auth-apply-${{ strategy.job-index }}\n          path: ${{ runner.temp }}/report\n          overwrite: true\n\n  # Writes to GitHub, so it has no SSH key. It also reports a run that was cancelled or replaced. With \"contents: write\", and if the\n  # settings allow Actions to create pull requests, it opens one after a rollback that was started manually, so that the vars match the\n  # server again. Without, it shows the change.\n  publish:\n    name: Publish the outcome\n    needs: [plan, apply]\n    if: always() && (github.event_name == 'push' || inputs.operation == 'rollback') && needs.plan.outputs.hosts != '[]'\n    runs-on: ubuntu-24.04\n    permissions: { contents: read, pull-requests: write } # the comment\n    timeout-minutes: 10\n    steps:\n      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with: { pattern: matrix-auth-*, path: \"${{ runner.temp }}/report\" }\n      - uses: matrix-auth-actions/matrix-auth-actions@v1\n        with: { task: publish }\n";

// workflows/matrix-auth-doctor.yml
var matrix_auth_doctor_default = "# Checks the health of the servers on a schedule. A failure opens an issue, and recovery closes it.\n# Requires the environment \"matrix-doctor\" with the same secrets as \"matrix-production\". This environment has no reviewers, so that it\n# can run at night. Restrict it to the default branch.\nname: Check the health of the Matrix server\n\non: { schedule: [{ cron: \"17 */4 * * *\" }], workflow_dispatch: {} }\n\npermissions: {}\n\njobs:\n  doctor:\n    name: Doctor\n    runs-on: ubuntu-24.04\n    environment: matrix-doctor\n    concurrency: { group: matrix-auth-doctor, cancel-in-progress: false }\n    permissions: { contents: read }\n    timeout-minutes: 60\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with: { persist-credentials: false }\n      - uses: matrix-auth-actions/matrix-auth-actions@v1\n        timeout-minutes: 50 # for all hosts, one after the other; then the report has those that were checked\n        with:\n          task: doctor\n          ssh-private-key: ${{ secrets.MATRIX_SSH_KEY }}\n          vault-password: ${{ secrets.MATRIX_VAULT_PASSWORD }}\n          # Optional: a test account, which logs in and out.\n          canary-user: ${{ vars.MATRIX_CANARY_USER }}\n          canary-password: ${{ secrets.MATRIX_CANARY_PASSWORD }}\n      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0\n        if: always()\n        with: { name: matrix-auth-doctor, path: \"${{ runner.temp }}/report\", overwrite: true }\n\n  # Writes to GitHub, so it has no SSH key.\n  publish:\n    name: Publish\n    needs: doctor\n    if: ${{ !cancelled() }}\n    runs-on: ubuntu-24.04\n    permissions: { issues: write } # the issue of an unhealthy server\n    timeout-minutes: 10\n    steps:\n      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with: { pattern: matrix-auth-doctor, path: \"${{ runner.temp }}/report\" }\n      - uses: matrix-auth-actions/matrix-auth-actions@v1\n        with: { task: publish }\n";

// workflows/matrix-auth-review.yml
var matrix_auth_review_default = "# Checks a pull request to the inventory, rehearses a migration on the real server, and publishes the result on the pull request.\n# Started manually, it rehearses the default branch as it is, or the head commit of a pull request.\n# Requires the environment \"matrix-rehearsal\" with the secret MATRIX_SSH_KEY, and MATRIX_VAULT_PASSWORD if you have an Ansible vault.\n# Without required reviewers, restrict the environment to the default branch and set the variable MATRIX_REHEARSE_BY_HAND to true.\nname: Review a change of the Matrix server\n\non:\n  # Any file: ansible.cfg, library/, filter_plugins/ and others are code wherever Ansible finds them. \"edited\": the base can change.\n  pull_request:\n    branches: [$default-branch]\n    types: [opened, synchronize, reopened, edited, ready_for_review]\n  merge_group:\n  workflow_dispatch:\n    inputs:\n      head-commit:\n        description: Newest commit of the pull request that you have read (40 digits). Empty means the default branch\n      host: { description: \"Host, if only one is to be rehearsed\" }\n\npermissions: {}\n\n# A newer commit, or another base, ends the review of the older one. An edit of the text does not.\nconcurrency:\n  group: matrix-auth-review-${{ !(github.event.action == 'edited' && !github.event.changes.base) && github.event.pull_request.number || github.run_id }}\n  cancel-in-progress: true\n\njobs:\n  # Only reads text, and has no secret. Safe for a pull request from a fork.\n  check:\n    name: Check\n    runs-on: ubuntu-24.04\n    permissions: { contents: read, pull-requests: read } # to find the pull request of a commit\n    timeout-minutes: 10\n    outputs: { hosts: \"${{ steps.check.outputs.matrix }}\" }\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with: { ref: \"${{ inputs.head-commit }}\", persist-credentials: false }\n      - id: check\n        uses: matrix-auth-actions/matrix-auth-actions@v1\n        with: { task: validate-config, head-commit: \"${{ inputs.head-commit }}\", limit: \"${{ inputs.host }}\" }\n      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0\n        if: always()\n        with: { name: matrix-auth-check, path: \"${{ runner.temp }}/report\", overwrite: true }\n\n  # Publishes the findings under \"Code scanning\", if you set the variable MATRIX_CODE_SCANNING to true. It may only write alerts.\n  scan:\n    name: Code scanning\n    needs: check\n    if: ${{ !cancelled() && vars.MATRIX_CODE_SCANNING == 'true' && github.event.pull_request.head.repo.full_name == github.repository }}\n    runs-on: ubuntu-24.04\n    permissions: { security-events: write, actions: read } # alerts; in private repositories, the upload reads which run it belongs to\n    timeout-minutes: 10\n    steps:\n      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with: { name: matrix-auth-check, path: \"${{ runner.temp }}/report\" }\n      - uses: github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2\n        with: { sarif_file: \"${{ runner.temp }}/report/validate.sarif\" }\n\n  # Runs the vars of the pull request as code: never for a fork, and only after a reviewer of the environment approved it, or a person\n  # who has read the commit started it.\n  rehearse:\n    name: Rehearse on ${{ matrix.host }}\n    needs: check\n    if: >-\n      needs.check.outputs.hosts != '[]' && (github.event_name == 'workflow_dispatch' ||\n      (github.event.pull_request.head.repo.full_name == github.repository && !github.event.pull_request.draft && vars.MATRIX_REHEARSE_BY_HAND != 'true'))\n    strategy: { fail-fast: false, matrix: { host: \"${{ fromJSON(needs.check.outputs.hosts || '[]') }}\" } }\n    runs-on: ubuntu-24.04\n    environment: matrix-rehearsal\n    concurrency: { group: \"matrix-auth-rehearsal-${{ matrix.host }}\", queue: max }\n    permissions: { contents: read }\n    timeout-minutes: 60\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with: { ref: \"${{ inputs.head-commit }}\", persist-credentials: false }\n      - uses: matrix-auth-actions/matrix-auth-actions@v1\n        with:\n          task: syn2mas-dry-run\n          limit: ${{ matrix.host }}\n          ssh-private-key: ${{ secrets.MATRIX_SSH_KEY }}\n          vault-password: ${{ secrets.MATRIX_VAULT_PASSWORD }}\n      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0\n        if: always()\n        with:\n          name: matrix-auth-rehearsal-${{ strategy.job-index }}\n          path: ${{ runner.temp }}/report\n          overwrite: true\n\n  # Reviewers read the result of the check before they approve the rehearsal. Both publishing jobs write to GitHub, so they have no SSH\n  # key, and they treat the reports of other jobs as hostile.\n  publish-check:\n    name: Publish the check\n    needs: check\n    if: github.event.pull_request.head.repo.full_name == github.repository && needs.check.outputs.hosts != '[]'\n    runs-on: ubuntu-24.04\n    permissions: { pull-requests: write } # the comment\n    timeout-minutes: 10\n    steps:\n      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with: { pattern: matrix-auth-*, path: \"${{ runner.temp }}/report\" }\n      - uses: matrix-auth-actions/matrix-auth-actions@v1\n        with: { task: publish }\n\n  publish:\n    name: Publish the result\n    needs: [check, rehearse]\n    if: ${{ !cancelled() && (inputs.head-commit != '' || github.event.pull_request.head.repo.full_name == github.repository) }}\n    runs-on: ubuntu-24.04\n    permissions: { contents: read, pull-requests: write, statuses: write } # the comment; the status of a commit whose rehearsal was started manually\n    timeout-minutes: 10\n    steps:\n      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with: { pattern: matrix-auth-*, path: \"${{ runner.temp }}/report\" }\n      - uses: matrix-auth-actions/matrix-auth-actions@v1\n        with: { task: publish }\n";

// src/cli/init/workflow-templates.ts
const templates = [
	{
		name: "matrix-auth-review.yml",
		template: matrix_auth_review_default,
		purpose: "checks pull requests, and rehearses a migration",
		needsKey: false
	},
	{
		name: "matrix-auth-apply.yml",
		template: matrix_auth_apply_default,
		purpose: "deploys, migrates or rolls back after a merge",
		needsKey: true
	},
	{
		name: "matrix-auth-doctor.yml",
		template: matrix_auth_doctor_default,
		purpose: "checks the health of the servers every four hours",
		needsKey: true
	}
];
const workflows = templates.map(({ name, needsKey }) => ({
	path: workflowPath(name),
	needsKey
}));
function workflowPath(name) {
	return `.github/workflows/${name}`;
}

// src/cli/init/workflow-files.ts
function workflowFiles(setting) {
	const { branch, toolkit, github } = setting;
	const wanted = templates.filter(({ needsKey }) => github.hasEnvironments || !needsKey);
	const [inputs, paths] = [inputsOf(setting), deployedPaths(setting)];
	return wanted.map(({ name, template, purpose }) => {
		return {
			name,
			purpose,
			text: withInputs(template.replaceAll(/(?<=uses: )[\w.-]+\/matrix-auth-actions@\S+/g, () => toolkit).replaceAll("$default-branch", () => branch).replace(/(?<=^ +paths: \[).*?(?=, playbook\.lock\])/m, () => paths.join(", ")), inputs)
		};
	});
}
const standard = {
	inventory: "inventory/hosts",
	"known-hosts": "inventory/known_hosts",
	"playbook-path": "playbook",
	"playbook-repository": originalPlaybook
};
function inputsOf(setting) {
	const { inventory, knownHosts, playbookRepository } = setting;
	const own = {
		inventory,
		"known-hosts": knownHosts,
		"playbook-path": fetchedTo(setting),
		"playbook-repository": playbookRepository
	};
	return Object.keys(standard).filter((name) => own[name] !== standard[name] || name === "known-hosts" && inventory !== standard.inventory).map((name) => `${name}: ${scalar(own[name])}`);
}
function withInputs(text, inputs) {
	if (inputs.length === 0) return text;
	return text.replaceAll("{ task: ", () => `{ ${inputs.join(", ")}, task: `).replaceAll(/^( +)task: /gm, (line, indent) => `${inputs.map((input) => `${indent}${input}\n`).join("")}${line}`);
}
function scalar(text) {
	return /^[\w./][\w./@:+-]*(?<!:)$/.test(text) ? text : JSON.stringify(text);
}
function fetchedTo({ repository: { root }, playbookPath }) {
	return isBelow(root, resolve(root, playbookPath)) ? playbookPath : standard["playbook-path"];
}
function deployedPaths(setting) {
	const { inventory, repository } = setting;
	const [folder, playbook] = [folderOf(inventory), fetchedTo(setting)];
	if (!isPlain(folder)) {
		const parts = [inventory, ...["host_vars", "group_vars"].map((name) => folder === "" ? name : `${folder}/${name}`)].filter((path) => repository.files.entry(path).kind !== "absent");
		throw unfit("inventory", inventory, `mkdir -p inventory && mv ${shellWords(parts)} inventory/`);
	}
	if (!isPlain(playbook)) throw unfit("playbook", playbook, `git mv ${shellWords([playbook])} playbook`);
	return [folder, playbook].flatMap((path) => [path, `${path}/**`]);
}
function isPlain(path) {
	return /^[\w.-]+(?:\/[\w.-]+)*$/.test(path);
}
function unfit(part, where, move) {
	return new ToolkitError({
		reason: "input-invalid",
		what: `The workflows need the ${part} in a folder of its own, whose name is plain.`,
		where,
		remedy: `Move it: ${move}`
	});
}

// src/cli/init/items.ts
function itemsOf(setting, init) {
	const { sshKey, playbookPath, containsPlaybook } = setting;
	const { root } = setting.repository;
	return [
		...sshKey?.isOurs ? [keyItem(sshKey.file)] : [],
		...workflowItems(setting, init),
		...surplusItems(setting),
		...setting.connections.map((connection) => hostKeyItem(setting, connection, init)),
		...containsPlaybook ? surplusPin(root) : [pinItem(setting, init)],
		...!containsPlaybook && isBelow(root, resolve(root, playbookPath)) ? [ignoreItem(setting)] : []
	];
}
function workflowItems(setting, init) {
	const { root } = setting.repository;
	return workflowFiles(setting).map(({ name, text, purpose }) => {
		const path = workflowPath(name);
		const file = resolve(root, path);
		return {
			name: path,
			purpose,
			how: `${init}   # add --force to overwrite a file that differs`,
			file: path,
			state: async () => {
				const present = textOf(file);
				return present === void 0 ? "missing" : present === text ? "there" : "differs";
			},
			make: async () => write(root, file, text)
		};
	});
}
function surplusItems({ repository: { root }, github: { hasEnvironments } }) {
	return workflows.flatMap(({ path, needsKey }) => {
		if (hasEnvironments || !needsKey) return [];
		return surplusItem(root, path, "is not for this GitHub plan, which gives it no SSH key");
	});
}
function surplusPin(root) {
	return surplusItem(root, lockFile, "is not needed: the repository itself contains the playbook");
}
function surplusItem(root, path, purpose) {
	const file = resolve(root, path);
	if (!existsSync(file)) return [];
	return [{
		name: path,
		purpose,
		how: `rm ${path}`,
		file: path,
		isSurplus: true,
		state: async () => existsSync(file) ? "differs" : "there",
		make: async () => rmSync(file)
	}];
}
function hostKeyItem(setting, { address, port, inventoryName }, init) {
	const { knownHosts, fingerprints = [] } = setting;
	const file = resolve(setting.repository.root, knownHosts);
	const pinnedOf = (host) => pinnedKeys(textOf(file) ?? "", host.address, host.port).keys.map(fingerprintOf);
	const pinned = () => pinnedOf({
		address,
		port
	});
	const differs = () => {
		const all = setting.connections.flatMap(pinnedOf);
		return fingerprints.some((each) => !all.includes(each)) && pinned().length > 0 && !pinned().some((each) => fingerprints.includes(each));
	};
	return {
		name: `${knownHosts}: ${inventoryName}`,
		purpose: "pins the host key of the server, so that no other server can impersonate it",
		file: knownHosts,
		how: differs() ? `${removalOf(address, port, knownHosts)} && ${init}   # if the pinned key is not the server's own` : `${init}   # shows the fingerprint, to compare it with the server's`,
		ignoresForce: true,
		state: async () => differs() ? "differs" : pinned().length > 0 ? "there" : "missing",
		make: async () => {
			const line = await scannedKey(address, port);
			await setting.requireAgreement(line, inventoryName);
			addLine(setting.repository.root, file, line);
		}
	};
}
const keyTypes = [
	"ssh-ed25519",
	"ecdsa-sha2-nistp256",
	"ssh-rsa"
];
async function scannedKey(address, port) {
	const { stdout } = await exec([
		"ssh-keyscan",
		"-T",
		"10",
		"-p",
		String(port),
		"--",
		address
	]);
	const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
	const line = keyTypes.flatMap((type) => lines.find((each) => each.split(" ")[1] === type) ?? [])[0];
	if (line !== void 0) return line;
	throw new ToolkitError({
		reason: "server-unreachable",
		what: "The server presented no host key.",
		where: `${address}, port ${port}`,
		remedy: "Check ansible_host and ansible_port in the inventory, and that this machine can reach the server."
	});
}
function pinItem(setting, init) {
	const { repository, playbookPath, playbookRepository } = setting;
	return {
		name: lockFile,
		purpose: "pins the commit of the playbook that is deployed",
		file: lockFile,
		how: `${init}   # pins the commit that ${usualClone} has checked out, or else the newest`,
		state: async () => await pinnedCommit(new Repository(repository.root), playbookPath) === void 0 ? "missing" : "there",
		make: async () => {
			const commit = setting.playbookCommit ?? await commitInUse(repository.root, playbookPath, playbookRepository);
			write(repository.root, resolve(repository.root, lockFile), `${commit}\n`);
		}
	};
}
async function commitInUse(root, path, url) {
	const clones = [path, usualClone].map((each) => resolve(root, each));
	for (const clone of clones.filter((each) => existsSync(resolve(each, ".git")))) {
		const commit = commitIn((await git(clone, ["rev-parse", "HEAD"])).stdout);
		if (commit !== void 0) return commit;
	}
	const newest = commitIn((await git(root, [
		"ls-remote",
		url,
		"HEAD"
	])).stdout);
	if (newest !== void 0) return newest;
	throw new ToolkitError({
		reason: "fetch-failed",
		what: "The newest commit of the playbook cannot be read.",
		where: url,
		remedy: "Give the commit that you use: --playbook-commit COMMIT"
	});
}
const commitIn = (text) => /^[0-9a-f]{40}/.exec(text)?.[0];
function ignoreItem({ repository: { root }, playbookPath }) {
	const file = resolve(root, ".gitignore");
	const line = `/${relative(root, resolve(root, playbookPath))}/`;
	return {
		name: `.gitignore: ${line}`,
		purpose: "keeps the fetched playbook out of your commits",
		file: ".gitignore",
		how: `echo ${line} >> .gitignore`,
		state: async () => {
			const { code } = await git(root, [
				"check-ignore",
				"-q",
				`${playbookPath}/x`
			]);
			return code === 0 ? "there" : "missing";
		},
		make: async () => addLine(root, file, line)
	};
}
function keyItem(file) {
	return {
		name: file,
		purpose: "the SSH key with which the jobs log in to the servers",
		how: `ssh-keygen -t ed25519 -N '' -f ${file}`,
		state: async () => existsSync(file) ? "there" : "missing",
		make: async () => {
			const remedy = "Set --create-ssh-key to a file in a folder that you can write to.";
			writing$1(dirname(file), remedy, () => mkdirSync(dirname(file), { recursive: true }));
			const { code, stderr } = await exec([
				"ssh-keygen",
				"-q",
				"-t",
				"ed25519",
				"-N",
				"",
				"-C",
				"matrix-auth-actions",
				"-f",
				file
			]);
			if (code !== 0) throw unwritable(file, failureLine(stderr), remedy);
		}
	};
}
function textOf(file) {
	return existsSync(file) ? reading(file, () => readFileSync(file, "utf8")) : void 0;
}
function addLine(root, file, line) {
	const before = textOf(file) ?? "";
	write(root, file, `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${line}\n`);
}
function write(root, file, text) {
	writeBelow(root, file, text, "A file of the setup");
}

// src/cli/init/next-steps.ts
function againStep(setting, offerWith) {
	return `Run init again, and follow the steps that it prints then:\n   ${offerFor(setting, offerWith, { [setting.sshKey?.isOurs ? "create-ssh-key" : "ssh-key-file"]: setting.sshKey?.file })("init")}`;
}
function nextSteps(setting, files, offerWith, usesGh) {
	const { sshKey, connections, branch, hasRemote, github } = setting;
	const offer = offerFor(setting, offerWith, { "ssh-key-file": sshKey?.file });
	const copies = connections.map(({ user, address, port }) => {
		const at = [
			"-p",
			String(port),
			`${user}@${address}`
		];
		return `ssh-copy-id -f -i ${shellWords([`${sshKey?.file}.pub`, ...at])}`;
	});
	const push = hasRemote ? " && git push" : "";
	const commit = `git add ${shellWords(files)} && git commit -m "Set up matrix-auth-actions"${push}`;
	return [
		...sshKey?.isOurs ? copies.map((line) => `Let the key log in to the server:\n   ${line}`) : [],
		...files.length > 0 ? [`Commit the files to ${branch}:\n   ${commit}`] : [],
		...hasRemote ? [] : ["Put the repository on GitHub:\n   gh repo create matrix-inventory --private --source . --push"],
		...usesGh ? [] : [`Set up GitHub:\n   ${offer("init", " --gh")}`],
		writing("prepare", offer),
		...github.hasEnvironments ? ["Commit and push them, and open the pull request."] : stepsInTerminal(setting, offer)
	];
}
function stepsInTerminal({ branch, hasSeveralHosts }, offer) {
	const onServer = (command) => offer(command, hasSeveralHosts ? " --limit HOST" : "");
	const merged = (command) => `   git switch ${branch} && git pull && ${onServer(command)}`;
	return [
		`Commit and push them, and open the pull request. When its check has succeeded, merge it and deploy:\n${merged("deploy")}`,
		writing("migrate", offer),
		`Commit and push them, open the pull request, and rehearse on its branch:\n   ${onServer("rehearse")}`,
		`When the check and the rehearsal have succeeded, merge it and migrate:\n${merged("migrate")}`
	];
}
function writing(step, offer) {
	return `Write the lines of the ${step} pull request, on a new branch:\n   ${offer("plan", ` --write ${step}`)} && ${offer("validate", " --fix")}`;
}
function offerFor(setting, offerWith, key) {
	const { inventory, playbookPath, playbookRepository, knownHosts, github, reviewer } = setting;
	const { hasVault, vaultPasswordFile = "VAULT_PASSWORD_FILE" } = setting;
	const unless = (isUsual, value) => isUsual ? void 0 : value;
	const given = {
		inventory: unless(isUsualInventory(inventory), inventory),
		"playbook-path": unless(playbookPath === optionTexts["playbook-path"].standard, playbookPath),
		"playbook-repository": unless(playbookRepository === originalPlaybook, playbookRepository),
		"known-hosts": unless(knownHosts === optionTexts["known-hosts"].standard, knownHosts),
		"vault-password-file": unless(!hasVault, vaultPasswordFile),
		"account-plan": github.plan,
		reviewer,
		...key
	};
	return offerWith((name) => given[name]);
}

// src/cli/init/account-plan.ts
const accountPlans = [
	"public",
	"free",
	"paid",
	"enterprise"
];
const byHandInstead = "All environments are restricted to the default branch, and rehearsals are started manually (MATRIX_REHEARSE_BY_HAND).";
const whoHasTheKey = "Everyone with write access can start one, and its vars then run with the key: give write access only to people who may have the key.";
const remarks = {
	public: ["The repository is public: everyone can read your inventory. Make it private, or keep every secret in a vault."],
	free: ["This plan has no environments for private repositories, so that everyone who can push could read the SSH key. No key goes to GitHub: there only the check of pull requests runs.", "Instead, run rehearse, deploy, migrate and doctor from a terminal."],
	paid: [`This plan has no required reviewers for private repositories. Instead: ${byHandInstead}`, whoHasTheKey],
	enterprise: [],
	unknown: [
		`The GitHub plan of the account is unknown (--account-plan), so only what every paid plan has for private repositories is used. ${byHandInstead}`,
		whoHasTheKey,
		"The Free plan has no environments for private repositories: there, the commands that create them fail."
	]
};
const assumedFree = "The repository has only the workflow of the Free plan, so this plan is assumed. For another one, give --account-plan.";
async function gitHubPlan({ given, isSetUpForFree, usesGh, hasReviewer, root }) {
	const told = given ?? (usesGh ? await askedPlan(root) : void 0);
	const isAssumed = told === void 0 && isSetUpForFree;
	const known = isAssumed ? "free" : told;
	const plan = known ?? "paid";
	const isReviewed = plan === "public" || plan === "enterprise";
	const unset = isReviewed && !hasReviewer ? ["No reviewer is given (--reviewer LOGIN), so rehearsals are started manually (MATRIX_REHEARSE_BY_HAND)."] : [];
	return {
		plan: known,
		hasEnvironments: plan !== "free",
		hasReviewers: isReviewed && hasReviewer,
		remarks: [
			...isAssumed ? [assumedFree] : [],
			...remarks[known ?? "unknown"],
			...unset
		]
	};
}
function parsePlan(text) {
	if (text === void 0) return void 0;
	try {
		return oneOf(accountPlans).read(text.toLowerCase());
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		throw new ToolkitError({
			reason: "input-invalid",
			what: `\`account-plan\` ${error.message}.`,
			remedy: "github.com/settings/billing names the plan: Pro and Team are `paid`."
		});
	}
}
async function askedPlan(root) {
	const [visibility, owner = ""] = (await gh([
		"repo",
		"view",
		"--json",
		"visibility,owner",
		"--jq",
		".visibility + \" \" + .owner.login"
	], root)).trim().split(" ");
	if (visibility === "PUBLIC") return "public";
	const name = (await gh([
		"api",
		`users/${owner}`,
		"--jq",
		".type"
	], root).then((type) => gh([
		"api",
		type.trim() === "Organization" ? `orgs/${owner}` : "user",
		"--jq",
		".plan.name"
	], root))).trim().toLowerCase();
	if (name === "" || name === "null") return void 0;
	return name === "free" ? "free" : name === "enterprise" || name === "business_plus" ? "enterprise" : "paid";
}

// src/cli/init/questions.ts
async function askUntilRead({ screen, log }, question, read) {
	for (;;) {
		const answer = await ask(screen, question);
		try {
			return await read(answer);
		} catch (error) {
			if (!(error instanceof ToolkitError)) throw error;
			log(error.describe());
		}
	}
}
async function isConfirmed(screen, question) {
	for (;;) {
		const answer = (await ask(screen, `${question} (yes/no) `))?.toLowerCase() ?? "";
		if (["y", "yes"].includes(answer)) return true;
		if (["n", "no"].includes(answer)) return false;
	}
}
async function ask(screen, question) {
	if (!screen.isLive) return void 0;
	const reader = createInterface({
		input: process.stdin,
		output: process.stderr
	});
	try {
		return (await reader.question(question)).trim();
	} catch (cause) {
		throw new ToolkitError({
			reason: "cancelled",
			what: "The question was not answered.",
			remedy: "Run the command again: it does only what is missing.",
			cause
		});
	} finally {
		reader.close();
	}
}

// src/cli/init/host-key-agreement.ts
function readFingerprints(given) {
	const fingerprints = given?.split(/[\s,]+/).filter(Boolean);
	if (fingerprints?.every((each) => /^SHA256:[A-Za-z\d+/]{43}$/.test(each)) ?? true) return fingerprints;
	throw invalid("`fingerprint` must be SHA256: with the 43 characters that follow it, or several of these separated by commas.", "Run on the server: `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`");
}
function agreement(known, screen) {
	return async (line, host) => {
		const fingerprint = fingerprintOf(Buffer.from(line.split(" ")[2] ?? "", "base64"));
		const head = `Host key of ${host}: ${fingerprint}\nOn the server, run: \`ssh-keygen -lf ${publicKeyFile(line)}\``;
		screen.err(`${logText(head)}\n`);
		if (known ? known.includes(fingerprint) : screen.isLive && await isConfirmed(screen, "Are they the same?")) return;
		throw new ToolkitError({
			reason: "host-key-unknown",
			what: known ? "Not pinned: --fingerprint does not have this fingerprint." : "Not pinned: you did not confirm the fingerprint.",
			remedy: `If the server itself shows the same, run init again and answer yes, or give it: --fingerprint ${fingerprint}`
		});
	};
}
function publicKeyFile(line) {
	const [, type = ""] = /^\S+ (?:ssh-)?(rsa|ecdsa|ed25519)/.exec(line) ?? [];
	return `/etc/ssh/ssh_host_${type}_key.pub`;
}

// src/cli/init/inner-repository.ts
async function requireNoInnerRepository({ root, files }, inventory) {
	const submodules = submodulesOf(files).map(({ path }) => path);
	const inner = foldersOf(inventory).find((folder) => existsSync(resolve(root, folder, ".git")) && !submodules.includes(folder));
	if (inner === void 0) return;
	const { stdout } = await git(root, [
		"ls-files",
		"--stage",
		"--",
		inner
	]);
	const move = `mv ${shellWords([`${inner}/.git`, `../${inner.split("/").at(-1)}.git`])}`;
	throw invalid(`${inner} is a git repository of its own, so GitHub would get none of its files.`, `Move its history out of the way: ${move}${stdout.startsWith("160000 ") ? ` && git rm --cached ${shellWords([inner])}` : ""}`, `${inner}/.git`);
}
function foldersOf(inventory) {
	const own = joinPath(folderOf(inventory)) ?? "";
	const names = own.split("/").filter(Boolean);
	const above = names.map((_, index) => names.slice(0, index + 1).join("/"));
	const vars = ["host_vars", "group_vars"].map((name) => own === "" ? name : `${own}/${name}`);
	return [...above, ...vars];
}

// src/cli/init/option-path.ts
function fileOption(path, root) {
	return path === void 0 ? void 0 : resolve(root, path.replace(/^~(?=\/)/, homedir()));
}
function requireKind(option, path, kind) {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats === void 0) requireKind(option, dirname(path), "folder");
	else if (kind === "file" ? !stats.isFile() : !stats.isDirectory()) throw invalid(`A part of the path of --${option} is not a ${kind}.`, `Set --${option} to another path.`, path);
}

// src/cli/init/playbook-folder.ts
async function playbookFolder(repository, given, present) {
	const { root } = repository;
	if (given !== void 0) {
		const folder = resolve(root, given);
		return isBelow(root, folder) ? relative(root, folder) : given;
	}
	const found = await playbooksIn(repository);
	const preferred = [present, "playbook"].find((path) => path !== void 0 && found.includes(path));
	if (preferred === void 0 && found.length > 1) throw invalid("The repository has more than one playbook.", `Name the one that is deployed: --playbook-path ${found[0]}`, found.join(", "));
	return preferred ?? found[0] ?? present ?? "playbook";
}
async function playbooksIn({ root, files }) {
	const submodules = submodulesOf(files).map(({ path }) => path);
	const below = files.list("").flatMap((name) => [name, ...files.list(name).map((child) => `${name}/${child}`)]);
	const candidates = [.../* @__PURE__ */ new Set([...submodules, ...below])].filter((path) => isPlaybookClone(resolve(root, path)) || submodules.includes(path) && path.endsWith("matrix-docker-ansible-deploy"));
	return (await Promise.all(candidates.map(async (path) => existsSync(resolve(root, path, ".git")) || await isContained(root, path) ? [path] : []))).flat();
}
async function isContained(root, path) {
	const folder = resolve(root, path);
	if (!isBelow(root, folder)) return false;
	const { stdout } = await git(root, [
		"ls-files",
		"--stage",
		"--",
		path
	]);
	if (stdout.startsWith("160000 ")) return true;
	if (!existsSync(resolve(folder, "setup.yml")) || existsSync(resolve(folder, ".git"))) return false;
	return (await git(root, [
		"check-ignore",
		"-q",
		`${path}/setup.yml`
	])).code !== 0;
}

// src/cli/init/present-workflows.ts
var import_dist = require_dist();
function presentWorkflows(files) {
	const present = workflows.map(({ path, needsKey }) => {
		const written = textIn(files, path);
		return {
			written,
			needsKey,
			value: parsed(written)
		};
	});
	return {
		branch: present.flatMap(({ value }) => branchesOf(value)).find(isPlainBranch),
		toolkit: present.flatMap(({ written, value }) => releasesOf(written, value)).find(isRelease),
		input: (name) => present.flatMap(({ value }) => ownSteps(value)).flatMap((step) => text(member(step, "with", name)) ?? []).find((value) => !value.includes("${{")),
		onlyReview: present.every(({ written, needsKey }) => needsKey === (written === ""))
	};
}
function isRelease(text) {
	return /^[\w.-]+\/[\w.-]+@[\w./-]+(?: +#.*)?$/.test(text);
}
function branchesOf(workflow) {
	const on = member(workflow, "on");
	return ["push", "pull_request"].flatMap((event) => {
		const [branch] = listAt(on, event, "branches");
		return typeof branch === "string" ? [branch] : [];
	});
}
function releasesOf(text, workflow) {
	const used = new Set(ownSteps(workflow).map((step) => member(step, "uses")));
	return text.split("\n").flatMap((line) => line.split("uses: ")[1]?.trim() ?? []).filter((release) => used.has(release.split(" ")[0]));
}
function ownSteps(workflow) {
	return Object.values(record(member(workflow, "jobs"))).flatMap((job) => listAt(job, "steps")).filter((step) => member(step, "with", "task") !== void 0);
}
function listAt(value, ...keys) {
	const list = member(value, ...keys);
	return Array.isArray(list) ? list : [];
}
function parsed(text) {
	try {
		return (0, import_dist.parseDocument)(text, { logLevel: "silent" }).toJS();
	} catch {
		return;
	}
}

// src/cli/init/ssh-key.ts
async function newKey(path, root) {
	const file = fileOption(path, root);
	if (file === void 0) return void 0;
	requireOutside(root, file);
	requireKind("create-ssh-key", file, "file");
	if (existsSync(file)) await requireJobKey("create-ssh-key", file);
	return file;
}
async function requireJobKey(option, file) {
	await requireUsableKey(readOption(option, file), process.env, file);
}
function requireOutside(root, file) {
	if (!isBelow(root, file)) return;
	throw invalid("The SSH key would be in the repository, where it can be committed.", "Set --create-ssh-key to a path outside of the repository, such as ~/.ssh/matrix-auth.", file);
}

// src/cli/init/setting.ts
const planQuestion = "paid is Pro or Team; public is for a public repository, on any plan.\nGitHub plan of the account (public, free, paid, enterprise): ";
async function settingOf(invocation) {
	const { root, source, terminal } = invocation;
	const repository = new Repository(root);
	await requireRepository(root);
	const inventory = source("inventory") ?? "";
	if (isPlaybookClone(root)) throw inventoryInClone(root, inventory.split("/")[0]);
	await requireNoInnerRepository(repository, inventory);
	requireReadable({
		inventory,
		files: repository.files
	});
	const hosts = chosenHosts(inventoryOf(repository.files, inventory), void 0);
	const answered = (question, read) => invocation.isSet("check") ? read(void 0) : askUntilRead(terminal, question, read);
	const given = givenOptions(invocation);
	const { option, fingerprints, reviewer, playbookCommit, vaultPasswordFile } = given;
	const present = presentWorkflows(repository.files);
	const knownHosts = knownHostsOf(given, present, inventory);
	requireKind("known-hosts", resolve(root, knownHosts), "file");
	const playbook = await playbookOf(repository, given, present);
	const branch = plainBranch(option("branch") ?? await defaultBranch(root, present.branch));
	const toolkit = toolkitOf(option("toolkit") ?? present.toolkit ?? toolkitRelease);
	const sshKey = await keyOf(given, root, answered);
	return {
		repository,
		inventory,
		knownHosts,
		connections: hosts.map(connectionOf).filter(({ local }) => !local),
		hasSeveralHosts: hosts.length > 1,
		hasVault: hosts.some(isWithVault),
		branch,
		hasRemote: (await git(root, ["remote"])).stdout !== "",
		toolkit,
		...playbook,
		playbookRepository: option("playbook-repository") ?? present.input("playbook-repository") ?? "https://github.com/spantaleev/matrix-docker-ansible-deploy",
		...playbookCommit !== void 0 && { playbookCommit },
		...sshKey !== void 0 && { sshKey },
		...vaultPasswordFile !== void 0 && { vaultPasswordFile },
		github: await githubOf(given, present, root, answered),
		...reviewer !== void 0 && { reviewer },
		...fingerprints !== void 0 && { fingerprints },
		requireAgreement: agreement(fingerprints, terminal.screen)
	};
}
function givenOptions(invocation) {
	const { root, source } = invocation;
	const option = (name) => source(name) || void 0;
	const playbookCommit = option("playbook-commit");
	if (playbookCommit !== void 0 && !/^[0-9a-f]{40}$/.test(playbookCommit)) throw invalid(`\`playbook-commit\` must be a full commit id of 40 digits${shown$1(playbookCommit)}.`, "Run git rev-parse HEAD in your clone of the playbook.");
	const vaultPasswordFile = fileOption(option("vault-password-file"), root);
	if (vaultPasswordFile !== void 0) readOption("vault-password-file", vaultPasswordFile);
	return {
		option,
		fingerprints: readFingerprints(option("fingerprint")),
		plan: parsePlan(option("account-plan")),
		reviewer: readReviewer(option("reviewer")),
		playbookCommit,
		vaultPasswordFile,
		usesGh: invocation.isSet("gh")
	};
}
function knownHostsOf({ option }, present, inventory) {
	const isSameInventory = (present.input("inventory") ?? "inventory/hosts") === inventory;
	const folder = folderOf(inventory);
	return option("known-hosts") ?? (isSameInventory ? present.input("known-hosts") : void 0) ?? `${folder === "" ? "" : `${folder}/`}known_hosts`;
}
async function playbookOf(repository, { option, playbookCommit }, present) {
	const { root } = repository;
	const playbookPath = await playbookFolder(repository, option("playbook-path"), present.input("playbook-path"));
	requireKind("playbook-path", resolve(root, playbookPath), "folder");
	const containsPlaybook = await isContained(root, playbookPath);
	if (containsPlaybook && playbookCommit !== void 0) throw invalid("The repository contains the playbook, so its own commits pin it.", "Leave out --playbook-commit, and check that commit out in this folder.", playbookPath);
	return {
		playbookPath,
		containsPlaybook
	};
}
async function keyOf({ option }, root, answered) {
	const own = fileOption(option("ssh-key-file"), root);
	const toCreate = option("create-ssh-key");
	if (own !== void 0 && toCreate !== void 0) throw invalid("`--create-ssh-key` and `--ssh-key-file` name two keys for the jobs.", "Give one of them: --create-ssh-key for a new key, or --ssh-key-file for one that exists.");
	if (own !== void 0) {
		await requireJobKey("ssh-key-file", own);
		return {
			file: own,
			isOurs: false
		};
	}
	const created = toCreate === void 0 ? await answered("Create an SSH key for the jobs? Its path, or empty for no: ", (path) => newKey(path || void 0, root)) : await newKey(toCreate, root);
	return created === void 0 ? void 0 : {
		file: created,
		isOurs: true
	};
}
async function githubOf({ plan, reviewer, usesGh }, { onlyReview }, root, answered) {
	const github = await gitHubPlan({
		given: plan ?? (usesGh || onlyReview ? void 0 : await answered(planQuestion, parsePlan)),
		isSetUpForFree: onlyReview,
		usesGh,
		hasReviewer: reviewer !== void 0,
		root
	});
	if (usesGh && reviewer !== void 0 && github.plan === void 0) throw invalid("GitHub does not say the plan of the account, on which required reviewers depend.", "Give it: --account-plan paid, enterprise or public. Or leave out --reviewer.", reviewer);
	return github;
}
function isWithVault({ layers }) {
	return layers.some(({ vaults, variables }) => vaults.length > 0 || [...variables.values()].some(({ value }) => hasPart(value, ({ kind }) => kind === "vault")));
}
async function requireRepository(root) {
	const { stdout } = await git(root, [
		"rev-parse",
		"--is-inside-work-tree",
		"--show-cdup"
	]);
	if (stdout === "true\n\n") return;
	const [, wayUp = ""] = /^true\n(.+)\/\n$/.exec(stdout) ?? [];
	throw invalid("This folder is not the root of a git repository.", wayUp === "" ? "Run the command in the root of your inventory repository, or make one: git init" : `Run the command in the root of the repository: cd ${wayUp}`, root);
}
function toolkitOf(given) {
	if (isRelease(given)) return given;
	throw invalid("`toolkit` is not a release of the actions.", `Write it like the default: --toolkit ${toolkitRelease}`);
}
function readReviewer(given) {
	if (given === void 0 || /^[A-Za-z\d][\w-]{0,38}$/.test(given)) return given;
	throw invalid(`\`reviewer\` must be the login of one GitHub account${shown$1(given)}.`, "Write it without @, such as --reviewer alice. Add a team or another reviewer to the environments on GitHub: init keeps them.");
}

// src/cli/init/unpublished-pin.ts
async function unpublishedPin(root, playbookPath) {
	const commit = await pinnedCommit(new Repository(root), playbookPath);
	if (commit === void 0) return void 0;
	for (const clone of [playbookPath, usualClone]) {
		const folder = resolve(root, clone);
		if (existsSync(resolve(folder, ".git")) && await isOnlyLocal(folder, commit)) return `Warning: the jobs may not find the commit ${commit} of the playbook: no remote branch and no tag in ${clone} contains it. Write a commit to ${lockFile} that is published.`;
	}
}
async function isOnlyLocal(clone, commit) {
	const [local, published] = await Promise.all([git(clone, [
		"for-each-ref",
		"--contains",
		commit,
		"refs/heads"
	]), git(clone, [
		"for-each-ref",
		"--contains",
		commit,
		"refs/remotes",
		"refs/tags"
	])]);
	return local.stdout !== "" && published.code === 0 && published.stdout === "";
}

// src/cli/init/init.ts
async function initialise(invocation) {
	const setting = await settingOf(invocation);
	const { terminal } = invocation;
	const { screen } = terminal;
	const isCheck = invocation.isSet("check");
	const wanted = itemsOf(setting, invocation.offer("init"));
	const items = [];
	const made = [];
	for (const item of wanted) {
		const { name, purpose, how, file } = item;
		const state = isCheck ? { state: await item.state() } : await makeItem(item, invocation);
		items.push({
			name,
			purpose,
			how,
			...state
		});
		if (file !== void 0 && !isMissing(state)) made.push(file);
	}
	const warning = await unpublishedPin(setting.repository.root, setting.playbookPath);
	if (warning !== void 0) terminal.say(warning);
	const { commands, failure } = await setUpGitHub(setting, invocation, isCheck);
	const { inventory, hasRemote, playbookPath, containsPlaybook } = setting;
	const own = [folderOf(inventory) || inventory, ...containsPlaybook ? [playbookPath] : []];
	const files = [...new Set(hasRemote ? made : [...made, ...own])];
	const next = async () => items.some((item) => item.failure !== void 0) ? [againStep(setting, invocation.offerWith)] : nextSteps(setting, await uncommitted(setting, files), invocation.offerWith, invocation.isSet("gh"));
	const result = {
		schema: "init/1",
		items,
		commands,
		remarks: setting.github.remarks,
		next: isCheck ? [] : await next()
	};
	terminal.result(result, () => isCheck ? checkText(terminal.worded(result), screen, invocation.offer("init", " --check --gh")) : resultText(terminal.worded(result), screen));
	if (failure) throw failure;
	const missing = [...items, ...commands].filter(isMissing).length;
	if (missing === 0) return;
	const differing = wanted.filter((_, index) => items[index]?.state === "differs");
	const isByHand = differing.some(({ ignoresForce }) => ignoresForce);
	throw new ToolkitError({
		reason: "findings",
		what: `${plural(missing, "part")} of the setup ${missing === 1 ? "is" : "are"} missing or different.`,
		remedy: isCheck && !isByHand ? `Run \`matrix-auth-actions init${differing.length > 0 ? " --force" : ""}\`.` : "Do what is said of each part above."
	});
}
function isMissing({ state }) {
	return state === "missing" || state === "differs";
}
async function makeItem(item, invocation) {
	const state = await item.state();
	const isOverwritten = invocation.isSet("force") && !item.ignoresForce;
	if (!(state === "missing" || state === "differs" && isOverwritten)) return { state };
	try {
		await item.make();
	} catch (error) {
		if (!(error instanceof ToolkitError) || ["input-invalid", "cancelled"].includes(error.reason)) throw error;
		return {
			state,
			failure: error.describe()
		};
	}
	if (await item.state() !== "there") return { state };
	return { state: item.isSurplus ? "removed" : "written" };
}
async function uncommitted({ repository: { root } }, files) {
	return (await Promise.all(files.map(async (file) => {
		const { stdout } = await git(root, [
			"status",
			"--porcelain",
			"--",
			file
		]);
		return stdout === "" ? [] : [file];
	}))).flat();
}
async function setUpGitHub(setting, invocation, isCheck) {
	const { root } = invocation;
	const { reviewer } = setting;
	const usesGh = invocation.isSet("gh");
	const id = reviewer === void 0 ? "" : usesGh ? await accountId(reviewer, root) : `$(gh api users/${reviewer} --jq .id)`;
	if (!usesGh) return { commands: ghCommands(setting, id).map((command) => shown(command, "unknown")) };
	const commands = ghCommands(setting, id, await listed(root));
	let failure;
	const states = commands.map((command) => {
		if (command.isDone && !invocation.isSet("force")) return "done";
		if (isCheck || failure || !hasInput(command)) return "missing";
		failure = failureOf(() => runGh(command, root));
		return failure ? "missing" : "done";
	});
	return {
		commands: commands.map((command, index) => shown(command, states[index] ?? "missing")),
		...failure && { failure }
	};
}
function failureOf(call) {
	try {
		call();
		return;
	} catch (error) {
		if (!(error instanceof ToolkitError)) throw error;
		return error;
	}
}
function hasInput({ inputFile }) {
	return inputFile === void 0 || existsSync(inputFile);
}
function shown(command, state) {
	const { why, placeholder } = command;
	const isExplained = state !== "done" && placeholder !== void 0;
	return {
		line: ghLine(command),
		why: isExplained ? `${why} ${placeholder}` : why,
		state
	};
}
function resultText({ items, commands, remarks, next }, screen) {
	const { width } = screen;
	const failed = items.filter(isMissing);
	const done = items.filter((item) => !isMissing(item));
	return [
		...titled(screen, "Fix this first", failed.flatMap(itemText(screen))),
		...titled(screen, "The repository", done.flatMap(itemText(screen))),
		...titled(screen, "The GitHub plan of the account", remarks.map((text) => wrapped(text, width, "  "))),
		...titled(screen, gitHubTitle(commands), commands.flatMap(commandText(screen))),
		...titled(screen, failed.length > 0 ? "Next, when that is fixed" : "Next", next.map((text, index) => `${index + 1}. ${text}`))
	].join("\n\n");
}
function gitHubTitle(commands) {
	if (commands.some(({ state }) => state === "unknown")) return "GitHub: init --gh runs these commands. To run them yourself, when the repository is there";
	return commands.some(isMissing) ? "GitHub: not all of it is set up. Run these commands, or init --gh again" : "GitHub";
}
function checkText({ items, commands }, screen, checkGitHub) {
	const isAsked = commands.every(({ state }) => state !== "unknown");
	const asking = `GitHub was not asked: ${checkGitHub}`;
	const [missing, missingOnGitHub] = [items.filter(isMissing), commands.filter(isMissing)];
	if (missing.length + missingOnGitHub.length === 0) return isAsked ? "Nothing is missing." : `Nothing is missing in the repository. ${asking}`;
	return [
		...titled(screen, "Missing in the repository", missing.flatMap(itemText(screen))),
		...titled(screen, "Missing on GitHub", missingOnGitHub.flatMap(commandText(screen))),
		...isAsked ? [] : [asking]
	].join("\n\n");
}
function titled({ paint }, title, lines) {
	return lines.length === 0 ? [] : [[paint("bold", title), ...lines].join("\n")];
}
function itemText({ paint, width }) {
	return (item) => {
		const { name, state, purpose, how, failure } = item;
		return [
			`${isMissing(item) ? paint("red", "✘") : paint("green", "✔")} ${name}: ${state}`,
			wrapped(purpose, width, "    "),
			...failure === void 0 ? [] : [wrapped(failure, width, "    ")],
			...isMissing(item) && failure === void 0 ? [`    ${how}`] : []
		];
	};
}
function commandText({ paint, width }) {
	return ({ line, why, state }) => state === "done" ? [`${paint("green", "✔")} ${why}`] : [wrapped(why, width, "# "), line];
}

export { initialise };