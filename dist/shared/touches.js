import { s as lockFile } from "./playbook.js";
import { p as folderOf } from "./folders.js";

// src/actions/validate-config/touches.ts
function touches({ paths, folders }, { name }, changedFiles, playbook = "playbook/") {
	if (changedFiles === void 0) return true;
	const all = /* @__PURE__ */ new Set([
		...paths,
		...paths.map(folderOf),
		...folders
	]);
	return changedFiles.some((file) => {
		if (file === "playbook.lock" || `${file}/`.startsWith(playbook)) return true;
		const isBeside = [...all].some((path) => path === "" || isIn(path, file) || isIn(file, path));
		const owner = /(?:^|\/)host_vars\/([^/]+)/.exec(file)?.[1];
		return isBeside && (owner === void 0 || owner === name || withoutExtension(owner) === name);
	});
}
const reviewWorkflow = ".github/workflows/matrix-auth-review.yml";
const applyWorkflow = ".github/workflows/matrix-auth-apply.yml";
function withoutSetUp(changedFiles, base) {
	const isAdded = (file) => changedFiles.includes(file) && base.entry(file).kind === "absent";
	if (!isAdded(".github/workflows/matrix-auth-apply.yml")) return changedFiles;
	const isPin = (file) => file === "playbook.lock" || /(?:^|\/)known_hosts$/.test(file);
	return changedFiles.filter((file) => !(isPin(file) && isAdded(file)));
}
function isIn(folder, file) {
	return `${file}/`.startsWith(`${folder}/`);
}
function withoutExtension(file) {
	return file.replace(/\.(?:ya?ml|json)$/, "");
}

export { touches as n, withoutSetUp as r, reviewWorkflow as t };