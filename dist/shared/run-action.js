import { t as ToolkitError } from "./errors.js";
import { n as commandProperty, r as logText, t as commandData } from "./escape.js";
import { appendFileSync } from "node:fs";
import { randomUUID } from "node:crypto";

// src/support/runner.ts
const thisRunner = {
	environment: process.env,
	write: (text) => {
		process.stdout.write(text);
	}
};
/** The workflow command of an annotation, without a newline; every text may be untrusted. */
function annotation(kind, properties, message) {
	const pairs = Object.entries(properties).filter(([, value]) => value !== void 0 && value !== "").map(([name, value]) => `${name}=${commandProperty(String(value))}`);
	return `::${kind}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${commandData(message)}`;
}
/** Prints untrusted text as lines of the log. */
function printLog(runner, text) {
	runner.write(`${logText(text)}\n`);
}
function printAnnotation(runner, kind, properties, message) {
	runner.write(`${annotation(kind, properties, message)}\n`);
}
/** Has the runner mask a secret of ours in all that is logged afterwards. Never call it with text from a server. */
function maskSecret(runner, secret) {
	for (const line of secret.split(/\r\n|\n|\r/)) if (line.trim() !== "") runner.write(`::add-mask::${line.replaceAll("%", "%25")}\n`);
}
/** Sets an output of the step; outside of a runner it is printed. */
function setOutput(runner, name, value) {
	const file = runner.environment.GITHUB_OUTPUT;
	if (!file) {
		printLog(runner, `${name}: ${value}`);
		return;
	}
	const end = `end_${randomUUID()}`;
	appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
}
/** Appends Markdown to the job's summary, where there is a runner. */
function appendSummary(runner, markdown) {
	const file = runner.environment.GITHUB_STEP_SUMMARY;
	if (file) appendFileSync(file, `${markdown}\n`);
}

// src/actions/run-action.ts
/**
* Runs an action's one call and turns whatever it throws into an annotation, the output `failure-reason` and a failed
* step: a `ToolkitError` as it describes itself (exit code 1), anything else as the bug it is, with its stack (exit
* code 70).
*/
async function runAction(main, runner = thisRunner) {
	try {
		await main(runner);
		setOutput(runner, "failure-reason", "");
	} catch (error) {
		process.exitCode = report(error, runner);
	}
}
function report(error, runner) {
	if (error instanceof ToolkitError) {
		printAnnotation(runner, "error", { title: error.message }, error.describe());
		fail(runner, error.reason);
		return 1;
	}
	const stack = error instanceof Error ? error.stack ?? error.message : String(error);
	printAnnotation(runner, "error", { title: "matrix-auth-actions failed on a bug of its own" }, stack);
	printLog(runner, "This is a mistake in the toolkit, not in your repository: please report it with the lines above.");
	fail(runner, "internal");
	return 70;
}
function fail(runner, reason) {
	setOutput(runner, "failure-reason", reason);
}

export { printLog as a, maskSecret as i, annotation as n, setOutput as o, appendSummary as r, thisRunner as s, runAction as t };
//# sourceMappingURL=run-action.js.map