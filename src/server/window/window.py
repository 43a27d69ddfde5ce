#!/usr/bin/env python3
"""Carries out the downtime of a migration or a rollback on the server, as one transaction.

matrix-auth-actions prepares a run and starts this program as a systemd unit. From then on nothing depends on the
runner: the run ends as `migrated` or `rolled-back`, or as `restored` to the state before it. If this program is killed
or the server restarts, systemd starts it again, and it restores. Needs Python 3.8 or newer, and nothing else.

For root: status | hold | restore | force-unlock | uninstall. See the README in the same folder.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import fcntl
import grp
import hashlib
import hmac
import http.client
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import ssl
import stat
import subprocess
import sys
import time
from datetime import datetime, timezone
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple
from urllib.parse import quote, urlsplit

Json = Dict[str, Any]
# Its base address, empty inside the container network, and its path.
Page = Tuple[str, str]

STATE = os.environ.get("AUTH_ACTIONS_STATE", "/var/lib/matrix-auth-actions")
SYSTEMD = os.environ.get("AUTH_ACTIONS_SYSTEMD", "/etc/systemd/system")
FOLDERS = ("", "runs", "journal", "output", "backup", "reserve")
HOLD = f"{STATE}/hold"
LOCK = f"{STATE}/lock.json"
LAST = f"{STATE}/last"
MIGRATION = f"{STATE}/migration"
TOOL = f"{STATE}/matrix-auth-actions"
UNIT = "matrix-auth-actions@"
DROP_IN = "90-matrix-auth-actions-hold.conf"
# After the name of a file that is being written. A process that is killed leaves it.
TEMPORARY = ".auth-actions"
SYN2MAS_CONTAINER = "matrix-authentication-service-syn2mas"
RECEIPT_KEY = f"{STATE}/receipt.key"
RESERVED_BYTES = 16 * 1024 * 1024

# The text of this program, where it came over the connection instead of from a file.
SOURCE: str = globals().get("SOURCE", "")

LOCK_HELD = 73
LOCK_LOST = 75
CHECK_FAILED = 76

EVENTS = ("commit", "begin", "done", "progress", "failed", "retry", "end", "closed")
OUTCOMES = ("migrated", "rolled-back", "restored", "abandoned")

UNIT_FILE = """[Unit]
Description=matrix-auth-actions: migration or rollback (run %i)
After=docker.service matrix-postgres.service
StartLimitIntervalSec=0
RefuseManualStop=yes

[Service]
ExecStart={python} -I {state}/runs/%i/window.py run %i
Restart=on-failure
# After these, systemd would take it for finished.
RestartForceExitStatus=SIGHUP SIGINT SIGTERM SIGPIPE
RestartSec=1
KillMode=mixed
OOMScoreAdjust=-500
OOMPolicy=continue

[Install]
WantedBy=multi-user.target
"""

README = """This folder belongs to matrix-auth-actions, which migrates this server to Matrix Authentication Service.

  ./matrix-auth-actions status          what is true on this server, and what can be done
  ./matrix-auth-actions restore         ends an unfinished run and restores the state before it
  ./matrix-auth-actions hold            prevents Synapse and its workers from starting
  ./matrix-auth-actions force-unlock RUN   ends the lock of a run that died
  ./matrix-auth-actions uninstall       removes the units and the hold; journals and backups stay

runs/RUN      what a run needs: the program, its settings, the old and new files. Never changed once it is complete.
journal/RUN   what the run did. A line counts only if its checksum is right.
output/RUN    the output of syn2mas.
backup/RUN    what was backed up before the run: MAS's database, Synapse's account tables (with `backup: full` its
              whole database), and the configuration.
"""


class Refused(Exception):
    """A check that failed, with the exit code that the caller expects."""

    def __init__(self, message: str, code: int = CHECK_FAILED) -> None:
        super().__init__(message)
        self.code = code


# Files


def read(path: str) -> Optional[bytes]:
    """The content of a file, or None where there is none, or a folder. Links are not followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    except IsADirectoryError:
        return None
    finally:
        os.close(descriptor)


def sync_folder(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: str, content: bytes, mode: int = 0o600, owner: Optional[Tuple[int, int]] = None) -> None:
    """Replaces a file. A failure leaves the old file, and no other."""
    temporary = path + TEMPORARY
    remove(temporary)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if owner is not None:
                os.fchown(file.fileno(), *owner)
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        remove(temporary)
        raise
    sync_folder(os.path.dirname(path))


def remove(path: str) -> None:
    """With what a process that was killed while it wrote this file left beside it."""
    for each in (path, path + TEMPORARY):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(each)


def remove_empty_folder(path: str) -> None:
    """Leaves a folder in which somebody has other files, and a link."""
    try:
        os.rmdir(path)
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENOTEMPTY, errno.ENOTDIR):
            raise


def require_own_folders(names: Sequence[str] = FOLDERS) -> None:
    """No other user may change root's state. What is secret in it, only root can read."""
    for name in names:
        path = os.path.join(STATE, name).rstrip("/")
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, 0o700)
        info = os.lstat(path)
        if not stat.S_ISDIR(info.st_mode) or info.st_uid != os.geteuid() or info.st_mode & 0o022:
            remedy = f"If you made it, run `chown root:root {path}; chmod go-w {path}`. Else move it away."
            raise Refused(f"{path} is not a folder that only root can change. {remedy} Then run this again.")


def names_in(folder: str) -> List[str]:
    """Sorted; none where a look at the server finds no folder."""
    path = os.path.join(STATE, folder)
    return sorted(os.listdir(path)) if os.path.isdir(path) else []


def parse_object(text: str) -> Json:
    """An empty object where the text is no JSON object."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


# Time: durations never depend on a clock that can be set.


def uptime() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot() -> str:
    """Identifies this start of the system. A container has its host's boot id, so the start of process 1 is added."""
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        kernel = file.read().strip()
    with open("/proc/1/stat", encoding="utf-8", errors="replace") as file:
        started = file.read().rsplit(")", 1)[1].split()[19]
    return f"{kernel}-{started}"


# The lock: a lease of the runner while it prepares and finishes, and this program's own lock during the window.


