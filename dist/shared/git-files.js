import { t as ToolkitError } from "./errors.js";
import { n as folderOf, t as byCodeUnit } from "./files.js";
import { execFileSync } from "node:child_process";

// src/support/files/git.ts
const mostOutput = 67108864;
function git(root, argv, given = {}) {
	return execFileSync("git", [
		"-C",
		root,
		...argv
	], {
		env: {
			...process.env,
			GIT_NO_LAZY_FETCH: "1",
			GIT_TERMINAL_PROMPT: "0",
			GIT_OPTIONAL_LOCKS: "0"
		},
		maxBuffer: mostOutput,
		stdio: [
			given.input === void 0 ? "ignore" : "pipe",
			"pipe",
			"pipe"
		],
		...given
	});
}

// src/support/files/git-files.ts
const absent = {
	kind: "absent",
	size: 0,
	executable: false
};
function gitFiles(root, ref) {
	const objects = /* @__PURE__ */ new Map();
	const folders = /* @__PURE__ */ new Map([["", /* @__PURE__ */ new Set()]]);
	for (const line of tree(root, ref).split("\0")) {
		const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line);
		if (!match) continue;
		const [, mode = "", object = "", size = "", path = ""] = match;
		objects.set(path, {
			entry: entryOf(mode, size),
			object
		});
		for (let child = path; child !== ""; child = folderOf(child)) {
			const folder = folderOf(child);
			const names = folders.get(folder) ?? /* @__PURE__ */ new Set();
			folders.set(folder, names.add(child.slice(folder === "" ? 0 : folder.length + 1)));
		}
	}
	return {
		entry: (path) => objects.get(path)?.entry ?? (folders.has(path) ? {
			...absent,
			kind: "directory"
		} : absent),
		read(path) {
			const found = objects.get(path);
			if (found?.entry.kind !== "file") throw new Error(`not a file of the commit: ${path}`);
			return git(root, [
				"cat-file",
				"blob",
				found.object
			]);
		},
		identity: (path) => path,
		list: (path) => [...folders.get(path) ?? []].sort(byCodeUnit)
	};
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
function tree(root, ref) {
	if (!/^[\w][\w./^~@{}-]*$/.test(ref)) throw unknownRef(void 0);
	try {
		return git(root, [
			"ls-tree",
			"-r",
			"-l",
			"-z",
			`${ref}^{tree}`
		]).toString("utf8");
	} catch (error) {
		throw unknownRef(error);
	}
}
function unknownRef(cause) {
	return new ToolkitError({
		kind: "input",
		reason: "input-invalid",
		what: "The commit of the input `base-ref` is not in this clone.",
		where: "the input `base-ref`",
		remedy: "Have actions/checkout fetch it (`fetch-depth: 2` for `HEAD^1` of a pull request), or leave the input out.",
		cause
	});
}

export { gitFiles as t };