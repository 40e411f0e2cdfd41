"""The running program under what happens to programs: signals, several workers, a database that dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest

from tests.journeys.live import provender

pytestmark = pytest.mark.slow
RECOVERED_WITHIN_S = 30


@dataclass(frozen=True)
class Program:
    """A running `provender run`."""

    process: subprocess.Popen[str]
    address: str
    data: Path
    token: str

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask as an administrator; refusals are answers too."""
        return self.send("GET", path)

    def send(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        """Send a request as an administrator."""
        request = urllib.request.Request(  # noqa: S310  # our own server on loopback
            self.address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()


@contextmanager
def running(data: Path, *options: str) -> Generator[Program]:
    """Start the program and wait until it says where it is."""
    command = provender("run", "--port", "0", "--data", str(data), *options)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield Program(process, read_address(process.stderr), data, open_shop(data))
        finally:
            process.kill()


def read_address(lines: Iterable[str]) -> str:
    """Return where a program says it is, when it is ready; empty when it ended instead."""
    address = ""
    for line in lines:
        address = line.split()[-1] if "http://" in line else address
        if "Ctrl+C" in line:
            return address
    return ""


def open_shop(data: Path) -> str:
    """Open an organisation with an administrator, unless it is there, and return a token."""
    organisation = ["Shop", "--country", "DE", "--time-zone", "Europe/Berlin", "--email", "shop@example.org"]
    call("admin", "organisation", *organisation, "--data", str(data))
    return call("admin", "token", "shop@example.org", "--data", str(data)).strip()


def call(*words: str) -> str:
    return subprocess.run(provender(*words), capture_output=True, text=True, timeout=60, check=True).stdout


def farm(name: str) -> dict[str, str]:
    return {"name": name, "country": "GH"}


def test_two_workers_answer_and_a_signal_ends_both(tmp_path: Path) -> None:
    with running(tmp_path, "--workers", "2") as program:
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(program.get, ["/api/trace/farms"] * 60))
        workers = children_of(program.process.pid)
        program.process.send_signal(signal.SIGTERM)
        program.process.wait(30)

        assert {status for status, _ in answers} == {200}
        assert len(workers) >= 2
        assert wait_for_end(workers) == []


def wait_for_end(process_ids: list[int]) -> list[int]:
    """Return which processes are still there after a while."""
    until = monotonic() + 10
    alive = process_ids
    while alive and monotonic() < until:
        sleep(0.1)
        alive = [process_id for process_id in alive if Path(f"/proc/{process_id}").exists()]
    return alive


def children_of(process_id: int) -> list[int]:
    """Return the processes that a process started."""
    listed = Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="utf-8")
    return [int(child) for child in listed.split()]


def test_after_a_body_of_ten_megabytes_the_same_connection_answers_on(tmp_path: Path) -> None:
    with running(tmp_path) as program:
        connection = HTTPConnection(urlsplit(program.address).netloc, timeout=20)
        headers = {"Authorization": f"Bearer {program.token}", "Content-Type": "application/json"}
        connection.request("POST", "/api/trace/farms", b" " * 10_000_000, headers)
        refused = connection.getresponse()
        problem = json.loads(refused.read())
        used = connection.sock
        connection.request("GET", "/api/trace/farms", headers=headers)
        answered = connection.getresponse()
        answered.read()

        assert (refused.status, problem["code"]) == (413, "request.body_too_large")
        assert (answered.status, connection.sock) == (200, used)
        connection.close()


def test_a_request_under_way_is_finished_before_the_program_ends(tmp_path: Path) -> None:
    with running(tmp_path) as program:
        body = json.dumps(farm("Begun before the signal")).encode()
        place = urlsplit(program.address)
        with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
            head = (
                f"POST /api/trace/farms HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {program.token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            connection.sendall(head.encode() + body[:10])
            sleep(0.5)
            meanwhile, _ = program.get("/api/trace/farms")
            program.process.send_signal(signal.SIGTERM)
            sleep(0.5)
            connection.sendall(body[10:])
            answer = connection.recv(4000)
        program.process.wait(30)

    assert meanwhile == 200
    assert answer.startswith(b"HTTP/1.1 201")


def test_after_the_database_was_killed_the_program_recovers_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    with running(tmp_path) as program:
        statuses: list[int] = []
        kept: list[str] = []

        def add_farms(writer: int, until: float) -> None:
            number = 0
            while monotonic() < until:
                number += 1
                status, answer = program.send("POST", "/api/trace/farms", farm(f"Farm {writer}-{number}"))
                statuses.append(status)
                if status == 201:
                    kept.append(json.loads(answer)["name"])
                elif status == 503:
                    assert json.loads(answer)["code"] in {"database.lost", "database.busy"}
                sleep(0.02)

        until = monotonic() + 8
        with ThreadPoolExecutor(3) as threads:
            writers = [threads.submit(add_farms, number, until) for number in range(3)]
            sleep(1.5)
            kill_postmaster(tmp_path)
            for writer in writers:
                writer.result(RECOVERED_WITHIN_S + 20)
        recovered = wait_for_answer(program)
        names = set(farm_names(program))

    assert set(statuses) <= {201, 503}
    assert statuses.count(201) > 10
    assert 503 in statuses
    assert recovered == 200
    assert set(kept) <= names


def kill_postmaster(data: Path) -> None:
    """Kill PostgreSQL as a lack of memory would."""
    written = (data / "postgres/data/postmaster.pid").read_text(encoding="utf-8")
    os.kill(int(written.splitlines()[0]), signal.SIGKILL)


def wait_for_answer(program: Program) -> int:
    """Return the first status that is not 503, or the last one when patience ends."""
    until = monotonic() + RECOVERED_WITHIN_S
    status = 503
    while status == 503 and monotonic() < until:
        status, _ = program.get("/api/trace/farms")
        sleep(0.2)
    return status


def farm_names(program: Program) -> list[str]:
    """Return the names of all farms, page after page."""
    names: list[str] = []
    following = "/api/trace/farms?limit=200"
    while following:
        page = json.loads(program.get(following)[1])
        names += [item["name"] for item in page["items"]]
        following = page["next"]
    return names


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "The database cannot be reached"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL is not the address of a database."),
        ({"PROVENDER_LOG": "loud"}, "PROVENDER_LOG is loud."),
        ({"PROVENDER_DATA": "/proc/none"}, "/proc/none"),
        ({"PROVENDER_DATA": "/etc/hostname"}, "/etc/hostname"),
    ],
)
def test_what_prevents_a_start_is_told_in_one_sentence(settings: dict[str, str], sentence: str) -> None:
    refused = subprocess.run(
        provender("run", "--port", "0"),
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **settings},
        check=False,
    )

    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
