import { t as ToolkitError } from "./shared/errors.js";
import { n as member, t as eventOf } from "./shared/event.js";
import { a as printLog, s as thisRunner } from "./shared/runner.js";
import { i as oneOf, s as readInputs, t as actionInput } from "./shared/inputs.js";
import { t as runAction } from "./shared/run-action.js";

// src/actions/root/main.ts
const tasks = [
	"validate-config",
	"syn2mas-dry-run",
	"deploy",
	"migrate",
	"doctor",
	"tell"
];
async function run(task) {
	switch (task) {
		case "validate-config": {
			const { validateConfig } = await import("./shared/action2.js");
			await runAction(validateConfig);
			return;
		}
		case "syn2mas-dry-run":
			await import("./syn2mas-dry-run.js");
			return;
		case "deploy":
			await import("./deploy.js");
			return;
		case "migrate":
			await import("./migrate.js");
			return;
		case "doctor":
			await import("./doctor.js");
			return;
		case "tell":
			await import("./tell.js");
			return;
	}
}
async function tasksOfMerge() {
	const { validate } = await import("./shared/run2.js");
	const { validationInputs } = await import("./shared/inputs2.js");
	const { validationSources } = await import("./shared/sources2.js");
	const { demandClean, shared } = await import("./shared/outcome.js");
	const inputs = readInputs(validationInputs, actionInput(process.env));
	const verdict = validate(await validationSources(inputs, process.env.GITHUB_WORKSPACE ?? process.cwd()));
	const { hosts } = verdict;
	const plan = shared(hosts.map(({ outlook }) => outlook.expected));
	if (plan === "nothing") return [];
	if (plan === "migrate" || plan === "deploy") {
		demandClean(verdict, inputs.failOn);
		return [plan];
	}
	if (plan === "roll-back") {
		process.env.INPUT_OPERATION ||= "rollback";
		return ["migrate", "deploy"];
	}
	throw new ToolkitError({
		kind: "refused",
		reason: plan === "unknown" ? "stage-unknown" : "refused-state",
		what: `What this merge asks for cannot be done by itself: the plan is ${plan}.`,
		remedy: `Start it by hand, one host at a time, with \`task\` and \`limit\`. ${hosts[0]?.outlook.sentence ?? ""}`
	});
}
async function tasksOfEvent() {
	switch (process.env.GITHUB_EVENT_NAME ?? "") {
		case "pull_request": return ["validate-config"];
		case "push": return tasksOfMerge();
		case "workflow_dispatch": return ["migrate"];
		case "schedule": return ["doctor"];
		default: throw new ToolkitError({
			kind: "input",
			reason: "input-invalid",
			what: "The event that triggered the workflow says nothing of what to do.",
			remedy: `Give the input \`task\`: one of ${tasks.join(", ")}.`
		});
	}
}
function baseFromEvent() {
	if (process.env["INPUT_BASE-REF"] || process.env["INPUT_BASE-PATH"]) return;
	const event = eventOf(process.env);
	const base = member(event, "pull_request", "base", "sha") ?? member(event, "before");
	if (typeof base === "string" && /^[0-9a-f]{40,64}$/.test(base) && !/^0+$/.test(base)) process.env["INPUT_BASE-REF"] = base;
}
let chosen = [];
await runAction(async () => {
	const { task } = readInputs({ task: oneOf(["auto", ...tasks], "auto") }, actionInput(process.env));
	baseFromEvent();
	chosen = task === "auto" ? await tasksOfEvent() : [task];
	printLog(thisRunner, chosen.length === 0 ? "Nothing to do." : `Task: ${chosen.join(", then ")}`);
});
for (const task of chosen) if (!process.exitCode) await run(task);

export {  };