import { i as logText, n as commandProperty, t as commandData } from "./escape.js";
import { appendFileSync, writeSync } from "node:fs";

// src/support/runner.ts
const thisRunner = {
	environment: process.env,
	write: (text) => writeOut(text)
};
function annotation(kind, properties, message) {
	const pairs = Object.entries(properties).filter(([, value]) => value !== void 0 && value !== "").map(([name, value]) => `${name}=${commandProperty(String(value))}`);
	return `::${kind}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${commandData(message)}`;
}
function printLog(runner, text) {
	runner.write(`${logText(text)}\n`);
}
function printAnnotation(runner, kind, properties, message) {
	runner.write(`${annotation(kind, properties, message)}\n`);
}
function maskSecret(runner, secret) {
	for (const line of secret.split(/\r\n|\n|\r/)) if (line.trim() !== "") runner.write(`::add-mask::${line.replaceAll("%", "%25")}\n`);
}
function setOutput(runner, name, value) {
	const file = runner.environment.GITHUB_OUTPUT;
	if (!file) {
		printLog(runner, `${name}: ${value}`);
		return;
	}
	const end = delimiterFor(value);
	appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
}
function delimiterFor(value) {
	let number = 0;
	while (value.includes(`end_${number}_`)) number += 1;
	return `end_${number}_`;
}
function writeOut(text) {
	const bytes = Buffer.from(text);
	let at = 0;
	while (at < bytes.length) try {
		at += writeSync(1, bytes, at);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
	}
}
function appendSummary(runner, markdown) {
	const file = runner.environment.GITHUB_STEP_SUMMARY;
	if (file) appendFileSync(file, `${markdown}\n`);
}

export { printLog as a, printAnnotation as i, appendSummary as n, setOutput as o, maskSecret as r, thisRunner as s, annotation as t };