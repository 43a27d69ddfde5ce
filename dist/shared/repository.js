import { a as git, m as folderOf, p as byCodeUnit, u as diskFiles } from "./folders.js";
import { i as ToolkitError } from "./exec.js";

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
async function gitOrThrow(root, argv) {
	const { code, bytes } = await git(root, argv, { GIT_NO_LAZY_FETCH: "1" });
	if (code !== 0) throw unknownRef();
	return bytes;
}
async function tree(root, ref) {
	if (!/^[\w][\w./^~@{}-]*$/.test(ref)) throw unknownRef();
	return (await gitOrThrow(root, [
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
		const bytes = await gitOrThrow(root, ["show", ...some]);
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
		reason: "input-invalid",
		what: "The commit of the input `base-ref` is not in this clone, or not all of it.",
		where: "the input `base-ref`",
		remedy: "Set `fetch-depth: 2` on actions/checkout for `HEAD^1` of a pull request, or leave `base-ref` out."
	});
}
function tooLarge() {
	return new ToolkitError({
		reason: "input-invalid",
		what: `The files of the commit of \`base-ref\` are larger than ${mostBytes / 1024 / 1024} MiB.`,
		where: "the input `base-ref`",
		remedy: "Check out that commit into a folder, and set `base-path` instead."
	});
}

// src/actions/repository.ts
var Repository = class {
	root;
	files;
	#commits = /* @__PURE__ */ new Map();
	constructor(root) {
		this.root = root;
		this.files = diskFiles(root);
	}
	at(ref) {
		const files = this.#commits.get(ref) ?? gitFiles(this.root, ref);
		this.#commits.set(ref, files);
		return files;
	}
};

export { Repository as t };