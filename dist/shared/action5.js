import { S as restoresBuiltInLogin, _ as migrationSentence, r as defineAction, t as cancellable, v as nothingDone } from "./run-action.js";
import { n as writePage, t as writeJson } from "./report-files.js";
import { i as doubtAbout, n as operate, r as operations, t as expectedPlans } from "./operate.js";
import { D as wholeNumberOr, E as wholeNumber, T as text, _ as flag, b as optional, i as git, o as isElsewhere, p as folderOf, r as fetchHistory, x as paths, y as oneOf } from "./git.js";
import { a as resolveTargets, o as serverInputs, r as addressOf, t as withServer } from "./with-server.js";
import { i as readDeployment, o as varsDigest, r as isAsDeployed } from "./deployment-record.js";
import { S as downUnits, h as actualStage, w as isLocked } from "./names.js";
import { I as gitFiles, g as startOperation, n as deployedStage } from "./stage.js";
import { n as unfinished } from "./unfinished.js";
import { r as serverOptions, t as planFor } from "./plan.js";
import { c as storedReceipts, r as rehearsalDeps, t as decisions } from "./evaluated-findings.js";
import { n as preparedVariables, r as serverDeps, t as varsToRestore } from "./vars-to-restore.js";
import { i as ToolkitError } from "./exec.js";
import { i as pushTime } from "./event.js";
import { t as connectionOf } from "./connection.js";
import { n as stageBefore, t as desiredStage } from "./desired-stage.js";
import { n as inventoryOf, t as inventoryAmong } from "./inventory-of.js";
import { n as isNewRisk } from "./check-hosts.js";
import { g as validatedVersionVariable } from "./versions.js";
import { i as ownRemote, o as withEventBase, t as checkOutBase } from "./event-base.js";
import { n as validate } from "./run.js";
import { join, resolve } from "node:path";

// src/actions/migrate/inputs.ts
const inputTable = {
	...serverInputs,
	operation: oneOf(operations, "migrate"),
	"expected-plan": optional(oneOf(expectedPlans)),
	"present-inventory": optional(paths()),
	"require-receipt": flag(true),
	"receipt-max-age-hours": wholeNumber({
		min: 1,
		fallback: 168
	}),
	backup: oneOf([
		"auth",
		"full",
		"external"
	], "auth"),
	"backup-path": optional(text()),
	"backup-max-age-hours": wholeNumber({
		min: 1,
		fallback: 24
	}),
	"keep-backups": wholeNumber({
		min: 1,
		fallback: 3
	}),
	"max-downtime": optional(wholeNumber({
		min: 30,
		max: 3600
	})),
	"confirm-lost-sessions": wholeNumberOr("any"),
	"json-path": optional(text())
};

// src/migration/plan/next-step.ts
const ways = {
	off: "To see the steps to MAS, run `npx matrix-auth-actions plan`.",
	prepared: "The migrate pull request takes the server to MAS; `npx matrix-auth-actions plan --write migrate` writes its lines.",
	live: `To roll back, ${startOperation("rollback")}. If users would lose anything, it only shows what, and changes nothing.`,
	unknown: ""
};
function nextStep(desired, actual, options) {
	const plan = planFor({
		before: desired,
		after: desired,
		actual,
		options
	});
	if (plan.kind === "refuse") return `${plan.why} ${plan.remedy}`;
	if (plan.kind === "resume") return `The server ends its unfinished run by itself. If it does not, ${startOperation("resume")}.`;
	if (plan.kind === "repair") {
		const remedy = desired === "live" ? `To migrate, ${startOperation("migrate")}` : `To empty MAS's database, ${startOperation("rollback")}`;
		return `${plan.why} ${remedy}.`;
	}
	return actual === deployedStage[desired] ? `Nothing to do: the server is in the stage that the vars ask for. To check that it works, run the action doctor. ${ways[desired]}` : `To have the server follow the vars, run the action deploy. ${plan.why}`;
}
function firstStep(facts) {
	const { ours } = facts;
	if (isLocked(ours)) return "A run is working on the server: wait until it has ended.";
	const left = unfinished(ours);
	if (left) return `${left.what} ${left.remedy}`;
	const down = downUnits(facts);
	if (down.length === 0) return void 0;
	const names = down.map(({ name }) => name);
	const units = names.join(" ");
	return `Not running: ${names.join(", ")}. To start what was only stopped, run on the server: \`systemctl start ${units}\`. To see why they stopped: \`systemctl status ${units}\``;
}

