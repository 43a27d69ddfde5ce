import { r as reading, t as codeOf } from "./reading.js";
import { i as ToolkitError, r as withoutRunnerVariables, t as exec } from "./exec.js";
import { f as visible } from "./escape.js";
import { a as parseRecord } from "./json.js";
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join, relative, resolve, sep } from "node:path";
import { StringDecoder } from "node:string_decoder";

// src/support/files/folders.ts
function isBelow(folder, path) {
	return relative(folder, path).split(sep)[0] !== "..";
}
function requireFolders(root, folder, content) {
	if (!isBelow(root, folder)) return;
	const names = relative(root, folder).split(sep);
	const other = names.map((_, index) => join(root, ...names.slice(0, index + 1))).find((part) => lstatSync(part, { throwIfNoEntry: false })?.isDirectory() === false);
	if (other === void 0) return;
	throw new ToolkitError({
		reason: "checkout-unsupported",
		what: `${content} cannot be written to its folder, because the path goes through a link or a file.`,
		where: other,
		remedy: "Remove the link or file from the repository."
	});
}

// src/actions/inputs.ts
var BadInput = class extends Error {
	name = "BadInput";
};
function text(fallback) {
	return {
		read: (value) => value,
		fallback
	};
}
function secret() {
	return {
		...text(),
		isSecret: true
	};
}
function paths(fallback) {
	return {
		read: (value) => {
			const found = value.split(/[,\n]/).map((path) => path.trim()).filter((path) => path !== "");
			if (found.length === 0) throw new BadInput("must be a path, or several separated by commas");
			return found;
		},
		fallback
	};
}
function optional(reader) {
	const { read, isSecret = false } = reader;
	return {
		read,
		isSecret,
		absent: { value: void 0 }
	};
}
function flag(fallback) {
	return {
		read: (value) => {
			if (value === "true" || value === "false") return value === "true";
			throw new BadInput(`must be \`true\` or \`false\`${shown(value)}`);
		},
		fallback: fallback?.toString()
	};
}
function oneOf(choices, fallback) {
	return {
		read: (value) => {
			const choice = choices.find((candidate) => candidate === value);
			if (choice === void 0) throw new BadInput(`must be one of ${choices.map((name) => `\`${name}\``).join(", ")}${shown(value)}`);
			return choice;
		},
		fallback
	};
}
function wholeNumber(limits = {}) {
	const { min = 0, max = Number.MAX_SAFE_INTEGER, fallback } = limits;
	const range = max < Number.MAX_SAFE_INTEGER ? ` from ${min} to ${max}` : min > 0 ? ` from ${min}` : "";
	return {
		read: (value) => wholeNumberIn(value, min, max, range),
		fallback: fallback?.toString()
	};
}
function wholeNumberIn(value, min, max, range) {
	const parsed = /^\d+$/.test(value) ? Number(value) : NaN;
	if (parsed >= min && parsed <= max) return parsed;
	throw new BadInput(`must be a whole number${range}${shown(value)}`);
}
const longestShown = 15;
function shown(value) {
	return value.length > longestShown ? "" : `, but is ${visible(JSON.stringify(value))}`;
}
function wholeNumberOr(word) {
	return {
		read: (value) => value === word ? word : wholeNumberIn(value, 0, Number.MAX_SAFE_INTEGER, ` or \`${word}\``),
		fallback: "0"
	};
}
function jsonObject() {
	return {
		read: (value) => {
			const parsed = parseRecord(value);
			if (parsed !== void 0) return parsed;
			throw new BadInput("must be a JSON object, such as {\"name\": true}");
		},
		absent: { value: {} }
	};
}
function readInputs(table, givenText) {
	const values = {};
	const bad = [];
	for (const [name, reader] of Object.entries(table)) try {
		values[camelCase(name)] = readOne(reader, givenText(name)?.trim() ?? "");
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		bad.push(`\`${name}\` ${error.message}`);
	}
	if (bad.length > 0) throw new ToolkitError({
		reason: "input-invalid",
		what: `${bad.length === 1 ? "An input is" : `${bad.length} inputs are`} invalid: ${bad.join("; ")}.`,
		where: "`with:` of the step, or the options of the command",
		remedy: `Fix ${bad.length === 1 ? "it" : "them"}. docs/reference describes every input.`
	});
	return values;
}
function readOne(reader, given) {
	const value = given === "" ? reader.fallback ?? "" : given;
	if (value !== "") return reader.read(value);
	if (reader.absent) return reader.absent.value;
	if (reader.fallback !== void 0) return reader.read("");
	throw new BadInput("is required");
}
function camelCase(name) {
	return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

// src/support/files/files.ts
function textIn(files, file) {
	return files.entry(file).kind === "file" ? new TextDecoder().decode(files.read(file)) : "";
}
function joinPath(...parts) {
	const whole = parts.join("/");
	if (!/(?:^|\/)\.{0,2}(?:\/|$)/.test(whole)) return whole;
	const segments = [];
	for (const segment of whole.split("/")) {
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

// src/support/lines.ts
function lineSplitter(onLine) {
	const decoder = new StringDecoder("utf8");
	let rest = "";
	const take = (text) => {
		const lines = (rest + text).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
	};
	return {
		write: (chunk) => take(decoder.write(chunk)),
		end: () => {
			take(decoder.end());
			if (rest !== "") onLine(rest);
			rest = "";
		}
	};
}
const saysError = /\b(?:error|fatal|failed|failure|denied|refused|cannot|can't|unable|could not|no such|not found|no space|timed out|invalid|panicked)\b/i;
const isAside = /^(?:see |run |try |usage:|for more information|hint:|context:|detail:|line \d+:|\^|is the server running|\S+: (?:hint|detail|context):)/i;
function failureLine(output) {
	const lines = output.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	if (lines.some((line) => line.startsWith("Traceback (most recent call last)"))) return lines.at(-1) ?? "";
	const told = lines.filter((line) => !isAside.test(line));
	return told.find((line) => saysError.test(line)) ?? told.at(-1) ?? lines.at(-1) ?? "";
}
function reasonAtEnd(reason) {
	if (reason === "") return ".";
	return `: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`;
}

// src/support/git.ts
const quiet = {
	GIT_TERMINAL_PROMPT: "0",
	GIT_OPTIONAL_LOCKS: "0",
	GIT_LFS_SKIP_SMUDGE: "1"
};
function git(folder, argv, env = {}) {
	return exec([
		"git",
		"-C",
		folder,
		...argv
	], { env: {
		...process.env,
		...quiet,
		...env
	} });
}
function gitNow(folder, argv, input, env) {
	const { status, stdout } = spawnSync("git", [
		"-C",
		folder,
		...argv
	], {
		env: withoutRunnerVariables({
			...process.env,
			...quiet,
			...env
		}),
		input,
		maxBuffer: Number.POSITIVE_INFINITY
	});
	return {
		code: status ?? 128,
		bytes: stdout ?? Buffer.alloc(0)
	};
}
async function isElsewhere(root, files, commit = "HEAD") {
	const parts = files.map((path) => (joinPath(path) ?? "").split("/"));
	const above = parts.flatMap((names) => names.map((_, index) => names.slice(0, index + 1).join("/")));
	const beside = parts.map((names) => names.slice(0, -1).join("/") || ".");
	const [path, inside] = await Promise.all([git(root, [
		"ls-tree",
		commit,
		"--",
		...above
	]), git(root, [
		"ls-tree",
		"-r",
		commit,
		"--",
		...beside
	])]);
	return /^1[26]0000 /m.test(path.stdout) || /^120000 /m.test(inside.stdout);
}
async function fetchCommit(folder, remote, commit) {
	if ((await git(folder, [
		"cat-file",
		"-e",
		`${commit}^{tree}`
	], { GIT_NO_LAZY_FETCH: "1" })).code === 0) return;
	await fetchFrom(remote, folder, "--depth=1", commit, `The commit ${commit} cannot be fetched.`);
}
async function fetchHistory(folder, remote) {
	const [isShallow, commit = ""] = (await git(folder, [
		"rev-parse",
		"--is-shallow-repository",
		"HEAD"
	])).stdout.trim().split("\n");
	if (isShallow !== "true") return;
	await fetchFrom(remote, folder, "--unshallow", commit, `The commits before ${commit} cannot be fetched.`);
}
async function fetchFrom(remote, folder, depth, commit, failure) {
	const fetched = await git(folder, [
		"fetch",
		"--quiet",
		"--no-tags",
		depth,
		remote.url,
		commit
	], credentials(remote));
	if (fetched.code !== 0) throw failed(failure, remote, fetched);
}
async function checkOut(folder, remote, commit) {
	await git(folder, ["init", "--quiet"]);
	await fetchCommit(folder, remote, commit);
	await git(folder, [
		"checkout",
		"--quiet",
		"--force",
		"--detach",
		commit
	]);
}
async function tipOf(folder, remote, branch) {
	const ref = `refs/heads/${branch}`;
	const listed = await git(folder, [
		"ls-remote",
		"--exit-code",
		remote.url,
		ref
	], credentials(remote));
	const commit = listed.stdout.split("\n").map((line) => line.split("	")).find(([, name]) => name === ref)?.[0];
	if (commit === void 0) throw failed(`The branch ${branch} cannot be read.`, remote, listed);
	return commit;
}
function credentials({ url, token }) {
	if (token === void 0) return {};
	const name = `http.${url}.extraheader`;
	return {
		GIT_CONFIG_COUNT: "2",
		GIT_CONFIG_KEY_0: name,
		GIT_CONFIG_VALUE_0: "",
		GIT_CONFIG_KEY_1: name,
		GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`
	};
}
function failed(what, { url }, { stderr }) {
	return new ToolkitError({
		reason: "fetch-failed",
		what,
		where: `${url}: ${failureLine(stderr)}`,
		remedy: "Try again. If it fails again, check that this repository can be read from here."
	});
}

export { secret as C, wholeNumberOr as D, wholeNumber as E, isBelow as O, readInputs as S, text as T, flag as _, gitNow as a, optional as b, failureLine as c, diskFiles as d, byCodeUnit as f, BadInput as g, textIn as h, git as i, requireFolders as k, lineSplitter as l, joinPath as m, fetchCommit as n, isElsewhere as o, folderOf as p, fetchHistory as r, tipOf as s, checkOut as t, reasonAtEnd as u, jsonObject as v, shown as w, paths as x, oneOf as y };