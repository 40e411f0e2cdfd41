"""Loading millions of rows: constraints, indexes and triggers step aside, and come back checked.

For an administrator's connection on a database that nobody else uses meanwhile; requests never
come here. Everything happens in one transaction, so that an interrupted load leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import psycopg

from provender.kit.db.statements import Statement

Connection = psycopg.Connection[tuple[object, ...]]
Report = Callable[[str], None]

SETTINGS: Final = (
    b"SET LOCAL maintenance_work_mem = '1GB'",
    b"SET LOCAL work_mem = '256MB'",
    b"SET LOCAL synchronous_commit = off",
)
CONSTRAINTS: Final = b"""
SELECT
    found.contype <> 'f',
    format('ALTER TABLE %%s DROP CONSTRAINT %%I', found.conrelid::regclass, found.conname),
    format(
        'ALTER TABLE %%s ADD CONSTRAINT %%I %%s', found.conrelid::regclass, found.conname,
        pg_get_constraintdef(found.oid)
    ),
    format(
        'COMMENT ON CONSTRAINT %%I ON %%s IS %%L', found.conname, found.conrelid::regclass,
        obj_description(found.oid, 'pg_constraint')
    )
FROM pg_catalog.pg_constraint AS found
WHERE
    found.contype IN ('p', 'u', 'f')
    AND (found.conrelid = ANY(%(tables)s::regclass[]) OR found.confrelid = ANY(%(tables)s::regclass[]))
ORDER BY found.contype = 'f' DESC, found.conrelid::regclass::text, found.contype, found.conname
"""
"""Whether it has an index, how to drop it, how to add it, how to comment it; foreign keys first."""
INDEXES: Final = b"""
SELECT format('DROP INDEX %%s', found.indexrelid::regclass), pg_get_indexdef(found.indexrelid)
FROM pg_catalog.pg_index AS found
WHERE
    found.indrelid = ANY(%(tables)s::regclass[])
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint AS owner
        WHERE owner.conindid = found.indexrelid AND owner.contype IN ('p', 'u', 'x')
    )
ORDER BY 1
"""
TRIGGERS: Final = b"""
SELECT found.tgrelid::regclass::text, found.tgname::text, found.tgenabled::text
FROM pg_catalog.pg_trigger AS found
WHERE found.tgrelid = ANY(%(tables)s::regclass[]) AND NOT found.tgisinternal
ORDER BY 1, 2
"""


class SchemaChanged(Exception):
    """After the load something is not as it was; nothing was kept."""


@dataclass(frozen=True)
class _Schema:
    """What stepped aside, as the catalogs tell it."""

    constraints: Sequence[tuple[object, ...]]
    indexes: Sequence[tuple[object, ...]]
    triggers: Sequence[tuple[object, ...]]


class Bulk:
    """A connection for statements that add many rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, statement: Statement | bytes, parameters: Mapping[str, object] | None = None) -> int:
        """Run a statement and return how many rows it touched."""
        return self._connection.execute(statement, parameters, prepare=False).rowcount

    def fetch(self, statement: Statement | bytes, parameters: Mapping[str, object]) -> list[tuple[object, ...]]:
        """Return the rows of a question."""
        return self._connection.execute(statement, parameters, prepare=False).fetchall()


@contextmanager
def bulk_load(url: str, tables: Sequence[str], report: Report) -> Generator[Bulk]:
    """Load into tables without their keys, indexes and triggers; then put all of it back and check it.

    Args:
        url: For a superuser, or an owner who bypasses row-level security.
        tables: With their schemas; what points to them steps aside, too.
        report: Told how work goes on.

    Raises:
        SchemaChanged: the catalogs differ from before; the load was rolled back.
    """
    with psycopg.connect(url) as connection:
        for setting in SETTINGS:
            connection.execute(setting)
        before = _read_schema(connection, tables)
        _step_aside(connection, before, tables)
        yield Bulk(connection)
        _come_back(connection, before, tables, report)
        if _read_schema(connection, tables) != before:
            message = "keys, indexes or triggers are not as they were"
            raise SchemaChanged(message)
    with psycopg.connect(url, autocommit=True) as connection:
        for table in tables:
            report(f"Taking stock of {table}.")
            connection.execute(f"VACUUM (FREEZE, ANALYZE) {table}".encode())


def _read_schema(connection: Connection, tables: Sequence[str]) -> _Schema:
    wanted = {"tables": list(tables)}
    return _Schema(
        connection.execute(CONSTRAINTS, wanted).fetchall(),
        connection.execute(INDEXES, wanted).fetchall(),
        connection.execute(TRIGGERS, wanted).fetchall(),
    )


def _step_aside(connection: Connection, schema: _Schema, tables: Sequence[str]) -> None:
    for table in tables:
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    for _, drop, _, _ in schema.constraints:
        connection.execute(str(drop).encode())
    for drop, _ in schema.indexes:
        connection.execute(str(drop).encode())


def _come_back(connection: Connection, schema: _Schema, tables: Sequence[str], report: Report) -> None:
    with_index = [constraint for constraint in schema.constraints if constraint[0]]
    without = [constraint for constraint in schema.constraints if not constraint[0]]
    report(f"Building {len(with_index) + len(schema.indexes)} indexes.")
    for _, _, add, _ in with_index:
        connection.execute(str(add).encode())
    for _, create in schema.indexes:
        connection.execute(str(create).encode())
    report("Collecting statistics.")
    for table in tables:
        connection.execute(f"ANALYZE {table}".encode())
    report(f"Checking {len(without)} foreign keys.")
    for _, _, add, _ in without:
        connection.execute(str(add).encode())
    for _, _, _, comment in schema.constraints:
        if not str(comment).endswith(" IS NULL"):
            connection.execute(str(comment).encode())
    for table in tables:
        connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
