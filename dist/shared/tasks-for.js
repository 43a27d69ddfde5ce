import { T as isRollback, _ as delegationOf, a as readConfiguration, g as databasesOf, h as actualStage, v as nonEmpty } from "./names.js";
import { a as parseRecord, n as member, o as record, r as number, s as text, t as isRecord } from "./json.js";
import { c as lossTexts, d as failedCheck, g as startOperation, n as deployedStage, u as checkId, v as publicChecks } from "./stage.js";
import { l as plural } from "./account-counts.js";
import { i as ToolkitError } from "./exec.js";
import { t as emitted } from "./probe.js";
import { i as readDeployment, n as differencesFromRecord } from "./deployment-record.js";
import { n as lossesSince } from "./accounts.js";
import { BlockList, isIP } from "node:net";
import { connect } from "node:tls";
import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { request } from "node:https";

// src/migration/health/tasks.ts
function holds(detail = "", ...findings) {
	return {
		result: "holds",
		detail,
		findings
	};
}
function fails(finding, ...more) {
	const findings = [finding, ...more];
	return {
		result: "fails",
		detail: findings.map(({ message }) => message.replace(/\.$/, "")).join("; "),
		findings
	};
}
function unknown(detail) {
	return {
		result: "unknown",
		detail,
		findings: []
	};
}
function skipped(detail) {
	return {
		result: "skipped",
		detail,
		findings: []
	};
}
async function runTasks(tasks) {
	const ended = await Promise.all(tasks.map(async (task) => {
		const started = performance.now();
		const outcome = await runOne(task);
		const seconds = Math.round(performance.now() - started) / 1e3;
		const { result, detail } = outcome;
		return {
			report: {
				id: checkId(task.name),
				result,
				detail,
				seconds
			},
			findings: outcome.findings
		};
	}));
	const checks = ended.map(({ report }) => report);
	return {
		checks,
		findings: [...ended.flatMap(({ findings }) => findings), ...notChecked(checks)]
	};
}
async function runOne({ limitMs, run }) {
	const controller = new AbortController();
	const { promise, resolve } = Promise.withResolvers();
	const timer = setTimeout(() => {
		controller.abort();
		resolve(unknown(`there was no answer within ${plural(Math.round(limitMs / 1e3), "second")}`));
	}, limitMs);
	const outcome = run(controller.signal).catch((error) => {
		if (error instanceof ToolkitError) return unknown(error.message.replace(/\.$/, ""));
		if (controller.signal.aborted) return promise;
		throw error;
	});
	return Promise.race([outcome, promise]).finally(() => clearTimeout(timer));
}
function notChecked(checks) {
	const reasons = /* @__PURE__ */ new Map();
	for (const { id, result, detail } of checks) if (result === "unknown") reasons.set(detail, [...reasons.get(detail) ?? [], id]);
	return [...reasons].map(([reason, ids]) => failedCheck("not-checked", `Could not run: ${ids.join(", ")}. Reason: ${reason}.`));
}

