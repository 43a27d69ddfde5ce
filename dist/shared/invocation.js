import { t as codeOf } from "./reading.js";
import { i as ToolkitError } from "./exec.js";
import { i as startAgent, n as endAgentWithJob } from "./job-end.js";
import { C as text, x as readInputs } from "./folders.js";
import { H as Repository } from "./migration.js";
import { r as perform } from "./run-action.js";
import { a as playbookInputs, i as playbookAtPin } from "./playbook.js";
import { t as installTools } from "./install.js";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

// package.json
var version = "0.1.0";
var repository = {
	"type": "git",
	"url": "git+https://github.com/matrix-auth-actions/matrix-auth-actions.git"
};

// src/domain/toolkit.ts
const toolkitRepository = repository.url.replace(/^git\+https:\/\/github\.com\/|\.git$/g, "");
const toolkitRelease = `${toolkitRepository}@v1`;

// src/cli/invocation.ts
const keyLifetime = 360;
var Invocation = class {
	terminal;
	args;
	source;
	root;
	#environment;
	constructor(terminal, args, source, root, environment) {
		this.terminal = terminal;
		this.args = args;
		this.source = source;
		this.root = root;
		this.#environment = environment;
	}
	isSet(name) {
		return this.source(name) === "true";
	}
	runtime() {
		const { terminal, root } = this;
		return {
			environment: this.#environment,
			repository: new Repository(root),
			log: terminal.log,
			port: terminal
		};
	}
	perform(action, given = {}) {
		return perform(action, this.with(given), this.runtime());
	}
	async performOnServer(action, given = {}, needsAnsible = true) {
		readInputs(action.inputs, this.with(given));
		await this.provideAgent();
		if (needsAnsible && this.source("setup") !== "false") await this.#installAnsible();
		return this.perform(action, {
			...given,
			...this.#passwords()
		});
	}
	async provideAgent() {
		const file = this.source("ssh-key-file");
		if (file) {
			const { terminal } = this;
			const key = readOption("ssh-key-file", resolve(this.root, file));
			const { socket } = await startAgent(key, keyLifetime, this.#environment, (agent) => endAgentWithJob(agent, terminal.keepForCleanup));
			this.#environment = {
				...this.#environment,
				SSH_AUTH_SOCK: socket
			};
		} else if (!this.#environment.SSH_AUTH_SOCK) throw new ToolkitError({
			reason: "input-invalid",
			what: "There is no SSH agent (SSH_AUTH_SOCK is empty), and --ssh-key-file is not given.",
			remedy: "Start an agent and add your key: `eval \"$(ssh-agent)\" && ssh-add`. Or give --ssh-key-file FILE."
		});
	}
	with(given) {
		return (name) => given[name] ?? this.source(name);
	}
	#passwords() {
		const given = ["vault-password", "canary-password"].flatMap((input) => {
			const option = `${input}-file`;
			const file = this.source(option);
			return file ? [[input, readOption(option, resolve(this.root, file)).trim()]] : [];
		});
		return Object.fromEntries(given);
	}
	async #installAnsible() {
		const inputs = readInputs({
			"playbook-path": text("playbook"),
			...playbookInputs
		}, this.source);
		const runtime = this.runtime();
		const playbook = resolve(this.root, await playbookAtPin(inputs, runtime) ?? inputs.playbookPath);
		await installTools({
			playbook,
			roles: true
		}, this.#environment, runtime.port);
	}
};
function readOption(option, file) {
	try {
		return readFileSync(file, "utf8");
	} catch (cause) {
		throw new ToolkitError({
			reason: "input-invalid",
			what: `The file of --${option} cannot be read (${codeOf(cause) ?? "unknown error"}).`,
			where: file,
			remedy: `Set --${option} to a file that you can read.`,
			cause
		});
	}
}

export { version as i, readOption as n, toolkitRelease as r, Invocation as t };