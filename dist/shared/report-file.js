import { i as ToolkitError } from "./exec.js";
import { n as requireFolders, t as isBelow } from "./folders.js";
import { t as codeOf } from "./reading.js";
import { closeSync, constants, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

// src/support/report-file.ts
const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
function writeReport({ repository, environment }, path, text) {
	if (path === void 0) return;
	const file = resolve(repository.root, path);
	const root = [repository.root, environment.RUNNER_TEMP || repository.root].find((each) => isBelow(each, file));
	if (root === void 0) throw unwritable("A report", file, "the path leaves the workspace");
	writeBelow(root, file, text, "A report");
}
function writeBelow(root, file, text, content) {
	requireFolders(root, dirname(file), content);
	try {
		mkdirSync(dirname(file), { recursive: true });
		const descriptor = openSync(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
		try {
			writeFileSync(descriptor, text);
		} finally {
			closeSync(descriptor);
		}
	} catch (cause) {
		const code = codeOf(cause) ?? "unknown error";
		throw unwritable(content, file, code === "ELOOP" ? "it is a link" : code, cause);
	}
}
function unwritable(content, file, why, cause) {
	return new ToolkitError({
		reason: "input-invalid",
		what: `${content} cannot be written (${why}).`,
		where: file,
		remedy: "Name a file in a folder of the workspace that can be written to.",
		cause
	});
}

export { writeReport as n, writeBelow as t };