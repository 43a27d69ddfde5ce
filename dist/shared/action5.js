import { t as ToolkitError } from "./errors.js";
import { t as actualStage } from "./actual-stage.js";
import { t as planFor } from "./plan.js";
import { C as resolveTargets, a as latestRun, c as curlConfig, f as countDifferences, h as parseCounts, i as journalPath, m as migratableCountsSql, o as parseJournal, p as masCountsSql, r as journalLine, s as summarizeEntries, t as withServer, u as base, w as serverInputs } from "./with-server.js";
import { a as record, o as text } from "./json.js";
import { c as runOrThrow, i as readSyn2mas, n as rehearsalDeps } from "./rehearsal-deps.js";
import { t as annotations } from "./annotations.js";
import { a as markdownSentence, i as markdownCode, r as markdownBlock, t as jsonText } from "./escape.js";
import { c as table, s as sections } from "./markdown.js";
import { t as writeReport } from "./report-file.js";
import { t as cancellation } from "./cancellation.js";
import { a as paths, c as text$1, i as optional, l as wholeNumber, r as oneOf, t as flag } from "./inputs.js";
import { a as appendSummary, i as annotate, s as setOutput, t as defineAction } from "./run-action.js";
import { r as desiredStage } from "./playbook-hosts.js";
import { a as systemClock } from "./doctor-output.js";
import { a as readDeleted, i as userTags, n as renderTags, o as renderedFiles } from "./tags.js";
import { r as inventoryOf } from "./repository.js";
import { resolve } from "node:path";
import { createHmac, randomBytes } from "node:crypto";

// src/migration/run/context.ts
const defaultOptions = {
	requireReceipt: true,
	backup: { kind: "auth" },
	proveNoDrift: true,
	leaseSeconds: 45,
	heartbeatMs: 1e4
};
function reportHead({ session, clock }, { dialect }, operation, run) {
	return {
		host: session.host,
		dialect,
		operation,
		run,
		startedAt: clock.now().toISOString()
	};
}

// src/migration/journal/heartbeat.ts
var Heartbeat = class {
	#guard;
	#clock;
	#leaseSeconds;
	#everyMs;
	#stopped = false;
	#done = Promise.resolve();
	failure;
	constructor(guard, clock, leaseSeconds, everyMs) {
		this.#guard = guard;
		this.#clock = clock;
		this.#leaseSeconds = leaseSeconds;
		this.#everyMs = everyMs;
	}
	start() {
		this.#done = this.#beat();
	}
	async stop() {
		this.#stopped = true;
		await this.#done;
	}
	stopNow() {
		this.#stopped = true;
	}
	async #beat() {
		let due = this.#clock.now().getTime() + this.#everyMs;
		let good = this.#clock.now().getTime();
		while (!this.#stopped) {
			await this.#clock.sleep(Math.min(250, this.#everyMs));
			if (this.#stopped || this.#clock.now().getTime() < due) continue;
			due = this.#clock.now().getTime() + this.#everyMs;
			try {
				await this.#guard.beat(this.#leaseSeconds);
				good = this.#clock.now().getTime();
			} catch (error) {
				if (this.#clock.now().getTime() - good + 2 * this.#everyMs < this.#leaseSeconds * 1e3 && !isTakenOver(error)) continue;
				this.failure = error;
				return;
			}
		}
	}
};
function isTakenOver(error) {
	return error instanceof ToolkitError && error.reason === "lock-held";
}

// src/migration/journal/journal.ts
var JournalWriter = class {
	#session;
	#guard;
	#clock;
	#run;
	#next;
	constructor(session, guard, clock, run, next) {
		this.#session = session;
		this.#guard = guard;
		this.#clock = clock;
		this.#run = run;
		this.#next = next;
	}
	async add(...entries) {
		const lines = this.#lines(entries);
		try {
			await this.#guard.append(this.#next, lines);
		} catch (error) {
			await this.#appendAgain(entries, lines, error);
		}
		this.#next += entries.length;
	}
	async #appendAgain(entries, lines, error) {
		if (!(error instanceof ToolkitError) || error.reason !== "server-command-failed") throw error;
		const text = (await this.#session.readFile("/matrix/auth-actions/journal.jsonl"))?.toString("utf8") ?? "";
		if (text.endsWith(lines)) return;
		this.#next = parseJournal(text).entries.length + 1;
		await this.#guard.append(this.#next, this.#lines(entries));
	}
	#lines(entries) {
		const at = this.#clock.now().toISOString();
		return entries.map(({ event, step, outcome, data }, index) => journalLine({
			seq: this.#next + index,
			at,
			run: this.#run,
			fence: this.#guard.fence,
			event,
			...step === void 0 ? {} : { step },
			...outcome === void 0 ? {} : { outcome },
			...data === void 0 ? {} : { data }
		})).join("");
	}
};
async function readJournal(session) {
	const content = await session.readFile(journalPath);
	const journal = parseJournal(content?.toString("utf8") ?? "");
	if (journal.damagedLine === void 0) return journal.entries;
	throw new ToolkitError({
		kind: "server",
		reason: "server-state-unreadable",
		what: `Line ${journal.damagedLine} of the journal was changed after it was written.`,
		where: `${session.host}:${journalPath}`,
		remedy: "Find out who changed it, check the state of the server, then move the file away."
	});
}

// src/server/guard/backup.sh
var backup_default = "# Takes a backup: MAS's database, Synapse's account tables, configuration, units, and the names of the running images.\n# Arguments: FOLDER auth|full, then SYNAPSE_DATABASE MAS_DATABASE POSTGRES_CONTAINER SYNAPSE_UNIT MAS_UNIT.\nset -euo pipefail\numask 077\nfolder=$1 kind=$2 synapse=$3 mas=$4 postgres=$5 synapse_unit=$6 mas_unit=$7\ninstall -d -m 700 \"$folder\"\npg() { docker exec -i --env-file=/matrix/postgres/env-postgres-psql \"$postgres\" \"$@\" </dev/null; }\ntables=(users user_threepids user_external_ids access_tokens refresh_tokens devices)\npg pg_dump -h /run/postgresql -Fc \"$mas\" >\"$folder/mas.dump\"\npg pg_dump -h /run/postgresql -Fc \"${tables[@]/#/--table=}\" \"$synapse\" >\"$folder/synapse-accounts.dump\"\nif [ \"$kind\" = full ]; then\n  pg pg_dump -h /run/postgresql -Fc \"$synapse\" >\"$folder/synapse.dump\"\nfi\n# shellcheck disable=SC2046 # One file per word.\ntar -C / -czf \"$folder/files.tar.gz\" matrix/synapse/config matrix/matrix-authentication-service \\\n  $(cd / && ls -d etc/systemd/system/matrix-*.service)\nfor container in $(docker ps --format '{{.Names}}'); do\n  case $container in\n    \"$synapse_unit\"* | \"$mas_unit\" | \"$postgres\") docker inspect --format '{{.Name}} {{.Config.Image}} {{.Image}}' \"$container\" ;;\n  esac\ndone >\"$folder/images\"\nfor dump in \"$folder\"/*.dump; do\n  docker exec -i \"$postgres\" pg_restore --list <\"$dump\" >\"$dump.list\"\n  [ \"$(grep -c 'TABLE DATA' \"$dump.list\")\" -gt 0 ] || { echo \"$dump lists no tables\" >&2; exit 1; }\ndone\ntar -tzf \"$folder/files.tar.gz\" >\"$folder/files.list\"\nsync -f \"$folder\"\nprintf '%s %s\\n' \"$(du -sk \"$folder\" | cut -f1)\" \"$(grep -ch 'TABLE DATA' \"$folder/mas.dump.list\")\"\n";

// src/migration/run/backup.ts
function backupFolder(run) {
	return `${base}/backup/${run}`;
}
async function takeBackup(session, names, run, options, counts) {
	if (options.kind === "external") await checkExternal(session, options);
	const folder = backupFolder(run);
	const result = await session.run([...[
		"bash",
		"-c",
		backup_default,
		"backup",
		folder,
		options.kind === "full" ? "full" : "auth"
	], ...[
		names.synapseDatabase,
		names.masDatabase,
		names.postgresContainer,
		names.synapseUnit,
		names.masUnit
	]]);
	const [kilobytes, masTables] = result.stdout.trim().split(" ").map(Number);
	if (result.code !== 0 || !kilobytes || !masTables) throw new ToolkitError({
		kind: "server",
		reason: "server-command-failed",
		what: `The backup failed (exit code ${result.code}): ${result.stderr.trim().split("\n").at(-1) ?? ""}`,
		where: `${session.host}:${folder}`,
		remedy: "Check the disk and PostgreSQL on the server, then run this again."
	});
	if (counts) await session.writeFile(`${folder}/counts.json`, `${JSON.stringify(counts)}\n`, 384);
	return {
		folder,
		kilobytes,
		masTables
	};
}
async function checkExternal(session, { path, maxAgeHours }) {
	const result = await session.run([
		"bash",
		"-c",
		"stat -c \"%Y %s\" -- \"$1\" && date +%s",
		"stat",
		path
	]);
	const [modified = 0, size = 0, now = 0] = result.stdout.split(/\s+/).map(Number);
	const ageHours = (now - modified) / 3600;
	if (result.code === 0 && size > 0 && ageHours <= maxAgeHours) return;
	throw new ToolkitError({
		kind: "refused",
		reason: "refused-state",
		what: result.code === 0 ? `Your backup is ${size === 0 ? "empty" : `${ageHours.toFixed(1)} hours old; at most ${maxAgeHours} are allowed`}.` : "Your backup file from `backup-path` does not exist.",
		where: `${session.host}:${path}`,
		remedy: "Take a new backup, or set `backup: auth`."
	});
}

