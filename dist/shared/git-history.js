import { t as git } from "./git.js";

// src/support/files/git-history.ts
const day = 86400;
const mostFiles = 50;
const mostCommits = 100;
const mostMilliseconds = 5e3;
function gitHistory(root, now) {
	const known = /* @__PURE__ */ new Map();
	let isShallow;
	const newestFirst = (file) => {
		const found = known.get(file) ?? (known.size < mostFiles ? versionsOf(root, file) : []);
		if (known.size < mostFiles) known.set(file, found);
		return found;
	};
	return { daysSince(file, says) {
		const versions = newestFirst(file);
		const end = versions.findIndex(({ text }) => text === void 0 || !says(text));
		const first = versions[(end < 0 ? versions.length : end) - 1];
		if (!first) return void 0;
		isShallow ??= tryGit(root, ["rev-parse", "--is-shallow-repository"])?.trim() === "true";
		if (end < 0 && isShallow) return "untold";
		return Math.max(0, Math.floor((now - first.committed) / day));
	} };
}
function versionsOf(root, file) {
	if (file.includes("\n")) return [];
	const commits = (tryGit(root, [
		"log",
		"--first-parent",
		"--format=%H %ct",
		`-${mostCommits}`,
		"--",
		file
	]) ?? "").split("\n").flatMap((line) => {
		const [, commit, time] = /^([0-9a-f]{40,64}) (\d+)$/.exec(line) ?? [];
		return commit === void 0 ? [] : [{
			commit,
			committed: Number(time)
		}];
	});
	if (commits.length === 0) return [];
	const texts = parseBatch(tryGit(root, ["cat-file", "--batch"], commits.map(({ commit }) => `${commit}:./${file}\n`).join("")) ?? "");
	return commits.map(({ committed }, index) => ({
		committed,
		text: texts[index]
	}));
}
function parseBatch(output) {
	const bytes = Buffer.from(output, "latin1");
	const texts = [];
	for (let at = 0; at < bytes.length;) {
		const end = bytes.indexOf("\n", at);
		if (end < 0) return texts;
		const [, size] = / blob (\d+)$/.exec(bytes.toString("latin1", at, end)) ?? [];
		at = end + 1;
		if (size === void 0) texts.push(void 0);
		else {
			texts.push(bytes.toString("utf8", at, at + Number(size)));
			at += Number(size) + 1;
		}
	}
	return texts;
}
function tryGit(root, argv, input) {
	try {
		return git(root, argv, {
			timeout: mostMilliseconds,
			...input !== void 0 && { input }
		}).toString("latin1");
	} catch {
		return;
	}
}

export { gitHistory };