import { D as notRunning, E as lastRunIn, O as kindOf, T as isRollback, d as workerUrls, f as serverProgram, h as actualStage, i as postgresUnit, k as outcomeOf, l as synapseUnit, p as stateFolder, r as masUnit, t as companion, u as synapseUrl } from "./names.js";
import { c as lossTexts, g as startOperation, l as lostSessions } from "./stage.js";
import { i as ToolkitError } from "./exec.js";
import { n as refusalOf, r as serverOptions, t as planFor } from "./plan.js";
import { a as readSyn2mas, n as masStarter, o as runOrThrow, r as notLater } from "./later.js";
import { c as failureLine } from "./git.js";
import { b as steps, x as withStepTexts, y as stepText } from "./run-action.js";
import { t as requireNothingUnfinished } from "./unfinished.js";
import { t as checkFileSet } from "./fileset.js";
import { l as plural, s as parseCounts } from "./account-counts.js";
import { n as lossesSince, r as windowSql, t as lossesQuery } from "./accounts.js";
import { o as inProgressVariable } from "./variables.js";
import { i as numbersIn, o as record, r as number, s as text, t as isRecord } from "./json.js";
import { createHash, randomBytes } from "node:crypto";

// src/support/abort.ts
async function unlessAborted(work, signal) {
	const aborted = Promise.withResolvers();
	const stop = () => aborted.resolve(void 0);
	if (signal.aborted) stop();
	signal.addEventListener("abort", stop, { once: true });
	const result = work.then((value) => ({ value }));
	return Promise.race([aborted.promise, result]).finally(() => signal.removeEventListener("abort", stop));
}

// src/server/scripts/backup.sh
var backup_default = "# Takes a backup: MAS's database, Synapse's account tables, configuration, units, and the names of the running images.\n# Arguments: FOLDER auth|full SYNAPSE_DATABASE MAS_DATABASE.\nset -euo pipefail\numask 077\nfolder=$1 kind=$2 synapse=$3 mas=$4\n# A partial backup would take the space that the next one needs.\ntrap 'rm -rf --one-file-system -- \"$folder\"' EXIT\ninstall -d -m 700 \"$folder\"\npg() { docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres \"$@\" </dev/null; }\ntables=(users user_threepids user_external_ids access_tokens refresh_tokens devices)\npg pg_dump -h /run/postgresql -Fc \"$mas\" >\"$folder/mas.dump\"\npg pg_dump -h /run/postgresql -Fc \"${tables[@]/#/--table=}\" \"$synapse\" >\"$folder/synapse-accounts.dump\"\nif [ \"$kind\" = full ]; then\n  pg pg_dump -h /run/postgresql -Fc \"$synapse\" >\"$folder/synapse.dump\"\nfi\n# shellcheck disable=SC2046 # One file per word.\ntar -C / -czf \"$folder/files.tar.gz\" matrix/synapse/config matrix/matrix-authentication-service \\\n  $(cd / && ls -d etc/systemd/system/matrix-*.service)\nfor container in $(docker ps --format '{{.Names}}'); do\n  case $container in\n    matrix-synapse* | matrix-authentication-service | matrix-postgres) docker inspect --format '{{.Name}} {{.Config.Image}} {{.Image}}' \"$container\" ;;\n  esac\ndone >\"$folder/images\"\nfor dump in \"$folder\"/*.dump; do\n  docker exec -i matrix-postgres pg_restore --list <\"$dump\" >\"$dump.list\"\n  [ \"$(grep -c 'TABLE DATA' \"$dump.list\")\" -gt 0 ] || { echo \"$dump lists no tables\" >&2; exit 1; }\ndone\ntar -tzf \"$folder/files.tar.gz\" >\"$folder/files.list\"\nsync -f \"$folder\"\ntrap - EXIT\n";

// src/migration/run/run-name.ts
function newRun() {
	return `${Math.floor(Date.now() / 1e3).toString(36)}${randomBytes(3).toString("hex")}`;
}
function startOf(run) {
	return /* @__PURE__ */ new Date(Number.parseInt(run.slice(0, 6), 36) * 1e3);
}
function isRunName(name) {
	return /^[0-9a-z]{6}[0-9a-f]{6}$/.test(name);
}

// src/migration/run/lease.ts
const leaseSeconds = 120;
const tickMs = 250;
const ticksToRenew = 80;
async function takeLease(window, clock, owner, run) {
	await window.lock(owner, run, leaseSeconds);
	let isReleased = false;
	const renewing = (async () => {
		for (let tick = 1; !isReleased; tick += 1) {
			await clock.sleep(tickMs);
			if (!isReleased && tick % ticksToRenew === 0) await window.renew(run, leaseSeconds).catch(() => void 0);
		}
	})();
	return async () => {
		isReleased = true;
		await renewing;
		await window.unlock(run).catch(() => void 0);
	};
}

// src/migration/run/report-builder.ts
var ReportBuilder = class {
	steps = [];
	windowSeconds;
	expectedWindowSeconds;
	syn2masSeconds;
	proofs = [];
	checks = [];
	counts;
	lost;
	warnings = [];
	findings = [];
	toolOutput;
	failure;
	found(findings) {
		const others = this.findings.filter(({ id }) => !findings.some((finding) => finding.id === id));
		this.findings = [...others, ...findings];
	}
	build(head) {
		const { windowSeconds, syn2masSeconds } = this;
		const isTimed = windowSeconds !== void 0 && syn2masSeconds !== void 0;
		return {
			schema: 1,
			...head,
			...this,
			overheadSeconds: isTimed ? seconds(1e3 * (windowSeconds - syn2masSeconds)) : void 0,
			failure: this.failure?.describe()
		};
	}
};
function seconds(ms) {
	return Math.round(ms / 10) / 100;
}

