import { n as perform, r as runAction, t as defineAction } from "./shared/run-action.js";
import { r as ToolkitError } from "./shared/exec.js";
import { t as jsonText } from "./shared/escape.js";
import { t as writeReport } from "./shared/report-file.js";
import { f as text, s as oneOf } from "./shared/git.js";
import { i as inGroup, l as setOutput } from "./shared/runner.js";

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
	task: oneOf([
		"auto",
		...tasks,
		"tell"
	], "auto"),
	"report-path": text("report")
};
const root = defineAction({
	inputs: inputTable,
	run
});
async function run({ task, reportPath }, runtime, given) {
	const chosen = task === "auto" ? taskOfEvent(runtime) : task === "tell" ? "publish" : task;
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
	const source = withDefaults(given, {
		"json-path": `${reportPath}/validate.json`,
		"sarif-path": `${reportPath}/validate.sarif`,
		...await reviewedChange(given, runtime)
	});
	const { hosts } = await perform(validateConfig, source, runtime);
	const rehearsed = hosts.filter(({ before, stage, outlook }) => before === void 0 ? stage === "live" : outlook.expected === "migrate");
	setOutput("matrix", JSON.stringify(rehearsed.map(({ host }) => host)));
}
async function plan(given, runtime, reportPath) {
	const { validateConfig } = await import("./shared/action12.js");
	const source = withDefaults(given, { "json-path": `${reportPath}/validate.json` });
	await perform(validateConfig, withInputs(source, { "fail-on": "never" }), runtime);
	const work = await workOf(given, runtime, reportPath);
	setOutput("matrix", JSON.stringify(work.map(({ host }) => host)));
}
async function apply(given, runtime, reportPath) {
	const work = await workOf(given, runtime, reportPath);
	if (work.length === 0) runtime.log("Nothing to do.");
	const outcomes = [];
	try {
		for (const { host, operation, withChange } of work) await inGroup(`${host}: ${operation}`, async () => {
			const forHost = withInputs(given, {
				limit: host,
				operation
			});
			const sentence = await applyTo({
				host,
				operation,
				withChange
			}, forHost, runtime, reportPath).catch((error) => {
				outcomes.push(failed(host, operation, error));
				throw error;
			});
			outcomes.push({
				host,
				operation,
				ok: true,
				sentence
			});
		});
	} finally {
		writeOutcomes(runtime, `${reportPath}/outcome-${asFileName(given("limit") || "all")}.json`, outcomes);
	}
}
async function applyTo({ operation, withChange }, source, runtime, reportPath) {
	if (operation === "deploy") return (await performOn("deploy", source, runtime, reportPath)).sentence ?? "";
	const migrated = await performOn("migrate", source, runtime, reportPath);
	if (migrated.plan !== "deploy" && !(operation === "rollback" && withChange)) return migrated.sentence ?? "";
	const deployed = await performOn("deploy", source, runtime, reportPath);
	return [migrated.sentence, deployed.sentence].filter(Boolean).join(" ");
}
async function workOf(source, runtime, reportPath) {
	const { workFor } = await import("./shared/work.js");
	try {
		return await workFor(source, runtime);
	} catch (error) {
		writeOutcomes(runtime, `${reportPath}/outcome-plan.json`, [failed("", "plan", error)]);
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
function writeOutcomes({ repository: { root } }, path, outcomes) {
	if (outcomes.length > 0) writeReport(root, path, jsonText({
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