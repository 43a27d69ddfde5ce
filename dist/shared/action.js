import { V as deploymentSentence, r as defineAction, t as cancellable } from "./run-action.js";
import { i as ToolkitError } from "./exec.js";
import { T as text, b as optional } from "./git.js";
import { t as writeJson } from "./report-files.js";
import { a as resolveTargets, i as maxHosts, n as narrate, o as serverInputs, t as withServer } from "./with-server.js";
import { n as commonValue } from "./outcome.js";
import { C as isDown, _ as delegationOf, b as takesPasswords, g as databasesOf, h as actualStage, v as nonEmpty, w as isLocked, y as readYamlObject } from "./names.js";
import { _ as capitalised, g as startOperation } from "./stage.js";
import { s as failureOf } from "./probe.js";
import { o as renderedFiles, r as synapseTags, t as deployTags } from "./tags.js";
import { l as oidcEnabledVariable, u as oidcProvidersVariable } from "./variables.js";
import { t as authProviderOf } from "./provider-mapping.js";
import { o as record } from "./json.js";
import { n as refusalOf, t as planFor } from "./plan.js";
import { t as requireNothingUnfinished } from "./unfinished.js";
import { a as recordDeployment, o as varsDigest, t as beginDeployment } from "./deployment-record.js";
import { o as withEventBase } from "./event-base.js";

// src/migration/lockout.ts
async function lockoutBy(file, stage, facts, { sql }) {
	const [before, homeserver] = [readYamlObject(file?.before), readYamlObject(file?.after)];
	const isLive = actualStage(facts).stage === "live";
	const remedy = isLive ? keepDelegating : keepBuiltInLogin;
	if (homeserver === void 0) return {
		what: unreadableHomeserver,
		remedy
	};
	if (delegationOf(homeserver) !== "no" !== isLive) return {
		what: isLive ? endsDelegation : startsDelegation(stage),
		remedy
	};
	if (isLive || stage !== "prepared" || before === void 0) return void 0;
	if (takesPasswords(before) && !takesPasswords(homeserver)) return {
		what: endsPasswords,
		remedy
	};
	const lost = await lostProviders(before, homeserver, sql);
	return lost.length > 0 ? endsProviders(lost) : void 0;
}
async function lostProviders(before, homeserver, sql) {
	const kept = loginProviders(homeserver);
	const removed = loginProviders(before).filter((id) => !kept.includes(id));
	const { database } = databasesOf(before, void 0).synapse;
	if (removed.length === 0 || database === void 0) return [];
	const used = (await sql(database, usedProviders)).split("\n");
	return removed.filter((id) => used.includes(id));
}
function loginProviders({ oidc_providers: providers }) {
	if (!Array.isArray(providers)) return [];
	return providers.map((each) => authProviderOf(nonEmpty(record(each).idp_id)));
}
const usedProviders = "SELECT DISTINCT auth_provider FROM user_external_ids JOIN users ON name = user_id AND deactivated = 0";
const unreadableHomeserver = "The homeserver.yaml that the vars would produce cannot be read.";
const endsDelegation = "The stage of these vars is `live`, but they would stop Synapse from delegating to MAS: every session and password created in MAS would be lost.";
function startsDelegation(stage) {
	return `The stage of these vars is \`${stage}\`, but they would make Synapse delegate to MAS: all users would be locked out.`;
}
const endsPasswords = "These vars would turn off password login in Synapse before the accounts are in MAS: no user could log in with a password until the migration.";
function endsProviders(removed) {
	return {
		what: `These vars would remove login providers from Synapse before the accounts are in MAS: ${removed.join(", ")}. Users of these providers could not log in, and the migration would refuse their accounts.`,
		remedy: `Set \`${oidcEnabledVariable}\` and \`${oidcProvidersVariable}\` as they were. The change that migrates removes them.`
	};
}
const keepDelegating = `Remove the variable that turns delegation off, such as matrix_synapse_matrix_authentication_service_enabled: false. To roll back to Synapse's built-in login, ${startOperation("rollback")}.`;
const keepBuiltInLogin = "Remove the variable that turns delegation on, such as matrix_synapse_experimental_features_msc3861_enabled. While MAS is prepared, a playbook of the dialect mas-cli needs matrix_synapse_matrix_authentication_service_enabled: false.";

