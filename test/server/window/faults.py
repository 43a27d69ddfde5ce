"""Runs window.py with a fault at one of its writes: `faults.py NUMBER KIND window.py run RUN`. A write is a call that
changes files (os.write, os.fsync, os.replace, …). It does not reorder writes that were not flushed; a power cut may."""

import datetime
import errno
import os
import runpy
import signal
import sys

number, kind = int(sys.argv[1]), sys.argv[2]
sys.argv = sys.argv[3:]
writes = 0
clock = datetime.timedelta()


class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + clock


datetime.datetime = Clock


def disturbed(work):
    def call(*arguments, **options):
        global clock, writes
        writes += 1
        if writes != number:
            return work(*arguments, **options)
        if kind == "fail":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if kind == "torn" and work.__name__ == "write":
            work(arguments[0], arguments[1][: len(arguments[1]) // 2])
        if kind in ("torn", "kill-before"):
            os.kill(os.getpid(), signal.SIGKILL)
        done = work(*arguments, **options)
        if kind.startswith("clock"):
            clock = datetime.timedelta(hours=-1 if kind == "clock-back" else 1)
            return done
        if kind == "fail-after":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.kill(os.getpid(), signal.SIGUSR1 if kind == "restore" else signal.SIGKILL)
        return done

    return call


for name in ("write", "fsync", "replace", "unlink", "mkdir", "rmdir", "fchmod", "fchown"):
    setattr(os, name, disturbed(getattr(os, name)))
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    if kind == "count":
        with open(os.path.join(os.environ["SANDBOX"], "writes"), "w") as file:
            file.write(str(writes))
