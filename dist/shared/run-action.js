import { t as ToolkitError } from "./errors.js";
import { a as printLog, i as printAnnotation, o as setOutput, s as thisRunner } from "./runner.js";
import { SourceMap } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// src/support/source-stack.ts
const frame = /(file:\/\/[^\s)]+|\/[^\s):]+):(\d+):(\d+)/g;
function sourceStack(stack) {
	return stack.replace(frame, (whole, file, line, column) => {
		const map = `${file.startsWith("file:") ? fileURLToPath(file) : file}.map`;
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

export { sourceStack as n, runAction as t };
//# sourceMappingURL=run-action.js.map