// src/migration/run/under-lock.ts
async function underLock(deps, options, operation, work) {
	const run = newRun();
	const report = new ReportBuilder();
	const { session, clock } = deps;
	const { dialect } = options;
	const startedAt = clock.now().toISOString();
	const head = {
		host: session.host,
		dialect,
		operation,
		run,
		startedAt
	};
	let release;
	try {
		release = await takeLease(deps.window, clock, options.owner, run);
		const facts = await deps.probe();
		requireNothingUnfinished(facts);
		const outcome = await work({
			deps,
			options,
			run,
			report,
			facts,
			...await deps.names(facts)
		});
		return {
			report: report.build({
				...head,
				outcome
			}),
			error: report.failure
		};
	} catch (error) {
		const known = asToolkitError(error);
		if (known.reason === "internal" && error instanceof Error) deps.log.warning(`This is a bug in matrix-auth-actions: ${error.stack ?? error.message}`);
		report.failure = known;
		const outcome = known.reason === "outcome-unknown" ? "unknown" : "abandoned";
		return {
			report: report.build({
				...head,
				outcome
			}),
			error: known
		};
	} finally {
		await release?.();
	}
}
async function timed({ deps, report }, name, work) {
	const tell = (event) => deps.log.step?.({
		event,
		step: steps[name]
	});
	if (deps.log.step) tell("begin");
	else deps.log.info(`${steps[name]} …`);
	const from = deps.clock.now().getTime();
	const took = () => seconds(deps.clock.now().getTime() - from);
	try {
		const result = await work();
		report.steps.push({
			name,
			seconds: took(),
			result: "done"
		});
		tell("done");
		return result;
	} catch (error) {
		report.steps.push({
			name,
			seconds: took(),
			result: "failed"
		});
		tell("failed");
		throw error;
	}
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
function asToolkitError(error) {
	if (error instanceof ToolkitError) return error;
	return new ToolkitError({
		reason: "internal",
		what: `Unexpected error: ${error instanceof Error ? error.message : "no message"}`,
		remedy: "Report this as a bug, with the log.",
		cause: error
	});
}

// src/migration/run/backup.ts
const longestBackupMs = 108e5;
async function takeBackup(context) {
	const { deps, names, run, options } = context;
	const { session } = deps;
	const { kind } = options.backup;
	if (options.backup.kind === "external") await checkExternal(session, options.backup);
	const folder = `${stateFolder}/backup/${run}`;
	const result = await session.run([...[
		"bash",
		"-c",
		backup_default,
		"backup",
		folder,
		kind === "full" ? "full" : "auth"
	], ...[names.synapseDatabase, names.masDatabase]], { timeoutMs: longestBackupMs });
	if (result.code !== 0) throw new ToolkitError({
		reason: "server-command-failed",
		what: `The backup failed (exit code ${result.code}): ${failureLine(result.stderr)}`,
		where: `${session.host}:${folder}`,
		remedy: "Check the disk and PostgreSQL on the server, then run this again."
	});
	await attempt(context, "Old backups could not be removed", async () => {
		const removed = await removeOldBackups(deps, run, options.keepBackups);
		if (removed !== void 0) deps.log.info(removed);
	});
}
async function removeOldBackups({ session, window }, run, keep) {
	const { backups, open, migration } = await window.facts();
	if (open !== void 0) return void 0;
	const old = backups.filter(isRunName).sort().slice(0, -keep).filter((name) => name !== run && name !== migration?.run);
	if (old.length === 0) return void 0;
	const script = [
		"bash",
		"-c",
		removeScript,
		"remove",
		`${stateFolder}/backup`,
		...old
	];
	return `Removed old backups (${(Number(await runOrThrow(session, script)) / 1024).toFixed(1)} MiB): ${old.join(", ")}. The newest ${keep} stay.`;
}
const removeScript = `set -euo pipefail
cd -- "$1"
shift
du -sk -- "$@" | awk '{ sum += $1 } END { print sum }'
rm -rf --one-file-system -- "$@"`;
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
		reason: "refused-state",
		what: result.code === 0 ? `Your backup is ${size === 0 ? "empty" : `${ageHours.toFixed(1)} hours old; at most ${maxAgeHours} are allowed`}.` : "Your backup file from `backup-path` does not exist.",
		where: `${session.host}:${path}`,
		remedy: "Take a new backup, or set `backup: auth`."
	});
}

// src/migration/run/finish.ts
async function finish(context) {
	const { deps, report, facts } = context;
	await lookFromOutside(context);
	await attempt(context, "mas-cli doctor could not be run", async () => {
		const { findings } = await deps.doctor();
		report.found(findings.map((finding) => ({
			...finding,
			host: facts.host
		})));
		const errors = findings.filter(({ severity }) => severity === "error").map(({ id }) => id);
		if (errors.length > 0) {
			report.warnings.push(`mas-cli doctor reports ${errors.join(", ")}.`);
			return;
		}
		const others = findings.length === 0 ? "" : `${plural(findings.length, "finding")}, none of them an error`;
		report.checks.push({
			name: "mas-cli doctor reports no error",
			result: "holds",
			detail: others
		});
	});
	await attempt(context, "The check run after the migration failed", async () => {
		const changed = await deps.render();
		report.checks.push({
			name: "the server matches the vars",
			result: changed.length === 0 ? "holds" : "fails",
			detail: changed.length === 0 ? "the check run shows no changed file" : `a deployment would change ${changed.map((file) => file.path).join(", ")}; run the action deploy`
		});
	});
	await attempt(context, "The accounts from the vars could not be created", () => deps.createUsers());
}
async function lookFromOutside(context) {
	const { deps, report, facts } = context;
	await attempt(context, "The view from outside could not be checked", async () => {
		const { checks, findings } = await deps.lookFromOutside();
		const ran = checks.filter(({ result }) => result === "holds" || result === "fails");
		if (ran.length === 0) return;
		report.found(findings.map((finding) => ({
			...finding,
			host: facts.host
		})));
		const failed = ran.filter(({ result }) => result === "fails");
		report.checks.push({
			name: "the public addresses answer from outside",
			result: failed.length === 0 ? "holds" : "fails",
			detail: failed.length === 0 ? plural(ran.length, "check") : failed.map(({ id, detail }) => `${id}: ${detail}`).join("; ")
		});
	});
}

