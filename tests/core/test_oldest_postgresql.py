"""The oldest PostgreSQL we promise is enough: the schema loads there, and what the tests say holds."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.architecture.house import PROJECT
from tests.kit.embedded.test_upgrade import find_old_programs

HELD_THERE = (
    "tests/core/test_isolation.py",  # makes one of everything, in every room
    "tests/core/requests",
    "tests/core/organisations/test_routes.py",
    "tests/core/audit",
    "tests/architecture/test_tables.py",
    "tests/architecture/test_foreign_keys.py",
    "tests/architecture/test_database_roles.py",
    "tests/architecture/test_statements.py",
)


@pytest.mark.slow
def test_schema_and_core_hold_on_the_oldest_postgresql() -> None:
    environment = {**os.environ, "PROVENDER_TEST_BINARIES": str(find_old_programs())}
    environment.pop("PYTEST_XDIST_WORKER", None)

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *HELD_THERE],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    closing = run.stdout.strip().splitlines()[-1:]
    faults = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    assert faults == [], closing
    assert " passed" in closing[0], run.stderr[-2000:]