// src/server/public-facts.ts
const defaultTrustedProxies = [
	"192.168.0.0/16",
	"172.16.0.0/12",
	"10.0.0.0/10",
	"127.0.0.1/8",
	"fd00::/8",
	"::1/128"
];
function publicFacts(homeserver, mas) {
	const serverName = nonEmpty(homeserver?.server_name);
	if (serverName === void 0) return void 0;
	const base = nonEmpty(homeserver?.public_baseurl);
	return {
		serverName,
		homeserver: base !== void 0 && URL.canParse(base) ? new URL(base).origin : `https://${serverName}`,
		...masFacts(mas)
	};
}
function masFacts(mas) {
	const http = record(mas?.http);
	const base = nonEmpty(http.public_base);
	if (mas === void 0 || base === void 0 || !URL.canParse(base)) return {};
	const publicBase = new URL(base.endsWith("/") ? base : `${base}/`).href;
	const issuer = nonEmpty(http.issuer);
	const proxies = http.trusted_proxies;
	return { mas: {
		publicBase,
		issuer: issuer !== void 0 && URL.canParse(issuer) ? new URL(issuer).href : publicBase,
		trustedProxies: Array.isArray(proxies) ? proxies.filter((each) => typeof each === "string") : defaultTrustedProxies,
		providers: list(record(mas.upstream_oauth2).providers).flatMap(upstreamProvider)
	} };
}
function upstreamProvider(given) {
	const issuer = nonEmpty(given.issuer);
	if (given.enabled === false || given.discovery_mode === "disabled" || issuer === void 0) return [];
	const discovery = nonEmpty(given.discovery_url) ?? `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
	return [{
		name: text(given.human_name) ?? text(given.id) ?? issuer,
		issuer,
		discovery
	}];
}
function list(value) {
	return Array.isArray(value) ? value.map(record) : [];
}

// src/server/public-web.ts
var WebFailure = class extends Error {
	name = "WebFailure";
	kind;
	constructor(kind, message, cause) {
		super(message, { cause });
		this.kind = kind;
	}
};
const mostBytes = 524288;
const mostRedirects = 5;
function publicWeb({ resolve, authority } = {}) {
	const addressOf = async (host) => {
		if (resolve === void 0) return lookup(host);
		return {
			address: await resolve(host),
			family: 4
		};
	};
	const connections = {
		lookup: (host, options, done) => {
			addressOf(host).then((found) => options.all === true ? done(null, [found]) : done(null, found.address, found.family), (error) => done(error, ""));
		},
		...authority !== void 0 && { ca: authority }
	};
	return {
		exists: (host) => addressOf(host).then(() => true, () => false),
		ask: (request, signal) => following(connections, request, signal),
		certificate: (host, port, signal) => certificateOf(connections, host, port, signal)
	};
}
async function following(connections, request, signal) {
	const isPlain = (request.method ?? "GET") === "GET" && request.headers === void 0;
	let { url } = request;
	for (let redirects = 0;; redirects += 1) {
		if (!isHttps$1(url)) throw new WebFailure("answer", "an address does not begin with https://");
		const found = await once$1(connections, {
			...request,
			url
		}, signal);
		const { location } = found.headers;
		if (!isPlain || found.status < 300 || found.status > 399 || location === void 0) return found;
		if (redirects === mostRedirects || !URL.canParse(location, url)) throw new WebFailure("answer", `${originOf(request.url)} redirects without an end`);
		url = new URL(location, url).href;
	}
}
function once$1(connections, { url, method = "GET", headers = {}, body }, signal) {
	const content = body === void 0 ? void 0 : JSON.stringify(body);
	const { promise, resolve, reject } = Promise.withResolvers();
	const request$1 = request(url, {
		method,
		signal,
		agent: false,
		...connections,
		headers: {
			accept: "application/json, text/html;q=0.9",
			"user-agent": "matrix-auth-actions doctor",
			...content === void 0 ? {} : { "content-type": "application/json" },
			...headers
		}
	});
	request$1.on("error", (error) => reject(failureOf(error, url)));
	request$1.on("response", (response) => bodyOf(response, url).then(resolve, reject));
	request$1.end(content);
	return promise;
}
async function bodyOf(response, url) {
	const parts = [];
	let size = 0;
	try {
		for await (const part of response) {
			size += part.length;
			if (size > mostBytes) throw new WebFailure("answer", `${originOf(url)} sent more than ${mostBytes} bytes`);
			parts.push(part);
		}
	} catch (error) {
		throw error instanceof WebFailure ? error : failureOf(error, url);
	}
	const { statusCode: status = 0, headers } = response;
	return {
		status,
		headers,
		body: Buffer.concat(parts).toString("utf8")
	};
}
async function certificateOf(connections, host, port, signal) {
	const { promise, resolve, reject } = Promise.withResolvers();
	const socket = connect({
		host,
		port,
		servername: host,
		rejectUnauthorized: false,
		...connections
	});
	const abort = () => socket.destroy(signal.reason);
	signal.addEventListener("abort", abort, { once: true });
	socket.on("error", (error) => reject(failureOf(error, `https://${host}`)));
	socket.on("close", () => reject(new WebFailure("connection", `${host} closed the connection`)));
	socket.on("secureConnect", () => {
		resolve(certificateFacts(socket));
		socket.end();
	});
	return promise.finally(() => signal.removeEventListener("abort", abort));
}
function certificateFacts(socket) {
	const { valid_from, valid_to } = socket.getPeerCertificate();
	const { authorizationError } = socket;
	const problem = authorizationError instanceof Error ? codeOf(authorizationError) : authorizationError;
	return {
		validFrom: new Date(valid_from),
		validTo: new Date(valid_to),
		...socket.authorized || !problem ? {} : { problem: String(problem) }
	};
}
function isHttps$1(url) {
	return URL.canParse(url) && new URL(url).protocol === "https:";
}
function originOf(url) {
	return new URL(url).origin;
}
function codeOf(error) {
	return error instanceof Error && "code" in error ? String(error.code) : "";
}
const kinds$1 = {
	ENOTFOUND: ["name", (host) => `the name ${host} does not exist in DNS`],
	EAI_AGAIN: ["resolver", (host) => `DNS gave no answer about ${host}`],
	ECONNREFUSED: ["connection", (host) => `${host} refuses the connection`],
	ECONNRESET: ["connection", (host) => `${host} ended the connection`],
	EHOSTUNREACH: ["connection", (host) => `there is no route to ${host}`],
	ENETUNREACH: ["connection", (host) => `there is no route to ${host}`],
	ETIMEDOUT: ["timeout", (host) => `${host} does not answer`],
	ABORT_ERR: ["timeout", (host) => `${host} does not answer in time`]
};
const certificateCode = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/;
function failureOf(error, url) {
	const { hostname } = new URL(url);
	const inner = error instanceof AggregateError ? error.errors[0] : error;
	const code = isAbort(error) ? "ABORT_ERR" : codeOf(inner);
	const [kind, text] = kinds$1[code] ?? [certificateCode.test(code) ? "certificate" : "connection", (host) => certificateCode.test(code) ? `the certificate of ${host} is not valid` : `${host} gave no valid answer`];
	return new WebFailure(kind, text(hostname), error);
}
function isAbort(error) {
	return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}

// src/migration/health/asking.ts
const requestMs = 15e3;
const noHomeserver = unknown("the homeserver does not answer at its public address");
function once(work) {
	let result;
	return (signal) => {
		result ??= work(signal);
		return result;
	};
}
async function answerOf(web, request, signal) {
	const limit = AbortSignal.any([signal, AbortSignal.timeout(requestMs)]);
	const answer = await web.ask(request, limit).catch(asFailure);
	if (answer instanceof WebFailure || answer.headers["cf-mitigated"] !== "challenge") return answer;
	const { hostname } = new URL(request.url);
	const what = `Cloudflare answered for ${hostname} with a challenge that only a browser can pass`;
	return new WebFailure("challenge", what);
}
function asFailure(error) {
	if (error instanceof WebFailure) return error;
	throw error;
}
async function firstFound(web, urls, signal) {
	const answers = [];
	for (const url of urls) {
		const answer = await answerOf(web, { url }, signal);
		if (answer instanceof WebFailure || answer.status !== 404) return answer;
		answers.push(answer);
	}
	return answers.at(-1) ?? new WebFailure("answer", "nothing was asked");
}

// src/migration/health/canary.ts
async function canaryOutcome({ web, facts, canary }, client, answers, signal) {
	if (canary === void 0) return skipped("no test account is given");
	if (canary === "incomplete") return unknown("a test account needs both `canary-user` and `canary-password`, and one is missing");
	if (!await answers(signal)) return noHomeserver;
	const login = await answerOf(web, {
		url: `${client}/v3/login`,
		method: "POST",
		body: {
			type: "m.login.password",
			identifier: {
				type: "m.id.user",
				user: canary.user
			},
			password: canary.password,
			device_id: "MATRIXAUTHDOCTOR",
			initial_device_display_name: "Health check"
		}
	}, signal);
	if (login instanceof WebFailure) return unknown(login.message);
	if (login.status === 429) return unknown("the server limits logins at the moment (HTTP 429)");
	const token = textIn(login, "access_token");
	if (login.status !== 200 || token === void 0) return fails(failedCheck("canary", `The test account could not log in (HTTP ${login.status}).`));
	const headers = { authorization: `Bearer ${token}` };
	const whoami = await answerOf(web, {
		url: `${client}/v3/account/whoami`,
		headers
	}, signal);
	const logout = await answerOf(web, {
		url: `${client}/v3/logout`,
		method: "POST",
		headers,
		body: {}
	}, signal);
	const [first, ...more] = [...isAnswer(whoami) && textIn(whoami, "user_id")?.endsWith(`:${facts.serverName}`) ? [] : [failedCheck("canary", `The new session of the test account was not accepted (${statusOf(whoami)}).`)], ...isAnswer(logout) ? [] : [failedCheck("canary", `The test account could not log out (${statusOf(logout)}).`)]];
	return first === void 0 ? holds("login, use and logout") : fails(first, ...more);
}
function isAnswer(answer) {
	return !(answer instanceof WebFailure) && answer.status === 200;
}
function textIn({ body }, key) {
	return text(parseRecord(body)?.[key]);
}
function statusOf(answer) {
	return answer instanceof WebFailure ? answer.message : `HTTP ${answer.status}`;
}

