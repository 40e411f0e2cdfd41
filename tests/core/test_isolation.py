"""Rows of two tenants never meet, whoever asks and however: the database says so itself."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import ForeignKeyViolation
from starlette.testclient import TestClient

from tests.architecture.catalog import Catalog, catalog
from tests.maker import make_maker
from tests.samples import BUILDERS, Samples

__all__ = ["catalog"]

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Tenants:
    """Two tenants with one of everything each."""

    own: UUID
    other: UUID


@pytest.fixture(scope="module")
def tenants(client: TestClient) -> Tenants:
    """Two tenants with one of everything each."""
    made: list[UUID] = []
    for _ in range(2):
        client.cookies.clear()
        samples = Samples(make_maker(client))
        for name in BUILDERS:
            assert samples[name]
        made.append(samples.maker.organisation_id)
    return Tenants(*made)


@contextmanager
def program_of(database_url: str, organisation_id: UUID | None) -> Generator[Connection]:
    """Connect as the program does, working for a tenant or for none; nothing is kept."""
    with psycopg.connect(database_url) as connection:
        if organisation_id is not None:
            connection.execute("SELECT set_config('app.organisation_id', %s, true)", (str(organisation_id),))
        yield connection
        connection.rollback()


def tables_of(catalog: Catalog) -> list[sql.Identifier]:
    return [sql.Identifier(*table.name.split(".")) for table in catalog.tenant_tables]


def rows_of(connection: Connection, table: sql.Identifier, organisation_id: UUID | None = None) -> int:
    """Return how many rows of a tenant, or in all, the connection sees."""
    statement = sql.SQL("SELECT count(*) FROM {} WHERE %(id)s::uuid IS NULL OR organisation_id = %(id)s::uuid")
    row = connection.execute(statement.format(table), {"id": organisation_id}).fetchone()
    assert row is not None
    assert isinstance(row[0], int)
    return row[0]


def name_of(table: sql.Identifier) -> str:
    return table.as_string().replace('"', "")


def test_the_samples_fill_every_table_of_both_tenants(admin_url: str, catalog: Catalog, tenants: Tenants) -> None:
    with psycopg.connect(admin_url) as connection:
        empty = {
            name_of(table)
            for table in tables_of(catalog)
            if not (rows_of(connection, table, tenants.own) and rows_of(connection, table, tenants.other))
        }

    assert empty == set()


def test_the_program_sees_the_rows_of_its_tenant_and_no_others(
    database_url: str, catalog: Catalog, tenants: Tenants
) -> None:
    with program_of(database_url, tenants.own) as connection:
        seen = {name_of(table): rows_of(connection, table) for table in tables_of(catalog)}
        own = {name_of(table): rows_of(connection, table, tenants.own) for table in tables_of(catalog)}

    assert seen == own
    assert [name for name, rows in seen.items() if not rows] == []


def test_without_a_tenant_the_program_sees_nothing(database_url: str, catalog: Catalog, tenants: Tenants) -> None:
    with program_of(database_url, None) as connection:
        seen = {name_of(table): rows_of(connection, table) for table in tables_of(catalog)}
        people = connection.execute("SELECT id FROM core.account UNION ALL SELECT id FROM core.organisation").fetchall()

    assert tenants.own != tenants.other
    assert {name: rows for name, rows in seen.items() if rows} == {}
    assert people == []


def test_people_and_organisations_of_others_are_not_seen(database_url: str, tenants: Tenants) -> None:
    with program_of(database_url, tenants.own) as connection:
        organisations = connection.execute("SELECT id FROM core.organisation").fetchall()
        strangers = connection.execute(
            "SELECT account.id FROM core.account AS account WHERE NOT EXISTS (SELECT FROM core.membership AS member"
            " WHERE member.account_id = account.id AND member.organisation_id = %s)",
            (tenants.own,),
        ).fetchall()

    assert organisations == [(tenants.own,)]
    assert strangers == []


COPY = sql.SQL("INSERT INTO {0} (organisation_id, {1}) SELECT {2}, {1} FROM {0} LIMIT 1")
MOVE = sql.SQL("UPDATE {0} SET organisation_id = {2}")


def columns_of(connection: Connection, table: sql.Identifier) -> sql.Composed:
    """Return the columns that an INSERT may name, the tenant left out."""
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = '' AND attname <> 'organisation_id'",
        (table.as_string(),),
    ).fetchall()
    return sql.SQL(", ").join(sql.Identifier(str(row[0])) for row in rows)


def test_no_row_can_be_written_for_another_tenant(
    database_url: str, admin_url: str, catalog: Catalog, tenants: Tenants
) -> None:
    with psycopg.connect(admin_url) as connection:
        attempts = [
            attempt.format(table, columns_of(connection, table), sql.Literal(tenants.other))
            for table in tables_of(catalog)
            for attempt in (COPY, MOVE)
        ]

    accepted = [attempt.as_string() for attempt in attempts if is_accepted(database_url, tenants.own, attempt)]

    assert attempts
    assert accepted == []


def is_accepted(database_url: str, organisation_id: UUID, attempt: sql.Composed) -> bool:
    """Tell whether the program, working for a tenant, can do this to any row."""
    with program_of(database_url, organisation_id) as connection:
        try:
            return connection.execute(attempt).rowcount > 0
        except psycopg.Error:
            return False


def test_even_the_owner_cannot_tie_rows_of_two_tenants_together(admin_url: str, tenants: Tenants) -> None:
    with psycopg.connect(admin_url) as connection, pytest.raises(ForeignKeyViolation):
        connection.execute(
            "INSERT INTO trace.plot (organisation_id, farm_id, name)"
            " SELECT %s, farm.id, 'stolen' FROM trace.farm AS farm WHERE farm.organisation_id = %s",
            (tenants.own, tenants.other),
        )
