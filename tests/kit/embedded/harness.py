"""What the tests of the embedded PostgreSQL share: other processes, killing, and looking."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from provender.kit.embedded import Server
from provender.kit.embedded.layout import locate_layout, read_record
from provender.kit.embedded.probe import ask_server

SOURCE = Path(__file__).parents[3] / "src"
FAST = {"fsync": "off", "shared_buffers": "16MB"}
PATIENCE_S = 30.0
ROWS = [("Los Ríos 2026-1",), ("Los Ríos 2026-2",), ("San Martín 2026-1",)]

# Another program that uses the server until its input ends.
USER_PROGRAM = """
import json, sys
from pathlib import Path
from provender.kit.embedded import EmbeddedServerError, start_server
wishes = json.loads(sys.argv[2])
if wishes.get("binaries"): wishes["binaries"] = Path(wishes["binaries"])
try:
    server = start_server(Path(sys.argv[1]), **wishes)
except EmbeddedServerError as refusal:
    print(json.dumps({"code": refusal.code, "sentence": refusal.sentence, "hint": refusal.hint}))
else:
    print(json.dumps({"url": server.url("postgres"), "socket": str(server.socket_folder)}))
sys.stdout.flush()
sys.stdin.read()
"""


@dataclass
class Program:
    """Another program that called `start_server`; `said` is what came of it."""

    process: subprocess.Popen[str]
    said: dict[str, str]

    def kill(self) -> None:
        """End it as the kernel does when memory runs out: nothing of it runs any more."""
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def another_program(
    folder: Path,
    *,
    through: Sequence[str] = (),
    python: str = sys.executable,
    wishes: dict[str, object] | None = None,
    environment: dict[str, str] | None = None,
) -> Generator[Program]:
    """Run a program that uses the server in `folder`; wait for its word."""
    with begin_program(folder, through=through, python=python, wishes=wishes, environment=environment) as process:
        line = process.stdout.readline() if process.stdout else ""
        yield Program(process, json.loads(line) if line else {})


@contextlib.contextmanager
def begin_program(
    folder: Path,
    *,
    through: Sequence[str] = (),
    python: str = sys.executable,
    wishes: dict[str, object] | None = None,
    environment: dict[str, str] | None = None,
) -> Generator[subprocess.Popen[str]]:
    """Run a program that uses the server in `folder`; do not wait for anything."""
    wished = json.dumps({"settings": FAST, **(wishes or {})})
    with subprocess.Popen(
        [*through, python, "-c", USER_PROGRAM, str(folder), wished],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE), **(environment or {})},
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def wait_until(condition: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> None:
    """Wait for the condition; fail with `what` when it does not come."""
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, f"not within {within_s:g} s: {what}"
        time.sleep(0.01)


def is_quiet(folder: Path) -> bool:
    """Whether no process at all works on the cluster: the server's lock is free."""
    lock = locate_layout(folder).server_lock
    if not lock.exists():
        return True
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def wait_until_quiet(folder: Path) -> None:
    """Wait until PostgreSQL and its supervisor are gone."""
    wait_until(lambda: is_quiet(folder), "every process of the server ended")


def postmaster_of(folder: Path) -> int:
    """Return the process id of the server's main process, as the kernel tells it."""
    record = read_record(locate_layout(folder))
    answer = ask_server(record.socket) if record else None
    assert answer is not None
    return answer.process_id


def supervisor_of(folder: Path) -> int:
    """Return the process id of the server's parent."""
    status = Path(f"/proc/{postmaster_of(folder)}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("PPid"))


def kill(process_id: int) -> None:
    """Send the signal that no process can catch."""
    os.kill(process_id, signal.SIGKILL)


def record_rows(server: Server) -> None:
    """Commit three rows."""
    with psycopg.connect(server.url("postgres")) as connection:
        connection.execute("CREATE TABLE public.batch (name text PRIMARY KEY)")
        for row in ROWS:
            connection.execute("INSERT INTO public.batch (name) VALUES (%s)", row)


def read_rows(url: str) -> list[tuple[str]]:
    """Return the rows that `record_rows` committed."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT name FROM public.batch ORDER BY name").fetchall()


def ask(url: str, question: str) -> object:
    """Return the one value of the one row that answers the question."""
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def run_on_small_disk(
    story: str, mount_at: Path, *arguments: str, environment: dict[str, str] | None = None
) -> dict[str, object]:
    """Run a program with a file system of 128 MiB mounted at its first argument.

    It has a mount namespace of its own, so that the kernel unmounts it when the program ends,
    however it ends. Returns the object that the program printed as JSON.
    """
    map_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    mount = 'mount -t tmpfs -o size=128m disk "$4" && exec "$@"'
    program = [sys.executable, "-c", story, str(mount_at), *arguments]
    run = subprocess.run(
        ["/usr/bin/unshare", *map_root, "--mount", "sh", "-c", mount, "sh", *program],
        env={**os.environ, "PYTHONPATH": str(SOURCE), **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
