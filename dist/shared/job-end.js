import { t as codeOf, u as keptForCleanup } from "./reading.js";
import { i as ToolkitError, r as withoutRunnerVariables, t as exec } from "./exec.js";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { spawn, spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

// src/support/files/writing.ts
function writing(path, remedy, call) {
	try {
		return call();
	} catch (cause) {
		const code = codeOf(cause);
		if (code === void 0) throw cause;
		throw unwritable(path, code, remedy, cause);
	}
}
function unwritable(path, why, remedy, cause) {
	const what = `A file or folder cannot be written (${why}).`;
	return new ToolkitError({
		reason: "input-invalid",
		what,
		where: path,
		remedy,
		cause
	});
}
const mostForSockets = 60;
function temporaryFolder(parent, prefix) {
	return writing(parent, "Set TMPDIR to a folder that can be written to: export TMPDIR=/tmp", () => mkdtempSync(join(parent, prefix)));
}
function temporaryFolderForSockets(parent, prefix) {
	return temporaryFolder(parent.length > mostForSockets ? "/tmp" : parent, prefix);
}
function cacheFolder(path) {
	writing(path, "Set XDG_CACHE_HOME to a folder that can be written to: export XDG_CACHE_HOME=/tmp/cache", () => mkdirSync(path, { recursive: true }));
}

// src/actions/setup/agent.ts
async function startAgent(key, minutes, environment, keep, where = "`ssh-private-key`") {
	const env = withoutRunnerVariables(environment);
	const folder = temporaryFolderForSockets(environment.RUNNER_TEMP ?? tmpdir(), "maa-agent.");
	const socket = join(folder, "agent");
	const seconds = String(minutes * 60);
	const { stdout } = await exec([
		"ssh-agent",
		"-s",
		"-a",
		socket,
		"-t",
		seconds
	], { env });
	const agent = {
		pid: Number(/SSH_AGENT_PID=(\d+)/.exec(stdout)?.[1]),
		folder,
		socket
	};
	keep(agent);
	const added = spawnSync("ssh-add", [
		"-q",
		"-t",
		seconds,
		"-"
	], {
		input: `${key.replaceAll("\r", "")}\n`,
		env: {
			...env,
			SSH_AUTH_SOCK: socket,
			SSH_ASKPASS: "/bin/false",
			SSH_ASKPASS_REQUIRE: "force"
		},
		encoding: "utf8"
	});
	if (added.status === 0) return agent;
	endAgent(agent);
	throw unusable(key, added.stderr, where);
}
async function requireUsableKey(key, environment, where) {
	endAgent(await startAgent(key, 1, environment, () => void 0, where));
}
function unusable(key, stderr, where) {
	const invalid = (what, remedy) => new ToolkitError({
		reason: "input-invalid",
		what,
		where,
		remedy
	});
	if (/^(?:[\w@.-]+ AAAA|-+ ?BEGIN [\w ]*PUBLIC KEY)/.test(key)) return invalid("The SSH key is a public key.", "Use the private key: the file without `.pub`.");
	if (!/^(?:Error loading key|Could not add identity)/m.test(stderr)) return invalid("The SSH key has a passphrase, which cannot be entered here.", "Use a key without a passphrase: `matrix-auth-actions init --create-ssh-key FILE` creates one in a new file.");
	return invalid("The SSH key must be an OpenSSH private key without a passphrase.", "Set the secret to the whole file of the private key, with its first and last line.");
}
function endAgent({ pid, folder }) {
	rmSync(folder, {
		recursive: true,
		force: true
	});
	if (isAgent(pid)) process.kill(pid);
}
const watcher = `
cat
[ ! -S "$2/agent" ] || kill "$1"
rm -rf -- "$2"`;
function endAgentWithProcess({ pid, folder }) {
	const child = spawn("sh", [
		"-c",
		watcher,
		"sh",
		String(pid),
		folder
	], {
		detached: true,
		stdio: [
			"pipe",
			"ignore",
			"ignore"
		]
	});
	child.on("error", () => void 0).unref();
	if (child.stdin instanceof Socket) child.stdin.unref();
}
function isAgent(pid) {
	try {
		return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "ssh-agent";
	} catch {
		return false;
	}
}

// src/actions/cleanup/job-end.ts
const names = {
	pid: "agent-pid",
	agentFolder: "agent-folder",
	folder: "folder"
};
function endAgentWithJob({ pid, folder }, keep) {
	keep(names.pid, String(pid));
	keep(names.agentFolder, folder);
}
function removeWithJob(folder, keep) {
	keep(names.folder, folder);
}
function cleanUp(kept = keptForCleanup) {
	const agentFolder = kept(names.agentFolder);
	if (agentFolder !== "") endAgent({
		pid: Number(kept(names.pid)),
		folder: agentFolder
	});
	const folder = kept(names.folder);
	if (folder !== "") rmSync(folder, {
		recursive: true,
		force: true
	});
}

export { requireUsableKey as a, temporaryFolder as c, writing as d, endAgentWithProcess as i, temporaryFolderForSockets as l, endAgentWithJob as n, startAgent as o, removeWithJob as r, cacheFolder as s, cleanUp as t, unwritable as u };