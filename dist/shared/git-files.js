import { t as ToolkitError } from "./errors.js";
import { t as exec } from "./exec.js";
import { n as folderOf, r as joinPath, t as byCodeUnit } from "./files.js";
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";

// src/support/files/reading.ts
function codeOf(error) {
	return error instanceof Error && "code" in error ? String(error.code) : void 0;
}
function reading(path, call) {
	try {
		return call();
	} catch (cause) {
		const code = codeOf(cause);
		if (code === void 0) throw cause;
		throw new ToolkitError({
			kind: "input",
			reason: "inventory-unreadable",
			what: `A file or folder cannot be read (${code}).`,
			where: path,
			remedy: `Let the user of this step read it: \`chmod a+rX ${path}\`.`,
			cause
		});
	}
}

// src/support/files/disk-files.ts
const nothing = {
	size: 0,
	executable: false
};
const absent$1 = {
	entry: {
		...nothing,
		kind: "absent"
	},
	real: ""
};
const outside = {
	entry: {
		...nothing,
		kind: "outside"
	},
	real: ""
};
function diskFiles(root) {
	const top = realpathSync.native(resolve(root));
	const under = top === "/" ? top : `${top}/`;
	const folders = /* @__PURE__ */ new Map([["", {
		entry: {
			...nothing,
			kind: "directory"
		},
		real: top
	}]]);
	let last = {
		path: "",
		found: absent$1
	};
	function find(path) {
		if (last.path === path && path !== "") return last.found;
		const found = lookUp(path);
		last = {
			path,
			found
		};
		return found;
	}
	function lookUp(path) {
		const normal = joinPath(path);
		if (normal === void 0) return outside;
		const known = folders.get(normal);
		if (known) return known;
		const parent = find(folderOf(normal));
		if (parent.entry.kind === "outside") return outside;
		if (parent.entry.kind !== "directory") return absent$1;
		const name = normal.slice(normal.lastIndexOf("/") + 1);
		const found = at(parent.real === "/" ? `/${name}` : `${parent.real}/${name}`);
		if (found.entry.kind === "directory") folders.set(normal, found);
		return found;
	}
	function at(path) {
		const stat = lstat(path);
		if (!stat) return absent$1;
		if (!stat.isSymbolicLink()) return {
			entry: entryOf$1(stat),
			real: path
		};
		const real = realPath(path);
		if (real === void 0 || real !== top && !real.startsWith(under)) return outside;
		return {
			entry: entryOf$1(statSync(real)),
			real
		};
	}
	return {
		entry: (path) => find(path).entry,
		read(path) {
			const { entry, real } = find(path);
			if (entry.kind !== "file") throw new Error(`not a file inside the folder: ${path}`);
			return reading(real, () => readFileSync(real));
		},
		identity: (path) => find(path).real,
		list(path) {
			const { entry, real } = find(path);
			return entry.kind === "directory" ? reading(real, () => readdirSync(real)).sort(byCodeUnit) : [];
		}
	};
}
function entryOf$1(stat) {
	if (stat.isDirectory()) return {
		...nothing,
		kind: "directory"
	};
	if (!stat.isFile()) return {
		...nothing,
		kind: "special"
	};
	return {
		kind: "file",
		size: stat.size,
		executable: (stat.mode & 73) !== 0
	};
}
function lstat(path) {
	return reading(path, () => {
		try {
			return lstatSync(path, { throwIfNoEntry: false });
		} catch (error) {
			if (codeOf(error) === "ENAMETOOLONG" || codeOf(error) === "ENOTDIR") return void 0;
			throw error;
		}
	});
}
function realPath(path) {
	try {
		return realpathSync.native(path);
	} catch {
		return;
	}
}

