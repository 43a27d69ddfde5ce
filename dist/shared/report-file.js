import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

// src/support/report-file.ts
function writeReport(root, path, text) {
	if (path === void 0) return;
	const file = resolve(root, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}

export { writeReport as t };