// src/migration/health/judge-answers.ts
function failed(name, message, severity) {
	return fails(failedCheck(name, message, severity === void 0 ? {} : { severity }));
}
const uncertain = [
	"certificate",
	"resolver",
	"challenge"
];
function withoutAnswer(name, failure, severity) {
	if (uncertain.includes(failure.kind)) return unknown(failure.message);
	return failed(name, `Nothing answers: ${failure.message}.`, severity);
}
function judgeHomeserver(answer) {
	if (answer instanceof WebFailure) return withoutAnswer("public-homeserver", answer);
	const versions = parseRecord(answer.body)?.versions;
	if (answer.status === 200 && Array.isArray(versions) && versions.length > 0) return holds();
	return failed("public-homeserver", `The public address does not lead to the homeserver: ${answer.status === 200 ? "something else answers there (HTTP 200)" : `it answers with HTTP ${answer.status}`}.`);
}
function judgeClientWellKnown(answer, { serverName, homeserver }) {
	const name = "client-well-known";
	const isOwnName = new URL(homeserver).host === new URL(`https://${serverName}`).host;
	if (answer instanceof WebFailure) return withoutAnswer(name, answer);
	if (answer.status === 404 && isOwnName) return holds("not needed: the homeserver has the server name");
	if (answer.status !== 200) return failed(name, `The file /.well-known/matrix/client is not served (HTTP ${answer.status}).`);
	const base = text(member(parseRecord(answer.body), "m.homeserver", "base_url"));
	if (base === void 0 || !URL.canParse(base)) return failed(name, "The file /.well-known/matrix/client does not name a homeserver.");
	if (new URL(base).origin !== homeserver) return failed(name, `The file /.well-known/matrix/client names another homeserver than ${homeserver}.`);
	if (answer.headers["access-control-allow-origin"] !== "*") return failed(name, "The file /.well-known/matrix/client is served without `Access-Control-Allow-Origin: *`, so apps in a browser cannot read it.", "warning");
	return holds();
}
function judgeServerWellKnown(answer) {
	const name = "server-well-known";
	if (answer.status === 404) return unknown("the file is not served, so port 8448 or an SRV record decides");
	if (answer.status !== 200) return failed(name, `The file /.well-known/matrix/server is not served (HTTP ${answer.status}).`);
	const server = text(parseRecord(answer.body)?.["m.server"]);
	return server !== void 0 && URL.canParse(`https://${server}`) ? holds() : failed(name, "The file /.well-known/matrix/server does not name a server.");
}
function judgeAdvertisedIssuer(answer, isDelegating, issuer) {
	const name = "advertised-issuer";
	if (answer === void 0 || answer instanceof WebFailure) return unusableWellKnown;
	if (answer.status === 404) return holds("none is named");
	const document = answer.status === 200 ? parseRecord(answer.body) : void 0;
	if (document === void 0) return unusableWellKnown;
	const section = document["org.matrix.msc2965.authentication"] ?? document["m.authentication"];
	if (section === void 0) return holds("none is named");
	if (!isDelegating) return failed(name, "The file /.well-known/matrix/client names an authentication service, but Synapse does not delegate to one.");
	if (issuer === void 0) return unknown("MAS's configuration cannot be read");
	return isSameUrl(text(member(section, "issuer")), issuer) ? holds() : failed(name, "The file /.well-known/matrix/client names another authentication service than MAS.");
}
const unusableWellKnown = unknown("the file /.well-known/matrix/client is not usable");
function isSameUrl(one, other) {
	return one !== void 0 && URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}
function judgeAuthMetadata(answer, issuer) {
	const name = "auth-metadata";
	if (answer instanceof WebFailure) return unknown(answer.message);
	if (answer.status !== 200) return failed(name, `The homeserver does not name its authentication service (HTTP ${answer.status}).`);
	return isSameUrl(text(parseRecord(answer.body)?.issuer), issuer) ? holds() : failed(name, `The homeserver names another authentication service than ${issuer}.`);
}
function masDocument(answer, issuer, severity) {
	const name = "discovery";
	if (answer instanceof WebFailure) return withoutAnswer(name, answer, severity);
	const document = answer.status === 200 ? parseRecord(answer.body) : void 0;
	if (document === void 0) return failed(name, `MAS's discovery document is not at its public address (${answer.status === 200 ? "another service answers there" : `HTTP ${answer.status}`}).`, severity);
	if (text(document.issuer) !== issuer) return failed(name, `MAS's discovery document names another issuer than ${issuer}.`, severity);
	const missing = [
		"authorization_endpoint",
		"token_endpoint",
		"jwks_uri",
		"registration_endpoint"
	].filter((key) => !isHttps(document[key]));
	if (missing.length > 0) return failed(name, `MAS's discovery document has no usable ${missing.join(", ")}.`, severity);
	return {
		authorization: String(document.authorization_endpoint),
		keys: String(document.jwks_uri)
	};
}
function isHttps(value) {
	return typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:";
}
function judgeDiscovery(found) {
	return "result" in found ? found : holds();
}
function judgeSigningKeys(answer, severity) {
	const name = "signing-keys";
	if (answer instanceof WebFailure) return withoutAnswer(name, answer, severity);
	const keys = parseRecord(answer.body)?.keys;
	if (answer.status !== 200 || !Array.isArray(keys) || keys.length === 0) return failed(name, `MAS publishes no signing keys (HTTP ${answer.status}).`, severity);
	if (keys.some((key) => isRecord(key) && "d" in key)) return failed(name, "A signing key is published with its private part.", "error");
	return keys.every((key) => isRecord(key) && typeof key.kty === "string") ? holds(plural(keys.length, "key")) : failed(name, "A signing key has no type.", severity);
}
function judgePage(login, authorization, severity) {
	const name = "login-page";
	if (login instanceof WebFailure) return withoutAnswer(name, login, severity);
	if (authorization instanceof WebFailure) return withoutAnswer(name, authorization, severity);
	if (!(login.status === 200 && /^text\/html\b/.test(login.headers["content-type"] ?? "")) && !(login.status >= 300 && login.status < 400)) return failed(name, `MAS has no login page (HTTP ${login.status}).`, severity);
	return authorization.status < 500 && ![404, 405].includes(authorization.status) ? holds() : failed(name, `MAS has no authorization page (HTTP ${authorization.status}).`, severity);
}
const masMark = /^(?:org\.matrix\.msc3824\.)?(?:delegated_oidc_compatibility|oauth_aware_preferred)$/;
function judgeLogin(answer, isDelegating) {
	const name = "public-login";
	const flows = parseRecord(answer.body)?.flows;
	if (answer.status !== 200 || !Array.isArray(flows)) return failed(name, `No service answers the login of apps (HTTP ${answer.status}).`);
	const isMas = flows.some((flow) => isRecord(flow) && Object.entries(flow).some(([key, value]) => masMark.test(key) && value === true));
	if (isMas === isDelegating) return holds(isMas ? "MAS" : "Synapse");
	return failed(name, isDelegating ? "Another service than MAS answers the login of apps." : "MAS answers the login of apps, but Synapse does not delegate to it.");
}
function judgeLogout(answer) {
	return answer.status === 401 ? holds() : failed("public-logout", `No service answers the logout of apps (HTTP ${answer.status}).`);
}
function judgeRefresh(answer) {
	return [
		400,
		401,
		403
	].includes(answer.status) && text(parseRecord(answer.body)?.errcode) !== void 0 ? holds() : failed("public-refresh", `No service renews the tokens of apps (HTTP ${answer.status}).`);
}
function judgeUpstream({ name, issuer }, answer) {
	const check = "upstream-discovery";
	if (answer instanceof WebFailure) return failedCheck(check, `The provider "${name}": ${answer.message}.`, { severity: "warning" });
	const document = answer.status === 200 ? parseRecord(answer.body) : void 0;
	if (document === void 0) return failedCheck(check, `The provider "${name}" has no discovery document (HTTP ${answer.status}).`);
	return text(document.issuer) === issuer ? void 0 : failedCheck(check, `The discovery document of the provider "${name}" names another issuer than ${issuer}.`);
}

