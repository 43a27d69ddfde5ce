import { readFileSync } from "node:fs";

// src/support/event.ts
function eventOf(environment) {
	try {
		return JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? "", "utf8"));
	} catch {
		return;
	}
}

export { eventOf as t };