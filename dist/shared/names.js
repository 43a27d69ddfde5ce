import { i as ToolkitError } from "./exec.js";
import { c as failureLine, u as reasonAtEnd } from "./git.js";
import { a as parseRecord, o as record, s as text, t as isRecord } from "./json.js";
import { n as countText, t as countDifferences } from "./account-counts.js";
import { t as require_dist } from "./dist.js";
import { createHash } from "node:crypto";

// src/domain/journal.ts
const outcomes = [
	"migrated",
	"rolled-back",
	"restored",
	"abandoned"
];
const runKinds = [
	"migrate",
	"rollback",
	"repair"
];
const journalEvents = [
	"commit",
	"begin",
	"done",
	"progress",
	"failed",
	"retry",
	"end",
	"closed"
];
function parseJournal(text) {
	const entries = [];
	for (const line of text.split("\n")) {
		const entry = parseLine(line);
		if (entry && entry.seq > (entries.at(-1)?.seq ?? 0)) entries.push(entry);
	}
	return entries;
}
function kindOf(entries) {
	const commit = entries.find(({ event }) => event === "commit");
	return runKinds.find((kind) => kind === commit?.data?.kind);
}
function outcomeOf(entries) {
	const end = entries.find(({ event }) => event === "end");
	return outcomes.find((outcome) => outcome === end?.data?.outcome);
}
function parseLine(line) {
	const match = /^(\{.*),"sum":"([0-9a-f]{64})"\}$/.exec(line);
	const body = `${match?.[1]}}`;
	if (!match || createHash("sha256").update(body).digest("hex") !== match[2]) return void 0;
	const value = parseRecord(body);
	return isEntry(value) ? value : void 0;
}
function isEntry(value) {
	const { seq, at, uptime, boot, event, step, data } = record(value);
	return typeof seq === "number" && typeof at === "string" && typeof uptime === "number" && typeof boot === "string" && journalEvents.some((known) => known === event) && (step === void 0 || typeof step === "string") && (data === void 0 || isRecord(data));
}

// src/domain/server-facts.ts
function isDown({ active, container }) {
	return !container || !["active", "activating"].includes(active);
}
function downUnits({ synapse, mas, postgres }) {
	const workers = synapse.workers.filter(({ exists }) => exists);
	return [
		postgres,
		...mas.installed ? [mas] : [],
		...workers,
		synapse
	].filter(isDown);
}
function notRunning({ name, active, container }) {
	return `${name} is not running: its unit is ${active}, its container is ${container ? "" : "not "}running.`;
}
function lastRunIn(run, entries) {
	const [kind, outcome] = [kindOf(entries), outcomeOf(entries)];
	const endedAt = entries.find(({ event }) => event === "end")?.at;
	return {
		run,
		...kind && { kind },
		...outcome && { outcome },
		...endedAt && { endedAt }
	};
}
function isRollback({ kind, outcome }) {
	return kind === "rollback" && outcome === "rolled-back";
}
function isLocked({ window, lock }, run) {
	return window || lock !== void 0 && lock.seconds > 0 && lock.run !== run;
}

