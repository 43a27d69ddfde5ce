import { x as truthOf } from "./inventory-of.js";

// src/rules/facts/switches.ts
function switchesOf(host, playbook) {
	return new Map([...playbook.uninstallSwitches()].map((name) => [name, isOn(host, name, playbook)]));
}
function isOn(host, name, playbook) {
	const { value } = host.variable(name);
	if (value === void 0) return playbook.defaultsOf(name)[0]?.text !== "false";
	const truth = truthOf(value);
	return truth === true || truth === "unknown";
}

export { switchesOf as t };