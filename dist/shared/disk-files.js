import { t as byCodeUnit } from "./files.js";
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

// src/support/disk-files.ts
const absent = {
	kind: "absent",
	size: 0,
	executable: false
};
function diskFiles(root) {
	const top = realpathSync(resolve(root));
	const inside = (path) => {
		const way = relative(top, path);
		return way !== ".." && !way.startsWith(`..${sep}`) && !way.startsWith(sep);
	};
	function entry(path) {
		const full = join(top, path);
		if (!inside(full)) return {
			...absent,
			kind: "outside"
		};
		if (!isThere(full)) return absent;
		const real = realPath(full);
		if (real === void 0) return {
			...absent,
			kind: "outside"
		};
		if (!inside(real)) return {
			...absent,
			kind: "outside"
		};
		const stat = statSync(real);
		if (stat.isDirectory()) return {
			...absent,
			kind: "directory"
		};
		if (!stat.isFile()) return {
			...absent,
			kind: "special"
		};
		return {
			kind: "file",
			size: stat.size,
			executable: (stat.mode & 73) !== 0
		};
	}
	return {
		entry,
		read(path) {
			if (entry(path).kind !== "file") throw new Error(`not a file inside the folder: ${path}`);
			return readFileSync(realpathSync.native(join(top, path)));
		},
		identity: (path) => realpathSync.native(join(top, path)),
		list: (path) => entry(path).kind === "directory" ? readdirSync(realpathSync.native(join(top, path))).sort(byCodeUnit) : []
	};
}
function isThere(path) {
	try {
		return lstatSync(path, { throwIfNoEntry: false }) !== void 0;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "ELOOP";
	}
}
function realPath(path) {
	try {
		return realpathSync.native(path);
	} catch {
		return;
	}
}

export { diskFiles as t };
//# sourceMappingURL=disk-files.js.map