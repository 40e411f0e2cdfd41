"""One server per folder: started by the first who comes, stopped after the last who goes."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.embedded import TimedOut, is_running, start_server, stop_server
from provender.kit.embedded.layout import locate_layout
from provender.kit.embedded.locks import try_lock
from provender.kit.embedded.settings import (
    LARGEST_BUFFERS_MIB,
    SMALLEST_BUFFERS_MIB,
    buffers_mib,
)
from tests.kit.embedded.harness import (
    FAST,
    ROWS,
    another_program,
    ask,
    begin_program,
    is_quiet,
    postmaster_of,
    read_rows,
    supervisor_of,
    wait_until_quiet,
)

pytestmark = pytest.mark.slow


def test_a_first_start_makes_a_server_with_the_database_provender(folder: Path) -> None:
    with start_server(folder, settings=FAST) as server:
        database = ask(server.url("postgres"), "SELECT current_database()")
        number = ask(server.url("postgres"), "SELECT current_setting('server_version_num')::int")
        place = ask(server.url("postgres"), "SELECT current_setting('data_directory')")

    assert database == "provender"
    assert server.version == int(str(number)) // 10000
    assert str(server.data_folder) == place


def test_the_server_listens_on_no_tcp_port(folder: Path) -> None:
    with start_server(folder, settings={**FAST, "listen_addresses": "*"}) as server:
        addresses = ask(server.url("postgres"), "SELECT current_setting('listen_addresses')")

    assert addresses == ""


def test_any_role_connects_without_a_password(used_folder: Path) -> None:
    with start_server(used_folder, settings=FAST) as server:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute('CREATE ROLE "grower & son" LOGIN')

        role = ask(server.url("grower & son"), "SELECT current_user")

    assert role == "grower & son"


def test_what_is_promised_durable_is_synced_unless_asked_otherwise(used_folder: Path) -> None:
    with start_server(used_folder) as server:
        kept = {
            name: ask(server.url("postgres"), f"SELECT current_setting('{name}')")
            for name in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
        }

    assert set(kept.values()) == {"on"}


def test_a_setting_given_at_start_overrules_ours(used_folder: Path) -> None:
    with start_server(used_folder, settings={**FAST, "max_connections": "17"}) as server:
        most = ask(server.url("postgres"), "SELECT current_setting('max_connections')")

    assert most == "17"


def test_a_setting_made_with_alter_system_overrules_ours(used_folder: Path) -> None:
    with (
        start_server(used_folder, settings=FAST) as server,
        psycopg.connect(server.url("postgres"), autocommit=True) as connection,
    ):
        connection.execute("ALTER SYSTEM SET random_page_cost = 3")
    stop_server(used_folder)

    with start_server(used_folder, settings=FAST) as server:
        cost = ask(server.url("postgres"), "SELECT current_setting('random_page_cost')")

    assert cost == "3"


def test_rows_are_there_after_a_stop_and_a_start(used_folder: Path) -> None:
    with start_server(used_folder, settings=FAST) as server:
        assert read_rows(server.url("postgres")) == ROWS


def test_a_second_start_joins_the_running_server(used_folder: Path) -> None:
    with start_server(used_folder, settings=FAST) as first:
        started = postmaster_of(used_folder)

        with start_server(used_folder, settings=FAST) as second:
            assert postmaster_of(used_folder) == started
            assert second == first


def test_the_server_stays_while_one_user_is_left_and_stops_after_the_last(
    used_folder: Path,
) -> None:
    first = start_server(used_folder, settings=FAST)
    with another_program(used_folder) as second:
        first.release()
        assert read_rows(second.said["url"]) == ROWS

    wait_until_quiet(used_folder)
    assert not is_running(used_folder)


def test_anyone_may_ask_a_running_server_to_stop(used_folder: Path) -> None:
    locate_layout(used_folder).log.unlink()
    with another_program(used_folder):
        assert is_running(used_folder)

        stop_server(used_folder)

        assert is_quiet(used_folder)
        assert not is_running(used_folder)
    # Waiting for the end is silent.
    assert "the database system is shutting down" not in locate_layout(used_folder).log.read_text()


def test_stopping_where_nothing_runs_changes_nothing(tmp_path: Path) -> None:
    stop_server(tmp_path / "nowhere")

    assert not is_running(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_stopping_a_server_that_is_just_ending_by_itself_is_no_mistake(used_folder: Path) -> None:
    for pause_s in (0, 0.005, 0.01, 0.015, 0.02, 0.03):
        start_server(used_folder, settings=FAST).release()
        time.sleep(pause_s)

        stop_server(used_folder)

        assert is_quiet(used_folder)


def test_releasing_twice_is_no_mistake(used_folder: Path) -> None:
    server = start_server(used_folder, settings=FAST)

    server.release()
    server.release()

    wait_until_quiet(used_folder)


def test_two_folders_have_two_servers_at_once(used_folder: Path, tmp_path: Path) -> None:
    other_folder = tmp_path / "other"

    with (
        start_server(used_folder, settings=FAST) as one,
        start_server(other_folder, settings=FAST) as other,
    ):
        assert read_rows(one.url("postgres")) == ROWS
        assert ask(other.url("postgres"), "SELECT to_regclass('public.batch')") is None

    wait_until_quiet(other_folder)


def test_six_programs_that_come_first_at_once_share_one_server(folder: Path) -> None:
    with contextlib.ExitStack() as stack:
        programs = [stack.enter_context(begin_program(folder)) for _ in range(6)]

        said = [program.stdout.readline() for program in programs if program.stdout]

        assert len(set(said)) == 1
        assert "url" in said[0]
        log = locate_layout(folder).log.read_text()
        assert log.count("ready to accept connections") == 1


def test_short_uses_that_overlap_never_fail(used_folder: Path) -> None:
    # given a program that comes and goes, and we who come and go at other moments
    for _ in range(8):
        with begin_program(used_folder) as program:
            # when a start meets a server that is just stopping, or just starting
            with start_server(used_folder, settings=FAST) as server:
                # then it is served nevertheless
                assert read_rows(server.url("postgres")) == ROWS
            program.kill()


def test_waiting_ends_with_a_sentence_when_nothing_moves(used_folder: Path) -> None:
    # given a program that prepares the server and never finishes
    lock = try_lock(locate_layout(used_folder).server_lock)
    assert lock is not None

    # when
    with pytest.raises(TimedOut) as refused:
        start_server(used_folder, timeout_s=0.2)

    # then
    assert "another program" in refused.value.sentence
    assert str(used_folder) in refused.value.sentence
    lock.close()


def test_a_failed_start_leaves_no_user_behind(used_folder: Path) -> None:
    lock = try_lock(locate_layout(used_folder).server_lock)
    assert lock is not None
    with pytest.raises(TimedOut):
        start_server(used_folder, timeout_s=0.2)
    lock.close()

    exclusive = try_lock(locate_layout(used_folder).users_lock)

    assert exclusive is not None
    exclusive.close()


def test_a_long_log_is_put_aside_at_the_next_start(used_folder: Path) -> None:
    log = locate_layout(used_folder).log
    with log.open("ab") as file:
        file.truncate(11 * 1024 * 1024)

    with start_server(used_folder, settings=FAST):
        assert log.stat().st_size < 1024 * 1024
        assert log.with_name("server.log.1").stat().st_size > 10 * 1024 * 1024


def test_a_supervisor_that_is_asked_to_end_stops_the_server_in_order(used_folder: Path) -> None:
    with start_server(used_folder, settings=FAST):
        os.kill(supervisor_of(used_folder), signal.SIGTERM)

        wait_until_quiet(used_folder)

    log = locate_layout(used_folder).log.read_text()
    assert log.splitlines()[-1].endswith("database system is shut down")


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=0, max_value=10**7))
def test_more_memory_never_gives_smaller_buffers(one: int, other: int) -> None:
    smaller, larger = sorted((one, other))

    assert SMALLEST_BUFFERS_MIB <= buffers_mib(smaller) <= buffers_mib(larger)
    assert buffers_mib(larger) <= LARGEST_BUFFERS_MIB
