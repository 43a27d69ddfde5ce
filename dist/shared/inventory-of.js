import { i as ToolkitError } from "./exec.js";
import { d as byCodeUnit, p as joinPath } from "./folders.js";
import { _ as templated, c as missingSubmodules, d as addProblems, f as problem, i as parseYaml, l as overlaps, m as limits, n as readSources, o as walk, p as startOf, r as Members, s as readText, u as ReadingProblem, y as isOpaque } from "./sources.js";

// src/inventory/read/vars-files.ts
const endings = [
	".yml",
	".yaml",
	".json"
];
var VarsFiles = class {
	problems = [];
	read = [];
	nonAscii = [];
	files;
	budget;
	missing;
	label;
	names = /* @__PURE__ */ new Map();
	constructor(files, budget, missing, label = "") {
		this.files = files;
		this.missing = missing;
		this.budget = budget;
		this.label = label;
	}
	layer(folder, source, entity) {
		const kind = source.endsWith("host_vars") ? "host_vars" : "group_vars";
		if (entity.includes("/")) return void 0;
		const base = joinPath(folder, kind);
		if (base === void 0) return void 0;
		const own = `${base}/${entity}`;
		const missing = this.missing.filter((path) => overlaps(path, own));
		const found = this.files.entry(base).kind === "absent" ? [] : this.find(base, entity);
		if (found.length === 0 && missing.length === 0) return void 0;
		const opaque = missing.map((path) => this.label + path);
		const layer = {
			variables: /* @__PURE__ */ new Map(),
			overridden: [],
			opaque,
			vaults: []
		};
		for (const path of found) this.add(layer, path, source, kind === "group_vars" ? entity : void 0);
		return layer;
	}
	find(base, entity) {
		const [first, ...hidden] = ["", ...endings].filter((ending) => this.exists(base, entity + ending)).map((ending) => `${base}/${entity}${ending}`);
		if (first === void 0) return [];
		for (const other of hidden) {
			const message = `${other} is ignored because ${first} exists`;
			addProblems(this.problems, problem("inventory/shadowed-file", message, this.placed(other)));
		}
		return this.files.entry(first).kind === "directory" ? this.inFolder(first) : [first];
	}
	exists(folder, name) {
		const names = this.namesIn(folder);
		if (names && !/^\.{0,2}$/.test(name)) return names.has(name);
		return this.files.entry(`${folder}/${name}`).kind !== "absent";
	}
	namesIn(folder) {
		if (!this.names.has(folder)) {
			const isOutside = this.files.entry(folder).kind === "outside";
			this.names.set(folder, isOutside ? void 0 : new Set(this.files.list(folder)));
		}
		return this.names.get(folder);
	}
	inFolder(folder) {
		const found = [];
		const isVarsFile = (name, isFolder) => {
			if (name.startsWith(".") || name.endsWith("~")) return false;
			const ending = /.(\.[^.]*)$/.exec(name)?.[1] ?? "";
			return ending === "" || !isFolder && endings.some((known) => known === ending);
		};
		walk(this.files, folder, isVarsFile, (path, refusal) => {
			if (refusal) addProblems(this.problems, refusal.finding);
			else found.push(path);
		});
		return found;
	}
	add(layer, path, source, group) {
		const label = this.label + path;
		if (!this.budget.attempt(this.problems, () => {
			const definitions = this.definitions(path, label, source, group);
			if (definitions === "vault") {
				layer.opaque.push(label);
				layer.vaults.push(label);
				return;
			}
			for (const definition of definitions) {
				const earlier = layer.variables.get(definition.name);
				if (earlier) layer.overridden.push(earlier);
				layer.variables.set(definition.name, definition);
			}
		})) layer.opaque.push(label);
	}
	definitions(path, label, source, group) {
		if (this.read.length >= limits.files) throw new ReadingProblem("inventory/limit", `there are more than ${limits.files} files`, startOf(label));
		this.read.push(label);
		this.budget.spendBytes(this.files.entry(path).size, startOf(label));
		const text = readText(this.files, path, label);
		if (text.kind === "vault") return "vault";
		if (!text.isAscii) this.nonAscii.push(label);
		const { value, problems, parts } = parseYaml(label, text.text);
		this.budget.spendParts(parts, startOf(label));
		addProblems(this.problems, ...problems);
		if (!value || value.kind === "null") return [];
		if (value.kind === "vault") return "vault";
		if (value.kind !== "map") throw new ReadingProblem("inventory/not-a-mapping", `${label} is not a mapping`, value.place);
		return value.entries.map((entry) => new EntryDefinition(entry, source, group));
	}
	placed(path) {
		return startOf(this.label + path);
	}
};
var EntryDefinition = class {
	name;
	value;
	source;
	group;
	entry;
	constructor(entry, source, group) {
		this.name = entry.key;
		this.value = entry.value;
		this.source = source;
		this.group = group;
		this.entry = entry;
	}
	get namePlace() {
		return this.entry.keyPlace;
	}
};

