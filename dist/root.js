import { a as runAction, i as perform, q as writeReport, r as defineAction } from "./shared/run-action.js";
import { g as startOperation } from "./shared/stage.js";
import { n as inventoryOf } from "./shared/inventory-of.js";
import { t as chosenHosts } from "./shared/playbook-hosts.js";
import { i as ToolkitError } from "./shared/exec.js";
import { r as jsonText } from "./shared/escape.js";
import { r as isTextEdit } from "./shared/event.js";
import { S as readInputs, T as text, b as optional, x as paths, y as oneOf } from "./shared/git.js";
import { n as reportInputs, t as reportFolder } from "./shared/report-folder.js";

// src/actions/root/action.ts
const tasks = [
	"validate-config",
	"plan",
	"apply",
	"syn2mas-dry-run",
	"deploy",
	"migrate",
	"doctor",
	"publish"
];
const inputTable = {
	task: oneOf(["auto", ...tasks], "auto"),
	...reportInputs
};
const root = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, runtime, given) {
	const { task } = inputs;
	const reportPath = reportFolder(inputs, runtime);
	const chosen = task === "auto" ? taskOfEvent(runtime) : task;
	runtime.log(`Task: ${chosen}`);
	switch (chosen) {
		case "validate-config": return validate(given, runtime, reportPath);
		case "plan": return plan(given, runtime, reportPath);
		case "apply": return apply(given, runtime, reportPath);
		case "publish": return perform((await import("./shared/action8.js")).publish, given, runtime);
		default: await performOn(chosen, given, runtime, reportPath);
	}
}
async function performOn(task, given, runtime, reportPath) {
	const host = given("limit") ?? "";
	const source = withDefaults(given, { "json-path": `${reportPath}/${`${task === "syn2mas-dry-run" ? "rehearsal" : task}${host === "" ? "" : `-${asFileName(host)}`}`}.json` });
	switch (task) {
		case "syn2mas-dry-run":
			await perform((await import("./shared/action10.js")).syn2masDryRun, source, runtime);
			return {};
		case "doctor":
			await perform((await import("./shared/action4.js")).doctor, source, runtime);
			return {};
		case "deploy": return perform((await import("./shared/action2.js")).deploy, source, runtime);
		case "migrate": return perform((await import("./shared/action6.js")).migrate, source, runtime);
	}
}
async function validate(given, runtime, reportPath) {
	const { validateConfig } = await import("./shared/action12.js");
	const { reviewedChange } = await import("./shared/reviewed-change.js");
	const source = withDefaults((given("head-commit") ?? "") !== "" ? withInputs(given, { limit: "" }) : given, {
		"json-path": `${reportPath}/validate.json`,
		"sarif-path": `${reportPath}/validate.sarif`,
		...await reviewedChange(given, runtime)
	});
	const { hosts, hasBase } = await perform(validateConfig, source, runtime);
	const rehearsed = hosts.filter(({ stage, outlook }) => hasBase ? outlook.expected === "migrate" : stage === "live");
	const chosen = isTextEdit(runtime.environment) ? /* @__PURE__ */ new Set() : namesWithin(given, runtime);
	setMatrix(runtime, rehearsed.map(({ host }) => host).filter((host) => chosen.has(host)));
}
const limitInputs = {
	inventory: paths("inventory/hosts"),
	limit: optional(text())
};
function namesWithin(given, { repository }) {
	const { inventory, limit } = readInputs(limitInputs, given);
	const hosts = chosenHosts(inventoryOf(repository.files, inventory), limit);
	return new Set(hosts.map(({ name }) => name));
}
const mostJobs = 256;
function setMatrix({ port }, hosts) {
	if (hosts.length > mostJobs) throw new ToolkitError({
		reason: "input-invalid",
		what: `${hosts.length} hosts need a job each, but GitHub allows ${mostJobs} jobs in a matrix. Nothing was done.`,
		remedy: "Change fewer hosts at a time, or use one job with `task: apply`, which works on one host after the other."
	});
	port.setOutput("matrix", JSON.stringify(hosts));
}
async function plan(given, runtime, reportPath) {
	const { validateConfig } = await import("./shared/action12.js");
	const source = withDefaults(given, { "json-path": `${reportPath}/validate.json` });
	await withRefusal(given, runtime, reportPath, async () => {
		const verdict = await perform(validateConfig, withInputs(source, { "fail-on": "never" }), runtime);
		const { workFor, operationsOf } = await import("./shared/work.js");
		const { work, left } = await workFor(given, runtime, verdict);
		writeOutcomes(given, runtime, reportPath, left.map(notDone));
		setMatrix(runtime, work.map(({ host }) => host));
		runtime.port.setOutput("planned", JSON.stringify(operationsOf(work)));
	});
}
async function apply(given, runtime, reportPath) {
	const { workFor } = await import("./shared/work.js");
	const { work, left } = await withRefusal(given, runtime, reportPath, () => workFor(given, runtime));
	if (work.length === 0) runtime.log("Nothing to do.");
	const outcomes = left.map(notDone);
	try {
		for (const each of work) {
			const { host, operation, expected = "" } = each;
			writeOutcomes(given, runtime, reportPath, [...outcomes, notSeen(host, operation)]);
			await runtime.port.inGroup(`${host}: ${operation}`, async () => {
				const forHost = withInputs(given, {
					limit: host,
					operation,
					"expected-plan": expected
				});
				const done = await applyTo(each, forHost, runtime, reportPath).catch((error) => {
					outcomes.push(failed(host, operation, error));
					throw error;
				});
				outcomes.push({
					host,
					operation,
					ok: true,
					...done
				});
			});
		}
	} finally {
		writeOutcomes(given, runtime, reportPath, outcomes);
	}
}
async function applyTo({ operation, expected, blocked }, source, runtime, reportPath) {
	if (operation === "deploy") return { sentence: (await performOn("deploy", source, runtime, reportPath)).sentence ?? "" };
	const migrated = await performOn("migrate", source, runtime, reportPath);
	const done = {
		sentence: migrated.sentence ?? "",
		...migrated.outcome === "migrated" && { migrated: true }
	};
	const isRollback = expected === "roll-back" || expected === "no-roll-back";
	if (migrated.plan !== "deploy" && !isRollback) return done;
	if (blocked) {
		const sentence = `The vars of this change are not deployed: ${blocked.message}`;
		runtime.log(`Warning: ${sentence}`);
		return { sentence: [migrated.sentence, sentence].filter(Boolean).join(" ") };
	}
	const deployed = await performOn("deploy", source, runtime, reportPath);
	return { sentence: [migrated.sentence, deployed.sentence].filter(Boolean).join(" ") };
}
async function withRefusal(given, runtime, reportPath, plan) {
	try {
		return await plan();
	} catch (error) {
		writeOutcomes(given, runtime, reportPath, [failed(given("limit") ?? "", "plan", error)]);
		throw error;
	}
}
function taskOfEvent({ environment }) {
	const event = environment.GITHUB_EVENT_NAME ?? "";
	switch (event) {
		case "pull_request":
		case "merge_group": return "validate-config";
		case "push":
		case "workflow_dispatch": return "apply";
		case "schedule": return "doctor";
		default: throw new ToolkitError({
			reason: "input-invalid",
			what: `\`task: auto\` does not support this event (\`${event}\`).`,
			remedy: `Set the input \`task\` to one of ${tasks.join(", ")}.`
		});
	}
}
function notDone({ host, sentence }) {
	return {
		host,
		operation: "plan",
		ok: false,
		sentence
	};
}
function notSeen(host, operation) {
	return {
		host,
		operation,
		ok: false,
		sentence: `The job was ended while it worked on the host, so the outcome is unknown. ${operation === "deploy" ? `To deploy again, ${startOperation("deploy")}.` : `The server ends a migration or a rollback by itself. To see what the server did, ${startOperation("status")}.`}`
	};
}
function failed(host, operation, error) {
	const sentence = error instanceof ToolkitError ? `${error.message} ${error.remedy}` : "A bug in matrix-auth-actions.";
	const needsRehearsal = error instanceof ToolkitError && (error.reason === "receipt-missing" || error.reason === "receipt-differs");
	return {
		host,
		operation,
		ok: false,
		sentence,
		...needsRehearsal && { needsRehearsal }
	};
}
function writeOutcomes(given, runtime, reportPath, outcomes) {
	const path = `${reportPath}/outcome-${asFileName(given("limit") || "all")}.json`;
	if (outcomes.length > 0) writeReport(runtime, path, jsonText({
		version: 1,
		outcomes
	}));
}
function asFileName(host) {
	return host.replace(/[^\w.-]/g, "_");
}
function withInputs(source, inputs) {
	return (name) => Object.hasOwn(inputs, name) ? inputs[name] : source(name);
}
function withDefaults(source, inputs) {
	return (name) => source(name) || inputs[name] || "";
}

// src/actions/root/main.ts
await runAction(root);

export {  };