import { g as startOperation } from "./stage.js";
import { i as ToolkitError } from "./exec.js";

// src/migration/plan/plan.ts
function serverOptions({ synapse, ours }) {
	return {
		users: (synapse.migratable.users ?? 1) > 0,
		open: ours.open !== void 0
	};
}
function planFor({ before, after, actual, options = {} }) {
	if (before === "unknown" || after === "unknown") return refuse("stage-unknown", "The stage that the vars ask for is unknown: a variable that decides it is not plainly true or false.", "Set matrix_authentication_service_enabled and matrix_authentication_service_migration_in_progress to plain true or false.");
	if (options.open) return {
		kind: "resume",
		why: "A run on the server is unfinished; the server ends it first."
	};
	if (options.requested === "resume") return {
		kind: "nothing",
		why: "The server has no unfinished run."
	};
	if (actual === "inconsistent") return refuse("refused-state", "The state of the server matches no stage of a migration.", "Fix the cause on the server, then run this again. docs/stages.md lists the causes.");
	if (options.requested === "rollback") return requestedRollback(actual);
	if (options.requested === "migrate" && after !== "live") return refuse("refused-state", "A migration was requested, but the vars do not ask for a live MAS.", "Remove matrix_authentication_service_migration_in_progress from the vars, in a pull request with a reviewed rehearsal.");
	if (after === "off") return planOff(actual);
	return after === "prepared" ? planPrepared(before, actual) : planLive(before, actual, options);
}
function planOff(actual) {
	switch (actual) {
		case "absent":
		case "installed": return deploy("Synapse keeps its built-in login, and MAS has no accounts.");
		case "live": return refuse("refused-lockout", "Synapse delegates to MAS, but the vars no longer enable MAS: all users would be locked out, and the signing keys of MAS would be deleted.", "Keep matrix_authentication_service_enabled: true. To roll back to Synapse's built-in login, revert the migrate pull request instead; see Rolling back in migrate/README.md.");
		case "partial":
		case "copied": return refuse("refused-state", "MAS's database has accounts from a syn2mas run that never went live.", `Keep MAS prepared. To empty MAS's database, ${startOperation("rollback")}. Then remove MAS from the vars.`);
	}
}
function planPrepared(before, actual) {
	switch (actual) {
		case "absent":
		case "installed": return deploy("MAS is installed beside Synapse, which keeps its built-in login.");
		case "partial": return {
			kind: "repair",
			why: "A syn2mas run was interrupted and left rows in MAS's database."
		};
		case "copied": return {
			kind: "repair",
			why: "MAS has a copy of the accounts that never went live, and users may have continued to use Synapse since."
		};
		case "live": return before === "live" ? {
			kind: "roll-back",
			why: "The change asks for Synapse's built-in login again, and Synapse delegates to MAS."
		} : refuse("refused-lockout", "Synapse delegates to MAS, but according to the vars MAS is only prepared: a deployment would end every session.", `To match the server, remove matrix_authentication_service_migration_in_progress. To return to Synapse's built-in login, ${startOperation("rollback")}.`);
	}
}
function planLive(before, actual, options) {
	switch (actual) {
		case "live": return deploy("Synapse already delegates to MAS, as the vars say.");
		case "absent":
		case "installed":
			if (options.users === false) return deploy("Synapse has no accounts that could be locked out.");
			if (actual === "absent") return refuse("refused-lockout", "MAS is not on the server, but Synapse has accounts: going live would lock out all users.", "First merge and deploy a change that prepares MAS (matrix_authentication_service_migration_in_progress: true).");
			if (before === "prepared" || options.requested === "migrate") return {
				kind: "migrate",
				why: "MAS is prepared beside Synapse, and the change makes it live."
			};
			return before === "off" ? refuseUnprepared() : refuseUnrequested();
		case "partial": return before === "off" ? refuseUnprepared() : {
			kind: "repair",
			why: "A syn2mas run was interrupted; MAS's database must be emptied before the next run."
		};
		case "copied": return before === "off" ? refuseUnprepared() : {
			kind: "repair",
			why: "Users may have continued to use Synapse since the accounts were copied, so they are copied again."
		};
	}
}
function requestedRollback(actual) {
	switch (actual) {
		case "live": return {
			kind: "roll-back",
			why: "A rollback was requested, and Synapse delegates to MAS."
		};
		case "partial":
		case "copied": return {
			kind: "repair",
			why: "A rollback was requested; Synapse still uses its built-in login, so only MAS's database is emptied."
		};
		case "absent":
		case "installed": return {
			kind: "nothing",
			why: "Synapse already uses its built-in login, and MAS has no accounts."
		};
	}
}
function deploy(why) {
	return {
		kind: "deploy",
		why
	};
}
function refuseUnprepared() {
	return refuse("refused-lockout", "The vars go from no MAS directly to a live MAS, but Synapse has accounts: MAS must be prepared first.", "Split the change in two: merge and deploy one that prepares MAS, then one that makes it live.");
}
function refuseUnrequested() {
	return refuse("refused-lockout", "According to the vars MAS is live, but the server uses Synapse's built-in login: a deployment would lock out all users.", `To migrate, ${startOperation("migrate")}. To stay with the built-in login, set matrix_authentication_service_migration_in_progress: true again.`);
}
function refusalOf({ reason, why, remedy }, seen, host) {
	return new ToolkitError({
		reason,
		what: `${why} ${seen}`,
		where: host,
		remedy
	});
}
function refuse(reason, why, remedy) {
	return {
		kind: "refuse",
		reason,
		why,
		remedy
	};
}

export { refusalOf as n, serverOptions as r, planFor as t };