import { i as runAction, n as defineAction } from "./shared/run-action.js";
import { i as startAgent, n as endAgentWithJob } from "./shared/job-end.js";
import { h as wholeNumber, m as text, o as BadInput, p as secret, s as flag, u as optional } from "./shared/git.js";
import { n as playbookAtPin, r as playbookInputs } from "./shared/playbook.js";
import { d as exportVariable, l as setOutput } from "./shared/runner.js";
import { n as installTools, t as countPinnedKeys } from "./shared/known-hosts.js";
import { resolve } from "node:path";

// src/actions/setup/action.ts
const version = { read: (value) => {
	if (/^\d+\.\d+\.\d+$/.test(value)) return value;
	throw new BadInput("must be a version such as 12.3.0");
} };
const inputTable = {
	"playbook-path": text("playbook"),
	...playbookInputs,
	"known-hosts": text("inventory/known_hosts"),
	"ssh-private-key": optional(secret()),
	"ssh-key-lifetime": wholeNumber({
		min: 1,
		max: 9999,
		fallback: 120
	}),
	"ansible-version": optional(version),
	roles: flag(true)
};
const setup = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, runtime) {
	const { environment, log } = runtime;
	const { root } = runtime.repository;
	log(`Pinned host keys: ${await countPinnedKeys(resolve(root, inputs.knownHosts))}`);
	const playbook = resolve(root, await playbookAtPin(inputs, runtime) ?? inputs.playbookPath);
	const ansible = await installTools({
		...inputs,
		playbook
	}, environment, log);
	setOutput("ansible-bin", ansible.bin);
	setOutput("ansible-version", ansible.version);
	if (inputs.sshPrivateKey === void 0) return;
	const agent = await startAgent(inputs.sshPrivateKey, inputs.sshKeyLifetime, environment, endAgentWithJob);
	exportVariable("SSH_AUTH_SOCK", agent.socket);
	exportVariable("SSH_AGENT_PID", String(agent.pid));
	setOutput("agent-pid", String(agent.pid));
}

// src/actions/setup/main.ts
await runAction(setup);

export {  };