import { a as keepForCleanup, o as keptForCleanup } from "./runner.js";
import { i as ToolkitError, r as withoutRunnerVariables, t as exec } from "./exec.js";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

// src/actions/setup/agent.ts
async function startAgent(key, minutes, environment, keep) {
	const env = withoutRunnerVariables(environment);
	const folder = newFolder(environment.RUNNER_TEMP ?? tmpdir());
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
	if (spawnSync("ssh-add", [
		"-q",
		"-t",
		seconds,
		"-"
	], {
		input: `${key.replaceAll("\r", "")}\n`,
		env: {
			...env,
			SSH_AUTH_SOCK: socket,
			SSH_ASKPASS: "/bin/false"
		}
	}).status === 0) return agent;
	endAgent(agent);
	throw new ToolkitError({
		reason: "input-invalid",
		what: "`ssh-private-key` must be an OpenSSH private key without a passphrase.",
		remedy: "Set the secret to the whole file of the private key, with its first and last line."
	});
}
function endAgent({ pid, folder }) {
	rmSync(folder, {
		recursive: true,
		force: true
	});
	if (isAgent(pid)) process.kill(pid);
}
function isAgent(pid) {
	try {
		return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "ssh-agent";
	} catch {
		return false;
	}
}
function newFolder(temp) {
	return mkdtempSync(join(temp.length > 80 ? "/tmp" : temp, "maa-agent."));
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
function removeWithJob(folder) {
	keepForCleanup(names.folder, folder);
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

export { startAgent as i, endAgentWithJob as n, removeWithJob as r, cleanUp as t };