import { S as readInputs, c as failureLine } from "./git.js";
import { a as resolveTargets, o as serverInputs, t as withServer } from "./with-server.js";
import { t as systemClock } from "./clock.js";
import { h as actualStage, r as masUnit, s as readRegistration, u as synapseUrl } from "./names.js";
import { t as probeWhenUnlocked } from "./probe-when-unlocked.js";
import { i as ToolkitError } from "./exec.js";
import { a as parseRecord } from "./json.js";
import { PassThrough } from "node:stream";
import { createHmac } from "node:crypto";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

// src/cli/password.ts
async function readPassword(ask, input) {
	const password = input.isTTY ? await typed(ask, input) : firstLine(await text(input));
	if (password !== "") return password;
	throw new ToolkitError({
		reason: "input-invalid",
		what: "The password is empty.",
		remedy: "Type it when the command asks for it, or give it as the first line of standard input."
	});
}
function firstLine(text) {
	return (text.split("\n")[0] ?? "").replace(/\r$/, "");
}
async function typed(ask, input) {
	const reader = createInterface({
		input,
		output: new PassThrough(),
		terminal: true
	});
	const lines = reader[Symbol.asyncIterator]();
	const line = async (prompt) => {
		ask(prompt);
		const { value, done } = await lines.next();
		ask("\n");
		if (done) throw notTyped();
		return value;
	};
	try {
		const password = await line("Password: ");
		if (password === "" || await line("Password again: ") === password) return password;
	} finally {
		reader.close();
	}
	throw new ToolkitError({
		reason: "input-invalid",
		what: "The two passwords are not the same, and nothing was done.",
		remedy: "Run the command again."
	});
}
function notTyped() {
	return new ToolkitError({
		reason: "cancelled",
		what: "The password was not typed, and nothing was done.",
		remedy: "Run the command again."
	});
}