// src/actions/last-prepared.ts
const mostCommits = 200;
async function lastPrepared(root, inventory, remote, hostIn, most = mostCommits) {
	const { code, stdout } = await git(root, ["rev-parse", "--show-prefix"]);
	if (code !== 0 || stdout.trim() !== "") return void 0;
	await fetchHistory(root, remote);
	const commits = await changesOf(root, inventory, most);
	for (const commit of commits) {
		const files = await filesAt(root, commit);
		const host = files && hostIn(files);
		if (host && desiredStage(host).stage === "prepared") return {
			commit,
			files,
			host
		};
	}
	if (commits.length < most) return void 0;
	throw new ToolkitError({
		reason: "refused-state",
		what: `None of the newest ${most} commits of the inventory has the host in stage prepared; older ones were not searched.`,
		remedy: "Nothing to do."
	});
}
async function changesOf(root, inventory, most) {
	const folders = inventory.map((path) => folderOf(path) || ".");
	const argv = [
		"rev-list",
		"--first-parent",
		`--max-count=${most}`,
		"HEAD",
		"--",
		...folders
	];
	const { stdout } = await git(root, argv);
	return stdout.split("\n").filter(Boolean);
}
async function filesAt(root, commit) {
	try {
		return await gitFiles(root, commit);
	} catch (error) {
		if (!(error instanceof ToolkitError)) throw error;
		return;
	}
}

// src/actions/migrate/present-vars.ts
async function withPresentInventory(given, runtime) {
	if (given.presentInventory !== void 0) return given;
	const inputs = await withEventBase(given, runtime);
	if (given.baseRef !== void 0 || inputs.baseRef === void 0) return inputs;
	const presentInventory = await inventoryAt(inputs.baseRef, inputs.inventory, runtime);
	return presentInventory.length === 0 ? inputs : {
		...inputs,
		presentInventory
	};
}
async function inventoryAt(commit, inventory, { repository: { root, files }, port }) {
	const folder = await checkOutBase(root, commit, port.keepForCleanup);
	return inventory.map((path) => join(folder, path)).filter((path) => files.entry(path).kind !== "absent");
}
function presentHost({ inputs, targets, target }, files) {
	if (inputs.presentInventory === void 0) return void 0;
	return inventoryOf(files, inputs.presentInventory, targets.options).host(target.host.name);
}
function presentStage(selection, files) {
	if (selection.inputs.presentInventory === void 0) return selection.target.before;
	return stageBefore(presentHost(selection, files));
}
function presentVars(selection, { root, files }, log) {
	const { inputs, targets, target } = selection;
	const { operation, presentInventory } = inputs;
	if (operation === "rollback" && target.desired.stage === "prepared") return {};
	const isWanted = operation !== "rollback" || presentStage(selection, files) === "prepared";
	if (presentInventory !== void 0 && isWanted) {
		const host = presentHost(selection, files);
		if (host) addressOf(connectionOf(host));
		return { inventory: presentInventory.map((path) => resolve(root, path)) };
	}
	const extraVars = preparedVariables(targets.checkout);
	if (operation === "rollback") log.info(`Adding these variables for Synapse's built-in login, because the vars do not set them: ${JSON.stringify(extraVars)}`);
	return { extraVars };
}
async function lastPreparedVars({ inputs, targets, target }, runtime) {
	if (target.desired.stage === "prepared") return void 0;
	const { root, files } = runtime.repository;
	const { inventory } = inputs;
	const found = await lastPrepared(root, inventory, remoteOf(inputs, runtime), (older) => inventoryAmong(older, inventory, targets.options)?.host(target.host.name));
	if (!found) return void 0;
	const { commit } = found;
	addressOf(connectionOf(found.host));
	await requireTrust(commit, found.files, inventory, {
		root,
		files
	});
	const paths = await inventoryAt(commit, inventory, runtime);
	const { validatedVersion } = targets.checkout.capabilities;
	return {
		commit,
		inventory: paths.map((path) => resolve(root, path)),
		...validatedVersion !== void 0 && { extraVars: { ["matrix_playbook_migration_validated_version"]: validatedVersion } }
	};
}
async function requireTrust(commit, older, inventory, { root, files }) {
	const refused = (what) => new ToolkitError({
		reason: "refused-state",
		what: `Commit ${commit} ${what}.`,
		remedy: "Nothing to do."
	});
	if (await isElsewhere(root, inventory, commit)) throw refused("has files of the inventory behind a link or in a submodule");
	const risks = validate({
		inventory,
		files: older,
		base: files
	}).findings.filter(isNewRisk);
	if (risks.length > 0) throw refused(`has what the vars of today do not have: ${[...new Set(risks.map(({ id }) => id))].join(", ")}`);
}
function remoteOf({ githubToken }, { environment }) {
	return environment.GITHUB_REPOSITORY === void 0 ? { url: "origin" } : ownRemote(environment, githubToken);
}