// src/migration/run/preflight.ts
async function preflight(context) {
	const { deps, report } = context;
	const facts = await probeWhenStarted(context);
	const problems = [...stageProblems(facts), ...serviceProblems(facts)];
	problems.push(...await databaseProblems(context));
	problems.push(...await spaceProblemsOf(context, await neededSpace(context)));
	requireNone(problems, "migration", facts.host);
	if (context.options.requireReceipt) report.warnings.push(...await deps.checkReceipt(facts));
	else {
		report.warnings.push("`require-receipt` is false: this migration was not compared with a reviewed rehearsal.");
		deps.log.warning("`require-receipt` is false: this migration is not compared with a reviewed rehearsal.");
	}
}
async function requireBackupSpace(context) {
	requireNone(await spaceProblemsOf(context, /* @__PURE__ */ new Map([[backupDisk, Math.round(await backupSize(context) / 1024) + 131072]])), "backup", context.facts.host);
}
function requireNone(problems, purpose, host) {
	if (problems.length === 0) return;
	throw new ToolkitError({
		reason: "refused-state",
		what: `This server is not ready for the ${purpose}: ${problems.join(" ")}`,
		where: host,
		remedy: `Fix these problems, then run this again. If space is missing: older backups are in ${stateFolder}/backup.`
	});
}
async function probeWhenStarted({ deps, facts: { mas } }) {
	if (mas.installed && !mas.container) await deps.session.run([
		"systemctl",
		"start",
		mas.name
	]);
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
	return stage === "installed" ? [] : [`MAS must be installed beside Synapse without any accounts (stage \`installed\`), but the stage of the server is \`${stage}\`. ${why} docs/stages.md explains the stages.`];
}
function serviceProblems({ synapse, mas, postgres }) {
	const down = (unit) => unit.active !== "active" || !unit.container;
	return [...[
		synapse,
		mas,
		postgres,
		...synapse.workers.filter((worker) => worker.exists)
	].filter(down).map(notRunning), ...synapse.enabled ? [] : [`${synapse.name} is not enabled at boot.`]];
}
async function databaseProblems({ deps, names }) {
	const pending = await deps.sql(names.synapseDatabase, "SELECT count(*) FROM background_updates");
	return pending === "0" ? [] : [`Synapse still has ${plural(Number(pending), "background update")} to run in its database.`];
}
const accountTables = `SELECT sum(pg_total_relation_size(name)) FROM unnest(ARRAY['users', 'user_threepids', 'user_external_ids', 'access_tokens', 'refresh_tokens', 'devices']) AS name`;
const backupDisk = "/var/lib";
async function neededSpace(context) {
	return /* @__PURE__ */ new Map([[backupDisk, withReserve(await backupSize(context))], ["/matrix/postgres/data", withReserve(await accountsSize(context))]]);
}
async function backupSize(context) {
	const { deps, options, names } = context;
	const sizeOf = async (database) => Number(await deps.sql("postgres", `SELECT pg_database_size('${database}')`));
	return await sizeOf(names.masDatabase) + (options.backup.kind === "full" ? await sizeOf(names.synapseDatabase) : await accountsSize(context));
}
async function accountsSize({ deps, names }) {
	return Number(await deps.sql(names.synapseDatabase, accountTables));
}
function withReserve(bytes) {
	return Math.round(2 * bytes / 1024) + 524288;
}
function spaceProblems(needed, lines) {
	const folders = [...needed].map(([folder, kibibytes], index) => {
		const [, , , free, , mount = ""] = (lines[index] ?? "").split(/\s+/);
		return {
			folder,
			kibibytes,
			free: Number(free),
			mount
		};
	});
	return [...Map.groupBy(folders, ({ mount }) => mount).values()].flatMap((shared) => {
		const free = shared[0]?.free ?? 0;
		const wanted = shared.reduce((sum, { kibibytes }) => sum + kibibytes, 0);
		const names = shared.map(({ folder }) => folder).join(" and ");
		return free > wanted ? [] : [`Only ${free} KiB are free under ${names}; ${wanted} KiB are needed.`];
	});
}
async function spaceProblemsOf({ deps }, needed) {
	const { stdout } = await deps.session.run([
		"bash",
		"-c",
		"df -Pk \"$@\" | tail -n +2",
		"look",
		...needed.keys()
	]);
	return spaceProblems(needed, stdout.split("\n"));
}

