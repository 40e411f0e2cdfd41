"""One database with the demo for all tests of the command line in a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from provender.cli.database import opened_database
from provender.cli.demo import DemoSize, load_demo
from provender.cli.options import tell_nothing
from provender.kit.config import read_settings
from tests.cli.operator import Operator


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose server runs as long as the tests do, so that no command waits for its start."""
    folder = tmp_path_factory.mktemp("operator")
    with opened_database(read_settings(data_folder=folder, environment={}), tell_nothing) as database:
        load_demo(database, DemoSize.SMALL, tell_nothing)
        yield folder


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a running server and nobody in it until a test opens an organisation."""
    folder = tmp_path_factory.mktemp("empty")
    with opened_database(read_settings(data_folder=folder, environment={}), tell_nothing):
        yield folder


@pytest.fixture
def first_operator(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    """An operator of a machine on which organisations are being opened."""
    return Operator(empty_folder, capsys)


@pytest.fixture
def operator(demo_folder: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    """An operator of the demo."""
    return Operator(demo_folder, capsys)
