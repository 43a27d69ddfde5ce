import { _ as capitalised, g as startOperation } from "./stage.js";
import { f as serverProgram } from "./names.js";
import { i as ToolkitError } from "./exec.js";

// src/migration/unfinished.ts
function unfinished({ open, hold }) {
	if (open !== void 0) return {
		what: "A run on the server is unfinished, and its program is not running.",
		remedy: `${capitalised(startOperation("resume"))}. It ends the run: the server restores its previous state, unless the run was complete. Or run on the server: \`${serverProgram} restore\``
	};
	if (!hold) return void 0;
	return {
		what: "matrix-auth-actions prevents Synapse from starting (the hold is on).",
		remedy: `Run on the server: \`${serverProgram} uninstall && systemctl start matrix-synapse\``
	};
}
function requireNothingUnfinished({ host, ours }) {
	const left = unfinished(ours);
	if (left) throw new ToolkitError({
		reason: "refused-state",
		where: host,
		...left
	});
}

export { unfinished as n, requireNothingUnfinished as t };