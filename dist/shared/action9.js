import { t as annotations } from "./annotations.js";
import { r as renderRehearsal } from "./forecast.js";
import { t as writeReport } from "./report-file.js";
import { t as cancellation } from "./cancellation.js";
import { i as optional, s as text, t as flag } from "./inputs.js";
import { a as appendSummary, i as annotate, o as maskSecret, s as setOutput, t as defineAction } from "./run-action.js";
import { A as serverInputs, k as accessOf, t as withServer } from "./with-server.js";
import { a as receiptOf, i as circumstancesOf, o as storeReceipt, r as rehearse, t as doesNotPass } from "./for-migration.js";
import { r as systemClock } from "./server.js";
import { t as ToolkitError } from "./errors.js";

// src/actions/syn2mas-dry-run/run.ts
async function rehearseServers(inputs, root, environment, log, abort) {
	const access = await accessOf(inputs, root, environment);
	const forecasts = [];
	const receipts = [];
	let error;
	for (const target of access.targets) try {
		const { receipt, forecast, failure } = await rehearseOne(inputs, access, target, log, abort);
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
async function rehearseOne(inputs, access, target, log, abort) {
	const { inventory, checkout, trust } = access;
	return withServer(inputs, access, target, log, async ({ session, print }) => {
		const side = {
			session,
			playbook: {
				checkout,
				inventory,
				host: target.address.inventoryName,
				extraVars: inputs.extraVars,
				present: {},
				trust,
				...inputs.vaultPassword === void 0 ? {} : { vaultPassword: inputs.vaultPassword }
			},
			clock: systemClock,
			log: {
				info: print,
				warning: print
			},
			...abort === void 0 ? {} : { abort }
		};
		const rehearsal = await rehearse(side, { allowInPlace: inputs.allowInPlace });
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
	if (inputs.vaultPassword !== void 0) maskSecret(inputs.vaultPassword);
	const { forecasts, receipts, error } = await rehearseServers(inputs, root, environment, log, cancellation());
	const findings = forecasts.flatMap((forecast) => forecast.findings);
	annotations(findings).shown.forEach(annotate);
	writeReport(root, inputs.jsonPath, `${JSON.stringify({
		version: 1,
		forecasts,
		receipts
	}, void 0, 2)}\n`);
	await appendSummary(renderRehearsal(forecasts));
	setOutput("passes", String(error === void 0));
	setOutput("findings", String(findings.length));
	setOutput("forecast-seconds", String(Math.max(0, ...forecasts.map((each) => each.windowSeconds ?? 0))));
	if (error !== void 0) throw error;
}

export { syn2masDryRun as t };