@contextlib.contextmanager
def mutex() -> Iterator[None]:
    with open(f"{STATE}/mutex", "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def lock_window() -> Any:
    """Takes the lock of the window, which ends with this process. Raises Refused where another process keeps it."""
    file = open(f"{STATE}/window", "w", encoding="ascii")  # noqa: SIM115 (stays open until the process ends)

    def taken() -> bool:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    # A look at the lock holds it for a moment.
    wait_until(taken, 5, "another run is changing this server")
    return file


def window_is_open() -> bool:
    try:
        with open(f"{STATE}/window", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True


def read_lock() -> Json:
    return parse_object((read(LOCK) or b"").decode("utf-8", "replace"))


def lease_left(lock: Json) -> float:
    """Seconds. A lease of an earlier start of the system has ended."""
    until = lock.get("until")
    return until - uptime() if lock.get("boot") == boot() and isinstance(until, (int, float)) else 0


def take_lock(owner: str, run: str, seconds: float) -> None:
    if open_run() is None:  # The program of a run that is closed takes a moment to leave systemd.
        with contextlib.suppress(Refused):
            wait_until(lambda: not window_is_open(), 20, "the program is still running")
    with mutex():
        lock = read_lock()
        if window_is_open():
            raise Refused(f"the run {lock.get('run')} of {lock.get('owner')} is changing this server", LOCK_HELD)
        if lease_left(lock) > 0 and lock.get("run") != run:
            raise Refused(f"{lock.get('owner')} holds the lock for another {lease_left(lock):.0f} s", LOCK_HELD)
        write_lock(owner, run, seconds)


def write_lock(owner: str, run: str, seconds: float) -> None:
    lock = {"owner": owner, "run": run, "boot": boot(), "until": uptime() + seconds}
    write_durably(LOCK, json.dumps(lock).encode())


@contextlib.contextmanager
def own_lock(run: str) -> Iterator[Json]:
    """No other run can take the lock meanwhile. A runner that wakes up late is refused."""
    with mutex():
        lock = read_lock()
        if lock.get("run") != run:
            holder = lock.get("run")
            raise Refused(f"the run {holder} has taken the lock over" if holder else "the lock was released", LOCK_LOST)
        yield lock


def renew_lock(run: str, seconds: float) -> None:
    with own_lock(run) as lock:
        write_lock(str(lock.get("owner")), run, seconds)


def release_lock(run: str) -> None:
    with mutex():
        if read_lock().get("run") == run:
            write_durably(LOCK, b"{}")


# The journal: one file a run, written only by this program while it holds the lock of the window.


def journal_line(entry: Json) -> bytes:
    body = json.dumps(entry, separators=(",", ":"))
    return f'{body[:-1]},"sum":"{hashlib.sha256(body.encode()).hexdigest()}"}}\n'.encode()


def parse_journal(text: str) -> List[Json]:
    """The lines that count: with the right checksum, and in order. Torn, doubled and foreign lines do not count."""
    entries: List[Json] = []
    for line in text.split("\n"):
        match = re.fullmatch(r'(\{.*),"sum":"([0-9a-f]{64})"\}', line)
        body = f"{match[1]}}}" if match else ""
        if not match or hashlib.sha256(body.encode()).hexdigest() != match[2]:
            continue
        entry = parse_object(body)
        if is_entry(entry) and entry["seq"] > (entries[-1]["seq"] if entries else 0):
            entries.append(entry)
    return entries


def is_entry(entry: Json) -> bool:
    """As in src/domain/journal.ts; both read the same corpus in their tests."""
    numbers = all(type(entry.get(name)) in (int, float) for name in ("seq", "uptime"))
    texts = all(isinstance(entry.get(name), str) for name in ("at", "boot"))
    known = entry.get("event") in EVENTS and isinstance(entry.get("step", ""), str)
    return numbers and texts and known and isinstance(entry.get("data", {}), dict)


def outcome_of(entries: Sequence[Json]) -> Optional[str]:
    """The first end decides."""
    end = next((entry for entry in entries if entry["event"] == "end"), {})
    outcome = end.get("data", {}).get("outcome")
    return outcome if outcome in OUTCOMES else None


INTERRUPTS = (signal.SIGUSR1, signal.SIGALRM)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """A signal that comes meanwhile is handled afterwards."""
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)


class Journal:
    def __init__(self, run: str) -> None:
        self.path = f"{STATE}/journal/{run}"
        self._file: Optional[int] = None
        self._load()

    def _load(self) -> None:
        content = self._content()
        self.entries = parse_journal(content.decode("utf-8", "replace"))
        self._torn = bool(content) and not content.endswith(b"\n")

    def _content(self) -> bytes:
        if self._file is None:
            return read(self.path) or b""
        return os.pread(self._file, os.fstat(self._file).st_size, 0)

    def add(self, event: str, step: Optional[str] = None, **data: Any) -> None:
        """The line is on disk when this returns. After a failure it counts if it can be read, as for every reader."""
        self._load()  # Somebody else can have written half a line since, which would swallow this one.
        seq = self.entries[-1]["seq"] + 1 if self.entries else 1
        entry: Json = {"seq": seq, "at": now_text(), "uptime": round(uptime(), 3), "boot": boot(), "event": event}
        if step is not None:
            entry["step"] = step
        if data:
            entry["data"] = data
        line = (b"\n" if self._torn else b"") + journal_line(entry)
        with uninterrupted():  # What is known here must be what every reader of the file knows.
            try:
                self._append(line)
            finally:
                self._load()

    def _append(self, line: bytes) -> None:
        if self._file is None:  # Stays open: what this process wrote, it knows, whatever takes the place of the file.
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        if os.write(self._file, line) != len(line):
            raise OSError(f"{self.path} was written only in part")
        os.fsync(self._file)

    def has(self, event: str, step: Optional[str] = None) -> bool:
        return any(entry["event"] == event and (step is None or entry.get("step") == step) for entry in self.entries)

    @property
    def outcome(self) -> Optional[str]:
        return outcome_of(self.entries)


def now_text() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


# Programs of the server


def call(argv: Sequence[str], seconds: float = 60, stdin: str = "", may_fail: bool = False) -> str:
    """Standard output. Raises Refused where the program takes longer, or fails and may not, with its last line."""
    try:
        done = subprocess.run(argv, input=stdin.encode(), capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Refused(f"{' '.join(argv[:3])} did not end within {seconds:.0f} s") from None
    except OSError as error:
        raise Refused(f"{argv[0]} could not be started: {error.strerror}") from None
    if done.returncode != 0 and not may_fail:
        last = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise Refused(f"{' '.join(argv[:3])} failed (exit code {done.returncode}): {last}")
    return done.stdout.decode("utf-8", "replace")


def systemctl(*arguments: str, seconds: float = 90, may_fail: bool = False) -> str:
    return call(["systemctl", *arguments], seconds, may_fail=may_fail)


def stop_units(units: Sequence[str], seconds: float = 120, may_be_young: bool = False) -> None:
    """Without what requires them, such as the playbook's bridges: nothing would start that again. Raises Refused where
    one runs on. One that was removed does not run. A program that has just begun ignores SIGTERM, as process 1 of its
    container: systemd waits for it for 10 seconds, and for 90 where it still starts the unit."""
    mode = "--job-mode=ignore-dependencies"
    if may_be_young:
        systemctl("stop", "--no-block", mode, *units, may_fail=True)
        with contextlib.suppress(Refused):
            call(["docker", "stop", "-t", "3", *units], 20)
    systemctl("stop", mode, *units, seconds=seconds, may_fail=True)
    running = [unit for unit, now in zip(units, properties(units)) if now["ActiveState"] not in ("inactive", "failed")]
    if running:
        raise Refused(f"still running after the stop: {', '.join(running)}")


def install_hold(units: Sequence[str]) -> None:
    """From now on the flag HOLD prevents these units from starting, also at boot."""
    for unit in units:
        folder = f"{SYSTEMD}/{unit}.service.d"
        os.makedirs(folder, 0o755, exist_ok=True)
        write_durably(f"{folder}/{DROP_IN}", f"[Unit]\nConditionPathExists=!{HOLD}\n".encode(), 0o644)
    systemctl("daemon-reload")


def remove_hold(units: Sequence[str]) -> None:
    remove(HOLD)
    sync_folder(STATE)  # A power cut must not bring it back: the run that would remove it is over.
    for unit in units:
        remove(f"{SYSTEMD}/{unit}.service.d/{DROP_IN}")
        remove_empty_folder(f"{SYSTEMD}/{unit}.service.d")
    systemctl("daemon-reload")


def held_units(plan: Json) -> List[str]:
    """Those of a run; without its plan, all that have the drop-in."""
    with contextlib.suppress(KeyError, TypeError):
        return [plan["units"]["synapse"], *plan["units"]["workers"]]
    folders = [name for name in os.listdir(SYSTEMD) if os.path.exists(f"{SYSTEMD}/{name}/{DROP_IN}")]
    return [folder[: -len(".service.d")] for folder in folders]


def properties(units: Sequence[str]) -> List[Dict[str, str]]:
    names = "LoadState,ActiveState,SubState,MainPID,CanReload,ConditionResult,ConditionTimestampMonotonic"
    shown = systemctl("show", "-p", names, *(f"{unit}.service" for unit in units))
    return [dict(line.split("=", 1) for line in block.split("\n")) for block in shown.strip().split("\n\n")]


def has_failed(unit: Dict[str, str]) -> bool:
    """Although systemd says that it is being started."""
    return unit["ActiveState"] == "activating" and unit["MainPID"] == "0" and unit["SubState"] != "start-pre"


def prove_hold(units: Sequence[str]) -> None:
    """Starting a held unit exits with 0. Only a condition that systemd checked after the attempt proves the hold."""
    before = properties(units)
    systemctl("start", "--no-block", "--job-mode=ignore-dependencies", *units)
    checked = "ConditionTimestampMonotonic"
    wait_until(
        lambda: all(now[checked] != old[checked] for now, old in zip(properties(units), before)),
        5,
        "systemd did not check the condition of the hold",
    )
    free = [unit for unit, now in zip(units, properties(units)) if now["ConditionResult"] != "no"]
    if free:
        raise Refused(f"the hold does not prevent the start of {', '.join(free)}")


def wait_until(holds: Callable[[], bool], seconds: float, message: str, pause: float = 0.05) -> None:
    end = uptime() + seconds
    while not holds():
        if uptime() >= end:
            raise Refused(message)
        time.sleep(pause)


def wait_for(missing: Callable[[], Optional[str]], seconds: float, pause: float) -> None:
    """Until nothing is missing. Raises Refused with what still is."""
    end = uptime() + seconds
    while what := missing():
        if uptime() >= end:
            raise Refused(what)
        time.sleep(pause)


def until_done(work: Callable[[], None], failed: Callable[[Exception], None]) -> None:
    """Repeats the work until it succeeds, with pauses of 1 to 30 seconds. A full disk or a bug does not end it."""
    pause = 1.0
    while True:
        try:
            return work()
        except Exception as error:
            failed(error)
            time.sleep(pause)
            pause = min(pause * 2, 30)


def complain(error: Exception) -> None:
    print(f"This attempt failed, and is repeated: {type(error).__name__}: {error}", file=sys.stderr)


# HTTP


class Answer:
    def __init__(self, status: int, body: Json) -> None:
        self.status = status
        self.body = body

    def __str__(self) -> str:
        return f"HTTP {self.status}" if self.status else "no answer"


NO_ANSWER = Answer(0, {})
DISCOVERY = "/.well-known/openid-configuration"


def ask_inside(container: str, url: str, method: str = "GET", token: str = "", body: Optional[Json] = None) -> Answer:
    """Through curl in a container, which knows the names of the other containers. No secret is on a command line."""
    lines = [f"url = {json.dumps(url)}", f"request = {json.dumps(method)}"]
    if token:
        lines.append(f"header = {json.dumps('Authorization: Bearer ' + token)}")
    if body is not None:
        lines.append('header = "Content-Type: application/json"')
        lines.append(f"data-raw = {json.dumps(json.dumps(body, ensure_ascii=True))}")
    curl = ["docker", "exec", "-i", container, "curl", "-sS", "-m", "10", "-w", "\\n%{http_code}", "-K", "-"]
    try:
        text = call(curl, 15, "\n".join(lines) + "\n")
    except Refused:
        return NO_ANSWER
    content, _, status = text.rpartition("\n")
    return Answer(int(status or 0), parse_object(content))


def statuses_inside(container: str, urls: Sequence[str], token: str = "", seconds: float = 10) -> Dict[str, int]:
    """As `ask_inside`, all at once. 0 for an address without an answer."""
    if not urls:
        return {}
    lines = ["parallel-immediate"]  # Else requests to the same host wait for each other.
    lines += [line for url in urls for line in (f"url = {json.dumps(url)}", 'output = "/dev/null"')]
    if token:
        lines.append(f"header = {json.dumps('Authorization: Bearer ' + token)}")
    shown = "%{url_effective} %{http_code}\\n"
    curl = ["docker", "exec", "-i", container, "curl", "-sSZ", "-m", str(seconds), "-w", shown, "-K", "-"]
    printed = ""
    with contextlib.suppress(Refused):
        printed = call(curl, seconds + 5, "\n".join(lines) + "\n", may_fail=True)
    answers = dict(line.rsplit(" ", 1) for line in printed.split("\n") if " " in line)
    return {url: int(answers.get(url, 0)) for url in urls}


class Entrance:
    """The address that users use, asked at this machine's own port where the reverse proxy listens there."""

    def __init__(self, where: Json) -> None:
        self.origin = urlsplit(where["origin"])
        self.address = where["address"]
        self.context = ssl.create_default_context()
        if not where["verified"]:
            self.context.check_hostname = False
            self.context.verify_mode = ssl.CERT_NONE

    def ask(
        self, path: str, method: str = "GET", token: str = "", body: Optional[Json] = None, seconds: float = 10
    ) -> Answer:
        """`path` is below that of the origin."""
        host = self.origin.hostname or ""
        port = self.origin.port or (443 if self.origin.scheme == "https" else 80)
        # Some services in front of a server refuse requests without the name of a program.
        headers = {"Host": self.origin.netloc, "User-Agent": "matrix-auth-actions"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(self.address, port, timeout=seconds)
        try:
            connection.connect()
            if self.origin.scheme == "https":
                connection.sock = self.context.wrap_socket(connection.sock, server_hostname=host)
            connection.request(method, self.origin.path + path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return Answer(answer.status, parse_object(answer.read(1_000_000).decode("utf-8", "replace")))
        except (OSError, http.client.HTTPException):
            return NO_ANSWER
        finally:
            connection.close()


def find_entrance(origin: str, path: str, field: str) -> Optional[Json]:
    """How this server reaches its own public address: at its own port, or as everybody does. None where it cannot. The
    address is recognized by JSON with this field at the path."""
    host = urlsplit(origin).hostname or ""
    for address, verified in (("127.0.0.1", True), (host, True), ("127.0.0.1", False)):
        where = {"origin": origin, "address": address, "verified": verified}
        answer = Entrance(where).ask(path)
        if answer.status == 200 and field in answer.body:
            return where
    return None


# One run


class Plan:
    """plan.json of a run. Until the commit the folder must be complete and unchanged; then restoring comes first."""

    def __init__(self, run: str, committed: bool = False) -> None:
        self.run = run
        self.folder = f"{STATE}/runs/{run}"
        if not committed:
            check_manifest(self.folder)
        self.json = read_plan(run)
        try:
            self._take_names()
            whole = not committed or self._can_restore()
        except (KeyError, TypeError):
            whole = False
        if not whole:
            raise Refused(f"{self.folder} is damaged, so the run cannot end. To give it up, use `{TOOL} uninstall`")

    def _can_restore(self) -> bool:
        before = [index for index, file in enumerate(self.json["files"]) if file["before"]]
        needed = ["window.py", *(f"before/{index}" for index in before)]
        return all(os.path.isfile(f"{self.folder}/{name}") for name in needed)

    def _take_names(self) -> None:
        units = self.json["units"]
        self.synapse: str = units["synapse"]
        self.workers: List[str] = units["workers"]
        self.held = [self.synapse, *self.workers]
        self.mas: str = units["mas"]
        self.companion: Optional[str] = units["companion"]
        self.restart: List[str] = units["restart"]
        self.units = [self.mas, *self.held]
        self.postgres: str = self.json["postgres"]["container"]  # Its unit has the same name.
        self.kind: str = self.json["kind"]
        self.migrates = self.kind == "migrate"

    def reserve(self) -> None:
        """One file on each disk."""
        disks = set()
        for path in reserves(self.run, self.json):
            disk = os.stat(os.path.dirname(path)).st_dev
            if disk not in disks:
                write_durably(path, os.urandom(RESERVED_BYTES))  # Zeros would be compressed on some disks.
            disks.add(disk)

    def content(self, side: str, index: int) -> bytes:
        content = read(f"{self.folder}/{side}/{index}")
        if content is None:
            raise Refused(f"{self.folder}/{side}/{index} is missing")
        return content


def read_plan(run: str) -> Json:
    """An empty object where it cannot be read."""
    with contextlib.suppress(OSError):
        return parse_object((read(f"{STATE}/runs/{run}/plan.json") or b"").decode("utf-8", "replace"))
    return {}


def reserves(run: str, plan: Json) -> List[str]:
    """Where a file can be reserved: a full disk must not prevent a restore from writing."""
    folders = [f"{STATE}/reserve", *(os.path.dirname(file["path"]) for file in plan.get("files") or [])]
    return [f"{folder}/.matrix-auth-actions-{run}" for folder in folders]


def release_reserve(run: str, plan: Json) -> None:
    for path in reserves(run, plan):
        remove(path)


def files_below(folder: str) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.relpath(os.path.join(path, name), folder) for name in sorted(names))


def checksums(folder: str) -> Json:
    return {
        name: hashlib.sha256(read(os.path.join(folder, name)) or b"").hexdigest()
        for name in files_below(folder)
        if name != "manifest.json"
    }


def check_manifest(folder: str) -> None:
    try:
        complete = json.loads(read(f"{folder}/manifest.json") or b"") == checksums(folder)
    except (ValueError, OSError):  # No JSON, or a link.
        complete = False
    if not complete:
        raise Refused(f"{folder} is incomplete, or was changed")


def differing(plan: Plan, side: str) -> List[str]:
    """The paths whose file on disk is not the one of this side."""
    paths = []
    for index, file in enumerate(plan.json["files"]):
        expected = plan.content(side, index) if file[side] else None
        if os.path.islink(file["path"]) or read(file["path"]) != expected:
            paths.append(file["path"])
    return paths


def require_files(plan: Plan, side: str, since: str) -> None:
    changed = differing(plan, side)
    if changed:
        raise Refused(f"{', '.join(changed)} changed {since}")


def put_files(plan: Plan, side: str) -> None:
    for index, file in enumerate(plan.json["files"]):
        path, entry = file["path"], file[side]
        remove(path + TEMPORARY)
        remove_empty_folder(path)  # Docker makes one where a file that a container needs is missing.
        if not entry:
            if os.path.islink(path) or os.path.isfile(path):
                remove(path)
                sync_folder(os.path.dirname(path))
        elif os.path.islink(path) or read(path) != plan.content(side, index):
            owner = (entry["uid"], entry["gid"])
            make_folder(os.path.dirname(path), file["folder"])
            write_durably(path, plan.content(side, index), int(entry["mode"], 8), owner)


def make_folder(path: str, entry: Json) -> None:
    """Where it was removed, with what is above it, such as by a playbook that no longer has the service."""
    if os.path.isdir(path):
        return
    make_folder(os.path.dirname(path), entry)
    temporary = path + TEMPORARY
    remove_empty_folder(temporary)
    os.mkdir(temporary, 0o700)
    os.chown(temporary, entry["uid"], entry["gid"])
    os.chmod(temporary, int(entry["mode"], 8))
    os.rename(temporary, path)
    sync_folder(os.path.dirname(path))


class Databases:
    def __init__(self, plan: Plan) -> None:
        postgres = plan.json["postgres"]
        self._container = postgres["container"]
        self.synapse: str = postgres["synapse"]["database"]
        self.synapse_role: str = postgres["synapse"]["role"]
        self.mas: str = postgres["mas"]["database"]
        self.mas_role: str = postgres["mas"]["role"]

    def _exec(self, *argv: str) -> List[str]:
        return ["docker", "exec", "-i", "--env-file=/matrix/postgres/env-postgres-psql", self._container, *argv]

    def ask(self, database: str, sql: str, seconds: float = 60) -> str:
        """Rows as psql prints them unaligned. SQL must not contain a secret."""
        argv = self._exec("psql", "-h", "/run/postgresql", "-d", database, "-v", "ON_ERROR_STOP=1", "-qAt")
        return call(argv, seconds, f"{sql}\n").rstrip("\n")

    def restore(self, database: str, dump: str) -> None:
        argv = self._exec("pg_restore", "-h", "/run/postgresql", "-d", database, "--exit-on-error")
        with open(dump, "rb") as file:
            done = subprocess.run(argv, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
        if done.returncode != 0:
            raise Refused(f"pg_restore of {dump} failed (exit code {done.returncode})")


class Interrupted(Exception):
    """Root asked for the state before the run, or the time is over. Raised by a signal, in the middle of any call."""


def set_alarm(seconds: float) -> None:
    """Repeated, because Python ignores an exception that is raised while it collects garbage. 0 ends it."""
    signal.setitimer(signal.ITIMER_REAL, seconds, 1 if seconds else 0)


class Window:
    """The transaction. `forward` ends as migrated or rolled-back; `restore` ends as restored, or as abandoned."""

    def __init__(self, plan: Plan, journal: Journal) -> None:
        self.plan = plan
        self.journal = journal
        self.sql = Databases(plan)
        self.entrance, self.entrance_mas = (
            Entrance(where) if where else None for where in (plan.json["entrance"], plan.json["entranceMas"])
        )
        self.accounts: List[Json] = []
        self.started = 0.0
        self.users = 0
        self.passwords_before = False
        self.pages_before: Dict[Page, int] = {}
        self.workers_before: List[str] = []
        self.lost: Optional[Json] = None
        # Services that read the files when they start, such as Element.
        self.readers_are_old = True

    # Asking the services

    def _inside(self, url: str, **request: Any) -> Answer:
        return ask_inside(self.plan.synapse, url, **request)

    def _statuses(self, urls: Sequence[str], **request: Any) -> Dict[str, int]:
        return statuses_inside(self.plan.synapse, urls, **request)

    def synapse(self, path: str, **request: Any) -> Answer:
        return self._inside(self.plan.json["urls"]["synapse"] + path, **request)

    def mas(self, path: str, **request: Any) -> Answer:
        return self._inside(self.plan.json["urls"]["mas"] + path, **request)

    def client(self, path: str, **request: Any) -> Answer:
        """As clients ask: through the entrance if the server reaches it, else through the companion of the workers."""
        if self.entrance:
            return self.entrance.ask(path, **request)
        return self._inside(self.plan.json["urls"]["client"] + path, **request)

    # Steps

    def step(self, name: str, work: Callable[[], Optional[Json]]) -> None:
        self.journal.add("begin", name)
        started = uptime()
        data = work() or {}
        self.journal.add("done", name, seconds=round(uptime() - started, 3), **data)

    def forward(self) -> None:
        migrates = self.plan.migrates
        self.journal.add("commit", run=self.plan.run, kind=self.plan.kind)
        if self.plan.kind == "repair":  # Nothing stops for users: only the cleaning after the end is to do.
            self.journal.add("end", outcome="rolled-back")
            return
        if migrates:
            self.step("accounts", self.make_accounts)
        self.step("check", self.check_files)
        signal.signal(signal.SIGALRM, self.expire)
        set_alarm(self.plan.json["maxDowntime"])
        self.step("stop", self.stop)
        if migrates:
            self.step("syn2mas", self.migrate_accounts)
        self.step("files", self.install_files)
        self.step("start", self.start)
        self.step("answer", self.await_answer)
        self.step("prove", self.prove)
        set_alarm(0)
        if migrates:
            self.journal.add("end", outcome="migrated")
        else:
            self.journal.add("end", outcome="rolled-back", lost=self.lost)

    def expire(self, _signal: int, _frame: object) -> None:
        step = next(entry["step"] for entry in reversed(self.journal.entries) if entry["event"] == "begin")
        seconds = self.plan.json["maxDowntime"]
        raise Interrupted(f"`max-downtime` ({seconds:.0f} s) was over during the step `{step}`")

    def check_files(self) -> Json:
        require_files(self.plan, "before", "since this run was prepared")
        missing = self.reload_companion()  # Afterwards it must be possible.
        if missing:
            raise Refused(missing)
        missing_before = {name: look() for name, look in self._looks().items()}
        answered = [name for name, what in missing_before.items() if not what]
        workers = self._statuses(self.plan.json["urls"]["workers"])
        self.workers_before = [url for url, status in workers.items() if status == 401]
        if self.plan.migrates:
            self._require_answers(missing_before)
            # A provider can be out of order: only what answers now is expected to answer afterwards.
            answers = self.ask_pages(self.pages())
            self.pages_before = {page: status for page, status in answers.items() if status in range(200, 404)}
            self.users = self.synapse_counts()["counts"]["users"]
        else:  # It can be tried because MAS or Synapse is broken.
            self.passwords_before = offers_passwords(self.mas("/_matrix/client/v3/login"))
        return {"answered": answered}

    def _require_answers(self, missing: Dict[str, Optional[str]]) -> None:
        for entrance, path in ((self.entrance, "/_matrix/client/versions"), (self.entrance_mas, DISCOVERY)):
            answer = entrance.ask(path) if entrance else None
            if answer and answer.status != 200:
                raise Refused(f"the public address did not work before anything was changed ({path}: {answer})")
        for what in filter(None, missing.values()):  # A restore could not end.
            raise Refused(f"before anything was changed, {what}")

    def stop(self) -> None:
        write_durably(HOLD, b"matrix-auth-actions prevents Synapse and its workers from starting; see README.\n")
        stop_units(self.plan.units)
        prove_hold(self.plan.held)
        self.prove_down()

    def prove_down(self) -> None:
        running = running_containers()
        for unit in self.plan.held:
            if unit in running:
                raise Refused(f"the container {unit} is still running")
        who = f"datname = '{self.sql.synapse}' AND usename = '{self.sql.synapse_role}'"
        end_sessions = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {who}"
        count = f"SELECT count(*) FROM pg_stat_activity WHERE {who}"
        for attempt in range(20):
            if self.sql.ask("postgres", count) == "0":
                return
            if attempt == 4:
                self.sql.ask("postgres", end_sessions)
            time.sleep(0.2)
        raise Refused("Synapse still has connections to its database")

    def migrate_accounts(self) -> Json:
        started = uptime()
        code = self.run_syn2mas()
        data: Json = {"syn2masSeconds": round(uptime() - started, 3), "exitCode": code}
        if code != 0:
            self.journal.add("progress", "syn2mas", **data)
            raise Refused(f"syn2mas failed (exit code {code})")
        synapse, mas = self.counted()
        if self.plan.json["sql"]["repairs"]:
            data.update(self.repair_accounts(different_counts(synapse["counts"], mas["counts"])))
            synapse, mas = self.counted()
        counts = {"synapse": synapse["counts"], "mas": mas["counts"]}
        self.journal.add("progress", "syn2mas", counts=counts)
        different = [
            f"{name}: {counts['mas'][name]} of {counts['synapse'][name]}" for name in different_counts(**counts)
        ]
        number = plural(counts["synapse"]["users"], "account")
        proofs = [
            proof(
                "MAS has all accounts and sessions of Synapse",
                not different,
                ", ".join(different) or f"{number}; the numbers of passwords, sessions and tokens match too",
            ),
            proof(
                "locked and deactivated accounts cannot log in",
                synapse["closed"] == mas["closed"],
                f"{mas['closed']} in MAS, {synapse['closed']} in Synapse",
            ),
        ]
        self.require(proofs)
        return {**data, "proofs": proofs}

    def run_syn2mas(self) -> int:
        """Its whole output goes to a file. Restoring kills a container that outlives this."""
        path = f"{STATE}/output/{self.plan.run}"
        with open(path, "wb") as output:
            command = self.plan.json["syn2mas"]["command"]
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        told = None
        try:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return process.wait(1)
                progress = syn2mas_progress(read(path) or b"", self.users)
                if progress and progress != told:
                    self.journal.add("progress", "syn2mas", **progress)
                told = progress
        except BaseException:
            process.kill()
            process.wait()
            raise

    def repair_accounts(self, different: Sequence[str]) -> Json:
        """The Node tool does not migrate administrators' rights and locks."""
        fixed = {}
        for name, fix in self.plan.json["sql"]["repairs"].items():
            if fix.get("category") not in (None, *different):
                continue
            ids = [row for row in self.sql.ask(self.sql.synapse, fix["select"]).split("\n") if row]
            names = ", ".join("'" + i[1 : i.index(":")].replace("'", "''") + "'" for i in ids)
            sql = f"SET standard_conforming_strings = on;\n{fix['change'].replace('NAMES', names)}"
            fixed[name] = int(self.sql.ask(self.sql.mas, sql) or 0) if names else 0
        return fixed

    def counted(self) -> Tuple[Json, Json]:
        """In Synapse and in MAS: `counts` by category, and how many of the accounts are `closed`."""
        return self.synapse_counts(), self._json(self.sql.mas, "masCounts")

    def synapse_counts(self) -> Json:
        return self._json(self.sql.synapse, "synapseCounts")

    def _json(self, database: str, name: str) -> Json:
        value: Json = json.loads(self.sql.ask(database, self.plan.json["sql"][name]))
        return value

    def install_files(self) -> None:
        require_files(self.plan, "before", "while Synapse was stopped")
        put_files(self.plan, "after")
        systemctl("daemon-reload")

    def start(self) -> None:
        remove(HOLD)
        self.start_units([])

    def start_units(self, dependent: Sequence[str]) -> None:
        """Starts `dependent` after the units that they need, and the others at once: in their order, MAS would delay
        Synapse, and the health check of Synapse would delay the workers by ten seconds."""
        self.started = uptime()
        others = [unit for unit in self.plan.units if unit not in dependent]
        with contextlib.suppress(Refused):
            systemctl("reset-failed", *self.plan.units)
        try:
            if dependent:
                systemctl("start", "--no-block", *dependent)
        finally:  # One that was removed must not keep the others down.
            if others:
                systemctl("start", "--no-block", "--job-mode=ignore-dependencies", *others)

    def start_again(self) -> None:
        """Also what failed. Until systemd repeats a start, 30 seconds later in the playbook, it obeys no other one; nor
        while it waits for the health check of a Synapse that has ended."""
        units = [self.plan.postgres, *self.plan.units]
        over = [unit for unit, now in zip(units, properties(units)) if has_failed(now)]
        if over:
            stop_units(over, 30)
        self.start_units([self.plan.mas, self.plan.synapse])

    def start_late(self) -> None:
        """In a loop that waits for services."""
        if uptime() >= self.started + 5:
            with contextlib.suppress(Refused):
                self.start_again()

    def restart_readers(self) -> None:
        """After users get answers again: until then Synapse has the processors for itself."""
        if self.plan.restart and self.readers_are_old:
            with contextlib.suppress(Refused):
                systemctl("try-restart", "--no-block", *self.plan.restart)
            self.readers_are_old = False

    def reload_companion(self) -> Optional[str]:
        """An older companion reads the addresses of the workers together with its configuration, and keeps them. While
        one of the workers does not run, it cannot read them, nor start. Returns what is missing yet."""
        companion, workers = self.plan.companion, self.plan.workers
        try:
            if companion is None:
                return None
            own = properties([companion])[0]
            if own["CanReload"] != "yes":
                return None
            there = zip(workers, properties(workers))
            away = [unit for unit, now in there if now["ActiveState"] != "active" and now["LoadState"] != "not-found"]
            if not away:
                systemctl("reload" if own["ActiveState"] == "active" else "restart", companion)
            return f"{companion} cannot be reloaded without {', '.join(away)}" if away else None
        except Refused as error:
            return str(error)

    def await_answer(self) -> Json:
        """The end of the downtime: clients get the answers of the new stage."""
        end, patience, reloaded = uptime() + 180, 0.5, False
        while True:
            asked = uptime()
            missing = None if reloaded else self.reload_companion()
            reloaded = missing is None
            missing = missing or self._missing_answers(patience)
            if not missing:
                break
            if uptime() >= end:
                raise Refused(f"no valid answer within 180 s ({missing})")
            # A request that reaches a service while it starts can get no answer at all, where the next one gets it at
            # once. So each is given up soon, and later where a slow server needs longer.
            if uptime() >= asked + patience:
                patience = min(2 * patience, 10)
            self.start_late()
            time.sleep(0.1)
        stopped = next(entry["uptime"] for entry in self.journal.entries if entry.get("step") == "stop")
        seconds = round(uptime() - stopped, 3)
        self.restart_readers()
        return {"downSeconds": seconds}

    def _missing_answers(self, seconds: float) -> str:
        """Those to clients, and one of each process of Synapse; empty where there are all. First the one that is cheap
        to ask for: one call of docker asks for all others, and takes time from what starts."""
        urls, migrates = self.plan.json["urls"], self.plan.migrates
        token = self.accounts[0]["tokens"][0] if migrates else ""
        paths = ["/_matrix/client/v3/account/whoami"] if migrates else ["/_matrix/client/v3/login"]
        if migrates and self.plan.workers:
            paths.append("/_matrix/client/v3/sync?timeout=0")
        if self.entrance:
            path = paths.pop(0)
            answer = self.entrance.ask(path, token=token, seconds=seconds)
            if answer.status != 200:
                return f"{path}: {answer}"
        needed = [urls["client"] + path for path in paths]
        if self.plan.workers or not migrates:
            needed.append(urls["synapse"] + ("/_matrix/client/versions" if migrates else "/_matrix/client/v3/login"))
        answers = self._statuses([*needed, *self.workers_before], token=token, seconds=seconds)
        missing = [url for url, status in answers.items() if status != 200 and (url in needed or status == 0)]
        return ", ".join(f"{url}: {Answer(answers[url], {})}" for url in missing)

    # Proofs

    def require(self, proofs: Sequence[Json]) -> None:
        failed = [f"{each['name']} ({each['detail']})" for each in proofs if each["result"] == "fails"]
        if failed:
            self.journal.add("progress", proofs=proofs)
            raise Refused(f"these proofs failed: {'; '.join(failed)}")

    def prove(self) -> Json:
        if not self.plan.migrates:
            self.lost = self.count_losses()
        proofs = self.prove_live() if self.plan.migrates else self.prove_built_in()
        self.require(proofs)
        require_files(self.plan, "after", "since this run installed it")
        return {"proofs": proofs, "entrance": self.plan.json["entrance"] is not None}

    def prove_live(self) -> List[Json]:
        plain, admin = self.accounts
        old = self.client("/_matrix/client/v3/account/whoami", token=plain["tokens"][-1])
        login = self.synapse("/_matrix/client/v3/login")
        bad = self.client("/_matrix/client/v3/account/whoami", token=f"mct_{secrets.token_hex(12)}")
        users = self.synapse("/_synapse/admin/v2/users?limit=1&guests=false", token=admin["tokens"][0])
        flows = self.mas("/_matrix/client/v3/login")
        discovery = self.mas(DISCOVERY)
        return [
            proof("an existing session is still valid", is_user(old, plain), str(old)),
            proof(
                "Synapse delegates to MAS",
                login.status == 404,
                "its built-in login is off" if login.status == 404 else f"its built-in login returns {login}",
            ),
            proof(
                "an invalid access token is rejected",
                bad.status == 401 and bad.body.get("errcode") == "M_UNKNOWN_TOKEN",
                str(bad),
            ),
            proof("an administrator's existing session keeps its rights", users.status == 200, str(users)),
            proof("the compatibility layer answers", flows.status == 200, str(flows)),
            proof("MAS publishes its discovery document", "issuer" in discovery.body, str(discovery)),
            self.prove_pages(),
            *self.prove_new_session(plain, self._new_mas_token(plain, flows)),
            self.prove_workers(plain["tokens"][-1]),
        ]

    def pages(self) -> List[Page]:
        """MAS's pages for a browser: the discovery document, the authorization page, and the redirect to each provider
        (crates/router/src/endpoints.rs of MAS); behind the reverse proxy, and through it."""
        providers = "SELECT upstream_oauth_provider_id FROM upstream_oauth_providers"
        paths = [
            DISCOVERY,
            "/authorize",
            *(f"/upstream/authorize/{ulid(row)}" for row in self.sql.ask(self.sql.mas, providers).split()),
        ]
        bases = ["", self.entrance_mas.origin.geturl()] if self.entrance_mas else [""]
        return [(base, path) for base in bases for path in paths]

    def ask_pages(self, pages: Sequence[Page]) -> Dict[Page, int]:
        mas = self.plan.json["urls"]["mas"]
        inside = self._statuses([mas + path for base, path in pages if not base])
        entrance = self.entrance_mas
        public = {page: entrance.ask(page[1]).status for page in pages if entrance and page[0]}
        return {page: public[page] if page[0] else inside[mas + page[1]] for page in pages}

    def prove_pages(self) -> Json:
        now: Dict[Page, int] = {}

        def are_as_before() -> bool:
            now.update(self.ask_pages(list(self.pages_before)))
            return now == self.pages_before

        with contextlib.suppress(Refused):  # A login provider can fail once.
            wait_until(are_as_before, 3, "", 0.5)
        worse = [
            f"{base}{path}: {Answer(now[base, path], {})} instead of {Answer(before, {})}"
            for (base, path), before in self.pages_before.items()
            if now[base, path] != before
        ]
        name = "MAS's public pages and the redirects to login providers answer as before"
        return proof(name, not worse, ", ".join(worse) or plural(len(now), "page"))

    def _new_mas_token(self, account: Json, flows: Answer) -> Optional[str]:
        """By a login; where MAS offers no passwords, by its command for administrators."""
        if flows.status == 200 and not offers_passwords(flows):
            issue = ["manage", "issue-compatibility-token", account["user"]]
            printed = call(
                ["sh", "-c", 'exec "$0" "$@" 2>&1', "/matrix/matrix-authentication-service/bin/mas-cli", *issue]
            )
            found = re.search(r"mct_\w+", printed)
            return found[0] if found else None
        ask = self.client if self.entrance else self.mas
        return text_of(self._log_in(ask, account).body.get("access_token"))

    def prove_new_session(self, account: Json, token: Optional[str]) -> List[Json]:
        name = "a new session can write data"
        if token is None:
            return [proof(name, False, "no session was created")]
        path = f"/_matrix/client/v3/user/{quote(account['id'], safe='')}/account_data/matrix-auth-actions.proof"
        mark = secrets.token_hex(8)
        written = self.client(path, method="PUT", token=token, body={"mark": mark})
        answer = self.client(path, token=token)
        log_out = self.client if self.entrance or not self.plan.migrates else self.mas
        out = log_out("/_matrix/client/v3/logout", method="POST", token=token, body={})
        holds = written.status == 200 and answer.body.get("mark") == mark
        return [
            proof(name, holds, f"write {written}, read {answer}"),
            proof("a session can log out", out.status == 200, str(out)),
        ]

    def prove_workers(self, token: str) -> Json:
        """Each worker that answered before must accept the session: it may run with other files than the rest."""
        name = "workers respond"
        if not self.plan.workers:
            return {"name": name, "result": "skipped", "detail": "this server has no workers"}
        away = self.plan.workers
        sync = self.client("/_matrix/client/v3/sync?timeout=0", token=token)
        answers: Dict[str, int] = {}

        def have_decided() -> bool:
            nonlocal away
            running = running_containers()
            away = [unit for unit in self.plan.workers if unit not in running]
            answers.update(self._statuses(self.workers_before, token=token))
            if away:
                self.start_late()
            return not away and all(status in (200, 401) for status in answers.values())

        with contextlib.suppress(Refused):  # All ask MAS about the session at the same moment.
            wait_until(have_decided, 20, "")
        wrong = [
            *(f"{unit} does not run" for unit in away),
            *([] if sync.status == 200 else [f"sync {sync}"]),
            *(f"{url} {Answer(status, {})}" for url, status in answers.items() if status != 200),
        ]
        right = f"{len(self.plan.workers)} running, {len(answers)} accept the session, sync {sync}"
        return proof(name, not wrong, ", ".join(wrong) or right)

    def prove_built_in(self) -> List[Json]:
        """After a rollback: accounts can be made, log in and write, and every provider with accounts is offered. Where
        neither MAS nor Synapse takes passwords, the session of the registration has to do."""
        login = self.synapse("/_matrix/client/v3/login")
        self.make_accounts()
        plain, admin = self.accounts
        passwords = self.passwords_before or offers_passwords(login)
        token = plain["tokens"][-1] if len(plain["tokens"]) > 1 or not passwords else None
        users = self.synapse("/_synapse/admin/v2/users?limit=1&guests=false", token=admin["tokens"][0])
        return [
            proof("Synapse uses its built-in login", login.status == 200, f"its login endpoint returns {login}"),
            proof("an administrator has administrator rights", users.status == 200, str(users)),
            *self.prove_new_session(plain, token),
            self.prove_workers(plain["tokens"][0]),
            self.prove_providers(login),
        ]

    def prove_providers(self, login: Answer) -> Json:
        by_password = "AND coalesce(password_hash, '') = ''" if offers_passwords(login) else ""
        sql = f"""SELECT auth_provider || ' ' || count(*) FROM user_external_ids
 JOIN users ON name = user_id AND deactivated = 0 {by_password}
 WHERE auth_provider <> 'oauth-delegated' GROUP BY auth_provider"""
        rows = [row.rsplit(" ", 1) for row in self.sql.ask(self.sql.synapse, sql).split("\n") if row]
        offered = {each.get("id") for flow in flows_of(login) for each in flow.get("identity_providers", [])}
        lost = [f"{provider} ({plural(int(count), 'account')})" for provider, count in rows if provider not in offered]
        if lost:
            detail = f"Synapse does not offer {', '.join(lost)}"
        else:
            detail = f"Synapse offers {plural(len(rows), 'provider')}" if rows else "there are no such accounts"
        return proof("accounts without a password can log in with their provider", not lost, detail)

    # Accounts for the proofs. Their passwords and tokens are only in memory.

    def make_accounts(self) -> Json:
        for kind in ("plain", "admin"):
            user = f"auth-actions-{self.plan.run}" + ("" if kind == "plain" else "-admin")
            # Before the request, because its answer can be lost.
            self.journal.add("progress", "accounts", account=user)
            self.accounts.append(self._register(user, kind == "admin"))
        plain = self.accounts[0]
        for _ in range(2):
            token = text_of(self._log_in(self.synapse, plain).body.get("access_token"))
            if token:
                plain["tokens"].append(token)
        return {}

    def _register(self, user: str, admin: bool) -> Json:
        """Synapse's shared-secret registration (docs: admin_api/register_api)."""
        path = "/_synapse/admin/v1/register"
        nonce = text_of(self.synapse(path).body.get("nonce")) or ""
        password = secrets.token_urlsafe(24)
        parts = [nonce, user, password, "admin" if admin else "notadmin"]
        mac = hmac.new(self.plan.json["registrationSecret"].encode(), "\0".join(parts).encode(), hashlib.sha1)
        body = {"nonce": nonce, "username": user, "displayname": "matrix-auth-actions", "password": password}
        answer = self._patiently(self.synapse, path, {**body, "admin": admin, "mac": mac.hexdigest()})
        token, user_id = text_of(answer.body.get("access_token")), text_of(answer.body.get("user_id"))
        if token is None or user_id is None:
            if answer.status == 400:
                self.journal.add("progress", "accounts", notMade=user)
            raise Refused(f"Synapse did not create a test account for the proofs ({answer})")
        return {"user": user, "id": user_id, "password": password, "tokens": [token]}

    def _log_in(self, ask: Callable[..., Answer], account: Json) -> Answer:
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": account["user"]},
            "password": account["password"],
            "initial_device_display_name": "matrix-auth-actions",
        }
        return self._patiently(ask, "/_matrix/client/v3/login", body)

    def _patiently(self, ask: Callable[..., Answer], path: str, body: Json) -> Answer:
        """Repeats a request that a rate limit refused, for at most a minute."""
        end = uptime() + 60
        while True:
            answer = ask(path, method="POST", body=body)
            if answer.status != 429 or uptime() > end:
                return answer
            time.sleep(min(float(answer.body.get("retry_after_ms") or 5000) / 1000, 30))

    def close_accounts(self) -> None:
        users = accounts_in(self.journal)
        if not users:
            return
        if not self._deactivated():
            self._close_in_synapse(users)
        if self.journal.outcome == "migrated":
            self._close_in_mas(users)

    def _deactivated(self) -> bool:
        """By Synapse itself. False if the administrator's token was lost with an earlier process of this program."""
        if len(self.accounts) < 2:
            return False
        token = self.accounts[1]["tokens"][0]
        paths = [f"/_synapse/admin/v1/deactivate/{quote(account['id'], safe='')}" for account in self.accounts]
        return all(
            self.synapse(path, method="POST", token=token, body={"erase": False}).status == 200 for path in paths
        )

    def _close_in_mas(self, users: Sequence[str]) -> None:
        names = ", ".join(f"'{user}'" for user in users)
        self.sql.ask(
            self.sql.mas,
            f"""UPDATE users SET locked_at = now() WHERE username IN ({names}) AND locked_at IS NULL;
UPDATE compat_sessions SET finished_at = now() WHERE finished_at IS NULL
 AND user_id IN (SELECT user_id FROM users WHERE username IN ({names}));
DO $$ BEGIN
 IF EXISTS (SELECT 1 FROM information_schema.columns
   WHERE table_name = 'users' AND column_name = 'deactivated_at') THEN
  UPDATE users SET deactivated_at = now() WHERE username IN ({names});
 END IF;
END $$;""",
        )

    def _close_in_synapse(self, users: Sequence[str]) -> None:
        """At its next start, Synapse takes them out of the rooms that new accounts join automatically."""
        server = self.plan.json["serverName"]
        ids = ", ".join("'" + f"@{user}:{server}".replace("'", "''") + "'" for user in users)
        self.sql.ask(
            self.sql.synapse,
            f"""UPDATE users SET deactivated = 1, password_hash = NULL, admin = 0 WHERE name IN ({ids});
DELETE FROM refresh_tokens WHERE user_id IN ({ids});
DELETE FROM access_tokens WHERE user_id IN ({ids});
DELETE FROM users_pending_deactivation WHERE user_id IN ({ids});
INSERT INTO users_pending_deactivation (user_id) SELECT DISTINCT user_id FROM local_current_membership
 WHERE membership = 'join' AND user_id IN ({ids});""",
        )

    # The way to the state before

    def restore(self, reason: str) -> None:
        if self.journal.outcome is not None:  # Its line was written in spite of an error.
            return
        release_reserve(self.plan.run, self.plan.json)
        with contextlib.suppress(OSError):
            self.journal.add("failed", reason=reason)
        if not self.journal.has("begin", "stop"):
            self.journal.add("end", outcome="abandoned", reason=reason)
            return
        until_done(self.put_back, self.note_retry)
        stopped = next(entry for entry in self.journal.entries if entry.get("step") == "stop")
        same = stopped["boot"] == boot()
        down = {"downSeconds": round(uptime() - stopped["uptime"] - self._served(), 3)} if same else {}
        lost = self.count_losses() if self.plan.migrates else None
        self.journal.add("end", outcome="restored", reason=reason, lost=lost, **down)

    def _served(self) -> float:
        """Seconds from the first answer of the new stage until it was given up, in which users had a homeserver."""
        entries = self.journal.entries
        answered = [entry["uptime"] for entry in entries if (entry["event"], entry.get("step")) == ("done", "answer")]
        failed = [entry["uptime"] for entry in entries if entry["event"] == "failed"]
        return float(failed[0] - answered[0]) if answered and failed else 0.0

    def note_retry(self, error: Exception) -> None:
        """The same reason only once in a row."""
        complain(error)
        reason = str(error)
        told = [entry["data"]["reason"] for entry in self.journal.entries if entry["event"] == "retry"]
        if told[-1:] != [reason]:
            with contextlib.suppress(OSError):
                self.journal.add("retry", reason=reason)

    def put_back(self) -> None:
        """Repeated until Synapse answers as before. Stops the services only where they run with other files."""
        kill_syn2mas()
        changed = differing(self.plan, "before")
        if changed:
            with contextlib.suppress(OSError):  # On a full disk restoring is more important.
                write_durably(HOLD, b"matrix-auth-actions restores the state before the run; see README.\n")
            stop_units(self.plan.units, may_be_young=True)
        if changed or os.path.exists(HOLD):
            self.readers_are_old = True
            put_files(self.plan, "before")
            systemctl("daemon-reload")
            remove(HOLD)
        with contextlib.suppress(Refused):  # A unit that was removed meanwhile. All others are started.
            self.start_again()
        # Not for long: a start job that failed by a dependency is only repeated by the next attempt.
        wait_for(self.reload_companion, 10, 0.3)
        wait_for(self.missing_of_before, 10, 0.2)
        self.restart_readers()
        with contextlib.suppress(Refused):  # The reverse proxy can be out of order: nothing of the run is wrong then.
            wait_until(self.entrance_answers, 30, "the public address does not answer yet", 0.2)

    def missing_of_before(self) -> Optional[str]:
        """Of what answered before the run, what does not answer like that."""
        told = (data["answered"] for data in all_data(self.journal) if "answered" in data)
        answered = next(told, ["login", "client"])
        missing = (look() for name, look in self._looks().items() if name in answered)
        return next(filter(None, missing), None)

    def _looks(self) -> Dict[str, Callable[[], Optional[str]]]:
        """Each returns what is missing."""
        looks = {"login": self._missing_login, "client": self._missing_client}
        return looks if self.plan.migrates else {**looks, "mas": self._missing_mas}

    def _missing_login(self) -> Optional[str]:
        login = self.synapse("/_matrix/client/v3/login")
        expected = 200 if self.plan.migrates else 404
        return None if login.status == expected else f"Synapse's login had {login} instead of HTTP {expected}"

    def _missing_client(self) -> Optional[str]:
        url = self.plan.json["urls"]["client"] + "/_matrix/client/versions"
        answer = self._inside(url)
        return None if answer.status == 200 else f"{url} had {answer} inside the container network"

    def _missing_mas(self) -> Optional[str]:
        mas = self.mas("/_matrix/client/v3/login")
        return None if mas.status == 200 else f"the login of MAS had {mas}"

    def entrance_answers(self) -> bool:
        """A reverse proxy can wait for a health check of Synapse before it lets users in."""
        return self.entrance is None or self.entrance.ask("/_matrix/client/versions", seconds=2).status == 200

    def count_losses(self) -> Optional[Json]:
        """What users did in MAS since a migration, which a rollback or a restore loses."""
        if not self.journal.has("begin", "start"):
            return None
        began = next(entry["at"] for entry in self.journal.entries if entry.get("step") == "start")
        names = ", ".join(f"'{user}'" for user in accounts_in(self.journal)) or "''"
        sql = self.plan.json["sql"]["losses"].replace("SINCE", f"'{began}'::timestamptz").replace("OURS", names)
        try:
            counted: Json = json.loads(self.sql.ask(self.sql.mas, sql, 10))
            return counted
        except (Refused, ValueError):
            return None

    # After the end

    def clean(self) -> None:
        """Repeated until nothing of the run is left on the server but its record."""
        outcome = self.journal.outcome
        if outcome == ("restored" if self.plan.migrates else "rolled-back"):
            self.empty_mas()
        self.close_accounts()
        if self.journal.has("begin", "stop") or not os.path.exists(HOLD):  # Else it is root's.
            remove_hold(self.plan.held)
        # In another folder there is nothing to remove, and what is in ours would stay.
        require_own_folders(("", "reserve"))
        if outcome == "migrated":
            write_durably(MIGRATION, self.plan.run.encode())
        elif outcome == "rolled-back":
            remove(MIGRATION)
        release_reserve(self.plan.run, self.plan.json)
        self.journal.add("closed")

    def empty_mas(self) -> None:
        """Removes what syn2mas wrote. Synapse keeps running, even if its unit requires MAS."""
        kill_syn2mas()
        if SYN2MAS_CONTAINER in running_containers():
            raise Refused("syn2mas is still running")
        stop_units([self.plan.mas])
        self._empty_database()
        systemctl("start", "--no-block", "--job-mode=ignore-dependencies", self.plan.mas, may_fail=True)
        self.sql.ask(self.sql.synapse, "DELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated'")

    def _empty_database(self) -> None:
        """An interrupted syn2mas leaves renamed tables: the database is created again, from the dump."""
        tables = self.sql.ask(self.sql.mas, self.plan.json["sql"]["masTables"]).split()
        if not self.journal.has("progress", "recreate"):
            if not any("syn2mas_" in table for table in tables):
                if tables:
                    self.sql.ask(self.sql.mas, f"TRUNCATE {', '.join(tables)} CASCADE")
                return
            self.journal.add("progress", "recreate")
        name = self.sql.mas
        self.sql.ask("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.sql.ask(
            "postgres",
            f'CREATE DATABASE "{name}" OWNER "{self.sql.mas_role}" TEMPLATE template0'
            " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
        )
        dump = f"{STATE}/backup/{self.plan.run}/mas.dump"
        listed = read(f"{dump}.list")
        if listed and b"syn2mas_" not in listed:
            self.sql.restore(name, dump)


def accounts_in(journal: Journal) -> List[str]:
    """Those that the run made, by its journal and by nothing else."""
    data = all_data(journal)
    refused = [each["notMade"] for each in data if "notMade" in each]
    return [each["account"] for each in data if "account" in each and each["account"] not in refused]


def all_data(journal: Journal) -> List[Json]:
    return [entry.get("data", {}) for entry in journal.entries]


def syn2mas_progress(output: bytes, users: int) -> Optional[Json]:
    """mas-cli prints every five seconds how many rows of a table are migrated (crates/cli/src/commands/syn2mas.rs). The
    Node tool has a line for each of the `users` with all that belongs to it (tools/syn2mas/src/migrate.mts)."""
    lines = re.findall(rb"progress migrating (\w+): (\d+) .*/~(\d+)", output)
    if lines:
        return {"table": lines[-1][0].decode(), "rows": int(lines[-1][1]), "of": int(lines[-1][2])}
    migrated = output.count(b"Migrated user @")
    return {"table": "users", "rows": migrated, "of": users} if migrated else None


def different_counts(synapse: Json, mas: Json) -> List[str]:
    """None: this version of MAS cannot store the category."""
    return [name for name in synapse if None not in (synapse[name], mas[name]) and synapse[name] != mas[name]]


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def proof(name: str, holds: bool, detail: str) -> Json:
    return {"name": name, "result": "holds" if holds else "fails", "detail": detail}


def ulid(uuid: str) -> str:
    """MAS stores identifiers as UUIDs, and has them as ULIDs in its addresses."""
    number = int(uuid.replace("-", ""), 16)
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> shift & 31] for shift in range(125, -1, -5))


def flows_of(login: Answer) -> List[Json]:
    flows = login.body.get("flows")
    return flows if isinstance(flows, list) else []


def offers_passwords(login: Answer) -> bool:
    return any(flow.get("type") == "m.login.password" for flow in flows_of(login))


def is_user(answer: Answer, account: Json) -> bool:
    return answer.status == 200 and answer.body.get("user_id") == account["id"]


def text_of(value: object) -> Optional[str]:
    return value if isinstance(value, str) else None


def kill_syn2mas() -> None:
    """docker run passes no signal on to it, so the container outlives its client."""
    with contextlib.suppress(Refused):
        call(["docker", "rm", "--force", SYN2MAS_CONTAINER])


def running_containers() -> List[str]:
    return call(["docker", "ps", "--format", "{{.Names}}"]).split()


# Commands


def run_unit(run: str) -> None:
    """What the unit runs: the window where it is committed, and the restore where the window has no end."""
    window_lock = lock_window()
    journal = Journal(run)
    try:
        plan = Plan(run, committed=bool(journal.entries))
    except Refused as error:
        if journal.entries:
            raise  # systemd tries it again, and shows the failure.
        print(error, file=sys.stderr)
        leave(run)
        return
    window = Window(plan, journal)
    if journal.outcome is None:
        carry_out(window)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # What has ended is not restored.
    if not journal.has("closed"):
        until_done(window.clean, window.note_retry)
    leave(run)
    window_lock.close()


def carry_out(window: Window) -> None:
    signal.signal(signal.SIGUSR1, interrupt)
    try:
        if window.journal.entries:
            raise Interrupted("the program was killed, or the server was restarted")
        write_durably(LAST, window.plan.run.encode())
        lock = read_lock()
        if lock.get("boot") != boot():
            raise Refused("the server was restarted before the run was started")
        if lock.get("run") != window.plan.run:
            raise Refused("the run no longer held the lock when it was started")
        window.forward()
    except Exception as error:  # After any error users get their server back.
        set_alarm(0)
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        reason = str(error) if isinstance(error, (Refused, Interrupted)) else f"{type(error).__name__}: {error}"
        until_done(lambda: window.restore(reason), complain)


def interrupt(_signal: int, _frame: object) -> None:
    raise Interrupted("root ran `matrix-auth-actions restore`")


def leave(run: str) -> None:
    """Leaves nothing in systemd, and can be repeated. A unit that runs goes on without its file."""
    remove(f"{SYSTEMD}/multi-user.target.wants/{UNIT}{run}.service")
    remove(f"{SYSTEMD}/{UNIT}.service")
    systemctl("daemon-reload")
    systemctl("reset-failed", f"{UNIT}*")


def prepare(run: str) -> None:
    """Writes the folder of a run from JSON on standard input, and installs the unit. Nothing runs yet."""
    given = json.load(sys.stdin)
    renew_lock(run, max(lease_left(read_lock()), 60))
    with contextlib.closing(lock_window()):
        clear_way(run)
    folder = f"{STATE}/runs/{run}"
    for path in (folder, f"{folder}/before", f"{folder}/after"):
        os.mkdir(path, 0o700)
    sync_folder(os.path.dirname(folder))
    files = [take_file(folder, index, file) for index, file in enumerate(given["plan"]["files"])]
    write_durably(f"{folder}/plan.json", json.dumps({**given["plan"], "files": files}).encode(), 0o400)
    write_durably(f"{folder}/window.py", SOURCE.encode(), 0o400)
    write_durably(f"{folder}/manifest.json", json.dumps(checksums(folder)).encode(), 0o400)
    plan = Plan(run)
    plan.reserve()
    install(run, plan)


def clear_way(run: str) -> None:
    """Removes the runs whose runner died before the commit. One that was committed must end before."""
    for other in names_in("journal"):
        if other != run and Journal(other).entries and is_open(other):
            raise Refused(f"the run {other} is unfinished", LOCK_HELD)
    for other in names_in("runs"):
        if not Journal(other).entries:
            remove_run(other)


def install(run: str, plan: Plan) -> None:
    write_durably(TOOL, read(f"{plan.folder}/window.py") or b"", 0o700)
    write_durably(f"{STATE}/README", README.encode())
    unit = UNIT_FILE.format(python=sys.executable.replace("%", "%%"), state=STATE)  # The one that reads this.
    write_durably(f"{SYSTEMD}/{UNIT}.service", unit.encode(), 0o644)
    install_hold(plan.held)
    systemctl("enable", f"{UNIT}{run}.service")
    # systemd does not write the link to the disk at once. If a power cut removed it, the server would not be restored.
    sync_folder(f"{SYSTEMD}/multi-user.target.wants")


def take_file(folder: str, index: int, file: Json) -> Json:
    """Stores both sides of a file. Refused if the one on disk is not the one that the playbook saw in check mode."""
    path = file["path"]
    if os.path.islink(path) or os.path.isdir(path):
        raise Refused(f"{path} is a symbolic link or a folder: make it a file, then run this again")
    before = read(path)
    if (None if before is None else hashlib.sha256(before).hexdigest()) != file["beforeSha256"]:
        raise Refused(f"{path} changed since its new content was prepared")
    taken: Json = {"path": path, "folder": access(os.path.dirname(path)), "before": None, "after": None}
    if before is not None:
        taken["before"] = access(path)
        write_durably(f"{folder}/before/{index}", before, 0o400)
    if file["after"] is not None:
        user, _, group = file["owner"].partition(":")
        uid = int(user) if user.isdigit() else pwd.getpwnam(user).pw_uid
        gid = int(group) if group.isdigit() else grp.getgrnam(group or user).gr_gid
        taken["after"] = taken["before"] or {"mode": file["mode"], "uid": uid, "gid": gid}
        write_durably(f"{folder}/after/{index}", base64.b64decode(file["after"]), 0o400)
    return taken


def access(path: str) -> Json:
    info = os.stat(path)
    return {"mode": f"{stat.S_IMODE(info.st_mode):o}", "uid": info.st_uid, "gid": info.st_gid}


def commit(run: str) -> None:
    """The point of no return for the runner: from here the server goes on by itself."""
    renew_lock(run, 120)
    Plan(run)
    if not Journal(run).entries:
        systemctl("start", "--no-block", f"{UNIT}{run}.service")


def discard(run: str) -> None:
    """Removes a run that was never committed."""
    with contextlib.closing(lock_window()):
        if Journal(run).entries:
            raise Refused(f"the run {run} was committed")
        with own_lock(run):
            remove_run(run)


def remove_run(run: str) -> None:
    """One that was never committed, whatever its folder contains. A hold is root's then."""
    folder = f"{STATE}/runs/{run}"
    plan = read_plan(run)
    release_reserve(run, plan)
    if not os.path.exists(HOLD):
        remove_hold(held_units(plan))
    leave(run)
    if os.path.isdir(folder):
        shutil.rmtree(folder)


def mirror(run: str) -> None:
    """Prints the files of a rollback: those that a migration replaced. Refused where they were changed since."""
    plan = Plan(run, committed=True)
    require_files(plan, "after", "since the migration")
    print(json.dumps([mirrored(plan, index, file) for index, file in enumerate(plan.json["files"])]))


def mirrored(plan: Plan, index: int, file: Json) -> Json:
    before, after = file["before"], file["after"]
    return {
        "path": file["path"],
        "beforeSha256": hashlib.sha256(plan.content("after", index)).hexdigest() if after else None,
        "after": base64.b64encode(plan.content("before", index)).decode() if before else None,
        "mode": before["mode"] if before else "0640",
        "owner": f"{before['uid']}:{before['gid']}" if before else "matrix:matrix",
    }


def resume(run: str) -> None:
    """Starts the unit of an open run again, which ends it."""
    if Journal(run).has("closed") or is_at_work(run):
        return
    plan = Plan(run, committed=True)
    install(run, plan)
    systemctl("start", "--no-block", f"{UNIT}{run}.service")


def is_at_work(run: str) -> bool:
    return properties([f"{UNIT}{run}"])[0]["ActiveState"] in ("active", "activating")


def hmacs() -> None:
    """Reads a JSON object of texts, prints one with their HMACs. The key is made here and never leaves the server."""
    if not read(RECEIPT_KEY):
        write_durably(RECEIPT_KEY, secrets.token_bytes(32))
    key = read(RECEIPT_KEY) or b""
    texts = json.load(sys.stdin)
    print(json.dumps({name: hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for name, text in texts.items()}))


def open_run() -> Optional[str]:
    """The run that was committed and is not closed. There is at most one."""
    return next((run for run in names_in("journal") if is_open(run)), None)


def is_open(run: str) -> bool:
    """A full disk leaves a file without a line; if there is no folder of the run either, nothing had begun."""
    journal = Journal(run)
    return not journal.has("closed") and (bool(journal.entries) or os.path.isdir(f"{STATE}/runs/{run}"))


def told(pointer: str) -> Optional[Json]:
    """The run that a file names, with its journal. Not by the times of files: the clock can be set back."""
    run = (read(pointer) or b"").decode("ascii", "replace")
    entries = Journal(run).entries if run else []
    return {"run": run, "journal": [journal_line(entry).decode() for entry in entries]} if entries else None


def status() -> Json:
    lock = read_lock()
    held = {"owner": lock.get("owner"), "run": lock.get("run"), "seconds": round(lease_left(lock))}
    return {
        "lock": held if lock else None,
        "window": window_is_open(),
        "hold": os.path.exists(HOLD),
        "open": open_run(),
        "last": told(LAST),
        "migration": told(MIGRATION),
        "backups": names_in("backup"),
    }


def print_status() -> None:
    now = status()
    run, last = now["open"], now["last"]
    entries = parse_journal("".join(last["journal"])) if last else []
    print(f"lock      {lock_in_words(now['lock'])}")
    print(f"window    {'a run is changing this server' if now['window'] else 'no run is changing this server'}")
    print(f"hold      {'on: Synapse cannot start' if now['hold'] else 'off'}")
    print(f"last run  {last['run']}: {outcome_of(entries) or 'unfinished'}" if last else "last run  none")
    for entry in entries[-8:]:
        what = entry.get("step") or str(entry.get("data", {}).get("reason", ""))
        print(f"  {entry['at']}  {entry['event']:8} {re.sub('[^ -~]', ' ', what)}")
    print(f"backups   {' '.join(now['backups']) or 'none'}")
    if run and not can_end(run):
        print(f"The folder of the run {run} is damaged. To give it up: {TOOL} uninstall")
    elif run and cannot_close(run):
        print(f"The cleanup of the run {run} fails, and is repeated: {Journal(run).entries[-1]['data']['reason']}")
        print(f"To give it up: {TOOL} uninstall")
    elif run and Journal(run).outcome:
        print(f"To finish the cleanup of the run {run}: {TOOL} restore")
    elif run:
        print(f"To restore the state before the run {run}: {TOOL} restore")
    elif now["hold"]:
        print(f"To let Synapse start again: {TOOL} uninstall, then systemctl start matrix-synapse")


def can_end(run: str) -> bool:
    with contextlib.suppress(Refused):
        Plan(run, committed=True)
        return True
    return False


def cannot_close(run: str) -> bool:
    """What is to be done after the end fails."""
    entries = Journal(run).entries
    return outcome_of(entries) is not None and entries[-1]["event"] == "retry"


def lock_in_words(lock: Optional[Json]) -> str:
    if lock is None:
        return "free"
    owner = f"{lock['owner']}, run {lock['run']}"
    return f"held by {owner}, {lock['seconds']} s left" if lock["seconds"] > 0 else f"free (that of {owner} expired)"


def require_idle() -> None:
    if open_run() or window_is_open():
        raise Refused("A run is unfinished. Use restore first.")
    require_no_lease()


def require_no_lease() -> None:
    lock = read_lock()
    if lease_left(lock) > 0:
        run = lock["run"]
        raise Refused(f"{lock['owner']} prepares the run {run}. Wait for it, or use force-unlock {run}.")


def hold() -> None:
    units = systemctl(
        "list-unit-files", "--no-legend", "--no-pager", "matrix-synapse.service", "matrix-synapse-worker-*.service"
    )
    names = [line.split()[0][: -len(".service")] for line in units.split("\n") if line.strip()]
    require_idle()
    install_hold(names)
    write_durably(HOLD, b"root prevents Synapse and its workers from starting.\n")


def restore() -> None:
    run = open_run()
    if run is None:
        print("Nothing to restore: no run is open.")
        return
    Plan(run, committed=True)
    outcome = Journal(run).outcome
    if outcome:
        resume(run)
        print(f"The run {run} ended as {outcome}. Its cleanup is running. See: {TOOL} status")
    elif is_at_work(run):
        systemctl("kill", "--kill-who=main", "--signal=SIGUSR1", f"{UNIT}{run}.service")
        print(f"The run {run} restores the state before it. See: {TOOL} status")
    else:
        resume(run)
        print(f"The run {run} was started again and restores the state before it. See: {TOOL} status")


def force_unlock(run: str) -> None:
    if window_is_open():
        raise Refused("A run is changing this server. Use restore.")
    release_lock(run)


def give_up(run: str) -> None:
    """A run that nothing can end or close. What is left of it stays, elsewhere."""
    require_no_lease()
    systemctl("kill", "--signal=SIGKILL", f"{UNIT}{run}.service", may_fail=True)  # It repeats what fails.
    record = f"{STATE}/given-up/{run}"
    accounts = accounts_in(Journal(run))
    with contextlib.closing(lock_window()):
        os.makedirs(record, 0o700, exist_ok=True)
        release_reserve(run, read_plan(run))
        if os.path.lexists(f"{STATE}/runs/{run}"):
            os.rename(f"{STATE}/runs/{run}", f"{record}/run")
        os.rename(f"{STATE}/journal/{run}", f"{record}/journal")
        leave(run)
    print(f"The run {run} was given up. What is left of it: {record}. Its backup: {STATE}/backup/{run}.")
    print("Compare the server's files with the backup, and start what is stopped.")
    if accounts:
        print(f"Deactivate its test accounts: {', '.join(accounts)}.")


def uninstall() -> None:
    run = open_run()
    if run and (not can_end(run) or cannot_close(run)):
        give_up(run)
    require_idle()
    clear_way("")
    remove_hold(held_units({}))
    leave("")


def follow(run: str, after: int) -> None:
    """Prints the journal's lines as they are written, until the run is closed, or nothing comes for five minutes."""
    idle = uptime()
    while True:
        journal = Journal(run)
        fresh = [entry for entry in journal.entries if entry["seq"] > after]
        for entry in fresh:
            sys.stdout.write(journal_line(entry).decode())
            after = entry["seq"]
            idle = uptime()
        sys.stdout.flush()
        if journal.has("closed") or uptime() - idle > 300:
            return
        time.sleep(0.1)


COMMANDS: Dict[str, Callable[..., None]] = {
    "run": run_unit,
    "lock": lambda owner, run, seconds: take_lock(owner, run, float(seconds)),
    "renew": lambda run, seconds: renew_lock(run, float(seconds)),
    "unlock": release_lock,
    "prepare": prepare,
    "commit": commit,
    "discard": discard,
    "mirror": mirror,
    "resume": resume,
    "hmac": hmacs,
    "follow": lambda run, after: follow(run, int(after)),
    "facts": lambda: print(json.dumps(status())),
    "entrance": lambda origin, path, field: print(json.dumps(find_entrance(origin, path, field))),
    "status": print_status,
    "hold": hold,
    "restore": restore,
    "force-unlock": force_unlock,
    "uninstall": uninstall,
}


def main(argv: Sequence[str]) -> int:
    os.umask(0o077)
    name, arguments = (argv[0], argv[1:]) if argv else ("status", [])
    command = COMMANDS.get(name)
    if command is None:
        print("status | hold | restore | force-unlock RUN | uninstall", file=sys.stderr)
        return 2
    try:
        if os.path.lexists(STATE) or name not in ("facts", "status"):  # They change nothing.
            require_own_folders()
        command(*arguments)
        return 0
    except Refused as error:
        print(error, file=sys.stderr)
        return error.code
    except BrokenPipeError:
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
