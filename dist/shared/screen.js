import { t as codeOf } from "./reading.js";
import { stripVTControlCharacters, styleText } from "node:util";

// src/cli/words.ts
const programName = "matrix-auth-actions";
const commandsByAction = {
	"syn2mas-dry-run": "rehearse",
	"validate-config": "validate",
	deploy: "deploy",
	doctor: "doctor",
	migrate: "migrate"
};
const replacements = [
	[/\b([Mm])anually start the workflow that runs migrate(?:, with operation: (\w+)(?: and confirm-lost-sessions: (\w+))?)?/g, (_, first = "", operation = "migrate", sessions = "") => `${run(first)} \`${programName} ${operation}${sessions && ` --confirm-lost-sessions ${sessions}`}\``],
	[/,? or run the action `setup`[^.]*(?=\.)/g, ""],
	[/, or run actions\/setup-python[^.]*(?=\.)/g, ""],
	[/Add `submodules: true` to the step with actions\/checkout[^.]*\./g, "Run `git submodule update --init`."],
	[/Set `fetch-depth: 2` on actions\/checkout[^,]*, or/g, "Fetch it with `git fetch`, or"],
	[/\b(run )?the action (deploy|doctor|migrate|syn2mas-dry-run|validate-config)\b/gi, (_, verb = "", action = "") => `${verb}\`${programName} ${commandsByAction[action]}\``],
	[/\b([Rr])un syn2mas-dry-run\b/g, (_, first = "") => `${run(first)} \`${programName} rehearse\``],
	[/\b([Rr])un (migrate|deploy) again\b/g, (_, first = "", name = "") => `${run(first)} \`${programName} ${name}\` again`],
	[/\bStart the workflow that applies changes manually, with `operation: (\w+)` and this host: $/g, `Run \`${programName} $1\` with \`--limit\` `],
	[/\bstart the workflow manually with `operation: (\w+)`/g, `run \`${programName} $1\``],
	[/`operation: (\w+)`/g, `\`${programName} $1\``],
	[/\bmerging this change\b/g, "applying this change"],
	[/\b([Mm])erging\b/g, (_, first = "") => `${first === "M" ? "A" : "a"}pplying these vars`],
	[/\bAn input is\b/g, "An option is"],
	[/\b(\d+) inputs are\b/g, "$1 options are"],
	[/`ssh-private-key`/g, "`--ssh-key-file`"],
	[/Set the secret to the whole file of the private key[^.]*\./g, "Name the file of a private key. `ssh-keygen -p -f FILE` removes its passphrase."],
	[/`with:` of the step, or the options/g, "the options"],
	[/Correct the inputs that are listed above\.[^.]*\./g, "Correct these options. Add `--help` to the command to read about them."],
	[/\bthe input `/g, "the option `"]
];
function run(first) {
	return first === "M" || first === "R" ? "Run" : "run";
}
function inTerminalWords(text, options, call = programName) {
	return replacements.reduce((before, [pattern, by]) => typeof by === "string" ? before.replace(pattern, by) : before.replace(pattern, by), text).replaceAll(`\`${programName} `, `\`${call} `).replace(/`([a-z][a-z\d-]*)(?:: ([\w./-]+))?`/g, (all, name, value) => {
		if (options.has(`no-${name}`)) return value === "true" ? `\`--${name}\`` : `\`--no-${name}\``;
		if (options.has(name)) return `\`--${name}${value === void 0 || value === "true" ? "" : ` ${value}`}\``;
		if (options.has(`${name}-file`) && value === void 0) return `\`--${name}-file\``;
		const command = value === void 0 ? commandsByAction[name] : void 0;
		return command === void 0 ? all : `\`${command}\``;
	});
}

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
		call: callOf(process.env),
		paint: painting(stdout),
		paintErr: painting(stderr)
	};
}
function callOf(environment) {
	return environment.npm_command === "exec" && environment.npm_lifecycle_event === "npx" ? `npx ${programName}` : programName;
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

export { programName as i, wrapped as n, inTerminalWords as r, processScreen as t };