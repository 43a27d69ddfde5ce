import { c as failureLine } from "./folders.js";
import { a as shownText, i as causeOf, n as explain, r as withCause, t as readLog } from "./log-entries.js";

// src/mas/output/doctor-messages.ts
const doctorMessages = [
	{
		name: "issuer-not-https",
		severity: "warning",
		match: /is not an HTTPS URL/,
		message: () => "The public address of MAS does not use https.",
		why: "Clients refuse to log in over an unencrypted connection.",
		remedy: "Set only matrix_authentication_service_hostname, and let the reverse proxy of the playbook handle TLS."
	},
	{
		name: "well-known",
		severity: "warning",
		match: /[Ww]ell-known (?:replied with|document)|fetch well-known|well-known is missing|the issuer is not the same|valid "issuer" field/,
		message: () => "The file /.well-known/matrix/client of the server name does not match what MAS expects.",
		why: "Clients that look there for the authentication service find none, or find another one.",
		remedy: "Serve the file from /matrix/static-files on the server name (see the guide on server delegation), then run doctor again.",
		merged: true
	},
	{
		name: "homeserver-unreachable",
		match: /Can't reach the homeserver at/,
		message: () => "MAS cannot reach Synapse.",
		why: "MAS creates accounts and devices in Synapse. Without it, logins fail.",
		remedy: "Check that matrix-synapse is running (systemctl status matrix-synapse), and that both are in the same container network."
	},
	{
		name: "invalid-token-accepted",
		match: /\*highly\* unexpected/,
		message: () => "Synapse accepted an invalid access token.",
		why: "The service at this address lets anyone act as any user.",
		remedy: "Take the server off the network and find out which service answers at the address of the homeserver."
	},
	{
		name: "mas-unreachable-from-synapse",
		match: /unable to reach MAS/,
		message: () => "Synapse cannot reach MAS to check access tokens.",
		why: "Until it can, Synapse rejects every request of a user.",
		remedy: "Check that matrix-authentication-service is running and that both sides have the same secret, then deploy again."
	},
	{
		name: "api-of-synapse",
		match: /A Synapse (?:MAS|admin) API endpoint at|Can't reach the Synapse (?:MAS|admin) API/,
		message: () => "MAS cannot use the Synapse API that creates accounts and devices.",
		why: "Logins fail, and sessions that end in MAS stay open in Synapse.",
		remedy: "Deploy again so that both have the same secret. Status 403 means a wrong secret, 404 a Synapse that does not delegate."
	},
	{
		name: "compatibility-login",
		match: /legacy login API at/,
		message: () => "Logins from clients without OpenID Connect do not reach MAS.",
		why: "Most clients log in this way. They get an error, or log in to the wrong service.",
		remedy: "Check that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, as the labels of the playbook define."
	},
	{
		name: "answer-unexpected",
		severity: "warning",
		match: /whoami" replied with/,
		message: () => "Synapse gave an unexpected answer to an invalid access token.",
		why: "It should reject the token with HTTP 401.",
		remedy: "Read the log on the server: `journalctl -u matrix-synapse`."
	}
];

// src/mas/output/doctor-output.ts
function readDoctor({ exitCode, stdout, stderr }, delegation) {
	const entries = readLog(`${stdout}\n${stderr}`).filter(({ source }) => source.includes("doctor"));
	const good = entries.filter(({ level, text }) => level === "info" && text.includes("✅")).length;
	const internal = delegation === "no" ? void 0 : internalLoginCheck(entries);
	const failed = entries.filter((entry) => isFailure(entry) && entry !== internal);
	const { findings, unknown } = explain("doctor", doctorMessages, failed.map((entry) => ({
		text: firstLine(entry),
		severity: severityOf(entry, delegation),
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
const loginRouteUnknown = {
	id: "doctor/compatibility-login-not-seen",
	severity: "notice",
	message: "mas-cli doctor could not check how logins from the internet are routed.",
	why: "It got no well-known file from the public address, so it asked Synapse directly. Synapse's built-in login is off.",
	remedy: "From another network, run `curl https://MATRIX_HOST/_matrix/client/v3/login`. It must list the login flows of MAS, not answer 404."
};
function firstLine({ text }) {
	return text.split("\n")[0] ?? "";
}
function severityOf(entry, delegation) {
	const text = firstLine(entry);
	const needsDelegation = /A Synapse (?:MAS|admin) API endpoint|legacy login API/.test(text);
	if (delegation === "no" && needsDelegation) return "notice";
	if (delegation === "msc3861" && /A Synapse MAS API endpoint .* 404/.test(text)) return "notice";
	return entry.level === "error" ? "error" : "warning";
}
function detailOf(entry) {
	const [, status] = /(?:replied with|, got) (\d{3}[^.,]*)/.exec(firstLine(entry)) ?? [];
	const [, details = ""] = /^Error details: (.*)$/m.exec(entry.text) ?? [];
	return status === void 0 ? shownText(details) : `HTTP ${shownText(status)}`;
}
function unrecognised({ text, severity = "error", cause = "" }) {
	return {
		id: "doctor/unrecognised",
		severity,
		message: withCause(`mas-cli doctor reports a problem that this toolkit does not recognise: ${shownText(text.replace(/^(?:❌|⚠️|\s)+/u, ""))}`, cause),
		why: "A newer MAS may have more checks.",
		remedy: "Read the message. For its other lines, run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	};
}
function reasonIn(output) {
	const plain = readLog(output).filter(({ level }) => level === void 0);
	const final = plain.findLast(({ text }) => /^Error: /.test(text));
	return final ? causeOf(final.text) : shownText(failureLine(plain.map(({ text }) => text).join("\n")));
}
function didNotRun(exitCode, cause) {
	return {
		id: "doctor/did-not-run",
		severity: "error",
		message: withCause(`mas-cli doctor did not finish (exit code ${exitCode}).`, cause),
		why: "It stops early if it cannot read its configuration or if MAS is not running.",
		remedy: "Check that matrix-authentication-service is running, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	};
}

export { readDoctor as t };