// src/actions/migrate/run.ts
async function migrateServer(given, runtime) {
	const backup = backupOf(given);
	const inputs = await withPresentInventory(given, runtime);
	const targets = await resolveTargets(inputs, runtime);
	const [target, ...others] = targets.targets;
	if (target === void 0 || others.length > 0) throw tooManyHosts(targets.targets.length);
	return withServer(targets, target, runtime, async (connected) => {
		const { operation } = inputs;
		if (operation === "status") return statusOf(connected.server, target.desired.stage);
		const selection = {
			inputs,
			targets,
			target
		};
		const before = presentStage(selection, runtime.repository.files);
		const mergedAt = pushTime(runtime.environment);
		const result = await operate(await depsOf(connected, selection, runtime), optionsOf(selection, backup, runtime), {
			operation,
			after: target.desired.stage,
			...before === void 0 ? {} : { before },
			...inputs.expectedPlan && { expected: inputs.expectedPlan },
			...mergedAt && { mergedAt }
		}, runtime.signal);
		const differs = result.report && restoresBuiltInLogin(result.report) && target.desired.stage === "live";
		return {
			...result,
			...differs && { varsToRestore: varsToRestore(targets.checkout, target.host, runtime.repository.files) }
		};
	});
}
async function depsOf({ server, playbook, print }, selection, runtime) {
	const { inputs, targets, target } = selection;
	const { repository, port, signal: abort } = runtime;
	const log = {
		info: print,
		warning: (text) => print(`Warning: ${text}`),
		...port.step && { step: port.step }
	};
	const vars = {
		present: () => presentVars(selection, repository, log),
		lastPrepared: () => lastPreparedVars(selection, runtime)
	};
	const deployed = await readDeployment(server);
	const digest = () => varsDigest(repository.files, inputs.presentInventory ?? [], targets.checkout, inputs.extraVars, target.host.name);
	const common = serverDeps(server, playbook, vars, log, deployed?.tasks);
	return {
		...common,
		isAsDeployed: (files) => isAsDeployed(server, deployed, digest(), files),
		...rehearsalDeps({
			...common,
			playbook,
			abort,
			...decisions(targets, target, playbook)
		}, {
			host: target.host,
			receiptMaxAgeHours: inputs.receiptMaxAgeHours
		})
	};
}
function optionsOf({ inputs, targets: { checkout } }, backup, { environment }) {
	const { requireReceipt, keepBackups, presentInventory, maxDowntime, confirmLostSessions } = inputs;
	return {
		dialect: checkout.dialect,
		owner: ownerOf(environment),
		requireReceipt,
		backup,
		keepBackups,
		proveNoDrift: presentInventory !== void 0,
		...maxDowntime === void 0 ? {} : { maxDowntime },
		confirmLostSessions
	};
}
async function statusOf(server, vars) {
	const text = await server.window.status();
	const [newest] = await storedReceipts(server.session);
	const { error, ...stage } = await stageOf(server, vars);
	return {
		plan: {
			kind: "nothing",
			why: "Only the status was requested."
		},
		status: {
			host: server.session.host,
			vars,
			text,
			...newest && { rehearsal: rehearsalOf(newest) },
			...stage
		},
		...error && { error }
	};
}
function rehearsalOf({ at, passes, expectedWindowSeconds }) {
	return {
		at,
		passes,
		expectedWindowSeconds
	};
}
async function stageOf(server, vars) {
	try {
		const facts = await server.probe();
		const { stage, why } = actualStage(facts);
		const doubt = doubtAbout(facts.ours.last, facts);
		return {
			stage,
			why: doubt === void 0 ? why : `${why} ${doubt}`,
			next: firstStep(facts) ?? nextStep(vars, stage, serverOptions(facts))
		};
	} catch (error) {
		if (!(error instanceof ToolkitError) || error.reason !== "server-state-unreadable") throw error;
		return {
			stage: "unknown",
			why: error.message,
			next: error.remedy,
			error
		};
	}
}
function ownerOf(environment) {
	const { GITHUB_REPOSITORY = "terminal", GITHUB_RUN_ID = "0", GITHUB_RUN_ATTEMPT = "1" } = environment;
	return `${GITHUB_REPOSITORY}-${GITHUB_RUN_ID}-${GITHUB_RUN_ATTEMPT}`.replace(/[^A-Za-z0-9._/-]/g, "_").slice(0, 100);
}
function backupOf({ operation, backup, backupPath, backupMaxAgeHours }) {
	if (operation === "resume" || operation === "status") return { kind: "auth" };
	if (backup !== "external" && backupPath === void 0) return { kind: backup };
	if (backup !== "external") throw new ToolkitError({
		reason: "input-invalid",
		what: `\`backup-path\` is set, but \`backup\` is \`${backup}\`, which does not use it.`,
		remedy: "Set `backup` to `external`, or remove `backup-path`."
	});
	if (backupPath !== void 0) return {
		kind: "external",
		path: backupPath,
		maxAgeHours: backupMaxAgeHours
	};
	throw new ToolkitError({
		reason: "input-invalid",
		what: "`backup` is `external`, but `backup-path` is not set.",
		remedy: "Set `backup-path` to the path of your own backup file on the server."
	});
}
function tooManyHosts(count) {
	return new ToolkitError({
		reason: "input-invalid",
		what: `\`limit\` matches ${count} hosts, and this works on one host at a time.`,
		remedy: "Set `limit` to one host. When that run has ended, start it for the next host."
	});
}