// src/migration/health/judge-certificates.ts
const day$1 = 864e5;
function judgeCertificates(seen, now) {
	const [first, ...more] = seen.flatMap((each) => findingOf$1(each, now));
	if (first !== void 0) return fails(first, ...more);
	const unseen = seen.flatMap(({ certificate }) => certificate instanceof WebFailure ? [certificate.message] : []);
	if (unseen.length > 0) return unknown(unseen.join("; "));
	return holds(seen.map(({ host, certificate }) => certificate instanceof WebFailure ? host : `${host}: ${leftText(certificate, now)}`).join(", "));
}
function findingOf$1({ host, certificate }, now) {
	if (certificate instanceof WebFailure) return [];
	const { validFrom, validTo, problem } = certificate;
	const left = validTo.getTime() - now.getTime();
	const lifetime = validTo.getTime() - validFrom.getTime();
	if (left <= 0) return [failedCheck("certificate", `The certificate of ${host} expired on ${dayOf(validTo)}.`)];
	if (problem !== void 0) return [failedCheck("certificate", `The certificate of ${host} is not valid: ${problemText(problem)}.`)];
	const severity = left < Math.min(lifetime / 20, 3 * day$1) ? "error" : left < Math.min(lifetime / 5, 21 * day$1) ? "warning" : void 0;
	if (severity === void 0) return [];
	const message = `The certificate of ${host} expires on ${dayOf(validTo)} (${leftText(certificate, now)}) and was not renewed.`;
	return [failedCheck("certificate", message, { severity })];
}
const problems = {
	CERT_HAS_EXPIRED: "it expired",
	CERT_NOT_YET_VALID: "it is not valid yet",
	ERR_TLS_CERT_ALTNAME_INVALID: "it is for another name",
	DEPTH_ZERO_SELF_SIGNED_CERT: "no authority signed it",
	SELF_SIGNED_CERT_IN_CHAIN: "its authority is not a public one",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its authority is not a public one, or an intermediate certificate is missing",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its authority is not a public one, or an intermediate certificate is missing"
};
function problemText(code) {
	return problems[code] ?? `Node reports ${code.replace(/[^A-Z_]/g, "")}`;
}
function leftText({ validTo }, now) {
	return `${plural(Math.max(0, Math.floor((validTo.getTime() - now.getTime()) / day$1)), "day")} left`;
}
function dayOf(date) {
	return date.toISOString().slice(0, 10);
}

