import { u as lockFile } from "./playbook.js";
import { p as folderOf } from "./git.js";

// src/inventory/other-host.ts
function isOfOtherHost(path, host) {
	const [, kind, owner = ""] = /(?:^|\/)(host|group)_vars\/([^/]+)/.exec(path) ?? [];
	return kind === "host" && owner !== host && withoutExtension(owner) !== host;
}
function withoutExtension(file) {
	return file.replace(/\.(?:ya?ml|json)$/, "");
}

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
		return [...all].some((path) => path === "" || isIn(path, file) || isIn(file, path)) && !isOfOtherHost(file, name);
	});
}
const reviewWorkflow = ".github/workflows/matrix-auth-review.yml";
const applyWorkflow = ".github/workflows/matrix-auth-apply.yml";
function isAppliedByHand(files) {
	const folder = folderOf(reviewWorkflow);
	const using = files.list(folder).map((name) => `${folder}/${name}`).filter((path) => isOfToolkit(path, files));
	return using.length === 1 && using[0] === ".github/workflows/matrix-auth-review.yml";
}
function isOfToolkit(path, files) {
	const { kind, size } = files.entry(path);
	return kind === "file" && size < 1e6 && Buffer.from(files.read(path)).includes("matrix-auth-actions");
}
function withoutSetUp(changedFiles, base) {
	const isAdded = (file) => changedFiles.includes(file) && base.entry(file).kind === "absent";
	if (!isAdded(".github/workflows/matrix-auth-apply.yml")) return changedFiles;
	const isPin = (file) => file === "playbook.lock" || /(?:^|\/)known_hosts$/.test(file);
	return changedFiles.filter((file) => !(isPin(file) && isAdded(file)));
}
function isIn(folder, file) {
	return `${file}/`.startsWith(`${folder}/`);
}

export { isOfOtherHost as a, withoutSetUp as i, reviewWorkflow as n, touches as r, isAppliedByHand as t };