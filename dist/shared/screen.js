import { styleText } from "node:util";

// src/cli/screen.ts
function processScreen() {
	const { stdout, stderr, stdin } = process;
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
function wrapped(text, width, indentation = "") {
	const most = Math.max(20, width - indentation.length);
	return text.split("\n").flatMap((paragraph) => {
		const lines = [""];
		for (const word of paragraph.split(" ")) {
			const line = lines.at(-1) ?? "";
			if (line === "" || line.length + 1 + word.length <= most) lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
			else lines.push(word);
		}
		return lines;
	}).map((line) => `${indentation}${line}`.trimEnd()).join("\n");
}

export { wrapped as n, processScreen as t };