// src/inventory/host-variables.ts
var HostVariables = class {
	inventoryFiles;
	playbook;
	folders;
	missing;
	extra;
	cache = /* @__PURE__ */ new Map();
	constructor(files, folders, budget, options) {
		const missing = missingSubmodules(files);
		this.inventoryFiles = new VarsFiles(files, budget, missing.map(({ path }) => path));
		this.folders = folders;
		this.playbook = options.playbook && new VarsFiles(options.playbook.files, budget, [], options.playbook.label);
		this.missing = missing.flatMap(({ path, place }) => {
			const holdsVariables = folders.some((folder) => ["host_vars", "group_vars"].some((kind) => overlaps(joinPath(folder, kind) ?? kind, path)));
			const message = `${path} is a submodule that is not checked out`;
			return holdsVariables ? [problem("inventory/missing-submodule", message, place)] : [];
		});
		this.extra = options.extraVars && extraLayer(options.extraVars);
	}
	get problems() {
		return [
			...this.missing,
			...this.inventoryFiles.problems,
			...this.playbook?.problems ?? []
		];
	}
	get nonAscii() {
		return this.inventoryFiles.nonAscii;
	}
	host(member, groups) {
		const strongestFirst = this.layers(member, groups).reverse();
		return {
			name: member.name,
			place: member.place,
			groups: groups.map((group) => group.name),
			layers: strongestFirst,
			variable: lookUp(strongestFirst),
			variableNames: () => new Set(strongestFirst.flatMap((layer) => [...layer.variables.keys()]))
		};
	}
	layers(member, groups) {
		const all = groups.filter((group) => group.name === "all");
		const others = groups.filter((group) => group.name !== "all");
		const files = (source, names) => this.foldersOf(source).flatMap((folder) => names.map(({ name }) => this.cached(source, folder, name)));
		return [
			...groups.map(own),
			...files("group_vars", all),
			...files("playbook_group_vars", all),
			...files("group_vars", others),
			...files("playbook_group_vars", others),
			own(member),
			...files("host_vars", [member]),
			...files("playbook_host_vars", [member]),
			this.extra
		].filter((layer) => layer !== void 0);
	}
	foldersOf(source) {
		return isOfPlaybook(source) ? [""] : this.folders;
	}
	cached(source, folder, name) {
		const key = `${source}/${folder}/${name}`;
		if (this.cache.has(key)) return this.cache.get(key);
		const layer = (isOfPlaybook(source) ? this.playbook : this.inventoryFiles)?.layer(folder, source, name);
		this.cache.set(key, layer);
		return layer;
	}
};
function isOfPlaybook(source) {
	return source.startsWith("playbook_");
}
function own(owner) {
	if (owner.variables.size === 0) return void 0;
	return {
		variables: owner.variables,
		overridden: owner.overridden,
		opaque: [],
		vaults: []
	};
}
function extraLayer(extraVars) {
	const place = startOf("extra-vars");
	const variables = /* @__PURE__ */ new Map();
	for (const [name, json] of Object.entries(extraVars)) variables.set(name, {
		name,
		namePlace: place,
		value: jsonValue(json, place),
		source: "extra-vars"
	});
	return {
		variables,
		overridden: [],
		opaque: [],
		vaults: []
	};
}
function lookUp(strongestFirst) {
	const hiddenIn = strongestFirst.flatMap((layer) => layer.opaque);
	const vaults = strongestFirst.flatMap((layer) => layer.vaults);
	const missing = {
		state: hiddenIn.length > 0 ? "unknown" : "absent",
		overridden: [],
		hiddenIn,
		...vaults.length > 0 && vaults.length === hiddenIn.length && { vaults }
	};
	return (name) => {
		const overridden = [];
		let definition;
		for (const layer of strongestFirst) {
			const winner = layer.variables.get(name);
			if (!winner) continue;
			if (definition) overridden.push(winner);
			definition ??= winner;
			if (layer.overridden.length > 0) overridden.push(...layer.overridden.filter((each) => each.name === name).reverse());
		}
		if (!definition) return {
			name,
			...missing
		};
		const { value } = definition;
		return {
			name,
			state: isOpaque(value) ? value.kind === "vault" ? "vault" : "unknown" : "known",
			value,
			definition,
			overridden,
			hiddenIn: []
		};
	};
}
function jsonValue(json, place, asText = templated) {
	return {
		...bareOf(json, place, asText),
		place
	};
}
function bareOf(json, place, asText) {
	if (typeof json === "string") return asText(json);
	if (typeof json === "boolean") return {
		kind: "boolean",
		value: json
	};
	if (typeof json === "number") return Number.isInteger(json) ? {
		kind: "integer",
		value: BigInt(json)
	} : {
		kind: "float",
		value: json
	};
	if (Array.isArray(json)) return {
		kind: "list",
		items: json.map((item) => jsonValue(item, place, asText))
	};
	if (typeof json !== "object" || json === null) return { kind: "null" };
	return {
		kind: "map",
		entries: Object.entries(json).map(([key, value]) => ({
			key,
			keyPlace: place,
			value: jsonValue(value, place, asText)
		}))
	};
}

