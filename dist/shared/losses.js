import { f as counted } from "./markdown.js";

// src/domain/steps.ts
const steps = {
	preflight: "Check that the server is ready",
	backup: "Take a backup and verify it",
	rehearse: "Repeat the rehearsal",
	losses: "Count what users would lose",
	render: "Render the files that go live",
	"previous-files": "Find the previous files",
	prepare: "Copy the program and its files to the server",
	accounts: "Create two test accounts",
	check: "Check that no file changed since the preparation",
	stop: "Stop Synapse, its workers and MAS, and block restarts",
	syn2mas: "Run syn2mas",
	files: "Install the files",
	start: "Start all services",
	answer: "Wait until users get answers again",
	prove: "Prove that users can continue"
};
function withStepTexts(reason) {
	return reason.replace(/\bthe step `([^`]+)`/g, (_, name) => `the step "${stepText(name)}"`);
}
function stepText(name) {
	return Object.hasOwn(steps, name) ? steps[name] : name;
}

// src/domain/losses.ts
const words = {
	sessions: ["new session"],
	oauthSessions: ["new OAuth session"],
	accounts: ["new account"],
	passwords: ["new password"],
	accountsLocked: ["account lock"],
	sessionsEnded: ["log-out (the session may be active again)", "log-outs (the sessions may be active again)"]
};
function lossTexts(lost) {
	return Object.entries(lost).filter(([, count]) => count > 0).map(([name, count]) => counted(words, name, count));
}

export { withStepTexts as i, stepText as n, steps as r, lossTexts as t };