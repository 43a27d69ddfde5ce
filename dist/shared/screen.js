import { d as codeOf } from "./folders.js";
import { stripVTControlCharacters, styleText } from "node:util";

// src/cli/screen.ts
function processScreen() {
	const { stdout, stderr, stdin } = process;
	for (const stream of [stdout, stderr]) stream.on("error", reportUnwritable);
	const painting = (stream) => (style, text) => stream.isTTY && stream.hasColors() ? styleText(style, text, { validateStream: false }) : text;
	return {
		out: (text) => stdout.write(text),
		err: (text) => stderr.write(text),
		width: Math.min(stdout.columns || 80, 100),
		isTerminal: stdout.isTTY === true,
		isLive: stderr.isTTY === true && stdin.isTTY === true,
		paint: painting(stdout),
		paintErr: painting(stderr)
	};
}
function reportUnwritable(error) {
	const code = codeOf(error);
	if (code === "EPIPE") return;
	process.stderr.write(`Error: The output cannot be written (${code ?? error.message}).\n`);
	process.once("exit", () => {
		process.exitCode ||= 1;
	});
}
function wrapped(text, width, indentation = "") {
	const most = Math.max(20, width - indentation.length);
	return text.split("\n").flatMap((paragraph) => {
		const lines = [""];
		for (const word of paragraph.split(" ")) {
			const line = lines.at(-1) ?? "";
			if (line === "" || columns(line) + 1 + columns(word) <= most) lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
			else lines.push(word);
		}
		return lines;
	}).map((line) => `${indentation}${line}`.trimEnd()).join("\n");
}
function columns(text) {
	return stripVTControlCharacters(text).length;
}

export { wrapped as n, processScreen as t };