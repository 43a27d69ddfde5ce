import { f as openFindings } from "./account-counts.js";

// src/domain/verdict.ts
const rollbackRule = "change/live-to-prepared";
function isRollbackAccepted(findings, name) {
	return !openFindings(findings).some(({ id, host }) => id === "change/live-to-prepared" && (host === void 0 || host === name));
}

export { rollbackRule as n, isRollbackAccepted as t };