import { t as ToolkitError } from "./errors.js";
import { n as commandProperty, r as logText, t as commandData } from "./escape.js";
import { SourceMap } from "node:module";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";

// src/support/runner.ts
const thisRunner = {
	environment: process.env,
	write: (text) => {
		process.stdout.write(text);
	}
};
function annotation(kind, properties, message) {
	const pairs = Object.entries(properties).filter(([, value]) => value !== void 0 && value !== "").map(([name, value]) => `${name}=${commandProperty(String(value))}`);
	return `::${kind}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${commandData(message)}`;
}
function printLog(runner, text) {
	runner.write(`${logText(text)}\n`);
}
function printAnnotation(runner, kind, properties, message) {
	runner.write(`${annotation(kind, properties, message)}\n`);
}
function maskSecret(runner, secret) {
	for (const line of secret.split(/\r\n|\n|\r/)) if (line.trim() !== "") runner.write(`::add-mask::${line.replaceAll("%", "%25")}\n`);
}
function setOutput(runner, name, value) {
	const file = runner.environment.GITHUB_OUTPUT;
	if (!file) {
		printLog(runner, `${name}: ${value}`);
		return;
	}
	const end = `end_${randomUUID()}`;
	appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
}
function appendSummary(runner, markdown) {
	const file = runner.environment.GITHUB_STEP_SUMMARY;
	if (file) appendFileSync(file, `${markdown}\n`);
}

// src/support/source-stack.ts
const frame = /(file:\/\/[^\s)]+):(\d+):(\d+)/g;
function sourceStack(stack) {
	return stack.replace(frame, (whole, url, line, column) => {
		const map = `${fileURLToPath(url)}.map`;
		if (!existsSync(map)) return whole;
		const entry = new SourceMap(JSON.parse(readFileSync(map, "utf8"))).findEntry(Number(line) - 1, Number(column) - 1);
		if (!("originalSource" in entry)) return whole;
		return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
	});
}

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
	const stack = error instanceof Error ? sourceStack(error.stack ?? error.message) : String(error);
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