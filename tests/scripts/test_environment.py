"""The set-up does each part once, again after an interruption, and says what a person can do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from scripts import environment
from scripts.environment import CannotContinue, check_python, install_system_packages, unless_done


@pytest.fixture(autouse=True)
def _environment_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)


def is_due(part: str, *inputs: str) -> bool:
    """Go through a part as the set-up does, and tell whether it had to be done."""
    with unless_done(part, inputs) as must_do:
        return must_do


def test_a_part_is_done_once_for_the_same_inputs() -> None:
    assert is_due("packages", "a==1")
    assert not is_due("packages", "a==1")


def test_a_part_is_done_again_when_its_inputs_change() -> None:
    assert is_due("packages", "a==1")

    assert is_due("packages", "a==2")
    assert is_due("project", "a==2")


def test_an_interrupted_part_is_done_again() -> None:
    with pytest.raises(CannotContinue), unless_done("packages", ["a==1"]):
        raise CannotContinue("the network went away")

    assert is_due("packages", "a==1")


def test_inputs_that_only_look_alike_when_joined_are_told_apart() -> None:
    assert is_due("packages", "a", "bc")
    assert is_due("packages", "ab", "c")


def test_an_old_python_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (99, 0))

    with pytest.raises(CannotContinue, match="PYTHON="):
        check_python()


@pytest.mark.parametrize("program", ["apt-get", None], ids=["not root", "no apt"])
def test_what_we_may_not_install_is_named_with_its_command(
    program: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_program(_name: str) -> str | None:
        return program

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", find_program)

    with pytest.raises(CannotContinue, match=r"sudo apt-get install .* chromium"):
        install_system_packages(["chromium"], "The browser tests need Chromium.")


def test_an_older_postgresql_that_is_there_is_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "16/bin/postgres"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(environment, "SYSTEM_DATABASES", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    environment.install_old_database()

    assert environment.has_old_database()


def test_a_missing_older_postgresql_is_asked_for_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "SYSTEM_DATABASES", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", Path("/bin/false"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(CannotContinue, match=r"PostgreSQL 15, 16 or 17 [\s\S]*sudo apt-get install .* postgresql"):
        environment.install_old_database()
