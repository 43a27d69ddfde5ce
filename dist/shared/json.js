// src/support/json.ts
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function record(value) {
	return isRecord(value) ? value : {};
}
function text(value) {
	return typeof value === "string" ? value : void 0;
}
function number(value) {
	return typeof value === "number" ? value : void 0;
}
function parseRecord(json) {
	try {
		const value = JSON.parse(json);
		return isRecord(value) ? value : void 0;
	} catch {
		return;
	}
}
function member(value, ...keys) {
	return keys.reduce((found, key) => isRecord(found) && Object.hasOwn(found, key) ? found[key] : void 0, value);
}
function numbersIn(values) {
	return Object.fromEntries(Object.entries(values).filter((entry) => typeof entry[1] === "number"));
}

export { parseRecord as a, numbersIn as i, member as n, record as o, number as r, text as s, isRecord as t };