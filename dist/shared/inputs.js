import { t as ToolkitError } from "./errors.js";
import { i as parseRecord } from "./json.js";

// src/actions/inputs.ts
var BadInput = class extends Error {
	name = "BadInput";
};
function text(fallback) {
	return {
		read: (value) => value,
		...fallback !== void 0 && { fallback }
	};
}
function secret() {
	return {
		...text(),
		isSecret: true
	};
}
function paths(fallback) {
	return {
		read: (value) => {
			const found = value.split(/[,\n]/).map((path) => path.trim()).filter((path) => path !== "");
			if (found.length === 0) throw new BadInput("must be a path, or several separated by commas");
			return found;
		},
		...fallback !== void 0 && { fallback }
	};
}
function optional(reader) {
	const { read, isSecret = false } = reader;
	return {
		read,
		isSecret,
		absent: { value: void 0 }
	};
}
function flag(fallback) {
	return {
		read: (value) => {
			if (value === "true" || value === "false") return value === "true";
			throw new BadInput("must be `true` or `false`");
		},
		...fallback !== void 0 && { fallback: String(fallback) }
	};
}
function oneOf(choices, fallback) {
	return {
		read: (value) => {
			const choice = choices.find((candidate) => candidate === value);
			if (choice === void 0) throw new BadInput(`must be one of ${choices.map((name) => `\`${name}\``).join(", ")}`);
			return choice;
		},
		...fallback !== void 0 && { fallback }
	};
}
function wholeNumber(range = {}) {
	const { min = 0, max = Number.MAX_SAFE_INTEGER, fallback } = range;
	return {
		read: (value) => {
			const parsed = /^\d+$/.test(value) ? Number(value) : NaN;
			if (!(parsed >= min && parsed <= max)) throw new BadInput(`must be a whole number from ${min} to ${max}`);
			return parsed;
		},
		...fallback !== void 0 && { fallback: String(fallback) }
	};
}
function wholeNumberOr(word) {
	const { read } = wholeNumber();
	return {
		read: (value) => value === word ? word : read(value),
		fallback: "0"
	};
}
function jsonObject() {
	return {
		read: (value) => {
			const parsed = parseRecord(value);
			if (parsed !== void 0) return parsed;
			throw new BadInput("must be a JSON object, such as {\"name\": true}");
		},
		absent: { value: {} }
	};
}
function readInputs(table, givenText) {
	const values = {};
	const bad = [];
	for (const [name, reader] of Object.entries(table)) try {
		values[camelCase(name)] = readOne(reader, givenText(name)?.trim() ?? "");
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		bad.push(`\`${name}\` ${error.message}`);
	}
	if (bad.length > 0) throw new ToolkitError({
		reason: "input-invalid",
		what: `${bad.length === 1 ? "An input is" : `${bad.length} inputs are`} invalid: ${bad.join("; ")}.`,
		where: "`with:` of the step, or the options of the command",
		remedy: "Correct the inputs that are listed above. docs/reference describes every input."
	});
	return values;
}
function readOne(reader, given) {
	const value = given === "" ? reader.fallback ?? "" : given;
	if (value !== "") return reader.read(value);
	if (reader.absent) return reader.absent.value;
	if (reader.fallback !== void 0) return reader.read("");
	throw new BadInput("is required");
}
function camelCase(name) {
	return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

export { paths as a, text as c, optional as i, wholeNumber as l, jsonObject as n, readInputs as o, oneOf as r, secret as s, flag as t, wholeNumberOr as u };