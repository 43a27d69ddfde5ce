import { a as runAction, r as defineAction } from "./shared/run-action.js";
import { C as secret, E as wholeNumber, T as text, _ as flag, b as optional, g as BadInput, w as shown } from "./shared/git.js";
import { c as playbookInputs, l as playbookToRun } from "./shared/playbook.js";
import { t as installAndStart } from "./shared/prepare.js";

// src/actions/setup/action.ts
const version = { read: (value) => {
	if (/^\d+\.\d+\.\d+$/.test(value)) return value;
	throw new BadInput(`must be a version such as 12.3.0${shown(value)}`);
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
	const { port } = runtime;
	const playbookPath = await playbookToRun(inputs, runtime);
	const { ansible, agent } = await installAndStart({
		...inputs,
		playbookPath
	}, runtime);
	port.setOutput("ansible-bin", ansible.bin);
	port.setOutput("ansible-version", ansible.version);
	if (agent === void 0) return;
	port.exportVariable("SSH_AUTH_SOCK", agent.socket);
	port.exportVariable("SSH_AGENT_PID", String(agent.pid));
	port.setOutput("agent-pid", String(agent.pid));
}

// src/actions/setup/main.ts
await runAction(setup);

export {  };