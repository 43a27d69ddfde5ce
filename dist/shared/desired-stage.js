// src/inventory/value.ts
function entryOf(value, key) {
	if (value.kind !== "map") return void 0;
	return value.entries.find((entry) => entry.key === key);
}
function isOpaque(value) {
	return value.kind === "unknown" || value.kind === "vault";
}
const trueTexts = /* @__PURE__ */ new Set([
	"true",
	"yes",
	"on",
	"1"
]);
function truthOf(value) {
	switch (value.kind) {
		case "boolean": return value.value;
		case "null": return false;
		case "integer": return value.value === 0n ? false : value.value === 1n ? true : "contradictory";
		case "float": return value.value === 0 ? false : value.value === 1 ? true : "contradictory";
		case "string": {
			const text = value.value.toLowerCase();
			if (trueTexts.has(text)) return true;
			return value.value === "" ? false : "contradictory";
		}
		case "list": return value.items.length === 0 ? false : "contradictory";
		case "map": return value.entries.length === 0 ? false : "contradictory";
		case "date": return "contradictory";
		case "unknown":
		case "vault": return "unknown";
	}
}
function toJson(value) {
	const opaque = [];
	const convert = (part, pointer) => {
		switch (part.kind) {
			case "list": return part.items.map((item, index) => convert(item, `${pointer}/${index}`));
			case "map": return jsonObject(part.entries, (entry, segment) => convert(entry.value, `${pointer}/${segment}`));
			case "integer": return Number(part.value);
			case "date": return part.text;
			case "null": return null;
			case "unknown":
			case "vault":
				opaque.push(pointer);
				return null;
			default: return part.value;
		}
	};
	return {
		json: convert(value, ""),
		opaque
	};
}
function jsonObject(entries, convert) {
	const result = Object.create(null);
	for (const entry of entries) result[entry.key] = convert(entry, pointerSegment(entry.key));
	return result;
}
function pointerSegment(key) {
	return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
function partAt(value, pointer) {
	let part = value;
	for (const segment of pointer.split("/").slice(1)) {
		const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
		const next = part.kind === "list" ? part.items[Number(key)] : entryOf(part, key)?.value;
		if (!next) return part;
		part = next;
	}
	return part;
}

// src/inventory/desired-stage.ts
const enabledVariable = "matrix_authentication_service_enabled";
const inProgressVariable = "matrix_authentication_service_migration_in_progress";
function desiredStage(host) {
	const enabled = answer(host.variable(enabledVariable));
	if ("stage" in enabled) return enabled;
	if (!enabled.truth) return reading("off", enabled.place, `\`${enabledVariable}\` is ${enabled.place ? "false" : "not set"}`);
	const inProgress = answer(host.variable(inProgressVariable));
	if ("stage" in inProgress) return inProgress;
	if (inProgress.truth) return reading("prepared", inProgress.place, `\`${inProgressVariable}\` is true`);
	return reading("live", inProgress.place ?? enabled.place, `\`${enabledVariable}\` is true and \`${inProgressVariable}\` is not`);
}
function answer(variable) {
	const { name, value } = variable;
	if (!value) {
		if (variable.state === "absent") return { truth: false };
		return trouble("hidden", void 0, `\`${name}\` is nowhere plain and could be in ${variable.hiddenIn.join(", ")}`);
	}
	if (name === "matrix_authentication_service_enabled" && isOverruled(variable)) return trouble("overruled", value.place, `\`${name}\` is set for a group, where the playbook's own \`group_vars/matrix_servers\` sets it to false and wins`);
	const truth = truthOf(value);
	if (typeof truth === "boolean") return {
		truth,
		place: value.place
	};
	if (truth === "contradictory") return trouble("contradictory", value.place, `\`${name}\` is neither \`true\` nor \`false\`, and the playbook would take it for both`);
	const where = value.kind === "vault" ? "in a vault" : "written as Jinja";
	return trouble("hidden", value.place, `\`${name}\` is ${where}`);
}
function isOverruled(variable) {
	const source = variable.definition?.source;
	return variable.definition?.group !== void 0 && (source === "inventory" || source === "group_vars");
}
function reading(stage, place, reason) {
	return {
		stage,
		...place && { place },
		reason
	};
}
function trouble(kind, place, reason) {
	return {
		...reading("unknown", place, reason),
		trouble: kind
	};
}

export { isOpaque as a, truthOf as c, entryOf as i, enabledVariable as n, partAt as o, inProgressVariable as r, toJson as s, desiredStage as t };
//# sourceMappingURL=desired-stage.js.map