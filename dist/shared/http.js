// src/mas/finding-table.ts
/**
* Explains texts by the first row of the table that matches; `severityOf` may override a row's severity (the block that
* the tool itself put a text in). Texts that no row matches come back as `unknown`.
*/
function explain(family, table, texts) {
	const hits = /* @__PURE__ */ new Map();
	const unknown = [];
	for (const item of texts) {
		const hit = findRow(table, item.text);
		if (hit === void 0) {
			unknown.push(item);
			continue;
		}
		const { n, ...named } = hit.groups;
		const severity = item.severity ?? hit.row.severity;
		const key = `${hit.row.name} ${severity} ${hit.row.together ? "" : JSON.stringify(named)}`;
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
		findings: [...hits.values()].map(({ row, groups, count, severity }) => ({
			id: `${family}/${row.name}`,
			severity,
			message: row.message(groups, count),
			why: row.why,
			remedy: row.remedy,
			count
		})),
		unknown
	};
}
function findRow(table, text) {
	for (const row of table) {
		const match = row.match.exec(text);
		if (match) return {
			row,
			groups: { ...match.groups },
			count: 1
		};
	}
}
/** `1 account`, `2 accounts`. */
function counted(n, one, many = `${one}s`) {
	return `${n} ${n === 1 ? one : many}`;
}

// src/mas/log-entries.ts
const logLevels = [
	"trace",
	"debug",
	"info",
	"warn",
	"error",
	"fatal"
];
/**
* `mas-cli` writes `TIME LEVEL TARGET[:LINE] TEXT` from v0.16 on, and `TIME LEVEL SPAN: TARGET: FILE:LINE: TEXT` before
* (crates/context/src/fmt.rs and crates/cli/src/main.rs of matrix-authentication-service).
*/
const tracing = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?<level>TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?<span>[\w.]+): )?(?<source>[\w:]+?)(?::\d+)?(?:: [\w./-]+:\d+:)? (?<text>.*)$/;
/** The Node tool writes `[TIME] [LEVEL] LOGGER - TEXT`, coloured (log4js). */
const log4js = /^\[\d{4}-\d\d-\d\dT[\d:.]+\]\s+\[(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\]\s+(?<source>\S+) - (?<text>.*)$/;
const ansi = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007/g;
/** The text without terminal colours and other escape sequences. */
function withoutAnsi(text) {
	return text.replace(ansi, "");
}
function levelOf(word) {
	return logLevels.find((level) => level === word?.toLowerCase());
}
/**
* Splits what `mas-cli` or the Node tool printed into messages. Only a message's first line has a prefix: the lines
* after it belong to it, until a blank line followed by text of no log (`===== Errors =====`, `Error: …`), which the
* callers look for themselves in `text`.
*/
function readLog(output) {
	const entries = [];
	for (const line of withoutAnsi(output).split(/\r?\n/)) {
		const groups = (tracing.exec(line) ?? log4js.exec(line))?.groups;
		const last = entries.at(-1);
		if (groups) entries.push({
			level: levelOf(groups.level),
			source: groups.source ?? "",
			lines: [groups.text ?? ""]
		});
		else if (beginsPlainText(line) || last === void 0) entries.push({
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
/** Lines that `mas-cli` prints outside its log: blocks of findings, and the last error with its causes. */
function beginsPlainText(line) {
	return /^(?:=====\s|Error: |error: |thread '|Check completed)/.test(line);
}

// src/migration/http.ts
/** curl's configuration for a request, for its standard input: URL, token and body stay out of the process list. */
function curlConfig({ method = "GET", url, token, body }) {
	return [
		`url = ${quoted(url)}`,
		`request = ${quoted(method)}`,
		token === void 0 ? "" : `header = ${quoted(`Authorization: Bearer ${token}`)}`,
		body === void 0 ? "" : `header = "Content-Type: application/json"\ndata-raw = ${quoted(JSON.stringify(body))}`
	].filter(Boolean).join("\n");
}
/** Asks with the curl in a container, which sees the names of the other containers. */
function askFrom(session, container) {
	return async (request) => {
		const result = await session.run([
			"docker",
			"exec",
			"-i",
			container,
			"curl",
			"-sS",
			"-m",
			"30",
			"-w",
			"\n%{http_code}",
			"-K",
			"-"
		], {
			input: `${curlConfig(request)}\n`,
			timeoutMs: 6e4
		});
		const cut = result.stdout.lastIndexOf("\n");
		return {
			status: Number(result.stdout.slice(cut + 1)) || 0,
			body: jsonObject(result.stdout.slice(0, cut))
		};
	};
}
function jsonObject(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
	} catch {
		return {};
	}
}
function quoted(text) {
	return `"${text.replaceAll("\\", "\\\\").replaceAll("\"", "\\\"").replaceAll("\n", "\\n")}"`;
}

export { explain as i, readLog as n, counted as r, askFrom as t };
//# sourceMappingURL=http.js.map