// src/migration/run/lock.ts
async function takeLock(deps, options, run, report, check = () => {}) {
	const facts = await deps.probe();
	const { names, secrets } = await deps.names(facts);
	await deps.guard.install();
	await deps.guard.acquire(options.owner, run, options.leaseSeconds);
	const heartbeat = new Heartbeat(deps.guard, deps.clock, options.leaseSeconds, options.heartbeatMs);
	heartbeat.start();
	try {
		await deps.guard.configure(names, backupFolder(run));
		const entries = await readJournal(deps.session);
		check(entries);
		const journal = new JournalWriter(deps.session, deps.guard, deps.clock, run, entries.length + 1);
		return {
			context: {
				deps,
				options,
				run,
				report,
				facts,
				names,
				secrets
			},
			journal,
			heartbeat
		};
	} catch (error) {
		await heartbeat.stop();
		await deps.guard.release();
		throw error;
	}
}
async function begin(deps, options, run, report) {
	const held = await takeLock(deps, options, run, report, (entries) => {
		const { state } = summarizeEntries(entries);
		if (state === "unfinished" || state === "proven") throw unfinished(deps.session.host, latestRun(entries).at(-1)?.step);
	});
	try {
		await held.journal.add({
			event: "begin",
			data: {
				owner: options.owner,
				dialect: options.dialect
			}
		});
		return held;
	} catch (error) {
		await releaseLock(held);
		throw error;
	}
}
async function releaseLock({ context, heartbeat }) {
	await heartbeat.stop();
	await context.deps.guard.release();
}
function unfinished(host, step) {
	return new ToolkitError({
		kind: "refused",
		reason: "refused-state",
		what: `An earlier migration of this server is unfinished${step ? ` (last step: ${step})` : ""}.`,
		where: host,
		remedy: "Run migrate with operation: resume."
	});
}

// src/migration/run/report-builder.ts
var ReportBuilder = class {
	steps = [];
	proofs = [];
	warnings = [];
	findings = [];
	counts = void 0;
	lost = void 0;
	toolOutput;
	downAt;
	answeredAt;
	syn2masMs;
	found(findings) {
		const others = this.findings.filter(({ id }) => !findings.some((finding) => finding.id === id));
		this.findings = [...others, ...findings];
	}
	build(head, failure) {
		const window = this.downAt !== void 0 && this.answeredAt !== void 0 ? this.answeredAt - this.downAt : void 0;
		return {
			schema: 1,
			...head,
			steps: this.steps,
			...window === void 0 ? {} : { windowSeconds: seconds$1(window) },
			...this.syn2masMs === void 0 ? {} : { syn2masSeconds: seconds$1(this.syn2masMs) },
			...window === void 0 || this.syn2masMs === void 0 ? {} : { overheadSeconds: seconds$1(window - this.syn2masMs) },
			proofs: this.proofs,
			...this.counts ? { counts: this.counts } : {},
			...this.lost ? { lost: this.lost } : {},
			warnings: this.warnings,
			findings: this.findings,
			...this.toolOutput ? { toolOutput: this.toolOutput } : {},
			...failure === void 0 ? {} : { failure }
		};
	}
};
function seconds$1(ms) {
	return Math.round(ms / 10) / 100;
}

// src/migration/run/accounts.ts
async function countBoth(sql, names) {
	const [synapse, mas] = await Promise.all([sql(names.synapseDatabase, migratableCountsSql(names.dialect)), sql(names.masDatabase, masCountsSql)]);
	return {
		synapse: parseCounts(synapse),
		mas: parseCounts(mas)
	};
}
const adminsSql = "SELECT name FROM users WHERE admin <> 0 AND appservice_id IS NULL ORDER BY name";
function restoreAdmins(sql, names) {
	return changeAccounts(sql, names, adminsSql, (list) => `WITH changed AS (UPDATE users SET can_request_admin = true WHERE username IN (${list})
  AND NOT can_request_admin RETURNING user_id), sessions AS (UPDATE compat_sessions SET is_synapse_admin = true
  WHERE user_id IN (SELECT user_id FROM changed)) SELECT count(*) FROM changed`);
}
const isLocked = "coalesce((to_jsonb(users) ->> 'locked')::boolean, false)";
function restoreLocks(sql, names) {
	return changeAccounts(sql, names, `SELECT name FROM users WHERE appservice_id IS NULL AND ${isLocked} ORDER BY name`, (list) => `WITH changed AS (UPDATE users SET locked_at = now() WHERE username IN (${list}) AND locked_at IS NULL
  RETURNING user_id) SELECT count(*) FROM changed`);
}
async function countClosed(sql, names) {
	const inSynapse = `SELECT count(*) AS closed FROM users WHERE appservice_id IS NULL AND (deactivated <> 0 OR ${isLocked})`;
	const [synapse, mas] = await Promise.all([sql(names.synapseDatabase, inSynapse), sql(names.masDatabase, `SELECT count(*) AS closed FROM users
 WHERE locked_at IS NOT NULL OR to_jsonb(users) ->> 'deactivated_at' IS NOT NULL`)]);
	return {
		synapse: Number(synapse),
		mas: Number(mas)
	};
}
async function changeAccounts(sql, names, select, change) {
	const ids = (await sql(names.synapseDatabase, select)).split("\n").filter(Boolean);
	if (ids.length === 0) return 0;
	const list = ids.map((id) => `'${id.slice(1, id.indexOf(":")).replaceAll("'", "''")}'`).join(", ");
	return Number(await sql(names.masDatabase, `SET standard_conforming_strings = on;\n${change(list)}`));
}

// src/migration/run/canary.ts
function canaryNames(run) {
	return [`auth-actions-${run}`, `auth-actions-${run}-admin`];
}
async function makeCanary(context, run, sessions) {
	const [plainName, adminName] = canaryNames(run);
	const plain = await register(context, plainName, false);
	const admin = await register(context, adminName, true);
	const more = [];
	for (let index = 1; index < sessions; index += 1) {
		const token = await login(context, context.names.clientUrl, plain);
		if (token !== void 0) more.push(token);
	}
	return {
		plain: {
			...plain,
			tokens: [...plain.tokens, ...more]
		},
		admin
	};
}
async function login(context, url, account) {
	const answer = await askWithRetry(context, {
		method: "POST",
		url: `${url}/_matrix/client/v3/login`,
		body: {
			type: "m.login.password",
			identifier: {
				type: "m.id.user",
				user: account.user
			},
			password: account.password,
			initial_device_display_name: "matrix-auth-actions"
		}
	});
	return answer.status === 200 ? text(answer.body.access_token) : void 0;
}
async function askWithRetry(context, request) {
	for (let waited = 0;;) {
		const answer = await context.ask(request);
		if (answer.status !== 429 || waited > 6e4) return answer;
		const wait = Math.min(Number(answer.body.retry_after_ms) || 5e3, 3e4);
		waited += wait;
		await context.sleep(wait);
	}
}
function retireCanary(context, { plain, admin }) {
	return deactivate(context, admin.tokens[0], [plain.userId, admin.userId]);
}
async function retireAbandoned(context, run, users) {
	const admin = await register(context, canaryNames(run)[1], true);
	const ids = users.map((user) => `@${user}:${context.names.serverName}`);
	return deactivate(context, admin.tokens[0], [...ids, admin.userId]);
}
const openCanariesSql = "SELECT name FROM users WHERE name LIKE '@auth-actions-%' AND deactivated = 0";
async function deactivate(context, token, userIds) {
	const left = [];
	for (const userId of userIds) {
		const answer = await askWithRetry(context, {
			method: "POST",
			url: `${context.names.synapseUrl}/_synapse/admin/v1/deactivate/${encodeURIComponent(userId)}`,
			body: { erase: false },
			...token === void 0 ? {} : { token }
		});
		if (answer.status !== 200 && answer.status !== 404) left.push(userId);
	}
	return left;
}
function retireInMasSql(users) {
	const names = users.filter((user) => /^auth-actions-[a-z0-9-]+$/.test(user)).map((user) => `'${user}'`);
	if (names.length === 0) return "SELECT 1;";
	const list = names.join(", ");
	return `UPDATE users SET locked_at = now() WHERE username IN (${list}) AND locked_at IS NULL;
UPDATE compat_sessions SET finished_at = now() WHERE finished_at IS NULL
 AND user_id IN (SELECT user_id FROM users WHERE username IN (${list}));
DO $$ BEGIN
 IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'deactivated_at') THEN
  UPDATE users SET deactivated_at = now() WHERE username IN (${list});
 END IF;
END $$;`;
}
async function register(context, user, admin) {
	const secret = context.secrets.registration;
	if (secret === void 0) throw new ToolkitError({
		kind: "refused",
		reason: "refused-state",
		what: "Synapse has no registration_shared_secret, so no test accounts can be created for the proofs.",
		where: context.names.host,
		remedy: "Set matrix_synapse_registration_shared_secret (the playbook sets it by default), then deploy."
	});
	const url = `${context.names.synapseUrl}/_synapse/admin/v1/register`;
	const nonce = text((await context.ask({ url })).body.nonce) ?? "";
	const password = randomBytes(24).toString("base64url");
	const answer = await askWithRetry(context, {
		method: "POST",
		url,
		body: {
			nonce,
			username: user,
			displayname: "matrix-auth-actions",
			password,
			admin,
			mac: createHmac("sha1", secret).update([
				nonce,
				user,
				password,
				admin ? "admin" : "notadmin"
			].join("\0")).digest("hex")
		}
	});
	const token = text(answer.body.access_token);
	const userId = text(answer.body.user_id);
	if (answer.status !== 200 || token === void 0 || userId === void 0) throw new ToolkitError({
		kind: "server",
		reason: "unhealthy",
		what: `Synapse refused to create a test account for the proofs (HTTP ${answer.status}).`,
		where: context.names.host,
		remedy: "Run on the server: journalctl -u matrix-synapse -n 50. Fix the cause, then run this again."
	});
	return {
		user,
		userId,
		password,
		tokens: [token]
	};
}

