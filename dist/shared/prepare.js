import { n as endAgentWithJob, o as startAgent } from "./job-end.js";
import { t as installTools } from "./install.js";
import { t as byInit } from "./known-hosts.js";
import { i as ToolkitError, t as exec } from "./exec.js";
import { statSync } from "node:fs";
import { resolve } from "node:path";

// src/actions/setup/known-hosts.ts
function requireKnownHosts(file) {
	if (statSync(file, { throwIfNoEntry: false })?.isFile()) return;
	throw invalid("The file in `known-hosts` does not exist.", pinByInit);
}
const pinByInit = `${byInit("writes the file")} Commit it, or set \`known-hosts\` to the path of another one.`;
async function countPinnedKeys(file) {
	requireKnownHosts(file);
	const { stdout } = await exec([
		"ssh-keygen",
		"-l",
		"-f",
		file
	]);
	const keys = stdout.split("\n").filter(Boolean).length;
	if (keys > 0) return keys;
	throw invalid("The file in `known-hosts` contains no host key.", pinByInit);
}
function invalid(what, remedy) {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		remedy
	});
}

// src/actions/prepare.ts
const keyLifetime = 360;
const agents = /* @__PURE__ */ new WeakMap();
function prepareRunner(preparation, runtime) {
	if (preparation.sshPrivateKey === void 0) return Promise.resolve(runtime.environment.SSH_AUTH_SOCK ?? "");
	const socket = agents.get(runtime.repository) ?? socketOf(preparation, runtime);
	agents.set(runtime.repository, socket);
	return socket;
}
async function socketOf(preparation, runtime) {
	return (await installAndStart({
		...preparation,
		sshKeyLifetime: keyLifetime,
		roles: true
	}, runtime)).agent?.socket ?? "";
}
async function installAndStart(wanted, { repository: { root }, environment, port }) {
	const { sshPrivateKey, sshKeyLifetime, knownHosts, playbookPath } = wanted;
	port.log(`Pinned host keys: ${await countPinnedKeys(resolve(root, knownHosts))}. Installing Ansible.`);
	const ansible = await installTools({
		...wanted,
		playbook: resolve(root, playbookPath)
	}, environment, port);
	if (sshPrivateKey === void 0) return { ansible };
	return {
		ansible,
		agent: await startAgent(sshPrivateKey, sshKeyLifetime, environment, (started) => endAgentWithJob(started, port.keepForCleanup))
	};
}

export { prepareRunner as n, requireKnownHosts as r, installAndStart as t };