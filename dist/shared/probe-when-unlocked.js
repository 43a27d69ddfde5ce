import { f as serverProgram, w as isLocked } from "./names.js";
import { i as ToolkitError } from "./exec.js";

// src/migration/probe-when-unlocked.ts
const pauseMs = 1e4;
const mostPauses = 60;
async function probeWhenUnlocked(probe, clock, log) {
	for (let pauses = 0;; pauses += 1) {
		const facts = await probe();
		if (!isLocked(facts.ours)) return facts;
		const owner = facts.ours.lock?.owner ?? "a run";
		if (pauses === mostPauses) throw heldForLong(facts.host, owner);
		if (pauses === 0) log(`The server is locked by ${owner}. Waiting for that run to end.`);
		await clock.sleep(pauseMs);
	}
}
function heldForLong(host, owner) {
	return new ToolkitError({
		reason: "lock-held",
		what: `The server is still locked by ${owner} after ten minutes.`,
		where: host,
		remedy: `Open the run that the message names, or run on the server: \`${serverProgram} status\`. A backup of a large database can take hours.`
	});
}

export { probeWhenUnlocked as t };