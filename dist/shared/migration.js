import { i as openFindings, n as plural, o as severities, r as bySeverity, t as counted } from "./plural.js";
import { o as inProgressVariable } from "./variables.js";
import { a as markdownSentence, i as markdownCode, r as markdownBlock } from "./escape.js";
import { t as pageAddress } from "./pages.js";

// src/report/place.ts
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}

// src/report/markdown.ts
const signs = {
	error: "❌",
	warning: "⚠️",
	notice: "ℹ️"
};
function mark(severity) {
	return `${signs[severity]} ${severity}`;
}
function headline(findings) {
	const open = openFindings(findings);
	const counts = severities.map((severity) => ({
		severity,
		count: open.filter((finding) => finding.severity === severity).length
	})).filter(({ count }) => count > 0).map(({ severity, count }) => plural(count, severity));
	const accepted = findings.length - open.length;
	const aside = accepted > 0 ? ` (${accepted} accepted)` : "";
	if (counts.length === 0) return `✅ No findings${aside}`;
	const worst = severities.find((severity) => open.some((finding) => finding.severity === severity)) ?? "notice";
	return `${signs[worst]} ${counts.join(", ")}${aside}${uncertainty(open)}`;
}
function uncertainty(findings) {
	const count = findings.filter(({ isUncertain }) => isUncertain).length;
	return count > 0 ? `; not certain: ${plural(count, "finding")} about what an encrypted file may contain` : "";
}
function hostsTable(hosts, most = Number.POSITIVE_INFINITY) {
	if (hosts.length === 0) return "The inventory has no hosts.";
	const rows = hosts.slice(0, most).map(({ host, before, stage, reason, outlook }) => [
		markdownCode(host),
		before === void 0 || before === stage ? `**${stage}**` : `${before} → **${stage}**`,
		`${markdownSentence(outlook.sentence)} <br>Stage: ${markdownSentence(reason)}.`
	]);
	return table([
		"Host",
		"Stage of the vars",
		"What merging does"
	], rows) + notShown(hosts.length - rows.length, "host");
}
function findingsTable(findings, most, pages) {
	const open = openFindings(findings);
	if (open.length === 0) return "";
	const rows = open.toSorted(bySeverity).slice(0, most).map((finding) => [
		mark(finding.severity),
		where(finding),
		`${markdownSentence(finding.message)} (${ruleLink(finding, pages)})`,
		markdownSentence(finding.remedy)
	]);
	return table([
		"Severity",
		"Where",
		"Finding",
		"What to do"
	], rows) + notShown(open.length - rows.length, "finding");
}
function acceptedTable(findings, most, pages) {
	const accepted = findings.flatMap((finding) => finding.accepted ? [{
		finding,
		accepted: finding.accepted
	}] : []);
	if (accepted.length === 0) return "";
	const rows = accepted.slice(0, most).map(({ finding, accepted: { reason, until } }) => [
		mark(finding.severity),
		where(finding),
		`${markdownSentence(finding.message)} (${ruleLink(finding, pages)})`,
		`${markdownSentence(reason)}${until === void 0 ? "" : ` (until ${markdownSentence(until)})`}`
	]);
	return table([
		"Accepted",
		"Where",
		"Finding",
		"Reason"
	], rows) + notShown(accepted.length - rows.length, "accepted finding");
}
function where({ place, host }) {
	if (place) return markdownCode(placeText(place));
	return host === void 0 ? "" : markdownCode(host);
}
function stageHeading(pages) {
	const address = pageAddress(pages, "docs/stages.md");
	return address === void 0 ? "Stage of the server" : `[Stage of the server](${address})`;
}
function ruleLink({ id, page }, pages) {
	const address = pageAddress(pages, page);
	return address === void 0 ? markdownCode(id) : `[${markdownCode(id)}](${address})`;
}
function notShown(count, what) {
	return count > 0 ? `\n\n${plural(count, `more ${what}`)}, not shown here.` : "";
}
function proposals(findings, most) {
	const parts = openFindings(findings).filter(({ suggestion }) => suggestion?.text.includes("\n")).slice(0, most).map(({ id, suggestion }) => suggestion ? `At ${markdownCode(placeText(suggestion.place))}, for ${markdownCode(id)}:\n\n${markdownBlock(suggestion.text.replace(/^\n/, ""))}` : "");
	if (parts.length === 0) return "";
	return `<details><summary>Proposed lines</summary>\n\n${parts.join("\n\n")}\n\n</details>`;
}
function sections(...parts) {
	return parts.filter((part) => part !== "").join("\n\n");
}
function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head),
		line(head.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
function reasons(findings) {
	const byId = new Map(openFindings(findings).map((finding) => [finding.id, finding.why]));
	if (byId.size === 0) return "";
	return `<details><summary>Why these matter</summary>\n\n${[...byId].map(([id, why]) => `- ${markdownCode(id)}: ${markdownSentence(why)}`).join("\n")}\n\n</details>`;
}

// src/domain/losses.ts
const words = {
	sessions: ["new session"],
	oauthSessions: ["new OAuth session"],
	accounts: ["new account"],
	passwords: ["new password"],
	accountsLocked: ["account lock"],
	sessionsEnded: ["log-out (the session may be active again)", "log-outs (the sessions may be active again)"]
};
function lossTexts(lost) {
	return Object.entries(lost).filter(([, count]) => count > 0).map(([name, count]) => counted(words, name, count));
}

// src/domain/reports.ts
function restoresBuiltInLogin({ operation, resumed, outcome }) {
	return outcome === "rolled-back" || outcome === "restored" && (resumed ?? operation) === "migrate";
}

// src/domain/steps.ts
const steps = {
	preflight: "Check that the server is ready",
	backup: "Take a backup and verify it",
	rehearse: "Repeat the rehearsal",
	losses: "Count what users would lose",
	render: "Render the files that go live",
	"previous-files": "Find the previous files",
	prepare: "Copy the program and its files to the server",
	accounts: "Create two test accounts",
	check: "Check that no file changed since the preparation",
	stop: "Stop Synapse, its workers and MAS, and block restarts",
	syn2mas: "Run syn2mas",
	files: "Install the files",
	start: "Start all services",
	answer: "Wait until users get answers again",
	prove: "Prove that users can continue"
};
function withStepTexts(reason) {
	return reason.replace(/\bthe step `([^`]+)`/g, (_, name) => `the step "${stepText(name)}"`);
}
function stepText(name) {
	return Object.hasOwn(steps, name) ? steps[name] : name;
}

// src/report/migration.ts
const operations = {
	migrate: "Migration of",
	rollback: "Rollback of",
	repair: "Cleanup of",
	resume: "Unfinished run on"
};
const proofMarks = {
	holds: "✅ proven",
	fails: "❌ failed",
	skipped: "➖ skipped"
};
const checkMarks = {
	...proofMarks,
	holds: "✅ passed",
	fails: "⚠️ failed; nothing is restored"
};
const results = {
	done: "done",
	failed: "❌ failed"
};
function renderMigration(report, toRestore) {
	const { host, operation, failure, proofs, checks, steps, warnings } = report;
	return sections(`## ${operations[operation]} ${markdownCode(host)}: ${outcomeOf(report)}`, failure === void 0 ? "" : failureText(failure), toRestore === void 0 ? "" : howToRestore(report, toRestore), times(report), lost(report), proofsTable("Proof", proofs, proofMarks), proofsTable("Check after the migration", checks, checkMarks), steps.length > 0 ? stepsTable(steps) : "", warnings.map((warning) => `- ⚠️ ${markdownSentence(warning)}`).join("\n"));
}
function failureText(failure) {
	const [what = "", ...parts] = failure.split("\n");
	return sections(`**${markdownSentence(what)}**`, parts.map((part) => `- ${markdownSentence(part)}`).join("\n"));
}
function outcomeOf({ operation, resumed, outcome }) {
	switch (outcome) {
		case "migrated": return "✅ migrated";
		case "rolled-back": return (resumed ?? operation) === "repair" ? "✅ MAS's database is empty again" : "✅ rolled back";
		case "restored": return `❌ ${operation === "resume" ? "it had failed" : "failed"}; the server is as before`;
		case "abandoned": return "❌ stopped before anything changed for users";
		case "unknown": return "❓ result unknown; the server continues without the runner";
	}
}
function migrationSentence(report) {
	const result = outcomeOf(report).replace(/^\S+ /, "");
	const downtime = report.windowSeconds === void 0 ? "" : `; downtime for users: ${seconds(report.windowSeconds)}`;
	return `${result.charAt(0).toUpperCase()}${result.slice(1)}${downtime}.`;
}
function seconds(value) {
	return `${value.toFixed(1)} s`;
}
function times({ windowSeconds, expectedWindowSeconds, syn2masSeconds, overheadSeconds }) {
	if (windowSeconds === void 0) return "";
	const parts = [
		...expectedWindowSeconds === void 0 ? [] : [`expected ${(expectedWindowSeconds / 2).toFixed(1)} to ${seconds(expectedWindowSeconds)}`],
		...syn2masSeconds === void 0 ? [] : [`syn2mas took ${seconds(syn2masSeconds)}`],
		...overheadSeconds === void 0 ? [] : [`everything else took ${seconds(overheadSeconds)}`]
	];
	return `Downtime for users: **${seconds(windowSeconds)}**${parts.length > 0 ? ` (${parts.join(", ")})` : ""}.`;
}
function lost(report) {
	if (!report.lost) return "";
	const items = lossTexts(report.lost).map((text) => `- ${markdownSentence(text)}`);
	const isDone = restoresBuiltInLogin(report);
	if (items.length === 0) return isDone ? "Users changed nothing in MAS, so nothing was lost." : "";
	return sections(isDone ? "These changes that users made in MAS were discarded:" : "A rollback discards these changes that users made in MAS:", items.join("\n"));
}
function proofsTable(title, proofs, marks) {
	if (proofs.length === 0) return "";
	return table([
		title,
		"Result",
		"Details"
	], proofs.map(({ name, result, detail }) => [
		markdownSentence(name),
		marks[result],
		markdownSentence(detail)
	]));
}
function stepsTable(steps) {
	return table([
		"Step",
		"Duration",
		"Result"
	], steps.map(({ name, seconds: took, result }) => [
		markdownSentence(stepText(name)),
		took === void 0 ? "" : seconds(took),
		results[result]
	]));
}
function howToRestore({ host, outcome }, toRestore) {
	return renderRestoration(host, toRestore, outcome !== "restored" ? "Open" : "If you want to deploy something else before you migrate again, open");
}
function differs(host) {
	return `The vars of ${markdownCode(host)} ask for a live MAS, but the server uses Synapse's built-in login.`;
}
function renderRestoration(host, { lines, file, patch }, open = "Open") {
	const where = file === void 0 ? `the vars of ${markdownCode(host)}` : markdownCode(file);
	const paste = patch === void 0 ? "" : " To set them, paste this in a clone of the default branch:";
	return sections(`${differs(host)} ${open} a pull request that restores these lines in ${where}.${paste}`, markdownBlock(patch === void 0 ? lines.join("\n") : `git apply --unidiff-zero <<'END'\n${patch}\nEND`), otherLines);
}
const otherLines = sections("Also restore the other lines that the migrate pull request removed, such as `matrix_synapse_oidc_*`. Without them, the next deployment removes these login providers from Synapse, and their accounts can no longer log in. This command shows the commit that removed them:", markdownBlock(`git log -1 -p -S ${inProgressVariable}`));

export { sections as _, renderRestoration as a, uncertainty as b, withStepTexts as c, acceptedTable as d, findingsTable as f, reasons as g, proposals as h, renderMigration as i, restoresBuiltInLogin as l, hostsTable as m, migrationSentence as n, stepText as o, headline as p, otherLines as r, steps as s, differs as t, lossTexts as u, stageHeading as v, placeText as x, table as y };