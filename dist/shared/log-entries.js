import { x as createMasker } from "./names.js";

// src/mas/output/cause.ts
const masker = createMasker();
const longestShown = 300;
const longestRead = 1e4;
function shownText(text) {
	return masker.mask(text).slice(0, longestRead).replace(/(?<=\)=)\([^)\n]*\)/g, "(…)").replace(/@[^\s"'`),\]]+|[^\s"'`(,[]+@[^\s"'`),\]]+/g, "@…").replace(/\s+/g, " ").trim().slice(0, longestShown);
}
function causeOf(text) {
	const [top = "", causes] = withoutStack(text).split(/^Caused by:\s*$/m);
	return shownText(plainCause(causes === void 0 ? causeIn(top) : innermost(causes)));
}
function withoutStack(text) {
	const [message = ""] = text.split(/^(?:Stack )?backtrace:/im);
	const isOfStack = (line) => /^\s*(?:at (?:async )?(?:\S+ )*\(?\S*:\d|at \.\/|\d+: <unknown>|note: )/.test(line);
	return message.split("\n").filter((line) => !isOfStack(line)).join("\n");
}
function innermost(causes) {
	return causes.split(/^[ \t]+\d+: /m).at(-1) ?? "";
}
function causeIn(text) {
	if (text.includes("ZodError")) return zodIssues(text);
	const [, field] = /\berror=(.*?)(?: error\.sources=|$)/s.exec(text) ?? [];
	const [, panic] = /^thread '.*' .*panicked at [^\n]*\n([\s\S]*)/.exec(text) ?? [];
	const [line = ""] = (field ?? panic ?? text).trim().split(/ \{$|\n\s*\n/m);
	return line.replace(/^(?:Uncaught )?(?:\w*Error|error|docker): (?:Error response from daemon: )?/, "");
}
function zodIssues(text) {
	const issues = [...text.matchAll(/"path": \[([^\]]*)\],\s*"message": "((?:[^"\\]|\\.)*)"/g)].map(([, path = "", message = ""]) => {
		return `\`${[...path.matchAll(/"([^"]*)"|(\d+)/g)].map(([, key, index]) => key ?? index).join(".")}\`: ${message}`;
	});
	const told = issues.filter((issue) => !issue.endsWith(": Invalid input"));
	return [...new Set(told.length > 0 ? told : issues)].slice(0, 5).join(", ");
}
function plainCause(cause) {
	return cause.replace(/\berror returned from database: /g, "").replace(/\bfound ([\w ]+?) (?:"(?:[^"\\]|\\.)*"|`[^`]*`)/g, "found $1").replace(/^([^:\n]+?): \1$/, "$1");
}

// src/mas/output/finding-table.ts
function explain(family, table, texts) {
	const hits = /* @__PURE__ */ new Map();
	const unknown = [];
	for (const item of texts) {
		const hit = findRow(table, item);
		if (hit === void 0) {
			unknown.push(item);
			continue;
		}
		const { n, ...named } = hit.groups;
		const severity = item.severity ?? hit.row.severity ?? "error";
		const key = `${hit.row.name} ${severity} ${hit.row.merged ? "" : JSON.stringify(named)}`;
		const count = n === void 0 ? 1 : Number(n);
		const known = hits.get(key);
		if (known) known.count += count;
		else hits.set(key, {
			...hit,
			severity,
			count
		});
	}
	return {
		findings: [...hits.values()].map(({ row, groups, cause, count, severity }) => ({
			id: `${family}/${row.name}`,
			severity,
			message: withCause(row.message(groups, count), cause),
			why: row.why,
			remedy: typeof row.remedy === "string" ? row.remedy : row.remedy(groups),
			...row.page === void 0 ? {} : { page: row.page },
			count
		})),
		unknown
	};
}
function findRow(table, { text, cause }) {
	const line = text.replace(/\s*\n\s*/g, " ");
	for (const row of table) {
		const match = row.match.exec(line);
		if (match) return {
			row,
			groups: { ...match.groups },
			cause: cause ?? (row.showsCause ? causeOf(text) : ""),
			count: 1
		};
	}
}
function withCause(message, cause) {
	return cause === "" ? message : `${message} Cause: ${cause.replace(/\.$/, "")}.`;
}

// src/mas/output/log-entries.ts
const logLevels = [
	"trace",
	"debug",
	"info",
	"warn",
	"error",
	"fatal"
];
const tracing = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?<level>TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?<span>[\w.]+): (?=\w+::))?(?<source>[\w:]+?)(?::\d+)?(?:: [\w./-]+:\d+:|:)? (?<text>.*)$/;
const log4js = /^\[\d{4}-\d\d-\d\dT[\d:.]+\]\s+\[(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\]\s+(?<source>\S+) - (?<text>.*)$/;
const ansi = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-~]/g;
function withoutAnsi(text) {
	return text.replace(ansi, "");
}
function levelOf(word) {
	return logLevels.find((level) => level === word?.toLowerCase());
}
function readLog(output) {
	const entries = [];
	for (const line of withoutAnsi(output).split(/\r?\n/)) {
		const groups = (tracing.exec(line) ?? log4js.exec(line))?.groups;
		const last = entries.at(-1);
		if (groups) {
			const { level, source = "", text = "" } = groups;
			entries.push({
				level: levelOf(level),
				source,
				lines: [text]
			});
		} else if (startsPlainText(line) || last === void 0) entries.push({
			level: void 0,
			source: "",
			lines: [line]
		});
		else last.lines.push(line);
	}
	return entries.map(({ level, source, lines }) => ({
		level,
		source,
		text: lines.join("\n").trimEnd()
	})).filter((entry) => entry.level !== void 0 || entry.text.trim() !== "");
}
function startsPlainText(line) {
	return /^(?:=====\s|Error: |error: |thread '|Check completed|docker: |Unable to find image|exec |OCI runtime)/.test(line);
}

export { shownText as a, causeOf as i, explain as n, withCause as r, readLog as t };