// src/support/redaction.ts
const maskText = "***";
const shortestSecret = 6;
const secretKey = String.raw`(?<![\w.-])[\w.-]*(?:secret|secrets?_key|passw(?:or)?d|passphrase|pepper|token|api_?key|private_?key|encryption|signing_key|credentials?)`;
const shapes = [
	/(?<![A-Za-z0-9])(?:syt|syr|mct|mcr|mat|mar|mpt)_[A-Za-z0-9=_-]{6,}/g,
	/(?<![A-Za-z0-9])MDA[A-Za-z0-9][A-Za-z0-9_-]{40,}/g,
	/(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
	/\$2[abxy]\$\d\d\$[./A-Za-z0-9]{20,}/g,
	/\$(?:argon2(?:id|i|d)|pbkdf2(?:-[\w-]+)?)\$[^\s"'\\]+/g,
	/(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:(?<value>[^\s/"']+)@/gi,
	/\b(?:Bearer|Basic)\s+(?<value>[A-Za-z0-9._~+/=-]{6,})/g,
	/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?<value>[\s\S]*?)(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g,
	new RegExp(String.raw`^(?<indent>[ \t]*)(?:- )?["']?${secretKey}["']?[ \t]*:[ \t]*[|>][+-]?\d?[ \t]*\r?\n(?<value>(?:(?:\k<indent>[ \t]+[^\r\n]*|[ \t]*)(?:\r?\n|$))+)`, "gim"),
	new RegExp(String.raw`^[ \t>+|-]*(?:["'])?${secretKey}["']?[ \t]*[:=][ \t]*(?<value>[^\s"'{[|>&*!\\][^\r\n]*)$`, "gim"),
	new RegExp(String.raw`${secretKey}(?:\\*["'])?\s*[:=]\s*(?<bs>\\*)(?<q>["'])(?<value>(?:(?!(?<!\\)\k<bs>\k<q>)[^\r\n])+)`, "gi"),
	new RegExp(String.raw`${secretKey}(?:\\*["'])?\s*[:=][ \t]*(?<value>[^\s"'\\{}[\],;][^\s"'\\}]*)`, "gi"),
	new RegExp(String.raw`\(${secretKey}\)=\((?<value>[^)\r\n]+)`, "gi")
];
const harmless = /^(?:true|false|yes|no|null|none|undefined|redacted|\*{3,}|<[\w -]*>|~|\{\{.*\}\}|!vault.*|\d{1,4}|""|''|[|>][+-]?\d?)[,;.]?$/i;
function writtenForms(secret) {
	const json = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		encodeURIComponent(secret.toWellFormed()),
		encodeURIComponent(secret.toWellFormed()).replaceAll("%20", "+"),
		secret.replaceAll("'", "''"),
		secret.replaceAll("'", String.raw`'\''`),
		Buffer.from(secret).toString("base64"),
		...secret.split(/\r?\n/).map((line) => line.trim())
	].filter((form) => form.length >= 6);
}
function valueSpan(match) {
	const start = match.index ?? 0;
	const value = match.groups?.value;
	if (value === void 0) return {
		start,
		end: start + match[0].length
	};
	if (harmless.test(value.trim())) return void 0;
	const from = start + match[0].lastIndexOf(value);
	return {
		start: from,
		end: from + value.length
	};
}
function spansOf(text, form) {
	const spans = [];
	for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) spans.push({
		start: at,
		end: at + form.length
	});
	return spans;
}
function cover(text, spans) {
	const sorted = spans.toSorted((a, b) => a.start - b.start);
	let result = "";
	let done = 0;
	let open;
	const close = () => {
		if (open === void 0) return;
		result += text.slice(done, open.start) + "***";
		done = open.end;
	};
	for (const span of sorted) if (open !== void 0 && span.start <= open.end) open = {
		start: open.start,
		end: Math.max(open.end, span.end)
	};
	else {
		close();
		open = span;
	}
	close();
	return result + text.slice(done);
}
function createMasker(secrets = []) {
	const forms = /* @__PURE__ */ new Set();
	const add = (...more) => {
		for (const secret of more) if (secret.length >= 6) for (const form of writtenForms(secret)) forms.add(form);
	};
	add(...secrets);
	const mask = (text) => {
		const known = [...forms].flatMap((form) => spansOf(text, form));
		const shaped = shapes.flatMap((shape) => [...text.matchAll(shape)].map(valueSpan).filter((span) => span !== void 0));
		return cover(text, [...known, ...shaped]);
	};
	return {
		mask,
		add
	};
}

// src/server/configuration.ts
var import_dist = require_dist();
function readYamlObject(text) {
	if (text === void 0) return void 0;
	const document = (0, import_dist.parseDocument)(text, {
		logLevel: "silent",
		schema: "yaml-1.1"
	});
	if (document.errors.length > 0) return void 0;
	const value = document.toJS();
	return isRecord(value) ? value : void 0;
}
function delegationOf(homeserver) {
	if (homeserver === void 0) return "unreadable";
	if (record(homeserver.matrix_authentication_service).enabled === true) return "mas";
	return record(record(homeserver.experimental_features).msc3861).enabled === true ? "msc3861" : "no";
}
function takesPasswords(homeserver) {
	const { enabled } = record(homeserver.password_config);
	return enabled === void 0 || enabled === true;
}
function databasesOf(homeserver, mas) {
	const args = record(record(homeserver?.database).args);
	return {
		synapse: {
			database: nonEmpty(args.database) ?? nonEmpty(args.dbname),
			role: nonEmpty(args.user),
			host: nonEmpty(args.host),
			port: portOf(args.port)
		},
		mas: masDatabase(record(mas?.database))
	};
}
function masDatabase(section) {
	const uri = nonEmpty(section.uri);
	if (uri === void 0 || !URL.canParse(uri)) {
		const { database, username, host, port } = section;
		return {
			database: nonEmpty(database),
			role: nonEmpty(username),
			host: nonEmpty(host),
			port: portOf(port)
		};
	}
	const { pathname, username, hostname, port, searchParams } = new URL(uri);
	const decoded = (text) => nonEmpty(decodeURIComponent(text));
	return {
		database: decoded(pathname.replace(/^\//, "")),
		role: decoded(username),
		host: nonEmpty(searchParams.get("host")) ?? decoded(hostname),
		port: nonEmpty(searchParams.get("port")) ?? nonEmpty(port)
	};
}
function portOf(value) {
	return typeof value === "number" ? String(value) : nonEmpty(value);
}
function masPathPrefix(mas) {
	const base = nonEmpty(record(mas.http).public_base);
	return base !== void 0 && URL.canParse(base) ? new URL(base).pathname.replace(/\/+$/, "") : "";
}
const secretName = /(secret|password|passwd|token|pepper|private_key|encryption|credential|api_?key|^key$|^uri$)(?!.*(path|file|uri|endpoint|method|alg|lifetime|scheme|enabled))/i;
function secretsIn(configuration) {
	const walk = (value, name) => {
		if (typeof value === "string") return [...secretName.test(name) || value.includes("PRIVATE KEY-----") ? [value.trim()] : [], ...passwordsInUris(value)];
		if (Array.isArray(value)) return value.flatMap((item) => walk(item, name));
		return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => walk(inner, key)) : [];
	};
	return walk(configuration, "");
}
function passwordsInUris(value) {
	return [...value.matchAll(/\b[a-z][a-z+.-]*:\/\/[^\s/:@]*:([^\s@/]+)@/gi)].flatMap(([, password]) => {
		if (password === void 0) return [];
		try {
			return [password, decodeURIComponent(password)];
		} catch {
			return [password];
		}
	});
}
function nonEmpty(value) {
	return text(value) || void 0;
}

// src/migration/plan/actual-stage.ts
function actualStage(facts) {
	const { synapse, mas } = facts;
	if (synapse.delegating === "unreadable") return inconsistent("Synapse's homeserver.yaml cannot be read, so it is unknown who authenticates users.");
	if (synapse.delegating !== "no") return delegating(facts);
	if (!mas.installed) return {
		stage: "absent",
		why: "MAS is not installed."
	};
	return beside(facts);
}
function delegating({ synapse, mas }) {
	if (!mas.installed) return inconsistent("Synapse delegates to MAS, but MAS is not installed: all users are locked out.");
	if (mas.tables === "unreadable") return inconsistent("Synapse delegates to MAS, but MAS's database cannot be read.");
	if (mas.tables === "renamed") return inconsistent("Synapse delegates to MAS, but a syn2mas run left its tables renamed: all users are locked out.");
	if ((synapse.migratable.users ?? 0) > 0 && (mas.counts?.users ?? 0) === 0) return inconsistent(`Synapse delegates to MAS, but MAS has none of its ${countText("users", synapse.migratable.users ?? 0)}: all users are locked out.`);
	return {
		stage: "live",
		why: "Synapse delegates logins to MAS."
	};
}
function beside(facts) {
	const { synapse, mas, dialect } = facts;
	if (mas.tables === "unreadable") return inconsistent("MAS's database cannot be read.");
	if (mas.tables === "renamed") return {
		stage: "partial",
		why: `A syn2mas run was interrupted: MAS's database still holds ${mas.leftovers.join(", ")}.`
	};
	const { counts } = mas;
	if (mas.tables === "none" || !counts) return {
		stage: "installed",
		why: "MAS's database has no tables yet."
	};
	if (mas.masOnlyAccounts.count > 0) return inconsistent(masOnlySentence(mas));
	if (Object.values(counts).reduce((sum, count) => sum + (count ?? 0), 0) === 0) return {
		stage: "installed",
		why: "MAS is installed, and has no users in its database."
	};
	const differences = countDifferences(synapse.migratable, counts);
	if (differences.length === 0) return {
		stage: "copied",
		why: "The accounts are copied to MAS, but Synapse still uses its built-in login."
	};
	const seen = differences.map(({ category, synapse: s, mas: m }) => `${m} of ${countText(category, s)}`).join(", ");
	const fewer = differences.every((difference) => difference.mas < difference.synapse);
	if (dialect === "syn2mas-tool" && fewer) return {
		stage: "partial",
		why: `A syn2mas run was interrupted: MAS has ${seen}.`
	};
	return inconsistent(`MAS and Synapse have different contents: MAS has ${seen}.`);
}
function masOnlySentence({ masOnlyAccounts }) {
	const more = masOnlyAccounts.count - masOnlyAccounts.names.length;
	const names = masOnlyAccounts.names.map((name) => JSON.stringify(name)).join(", ");
	return `MAS has ${countText("users", masOnlyAccounts.count)} that Synapse does not have: ${names}${more > 0 ? ` and ${more} more` : ""}.`;
}
function inconsistent(why) {
	return {
		stage: "inconsistent",
		why
	};
}

// src/server/window/window.py
var window_default = "#!/usr/bin/env python3\n\"\"\"Carries out the downtime of a migration or a rollback on the server, as one transaction.\n\nmatrix-auth-actions prepares a run and starts this program as a systemd unit. From then on nothing depends on the\nrunner: the run ends as `migrated` or `rolled-back`, or as `restored` to the state before it. If this program is killed\nor the server restarts, systemd starts it again, and it restores. Needs Python 3.8 or newer, and nothing else.\n\nFor root: status | hold | restore | force-unlock | uninstall. See the README in the same folder.\n\"\"\"\n\nfrom __future__ import annotations\n\nimport base64\nimport contextlib\nimport errno\nimport fcntl\nimport grp\nimport hashlib\nimport hmac\nimport http.client\nimport json\nimport os\nimport pwd\nimport re\nimport secrets\nimport shutil\nimport signal\nimport ssl\nimport stat\nimport subprocess\nimport sys\nimport time\nfrom datetime import datetime, timezone\nfrom typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple\nfrom urllib.parse import quote, urlsplit\n\nJson = Dict[str, Any]\n# Its base address, empty inside the container network, and its path.\nPage = Tuple[str, str]\n\nSTATE = os.environ.get(\"AUTH_ACTIONS_STATE\", \"/var/lib/matrix-auth-actions\")\nSYSTEMD = os.environ.get(\"AUTH_ACTIONS_SYSTEMD\", \"/etc/systemd/system\")\nFOLDERS = (\"\", \"runs\", \"journal\", \"output\", \"backup\", \"reserve\")\nHOLD = f\"{STATE}/hold\"\nLOCK = f\"{STATE}/lock.json\"\nLAST = f\"{STATE}/last\"\nMIGRATION = f\"{STATE}/migration\"\nTOOL = f\"{STATE}/matrix-auth-actions\"\nUNIT = \"matrix-auth-actions@\"\nDROP_IN = \"90-matrix-auth-actions-hold.conf\"\n# After the name of a file that is being written. A process that is killed leaves it.\nTEMPORARY = \".auth-actions\"\nSYN2MAS_CONTAINER = \"matrix-authentication-service-syn2mas\"\nRECEIPT_KEY = f\"{STATE}/receipt.key\"\nRESERVED_BYTES = 16 * 1024 * 1024\n\n# The text of this program, where it came over the connection instead of from a file.\nSOURCE: str = globals().get(\"SOURCE\", \"\")\n\nLOCK_HELD = 73\nLOCK_LOST = 75\nCHECK_FAILED = 76\n\nEVENTS = (\"commit\", \"begin\", \"done\", \"progress\", \"failed\", \"retry\", \"end\", \"closed\")\nOUTCOMES = (\"migrated\", \"rolled-back\", \"restored\", \"abandoned\")\n\nUNIT_FILE = \"\"\"[Unit]\nDescription=matrix-auth-actions: migration or rollback (run %i)\nAfter=docker.service matrix-postgres.service\nStartLimitIntervalSec=0\nRefuseManualStop=yes\n\n[Service]\nExecStart={python} -I {state}/runs/%i/window.py run %i\nRestart=on-failure\n# After these, systemd would take it for finished.\nRestartForceExitStatus=SIGHUP SIGINT SIGTERM SIGPIPE\nRestartSec=1\nKillMode=mixed\nOOMScoreAdjust=-500\nOOMPolicy=continue\n\n[Install]\nWantedBy=multi-user.target\n\"\"\"\n\nREADME = \"\"\"This folder belongs to matrix-auth-actions, which migrates this server to Matrix Authentication Service.\n\n  ./matrix-auth-actions status          what is true on this server, and what can be done\n  ./matrix-auth-actions restore         ends an unfinished run and restores the state before it\n  ./matrix-auth-actions hold            prevents Synapse and its workers from starting\n  ./matrix-auth-actions force-unlock RUN   ends the lock of a run that died\n  ./matrix-auth-actions uninstall       removes the units and the hold; journals and backups stay\n\nruns/RUN      what a run needs: the program, its settings, the old and new files. Never changed once it is complete.\njournal/RUN   what the run did. A line counts only if its checksum is right.\noutput/RUN    the output of syn2mas.\nbackup/RUN    what was backed up before the run: MAS's database, Synapse's account tables (with `backup: full` its\n              whole database), and the configuration.\n\"\"\"\n\n\nclass Refused(Exception):\n    \"\"\"A check that failed, with the exit code that the caller expects.\"\"\"\n\n    def __init__(self, message: str, code: int = CHECK_FAILED) -> None:\n        super().__init__(message)\n        self.code = code\n\n\n# Files\n\n\ndef read(path: str) -> Optional[bytes]:\n    \"\"\"The content of a file, or None where there is none, or a folder. Links are not followed.\"\"\"\n    try:\n        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)\n    except (FileNotFoundError, NotADirectoryError):\n        return None\n    try:\n        with open(descriptor, \"rb\", closefd=False) as file:\n            return file.read()\n    except IsADirectoryError:\n        return None\n    finally:\n        os.close(descriptor)\n\n\ndef sync_folder(path: str) -> None:\n    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)\n    try:\n        os.fsync(descriptor)\n    finally:\n        os.close(descriptor)\n\n\ndef write_durably(path: str, content: bytes, mode: int = 0o600, owner: Optional[Tuple[int, int]] = None) -> None:\n    \"\"\"Replaces a file. A failure leaves the old file, and no other.\"\"\"\n    temporary = path + TEMPORARY\n    remove(temporary)\n    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)\n    try:\n        with os.fdopen(descriptor, \"wb\") as file:\n            file.write(content)\n            file.flush()\n            if owner is not None:\n                os.fchown(file.fileno(), *owner)\n            os.fchmod(file.fileno(), mode)\n            os.fsync(file.fileno())\n        os.replace(temporary, path)\n    except BaseException:\n        remove(temporary)\n        raise\n    sync_folder(os.path.dirname(path))\n\n\ndef remove(path: str) -> None:\n    \"\"\"With what a process that was killed while it wrote this file left beside it.\"\"\"\n    for each in (path, path + TEMPORARY):\n        with contextlib.suppress(FileNotFoundError, NotADirectoryError):\n            os.unlink(each)\n\n\ndef remove_empty_folder(path: str) -> None:\n    \"\"\"Leaves a folder in which somebody has other files, and a link.\"\"\"\n    try:\n        os.rmdir(path)\n    except OSError as error:\n        if error.errno not in (errno.ENOENT, errno.ENOTEMPTY, errno.ENOTDIR):\n            raise\n\n\ndef require_own_folders(names: Sequence[str] = FOLDERS) -> None:\n    \"\"\"No other user may change root's state. What is secret in it, only root can read.\"\"\"\n    for name in names:\n        path = os.path.join(STATE, name).rstrip(\"/\")\n        with contextlib.suppress(FileExistsError):\n            os.mkdir(path, 0o700)\n        info = os.lstat(path)\n        if not stat.S_ISDIR(info.st_mode) or info.st_uid != os.geteuid() or info.st_mode & 0o022:\n            remedy = f\"If you made it, run `chown root:root {path}; chmod go-w {path}`. Else move it away.\"\n            raise Refused(f\"{path} is not a folder that only root can change. {remedy} Then run this again.\")\n\n\ndef names_in(folder: str) -> List[str]:\n    \"\"\"Sorted; none where a look at the server finds no folder.\"\"\"\n    path = os.path.join(STATE, folder)\n    return sorted(os.listdir(path)) if os.path.isdir(path) else []\n\n\ndef parse_object(text: str) -> Json:\n    \"\"\"An empty object where the text is no JSON object.\"\"\"\n    try:\n        value = json.loads(text)\n    except ValueError:\n        return {}\n    return value if isinstance(value, dict) else {}\n\n\n# Time: durations never depend on a clock that can be set.\n\n\ndef uptime() -> float:\n    return time.clock_gettime(time.CLOCK_BOOTTIME)\n\n\ndef boot() -> str:\n    \"\"\"Identifies this start of the system. A container has its host's boot id, so the start of process 1 is added.\"\"\"\n    with open(\"/proc/sys/kernel/random/boot_id\", encoding=\"ascii\") as file:\n        kernel = file.read().strip()\n    with open(\"/proc/1/stat\", encoding=\"utf-8\", errors=\"replace\") as file:\n        started = file.read().rsplit(\")\", 1)[1].split()[19]\n    return f\"{kernel}-{started}\"\n\n\n# The lock: a lease of the runner while it prepares and finishes, and this program's own lock during the window.\n\n\n@contextlib.contextmanager\ndef mutex() -> Iterator[None]:\n    with open(f\"{STATE}/mutex\", \"w\", encoding=\"ascii\") as file:\n        fcntl.flock(file, fcntl.LOCK_EX)\n        yield\n\n\ndef lock_window() -> Any:\n    \"\"\"Takes the lock of the window, which ends with this process. Raises Refused where another process keeps it.\"\"\"\n    file = open(f\"{STATE}/window\", \"w\", encoding=\"ascii\")  # noqa: SIM115 (stays open until the process ends)\n\n    def taken() -> bool:\n        with contextlib.suppress(BlockingIOError):\n            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n            return True\n        return False\n\n    # A look at the lock holds it for a moment.\n    wait_until(taken, 5, \"another run is changing this server\")\n    return file\n\n\ndef window_is_open() -> bool:\n    try:\n        with open(f\"{STATE}/window\", encoding=\"ascii\") as file:\n            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)\n            return False\n    except FileNotFoundError:\n        return False\n    except BlockingIOError:\n        return True\n\n\ndef read_lock() -> Json:\n    return parse_object((read(LOCK) or b\"\").decode(\"utf-8\", \"replace\"))\n\n\ndef lease_left(lock: Json) -> float:\n    \"\"\"Seconds. A lease of an earlier start of the system has ended.\"\"\"\n    until = lock.get(\"until\")\n    return until - uptime() if lock.get(\"boot\") == boot() and isinstance(until, (int, float)) else 0\n\n\ndef take_lock(owner: str, run: str, seconds: float) -> None:\n    if open_run() is None:  # The program of a run that is closed takes a moment to leave systemd.\n        with contextlib.suppress(Refused):\n            wait_until(lambda: not window_is_open(), 20, \"the program is still running\")\n    with mutex():\n        lock = read_lock()\n        if window_is_open():\n            raise Refused(f\"the run {lock.get('run')} of {lock.get('owner')} is changing this server\", LOCK_HELD)\n        if lease_left(lock) > 0 and lock.get(\"run\") != run:\n            raise Refused(f\"{lock.get('owner')} holds the lock for another {lease_left(lock):.0f} s\", LOCK_HELD)\n        write_lock(owner, run, seconds)\n\n\ndef write_lock(owner: str, run: str, seconds: float) -> None:\n    lock = {\"owner\": owner, \"run\": run, \"boot\": boot(), \"until\": uptime() + seconds}\n    write_durably(LOCK, json.dumps(lock).encode())\n\n\n@contextlib.contextmanager\ndef own_lock(run: str) -> Iterator[Json]:\n    \"\"\"No other run can take the lock meanwhile. A runner that wakes up late is refused.\"\"\"\n    with mutex():\n        lock = read_lock()\n        if lock.get(\"run\") != run:\n            holder = lock.get(\"run\")\n            raise Refused(f\"the run {holder} has taken the lock over\" if holder else \"the lock was released\", LOCK_LOST)\n        yield lock\n\n\ndef renew_lock(run: str, seconds: float) -> None:\n    with own_lock(run) as lock:\n        write_lock(str(lock.get(\"owner\")), run, seconds)\n\n\ndef release_lock(run: str) -> None:\n    with mutex():\n        if read_lock().get(\"run\") == run:\n            write_durably(LOCK, b\"{}\")\n\n\n# The journal: one file a run, written only by this program while it holds the lock of the window.\n\n\ndef journal_line(entry: Json) -> bytes:\n    body = json.dumps(entry, separators=(\",\", \":\"))\n    return f'{body[:-1]},\"sum\":\"{hashlib.sha256(body.encode()).hexdigest()}\"}}\\n'.encode()\n\n\ndef parse_journal(text: str) -> List[Json]:\n    \"\"\"The lines that count: with the right checksum, and in order. Torn, doubled and foreign lines do not count.\"\"\"\n    entries: List[Json] = []\n    for line in text.split(\"\\n\"):\n        match = re.fullmatch(r'(\\{.*),\"sum\":\"([0-9a-f]{64})\"\\}', line)\n        body = f\"{match[1]}}}\" if match else \"\"\n        if not match or hashlib.sha256(body.encode()).hexdigest() != match[2]:\n            continue\n        entry = parse_object(body)\n        if is_entry(entry) and entry[\"seq\"] > (entries[-1][\"seq\"] if entries else 0):\n            entries.append(entry)\n    return entries\n\n\ndef is_entry(entry: Json) -> bool:\n    \"\"\"As in src/domain/journal.ts; both read the same corpus in their tests.\"\"\"\n    numbers = all(type(entry.get(name)) in (int, float) for name in (\"seq\", \"uptime\"))\n    texts = all(isinstance(entry.get(name), str) for name in (\"at\", \"boot\"))\n    known = entry.get(\"event\") in EVENTS and isinstance(entry.get(\"step\", \"\"), str)\n    return numbers and texts and known and isinstance(entry.get(\"data\", {}), dict)\n\n\ndef outcome_of(entries: Sequence[Json]) -> Optional[str]:\n    \"\"\"The first end decides.\"\"\"\n    end = next((entry for entry in entries if entry[\"event\"] == \"end\"), {})\n    outcome = end.get(\"data\", {}).get(\"outcome\")\n    return outcome if outcome in OUTCOMES else None\n\n\nINTERRUPTS = (signal.SIGUSR1, signal.SIGALRM)\n\n\n@contextlib.contextmanager\ndef uninterrupted() -> Iterator[None]:\n    \"\"\"A signal that comes meanwhile is handled afterwards.\"\"\"\n    try:\n        signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)\n        yield\n    finally:\n        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)\n\n\nclass Journal:\n    def __init__(self, run: str) -> None:\n        self.path = f\"{STATE}/journal/{run}\"\n        self._file: Optional[int] = None\n        self._load()\n\n    def _load(self) -> None:\n        content = self._content()\n        self.entries = parse_journal(content.decode(\"utf-8\", \"replace\"))\n        self._torn = bool(content) and not content.endswith(b\"\\n\")\n\n    def _content(self) -> bytes:\n        if self._file is None:\n            return read(self.path) or b\"\"\n        return os.pread(self._file, os.fstat(self._file).st_size, 0)\n\n    def add(self, event: str, step: Optional[str] = None, **data: Any) -> None:\n        \"\"\"The line is on disk when this returns. After a failure it counts if it can be read, as for every reader.\"\"\"\n        self._load()  # Somebody else can have written half a line since, which would swallow this one.\n        seq = self.entries[-1][\"seq\"] + 1 if self.entries else 1\n        entry: Json = {\"seq\": seq, \"at\": now_text(), \"uptime\": round(uptime(), 3), \"boot\": boot(), \"event\": event}\n        if step is not None:\n            entry[\"step\"] = step\n        if data:\n            entry[\"data\"] = data\n        line = (b\"\\n\" if self._torn else b\"\") + journal_line(entry)\n        with uninterrupted():  # What is known here must be what every reader of the file knows.\n            try:\n                self._append(line)\n            finally:\n                self._load()\n\n    def _append(self, line: bytes) -> None:\n        if self._file is None:  # Stays open: what this process wrote, it knows, whatever takes the place of the file.\n            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)\n        if os.write(self._file, line) != len(line):\n            raise OSError(f\"{self.path} was written only in part\")\n        os.fsync(self._file)\n\n    def has(self, event: str, step: Optional[str] = None) -> bool:\n        return any(entry[\"event\"] == event and (step is None or entry.get(\"step\") == step) for entry in self.entries)\n\n    @property\n    def outcome(self) -> Optional[str]:\n        return outcome_of(self.entries)\n\n\ndef now_text() -> str:\n    return datetime.now(timezone.utc).strftime(\"%Y-%m-%dT%H:%M:%S.%f\")[:-3] + \"Z\"\n\n\n# Programs of the server\n\n\ndef call(argv: Sequence[str], seconds: float = 60, stdin: str = \"\", may_fail: bool = False) -> str:\n    \"\"\"Standard output. Raises Refused where the program takes longer, or fails and may not, with its last line.\"\"\"\n    try:\n        done = subprocess.run(argv, input=stdin.encode(), capture_output=True, timeout=seconds)\n    except subprocess.TimeoutExpired:\n        raise Refused(f\"{' '.join(argv[:3])} did not end within {seconds:.0f} s\") from None\n    except OSError as error:\n        raise Refused(f\"{argv[0]} could not be started: {error.strerror}\") from None\n    if done.returncode != 0 and not may_fail:\n        last = done.stderr.decode(\"utf-8\", \"replace\").strip().split(\"\\n\")[-1]\n        raise Refused(f\"{' '.join(argv[:3])} failed (exit code {done.returncode}): {last}\")\n    return done.stdout.decode(\"utf-8\", \"replace\")\n\n\ndef systemctl(*arguments: str, seconds: float = 90, may_fail: bool = False) -> str:\n    return call([\"systemctl\", *arguments], seconds, may_fail=may_fail)\n\n\ndef stop_units(units: Sequence[str], seconds: float = 120, may_be_young: bool = False) -> None:\n    \"\"\"Without what requires them, such as the playbook's bridges: nothing would start that again. Raises Refused where\n    one runs on. One that was removed does not run. A program that has just begun ignores SIGTERM, as process 1 of its\n    container: systemd waits for it for 10 seconds, and for 90 where it still starts the unit.\"\"\"\n    mode = \"--job-mode=ignore-dependencies\"\n    if may_be_young:\n        systemctl(\"stop\", \"--no-block\", mode, *units, may_fail=True)\n        with contextlib.suppress(Refused):\n            call([\"docker\", \"stop\", \"-t\", \"3\", *units], 20)\n    systemctl(\"stop\", mode, *units, seconds=seconds, may_fail=True)\n    running = [unit for unit, now in zip(units, properties(units)) if now[\"ActiveState\"] not in (\"inactive\", \"failed\")]\n    if running:\n        raise Refused(f\"still running after the stop: {', '.join(running)}\")\n\n\ndef install_hold(units: Sequence[str]) -> None:\n    \"\"\"From now on the flag HOLD prevents these units from starting, also at boot.\"\"\"\n    for unit in units:\n        folder = f\"{SYSTEMD}/{unit}.service.d\"\n        os.makedirs(folder, 0o755, exist_ok=True)\n        write_durably(f\"{folder}/{DROP_IN}\", f\"[Unit]\\nConditionPathExists=!{HOLD}\\n\".encode(), 0o644)\n    systemctl(\"daemon-reload\")\n\n\ndef remove_hold(units: Sequence[str]) -> None:\n    remove(HOLD)\n    sync_folder(STATE)  # A power cut must not bring it back: the run that would remove it is over.\n    for unit in units:\n        remove(f\"{SYSTEMD}/{unit}.service.d/{DROP_IN}\")\n        remove_empty_folder(f\"{SYSTEMD}/{unit}.service.d\")\n    systemctl(\"daemon-reload\")\n\n\ndef held_units(plan: Json) -> List[str]:\n    \"\"\"Those of a run; without its plan, all that have the drop-in.\"\"\"\n    with contextlib.suppress(KeyError, TypeError):\n        return [plan[\"units\"][\"synapse\"], *plan[\"units\"][\"workers\"]]\n    folders = [name for name in os.listdir(SYSTEMD) if os.path.exists(f\"{SYSTEMD}/{name}/{DROP_IN}\")]\n    return [folder[: -len(\".service.d\")] for folder in folders]\n\n\ndef properties(units: Sequence[str]) -> List[Dict[str, str]]:\n    names = \"LoadState,ActiveState,SubState,MainPID,CanReload,ConditionResult,ConditionTimestampMonotonic\"\n    shown = systemctl(\"show\", \"-p\", names, *(f\"{unit}.service\" for unit in units))\n    return [dict(line.split(\"=\", 1) for line in block.split(\"\\n\")) for block in shown.strip().split(\"\\n\\n\")]\n\n\ndef has_failed(unit: Dict[str, str]) -> bool:\n    \"\"\"Although systemd says that it is being started.\"\"\"\n    return unit[\"ActiveState\"] == \"activating\" and unit[\"MainPID\"] == \"0\" and unit[\"SubState\"] != \"start-pre\"\n\n\ndef prove_hold(units: Sequence[str]) -> None:\n    \"\"\"Starting a held unit exits with 0. Only a condition that systemd checked after the attempt proves the hold.\"\"\"\n    before = properties(units)\n    systemctl(\"start\", \"--no-block\", \"--job-mode=ignore-dependencies\", *units)\n    checked = \"ConditionTimestampMonotonic\"\n    wait_until(\n        lambda: all(now[checked] != old[checked] for now, old in zip(properties(units), before)),\n        5,\n        \"systemd did not check the condition of the hold\",\n    )\n    free = [unit for unit, now in zip(units, properties(units)) if now[\"ConditionResult\"] != \"no\"]\n    if free:\n        raise Refused(f\"the hold does not prevent the start of {', '.join(free)}\")\n\n\ndef wait_until(holds: Callable[[], bool], seconds: float, message: str, pause: float = 0.05) -> None:\n    end = uptime() + seconds\n    while not holds():\n        if uptime() >= end:\n            raise Refused(message)\n        time.sleep(pause)\n\n\ndef wait_for(missing: Callable[[], Optional[str]], seconds: float, pause: float) -> None:\n    \"\"\"Until nothing is missing. Raises Refused with what still is.\"\"\"\n    end = uptime() + seconds\n    while what := missing():\n        if uptime() >= end:\n            raise Refused(what)\n        time.sleep(pause)\n\n\ndef until_done(work: Callable[[], None], failed: Callable[[Exception], None]) -> None:\n    \"\"\"Repeats the work until it succeeds, with pauses of 1 to 30 seconds. A full disk or a bug does not end it.\"\"\"\n    pause = 1.0\n    while True:\n        try:\n            return work()\n        except Exception as error:\n            failed(error)\n            time.sleep(pause)\n            pause = min(pause * 2, 30)\n\n\ndef complain(error: Exception) -> None:\n    print(f\"This attempt failed, and is repeated: {type(error).__name__}: {error}\", file=sys.stderr)\n\n\n# HTTP\n\n\nclass Answer:\n    def __init__(self, status: int, body: Json) -> None:\n        self.status = status\n        self.body = body\n\n    def __str__(self) -> str:\n        return f\"HTTP {self.status}\" if self.status else \"no answer\"\n\n\nNO_ANSWER = Answer(0, {})\nDISCOVERY = \"/.well-known/openid-configuration\"\n\n\ndef ask_inside(container: str, url: str, method: str = \"GET\", token: str = \"\", body: Optional[Json] = None) -> Answer:\n    \"\"\"Through curl in a container, which knows the names of the other containers. No secret is on a command line.\"\"\"\n    lines = [f\"url = {json.dumps(url)}\", f\"request = {json.dumps(method)}\"]\n    if token:\n        lines.append(f\"header = {json.dumps('Authorization: Bearer ' + token)}\")\n    if body is not None:\n        lines.append('header = \"Content-Type: application/json\"')\n        lines.append(f\"data-raw = {json.dumps(json.dumps(body, ensure_ascii=True))}\")\n    curl = [\"docker\", \"exec\", \"-i\", container, \"curl\", \"-sS\", \"-m\", \"10\", \"-w\", \"\\\\n%{http_code}\", \"-K\", \"-\"]\n    try:\n        text = call(curl, 15, \"\\n\".join(lines) + \"\\n\")\n    except Refused:\n        return NO_ANSWER\n    content, _, status = text.rpartition(\"\\n\")\n    return Answer(int(status or 0), parse_object(content))\n\n\ndef statuses_inside(container: str, urls: Sequence[str], token: str = \"\", seconds: float = 10) -> Dict[str, int]:\n    \"\"\"As `ask_inside`, all at once. 0 for an address without an answer.\"\"\"\n    if not urls:\n        return {}\n    lines = [\"parallel-immediate\"]  # Else requests to the same host wait for each other.\n    lines += [line for url in urls for line in (f\"url = {json.dumps(url)}\", 'output = \"/dev/null\"')]\n    if token:\n        lines.append(f\"header = {json.dumps('Authorization: Bearer ' + token)}\")\n    shown = \"%{url_effective} %{http_code}\\\\n\"\n    curl = [\"docker\", \"exec\", \"-i\", container, \"curl\", \"-sSZ\", \"-m\", str(seconds), \"-w\", shown, \"-K\", \"-\"]\n    printed = \"\"\n    with contextlib.suppress(Refused):\n        printed = call(curl, seconds + 5, \"\\n\".join(lines) + \"\\n\", may_fail=True)\n    answers = dict(line.rsplit(\" \", 1) for line in printed.split(\"\\n\") if \" \" in line)\n    return {url: int(answers.get(url, 0)) for url in urls}\n\n\nclass Entrance:\n    \"\"\"The address that users use, asked at this machine's own port where the reverse proxy listens there.\"\"\"\n\n    def __init__(self, where: Json) -> None:\n        self.origin = urlsplit(where[\"origin\"])\n        self.address = where[\"address\"]\n        self.context = ssl.create_default_context()\n        if not where[\"verified\"]:\n            self.context.check_hostname = False\n            self.context.verify_mode = ssl.CERT_NONE\n\n    def ask(\n        self, path: str, method: str = \"GET\", token: str = \"\", body: Optional[Json] = None, seconds: float = 10\n    ) -> Answer:\n        \"\"\"`path` is below that of the origin.\"\"\"\n        host = self.origin.hostname or \"\"\n        port = self.origin.port or (443 if self.origin.scheme == \"https\" else 80)\n        # Some services in front of a server refuse requests without the name of a program.\n        headers = {\"Host\": self.origin.netloc, \"User-Agent\": \"matrix-auth-actions\"}\n        if token:\n            headers[\"Authorization\"] = f\"Bearer {token}\"\n        if body is not None:\n            headers[\"Content-Type\"] = \"application/json\"\n        connection = http.client.HTTPConnection(self.address, port, timeout=seconds)\n        try:\n            connection.connect()\n            if self.origin.scheme == \"https\":\n                connection.sock = self.context.wrap_socket(connection.sock, server_hostname=host)\n            connection.request(method, self.origin.path + path, None if body is None else json.dumps(body), headers)\n            answer = connection.getresponse()\n            return Answer(answer.status, parse_object(answer.read(1_000_000).decode(\"utf-8\", \"replace\")))\n        except (OSError, http.client.HTTPException):\n            return NO_ANSWER\n        finally:\n            connection.close()\n\n\ndef find_entrance(origin: str, path: str, field: str) -> Optional[Json]:\n    \"\"\"How this server reaches its own public address: at its own port, or as everybody does. None where it cannot. The\n    address is recognized by JSON with this field at the path.\"\"\"\n    host = urlsplit(origin).hostname or \"\"\n    for address, verified in ((\"127.0.0.1\", True), (host, True), (\"127.0.0.1\", False)):\n        where = {\"origin\": origin, \"address\": address, \"verified\": verified}\n        answer = Entrance(where).ask(path)\n        if answer.status == 200 and field in answer.body:\n            return where\n    return None\n\n\n# One run\n\n\nclass Plan:\n    \"\"\"plan.json of a run. Until the commit the folder must be complete and unchanged; then restoring comes first.\"\"\"\n\n    def __init__(self, run: str, committed: bool = False) -> None:\n        self.run = run\n        self.folder = f\"{STATE}/runs/{run}\"\n        if not committed:\n            check_manifest(self.folder)\n        self.json = read_plan(run)\n        try:\n            self._take_names()\n            whole = not committed or self._can_restore()\n        except (KeyError, TypeError):\n            whole = False\n        if not whole:\n            raise Refused(f\"{self.folder} is damaged, so the run cannot end. To give it up, use `{TOOL} uninstall`\")\n\n    def _can_restore(self) -> bool:\n        before = [index for index, file in enumerate(self.json[\"files\"]) if file[\"before\"]]\n        needed = [\"window.py\", *(f\"before/{index}\" for index in before)]\n        return all(os.path.isfile(f\"{self.folder}/{name}\") for name in needed)\n\n    def _take_names(self) -> None:\n        units = self.json[\"units\"]\n        self.synapse: str = units[\"synapse\"]\n        self.workers: List[str] = units[\"workers\"]\n        self.held = [self.synapse, *self.workers]\n        self.mas: str = units[\"mas\"]\n        self.companion: Optional[str] = units[\"companion\"]\n        self.restart: List[str] = units[\"restart\"]\n        self.units = [self.mas, *self.held]\n        self.postgres: str = self.json[\"postgres\"][\"container\"]  # Its unit has the same name.\n        self.kind: str = self.json[\"kind\"]\n        self.migrates = self.kind == \"migrate\"\n\n    def reserve(self) -> None:\n        \"\"\"One file on each disk.\"\"\"\n        disks = set()\n        for path in reserves(self.run, self.json):\n            disk = os.stat(os.path.dirname(path)).st_dev\n            if disk not in disks:\n                write_durably(path, os.urandom(RESERVED_BYTES))  # Zeros would be compressed on some disks.\n            disks.add(disk)\n\n    def content(self, side: str, index: int) -> bytes:\n        content = read(f\"{self.folder}/{side}/{index}\")\n        if content is None:\n            raise Refused(f\"{self.folder}/{side}/{index} is missing\")\n        return content\n\n\ndef read_plan(run: str) -> Json:\n    \"\"\"An empty object where it cannot be read.\"\"\"\n    with contextlib.suppress(OSError):\n        return parse_object((read(f\"{STATE}/runs/{run}/plan.json\") or b\"\").decode(\"utf-8\", \"replace\"))\n    return {}\n\n\ndef reserves(run: str, plan: Json) -> List[str]:\n    \"\"\"Where a file can be reserved: a full disk must not prevent a restore from writing.\"\"\"\n    folders = [f\"{STATE}/reserve\", *(os.path.dirname(file[\"path\"]) for file in plan.get(\"files\") or [])]\n    return [f\"{folder}/.matrix-auth-actions-{run}\" for folder in folders]\n\n\ndef release_reserve(run: str, plan: Json) -> None:\n    for path in reserves(run, plan):\n        remove(path)\n\n\ndef files_below(folder: str) -> Iterator[str]:\n    for path, folders, names in os.walk(folder):\n        folders.sort()\n        yield from (os.path.relpath(os.path.join(path, name), folder) for name in sorted(names))\n\n\ndef checksums(folder: str) -> Json:\n    return {\n        name: hashlib.sha256(read(os.path.join(folder, name)) or b\"\").hexdigest()\n        for name in files_below(folder)\n        if name != \"manifest.json\"\n    }\n\n\ndef check_manifest(folder: str) -> None:\n    try:\n        complete = json.loads(read(f\"{folder}/manifest.json\") or b\"\") == checksums(folder)\n    except (ValueError, OSError):  # No JSON, or a link.\n        complete = False\n    if not complete:\n        raise Refused(f\"{folder} is incomplete, or was changed\")\n\n\ndef differing(plan: Plan, side: str) -> List[str]:\n    \"\"\"The paths whose file on disk is not the one of this side.\"\"\"\n    paths = []\n    for index, file in enumerate(plan.json[\"files\"]):\n        expected = plan.content(side, index) if file[side] else None\n        if os.path.islink(file[\"path\"]) or read(file[\"path\"]) != expected:\n            paths.append(file[\"path\"])\n    return paths\n\n\ndef require_files(plan: Plan, side: str, since: str) -> None:\n    changed = differing(plan, side)\n    if changed:\n        raise Refused(f\"{', '.join(changed)} changed {since}\")\n\n\ndef put_files(plan: Plan, side: str) -> None:\n    for index, file in enumerate(plan.json[\"files\"]):\n        path, entry = file[\"path\"], file[side]\n        remove(path + TEMPORARY)\n        remove_empty_folder(path)  # Docker makes one where a file that a container needs is missing.\n        if not entry:\n            if os.path.islink(path) or os.path.isfile(path):\n                remove(path)\n                sync_folder(os.path.dirname(path))\n        elif os.path.islink(path) or read(path) != plan.content(side, index):\n            owner = (entry[\"uid\"], entry[\"gid\"])\n            make_folder(os.path.dirname(path), file[\"folder\"])\n            write_durably(path, plan.content(side, index), int(entry[\"mode\"], 8), owner)\n\n\ndef make_folder(path: str, entry: Json) -> None:\n    \"\"\"Where it was removed, with what is above it, such as by a playbook that no longer has the service.\"\"\"\n    if os.path.isdir(path):\n        return\n    make_folder(os.path.dirname(path), entry)\n    temporary = path + TEMPORARY\n    remove_empty_folder(temporary)\n    os.mkdir(temporary, 0o700)\n    os.chown(temporary, entry[\"uid\"], entry[\"gid\"])\n    os.chmod(temporary, int(entry[\"mode\"], 8))\n    os.rename(temporary, path)\n    sync_folder(os.path.dirname(path))\n\n\nclass Databases:\n    def __init__(self, plan: Plan) -> None:\n        postgres = plan.json[\"postgres\"]\n        self._container = postgres[\"container\"]\n        self.synapse: str = postgres[\"synapse\"][\"database\"]\n        self.synapse_role: str = postgres[\"synapse\"][\"role\"]\n        self.mas: str = postgres[\"mas\"][\"database\"]\n        self.mas_role: str = postgres[\"mas\"][\"role\"]\n\n    def _exec(self, *argv: str) -> List[str]:\n        return [\"docker\", \"exec\", \"-i\", \"--env-file=/matrix/postgres/env-postgres-psql\", self._container, *argv]\n\n    def ask(self, database: str, sql: str, seconds: float = 60) -> str:\n        \"\"\"Rows as psql prints them unaligned. SQL must not contain a secret.\"\"\"\n        argv = self._exec(\"psql\", \"-h\", \"/run/postgresql\", \"-d\", database, \"-v\", \"ON_ERROR_STOP=1\", \"-qAt\")\n        return call(argv, seconds, f\"{sql}\\n\").rstrip(\"\\n\")\n\n    def restore(self, database: str, dump: str) -> None:\n        argv = self._exec(\"pg_restore\", \"-h\", \"/run/postgresql\", \"-d\", database, \"--exit-on-error\")\n        with open(dump, \"rb\") as file:\n            done = subprocess.run(argv, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)\n        if done.returncode != 0:\n            raise Refused(f\"pg_restore of {dump} failed (exit code {done.returncode})\")\n\n\nclass Interrupted(Exception):\n    \"\"\"Root asked for the state before the run, or the time is over. Raised by a signal, in the middle of any call.\"\"\"\n\n\ndef set_alarm(seconds: float) -> None:\n    \"\"\"Repeated, because Python ignores an exception that is raised while it collects garbage. 0 ends it.\"\"\"\n    signal.setitimer(signal.ITIMER_REAL, seconds, 1 if seconds else 0)\n\n\nclass Window:\n    \"\"\"The transaction. `forward` ends as migrated or rolled-back; `restore` ends as restored, or as abandoned.\"\"\"\n\n    def __init__(self, plan: Plan, journal: Journal) -> None:\n        self.plan = plan\n        self.journal = journal\n        self.sql = Databases(plan)\n        self.entrance, self.entrance_mas = (\n            Entrance(where) if where else None for where in (plan.json[\"entrance\"], plan.json[\"entranceMas\"])\n        )\n        self.accounts: List[Json] = []\n        self.started = 0.0\n        self.users = 0\n        self.passwords_before = False\n        self.pages_before: Dict[Page, int] = {}\n        self.workers_before: List[str] = []\n        self.lost: Optional[Json] = None\n        # Services that read the files when they start, such as Element.\n        self.readers_are_old = True\n\n    # Asking the services\n\n    def _inside(self, url: str, **request: Any) -> Answer:\n        return ask_inside(self.plan.synapse, url, **request)\n\n    def _statuses(self, urls: Sequence[str], **request: Any) -> Dict[str, int]:\n        return statuses_inside(self.plan.synapse, urls, **request)\n\n    def synapse(self, path: str, **request: Any) -> Answer:\n        return self._inside(self.plan.json[\"urls\"][\"synapse\"] + path, **request)\n\n    def mas(self, path: str, **request: Any) -> Answer:\n        return self._inside(self.plan.json[\"urls\"][\"mas\"] + path, **request)\n\n    def client(self, path: str, **request: Any) -> Answer:\n        \"\"\"As clients ask: through the entrance if the server reaches it, else through the companion of the workers.\"\"\"\n        if self.entrance:\n            return self.entrance.ask(path, **request)\n        return self._inside(self.plan.json[\"urls\"][\"client\"] + path, **request)\n\n    # Steps\n\n    def step(self, name: str, work: Callable[[], Optional[Json]]) -> None:\n        self.journal.add(\"begin\", name)\n        started = uptime()\n        data = work() or {}\n        self.journal.add(\"done\", name, seconds=round(uptime() - started, 3), **data)\n\n    def forward(self) -> None:\n        migrates = self.plan.migrates\n        self.journal.add(\"commit\", run=self.plan.run, kind=self.plan.kind)\n        if self.plan.kind == \"repair\":  # Nothing stops for users: only the cleaning after the end is to do.\n            self.journal.add(\"end\", outcome=\"rolled-back\")\n            return\n        if migrates:\n            self.step(\"accounts\", self.make_accounts)\n        self.step(\"check\", self.check_files)\n        signal.signal(signal.SIGALRM, self.expire)\n        set_alarm(self.plan.json[\"maxDowntime\"])\n        self.step(\"stop\", self.stop)\n        if migrates:\n            self.step(\"syn2mas\", self.migrate_accounts)\n        self.step(\"files\", self.install_files)\n        self.step(\"start\", self.start)\n        self.step(\"answer\", self.await_answer)\n        self.step(\"prove\", self.prove)\n        set_alarm(0)\n        if migrates:\n            self.journal.add(\"end\", outcome=\"migrated\")\n        else:\n            self.journal.add(\"end\", outcome=\"rolled-back\", lost=self.lost)\n\n    def expire(self, _signal: int, _frame: object) -> None:\n        step = next(entry[\"step\"] for entry in reversed(self.journal.entries) if entry[\"event\"] == \"begin\")\n        seconds = self.plan.json[\"maxDowntime\"]\n        raise Interrupted(f\"`max-downtime` ({seconds:.0f} s) was over during the step `{step}`\")\n\n    def check_files(self) -> Json:\n        require_files(self.plan, \"before\", \"since this run was prepared\")\n        missing = self.reload_companion()  # Afterwards it must be possible.\n        if missing:\n            raise Refused(missing)\n        missing_before = {name: look() for name, look in self._looks().items()}\n        answered = [name for name, what in missing_before.items() if not what]\n        workers = self._statuses(self.plan.json[\"urls\"][\"workers\"])\n        self.workers_before = [url for url, status in workers.items() if status == 401]\n        if self.plan.migrates:\n            self._require_answers(missing_before)\n            # A provider can be out of order: only what answers now is expected to answer afterwards.\n            answers = self.ask_pages(self.pages())\n            self.pages_before = {page: status for page, status in answers.items() if status in range(200, 404)}\n            self.users = self.synapse_counts()[\"counts\"][\"users\"]\n        else:  # It can be tried because MAS or Synapse is broken.\n            self.passwords_before = offers_passwords(self.mas(\"/_matrix/client/v3/login\"))\n        return {\"answered\": answered}\n\n    def _require_answers(self, missing: Dict[str, Optional[str]]) -> None:\n        for entrance, path in ((self.entrance, \"/_matrix/client/versions\"), (self.entrance_mas, DISCOVERY)):\n            answer = entrance.ask(path) if entrance else None\n            if answer and answer.status != 200:\n                raise Refused(f\"the public address did not work before anything was changed ({path}: {answer})\")\n        for what in filter(None, missing.values()):  # A restore could not end.\n            raise Refused(f\"before anything was changed, {what}\")\n\n    def stop(self) -> None:\n        write_durably(HOLD, b\"matrix-auth-actions prevents Synapse and its workers from starting; see README.\\n\")\n        stop_units(self.plan.units)\n        prove_hold(self.plan.held)\n        self.prove_down()\n\n    def prove_down(self) -> None:\n        running = running_containers()\n        for unit in self.plan.held:\n            if unit in running:\n                raise Refused(f\"the container {unit} is still running\")\n        who = f\"datname = '{self.sql.synapse}' AND usename = '{self.sql.synapse_role}'\"\n        end_sessions = f\"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {who}\"\n        count = f\"SELECT count(*) FROM pg_stat_activity WHERE {who}\"\n        for attempt in range(20):\n            if self.sql.ask(\"postgres\", count) == \"0\":\n                return\n            if attempt == 4:\n                self.sql.ask(\"postgres\", end_sessions)\n            time.sleep(0.2)\n        raise Refused(\"Synapse still has connections to its database\")\n\n    def migrate_accounts(self) -> Json:\n        started = uptime()\n        code = self.run_syn2mas()\n        data: Json = {\"syn2masSeconds\": round(uptime() - started, 3), \"exitCode\": code}\n        if code != 0:\n            self.journal.add(\"progress\", \"syn2mas\", **data)\n            raise Refused(f\"syn2mas failed (exit code {code})\")\n        synapse, mas = self.counted()\n        if self.plan.json[\"sql\"][\"repairs\"]:\n            data.update(self.repair_accounts(different_counts(synapse[\"counts\"], mas[\"counts\"])))\n            synapse, mas = self.counted()\n        counts = {\"synapse\": synapse[\"counts\"], \"mas\": mas[\"counts\"]}\n        self.journal.add(\"progress\", \"syn2mas\", counts=counts)\n        different = [\n            f\"{name}: {counts['mas'][name]} of {counts['synapse'][name]}\" for name in different_counts(**counts)\n        ]\n        number = plural(counts[\"synapse\"][\"users\"], \"account\")\n        proofs = [\n            proof(\n                \"MAS has all accounts and sessions of Synapse\",\n                not different,\n                \", \".join(different) or f\"{number}; the numbers of passwords, sessions and tokens match too\",\n            ),\n            proof(\n                \"locked and deactivated accounts cannot log in\",\n                synapse[\"closed\"] == mas[\"closed\"],\n                f\"{mas['closed']} in MAS, {synapse['closed']} in Synapse\",\n            ),\n        ]\n        self.require(proofs)\n        return {**data, \"proofs\": proofs}\n\n    def run_syn2mas(self) -> int:\n        \"\"\"Its whole output goes to a file. Restoring kills a container that outlives this.\"\"\"\n        path = f\"{STATE}/output/{self.plan.run}\"\n        with open(path, \"wb\") as output:\n            command = self.plan.json[\"syn2mas\"][\"command\"]\n            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)\n        told = None\n        try:\n            while True:\n                with contextlib.suppress(subprocess.TimeoutExpired):\n                    return process.wait(1)\n                progress = syn2mas_progress(read(path) or b\"\", self.users)\n                if progress and progress != told:\n                    self.journal.add(\"progress\", \"syn2mas\", **progress)\n                told = progress\n        except BaseException:\n            process.kill()\n            process.wait()\n            raise\n\n    def repair_accounts(self, different: Sequence[str]) -> Json:\n        \"\"\"The Node tool does not migrate administrators' rights and locks.\"\"\"\n        fixed = {}\n        for name, fix in self.plan.json[\"sql\"][\"repairs\"].items():\n            if fix.get(\"category\") not in (None, *different):\n                continue\n            ids = [row for row in self.sql.ask(self.sql.synapse, fix[\"select\"]).split(\"\\n\") if row]\n            names = \", \".join(\"'\" + i[1 : i.index(\":\")].replace(\"'\", \"''\") + \"'\" for i in ids)\n            sql = f\"SET standard_conforming_strings = on;\\n{fix['change'].replace('NAMES', names)}\"\n            fixed[name] = int(self.sql.ask(self.sql.mas, sql) or 0) if names else 0\n        return fixed\n\n    def counted(self) -> Tuple[Json, Json]:\n        \"\"\"In Synapse and in MAS: `counts` by category, and how many of the accounts are `closed`.\"\"\"\n        return self.synapse_counts(), self._json(self.sql.mas, \"masCounts\")\n\n    def synapse_counts(self) -> Json:\n        return self._json(self.sql.synapse, \"synapseCounts\")\n\n    def _json(self, database: str, name: str) -> Json:\n        value: Json = json.loads(self.sql.ask(database, self.plan.json[\"sql\"][name]))\n        return value\n\n    def install_files(self) -> None:\n        require_files(self.plan, \"before\", \"while Synapse was stopped\")\n        put_files(self.plan, \"after\")\n        systemctl(\"daemon-reload\")\n\n    def start(self) -> None:\n        remove(HOLD)\n        self.start_units([])\n\n    def start_units(self, dependent: Sequence[str]) -> None:\n        \"\"\"Starts `dependent` after the units that they need, and the others at once: in their order, MAS would delay\n        Synapse, and the health check of Synapse would delay the workers by ten seconds.\"\"\"\n        self.started = uptime()\n        others = [unit for unit in self.plan.units if unit not in dependent]\n        with contextlib.suppress(Refused):\n            systemctl(\"reset-failed\", *self.plan.units)\n        try:\n            if dependent:\n                systemctl(\"start\", \"--no-block\", *dependent)\n        finally:  # One that was removed must not keep the others down.\n            if others:\n                systemctl(\"start\", \"--no-block\", \"--job-mode=ignore-dependencies\", *others)\n\n    def start_again(self) -> None:\n        \"\"\"Also what failed. Until systemd repeats a start, 30 seconds later in the playbook, it obeys no other one; nor\n        while it waits for the health check of a Synapse that has ended.\"\"\"\n        units = [self.plan.postgres, *self.plan.units]\n        over = [unit for unit, now in zip(units, properties(units)) if has_failed(now)]\n        if over:\n            stop_units(over, 30)\n        self.start_units([self.plan.mas, self.plan.synapse])\n\n    def start_late(self) -> None:\n        \"\"\"In a loop that waits for services.\"\"\"\n        if uptime() >= self.started + 5:\n            with contextlib.suppress(Refused):\n                self.start_again()\n\n    def restart_readers(self) -> None:\n        \"\"\"After users get answers again: until then Synapse has the processors for itself.\"\"\"\n        if self.plan.restart and self.readers_are_old:\n            with contextlib.suppress(Refused):\n                systemctl(\"try-restart\", \"--no-block\", *self.plan.restart)\n            self.readers_are_old = False\n\n    def reload_companion(self) -> Optional[str]:\n        \"\"\"An older companion reads the addresses of the workers together with its configuration, and keeps them. While\n        one of the workers does not run, it cannot read them, nor start. Returns what is missing yet.\"\"\"\n        companion, workers = self.plan.companion, self.plan.workers\n        try:\n            if companion is None:\n                return None\n            own = properties([companion])[0]\n            if own[\"CanReload\"] != \"yes\":\n                return None\n            there = zip(workers, properties(workers))\n            away = [unit for unit, now in there if now[\"ActiveState\"] != \"active\" and now[\"LoadState\"] != \"not-found\"]\n            if not away:\n                systemctl(\"reload\" if own[\"ActiveState\"] == \"active\" else \"restart\", companion)\n            return f\"{companion} cannot be reloaded without {', '.join(away)}\" if away else None\n        except Refused as error:\n            return str(error)\n\n    def await_answer(self) -> Json:\n        \"\"\"The end of the downtime: clients get the answers of the new stage.\"\"\"\n        end, patience, reloaded = uptime() + 180, 0.5, False\n        while True:\n            asked = uptime()\n            missing = None if reloaded else self.reload_companion()\n            reloaded = missing is None\n            missing = missing or self._missing_answers(patience)\n            if not missing:\n                break\n            if uptime() >= end:\n                raise Refused(f\"no valid answer within 180 s ({missing})\")\n            # A request that reaches a service while it starts can get no answer at all, where the next one gets it at\n            # once. So each is given up soon, and later where a slow server needs longer.\n            if uptime() >= asked + patience:\n                patience = min(2 * patience, 10)\n            self.start_late()\n            time.sleep(0.1)\n        stopped = next(entry[\"uptime\"] for entry in self.journal.entries if entry.get(\"step\") == \"stop\")\n        seconds = round(uptime() - stopped, 3)\n        self.restart_readers()\n        return {\"downSeconds\": seconds}\n\n    def _missing_answers(self, seconds: float) -> str:\n        \"\"\"Those to clients, and one of each process of Synapse; empty where there are all. First the one that is cheap\n        to ask for: one call of docker asks for all others, and takes time from what starts.\"\"\"\n        urls, migrates = self.plan.json[\"urls\"], self.plan.migrates\n        token = self.accounts[0][\"tokens\"][0] if migrates else \"\"\n        paths = [\"/_matrix/client/v3/account/whoami\"] if migrates else [\"/_matrix/client/v3/login\"]\n        if migrates and self.plan.workers:\n            paths.append(\"/_matrix/client/v3/sync?timeout=0\")\n        if self.entrance:\n            path = paths.pop(0)\n            answer = self.entrance.ask(path, token=token, seconds=seconds)\n            if answer.status != 200:\n                return f\"{path}: {answer}\"\n        needed = [urls[\"client\"] + path for path in paths]\n        if self.plan.workers or not migrates:\n            needed.append(urls[\"synapse\"] + (\"/_matrix/client/versions\" if migrates else \"/_matrix/client/v3/login\"))\n        answers = self._statuses([*needed, *self.workers_before], token=token, seconds=seconds)\n        missing = [url for url, status in answers.items() if status != 200 and (url in needed or status == 0)]\n        return \", \".join(f\"{url}: {Answer(answers[url], {})}\" for url in missing)\n\n    # Proofs\n\n    def require(self, proofs: Sequence[Json]) -> None:\n        failed = [f\"{each['name']} ({each['detail']})\" for each in proofs if each[\"result\"] == \"fails\"]\n        if failed:\n            self.journal.add(\"progress\", proofs=proofs)\n            raise Refused(f\"these proofs failed: {'; '.join(failed)}\")\n\n    def prove(self) -> Json:\n        if not self.plan.migrates:\n            self.lost = self.count_losses()\n        proofs = self.prove_live() if self.plan.migrates else self.prove_built_in()\n        self.require(proofs)\n        require_files(self.plan, \"after\", \"since this run installed it\")\n        return {\"proofs\": proofs, \"entrance\": self.plan.json[\"entrance\"] is not None}\n\n    def prove_live(self) -> List[Json]:\n        plain, admin = self.accounts\n        old = self.client(\"/_matrix/client/v3/account/whoami\", token=plain[\"tokens\"][-1])\n        login = self.synapse(\"/_matrix/client/v3/login\")\n        bad = self.client(\"/_matrix/client/v3/account/whoami\", token=f\"mct_{secrets.token_hex(12)}\")\n        users = self.synapse(\"/_synapse/admin/v2/users?limit=1&guests=false\", token=admin[\"tokens\"][0])\n        flows = self.mas(\"/_matrix/client/v3/login\")\n        discovery = self.mas(DISCOVERY)\n        return [\n            proof(\"an existing session is still valid\", is_user(old, plain), str(old)),\n            proof(\n                \"Synapse delegates to MAS\",\n                login.status == 404,\n                \"its built-in login is off\" if login.status == 404 else f\"its built-in login returns {login}\",\n            ),\n            proof(\n                \"an invalid access token is rejected\",\n                bad.status == 401 and bad.body.get(\"errcode\") == \"M_UNKNOWN_TOKEN\",\n                str(bad),\n            ),\n            proof(\"an administrator's existing session keeps its rights\", users.status == 200, str(users)),\n            proof(\"the compatibility layer answers\", flows.status == 200, str(flows)),\n            proof(\"MAS publishes its discovery document\", \"issuer\" in discovery.body, str(discovery)),\n            self.prove_pages(),\n            *self.prove_new_session(plain, self._new_mas_token(plain, flows)),\n            self.prove_workers(plain[\"tokens\"][-1]),\n        ]\n\n    def pages(self) -> List[Page]:\n        \"\"\"MAS's pages for a browser: the discovery document, the authorization page, and the redirect to each provider\n        (crates/router/src/endpoints.rs of MAS); behind the reverse proxy, and through it.\"\"\"\n        providers = \"SELECT upstream_oauth_provider_id FROM upstream_oauth_providers\"\n        paths = [\n            DISCOVERY,\n            \"/authorize\",\n            *(f\"/upstream/authorize/{ulid(row)}\" for row in self.sql.ask(self.sql.mas, providers).split()),\n        ]\n        bases = [\"\", self.entrance_mas.origin.geturl()] if self.entrance_mas else [\"\"]\n        return [(base, path) for base in bases for path in paths]\n\n    def ask_pages(self, pages: Sequence[Page]) -> Dict[Page, int]:\n        mas = self.plan.json[\"urls\"][\"mas\"]\n        inside = self._statuses([mas + path for base, path in pages if not base])\n        entrance = self.entrance_mas\n        public = {page: entrance.ask(page[1]).status for page in pages if entrance and page[0]}\n        return {page: public[page] if page[0] else inside[mas + page[1]] for page in pages}\n\n    def prove_pages(self) -> Json:\n        now: Dict[Page, int] = {}\n\n        def are_as_before() -> bool:\n            now.update(self.ask_pages(list(self.pages_before)))\n            return now == self.pages_before\n\n        with contextlib.suppress(Refused):  # A login provider can fail once.\n            wait_until(are_as_before, 3, \"\", 0.5)\n        worse = [\n            f\"{base}{path}: {Answer(now[base, path], {})} instead of {Answer(before, {})}\"\n            for (base, path), before in self.pages_before.items()\n            if now[base, path] != before\n        ]\n        name = \"MAS's public pages and the redirects to login providers answer as before\"\n        return proof(name, not worse, \", \".join(worse) or plural(len(now), \"page\"))\n\n    def _new_mas_token(self, account: Json, flows: Answer) -> Optional[str]:\n        \"\"\"By a login; where MAS offers no passwords, by its command for administrators.\"\"\"\n        if flows.status == 200 and not offers_passwords(flows):\n            issue = [\"manage\", \"issue-compatibility-token\", account[\"user\"]]\n            printed = call(\n                [\"sh\", \"-c\", 'exec \"$0\" \"$@\" 2>&1', \"/matrix/matrix-authentication-service/bin/mas-cli\", *issue]\n            )\n            found = re.search(r\"mct_\\w+\", printed)\n            return found[0] if found else None\n        ask = self.client if self.entrance else self.mas\n        return text_of(self._log_in(ask, account).body.get(\"access_token\"))\n\n    def prove_new_session(self, account: Json, token: Optional[str]) -> List[Json]:\n        name = \"a new session can write data\"\n        if token is None:\n            return [proof(name, False, \"no session was created\")]\n        path = f\"/_matrix/client/v3/user/{quote(account['id'], safe='')}/account_data/matrix-auth-actions.proof\"\n        mark = secrets.token_hex(8)\n        written = self.client(path, method=\"PUT\", token=token, body={\"mark\": mark})\n        answer = self.client(path, token=token)\n        log_out = self.client if self.entrance or not self.plan.migrates else self.mas\n        out = log_out(\"/_matrix/client/v3/logout\", method=\"POST\", token=token, body={})\n        holds = written.status == 200 and answer.body.get(\"mark\") == mark\n        return [\n            proof(name, holds, f\"write {written}, read {answer}\"),\n            proof(\"a session can log out\", out.status == 200, str(out)),\n        ]\n\n    def prove_workers(self, token: str) -> Json:\n        \"\"\"Each worker that answered before must accept the session: it may run with other files than the rest.\"\"\"\n        name = \"workers respond\"\n        if not self.plan.workers:\n            return {\"name\": name, \"result\": \"skipped\", \"detail\": \"this server has no workers\"}\n        away = self.plan.workers\n        sync = self.client(\"/_matrix/client/v3/sync?timeout=0\", token=token)\n        answers: Dict[str, int] = {}\n\n        def have_decided() -> bool:\n            nonlocal away\n            running = running_containers()\n            away = [unit for unit in self.plan.workers if unit not in running]\n            answers.update(self._statuses(self.workers_before, token=token))\n            if away:\n                self.start_late()\n            return not away and all(status in (200, 401) for status in answers.values())\n\n        with contextlib.suppress(Refused):  # All ask MAS about the session at the same moment.\n            wait_until(have_decided, 20, \"\")\n        wrong = [\n            *(f\"{unit} does not run\" for unit in away),\n            *([] if sync.status == 200 else [f\"sync {sync}\"]),\n            *(f\"{url} {Answer(status, {})}\" for url, status in answers.items() if status != 200),\n        ]\n        right = f\"{len(self.plan.workers)} running, {len(answers)} accept the session, sync {sync}\"\n        return proof(name, not wrong, \", \".join(wrong) or right)\n\n    def prove_built_in(self) -> List[Json]:\n        \"\"\"After a rollback: accounts can be made, log in and write, and every provider with accounts is offered. Where\n        neither MAS nor Synapse takes passwords, the session of the registration has to do.\"\"\"\n        login = self.synapse(\"/_matrix/client/v3/login\")\n        self.make_accounts()\n        plain, admin = self.accounts\n        passwords = self.passwords_before or offers_passwords(login)\n        token = plain[\"tokens\"][-1] if len(plain[\"tokens\"]) > 1 or not passwords else None\n        users = self.synapse(\"/_synapse/admin/v2/users?limit=1&guests=false\", token=admin[\"tokens\"][0])\n        return [\n            proof(\"Synapse uses its built-in login\", login.status == 200, f\"its login endpoint returns {login}\"),\n            proof(\"an administrator has administrator rights\", users.status == 200, str(users)),\n            *self.prove_new_session(plain, token),\n            self.prove_workers(plain[\"tokens\"][0]),\n            self.prove_providers(login),\n        ]\n\n    def prove_providers(self, login: Answer) -> Json:\n        by_password = \"AND coalesce(password_hash, '') = ''\" if offers_passwords(login) else \"\"\n        sql = f\"\"\"SELECT auth_provider || ' ' || count(*) FROM user_external_ids\n JOIN users ON name = user_id AND deactivated = 0 {by_password}\n WHERE auth_provider <> 'oauth-delegated' GROUP BY auth_provider\"\"\"\n        rows = [row.rsplit(\" \", 1) for row in self.sql.ask(self.sql.synapse, sql).split(\"\\n\") if row]\n        offered = {each.get(\"id\") for flow in flows_of(login) for each in flow.get(\"identity_providers\", [])}\n        lost = [f\"{provider} ({plural(int(count), 'account')})\" for provider, count in rows if provider not in offered]\n        if lost:\n            detail = f\"Synapse does not offer {', '.join(lost)}\"\n        else:\n            detail = f\"Synapse offers {plural(len(rows), 'provider')}\" if rows else \"there are no such accounts\"\n        return proof(\"accounts without a password can log in with their provider\", not lost, detail)\n\n    # Accounts for the proofs. Their passwords and tokens are only in memory.\n\n    def make_accounts(self) -> Json:\n        for kind in (\"plain\", \"admin\"):\n            user = f\"auth-actions-{self.plan.run}\" + (\"\" if kind == \"plain\" else \"-admin\")\n            # Before the request, because its answer can be lost.\n            self.journal.add(\"progress\", \"accounts\", account=user)\n            self.accounts.append(self._register(user, kind == \"admin\"))\n        plain = self.accounts[0]\n        for _ in range(2):\n            token = text_of(self._log_in(self.synapse, plain).body.get(\"access_token\"))\n            if token:\n                plain[\"tokens\"].append(token)\n        return {}\n\n    def _register(self, user: str, admin: bool) -> Json:\n        \"\"\"Synapse's shared-secret registration (docs: admin_api/register_api).\"\"\"\n        path = \"/_synapse/admin/v1/register\"\n        nonce = text_of(self.synapse(path).body.get(\"nonce\")) or \"\"\n        password = secrets.token_urlsafe(24)\n        parts = [nonce, user, password, \"admin\" if admin else \"notadmin\"]\n        mac = hmac.new(self.plan.json[\"registrationSecret\"].encode(), \"\\0\".join(parts).encode(), hashlib.sha1)\n        body = {\"nonce\": nonce, \"username\": user, \"displayname\": \"matrix-auth-actions\", \"password\": password}\n        answer = self._patiently(self.synapse, path, {**body, \"admin\": admin, \"mac\": mac.hexdigest()})\n        token, user_id = text_of(answer.body.get(\"access_token\")), text_of(answer.body.get(\"user_id\"))\n        if token is None or user_id is None:\n            if answer.status == 400:\n                self.journal.add(\"progress\", \"accounts\", notMade=user)\n            raise Refused(f\"Synapse did not create a test account for the proofs ({answer})\")\n        return {\"user\": user, \"id\": user_id, \"password\": password, \"tokens\": [token]}\n\n    def _log_in(self, ask: Callable[..., Answer], account: Json) -> Answer:\n        body = {\n            \"type\": \"m.login.password\",\n            \"identifier\": {\"type\": \"m.id.user\", \"user\": account[\"user\"]},\n            \"password\": account[\"password\"],\n            \"initial_device_display_name\": \"matrix-auth-actions\",\n        }\n        return self._patiently(ask, \"/_matrix/client/v3/login\", body)\n\n    def _patiently(self, ask: Callable[..., Answer], path: str, body: Json) -> Answer:\n        \"\"\"Repeats a request that a rate limit refused, for at most a minute.\"\"\"\n        end = uptime() + 60\n        while True:\n            answer = ask(path, method=\"POST\", body=body)\n            if answer.status != 429 or uptime() > end:\n                return answer\n            time.sleep(min(float(answer.body.get(\"retry_after_ms\") or 5000) / 1000, 30))\n\n    def close_accounts(self) -> None:\n        users = accounts_in(self.journal)\n        if not users:\n            return\n        if not self._deactivated():\n            self._close_in_synapse(users)\n        if self.journal.outcome == \"migrated\":\n            self._close_in_mas(users)\n\n    def _deactivated(self) -> bool:\n        \"\"\"By Synapse itself. False if the administrator's token was lost with an earlier process of this program.\"\"\"\n        if len(self.accounts) < 2:\n            return False\n        token = self.accounts[1][\"tokens\"][0]\n        paths = [f\"/_synapse/admin/v1/deactivate/{quote(account['id'], safe='')}\" for account in self.accounts]\n        return all(\n            self.synapse(path, method=\"POST\", token=token, body={\"erase\": False}).status == 200 for path in paths\n        )\n\n    def _close_in_mas(self, users: Sequence[str]) -> None:\n        names = \", \".join(f\"'{user}'\" for user in users)\n        self.sql.ask(\n            self.sql.mas,\n            f\"\"\"UPDATE users SET locked_at = now() WHERE username IN ({names}) AND locked_at IS NULL;\nUPDATE compat_sessions SET finished_at = now() WHERE finished_at IS NULL\n AND user_id IN (SELECT user_id FROM users WHERE username IN ({names}));\nDO $$ BEGIN\n IF EXISTS (SELECT 1 FROM information_schema.columns\n   WHERE table_name = 'users' AND column_name = 'deactivated_at') THEN\n  UPDATE users SET deactivated_at = now() WHERE username IN ({names});\n END IF;\nEND $$;\"\"\",\n        )\n\n    def _close_in_synapse(self, users: Sequence[str]) -> None:\n        \"\"\"At its next start, Synapse takes them out of the rooms that new accounts join automatically.\"\"\"\n        server = self.plan.json[\"serverName\"]\n        ids = \", \".join(\"'\" + f\"@{user}:{server}\".replace(\"'\", \"''\") + \"'\" for user in users)\n        self.sql.ask(\n            self.sql.synapse,\n            f\"\"\"UPDATE users SET deactivated = 1, password_hash = NULL, admin = 0 WHERE name IN ({ids});\nDELETE FROM refresh_tokens WHERE user_id IN ({ids});\nDELETE FROM access_tokens WHERE user_id IN ({ids});\nDELETE FROM users_pending_deactivation WHERE user_id IN ({ids});\nINSERT INTO users_pending_deactivation (user_id) SELECT DISTINCT user_id FROM local_current_membership\n WHERE membership = 'join' AND user_id IN ({ids});\"\"\",\n        )\n\n    # The way to the state before\n\n    def restore(self, reason: str) -> None:\n        if self.journal.outcome is not None:  # Its line was written in spite of an error.\n            return\n        release_reserve(self.plan.run, self.plan.json)\n        with contextlib.suppress(OSError):\n            self.journal.add(\"failed\", reason=reason)\n        if not self.journal.has(\"begin\", \"stop\"):\n            self.journal.add(\"end\", outcome=\"abandoned\", reason=reason)\n            return\n        until_done(self.put_back, self.note_retry)\n        stopped = next(entry for entry in self.journal.entries if entry.get(\"step\") == \"stop\")\n        same = stopped[\"boot\"] == boot()\n        down = {\"downSeconds\": round(uptime() - stopped[\"uptime\"] - self._served(), 3)} if same else {}\n        lost = self.count_losses() if self.plan.migrates else None\n        self.journal.add(\"end\", outcome=\"restored\", reason=reason, lost=lost, **down)\n\n    def _served(self) -> float:\n        \"\"\"Seconds from the first answer of the new stage until it was given up, in which users had a homeserver.\"\"\"\n        entries = self.journal.entries\n        answered = [entry[\"uptime\"] for entry in entries if (entry[\"event\"], entry.get(\"step\")) == (\"done\", \"answer\")]\n        failed = [entry[\"uptime\"] for entry in entries if entry[\"event\"] == \"failed\"]\n        return float(failed[0] - answered[0]) if answered and failed else 0.0\n\n    def note_retry(self, error: Exception) -> None:\n        \"\"\"The same reason only once in a row.\"\"\"\n        complain(error)\n        reason = str(error)\n        told = [entry[\"data\"][\"reason\"] for entry in self.journal.entries if entry[\"event\"] == \"retry\"]\n        if told[-1:] != [reason]:\n            with contextlib.suppress(OSError):\n                self.journal.add(\"retry\", reason=reason)\n\n    def put_back(self) -> None:\n        \"\"\"Repeated until Synapse answers as before. Stops the services only where they run with other files.\"\"\"\n        kill_syn2mas()\n        changed = differing(self.plan, \"before\")\n        if changed:\n            with contextlib.suppress(OSError):  # On a full disk restoring is more important.\n                write_durably(HOLD, b\"matrix-auth-actions restores the state before the run; see README.\\n\")\n            stop_units(self.plan.units, may_be_young=True)\n        if changed or os.path.exists(HOLD):\n            self.readers_are_old = True\n            put_files(self.plan, \"before\")\n            systemctl(\"daemon-reload\")\n            remove(HOLD)\n        with contextlib.suppress(Refused):  # A unit that was removed meanwhile. All others are started.\n            self.start_again()\n        # Not for long: a start job that failed by a dependency is only repeated by the next attempt.\n        wait_for(self.reload_companion, 10, 0.3)\n        wait_for(self.missing_of_before, 10, 0.2)\n        self.restart_readers()\n        with contextlib.suppress(Refused):  # The reverse proxy can be out of order: nothing of the run is wrong then.\n            wait_until(self.entrance_answers, 30, \"the public address does not answer yet\", 0.2)\n\n    def missing_of_before(self) -> Optional[str]:\n        \"\"\"Of what answered before the run, what does not answer like that.\"\"\"\n        told = (data[\"answered\"] for data in all_data(self.journal) if \"answered\" in data)\n        answered = next(told, [\"login\", \"client\"])\n        missing = (look() for name, look in self._looks().items() if name in answered)\n        return next(filter(None, missing), None)\n\n    def _looks(self) -> Dict[str, Callable[[], Optional[str]]]:\n        \"\"\"Each returns what is missing.\"\"\"\n        looks = {\"login\": self._missing_login, \"client\": self._missing_client}\n        return looks if self.plan.migrates else {**looks, \"mas\": self._missing_mas}\n\n    def _missing_login(self) -> Optional[str]:\n        login = self.synapse(\"/_matrix/client/v3/login\")\n        expected = 200 if self.plan.migrates else 404\n        return None if login.status == expected else f\"Synapse's login had {login} instead of HTTP {expected}\"\n\n    def _missing_client(self) -> Optional[str]:\n        url = self.plan.json[\"urls\"][\"client\"] + \"/_matrix/client/versions\"\n        answer = self._inside(url)\n        return None if answer.status == 200 else f\"{url} had {answer} inside the container network\"\n\n    def _missing_mas(self) -> Optional[str]:\n        mas = self.mas(\"/_matrix/client/v3/login\")\n        return None if mas.status == 200 else f\"the login of MAS had {mas}\"\n\n    def entrance_answers(self) -> bool:\n        \"\"\"A reverse proxy can wait for a health check of Synapse before it lets users in.\"\"\"\n        return self.entrance is None or self.entrance.ask(\"/_matrix/client/versions\", seconds=2).status == 200\n\n    def count_losses(self) -> Optional[Json]:\n        \"\"\"What users did in MAS since a migration, which a rollback or a restore loses.\"\"\"\n        if not self.journal.has(\"begin\", \"start\"):\n            return None\n        began = next(entry[\"at\"] for entry in self.journal.entries if entry.get(\"step\") == \"start\")\n        names = \", \".join(f\"'{user}'\" for user in accounts_in(self.journal)) or \"''\"\n        sql = self.plan.json[\"sql\"][\"losses\"].replace(\"SINCE\", f\"'{began}'::timestamptz\").replace(\"OURS\", names)\n        try:\n            counted: Json = json.loads(self.sql.ask(self.sql.mas, sql, 10))\n            return counted\n        except (Refused, ValueError):\n            return None\n\n    # After the end\n\n    def clean(self) -> None:\n        \"\"\"Repeated until nothing of the run is left on the server but its record.\"\"\"\n        outcome = self.journal.outcome\n        if outcome == (\"restored\" if self.plan.migrates else \"rolled-back\"):\n            self.empty_mas()\n        self.close_accounts()\n        if self.journal.has(\"begin\", \"stop\") or not os.path.exists(HOLD):  # Else it is root's.\n            remove_hold(self.plan.held)\n        # In another folder there is nothing to remove, and what is in ours would stay.\n        require_own_folders((\"\", \"reserve\"))\n        if outcome == \"migrated\":\n            write_durably(MIGRATION, self.plan.run.encode())\n        elif outcome == \"rolled-back\":\n            remove(MIGRATION)\n        release_reserve(self.plan.run, self.plan.json)\n        self.journal.add(\"closed\")\n\n    def empty_mas(self) -> None:\n        \"\"\"Removes what syn2mas wrote. Synapse keeps running, even if its unit requires MAS.\"\"\"\n        kill_syn2mas()\n        if SYN2MAS_CONTAINER in running_containers():\n            raise Refused(\"syn2mas is still running\")\n        stop_units([self.plan.mas])\n        self._empty_database()\n        systemctl(\"start\", \"--no-block\", \"--job-mode=ignore-dependencies\", self.plan.mas, may_fail=True)\n        self.sql.ask(self.sql.synapse, \"DELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated'\")\n\n    def _empty_database(self) -> None:\n        \"\"\"An interrupted syn2mas leaves renamed tables: the database is created again, from the dump.\"\"\"\n        tables = self.sql.ask(self.sql.mas, self.plan.json[\"sql\"][\"masTables\"]).split()\n        if not self.journal.has(\"progress\", \"recreate\"):\n            if not any(\"syn2mas_\" in table for table in tables):\n                if tables:\n                    self.sql.ask(self.sql.mas, f\"TRUNCATE {', '.join(tables)} CASCADE\")\n                return\n            self.journal.add(\"progress\", \"recreate\")\n        name = self.sql.mas\n        self.sql.ask(\"postgres\", f'DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)')\n        self.sql.ask(\n            \"postgres\",\n            f'CREATE DATABASE \"{name}\" OWNER \"{self.sql.mas_role}\" TEMPLATE template0'\n            \" ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'\",\n        )\n        dump = f\"{STATE}/backup/{self.plan.run}/mas.dump\"\n        listed = read(f\"{dump}.list\")\n        if listed and b\"syn2mas_\" not in listed:\n            self.sql.restore(name, dump)\n\n\ndef accounts_in(journal: Journal) -> List[str]:\n    \"\"\"Those that the run made, by its journal and by nothing else.\"\"\"\n    data = all_data(journal)\n    refused = [each[\"notMade\"] for each in data if \"notMade\" in each]\n    return [each[\"account\"] for each in data if \"account\" in each and each[\"account\"] not in refused]\n\n\ndef all_data(journal: Journal) -> List[Json]:\n    return [entry.get(\"data\", {}) for entry in journal.entries]\n\n\ndef syn2mas_progress(output: bytes, users: int) -> Optional[Json]:\n    \"\"\"mas-cli prints every five seconds how many rows of a table are migrated (crates/cli/src/commands/syn2mas.rs). The\n    Node tool has a line for each of the `users` with all that belongs to it (tools/syn2mas/src/migrate.mts).\"\"\"\n    lines = re.findall(rb\"progress migrating (\\w+): (\\d+) .*/~(\\d+)\", output)\n    if lines:\n        return {\"table\": lines[-1][0].decode(), \"rows\": int(lines[-1][1]), \"of\": int(lines[-1][2])}\n    migrated = output.count(b\"Migrated user @\")\n    return {\"table\": \"users\", \"rows\": migrated, \"of\": users} if migrated else None\n\n\ndef different_counts(synapse: Json, mas: Json) -> List[str]:\n    \"\"\"None: this version of MAS cannot store the category.\"\"\"\n    return [name for name in synapse if None not in (synapse[name], mas[name]) and synapse[name] != mas[name]]\n\n\ndef plural(count: int, noun: str) -> str:\n    return f\"{count} {noun}{'' if count == 1 else 's'}\"\n\n\ndef proof(name: str, holds: bool, detail: str) -> Json:\n    return {\"name\": name, \"result\": \"holds\" if holds else \"fails\", \"detail\": detail}\n\n\ndef ulid(uuid: str) -> str:\n    \"\"\"MAS stores identifiers as UUIDs, and has them as ULIDs in its addresses.\"\"\"\n    number = int(uuid.replace(\"-\", \"\"), 16)\n    return \"\".join(\"0123456789ABCDEFGHJKMNPQRSTVWXYZ\"[number >> shift & 31] for shift in range(125, -1, -5))\n\n\ndef flows_of(login: Answer) -> List[Json]:\n    flows = login.body.get(\"flows\")\n    return flows if isinstance(flows, list) else []\n\n\ndef offers_passwords(login: Answer) -> bool:\n    return any(flow.get(\"type\") == \"m.login.password\" for flow in flows_of(login))\n\n\ndef is_user(answer: Answer, account: Json) -> bool:\n    return answer.status == 200 and answer.body.get(\"user_id\") == account[\"id\"]\n\n\ndef text_of(value: object) -> Optional[str]:\n    return value if isinstance(value, str) else None\n\n\ndef kill_syn2mas() -> None:\n    \"\"\"docker run passes no signal on to it, so the container outlives its client.\"\"\"\n    with contextlib.suppress(Refused):\n        call([\"docker\", \"rm\", \"--force\", SYN2MAS_CONTAINER])\n\n\ndef running_containers() -> List[str]:\n    return call([\"docker\", \"ps\", \"--format\", \"{{.Names}}\"]).split()\n\n\n# Commands\n\n\ndef run_unit(run: str) -> None:\n    \"\"\"What the unit runs: the window where it is committed, and the restore where the window has no end.\"\"\"\n    window_lock = lock_window()\n    journal = Journal(run)\n    try:\n        plan = Plan(run, committed=bool(journal.entries))\n    except Refused as error:\n        if journal.entries:\n            raise  # systemd tries it again, and shows the failure.\n        print(error, file=sys.stderr)\n        leave(run)\n        return\n    window = Window(plan, journal)\n    if journal.outcome is None:\n        carry_out(window)\n    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # What has ended is not restored.\n    if not journal.has(\"closed\"):\n        until_done(window.clean, window.note_retry)\n    leave(run)\n    window_lock.close()\n\n\ndef carry_out(window: Window) -> None:\n    signal.signal(signal.SIGUSR1, interrupt)\n    try:\n        if window.journal.entries:\n            raise Interrupted(\"the program was killed, or the server was restarted\")\n        write_durably(LAST, window.plan.run.encode())\n        lock = read_lock()\n        if lock.get(\"boot\") != boot():\n            raise Refused(\"the server was restarted before the run was started\")\n        if lock.get(\"run\") != window.plan.run:\n            raise Refused(\"the run no longer held the lock when it was started\")\n        window.forward()\n    except Exception as error:  # After any error users get their server back.\n        set_alarm(0)\n        signal.signal(signal.SIGUSR1, signal.SIG_IGN)\n        reason = str(error) if isinstance(error, (Refused, Interrupted)) else f\"{type(error).__name__}: {error}\"\n        until_done(lambda: window.restore(reason), complain)\n\n\ndef interrupt(_signal: int, _frame: object) -> None:\n    raise Interrupted(\"root ran `matrix-auth-actions restore`\")\n\n\ndef leave(run: str) -> None:\n    \"\"\"Leaves nothing in systemd, and can be repeated. A unit that runs goes on without its file.\"\"\"\n    remove(f\"{SYSTEMD}/multi-user.target.wants/{UNIT}{run}.service\")\n    remove(f\"{SYSTEMD}/{UNIT}.service\")\n    systemctl(\"daemon-reload\")\n    systemctl(\"reset-failed\", f\"{UNIT}*\")\n\n\ndef prepare(run: str) -> None:\n    \"\"\"Writes the folder of a run from JSON on standard input, and installs the unit. Nothing runs yet.\"\"\"\n    given = json.load(sys.stdin)\n    renew_lock(run, max(lease_left(read_lock()), 60))\n    with contextlib.closing(lock_window()):\n        clear_way(run)\n    folder = f\"{STATE}/runs/{run}\"\n    for path in (folder, f\"{folder}/before\", f\"{folder}/after\"):\n        os.mkdir(path, 0o700)\n    sync_folder(os.path.dirname(folder))\n    files = [take_file(folder, index, file) for index, file in enumerate(given[\"plan\"][\"files\"])]\n    write_durably(f\"{folder}/plan.json\", json.dumps({**given[\"plan\"], \"files\": files}).encode(), 0o400)\n    write_durably(f\"{folder}/window.py\", SOURCE.encode(), 0o400)\n    write_durably(f\"{folder}/manifest.json\", json.dumps(checksums(folder)).encode(), 0o400)\n    plan = Plan(run)\n    plan.reserve()\n    install(run, plan)\n\n\ndef clear_way(run: str) -> None:\n    \"\"\"Removes the runs whose runner died before the commit. One that was committed must end before.\"\"\"\n    for other in names_in(\"journal\"):\n        if other != run and Journal(other).entries and is_open(other):\n            raise Refused(f\"the run {other} is unfinished\", LOCK_HELD)\n    for other in names_in(\"runs\"):\n        if not Journal(other).entries:\n            remove_run(other)\n\n\ndef install(run: str, plan: Plan) -> None:\n    write_durably(TOOL, read(f\"{plan.folder}/window.py\") or b\"\", 0o700)\n    write_durably(f\"{STATE}/README\", README.encode())\n    unit = UNIT_FILE.format(python=sys.executable.replace(\"%\", \"%%\"), state=STATE)  # The one that reads this.\n    write_durably(f\"{SYSTEMD}/{UNIT}.service\", unit.encode(), 0o644)\n    install_hold(plan.held)\n    systemctl(\"enable\", f\"{UNIT}{run}.service\")\n    # systemd does not write the link to the disk at once. If a power cut removed it, the server would not be restored.\n    sync_folder(f\"{SYSTEMD}/multi-user.target.wants\")\n\n\ndef take_file(folder: str, index: int, file: Json) -> Json:\n    \"\"\"Stores both sides of a file. Refused if the one on disk is not the one that the playbook saw in check mode.\"\"\"\n    path = file[\"path\"]\n    if os.path.islink(path) or os.path.isdir(path):\n        raise Refused(f\"{path} is a symbolic link or a folder: make it a file, then run this again\")\n    before = read(path)\n    if (None if before is None else hashlib.sha256(before).hexdigest()) != file[\"beforeSha256\"]:\n        raise Refused(f\"{path} changed since its new content was prepared\")\n    taken: Json = {\"path\": path, \"folder\": access(os.path.dirname(path)), \"before\": None, \"after\": None}\n    if before is not None:\n        taken[\"before\"] = access(path)\n        write_durably(f\"{folder}/before/{index}\", before, 0o400)\n    if file[\"after\"] is not None:\n        user, _, group = file[\"owner\"].partition(\":\")\n        uid = int(user) if user.isdigit() else pwd.getpwnam(user).pw_uid\n        gid = int(group) if group.isdigit() else grp.getgrnam(group or user).gr_gid\n        taken[\"after\"] = taken[\"before\"] or {\"mode\": file[\"mode\"], \"uid\": uid, \"gid\": gid}\n        write_durably(f\"{folder}/after/{index}\", base64.b64decode(file[\"after\"]), 0o400)\n    return taken\n\n\ndef access(path: str) -> Json:\n    info = os.stat(path)\n    return {\"mode\": f\"{stat.S_IMODE(info.st_mode):o}\", \"uid\": info.st_uid, \"gid\": info.st_gid}\n\n\ndef commit(run: str) -> None:\n    \"\"\"The point of no return for the runner: from here the server goes on by itself.\"\"\"\n    renew_lock(run, 120)\n    Plan(run)\n    if not Journal(run).entries:\n        systemctl(\"start\", \"--no-block\", f\"{UNIT}{run}.service\")\n\n\ndef discard(run: str) -> None:\n    \"\"\"Removes a run that was never committed.\"\"\"\n    with contextlib.closing(lock_window()):\n        if Journal(run).entries:\n            raise Refused(f\"the run {run} was committed\")\n        with own_lock(run):\n            remove_run(run)\n\n\ndef remove_run(run: str) -> None:\n    \"\"\"One that was never committed, whatever its folder contains. A hold is root's then.\"\"\"\n    folder = f\"{STATE}/runs/{run}\"\n    plan = read_plan(run)\n    release_reserve(run, plan)\n    if not os.path.exists(HOLD):\n        remove_hold(held_units(plan))\n    leave(run)\n    if os.path.isdir(folder):\n        shutil.rmtree(folder)\n\n\ndef mirror(run: str) -> None:\n    \"\"\"Prints the files of a rollback: those that a migration replaced. Refused where they were changed since.\"\"\"\n    plan = Plan(run, committed=True)\n    require_files(plan, \"after\", \"since the migration\")\n    print(json.dumps([mirrored(plan, index, file) for index, file in enumerate(plan.json[\"files\"])]))\n\n\ndef mirrored(plan: Plan, index: int, file: Json) -> Json:\n    before, after = file[\"before\"], file[\"after\"]\n    return {\n        \"path\": file[\"path\"],\n        \"beforeSha256\": hashlib.sha256(plan.content(\"after\", index)).hexdigest() if after else None,\n        \"after\": base64.b64encode(plan.content(\"before\", index)).decode() if before else None,\n        \"mode\": before[\"mode\"] if before else \"0640\",\n        \"owner\": f\"{before['uid']}:{before['gid']}\" if before else \"matrix:matrix\",\n    }\n\n\ndef resume(run: str) -> None:\n    \"\"\"Starts the unit of an open run again, which ends it.\"\"\"\n    if Journal(run).has(\"closed\") or is_at_work(run):\n        return\n    plan = Plan(run, committed=True)\n    install(run, plan)\n    systemctl(\"start\", \"--no-block\", f\"{UNIT}{run}.service\")\n\n\ndef is_at_work(run: str) -> bool:\n    return properties([f\"{UNIT}{run}\"])[0][\"ActiveState\"] in (\"active\", \"activating\")\n\n\ndef hmacs() -> None:\n    \"\"\"Reads a JSON object of texts, prints one with their HMACs. The key is made here and never leaves the server.\"\"\"\n    if not read(RECEIPT_KEY):\n        write_durably(RECEIPT_KEY, secrets.token_bytes(32))\n    key = read(RECEIPT_KEY) or b\"\"\n    texts = json.load(sys.stdin)\n    print(json.dumps({name: hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for name, text in texts.items()}))\n\n\ndef open_run() -> Optional[str]:\n    \"\"\"The run that was committed and is not closed. There is at most one.\"\"\"\n    return next((run for run in names_in(\"journal\") if is_open(run)), None)\n\n\ndef is_open(run: str) -> bool:\n    \"\"\"A full disk leaves a file without a line; if there is no folder of the run either, nothing had begun.\"\"\"\n    journal = Journal(run)\n    return not journal.has(\"closed\") and (bool(journal.entries) or os.path.isdir(f\"{STATE}/runs/{run}\"))\n\n\ndef told(pointer: str) -> Optional[Json]:\n    \"\"\"The run that a file names, with its journal. Not by the times of files: the clock can be set back.\"\"\"\n    run = (read(pointer) or b\"\").decode(\"ascii\", \"replace\")\n    entries = Journal(run).entries if run else []\n    return {\"run\": run, \"journal\": [journal_line(entry).decode() for entry in entries]} if entries else None\n\n\ndef status() -> Json:\n    lock = read_lock()\n    held = {\"owner\": lock.get(\"owner\"), \"run\": lock.get(\"run\"), \"seconds\": round(lease_left(lock))}\n    return {\n        \"lock\": held if lock else None,\n        \"window\": window_is_open(),\n        \"hold\": os.path.exists(HOLD),\n        \"open\": open_run(),\n        \"last\": told(LAST),\n        \"migration\": told(MIGRATION),\n        \"backups\": names_in(\"backup\"),\n    }\n\n\ndef print_status() -> None:\n    now = status()\n    run, last = now[\"open\"], now[\"last\"]\n    entries = parse_journal(\"\".join(last[\"journal\"])) if last else []\n    print(f\"lock      {lock_in_words(now['lock'])}\")\n    print(f\"window    {'a run is changing this server' if now['window'] else 'no run is changing this server'}\")\n    print(f\"hold      {'on: Synapse cannot start' if now['hold'] else 'off'}\")\n    print(f\"last run  {last['run']}: {outcome_of(entries) or 'unfinished'}\" if last else \"last run  none\")\n    for entry in entries[-8:]:\n        what = entry.get(\"step\") or str(entry.get(\"data\", {}).get(\"reason\", \"\"))\n        print(f\"  {entry['at']}  {entry['event']:8} {re.sub('[^ -~]', ' ', what)}\")\n    print(f\"backups   {' '.join(now['backups']) or 'none'}\")\n    if run and not can_end(run):\n        print(f\"The folder of the run {run} is damaged. To give it up: {TOOL} uninstall\")\n    elif run and cannot_close(run):\n        print(f\"The cleanup of the run {run} fails, and is repeated: {Journal(run).entries[-1]['data']['reason']}\")\n        print(f\"To give it up: {TOOL} uninstall\")\n    elif run and Journal(run).outcome:\n        print(f\"To finish the cleanup of the run {run}: {TOOL} restore\")\n    elif run:\n        print(f\"To restore the state before the run {run}: {TOOL} restore\")\n    elif now[\"hold\"]:\n        print(f\"To let Synapse start again: {TOOL} uninstall, then systemctl start matrix-synapse\")\n\n\ndef can_end(run: str) -> bool:\n    with contextlib.suppress(Refused):\n        Plan(run, committed=True)\n        return True\n    return False\n\n\ndef cannot_close(run: str) -> bool:\n    \"\"\"What is to be done after the end fails.\"\"\"\n    entries = Journal(run).entries\n    return outcome_of(entries) is not None and entries[-1][\"event\"] == \"retry\"\n\n\ndef lock_in_words(lock: Optional[Json]) -> str:\n    if lock is None:\n        return \"free\"\n    owner = f\"{lock['owner']}, run {lock['run']}\"\n    return f\"held by {owner}, {lock['seconds']} s left\" if lock[\"seconds\"] > 0 else f\"free (that of {owner} expired)\"\n\n\ndef require_idle() -> None:\n    if open_run() or window_is_open():\n        raise Refused(\"A run is unfinished. Use restore first.\")\n    require_no_lease()\n\n\ndef require_no_lease() -> None:\n    lock = read_lock()\n    if lease_left(lock) > 0:\n        run = lock[\"run\"]\n        raise Refused(f\"{lock['owner']} prepares the run {run}. Wait for it, or use force-unlock {run}.\")\n\n\ndef hold() -> None:\n    units = systemctl(\n        \"list-unit-files\", \"--no-legend\", \"--no-pager\", \"matrix-synapse.service\", \"matrix-synapse-worker-*.service\"\n    )\n    names = [line.split()[0][: -len(\".service\")] for line in units.split(\"\\n\") if line.strip()]\n    require_idle()\n    install_hold(names)\n    write_durably(HOLD, b\"root prevents Synapse and its workers from starting.\\n\")\n\n\ndef restore() -> None:\n    run = open_run()\n    if run is None:\n        print(\"Nothing to restore: no run is open.\")\n        return\n    Plan(run, committed=True)\n    outcome = Journal(run).outcome\n    if outcome:\n        resume(run)\n        print(f\"The run {run} ended as {outcome}. Its cleanup is running. See: {TOOL} status\")\n    elif is_at_work(run):\n        systemctl(\"kill\", \"--kill-who=main\", \"--signal=SIGUSR1\", f\"{UNIT}{run}.service\")\n        print(f\"The run {run} restores the state before it. See: {TOOL} status\")\n    else:\n        resume(run)\n        print(f\"The run {run} was started again and restores the state before it. See: {TOOL} status\")\n\n\ndef force_unlock(run: str) -> None:\n    if window_is_open():\n        raise Refused(\"A run is changing this server. Use restore.\")\n    release_lock(run)\n\n\ndef give_up(run: str) -> None:\n    \"\"\"A run that nothing can end or close. What is left of it stays, elsewhere.\"\"\"\n    require_no_lease()\n    systemctl(\"kill\", \"--signal=SIGKILL\", f\"{UNIT}{run}.service\", may_fail=True)  # It repeats what fails.\n    record = f\"{STATE}/given-up/{run}\"\n    accounts = accounts_in(Journal(run))\n    with contextlib.closing(lock_window()):\n        os.makedirs(record, 0o700, exist_ok=True)\n        release_reserve(run, read_plan(run))\n        if os.path.lexists(f\"{STATE}/runs/{run}\"):\n            os.rename(f\"{STATE}/runs/{run}\", f\"{record}/run\")\n        os.rename(f\"{STATE}/journal/{run}\", f\"{record}/journal\")\n        leave(run)\n    print(f\"The run {run} was given up. What is left of it: {record}. Its backup: {STATE}/backup/{run}.\")\n    print(\"Compare the server's files with the backup, and start what is stopped.\")\n    if accounts:\n        print(f\"Deactivate its test accounts: {', '.join(accounts)}.\")\n\n\ndef uninstall() -> None:\n    run = open_run()\n    if run and (not can_end(run) or cannot_close(run)):\n        give_up(run)\n    require_idle()\n    clear_way(\"\")\n    remove_hold(held_units({}))\n    leave(\"\")\n\n\ndef follow(run: str, after: int) -> None:\n    \"\"\"Prints the journal's lines as they are written, until the run is closed, or nothing comes for five minutes.\"\"\"\n    idle = uptime()\n    while True:\n        journal = Journal(run)\n        fresh = [entry for entry in journal.entries if entry[\"seq\"] > after]\n        for entry in fresh:\n            sys.stdout.write(journal_line(entry).decode())\n            after = entry[\"seq\"]\n            idle = uptime()\n        sys.stdout.flush()\n        if journal.has(\"closed\") or uptime() - idle > 300:\n            return\n        time.sleep(0.1)\n\n\nCOMMANDS: Dict[str, Callable[..., None]] = {\n    \"run\": run_unit,\n    \"lock\": lambda owner, run, seconds: take_lock(owner, run, float(seconds)),\n    \"renew\": lambda run, seconds: renew_lock(run, float(seconds)),\n    \"unlock\": release_lock,\n    \"prepare\": prepare,\n    \"commit\": commit,\n    \"discard\": discard,\n    \"mirror\": mirror,\n    \"resume\": resume,\n    \"hmac\": hmacs,\n    \"follow\": lambda run, after: follow(run, int(after)),\n    \"facts\": lambda: print(json.dumps(status())),\n    \"entrance\": lambda origin, path, field: print(json.dumps(find_entrance(origin, path, field))),\n    \"status\": print_status,\n    \"hold\": hold,\n    \"restore\": restore,\n    \"force-unlock\": force_unlock,\n    \"uninstall\": uninstall,\n}\n\n\ndef main(argv: Sequence[str]) -> int:\n    os.umask(0o077)\n    name, arguments = (argv[0], argv[1:]) if argv else (\"status\", [])\n    command = COMMANDS.get(name)\n    if command is None:\n        print(\"status | hold | restore | force-unlock RUN | uninstall\", file=sys.stderr)\n        return 2\n    try:\n        if os.path.lexists(STATE) or name not in (\"facts\", \"status\"):  # They change nothing.\n            require_own_folders()\n        command(*arguments)\n        return 0\n    except Refused as error:\n        print(error, file=sys.stderr)\n        return error.code\n    except BrokenPipeError:\n        return 1\n\n\nif __name__ == \"__main__\":\n    sys.exit(main(sys.argv[1:]))\n";

// src/server/window/window.ts
const stateFolder = "/var/lib/matrix-auth-actions";
const serverProgram = `${stateFolder}/matrix-auth-actions`;
const lockHeld = 73;
const lockLost = 75;
const launcher = "import sys;SOURCE=sys.stdin.buffer.read(int(sys.argv.pop(1))).decode();exec(compile(SOURCE,\"window.py\",\"exec\"))";
function windowOver(session) {
	const start = (args, { input = "", ...options }) => session.run([
		"python3",
		"-I",
		"-c",
		launcher,
		String(Buffer.byteLength(window_default)),
		...args
	], {
		...options,
		input: window_default + input
	});
	const call = async (args, options = {}) => {
		const result = await start(args, {
			timeoutMs: 6e4,
			...options
		});
		if (result.code !== 0) throw failed(args[0] ?? "", result, session.host);
		return result.stdout;
	};
	return {
		async facts() {
			const result = await start(["facts"], { timeoutMs: 6e4 });
			const facts = result.code === 0 ? parseRecord(result.stdout) : void 0;
			if (facts) return ourFacts(facts);
			throw unreadable$1(session.host, result);
		},
		lock: async (owner, run, seconds) => void await call([
			"lock",
			owner,
			run,
			String(seconds)
		]),
		renew: async (run, seconds) => void await call([
			"renew",
			run,
			String(seconds)
		]),
		unlock: async (run) => void await call(["unlock", run]),
		prepare: async (run, plan) => void await call(["prepare", run], {
			input: JSON.stringify({ plan }),
			timeoutMs: 12e4
		}),
		commit: async (run) => void await call(["commit", run]),
		discard: async (run) => void await call(["discard", run]),
		resume: async (run) => void await call(["resume", run]),
		mirror: async (run) => JSON.parse(await call(["mirror", run])),
		status: () => call(["status"]),
		async entrance(origin, path, field) {
			const found = await call([
				"entrance",
				origin,
				path,
				field
			], { timeoutMs: 9e4 });
			const { address, verified } = parseRecord(found) ?? {};
			return typeof address === "string" && typeof verified === "boolean" ? {
				origin,
				address,
				verified
			} : void 0;
		},
		hmacs: async (texts) => JSON.parse(await call(["hmac"], { input: JSON.stringify(texts) })),
		async follow(run, after, onEntry) {
			const result = await start([
				"follow",
				run,
				String(after)
			], {
				onLine: (line) => parseJournal(line).forEach(onEntry),
				timeoutMs: Number.POSITIVE_INFINITY
			});
			if (result.code !== 0) throw failed("follow", result, session.host);
		}
	};
}
function unreadable$1(host, result) {
	return new ToolkitError({
		reason: "server-state-unreadable",
		what: `The state of matrix-auth-actions could not be read with python3 (exit code ${result.code})${reasonAtEnd(failureLine(result.stderr))}`,
		where: host,
		remedy: "Check that python3 (3.8 or newer) is installed on the server; Ansible needs it too."
	});
}
function failed(command, result, host) {
	const reason = reasonAtEnd(failureLine(result.stderr));
	if (result.code === lockHeld || result.code === lockLost) return new ToolkitError({
		reason: "lock-held",
		what: result.code === lockHeld ? `Another run holds the lock of this server${reason}` : `This run lost the lock of this server${reason}`,
		where: host,
		remedy: "Wait until the other run has ended. The lock of a run that died expires within two minutes."
	});
	return new ToolkitError({
		reason: "server-command-failed",
		what: `The command ${command} failed on the server (${result.code === null ? `signal ${result.signal}` : `exit code ${result.code}`})${reason}`,
		where: host,
		remedy: "Fix the cause that the message names, then run this again."
	});
}
function ourFacts(facts) {
	const lock = record(facts.lock);
	const owner = text(lock.owner);
	const open = text(facts.open);
	const last = toldRun(facts.last);
	const migration = toldRun(facts.migration);
	return {
		hold: facts.hold === true,
		window: facts.window === true,
		backups: Array.isArray(facts.backups) ? facts.backups.filter(isText) : [],
		...owner === void 0 ? {} : { lock: {
			owner,
			run: text(lock.run) ?? "",
			seconds: Number(lock.seconds)
		} },
		...open === void 0 ? {} : { open },
		...last && { last: lastRunIn(last.run, last.entries) },
		...migration && { migration: migrationIn(migration) }
	};
}
function toldRun(value) {
	const { run, journal } = record(value);
	if (!isText(run) || !Array.isArray(journal)) return void 0;
	return {
		run,
		entries: parseJournal(journal.filter(isText).join("\n"))
	};
}
function migrationIn({ run, entries }) {
	return {
		run,
		at: entries.find(({ event, step }) => event === "begin" && step === "start")?.at ?? "",
		accounts: entries.flatMap(({ data }) => text(data?.account) ?? [])
	};
}
function isText(value) {
	return typeof value === "string";
}

// src/server/names.ts
const homeserverYaml = "/matrix/synapse/config/homeserver.yaml";
const masConfigYaml = "/matrix/matrix-authentication-service/config/config.yaml";
const synapseUnit = "matrix-synapse";
const masUnit = "matrix-authentication-service";
const postgresUnit = "matrix-postgres";
const companion = "matrix-synapse-reverse-proxy-companion";
const synapseUrl = "http://localhost:8008";
async function readConfiguration(session) {
	const [homeserver, mas] = await Promise.all([homeserverYaml, masConfigYaml].map(async (path) => readYamlObject(await session.readFile(path))));
	return {
		homeserver,
		mas
	};
}
async function readRegistration(session) {
	const { homeserver } = await readConfiguration(session);
	if (homeserver === void 0) throw unreadable(homeserverYaml, noMapping);
	return {
		serverName: serverNameIn(homeserver),
		...registrationIn(homeserver)
	};
}
async function readNames(session, facts) {
	const { homeserver: synapse, mas } = await readConfiguration(session);
	if (synapse === void 0) throw unreadable(homeserverYaml, noMapping);
	if (mas === void 0) throw unreadable(masConfigYaml, noMapping);
	const databases = databasesOf(synapse, mas);
	const workerUnits = facts.synapse.workers.filter((worker) => worker.exists).map((worker) => worker.name);
	const serverName = serverNameIn(synapse);
	return {
		names: {
			workerUnits,
			synapseDatabase: word(databases.synapse.database, "database.args.database", homeserverYaml),
			synapseRole: word(databases.synapse.role, "database.args.user", homeserverYaml),
			masDatabase: word(databases.mas.database, "database", masConfigYaml),
			masRole: word(databases.mas.role, "database role", masConfigYaml),
			serverName,
			clientUrl: workerUnits.length > 0 ? `http://${companion}:8008` : synapseUrl,
			publicUrl: originOf(synapse.public_baseurl) ?? `https://${serverName}`,
			masUrl: `http://${masUnit}:8080${masPathPrefix(mas)}`,
			masPublicUrl: required(record(mas.http).public_base, "http.public_base", masConfigYaml).replace(/\/+$/, "")
		},
		...registrationIn(synapse)
	};
}
const noMapping = "is missing, or is not a YAML mapping";
function serverNameIn(homeserver) {
	return required(homeserver.server_name, "server_name", homeserverYaml);
}
function registrationIn(homeserver) {
	const registrationSecret = nonEmpty(homeserver.registration_shared_secret);
	return registrationSecret === void 0 ? {} : { registrationSecret };
}
async function workerUrls(session, units) {
	const urls = [];
	for (const unit of units) {
		const content = await session.readFile(`/matrix/synapse/config/worker.${unit}.yaml`);
		urls.push(...clientPorts(content).map((port) => `http://${unit}:${port}`));
	}
	return urls;
}
function clientPorts(configuration) {
	const { worker_listeners: listeners } = readYamlObject(configuration) ?? {};
	if (!Array.isArray(listeners)) return [];
	return listeners.map(record).flatMap(({ port, resources }) => {
		const served = Array.isArray(resources) ? resources.flatMap((each) => record(each).names) : [];
		return typeof port === "number" && served.includes("client") ? [port] : [];
	});
}
async function serverSecrets(session) {
	const { homeserver, mas } = await readConfiguration(session);
	return [homeserver, mas].flatMap(secretsIn);
}
function required(value, what, path) {
	const found = nonEmpty(value);
	if (found === void 0) throw unreadable(path, `has no ${what}`);
	return found;
}
function originOf(url) {
	return typeof url === "string" && URL.canParse(url) ? new URL(url).origin : void 0;
}
function word(value, what, path) {
	const name = required(value, what, path);
	if (!/^[A-Za-z0-9][A-Za-z0-9_.@-]*$/.test(name)) throw unreadable(path, `has a ${what} with unsupported characters`);
	return name;
}
function unreadable(path, problem) {
	return new ToolkitError({
		reason: "server-state-unreadable",
		what: `The file ${path} ${problem}.`,
		where: path,
		remedy: "Deploy Synapse and MAS with the playbook, then run this again."
	});
}

export { isDown as C, notRunning as D, lastRunIn as E, kindOf as O, downUnits as S, isRollback as T, delegationOf as _, readConfiguration as a, takesPasswords as b, serverSecrets as c, workerUrls as d, serverProgram as f, databasesOf as g, actualStage as h, postgresUnit as i, outcomeOf as k, synapseUnit as l, windowOver as m, masConfigYaml as n, readNames as o, stateFolder as p, masUnit as r, readRegistration as s, companion as t, synapseUrl as u, nonEmpty as v, isLocked as w, createMasker as x, readYamlObject as y };