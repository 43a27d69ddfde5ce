import { g as toolkitRelease, n as problemOf } from "./reading.js";
import { i as ToolkitError } from "./exec.js";
import { i as endAgentWithProcess, n as endAgentWithJob, o as startAgent } from "./job-end.js";
import { S as readInputs, T as text } from "./git.js";
import { i as perform, n as checkedInputs } from "./run-action.js";
import { F as Repository } from "./stage.js";
import { c as playbookInputs, l as playbookToRun } from "./playbook.js";
import { t as installTools } from "./install.js";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

// src/cli/options.ts
const optionTexts = {
	inventory: {
		value: "PATH",
		text: "inventory file or folder; default: hosts, hosts.yml, hosts.yaml or hosts.ini in the folder inventory"
	},
	limit: {
		value: "PATTERN",
		text: "hosts or groups, separated by commas"
	},
	"playbook-path": {
		value: "DIR",
		text: "checkout of the playbook; where playbook.lock names a commit, it is fetched there; without it, validate and plan also look in ../matrix-docker-ansible-deploy",
		standard: "playbook"
	},
	"playbook-repository": {
		value: "URL",
		text: "where the playbook is fetched from (default: its repository on GitHub)"
	},
	"base-ref": {
		value: "COMMIT",
		text: "commit to compare with, to see what merging does"
	},
	"base-path": {
		value: "DIR",
		text: "folder with that commit, instead of --base-ref"
	},
	"fail-on": {
		value: "LEVEL",
		text: "what fails the command: error, warning or never",
		standard: "error"
	},
	"accepted-findings": {
		value: "FILE",
		text: "findings that you accept",
		standard: "accepted-findings.yml"
	},
	"json-path": {
		value: "FILE",
		text: "also write the result as JSON"
	},
	"sarif-path": {
		value: "FILE",
		text: "also write the findings as SARIF"
	},
	"convert-path": {
		value: "FILE",
		text: "convert Synapse's login providers for MAS, and write them to this new file"
	},
	fix: { text: "write the proposed lines that are certain, then check again" },
	write: {
		value: "STEP",
		text: "write what the pull request changes in the vars: prepare or migrate; only hosts at the stage before it change"
	},
	"known-hosts": {
		value: "FILE",
		text: "pinned host keys of the servers",
		standard: "inventory/known_hosts"
	},
	"ssh-key-file": {
		value: "FILE",
		text: "private key without a passphrase; default: the keys of your SSH agent"
	},
	"vault-password-file": {
		value: "FILE",
		text: "file with the password of your Ansible vault"
	},
	"canary-user": {
		value: "NAME",
		text: "test account that logs in, uses its session and logs out"
	},
	"canary-password-file": {
		value: "FILE",
		text: "file with the password of the test account"
	},
	"extra-vars": {
		value: "JSON",
		text: "variables that override the inventory"
	},
	"max-hosts": {
		value: "N",
		text: "refuse to work on more hosts"
	},
	"no-setup": { text: "use the Ansible on your PATH and the playbook's roles as they are" },
	tags: {
		value: "TAGS",
		text: "the playbook's tags, separated by commas; default: chosen for the change"
	},
	"expected-plan": {
		value: "PLAN",
		text: "refuse any other plan: migrate or roll-back"
	},
	"present-inventory": {
		value: "PATH",
		text: "the inventory that is deployed now"
	},
	"no-require-receipt": { text: "migrate without a rehearsal that was reviewed" },
	"receipt-max-age-hours": {
		value: "HOURS",
		text: "how old the rehearsal may be",
		standard: String(168)
	},
	backup: {
		value: "KIND",
		text: "auth, full or external",
		standard: "auth"
	},
	"backup-path": {
		value: "FILE",
		text: "your own backup on the server, for --backup external"
	},
	"backup-max-age-hours": {
		value: "HOURS",
		text: "how old that backup may be",
		standard: "24"
	},
	"keep-backups": {
		value: "N",
		text: "how many backups stay on the server",
		standard: "3"
	},
	"max-downtime": {
		value: "SECONDS",
		text: "restore if the proofs have not all passed this long after Synapse stopped; default: for a migration five times the expected downtime, from 60 to 900; for a rollback 180"
	},
	"confirm-lost-sessions": {
		value: "N",
		text: "how many sessions of users may be lost at most, with all else that users did in MAS: a number, or any; 0 accepts no loss",
		standard: "0"
	},
	password: { text: "ask for a password of the account, or read it from standard input" },
	admin: { text: "make the account an administrator" },
	email: {
		value: "ADDRESS",
		text: "email address of the account"
	},
	branch: {
		value: "NAME",
		text: "default branch; default: from git, or your workflows"
	},
	toolkit: {
		value: "OWNER/REPO@REF",
		text: "the release of the actions that the workflows use; workflows that exist keep theirs",
		standard: toolkitRelease
	},
	"playbook-commit": {
		value: "COMMIT",
		text: "commit of the playbook to pin; default: that of your clone at --playbook-path or ../matrix-docker-ansible-deploy, else the newest"
	},
	fingerprint: {
		value: "SHA256:…",
		text: "fingerprints of the servers' host keys, separated by commas; default: asked"
	},
	"create-ssh-key": {
		value: "FILE",
		text: "create the SSH key of the jobs, outside of the repository"
	},
	"account-plan": {
		value: "PLAN",
		text: "GitHub plan of the account: public, free, paid or enterprise; default: read by gh with --gh, else free if init set up that plan before, else asked"
	},
	reviewer: {
		value: "LOGIN",
		text: "login of the GitHub account that approves rehearsals and migrations"
	},
	gh: { text: "run the commands of gh instead of printing them" },
	check: { text: "only say what is missing" },
	force: { text: "overwrite files that differ, and remove those that are not needed, such as the workflows that the Free plan cannot use" },
	json: { text: "print one JSON document, for programs" }
};
const repeatedOptions = [
	"inventory",
	"limit",
	"playbook-path",
	"playbook-repository",
	"accepted-findings",
	"known-hosts",
	"ssh-key-file",
	"vault-password-file",
	"no-setup",
	"backup",
	"backup-path",
	"create-ssh-key",
	"branch",
	"account-plan",
	"reviewer"
];

// src/cli/invocation.ts
const keyLifetime = 360;
var Invocation = class {
	terminal;
	args;
	source;
	root;
	offer;
	offerWith;
	#environment;
	constructor({ terminal, args, source, root, offer, offerWith }, environment) {
		this.terminal = terminal;
		this.args = args;
		this.source = source;
		this.root = root;
		this.offer = offer;
		this.offerWith = offerWith;
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
		checkedInputs(action, this.with(given), this.runtime());
		const passwords = this.#passwords();
		await this.provideAgent();
		if (needsAnsible && this.source("setup") !== "false") await this.#installAnsible();
		return this.perform(action, {
			...given,
			...passwords
		});
	}
	async provideAgent() {
		const file = this.source("ssh-key-file");
		if (file) {
			const path = resolve(this.root, file);
			const key = readOption("ssh-key-file", path);
			const keep = (agent) => {
				endAgentWithJob(agent, this.terminal.keepForCleanup);
				endAgentWithProcess(agent);
			};
			const { socket } = await startAgent(key, keyLifetime, this.#environment, keep, path);
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
		const playbook = await playbookToRun(inputs, runtime);
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
			what: `The file of --${option} ${problemOf(cause)}.`,
			where: file,
			remedy: `Set --${option} to a file that you can read.`,
			cause
		});
	}
}

export { repeatedOptions as i, readOption as n, optionTexts as r, Invocation as t };