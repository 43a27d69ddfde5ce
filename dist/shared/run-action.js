import { i as ToolkitError } from "./exec.js";
import { b as readInputs } from "./git.js";
import { t as Repository } from "./repository.js";
import { c as printLog, l as setOutput, n as annotate, s as maskSecret, u as stepInput } from "./runner.js";

// src/actions/run-action.ts
function cancellable(runtime) {
	const controller = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort());
	return {
		...runtime,
		signal: controller.signal
	};
}
function defineAction(action) {
	return action;
}
async function perform(action, source, runtime) {
	for (const [name, { isSecret }] of Object.entries(action.inputs)) if (isSecret) maskSecret(source(name) ?? "");
	return action.run(readInputs(action.inputs, source), runtime, source);
}
const bugExitCode = 70;
async function runAction(action) {
	const environment = process.env;
	const runtime = {
		environment,
		repository: new Repository(environment.GITHUB_WORKSPACE ?? process.cwd()),
		log: printLog
	};
	try {
		await perform(action, stepInput, runtime);
		setOutput("failure-reason", "");
	} catch (error) {
		process.exitCode = report(error);
	}
}
function report(error) {
	if (error instanceof ToolkitError) {
		fail(error.reason, error.message, error.describe());
		return 1;
	}
	fail("internal", "matrix-auth-actions failed because of a bug", error instanceof Error ? error.stack ?? error.message : String(error));
	printLog("This is a bug in matrix-auth-actions, not in your repository. Please report it with the lines above.");
	return bugExitCode;
}
function fail(reason, title, message) {
	annotate({
		severity: "error",
		title,
		message
	});
	setOutput("failure-reason", reason);
}

export { runAction as i, defineAction as n, perform as r, cancellable as t };