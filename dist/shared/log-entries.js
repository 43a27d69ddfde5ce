// src/domain/clock.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms))
};

// src/mas/output/finding-table.ts
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

// src/mas/output/log-entries.ts
const logLevels = [
	"trace",
	"debug",
	"info",
	"warn",
	"error",
	"fatal"
];
const tracing = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?<level>TRACE|DEBUG|INFO|WARN|ERROR)\s+(?:(?<span>[\w.]+): )?(?<source>[\w:]+?)(?::\d+)?(?:: [\w./-]+:\d+:)? (?<text>.*)$/;
const log4js = /^\[\d{4}-\d\d-\d\dT[\d:.]+\]\s+\[(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\]\s+(?<source>\S+) - (?<text>.*)$/;
const ansi = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007/g;
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
	return /^(?:=====\s|Error: |error: |thread '|Check completed)/.test(line);
}

export { explain as n, systemClock as r, readLog as t };