// src/migration/run/window-plan.ts
const synapseJson = {
	path: "/_matrix/client/versions",
	field: "versions"
};
const masJson = {
	path: "/.well-known/openid-configuration",
	field: "issuer"
};
async function windowPlan({ deps, names, registrationSecret, facts, report }, { kind, files, command, maxDowntime }) {
	if (registrationSecret === void 0) throw noRegistrationSecret(facts.host);
	const unreached = [];
	const entranceTo = async (origin, { path, field }) => {
		const found = await deps.window.entrance(origin, path, field);
		if (!found) unreached.push(origin);
		return found ?? null;
	};
	const [entrance, entranceMas] = await Promise.all([kind === "repair" ? null : entranceTo(names.publicUrl, synapseJson), kind === "migrate" ? entranceTo(names.masPublicUrl, masJson) : null]);
	if (unreached.length > 0) {
		const isRouted = files.some(({ path }) => path === "/matrix/matrix-authentication-service/config/labels");
		if (kind === "migrate" && !isRouted) throw unprovable(facts.host, unreached);
		report.warnings.push(`On the server, its own public address (${unreached.join(", ")}) did not give the answer that users get, so the proofs use the container network instead. Check yourself that users can log in.`);
	}
	return {
		kind,
		units: {
			synapse: synapseUnit,
			workers: names.workerUnits,
			mas: masUnit,
			companion: names.workerUnits.length > 0 ? companion : null,
			restart: files.some(({ path }) => path.startsWith("/matrix/client-element/")) ? ["matrix-client-element"] : []
		},
		postgres: {
			container: postgresUnit,
			synapse: {
				database: names.synapseDatabase,
				role: names.synapseRole
			},
			mas: {
				database: names.masDatabase,
				role: names.masRole
			}
		},
		urls: {
			synapse: synapseUrl,
			mas: names.masUrl,
			client: names.clientUrl,
			workers: (await workerUrls(deps.session, names.workerUnits)).map((url) => `${url}/_matrix/client/v3/account/whoami`)
		},
		entrance,
		entranceMas,
		serverName: names.serverName,
		registrationSecret,
		syn2mas: command === void 0 ? null : { command },
		sql: windowSql(facts.dialect, kind === "rollback" ? lossesQuery(facts.ours.migration) : void 0),
		maxDowntime,
		files
	};
}
function windowFiles(files) {
	return files.map(({ path, before, after, mode = "0640", owner = "matrix:matrix" }) => ({
		path,
		beforeSha256: before === void 0 ? null : createHash("sha256").update(before).digest("hex"),
		after: after === void 0 ? null : Buffer.from(after).toString("base64"),
		mode,
		owner
	}));
}
function unprovable(host, origins) {
	const names = origins.map((origin) => new URL(origin).hostname);
	return new ToolkitError({
		reason: "refused-state",
		what: `The server does not reach its own public address (${origins.join(", ")}), and logins reach MAS through your own reverse proxy instead of Traefik. If all logins failed, no proof would show it.`,
		where: host,
		remedy: `Let the server reach the reverse proxy, for example by this line in its /etc/hosts: \`ADDRESS_OF_THE_PROXY ${[...new Set(names)].join(" ")}\`. Then run this again.`
	});
}
function noRegistrationSecret(host) {
	return new ToolkitError({
		reason: "refused-state",
		what: "Synapse has no registration_shared_secret, so no test accounts can be created for the proofs.",
		where: host,
		remedy: "Set matrix_synapse_registration_shared_secret (the playbook sets it by default), then deploy."
	});
}

