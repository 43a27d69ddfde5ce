import { T as text, b as optional } from "./git.js";
import { join, resolve } from "node:path";

// src/actions/report-folder.ts
const reportInputs = { "report-path": optional(text()) };
function reportFolder({ reportPath }, { environment, repository: { root } }) {
	return resolve(root, reportPath ?? join(environment.RUNNER_TEMP ?? "", "report"));
}

export { reportInputs as n, reportFolder as t };