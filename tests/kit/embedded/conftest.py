"""Folders for the embedded PostgreSQL: new ones, and ones that hold a cluster already."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from provender.kit.embedded import start_server, stop_server
from tests.kit.embedded.harness import FAST, record_rows, wait_until_quiet

# The two ways of root exist for root only; an ordinary user's way is what all else tests.
collect_ignore = [] if os.geteuid() == 0 else ["test_root.py"]


@pytest.fixture
def folder(tmp_path: Path) -> Generator[Path]:
    """A folder that does not exist yet; whatever runs in it afterwards is stopped."""
    path = tmp_path / "farm"
    yield path
    stop_server(path)


@pytest.fixture(scope="session")
def used_cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder at rest, with the three rows of `record_rows` in it. To be copied, not used."""
    path = tmp_path_factory.mktemp("used") / "farm"
    with start_server(path, settings=FAST) as server:
        record_rows(server)
    stop_server(path)
    wait_until_quiet(path)
    return path


@pytest.fixture
def used_folder(used_cluster: Path, folder: Path) -> Path:
    """A folder of the test's own in which three rows were recorded some time ago."""
    shutil.copytree(used_cluster, folder)
    return folder


@pytest.fixture
def open_folder() -> Generator[Path]:
    """A folder below one that every user of the machine may enter."""
    with tempfile.TemporaryDirectory(prefix="provender-test-") as parent:
        Path(parent).chmod(0o755)
        path = Path(parent) / "farm"
        yield path
        stop_server(path)
        wait_until_quiet(path)
