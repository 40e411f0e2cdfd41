"""The command line as an operator uses it: real processes, real servers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path
from time import monotonic, sleep

import pytest

from provender.kit.embedded import Server, is_running, start_server
from tests.journeys.live import Live, provender

pytestmark = pytest.mark.slow
DEBIAN_BINARIES = Path("/usr/lib/postgresql/15/bin")


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(  # our own program
        provender(*arguments),
        capture_output=True,
        text=True,
        timeout=180,
        env={**os.environ, **environment},
        check=False,
    )


def read_address(program: subprocess.Popen[str]) -> str:
    """Return where a program says it is, when it is ready; empty when it ended instead."""
    assert program.stderr is not None
    address = ""
    for line in program.stderr:
        address = line.split()[-1] if "http://" in line else address
        if "Ctrl+C" in line:
            return address
    return ""


def fetch(address: str, token: str = "") -> tuple[int, bytes]:
    """Return status and body of a GET."""
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"} if token else {})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  # our own server on loopback
        return answer.status, answer.read()


def test_a_running_program_tells_its_health_its_openapi_and_lets_a_printed_token_in(live: Live) -> None:
    token = call("admin", "token", live.emails["manager"], "--data", str(live.data))

    health = json.loads(fetch(f"{live.address}/healthz")[1])
    openapi = json.loads(fetch(f"{live.address}/openapi.json")[1])
    farms = json.loads(fetch(f"{live.address}/api/trace/farms", token.stdout.strip())[1])

    assert token.stdout.count("\n") == 1
    assert token.stderr == ""
    assert (health["status"], health["database"]["state"]) == ("ok", "ok")
    assert openapi["openapi"].startswith("3.1")
    assert "/api/trace/recall-cases" in openapi["paths"]
    assert len(farms["items"]) > 10


def test_the_demo_is_loaded_once_and_tells_its_logins_as_json(live: Live) -> None:
    logins = json.loads(call("demo", "--json", "--data", str(live.data)).stdout)

    assert {login["role"] for login in logins} == {"administrator", "manager", "staff"}
    assert all(set(login) == {"email", "password", "role"} for login in logins)
    assert {login["role"]: login["password"] for login in logins} == live.passwords


def test_an_unknown_person_gets_one_sentence_and_exit_code_1(live: Live) -> None:
    refused = call("admin", "token", "nobody@example.org", "--data", str(live.data))

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "nobody@example.org" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_taken_port_gets_a_clear_sentence_and_starts_nothing(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = call("run", "--port", str(port), "--data", str(tmp_path / "data"))

    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr
    assert not (tmp_path / "data").exists()


def test_two_programs_share_one_data_folder_and_the_last_one_out_stops_the_server(tmp_path: Path) -> None:
    command = provender("run", "--port", "0", "--data", str(tmp_path), "--demo", "small")
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    addresses = [read_address(program) for program in running]

    try:
        assert [fetch(f"{address}/healthz")[0] for address in addresses] == [200, 200]
        running[0].send_signal(signal.SIGTERM)
        running[0].wait(30)
        assert fetch(f"{addresses[1]}/healthz")[0] == 200
    finally:
        for program in running:
            program.kill()
            program.communicate(timeout=30)

    deadline = monotonic() + 30
    while is_running(tmp_path) and monotonic() < deadline:
        sleep(0.2)
    assert not is_running(tmp_path)


@pytest.fixture
def debian_server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """PostgreSQL 15 as Debian ships it, standing for an operator's own server."""
    return start_server(tmp_path_factory.mktemp("debian"), binaries=DEBIAN_BINARIES, settings={"fsync": "off"})


def test_an_operators_own_server_is_set_up_with_an_administrators_address_and_worked_on_with_less(
    debian_server: Server, tmp_path: Path
) -> None:
    with debian_server:
        url = debian_server.url("postgres", "postgres")
        logins = json.loads(call("demo", "--json", "--data", str(tmp_path), DATABASE_URL=url).stdout)
        app_url = debian_server.url("provender_app", "postgres")
        again = call("admin", "token", logins[0]["email"], "--data", str(tmp_path), DATABASE_URL=app_url)

    assert len(logins) == 3
    assert again.stdout.startswith("pvp_")


def test_a_database_that_was_never_migrated_says_what_to_do(debian_server: Server, tmp_path: Path) -> None:
    with debian_server:
        call("demo", "--json", "--data", str(tmp_path), DATABASE_URL=debian_server.url("postgres", "postgres"))
        refused = call(
            "run", "--port", "0", "--data", str(tmp_path), DATABASE_URL=debian_server.url("provender_app", "template1")
        )

    assert refused.returncode == 1
    assert "provender migrate" in refused.stderr
