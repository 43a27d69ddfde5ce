"""The least downtime of a migration: stop, syn2mas, files, start, without a hold, checks or proofs.

Takes a run's folder with its plan, the address that clients use, and the access token of an existing session.
Prints when it began (ms since 1970) and the seconds of each step, as JSON.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request

folder, client, token = sys.argv[1:]
with open(f"{folder}/plan.json", encoding="utf-8") as file:
    plan = json.load(file)
companion = plan["units"]["companion"]
units = [plan["units"]["mas"], plan["units"]["synapse"], *plan["units"]["workers"]]
whoami = urllib.request.Request(
    f"{client}/_matrix/client/v3/account/whoami", headers={"Authorization": f"Bearer {token}"}
)
marks = []


def mark(step: str) -> None:
    marks.append((step, time.monotonic()))


def run(*argv: str) -> None:
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def answers() -> bool:
    try:
        with urllib.request.urlopen(whoami, timeout=0.5):
            return True
    except OSError:
        return False


began = time.time()
mark("begin")
run("systemctl", "stop", *units)
mark("stop")
run(*plan["syn2mas"]["command"])
mark("syn2mas")
for index, entry in enumerate(plan["files"]):
    after = entry["after"]
    if after is None:
        os.unlink(entry["path"])
        continue
    shutil.copyfile(f"{folder}/after/{index}", entry["path"])
    os.chown(entry["path"], after["uid"], after["gid"])
    os.chmod(entry["path"], int(after["mode"], 8))
run("systemctl", "daemon-reload")
mark("files")
run("systemctl", "start", "--no-block", "--job-mode=ignore-dependencies", *units)
mark("start")
while not answers():
    if companion is not None:
        # An older one keeps the workers' addresses of before. It cannot be reloaded until all of them are there.
        subprocess.run(["systemctl", "reload", companion], check=False, stderr=subprocess.DEVNULL)
    time.sleep(0.02)
mark("answer")

seconds = {name: end - start for (_, start), (name, end) in zip(marks, marks[1:])}
print(json.dumps({"at": began * 1000, "window": marks[-1][1] - marks[0][1], "steps": seconds}))
