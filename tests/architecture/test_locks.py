"""What we stand on is pinned by hash, and no file says where to fetch it from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.house import PROJECT, place_of, project_files, text_of

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-build.txt"]
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==\S+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+$")
# The brackets are there so that this file does not find itself.
REGISTRIES = re.compile(r"pypi[.]org|python[h]osted[.]org|registry[.]npm[j]s|--(extra-)?index[-]url[ =]")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash_without_an_address(name: str) -> None:
    joined = text_of(PROJECT / name).replace("\\\n", "").splitlines()
    entries = [re.sub(r"\s+", " ", line).strip() for line in joined if line.strip()]

    loose = [entry for entry in entries if not PINNED.match(entry)]

    assert entries
    assert loose == []


def test_what_is_tested_is_what_runs() -> None:
    running, testing = (_entries(name) for name in ("requirements.txt", "requirements-dev.txt"))

    assert running
    assert running <= testing


def test_the_front_end_is_pinned_without_addresses() -> None:
    lock: dict[str, Any] = json.loads(text_of(PROJECT / "frontend/package-lock.json"))
    packages: dict[str, dict[str, Any]] = lock["packages"]

    unpinned = [path for path, entry in packages.items() if path and "integrity" not in entry]
    addressed = [path for path, entry in packages.items() if "resolved" in entry]

    assert packages
    assert unpinned == []
    assert addressed == []


def test_no_file_names_a_registry_or_a_place_on_the_machine_it_runs_on() -> None:
    # Where the project stands, and the settings of who works on it.
    places = [f"{PROJECT}/", f"{Path.home()}/."]
    this_machine = re.compile("|".join(re.escape(place) for place in places))
    found = [
        f"{place_of(path)}: {match.group()}"
        for path in project_files()
        if (text := _text_or_empty(path.read_bytes()))
        for match in [*REGISTRIES.finditer(text), *this_machine.finditer(text)]
    ]

    assert found == []


def _entries(name: str) -> set[str]:
    """Return "package==version ; marker" of each package in a lock, Windows' own left out."""
    lines = text_of(PROJECT / name).splitlines()
    pinned = {line.rstrip(" \\") for line in lines if "==" in line and not line.startswith(" ")}
    return {re.sub(r" ; .*", "", entry) for entry in pinned}


def _text_or_empty(content: bytes) -> str:
    """Return a file's text, or nothing for a picture and the like."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
