import { r as ToolkitError, t as exec } from "./exec.js";
import { s as withoutRunnerVariables } from "./job-end.js";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";

// src/actions/setup/ansible.ts
async function installAnsible(playbook, environment, wanted) {
	if (!existsSync(join(playbook, "setup.yml"))) throw noPlaybook(playbook);
	const version = wanted ?? neededVersion(playbook);
	const cache = environment.RUNNER_TOOL_CACHE || environment.RUNNER_TEMP || "";
	const folder = join(cache, "matrix-auth-actions", `ansible-${version}`);
	const bin = join(folder, "bin");
	const complete = join(folder, "complete");
	if (!existsSync(complete)) {
		const env = withoutRunnerVariables(environment);
		const python = await findPython(version, env);
		rmSync(folder, {
			recursive: true,
			force: true
		});
		mkdirSync(dirname(folder), { recursive: true });
		await must([
			python,
			"-m",
			"venv",
			folder
		], env, "create a venv for Ansible");
		await must([
			...[
				join(bin, "pip"),
				"install",
				"--quiet",
				"--no-compile",
				"--disable-pip-version-check"
			],
			"--no-input",
			`ansible==${version}`,
			"passlib"
		], env, `install Ansible ${version}`);
		writeFileSync(complete, "");
	}
	return {
		bin,
		version
	};
}
function neededVersion(playbook) {
	const roles = join(playbook, "roles/custom");
	const template = join(roles, "matrix-synapse/templates/synapse/homeserver.yaml.j2");
	const [firstLine = ""] = existsSync(template) ? readFileSync(template, "utf8").split("\n") : [];
	if (/^#jinja2:.*lstrip_blocks: *["']/.test(firstLine)) return "10.7.0";
	return existsSync(join(roles, "matrix-authentication-service/tasks/mas_cli_syn2mas.yml")) ? "12.3.0" : "10.7.0";
}
async function findPython(version, env) {
	const minor = Number.parseInt(version, 10) >= 12 ? 11 : 10;
	const isRecent = `import sys, venv; sys.exit(sys.version_info < (3, ${minor}))`;
	for (const python of [
		"python3",
		"python3.13",
		"python3.12",
		"python3.11",
		"python3.10"
	]) if ((await exec([
		python,
		"-c",
		isRecent
	], { env }).catch(() => void 0))?.code === 0) return python;
	throw new ToolkitError({
		reason: "tool-missing",
		what: `ansible ${version} needs Python 3.${minor} or later with venv.`,
		remedy: "Run actions/setup-python in an earlier step."
	});
}
async function must(argv, env, purpose, cwd) {
	const { code, stdout, stderr } = await exec(argv, {
		env,
		...cwd !== void 0 && { cwd }
	});
	if (code === 0) return;
	throw new ToolkitError({
		reason: "tool-missing",
		what: `Could not ${purpose}.`,
		where: `${stdout}\n${stderr}`.trim().split("\n").slice(-5).join("\n"),
		remedy: "Correct the cause that the lines above name, then run the job again."
	});
}
function noPlaybook(folder) {
	return new ToolkitError({
		reason: "checkout-unsupported",
		what: `The folder ${folder} has no setup.yml.`,
		remedy: "Write the commit of matrix-docker-ansible-deploy that you use to `playbook.lock`, or check it out there."
	});
}

// src/actions/setup/known-hosts.ts
async function countPinnedKeys(file) {
	if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw invalid("The file in `known-hosts` does not exist.", "Commit a file with the server's host key (ssh-keyscan prints it), and set `known-hosts` to its path.");
	const { stdout } = await exec([
		"ssh-keygen",
		"-l",
		"-f",
		file
	]);
	const keys = stdout.split("\n").filter(Boolean).length;
	if (keys > 0) return keys;
	throw invalid("The file in `known-hosts` contains no host key.", "Add the line of the server's host key.");
}
function invalid(what, remedy) {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		remedy
	});
}

// src/actions/setup/roles.ts
async function installRoles(playbook, bin, environment) {
	const file = join(playbook, "requirements.yml");
	const requirements = existsSync(file) ? readFileSync(file, "utf8") : "";
	if (!/^\s*-\s/m.test(requirements.replace(/^---.*/, ""))) return "The playbook needs no roles.";
	const mark = join(playbook, "roles/galaxy/.matrix-auth-actions");
	const digest = createHash("sha256").update(requirements).digest("hex");
	if (existsSync(mark) && readFileSync(mark, "utf8") === digest) return "The roles are installed already.";
	const env = {
		...withoutRunnerVariables(environment),
		LC_ALL: "C.UTF-8"
	};
	const hasAgru = await exec(["agru", "-v"], { env }).then(() => true, () => false);
	const options = [
		"-r",
		"requirements.yml",
		"-p",
		"roles/galaxy/"
	];
	const installer = hasAgru ? ["agru", ...options] : [
		join(bin, "ansible-galaxy"),
		"install",
		...options,
		"--force"
	];
	await must(installer, env, "install the roles of the playbook", playbook);
	mkdirSync(join(playbook, "roles/galaxy"), { recursive: true });
	writeFileSync(mark, digest);
	return "The roles are installed.";
}

export { countPinnedKeys as n, installAnsible as r, installRoles as t };