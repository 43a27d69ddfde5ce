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

export { folderOf as n, joinPath as r, byCodeUnit as t };