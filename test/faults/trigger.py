"""Waits on the server until the journal of a run has a line, then stops the program of the run (SIGSTOP) and prints its
process id: `trigger.py RUN STEP EVENT SECONDS`. SECONDS is how long it waits after the line. Exit code 1: the run was
closed without this line."""

import os
import signal
import sys
import time

run, step, event, seconds = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
journal = f"/var/lib/matrix-auth-actions/journal/{run}"
words = [f'"event":"{event}"'] + ([f'"step":"{step}"'] if step else [])


def processes():
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/cmdline", "rb") as file:
                if file.read().endswith(f"window.py\0run\0{run}\0".encode()):
                    yield int(name)
        except OSError:
            pass


def size():
    try:
        return os.stat(journal).st_size
    except FileNotFoundError:
        return 0


def text():
    try:
        with open(journal) as file:
            return file.read()
    except FileNotFoundError:
        return ""


pid, read = None, 0
for _ in range(120_000):
    if size() != read:  # To read it each time would slow the program down.
        pid = pid or next(processes(), None)
        known = text()
        if pid and any(all(word in line for word in words) for line in known.split("\n")):
            time.sleep(seconds)
            os.kill(pid, signal.SIGSTOP)
            print(pid)
            sys.exit(0)
        if '"event":"closed"' in known:
            break
        read = len(known.encode()) if pid else 0
    time.sleep(0.001)
sys.exit(1)
