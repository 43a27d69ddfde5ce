import { t as git } from "./git.js";

// src/support/git-history.ts
const day = 86400;
const mostFiles = 50;
function gitHistory(root, now) {
	const files = /* @__PURE__ */ new Map();
	let isShallow;
	const linesOf = (file) => {
		const known = files.get(file);
		if (known) return known;
		isShallow ??= tryGit(root, ["rev-parse", "--is-shallow-repository"])?.trim() === "true";
		const isBeyond = files.size >= mostFiles;
		const output = isBeyond ? void 0 : tryGit(root, [
			"blame",
			"--porcelain",
			"--",
			file
		]);
		const lines = output === void 0 ? /* @__PURE__ */ new Map() : parseBlame(output, isShallow);
		if (!isBeyond) files.set(file, lines);
		return lines;
	};
	return { daysAt({ file, line }) {
		const committed = linesOf(file).get(line)?.committed;
		if (typeof committed !== "number") return committed;
		return Math.max(0, Math.floor((now - committed) / day));
	} };
}
function tryGit(root, argv) {
	try {
		return git(root, argv).toString("utf8");
	} catch {
		return;
	}
}
function parseBlame(output, isShallow) {
	const hashes = /* @__PURE__ */ new Map();
	const times = /* @__PURE__ */ new Map();
	const boundaries = /* @__PURE__ */ new Set();
	let hash = "";
	for (const line of output.split("\n")) {
		const head = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(line);
		if (head) {
			hash = head[1] ?? "";
			hashes.set(Number(head[2]), hash);
		} else if (line.startsWith("committer-time ")) times.set(hash, Number(line.slice(15)));
		else if (line === "boundary") boundaries.add(hash);
	}
	const lines = /* @__PURE__ */ new Map();
	for (const [number, commit] of hashes) {
		const time = times.get(commit);
		if (time === void 0 || /^0+$/.test(commit)) continue;
		lines.set(number, { committed: isShallow && boundaries.has(commit) ? "untold" : time });
	}
	return lines;
}

export { gitHistory };
//# sourceMappingURL=git-history.js.map