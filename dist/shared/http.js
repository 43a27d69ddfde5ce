// src/mas/doctor-messages.ts
const doctorMessages = [
	{
		name: "issuer-not-https",
		severity: "warning",
		match: /is not an HTTPS URL/,
		message: () => "The address of MAS is not https.",
		why: "Clients refuse to log in over an address that anybody on the way can read.",
		remedy: "Leave matrix_authentication_service_hostname to the playbook, and TLS to its reverse proxy."
	},
	{
		name: "well-known",
		severity: "warning",
		match: /[Ww]ell-known (?:replied with|document)|fetch well-known|well-known is missing|the issuer is not the same|valid "issuer" field/,
		message: () => "The file /.well-known/matrix/client of the server name does not say what MAS expects.",
		why: "Clients that look there for the authentication service do not find it, or find another one.",
		remedy: "Serve the file of /matrix/static-files for the server name (the guide on server delegation), then run this again.",
		together: true
	},
	{
		name: "homeserver-unreachable",
		severity: "error",
		match: /Can't reach the homeserver at/,
		message: () => "MAS cannot reach Synapse.",
		why: "MAS makes accounts and devices in Synapse; no login is complete without it.",
		remedy: "See that matrix-synapse runs (systemctl status matrix-synapse), and that both are in one container network."
	},
	{
		name: "invalid-token-accepted",
		severity: "error",
		match: /\*highly\* unexpected/,
		message: () => "Synapse accepted a token that nobody ever made.",
		why: "Whoever answers there accepts anybody as anyone.",
		remedy: "Take the server off the network and look at what answers at the address of the homeserver."
	},
	{
		name: "mas-unreachable-from-synapse",
		severity: "error",
		match: /unable to reach MAS/,
		message: () => "Synapse cannot ask MAS about a token.",
		why: "Every request of a user is refused meanwhile.",
		remedy: "See that matrix-authentication-service runs, and that the secret on both sides is the same; deploy again."
	},
	{
		name: "api-of-synapse",
		severity: "error",
		match: /A Synapse (?:MAS|admin) API endpoint at|Can't reach the Synapse (?:MAS|admin) API/,
		message: () => "MAS cannot use the API of Synapse that it makes accounts and devices with.",
		why: "Logins fail, and sessions that end in MAS stay in Synapse.",
		remedy: "Deploy again, so that both hold the same secret: 403 is a wrong one, 404 a Synapse that does not delegate."
	},
	{
		name: "compatibility-login",
		severity: "error",
		match: /legacy login API at/,
		message: () => "Logins of clients that know no OpenID Connect do not reach MAS.",
		why: "Most clients log in this way; they are told that it does not exist, or log in to the wrong service.",
		remedy: "See that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, as the labels of the playbook say."
	},
	{
		name: "answer-unexpected",
		severity: "warning",
		match: /whoami" replied with/,
		message: () => "Synapse gave an unexpected answer to a token that nobody made.",
		why: "It should refuse it, and did something else.",
		remedy: "Look at the log of matrix-synapse on the server."
	}
];

// src/mas/finding-table.ts
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
function beginsPlainText(line) {
	return /^(?:=====\s|Error: |error: |thread '|Check completed)/.test(line);
}

// src/mas/doctor-output.ts
function readDoctor({ exitCode, stdout, stderr }, delegation) {
	const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes("doctor"));
	const good = entries.filter(({ level, text }) => level === "info" && text.includes("✅")).length;
	const bad = entries.filter(({ level }) => level === "warn" || level === "error");
	const { findings, unknown } = explain("doctor", doctorMessages, bad.map((entry) => ({
		text: firstLine(entry),
		severity: severityOf(entry, delegation)
	})));
	const ran = exitCode === 0 && entries.length > 1;
	return {
		good,
		ran,
		findings: [
			...findings.map(({ count: _, ...finding }) => finding),
			...unknown.map(({ severity }) => unrecognised(severity ?? "error")),
			...ran ? [] : [didNotRun(exitCode)]
		]
	};
}
function firstLine({ text }) {
	return text.split("\n")[0] ?? "";
}
function severityOf(entry, delegation) {
	const text = firstLine(entry);
	const waits = /A Synapse (?:MAS|admin) API endpoint|legacy login API/.test(text);
	if (delegation === "no" && waits) return "notice";
	if (delegation === "msc3861" && /A Synapse MAS API endpoint .* 404/.test(text)) return "notice";
	return entry.level === "error" ? "error" : "warning";
}
function unrecognised(severity) {
	return {
		id: "doctor/unrecognised",
		severity,
		message: "mas-cli doctor reports something that this toolkit does not know.",
		why: "A newer MAS checks more than this toolkit explains; its text is not shown, for it could hold a secret.",
		remedy: "Run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server and read it."
	};
}
function didNotRun(exitCode) {
	return {
		id: "doctor/did-not-run",
		severity: "error",
		message: `mas-cli doctor did not run to its end (exit code ${exitCode}).`,
		why: "It stops where it cannot read its configuration, or MAS does not run.",
		remedy: "See that matrix-authentication-service runs, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	};
}

// src/migration/http.ts
function curlConfig({ method = "GET", url, token, body }) {
	return [
		`url = ${quoted(url)}`,
		`request = ${quoted(method)}`,
		token === void 0 ? "" : `header = ${quoted(`Authorization: Bearer ${token}`)}`,
		body === void 0 ? "" : `header = "Content-Type: application/json"\ndata-raw = ${quoted(JSON.stringify(body))}`
	].filter(Boolean).join("\n");
}
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

export { counted as a, readLog as i, curlConfig as n, explain as o, readDoctor as r, askFrom as t };
//# sourceMappingURL=http.js.map