// src/support/files/git-files.ts
const absent = {
	kind: "absent",
	size: 0,
	executable: false
};
const largestFile = 4194304;
const mostBytes = 268435456;
const mostWords = 1e4;
async function gitFiles(root, ref) {
	const objects = objectsOf(await tree(root, ref));
	const contents = await contentsOf(root, objects);
	const folders = /* @__PURE__ */ new Map([["", /* @__PURE__ */ new Set()]]);
	for (const path of objects.keys()) for (let child = path; child !== ""; child = folderOf(child)) {
		const folder = folderOf(child);
		const names = folders.get(folder) ?? /* @__PURE__ */ new Set();
		folders.set(folder, names.add(child.slice(folder === "" ? 0 : folder.length + 1)));
	}
	return {
		entry: (path) => objects.get(path)?.entry ?? (folders.has(path) ? {
			...absent,
			kind: "directory"
		} : absent),
		read(path) {
			const content = contents.get(objects.get(path)?.id ?? "");
			if (!content) throw new Error(`not a file of the commit that can be read: ${path}`);
			return content;
		},
		identity: (path) => path,
		list: (path) => [...folders.get(path) ?? []].sort(byCodeUnit)
	};
}
async function git(root, argv) {
	const env = {
		...process.env,
		GIT_NO_LAZY_FETCH: "1",
		GIT_TERMINAL_PROMPT: "0",
		GIT_OPTIONAL_LOCKS: "0"
	};
	const { code, bytes } = await exec([
		"git",
		"-C",
		root,
		...argv
	], { env });
	if (code !== 0) throw unknownRef();
	return bytes;
}
async function tree(root, ref) {
	if (!/^[\w][\w./^~@{}-]*$/.test(ref)) throw unknownRef();
	return (await git(root, [
		"ls-tree",
		"-r",
		"-l",
		"-z",
		`${ref}^{tree}`
	])).toString("utf8");
}
function objectsOf(tree) {
	const objects = /* @__PURE__ */ new Map();
	for (const line of tree.split("\0")) {
		const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line);
		if (!match) continue;
		const [, mode = "", id = "", size = "", path = ""] = match;
		objects.set(path, {
			entry: entryOf(mode, size),
			id
		});
	}
	return objects;
}
function entryOf(mode, size) {
	if (mode === "120000") return {
		...absent,
		kind: "outside"
	};
	if (!mode.startsWith("100")) return {
		...absent,
		kind: "special"
	};
	return {
		kind: "file",
		size: Number(size),
		executable: mode === "100755"
	};
}
async function contentsOf(root, objects) {
	const files = [...objects.values()].filter(({ entry }) => entry.kind === "file" && entry.size <= largestFile);
	if (files.reduce((sum, { entry }) => sum + entry.size, 0) > mostBytes) throw tooLarge();
	const sizes = new Map(files.map(({ id, entry }) => [id, entry.size]));
	const ids = [...sizes.keys()];
	const contents = /* @__PURE__ */ new Map();
	for (let first = 0; first < ids.length; first += mostWords) {
		const some = ids.slice(first, first + mostWords);
		const bytes = await git(root, ["show", ...some]);
		let at = 0;
		for (const id of some) {
			const end = at + (sizes.get(id) ?? 0);
			contents.set(id, bytes.subarray(at, end));
			at = end;
		}
		if (at !== bytes.length) throw unknownRef();
	}
	return contents;
}
function unknownRef() {
	return new ToolkitError({
		kind: "input",
		reason: "input-invalid",
		what: "The commit of the input `base-ref` is not in this clone, or not all of it.",
		where: "the input `base-ref`",
		remedy: "Set `fetch-depth: 2` on actions/checkout for `HEAD^1` of a pull request, or leave `base-ref` out."
	});
}
function tooLarge() {
	return new ToolkitError({
		kind: "input",
		reason: "input-invalid",
		what: `The files of the commit of \`base-ref\` are larger than ${mostBytes / 1024 / 1024} MiB.`,
		where: "the input `base-ref`",
		remedy: "Check out that commit into a folder with actions/checkout, and set `base-path` instead."
	});
}

export { reading as i, diskFiles as n, codeOf as r, gitFiles as t };