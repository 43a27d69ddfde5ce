#!/usr/bin/env -S python3 -S -E
"""A stand-in for systemctl, docker (psql, curl, syn2mas) and sh in the sandbox of window.py. It keeps units, accounts
and the answers of Synapse in world.json and does what fault.json says. It does not know systemd's dependencies, SQL or
HTTP: it recognizes the calls that window.py makes."""

import contextlib
import fcntl
import json
import os
import resource
import signal
import sys
import time

sandbox = os.environ["SANDBOX"]
name = os.path.basename(sys.argv[0])
words = sys.argv[1:]
text = " ".join(words)


def load(file):
    with open(f"{sandbox}/{file}") as opened:
        return json.load(opened)


def answer(status, body=None):
    sys.stdout.write(f"{json.dumps(body or {})}\n{status}")
    return 0


def files_live():
    with open(f"{sandbox}/homeserver.yaml") as opened:
        return opened.read().strip() == "live"


def held():
    return os.path.exists(f"{sandbox}/state/hold")


def start(world, fault, unit):
    if unit in ("matrix-synapse", "worker-a") and held():
        world.setdefault("checked", {})[unit] = world["calls"]
        return
    if world["calls"] < fault.get("postgresDownUntil", 0):
        return
    world["units"][unit] = True


def enabled(unit):
    return f"{sandbox}/systemd/multi-user.target.wants/{unit}.service"


def systemctl(world, fault):
    units = [word.replace(".service", "") for word in words[1:] if not word.startswith("-")]
    if words[0] == "show":
        value, unit = words[2], units[-1]
        if value == "ActiveState":
            print("active" if world["units"].get(unit) else "inactive")
        elif value == "ConditionTimestampMonotonic":
            print(world.get("checked", {}).get(unit, 0))
        elif value == "ConditionResult":
            print("no" if held() else "yes")
    elif words[0] == "stop":
        for unit in units:
            world["units"][unit] = False
    elif words[0] in ("start", "try-restart"):
        for unit in units:
            if not unit.startswith("matrix-auth-actions"):
                start(world, fault, unit)
    elif words[0] == "enable":
        os.makedirs(os.path.dirname(enabled(units[0])), exist_ok=True)
        open(enabled(units[0]), "w").close()
    elif words[0] == "disable":
        if not os.path.exists(f"{sandbox}/systemd/matrix-auth-actions@.service"):
            return 1
        if os.path.exists(enabled(units[0])):
            os.unlink(enabled(units[0]))
    elif words[0] == "is-system-running":
        print("running")
    return 0


def http(world, fault, request):
    lines = dict(
        line.split(" = ", 1) for line in request.split("\n") if " = " in line and not line.startswith("header")
    )
    url, method = json.loads(lines["url"]), json.loads(lines["request"])
    body = json.loads(json.loads(lines["data-raw"])) if "data-raw" in lines else {}
    token = request.split("Bearer ", 1)[1].split('"')[0] if "Bearer " in request else ""
    live, mas = files_live(), url.startswith("http://mas")
    if not world["units"]["mas" if mas else "matrix-synapse"] or (live and fault.get("synapseNeverAnswersLive")):
        return answer(0)
    account = token.split("/")[0]
    if url.endswith("/register"):
        if method == "GET":
            return answer(200, {"nonce": "n"})
        user = body["username"]
        world["accounts"][user] = {"admin": body["admin"], "active": True}
        return answer(200, {"access_token": f"{user}/0", "user_id": f"@{user}:example.test"})
    if "/deactivate/" in url:
        user = url.split("%40")[-1].split("%3A")[0]
        world["accounts"][user]["active"] = False
        return answer(200)
    if url.endswith("/whoami"):
        if token.startswith("mct_"):
            return answer(401, {"errcode": "M_UNKNOWN_TOKEN"})
        return answer(200, {"user_id": f"@{account}:example.test"})
    if url.endswith("/login"):
        if method == "POST":
            return answer(200, {"access_token": body["identifier"]["user"] + "/1"})
        flows = {"flows": [{"type": "m.login.password"}]}
        return answer(200, flows) if mas or not live else answer(404)
    if "/account_data/" in url:
        if method == "PUT":
            world["mark"] = body
        return answer(200, world.get("mark"))
    if "openid-configuration" in url:
        return answer(200, {"issuer": "https://mas"})
    return answer(200, {"versions": []})


