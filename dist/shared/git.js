import { i as ToolkitError, t as exec } from "./exec.js";
import { i as parseRecord } from "./json.js";
import { StringDecoder } from "node:string_decoder";

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
			throw new BadInput("must be `true` or `false`");
		},
		fallback: fallback?.toString()
	};
}
function oneOf(choices, fallback) {
	return {
		read: (value) => {
			const choice = choices.find((candidate) => candidate === value);
			if (choice === void 0) throw new BadInput(`must be one of ${choices.map((name) => `\`${name}\``).join(", ")}`);
			return choice;
		},
		fallback
	};
}
function wholeNumber(range = {}) {
	const { min = 0, max = Number.MAX_SAFE_INTEGER, fallback } = range;
	return {
		read: (value) => {
			const parsed = /^\d+$/.test(value) ? Number(value) : NaN;
			if (!(parsed >= min && parsed <= max)) throw new BadInput(`must be a whole number from ${min} to ${max}`);
			return parsed;
		},
		fallback: fallback?.toString()
	};
}
function wholeNumberOr(word) {
	const { read } = wholeNumber();
	return {
		read: (value) => value === word ? word : read(value),
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
		remedy: "Correct the inputs that are listed above. docs/reference describes every input."
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
function lastLine(output) {
	return output.trim().split("\n").at(-1) ?? "";
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
async function fetchCommit(folder, remote, commit) {
	if ((await git(folder, [
		"cat-file",
		"-e",
		`${commit}^{tree}`
	], { GIT_NO_LAZY_FETCH: "1" })).code === 0) return;
	const fetched = await git(folder, [
		"fetch",
		"--quiet",
		"--no-tags",
		"--depth=1",
		remote.url,
		commit
	], credentials(remote));
	if (fetched.code !== 0) throw failed(`The commit ${commit} cannot be fetched.`, remote, fetched);
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
		where: `${url}: ${lastLine(stderr)}`,
		remedy: "Run the job again. If it fails again, check that the job may read this repository."
	});
}

export { lineSplitter as a, jsonObject as c, paths as d, readInputs as f, wholeNumberOr as g, wholeNumber as h, lastLine as i, oneOf as l, text as m, git as n, BadInput as o, secret as p, tipOf as r, flag as s, fetchCommit as t, optional as u };