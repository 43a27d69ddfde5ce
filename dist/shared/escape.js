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
	return unlinked(text).replace(/[&<>"']/g, entity).replace(/[\\`*_{}[\]()|~$^=+!-]/g, "\\$&").replace(/^(\s*)(\d+)\./, "$1$2\\.").replaceAll(zeroWidth, "&#8203;");
}
function markdownHtml(text) {
	return unlinked(text).replace(/[&<>"'`]/g, entity).replaceAll(zeroWidth, "&#8203;");
}
function unlinked(text) {
	return disarm(visible(linesOf(text).join(" "))).replace(/@|#|:(?=\/\/|(?!\d\d\b)[\w+-])|www(?=\.)|GH(?=-)/gi, `$&${zeroWidth}`).replace(/\b[0-9a-f]{7,40}\b/gi, (hash) => hash.replace(/.{4}(?=.)/g, `$&${zeroWidth}`));
}
const entity = (char) => `&#${char.charCodeAt(0)};`;
function markdownCode(text) {
	const line = disarm(visible(linesOf(text).join(" "))).replaceAll("<!--", "<! --").replaceAll("\\|", "\\ |").replaceAll("|", "\\|");
	if (line.trim() === "") return "` `";
	const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const blank = line.startsWith("`") || line.endsWith("`") || /^ .* $/.test(line) ? " " : "";
	return `${fence}${blank}${line}${blank}${fence}`;
}
function markdownSentence(text) {
	return joinMarkdown(text.split(/(`[^`\n]+`)/).filter(Boolean).map((part) => /^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : markdownText(part)));
}
function joinMarkdown(parts) {
	return parts.reduce((text, part) => {
		const isRead = /[\w:]$/.test(text) && /^\\?[\w.:/+-]/.test(part);
		const isFence = text.endsWith("`") && part.startsWith("`");
		return `${text}${isRead || isFence ? "&#8203;" : ""}${part}`;
	}, "");
}
function markdownBlock(text, language = "text") {
	const body = linesOf(text).map((line) => disarm(visible(line)).replaceAll("<!--", "<! --")).join("\n");
	const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${language}\n${body}\n${fence}`;
}
function markdownSuggestion(lines) {
	if (lines.some((line) => /[\r\n]/.test(line) || disarm(visible(line)) !== line)) return void 0;
	const runs = lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(Math.max(2, ...runs) + 1);
	return [
		`${fence}suggestion`,
		...lines,
		fence
	].join("\n");
}
function htmlText(text) {
	return visible(linesOf(text).join(" ")).replace(/[&<>"'`]/g, entity);
}
function titleText(text) {
	return disarm(visible(linesOf(text).join(" "))).replace(/[@#]/g, `$&${zeroWidth}`).slice(0, 200).replace(/[\ud800-\udbff]$/, "");
}
function jsonText(value) {
	const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
	return `${JSON.stringify(value, void 0, 2).split("\n").map((line) => line.replace(hidden, (chars) => chars.split("").map(escaped).join(""))).join("\n").replaceAll("##[", "#\\u0023[")}\n`;
}

export { markdownBlock as a, markdownSentence as c, titleText as d, visible as f, logText as i, markdownSuggestion as l, joinMarkdown as n, markdownCode as o, jsonText as r, markdownHtml as s, htmlText as t, markdownText as u };