import { d as failedCheck, m as pageOfCheck, p as healthChecks } from "./stage.js";
import { c as failureLine } from "./git.js";
import { a as shownText, i as causeOf, n as explain, r as withCause, t as readLog } from "./log-entries.js";

// src/mas/output/doctor-messages.ts
const doctorMessages = [
	{
		...textsOf("issuer-not-https"),
		match: /is not an HTTPS URL/,
		message: () => "The public address of MAS does not use https."
	},
	{
		...textsOf("well-known"),
		match: /[Ww]ell-known (?:replied with|document)|fetch well-known|well-known is missing|the issuer is not the same|valid "issuer" field/,
		message: () => "The file /.well-known/matrix/client of the server name does not match what MAS expects.",
		merged: true
	},
	{
		...textsOf("homeserver-unreachable"),
		match: /Can't reach the homeserver at/,
		message: () => "MAS cannot reach Synapse."
	},
	{
		...textsOf("invalid-token-accepted"),
		match: /whoami" replied with [23]\d\d/,
		message: () => "The homeserver that MAS sees accepted an invalid access token."
	},
	{
		...textsOf("mas-unreachable-from-synapse"),
		match: /whoami" replied with 503/,
		message: () => "Synapse cannot reach MAS to check access tokens."
	},
	{
		...textsOf("api-of-synapse"),
		match: /A Synapse (?:MAS|admin) API endpoint at|Can't reach the Synapse (?:MAS|admin) API/,
		message: () => "MAS cannot use the Synapse API that creates accounts and devices."
	},
	{
		...textsOf("compatibility-login"),
		match: /legacy login API at/,
		message: () => "Logins from clients without OpenID Connect do not reach MAS."
	},
	{
		...textsOf("answer-unexpected"),
		match: /whoami" replied with/,
		message: () => "The homeserver that MAS sees gave an unexpected answer to an invalid access token."
	}
];
function textsOf(name) {
	const { severity, users, first } = healthChecks[name];
	return {
		name,
		severity,
		why: users,
		remedy: first,
		page: pageOfCheck(name)
	};
}

// src/mas/output/doctor-output.ts
function readDoctor({ exitCode, stdout, stderr }, delegation) {
	const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes("doctor"));
	const good = entries.filter(({ level, text }) => level === "info" && text.includes("✅")).length;
	const internal = delegation === "no" ? void 0 : internalLoginCheck(entries);
	const failed = entries.filter((entry) => isFailure(entry) && entry !== internal && !isExpected(entry, delegation));
	const { findings, unknown } = explain("doctor", doctorMessages, failed.map((entry) => ({
		text: firstLine(entry),
		severity: severityOf(entry),
		cause: detailOf(entry)
	})));
	const ran = exitCode === 0 && entries.length > 1;
	return {
		good,
		findings: [
			...findings.map(({ count: _, ...finding }) => finding),
			...unknown.map(unrecognised),
			...internal ? [loginRouteUnknown] : [],
			...ran ? [] : [didNotRun(exitCode, reasonIn(`${stdout}\n${stderr}`))]
		]
	};
}
function internalLoginCheck(entries) {
	const noWellKnown = entries.some((entry) => isFailure(entry) && /[Ww]ell-known (?:replied with|document)|fetch well-known/.test(entry.text));
	const internalOrigin = originIn(entries.find(({ text }) => text.includes("Homeserver is reachable at")));
	const login = entries.find((entry) => isFailure(entry) && firstLine(entry).includes("legacy login API at"));
	return noWellKnown && internalOrigin !== void 0 && originIn(login) === internalOrigin ? login : void 0;
}
function isFailure({ level }) {
	return level === "warn" || level === "error";
}
function originIn(entry) {
	const address = /"(https?:\/\/[^"\s]+)"/.exec(entry === void 0 ? "" : firstLine(entry))?.[1];
	return address !== void 0 && URL.canParse(address) ? new URL(address).origin : void 0;
}
const loginRouteUnknown = failedCheck("compatibility-login-not-seen", "mas-cli doctor could not check how logins from the internet are routed.");
function firstLine({ text }) {
	return text.split("\n")[0] ?? "";
}
function severityOf({ level }) {
	return level === "error" ? "error" : "warning";
}
function isExpected(entry, delegation) {
	const text = firstLine(entry);
	if (delegation === "no") return /A Synapse (?:MAS|admin) API endpoint|legacy login API|well-known is missing the/.test(text);
	return delegation === "msc3861" && /A Synapse MAS API endpoint .* 404/.test(text);
}
function detailOf(entry) {
	const [, status] = /(?:replied with|, got) (\d{3}[^.,]*)/.exec(firstLine(entry)) ?? [];
	const [, details = ""] = /^Error details: (.*)$/m.exec(entry.text) ?? [];
	return status === void 0 ? shownText(details) : `HTTP ${shownText(status)}`;
}
function unrecognised({ text, severity = "error", cause = "" }) {
	const message = `mas-cli doctor reports a problem that this toolkit does not recognise: ${shownText(text.replace(/^(?:❌|⚠️|\s)+/u, ""))}`;
	return failedCheck("unrecognised", withCause(message, cause), { severity });
}
function reasonIn(output) {
	const plain = readLog(output).filter(({ level }) => level === void 0);
	const final = plain.findLast(({ text }) => /^Error: /.test(text));
	return final ? causeOf(final.text) : shownText(failureLine(plain.map(({ text }) => text).join("\n")));
}
function didNotRun(exitCode, cause) {
	const message = `mas-cli doctor did not finish (exit code ${exitCode}).`;
	return failedCheck("mas-cli-doctor", withCause(message, cause));
}

export { readDoctor as t };