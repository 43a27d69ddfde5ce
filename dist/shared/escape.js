// src/support/escape.ts
const hidden = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u202f\u2800]/gu;
function visible(text) {
	if (/^[ -~]*$/.test(text)) return text;
	return text.replace(hidden, (char) => char === "	" ? " " : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
const zeroWidth = "​";
function linesOf(text) {
	return text.split(/\r\n|\n|\r/);
}
function logText(text) {
	return linesOf(text).map((line) => disarm(visible(line))).join("\n");
}
function disarm(line) {
	return line.replace(/^(\s*):(?=:)/, "$1: ").replaceAll("##[", "## [");
}
function markdownText(text) {
	return disarm(visible(linesOf(text).join(" "))).replace(/@|#|:(?=\/\/)|www(?=\.)|GH(?=-)/gi, `$&${zeroWidth}`).replace(/\b[0-9a-f]{7,40}\b/gi, (hash) => `${hash.slice(0, 4)}${zeroWidth}${hash.slice(4)}`).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[\\`*_{}[\]()|~$^=+!-]/g, "\\$&").replace(/^(\s*)(\d+)\./, "$1$2\\.").replaceAll(zeroWidth, "&#8203;");
}
function markdownCode(text) {
	const line = disarm(visible(linesOf(text).join(" "))).replaceAll("<!--", "<! --").replaceAll("\\|", "\\ |").replaceAll("|", "\\|");
	if (line.trim() === "") return "` `";
	const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const blank = line.startsWith("`") || line.endsWith("`") || /^ .* $/.test(line) ? " " : "";
	return `${fence}${blank}${line}${blank}${fence}`;
}
function markdownSentence(text) {
	return text.split(/(`[^`\n]+`)/).map((part) => /^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : markdownText(part)).join("");
}
function markdownBlock(text) {
	const body = linesOf(text).map((line) => disarm(visible(line)).replaceAll("<!--", "<! --")).join("\n");
	const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}text\n${body}\n${fence}`;
}
function jsonText(value) {
	const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
	return `${JSON.stringify(value, void 0, 2).split("\n").map((line) => line.replace(hidden, (chars) => chars.split("").map(escaped).join(""))).join("\n").replaceAll("##[", "#\\u0023[")}\n`;
}

export { markdownSentence as a, markdownCode as i, logText as n, markdownText as o, markdownBlock as r, visible as s, jsonText as t };