// src/inventory/read/budget.ts
var Budget = class {
	bytes = 0;
	parts = 0;
	exhausted = false;
	spendBytes(bytes, place) {
		this.bytes += bytes;
		this.spendParts(0, place);
		if (this.exhausted || this.bytes > limits.allBytes) throw this.stop(`its files have more than ${limits.allBytes} bytes`, place);
	}
	spendParts(parts, place) {
		this.parts += parts;
		if (this.parts > limits.allParts) throw this.stop(`it has more than ${limits.allParts} values`, place);
	}
	attempt(problems, read) {
		const { exhausted } = this;
		try {
			read();
			return true;
		} catch (error) {
			if (!(error instanceof ReadingProblem)) throw error;
			if (error.finding.id === "inventory/limit") this.parts += limits.parts;
			if (!exhausted) addProblems(problems, error.finding);
			return false;
		}
	}
	stop(what, place) {
		this.exhausted = true;
		return new ReadingProblem("inventory/limit", `the inventory is too large: ${what}`, place);
	}
};

// src/inventory/read/group-order.ts
function orderGroups(groups, problems) {
	for (const group of groups.values()) {
		if (!group.children.delete("all")) continue;
		const message = `the group \`${group.name}\` contains \`all\`, which contains every group`;
		problems.push(problem("inventory/group-cycle", message, group.place));
	}
	const parents = /* @__PURE__ */ new Map();
	for (const group of groups.values()) for (const child of group.children) addTo(parents, child, group);
	const depths = depthsOf(groups, parents, problems);
	const depth = (group) => depths.get(group.name) ?? 1;
	const weakestFirst = (a, b) => depth(a) - depth(b) || a.priority - b.priority || byCodeUnit(a.name, b.name);
	const direct = /* @__PURE__ */ new Map();
	for (const group of groups.values()) for (const host of group.hosts) addTo(direct, host, group);
	return { groupsOf(host) {
		const found = new Set(direct.get(host));
		const all = groups.get("all");
		const ungrouped = groups.get("ungrouped");
		for (const group of found) for (const parent of parents.get(group.name) ?? []) found.add(parent);
		if (all) found.add(all);
		if (ungrouped) {
			found.delete(ungrouped);
			if (found.size < 2) found.add(ungrouped);
		}
		return [...found].sort(weakestFirst);
	} };
}
function addTo(groups, name, group) {
	const known = groups.get(name);
	if (known) known.push(group);
	else groups.set(name, [group]);
}
function depthsOf(groups, parents, problems) {
	const depths = /* @__PURE__ */ new Map([["all", 0]]);
	const waiting = /* @__PURE__ */ new Map();
	const ready = [];
	for (const group of groups.values()) {
		const count = (parents.get(group.name) ?? []).length;
		waiting.set(group.name, count);
		if (count === 0) ready.push(group);
	}
	for (let group = ready.pop(); group; group = ready.pop()) {
		const depth = depths.get(group.name) ?? 1;
		depths.set(group.name, depth);
		for (const child of group.children) {
			depths.set(child, Math.max(depths.get(child) ?? 1, depth + 1));
			const left = (waiting.get(child) ?? 0) - 1;
			waiting.set(child, left);
			const next = groups.get(child);
			if (left === 0 && next) ready.push(next);
		}
	}
	for (const group of groups.values()) {
		if (!waiting.get(group.name)) continue;
		const message = `the group \`${group.name}\` contains itself through its children`;
		problems.push(problem("inventory/group-cycle", message, group.place));
	}
	return depths;
}

