import { _ as withPageAddresses, i as shellWords, t as codeOf } from "./reading.js";
import { i as ToolkitError } from "./exec.js";
import { d as diskFiles } from "./git.js";
import { W as placeText } from "./run-action.js";
import { _ as capitalised, h as startApply } from "./stage.js";
import { f as openFindings } from "./account-counts.js";
import { r as likelyInventories } from "./inventory-of.js";
import { n as validate } from "./run.js";
import { existsSync } from "node:fs";
import { stripVTControlCharacters, styleText } from "node:util";
import { resolve, sep } from "node:path";

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
	[new RegExp(`\\b([Mm])${startApply.slice(1)}, with operation: (\\w+)(?: and confirm-lost-sessions: (\\w+))?`, "g"), (_, first = "", operation = "", sessions = "") => `${run(first)} \`${programName} ${operation}${sessions && ` --confirm-lost-sessions ${sessions}`}\``],
	[/,? or run the action `setup`[^.]*(?=\.)/g, ""],
	[/, or run actions\/setup-python[^.]*(?=\.)/g, ""],
	[/Add `submodules: true` to the step with actions\/checkout[^.]*\./g, "Run `git submodule update --init`."],
	[/Set `fetch-depth: 2` on actions\/checkout[^,]*, or/g, "Fetch it with `git fetch`, or"],
	[/\b(run )?the action (deploy|doctor|migrate|syn2mas-dry-run|validate-config)\b/gi, (_, verb = "", action = "") => `${verb}\`${programName} ${commandsByAction[action]}\``],
	[/\b([Rr])un syn2mas-dry-run\b/g, (_, first = "") => `${run(first)} \`${programName} rehearse\``],
	[/\b([Rr])un (migrate|deploy) again\b/g, (_, first = "", name = "") => `${run(first)} \`${programName} ${name}\` again`],
	[/\bOn GitHub: Actions → Apply a change to the Matrix server → Run workflow\. Choose `operation: (\w+)` and this host: $/g, `Run \`${programName} $1\` for `],
	[/\bstart the workflow manually with `operation: (\w+)`/g, `run \`${programName} $1\``],
	[/`operation: (\w+)`/g, `\`${programName} $1\``],
	[/\bmerging this change\b/g, "applying this change"],
	[/\b([Mm])erging\b/g, (_, first = "") => `${first === "M" ? "A" : "a"}pplying these vars`],
	[/\bUse a runner\b/g, "Use a machine"],
	[/\bwhether the runner\b/g, "whether this machine"],
	[/\bfrom the runner's\b/g, "from this machine's"],
	[/\bthe runner\b/g, "the machine that runs Ansible"],
	[/\bthe workspace\b/g, "the current folder"],
	[/\bAn input is\b/g, "An option is"],
	[/\b(\d+) inputs are\b/g, "$1 options are"],
	[/`ssh-private-key`/g, "`--ssh-key-file`"],
	[/Set the secret to the whole file of the private key[^.]*\./g, "Name the file of a private key."],
	[/`with:` of the step, or the options/g, "the options"],
	[/docs\/reference describes every input\./g, "Add `--help` to the command to read about its options."],
	[/\bthe input `/g, "the option `"]
];
function run(first) {
	return first === "M" || first === "R" ? "Run" : "run";
}
function inTerminalWords(text, options, offer = (command, rest = "") => `${programName} ${command}${rest}`) {
	const asCalled = replacements.reduce((before, [pattern, by]) => typeof by === "string" ? before.replace(pattern, by) : before.replace(pattern, by), text).replaceAll(/`(?:npx )?matrix-auth-actions ([a-z][a-z-]*)( [^`]*)?`/g, (_, command, rest = "") => `\`${offer(command, rest)}\``);
	return withPageAddresses(asCalled).replace(/`([a-z][a-z\d-]*)(?:: ([\w./-]+))?`/g, (all, name, value) => {
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
		for (const word of wordsOf(paragraph)) {
			const line = lines.at(-1) ?? "";
			if (line === "" || columns(line) + 1 + columns(word) <= most) lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
			else lines.push(word);
		}
		return lines;
	}).map((line) => `${indentation}${line}`.trimEnd()).join("\n");
}
function wordsOf(text) {
	return text.replace(/`[^`]+`/g, (code) => code.replaceAll(" ", "\0")).split(" ").map((word) => word.replaceAll("\0", " "));
}
function columns(text) {
	return stripVTControlCharacters(text).length;
}

// src/cli/inventory.ts
const usualInventories = [
	"inventory/hosts",
	"inventory/hosts.yml",
	"inventory/hosts.yaml",
	"inventory/hosts.ini"
];
function usualInventory(root) {
	const files = diskFiles(root);
	const [found, ...others] = usualInventories.filter((path) => files.entry(path).kind !== "absent");
	if (found !== void 0 && others.length === 0) return found;
	const above = found === void 0 ? folderAbove(root) : void 0;
	const likely = found ?? likelyInventories(files)[0];
	throw new ToolkitError({
		reason: "input-invalid",
		what: found === void 0 ? "No inventory was found." : "More than one inventory was found.",
		where: (found === void 0 ? usualInventories : [found, ...others]).join(", "),
		remedy: above ? `Run the command in the folder that contains inventory/: cd ${above}` : `${found === void 0 ? "Run the command in the folder that contains inventory/, or set" : "Set"} its path: --inventory ${likely === void 0 ? "PATH" : shellWords([likely])}`
	});
}
function isUsualInventory(path) {
	return usualInventories.includes(path);
}
function folderAbove(root) {
	const depth = root.split(sep).filter(Boolean).length;
	return Array.from({ length: depth }, (_, index) => Array(index + 1).fill("..").join("/")).find((way) => usualInventories.some((path) => existsSync(resolve(root, way, path))));
}
const unreadable = /^(?:inventory\/|trust\/(?:inventory-|executable-)|playbook\/no-host$)/;
function readingErrors(findings) {
	return openFindings(findings).filter(({ id, severity }) => severity === "error" && unreadable.test(id));
}
function requireReadable(sources) {
	const [error] = readingErrors(validate(sources).findings);
	if (!error) return;
	const { message, place, remedy } = error;
	throw new ToolkitError({
		reason: "inventory-unreadable",
		what: `${capitalised(message)}.`,
		where: place ? placeText(place) : [sources.inventory].flat().join(", "),
		remedy
	});
}

export { processScreen as a, programName as c, usualInventory as i, readingErrors as n, wrapped as o, requireReadable as r, inTerminalWords as s, isUsualInventory as t };