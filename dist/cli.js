import { b as readInputs } from "./shared/git.js";
import { t as Repository } from "./shared/repository.js";
import { n as validationSources, r as validationInputs } from "./shared/sources.js";
import { r as requireClean } from "./shared/outcome.js";
import { a as renderJson, i as renderText, n as validate, r as withProposals } from "./shared/run.js";
import { i as ToolkitError } from "./shared/exec.js";
import { n as logText } from "./shared/escape.js";
import { parseArgs } from "node:util";

// src/cli.ts
const usage = `usage: matrix-auth-actions validate [options]

Checks the inventory in the current folder. Reads files only: runs nothing, contacts no server.
  --inventory PATH          inventory file or folder (inventory/hosts)
  --limit PATTERN           hosts or groups, separated by commas
  --playbook-path DIR       checkout of the playbook
  --base-ref COMMIT         commit to compare with, to see what merging does
  --base-path DIR           folder with that commit, instead of --base-ref
  --fail-on LEVEL           error, warning or never (error)
  --accepted-findings FILE  findings that you accept (accepted-findings.yml)
  --json                    print JSON
`;
const options = {
	...Object.fromEntries([
		"inventory",
		"limit",
		"playbook-path",
		"base-ref",
		"base-path",
		"fail-on",
		"accepted-findings"
	].map((name) => [name, { type: "string" }])),
	json: {
		type: "boolean",
		default: false
	},
	help: {
		type: "boolean",
		short: "h",
		default: false
	}
};
async function main(argv) {
	const { values, positionals } = parse(argv);
	const [command] = positionals;
	if (values.help || command !== "validate" || positionals.length > 1) {
		process.stdout.write(usage);
		return values.help ? 0 : 2;
	}
	const inputs = readInputs(validationInputs, (name) => {
		const value = values[name];
		return typeof value === "string" ? value : void 0;
	});
	const sources = await validationSources(inputs, new Repository(process.cwd()));
	const { verdict } = await withProposals(validate(sources), sources, false);
	process.stdout.write(values.json ? renderJson(verdict) : `${renderText(verdict)}\n`);
	requireClean(verdict, inputs.failOn);
	return 0;
}
function parse(args) {
	try {
		return parseArgs({
			args,
			options,
			allowPositionals: true
		});
	} catch (cause) {
		throw new ToolkitError({
			reason: "input-invalid",
			what: "An option is unknown or has no value.",
			remedy: "Run `matrix-auth-actions --help`.",
			cause
		});
	}
}
try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof ToolkitError)) throw error;
	process.stderr.write(`${logText(error.describe())}\n`);
	process.exitCode = error.reason === "input-invalid" ? 2 : 1;
}

export {  };