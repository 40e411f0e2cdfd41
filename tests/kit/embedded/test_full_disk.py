"""A full disk: a real small file system, a real server, and nothing that was promised is lost."""

from __future__ import annotations

from typing import cast

import pytest

from tests.kit.embedded.harness import run_on_small_disk

# Runs where a small file system is mounted at argv[1], in a mount namespace of its own: the
# kernel unmounts it when the program ends, however it ends.
STORY = r"""
import fcntl, json, os, signal, sys
from pathlib import Path
import psycopg
from provender.kit.embedded import DiskFull, start_server, stop_server
from provender.kit.embedded.layout import locate_layout, read_record
from provender.kit.embedded.probe import ask_server

disk, folder, ballast = Path(sys.argv[1]), Path(sys.argv[1]) / "farm", Path(sys.argv[1]) / "ballast"
told = {}

def fill(leave_mib=0):
    free = os.statvfs(disk).f_bavail * 4096 - (leave_mib << 20)
    with open(ballast, "ab", buffering=0) as file:
        if leave_mib:
            os.posix_fallocate(file.fileno(), 0, max(free, 1))
            return
        for size in (1 << 20, 4096):
            try:
                while True:
                    file.write(bytes(size))
            except OSError as error:
                assert error.errno == 28, error

def refused():
    try:
        start_server(folder, settings={"shared_buffers": "16MB"}).release()
    except DiskFull as refusal:
        return [refusal.code, refusal.sentence, refusal.hint]
    return None

def count(server):
    with psycopg.connect(server.url("postgres")) as connection:
        return connection.execute("SELECT count(*) FROM batch").fetchone()[0]

# Nothing but a few MiB: initdb itself runs out of room.
fill(leave_mib=5)
told["at_initdb"] = refused()
told["left_by_initdb"] = sorted(path.name for path in locate_layout(folder).home.iterdir())
fill()
told["nothing_at_all"] = refused()

# Room: a first start, and rows until the disk is full under the running server.
ballast.unlink()
server = start_server(folder, settings={"shared_buffers": "16MB"})
committed = 0
with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
    connection.execute("CREATE TABLE batch (name text)")
    connection.execute("INSERT INTO batch SELECT 'before' FROM generate_series(1, 1000)")
    committed = 1000
fill(leave_mib=2)
try:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for _ in range(2000):
            connection.execute("INSERT INTO batch SELECT repeat('x', 500) FROM generate_series(1, 100)")
            committed += 100
except psycopg.Error as error:
    told["while_running"] = str(error)
told["committed"] = committed
layout = locate_layout(folder)
answer = ask_server(read_record(layout).socket)
if answer:
    os.kill(answer.process_id, signal.SIGKILL)
server.release()
with open(layout.server_lock) as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)

# A start on the full disk, after a crash: there is work to do and no room for it.
fill()
told["at_start"] = refused()
fill()
told["again"] = refused()

ballast.unlink()
with start_server(folder, settings={"shared_buffers": "16MB"}) as server:
    told["found"] = count(server)
stop_server(folder)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What happened on a small disk, in the order of the story."""
    return run_on_small_disk(STORY, tmp_path_factory.mktemp("disk"))


def refusal(told: dict[str, object], moment: str) -> tuple[str, str, str]:
    code, sentence, hint = cast("list[str]", told[moment])
    return code, sentence, hint


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["at_initdb", "nothing_at_all", "at_start", "again"])
def test_a_full_disk_is_named_with_its_folder_and_what_is_free(told: dict[str, object], moment: str) -> None:
    code, sentence, hint = refusal(told, moment)

    assert code == "embedded.disk_full"
    assert "/farm" in sentence
    assert "MiB free" in sentence
    assert "start again" in hint


@pytest.mark.slow
def test_a_first_start_on_a_full_disk_gives_its_room_back(told: dict[str, object]) -> None:
    left = cast("list[str]", told["left_by_initdb"])

    assert not {"data", "data.init"} & set(left)


@pytest.mark.slow
def test_a_running_server_says_that_the_disk_is_full(told: dict[str, object]) -> None:
    assert told["while_running"]


@pytest.mark.slow
def test_every_committed_row_is_there_when_there_is_room_again(told: dict[str, object]) -> None:
    committed, found = int(str(told["committed"])), int(str(told["found"]))

    assert committed > 1000
    # One statement may have been committed whose answer never arrived.
    assert found in {committed, committed + 100}
