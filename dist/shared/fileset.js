import { i as ToolkitError } from "./exec.js";
import { p as folderOf } from "./git.js";

// src/migration/run/fileset.ts
const expected = /* @__PURE__ */ new Map([
	["/matrix/synapse/config", /^(homeserver\.yaml|[\w.-]+\.log\.config)$/],
	["/matrix/synapse/bin", /^[\w-]+$/],
	["/matrix/synapse/ext", /^[\w-]+\.py$/],
	["/matrix/matrix-authentication-service/config", /^(config\.yaml|labels|env)$/],
	["/matrix/static-files/public/.well-known/matrix", /^[\w-]+$/],
	["/matrix/client-element", /^config\.json$/],
	["/etc/systemd/system", /^matrix-(synapse(-worker-[\w-]+)?|authentication-service)\.service$/]
]);
const foldersOfFileSet = [...expected.keys()];
function isExpectedFile(path) {
	const folder = folderOf(path);
	return expected.get(folder)?.test(path.slice(folder.length + 1)) ?? false;
}
const directions = {
	migrate: {
		name: "The migration",
		unchanged: "Synapse would not delegate to MAS",
		remedy: "Remove matrix_authentication_service_migration_in_progress from the vars."
	},
	rollback: {
		name: "The rollback",
		unchanged: "Synapse would still delegate to MAS",
		remedy: "Set matrix_authentication_service_migration_in_progress: true in these vars."
	}
};
function checkFileSet(files, direction, host) {
	const { name, unchanged, remedy } = directions[direction];
	const unexpected = files.filter((file) => !isExpectedFile(file.path));
	if (unexpected.length > 0) throw refused(host, `${name} would also change ${unexpected.map((file) => file.path).join(", ")}.`, "Deploy the other changes first, in a separate pull request. This operation changes only authentication.");
	if (!files.some((file) => file.path.endsWith("/homeserver.yaml"))) throw refused(host, `${name} leaves homeserver.yaml unchanged, so ${unchanged}.`, remedy);
	const upgraded = files.find((file) => file.path.endsWith(".service") && images(file.before) !== images(file.after));
	if (upgraded) throw refused(host, `${name} would also change the image in ${upgraded.path}.`, "Deploy the new version first, in a separate pull request. This operation does not change versions.");
}
function images(unit) {
	return (unit?.match(/\S+\/\S+:v?\d+\.\d+[\w.-]*/g) ?? []).join(" ");
}
function refused(host, what, remedy) {
	return new ToolkitError({
		reason: "refused-state",
		what,
		where: host,
		remedy
	});
}

export { foldersOfFileSet as n, isExpectedFile as r, checkFileSet as t };