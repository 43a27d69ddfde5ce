import { t as ToolkitError } from "./errors.js";
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";

// src/support/files/files.ts
function joinPath(...parts) {
	const segments = [];
	for (const segment of parts.join("/").split("/")) {
		if (segment === "" || segment === ".") continue;
		if (segment !== "..") segments.push(segment);
		else if (segments.pop() === void 0) return void 0;
	}
	return segments.join("/");
}
function folderOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
function byCodeUnit(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}

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
const absent = {
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
		found: absent
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
		if (parent.entry.kind !== "directory") return absent;
		const name = normal.slice(normal.lastIndexOf("/") + 1);
		const found = at(parent.real === "/" ? `/${name}` : `${parent.real}/${name}`);
		if (found.entry.kind === "directory") folders.set(normal, found);
		return found;
	}
	function at(path) {
		const stat = lstat(path);
		if (!stat) return absent;
		if (!stat.isSymbolicLink()) return {
			entry: entryOf(stat),
			real: path
		};
		const real = realPath(path);
		if (real === void 0 || real !== top && !real.startsWith(under)) return outside;
		return {
			entry: entryOf(statSync(real)),
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
function entryOf(stat) {
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

export { folderOf as a, byCodeUnit as i, codeOf as n, joinPath as o, reading as r, diskFiles as t };