// src/inventory/read-inventory.ts
function readInventory(path, files, options = {}) {
	const paths = [path].flat().map(insideOf);
	const members = new Members(new Budget());
	for (const name of ["all", "ungrouped"]) members.group(name, startOf(paths[0] ?? ""));
	const folders = lastOfEach(paths.map((each) => readSources(files, each, members)));
	const problems = [];
	const order = orderGroups(members.groups, problems);
	const variables = new HostVariables(files, folders, members.budget, options);
	const hosts = [...inGroups(members, order, problems)].map(([member, groups]) => variables.host(member, groups));
	const byName = new Map(hosts.map((host) => [host.name, host]));
	const groups = new Map([...members.groups.keys()].map((name) => [name, /* @__PURE__ */ new Set()]));
	for (const host of hosts) for (const group of host.groups) groups.get(group)?.add(host.name);
	return {
		paths,
		hosts,
		groups,
		groupPlace: (name) => members.groups.get(name)?.place,
		folders,
		host: (name) => byName.get(name),
		nonAscii: [...members.nonAscii, ...variables.nonAscii],
		problems: [
			...members.problems,
			...problems,
			...variables.problems
		]
	};
}
function insideOf(path) {
	const normal = joinPath(path);
	if (normal === void 0 || path.startsWith("/")) throw outsideRepository(path);
	return normal;
}
function lastOfEach(folders) {
	return [...new Set(folders.toReversed())].toReversed();
}
function* inGroups({ hosts }, order, problems) {
	let memberships = 0;
	for (const member of hosts.values()) {
		const groups = order.groupsOf(member.name);
		memberships += groups.length;
		if (memberships > limits.memberships) {
			const message = `the inventory has more than ${limits.memberships} memberships of hosts in groups`;
			problems.push(problem("inventory/limit", message, member.place));
			return;
		}
		yield [member, groups];
	}
}
function outsideRepository(path) {
	return new ToolkitError({
		reason: "inventory-unreadable",
		what: "The inventory is outside the repository.",
		where: path,
		remedy: "Set `inventory` to a path inside the repository, relative to its root."
	});
}

// src/inventory/inventory-of.ts
const inventories = /* @__PURE__ */ new WeakMap();
function inventoryOf(files, path, options = {}) {
	const { playbook, extraVars = {} } = options;
	const key = JSON.stringify([
		[path].flat(),
		playbook?.label,
		extraVars
	]);
	const known = inventories.get(files) ?? /* @__PURE__ */ new Map();
	const inventory = known.get(key) ?? readInventory(path, files, options);
	inventories.set(files, known.set(key, inventory));
	return inventory;
}
function inventoryAmong(files, path, options = {}) {
	const there = [path].flat().filter((each) => files.entry(each).kind !== "absent");
	return there.length === 0 ? void 0 : inventoryOf(files, there, options);
}

export { inventoryOf as n, jsonValue as r, inventoryAmong as t };