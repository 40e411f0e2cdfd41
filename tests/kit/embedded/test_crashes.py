"""Whatever is killed, at whatever moment: the next start works and what was committed is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from provender.kit.embedded import FolderInUse, TimedOut, is_running, start_server, stop_server
from provender.kit.embedded.binaries import find_binaries
from provender.kit.embedded.cluster import read_cluster_version
from provender.kit.embedded.layout import locate_layout
from tests.kit.embedded.harness import (
    FAST,
    ROWS,
    another_program,
    ask,
    begin_program,
    is_quiet,
    kill,
    postmaster_of,
    read_rows,
    supervisor_of,
    wait_until,
    wait_until_quiet,
)

pytestmark = pytest.mark.slow

STOPS_WITHIN_S = 10.0


@pytest.fixture
def bystander() -> Generator[subprocess.Popen[bytes]]:
    """A process of ours that has nothing to do with PostgreSQL."""
    with subprocess.Popen(["/bin/sleep", "600"]) as process:
        yield process
        process.kill()


def leave_pid_file(folder: Path, content: str) -> None:
    (locate_layout(folder).cluster / "postmaster.pid").write_text(content)


def pid_file_of(folder: Path, process_id: int) -> str:
    """Return what a server that was killed leaves behind."""
    layout = locate_layout(folder)
    lines = [process_id, layout.cluster, 1, 5432, layout.sockets, "", "  123456  0", "ready"]
    return "\n".join(map(str, lines)) + "\n"


def start_and_read(folder: Path) -> list[tuple[str]]:
    with start_server(folder, settings=FAST) as server:
        return read_rows(server.url("postgres"))


def test_a_process_id_of_a_dead_process_is_passed_over(used_folder: Path) -> None:
    with subprocess.Popen(["/bin/true"]) as dead:
        dead.wait()
    leave_pid_file(used_folder, pid_file_of(used_folder, dead.pid))

    assert start_and_read(used_folder) == ROWS


def test_a_process_id_that_an_innocent_process_got_since_harms_nobody(
    used_folder: Path, bystander: subprocess.Popen[bytes]
) -> None:
    # given a file that names a living process which is no PostgreSQL
    leave_pid_file(used_folder, pid_file_of(used_folder, bystander.pid))

    # when
    rows = start_and_read(used_folder)
    stop_server(used_folder)
    wait_until_quiet(used_folder)

    # then
    assert rows == ROWS
    assert bystander.poll() is None


@pytest.mark.parametrize("content", ["", "12", "not a number\n", "4194305\n/half/a/pa"])
def test_a_pid_file_that_was_cut_short_is_passed_over(used_folder: Path, content: str) -> None:
    leave_pid_file(used_folder, content)

    assert start_and_read(used_folder) == ROWS


def test_a_server_started_by_hand_on_our_cluster_is_named_and_left_alone(
    used_folder: Path,
) -> None:
    # given somebody's own server on the cluster, as pg_ctl starts it
    with start_server(used_folder, settings=FAST) as server:
        postgres = server.binaries / "postgres"
    stop_server(used_folder)
    cluster = locate_layout(used_folder).cluster
    launch = ["unshare", "--user", "--map-user=1", "--map-group=1"] if os.geteuid() == 0 else []
    options = ["-c", "listen_addresses=", "-c", "shared_buffers=16MB", "-k", str(used_folder)]
    with subprocess.Popen([*launch, postgres, "-D", cluster, *options], stderr=subprocess.DEVNULL) as by_hand:
        wait_until((used_folder / ".s.PGSQL.5432").exists, "the server by hand is there")

        # when
        with pytest.raises(FolderInUse) as refused:
            start_server(used_folder, settings=FAST)

        # then
        assert str(by_hand.pid) in refused.value.sentence
        assert by_hand.poll() is None
        by_hand.send_signal(signal.SIGINT)
    assert start_and_read(used_folder) == ROWS


def test_the_server_stops_when_its_only_user_is_killed(used_folder: Path) -> None:
    with another_program(used_folder) as program:
        assert is_running(used_folder)

        program.kill()

        wait_until(lambda: is_quiet(used_folder), "the server stopped", STOPS_WITHIN_S)
    log = locate_layout(used_folder).log.read_text()
    assert log.splitlines()[-1].endswith("database system is shut down")


def test_the_server_stays_when_its_starter_is_killed_and_another_user_lives(
    used_folder: Path,
) -> None:
    with another_program(used_folder) as starter, start_server(used_folder) as server:
        starter.kill()
        time.sleep(0.2)

        assert read_rows(server.url("postgres")) == ROWS
    wait_until_quiet(used_folder)


def test_a_killed_postmaster_is_followed_by_one_that_recovers(used_folder: Path) -> None:
    with start_server(used_folder, settings=FAST) as server:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("INSERT INTO public.batch (name) VALUES ('Zapotal 2026-1')")
        kill(postmaster_of(used_folder))

        with start_server(used_folder, settings=FAST) as again:
            assert read_rows(again.url("postgres")) == [*ROWS, ("Zapotal 2026-1",)]

    log = locate_layout(used_folder).log.read_text()
    assert "automatic recovery in progress" in log
    # Waiting is silent: a recovery of hours must not fill the log with refused questions.
    assert "the database system is starting up" not in log


def test_a_start_waits_for_the_last_child_of_a_killed_postmaster(used_folder: Path) -> None:
    # given a server whose main process dies while a statement is running
    server = start_server(used_folder, settings=FAST)
    connection = psycopg.connect(server.url("postgres"))
    child = connection.info.backend_pid
    os.kill(child, signal.SIGSTOP)
    kill(postmaster_of(used_folder))

    # when a start comes while that child still has the shared memory, it waits
    with pytest.raises(TimedOut):
        start_server(used_folder, settings=FAST, timeout_s=0.3)
    os.kill(child, signal.SIGCONT)

    # then the next is served as soon as the child is gone
    assert start_and_read(used_folder) == ROWS
    connection.close()
    server.release()


def test_a_killed_supervisor_takes_the_server_down_in_order(used_folder: Path) -> None:
    with start_server(used_folder, settings=FAST):
        kill(supervisor_of(used_folder))

        wait_until(lambda: is_quiet(used_folder), "the server stopped", STOPS_WITHIN_S)
        assert start_and_read(used_folder) == ROWS

    log = locate_layout(used_folder).log.read_text()
    assert "automatic recovery" not in log


def child_of(process_id: int, name: str) -> int:
    """Return the process id of the server's child that does the named work."""
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return next(int(child) for child in children if name in Path(f"/proc/{child}/cmdline").read_text())


