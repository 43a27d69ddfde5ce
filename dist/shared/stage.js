import { i as ToolkitError } from "./exec.js";
import { a as markdownBlock, c as markdownSentence, n as joinMarkdown, o as markdownCode, s as markdownHtml, u as markdownText } from "./escape.js";
import { a as gitNow, c as failureLine, d as diskFiles, f as byCodeUnit, i as git, p as folderOf } from "./git.js";
import { c as counted } from "./account-counts.js";
import { o as inProgressVariable } from "./variables.js";

// src/support/files/git-files.ts
const absent = {
	kind: "absent",
	size: 0,
	executable: false
};
const largestFile = 4194304;
const mostAtOnce = 67108864;
async function gitFiles(root, ref) {
	const objects = objectsOf(await tree(root, ref));
	const folders = foldersOf(objects);
	const contents = /* @__PURE__ */ new Map();
	return {
		entry: (path) => objects.get(path)?.entry ?? (folders.has(path) ? {
			...absent,
			kind: "directory"
		} : absent),
		read(path) {
			const object = objects.get(path);
			if (!object || !isReadable(object)) throw new Error(`not a file of the commit that can be read: ${path}`);
			const known = contents.get(object.id);
			if (known) return known;
			const folder = folderAround(path, folders);
			readContents(root, folder === void 0 ? [object] : objectsBelow(folder, objects), contents);
			return contents.get(object.id) ?? Buffer.alloc(0);
		},
		identity: (path) => path,
		list: (path) => [...folders.get(path)?.names ?? []].sort(byCodeUnit)
	};
}
const noFetch = { GIT_NO_LAZY_FETCH: "1" };
async function tree(root, ref) {
	if (!isPlain(ref)) throw await unknownRef(root, ref);
	const { code, stdout } = await git(root, [
		"ls-tree",
		"-r",
		"-l",
		"-z",
		`${ref}^{tree}`
	], noFetch);
	if (code !== 0) throw await unknownRef(root, ref);
	return stdout;
}
function isPlain(ref) {
	return /^[\w][\w./^~@{}-]*$/.test(ref);
}
function objectsOf(tree) {
	const objects = /* @__PURE__ */ new Map();
	for (const line of tree.split("\0")) {
		const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line);
		if (!match) continue;
		const [, mode = "", id = "", size = "", path = ""] = match;
		objects.set(path, {
			entry: entryOf(mode, size),
			id
		});
	}
	return objects;
}
function entryOf(mode, size) {
	if (mode === "120000") return {
		...absent,
		kind: "outside"
	};
	if (!mode.startsWith("100")) return {
		...absent,
		kind: "special"
	};
	return {
		kind: "file",
		size: Number(size),
		executable: mode === "100755"
	};
}
function isReadable({ entry }) {
	return entry.kind === "file" && entry.size <= largestFile;
}
function foldersOf(objects) {
	const folders = /* @__PURE__ */ new Map([["", {
		names: /* @__PURE__ */ new Set(),
		bytes: 0
	}]]);
	for (const [path, object] of objects) for (let child = path; child !== ""; child = folderOf(child)) {
		const name = folderOf(child);
		const folder = folders.get(name) ?? {
			names: /* @__PURE__ */ new Set(),
			bytes: 0
		};
		folders.set(name, folder);
		folder.names.add(child.slice(name === "" ? 0 : name.length + 1));
		if (isReadable(object)) folder.bytes += object.entry.size;
	}
	return folders;
}
function folderAround(path, folders) {
	const names = path.split("/");
	return names.map((_, count) => names.slice(0, count).join("/")).find((each) => (folders.get(each)?.bytes ?? 0) <= mostAtOnce);
}
function objectsBelow(folder, objects) {
	const start = folder === "" ? "" : `${folder}/`;
	return [...objects].filter(([path]) => path.startsWith(start)).map(([, object]) => object);
}
function readContents(root, objects, contents) {
	const sizes = new Map(objects.filter(isReadable).map(({ id, entry }) => [id, entry.size]));
	const ids = [...sizes.keys()].map((id) => `${id}\n`).join("");
	const { code, bytes } = gitNow(root, [
		"cat-file",
		"--batch",
		"--buffer"
	], ids, noFetch);
	if (code !== 0) throw missing();
	let at = 0;
	for (const [id, size] of sizes) {
		const header = Buffer.from(`${id} blob ${size}\n`);
		const start = at + header.length;
		if (!bytes.subarray(at, start).equals(header)) throw missing();
		contents.set(id, bytes.subarray(start, start + size));
		at = start + size + 1;
	}
}
async function unknownRef(root, ref) {
	const { code, stderr } = await git(root, ["rev-parse", "--git-dir"]);
	if (code === 0) return missing(isShown(ref) ? ` \`${ref}\`` : "");
	return new ToolkitError({
		reason: "input-invalid",
		what: `There is nothing to compare with: git cannot read a repository here (${failureLine(stderr)}).`,
		where: root,
		remedy: "Use a clone of the repository, or leave `base-ref` out."
	});
}
function isShown(ref) {
	return isPlain(ref) && (ref.length <= 15 || /^[0-9a-f]{40}$/.test(ref));
}
function missing(name = "") {
	return new ToolkitError({
		reason: "input-invalid",
		what: `The commit${name} of the input \`base-ref\` is not in this clone, or not all of it.`,
		where: "the input `base-ref`",
		remedy: "Set `fetch-depth: 2` on actions/checkout for `HEAD^1` of a pull request, or leave `base-ref` out."
	});
}