// src/migration/run/watch.ts
const patienceMs = 12e5;
const reconnectEveryMs = 2e3;
async function watch({ window, clock, log, session }, { run, maxDowntime, start }, signal) {
	const entries = [];
	const end = clock.now().getTime() + maxDowntime * 1e3 + patienceMs;
	const onEntry = (entry) => {
		entries.push(entry);
		const event = log.step && stepEvent(entry, entries);
		if (event) log.step?.(event);
		const line = event && event.event !== "failed" ? void 0 : narrate(entry, entries);
		if (line !== void 0) log.info(line);
	};
	let started = false;
	while (!entries.some(({ event }) => event === "closed")) {
		if (signal.aborted) throw unknown(session.host, "The run was cancelled while the server was working on it.");
		if (clock.now().getTime() > end) throw unknown(session.host, "The server did not end the run in time, or could not be reached.");
		try {
			if (!started) await start();
			started = true;
			await unlessAborted(window.follow(run, entries.at(-1)?.seq ?? 0, onEntry), signal);
		} catch (error) {
			if (!(error instanceof ToolkitError && error.reason === "server-unreachable") && !started) throw error;
			log.warning("No answer from the server. Retrying. The run on the server does not depend on this connection.");
			await clock.sleep(reconnectEveryMs);
		}
	}
	return entries;
}
function unknown(host, what) {
	return new ToolkitError({
		reason: "outcome-unknown",
		what,
		where: host,
		meaning: "The server continues by itself: it finishes, or restores its previous state.",
		remedy: `To see how the run ended, ${startOperation("status")}. Or run on the server: \`${serverProgram} status\``
	});
}
function stepEvent({ event, step, data = {} }, entries) {
	const name = step ?? entries.findLast((each) => each.event === "begin")?.step;
	const downSeconds = number(data.downSeconds);
	const common = {
		step: stepText(name ?? ""),
		...downSeconds !== void 0 && { downSeconds }
	};
	switch (event) {
		case "begin":
		case "done":
		case "failed": return {
			event,
			...common
		};
		case "progress": return {
			event,
			...common,
			...data.table !== void 0 && { detail: rowsOf(data) }
		};
		default: return;
	}
}
function rowsOf(data) {
	return `${data.rows} of about ${data.of} ${data.table}`;
}
function narrate({ event, step = "", data = {} }, entries) {
	switch (event) {
		case "commit": return "The server now continues by itself. Cancelling does not stop it.";
		case "begin": return `${stepText(step)} …`;
		case "failed": return `The run failed: ${reasonOf(data)}.${hasStopped(entries) ? " The server is restoring its previous state." : ""}`;
		case "retry": return `${outcomeOf(entries) ? "The cleanup failed" : "Not restored yet"}: ${reasonOf(data)}. Retrying.`;
		case "end": return `The run has ended. Outcome: ${data.outcome}.`;
		case "progress": return data.table === void 0 ? void 0 : `syn2mas: ${rowsOf(data)}`;
		case "done":
		case "closed": return;
	}
}
function reasonOf(data) {
	return withStepTexts(text(data?.reason) ?? "the reason is unknown");
}
function hasStopped(entries) {
	return entries.some(({ event, step }) => event === "begin" && step === "stop");
}
function reportWindow(report, entries, host) {
	for (const { event, step = "", data = {} } of entries) {
		if (event === "done") report.steps.push({
			name: step,
			seconds: number(data.seconds) ?? 0,
			result: "done"
		});
		report.proofs.push(...proofsIn(data.proofs));
		if (step === "syn2mas") {
			report.syn2masSeconds = number(data.syn2masSeconds) ?? report.syn2masSeconds;
			if (isRecord(data.counts)) report.counts = countsIn(data.counts);
			const locks = number(data.locks) ?? 0;
			if (locks > 0) report.found([locksSet(locks, host)]);
		}
		const downSeconds = number(data.downSeconds);
		report.windowSeconds = isRestore({
			event,
			data
		}) ? downSeconds : downSeconds ?? report.windowSeconds;
		if (event === "end" && isRecord(data.lost)) report.lost = numbersIn(data.lost);
	}
	if (report.lost === void 0 && hasLosses(entries)) report.warnings.push("What users did in MAS is lost. It is unknown how much.");
	const failed = failedEntry(entries);
	if (failed) {
		markFailed(report, entries, failed);
		addRestore(report, entries, failed);
	}
	return outcomeOf(entries) ?? "unknown";
}
function isRestore({ event, data }) {
	return event === "end" && data?.outcome === "restored";
}
function failedEntry(entries) {
	return entries.find(({ event, data }) => event === "failed" || data?.outcome === "restored" || data?.outcome === "abandoned");
}
function hasLosses(entries) {
	if (!entries.some(({ event, step }) => event === "begin" && step === "start")) return false;
	return outcomeOf(entries) === (kindOf(entries) === "migrate" ? "restored" : "rolled-back");
}
function markFailed(report, entries, failed) {
	const begun = entries.findLast(({ event }) => event === "begin");
	const { step: name } = begun ?? {};
	if (!begun || name === void 0) return;
	if (entries.some(({ event, step }) => event === "done" && step === name)) return;
	if (report.steps.some((step) => step.name === name)) return;
	const took = failed.boot === begun.boot && !isRestore(failed) ? { seconds: seconds(1e3 * (failed.uptime - begun.uptime)) } : {};
	report.steps.push({
		name,
		...took,
		result: "failed"
	});
}
function addRestore(report, entries, failed) {
	if (!entries.some(isRestore)) return;
	const stopped = entries.find(({ event, step }) => event === "begin" && step === "stop");
	const answered = entries.find(({ event, step }) => event === "done" && step === "answer");
	const { windowSeconds } = report;
	const isTimed = stopped !== void 0 && windowSeconds !== void 0 && failed.event === "failed";
	const before = answered ? number(answered.data?.downSeconds) : failed.uptime - (stopped?.uptime ?? 0);
	const took = isTimed && before !== void 0 ? { seconds: seconds(1e3 * (windowSeconds - before)) } : {};
	report.steps.push({
		name: "restore",
		...took,
		result: "done"
	});
}
function proofsIn(value) {
	if (!Array.isArray(value)) return [];
	return value.map((each) => {
		const { name, result, detail } = record(each);
		return {
			name: text(name) ?? "",
			result: result === "holds" || result === "skipped" ? result : "fails",
			detail: text(detail) ?? ""
		};
	});
}
function countsIn(counts) {
	const parse = (value) => parseCounts(JSON.stringify(value));
	return {
		synapse: parse(counts.synapse),
		mas: parse(counts.mas)
	};
}
function locksSet(count, host) {
	return {
		id: "syn2mas/locks-set-again",
		severity: "notice",
		message: `syn2mas did not migrate the locks of ${plural(count, "account")}. matrix-auth-actions locked these accounts in MAS.`,
		host,
		why: "Without the lock their owners could log in again.",
		remedy: "Nothing to do. To unlock an account, run on the server: `mas-cli manage unlock-user NAME`"
	};
}

