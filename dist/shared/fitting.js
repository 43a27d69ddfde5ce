// src/report/fitting.ts
function fitToLimit(texts, mostBytes) {
	let last = "";
	for (const text of texts) {
		if (Buffer.byteLength(text) <= mostBytes) return text;
		last = text;
	}
	return cut(last, mostBytes);
}
function cut(text, mostBytes) {
	const bytes = Buffer.from(text).subarray(0, mostBytes - 200);
	const end = Math.max(0, bytes.lastIndexOf("\n"));
	return `${bytes.subarray(0, end).toString("utf8")}\n\nThe whole report is in the log and the report files of this check.`;
}

export { fitToLimit as t };