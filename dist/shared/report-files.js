import { G as pageBeside, d as reportJson, q as writeReport, u as reportPage } from "./run-action.js";
import { a as pagesOf, n as rewordData } from "./words.js";

// src/actions/report-files.ts
function writeJson(runtime, jsonPath, report) {
	if (jsonPath === void 0) return;
	writeReport(runtime, jsonPath, reportJson(rewordData(report, runtime.port.reword)));
}
function writePage(runtime, jsonPath, report) {
	if (jsonPath === void 0) return;
	writeReport(runtime, pageBeside(jsonPath), reportPage(report, pagesOf(runtime.environment), runtime.port.reword));
}

export { writePage as n, writeJson as t };