// src/migration/run/window-run.ts
async function runWindow(context, work, signal) {
	const { deps, run } = context;
	const { window } = deps;
	try {
		await notLater(deps.session, masStarter);
		await timed(context, "prepare", async () => window.prepare(run, await windowPlan(context, work)));
		if (signal.aborted) throw cancelled(deps.session.host);
		const { maxDowntime } = work;
		const entries = await watch(deps, {
			run,
			maxDowntime,
			start: () => commit(deps, run)
		}, signal);
		context.report.failure = failureOf(entries, deps.session.host, "run it again");
		return await reportRun(context, entries);
	} catch (error) {
		if (!(error instanceof ToolkitError && error.reason === "outcome-unknown")) await window.discard(run).catch(() => void 0);
		throw error;
	}
}
async function commit({ window, session }, run) {
	try {
		await window.commit(run);
	} catch (error) {
		const { open, last } = await window.facts().catch((cause) => {
			throw cause instanceof ToolkitError && cause.reason === "server-state-unreadable" ? error : unknownStart(session.host, cause);
		});
		if (open !== run && last?.run !== run) throw error;
	}
}
function unknownStart(host, cause) {
	return new ToolkitError({
		reason: "server-unreachable",
		what: "It is unknown whether the server has started the run.",
		where: host,
		remedy: "Run it again.",
		cause
	});
}
async function reportRun(context, entries) {
	const { deps, report } = context;
	const outcome = reportWindow(report, entries, deps.session.host);
	await readToolOutput(context, entries).catch(() => report.warnings.push("The output of syn2mas could not be read from the server."));
	return outcome;
}
async function readToolOutput({ deps: { session }, options: { dialect }, run, report }, entries) {
	const stdout = await session.readFile(`${stateFolder}/output/${run}`);
	if (stdout === void 0) return;
	const ended = entries.findLast(({ step, data }) => step === "syn2mas" && data?.exitCode !== void 0);
	const exitCode = number(ended?.data?.exitCode) ?? 0;
	const { findings, lastLines } = readSyn2mas({
		dialect,
		exitCode,
		stdout,
		stderr: ""
	});
	const found = findings.filter(({ id }) => id !== "syn2mas/no-result");
	report.found(found.map((finding) => ({
		...finding,
		host: session.host
	})));
	report.toolOutput = {
		...report.toolOutput,
		migration: lastLines
	};
}
const restoredState = {
	migrate: "Synapse uses its built-in login again, with the accounts and sessions from before the migration.",
	rollback: "Users still log in through MAS, with all accounts and sessions.",
	repair: "Nothing was changed for users."
};
const instead = {
	migrate: " To deploy something else first, open a pull request that reverts the migrate pull request; the result says how. Migrate later with another pull request.",
	rollback: ` To roll back with other vars, merge a pull request that sets \`${inProgressVariable}: true\` and restores the other lines that the migrate pull request removed. Then run this again.`,
	repair: ""
};
function failureOf(entries, host, again) {
	const failed = failedEntry(entries);
	if (!failed) return void 0;
	const isRestored = outcomeOf(entries) !== "abandoned";
	const kind = kindOf(entries) ?? "migrate";
	return new ToolkitError({
		reason: isRestored ? "restored" : "server-command-failed",
		what: `The run failed on the server: ${reasonOf(failed.data)}.`,
		where: host,
		meaning: isRestored ? restoredState[kind] : "Nothing was changed for users.",
		remedy: `Fix the cause, then ${again}.${isRestored ? instead[kind] : ""}`
	});
}
function cancelled(host) {
	return new ToolkitError({
		reason: "cancelled",
		what: "The run was cancelled before anything was changed for users.",
		where: host,
		remedy: "Run it again."
	});
}

// src/migration/run/migrate.ts
function migrate(deps, options, signal) {
	return underLock(deps, options, "migrate", async (context) => {
		const { command, files, seconds } = await untilCancelled(prepare(context), signal, deps);
		const maxDowntime = options.maxDowntime ?? defaultMaxDowntime$1(seconds);
		const work = {
			kind: "migrate",
			files: windowFiles(files),
			command,
			maxDowntime
		};
		const outcome = await runWindow(context, work, signal);
		if (outcome === "migrated") await finish(context);
		return outcome;
	});
}
function defaultMaxDowntime$1(estimate) {
	return Math.min(Math.max(5 * estimate, 60), 900);
}
async function prepare(context) {
	const { deps, facts, options, run, report } = context;
	await timed(context, "preflight", () => preflight(context));
	await timed(context, "backup", () => takeBackup(context));
	const rehearsed = await timed(context, "rehearse", () => deps.rehearse(run));
	report.found(rehearsed.findings);
	report.toolOutput = { rehearsal: rehearsed.lastLines };
	if (rehearsed.failure) throw rehearsed.failure;
	const files = await timed(context, "render", async () => {
		const final = await deps.render();
		if (options.proveNoDrift) await requireNoDrift(context, final);
		return final;
	});
	checkFileSet(files, "migrate", facts.host);
	const seconds = await rehearsed.estimate();
	report.expectedWindowSeconds = seconds;
	deps.log.info(`Expected downtime: ${(seconds / 2).toFixed(1)} to ${seconds.toFixed(1)} s.`);
	return {
		command: rehearsed.command,
		files,
		seconds
	};
}
async function requireNoDrift({ deps, facts }, final) {
	if (await deps.isAsDeployed(final)) {
		deps.log.info("The files are as the last deployment left them, so a check run with the vars from before this change is not necessary.");
		return;
	}
	const changed = await deps.renderPresent();
	if (changed.length === 0) return;
	throw new ToolkitError({
		reason: "refused-state",
		what: `The server does not match the vars from before this change. Deploying those would change ${changed.map((file) => file.path).join(", ")}.`,
		where: facts.host,
		remedy: "Revert this change with a pull request: its merge deploys the vars from before. Then revert that revert with a second pull request, and merge it."
	});
}
const gracePeriodMs = 6e3;
async function untilCancelled(work, signal, { clock, session }) {
	const done = await unlessAborted(work, signal);
	if (done) return done.value;
	await Promise.race([work.catch(() => void 0), clock.sleep(gracePeriodMs)]);
	throw cancelled(session.host);
}

// src/migration/plan/since-last-run.ts
function doubtAbout(last, facts) {
	if (last === void 0 || facts.ours.open !== void 0) return void 0;
	const left = loginAfter(last);
	const found = loginOf(facts);
	if (left === void 0 || left === found) return void 0;
	const byJournal = `According to its journal, the run ${last.run} ended as ${last.outcome}`;
	return found === "unreadable" ? `${byJournal}, but the server cannot be read, so this is not verified.` : `${byJournal}, but the stage of the server is ${actualStage(facts).stage}: something else changed the server.`;
}
function loginAfter({ kind, outcome = "abandoned" }) {
	switch (outcome) {
		case "migrated": return "live";
		case "rolled-back": return "built-in";
		case "restored": return kind === "rollback" ? "live" : "built-in";
		case "abandoned": return;
	}
}
function loginOf(facts) {
	const { synapse, mas } = facts;
	if (synapse.delegating === "no") return "built-in";
	if (actualStage(facts).stage === "live") return "live";
	return synapse.delegating === "unreadable" || mas.installed && mas.tables === "unreadable" ? "unreadable" : "neither";
}

