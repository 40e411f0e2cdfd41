"""Migrations arrive at the readable schema, whoever runs them and how often."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from uuid import uuid4

import pytest

from provender.database.errors import DatabaseTooNew
from provender.database.migrating import is_migrated, migrate
from provender.kit.db.administration import create_database, drop_database, fetch_texts, run_scripts
from provender.kit.embedded import Server

NOISE = re.compile(r"^(--.*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*|)$")


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """A database with nothing in it."""
    name = f"migrate_{uuid4().hex}"
    create_database(server.url("postgres", "postgres"), name)
    yield name
    drop_database(server.url("postgres", "postgres"), name)


def dump_schema(server: Server, database: str) -> list[str]:
    """Return the statements of `pg_dump --schema-only`, without what every dump says."""
    dumped = subprocess.run(  # PostgreSQL's own program on our own server
        [
            str(server.binaries / "pg_dump"),
            "--schema-only",
            "--exclude-table=public.alembic_version",
            f"--dbname={server.url('postgres', database)}",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    ).stdout
    return [line for line in dumped.splitlines() if not NOISE.match(line)]


def test_all_migrations_make_exactly_the_readable_schema(
    server: Server, database_name: str, empty_database: str
) -> None:
    migrate(server.url("postgres", empty_database), lambda _: None)

    migrated, readable = dump_schema(server, empty_database), dump_schema(server, database_name)

    assert [line for line in migrated if "ON SCHEMA public" not in line] == [
        line for line in readable if "ON SCHEMA public" not in line
    ]
    assert len(readable) > 1000


def test_migrating_tells_each_step_and_a_second_time_does_nothing(server: Server, empty_database: str) -> None:
    told: list[str] = []
    url = server.url("postgres", empty_database)

    migrate(url, told.append)
    migrate(url, told.append)

    assert told[0].startswith("Applied ")
    assert told[-1].endswith("nothing to do.")
    assert is_migrated(server.url("provender_app", empty_database))


def test_a_database_of_a_newer_program_is_refused_and_left_alone(server: Server, empty_database: str) -> None:
    url = server.url("postgres", empty_database)
    migrate(url, lambda _: None)
    run_scripts(url, ["UPDATE public.alembic_version SET version_num = '2999_01_01_01'"])

    with pytest.raises(DatabaseTooNew, match="2999_01_01_01"):
        migrate(url, lambda _: None)

    assert fetch_texts(url, "SELECT version_num FROM public.alembic_version") == [("2999_01_01_01",)]


def test_a_migration_that_fails_leaves_nothing_behind(server: Server, empty_database: str) -> None:
    url = server.url("postgres", empty_database)
    run_scripts(url, ["CREATE SCHEMA trace"])

    with pytest.raises(Exception, match="trace"):
        migrate(url, lambda _: None)

    assert fetch_texts(url, "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = 'core'") == []
