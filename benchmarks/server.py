"""What is measured: the database with its data, and the real server on it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from provender.cli.database import OpenedDatabase, opened_database
from provender.cli.options import tell
from provender.kit.config import read_settings
from provender.kit.embedded.binaries import find_binaries
from provender.trace.demo.public import LARGE_BLOCKS, MEASURER, load_large

HOST: Final = "127.0.0.1"
BLOCKS_BY_SIZE: Final = {"small": 1_000, "large": LARGE_BLOCKS}
"""Of twenty batches: 20,000 batches and 200,000 shipment lines, or a million and ten million."""
CLOCK_TICKS: Final = os.sysconf("SC_CLK_TCK")
START_SECONDS: Final = 60.0
STATEMENTS: Final = re.compile(r"^provender_statements_total (\d+)", re.MULTILINE)
PROPORTIONAL: Final = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class RunningServer:
    """One worker process behind a port of this machine."""

    port: int
    process_id: int

    def statements(self) -> int:
        """Return how many statements the worker has sent."""
        found = STATEMENTS.search(self._get("/metrics"))
        if found is None:
            raise LookupError
        return int(found[1])

    def memory_mb(self) -> float:
        """Return the worker's own share of memory: what it has alone, and its part of what it shares."""
        found = PROPORTIONAL.search(Path(f"/proc/{self.process_id}/smaps_rollup").read_text(encoding="utf-8"))
        if found is None:
            raise LookupError
        return int(found[1]) / 1024

    def cpu_seconds(self) -> float:
        """Return how long the worker has used a processor, in its own code and in the system's."""
        fields = Path(f"/proc/{self.process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS

    def is_up(self) -> bool:
        """Whether it answers that all is well."""
        try:
            return '"ok"' in self._get("/healthz")
        except OSError:
            return False

    def _get(self, path: str) -> str:
        connection = HTTPConnection(HOST, self.port, timeout=10)
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text


@contextmanager
def loaded_database(folder: Path, size: str) -> Generator[OpenedDatabase]:
    """Start the embedded server on a folder of this size; loading happens once, then the folder is used again."""
    with opened_database(read_settings(data_folder=folder / size, environment={}), tell) as database:
        if database.admin_url is None:
            raise LookupError
        load_large(database.admin_url, tell, blocks=BLOCKS_BY_SIZE[size])
        yield database


def give_token(folder: Path, size: str) -> str:
    """Return a token of the person who measures, as an operator would get it."""
    command = [sys.executable, "-m", "provender", "admin", "token", MEASURER, "--data", str(folder / size)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def running_server(folder: Path, size: str) -> Generator[RunningServer]:
    """Start `provender run` with one worker on a free port, and stop it at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "provender", "run", "--port", str(port), "--data", str(folder / size)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        server = RunningServer(port, process.pid)
        try:
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def pgbench_program() -> Path:
    """Return the pgbench of the embedded PostgreSQL."""
    return find_binaries(None).program("pgbench")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(server: RunningServer, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while not server.is_up():
        if process.poll() is not None or time.monotonic() > give_up_at:
            message = "the server did not start"
            raise RuntimeError(message)
        time.sleep(0.1)
