let node_path = require("node:path");
let node_fs = require("node:fs");
let node_module = require("node:module");
let node_vm = require("node:vm");

// src/support/compiled.ts
const head = "(function (exports, require, module, __filename, __dirname) { ";
function runCompiled(file, { folder, content }) {
	const name = `${content}-${process.version}-${process.arch}`;
	const cachedData = folder === void 0 ? void 0 : readIfThere((0, node_path.join)(folder, name));
	const script = new node_vm.Script(`${head}${(0, node_fs.readFileSync)(file, "utf8")}\n})`, {
		filename: file,
		columnOffset: -62,
		...cachedData && { cachedData }
	});
	if (folder !== void 0 && (!cachedData || script.cachedDataRejected)) process.on("exit", () => keep(script, folder, name));
	const run = script.runInThisContext();
	if (typeof run !== "function") throw new Error(`${file} is no function`);
	const module = { exports: {} };
	run(module.exports, (0, node_module.createRequire)(file), module, file, (0, node_path.dirname)(file));
}
function readIfThere(file) {
	try {
		return (0, node_fs.readFileSync)(file);
	} catch {
		return;
	}
}
function keep(script, folder, name) {
	try {
		(0, node_fs.mkdirSync)(folder, {
			recursive: true,
			mode: 448
		});
		const partial = (0, node_path.join)(folder, `${name}.${process.pid}`);
		(0, node_fs.writeFileSync)(partial, script.createCachedData(), { mode: 384 });
		(0, node_fs.renameSync)(partial, (0, node_path.join)(folder, name));
		for (const other of (0, node_fs.readdirSync)(folder)) if (other !== name) (0, node_fs.rmSync)((0, node_path.join)(folder, other), {
			recursive: true,
			force: true
		});
	} catch {}
}
function compiledFolder(environment) {
	const { HOME, XDG_CACHE_HOME, RUNNER_ENVIRONMENT } = environment;
	const home = XDG_CACHE_HOME || HOME && `${HOME}/.cache`;
	if (!home?.startsWith("/") || RUNNER_ENVIRONMENT === "github-hosted") return void 0;
	return `${home}/matrix-auth-actions/compiled`;
}

// src/actions/validation/start.ts
runCompiled((0, node_path.join)(__dirname, "quick/validate-config.cjs"), {
	folder: compiledFolder(process.env),
	content: "8929f5083cea5195"
});

//# sourceMappingURL=validate-config.cjs.map