import { readFileSync } from "node:fs";

// src/support/event.ts
function eventOf(environment) {
	try {
		return JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? "", "utf8"));
	} catch {
		return;
	}
}
function member(value, ...keys) {
	return keys.reduce((found, key) => typeof found === "object" && found !== null && Object.hasOwn(found, key) ? found[key] : void 0, value);
}

export { member as n, eventOf as t };