// src/migration/health/public-tasks.ts
const limitMs$1 = 45e3;
async function publicTasks(options) {
	const { web, facts } = options;
	const hosts = publicHosts(facts);
	const hidden = await hiddenName(web, hosts);
	const tasks = allTasks(options, hosts);
	if (hidden === void 0) return tasks;
	const why = `${hidden} is a name without a public address`;
	const finding = failedCheck("public-view", `The public view was not checked: ${why}.`);
	return [{
		name: "public-view",
		limitMs: limitMs$1,
		run: async () => ({
			...skipped(why),
			findings: [finding]
		})
	}, ...tasks.map((task) => ({
		...task,
		run: async () => skipped(why)
	}))];
}
function withoutPublicView(why) {
	return Object.keys(publicChecks).map((name) => ({
		name,
		limitMs: limitMs$1,
		run: async () => unknown(why)
	}));
}
function publicHosts({ serverName, homeserver, mas }) {
	const urls = [
		`https://${serverName}`,
		homeserver,
		...mas === void 0 ? [] : [mas.publicBase]
	];
	return [...new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname))];
}
const reserved = /(?:^|\.)(?:test|example|invalid|localhost|local|internal|home\.arpa)$/;
async function hiddenName(web, hosts) {
	for (const host of hosts.filter((each) => reserved.test(each))) if (!await web.exists(host)) return host;
}
function allTasks(options, hosts) {
	const { mas } = options.facts;
	const homeserver = homeserverOf(options);
	const { versions, answers, isAt } = homeserver;
	return [
		{
			name: "public-homeserver",
			limitMs: limitMs$1,
			run: async (signal) => judgeHomeserver(await versions(signal))
		},
		{
			name: "certificate",
			limitMs: limitMs$1,
			run: (signal) => certificates(options, hosts, signal)
		},
		...wellKnownTasks(options, homeserver),
		...clientTasks(options, homeserver),
		...masTasks(options, (signal) => mas && isAt(mas.publicBase) ? answers(signal) : Promise.resolve(true))
	];
}
function homeserverOf({ web, facts }) {
	const client = `${facts.homeserver}/_matrix/client`;
	const { hostname } = new URL(facts.homeserver);
	const isAt = (url) => new URL(url).hostname === hostname;
	const versions = once((signal) => answerOf(web, { url: `${client}/versions` }, signal));
	const answers = async (signal) => judgeHomeserver(await versions(signal)).result !== "fails";
	return {
		client,
		isAt,
		versions,
		answers,
		asking: (request, judge) => async (signal) => {
			if (isAt(request.url) && !await answers(signal)) return noHomeserver;
			const answer = await answerOf(web, request, signal);
			return answer instanceof WebFailure ? unknown(answer.message) : judge(answer);
		}
	};
}
function wellKnownTasks({ web, facts, isDelegating }, { isAt, answers, asking }) {
	const base = `https://${new URL(`https://${facts.serverName}`).hostname}/.well-known/matrix`;
	const client = once(async (signal) => {
		if (isAt(base) && !await answers(signal)) return void 0;
		return answerOf(web, { url: `${base}/client` }, signal);
	});
	const judgedClient = async (signal) => {
		const answer = await client(signal);
		return answer === void 0 ? noHomeserver : judgeClientWellKnown(answer, facts);
	};
	return [
		{
			name: "client-well-known",
			limitMs: limitMs$1,
			run: judgedClient
		},
		{
			name: "server-well-known",
			limitMs: limitMs$1,
			run: asking({ url: `${base}/server` }, judgeServerWellKnown)
		},
		{
			name: "advertised-issuer",
			limitMs: limitMs$1,
			run: async (signal) => judgeAdvertisedIssuer(await client(signal), isDelegating, facts.mas?.issuer)
		}
	];
}
function clientTasks(options, { client, answers, asking }) {
	const { web, isDelegating } = options;
	const metadata = [
		`${client}/v1/auth_metadata`,
		`${client}/unstable/org.matrix.msc2965/auth_metadata`,
		`${client}/unstable/org.matrix.msc2965/auth_issuer`
	];
	const logout = {
		url: `${client}/v3/logout`,
		method: "POST",
		headers: { authorization: `Bearer mct_${randomBytes(24).toString("hex")}` },
		body: {}
	};
	const refresh = {
		url: `${client}/v3/refresh`,
		method: "POST",
		body: { refresh_token: `mcr_${randomBytes(24).toString("hex")}` }
	};
	return [
		{
			name: "auth-metadata",
			limitMs: limitMs$1,
			run: delegatingOnly(options, async (mas, signal) => {
				if (!await answers(signal)) return noHomeserver;
				return judgeAuthMetadata(await firstFound(web, metadata, signal), mas.issuer);
			})
		},
		{
			name: "public-login",
			limitMs: limitMs$1,
			run: asking({ url: `${client}/v3/login` }, (answer) => judgeLogin(answer, isDelegating))
		},
		{
			name: "public-logout",
			limitMs: limitMs$1,
			run: asking(logout, judgeLogout)
		},
		{
			name: "public-refresh",
			limitMs: limitMs$1,
			run: delegatingOnly(options, (_, signal) => asking(refresh, judgeRefresh)(signal))
		},
		{
			name: "canary",
			limitMs: limitMs$1,
			run: (signal) => canaryOutcome(options, client, answers, signal)
		}
	];
}
function masTasks({ web, facts: { mas }, isDelegating }, addressAnswers) {
	const severity = isDelegating ? "error" : "warning";
	const discovery = once(async (signal) => {
		if (mas === void 0) return skipped("MAS is not installed");
		if (!mas.publicBase.startsWith("https://")) return unknown("MAS's public address does not use https");
		if (!await addressAnswers(signal)) return noHomeserver;
		const answer = await answerOf(web, { url: `${mas.publicBase}.well-known/openid-configuration` }, signal);
		return masDocument(answer, mas.issuer, severity);
	});
	const withDocument = (judge) => async (signal) => {
		const found = await discovery(signal);
		if (!("result" in found)) return judge(found, signal);
		return found.result === "fails" ? unknown("MAS's discovery document is not usable") : found;
	};
	return [
		{
			name: "discovery",
			limitMs: limitMs$1,
			run: async (signal) => judgeDiscovery(await discovery(signal))
		},
		{
			name: "signing-keys",
			limitMs: limitMs$1,
			run: withDocument(async ({ keys }, signal) => judgeSigningKeys(await answerOf(web, { url: keys }, signal), severity))
		},
		{
			name: "login-page",
			limitMs: limitMs$1,
			run: withDocument(async ({ authorization }, signal) => {
				const page = (url) => answerOf(web, {
					url,
					headers: { accept: "text/html" }
				}, signal);
				const [login, authorize] = await Promise.all([page(`${mas?.publicBase}login`), page(authorization)]);
				return judgePage(login, authorize, severity);
			})
		},
		{
			name: "upstream-discovery",
			limitMs: limitMs$1,
			run: (signal) => upstreams(web, mas, signal)
		}
	];
}
async function upstreams(web, mas, signal) {
	const providers = mas?.providers ?? [];
	if (providers.length === 0) return skipped("MAS fetches no discovery document of a provider");
	const outcomes = await Promise.all(providers.map(async (provider) => {
		const answer = await answerOf(web, { url: provider.discovery }, signal);
		if (answer instanceof WebFailure && answer.kind === "challenge") return unknown(answer.message);
		const finding = judgeUpstream(provider, answer);
		return finding === void 0 ? holds() : fails(finding);
	}));
	const [first, ...more] = outcomes.flatMap(({ findings }) => findings);
	if (first !== void 0) return fails(first, ...more);
	return outcomes.find(({ result }) => result === "unknown") ?? holds(plural(providers.length, "provider"));
}
function delegatingOnly({ facts: { mas }, isDelegating }, run) {
	return async (signal) => mas === void 0 || !isDelegating ? skipped("Synapse does not delegate to MAS") : run(mas, signal);
}
async function certificates({ web, now }, hosts, signal) {
	const seen = await Promise.all(hosts.map(async (host) => {
		return {
			host,
			certificate: await web.certificate(host, 443, signal).catch(asFailure)
		};
	}));
	return judgeCertificates(seen, now);
}

// src/server/scripts/health.sh
var health_default = "# Prints what the health check needs beside the probe, one line each: a name, a tab, the content in base64. Read-only.\n# shellcheck shell=bash\nset -euo pipefail\nemit() { printf '%s\\t%s\\n' \"$1\" \"$(base64 -w0)\"; }\n\nfor unit in matrix-synapse matrix-authentication-service matrix-postgres; do\n  { systemctl cat --no-pager \"$unit.service\" 2>/dev/null || true; } | emit \"unit $unit\"\ndone\n{\n  docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.Gateway}} {{.GlobalIPv6Address}} {{end}}' \\\n    matrix-authentication-service 2>/dev/null || true\n} | emit mas-networks\n# The folder stays after the backup was turned off. Beside it, `config` is written at each deployment.\nif systemctl cat matrix-postgres-backup.service >/dev/null 2>&1; then\n  { find /matrix/postgres-backup/data -type f -size +0 -printf '%T@\\n' 2>/dev/null || true; } | sort -n | tail -n 1 |\n    emit newest-backup\nfi\ndate +%s | emit now\n";