// src/actions/migrate/action.ts
const migrate = defineAction({
	inputs: inputTable,
	hasPage: true,
	check: (inputs) => void backupOf(inputs),
	run
});
async function run(inputs, runtime) {
	const { port } = runtime;
	const { plan, report, error, varsToRestore, status } = await migrateServer(inputs, cancellable(runtime));
	if (status !== void 0) await port.show({
		kind: "status",
		...status
	});
	port.setOutput("plan", plan.kind);
	port.setOutput("outcome", report?.outcome ?? "nothing");
	if (report) {
		const shown = {
			kind: "migration",
			report,
			toRestore: varsToRestore
		};
		await port.show(shown);
		writeJson(runtime, inputs.jsonPath, shown);
		writePage(runtime, inputs.jsonPath, shown);
		port.setOutput("window-seconds", String(report.windowSeconds ?? ""));
		port.setOutput("overhead-seconds", String(report.overheadSeconds ?? ""));
	}
	if (error !== void 0) throw error;
	if (report === void 0 && inputs.operation !== "status") await port.note(nothingDone(inputs.operation, plan.why));
	const sentences = [...report === void 0 || plan.kind === "nothing" ? [plan.why] : [], ...report === void 0 ? [] : [migrationSentence(report)]];
	return {
		plan: plan.kind,
		sentence: sentences.join(" "),
		...report && { outcome: report.outcome }
	};
}

export { migrate as t };