def test_a_server_that_hangs_in_its_shutdown_is_stopped_nevertheless(used_folder: Path) -> None:
    # given a server whose last checkpoint does not come to an end
    with start_server(used_folder, settings=FAST):
        os.kill(child_of(postmaster_of(used_folder), "checkpointer"), signal.SIGSTOP)

        # when it is asked to stop, we are told that it takes long
        with pytest.raises(TimedOut) as refused:
            stop_server(used_folder, timeout_s=1)
        assert str(used_folder) in refused.value.sentence

        # then it ends all the same, and nothing is lost
        wait_until_quiet(used_folder)
        assert start_and_read(used_folder) == ROWS


def test_a_half_made_cluster_is_thrown_away(used_folder: Path) -> None:
    # given what an initdb that was killed leaves: some of the files, under another name
    layout = locate_layout(used_folder)
    shutil.move(layout.cluster, layout.unfinished_cluster)
    shutil.rmtree(layout.unfinished_cluster / "global")

    # when
    with start_server(used_folder, settings=FAST) as server:
        tables = ask(server.url("postgres"), "SELECT count(*) FROM pg_class WHERE oid > 16384")

    # then
    assert tables == 0
    assert not layout.unfinished_cluster.exists()


@pytest.mark.parametrize("after_s", [0.05, 0.15, 0.25, 0.35, 0.5])
def test_a_first_start_may_be_killed_at_any_moment(folder: Path, after_s: float) -> None:
    # given a first start that is killed on its way
    with begin_program(folder) as program:
        time.sleep(after_s)
        program.kill()

    # when
    with start_server(folder, settings=FAST) as server:
        database = ask(server.url("postgres"), "SELECT current_database()")

    # then
    assert database == "provender"
    assert not locate_layout(folder).unfinished_cluster.exists()


@pytest.mark.parametrize("after_s", [0.04, 0.08, 0.12, 0.2])
def test_a_later_start_may_be_killed_at_any_moment(used_folder: Path, after_s: float) -> None:
    with begin_program(used_folder) as program:
        time.sleep(after_s)
        program.kill()

    assert start_and_read(used_folder) == ROWS


def test_an_empty_data_folder_is_taken_as_none(folder: Path) -> None:
    layout = locate_layout(folder)
    layout.cluster.mkdir(parents=True)

    with start_server(folder, settings=FAST) as server:
        assert read_cluster_version(layout.cluster) == server.version
        assert server.version == find_binaries(None).version
