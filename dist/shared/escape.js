// src/support/escape.ts
/**
* Control characters but the tab, direction and joining controls, line separators, invisible operators, tags and lone
* surrogates: all that is not seen as itself.
*/
const hidden = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Hidden characters as `\u{202e}`; nothing else changes. Newlines too: split lines before. */
function visible(text) {
	return text.replace(hidden, (char) => char === "	" ? " " : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
function linesOf(text) {
	return text.split(/\r\n|\n|\r/);
}
/**
* Untrusted text for a job's log: no terminal codes, and no line that the runner would take for a workflow command, in its
* new form (`::name::` at the start of a line) or its old one (`##[name]` anywhere). Newlines stay.
*/
function logText(text) {
	return linesOf(text).map((line) => disarm(visible(line))).join("\n");
}
function disarm(line) {
	return line.replace(/^(\s*):(?=:)/, "$1: ").replaceAll("##[", "## [");
}
/** Untrusted text as the message of a workflow command. Newlines stay. */
function commandData(text) {
	return logText(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
/** Untrusted text as a property of a workflow command. */
function commandProperty(text) {
	return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
/**
* Untrusted text as literal Markdown on one line, for GitHub: no markup, HTML, links, mentions, or references to issues
* and commits, in a table's cell too.
*/
function markdownText(text) {
	return disarm(visible(linesOf(text).join(" "))).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[\\`*_{}[\]()|~$^=+!-]/g, "\\$&").replace(/^(\s*)(\d+)\./, "$1$2\\.").replace(/@|#(?!\d+;)|:(?=\/\/)|\b(?=www\.)|\bGH(?=\\-)/gi, "$&&#8203;").replace(/\b[0-9a-f]{7,40}\b/gi, (hash) => `${hash.slice(0, 4)}&#8203;${hash.slice(4)}`);
}
/** Untrusted text as a code span on one line, in a table's cell too. GitHub makes no mentions or links in it. */
function markdownCode(text) {
	const line = disarm(visible(linesOf(text).join(" "))).replaceAll("<!--", "<! --").replaceAll("|", "\\|");
	if (line.trim() === "") return "` `";
	const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const blank = line.startsWith("`") || line.endsWith("`") || /^ .* $/.test(line) ? " " : "";
	return `${fence}${blank}${line}${blank}${fence}`;
}
/** A sentence of ours with untrusted parts: what stands between backticks becomes a code span, the rest literal text. */
function markdownSentence(text) {
	return text.split(/(`[^`\n]+`)/).map((part) => /^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : markdownText(part)).join("");
}

export { markdownSentence as a, markdownCode as i, commandProperty as n, markdownText as o, logText as r, commandData as t };
//# sourceMappingURL=escape.js.map