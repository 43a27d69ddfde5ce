import { t as annotations } from "./annotations.js";
import { r as renderRehearsal } from "./forecast.js";
import { t as jsonText } from "./escape.js";
import { t as writeReport } from "./report-file.js";
import { t as cancellation } from "./cancellation.js";
import { c as text, i as optional, t as flag } from "./inputs.js";
import { a as appendSummary, i as annotate, s as setOutput, t as defineAction } from "./run-action.js";
import { A as serverInputs, k as resolveTargets, t as withServer } from "./with-server.js";
import { a as receiptOf, i as circumstancesOf, o as storeReceipt, r as rehearse, t as doesNotPass } from "./for-migration.js";
import { r as systemClock } from "./server.js";
import { t as ToolkitError } from "./errors.js";

// src/actions/syn2mas-dry-run/run.ts
async function rehearseServers(inputs, root, environment, log, abort) {
	const targets = await resolveTargets(inputs, root, environment);
	const forecasts = [];
	const receipts = [];
	let error;
	for (const target of targets.targets) try {
		const { receipt, forecast, failure } = await rehearseOne(inputs, targets, target, log, abort);
		receipts.push(receipt);
		forecasts.push(forecast);
		error ??= failure;
	} catch (cause) {
		forecasts.push(failed(target.address.inventoryName, cause));
		error ??= cause;
		if (abort?.aborted) break;
	}
	return {
		forecasts,
		receipts,
		...error === void 0 ? {} : { error }
	};
}
function failed(host, cause) {
	return {
		host,
		verdict: "failed",
		message: cause instanceof ToolkitError ? cause.message : "The rehearsal failed on a bug of this toolkit.",
		findings: []
	};
}
async function rehearseOne(inputs, targets, target, log, abort) {
	const { checkout } = targets;
	return withServer(inputs, targets, target, log, async ({ server, playbook, print }) => {
		const { session } = server;
		const ports = {
			...server,
			playbook,
			clock: systemClock,
			log: {
				info: print,
				warning: print
			},
			...abort === void 0 ? {} : { abort }
		};
		const rehearsal = await rehearse(ports, { allowInPlace: inputs.allowInPlace });
		const circumstances = await circumstancesOf(session, rehearsal.facts, checkout, target.host);
		const receipt = receiptOf(rehearsal, circumstances);
		await storeReceipt(session, receipt);
		return {
			receipt,
			forecast: {
				...forecastOf(receipt, rehearsal.findings),
				toolOutput: rehearsal.result.lastLines
			},
			...rehearsal.passes ? {} : { failure: doesNotPass(rehearsal) }
		};
	});
}
function forecastOf(receipt, findings) {
	const { host, passes, forecastSeconds, at } = receipt;
	const users = receipt.counts.users ?? 0;
	const counts = Object.entries(receipt.counts).filter(([, count]) => count !== null);
	return {
		host,
		verdict: !passes ? "failed" : findings.length > 0 ? "findings" : "clean",
		message: passes ? `The migration would carry over ${users} accounts; users would wait about ${forecastSeconds} s.` : "The migration would fail, and the server would go back to its own login.",
		counts: Object.fromEntries(counts),
		windowSeconds: forecastSeconds,
		rehearsedAt: at,
		findings
	};
}

// src/actions/syn2mas-dry-run/action.ts
const inputTable = {
	...serverInputs,
	"allow-in-place": flag(false),
	"json-path": optional(text())
};
const syn2masDryRun = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, { root, environment, log }) {
	const { forecasts, receipts, error } = await rehearseServers(inputs, root, environment, log, cancellation());
	const findings = forecasts.flatMap((forecast) => forecast.findings);
	annotations(findings).shown.forEach(annotate);
	writeReport(root, inputs.jsonPath, jsonText({
		version: 1,
		forecasts,
		receipts
	}));
	await appendSummary(renderRehearsal(forecasts));
	setOutput("passes", String(error === void 0));
	setOutput("findings", String(findings.length));
	setOutput("expected-downtime-seconds", String(Math.max(0, ...forecasts.map((each) => each.windowSeconds ?? 0))));
	if (error !== void 0) throw error;
}

export { syn2masDryRun as t };