// src/support/escape.ts
const hidden = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
function visible(text) {
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
function commandData(text) {
	return logText(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function commandProperty(text) {
	return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
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

export { markdownSentence as a, markdownCode as i, commandProperty as n, markdownText as o, logText as r, commandData as t };
//# sourceMappingURL=escape.js.map