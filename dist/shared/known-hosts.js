import { i as ToolkitError } from "./exec.js";
import { g as truthOf } from "./inventory-of.js";
import { createHmac } from "node:crypto";

// src/inventory/connection.ts
const names = {
	address: ["ansible_host", "ansible_ssh_host"],
	port: ["ansible_port", "ansible_ssh_port"],
	user: ["ansible_user", "ansible_ssh_user"],
	become: ["ansible_become"],
	becomeUser: ["ansible_become_user"],
	connection: ["ansible_connection"]
};
function connectionOf(host) {
	const find = (aliases) => aliases.map((name) => host.variable(name)).find((variable) => variable.value !== void 0);
	const text = (aliases, fallback) => {
		const variable = find(aliases);
		return variable ? plainText(variable) : fallback;
	};
	const user = text(names.user, "root");
	const become = find(names.become);
	return {
		inventoryName: host.name,
		address: text(names.address, host.name),
		port: portOf(find(names.port)),
		user,
		become: become ? switchOf(become) : false,
		becomeUser: text(names.becomeUser, "root"),
		local: text(names.connection, "ssh") === "local"
	};
}
function plainText(variable) {
	const { value } = variable;
	if (value?.kind === "string" && value.value !== "") return value.value;
	if (value?.kind === "integer") return String(value.value);
	throw unusable(variable, value, "plain text");
}
function portOf(variable) {
	if (!variable) return 22;
	const port = Number(plainText(variable));
	if (!Number.isInteger(port) || port < 1 || port > 65535) throw unusable(variable, variable.value, "a port number");
	return port;
}
function switchOf(variable) {
	const { value } = variable;
	const truth = value && truthOf(value);
	if (typeof truth === "boolean") return truth;
	if (value?.kind === "string" && /^(?:false|no|off|0)$/i.test(value.value)) return false;
	throw unusable(variable, value, "`true` or `false`");
}
function unusable(variable, value, expected) {
	const place = value?.place;
	return new ToolkitError({
		reason: "inventory-unreadable",
		what: `The variable ${variable.name} is not ${expected}, so the server's SSH connection is unknown.`,
		...place && { where: `${place.file}:${place.line}:${place.column}` },
		remedy: `Set ${variable.name} to ${expected}, without Jinja and outside a vault.`
	});
}

// src/support/shell.ts
function shellWord(word) {
	if (word.includes("\0")) throw new Error("a word for the shell cannot hold a NUL byte");
	return /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
function shellWords(words) {
	return words.map(shellWord).join(" ");
}

// src/server/known-hosts.ts
function pinnedKeys(knownHosts, host, port) {
	const name = (port === 22 ? host : `[${host}]:${port}`).toLowerCase();
	const keys = [];
	const revoked = [];
	let authorities = 0;
	for (const line of knownHosts.split(/\r?\n/)) {
		const entry = parseLine(line);
		if (!entry || !namesHost(entry.names, name)) continue;
		if (entry.marker === "@cert-authority") authorities += 1;
		else if (entry.marker === "@revoked") revoked.push(entry.key);
		else keys.push(entry.key);
	}
	const usable = keys.filter((key) => !revoked.some((bad) => bad.equals(key)));
	return {
		keys: usable,
		revoked,
		onlyAuthorities: usable.length === 0 && authorities > 0,
		algorithms: [...new Set(usable.flatMap(algorithmsOf))]
	};
}
function parseLine(line) {
	const words = line.trim().split(/\s+/);
	if (words[0] === void 0 || words[0] === "" || words[0].startsWith("#")) return void 0;
	const marker = words[0].startsWith("@") ? words.shift() : void 0;
	const [names, type, encoded] = words;
	if (names === void 0 || type === void 0 || encoded === void 0) return void 0;
	const key = Buffer.from(encoded, "base64");
	return keyType(key) === type ? {
		marker,
		names,
		key
	} : void 0;
}
function keyType(key) {
	if (key.length < 4) return "";
	const length = key.readUInt32BE(0);
	return length <= 64 && key.length >= 4 + length ? key.toString("latin1", 4, 4 + length) : "";
}
function algorithmsOf(key) {
	const type = keyType(key);
	return type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type];
}
function namesHost(names, host) {
	if (names.startsWith("|1|")) return isHashOf(names, host);
	const patterns = names.toLowerCase().split(",");
	if (patterns.some((pattern) => pattern.startsWith("!") && globMatches(pattern.slice(1), host))) return false;
	return patterns.some((pattern) => !pattern.startsWith("!") && globMatches(pattern, host));
}
function isHashOf(hashed, host) {
	const [, , salt, hash] = hashed.split("|");
	if (!salt || !hash) return false;
	return createHmac("sha1", Buffer.from(salt, "base64")).update(host).digest().equals(Buffer.from(hash, "base64"));
}
function globMatches(pattern, host) {
	const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
	return new RegExp(`^${source}$`).test(host);
}

export { shellWords as n, connectionOf as r, pinnedKeys as t };