// src/actions/repository.ts
var Repository = class {
	root;
	files;
	#commits = /* @__PURE__ */ new Map();
	constructor(root) {
		this.root = root;
		this.files = diskFiles(root);
	}
	at(ref) {
		const files = this.#commits.get(ref) ?? gitFiles(this.root, ref);
		this.#commits.set(ref, files);
		return files;
	}
};

// src/support/indented.ts
function indented(text) {
	return text.replaceAll(/\n(?=[^\n])/g, "\n  ");
}

// src/report/document.ts
function code(text) {
	return {
		kind: "code",
		text
	};
}
function strong(text) {
	return {
		kind: "strong",
		text
	};
}
function link(label, address) {
	return address === void 0 ? label : {
		kind: "link",
		address,
		label
	};
}
function heading(level, ...text) {
	return {
		kind: "heading",
		level,
		text
	};
}
function paragraph(...text) {
	return {
		kind: "paragraph",
		lines: [text]
	};
}
function lines(...texts) {
	return {
		kind: "paragraph",
		lines: texts
	};
}
function list(items) {
	return items.length === 0 ? [] : [{
		kind: "list",
		items
	}];
}
function table(head, rows) {
	return rows.length === 0 ? [] : [{
		kind: "table",
		head: head.map((text) => [text]),
		rows
	}];
}
function block(text, language = "text") {
	return {
		kind: "block",
		language,
		text
	};
}
function folded(summary, blocks) {
	return blocks.length === 0 ? [] : [{
		kind: "folded",
		summary,
		blocks
	}];
}
function note(...text) {
	return {
		kind: "note",
		text
	};
}
function marker(name) {
	return {
		kind: "marker",
		name
	};
}
function isAddress(address) {
	return /^https?:\/\/[\w.:-]+(?:\/[\w.~:/?#@+,=%-]*)?$/.test(address);
}

// src/report/markdown.ts
function renderMarkdown(document) {
	return document.map(markdownOf).filter(Boolean).join("\n\n");
}
function markerLine(name) {
	if (!/^(?!.*--)[\w.:;,/~ -]*$/.test(name)) throw new Error("a marker has no character that could end it");
	return `<!-- ${name} -->`;
}
function markdownOf(block) {
	switch (block.kind) {
		case "heading": return `${"#".repeat(block.level)} ${inline(block.text)}`;
		case "paragraph": return block.lines.map(inline).filter(Boolean).join("<br>\n");
		case "list": return block.items.map((item) => `- ${indented(renderMarkdown(item))}`).join("\n");
		case "table": return tableOf(block.head, block.rows);
		case "block": return markdownBlock(block.text, block.language);
		case "folded": return `<details><summary>${markdownHtml(block.summary)}</summary>\n\n${renderMarkdown(block.blocks)}\n\n</details>`;
		case "timeline": return gantt(block.sections);
		case "note": return `<sub>${inline(block.text) || " "}</sub>`;
		case "marker": return markerLine(block.name);
	}
}
function inline(text) {
	return joinMarkdown(text.map(inlineOf)).trim();
}
function inlineOf(part) {
	if (typeof part === "string") return markdownSentence(part);
	switch (part.kind) {
		case "code": return markdownCode(part.text);
		case "strong": return part.text.trim() === "" ? "" : `**${markdownText(part.text.trim())}**`;
		case "link": {
			const label = inlineOf(part.label);
			return isAddress(part.address) ? `[${label}](${part.address})` : label;
		}
	}
}
function tableOf(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head.map(inline)),
		line(head.map(() => "---")),
		...rows.map((row) => line(row.map(inline)))
	].join("\n");
}
function gantt(sections) {
	const plain = (name) => name.replace(/[^A-Za-z0-9.' -]+/g, " ").trim().slice(0, 80) || "step";
	const rows = [];
	let start = 0;
	for (const { name, isDown, bars } of sections) {
		rows.push(`section ${plain(name)}`);
		for (const { name: bar, seconds } of bars) {
			const duration = Math.max(1, Math.round(seconds * 1e3));
			rows.push(`${plain(bar)} ${seconds.toFixed(1)} s :${isDown ? "crit, " : ""}${start}, ${duration}ms`);
			start += duration;
		}
	}
	return [
		"```mermaid",
		"gantt",
		"dateFormat x",
		"axisFormat %M:%S",
		...rows,
		"```"
	].join("\n");
}

// src/domain/health-checks/doctor.ts
const doctorChecks = {
	"not-checked": {
		subject: "whether every check could run",
		from: "doctor",
		severity: "warning",
		users: "It is unknown whether users are affected.",
		first: "Fix what prevented the check, and run the doctor again."
	},
	unreachable: {
		subject: "whether the doctor can connect to the server",
		from: "doctor",
		severity: "error",
		users: "The server may be down, or reachable for users but not for this check.",
		first: "Open the homeserver in an app. If users are served, check the SSH key and the pinned host key."
	},
	"playbook-failed": {
		subject: "whether the playbook runs on the server",
		from: "doctor",
		severity: "error",
		users: "This alone does not affect users. A deployment would probably fail too.",
		first: "Fix the cause that the message names. The log has the full output."
	}
};

// src/domain/health-checks/mas-cli.ts
const masCliChecks = {
	"issuer-not-https": {
		subject: "whether MAS's public address uses https",
		from: "mas-cli",
		severity: "warning",
		users: "Apps refuse to log in over an unencrypted connection.",
		first: "Set only matrix_authentication_service_hostname, and let the reverse proxy of the playbook handle TLS."
	},
	"well-known": {
		subject: "whether the server itself sees the file /.well-known/matrix/client that MAS expects",
		from: "mas-cli",
		severity: "warning",
		users: "Apps that look there for the authentication service find none, or find another one.",
		first: "Serve the file from /matrix/static-files on the server name (see the playbook's guide on server delegation), then run doctor again."
	},
	"homeserver-unreachable": {
		subject: "whether MAS reaches Synapse",
		from: "mas-cli",
		severity: "error",
		users: "Logins fail, because MAS creates accounts and devices in Synapse.",
		first: "Check that matrix-synapse is running (`systemctl status matrix-synapse`). If it is, remove matrix_authentication_service_config_matrix_endpoint from the vars, whose default is correct, and deploy."
	},
	"invalid-token-accepted": {
		subject: "whether the homeserver that MAS sees rejects an invalid access token",
		from: "mas-cli",
		severity: "error",
		users: "The service at this address lets anyone act as any user.",
		first: "If doctor/unknown-token fails too, take the server off the network. Otherwise, find out which service answers at `matrix.endpoint` of MAS's configuration."
	},
	"mas-unreachable-from-synapse": {
		subject: "whether Synapse reaches MAS",
		from: "mas-cli",
		severity: "error",
		users: "Synapse rejects every request of a user.",
		first: "Check that matrix-authentication-service is running and that both sides have the same secret, then deploy again."
	},
	"api-of-synapse": {
		subject: "whether MAS may use the Synapse API that creates accounts and devices",
		from: "mas-cli",
		severity: "error",
		users: "Logins fail, and sessions that end in MAS stay open in Synapse.",
		first: "Deploy again so that both have the same secret. Status 403 means a wrong secret, 404 a Synapse that does not delegate."
	},
	"compatibility-login": {
		subject: "whether logins from apps without OpenID Connect reach MAS",
		from: "mas-cli",
		severity: "error",
		users: "Users of most apps get an error, or log in to the wrong service.",
		first: "Check that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, with Traefik by the labels of the playbook, otherwise by its own configuration."
	},
	"answer-unexpected": {
		subject: "how the homeserver that MAS sees answers an invalid access token",
		from: "mas-cli",
		severity: "warning",
		users: "It is unknown. Synapse should reject the token with HTTP 401.",
		first: "Read the log on the server: `journalctl -u matrix-synapse`. If doctor/unknown-token passes, another service answers at `matrix.endpoint` of MAS's configuration."
	},
	"compatibility-login-not-seen": {
		subject: "whether mas-cli doctor could check the route of logins",
		from: "mas-cli",
		severity: "notice",
		users: "This alone does not affect users: mas-cli doctor got no well-known file from the public address, so it asked Synapse directly, whose built-in login is off.",
		first: "From another network, run `curl https://MATRIX_HOST/_matrix/client/v3/login`. It must list the login flows of MAS, not answer 404."
	},
	unrecognised: {
		subject: "whether this toolkit knows every line of mas-cli doctor",
		from: "mas-cli",
		severity: "error",
		users: "It is unknown. A newer MAS may have more checks.",
		first: "Read the message. For its other lines, run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	},
	"mas-cli-doctor": {
		subject: "whether mas-cli doctor finishes",
		from: "mas-cli",
		severity: "error",
		users: "They probably cannot log in: mas-cli doctor stops early if it cannot read its configuration or if MAS is not running.",
		first: "Check that matrix-authentication-service is running, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server."
	}
};

// src/domain/health-checks/public.ts
const publicChecks = {
	"public-homeserver": {
		subject: "the address of the homeserver that clients use",
		from: "public",
		severity: "error",
		users: "No app can connect: users see that they are offline.",
		first: "Run on the server: `systemctl status matrix-traefik matrix-synapse matrix-synapse-reverse-proxy-companion`. Check the DNS record and the firewall too."
	},
	certificate: {
		subject: "the TLS certificates of the public names, and how long they are valid",
		from: "public",
		severity: "error",
		users: "Apps and browsers refuse to connect to a name whose certificate is not valid.",
		first: "Run on the server: `journalctl -u matrix-traefik --since -2d | grep -i acme`. It shows why the certificate was not renewed."
	},
	"client-well-known": {
		subject: "the file /.well-known/matrix/client, by which apps find the homeserver",
		from: "public",
		severity: "error",
		users: "A user who enters the server name or a user ID at login does not reach the homeserver. Existing sessions continue.",
		first: "Compare the served file with /matrix/static-files/public/.well-known/matrix/client. If another web server has the server's name, it must serve or redirect /.well-known/matrix."
	},
	"server-well-known": {
		subject: "the file /.well-known/matrix/server, by which other servers find the homeserver",
		from: "public",
		severity: "warning",
		users: "Messages to and from users of other servers are delayed or lost. Rooms on this server work.",
		first: "Compare the served file with /matrix/static-files/public/.well-known/matrix/server."
	},
	"advertised-issuer": {
		subject: "the authentication service that the file for apps names",
		from: "public",
		severity: "error",
		users: "Apps that read it open the wrong page at login, or none. Existing sessions continue.",
		first: "Deploy the default branch. Before the migration, matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled must be false."
	},
	"auth-metadata": {
		subject: "the homeserver's answer to apps that ask for its authentication service",
		from: "public",
		severity: "error",
		users: "Apps that log in with OpenID Connect, such as Element X, cannot log in.",
		first: "Run on the server: `journalctl -u matrix-synapse -n 100`. Synapse fetches this answer from MAS."
	},
	discovery: {
		subject: "MAS's discovery document at its public address",
		from: "public",
		severity: "error",
		users: "Apps that log in with OpenID Connect, such as Element X, cannot log in, and users cannot open their account page.",
		first: "Run on the server: `systemctl status matrix-authentication-service matrix-traefik`. Check that the public address in the vars is the one that the reverse proxy routes to MAS."
	},
	"signing-keys": {
		subject: "MAS's public signing keys",
		from: "public",
		severity: "error",
		users: "Apps cannot verify what MAS signs, so logins with OpenID Connect fail.",
		first: "Run on the server: `ls -l /matrix/matrix-authentication-service/data/keys; journalctl -u matrix-authentication-service -n 50`."
	},
	"login-page": {
		subject: "MAS's pages to log in and to grant access to an app",
		from: "public",
		severity: "error",
		users: "Users who log in through the browser see an error instead of the login page.",
		first: "Run on the server: `journalctl -u matrix-authentication-service -n 100`. Check that its web listener has the resources `human` and `assets`."
	},
	"public-login": {
		subject: "which service answers the login of apps without OpenID Connect",
		from: "public",
		severity: "error",
		users: "Users of most apps cannot log in. Existing sessions continue.",
		first: "Check that the reverse proxy routes /_matrix/client/*/login to MAS after the migration, and to Synapse before it. With Traefik, the labels of the container matrix-authentication-service decide; with your own reverse proxy, its configuration does."
	},
	"public-logout": {
		subject: "which service answers the logout of apps",
		from: "public",
		severity: "error",
		users: "Users cannot log out: a lost or stolen device stays logged in.",
		first: "Check that the reverse proxy routes /_matrix/client/*/logout to MAS after the migration. With Traefik, the labels of the container matrix-authentication-service decide; with your own reverse proxy, its configuration does."
	},
	"public-refresh": {
		subject: "which service renews the tokens of apps",
		from: "public",
		severity: "error",
		users: "Apps with tokens that expire are logged out after some minutes.",
		first: "Check that the reverse proxy routes /_matrix/client/*/refresh to MAS. With Traefik, the labels of the container matrix-authentication-service decide; with your own reverse proxy, its configuration does."
	},
	"upstream-discovery": {
		subject: "the discovery documents of the upstream providers",
		from: "public",
		severity: "error",
		users: "Users of this provider cannot log in. Existing sessions continue.",
		first: "Open the provider's discovery document in a browser, and compare its issuer with the one in the vars."
	},
	canary: {
		subject: "whether the test account can log in, use its session and log out",
		from: "public",
		severity: "error",
		users: "If the test account cannot log in with the right password, users probably cannot either.",
		first: "Log in with the test account in an app. If that works, check `canary-user` and `canary-password`."
	},
	"public-view": {
		subject: "whether the runner can see the server as the public does",
		from: "public",
		severity: "notice",
		users: "It is unknown whether users can reach the server. Checks on the server itself do not depend on this.",
		first: "Use a runner that resolves the public names of the server. A name below a domain such as .test or .internal has no public address."
	}
};

// src/support/capitalised.ts
function capitalised(text) {
	return text.replace(/^[a-z](?!\S*[/.]\S)/, (first) => first.toUpperCase());
}

// src/domain/start-apply.ts
const startApply = "manually start the workflow `Apply a change to the Matrix server`";
function startOperation(operation) {
	return `${startApply}, with operation: ${operation}`;
}

// src/domain/health-checks/server.ts
const serverChecks = {
	"client-addresses": {
		subject: "whether MAS sees users' own addresses",
		from: "server",
		severity: "warning",
		users: "After a few wrong passwords by anyone, no user can log in for some minutes: MAS counts all users as one address. The account page shows a wrong address for each session.",
		first: "Add the address range of the reverse proxy to matrix_authentication_service_config_http_trusted_proxies, and deploy."
	},
	"prepared-for": {
		subject: "how long the server has been prepared",
		from: "server",
		severity: "warning",
		users: "Nothing. But real logins do not test MAS yet, and every update must work before and after the migration.",
		first: "Open the migrate pull request, or remove MAS from the vars."
	},
	"rollback-price": {
		subject: "what a rollback of the migration would cost users now",
		from: "server",
		severity: "notice",
		users: "Nothing now. A rollback would log out the sessions that users started since the migration.",
		first: "If you still consider a rollback, decide soon: each login adds a session that it would end."
	},
	"last-run": {
		subject: "how the last migration or rollback ended, even if its job ended earlier",
		from: "server",
		severity: "notice",
		users: "Nothing now. If MAS had started, the logins that it took in that run are lost. The migration or rollback was not done.",
		first: `${capitalised(startOperation("resume"))}. It shows the report of that run, with the reason.`
	},
	"backup-age": {
		subject: "the age of the newest PostgreSQL backup that the playbook made",
		from: "server",
		severity: "warning",
		users: "Nothing now. If the database is lost, users lose what they wrote since that backup.",
		first: "Run on the server: `systemctl status matrix-postgres-backup; journalctl -u matrix-postgres-backup -n 50`."
	},
	drift: {
		subject: "whether the server matches the default branch",
		from: "server",
		severity: "warning",
		users: "Nothing now. The next deployment changes more than its pull request shows.",
		first: "Deploy the default branch, or change its vars to match the server. After a rollback, the summary of the rollback has the change of the vars."
	},
	"pending-restart": {
		subject: "whether each service runs the image that its unit names",
		from: "server",
		severity: "warning",
		users: "Nothing now. The next restart, for example after a power failure, changes the version without a deployment.",
		first: "Choose a quiet time and restart the service, or deploy again."
	},
	versions: {
		subject: "whether Synapse and MAS run the versions that the vars pin",
		from: "server",
		severity: "warning",
		users: "Users may meet problems that the pinned version does not have.",
		first: "Deploy the default branch."
	},
	journal: {
		subject: "whether the journal has errors since the last health check",
		from: "server",
		severity: "warning",
		users: "This depends on the kind of error, which the finding names.",
		first: "Read the journal of the unit that the finding names: `journalctl -u UNIT --since -4h`."
	},
	"state-unreadable": {
		subject: "whether the databases and configuration files of the server can be read",
		from: "server",
		severity: "error",
		users: "Probably nothing works, for example because PostgreSQL is not running.",
		first: "Run on the server: `systemctl status matrix-postgres matrix-synapse`. Check the files under /matrix."
	},
	stage: {
		subject: "whether the server is in a regular stage",
		from: "server",
		severity: "error",
		users: "Some users may be locked out, and the next deployment could lock out all.",
		first: "Do not deploy. Compare the server with the vars; docs/stages.md lists the causes."
	},
	"unit-down": {
		subject: "whether Synapse, its workers, MAS and PostgreSQL run",
		from: "server",
		severity: "error",
		users: "If Synapse or PostgreSQL is down, no one can use the server. If MAS is down, users cannot log in, and sessions can fail. If a worker is down, some functions fail.",
		first: "Run on the server: `systemctl status UNIT; journalctl -u UNIT -n 50`."
	},
	"accounts-missing-in-mas": {
		subject: "whether MAS has all of Synapse's active accounts",
		from: "server",
		severity: "error",
		users: "The owners of the missing accounts cannot log in, and their sessions are rejected.",
		first: "Do not deploy. If MAS has some of the accounts, roll back, then migrate again. If MAS has none, the migration never ran, or MAS lost its accounts: `operation: status` shows whether a migration finished, and docs/stages.md lists both remedies."
	},
	"unknown-token": {
		subject: "whether Synapse rejects an invalid access token",
		from: "server",
		severity: "error",
		users: "With HTTP 200 anyone gets in. With HTTP 503 Synapse cannot reach MAS and rejects every user. No answer is an outage.",
		first: "Run on the server: `systemctl status matrix-synapse matrix-authentication-service; journalctl -u matrix-synapse -u matrix-authentication-service -n 50`"
	},
	"compatibility-layer": {
		subject: "whether MAS itself answers the login of apps without OpenID Connect",
		from: "server",
		severity: "error",
		users: "Users of most apps cannot log in. Existing sessions continue.",
		first: "Check that matrix-authentication-service is running and that its listener has the resource `compat`."
	},
	hold: {
		subject: "whether a run of this toolkit is unfinished",
		from: "server",
		severity: "error",
		users: "Synapse can be down, or between its built-in login and MAS.",
		first: `Look at \`operation: status\`. If a run is unfinished, ${startOperation("resume")}. Otherwise do what the status says.`
	}
};

// src/domain/health-checks.ts
const healthChecks = {
	...publicChecks,
	...serverChecks,
	...doctorChecks,
	...masCliChecks
};
function healthCheckOf(id) {
	const name = id.replace(/^doctor\//, "");
	return isCheckName(name) ? healthChecks[name] : void 0;
}
function isCheckName(name) {
	return Object.hasOwn(healthChecks, name);
}
function checkId(name) {
	return `doctor/${name}`;
}
function pageOfCheck(name) {
	return `docs/checks/${name}.md`;
}
function failedCheck(name, message, parts = {}) {
	const { severity, users, first } = healthChecks[name];
	return {
		id: checkId(name),
		severity,
		message,
		why: users,
		remedy: first,
		page: pageOfCheck(name),
		...parts
	};
}

// src/domain/losses.ts
const words = {
	sessions: ["new session"],
	oauthSessions: ["new OAuth session"],
	refreshedSessions: ["older session that has new tokens", "older sessions that have new tokens"],
	personalTokens: ["personal access token"],
	accounts: ["new account"],
	passwords: ["new password"],
	accountsLocked: ["account lock"],
	sessionsEnded: ["log-out (the session may be active again)", "log-outs (the sessions may be active again)"]
};
function lossTexts(lost) {
	return Object.entries(lost).filter(([, count]) => count > 0).map(([name, count]) => counted(words, name, count));
}
function lostSessions({ sessions = 0, oauthSessions = 0, refreshedSessions = 0, personalTokens = 0 }) {
	return sessions + oauthSessions + refreshedSessions + personalTokens;
}

// src/report/restoration.ts
function differs(host) {
	return [
		"The vars of ",
		code(host),
		" ask for a live MAS, but the server uses Synapse's built-in login."
	];
}
function restoration(host, { lines: vars, file, patch }, open = "Open") {
	const where = file === void 0 ? ["the vars of ", code(host)] : [code(file)];
	const paste = patch === void 0 ? "" : " To set the lines, paste this in a clone of the default branch:";
	return [
		paragraph(...differs(host), ` ${open} a pull request that reverts the migrate pull request. On GitHub, that one has the button `, strong("Revert"), ". In your clone, on the default branch and after `git pull`, this shows its commit, for `git revert`:"),
		findCommit,
		paragraph("Or, to keep its other changes, restore only these lines in ", ...where, ` and ${providers}${paste}`),
		block(patch === void 0 ? vars.join("\n") : `git apply --unidiff-zero <<'END'\n${patch}\nEND`)
	];
}
const providers = "the lines of login providers that the migrate pull request removed, such as `matrix_synapse_oidc_*`. Without these, deployments of this host are refused, because they would remove login providers from Synapse that accounts use.";
const findCommit = block(`git log -1 -p -S ${inProgressVariable}`);
const otherLines = [
	paragraph(`Also restore ${providers} On the default branch, after \`git pull\`, this shows the commit that removed them:`),
	findCommit,
	paragraph("To restore all of its lines at once, close this pull request, and run `git revert` with this commit.")
];

// src/domain/stage.ts
const desiredStages = [
	"off",
	"prepared",
	"live",
	"unknown"
];
const stageMeanings = {
	off: "no MAS",
	prepared: "MAS is installed beside Synapse, and has no accounts",
	live: "users log in through MAS",
	unknown: "a variable that decides it is Jinja or in a vault"
};
const actualStages = [
	"absent",
	"installed",
	"partial",
	"copied",
	"live",
	"inconsistent"
];
const deployedStage = {
	off: "absent",
	prepared: "installed",
	live: "live"
};

export { note as A, folded as C, link as D, lines as E, Repository as F, gitFiles as I, strong as M, table as N, list as O, indented as P, code as S, isAddress as T, capitalised as _, differs as a, renderMarkdown as b, lossTexts as c, failedCheck as d, healthCheckOf as f, startOperation as g, startApply as h, stageMeanings as i, paragraph as j, marker as k, lostSessions as l, pageOfCheck as m, deployedStage as n, otherLines as o, healthChecks as p, desiredStages as r, restoration as s, actualStages as t, checkId as u, publicChecks as v, heading as w, block as x, markerLine as y };