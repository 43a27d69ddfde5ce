import { i as ToolkitError } from "./exec.js";
import { c as failureLine, u as reasonAtEnd } from "./git.js";
import { a as shownText, i as causeOf, n as explain, r as withCause, t as readLog } from "./log-entries.js";
import { C as masCliMessages, S as nodeToolMessages } from "./check-hosts.js";

// src/server/run-or-throw.ts
async function runOrThrow(session, argv) {
	const { code, stdout, stderr } = await session.run(argv);
	if (code === 0) return stdout;
	throw new ToolkitError({
		reason: "server-command-failed",
		what: `${argv[0]} failed on the server (exit code ${code})${reasonAtEnd(failureLine(stderr))}`,
		where: session.host,
		remedy: "Check that the disk is writable and has free space, then run this again."
	});
}

// src/mas/output/failure-messages.ts
const again = "The run is incomplete. The next run starts over.";
const failureMessages = [
	{
		name: "already-running",
		match: /Failed to acquire syn2mas lock|another syn2mas instance is already running|is already in use by container/,
		message: () => "Another syn2mas is running on this server.",
		why: "Two runs at once would corrupt each other.",
		remedy: "Wait until it ends. If its run died, its container (matrix-authentication-service-syn2mas) still runs until it is done."
	},
	{
		name: "synapse-access-denied",
		match: /^(?=.*(?:synapse|query failed)).*permission denied for (?<object>\w+ "?[\w.-]+)/is,
		message: ({ object }) => `PostgreSQL denies syn2mas access to Synapse's database: permission denied for ${object}.`,
		why: "syn2mas must read all accounts, devices and tokens of Synapse.",
		remedy: "As PostgreSQL's superuser, give the role that syn2mas connects with (MAS's role, or `database.args.user` of homeserver.yaml) read access to Synapse's database: `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE;`"
	},
	{
		name: "access-denied",
		match: /permission denied for (?<object>\w+ "?[\w.-]+)/is,
		message: ({ object }) => `PostgreSQL denies syn2mas access: permission denied for ${object}.`,
		why: "syn2mas reads Synapse's database, and changes the schema of MAS's database.",
		remedy: "As PostgreSQL's superuser, make MAS's role the owner of its database and of its schema `public`. In Synapse's database, give the role that syn2mas connects with read access: `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE;`"
	},
	{
		name: "disk-full",
		match: /no space left on device|disk full|could not (?:extend|write to) file|ENOSPC/i,
		message: () => "The disk of the server is full.",
		why: again,
		remedy: "Free space on the server (`df -h /matrix`), then run this again."
	},
	{
		name: "too-many-connections",
		match: /too many (?:clients|connections)|remaining connection slots/i,
		message: () => "PostgreSQL accepts no more connections.",
		why: "syn2mas opens ten connections.",
		remedy: "Raise `postgres_max_connections`, deploy, then run this again. A limit of MAS's role counts too: `ALTER ROLE … CONNECTION LIMIT -1`.",
		showsCause: true
	},
	{
		name: "schema-differs",
		match: /(?:relation|column) "?(?<object>[\w.]+)"? does not exist/,
		message: ({ object }) => `A database has no \`${object}\`, which syn2mas reads.`,
		why: "The versions of Synapse and MAS do not fit, or the database is not the one that Synapse uses.",
		remedy: "Check that homeserver.yaml names the database that Synapse uses. Then deploy the versions that the playbook pins, so that Synapse updates its schema.",
		showsCause: true
	},
	{
		name: "connection-lost",
		match: /terminating connection|server closed the connection|connection (?:reset|terminated)|broken pipe|unexpected (?:end of file|EOF)|ECONNRESET|the database system is |cannot connect now/i,
		message: () => "PostgreSQL ended a connection of syn2mas.",
		why: again,
		remedy: "Run on the server: `journalctl -u matrix-postgres -n 50`. Fix the cause, then run this again.",
		showsCause: true
	}
];
const crashMessages = [{
	name: "container-not-started",
	match: /^docker: |^Unable to find image|^OCI runtime|^exec .*: /,
	message: () => "The container of syn2mas could not start.",
	why: "It did nothing.",
	remedy: "Fix the cause on the server, then run this again.",
	showsCause: true
}, {
	name: "crashed",
	match: /^thread '.*panicked at/,
	message: () => "syn2mas crashed.",
	why: `This is a bug of syn2mas. ${again}`,
	remedy: "Look for the message in the issues of matrix-authentication-service. Another version of MAS may not have the bug.",
	showsCause: true
}];

// src/mas/output/syn2mas-output.ts
function readSyn2mas(output) {
	return output.dialect === "mas-cli" ? readMasCli(output) : readNodeTool(output);
}
const containerExits = {
	125: "was not started: its container could not start",
	137: "was killed",
	143: "was ended by a signal"
};
const masCliExits = {
	0: "finished",
	1: "failed",
	2: "did not accept its arguments",
	10: "stopped: it found errors that must be fixed first",
	11: "found warnings",
	...containerExits
};
const nodeToolExits = {
	0: "finished",
	1: "stopped or failed",
	...containerExits
};
function meaningOf(exitCode, known) {
	if (exitCode === null) return "syn2mas was ended by a signal.";
	return `syn2mas ${known[exitCode] ?? "ended unexpectedly"} (exit code ${exitCode}).`;
}
function readMasCli({ exitCode, stdout, stderr }) {
	const entries = readLog(`${stdout}\n${stderr}`);
	const texts = withoutRepeated(entries.flatMap(textsOfMasCli));
	const outcome = outcomeOfMasCli(exitCode, texts.some(({ severity }) => severity === "warning"), stdout.includes("Check completed successfully") || entries.some(({ text }) => /^\d+ users migrated \(\d+ skipped\) in [\d.]+s/.test(text)));
	return {
		dialect: "mas-cli",
		outcome,
		exitMeaning: meaningOf(exitCode, masCliExits),
		findings: findingsOf(masCliMessages, texts, entries, outcome, meaningOf(exitCode, masCliExits)),
		lastLines: lastLines(entries)
	};
}
function withoutRepeated(texts) {
	const final = texts.findLast(({ text }) => /^Error: /.test(text));
	const end = (text) => causeOf(text).split(": ").at(-1) ?? "";
	const repeats = ({ text }) => final !== void 0 && shownText(final.text).includes(end(text));
	return texts.filter((each) => each === final || each.severity !== void 0 || !each.isError || !repeats(each));
}
function findingsOf(table, texts, entries, outcome, exitMeaning) {
	const isFailed = outcome === "failed" || outcome === "errors";
	const tellsWhy = texts.some(({ isError, severity }) => isError || severity === "error");
	const told = isFailed && !tellsWhy ? [...texts, ...plainTexts(entries)] : texts;
	const { findings, unknown } = explain("syn2mas", [
		...failureMessages,
		...table,
		...crashMessages
	], told);
	return withFailure([...findings, ...unknown.map((each) => unrecognised(each, isFailed))], outcome, exitMeaning);
}
function plainTexts(entries) {
	const plain = entries.filter(({ level, text }) => level === void 0 && !/^=====\s|^Check completed/.test(text));
	const text = failureLine(plain.map((entry) => entry.text).join("\n"));
	return text === "" ? [] : [{
		text,
		isError: true
	}];
}
function outcomeOfMasCli(exitCode, warned, ran) {
	if (exitCode === 10) return "errors";
	if (exitCode === 11) return "warnings";
	if (exitCode !== 0) return "failed";
	if (!ran) return "unproven";
	return warned ? "warnings" : "clean";
}
function textsOfMasCli(entry) {
	const block = /^=====\s+(Errors|Warnings)/.exec(entry.text);
	if (entry.level === void 0 && block) {
		const severity = block[1] === "Errors" ? "error" : "warning";
		return entry.text.split(/^•/m).slice(1).map((text) => ({
			text: text.split(/\n\s*\n/)[0]?.trim() ?? "",
			severity
		}));
	}
	if (entry.level === void 0) return /^(?:[Ee]rror: |thread '|docker: |OCI runtime|exec )/.test(entry.text) ? [{
		text: entry.text,
		isError: true
	}] : [];
	if (/^sqlx/.test(entry.source) || /ran in dry-run mode|Partial syn2mas migration/.test(entry.text) || entry.level !== "warn" && entry.level !== "error") return [];
	return [{
		text: entry.text,
		isError: entry.level === "error"
	}];
}
function readNodeTool({ exitCode, stdout, stderr }) {
	const entries = readLog(`${stdout}\n${stderr}`);
	const summary = entries.map((entry) => /^Completed migration (?:dry-run )?of \d+ users with (\d+) fatals and (\d+) warnings/.exec(entry.text)).find((match) => match !== null);
	const seen = /* @__PURE__ */ new Set();
	const texts = entries.filter((entry) => entry.level !== void 0 && [
		"warn",
		"error",
		"fatal"
	].includes(entry.level)).filter((entry) => !/^Error: Migration failed with \d+ fatals/.test(entry.text)).map(({ text, level }) => ({
		text,
		isError: level !== "warn"
	})).filter(({ text }) => !seen.has(text) && seen.add(text));
	const warnings = Number(summary?.[2] ?? 0);
	const errors = Number(summary?.[1] ?? entries.filter((entry) => entry.level === "fatal").length);
	const outcome = outcomeOfNodeTool(exitCode, summary !== void 0, warnings, errors);
	const exitMeaning = meaningOf(exitCode, nodeToolExits);
	return {
		dialect: "syn2mas-tool",
		outcome,
		exitMeaning,
		findings: findingsOf(nodeToolMessages, texts, entries, outcome, exitMeaning),
		lastLines: lastLines(entries)
	};
}
function outcomeOfNodeTool(exitCode, finished, warnings, fatals) {
	if (exitCode !== 0) return fatals > 0 ? "errors" : "failed";
	if (!finished) return "unproven";
	if (fatals > 0) return "errors";
	return warnings > 0 ? "warnings" : "clean";
}
function lastLines(entries) {
	return entries.filter(({ level, text }) => level !== "debug" && level !== "trace" && text.trim() !== "").slice(-20).map(({ text }) => {
		const cause = text.includes("Caused by:") ? causeOf(text) : "";
		return withCause(shownText(text.split("\n")[0] ?? ""), cause).replace(/\b([Uu]ser|as) \S+/g, "$1 …");
	});
}
function unrecognised({ text, severity, isError = false }, isFailed) {
	const [top = ""] = text.split("\n");
	const cause = text.includes("\n") ? causeOf(text) : "";
	const isReason = isFailed && isError;
	const quote = shownText(top.replace(/^[Ee]rror: /, ""));
	return {
		id: "syn2mas/unrecognised",
		severity: severity ?? (isReason ? "error" : "warning"),
		message: withCause(isReason ? `syn2mas failed with a message that this toolkit does not recognise: ${quote}` : `syn2mas printed a message that this toolkit does not recognise: ${quote}`, quote.includes(cause) ? "" : cause),
		why: isReason ? "The migration would stop in the same way." : "It may or may not block the migration.",
		remedy: isReason ? "Fix the cause that the message names, then run this again." : "Read the message. If it is harmless, accept this finding in `accepted-findings.yml`.",
		count: 1
	};
}
function withFailure(findings, outcome, exitMeaning) {
	if (!(outcome === "failed" || outcome === "errors" || outcome === "unproven") || findings.some((finding) => finding.severity === "error")) return findings;
	const message = outcome === "unproven" ? "syn2mas ended with code 0, but its output does not show a result." : `${exitMeaning} It gave no reason.`;
	return [...findings, {
		id: outcome === "unproven" ? "syn2mas/no-result" : "syn2mas/failed",
		severity: "error",
		message,
		why: "A run that does not report what it counted proves nothing.",
		remedy: "Run it again. If that does not help, look for a reason on the server: `journalctl -k -n 50` shows processes that were killed because the memory was full.",
		count: 1
	}];
}

// src/migration/rehearsal/later.ts
const masStarter = "matrix-auth-actions-start-mas";
const leftoverAgeSeconds = 3600;
async function runLater(session, name, argv) {
	await notLater(session, name);
	const timer = [
		"--quiet",
		"--collect",
		`--unit=${name}`,
		`--on-active=${leftoverAgeSeconds}`
	];
	await runOrThrow(session, [
		"systemd-run",
		...timer,
		...argv
	]);
}
async function notLater(session, name) {
	await session.run([
		"systemctl",
		"stop",
		`${name}.timer`
	]);
}

export { readSyn2mas as a, runLater as i, masStarter as n, runOrThrow as o, notLater as r, leftoverAgeSeconds as t };