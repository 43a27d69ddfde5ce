import { i as ToolkitError } from "./exec.js";
import { u as failureLine } from "./folders.js";

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

export { runOrThrow as t };