// src/cli/account.ts
async function registerUser(invocation) {
	const [name = ""] = invocation.args;
	const email = invocation.source("email") || void 0;
	requireName(name);
	if (email !== void 0) requireAddress(email);
	const { err } = invocation.terminal.screen;
	const wanted = {
		name,
		admin: invocation.isSet("admin"),
		...email !== void 0 && { email },
		...invocation.isSet("password") && { readPassword: () => readPassword(err, process.stdin) }
	};
	await onServer(invocation, (server, facts) => register(server, facts, wanted));
}
async function verifyEmail(invocation) {
	const [name = "", email = ""] = invocation.args;
	requireName(name);
	requireAddress(email);
	await onServer(invocation, (server, facts) => verify(server, facts, name, email));
}
function register(server, facts, wanted) {
	return usesMas(facts, "register-user") ? registerInMas(server, wanted) : registerInSynapse(server, facts, wanted);
}
async function verify(server, facts, name, email) {
	if (!usesMas(facts, "verify-email")) throw new ToolkitError({
		reason: "refused-state",
		what: "The server uses Synapse's built-in login, and Synapse keeps only addresses that are verified.",
		where: facts.host,
		remedy: "Nothing to do: the migration takes these addresses over."
	});
	const { stdout } = await masManage(server, ["--help"]);
	await must(server, [
		/^[ \t]+add-email\b/m.test(stdout) ? "add-email" : "verify-email",
		name,
		email
	]);
	return {
		name,
		kept: "mas",
		email,
		sentence: `${email} is a verified address of ${name} in MAS.`
	};
}
async function onServer(invocation, work) {
	await invocation.provideAgent();
	const runtime = invocation.runtime();
	const targets = await resolveTargets(readInputs(serverInputs, invocation.source), runtime);
	const [target, ...others] = targets.targets;
	if (target === void 0 || others.length > 0) throw invalid(`\`limit\` matches ${targets.targets.length} hosts.`, "Set `limit` to one host.");
	const account = await withServer(targets, target, runtime, async ({ server, print }) => {
		const facts = await probeWhenUnlocked(server.probe, systemClock, print);
		return {
			schema: "account/1",
			host: facts.host,
			...await work(server, facts)
		};
	});
	const { terminal } = invocation;
	terminal.result(account, () => terminal.worded(account).sentence);
}
function usesMas(facts, command) {
	const { stage, why } = actualStage(facts);
	if (stage === "live") return true;
	if (stage === "absent" || stage === "installed") return false;
	throw new ToolkitError({
		reason: "refused-state",
		what: `${command} does nothing on a server in the stage ${stage}. ${why}`,
		where: facts.host,
		remedy: "Run `matrix-auth-actions doctor`, which says how to leave this stage."
	});
}
async function registerInSynapse(server, facts, { name, admin, email, readPassword }) {
	if (readPassword === void 0) throw invalid("Synapse's built-in login needs a password.", "Add `--password`.");
	if (email !== void 0) throw invalid("Synapse cannot add an email address when it creates an account.", "Remove `--email`.");
	const { serverName, registrationSecret } = await readRegistration(server.session);
	if (registrationSecret === void 0) throw new ToolkitError({
		reason: "refused-state",
		what: "Synapse has no registration_shared_secret.",
		where: facts.host,
		remedy: "Set matrix_synapse_registration_shared_secret in the vars, and deploy them."
	});
	const password = await readPassword();
	const ask = server.http;
	const url = `${synapseUrl}/_synapse/admin/v1/register`;
	const nonce = parseRecord((await ask({ url })).text)?.nonce;
	const mac = createHmac("sha1", registrationSecret).update([
		nonce,
		name,
		password,
		admin ? "admin" : "notadmin"
	].join("\0")).digest("hex");
	const answer = await ask({
		url,
		body: JSON.stringify({
			nonce,
			username: name,
			password,
			admin,
			mac
		})
	});
	if (answer.status === 200) return {
		name,
		kept: "synapse",
		sentence: `@${name}:${serverName} was created in Synapse.`
	};
	const reason = parseRecord(answer.text)?.error;
	throw refused(facts.host, `Synapse did not create the account (HTTP ${answer.status})`, String(reason ?? ""));
}
async function registerInMas(server, { name, admin, email, readPassword }) {
	if (readPassword !== void 0) throw invalid("mas-cli takes a password on a command line, where every user of the server can read it, or typed at its own prompt.", "Remove `--password` and add `--email`, or run on the server: `docker exec -it matrix-authentication-service mas-cli manage register-user`");
	await must(server, [
		...[
			"register-user",
			"--yes",
			admin ? "--admin" : "--no-admin"
		],
		...email === void 0 ? [] : ["--email", email],
		name
	]);
	return {
		name,
		kept: "mas",
		...email !== void 0 && { email },
		sentence: `${name} was created in MAS, without a password.`
	};
}
function masManage(server, argv) {
	return server.session.run([
		"docker",
		"exec",
		masUnit,
		"mas-cli",
		"manage",
		...argv
	], { timeoutMs: 6e4 });
}
async function must(server, argv) {
	const { code, stdout, stderr } = await masManage(server, argv);
	if (code !== 0) throw refused(server.session.host, `mas-cli manage ${argv[0]} failed`, failureLine(stderr || stdout));
}
function refused(where, what, detail) {
	return new ToolkitError({
		reason: "server-command-failed",
		what: `${what}${detail === "" ? "" : `: ${detail}`}.`,
		where,
		remedy: "Fix the name or the address, then run the command again."
	});
}
function requireName(name) {
	if (!/^[a-z0-9._=/+][a-z0-9._=/+-]*$/.test(name)) throw invalid("The name of the account is not the local part of a user ID.", "Write it as alice, without @ and without the name of the server.");
}
function requireAddress(email) {
	if (!/^[^\s@-][^\s@]*@[^\s@]+$/.test(email)) throw invalid("The email address is not valid.", "Write it as alice@example.com.");
}
function invalid(what, remedy) {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		remedy
	});
}

export { registerUser, verifyEmail };