// src/migration/run/resume.ts
async function resume(deps, options, run, signal) {
	const report = new ReportBuilder();
	const startedAt = deps.clock.now().toISOString();
	const { host } = deps.session;
	const head = {
		host,
		dialect: options.dialect,
		operation: "resume",
		run,
		startedAt
	};
	const { maxDowntime = 900 } = options;
	let outcome = "unknown";
	try {
		const entries = await watch(deps, {
			run,
			maxDowntime,
			start: () => deps.window.resume(run)
		}, signal);
		const ended = await reportRun({
			deps,
			options,
			run,
			report
		}, entries);
		const facts = await deps.probe();
		requireStage(run, entries, facts);
		outcome = ended;
		if (outcome === "migrated") await finish({
			deps,
			options,
			run,
			report,
			facts,
			...await deps.names(facts)
		});
		const resumed = kindOf(entries);
		report.failure = failureOfEnded(entries, host);
		return { report: report.build({
			...head,
			...resumed && { resumed },
			outcome
		}) };
	} catch (error) {
		report.failure = asToolkitError(error);
		return {
			report: report.build({
				...head,
				outcome
			}),
			error: report.failure
		};
	}
}
async function reportEnded(deps, options, run, facts) {
	const report = new ReportBuilder();
	const { host } = deps.session;
	const entries = [];
	await deps.window.follow(run, 0, (entry) => void entries.push(entry));
	const kind = kindOf(entries);
	const startedAt = startOf(run).toISOString();
	const head = {
		host,
		dialect: options.dialect,
		operation: kind ?? "resume",
		run,
		startedAt
	};
	const outcome = await reportRun({
		deps,
		options,
		run,
		report
	}, entries);
	report.warnings.push(endedBefore(entries));
	try {
		requireStage(run, entries, facts);
		report.failure = failureOfEnded(entries, host);
		return { report: report.build({
			...head,
			outcome
		}) };
	} catch (error) {
		report.failure = asToolkitError(error);
		return {
			report: report.build({
				...head,
				outcome: "unknown"
			}),
			error: report.failure
		};
	}
}
function endedBefore(entries) {
	const end = entries.find(({ event }) => event === "end");
	return [
		`This run had ended before${end ? `, at ${end.at}` : ""}. This report comes from its journal on the server, which does not contain the preparation.`,
		"To see whether the server works now, use status and doctor.",
		...outcomeOf(entries) === "migrated" ? [notFinished] : []
	].join(" ");
}
const notFinished = "The steps after a migration were not repeated. If they never ran, run the action deploy, then the action doctor.";
function failureOfEnded(entries, host) {
	const again = startOperation(operationOf(kindOf(entries)));
	return failureOf(entries, host, again);
}
function requireStage(run, entries, facts) {
	const doubt = doubtAbout(lastRunIn(run, entries), facts);
	if (doubt === void 0) return;
	throw new ToolkitError({
		reason: "refused-state",
		what: `${doubt} ${actualStage(facts).why}`,
		where: facts.host,
		remedy: "Find out what changed the server. docs/stages.md says what you can do in this stage."
	});
}
function operationOf(kind) {
	return kind === "repair" ? "rollback" : kind ?? "migrate";
}

// src/migration/run/rollback.ts
const defaultMaxDowntime = 180;
function rollBack(deps, options, signal) {
	return underLock(deps, options, "rollback", async (context) => {
		const { report, facts } = context;
		if (!facts.ours.migration) report.warnings.push(noRecord);
		await timed(context, "losses", () => requireConfirmation(context));
		await timed(context, "backup", () => backUp(context));
		const files = await timed(context, "previous-files", () => filesOfBefore(context));
		await requireConfirmation(context);
		const { maxDowntime = defaultMaxDowntime } = options;
		const outcome = await runWindow(context, {
			kind: "rollback",
			files,
			maxDowntime
		}, signal);
		if (outcome === "rolled-back") await lookFromOutside(context);
		return outcome;
	});
}
function repair(deps, options, signal) {
	return underLock(deps, options, "repair", async (context) => {
		await timed(context, "backup", () => backUp(context));
		return runWindow(context, {
			kind: "repair",
			files: [],
			maxDowntime: defaultMaxDowntime
		}, signal);
	});
}
async function backUp(context) {
	await requireBackupSpace(context);
	await takeBackup(context);
}
async function filesOfBefore(context) {
	const { migration } = context.facts.ours;
	if (!migration) return rendered(context);
	try {
		return await context.deps.window.mirror(migration.run);
	} catch (error) {
		if (!(error instanceof ToolkitError) || error.reason !== "server-command-failed") throw error;
		context.report.warnings.push(`The saved files from before the migration cannot be used, so the playbook renders new ones. Reason: ${error.message}`);
		return rendered(context);
	}
}
async function rendered(context) {
	const older = await ofLastPrepared(context);
	if (older) return older;
	const files = await context.deps.renderPresent();
	checkFileSet(files, "rollback", context.facts.host);
	return windowFiles(files);
}
async function ofLastPrepared({ deps, facts, report }) {
	try {
		const older = await deps.renderLastPrepared();
		if (!older) return void 0;
		checkFileSet(older.files, "rollback", facts.host);
		report.warnings.push(`The files of Synapse are from the vars of commit ${older.commit}, the last ones in stage prepared. The next deployment applies later changes of the vars again.`);
		return windowFiles(older.files);
	} catch (error) {
		if (!(error instanceof ToolkitError) || error.reason === "cancelled") throw error;
		report.warnings.push(`The last vars in stage prepared cannot be used. Reason: ${error.message}`);
		return;
	}
}
const noRecord = "The server has no record of the migration. So everything in MAS is counted as lost, including what Synapse already had before the migration.";
async function requireConfirmation({ deps, names, facts, report, options }) {
	const { confirmLostSessions } = options;
	const earlier = report.lost;
	const lost = await lossesSince(deps.sql, names.masDatabase, facts.ours.migration);
	report.lost = lost;
	const counted = {
		...lost,
		...earlier && { refreshedSessions: earlier.refreshedSessions ?? 0 }
	};
	const sessions = lostSessions(counted);
	if (Object.values(counted).every((count) => count === 0) || confirmLostSessions === "any") return;
	if (confirmLostSessions > 0 && sessions <= confirmLostSessions) return;
	throw new ToolkitError({
		reason: "refused-state",
		what: `The rollback would discard these changes that users made in MAS: ${lossTexts(lost).join(", ")}.`,
		where: facts.host,
		remedy: `To continue, ${startOperation(`rollback and confirm-lost-sessions: ${Math.max(sessions, 1)}`)}. This is a maximum for the sessions, and it accepts the other changes, too. The number grows while people use the server. \`any\` accepts every number.`
	});
}

