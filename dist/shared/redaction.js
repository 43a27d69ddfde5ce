import { u as failureLine } from "./folders.js";

// src/playbook/outcome.ts
function commandResult(outcome, needles, host) {
	return outcome.results.findLast((result) => (host === void 0 || result.host === host) && result.status !== "skipped" && result.result.command !== void 0 && holdsAll(result.result.command.join(" "), needles));
}
function holdsAll(command, needles) {
	return needles.every((needle) => command.includes(needle));
}
function fatalResults(outcome) {
	return Object.entries(outcome.stats).flatMap(([host, stats]) => {
		const bad = outcome.results.filter((result) => result.host === host && (result.status === "failed" || result.status === "unreachable"));
		const fatal = stats.failures + stats.unreachable;
		return fatal > 0 ? bad.slice(-fatal) : [];
	});
}
function failureOf(outcome) {
	const failure = fatalResults(outcome)[0] ?? outcome.results.findLast(({ status }) => status === "failed");
	if (failure) return `: ${[failure.task.name, reasonIn(failure.result)].filter(Boolean).join(": ")}`;
	const text = failureLine(`${outcome.stderr}\n${outcome.otherOutput.join("\n")}`);
	return text === "" ? "" : `: ${text.replace(/^(?:ERROR!|\[ERROR\]:) /, "")}`;
}
function reasonIn({ message = "", rc, stderr = "", stdout = "", items }) {
	const [item] = items.filter(({ status }) => status === "failed");
	if (item) return reasonIn(item);
	const printed = failureLine(stderr) || failureLine(stdout);
	const isOnlyCode = message === "" || message.startsWith("non-zero return code");
	if (isOnlyCode && printed !== "") return printed;
	return isOnlyCode && rc !== void 0 ? `exit code ${rc}` : message;
}
function collect(events) {
	return {
		results: events.filter((event) => event.kind === "result"),
		stats: events.findLast((event) => event.kind === "stats")?.hosts ?? {}
	};
}

// src/support/redaction.ts
const maskText = "***";
const shortestSecret = 6;
const secretKey = String.raw`(?<![\w.-])[\w.-]*(?:secret|secrets?_key|passw(?:or)?d|passphrase|pepper|token|api_?key|private_?key|encryption|signing_key|credentials?)`;
const shapes = [
	/(?<![A-Za-z0-9])(?:syt|syr|mct|mcr|mat|mar|mpt)_[A-Za-z0-9=_-]{6,}/g,
	/(?<![A-Za-z0-9])MDA[A-Za-z0-9][A-Za-z0-9_-]{40,}/g,
	/(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
	/\$2[abxy]\$\d\d\$[./A-Za-z0-9]{20,}/g,
	/\$(?:argon2(?:id|i|d)|pbkdf2(?:-[\w-]+)?)\$[^\s"'\\]+/g,
	/(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:(?<value>[^\s/"']+)@/gi,
	/\b(?:Bearer|Basic)\s+(?<value>[A-Za-z0-9._~+/=-]{6,})/g,
	/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?<value>[\s\S]*?)(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g,
	new RegExp(String.raw`^(?<indent>[ \t]*)(?:- )?["']?${secretKey}["']?[ \t]*:[ \t]*[|>][+-]?\d?[ \t]*\r?\n(?<value>(?:(?:\k<indent>[ \t]+[^\r\n]*|[ \t]*)(?:\r?\n|$))+)`, "gim"),
	new RegExp(String.raw`^[ \t>+|-]*(?:["'])?${secretKey}["']?[ \t]*[:=][ \t]*(?<value>[^\s"'{[|>&*!\\][^\r\n]*)$`, "gim"),
	new RegExp(String.raw`${secretKey}(?:\\*["'])?\s*[:=]\s*(?<bs>\\*)(?<q>["'])(?<value>(?:(?!(?<!\\)\k<bs>\k<q>)[^\r\n])+)`, "gi"),
	new RegExp(String.raw`${secretKey}(?:\\*["'])?\s*[:=][ \t]*(?<value>[^\s"'\\{}[\],;][^\s"'\\}]*)`, "gi"),
	new RegExp(String.raw`\(${secretKey}\)=\((?<value>[^)\r\n]+)`, "gi")
];
const harmless = /^(?:true|false|yes|no|null|none|undefined|redacted|\*{3,}|<[\w -]*>|~|\{\{.*\}\}|!vault.*|\d{1,4}|""|''|[|>][+-]?\d?)[,;.]?$/i;
function writtenForms(secret) {
	const json = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		encodeURIComponent(secret.toWellFormed()),
		encodeURIComponent(secret.toWellFormed()).replaceAll("%20", "+"),
		secret.replaceAll("'", "''"),
		secret.replaceAll("'", String.raw`'\''`),
		Buffer.from(secret).toString("base64"),
		...secret.split(/\r?\n/).map((line) => line.trim())
	].filter((form) => form.length >= 6);
}
function valueSpan(match) {
	const start = match.index ?? 0;
	const value = match.groups?.value;
	if (value === void 0) return {
		start,
		end: start + match[0].length
	};
	if (harmless.test(value.trim())) return void 0;
	const from = start + match[0].lastIndexOf(value);
	return {
		start: from,
		end: from + value.length
	};
}
function spansOf(text, form) {
	const spans = [];
	for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) spans.push({
		start: at,
		end: at + form.length
	});
	return spans;
}
function cover(text, spans) {
	const sorted = spans.toSorted((a, b) => a.start - b.start);
	let result = "";
	let done = 0;
	let open;
	const close = () => {
		if (open === void 0) return;
		result += text.slice(done, open.start) + "***";
		done = open.end;
	};
	for (const span of sorted) if (open !== void 0 && span.start <= open.end) open = {
		start: open.start,
		end: Math.max(open.end, span.end)
	};
	else {
		close();
		open = span;
	}
	close();
	return result + text.slice(done);
}
function createMasker(secrets = []) {
	const forms = /* @__PURE__ */ new Set();
	const add = (...more) => {
		for (const secret of more) if (secret.length >= 6) for (const form of writtenForms(secret)) forms.add(form);
	};
	add(...secrets);
	const mask = (text) => {
		const known = [...forms].flatMap((form) => spansOf(text, form));
		const shaped = shapes.flatMap((shape) => [...text.matchAll(shape)].map(valueSpan).filter((span) => span !== void 0));
		return cover(text, [...known, ...shaped]);
	};
	return {
		mask,
		add
	};
}

export { fatalResults as a, failureOf as i, collect as n, commandResult as r, createMasker as t };