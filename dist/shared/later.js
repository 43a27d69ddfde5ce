import { i as ToolkitError } from "./exec.js";
import { c as failureLine } from "./git.js";

// src/server/run-or-throw.ts
async function runOrThrow(session, argv) {
	const { code, stdout, stderr } = await session.run(argv);
	if (code === 0) return stdout;
	const detail = failureLine(stderr);
	throw new ToolkitError({
		reason: "server-command-failed",
		what: `${argv[0]} failed on the server (exit code ${code})${detail === "" ? "" : `: ${detail}`}.`,
		where: session.host,
		remedy: "Check that the disk is writable and has free space, then run this again."
	});
}

// src/migration/rehearsal/later.ts
const masStarter = "matrix-auth-actions-start-mas";
const leftoverAgeSeconds = 3600;
async function runLater(session, name, argv) {
	await notLater(session, name);
	const timer = [
		"--quiet",
		"--collect",
		`--unit=${name}`,
		`--on-active=${leftoverAgeSeconds}`
	];
	await runOrThrow(session, [
		"systemd-run",
		...timer,
		...argv
	]);
}
async function notLater(session, name) {
	await session.run([
		"systemctl",
		"stop",
		`${name}.timer`
	]);
}

export { runOrThrow as a, runLater as i, masStarter as n, notLater as r, leftoverAgeSeconds as t };