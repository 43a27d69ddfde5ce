// src/domain/server-facts.ts
function isDown({ active, container }) {
	return !container || !["active", "activating"].includes(active);
}
function downUnits({ synapse, mas, postgres }) {
	return [
		synapse,
		...synapse.workers.filter(({ exists }) => exists),
		...mas.installed ? [mas] : [],
		postgres
	].filter(isDown);
}
function notRunning({ name, active, container }) {
	return `${name} is not running: its unit is ${active}, its container is ${container ? "" : "not "}running.`;
}
function isLocked({ window, lock }, run) {
	return window || lock !== void 0 && lock.seconds > 0 && lock.run !== run;
}

export { notRunning as i, isDown as n, isLocked as r, downUnits as t };