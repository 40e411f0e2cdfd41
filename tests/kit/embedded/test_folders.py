"""Which folders will do, whatever their name, and what is said of those that will not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from provender.kit.embedded import (
    BinariesMissing,
    ClusterDamaged,
    ClusterTooNew,
    FolderUnusable,
    OldBinariesMissing,
    StartFailed,
    is_running,
    start_server,
    stop_server,
)
from provender.kit.embedded.binaries import find_binaries
from provender.kit.embedded.layout import locate_layout, read_record
from provender.kit.embedded.sockets import is_fit_for_socket
from tests.kit.embedded.harness import FAST, ROWS, read_rows, wait_until_quiet

pytestmark = pytest.mark.slow

ODD_NAMES = [
    'Farmer\'s "best"',
    "100%25 & more?",
    "cost$HOME `id` \\n",
    "Cañar, Süd; 山田",
    "-c fsync=off",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_folder_may_have_any_name(tmp_path: Path, used_cluster: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(used_cluster, folder)

    with start_server(folder, settings=FAST) as server:
        assert read_rows(server.url("postgres")) == ROWS

    wait_until_quiet(folder)


def test_a_first_start_works_in_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    folder = tmp_path / ' it\'s $5, "100 %" '

    with start_server(folder, settings=FAST):
        assert is_running(folder)

    wait_until_quiet(folder)


def test_a_folder_name_that_is_no_valid_text_will_do(tmp_path: Path, used_cluster: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/farm\xff"))
    shutil.copytree(used_cluster, folder)

    with start_server(folder, settings=FAST) as server:
        assert read_rows(server.url("postgres")) == ROWS

    wait_until_quiet(folder)


def test_a_path_too_long_for_a_socket_gets_a_short_private_one_that_goes_with_the_server(
    tmp_path: Path, used_cluster: Path
) -> None:
    # given a folder whose socket the kernel would refuse
    folder = tmp_path / ("deep" * 20) / ("deeper" * 20)
    folder.parent.mkdir()
    shutil.copytree(used_cluster, folder)
    assert not is_fit_for_socket(locate_layout(folder).sockets)

    # when
    with start_server(folder, settings=FAST) as server, start_server(folder) as second:
        # then it is served, to everybody, from a folder that only its owner can enter
        assert read_rows(second.url("postgres")) == ROWS
        assert server.socket_folder.stat().st_mode & 0o777 == 0o700
    wait_until_quiet(folder)
    assert not server.socket_folder.exists()


def test_a_scratch_folder_left_by_a_killed_supervisor_is_cleared_and_its_name_used_again(
    tmp_path: Path, used_cluster: Path
) -> None:
    folder = tmp_path / "a,b"
    shutil.copytree(used_cluster, folder)
    with start_server(folder, settings=FAST) as server:
        left = server.socket_folder
    wait_until_quiet(folder)
    left.mkdir()
    (left / "remains").touch()

    # then who still knows the address of the last run finds this one
    with start_server(folder, settings=FAST) as server:
        assert server.socket_folder == left
        assert not (left / "remains").exists()
        assert read_rows(server.url("postgres")) == ROWS

    wait_until_quiet(folder)


def test_a_symbolic_link_leads_to_the_same_server(used_folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(used_folder)

    with start_server(used_folder, settings=FAST) as direct, start_server(link) as linked:
        assert linked == direct


def test_a_line_break_in_the_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable) as refused:
        start_server(tmp_path / "two\nlines")

    assert "control character" in refused.value.sentence
    assert refused.value.field == "data"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a folder")

    with pytest.raises(FolderUnusable) as refused:
        start_server(file)

    assert str(file) in refused.value.sentence
    assert file.read_text() == "not a folder"


def test_a_name_longer_than_the_disk_allows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable, match="too long"):
        start_server(tmp_path / ("x" * 300))


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(FolderUnusable) as refused:
        start_server(Path("/sys/farm"))

    assert "/sys/farm" in refused.value.sentence


@pytest.mark.parametrize("content", ["", "eighteen\n", "\0\0\0"])
def test_a_damaged_version_file_is_named_and_nothing_is_touched(used_folder: Path, content: str) -> None:
    # given
    version_file = locate_layout(used_folder).cluster / "PG_VERSION"
    right = version_file.read_text()
    version_file.write_text(content)

    # when
    with pytest.raises(ClusterDamaged) as refused:
        start_server(used_folder, settings=FAST)

    # then
    assert "PG_VERSION" in refused.value.sentence
    version_file.write_text(right)
    with start_server(used_folder, settings=FAST) as server:
        assert read_rows(server.url("postgres")) == ROWS


def test_a_missing_version_file_does_not_make_a_cluster_count_as_none(used_folder: Path) -> None:
    version_file = locate_layout(used_folder).cluster / "PG_VERSION"
    version_file.rename(used_folder / "kept")

    with pytest.raises(ClusterDamaged, match="is missing"):
        start_server(used_folder, settings=FAST)

    (used_folder / "kept").rename(version_file)
    with start_server(used_folder, settings=FAST) as server:
        assert read_rows(server.url("postgres")) == ROWS


def test_what_postgresql_says_of_a_damaged_cluster_is_passed_on(used_folder: Path) -> None:
    layout = locate_layout(used_folder)
    (layout.cluster / "global" / "pg_control").unlink()

    with pytest.raises(StartFailed) as refused:
        start_server(used_folder, settings=FAST)

    assert "pg_control" in refused.value.sentence
    assert refused.value.hint is not None
    assert str(layout.log) in refused.value.hint


def test_a_setting_that_postgresql_does_not_know_is_named(used_folder: Path) -> None:
    with pytest.raises(StartFailed, match="no_such_setting"):
        start_server(used_folder, settings={"no_such_setting": "1"})


def test_a_cluster_of_a_newer_version_is_refused_with_both_versions(used_folder: Path) -> None:
    (locate_layout(used_folder).cluster / "PG_VERSION").write_text("99\n")

    with pytest.raises(ClusterTooNew) as refused:
        start_server(used_folder, settings=FAST)

    assert "PostgreSQL 99" in refused.value.sentence


def test_a_cluster_so_old_that_nothing_here_reads_it_is_refused_unchanged(
    used_folder: Path,
) -> None:
    layout = locate_layout(used_folder)
    (layout.cluster / "PG_VERSION").write_text("9.6\n")

    with pytest.raises(OldBinariesMissing) as refused:
        start_server(used_folder, settings=FAST)

    assert "PostgreSQL 9 " in refused.value.sentence
    assert "PROVENDER_OLD_BINARIES" in str(refused.value.hint)
    assert not layout.upgraded_cluster.exists()


def test_a_folder_without_postgresql_programs_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BinariesMissing) as refused:
        start_server(folder, binaries=tmp_path / "bin")

    assert str(tmp_path / "bin") in refused.value.sentence
    assert "DATABASE_URL" in str(refused.value.hint)


def test_programs_of_another_machine_do_not_count(folder: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("postgres", "initdb"):
        (programs / name).write_bytes(b"\x7fELF of another machine")
        (programs / name).chmod(0o755)

    with pytest.raises(BinariesMissing):
        start_server(folder, binaries=programs)


def pretend_programs(programs: Path, version: str) -> Path:
    """Make a folder whose programs say that they are of this version."""
    programs.mkdir(exist_ok=True)
    for name in ("postgres", "initdb"):
        (programs / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (programs / name).chmod(0o755)
    return programs


def test_programs_too_old_for_us_are_named_with_their_version(folder: Path, tmp_path: Path) -> None:
    programs = pretend_programs(tmp_path / "bin", "14.20")

    with pytest.raises(BinariesMissing, match="14"):
        start_server(folder, binaries=programs)


def test_programs_of_the_clusters_own_version_are_taken_where_the_first_are_too_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a newer PostgreSQL than the wheel's, on PATH
    pretend_programs(tmp_path, "99.1")
    monkeypatch.setenv("PATH", str(tmp_path))

    # then it is taken for a cluster that needs it, and for no other
    assert find_binaries(99).folder == tmp_path
    assert find_binaries(None).folder != tmp_path
    assert find_binaries(17).folder != tmp_path


def test_a_record_that_makes_no_sense_counts_as_none(used_folder: Path) -> None:
    locate_layout(used_folder).record.write_text('{"socket_folder": ')

    assert read_record(locate_layout(used_folder)) is None
    assert not is_running(used_folder)
    with start_server(used_folder, settings=FAST) as server:
        assert read_rows(server.url("postgres")) == ROWS


def test_programs_may_lie_in_a_folder_with_spaces(used_folder: Path, tmp_path: Path) -> None:
    # given the programs behind a link in a folder with an odd name
    with start_server(used_folder, settings=FAST) as server:
        programs = server.binaries
    stop_server(used_folder)
    odd = tmp_path / "my programs"
    subprocess.run(["/bin/cp", "-rs", programs.parent, odd], check=True)

    # when
    with start_server(used_folder, settings=FAST, binaries=odd / "bin") as server:
        # then
        assert read_rows(server.url("postgres")) == ROWS
