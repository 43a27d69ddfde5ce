import { n as perform, o as inGroup, r as runAction, t as defineAction } from "./shared/run-action.js";
import { t as ToolkitError } from "./shared/errors.js";
import { t as eventOf } from "./shared/event.js";
import { n as member } from "./shared/json.js";
import { o as readInputs, r as oneOf } from "./shared/inputs.js";

// src/actions/root/action.ts
const tasks = [
	"validate-config",
	"syn2mas-dry-run",
	"deploy",
	"migrate",
	"doctor",
	"publish"
];
const inputTable = { task: oneOf([
	"auto",
	...tasks,
	"tell"
], "auto") };
const root = defineAction({
	inputs: inputTable,
	run
});
async function run({ task }, runtime, given) {
	const source = withInputs(given, baseOfEvent(given, runtime));
	const chosen = await tasksFor(task, source, runtime);
	runtime.log(chosen.length === 0 ? "Nothing to do." : `Task: ${chosen.map((each) => each.task).join(", then ")}`);
	for (const { task, inputs } of chosen) {
		const work = () => performTask(task, withInputs(source, inputs), runtime);
		await (chosen.length > 1 ? inGroup(task, work) : work());
	}
}
async function tasksFor(task, source, runtime) {
	switch (task) {
		case "auto": return tasksOfEvent(source, runtime);
		case "tell": return [{ task: "publish" }];
		default: return [{ task }];
	}
}
async function performTask(task, source, runtime) {
	switch (task) {
		case "validate-config": return perform((await import("./shared/action12.js")).validateConfig, source, runtime);
		case "syn2mas-dry-run": return perform((await import("./shared/action10.js")).syn2masDryRun, source, runtime);
		case "deploy": return perform((await import("./shared/action2.js")).deploy, source, runtime);
		case "migrate": return perform((await import("./shared/action6.js")).migrate, source, runtime);
		case "doctor": return perform((await import("./shared/action4.js")).doctor, source, runtime);
		case "publish": return perform((await import("./shared/action8.js")).publish, source, runtime);
	}
}
async function tasksOfMerge(source, { repository }) {
	const { validate } = await import("./shared/run2.js");
	const { validationInputs } = await import("./shared/inputs2.js");
	const { validationSources } = await import("./shared/sources2.js");
	const { requireClean, commonValue } = await import("./shared/outcome.js");
	const inputs = readInputs(validationInputs, source);
	const verdict = validate(await validationSources(inputs, repository));
	const { hosts } = verdict;
	const plan = commonValue(hosts.map(({ outlook }) => outlook.expected));
	if (plan === "nothing") return [];
	if (plan === "migrate" || plan === "deploy") {
		requireClean(verdict, inputs.failOn);
		return [{ task: plan }];
	}
	if (plan === "roll-back") return [{
		task: "migrate",
		inputs: { operation: source("operation") || "rollback" }
	}, { task: "deploy" }];
	throw new ToolkitError({
		reason: plan === "unknown" ? "stage-unknown" : "refused-state",
		what: `This merge cannot be carried out automatically: its plan is ${plan}.`,
		remedy: `Run it by hand, one host at a time, with \`task\` and \`limit\`. ${hosts[0]?.outlook.sentence ?? ""}`
	});
}
async function tasksOfEvent(source, runtime) {
	const event = runtime.environment.GITHUB_EVENT_NAME ?? "";
	switch (event) {
		case "pull_request": return [{ task: "validate-config" }];
		case "push": return tasksOfMerge(source, runtime);
		case "workflow_dispatch": return [{ task: "migrate" }];
		case "schedule": return [{ task: "doctor" }];
		default: throw new ToolkitError({
			reason: "input-invalid",
			what: `\`task: auto\` does not support this event (\`${event}\`).`,
			remedy: `Set the input \`task\` to one of ${tasks.join(", ")}.`
		});
	}
}
function baseOfEvent(given, { environment }) {
	if (given("base-ref") || given("base-path")) return {};
	const event = eventOf(environment);
	const base = member(event, "pull_request", "base", "sha") ?? member(event, "before");
	return typeof base === "string" && /^[0-9a-f]{40,64}$/.test(base) && !/^0+$/.test(base) ? { "base-ref": base } : {};
}
function withInputs(source, inputs = {}) {
	return (name) => Object.hasOwn(inputs, name) ? inputs[name] : source(name);
}

// src/actions/root/main.ts
await runAction(root);

export {  };