import { execFileSync } from "node:child_process";

// src/support/files/git.ts
const mostOutput = 67108864;
function git(root, argv, given = {}) {
	return execFileSync("git", [
		"-C",
		root,
		...argv
	], {
		env: {
			...process.env,
			GIT_NO_LAZY_FETCH: "1",
			GIT_TERMINAL_PROMPT: "0",
			GIT_OPTIONAL_LOCKS: "0"
		},
		maxBuffer: mostOutput,
		stdio: [
			given.input === void 0 ? "ignore" : "pipe",
			"pipe",
			"pipe"
		],
		...given
	});
}

export { git as t };