// src/playbook/render.ts
/** Modules whose change in check mode says nothing: pulling an image reports one, always. */
const noiseActions = /(^|\.)(docker_image|docker_image_pull|docker_image_build|set_fact|include_tasks|debug)$/;
/** Its lines change their order at every run unless Python's hash seed is fixed. */
const reordered = /[/-]reverse-proxy-companion\.conf$/;
/**
* The file set of a `--check --diff` run: what `copy`, `template` and `file` would write on one host, with both sides as
* Ansible shows them. Noise is left out: image pulls, and files whose lines only change their order.
*/
function renderedFiles(results, host) {
	const files = /* @__PURE__ */ new Map();
	const unreadable = /* @__PURE__ */ new Set();
	const others = [];
	for (const result of results) {
		if (result.host !== host || result.status !== "changed" || noiseActions.test(result.action)) continue;
		if (!changedAnswers(result).flatMap((answer) => answer.diffs.map((diff) => take(files, unreadable, answer, diff))).includes(true)) others.push(result.task.name);
	}
	return {
		files: [...files.values()].filter((file) => file.deleted || file.before !== file.after && !onlyReordered(file)),
		unreadable: [...unreadable],
		others
	};
}
function changedAnswers({ result }) {
	return result.items.length > 0 ? result.items.filter((item) => item.status === "changed") : [result];
}
/** Whether the diff is one of a file's content. */
function take(files, unreadable, answer, diff) {
	const path = diff.path ?? answer.path;
	if (!path?.startsWith("/")) return false;
	if (diff.withheld) {
		unreadable.add(path);
		return true;
	}
	if (diff.afterState === "absent" && diff.beforeState === "file") {
		files.set(path, {
			path,
			deleted: true
		});
		return true;
	}
	if (diff.after === void 0) return false;
	const before = files.get(path)?.before ?? diff.before;
	files.set(path, {
		path,
		...before === void 0 ? {} : { before },
		after: diff.after,
		...answer.mode === void 0 ? {} : { mode: answer.mode },
		...ownerOf(answer)
	});
	return true;
}
function ownerOf(answer) {
	const [user, group] = [answer.owner ?? answer.uid, answer.group ?? answer.gid];
	return user === void 0 || group === void 0 ? {} : { owner: `${user}:${group}` };
}
function onlyReordered({ path, before, after }) {
	if (!reordered.test(path) || before === void 0 || after === void 0) return false;
	const sorted = (text) => text.split("\n").sort().join("\n");
	return sorted(before) === sorted(after);
}

export { renderedFiles as t };
//# sourceMappingURL=render.js.map