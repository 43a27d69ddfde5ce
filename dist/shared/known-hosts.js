import { i as shellWords } from "./reading.js";
import { createHash, createHmac } from "node:crypto";

// src/server/known-hosts.ts
function pinnedKeys(knownHosts, host, port) {
	const name = knownName(host, port).toLowerCase();
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
function knownName(host, port) {
	return port === 22 ? host : `[${host}]:${port}`;
}
function removalOf(host, port, file) {
	return shellWords([
		"ssh-keygen",
		"-R",
		knownName(host, port),
		"-f",
		file
	]);
}
function byInit(result) {
	return `Run \`npx matrix-auth-actions init\` in your repository: it shows the fingerprint of the server's host key, to compare with the server's own, and ${result}.`;
}
function fingerprintOf(key) {
	return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
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

export { removalOf as a, pinnedKeys as i, fingerprintOf as n, knownName as r, byInit as t };