// src/server/scripts/journal.sh
var journal_default = "# Prints the journal of the server's units since the last health check, at most a day and 20,000 entries, as JSON, one\n# entry a line; then writes the line in the journal that marks this health check.\n# shellcheck shell=bash\nset -euo pipefail\nmark=matrix-auth-doctor\n# With --since, -n gives the first entries and not the last ones.\nlast=$(journalctl --quiet --no-pager -t \"$mark\" -n 1 -o short-unix 2>/dev/null | cut -d ' ' -f 1)\nsince=$(($(date +%s) - 86400))\nif [ \"${last%.*}\" -gt \"$since\" ] 2>/dev/null; then since=$last; fi\n# On a busy server, requests would leave no room for errors, and they quote what clients sent. Removed are those of\n# Traefik and nginx, of Traefik as JSON, of MAS (failed ones stay), and of Synapse.\ndate='[0-9]{2}.[A-Z][a-z]{2}.[0-9]{4}:[0-9:]{8} [-+][0-9]{4}'\nrequest='\\['$date'\\] \\\\\"|\"DownstreamStatus\\\\\"|(INFO|WARN) +http\\.server\\.response|- synapse\\.access\\.'\nfields=MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT\njournalctl --quiet --no-pager --since \"@$since\" -o json --output-fields=\"$fields\" \\\n  -u 'matrix-synapse*' -u matrix-authentication-service -u matrix-postgres -u matrix-traefik |\n  LC_ALL=C sed -E \"/$request/d\" | tail -n 20000\nsystemd-cat -t \"$mark\" echo \"The journal was read.\"\n";

// src/server/health-facts.ts
async function readHealthFacts(session) {
	const { code, stdout } = await session.run([
		"bash",
		"-c",
		health_default
	], { timeoutMs: 3e4 });
	if (code !== 0) throw scriptFailed(session);
	const seen = emitted(stdout);
	const newest = seen.get("newest-backup");
	return {
		units: new Map([...seen].flatMap(([name, content]) => name.startsWith("unit ") ? [[name.slice(5), content]] : [])),
		masAddresses: (seen.get("mas-networks") ?? "").split(/\s+/).filter(Boolean),
		...newest === void 0 ? {} : { backup: { newest: dateOf(newest) } },
		now: /* @__PURE__ */ new Date(Number(seen.get("now")) * 1e3)
	};
}
function dateOf(seconds) {
	const value = Number.parseFloat(seconds);
	return Number.isNaN(value) ? void 0 : /* @__PURE__ */ new Date(value * 1e3);
}
const journalLimit = 2e4;
async function readJournal(session) {
	const { code, stdout } = await session.run([
		"bash",
		"-c",
		journal_default
	], { timeoutMs: 6e4 });
	if (code !== 0) throw scriptFailed(session);
	return stdout.split("\n").flatMap(journalLine);
}
function journalLine(line) {
	const entry = parseRecord(line);
	if (entry === void 0) return [];
	const unit = text(entry.UNIT) ?? text(entry._SYSTEMD_UNIT) ?? "";
	const message = Array.isArray(entry.MESSAGE) ? Buffer.from(entry.MESSAGE.map((byte) => number(byte) ?? 0)).toString("utf8") : text(entry.MESSAGE) ?? "";
	return [{
		unit: unit.replace(/\.service$/, ""),
		message,
		priority: Number(text(entry.PRIORITY) ?? "6")
	}];
}
function scriptFailed({ host }) {
	return new ToolkitError({
		reason: "server-command-failed",
		what: "A script of the health check failed on the server.",
		where: host,
		remedy: "Run on the server: `journalctl -n 5; docker ps`. Both must work."
	});
}

