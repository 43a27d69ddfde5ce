import { a as keepForCleanup, o as keptForCleanup } from "./runner.js";
import { r as ToolkitError, t as exec } from "./exec.js";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

// src/support/shell.ts
function shellWord(word) {
	if (word.includes("\0")) throw new Error("a word for the shell cannot hold a NUL byte");
	return /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
function shellWords(words) {
	return words.map(shellWord).join(" ");
}

// src/playbook/environment.ts
const runnerVariables = /^(INPUT_|ACTIONS_|GITHUB_(TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;
function withoutRunnerVariables(parent) {
	const kept = Object.entries(parent).filter((entry) => entry[1] !== void 0 && !runnerVariables.test(entry[0]));
	return Object.fromEntries(kept);
}
function playbookEnvironment(parent, own) {
	const sockets = join(own.folder, "s");
	mkdirSync(sockets, {
		recursive: true,
		mode: 448
	});
	return {
		...withoutRunnerVariables(parent),
		SSH_AUTH_SOCK: own.agentSocket,
		ANSIBLE_STDOUT_CALLBACK: "ansible.posix.jsonl",
		ANSIBLE_MAX_DIFF_SIZE: "10485760",
		ANSIBLE_HOST_KEY_CHECKING: "True",
		ANSIBLE_SSH_CONTROL_PATH_DIR: sockets,
		ANSIBLE_RETRY_FILES_ENABLED: "False",
		ANSIBLE_NOCOLOR: "1",
		ANSIBLE_FORCE_COLOR: "0",
		ANSIBLE_DISPLAY_ARGS_TO_STDOUT: "False",
		PYTHONHASHSEED: "0",
		PYTHONUNBUFFERED: "1",
		LC_ALL: "C.UTF-8"
	};
}
function sshVariables(knownHosts) {
	const args = [
		["-o", "StrictHostKeyChecking=yes"],
		["-o", `UserKnownHostsFile="${knownHosts}"`],
		["-o", "GlobalKnownHostsFile=/dev/null"],
		["-o", "UpdateHostKeys=no"],
		["-o", "VerifyHostKeyDNS=no"],
		["-o", "BatchMode=yes"],
		["-o", "ControlMaster=auto"],
		["-o", "ControlPersist=60s"],
		["-o", "ServerAliveInterval=10"]
	];
	return {
		ansible_ssh_args: shellWords(args.flat()),
		ansible_host_key_checking: true
	};
}

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
function endAgentWithJob({ pid, folder }) {
	keepForCleanup(names.pid, String(pid));
	keepForCleanup(names.agentFolder, folder);
}
function removeWithJob(folder) {
	keepForCleanup(names.folder, folder);
}
function cleanUp() {
	const agentFolder = keptForCleanup(names.agentFolder);
	if (agentFolder !== "") endAgent({
		pid: Number(keptForCleanup(names.pid)),
		folder: agentFolder
	});
	const folder = keptForCleanup(names.folder);
	if (folder !== "") rmSync(folder, {
		recursive: true,
		force: true
	});
}

export { playbookEnvironment as a, shellWords as c, startAgent as i, endAgentWithJob as n, sshVariables as o, removeWithJob as r, withoutRunnerVariables as s, cleanUp as t };