// src/migration/deploy.ts
async function deployHost(request, ports) {
	const facts = await ports.server.probe();
	const { stage: actual, why: seen } = actualStage(facts);
	const before = request.before ?? deployedStage(actual, request.after);
	ports.print(`${request.host}: stage of the vars: ${before} → ${request.after}; stage of the server: ${actual}. ${seen}`);
	refuseWhileBusy(request.host, facts);
	const plan = planFor({
		before,
		after: request.after,
		actual,
		options: { users: facts.synapse.accounts > 0 }
	});
	requireDeploy(request, plan, seen);
	if (facts.synapse.exists && facts.synapse.accounts > 0) await requireSameLogin(request, facts, ports);
	const tags = request.tags ?? deployTags(request.after, actual);
	const restarting = (await ports.begin().catch(warnOf(ports)) ?? true) || request.tags !== void 0 ? void 0 : request.restartVariable;
	if (restarting !== void 0) ports.print(`${request.host}: ${restartsAll}`);
	ports.print(`${request.host}: ansible-playbook setup.yml --tags=${tags.join(",")}`);
	const onEvent = (event) => printChange(event, ports.print);
	const outcome = await ports.playbook.run({
		tags,
		vars: { extraVars: restarting === void 0 ? {} : { [restarting]: false } },
		onEvent
	});
	requireSuccess(request.host, outcome, ports);
	const stageAfter = await requireHealth(request, facts, ports);
	if (request.tags === void 0) await ports.remember(outcome).catch(warnOf(ports));
	return {
		host: request.host,
		before,
		after: request.after,
		actual,
		plan: plan.kind,
		why: plan.why,
		tags,
		stageAfter,
		changed: outcome.results.filter((result) => result.host === request.host && result.status === "changed").map((result) => result.task.name),
		seconds: outcome.seconds
	};
}
function warnOf({ print }) {
	return (error) => {
		print(`Warning: the deployment could not be recorded: ${error instanceof Error ? error.message : ""}`);
	};
}
const restartsAll = "The last deployment failed, was cancelled, or had chosen tags, so the playbook restarts all services.";
function printChange(event, print) {
	const text = narrate(event);
	if (text !== void 0) print(text);
}
function deployedStage(actual, after) {
	if (actual === "absent") return "off";
	if (actual === "live") return "live";
	return actual === "inconsistent" ? after : "prepared";
}
function refuseWhileBusy(host, facts) {
	if (isLocked(facts.ours)) throw new ToolkitError({
		reason: "lock-held",
		what: "Another run is working on this server.",
		where: host,
		remedy: "Wait until it has ended, then deploy again."
	});
	requireNothingUnfinished(facts);
}
function requireDeploy({ host, after }, plan, seen) {
	if (plan.kind === "deploy" || plan.kind === "nothing") return;
	if (plan.kind === "refuse") throw refusalOf(plan, seen, host);
	const lockout = plan.kind === "migrate";
	const operation = lockout || plan.kind === "repair" && after === "live" ? "migrate" : "rollback";
	throw new ToolkitError({
		reason: lockout ? "refused-lockout" : "refused-state",
		what: lockout ? "The vars make MAS live, but the accounts are not in MAS yet: deploying them would lock out all users." : `This change cannot be deployed: ${plan.why}`,
		where: host,
		remedy: `${capitalised(startOperation(operation))}.`
	});
}
async function requireSameLogin({ host, after }, facts, ports) {
	ports.print(`${host}: check run of the playbook, to see Synapse's new configuration.`);
	const outcome = await ports.playbook.run({
		tags: synapseTags,
		check: true,
		vars: { extraVars: withoutCustomizedImage }
	});
	requireSuccess(host, outcome, ports);
	const { files, unreadable } = renderedFiles(outcome.results, host);
	const file = files.find(({ path }) => path.endsWith("/homeserver.yaml"));
	const isWithheld = unreadable.some((path) => path.endsWith("/homeserver.yaml"));
	const lockout = file || isWithheld ? await lockoutBy(file, after, facts, ports.server) : void 0;
	if (lockout) throw new ToolkitError({
		reason: "refused-lockout",
		where: host,
		...lockout
	});
}
const withoutCustomizedImage = { matrix_synapse_container_image_customizations_enabled: false };
function requireSuccess(host, outcome, ports) {
	const stats = outcome.stats[host];
	if (outcome.code === 0 && stats !== void 0 && stats.failures + stats.unreachable === 0) return;
	if (ports.signal.aborted) throw cancelled(host);
	const how = outcome.code === null ? "(it was killed)." : `(exit code ${outcome.code})${failureOf(outcome)}`;
	throw new ToolkitError({
		reason: "playbook-failed",
		what: outcome.code === 0 ? "The playbook ran but matched no tasks on this host." : `The playbook failed ${how}`,
		where: host,
		remedy: outcome.code === 0 ? "Check that the host is in the group matrix_servers, and that `limit` includes it." : `Fix the cause that the message names, then deploy again. ${restart}`
	});
}
const restart = "Unless you set `tags`, all services are restarted then, so that none keeps its old configuration.";
function cancelled(host) {
	return new ToolkitError({
		reason: "cancelled",
		what: "The deployment was cancelled while the playbook ran.",
		where: host,
		meaning: "Services that the playbook was restarting may be down.",
		remedy: `Deploy again. ${restart}`
	});
}
async function requireHealth(request, before, ports) {
	const facts = await ports.server.probe();
	const { stage, why } = actualStage(facts);
	const down = [
		facts.postgres,
		facts.synapse,
		...request.after === "off" ? [] : [facts.mas]
	].filter(isDown);
	const lostDelegation = actualStage(before).stage === "live" && stage !== "live";
	if (down.length > 0 || before.synapse.accounts > 0 && (stage === "inconsistent" || lostDelegation)) throw new ToolkitError({
		reason: "unhealthy",
		what: down.length > 0 ? `After the deployment ${down.map((unit) => `${unit.name} is ${unit.active || "missing"}`).join(", ")}.` : lostDelegation ? `After the deployment Synapse no longer delegates to MAS: ${why}` : `After the deployment the server matches no stage of a migration: ${why}`,
		where: request.host,
		meaning: down.some((unit) => unit.name === facts.synapse.name) ? "Users cannot reach their homeserver." : "Users are not affected as long as Synapse uses its built-in login.",
		remedy: "Run on the server: `journalctl -u matrix-synapse -u matrix-authentication-service -n 50`"
	});
	ports.print(`${request.host}: stage of the server: ${stage}. ${why}`);
	return stage;
}