// src/migration/health/judge-journal.ts
const kinds = [
	{
		what: "the disk is full",
		match: /No space left on device|could not extend file|Disk quota exceeded/i,
		severity: "error",
		users: "Users cannot send messages or files, and soon users cannot log in.",
		first: () => "Run on the server: `df -h; du -xh --max-depth=2 /matrix | sort -h | tail`. Make space."
	},
	{
		what: "the data of PostgreSQL may be damaged",
		match: /invalid page in block|could not read blocks? |unexpected zero page|index "[^"]*" (?:is corrupt|contains)|missing chunk number|database system was not properly shut down.*(?:invalid|corrupt)/i,
		severity: "error",
		users: "Users may miss messages, or get errors in some rooms.",
		first: () => "Stop Synapse and MAS, copy /matrix/postgres, and check the disk (smartctl, dmesg) before anything else."
	},
	{
		what: "memory ran out",
		match: /Out of memory|oom-kill|MemoryError|Cannot allocate memory/i,
		users: "Users are disconnected while a service restarts.",
		first: (unit) => `Run on the server: \`free -h; systemctl status ${unit}\`. Give the server more memory, or this service less.`
	},
	{
		what: "the service was restarted again and again",
		match: /^(?:\S+\.service: )?(?:Start request repeated too quickly|Failed with result ')/,
		least: 3,
		users: "What this service does for users fails again and again.",
		first: (unit) => `Run on the server: \`journalctl -u ${unit} -n 100\`. The lines before a restart have the cause.`
	},
	{
		what: "a certificate was not accepted",
		units: /^matrix-authentication-service$/,
		match: /certificate verify failed|certificate has expired|invalid peer certificate|InvalidCertificate/i,
		least: 3,
		users: "Logins through a provider can fail, or users get no email.",
		first: (unit) => `Run on the server: \`journalctl -u ${unit} -g certificate -n 20\`. The lines name the address.`
	},
	{
		what: "Synapse could not ask MAS about a session",
		units: /^matrix-synapse/,
		match: / - Failed to introspect token/,
		least: 3,
		users: "Requests of users failed for some time.",
		first: () => "Run on the server: `systemctl status matrix-authentication-service; journalctl -u matrix-authentication-service -n 50`."
	},
	{
		what: "the database was not available",
		match: /psycopg2\.(?:OperationalError|InterfaceError)|remaining connection slots|too many clients|PoolTimedOut|pool timed out|could not connect to server|terminating connection due to administrator command/i,
		least: 3,
		users: "Requests of users failed for some time.",
		first: () => "Run on the server: `systemctl status matrix-postgres; journalctl -u matrix-postgres -n 50`."
	}
];
const quotingUnits = /^matrix-(?:synapse|postgres)/;
const quoting = /^\s|^LINE \d+: |\b(?:STATEMENT|DETAIL|CONTEXT|QUERY): {2}/;
function judgeJournal(lines) {
	const counts = /* @__PURE__ */ new Map();
	let others = 0;
	for (const line of lines) {
		if (quotingUnits.test(line.unit) && quoting.test(line.message)) continue;
		const kind = kinds.find(({ match, units }) => match.test(line.message) && (units?.test(line.unit) ?? true));
		if (kind === void 0) {
			if (isError(line)) others += 1;
			continue;
		}
		const key = `${line.unit} ${kind.what}`;
		const known = counts.get(key);
		if (known) known.count += 1;
		else counts.set(key, {
			kind,
			unit: line.unit,
			count: 1
		});
	}
	const rest = [...others === 0 ? [] : [`none of a known kind; ${plural(others, "other error")}, which only a person can judge: \`journalctl -u 'matrix-*' --since -1d\``], ...lines.length < 2e4 ? [] : [`only the newest ${journalLimit} entries were read`]];
	const [first, ...more] = [...counts.values()].filter(({ kind, count }) => count >= (kind.least ?? 1)).map(({ kind, unit, count }) => findingOf(kind, unit, count));
	if (first === void 0) return holds(rest.join("; "));
	const outcome = fails(first, ...more);
	return {
		...outcome,
		detail: [outcome.detail, ...rest].join("; ")
	};
}
function findingOf({ what, severity, users, first }, unit, count) {
	const message = `${unit} logged ${plural(count, "error")} since the last health check: ${what}.`;
	return failedCheck("journal", message, {
		why: users,
		remedy: first(unit),
		...severity && { severity }
	});
}
const levelOfError = /^\S+ \S+ - \S+ - \d+ - (?:ERROR|CRITICAL) - |^\S+Z\s+ERROR\s|^[^"]{0,80}\b(?:ERROR|FATAL|PANIC): {2}/;
function isError({ message, priority }) {
	return priority <= 3 || levelOfError.test(message);
}

// src/migration/health/server-tasks.ts
const limitMs = 9e4;
function serverTasks(options) {
	const { server, facts, pins } = options;
	const read = readHealthFacts(server.session);
	read.catch(() => void 0);
	const units = [
		facts.synapse,
		...facts.mas.installed ? [facts.mas] : [],
		facts.postgres
	];
	return [
		{
			name: "client-addresses",
			limitMs,
			run: async () => clientAddresses(options, await read)
		},
		{
			name: "prepared-for",
			limitMs,
			run: async () => preparedFor(options, (await read).now)
		},
		{
			name: "rollback-price",
			limitMs,
			run: () => rollbackPrice(options)
		},
		{
			name: "last-run",
			limitMs,
			run: async () => judgeLastRun(facts.ours)
		},
		{
			name: "backup-age",
			limitMs,
			run: async () => judgeBackup(await read)
		},
		{
			name: "drift",
			limitMs,
			run: () => drift(options)
		},
		{
			name: "pending-restart",
			limitMs,
			run: async () => judgeImages(units, (await read).units)
		},
		{
			name: "versions",
			limitMs,
			run: async () => judgeVersions(units, pins)
		},
		{
			name: "journal",
			limitMs,
			run: async () => judgeJournal(await readJournal(server.session))
		}
	];
}
const addressesSql = `SELECT count(*) || ' ' || count(DISTINCT ip) || ' ' || coalesce(min(ip), '-') FROM (
 SELECT host(last_active_ip) AS ip, last_active_at FROM compat_sessions
 UNION ALL SELECT host(last_active_ip), last_active_at FROM user_sessions
 UNION ALL SELECT host(last_active_ip), last_active_at FROM oauth2_sessions) s
WHERE ip IS NOT NULL AND last_active_at > now() - interval '30 days'`;
const leastSessions = 5;
async function clientAddresses({ server, facts, mas, masDatabase }, { masAddresses }) {
	if (!facts.mas.installed || mas === void 0) return skipped("MAS is not installed");
	if (masAddresses.length > 0 && !masAddresses.some(isWithin(mas.trustedProxies))) return fails(failedCheck("client-addresses", "MAS trusts no proxy in the networks of its container, so it takes the address of the reverse proxy for that of each user."));
	if (masDatabase === void 0 || facts.mas.tables !== "whole") return unknown("MAS's database cannot be read");
	const [count, different, address = ""] = (await server.sql(masDatabase, addressesSql)).split(" ");
	return judgeAddresses(Number(count), Number(different), address);
}
function judgeAddresses(sessions, different, address) {
	if (sessions < leastSessions || different === 0) return skipped("there are too few sessions to tell");
	if (different > 1 || !isPrivate(address)) return holds(`${plural(sessions, "session")} from ${plural(different, "address", "addresses")}`);
	const message = `MAS saw the same private address for all ${sessions} sessions of the last 30 days.`;
	return fails(failedCheck("client-addresses", message));
}
const isPrivate = isWithin([
	"10.0.0.0/8",
	"172.16.0.0/12",
	"192.168.0.0/16",
	"127.0.0.0/8",
	"100.64.0.0/10",
	"fc00::/7",
	"fe80::/10",
	"::1/128"
]);
function isWithin(networks) {
	const list = new BlockList();
	for (const network of networks) {
		const [, base = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network.trim()) ?? [];
		const family = isIP(base);
		const most = family === 4 ? 32 : 128;
		if (family !== 0 && Number(bits ?? most) <= most) list.addSubnet(base, Number(bits ?? most), family === 4 ? "ipv4" : "ipv6");
	}
	return (address) => {
		const family = isIP(address);
		return family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6");
	};
}
const day = 864e5;
const longPreparedDays = 30;
async function preparedFor({ server, facts, stage, masDatabase }, now) {
	if (stage !== "installed") return skipped("the server is not prepared");
	if (masDatabase === void 0 || facts.mas.tables !== "whole") return unknown("MAS's database has no tables yet");
	const created = Number(await server.sql(masDatabase, "SELECT extract(epoch FROM min(installed_on)) FROM _sqlx_migrations")) * 1e3;
	const { last } = facts.ours;
	const rolledBack = last?.endedAt && isRollback(last) ? Date.parse(last.endedAt) : 0;
	const since = new Date(Math.max(created, rolledBack));
	const days = Math.floor((now.getTime() - since.getTime()) / day);
	const text = `The server has been prepared for ${plural(days, "day")}, since ${since.toISOString().slice(0, 10)}`;
	if (days <= longPreparedDays) return holds(text);
	return fails(failedCheck("prepared-for", `${text}.`));
}
async function rollbackPrice({ server, facts, stage, masDatabase }) {
	const { migration } = facts.ours;
	if (stage !== "live" || migration === void 0 || masDatabase === void 0) return skipped("no migration of this toolkit is live");
	const lost = lossTexts(await lossesSince(server.sql, masDatabase, migration));
	const since = `the migration of ${migration.at.slice(0, 10)}`;
	if (lost.length === 0) return holds(`A rollback would lose nothing since ${since}`);
	const message = `A rollback would now lose what users did since ${since}: ${lost.join(", ")}.`;
	return holds(message.replace(/\.$/, ""), failedCheck("rollback-price", message));
}
function judgeLastRun({ last }) {
	if (last === void 0) return skipped("this toolkit changed nothing on this server yet");
	if (last.outcome === void 0) return skipped(`the run ${last.run} has not ended`);
	const text = `The run ${last.run} ended as ${last.outcome}`;
	if (last.outcome === "migrated" || last.outcome === "rolled-back") return holds(text);
	return holds(text, failedCheck("last-run", `${text}: it left the server as it was before.`));
}
const oldBackupDays = 2;
function judgeBackup({ backup, now }) {
	if (backup === void 0) return skipped("the playbook's backup of PostgreSQL is not installed");
	if (backup.newest === void 0) return fails(failedCheck("backup-age", "The folder /matrix/postgres-backup/data has no backup."));
	const days = Math.floor((now.getTime() - backup.newest.getTime()) / day);
	const text = `The newest backup in /matrix/postgres-backup/data is ${plural(days, "day")} old`;
	return days < oldBackupDays ? holds(text) : fails(failedCheck("backup-age", `${text}.`));
}
async function drift({ server, stage, desired, digest }) {
	const stages = judgeStages(desired, stage);
	if (stages.result !== "holds") return stages;
	const record = await readDeployment(server);
	if (record === void 0 || record.stage !== desired) return holds("the stage is the same. The files are compared after the next deployment of these vars");
	return judgeDifferences(await differencesFromRecord(server, record, digest));
}
function judgeStages(desired, stage) {
	if (desired === "unknown") return unknown("a variable that decides the stage is not a plain `true` or `false`");
	if (stage === "partial" || stage === "inconsistent") return skipped("the server is between two stages");
	if (stage === deployedStage[desired] || stage === "copied" && desired === "prepared") return holds();
	const message = `The default branch asks for stage ${desired}, but the server is at stage ${stage}.`;
	return fails(failedCheck("drift", message, acrossLogins(desired, stage)));
}
function acrossLogins(desired, stage) {
	if (desired === "live" === (stage === "live")) return {};
	return {
		why: "Nothing now. Deployments are refused, because they would lock out all users.",
		remedy: desired === "live" ? `If the server was rolled back, revert the migrate pull request. To migrate instead, ${startOperation("migrate")}.` : `To keep MAS, restore the vars of the migrate pull request. To roll back instead, ${startOperation("rollback")}.`
	};
}
function judgeDifferences(differences) {
	const [first, ...more] = differences.map(differenceFinding);
	return first === void 0 ? holds() : fails(first, ...more);
}
function differenceFinding(difference) {
	switch (difference.kind) {
		case "vars": return failedCheck("drift", "The vars or the playbook of the default branch are not those that were deployed last.");
		case "file": {
			const message = `The file ${difference.path} was changed on the server since the last deployment.`;
			return failedCheck("drift", message, {
				why: "Nothing now. The next deployment undoes the change.",
				remedy: "Put the change into the vars, or deploy to undo it."
			});
		}
	}
}
function judgeImages(units, texts) {
	const [first, ...more] = units.filter(({ name, image }) => {
		const text = texts.get(name);
		return image !== void 0 && text !== void 0 && !text.split(/\s+/).includes(image);
	}).map(({ name }) => failedCheck("pending-restart", `${name} runs another image than its unit names.`, { remedy: `Choose a quiet time, then run on the server: \`systemctl restart ${name}\`. Or deploy again.` }));
	return first === void 0 ? holds() : fails(first, ...more);
}
function judgeVersions(units, pins) {
	const compared = pins.flatMap(({ unit, version }) => {
		const image = units.find(({ name }) => name === unit)?.image;
		const running = /^[^@]*:v?(\d+\.\d+\.\d+)(?:[^\d.@][^@]*)?$/.exec(image ?? "")?.[1];
		return running === void 0 ? [] : [{
			unit,
			version,
			running
		}];
	});
	if (compared.length === 0) return skipped("the vars pin no version in plain text");
	const [first, ...more] = compared.filter(({ version, running }) => version !== running).map(({ unit, version, running }) => failedCheck("versions", `${unit} runs version ${running}, but the vars pin ${version}.`));
	return first === void 0 ? holds(compared.map(({ unit, running }) => `${unit} ${running}`).join(", ")) : fails(first, ...more);
}

// src/migration/health/tasks-for.ts
async function tasksFor(server, facts, { web, canary, ...given }) {
	const { homeserver, mas } = await readConfiguration(server.session);
	const found = publicFacts(homeserver, facts.mas.installed ? mas : void 0);
	const masDatabase = databasesOf(homeserver, mas).mas.database;
	return [...serverTasks({
		...given,
		server,
		facts,
		stage: actualStage(facts).stage,
		...found?.mas === void 0 ? {} : { mas: found.mas },
		...masDatabase === void 0 ? {} : { masDatabase }
	}), ...await ofPublic(found, facts.synapse.delegating, web, canary)];
}
async function publicTasksFor({ session }, { web, canary }) {
	const { homeserver, mas } = await readConfiguration(session);
	return ofPublic(publicFacts(homeserver, mas), delegationOf(homeserver), web, canary);
}
async function ofPublic(facts, delegating, web, canary) {
	if (facts === void 0) return withoutPublicView("homeserver.yaml has no server name that can be read");
	return publicTasks({
		web,
		facts,
		isDelegating: delegating === "mas" || delegating === "msc3861",
		now: /* @__PURE__ */ new Date(),
		...canary && { canary }
	});
}

export { unknown as a, runTasks as i, tasksFor as n, publicWeb as r, publicTasksFor as t };