// src/migration/run/operate.ts
const operations = [
	"migrate",
	"resume",
	"rollback",
	"status"
];
const expectedPlans = [
	"migrate",
	"roll-back",
	"no-roll-back"
];
async function operate(deps, options, request, signal) {
	const facts = await deps.probe();
	const verdict = actualStage(facts);
	const { last } = facts.ours;
	const planned = planFor({
		before: request.before ?? request.after,
		after: request.after,
		actual: verdict.stage,
		options: {
			...serverOptions(facts),
			requested: request.operation
		}
	});
	const plan = {
		...planned,
		why: `${planned.why}${lastRunText(planned, request.operation, last)}`
	};
	deps.log.info(`Stage of the server: ${verdict.stage}. ${verdict.why}`);
	deps.log.info(`Plan: ${plan.kind}. ${plan.why}`);
	if (request.expected !== void 0) requireExpected(request.expected, plan, facts.host);
	if (plan.kind === "migrate") requireNoRollbackSince(request.mergedAt, facts);
	switch (plan.kind) {
		case "refuse": throw refusalOf(plan, verdict.why, facts.host);
		case "deploy":
			deps.log.info("There is nothing to migrate. Run the action deploy for the other changes.");
			return { plan };
		case "nothing":
			if (request.operation !== "resume" || last === void 0) return { plan };
			return {
				plan,
				...await reportEnded(deps, options, last.run, facts)
			};
		case "migrate": return {
			plan,
			...await migrate(deps, options, signal)
		};
		case "repair": {
			const repaired = await repair(deps, options, signal);
			if (!(request.after === "live" && request.operation === "migrate") || repaired.error) return {
				plan,
				...repaired
			};
			deps.log.info("MAS's database is empty again; starting the migration.");
			return {
				plan,
				...await migrate(deps, options, signal)
			};
		}
		case "resume": return {
			plan,
			...await afterResume(await resume(deps, options, facts.ours.open ?? "", signal), deps, options, request, signal)
		};
		case "roll-back": return {
			plan,
			...await rollBack(deps, options, signal)
		};
	}
}
function lastRunText({ kind }, operation, last) {
	if (last === void 0) return "";
	if (operation === "resume" && kind === "nothing") return ` This is the report of its last run, ${last.run}.`;
	return operation === "migrate" && kind === "deploy" && last.outcome === "migrated" || operation === "rollback" && kind === "nothing" && last.outcome === "rolled-back" ? ` Run ${last.run} ${operation === "rollback" ? "rolled the server back" : "migrated the server"}. To show its report, ${startOperation("resume")}.` : "";
}
async function afterResume(ended, deps, options, request, signal) {
	if (ended.error || request.operation === "resume") return ended;
	deps.log.info("The earlier run has ended. Probing the server again.");
	const { plan, ...next } = await operate(deps, options, request, signal);
	return plan.kind === "nothing" || plan.kind === "deploy" ? ended : next;
}
function requireExpected(expected, { kind, why }, host) {
	if (expected === "no-roll-back" && kind === "roll-back") throw notAccepted(host);
	if (kind !== "resume" && kind !== "repair") return;
	const operation = kind === "resume" ? "resume" : expected === "migrate" ? "migrate" : "rollback";
	throw new ToolkitError({
		reason: "plan-differs",
		what: `The reviewed plan of ${host} is \`${expected}\`, but the plan for the server as it is now is \`${kind}\`: ${why} Nothing was done.`,
		where: host,
		remedy: `To carry out the new plan, ${startOperation(operation)}.`
	});
}
function notAccepted(host) {
	return new ToolkitError({
		reason: "findings",
		what: `This change would roll ${host} back to Synapse's built-in login, and its warning \`change/live-to-prepared\` was not accepted. Nothing was done.`,
		where: host,
		remedy: `To roll back, ${startOperation("rollback")}. To keep MAS, revert this change. Next time, accept the warning in the change itself (docs/rules/change-live-to-prepared.md).`
	});
}
function requireNoRollbackSince(mergedAt, { host, ours: { last } }) {
	if (mergedAt === void 0 || last === void 0 || !isRollback(last) || startOf(last.run) < mergedAt) return;
	throw new ToolkitError({
		reason: "plan-differs",
		what: `${host} was rolled back (run ${last.run}) after this change was merged, so the change no longer migrates it. Nothing was done.`,
		where: host,
		remedy: `To migrate again, ${startOperation("migrate")}.`
	});
}

export { doubtAbout as i, operate as n, operations as r, expectedPlans as t };