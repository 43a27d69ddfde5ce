import { i as ToolkitError } from "./exec.js";
import { l as codeOf } from "./git.js";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

// src/support/report-file.ts
function writeReport(root, path, text) {
	if (path === void 0) return;
	const file = resolve(root, path);
	try {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	} catch (cause) {
		throw new ToolkitError({
			reason: "input-invalid",
			what: `A report cannot be written (${codeOf(cause) ?? "unknown error"}).`,
			where: file,
			remedy: "Set the input that names this path to a file in a folder that this step can write to.",
			cause
		});
	}
}

export { writeReport as t };