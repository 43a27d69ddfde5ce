// src/migration/plan/plan.ts
function planFor({ before, after, actual, side = {} }) {
	if (before === "unknown" || after === "unknown") return refuse("stage-unknown", "The variable that decides the stage is a template or in a vault, so the stage is not known.", "Write matrix_authentication_service_enabled and matrix_authentication_service_migration_in_progress as plain true or false.");
	const journal = side.journal ?? "none";
	if (journal === "damaged") return refuse("server-state-unreadable", "The migration's journal on the server was changed by something else, so it can't be trusted.", "Look at /matrix/auth-actions/journal.jsonl on the server, then move it away.");
	if (side.asked === "rollback") return askedRollback(actual, journal);
	if (side.asked === "migrate" && after !== "live") return refuse("refused-state", "A migration was asked for, and the vars do not ask for a live MAS.", "Remove matrix_authentication_service_migration_in_progress from the vars, in a pull request whose rehearsal is reviewed.");
	if (journal === "unfinished" || journal === "proven") return unfinished(before, after, actual, journal, side);
	if (side.asked === "resume") return {
		kind: "nothing",
		why: "The journal on the server names no migration that is unfinished."
	};
	const situation = {
		before,
		after,
		actual,
		side
	};
	if (after === "off") return towardsOff(situation);
	return after === "prepared" ? towardsPrepared(situation) : towardsLive(situation);
}
function towardsOff(situation) {
	switch (situation.actual) {
		case "absent":
		case "installed": return deploy(situation, "Synapse keeps its own login, and MAS holds no accounts.");
		case "live": return refuse("refused-lockout", "Synapse delegates to MAS, and the vars no longer have MAS: nobody could log in, and its signing keys would be deleted.", "Keep matrix_authentication_service_enabled: true. To go back to the own login of Synapse, set matrix_authentication_service_migration_in_progress: true.");
		case "partial":
		case "migrated": return refuse("refused-state", "MAS's database holds accounts of a syn2mas run that was never put to use.", "Keep MAS prepared until it has been repaired (a migrate run with operation: rollback), then take it out.");
		case "inconsistent": return refuseInconsistent();
	}
}
function towardsPrepared(situation) {
	switch (situation.actual) {
		case "absent":
		case "installed": return deploy(situation, "MAS stands beside Synapse, which keeps its own login.");
		case "partial": return {
			kind: "repair",
			why: "A syn2mas run died and left its rows in MAS's database."
		};
		case "migrated": return {
			kind: "repair",
			why: "MAS holds a copy of the accounts that was never put to use, and users have gone on with Synapse since."
		};
		case "live": return situation.before === "live" ? {
			kind: "roll-back",
			why: "The change asks for the own login of Synapse again, and Synapse delegates."
		} : refuse("refused-lockout", "Synapse delegates to MAS, and the vars say that it is only prepared: a deployment would end every session.", "Remove matrix_authentication_service_migration_in_progress, as the server already is, or run migrate with operation: rollback.");
		case "inconsistent": return refuseInconsistent();
	}
}
function towardsLive(situation) {
	const { before, actual, side } = situation;
	switch (actual) {
		case "live": return deploy(situation, "Synapse delegates already, as the vars say.");
		case "inconsistent": return refuseInconsistent();
		case "absent":
		case "installed":
			if (side?.users === false) return deploy(situation, "Synapse has no accounts that could be locked out.");
			if (actual === "absent") return refuse("refused-lockout", "MAS is not on the server, and Synapse has accounts: going live would lock everybody out.", "First merge a change that prepares MAS (matrix_authentication_service_migration_in_progress: true) and let it be deployed.");
			if (before === "prepared" || side?.asked === "migrate") return {
				kind: "migrate",
				why: "MAS stands ready beside Synapse, and the change asks for it to be live."
			};
			return before === "off" ? refuseUnprepared() : refuseUnasked();
		case "partial": return before === "off" ? refuseUnprepared() : {
			kind: "repair",
			why: "A syn2mas run died; MAS's database must be empty before the next."
		};
		case "migrated": return before === "off" ? refuseUnprepared() : {
			kind: "repair",
			why: "Nothing proves that users did not go on with Synapse since the accounts were copied, so they are copied anew."
		};
	}
}
function unfinished(before, after, actual, journal, side) {
	if (actual === "absent") return refuse("refused-state", "The journal tells of an unfinished migration, and MAS is not on the server.", "Find out who removed MAS; then move /matrix/auth-actions/journal.jsonl away.");
	if (after === "off") return refuse("refused-state", "A migration is unfinished on this server, and the vars no longer have MAS.", "Run migrate with operation: rollback, then take MAS out of the vars.");
	if (journal === "proven" && after === "prepared" && before !== "live" && side.asked === void 0) return refuse("refused-lockout", "The server was migrated and proven, and the vars say that MAS is only prepared.", "Merge the change that makes MAS live, or run migrate with operation: rollback.");
	if (after === "prepared" && side.asked !== "resume") return {
		kind: "roll-back",
		why: "A migration is unfinished, and the vars ask for the own login of Synapse."
	};
	return {
		kind: "resume",
		why: "A migration is unfinished; the journal on the server says where to go on."
	};
}
function askedRollback(actual, journal) {
	if (journal === "unfinished" || journal === "proven") return actual === "absent" ? unfinished("prepared", "prepared", actual, journal, {}) : {
		kind: "roll-back",
		why: "A rollback was asked for, and the journal knows the way back."
	};
	switch (actual) {
		case "live": return {
			kind: "roll-back",
			why: "A rollback was asked for, and Synapse delegates."
		};
		case "partial":
		case "migrated": return {
			kind: "repair",
			why: "A rollback was asked for; Synapse never stopped using its own login, so only MAS's database is emptied."
		};
		case "inconsistent": return refuseInconsistent();
		case "absent":
		case "installed": return {
			kind: "nothing",
			why: "Synapse uses its own login already, and MAS holds no accounts."
		};
	}
}
function deploy({ before, after, side }, why) {
	return before === after && side?.changed === false ? {
		kind: "nothing",
		why
	} : {
		kind: "deploy",
		why
	};
}
function refuseUnprepared() {
	return refuse("refused-lockout", "The vars jump from no MAS to a live one, and Synapse has accounts: what would go live was never deployed beside it.", "Split the change in two: one that prepares MAS, and after its deployment one that makes it live.");
}
function refuseUnasked() {
	return refuse("refused-lockout", "The vars say that MAS is live, and the server uses the own login of Synapse: a deployment would lock everybody out.", "Run migrate by hand (operation: migrate), or put matrix_authentication_service_migration_in_progress: true back.");
}
function refuseInconsistent() {
	return refuse("refused-state", "What was seen on the server fits no stage of a migration.", "Read what the probe says about MAS and Synapse, put it right by hand, and run again.");
}
function refuse(reason, why, remedy) {
	return {
		kind: "refuse",
		reason,
		why,
		remedy
	};
}

export { planFor as t };