def sql(world, fault, statement):
    if world["calls"] < fault.get("postgresDownUntil", 0):
        sys.stderr.write("psql: error: connection refused\n")
        return 2
    counts = {"users": 10}
    if fault.get("hangs", "nothing") in statement:
        return lambda _: time.sleep(60)
    if "pg_stat_activity" in statement:
        print(0)
    elif "sessionsEnded" in statement:
        print(json.dumps({"sessions": 4}))
    elif "json_build_object" in statement:
        print(json.dumps(counts if "masdb" not in text else {"users": world["masUsers"]}))
    elif "pg_tables" in statement:
        print("syn2mas__users" if world.get("renamed") else "users\nuser_emails")
    elif statement.startswith("TRUNCATE") or statement.startswith("CREATE DATABASE"):
        world["masUsers"] = 0
        world["renamed"] = False
    elif "SET deactivated = 1" in statement:
        for user, state in world["accounts"].items():
            if f"'@{user}:example.test'" in statement:
                state["active"] = False
    elif statement.startswith("SELECT count(*)"):
        print(2)
    return 0


def syn2mas(world, fault):
    """Its container works while other calls are made, and outlives its client."""
    how = fault.get("syn2mas")
    print("its output", flush=True)
    world["container"] = True
    world["masUsers"] = 3
    world["renamed"] = True
    return wait_for_syn2mas if how in ("hangs", "slow") else end_syn2mas(world, how)


def end_syn2mas(world, how):
    if not world["container"]:
        return 137
    world["container"] = False
    if how == "fails":
        return 1
    world["masUsers"] = 3 if how == "half" else 10
    world["renamed"] = False
    return 0


def wait_for_syn2mas(fault):
    """Without the lock. Its client may be killed meanwhile."""
    if os.fork() == 0:
        os.setsid()
        end = time.monotonic() + (600 if fault["syn2mas"] == "hangs" else 1.5)
        while time.monotonic() < end and load("world.json")["container"]:
            time.sleep(0.05)
        with locked_world() as world:
            end_syn2mas(world, "slow")
        os._exit(0)
    while load("world.json")["container"]:
        time.sleep(0.05)
    return 0


def docker(world, fault):
    if words[0] == "ps":
        print("\n".join(unit for unit, runs in world["units"].items() if runs))
        if world.get("container"):
            print("matrix-authentication-service-syn2mas")
        return 0
    if words[0] == "rm":
        world["container"] = False
        return 0
    if words[0] == "run":
        return syn2mas(world, fault)
    if "curl" in words:
        return http(world, fault, sys.stdin.read())
    if "psql" in words:
        return sql(world, fault, sys.stdin.read().strip())
    return 0


def save(world):
    with open(f"{sandbox}/world.json.new", "w") as file:
        json.dump(world, file)
    os.replace(f"{sandbox}/world.json.new", f"{sandbox}/world.json")


@contextlib.contextmanager
def locked_world():
    with open(f"{sandbox}/lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        world = load("world.json")
        yield world
        save(world)


def main():
    # A test limits the files of window.py, not those of this stand-in.
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with locked_world() as world:
        fault = load("fault.json")
        world["calls"] += 1
        world["log"].append(f"{name} {text}"[:120])
        kinds = [each["kind"] for each in fault.get("calls", []) if each["call"] == world["calls"]]
        kind = kinds[0] if kinds else None
        code = 1
        if kind == "kill-before":
            os.kill(os.getppid(), signal.SIGKILL)
        elif kind != "fail":
            code = {"systemctl": systemctl, "docker": docker}.get(name, lambda *_: 0)(world, fault)
    if kind == "kill-after":
        os.kill(os.getppid(), signal.SIGKILL)
    if kind == "restore":
        os.kill(os.getppid(), signal.SIGUSR1)
    return code(fault) if callable(code) else code


sys.exit(main())
