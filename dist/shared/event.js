import { n as member, r as number } from "./json.js";
import { readFileSync } from "node:fs";

// src/support/event.ts
function eventOf(environment) {
	try {
		return JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? "", "utf8"));
	} catch {
		return;
	}
}
function pushTime(environment) {
	const seconds = number(member(eventOf(environment), "repository", "pushed_at"));
	return environment.GITHUB_EVENT_NAME === "push" && seconds !== void 0 ? /* @__PURE__ */ new Date(seconds * 1e3) : void 0;
}
function isTextEdit(environment) {
	const event = eventOf(environment);
	return member(event, "action") === "edited" && member(event, "changes", "base") === void 0;
}
function isDraft(environment) {
	return member(eventOf(environment), "pull_request", "draft") === true;
}

export { pushTime as i, isDraft as n, isTextEdit as r, eventOf as t };