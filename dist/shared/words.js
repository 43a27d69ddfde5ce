// src/report/pages.ts
function pagesOf(environment) {
	const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = environment;
	if (!server || !repository || !ref) return void 0;
	if (!/^https:\/\/[\w.-]+(?::\d+)?$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return void 0;
	return { root: `${server}/${repository}/blob/${ref.split("/").map(encodeURIComponent).join("/")}/` };
}
function pageAddress(pages, page) {
	return pages && page !== void 0 ? pages.root + page : void 0;
}

// src/report/words.ts
const texts = /* @__PURE__ */ new Set([
	"message",
	"why",
	"remedy",
	"failure",
	"sentence",
	"otherwise",
	"detail",
	"next",
	"warnings"
]);
function mapTexts(value, change) {
	const json = JSON.stringify(value, function(key, item) {
		return typeof item === "string" ? change(item, texts.has(key) || Array.isArray(this)) : item;
	});
	return JSON.parse(json);
}
function rewordData(value, reword) {
	return reword ? mapTexts(value, (text, isForPeople) => isForPeople ? reword(text) : text) : value;
}
function rewordDocument(document, reword) {
	return reword ? document.map((block) => rewordBlock(block, reword)) : document;
}
function rewordBlock(block, reword) {
	const inText = (text) => text.map((part) => rewordInline(part, reword));
	switch (block.kind) {
		case "heading":
		case "note": return {
			...block,
			text: inText(block.text)
		};
		case "paragraph": return {
			...block,
			lines: block.lines.map(inText)
		};
		case "list": return {
			...block,
			items: block.items.map((item) => rewordDocument(item, reword))
		};
		case "table": return {
			...block,
			rows: block.rows.map((row) => row.map(inText))
		};
		case "folded": return {
			...block,
			blocks: rewordDocument(block.blocks, reword)
		};
		case "block":
		case "timeline":
		case "marker": return block;
	}
}
function rewordInline(part, reword) {
	if (typeof part === "string") return reword(part);
	switch (part.kind) {
		case "code": return part;
		case "strong": return {
			...part,
			text: reword(part.text)
		};
		case "link": return typeof part.label === "string" ? {
			...part,
			label: reword(part.label)
		} : part;
	}
}

export { pagesOf as a, pageAddress as i, rewordData as n, rewordDocument as r, mapTexts as t };