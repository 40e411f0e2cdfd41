"""A program, not a module: the parent of PostgreSQL, which outlives whoever started it.

Run by path with `python -I -S` and the standard library only. It keeps no list of users:
each user process holds a shared lock on a file, and the kernel drops that lock however the
process ends. A thread here waits for the exclusive lock; when it gets it, nobody is left,
and PostgreSQL is asked to stop. If this program itself is killed, the kernel sends the same
request to PostgreSQL (see launch.py).

    supervisor.py USERS_LOCK SERVER_LOCK_FD SCRATCH_FOLDER LAUNCH WAY USER GROUP SIGNAL exec ...

SERVER_LOCK_FD is held by PostgreSQL and all its children, so that the lock says whether any
of them lives. SCRATCH_FOLDER is removed at the end; empty when there is none.
Standard output says, in one line, with which code PostgreSQL ended.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

# A fast shutdown can take long on a slow disk, and can hang for good: PostgreSQL 18.6 did when it
# came while the server was just starting over after a crash on a full disk (2026-11-20). After this
# an immediate one follows. It loses nothing; the next start replays the log.
FAST_SHUTDOWN_S = 45

Postgres = subprocess.Popen[bytes]


def stop_after_last_user(users_lock: str, postgres: Postgres) -> None:
    """Wait until no process uses the server, then stop it. Runs in its own thread."""
    descriptor = os.open(users_lock, os.O_RDWR | os.O_CLOEXEC)
    # Kept until this program ends: whoever comes meanwhile waits, and then starts anew.
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    postgres.send_signal(signal.SIGINT)
    time.sleep(FAST_SHUTDOWN_S)
    postgres.send_signal(signal.SIGQUIT)


def supervise(users_lock: str, server_lock: int, launch: list[str]) -> int:
    """Run PostgreSQL until it ends; returns its exit code, negative for a signal."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", launch[0], str(os.getpid()), *launch[1:]],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        pass_fds=(server_lock,),
    ) as postgres:

        def stop(_number: int, _frame: FrameType | None) -> None:
            postgres.send_signal(signal.SIGINT)

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, stop)
        threading.Thread(target=stop_after_last_user, args=(users_lock, postgres), daemon=True).start()
        return postgres.wait()


def main(arguments: list[str]) -> int:
    """Leave the starter's family, supervise, report."""
    users_lock, server_lock, scratch_folder, *launch = arguments
    if os.fork():
        # The starter waits for this process only, so that no zombie of it stays behind.
        os._exit(0)
    os.chdir("/")
    code = supervise(users_lock, int(server_lock), launch)
    if scratch_folder:
        shutil.rmtree(Path(scratch_folder), ignore_errors=True)
    with contextlib.suppress(OSError):  # The starter stopped listening long ago, usually.
        os.write(1, f"{code}\n".encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
