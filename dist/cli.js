#!/usr/bin/env node
// src/cli/main.ts
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || major === 22 && minor >= 12) {
	const { runCommand } = await import("./shared/program.js");
	process.exitCode = await runCommand(process.argv.slice(2));
} else {
	process.stderr.write(`matrix-auth-actions needs Node.js 22.12 or newer, and this is ${process.versions.node}. Install a newer one: https://nodejs.org\n`);
	process.exitCode = 2;
}

export {  };