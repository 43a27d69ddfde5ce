// src/playbook/render.ts
const reordered = /[/-]reverse-proxy-companion\.conf$/;
function renderedFiles(results, host) {
	const files = /* @__PURE__ */ new Map();
	const unreadable = /* @__PURE__ */ new Set();
	for (const result of results) {
		if (result.host !== host || result.status !== "changed") continue;
		for (const item of changedItems(result)) for (const diff of item.diffs) addFile(files, unreadable, item, diff);
	}
	return {
		files: [...files.values()].filter((file) => file.deleted || file.before !== file.after && !onlyReordered(file)),
		unreadable: [...unreadable]
	};
}
async function readDeleted(files, read) {
	return Promise.all(files.map(async (file) => {
		const before = file.deleted ? await read(file.path) : void 0;
		return before === void 0 ? file : {
			...file,
			before
		};
	}));
}
function changedItems({ result }) {
	return result.items.length > 0 ? result.items.filter((item) => item.status === "changed") : [result];
}
function addFile(files, unreadable, answer, diff) {
	const path = diff.path ?? answer.path;
	if (!path?.startsWith("/")) return;
	if (diff.withheld) unreadable.add(path);
	else if (diff.afterState === "absent" && diff.beforeState === "file") files.set(path, {
		path,
		deleted: true
	});
	else if (diff.after !== void 0) {
		const before = files.get(path)?.before ?? diff.before;
		files.set(path, {
			path,
			before,
			after: diff.after,
			mode: answer.mode,
			owner: ownerOf(answer)
		});
	}
}
function ownerOf(answer) {
	const [user, group] = [answer.owner ?? answer.uid, answer.group ?? answer.gid];
	return user === void 0 || group === void 0 ? void 0 : `${user}:${group}`;
}
function onlyReordered({ path, before, after }) {
	if (!reordered.test(path) || before === void 0 || after === void 0) return false;
	const sorted = (text) => text.split("\n").map((line) => line.trim()).sort().join("\n");
	return sorted(before) === sorted(after);
}

// src/playbook/tags.ts
const userTags = ["ensure-matrix-users-created"];
const afterInstall = [...userTags, "start"];
function deployTags(after, actual) {
	return [after === "off" && actual !== "absent" ? "setup-all" : "install-all", ...afterInstall];
}
const renderTags = [
	"install-synapse",
	"install-matrix-authentication-service",
	"install-matrix-static-files",
	"install-client-element"
];
const synapseTags = ["install-synapse"];

export { readDeleted as a, userTags as i, renderTags as n, renderedFiles as o, synapseTags as r, deployTags as t };