// src/actions/deploy/run.ts
async function deployServers(given, runtime) {
	const inputs = await withEventBase(given, runtime);
	const targets = await resolveTargets(inputs, runtime);
	const deployments = [];
	try {
		for (const target of targets.targets) deployments.push(await deployOne(inputs, targets, target, runtime));
		return { deployments };
	} catch (error) {
		return {
			deployments,
			error
		};
	}
}
async function deployOne(inputs, targets, target, runtime) {
	const { address, desired, before } = target;
	const { checkout } = targets;
	const { restartVariable } = checkout.capabilities;
	const request = {
		host: address.inventoryName,
		after: desired.stage,
		...before === void 0 ? {} : { before },
		...restartVariable === void 0 ? {} : { restartVariable },
		...inputs.tags === void 0 ? {} : { tags: inputs.tags.split(/[\s,]+/).filter(Boolean) }
	};
	const { files } = runtime.repository;
	const digest = varsDigest(files, inputs.inventory, checkout, inputs.extraVars, address.inventoryName);
	return withServer(targets, target, runtime, (connected) => deployHost(request, {
		...connected,
		signal: runtime.signal,
		begin: () => beginDeployment(connected.server),
		remember: (outcome) => recordDeployment(connected.server, digest, desired.stage, outcome)
	}));
}

// src/actions/deploy/action.ts
const inputTable = {
	...serverInputs,
	...maxHosts(1),
	tags: optional(text()),
	"json-path": optional(text())
};
const deploy = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, runtime) {
	const { port } = runtime;
	const { deployments, error } = await deployServers(inputs, cancellable(runtime));
	const hosts = deployments.map(({ host, plan, stageAfter = "", changed }) => ({
		host,
		plan,
		stage: stageAfter,
		changed: changed.length
	}));
	const remedy = error instanceof ToolkitError ? ` ${error.remedy}` : "";
	const failure = error instanceof Error ? `${error.message}${remedy}` : void 0;
	const report = {
		kind: "deployment",
		deployments,
		ok: error === void 0,
		failure
	};
	await port.show(report);
	writeJson(runtime, inputs.jsonPath, report);
	port.setOutput("hosts", JSON.stringify(hosts));
	port.setOutput("stage", commonValue(hosts.map(({ stage }) => stage)));
	const changed = hosts.reduce((sum, each) => sum + each.changed, 0);
	port.setOutput("changed", String(changed));
	if (error !== void 0) throw error;
	return { sentence: deploymentSentence(deployments) };
}

export { deploy as t };