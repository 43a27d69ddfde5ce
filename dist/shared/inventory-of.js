import { i as ToolkitError } from "./exec.js";
import { f as byCodeUnit, m as joinPath, p as folderOf } from "./git.js";
import { p as pageOfRule } from "./account-counts.js";

// src/inventory/read/shell-words.ts
const part = /[^ \t\r\n#'"\\]+|#|\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/y;
function shellWords(line, { comments = true } = {}) {
	const end = comments ? /[ \t\r\n#]/ : /[ \t\r\n]/;
	const words = [];
	for (let at = 0; at < line.length;) {
		const start = at;
		let text = "";
		for (; at < line.length && !end.test(line.charAt(at)); at = part.lastIndex) {
			part.lastIndex = at;
			const [plain, escaped, single, double] = part.exec(line) ?? [];
			if (plain === void 0) return void 0;
			text += escaped ?? single ?? double?.replace(/\\([\\"])/g, "$1") ?? plain;
		}
		if (at > start) words.push({
			text,
			start,
			end: at
		});
		if (comments && line.charAt(at) === "#") break;
		at += 1;
	}
	return words;
}

// src/inventory/value.ts
function entryOf(value, key) {
	if (value.kind !== "map") return void 0;
	return value.entries.find((entry) => entry.key === key);
}
function valueAt(value, ...keys) {
	return keys.reduce((part, key) => part && entryOf(part, key)?.value, value);
}
function textAt(value, ...keys) {
	const part = valueAt(value, ...keys);
	return part?.kind === "string" ? part.value : void 0;
}
function hasPart(value, test) {
	if (test(value)) return true;
	if (value.kind === "list") return value.items.some((item) => hasPart(item, test));
	return value.kind === "map" && value.entries.some((entry) => hasPart(entry.value, test));
}
function isOpaque(value) {
	return value.kind === "unknown" || value.kind === "vault";
}
const trueTexts = /* @__PURE__ */ new Set([
	"true",
	"yes",
	"on",
	"1"
]);
function truthOf(value) {
	switch (value.kind) {
		case "boolean": return value.value;
		case "null": return false;
		case "integer": return value.value === 0n ? false : value.value === 1n ? true : "contradictory";
		case "float": return value.value === 0 ? false : value.value === 1 ? true : "contradictory";
		case "string": {
			const text = value.value.toLowerCase();
			if (trueTexts.has(text)) return true;
			return value.value === "" ? false : "contradictory";
		}
		case "list": return value.items.length === 0 ? false : "contradictory";
		case "map": return value.entries.length === 0 ? false : "contradictory";
		case "date": return "contradictory";
		case "unknown":
		case "vault": return "unknown";
	}
}
function toJson(value) {
	const opaque = [];
	const convert = (part, pointer) => {
		switch (part.kind) {
			case "list": return part.items.map((item, index) => convert(item, `${pointer}/${index}`));
			case "map": return Object.fromEntries(part.entries.map(({ key, value }) => [key, convert(value, `${pointer}/${pointerSegment(key)}`)]));
			case "integer": return Number(part.value);
			case "date": return part.text;
			case "null": return null;
			case "unknown":
			case "vault":
				opaque.push(pointer);
				return null;
			default: return part.value;
		}
	};
	return {
		json: convert(value, ""),
		opaque
	};
}
function pointerSegment(key) {
	return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
function partAt(value, pointer) {
	let part = value;
	for (const segment of pointer.split("/").slice(1)) {
		const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
		const next = part.kind === "list" ? part.items[Number(key)] : entryOf(part, key)?.value;
		if (!next) return part;
		part = next;
	}
	return part;
}

// src/inventory/definition.ts
function isOfInventoryGroup({ group, source }) {
	return group !== void 0 && (source === "inventory" || source === "group_vars");
}
function isOfPlaybook({ source }) {
	return source.startsWith("playbook_");
}

// src/inventory/jinja.ts
const delimiters = /\{\{|\{%|\{#/;
const sops = /^ENC\[AES256_GCM,data:[^\]]*\]$/;
const rawStart = /\{%([-+]?)\s*raw\s*(?:-%\}\s*|%\})/g;
const rawEnd = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\}\n?)/g;
function templated(text) {
	if (text.startsWith("#jinja2:")) return jinja(text);
	if (!delimiters.test(text)) return sops.test(text) ? { kind: "vault" } : {
		kind: "string",
		value: text
	};
	let result = "";
	for (const { outside, content } of parts(text)) {
		if (delimiters.test(outside)) return jinja(text);
		result += outside + (content ?? "");
	}
	const literal = withNewlinesOf(text, result.replace(/\r\n?/g, "\n"));
	return literal === "" ? jinja(text) : {
		kind: "string",
		value: literal
	};
}
function jinja(source) {
	return {
		kind: "unknown",
		source
	};
}
function* parts(text) {
	let end = 0;
	for (;;) {
		const start = execAt(rawStart, text, end);
		const close = start && execAt(rawEnd, text, start.index + start[0].length);
		if (!start || !close) break;
		const outside = text.slice(end, start.index);
		const content = text.slice(start.index + start[0].length, close.index);
		yield {
			outside: start[1] === "-" ? outside.trimEnd() : outside,
			content: close[1] === "-" ? content.trimEnd() : content
		};
		end = close.index + close[0].length;
	}
	yield { outside: text.slice(end) };
}
function execAt(pattern, text, from) {
	pattern.lastIndex = from;
	return pattern.exec(text);
}
function withValues(text) {
	if (text.startsWith("#jinja2:")) return void 0;
	let result = "";
	for (const { outside, content } of parts(text)) {
		if (/\{[%#]/.test(outside)) return void 0;
		result += outside + (content ?? "");
	}
	return result;
}
function expressionsIn(text) {
	return [...parts(text)].flatMap(({ outside }) => {
		const found = [];
		for (let at = 0;;) {
			const start = execAt(/\{\{|\{%/g, outside, at);
			if (!start) return found;
			const end = outside.indexOf(start[0] === "{{" ? "}}" : "%}", start.index + 2);
			found.push(outside.slice(start.index, end < 0 ? void 0 : end));
			if (end < 0) return found;
			at = end + 2;
		}
	});
}
function withNewlinesOf(text, result) {
	const missing = trailingNewlines(text) - trailingNewlines(result);
	return result + "\n".repeat(Math.max(0, missing));
}
function trailingNewlines(text) {
	let count = 0;
	while (text.charAt(text.length - 1 - count) === "\n") count += 1;
	return count;
}
const token = /'(?:[^'\\]|\\.)*(?:'|\\?$)|"(?:[^"\\]|\\.)*(?:"|\\?$)|([.|]\s*)?\b([A-Za-z_]\w*)\b(\s*=(?!=))?/gs;
function namesIn(text) {
	const names = /* @__PURE__ */ new Set();
	for (const expression of expressionsIn(text)) for (const [, before, word, assigned] of expression.matchAll(token)) if (word !== void 0 && before === void 0 && assigned === void 0) names.add(word);
	return names;
}

// src/inventory/read/limits.ts
const limits = {
	fileBytes: 2097152,
	allBytes: 67108864,
	files: 2e4,
	folderDepth: 10,
	problems: 1e3,
	hosts: 2e4,
	groups: 2e4,
	depth: 100,
	parts: 2e5,
	allParts: 7e5,
	memberships: 1e6
};

// src/inventory/read/problem.ts
const problemTexts = {
	"inventory/yaml-syntax": {
		severity: "error",
		why: "Ansible stops at a file that it cannot parse. Its variables are unknown to this check.",
		remedy: "Fix the YAML at this place: keys of one mapping start in the same column, and a text with a colon needs quotes."
	},
	"inventory/duplicate-key": {
		severity: "warning",
		why: "Ansible uses the last of two equal keys and ignores the first.",
		remedy: "Remove one of them."
	},
	"inventory/unquoted-jinja": {
		severity: "error",
		why: "YAML parses an unquoted `{{ … }}` as nested mappings, so Ansible fails.",
		remedy: "Quote the whole value: `name: \"{{ … }}\"`."
	},
	"inventory/encoding": {
		severity: "error",
		why: "Ansible stops if a file is not UTF-8 or has control characters.",
		remedy: "Save the file as UTF-8, without a byte order mark, and remove control characters."
	},
	"inventory/git-crypt": {
		severity: "error",
		why: "The file is encrypted by git-crypt and not unlocked, so its variables are unknown.",
		remedy: "Move the variables that decide the stage to a plain file next to it, or use Ansible Vault."
	},
	"inventory/missing-submodule": {
		severity: "error",
		why: "The folder is a git submodule that is not checked out, so the variables in it are unknown.",
		remedy: "Add `submodules: true` to the step with actions/checkout, and a `token` that can read the submodule."
	},
	"inventory/several-documents": {
		severity: "error",
		why: "Ansible rejects a file with more than one YAML document.",
		remedy: "Move the second document to another file, or remove the `---` line."
	},
	"inventory/not-a-mapping": {
		severity: "error",
		why: "Ansible expects a mapping of variable names to values.",
		remedy: "Write `name: value` lines."
	},
	"inventory/unknown-tag": {
		severity: "error",
		why: "Ansible supports the tags `!vault` and `!unsafe` and stops at others.",
		remedy: "Remove the tag or quote the text."
	},
	"inventory/limit": {
		severity: "error",
		why: `This check reads files of up to ${limits.fileBytes / 2 ** 20} MiB and up to ${limits.hosts} hosts. More could exhaust its memory or time.`,
		remedy: "Make the file or the inventory smaller, or split it."
	},
	"inventory/link-outside": {
		severity: "error",
		why: "A symbolic link to a path outside the repository could expose any file of the runner.",
		remedy: "Replace the link with a file in the repository."
	},
	"inventory/special-file": {
		severity: "error",
		why: "The path must exist and be a regular file.",
		remedy: "Create the file, or replace it with a regular file."
	},
	"inventory/syntax": {
		severity: "error",
		why: "Ansible stops at a line that it cannot parse.",
		remedy: "Fix the line at this place."
	},
	"inventory/skipped-entry": {
		severity: "warning",
		why: "Ansible ignores such an entry, with its hosts and variables.",
		remedy: "Fix the entry, or remove it."
	},
	"inventory/undefined-group": {
		severity: "error",
		why: "Ansible rejects an inventory with a group that no section declares.",
		remedy: "Add a section for the group, or correct its name."
	},
	"inventory/group-cycle": {
		severity: "error",
		why: "Ansible rejects groups that contain each other.",
		remedy: "Remove one of the two `children` entries."
	},
	"trust/inventory-script": {
		severity: "error",
		why: "Ansible executes such a file on the runner to get the inventory. This check executes nothing.",
		remedy: "Use a static inventory in INI or YAML."
	},
	"trust/executable-inventory": {
		severity: "warning",
		why: "Ansible tries to execute an inventory file with the executable bit.",
		remedy: "Remove the bit: `git update-index --chmod=-x FILE`."
	},
	"trust/inventory-plugin": {
		severity: "error",
		why: "Ansible gets the hosts from a plugin that runs on the runner. This check executes nothing.",
		remedy: "Use a static inventory in INI or YAML."
	},
	"inventory/shadowed-file": {
		severity: "warning",
		why: "Ansible reads only one of the two: a folder `NAME/` or a file `NAME` hides `NAME.yml`, which hides `NAME.yaml` and `NAME.json`.",
		remedy: "Move the file into the folder, or its lines into the file that Ansible reads."
	}
};
function problem(id, message, place) {
	return {
		id,
		message,
		place,
		...problemTexts[id],
		page: pageOfRule(id)
	};
}
var ReadingProblem = class extends Error {
	name = "ReadingProblem";
	finding;
	constructor(id, message, place) {
		super(message);
		this.finding = problem(id, message, place);
	}
};
function syntaxProblem(message, place) {
	return new ReadingProblem("inventory/syntax", message, place);
}
function startOf(file) {
	return {
		file,
		line: 1,
		column: 1
	};
}
function addProblems(list, ...found) {
	for (const finding of found) {
		if (list.length > limits.problems) return;
		if (list.length < limits.problems) list.push(finding);
		else {
			const message = `there are more than ${limits.problems} problems here; the others are not shown`;
			list.push(problem("inventory/limit", message, startOf(finding.place?.file ?? "")));
		}
	}
}

// src/inventory/read/submodules.ts
const file = ".gitmodules";
const maxSubmodules = 1e3;
function missingSubmodules(files) {
	return submodulesOf(files).filter(({ path }) => isMissing(files, path));
}
function submodulesOf(files) {
	const { kind, size } = files.entry(file);
	if (kind !== "file" || size > limits.fileBytes) return [];
	return new TextDecoder().decode(files.read(file)).split("\n").flatMap((line, index) => {
		const [, before = "", value = ""] = /^(\s*path\s*=\s*)(\S.*?)\s*$/.exec(line.slice(0, 5e3)) ?? [];
		const path = joinPath(value.replace(/^"(.*)"$/, "$1"));
		if (path === void 0 || path === "") return [];
		const [column, endColumn] = [before.length + 1, before.length + value.length + 1];
		return [{
			path,
			place: {
				file,
				line: index + 1,
				column,
				endLine: index + 1,
				endColumn
			}
		}];
	}).slice(0, maxSubmodules);
}
function isMissing(files, path) {
	const { kind } = files.entry(path);
	return kind === "absent" || kind === "special" || kind === "directory" && files.list(path).length === 0;
}
function overlaps(a, b) {
	return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

// src/inventory/read/source-text.ts
const vaultHeader = "$ANSIBLE_VAULT;";
const gitCryptHeader = "\0GITCRYPT\0";
const unprintableAscii = /[^\t\n\r -~]/;
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
function readText(files, path, label = path) {
	const { kind, size } = files.entry(path);
	if (kind === "outside") throw stop("inventory/link-outside", `${label} is a link out of the repository, or to a file that does not exist`, label);
	if (kind === "absent") throw stop("inventory/special-file", `${label} does not exist`, label);
	if (kind !== "file") throw stop("inventory/special-file", `${label} is not a plain file`, label);
	if (size > limits.fileBytes) throw stop("inventory/limit", `${label} has ${size} bytes; the limit is ${limits.fileBytes}`, label);
	return decode(label, files.read(path));
}
function decode(path, bytes) {
	const head = String.fromCharCode(...bytes.subarray(0, 15));
	if (head.startsWith(gitCryptHeader)) throw stop("inventory/git-crypt", `${path} is encrypted by git-crypt`, path);
	if (head === vaultHeader) return { kind: "vault" };
	const whole = fromUtf8(bytes);
	if (whole === void 0) throw stop("inventory/encoding", `${path} is not UTF-8`, path);
	const text = whole.replace(/^\ufeff/, "");
	const ascii = whole.length === bytes.length;
	const odd = (ascii ? unprintableAscii : unprintable).exec(text);
	if (odd) {
		const before = text.slice(0, odd.index).split("\n");
		const place = {
			file: path,
			line: before.length,
			column: (before.at(-1)?.length ?? 0) + 1
		};
		const code = odd[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
		throw new ReadingProblem("inventory/encoding", `${path} contains the control character U+${code}`, place);
	}
	return {
		kind: "text",
		text,
		isAscii: ascii,
		isMarked: text !== whole
	};
}
const utf8 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
function fromUtf8(bytes) {
	try {
		return utf8.decode(bytes);
	} catch {
		return;
	}
}
function stop(id, message, path) {
	return new ReadingProblem(id, message, startOf(path));
}

// src/inventory/read/walk.ts
function walk(files, folder, choose, visit, ancestors = []) {
	const identity = files.identity(folder);
	if (ancestors.includes(identity) || ancestors.length >= limits.folderDepth) {
		const what = ancestors.includes(identity) ? "links to a folder that contains it" : "is nested too deeply";
		visit(folder, new ReadingProblem("inventory/limit", `${folder} ${what}`, startOf(folder)));
		return;
	}
	for (const name of files.list(folder)) {
		const child = folder === "" ? name : `${folder}/${name}`;
		const isFolder = files.entry(child).kind === "directory";
		if (!choose(name, isFolder)) continue;
		if (isFolder) walk(files, child, choose, visit, [...ancestors, identity]);
		else visit(child);
	}
}

// src/inventory/yaml/cursor.ts
var YamlError = class extends Error {
	name = "YamlError";
	offset;
	constructor(message, offset) {
		super(message);
		this.offset = offset;
	}
};
const chars = {
	end: 0,
	tab: 9,
	lineFeed: 10,
	carriageReturn: 13,
	space: 32,
	bang: 33,
	quote: 34,
	hash: 35,
	percent: 37,
	ampersand: 38,
	apostrophe: 39,
	asterisk: 42,
	comma: 44,
	dash: 45,
	colon: 58,
	less: 60,
	greater: 62,
	question: 63,
	openBracket: 91,
	backslash: 92,
	closeBracket: 93,
	openBrace: 123,
	bar: 124,
	closeBrace: 125,
	nextLine: 133,
	byteOrderMark: 65279
};
function isBlank(code) {
	return code === chars.space || code === chars.tab;
}
function isBreak(code) {
	return code === chars.lineFeed || code === chars.carriageReturn || code === chars.nextLine || code === 8232 || code === 8233;
}
function isBreakOrEnd(code) {
	return code === chars.end || isBreak(code);
}
function isBlankOrEnd(code) {
	return isBlank(code) || isBreakOrEnd(code);
}
const blanks$1 = /[ \t]+/y;
const notBreaks = /[^\n\r\x85\u2028\u2029]+/y;
var Cursor = class {
	text;
	at = 0;
	lineStart = 0;
	constructor(text) {
		this.text = text;
	}
	get column() {
		return this.at - this.lineStart;
	}
	code(ahead = 0) {
		const at = this.at + ahead;
		return at < this.text.length ? this.text.charCodeAt(at) : chars.end;
	}
	skip(pattern) {
		pattern.lastIndex = this.at;
		if (pattern.test(this.text)) this.at = pattern.lastIndex;
	}
	skipBlanks() {
		this.skip(blanks$1);
	}
	skipToBreak() {
		this.skip(notBreaks);
	}
	skipComment() {
		if (this.code() === chars.hash) this.skipToBreak();
	}
	lineBreak() {
		const code = this.code();
		this.at += code === chars.carriageReturn && this.code(1) === chars.lineFeed ? 2 : 1;
		this.lineStart = this.at;
		return code > chars.nextLine ? String.fromCharCode(code) : "\n";
	}
	documentMark() {
		if (this.at !== this.lineStart || !isBlankOrEnd(this.code(3))) return void 0;
		if (this.text.startsWith("---", this.at)) return "---";
		return this.text.startsWith("...", this.at) ? "..." : void 0;
	}
};

// src/inventory/yaml/properties.ts
const word$1 = /[\w-]+/y;
const uri = /(?:[\w\-;/?:@&=+$.!~*'()]|%[0-9a-fA-F]{2})+/y;
const uriWithBrackets = /(?:[\w\-;/?:@&=+$.!~*'(),[\]]|%[0-9a-fA-F]{2})+/y;
const afterName = new Set([..."?:,]}%@`"].map((char) => char.charCodeAt(0)));
function scanName(cursor) {
	const start = cursor.at;
	cursor.at += 1;
	cursor.skip(word$1);
	const text = cursor.text.slice(start + 1, cursor.at);
	if (text === "" || !(isBlankOrEnd(cursor.code()) || afterName.has(cursor.code()))) throw new YamlError("unquoted text cannot begin with `&` or `*`: quote it", start);
	return {
		text,
		end: cursor.at
	};
}
function scanTag(cursor, inFlow) {
	const start = cursor.at;
	if (cursor.code(1) === chars.less) {
		cursor.at += 2;
		matchUri(cursor, uriWithBrackets, start);
		if (cursor.code() !== chars.greater) throw malformed(start);
		cursor.at += 1;
	} else {
		cursor.at += 1;
		cursor.skip(word$1);
		if (cursor.code() === chars.bang) {
			cursor.at += 1;
			matchUri(cursor, uri, start);
		} else matchUri(cursor, uri);
	}
	const code = cursor.code();
	if (!isBlankOrEnd(code) && !(inFlow && code === chars.comma)) throw malformed(start);
	return {
		text: cursor.text.slice(start, cursor.at),
		end: cursor.at
	};
}
function matchUri(cursor, pattern, required) {
	pattern.lastIndex = cursor.at;
	const [match] = pattern.exec(cursor.text) ?? [];
	if (match !== void 0) cursor.at += match.length;
	else if (required !== void 0) throw malformed(required);
}
function malformed(start) {
	return new YamlError("a tag is malformed: quote a text that begins with `!`", start);
}
const longestDirective = 1e3;
function scanDirective(cursor) {
	const start = cursor.at;
	cursor.skipToBreak();
	if (cursor.at - start > longestDirective) throw new YamlError("a directive is malformed", start);
	const text = cursor.text.slice(start, cursor.at).replace(/[ \t]+(?:#.*)?$/, "");
	return {
		text,
		end: start + text.length
	};
}
const coreTag = "tag:yaml.org,2002:";
function resolveTag({ text, start }, handles) {
	if (text.startsWith("!<")) return decoded(text.slice(2, -1), start);
	if (text === "!") return "!";
	const handle = /^![\w-]*!/.exec(text)?.[0] ?? "!";
	const prefix = handles.get(handle);
	if (prefix === void 0) throw new YamlError("a tag has an undefined handle", start);
	return prefix + decoded(text.slice(handle.length), start);
}
function decoded(uri, start) {
	try {
		return decodeURIComponent(uri);
	} catch {
		throw new YamlError("a tag is malformed", start);
	}
}

// src/inventory/yaml/document.ts
function readDocument(reader) {
	const { scanner } = reader;
	const handles = directives(reader);
	let first = scanner.peek();
	if (first.kind === "end" && !handles.explicit) return void 0;
	const marked = first.kind === "document-start";
	if (marked) {
		scanner.take();
		first = scanner.peek();
	} else if (handles.explicit) throw new YamlError("a directive must be followed by `---`", first.start);
	const value = marked && endsDocument(first) ? reader.empty(first.start) : reader.node("block", handles.byName);
	requireEnd(reader);
	return value;
}
var SecondDocument = class extends Error {
	name = "SecondDocument";
	offset;
	constructor(offset) {
		super("several documents");
		this.offset = offset;
	}
};
function requireEnd({ scanner }) {
	let ended = false;
	while (scanner.peek().kind === "document-end") {
		scanner.take();
		ended = true;
	}
	const next = scanner.peek();
	if (next.kind === "end") return;
	if (next.kind === "document-start" || next.kind === "directive") throw new SecondDocument(next.start);
	throw new YamlError(ended ? "nothing may follow `...`" : "the indentation does not match the lines above, or a quote ends too early", next.start);
}
function endsDocument({ kind }) {
	return [
		"directive",
		"document-start",
		"document-end",
		"end"
	].includes(kind);
}
function directives({ scanner }) {
	const byName = /* @__PURE__ */ new Map([["!", "!"], ["!!", coreTag]]);
	const own = /* @__PURE__ */ new Set();
	let explicit = false;
	for (let token = scanner.peek(); token.kind === "directive"; token = scanner.peek()) {
		scanner.take();
		explicit = true;
		const tag = /^%TAG[ \t]+(!(?:[\w-]*!)?)[ \t]+(\S+)$/.exec(token.text);
		const version = /^%YAML[ \t]+(\d+)\.(\d+)$/.exec(token.text);
		const name = tag?.[1] ?? "%YAML";
		if (!(tag ? true : version?.[1] === "1" && (version[2] === "1" || version[2] === "2")) || own.has(name)) throw new YamlError("a directive is malformed", token.start);
		own.add(name);
		if (tag) byName.set(name, tag[2] ?? "");
	}
	return {
		explicit,
		byName
	};
}

// src/inventory/yaml/located.ts
var Lines = class {
	starts = [0];
	file;
	constructor(file, text) {
		this.file = file;
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
	}
	place(start, end) {
		const line = this.lineOf(start);
		const column = start - (this.starts[line] ?? 0) + 1;
		const endLine = this.lineOf(end);
		const endColumn = end - (this.starts[endLine] ?? 0) + 1;
		return {
			file: this.file,
			line: line + 1,
			column,
			endLine: endLine + 1,
			endColumn
		};
	}
	lineOf(offset) {
		let low = 0;
		let high = this.starts.length - 1;
		while (low < high) {
			const middle = low + high + 1 >> 1;
			if ((this.starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return low;
	}
};
var Located = class {
	lines;
	start;
	end;
	constructor(bare, lines, start, end) {
		Object.assign(this, bare);
		this.lines = lines;
		this.start = start;
		this.end = end;
	}
	get place() {
		return this.lines.place(this.start, this.end);
	}
};
function located(bare, lines, start, end) {
	return new Located(bare, lines, start, end);
}
var LocatedEntry = class {
	key;
	value;
	lines;
	start;
	end;
	constructor(key, value, lines, [start, end]) {
		this.key = key;
		this.value = value;
		this.lines = lines;
		this.start = start;
		this.end = end;
	}
	get keyPlace() {
		return this.lines.place(this.start, this.end);
	}
};

// src/inventory/yaml/anchors.ts
var Anchors = class {
	byName = /* @__PURE__ */ new Map();
	open({ text, start }) {
		if (this.byName.has(text)) throw new YamlError("an anchor with this name already exists", start);
		this.byName.set(text, "open");
	}
	set({ text }, anchored) {
		this.byName.set(text, anchored);
	}
	find(name, at) {
		const target = this.byName.get(name);
		if (target === void 0) throw new YamlError("an alias has no anchor before it", at);
		if (target === "open") throw new YamlError("an alias is inside its own anchor", at);
		return target;
	}
};

// src/inventory/yaml/mapping.ts
function entriesOf(pairs, problems) {
	const entries = /* @__PURE__ */ new Map();
	const merged = [];
	for (const { entry, merge } of pairs) {
		const { key, value } = entry;
		if (merge) {
			const brought = mergedEntries(value);
			const message = "`<<` needs a mapping or a list of mappings";
			if (brought) merged.push(brought);
			else addProblems(problems, problem("inventory/yaml-syntax", message, value.place));
			continue;
		}
		const earlier = entries.get(key);
		if (earlier) {
			const message = `duplicate key \`${key}\`, first defined on line ${earlier.keyPlace.line}`;
			addProblems(problems, problem("inventory/duplicate-key", message, entry.keyPlace));
			entries.delete(key);
		}
		entries.set(key, entry);
	}
	for (const entry of merged.reverse().flat()) if (!entries.has(entry.key)) entries.set(entry.key, entry);
	return [...entries.values()];
}
function mergedEntries(value) {
	if (value.kind === "map") return [...value.entries];
	if (value.kind === "unknown") return [];
	if (value.kind !== "list") return void 0;
	const found = [];
	for (const item of value.items) {
		if (item.kind !== "map") return void 0;
		found.push(...item.entries);
	}
	return found;
}

// src/inventory/read/plain-scalar.ts
const boolean = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const truthy = /^(?:yes|true|on)$/i;
const nothing = /^(?:~|null|Null|NULL|)$/;
const binary = /^[-+]?0b[01_]+$/;
const octal = /^[-+]?0[0-7_]+$/;
const decimal = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const hexadecimal = /^[-+]?0x[0-9a-fA-F_]+$/;
const sexagesimal = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/;
const float = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const sexagesimalFloat = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/;
const infinite = /^[-+]?\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;
const date = /^\d{4}-\d\d-\d\d$/;
const time = /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?(?:[ \t]*(?:Z|[-+](\d\d?)(?::(\d\d))?))?$/;
const maxDigits$1 = 4300;
function plainScalar(text) {
	if (text === "=" || text === "<<") return void 0;
	if (!/^(?:[-+.0-9~nNyYtTfFoO]|$)/.test(text)) return {
		kind: "string",
		value: text
	};
	if (nothing.test(text)) return { kind: "null" };
	if (boolean.test(text)) return {
		kind: "boolean",
		value: truthy.test(text)
	};
	if (!/^[-+.0-9]/.test(text)) return {
		kind: "string",
		value: text
	};
	if (text.charAt(4) === "-" && (date.test(text) || time.test(text))) return isDate(text) ? {
		kind: "date",
		text
	} : void 0;
	if (isInteger(text)) return integer(text);
	return floating(text) ?? {
		kind: "string",
		value: text
	};
}
function isDate(text) {
	const [year = 0, month = 0, day = 0] = text.split(/[-Tt \t]+/, 3).map(Number);
	const days = new Date(Date.UTC(2e3 + year % 400, month, 0)).getUTCDate();
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > days) return false;
	const [hour = 0, minute = 0, second = 0, zone = 0] = time.exec(text)?.slice(4, 8).map((part) => Number(part ?? 0)) ?? [];
	return hour < 24 && minute < 60 && second < 60 && zone < 24;
}
function isInteger(text) {
	return [
		binary,
		octal,
		decimal,
		hexadecimal,
		sexagesimal
	].some((pattern) => pattern.test(text));
}
function integer(text) {
	const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
	if (digits.length > maxDigits$1) return void 0;
	const magnitude = integerMagnitude(digits);
	if (magnitude === void 0) return void 0;
	return {
		kind: "integer",
		value: text.startsWith("-") ? -magnitude : magnitude
	};
}
function integerMagnitude(digits) {
	if (digits === "0b" || digits === "0x") return void 0;
	if (/^0[bx]/.test(digits)) return BigInt(digits);
	if (digits.includes(":")) return digits.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);
	return digits.length > 1 && digits.startsWith("0") ? BigInt(`0o${digits}`) : BigInt(digits);
}
function floating(text) {
	const sign = text.startsWith("-") ? -1 : 1;
	if (infinite.test(text)) return {
		kind: "float",
		value: sign * 1e400
	};
	if (notANumber.test(text)) return {
		kind: "float",
		value: NaN
	};
	const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
	if (float.test(text)) return {
		kind: "float",
		value: sign * Number(digits)
	};
	if (!sexagesimalFloat.test(text)) return void 0;
	return {
		kind: "float",
		value: sign * digits.split(":").reduce((sum, part) => sum * 60 + Number(part), 0)
	};
}

// src/inventory/yaml/scalar-value.ts
const typed = /* @__PURE__ */ new Map([
	[`${coreTag}bool`, "boolean"],
	[`${coreTag}int`, "integer"],
	[`${coreTag}float`, "float"],
	[`${coreTag}timestamp`, "date"]
]);
function scalarValue({ text, plain, tag, unsafe }) {
	const string = () => unsafe ? {
		kind: "string",
		value: text
	} : templated(text);
	if (tag === void 0 || tag === "!") {
		const bare = plain || tag === "!" ? plainScalar(text) : void 0;
		if (bare === void 0 && (plain || tag === "!")) return void 0;
		return bare === void 0 || bare.kind === "string" ? string() : bare;
	}
	if (tag === `${"tag:yaml.org,2002:"}str` || tag === "!unsafe") return string();
	if (tag === `${"tag:yaml.org,2002:"}null`) return { kind: "null" };
	const kind = typed.get(tag);
	if (kind === void 0) return { kind: "unknown" };
	const bare = plainScalar(text);
	if (kind === "float" && bare?.kind !== "float") return floatOf(text);
	return bare?.kind === kind ? bare : void 0;
}
function floatOf(text) {
	const sign = text.startsWith("-") ? -1 : 1;
	const parts = text.replaceAll("_", "").replace(/^[-+]/, "").split(":");
	if (!parts.every((part) => /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(part))) return void 0;
	return {
		kind: "float",
		value: sign * parts.reduce((sum, part) => sum * 60 + Number(part), 0)
	};
}
const vaultTags = /* @__PURE__ */ new Set(["!vault", "!vault-encrypted"]);
const known = /* @__PURE__ */ new Set([
	"!unsafe",
	"!",
	...[
		"str",
		"map",
		"seq",
		"null",
		"binary",
		"omap",
		"pairs",
		"set",
		...typed.keys()
	].map((name) => name.startsWith("tag:yaml.org,2002:") ? name : coreTag + name)
]);
function isVaultTag(tag) {
	return tag !== void 0 && vaultTags.has(tag);
}
const mappingTags = new Set(["map", "set"].map((name) => coreTag + name));
const listTags = new Set([
	"seq",
	"omap",
	"pairs"
].map((name) => coreTag + name));
function conflictsWith(tag, kind) {
	if (!tag.startsWith("tag:yaml.org,2002:") || !supportsTag(tag)) return false;
	return !(kind === "map" ? mappingTags : listTags).has(tag);
}
function supportsTag(tag) {
	return known.has(tag) || vaultTags.has(tag);
}

// src/inventory/yaml/possible-keys.ts
const longestKey = 1024;
var PossibleKeys = class {
	stack = [void 0];
	get level() {
		return this.stack.length - 1;
	}
	enter() {
		this.stack.push(void 0);
	}
	leave() {
		if (this.level > 0) this.stack.pop();
	}
	save({ at, lineStart }, number, required) {
		this.drop();
		this.stack[this.level] = {
			number,
			at,
			lineStart,
			required
		};
	}
	take() {
		const key = this.stack[this.level];
		this.stack[this.level] = void 0;
		return key;
	}
	drop() {
		const key = this.take();
		if (key?.required) throw missingColon(key);
	}
	dropStale({ at, lineStart }) {
		for (let level = 0; level < this.stack.length; level += 1) {
			const key = this.stack[level];
			if (!key || key.lineStart === lineStart && key.at + longestKey >= at) continue;
			if (key.required) throw missingColon(key);
			this.stack[level] = void 0;
		}
	}
	has(number) {
		return this.stack.some((key) => key?.number === number);
	}
};
function missingColon({ at }) {
	return new YamlError("this line is not `key: value`: a colon is missing, or a quote on an earlier line", at);
}

// src/inventory/yaml/scalars.ts
var Gap = class {
	blanks = "";
	first = "";
	more = "";
	brokeLine = false;
	scan(cursor, indent = 0) {
		for (let code = cursor.code(); isBlank(code) || isBreak(code); code = cursor.code()) {
			if (isBreak(code)) {
				const text = cursor.lineBreak();
				if (this.brokeLine) this.more += text;
				else this.first = text;
				this.brokeLine = true;
				continue;
			}
			if (this.brokeLine && code === chars.tab && cursor.column < indent) throw new YamlError("a tab is used for indentation: use spaces", cursor.at);
			if (!this.brokeLine) this.blanks += cursor.text.charAt(cursor.at);
			cursor.at += 1;
		}
	}
	escaped() {
		this.brokeLine = true;
	}
	take() {
		const text = this.brokeLine ? folded(this.first, this.more) : this.blanks;
		this.blanks = this.first = this.more = "";
		this.brokeLine = false;
		return text;
	}
};
function folded(first, more) {
	if (first !== "\n") return first + more;
	return more === "" ? " " : more;
}
const flowEnds = /* @__PURE__ */ new Set([
	chars.comma,
	chars.openBracket,
	chars.closeBracket,
	chars.openBrace,
	chars.closeBrace
]);
function scanPlain(cursor, indent, inFlow) {
	const gap = new Gap();
	let text = "";
	let end = cursor.at;
	while (!cursor.documentMark() && cursor.code() !== chars.hash) {
		const from = cursor.at;
		skipPlain(cursor, inFlow);
		if (cursor.at > from) {
			text += gap.take() + cursor.text.slice(from, cursor.at);
			end = cursor.at;
		}
		if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
		gap.scan(cursor, indent);
		if (!inFlow && cursor.column < indent) break;
	}
	return {
		text,
		end,
		brokeLine: gap.brokeLine
	};
}
const plainInBlock = /[^ \t\n\r\x85\u2028\u2029:]+/y;
const plainInFlow = /[^ \t\n\r\x85\u2028\u2029:,[\]{}]+/y;
const quotedOnce = /[^ \t\n\r\x85\u2028\u2029']+/y;
const quotedTwice = /[^ \t\n\r\x85\u2028\u2029"\\]+/y;
function skipPlain(cursor, inFlow) {
	const pattern = inFlow ? plainInFlow : plainInBlock;
	cursor.skip(pattern);
	for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
		if (code === chars.colon) {
			const next = cursor.code(1);
			if (isBlankOrEnd(next)) return;
			if (inFlow && (flowEnds.has(next) || next === chars.question)) throw new YamlError("a space is missing after this colon", cursor.at);
		} else if (inFlow && flowEnds.has(code)) return;
		cursor.at += 1;
		cursor.skip(pattern);
	}
}
const escapes$1 = {
	0: "\0",
	a: "\x07",
	b: "\b",
	t: "	",
	"	": "	",
	n: "\n",
	v: "\v",
	f: "\f",
	r: "\r",
	e: "\x1B",
	" ": " ",
	"\"": "\"",
	"/": "/",
	"\\": "\\",
	N: "",
	_: "\xA0",
	L: "\u2028",
	P: "\u2029"
};
const codeLengths = {
	x: 2,
	u: 4,
	U: 8
};
function scanQuoted(cursor) {
	const start = cursor.at;
	const quote = cursor.code();
	const gap = new Gap();
	let text = "";
	cursor.at += 1;
	for (;;) {
		if (cursor.documentMark()) throw new YamlError("a quote on an earlier line is not closed", cursor.at);
		text += gap.take() + quotedPart(cursor, quote, gap);
		const code = cursor.code();
		if (code === quote) break;
		if (code === chars.end) throw new YamlError("a quote is not closed", start);
		gap.scan(cursor);
	}
	cursor.at += 1;
	return {
		text,
		end: cursor.at
	};
}
function quotedPart(cursor, quote, gap) {
	let text = "";
	let from = cursor.at;
	for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
		if (code === quote && !(quote === chars.apostrophe && cursor.code(1) === chars.apostrophe)) break;
		if (code === quote) {
			text += cursor.text.slice(from, cursor.at + 1);
			cursor.at += 2;
			from = cursor.at;
		} else if (code === chars.backslash && quote === chars.quote) {
			text += cursor.text.slice(from, cursor.at);
			cursor.at += 1;
			if (isBreak(cursor.code())) {
				cursor.lineBreak();
				gap.escaped();
				return text;
			}
			text += escaped(cursor);
			from = cursor.at;
		} else cursor.skip(quote === chars.quote ? quotedTwice : quotedOnce);
	}
	return text + cursor.text.slice(from, cursor.at);
}
function escaped(cursor) {
	const name = cursor.text.charAt(cursor.at);
	const length = Object.hasOwn(codeLengths, name) ? codeLengths[name] ?? 0 : 0;
	if (length === 0) {
		if (!Object.hasOwn(escapes$1, name)) throw new YamlError("a double-quoted text has an unknown escape: use single quotes", cursor.at - 1);
		cursor.at += 1;
		return escapes$1[name] ?? "";
	}
	const digits = cursor.text.slice(cursor.at + 1, cursor.at + 1 + length);
	const code = new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits) ? Number.parseInt(digits, 16) : -1;
	if (code < 0 || code > 1114111 || code >= 55296 && code <= 57343) throw new YamlError("a double-quoted text has a malformed escape", cursor.at - 1);
	cursor.at += 1 + length;
	return String.fromCodePoint(code);
}
function scanBlock(cursor, parent) {
	const literal = cursor.code() === chars.bar;
	cursor.at += 1;
	const { chomping, increment } = blockHeader(cursor);
	const breaks = {
		text: "",
		end: cursor.at
	};
	let indent = increment === 0 ? 0 : Math.max(parent, 0) + increment;
	indent = blockBreaks(cursor, indent, parent, breaks);
	let text = "";
	let leadingBreak = "";
	let leadingBlank = false;
	while (cursor.column === indent && cursor.code() !== chars.end) {
		const blank = isBlank(cursor.code());
		if (!(!literal && leadingBreak === "\n" && !leadingBlank && !blank)) text += leadingBreak;
		else if (breaks.text === "") text += " ";
		text += breaks.text;
		breaks.text = "";
		leadingBlank = blank;
		const from = cursor.at;
		cursor.skipToBreak();
		text += cursor.text.slice(from, cursor.at);
		leadingBreak = cursor.code() === chars.end ? "" : cursor.lineBreak();
		indent = blockBreaks(cursor, indent, parent, breaks);
	}
	if (chomping !== "-") text += leadingBreak;
	if (chomping === "+") text += breaks.text;
	return {
		text,
		end: breaks.end
	};
}
function blockHeader(cursor) {
	const [whole = "", before, after, first, last] = /^(?:([-+])([0-9])?|([0-9])([-+])?)?/.exec(cursor.text.slice(cursor.at, cursor.at + 2)) ?? [];
	const digit = after ?? first;
	if (digit === "0") throw new YamlError("the indentation of a block cannot be 0", cursor.at);
	cursor.at += whole.length;
	cursor.skipBlanks();
	cursor.skipComment();
	if (!isBreakOrEnd(cursor.code())) throw new YamlError("the line must end after `|` or `>`: quote the value", cursor.at);
	if (cursor.code() !== chars.end) cursor.lineBreak();
	return {
		chomping: before ?? last ?? "",
		increment: Number(digit ?? 0)
	};
}
function blockBreaks(cursor, indent, parent, breaks) {
	let widest = 0;
	breaks.end = cursor.at;
	for (;;) {
		while ((indent === 0 || cursor.column < indent) && cursor.code() === chars.space) cursor.at += 1;
		widest = Math.max(widest, cursor.column);
		if ((indent === 0 || cursor.column < indent) && cursor.code() === chars.tab) throw new YamlError("a tab is used for indentation: use spaces", cursor.at);
		if (!isBreak(cursor.code())) break;
		breaks.text += cursor.lineBreak();
		breaks.end = cursor.at;
	}
	return indent === 0 ? Math.max(widest, parent + 1, 1) : indent;
}

// src/inventory/yaml/scanner.ts
const spaces = / +/y;
const blanks = /[ \t]+/y;
const starters = /* @__PURE__ */ new Set([
	chars.ampersand,
	chars.asterisk,
	chars.bang,
	chars.quote,
	chars.apostrophe
]);
const never = new Set([..."-?:,[]{}#&*!|>'\"%@`"].map((char) => char.charCodeAt(0)));
var Scanner = class {
	cursor;
	queue = [];
	head = 0;
	taken = 0;
	indent = -1;
	indents = [];
	keyAllowed = true;
	keys = new PossibleKeys();
	ended = false;
	constructor(text) {
		this.cursor = new Cursor(text);
	}
	peek() {
		while (this.needsMore()) this.fetch();
		const token = this.queue[this.head];
		if (!token) throw new Error("no token after the end");
		return token;
	}
	take() {
		const token = this.peek();
		if (token.kind === "end") return token;
		this.head += 1;
		this.taken += 1;
		if (this.head === this.queue.length || this.head > 4096) {
			this.queue = this.queue.slice(this.head);
			this.head = 0;
		}
		return token;
	}
	needsMore() {
		if (this.ended) return false;
		if (this.head === this.queue.length) return true;
		this.keys.dropStale(this.cursor);
		return this.keys.has(this.taken);
	}
	get inFlow() {
		return this.keys.level > 0;
	}
	fetch() {
		const { cursor } = this;
		this.toNextToken();
		this.keys.dropStale(this.cursor);
		this.closeBlocks(cursor.column);
		const code = cursor.code();
		const mark = cursor.documentMark();
		if (cursor.at >= cursor.text.length) this.finish();
		else if (mark) this.documentToken(mark === "---" ? "document-start" : "document-end", skipMark);
		else if (code === chars.percent && cursor.column === 0) this.documentToken("directive", scanDirective);
		else this.fetchWithin(code, cursor.code(1));
	}
	fetchWithin(code, next) {
		const spaced = isBlankOrEnd(next);
		if (code === chars.openBrace && next === chars.openBrace) this.unquotedJinja();
		else if (code === chars.openBracket || code === chars.openBrace) this.open();
		else if (code === chars.closeBracket || code === chars.closeBrace) this.close();
		else if (code === chars.comma) this.punctuation(",", true);
		else if (code === chars.dash && spaced) this.blockEntry();
		else if (code === chars.question && (this.inFlow || spaced)) this.key();
		else if (code === chars.colon && (this.inFlow || spaced)) this.value();
		else if ((code === chars.bar || code === chars.greater) && !this.inFlow) this.block();
		else if (starters.has(code) || this.startsPlain(code, next)) this.mayBeKey(code);
		else throw this.badStart(code);
	}
	startsPlain(code, next) {
		if (code === chars.dash) return true;
		if (!this.inFlow && (code === chars.question || code === chars.colon)) return !isBlankOrEnd(next);
		return !isBlankOrEnd(code) && !never.has(code);
	}
	badStart(code) {
		if (code === chars.tab) return new YamlError("a tab is used for indentation: use spaces", this.cursor.at);
		return new YamlError("unquoted text cannot begin with this character: quote it", this.cursor.at);
	}
	toNextToken() {
		const { cursor } = this;
		for (;;) {
			if (cursor.column === 0 && cursor.code() === chars.byteOrderMark) cursor.at += 1;
			cursor.skip(this.inFlow || !this.keyAllowed ? blanks : spaces);
			cursor.skipComment();
			if (!isBreak(cursor.code())) return;
			cursor.lineBreak();
			if (!this.inFlow) this.keyAllowed = true;
		}
	}
	mayBeKey(code) {
		const { cursor } = this;
		const start = cursor.at;
		this.saveKey();
		this.keyAllowed = false;
		if (code === chars.ampersand) this.push("anchor", start, scanName(cursor));
		else if (code === chars.asterisk) this.push("alias", start, scanName(cursor));
		else if (code === chars.bang) this.push("tag", start, scanTag(cursor, this.inFlow));
		else if (code === chars.quote || code === chars.apostrophe) this.push("scalar", start, scanQuoted(cursor), "quoted");
		else {
			const scanned = scanPlain(cursor, this.indent + 1, this.inFlow);
			this.push("scalar", start, scanned, "plain");
			if (scanned.brokeLine) this.keyAllowed = true;
		}
	}
	push(kind, start, { text, end }, style) {
		this.queue.push({
			kind,
			start,
			end,
			text,
			style
		});
	}
	block() {
		this.keys.drop();
		this.keyAllowed = true;
		this.push("scalar", this.cursor.at, scanBlock(this.cursor, this.indent), "quoted");
	}
	unquotedJinja() {
		const { cursor } = this;
		const start = cursor.at;
		const line = /^[^\n\r\x85\u2028\u2029]*/.exec(cursor.text.slice(start, start + 4096))?.[0] ?? "";
		const close = line.indexOf("}}");
		if (this.inFlow && close < 0) {
			this.open();
			return;
		}
		const length = this.inFlow ? close + 2 : line.replace(/[ \t]+(?:#.*)?$/, "").length;
		this.saveKey();
		this.keyAllowed = false;
		cursor.at += length;
		this.push("scalar", start, {
			text: "",
			end: cursor.at
		}, "jinja");
	}
	punctuation(kind, keyAllowed) {
		this.keys.drop();
		this.keyAllowed = keyAllowed;
		this.single(kind);
	}
	single(kind) {
		const start = this.cursor.at;
		this.cursor.at += 1;
		this.push(kind, start, {
			text: "",
			end: start + 1
		});
	}
	open() {
		this.saveKey();
		this.keys.enter();
		this.keyAllowed = true;
		this.single(this.cursor.code() === chars.openBracket ? "[" : "{");
	}
	close() {
		this.keys.drop();
		this.keys.leave();
		this.keyAllowed = false;
		this.single(this.cursor.code() === chars.closeBracket ? "]" : "}");
	}
	blockEntry() {
		if (!this.inFlow) {
			if (!this.keyAllowed) throw new YamlError("a list cannot begin here", this.cursor.at);
			this.openBlock("block-sequence", this.cursor.column);
		}
		this.punctuation("-", true);
	}
	key() {
		if (!this.inFlow) {
			if (!this.keyAllowed) throw new YamlError("a key cannot begin here", this.cursor.at);
			this.openBlock("block-mapping", this.cursor.column);
		}
		this.punctuation("?", !this.inFlow);
	}
	value() {
		const key = this.keys.take();
		if (key) {
			const at = this.head + key.number - this.taken;
			this.queue.splice(at, 0, {
				kind: "?",
				start: key.at,
				end: key.at,
				text: "",
				style: void 0
			});
			this.openBlock("block-mapping", key.at - key.lineStart, {
				at,
				start: key.at
			});
			this.keyAllowed = false;
		} else {
			if (!this.inFlow) {
				if (!this.keyAllowed) throw new YamlError("this line is indented too far, or it has a second `key:` or a text with a colon", this.cursor.at);
				this.openBlock("block-mapping", this.cursor.column);
			}
			this.keyAllowed = !this.inFlow;
		}
		this.single(":");
	}
	openBlock(kind, column, insert) {
		if (this.inFlow || this.indent >= column) return;
		this.indents.push(this.indent);
		this.indent = column;
		const start = insert?.start ?? this.cursor.at;
		this.queue.splice(insert?.at ?? this.queue.length, 0, {
			kind,
			start,
			end: start,
			text: "",
			style: void 0
		});
	}
	closeBlocks(column) {
		if (this.inFlow) return;
		while (this.indent > column) {
			this.push("block-end", this.cursor.at, {
				text: "",
				end: this.cursor.at
			});
			this.indent = this.indents.pop() ?? -1;
		}
	}
	documentToken(kind, scanned) {
		this.closeBlocks(-1);
		this.keys.drop();
		this.keyAllowed = false;
		const start = this.cursor.at;
		this.push(kind, start, scanned(this.cursor));
	}
	finish() {
		this.closeBlocks(-1);
		this.keys.drop();
		this.ended = true;
		const { at } = this.cursor;
		this.push("end", at, {
			text: "",
			end: at
		});
	}
	saveKey() {
		if (!this.keyAllowed) return;
		const number = this.taken + this.queue.length - this.head;
		this.keys.save(this.cursor, number, !this.inFlow && this.indent === this.cursor.column);
	}
};
function skipMark(cursor) {
	cursor.at += 3;
	return {
		text: "",
		end: cursor.at
	};
}

// src/inventory/yaml/node-reader.ts
var NodeReader = class {
	scanner;
	problems = [];
	handles = /* @__PURE__ */ new Map();
	anchors = new Anchors();
	file;
	lines;
	parts = 0;
	end = 0;
	depth = 0;
	unsafe = 0;
	inKey = false;
	lastKey;
	lastSpan = [0, 0];
	constructor(file, text, lines) {
		this.file = file;
		this.lines = lines;
		this.scanner = new Scanner(text);
	}
	empty(at) {
		this.lastKey = {
			text: "",
			merge: false
		};
		this.count(1, at);
		return this.located({ kind: "null" }, at, at);
	}
	take() {
		const token = this.scanner.take();
		if (token.end > token.start) this.end = token.end;
		return token;
	}
	node(context, handles = this.handles) {
		this.handles = handles;
		const isKey = this.inKey;
		this.inKey = false;
		const first = this.scanner.peek();
		if (first.kind === "alias") return this.alias(this.take());
		let anchor;
		let tagToken;
		for (let token = first;; token = this.scanner.peek()) if (token.kind === "anchor" && !anchor) anchor = this.take();
		else if (token.kind === "tag" && !tagToken) tagToken = this.take();
		else break;
		const tag = tagToken && resolveTag(tagToken, this.handles);
		const before = this.parts;
		if (anchor) this.anchors.open(anchor);
		const value = this.content({
			context,
			tag,
			isKey,
			properties: tagToken ?? anchor
		});
		if (anchor) this.anchors.set(anchor, {
			value,
			parts: this.parts - before,
			key: this.lastKey
		});
		return value;
	}
	alias({ text, start, end }) {
		const target = this.anchors.find(text, start);
		this.count(target.parts, start);
		this.lastKey = target.key;
		return this.located(target.value, start, end);
	}
	content({ context, tag, isKey, properties }) {
		const token = this.scanner.peek();
		if (tag === "!unsafe") this.unsafe += 1;
		try {
			if (token.kind === "scalar") return this.scalar(this.take(), tag, isKey);
			if (isCollection(token.kind, context)) return this.collection(token, tag);
		} finally {
			if (tag === "!unsafe") this.unsafe -= 1;
		}
		if (!properties) throw new YamlError("unexpected character", token.start);
		const nothing = {
			...properties,
			start: properties.end,
			text: ""
		};
		return this.scalar({
			...nothing,
			kind: "scalar",
			style: "plain"
		}, tag === "!" ? `${coreTag}str` : tag);
	}
	scalar({ text, style, start, end }, tag, isKey = false) {
		this.count(1, start);
		const plain = style === "plain";
		this.lastKey = {
			text,
			merge: plain && text === "<<" && tag === void 0
		};
		if (style === "jinja") {
			this.report("inventory/unquoted-jinja", "a value that begins with `{{` is not quoted", start, end);
			return this.located({ kind: "unknown" }, start, end);
		}
		if (isVaultTag(tag)) return this.located({ kind: "vault" }, start, end);
		this.checkTag(tag, start, end);
		const bare = scalarValue({
			text,
			plain,
			tag,
			unsafe: this.unsafe > 0
		});
		if (bare) return this.located(bare, start, end);
		if (!isKey || tag !== void 0) this.report("inventory/yaml-syntax", "YAML interprets this text as an invalid number, date or special value: quote it", start, end);
		return this.located({ kind: "unknown" }, start, end);
	}
	checkTag(tag, start, end) {
		if (tag === void 0 || supportsTag(tag)) return;
		this.report("inventory/unknown-tag", "Ansible does not support this tag", start, end);
	}
	collection(first, tag) {
		this.depth += 1;
		if (this.depth > limits.depth) throw this.limit(`is nested more than ${limits.depth} levels deep`, first.start);
		this.count(1, first.start);
		const isMap = first.kind === "block-mapping" || first.kind === "{";
		const bare = isMap ? this.mapping(first.kind) : this.sequence(first.kind);
		this.depth -= 1;
		this.lastKey = void 0;
		const { start } = first;
		const { end } = this;
		if (isVaultTag(tag)) return this.located({ kind: "vault" }, start, end);
		if (tag === void 0 || tag === "!" || tag === "!unsafe") return this.located(bare, start, end);
		if (conflictsWith(tag, isMap ? "map" : "list")) throw new YamlError("a tag does not match its value", start);
		this.checkTag(tag, start, end);
		const fits = tag === coreTag + (isMap ? "map" : "seq");
		return this.located(fits ? bare : { kind: "unknown" }, start, end);
	}
	located(bare, start, end) {
		this.lastSpan = [start, end];
		return located(bare, this.lines, start, end);
	}
	sequence(kind) {
		const items = [];
		if (kind === "[") this.flowSequence(items);
		else if (kind === "-") this.dashes(items);
		else this.blockSequence(items);
		return {
			kind: "list",
			items
		};
	}
	blockSequence(items) {
		this.take();
		this.dashes(items);
		const last = this.take();
		if (last.kind !== "block-end") throw new YamlError("the indentation does not match the list above, or a `- ` is missing", last.start);
	}
	dashes(items) {
		while (this.isNext("-")) {
			const { end } = this.take();
			items.push(this.isNext("-", "?", ":", "block-end") ? this.empty(end) : this.node("block"));
		}
	}
	flowSequence(items) {
		for (this.take(); !this.isNext("]");) {
			if (items.length > 0) this.comma("]");
			if (this.isNext("]")) break;
			items.push(this.isNext("?") ? this.onePair() : this.node("flow"));
		}
		this.take();
	}
	onePair() {
		const { start } = this.scanner.peek();
		const pairs = [];
		this.flowPair(pairs, "]");
		this.lastKey = void 0;
		return this.located({
			kind: "map",
			entries: entriesOf(pairs, this.problems)
		}, start, this.end);
	}
	mapping(kind) {
		const pairs = [];
		if (kind === "{") this.flowMapping(pairs);
		else this.blockMapping(pairs);
		return {
			kind: "map",
			entries: entriesOf(pairs, this.problems)
		};
	}
	blockMapping(pairs) {
		this.take();
		for (let token = this.take(); token.kind !== "block-end"; token = this.take()) {
			if (token.kind !== "?") throw new YamlError("the indentation does not match the lines above, or a quote ends too early", token.start);
			if (this.isNext("?", ":", "block-end")) this.empty(token.end);
			else this.key("block-value");
			this.pair(pairs, () => this.blockValue());
		}
	}
	blockValue() {
		if (!this.isNext(":")) return this.empty(this.end);
		const { end } = this.take();
		return this.isNext("?", ":", "block-end") ? this.empty(end) : this.node("block-value");
	}
	flowMapping(pairs) {
		this.take();
		for (let first = true; !this.isNext("}"); first = false) {
			if (!first) this.comma("}");
			if (!this.isNext("}")) this.flowPair(pairs, "}");
		}
		this.take();
	}
	flowPair(pairs, close) {
		const explicit = this.isNext("?");
		if (explicit) this.take();
		if (explicit && this.isNext(":", ",", close)) this.empty(this.end);
		else this.key("flow");
		this.pair(pairs, () => {
			if (!explicit || !this.isNext(":")) return this.empty(this.end);
			const { end } = this.take();
			return this.isNext(",", close) ? this.empty(end) : this.node("flow");
		});
	}
	key(context) {
		this.inKey = true;
		this.node(context);
	}
	pair(pairs, readValue) {
		const text = this.lastKey;
		const span = this.lastSpan;
		const value = readValue();
		if (text) pairs.push({
			entry: new LocatedEntry(text.text, value, this.lines, span),
			merge: text.merge
		});
		else this.report("inventory/yaml-syntax", `${this.file}: a key must be plain text`, ...span);
	}
	comma(close) {
		const token = this.take();
		if (token.kind !== ",") throw new YamlError(`a comma or a closing \`${close}\` is missing before this`, token.start);
	}
	isNext(...kinds) {
		return kinds.includes(this.scanner.peek().kind);
	}
	count(parts, at) {
		this.parts += parts;
		if (this.parts > limits.parts) throw this.limit(`contains more than ${limits.parts} values, including those of aliases`, at);
	}
	limit(what, at) {
		return new ReadingProblem("inventory/limit", `${this.file} ${what}`, this.lines.place(at, at));
	}
	report(id, message, start, end) {
		addProblems(this.problems, problem(id, message, this.lines.place(start, end)));
	}
};
function isCollection(kind, context) {
	if (kind === "[" || kind === "{") return true;
	if (kind === "-") return context === "block-value";
	return context !== "flow" && (kind === "block-sequence" || kind === "block-mapping");
}

// src/inventory/read/yaml-file.ts
function parseYaml(file, text) {
	const lines = new Lines(file, text);
	const reader = new NodeReader(file, text, lines);
	try {
		return {
			value: readDocument(reader),
			problems: reader.problems,
			parts: reader.parts
		};
	} catch (error) {
		if (error instanceof YamlError) {
			const place = lines.place(error.offset, error.offset);
			throw new ReadingProblem("inventory/yaml-syntax", error.message, place);
		}
		if (error instanceof SecondDocument) {
			const place = lines.place(error.offset, error.offset);
			throw new ReadingProblem("inventory/several-documents", `${file} contains several YAML documents`, place);
		}
		throw error;
	}
}

// src/inventory/read/vars-files.ts
const endings = [
	".yml",
	".yaml",
	".json"
];
var VarsFiles = class {
	problems = [];
	read = [];
	nonAscii = [];
	files;
	budget;
	missing;
	label;
	names = /* @__PURE__ */ new Map();
	constructor(files, budget, missing, label = "") {
		this.files = files;
		this.missing = missing;
		this.budget = budget;
		this.label = label;
	}
	layer(folder, source, entity) {
		const kind = source.endsWith("host_vars") ? "host_vars" : "group_vars";
		if (entity.includes("/")) return void 0;
		const base = joinPath(folder, kind);
		if (base === void 0) return void 0;
		const own = `${base}/${entity}`;
		const missing = this.missing.filter((path) => overlaps(path, own));
		const found = this.files.entry(base).kind === "absent" ? [] : this.find(base, entity);
		if (found.length === 0 && missing.length === 0) return void 0;
		const opaque = missing.map((path) => this.label + path);
		const layer = {
			variables: /* @__PURE__ */ new Map(),
			overridden: [],
			opaque,
			vaults: []
		};
		for (const path of found) this.add(layer, path, source, kind === "group_vars" ? entity : void 0);
		return layer;
	}
	find(base, entity) {
		const [first, ...hidden] = ["", ...endings].filter((ending) => this.exists(base, entity + ending)).map((ending) => `${base}/${entity}${ending}`);
		if (first === void 0) return [];
		for (const other of hidden) {
			const message = `${other} is ignored because ${first} exists`;
			addProblems(this.problems, problem("inventory/shadowed-file", message, this.placed(other)));
		}
		return this.files.entry(first).kind === "directory" ? this.inFolder(first) : [first];
	}
	exists(folder, name) {
		const names = this.namesIn(folder);
		if (names && !/^\.{0,2}$/.test(name)) return names.has(name);
		return this.files.entry(`${folder}/${name}`).kind !== "absent";
	}
	namesIn(folder) {
		if (!this.names.has(folder)) {
			const isOutside = this.files.entry(folder).kind === "outside";
			this.names.set(folder, isOutside ? void 0 : new Set(this.files.list(folder)));
		}
		return this.names.get(folder);
	}
	inFolder(folder) {
		const found = [];
		const isVarsFile = (name, isFolder) => {
			if (name.startsWith(".") || name.endsWith("~")) return false;
			const ending = /.(\.[^.]*)$/.exec(name)?.[1] ?? "";
			return ending === "" || !isFolder && endings.some((known) => known === ending);
		};
		walk(this.files, folder, isVarsFile, (path, refusal) => {
			if (refusal) addProblems(this.problems, refusal.finding);
			else found.push(path);
		});
		return found;
	}
	add(layer, path, source, group) {
		const label = this.label + path;
		if (!this.budget.attempt(this.problems, () => {
			const definitions = this.definitions(path, label, source, group);
			if (definitions === "vault") {
				layer.opaque.push(label);
				layer.vaults.push(label);
				return;
			}
			for (const definition of definitions) {
				const earlier = layer.variables.get(definition.name);
				if (earlier) layer.overridden.push(earlier);
				layer.variables.set(definition.name, definition);
			}
		})) layer.opaque.push(label);
	}
	definitions(path, label, source, group) {
		if (this.read.length >= limits.files) throw new ReadingProblem("inventory/limit", `there are more than ${limits.files} files`, startOf(label));
		this.read.push(label);
		this.budget.spendBytes(this.files.entry(path).size, startOf(label));
		const text = readText(this.files, path, label);
		if (text.kind === "vault") return "vault";
		if (!text.isAscii) this.nonAscii.push(label);
		const { value, problems, parts } = parseYaml(label, text.text);
		this.budget.spendParts(parts, startOf(label));
		addProblems(this.problems, ...problems);
		if (!value || value.kind === "null") return [];
		if (value.kind === "vault") return "vault";
		if (value.kind !== "map") throw new ReadingProblem("inventory/not-a-mapping", `${label} is not a mapping`, value.place);
		const isSealed = valueAt(value, "sops", "mac") !== void 0;
		return value.entries.map((entry) => new EntryDefinition(entry, source, group, isSealed));
	}
	placed(path) {
		return startOf(this.label + path);
	}
};
var EntryDefinition = class {
	name;
	value;
	source;
	group;
	isSealed;
	entry;
	constructor(entry, source, group, isSealed) {
		this.name = entry.key;
		this.value = entry.value;
		this.source = source;
		this.group = group;
		this.isSealed = isSealed;
		this.entry = entry;
	}
	get namePlace() {
		return this.entry.keyPlace;
	}
};

// src/inventory/host-variables.ts
var HostVariables = class {
	inventoryFiles;
	playbook;
	folders;
	missing;
	extra;
	cache = /* @__PURE__ */ new Map();
	constructor(files, folders, budget, options) {
		const missing = missingSubmodules(files);
		this.inventoryFiles = new VarsFiles(files, budget, missing.map(({ path }) => path));
		this.folders = folders;
		this.playbook = options.playbook && new VarsFiles(options.playbook.files, budget, [], options.playbook.label);
		this.missing = missing.flatMap(({ path, place }) => {
			const holdsVariables = folders.some((folder) => ["host_vars", "group_vars"].some((kind) => overlaps(joinPath(folder, kind) ?? kind, path)));
			const message = `${path} is a submodule that is not checked out`;
			return holdsVariables ? [problem("inventory/missing-submodule", message, place)] : [];
		});
		this.extra = options.extraVars && extraLayer(options.extraVars);
	}
	get problems() {
		return [
			...this.missing,
			...this.inventoryFiles.problems,
			...this.playbook?.problems ?? []
		];
	}
	get nonAscii() {
		return this.inventoryFiles.nonAscii;
	}
	host(member, groups) {
		const strongestFirst = this.layers(member, groups).reverse();
		return {
			name: member.name,
			place: member.place,
			groups: groups.map((group) => group.name),
			layers: strongestFirst,
			variable: lookUp(strongestFirst),
			variableNames: () => new Set(strongestFirst.flatMap((layer) => [...layer.variables.keys()]))
		};
	}
	layers(member, groups) {
		const all = groups.filter((group) => group.name === "all");
		const others = groups.filter((group) => group.name !== "all");
		const files = (source, names) => this.foldersOf(source).flatMap((folder) => names.map(({ name }) => this.cached(source, folder, name)));
		return [
			...groups.map(own),
			...files("group_vars", all),
			...files("playbook_group_vars", all),
			...files("group_vars", others),
			...files("playbook_group_vars", others),
			own(member),
			...files("host_vars", [member]),
			...files("playbook_host_vars", [member]),
			this.extra
		].filter((layer) => layer !== void 0);
	}
	foldersOf(source) {
		return isOfPlaybook({ source }) ? [""] : this.folders;
	}
	cached(source, folder, name) {
		const key = `${source}/${folder}/${name}`;
		if (this.cache.has(key)) return this.cache.get(key);
		const layer = (isOfPlaybook({ source }) ? this.playbook : this.inventoryFiles)?.layer(folder, source, name);
		this.cache.set(key, layer);
		return layer;
	}
};
function own(owner) {
	if (owner.variables.size === 0) return void 0;
	return {
		variables: owner.variables,
		overridden: owner.overridden,
		opaque: [],
		vaults: []
	};
}
function extraLayer(extraVars) {
	const place = startOf("extra-vars");
	const variables = /* @__PURE__ */ new Map();
	for (const [name, json] of Object.entries(extraVars)) variables.set(name, {
		name,
		namePlace: place,
		value: jsonValue(json, place),
		source: "extra-vars"
	});
	return {
		variables,
		overridden: [],
		opaque: [],
		vaults: []
	};
}
function lookUp(strongestFirst) {
	const unset = {
		overridden: [],
		...unreadIn(strongestFirst)
	};
	return (name) => {
		const overridden = [];
		let definition;
		let stronger = [];
		for (const [index, layer] of strongestFirst.entries()) {
			const winner = layer.variables.get(name);
			if (!winner) continue;
			if (definition) overridden.push(winner);
			else if (isOfPlaybook(winner)) stronger = strongestFirst.slice(0, index);
			definition ??= winner;
			if (layer.overridden.length > 0) overridden.push(...layer.overridden.filter((each) => each.name === name).reverse());
		}
		if (!definition) return {
			name,
			state: unset.hiddenIn.length > 0 ? "unknown" : "absent",
			...unset
		};
		const { value } = definition;
		return {
			name,
			state: isOpaque(value) ? value.kind === "vault" ? "vault" : "unknown" : "known",
			value,
			definition,
			overridden,
			...unreadIn(stronger)
		};
	};
}
function unreadIn(layers) {
	const hiddenIn = layers.flatMap(({ opaque }) => opaque);
	const vaults = layers.flatMap((layer) => layer.vaults);
	return {
		hiddenIn,
		...vaults.length > 0 && vaults.length === hiddenIn.length && { vaults }
	};
}
function jsonValue(json, place, asText = templated) {
	return {
		...bareOf(json, place, asText),
		place
	};
}
function bareOf(json, place, asText) {
	if (typeof json === "string") return asText(json);
	if (typeof json === "boolean") return {
		kind: "boolean",
		value: json
	};
	if (typeof json === "number") return Number.isInteger(json) ? {
		kind: "integer",
		value: BigInt(json)
	} : {
		kind: "float",
		value: json
	};
	if (Array.isArray(json)) return {
		kind: "list",
		items: json.map((item) => jsonValue(item, place, asText))
	};
	if (typeof json !== "object" || json === null) return { kind: "null" };
	return {
		kind: "map",
		entries: Object.entries(json).map(([key, value]) => ({
			key,
			keyPlace: place,
			value: jsonValue(value, place, asText)
		}))
	};
}

// src/inventory/read/budget.ts
var Budget = class {
	bytes = 0;
	parts = 0;
	exhausted = false;
	spendBytes(bytes, place) {
		this.bytes += bytes;
		this.spendParts(0, place);
		if (this.exhausted || this.bytes > limits.allBytes) throw this.stop(`its files have more than ${limits.allBytes} bytes`, place);
	}
	spendParts(parts, place) {
		this.parts += parts;
		if (this.parts > limits.allParts) throw this.stop(`it has more than ${limits.allParts} values`, place);
	}
	attempt(problems, read) {
		const { exhausted } = this;
		try {
			read();
			return true;
		} catch (error) {
			if (!(error instanceof ReadingProblem)) throw error;
			if (error.finding.id === "inventory/limit") this.parts += limits.parts;
			if (!exhausted) addProblems(problems, error.finding);
			return false;
		}
	}
	stop(what, place) {
		this.exhausted = true;
		return new ReadingProblem("inventory/limit", `the inventory is too large: ${what}`, place);
	}
};

// src/inventory/read/group-order.ts
function orderGroups(groups, problems) {
	for (const group of groups.values()) {
		if (!group.children.delete("all")) continue;
		const message = `the group \`${group.name}\` contains \`all\`, which contains every group`;
		problems.push(problem("inventory/group-cycle", message, group.place));
	}
	const parents = /* @__PURE__ */ new Map();
	for (const group of groups.values()) for (const child of group.children) addTo(parents, child, group);
	const depths = depthsOf(groups, parents, problems);
	const depth = (group) => depths.get(group.name) ?? 1;
	const weakestFirst = (a, b) => depth(a) - depth(b) || a.priority - b.priority || byCodeUnit(a.name, b.name);
	const direct = /* @__PURE__ */ new Map();
	for (const group of groups.values()) for (const host of group.hosts) addTo(direct, host, group);
	return { groupsOf(host) {
		const found = new Set(direct.get(host));
		const all = groups.get("all");
		const ungrouped = groups.get("ungrouped");
		for (const group of found) for (const parent of parents.get(group.name) ?? []) found.add(parent);
		if (all) found.add(all);
		if (ungrouped) {
			found.delete(ungrouped);
			if (found.size < 2) found.add(ungrouped);
		}
		return [...found].sort(weakestFirst);
	} };
}
function addTo(groups, name, group) {
	const known = groups.get(name);
	if (known) known.push(group);
	else groups.set(name, [group]);
}
function depthsOf(groups, parents, problems) {
	const depths = /* @__PURE__ */ new Map([["all", 0]]);
	const waiting = /* @__PURE__ */ new Map();
	const ready = [];
	for (const group of groups.values()) {
		const count = (parents.get(group.name) ?? []).length;
		waiting.set(group.name, count);
		if (count === 0) ready.push(group);
	}
	for (let group = ready.pop(); group; group = ready.pop()) {
		const depth = depths.get(group.name) ?? 1;
		depths.set(group.name, depth);
		for (const child of group.children) {
			depths.set(child, Math.max(depths.get(child) ?? 1, depth + 1));
			const left = (waiting.get(child) ?? 0) - 1;
			waiting.set(child, left);
			const next = groups.get(child);
			if (left === 0 && next) ready.push(next);
		}
	}
	for (const group of groups.values()) {
		if (!waiting.get(group.name)) continue;
		const message = `the group \`${group.name}\` contains itself through its children`;
		problems.push(problem("inventory/group-cycle", message, group.place));
	}
	return depths;
}

// src/inventory/read/members.ts
var Members = class {
	budget;
	groups = /* @__PURE__ */ new Map();
	hosts = /* @__PURE__ */ new Map();
	problems = [];
	memberships = 0;
	nonAscii = [];
	constructor(budget) {
		this.budget = budget;
	}
	group(name, place) {
		const known = this.groups.get(name);
		if (known) return known;
		if (this.groups.size >= limits.groups) throw tooMany$1("groups", limits.groups, place);
		const group = {
			name,
			place,
			children: /* @__PURE__ */ new Set(),
			hosts: /* @__PURE__ */ new Set(),
			priority: 1,
			variables: /* @__PURE__ */ new Map(),
			overridden: []
		};
		this.groups.set(name, group);
		return group;
	}
	countMembership(place) {
		this.memberships += 1;
		if (this.memberships > limits.memberships) throw tooMany$1("hosts in groups", limits.memberships, place);
	}
	host(name, group, place) {
		if (!group.hosts.has(name)) this.countMembership(place);
		group.hosts.add(name);
		const known = this.hosts.get(name);
		if (known) return known;
		if (this.hosts.size >= limits.hosts) throw tooMany$1("hosts", limits.hosts, place);
		const member = {
			name,
			place,
			variables: /* @__PURE__ */ new Map(),
			overridden: []
		};
		this.hosts.set(name, member);
		return member;
	}
};
function define(members, owner, definition) {
	members.budget.spendParts(1, definition.namePlace);
	if ("children" in owner && definition.name === "ansible_group_priority") {
		if (definition.value.kind === "integer") owner.priority = Number(definition.value.value);
		return;
	}
	const earlier = owner.variables.get(definition.name);
	if (earlier) owner.overridden.push(earlier);
	owner.variables.set(definition.name, definition);
}
function portDefinition(port, place) {
	return {
		name: "ansible_port",
		namePlace: place,
		value: {
			kind: "integer",
			value: BigInt(port),
			place
		},
		source: "inventory"
	};
}
function tooMany$1(what, most, place) {
	return new ReadingProblem("inventory/limit", `the inventory has more than ${most} ${what}`, place);
}

// src/inventory/read/host-pattern.ts
const portSuffix = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/;
const bracketed = /^\[(.+)\]:(\d+)$/;
const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const hostName = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{N}_-]*)*$/u;
const ipv6 = /^[0-9a-fA-F:]+(?:\d{1,3}(?:\.\d{1,3}){3})?$/;
function hostPattern(text, place) {
	const match = bracketed.exec(text) ?? portSuffix.exec(text);
	const [, host = text, port] = match ?? [];
	if (text.endsWith(":") && !match && !ipv6.test(text)) throw syntaxProblem("a host name cannot end with a colon", place);
	const names = ipv6.test(host) && host.includes(":") ? [host] : expand(host, place);
	for (const name of names) if (!hostName.test(name) && !(ipv6.test(name) && name.includes(":"))) throw syntaxProblem("this is not a host name", place);
	return {
		names,
		port: port === void 0 ? void 0 : Number(port)
	};
}
function expand(text, place) {
	const open = text.indexOf("[");
	if (open < 0) return [text];
	const close = text.indexOf("]", open);
	if (close < 0) throw syntaxProblem("a range is not closed", place);
	const heads = range(text.slice(open + 1, close), place);
	const tails = expand(text.slice(close + 1), place);
	if (heads.length * tails.length > limits.hosts) throw tooMany(place);
	return heads.flatMap((head) => tails.map((tail) => text.slice(0, open) + head + tail));
}
function range(text, place) {
	const [begin = "", end = "", stepText = "1", ...more] = text.split(":");
	if (more.length > 0 || end === "") throw syntaxProblem("a range must have the form `[begin:end]` or `[begin:end:step]`", place);
	const step = Number(stepText);
	if (!/^\d+$/.test(stepText) || step === 0) throw syntaxProblem("the step of a range must be a number above 0", place);
	if (/^[a-zA-Z]$/.test(begin) && /^[a-zA-Z]$/.test(end)) {
		const [from, to] = [alphabet.indexOf(begin), alphabet.indexOf(end)];
		if (from > to) throw syntaxProblem("a range cannot count backwards", place);
		return steps(from, to, step, place).map((index) => alphabet.charAt(index));
	}
	const start = begin === "" ? "0" : begin;
	if (!/^\d+$/.test(start) || !/^\d+$/.test(end)) throw syntaxProblem("a range must have two numbers or two letters", place);
	const padded = start.length > 1 && start.startsWith("0");
	if (padded && start.length !== end.length) throw syntaxProblem("both ends of a range with leading zeros must have the same length", place);
	return steps(Number(start), Number(end), step, place).map((value) => String(value).padStart(padded ? start.length : 0, "0"));
}
function steps(from, to, step, place) {
	const count = Math.max(0, Math.floor((to - from) / step) + 1);
	if (!(count <= limits.hosts)) throw tooMany(place);
	return Array.from({ length: count }, (_, index) => from + index * step);
}
function tooMany(place) {
	return syntaxProblem(`a range has more than ${limits.hosts} hosts`, place);
}

// src/inventory/read/python-literal.ts
const number = /^(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][-+]?\d(?:_?\d)*)?)/;
const maxDigits = 4300;
const word = /^[A-Za-z_]\w*/;
const stringStart = /^([rRuU]?)('''|"""|'|")/;
const escapes = {
	"\\": "\\",
	"'": "'",
	"\"": "\"",
	a: "\x07",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	",
	v: "\v",
	"\n": ""
};
function pythonValue(text, place) {
	try {
		return new LiteralParser(text.replace(/^[ \t]+/, ""), place).whole();
	} catch (error) {
		if (!(error instanceof NoLiteral)) throw error;
		return {
			...templated(text),
			place
		};
	}
}
var NoLiteral = class extends Error {};
const notALiteral = new NoLiteral();
var LiteralParser = class {
	at = 0;
	text;
	place;
	constructor(text, place) {
		this.text = text;
		this.place = place;
	}
	whole() {
		const { items, commas } = this.items(void 0, 0);
		if (this.at < this.text.length && this.peek() !== "#") throw notALiteral;
		const [only] = items;
		if (!only) throw notALiteral;
		return commas === 0 ? only : this.placed({
			kind: "list",
			items
		});
	}
	items(close, depth) {
		const items = [];
		let commas = 0;
		for (;;) {
			this.blanks();
			const char = this.peek();
			if (char === "" || char === "#" || char === close) break;
			items.push(this.value(depth));
			this.blanks();
			if (this.peek() !== ",") break;
			this.at += 1;
			commas += 1;
		}
		return {
			items,
			commas
		};
	}
	value(depth) {
		if (depth > limits.depth) throw notALiteral;
		const char = this.peek();
		if (char === "[") return this.enclosed("]", depth);
		if (char === "(") return this.enclosed(")", depth);
		if (char === "{") return this.braces(depth);
		if (char === "-" || char === "+") return this.signed();
		if (stringStart.test(this.rest())) return this.placed(templated(this.strings()));
		if (/[0-9.]/.test(char)) return this.placed(this.number());
		return this.placed(this.constant());
	}
	enclosed(close, depth) {
		this.at += 1;
		const { items, commas } = this.items(close, depth + 1);
		this.expect(close);
		const [only] = items;
		return close === ")" && only && commas === 0 ? only : this.placed({
			kind: "list",
			items
		});
	}
	braces(depth) {
		this.at += 1;
		const entries = /* @__PURE__ */ new Map();
		const items = [];
		this.blanks();
		while (this.peek() !== "}") {
			const key = this.value(depth + 1);
			this.blanks();
			if (this.peek() === ":") {
				this.at += 1;
				this.blanks();
				const value = this.value(depth + 1);
				const name = keyText(key);
				entries.set(name, {
					key: name,
					keyPlace: this.place,
					value
				});
			} else items.push(key);
			this.blanks();
			if (this.peek() === "}") break;
			this.expect(",");
			this.blanks();
		}
		this.at += 1;
		if (items.length > 0 && entries.size > 0) throw notALiteral;
		if (items.length > 0) return this.placed({
			kind: "list",
			items
		});
		return this.placed({
			kind: "map",
			entries: [...entries.values()]
		});
	}
	signed() {
		const sign = this.peek();
		this.at += 1;
		this.blanks();
		const bare = this.number();
		if (sign === "+") return this.placed(bare);
		if (bare.kind === "integer") return this.placed({
			kind: "integer",
			value: -bare.value
		});
		if (bare.kind === "float") return this.placed({
			kind: "float",
			value: -bare.value
		});
		throw notALiteral;
	}
	number() {
		const match = number.exec(this.rest());
		if (!match) throw notALiteral;
		const [source] = match;
		this.at += source.length;
		if (/^[\w.]/.test(this.rest())) throw notALiteral;
		const digits = source.replaceAll("_", "");
		if (digits.length > maxDigits) throw notALiteral;
		if (/^0[xXoObB]/.test(digits)) return {
			kind: "integer",
			value: BigInt(digits.toLowerCase())
		};
		if (/[.eE]/.test(digits)) return {
			kind: "float",
			value: Number(digits)
		};
		if (/^0+[1-9]/.test(digits)) throw notALiteral;
		return {
			kind: "integer",
			value: BigInt(digits)
		};
	}
	constant() {
		const name = word.exec(this.rest())?.[0] ?? "";
		this.at += name.length;
		if (name === "True" || name === "False") return {
			kind: "boolean",
			value: name === "True"
		};
		if (name === "None") return { kind: "null" };
		throw notALiteral;
	}
	strings() {
		let text = "";
		for (;;) {
			const match = stringStart.exec(this.rest());
			if (!match) return text;
			const [opening, prefix = "", quote = ""] = match;
			this.at += opening.length;
			text += this.string(quote, prefix.toLowerCase() === "r");
			this.blanks();
		}
	}
	string(quote, raw) {
		let text = "";
		for (;;) {
			if (this.at >= this.text.length) throw notALiteral;
			if (this.text.startsWith(quote, this.at)) {
				this.at += quote.length;
				return text;
			}
			const char = this.peek();
			this.at += 1;
			if (char === "\n" && quote.length === 1) throw notALiteral;
			if (char !== "\\") text += char;
			else if (!raw) text += this.escape();
			else {
				text += char + this.peek();
				this.at += 1;
			}
		}
	}
	escape() {
		const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(this.rest());
		const octal = /^[0-7]{1,3}/.exec(this.rest());
		if (hex) return this.codePoint(hex[0], Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "", 16));
		if (octal) return this.codePoint(octal[0], Number.parseInt(octal[0], 8));
		const char = this.peek();
		if (/[xuUN]/.test(char)) throw notALiteral;
		this.at += 1;
		return Object.hasOwn(escapes, char) ? escapes[char] ?? "" : `\\${char}`;
	}
	codePoint(source, code) {
		if (code > 1114111) throw notALiteral;
		this.at += source.length;
		return String.fromCodePoint(code);
	}
	blanks() {
		while (/[ \t\f]/.test(this.peek())) this.at += 1;
	}
	expect(char) {
		this.blanks();
		if (this.peek() !== char) throw notALiteral;
		this.at += 1;
	}
	peek() {
		return this.text.charAt(this.at);
	}
	rest() {
		return this.text.slice(this.at);
	}
	placed(bare) {
		return {
			...bare,
			place: this.place
		};
	}
};
function keyText(key) {
	if (key.kind === "string" || key.kind === "integer" || key.kind === "float") return String(key.value);
	if (key.kind === "boolean") return key.value ? "True" : "False";
	if (key.kind === "null") return "None";
	throw notALiteral;
}

// src/inventory/read/ini-inventory.ts
const section = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/;
const groupName = /^([^:\]\s]+)\s*(?:#.*)?$/;
function readIniInventory(members, file, text) {
	const reader = new IniReader(members, file);
	for (const [index, line] of text.split(/\r\n|[\n\r\x85\u2028\u2029]/).entries()) reader.line(line, index + 1);
	reader.finish();
}
var IniReader = class {
	members;
	file;
	group;
	state = "hosts";
	pending = /* @__PURE__ */ new Map();
	declared = /* @__PURE__ */ new Set(["all", "ungrouped"]);
	constructor(members, file) {
		this.members = members;
		this.file = file;
		this.group = members.group("ungrouped", this.place(1, 0, 0));
		for (const name of members.groups.keys()) this.declared.add(name);
	}
	line(whole, number) {
		const line = whole.trim();
		if (line === "" || line.startsWith("#") || line.startsWith(";")) return;
		const offset = whole.length - whole.trimStart().length;
		const place = this.place(number, offset, offset + line.length);
		const header = section.exec(line);
		if (header) this.section(header[1] ?? "", header[2] ?? "hosts", place);
		else if (line.startsWith("[") && line.endsWith("]")) throw syntaxProblem("a section must have the form `[group]`, without spaces", place);
		else if (this.state === "hosts") this.host(line, number, offset);
		else if (this.state === "vars") this.variable(line, number, offset);
		else this.child(line, place);
	}
	finish() {
		for (const [name, place] of this.pending) if (!this.declared.has(name)) throw new ReadingProblem("inventory/undefined-group", `the group \`${name}\` is not declared`, place);
	}
	section(name, state, place) {
		if (state !== "hosts" && state !== "children" && state !== "vars") throw syntaxProblem("a section name may only end in `:children` or `:vars`", place);
		if (state === "vars") this.pending.set(name, this.pending.get(name) ?? place);
		else this.declared.add(name);
		this.state = state;
		this.group = this.members.group(name, place);
	}
	child(line, place) {
		const name = groupName.exec(line)?.[1];
		if (name === void 0) throw syntaxProblem("each line of a `:children` section must be the name of a group", place);
		this.pending.set(name, this.pending.get(name) ?? place);
		this.members.group(name, place);
		this.group.children.add(name);
	}
	host(line, number, offset) {
		const [first, ...assignments] = shellWords(line) ?? [];
		const whole = this.place(number, offset, offset + line.length);
		if (!first) throw syntaxProblem("a quote is not closed", whole);
		const at = (start, end) => this.place(number, offset + start, offset + end);
		const hostPlace = at(first.start, first.end);
		const { names, port } = hostPattern(first.text, hostPlace);
		const definitions = port === void 0 ? [] : [portDefinition(port, hostPlace)];
		for (const word of assignments) {
			const { key, keyPlace, text, valuePlace } = splitAssignment(word, line, at);
			const value = pythonValue(text, valuePlace);
			definitions.push({
				name: key,
				namePlace: keyPlace,
				value,
				source: "inventory"
			});
		}
		for (const name of names) {
			const host = this.members.host(name, this.group, hostPlace);
			for (const definition of definitions) define(this.members, host, definition);
		}
	}
	variable(line, number, offset) {
		const equals = line.indexOf("=");
		if (equals < 0) throw syntaxProblem("each line of a `:vars` section must have the form `name=value`", this.place(number, offset, offset + line.length));
		const name = line.slice(0, equals).trimEnd();
		const text = line.slice(equals + 1).trimStart();
		const start = offset + line.length - text.length;
		const value = pythonValue(text, this.place(number, start, offset + line.length));
		const namePlace = this.place(number, offset, offset + name.length);
		define(this.members, this.group, {
			name,
			namePlace,
			value,
			source: "inventory",
			group: this.group.name
		});
	}
	place(line, start, end) {
		return {
			file: this.file,
			line,
			column: start + 1,
			endLine: line,
			endColumn: end + 1
		};
	}
};
function splitAssignment(word, line, at) {
	const equals = word.text.indexOf("=");
	if (equals < 0) throw syntaxProblem("only `name=value` pairs may follow a host name", at(word.start, word.end));
	const key = word.text.slice(0, equals);
	const plain = line.slice(word.start, word.end).startsWith(`${key}=`);
	const keyEnd = plain ? word.start + key.length : word.end;
	const valueStart = plain ? keyEnd + 1 : word.start;
	return {
		key,
		keyPlace: at(word.start, keyEnd),
		text: word.text.slice(equals + 1),
		valuePlace: at(valueStart, word.end)
	};
}

// src/inventory/read/yaml-inventory.ts
function readYamlInventory(members, document) {
	if (document.kind !== "map") throw syntaxProblem("a YAML inventory must be a mapping of group names", document.place);
	const plugin = entryOf(document, "plugin");
	if (plugin) throw new ReadingProblem("trust/inventory-plugin", "this is the configuration of an inventory plugin, not an inventory", plugin.keyPlace);
	for (const entry of document.entries) readGroup(members, entry, 0);
}
function readGroup(members, entry, depth) {
	if (depth > limits.depth) throw syntaxProblem(`groups are nested more than ${limits.depth} levels deep`, entry.keyPlace);
	const { value } = entry;
	if (value.kind !== "map" && value.kind !== "null") {
		const message = `Ansible skips the group \`${entry.key}\`, which is not a mapping`;
		addProblems(members.problems, problem("inventory/skipped-entry", message, entry.keyPlace));
		return;
	}
	const group = members.group(entry.key, entry.keyPlace);
	for (const part of value.kind === "map" ? value.entries : []) readPart(members, group, part, depth);
}
function readPart(members, group, part, depth) {
	if (![
		"hosts",
		"vars",
		"children"
	].includes(part.key)) {
		const message = `Ansible skips \`${part.key}\`: a group can only have \`hosts\`, \`vars\` and \`children\``;
		addProblems(members.problems, problem("inventory/skipped-entry", message, part.keyPlace));
		return;
	}
	for (const entry of sectionEntries(part)) if (part.key === "vars") {
		const { key: name, keyPlace: namePlace, value } = entry;
		define(members, group, {
			name,
			namePlace,
			value,
			source: "inventory",
			group: group.name
		});
	} else if (part.key === "children") {
		group.children.add(entry.key);
		readGroup(members, entry, depth + 1);
	} else readHosts(members, group, entry);
}
function sectionEntries(part) {
	const { value } = part;
	if (value.kind === "map") return value.entries;
	if (value.kind === "null") return [];
	if (value.kind === "string") return [{
		key: value.value,
		keyPlace: value.place,
		value: {
			kind: "null",
			place: value.place
		}
	}];
	throw syntaxProblem(`\`${part.key}\` must be a mapping`, value.place);
}
function readHosts(members, group, entry) {
	const { names, port } = hostPattern(entry.key, entry.keyPlace);
	const definitions = port === void 0 ? [] : [portDefinition(port, entry.keyPlace)];
	if (entry.value.kind === "map") for (const { key, keyPlace, value } of entry.value.entries) definitions.push({
		name: key,
		namePlace: keyPlace,
		value,
		source: "inventory"
	});
	for (const name of names) {
		const host = members.host(name, group, entry.keyPlace);
		for (const definition of definitions) define(members, host, definition);
	}
	if (entry.value.kind !== "map" && entry.value.kind !== "null") throw syntaxProblem("the variables of a host must be a mapping", entry.value.place);
}

// src/inventory/read/sources.ts
const ignoredNames = /^\.|^(?:host_vars|group_vars|vars_plugins)$|(?:~|\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry))$/;
const yamlEndings = /\.(?:yml|yaml|json)$/;
function readSources(files, path, members) {
	const { kind } = files.entry(path);
	if (kind !== "file" && missingSubmodules(files).some((module) => contains(module.path, path))) throw inMissingSubmodule(path);
	if (kind === "directory") {
		walk(files, path, (name) => !ignoredNames.test(name), (child, refusal) => {
			if (refusal) addProblems(members.problems, refusal.finding);
			else readFile(files, child, members);
		});
		return path;
	}
	if (kind === "absent") {
		const [likely] = likelyInventories(files);
		const hint = likely === void 0 ? "." : `: did you mean \`${likely}\`?`;
		throw new ToolkitError({
			reason: "inventory-unreadable",
			what: "The inventory does not exist.",
			where: path,
			remedy: `Set the input \`inventory\` to the inventory file or folder of this repository${hint}`
		});
	}
	readFile(files, path, members);
	return folderOf(path);
}
function contains(folder, path) {
	return path === folder || path.startsWith(`${folder}/`);
}
function inMissingSubmodule(path) {
	return new ToolkitError({
		reason: "inventory-unreadable",
		what: "The inventory is in a git submodule that is not checked out.",
		where: path,
		remedy: "Add `submodules: true` to the step with actions/checkout, and a `token` that can read the submodule."
	});
}
function readFile(files, path, members) {
	const { executable, size } = files.entry(path);
	const { problems, budget } = members;
	if (executable) {
		const message = `${path} has the executable bit`;
		addProblems(problems, problem("trust/executable-inventory", message, startOf(path)));
	}
	budget.attempt(problems, () => {
		budget.spendBytes(size, startOf(path));
		const source = readText(files, path);
		if (source.kind === "vault") {
			const message = `${path} is encrypted by Ansible Vault, so its hosts are unknown: decrypt it, and keep secrets in \`host_vars\``;
			throw syntaxProblem(message, startOf(path));
		}
		if (source.text.startsWith("#!")) throw new ReadingProblem("trust/inventory-script", `${path} is a script`, startOf(path));
		if (!source.isAscii) members.nonAscii.push(path);
		readFormat(path, source, members);
	});
}
function readFormat(path, { text, isMarked }, members) {
	const ending = /[^/](\.[^./]*)$/.exec(path)?.[1];
	if (ending === ".toml") {
		const message = `${path} is a TOML inventory, which is not supported: convert it to INI or YAML`;
		throw syntaxProblem(message, startOf(path));
	}
	if (yamlEndings.test(path)) readAsYaml(path, text, members);
	else if (ending !== void 0 || !looksLikeYaml(path, text)) readAsIni(path, text, isMarked, members);
	else readAsYaml(path, text, members);
}
function readAsIni(path, text, isMarked, members) {
	if (isMarked) {
		const message = `${path} starts with a byte order mark, which Ansible treats as part of the first line`;
		addProblems(members.problems, problem("inventory/encoding", message, startOf(path)));
	}
	readIniInventory(members, path, text);
}
function looksLikeYaml(path, text) {
	const first = /^(?!\s*(?:[#;]|$)).*$/m.exec(text)?.[0] ?? "";
	if (!/:\s|:$|^\s*[{?&!%"'-]/.test(first)) return false;
	try {
		return parseYaml(path, text).value?.kind === "map";
	} catch (error) {
		if (error instanceof ReadingProblem) return error.finding.id === "inventory/limit" || /^---\s*$/m.test(text);
		throw error;
	}
}
function readAsYaml(path, text, members) {
	const { value, problems, parts } = parseYaml(path, text);
	members.budget.spendParts(parts, startOf(path));
	addProblems(members.problems, ...problems);
	if (value) readYamlInventory(members, value);
}
const inventoryNames = [
	"hosts",
	"hosts.yml",
	"hosts.yaml",
	"hosts.ini",
	"inventory",
	"inventory.yml",
	"inventory.ini"
];
const mostFolders = 200;
const otherFolders = /* @__PURE__ */ new Set(["examples", "node_modules"]);
function likelyInventories(files) {
	const byName = ["", ...foldersIn(files, "").flatMap((folder) => [folder, ...foldersIn(files, folder)])].slice(0, mostFolders).flatMap((folder) => inventoryNames.map((name) => folder === "" ? name : `${folder}/${name}`));
	const others = files.list("inventory").filter((name) => /^(?!known_hosts)[a-z][\w-]*(?:\.(?:ini|ya?ml))?$/.test(name));
	return [...byName, ...others.map((name) => `inventory/${name}`)].filter((path) => files.entry(path).kind === "file").toSorted((a, b) => Number(hasVariables(files, b)) - Number(hasVariables(files, a)));
}
function foldersIn(files, folder) {
	return files.list(folder).filter((name) => !name.startsWith(".") && !otherFolders.has(name)).map((name) => folder === "" ? name : `${folder}/${name}`).filter((path) => files.entry(path).kind === "directory");
}
function hasVariables(files, path) {
	return ["host_vars", "group_vars"].some((kind) => files.entry(joinPath(folderOf(path), kind) ?? kind).kind === "directory");
}

// src/inventory/read-inventory.ts
function readInventory(path, files, options = {}) {
	const paths = [path].flat().map(insideOf);
	const members = new Members(new Budget());
	for (const name of ["all", "ungrouped"]) members.group(name, startOf(paths[0] ?? ""));
	const folders = lastOfEach(paths.map((each) => readSources(files, each, members)));
	const problems = [];
	const order = orderGroups(members.groups, problems);
	const variables = new HostVariables(files, folders, members.budget, options);
	const hosts = [...inGroups(members, order, problems)].map(([member, groups]) => variables.host(member, groups));
	const byName = new Map(hosts.map((host) => [host.name, host]));
	const groups = new Map([...members.groups.keys()].map((name) => [name, /* @__PURE__ */ new Set()]));
	for (const host of hosts) for (const group of host.groups) groups.get(group)?.add(host.name);
	return {
		paths,
		hosts,
		groups,
		groupPlace: (name) => members.groups.get(name)?.place,
		folders,
		host: (name) => byName.get(name),
		nonAscii: [...members.nonAscii, ...variables.nonAscii],
		problems: [
			...members.problems,
			...problems,
			...variables.problems
		]
	};
}
function insideOf(path) {
	const normal = joinPath(path);
	if (normal === void 0 || path.startsWith("/")) throw outsideRepository(path);
	return normal;
}
function lastOfEach(folders) {
	return [...new Set(folders.toReversed())].toReversed();
}
function* inGroups({ hosts }, order, problems) {
	let memberships = 0;
	for (const member of hosts.values()) {
		const groups = order.groupsOf(member.name);
		memberships += groups.length;
		if (memberships > limits.memberships) {
			const message = `the inventory has more than ${limits.memberships} memberships of hosts in groups`;
			problems.push(problem("inventory/limit", message, member.place));
			return;
		}
		yield [member, groups];
	}
}
function outsideRepository(path) {
	return new ToolkitError({
		reason: "inventory-unreadable",
		what: "The inventory is outside the repository.",
		where: path,
		remedy: "Set `inventory` to a path inside the repository, relative to its root."
	});
}

// src/inventory/inventory-of.ts
const inventories = /* @__PURE__ */ new WeakMap();
function inventoryOf(files, path, options = {}) {
	const { playbook, extraVars = {} } = options;
	const key = JSON.stringify([
		[path].flat(),
		playbook?.label,
		extraVars
	]);
	const known = inventories.get(files) ?? /* @__PURE__ */ new Map();
	const inventory = known.get(key) ?? readInventory(path, files, options);
	inventories.set(files, known.set(key, inventory));
	return inventory;
}
function inventoryAmong(files, path, options = {}) {
	const there = [path].flat().filter((each) => files.entry(each).kind !== "absent");
	return there.length === 0 ? void 0 : inventoryOf(files, there, options);
}

export { valueAt as C, truthOf as S, hasPart as _, parseYaml as a, textAt as b, submodulesOf as c, expressionsIn as d, namesIn as f, entryOf as g, isOfPlaybook as h, jsonValue as i, ReadingProblem as l, isOfInventoryGroup as m, inventoryOf as n, plainScalar as o, withValues as p, likelyInventories as r, readText as s, inventoryAmong as t, startOf as u, isOpaque as v, shellWords as w, toJson as x, partAt as y };