import { t as ToolkitError } from "./errors.js";
import { a as printLog, i as printAnnotation, o as setOutput, s as thisRunner } from "./runner.js";

// src/actions/run-action.ts
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

export { runAction as t };