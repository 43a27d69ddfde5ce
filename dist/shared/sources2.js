import { r as delegationVariable } from "./traps.js";
import { t as diskFiles } from "./disk-files.js";
import { t as ToolkitError } from "./errors.js";
import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";

// src/actions/validation/sources.ts
async function validationSources(inputs, root) {
	const { inventory, limit, playbookPath, basePath, baseRef } = inputs;
	if (basePath !== void 0 && baseRef !== void 0) throw invalid("Both `base-ref` and `base-path` are given.", "Give one of the two.");
	const base = basePath !== void 0 ? diskFiles(folder(root, basePath, "base-path")) : baseRef !== void 0 ? (await import("./git-files.js")).gitFiles(root, baseRef) : void 0;
	return {
		inventory,
		files: diskFiles(folder(root, ".", "inventory")),
		...limit !== void 0 && { limit },
		...await playbookOf(root, playbookPath),
		...base && { base }
	};
}
async function playbookOf(root, path) {
	const isClone = ["setup.yml", "roles/custom/matrix-authentication-service"].every((part) => existsSync(join(root, part)));
	if (path === void 0 && !isClone) return {};
	return { playbook: await playbookAt(root, path ?? ".") };
}
async function playbookAt(root, path) {
	const full = folder(root, path, "playbook-path");
	const { readCheckout } = await import("./checkout2.js");
	const { dialect, capabilities } = await readCheckout(full);
	const traps = [...capabilities.delegatesWhilePrepared ? [delegationVariable] : [], ...capabilities.advertisingVariables];
	const label = relative(root, full);
	return {
		files: diskFiles(full),
		label: label === "" ? "" : `${label}/`,
		facts: {
			dialect,
			traps
		}
	};
}
function folder(root, path, input) {
	const full = resolve(root, path);
	if (statSync(full, { throwIfNoEntry: false })?.isDirectory()) return full;
	throw invalid(`The input \`${input}\` names no folder.`, "Give the path of a folder that is there.");
}
function invalid(what, remedy) {
	return new ToolkitError({
		kind: "input",
		reason: "input-invalid",
		what,
		remedy
	});
}

export { validationSources as t };
//# sourceMappingURL=sources2.js.map