import { T as text, b as optional } from "./git.js";
import { n as writePage, t as writeJson } from "./report-files.js";
import { p as rehearsalMessages, r as defineAction, t as cancellable } from "./run-action.js";
import { a as resolveTargets, i as maxHosts, o as serverInputs, t as withServer } from "./with-server.js";
import { t as systemClock } from "./clock.js";
import { h as actualStage, w as isLocked } from "./names.js";
import { a as circumstancesOf, i as rehearse, n as doesNotPass, o as receiptOf, s as storeReceipt, t as decisions } from "./evaluated-findings.js";
import { i as ToolkitError } from "./exec.js";
import { o as withEventBase } from "./event-base.js";

// src/actions/syn2mas-dry-run/run.ts
async function rehearseServers(inputs, runtime) {
	const hosts = [];
	const receipts = [];
	let targets;
	try {
		targets = await resolveTargets(await withBase(inputs, runtime), runtime);
	} catch (cause) {
		return {
			hosts: [failed(inputs.limit ?? "all hosts", cause)],
			receipts,
			error: cause
		};
	}
	let error;
	for (const target of targets.targets) try {
		const { receipt, report, failure } = await rehearseOne(targets, target, runtime);
		if (receipt) receipts.push(receipt);
		hosts.push(report);
		error ??= failure;
	} catch (cause) {
		hosts.push(failed(target.address.inventoryName, cause));
		error ??= cause;
		if (runtime.signal.aborted) break;
	}
	return {
		hosts,
		receipts,
		...error === void 0 ? {} : { error }
	};
}
function withBase(inputs, runtime) {
	return withEventBase(inputs, runtime).catch((error) => {
		if (!(error instanceof ToolkitError)) throw error;
		runtime.log(`The commit before the change is not compared: ${error.message}`);
		return inputs;
	});
}
function failed(host, cause) {
	return {
		host,
		verdict: "failed",
		message: cause instanceof ToolkitError ? `${cause.message} ${cause.remedy}` : "The rehearsal failed because of a bug in matrix-auth-actions.",
		findings: []
	};
}
async function rehearseOne(targets, target, runtime) {
	return withServer(targets, target, runtime, async ({ server, playbook, print }) => {
		const facts = await server.probe();
		const report = target.desired.stage === "live" ? alreadyLive(facts) : void 0;
		if (report) return { report };
		const { session } = server;
		const ports = {
			...server,
			playbook,
			clock: systemClock,
			log: {
				info: print,
				warning: print
			},
			abort: runtime.signal,
			...decisions(targets, target, playbook)
		};
		const rehearsal = await rehearse(ports, { facts });
		const circumstances = await circumstancesOf(server.window, rehearsal.facts, playbook, target.host);
		const receipt = receiptOf(rehearsal, circumstances);
		await storeReceipt(session, receipt);
		return {
			receipt,
			report: {
				...reportOf(receipt, rehearsal.findings),
				toolOutput: rehearsal.result.lastLines
			},
			...rehearsal.passes ? {} : { failure: doesNotPass(rehearsal) }
		};
	});
}
function alreadyLive(facts) {
	if (isLocked(facts.ours) || actualStage(facts).stage !== "live") return void 0;
	return {
		host: facts.host,
		verdict: "live",
		message: "Synapse already delegates to MAS, as the vars say: there is nothing to rehearse.",
		findings: []
	};
}
function reportOf(receipt, findings) {
	const { host, passes, expectedWindowSeconds, at } = receipt;
	const counts = Object.entries(receipt.counts).filter(([, count]) => count !== null);
	const verdict = !passes ? "would-fail" : receipt.findings.length > 0 ? "findings" : "clean";
	return {
		host,
		verdict,
		message: rehearsalMessages[verdict],
		counts: Object.fromEntries(counts),
		expectedWindowSeconds,
		rehearsedAt: at,
		findings
	};
}

// src/actions/syn2mas-dry-run/action.ts
const inputTable = {
	...serverInputs,
	...maxHosts(1),
	"json-path": optional(text())
};
const syn2masDryRun = defineAction({
	inputs: inputTable,
	hasPage: true,
	run
});
async function run(inputs, runtime) {
	const { port } = runtime;
	const { hosts, receipts, error } = await rehearseServers(inputs, cancellable(runtime));
	const report = {
		kind: "rehearsal",
		hosts,
		receipts
	};
	await port.show(report);
	writeJson(runtime, inputs.jsonPath, report);
	writePage(runtime, inputs.jsonPath, report);
	port.setOutput("passes", String(error === void 0));
	port.setOutput("findings", String(hosts.flatMap((host) => host.findings).length));
	const windows = hosts.map(({ expectedWindowSeconds = 0 }) => expectedWindowSeconds);
	port.setOutput("expected-window-seconds", String(Math.max(0, ...windows)));
	if (error !== void 0) throw error;
}

export { syn2masDryRun as t };