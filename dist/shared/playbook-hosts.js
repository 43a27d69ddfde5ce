import { i as ToolkitError } from "./exec.js";

// src/inventory/playbook-hosts.ts
const playbookGroup = "matrix_servers";
function hostsOfPlaybook({ hosts, groups }) {
	const members = groups.get(playbookGroup);
	return members ? hosts.filter(({ name }) => members.has(name)) : hosts;
}
function chosenHosts(inventory, limit) {
	const hosts = hostsOfPlaybook(inventory);
	if (limit === void 0 || limit.trim() === "") return hosts;
	const named = limitHosts(inventory, limit);
	const chosen = hosts.filter(({ name }) => named.has(name));
	if (chosen.length > 0) return chosen;
	throw invalidLimit(`\`limit\` matches no host of the group ${playbookGroup}.`, `List hosts of ${playbookGroup}, or remove \`limit\`.`);
}
function limitHosts(inventory, limit) {
	const parts = limit.split(",").flatMap((part) => isHost(inventory, part) ? part : part.split(":")).map((part) => part.trim()).filter((part) => part !== "");
	const plain = parts.filter((part) => !/^[!&]/.test(part));
	const chosen = new Set(plain.length === 0 ? inventory.hosts.map(({ name }) => name) : []);
	for (const part of plain) for (const name of namesOf(inventory, part)) chosen.add(name);
	for (const part of parts.filter((part) => part.startsWith("&"))) {
		const kept = namesOf(inventory, part.slice(1));
		for (const name of chosen) if (!kept.has(name)) chosen.delete(name);
	}
	for (const part of parts.filter((part) => part.startsWith("!"))) for (const name of namesOf(inventory, part.slice(1))) chosen.delete(name);
	return chosen;
}
function isHost(inventory, part) {
	return inventory.host(part.trim().replace(/^[!&]/, "")) !== void 0;
}
function namesOf(inventory, pattern) {
	if (pattern === "all" || pattern === "*") return new Set(inventory.hosts.map(({ name }) => name));
	if (/^~|[[\]]/.test(pattern)) throw invalidLimit("`limit` contains a regular expression or a slice, which are not supported.");
	const matches = wildcard(pattern);
	const names = /* @__PURE__ */ new Set();
	for (const [group, members] of inventory.groups) if (matches(group)) for (const name of members) names.add(name);
	for (const { name } of inventory.hosts) if (matches(name)) names.add(name);
	if (names.size === 0) throw invalidLimit(`\`${pattern}\` in \`limit\` matches no host and no group of the inventory.`, `Its hosts: ${inventory.hosts.map((each) => each.name).slice(0, mostShown).join(", ")}. Its groups: ${[...inventory.groups.keys()].slice(0, mostShown).join(", ")}.`);
	return names;
}
const mostShown = 10;
function wildcard(pattern) {
	if (!/[*?]/.test(pattern)) return (name) => name === pattern;
	const source = pattern.replace(/\*+/g, "*").replace(/[.+^${}()|\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
	const expression = new RegExp(`^${source}$`);
	return (name) => expression.test(name);
}
function invalidLimit(what, remedy = "List hosts or groups of the inventory, separated by commas.") {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		where: "the input `limit`",
		remedy
	});
}

export { hostsOfPlaybook as n, playbookGroup as r, chosenHosts as t };