// src/migration/run/fileset.ts
const expected = [
	/^\/matrix\/synapse\/config\/homeserver\.yaml$/,
	/^\/matrix\/synapse\/bin\/[\w-]+$/,
	/^\/matrix\/synapse\/ext\/[\w-]+\.py$/,
	/^\/matrix\/matrix-authentication-service\/config\/(config\.yaml|labels|env)$/,
	/^\/matrix\/static-files\/public\/\.well-known\/matrix\/[\w-]+$/,
	/^\/matrix\/client-element\/config\.json$/,
	/^\/etc\/systemd\/system\/matrix-(synapse|authentication-service)\.service$/
];
const readers = [[/^\/matrix\/client-element\//, "matrix-client-element"]];
function checkFileSet(files, host) {
	const unexpected = files.filter((file) => !expected.some((pattern) => pattern.test(file.path)));
	if (unexpected.length > 0) throw refused(host, `Going live would also change ${unexpected.map((file) => file.path).join(", ")}.`, "Deploy the other changes first, in a separate pull request. A migration changes only authentication.");
	if (!files.some((file) => file.path.endsWith("/homeserver.yaml"))) throw refused(host, "Going live would not change Synapse's homeserver.yaml, so Synapse would not delegate to MAS.", "Remove matrix_authentication_service_migration_in_progress from the vars.");
	const upgraded = files.find((file) => file.path.endsWith(".service") && images(file.before) !== images(file.after));
	if (upgraded) throw refused(host, `Going live would also change the image in ${upgraded.path}.`, "Deploy the new version first, in a separate pull request. A migration does not change versions.");
}
function images(unit) {
	return (unit?.match(/\S+\/\S+:v?\d+\.\d+[\w.-]*/g) ?? []).join(" ");
}
function unitsToRestart(files) {
	return readers.filter(([path]) => files.some((file) => path.test(file.path))).map(([, unit]) => unit);
}
async function storeFileSet(session, files) {
	const sides = {
		before: [],
		after: []
	};
	await runOrThrow(session, [
		"rm",
		"-rf",
		`${base}/before`,
		`${base}/after`
	]);
	await runOrThrow(session, [
		"install",
		"-d",
		"-m",
		"700",
		`${base}/before`,
		`${base}/after`
	]);
	for (const [index, file] of files.entries()) {
		const disk = await session.readFile(file.path);
		if (disk?.toString("utf8") !== file.before) throw refused(session.host, `${file.path} on the server is not the file that the playbook saw in check mode.`, "Another person or program changes the server. Deploy, then run this again.");
		const own = disk === void 0 ? void 0 : await modeAndOwner(session, file.path);
		const mode = own?.mode ?? file.mode ?? "0640";
		const owner = own?.owner ?? file.owner ?? "matrix:matrix";
		const line = (state) => [
			index,
			state,
			mode,
			owner,
			file.path
		].join("	");
		for (const [side, content] of [["before", disk], ["after", file.after]]) {
			if (content !== void 0) await session.writeFile(`${base}/${side}/${index}`, content, 384);
			sides[side].push(line(content === void 0 ? "absent" : "file"));
		}
	}
	await session.writeFile(`${base}/guard/also-restart`, unitsToRestart(files).map((unit) => `${unit}\n`).join(""), 384);
	for (const side of ["before", "after"]) await session.writeFile(`${base}/${side}/manifest`, sides[side].map((text) => `${text}\n`).join(""), 384);
}
async function modeAndOwner(session, path) {
	const [mode = "", owner = ""] = (await runOrThrow(session, [
		"stat",
		"-c",
		"%a %u:%g",
		path
	])).trim().split(" ");
	return {
		mode,
		owner
	};
}
function refused(host, what, remedy) {
	return new ToolkitError({
		kind: "refused",
		reason: "refused-state",
		what,
		where: host,
		remedy
	});
}

// src/migration/run/preflight.ts
async function preflight(context) {
	const { deps, names, report } = context;
	context.facts = await probeWhenStarted(context);
	const problems = [...stageProblems(context.facts), ...serviceProblems(context.facts)];
	problems.push(...await databaseProblems(context), ...await hostProblems(context));
	if (problems.length > 0) throw new ToolkitError({
		kind: "refused",
		reason: "refused-state",
		what: `This server is not ready for the migration: ${problems.join(" ")}`,
		where: names.host,
		remedy: "Fix these problems, then run this again."
	});
	if (context.options.requireReceipt) report.warnings.push(...await deps.checkReceipt(context.facts));
	else {
		report.warnings.push("`require-receipt` is false: this migration was not compared with a reviewed rehearsal.");
		deps.log.warning("`require-receipt` is false: this migration is not compared with a reviewed rehearsal.");
	}
	return { accounts: context.facts.synapse.migratable.users };
}
async function probeWhenStarted({ deps }) {
	for (let turn = 0;; turn += 1) {
		const facts = await deps.probe();
		if (![
			facts.synapse,
			facts.mas,
			...facts.synapse.workers
		].some((unit) => unit.active === "activating") || turn === 30) return facts;
		await deps.clock.sleep(2e3);
	}
}
function stageProblems(facts) {
	const { stage, why } = actualStage(facts);
	return stage === "installed" ? [] : [`Its stage is ${stage} instead of installed. ${why}`];
}
function serviceProblems({ synapse, mas, postgres, ours }) {
	const down = (unit) => unit.active !== "active" || !unit.container;
	return [
		...[
			synapse,
			mas,
			postgres,
			...synapse.workers.filter((worker) => worker.exists)
		].filter(down).map((unit) => `${unit.name} is not running (${unit.active}).`),
		...synapse.enabled ? [] : [`${synapse.name} is not enabled at boot.`],
		...ours.hold ? ["The hold of an earlier run prevents Synapse from starting."] : []
	];
}
async function databaseProblems({ deps, names }) {
	const pending = await deps.sql(names.synapseDatabase, "SELECT count(*) FROM background_updates");
	return pending === "0" ? [] : [`Synapse still has ${pending} background updates to run in its database.`];
}
async function hostProblems({ deps, options, names }) {
	const problems = [];
	const [clock = "", disk = "", uid = ""] = (await deps.session.run([
		"bash",
		"-c",
		"date +%s; df -Pk /matrix | tail -n 1; id -u"
	])).stdout.split("\n");
	if (uid !== "0") problems.push("Commands do not run as root.");
	const difference = Math.abs(Number(clock) - deps.clock.now().getTime() / 1e3);
	if (difference > 300) problems.push(`Its clock differs from the runner's by ${Math.round(difference)} s.`);
	const free = Number(disk.split(/\s+/)[3]);
	const database = options.backup.kind === "full" ? names.synapseDatabase : names.masDatabase;
	const bytes = Number(await deps.sql("postgres", `SELECT pg_database_size('${database}')`));
	const needed = Math.round(2 * bytes / 1024) + 524288;
	if (!(free > needed)) problems.push(`Only ${free} KiB are free under /matrix; ${needed} KiB are needed.`);
	return problems;
}

// src/migration/run/proofs.ts
async function proveCounts(context) {
	const { counts } = context.report;
	if (!counts) throw new Error("nothing was counted");
	const differences = countDifferences(counts.synapse, counts.mas);
	const seen = differences.map(({ category, synapse, mas }) => `${category}: ${mas} of ${synapse}`).join(", ");
	const closed = await countClosed(context.deps.sql, context.names);
	return [proof("MAS has the same counts as Synapse", differences.length === 0, seen || `${counts.synapse.users} accounts, all categories equal`), proof("locked and deactivated accounts stay closed", closed.mas === closed.synapse, `${closed.mas} of ${closed.synapse}`)];
}
async function proveLive(context) {
	const { names, canary } = context;
	if (!canary) throw new Error("there is no canary to prove with");
	const ask = context.deps.http(names);
	return [
		await oldSession(ask, names.clientUrl, canary),
		await delegation(ask, names.synapseUrl),
		await badToken(ask, names.clientUrl),
		await oldAdminSession(ask, names.synapseUrl, canary),
		await adminsKept(context),
		await compatibility(ask, names.masUrl),
		...await newLogin(context, ask, canary),
		await workers(context, ask, canary),
		await doctor(context)
	];
}
async function oldSession(ask, url, { plain }) {
	const token = plain.tokens.at(-1) ?? "";
	const answer = await ask({
		url: `${url}/_matrix/client/v3/account/whoami`,
		token
	});
	return proof("an existing session is still valid", answer.status === 200 && answer.body.user_id === plain.userId, http(answer.status));
}
async function delegation(ask, url) {
	const answer = await ask({ url: `${url}/_matrix/client/v3/login` });
	return proof("Synapse delegates to MAS", answer.status === 404, `its built-in login returns ${http(answer.status)}`);
}
async function badToken(ask, url) {
	const token = `mct_${randomBytes(12).toString("hex")}`;
	const answer = await ask({
		url: `${url}/_matrix/client/v3/account/whoami`,
		token
	});
	return proof("an invalid access token is rejected", answer.status === 401 && answer.body.errcode === "M_UNKNOWN_TOKEN", http(answer.status));
}
async function oldAdminSession(ask, url, { admin }) {
	const token = admin.tokens[0] ?? "";
	const answer = await ask({
		url: `${url}/_synapse/admin/v2/users?limit=1&guests=false`,
		token
	});
	return proof("an administrator's existing session keeps its rights", answer.status === 200, http(answer.status));
}
async function adminsKept(context) {
	const { synapse, mas } = await countBoth(context.deps.sql, context.names);
	const name = "administrators keep their rights";
	if (mas.admins === null) return {
		name,
		result: "skipped",
		detail: "this version of MAS cannot store them"
	};
	return proof(name, mas.admins === synapse.admins, `${mas.admins} of ${synapse.admins}`);
}
async function compatibility(ask, url) {
	const answer = await ask({ url: `${url}/_matrix/client/v3/login` });
	return proof("the compatibility layer answers", answer.status === 200, http(answer.status));
}
async function newLogin(context, ask, { plain }) {
	const name = "a new login through MAS can write data";
	const { names, secrets, deps } = context;
	const flows = (await ask({ url: `${names.masUrl}/_matrix/client/v3/login` })).body.flows;
	if (Array.isArray(flows) && !flows.some((flow) => isPasswordFlow(flow))) return [{
		name,
		result: "skipped",
		detail: "MAS offers no password logins"
	}];
	const canaryContext = {
		ask,
		names,
		secrets,
		sleep: deps.clock.sleep
	};
	const token = await login(canaryContext, names.masUrl, plain);
	if (token === void 0) return [proof(name, false, "MAS rejected the login")];
	const written = await writes(ask, names.clientUrl, plain, token);
	const out = await ask({
		method: "POST",
		url: `${names.masUrl}/_matrix/client/v3/logout`,
		token,
		body: {}
	});
	return [written, proof("a session can log out through MAS", out.status === 200, http(out.status))];
}
async function writes(ask, url, { userId }, token) {
	const mark = randomBytes(8).toString("hex");
	const data = `${url}/_matrix/client/v3/user/${encodeURIComponent(userId)}/account_data/matrix-auth-actions.proof`;
	const put = await ask({
		method: "PUT",
		url: data,
		token,
		body: { mark }
	});
	const got = await ask({
		url: data,
		token
	});
	return proof("a new login through MAS can write data", put.status === 200 && got.body.mark === mark, `write ${http(put.status)}, read ${http(got.status)}`);
}
async function workers(context, ask, { plain }) {
	const name = "workers respond";
	const { names } = context;
	if (names.workerUnits.length === 0) return {
		name,
		result: "skipped",
		detail: "this server has no workers"
	};
	const running = await context.deps.session.run([
		"docker",
		"ps",
		"--format",
		"{{.Names}}"
	]);
	const up = new Set(running.stdout.split("\n"));
	const missing = names.workerUnits.filter((unit) => !up.has(unit));
	const token = plain.tokens[0] ?? "";
	const sync = await ask({
		url: `${names.clientUrl}/_matrix/client/v3/sync?timeout=0`,
		token
	});
	const detail = missing.length > 0 ? `not running: ${missing.join(", ")}` : `${names.workerUnits.length} running, sync ${http(sync.status)}`;
	return proof(name, missing.length === 0 && sync.status === 200, detail);
}
async function doctor(context) {
	const name = "mas-cli doctor reports no error";
	const { findings } = await context.deps.doctor();
	context.report.found(findings.map((finding) => ({
		...finding,
		host: context.names.host
	})));
	const errors = findings.filter((finding) => finding.severity === "error");
	if (errors.length === 0) return proof(name, true, `${findings.length} warnings`);
	const detail = errors.map((error) => error.id).join(", ");
	context.report.warnings.push(`mas-cli doctor reports ${detail}.`);
	return {
		name,
		result: "skipped",
		detail
	};
}
function isPasswordFlow(flow) {
	return record(flow).type === "m.login.password";
}
function proof(name, holds, detail) {
	return {
		name,
		result: holds ? "holds" : "fails",
		detail
	};
}
function http(status) {
	return status === 0 ? "no answer" : `HTTP ${status}`;
}

// src/migration/run/steps.ts
const steps = [
	{
		name: "preflight",
		what: "Check that the server is ready",
		action: preflight
	},
	{
		name: "backup",
		what: "Take a backup and verify it",
		action: async (context) => {
			const { deps, names, run, options, facts } = context;
			const counts = { synapse: facts.synapse.migratable };
			return { ...await takeBackup(deps.session, names, run, options.backup, counts) };
		}
	},
	{
		name: "canary",
		what: "Create two test accounts",
		action: async (context) => {
			context.canary = await makeCanary(canaryContext(context), context.run, 3);
			await retireEarlier(context, context.canary);
			return { accounts: [context.canary.plain.user, context.canary.admin.user] };
		},
		undo: async (context) => {
			if (!context.canary) return;
			const left = await retireCanary(canaryContext(context), context.canary);
			if (left.length > 0) context.report.warnings.push(`Deactivate these accounts manually: ${left.join(", ")}.`);
		}
	},
	{
		name: "rehearse",
		what: "Repeat the rehearsal",
		action: async (context) => {
			const rehearsed = await context.deps.rehearse();
			context.command = rehearsed.command;
			context.rehearsalSeconds = rehearsed.seconds;
			context.report.found(rehearsed.findings);
			context.report.toolOutput = { rehearsal: rehearsed.lastLines };
			if (rehearsed.failure) throw rehearsed.failure;
			return { findings: rehearsed.findings.length };
		}
	},
	{
		name: "guard",
		what: "Arm the guard on the server",
		action: async ({ deps }) => {
			await deps.guard.at("hold_install");
			await deps.guard.at("arm");
		},
		undo: ({ deps }) => deps.guard.at("uninstall")
	},
	{
		name: "render",
		what: "Render the files that go live",
		action: async (context) => {
			const { deps, options, names } = context;
			if (options.proveNoDrift) await requireNoDrift(context);
			context.files = await deps.render("final");
			checkFileSet(context.files, names.host);
			await storeFileSet(deps.session, context.files);
			return { files: context.files.map((file) => file.path) };
		}
	},
	{
		name: "stop",
		what: "Hold and stop Synapse, its workers and MAS",
		action: async (context) => {
			context.report.downAt = context.deps.clock.now().getTime();
			await context.deps.guard.at("go_down");
		},
		undo: async (context) => {
			await context.deps.guard.at("restore");
			await builtInLogin(context);
		}
	},
	{
		name: "syn2mas",
		what: "Run syn2mas",
		action: runSyn2mas,
		proof: proveCounts
	},
	{
		name: "switch-over",
		what: "Install the new files and start all services",
		action: async (context) => {
			await context.deps.guard.at("go_live");
			await firstAnswer(context);
		}
	},
	{
		name: "prove",
		what: "Prove that users can continue",
		action: async () => void 0,
		proof: proveLive
	}
];
async function runSyn2mas(context) {
	const { deps, command, report, names } = context;
	if (!command) throw new Error("the rehearsal returned no command");
	const from = deps.clock.now().getTime();
	const result = await deps.guard.run(command, { timeoutMs: longestRun(context) });
	report.syn2masMs = deps.clock.now().getTime() - from;
	const verdict = deps.judge(result);
	report.toolOutput = {
		...report.toolOutput,
		migration: verdict.lastLines
	};
	report.found(verdict.findings.map((finding) => ({
		...finding,
		host: names.host
	})));
	if (!verdict.ok) throw new ToolkitError({
		kind: "tool",
		reason: "syn2mas-failed",
		what: verdict.what,
		where: names.host,
		meaning: "Synapse returns to its built-in login.",
		remedy: "Fix what the findings name, then rehearse again."
	});
	const sql = deps.sql;
	report.counts = await countBoth(sql, names);
	const { synapse, mas } = report.counts;
	const lostAdmins = names.dialect === "syn2mas-tool" && mas.admins !== null && mas.admins !== synapse.admins;
	const admins = lostAdmins ? await restoreAdmins(sql, names) : 0;
	if (lostAdmins) report.counts = await countBoth(sql, names);
	const locks = names.dialect === "syn2mas-tool" ? await restoreLocks(sql, names) : 0;
	if (locks > 0) report.found([locksSet(locks, names.host)]);
	return {
		ms: report.syn2masMs,
		adminsSetByUs: admins,
		locksSetByUs: locks
	};
}
const tenMinutes = 6e5;
function longestRun({ rehearsalSeconds = 0 }) {
	return Math.max(tenMinutes, 5 * rehearsalSeconds * 1e3);
}
function locksSet(count, host) {
	return {
		id: "syn2mas/locks-set-again",
		severity: "notice",
		message: `The tool did not migrate the lock of ${count === 1 ? "1 locked account" : `${count} locked accounts`}; the migration locked them in MAS.`,
		host,
		why: "Without the lock their owners could log in again.",
		remedy: "Nothing to do. To unlock an account, run on the server: mas-cli manage unlock-user NAME"
	};
}
async function firstAnswer({ deps, names, canary, report }) {
	const token = canary?.plain.tokens[0] ?? "";
	const whoami = {
		url: `${names.clientUrl}/_matrix/client/v3/account/whoami`,
		token
	};
	await deps.guard.awaitHttp(90, 200, curlConfig(whoami));
	if (names.workerUnits.length > 0) await deps.guard.awaitHttp(90, 200, curlConfig({
		url: `${names.clientUrl}/_matrix/client/v3/sync?timeout=0`,
		token
	}));
	report.answeredAt = deps.clock.now().getTime();
}
async function builtInLogin({ deps, names, canary, report }) {
	await deps.guard.awaitHttp(180, 200, curlConfig({ url: `${names.synapseUrl}/_matrix/client/v3/login` }));
	const token = canary?.plain.tokens[0];
	if (token !== void 0) {
		const url = `${names.clientUrl}/_matrix/client/v3/account/whoami`;
		await deps.guard.awaitHttp(90, 200, curlConfig({
			url,
			token
		}));
	}
	report.answeredAt = deps.clock.now().getTime();
}
async function requireNoDrift({ deps, names }) {
	const changed = await deps.render("present");
	if (changed.length === 0) return;
	throw new ToolkitError({
		kind: "refused",
		reason: "refused-state",
		what: `The server differs from the currently deployed vars: ${changed.map((file) => file.path).join(", ")} would change.`,
		where: names.host,
		remedy: "Deploy the current vars first, then run this again."
	});
}
async function retireEarlier(context, canary) {
	const { deps, names } = context;
	const rows = await deps.sql(names.synapseDatabase, openCanariesSql);
	const own = [canary.plain.userId, canary.admin.userId];
	const earlier = rows.split("\n").filter((name) => name !== "" && !own.includes(name));
	await deactivate(canaryContext(context), canary.admin.tokens[0], earlier);
}
function canaryContext({ deps, names, secrets }) {
	return {
		ask: deps.http(names),
		names,
		secrets,
		sleep: (ms) => deps.clock.sleep(ms)
	};
}
async function finish(context, canaryUsers) {
	const { deps, names, report } = context;
	await attempt(context, "The guard could not be removed", async () => {
		await deps.guard.at("safe");
		await deps.guard.at("uninstall");
	});
	await attempt(context, "The test accounts could not be deactivated", async () => {
		if (context.canary) {
			const left = await retireCanary(canaryContext(context), context.canary);
			if (left.length > 0) report.warnings.push(`Deactivate these accounts in Synapse manually: ${left.join(", ")}.`);
		} else if (canaryUsers.length > 0) report.warnings.push(`These test accounts are closed in MAS but still active in Synapse's database: ${canaryUsers.join(", ")}. Deactivate them in Synapse. Their passwords are lost, so nobody can use them.`);
		await deps.sql(names.masDatabase, retireInMasSql(canaryUsers));
	});
	await attempt(context, "The check mode run after the migration failed", async () => {
		const changed = await deps.render("final");
		const detail = changed.length === 0 ? "check mode shows no changed file" : changed.map((file) => file.path).join(", ");
		report.proofs.push({
			name: "the server matches the vars",
			result: changed.length === 0 ? "holds" : "fails",
			detail
		});
	});
	await attempt(context, "The accounts from the vars could not be created", () => deps.createUsers());
}
async function attempt({ report, deps }, what, work) {
	try {
		await work();
	} catch (error) {
		const warning = `${what}: ${error instanceof ToolkitError ? error.message : "an unexpected error"}`;
		report.warnings.push(warning);
		deps.log.warning(warning);
	}
}

// src/migration/run/undo.ts
async function undoSteps(done, context, journal, cause) {
	const { deps, report } = context;
	if (cause.reason === "server-unreachable" || cause.reason === "lock-held") return false;
	let complete = true;
	const write = (entry) => journal.add(entry).catch(() => {
		complete = false;
	});
	await write({
		event: "step-failed",
		...stepOf(done.at(-1)),
		data: { reason: cause.reason }
	});
	for (const step of done.toReversed()) {
		if (!step.undo || !complete && step.name === "guard") continue;
		await write({
			event: "undo-begin",
			step: step.name
		});
		const from = deps.clock.now().getTime();
		const took = () => seconds$1(deps.clock.now().getTime() - from);
		try {
			await step.undo(context);
			report.steps.push({
				name: step.name,
				seconds: took(),
				result: "undone"
			});
			await write({
				event: "undo-done",
				step: step.name
			});
		} catch (error) {
			if (step.name === "stop" || step.name === "guard") complete = false;
			report.steps.push({
				name: step.name,
				seconds: took(),
				result: "undo-failed"
			});
			const detail = error instanceof ToolkitError ? error.message : "an unexpected error";
			report.warnings.push(`Undoing ${step.name} failed: ${detail}`);
			await write({
				event: "undo-failed",
				step: step.name
			});
		}
	}
	if (complete) await write({
		event: "end",
		outcome: "rolled-back"
	});
	return complete;
}
function stepOf(step) {
	return step ? { step: step.name } : {};
}

// src/migration/run/migrate.ts
async function migrate$1(deps, options, signal, plan = steps) {
	const run = newRun();
	const report = new ReportBuilder();
	const head = reportHead(deps, options, "migrate", run);
	let begun;
	try {
		begun = await begin(deps, options, run, report);
	} catch (error) {
		const known = asToolkitError(error);
		return {
			report: report.build({
				...head,
				outcome: "abandoned"
			}, known.describe()),
			error: known
		};
	}
	const { context, journal, heartbeat } = begun;
	const done = [];
	try {
		for (const step of plan) await untilCancelled(runStep(step, context, journal, done), signal, heartbeat, cancelGracePeriod(step, deps));
		await journal.add({ event: "proven" });
	} catch (error) {
		return { ...await rollBackSteps(error, done, begun, signal, head) };
	}
	const users = context.canary ? [context.canary.plain.user, context.canary.admin.user] : [];
	await finish(context, users);
	await close(begun);
	return { report: report.build({
		...head,
		outcome: "migrated"
	}) };
}
async function close(held) {
	const { context, journal, heartbeat } = held;
	try {
		await journal.add({
			event: "end",
			outcome: "migrated"
		});
		await releaseLock(held);
	} catch (error) {
		context.report.warnings.push(`The run could not be closed on the server: ${asToolkitError(error).message}`);
	} finally {
		heartbeat.stopNow();
	}
}
async function runStep(step, context, journal, done) {
	const { deps, report } = context;
	deps.log.info(`${step.what} …`);
	await journal.add({
		event: "step-begin",
		step: step.name
	});
	done.push(step);
	const from = deps.clock.now().getTime();
	const took = () => seconds$1(deps.clock.now().getTime() - from);
	try {
		const data = await step.action(context);
		const proofs = await step.proof?.(context) ?? [];
		report.proofs.push(...proofs);
		requireProofs(proofs, context);
		report.steps.push({
			name: step.name,
			seconds: took(),
			result: "done"
		});
		await journal.add({
			event: "step-done",
			step: step.name,
			data: {
				seconds: took(),
				...data
			}
		});
	} catch (error) {
		report.steps.push({
			name: step.name,
			seconds: took(),
			result: "failed"
		});
		throw error;
	}
}
function requireProofs(proofs, { names }) {
	const failed = proofs.filter((proof) => proof.result === "fails");
	if (failed.length === 0) return;
	throw new ToolkitError({
		kind: "server",
		reason: "unhealthy",
		what: `Proofs failed: ${failed.map((proof) => `${proof.name} (${proof.detail})`).join("; ")}.`,
		where: names.host,
		meaning: "Synapse returns to its built-in login.",
		remedy: "Fix what the report names, then run this again."
	});
}
var Cancelled = class extends Error {};
function cancelGracePeriod(step, { clock }) {
	return step.name === "rehearse" ? () => clock.sleep(6e3) : async () => {};
}
async function untilCancelled(work, signal, heartbeat, gracePeriod) {
	let stop = () => {};
	const cancelled = new Promise((_, reject) => {
		stop = () => reject(new Cancelled("cancelled"));
		if (signal.aborted) stop();
		else signal.addEventListener("abort", stop, { once: true });
	});
	try {
		await Promise.race([work, cancelled]);
	} catch (error) {
		const ended = work.catch(() => void 0);
		if (error instanceof Cancelled) await Promise.race([ended, gracePeriod()]);
		throw error;
	} finally {
		signal.removeEventListener("abort", stop);
	}
	if (heartbeat.failure) throw heartbeat.failure;
}
async function rollBackSteps(error, done, { context, journal, heartbeat }, signal, head) {
	const { report, deps } = context;
	if (error instanceof Cancelled || signal.aborted) {
		heartbeat.stopNow();
		await journal.add({ event: "signal" }).catch(() => void 0);
		const known = cancelled(head.host, done.some((step) => step.name === "guard"));
		return {
			report: report.build({
				...head,
				outcome: "failed"
			}, known.describe()),
			error: known
		};
	}
	const cause = asToolkitError(error);
	deps.log.warning(`${cause.message} Rolling back.`);
	const undone = await undoSteps(done, context, journal, cause);
	await heartbeat.stop();
	if (undone) await deps.guard.release().catch(() => void 0);
	const started = done.some((step) => step.name === "stop");
	const known = afterUndo(cause, undone, started);
	const outcome = !started ? "abandoned" : undone ? "rolled-back" : "failed";
	const result = {
		report: report.build({
			...head,
			outcome
		}, known.describe()),
		error: known
	};
	if (error instanceof Error && !(error instanceof ToolkitError)) deps.log.warning(`This is a bug in matrix-auth-actions: ${error.stack ?? error.message}`);
	return result;
}
function afterUndo(cause, undone, started) {
	if (!started) return cause;
	return new ToolkitError({
		kind: cause.kind,
		reason: undone ? "rolled-back" : "rollback-incomplete",
		what: cause.message,
		...cause.where ? { where: cause.where } : {},
		meaning: undone ? "Synapse uses its built-in login again, with all accounts and sessions." : "The guard on the server restores Synapse's built-in login within a minute, if it is running.",
		remedy: undone ? `${cause.remedy} The default branch now asks for a live MAS: until the next migration, set matrix_authentication_service_migration_in_progress: true again.` : `Run on the server: bash /matrix/auth-actions/guard/guard.sh status. ${cause.remedy}`,
		cause
	});
}
function cancelled(host, guarded) {
	return new ToolkitError({
		kind: "refused",
		reason: "cancelled",
		what: "The job was cancelled.",
		where: host,
		...guarded ? { meaning: "The guard on the server restores Synapse's built-in login within a minute." } : {},
		remedy: "Run migrate with operation: resume."
	});
}
function asToolkitError(error) {
	if (error instanceof ToolkitError) return error;
	return new ToolkitError({
		kind: "tool",
		reason: "internal",
		what: `Unexpected error: ${error instanceof Error ? error.message : "no message"}`,
		remedy: "Report this as a bug, with the log.",
		cause: error
	});
}
function newRun() {
	return `${Math.floor(Date.now() / 1e3).toString(36)}${randomBytes(3).toString("hex")}`;
}

// src/migration/run/resume.ts
async function recover(deps, options) {
	const report = new ReportBuilder();
	const entries = await readJournal(deps.session);
	const last = latestRun(entries);
	const { state, run = "none" } = summarizeEntries(entries);
	const head = reportHead(deps, options, "resume", run);
	if (state !== "unfinished" && state !== "proven") {
		report.warnings.push("The journal on the server shows no unfinished migration.");
		return {
			report: report.build({
				...head,
				outcome: "abandoned"
			}),
			wasRollback: false
		};
	}
	const wasRollback = hasBegun(last, "switch-back");
	let held;
	try {
		held = await takeLock(deps, options, run, report);
		const { context, journal } = held;
		const outcome = state === "proven" ? await complete(context, journal, last) : wasRollback || hasBegun(last, "stop") ? await returnToBuiltInLogin(context, journal, last) : await abandon$1(context, journal, last);
		await releaseLock(held);
		return {
			report: report.build({
				...head,
				outcome
			}),
			wasRollback
		};
	} catch (error) {
		await held?.heartbeat.stop();
		const known = asToolkitError(error);
		return {
			report: report.build({
				...head,
				outcome: "failed"
			}, known.describe()),
			error: known,
			wasRollback
		};
	}
}
async function complete(context, journal, entries) {
	await finish(context, canaryUsers(entries));
	await journal.add({
		event: "end",
		outcome: "migrated"
	});
	return "migrated";
}
function hasBegun(entries, step) {
	return entries.some((entry) => entry.event === "step-begin" && entry.step === step);
}
async function abandon$1(context, journal, entries) {
	const { deps, facts } = context;
	await deps.guard.at("uninstall");
	if (facts.mas.installed && !facts.mas.container) await deps.guard.run([
		"systemctl",
		"start",
		"--no-block",
		facts.mas.name
	]);
	await retire(context, canaryUsers(entries));
	await journal.add({
		event: "end",
		outcome: "abandoned"
	});
	return "abandoned";
}
async function returnToBuiltInLogin(context, journal, entries) {
	const { deps, names, report, facts } = context;
	const from = deps.clock.now().getTime();
	await journal.add({
		event: "undo-begin",
		step: "stop"
	});
	const isLive = hasBegun(entries, "switch-back") && facts.synapse.delegating !== "no";
	await deps.guard.at(isLive ? "go_back" : "restore");
	await deps.guard.awaitHttp(180, 200, curlConfig({ url: `${names.synapseUrl}/_matrix/client/v3/login` }));
	await deps.guard.at("uninstall");
	report.steps.push({
		name: "stop",
		seconds: seconds$1(deps.clock.now().getTime() - from),
		result: "undone"
	});
	await retire(context, canaryUsers(entries));
	await journal.add({
		event: "undo-done",
		step: "stop"
	}, {
		event: "end",
		outcome: "rolled-back"
	});
	return "rolled-back";
}
async function retire(context, users) {
	if (users.length === 0) return;
	const left = await retireAbandoned(canaryContext(context), newRun(), users).catch(() => users);
	if (left.length > 0) context.report.warnings.push(`Deactivate these accounts in Synapse manually: ${left.join(", ")}.`);
}
function canaryUsers(entries) {
	const begun = entries.find((entry) => entry.event === "step-begin" && entry.step === "canary");
	return begun ? canaryNames(begun.run) : [];
}

// src/migration/run/rollback.ts
function rollBack(deps, options) {
	const progress = { switching: false };
	return underLock(deps, options, progress, async (context, journal) => {
		const { run, names, report } = context;
		await timed(context, "backup", async () => {
			report.lost = await countLosses(context);
			await takeBackup(deps.session, names, run, options.backup, void 0);
		});
		await timed(context, "render", async () => prepareRollback(context));
		await timed(context, "guard", async () => {
			await deps.guard.at("hold_install");
			await deps.guard.at("arm");
		});
		progress.switching = true;
		await journal.add({
			event: "step-begin",
			step: "switch-back"
		});
		await timed(context, "switch-back", async () => switchBack(context));
		await deps.guard.at("uninstall");
		await journal.add({
			event: "step-done",
			step: "switch-back"
		});
	});
}
function repair(deps, options) {
	const repairing = (context) => timed(context, "repair", async () => emptyMas(context));
	return underLock(deps, options, { switching: false }, repairing);
}
async function underLock(deps, options, progress, work) {
	const run = newRun();
	const report = new ReportBuilder();
	const head = reportHead(deps, options, "rollback", run);
	try {
		const begun = await begin(deps, options, run, report);
		const { context, journal, heartbeat } = begun;
		try {
			await work(context, journal);
			await journal.add({
				event: "end",
				outcome: "rolled-back"
			});
		} catch (error) {
			if (!progress.switching) await abandon(begun);
			throw error;
		} finally {
			await heartbeat.stop();
		}
		await deps.guard.release().catch(() => void 0);
		return { report: report.build({
			...head,
			outcome: "rolled-back"
		}) };
	} catch (error) {
		const known = asToolkitError(error);
		const outcome = progress.switching ? "failed" : "abandoned";
		return {
			report: report.build({
				...head,
				outcome
			}, known.describe()),
			error: known
		};
	}
}
async function abandon({ context, journal }) {
	const { guard } = context.deps;
	try {
		await guard.at("uninstall");
		await journal.add({
			event: "end",
			outcome: "abandoned"
		});
		await guard.release();
	} catch (error) {
		const { message } = asToolkitError(error);
		context.report.warnings.push(`The guard could not be removed from the server: ${message}`);
	}
}
async function timed({ deps, report }, name, work) {
	const from = deps.clock.now().getTime();
	const took = () => seconds$1(deps.clock.now().getTime() - from);
	deps.log.info(`${name} …`);
	try {
		await work();
		report.steps.push({
			name,
			seconds: took(),
			result: "done"
		});
	} catch (error) {
		report.steps.push({
			name,
			seconds: took(),
			result: "failed"
		});
		throw error;
	}
}
async function prepareRollback({ deps, names }) {
	const files = await deps.render("present");
	if (!files.some((file) => file.path.endsWith("/homeserver.yaml"))) throw new ToolkitError({
		kind: "refused",
		reason: "refused-state",
		what: "The vars for the rollback would not change Synapse's homeserver.yaml, so Synapse would still delegate to MAS.",
		where: names.host,
		remedy: "Set matrix_authentication_service_migration_in_progress: true in these vars."
	});
	await storeFileSet(deps.session, files);
	await runOrThrow(deps.session, [
		"bash",
		"-c",
		"cd /matrix/auth-actions && mv before was && mv after before && mv was after && sync -f ."
	]);
}
async function switchBack({ deps, names, report }) {
	report.downAt = deps.clock.now().getTime();
	await deps.guard.at("go_back");
	await deps.guard.awaitHttp(180, 200, curlConfig({ url: `${names.clientUrl}/_matrix/client/v3/login` }));
	report.answeredAt = deps.clock.now().getTime();
	report.proofs.push({
		name: "Synapse uses its built-in login",
		result: "holds",
		detail: "its login endpoint returns HTTP 200"
	});
}
async function emptyMas({ deps, run, names, options }) {
	await takeBackup(deps.session, names, run, options.backup, void 0);
	await deps.guard.at("mas_clean");
}
const lossesSql = `WITH u AS (SELECT * FROM users WHERE username NOT LIKE 'auth-actions-%'),
 s AS (SELECT compat_sessions.* FROM compat_sessions JOIN u USING (user_id))
SELECT json_build_object(
 'sessions', (SELECT count(*) FROM s WHERE created_at > $SINCE),
 'accounts', (SELECT count(*) FROM u WHERE created_at > $SINCE),
 'passwords', (SELECT count(*) FROM user_passwords p JOIN u USING (user_id) WHERE p.created_at > $SINCE),
 'accountsLocked', (SELECT count(*) FROM u WHERE locked_at > $SINCE),
 'sessionsEnded', (SELECT count(*) FROM s WHERE finished_at > $SINCE),
 'oauthSessions', (SELECT count(*) FROM oauth2_sessions JOIN u USING (user_id) WHERE oauth2_sessions.created_at > $SINCE))`;
async function countLosses({ deps, names }) {
	const proven = (await readJournal(deps.session)).findLast((entry) => entry.event === "proven");
	const since = proven && !Number.isNaN(Date.parse(proven.at)) ? new Date(proven.at).toISOString() : "epoch";
	const row = await deps.sql(names.masDatabase, lossesSql.replaceAll("$SINCE", `'${since}'::timestamptz`));
	return Object.fromEntries(Object.entries(record(JSON.parse(row))).filter((entry) => typeof entry[1] === "number"));
}

// src/migration/run/operate.ts
const operations$1 = [
	"migrate",
	"resume",
	"rollback"
];
async function operate(deps, options, request, signal) {
	const facts = await deps.probe();
	const verdict = actualStage(facts);
	const journal = facts.ours.journal.state;
	const plan = planFor({
		before: request.before ?? request.after,
		after: request.after,
		actual: verdict.stage,
		options: {
			users: (facts.synapse.migratable.users ?? 1) > 0,
			journal,
			requested: request.operation
		}
	});
	deps.log.info(`The server is ${verdict.stage}. ${verdict.why}`);
	deps.log.info(`Plan: ${plan.kind}. ${plan.why}`);
	switch (plan.kind) {
		case "refuse": throw refusal(plan, verdict.why, facts.host);
		case "nothing":
		case "deploy": return { plan };
		case "migrate": return {
			plan,
			...await migrate$1(deps, options, signal)
		};
		case "repair": {
			const repaired = await repair(deps, options);
			if (!(request.after === "live" && request.operation !== "rollback") || repaired.error) return {
				plan,
				...repaired
			};
			deps.log.info("MAS's database is empty again; starting the migration.");
			return {
				plan,
				...await migrate$1(deps, options, signal)
			};
		}
		case "resume": return {
			plan,
			...await recoverThenContinue(deps, options, request, signal)
		};
		case "roll-back": return journal === "unfinished" || journal === "proven" ? {
			plan,
			...await recoverThenContinue(deps, options, request, signal)
		} : {
			plan,
			...await rollBack(deps, options)
		};
	}
}
async function recoverThenContinue(deps, options, request, signal) {
	const { wasRollback, ...ended } = await recover(deps, options);
	const { outcome } = ended.report;
	const requested = request.operation === "rollback" ? "rollback" : "migrate";
	const isDone = requested === "rollback" ? outcome === "rolled-back" : outcome === "migrated" || wasRollback || request.after !== "live";
	if (ended.error || isDone) return ended;
	deps.log.info("The earlier run is closed; probing the server again.");
	const { plan, ...next } = await operate(deps, options, {
		...request,
		operation: requested
	}, signal);
	return plan.kind === "nothing" || plan.kind === "deploy" ? ended : next;
}
function refusal(plan, reason, host) {
	return new ToolkitError({
		kind: "refused",
		reason: plan.reason,
		what: `${plan.why} ${reason}`,
		where: host,
		remedy: plan.remedy
	});
}

// src/report/migration.ts
const operations = {
	migrate: "Migration",
	rollback: "Rollback",
	resume: "Resumed run"
};
const marks = {
	holds: "✅ proven",
	fails: "❌ failed",
	skipped: "➖ skipped"
};
const results = {
	done: "done",
	failed: "❌ failed",
	undone: "rolled back",
	"undo-failed": "❌ rollback failed"
};
const losses = {
	sessions: "sessions that were created in MAS",
	accounts: "accounts that were created in MAS",
	passwords: "passwords that were set in MAS",
	accountsLocked: "accounts that were locked in MAS",
	sessionsEnded: "sessions that were ended in MAS",
	oauthSessions: "OAuth sessions that were created in MAS"
};
function renderMigration(report, toRestore) {
	const { host, operation, failure, proofs, warnings } = report;
	return sections(`## ${operations[operation]} of ${markdownCode(host)}: ${outcomeOf(report)}`, failure === void 0 ? "" : `**${markdownSentence(failure)}**`, toRestore === void 0 ? "" : howToRestore(toRestore), times(report), lost(report), proofs.length > 0 ? proofsTable(proofs) : "", table([
		"Step",
		"Duration",
		"Result"
	], report.steps.map((step) => [
		markdownSentence(step.name),
		seconds(step.seconds),
		results[step.result]
	])), warnings.map((warning) => `- ⚠️ ${markdownSentence(warning)}`).join("\n"));
}
function outcomeOf({ operation, outcome }) {
	switch (outcome) {
		case "migrated": return "✅ migrated";
		case "rolled-back": return operation === "rollback" ? "✅ rolled back" : "❌ rolled back";
		case "abandoned": return "❌ stopped before anything changed for users";
		case "failed": return "❌ failed";
	}
}
function seconds(value) {
	return `${value.toFixed(1)} s`;
}
function times({ windowSeconds, syn2masSeconds, overheadSeconds }) {
	if (windowSeconds === void 0) return "";
	const parts = [...syn2masSeconds === void 0 ? [] : [`syn2mas took ${seconds(syn2masSeconds)}`], ...overheadSeconds === void 0 ? [] : [`everything else took ${seconds(overheadSeconds)}`]];
	return `Downtime for users: **${seconds(windowSeconds)}**${parts.length > 0 ? ` (${parts.join(", ")})` : ""}.`;
}
function lost({ lost = {} }) {
	const items = Object.entries(lost).map(([name, count]) => `- ${count} ${markdownSentence(losses[name] ?? name)}`);
	return items.length > 0 ? `The rollback lost what users did in MAS:\n\n${items.join("\n")}` : "";
}
function proofsTable(proofs) {
	return table([
		"Proof",
		"Result",
		"Details"
	], proofs.map(({ name, result, detail }) => [
		markdownSentence(name),
		marks[result],
		markdownSentence(detail)
	]));
}
function howToRestore({ lines, file }) {
	return `The vars still ask for a live MAS, but the server uses Synapse's built-in login again. Open a pull request that restores these lines in ${file === void 0 ? "the vars" : markdownCode(file)}. Also restore the other lines that the migrating pull request removed, such as \`matrix_synapse_oidc_*\`. Accounts that log in through these providers cannot log in without them.\n\n${markdownBlock(lines.join("\n"))}`;
}

// src/migration/run/server.ts
function serverDeps(server, playbook, present, log) {
	return {
		...server,
		clock: systemClock,
		log,
		render: (vars) => render(server.session, playbook, vars === "present" ? present : {}),
		judge: (result) => judge(playbook.target.checkout.dialect, result),
		createUsers: () => createUsers(playbook)
	};
}
function preparedVariables(checkout) {
	const { delegatesWhilePrepared, advertisingVariables } = checkout.capabilities;
	return {
		matrix_authentication_service_migration_in_progress: true,
		...delegatesWhilePrepared ? { matrix_synapse_matrix_authentication_service_enabled: false } : {},
		...Object.fromEntries(advertisingVariables.map((name) => [name, false]))
	};
}
function judge(dialect, { code, stdout, stderr }) {
	const result = readSyn2mas({
		dialect,
		exitCode: code,
		stdout,
		stderr
	});
	const isUnproven = result.outcome === "unproven";
	const ok = isUnproven || result.outcome === "clean" || dialect === "mas-cli" && result.outcome === "warnings";
	const findings = result.findings.filter(({ id }) => !(isUnproven && id === "syn2mas/no-result"));
	const errors = findings.filter((finding) => finding.severity === "error").map((finding) => finding.message);
	const { exitMeaning, lastLines } = result;
	return {
		ok,
		what: `syn2mas: ${[exitMeaning, ...errors].join(" ")}`,
		findings,
		lastLines
	};
}
async function render(session, playbook, vars) {
	const { host } = playbook.target;
	const outcome = await playbook.run({
		tags: renderTags,
		vars,
		check: true,
		timeoutMs: 12e5
	});
	if (outcome.code !== 0) throw failed(host, `The playbook failed in check mode (exit code ${outcome.code}).`);
	const { files, unreadable } = renderedFiles(outcome.results, host);
	if (unreadable.length === 0) return readDeleted(files, async (path) => (await session.readFile(path))?.toString("utf8"));
	throw failed(host, `The playbook does not show the new content of ${unreadable.join(", ")}.`);
}
async function createUsers(playbook) {
	const { host } = playbook.target;
	const outcome = await playbook.run({
		tags: userTags,
		timeoutMs: 6e5
	});
	if (outcome.code === 0 && outcome.stats[host] !== void 0) return;
	throw new ToolkitError({
		kind: "tool",
		reason: "playbook-failed",
		what: `The playbook's tag ${userTags.join(",")} failed (exit code ${outcome.code}).`,
		where: host,
		remedy: "Run the action deploy with the same vars: it creates these accounts too."
	});
}
function failed(host, what) {
	return new ToolkitError({
		kind: "tool",
		reason: "playbook-failed",
		what,
		where: host,
		remedy: "Find the failed task in the log of this step, fix its cause, then run this again."
	});
}

// src/actions/migrate/run.ts
async function migrateServer(inputs, runtime) {
	const backup = backupOf(inputs);
	const targets = await resolveTargets(inputs, runtime);
	const [target, ...others] = targets.targets;
	if (target === void 0 || others.length > 0) throw tooManyHosts(targets.targets.length);
	return withServer(targets, target, runtime.log, async ({ server, playbook, print }) => {
		const log = {
			info: print,
			warning: (text) => print(`Warning: ${text}`)
		};
		const before = currentStage(inputs, target, runtime.repository);
		const present = currentVars(inputs, targets, target, before, runtime.repository.root, log);
		const common = serverDeps(server, playbook, present, log);
		const deps = {
			...common,
			...rehearsalDeps({
				...common,
				playbook,
				abort: runtime.signal
			}, {
				host: target.host,
				allowInPlace: inputs.allowInPlace,
				receiptMaxAgeHours: inputs.receiptMaxAgeHours,
				fence: () => common.guard.fence
			})
		};
		const options = {
			...defaultOptions,
			dialect: targets.checkout.dialect,
			owner: ownerOf(runtime.environment),
			requireReceipt: inputs.requireReceipt,
			backup,
			proveNoDrift: inputs.presentInventory !== void 0
		};
		const result = await operate(deps, options, {
			operation: inputs.operation,
			after: target.desired.stage,
			...before === void 0 ? {} : { before }
		}, runtime.signal);
		return {
			...result,
			...varsToRestore(result, targets, target)
		};
	});
}
function varsToRestore({ report }, { checkout }, { desired }) {
	if (report?.outcome !== "rolled-back" || desired.stage !== "live") return {};
	return { varsToRestore: {
		lines: Object.entries(preparedVariables(checkout)).map(([name, value]) => `${name}: ${value}`),
		...desired.place && { file: desired.place.file }
	} };
}
function currentVars({ operation, presentInventory }, { checkout }, target, before, root, log) {
	if (operation === "rollback" && target.desired.stage === "prepared") return {};
	if (presentInventory !== void 0 && (operation !== "rollback" || before === "prepared")) return { inventory: presentInventory.map((path) => resolve(root, path)) };
	const extraVars = preparedVariables(checkout);
	if (operation === "rollback") log.info(`Adding these variables for Synapse's built-in login, because the vars do not set them: ${JSON.stringify(extraVars)}`);
	return { extraVars };
}
function currentStage(inputs, target, { files }) {
	if (inputs.presentInventory === void 0) return target.before;
	const host = inventoryOf(files, inputs.presentInventory).host(target.host.name);
	return host === void 0 ? "off" : desiredStage(host).stage;
}
function ownerOf(environment) {
	const { GITHUB_REPOSITORY = "terminal", GITHUB_RUN_ID = "0", GITHUB_RUN_ATTEMPT = "1" } = environment;
	return `${GITHUB_REPOSITORY}-${GITHUB_RUN_ID}-${GITHUB_RUN_ATTEMPT}`.replace(/[^A-Za-z0-9._/-]/g, "_").slice(0, 100);
}
function backupOf({ backup, backupPath, backupMaxAgeHours }) {
	if (backup !== "external") return { kind: backup };
	if (backupPath !== void 0) return {
		kind: "external",
		path: backupPath,
		maxAgeHours: backupMaxAgeHours
	};
	throw new ToolkitError({
		kind: "input",
		reason: "input-invalid",
		what: "`backup` is `external`, but `backup-path` is not set.",
		remedy: "Set `backup-path` to the path of your own backup file on the server."
	});
}
function tooManyHosts(count) {
	return new ToolkitError({
		kind: "input",
		reason: "input-invalid",
		what: `Migrate one host at a time; \`limit\` matches ${count} hosts.`,
		remedy: "Set `limit` to one host. Migrate the next host after it has ended."
	});
}

// src/actions/migrate/action.ts
const inputTable = {
	...serverInputs,
	operation: oneOf(operations$1, "migrate"),
	"present-inventory": optional(paths()),
	"require-receipt": flag(true),
	"receipt-max-age-hours": wholeNumber({
		min: 1,
		fallback: 168
	}),
	"allow-in-place": flag(false),
	backup: oneOf([
		"auth",
		"full",
		"external"
	], "auth"),
	"backup-path": optional(text$1()),
	"backup-max-age-hours": wholeNumber({
		min: 1,
		fallback: 24
	}),
	"json-path": optional(text$1())
};
const migrate = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, runtime) {
	const { plan, report, error, varsToRestore } = await migrateServer(inputs, {
		...runtime,
		signal: cancellation()
	});
	setOutput("plan", plan.kind);
	setOutput("outcome", report?.outcome ?? "nothing");
	if (report) {
		annotations(report.findings).shown.forEach(annotate);
		writeReport(runtime.repository.root, inputs.jsonPath, jsonText(report));
		await appendSummary(renderMigration(report, varsToRestore));
		setOutput("window-seconds", String(report.windowSeconds ?? ""));
		setOutput("overhead-seconds", String(report.overheadSeconds ?? ""));
	}
	if (error !== void 0) throw error;
}

export { migrate as t };