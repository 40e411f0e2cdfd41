"""What the real schema says of itself, read from PostgreSQL's catalogs.

Only reading belongs here; each rule is a test beside this file. `public` is left out: it holds
nothing but the revision of the migrations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psycopg
import pytest
from psycopg.rows import class_row

TENANT = "organisation_id"
WITHOUT_TENANT: Mapping[str, str] = {
    "core.organisation": "is the tenant itself",
    "core.account": "one person may work for several tenants; seen only through a membership",
    "core.sign_in_attempt": "counted before a tenant is known",
    "core.server_secret": "one for all tenants: it signs what the program hands out",
}
"""Tables that carry no organisation_id, with the reason."""


@dataclass(frozen=True)
class Table:
    """An ordinary table.

    Attributes:
        name: With its schema.
        grants: What provender_app may do with whole rows: SELECT, INSERT, UPDATE, DELETE, TRUNCATE.
        triggers: Definitions of its enabled triggers.
    """

    name: str
    comment: str | None
    owner: str
    has_row_security: bool
    is_row_security_forced: bool
    grants: Sequence[str]
    triggers: Sequence[str]


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    table: str
    name: str
    type: str
    is_nullable: bool
    comment: str | None


@dataclass(frozen=True)
class Index:
    """An index or the index of a key; an expression counts as a column without name."""

    table: str
    name: str
    columns: Sequence[str | None]
    is_unique: bool
    is_primary: bool
    predicate: str | None


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key; `columns` of `table` point to `target_columns` of `target`, in this order."""

    name: str
    table: str
    target: str
    columns: Sequence[str]
    target_columns: Sequence[str]
    on_delete: str
    comment: str | None


@dataclass(frozen=True)
class Function:
    """A function or procedure of ours."""

    name: str
    owner: str
    is_definer: bool
    is_trigger: bool
    has_search_path: bool
    is_public: bool


TABLES = """
SELECT space.nspname || '.' || class.relname AS name,
    obj_description(class.oid, 'pg_class') AS comment,
    class.relowner::regrole::text AS owner,
    class.relrowsecurity AS has_row_security,
    class.relforcerowsecurity AS is_row_security_forced,
    ARRAY(
        SELECT word FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS word
        WHERE has_table_privilege('provender_app', class.oid, word)
    ) AS grants,
    ARRAY(
        SELECT pg_get_triggerdef(found.oid) FROM pg_trigger AS found
        WHERE found.tgrelid = class.oid AND NOT found.tgisinternal AND found.tgenabled = 'O'
    ) AS triggers
FROM pg_class AS class INNER JOIN pg_namespace AS space ON class.relnamespace = space.oid
WHERE class.relkind IN ('r', 'p') AND space.nspname NOT IN ('pg_catalog', 'information_schema', 'public')
ORDER BY name
"""
COLUMNS = """
SELECT attribute.attrelid::regclass::text AS table, attribute.attname AS name,
    format_type(attribute.atttypid, NULL) AS type, NOT attribute.attnotnull AS is_nullable,
    col_description(attribute.attrelid, attribute.attnum) AS comment
FROM pg_attribute AS attribute
INNER JOIN pg_class AS class ON attribute.attrelid = class.oid
INNER JOIN pg_namespace AS space ON class.relnamespace = space.oid
WHERE attribute.attnum > 0 AND NOT attribute.attisdropped AND class.relkind IN ('r', 'p')
    AND space.nspname NOT IN ('pg_catalog', 'information_schema', 'public')
ORDER BY 1, attribute.attnum
"""
INDEXES = """
SELECT index.indrelid::regclass::text AS table, class.relname AS name,
    ARRAY(
        SELECT attribute.attname
        FROM generate_series(0, index.indnkeyatts - 1) AS place
        LEFT JOIN pg_attribute AS attribute
            ON attribute.attrelid = index.indrelid AND attribute.attnum = index.indkey[place]
            AND index.indkey[place] > 0
        ORDER BY place
    ) AS columns,
    index.indisunique AS is_unique, index.indisprimary AS is_primary,
    pg_get_expr(index.indpred, index.indrelid) AS predicate
FROM pg_index AS index
INNER JOIN pg_class AS class ON index.indexrelid = class.oid
INNER JOIN pg_namespace AS space ON class.relnamespace = space.oid
WHERE space.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema', 'public')
ORDER BY 1, 2
"""
FOREIGN_KEYS = """
SELECT found.conname AS name, found.conrelid::regclass::text AS table, found.confrelid::regclass::text AS target,
    ARRAY(
        SELECT attribute.attname FROM unnest(found.conkey) WITH ORDINALITY AS key (number, place)
        INNER JOIN pg_attribute AS attribute ON attribute.attrelid = found.conrelid AND attribute.attnum = key.number
        ORDER BY key.place
    ) AS columns,
    ARRAY(
        SELECT attribute.attname FROM unnest(found.confkey) WITH ORDINALITY AS key (number, place)
        INNER JOIN pg_attribute AS attribute ON attribute.attrelid = found.confrelid AND attribute.attnum = key.number
        ORDER BY key.place
    ) AS target_columns,
    CASE found.confdeltype
        WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL'
        WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION'
    END AS on_delete,
    obj_description(found.oid, 'pg_constraint') AS comment
FROM pg_constraint AS found
WHERE found.contype = 'f' AND found.conparentid = 0
ORDER BY 2, 1
"""
FUNCTIONS = """
SELECT space.nspname || '.' || found.proname AS name, found.proowner::regrole::text AS owner,
    found.prosecdef AS is_definer, found.prorettype = 'trigger'::regtype AS is_trigger,
    coalesce(found.proconfig::text LIKE '%search_path=%', false) AS has_search_path,
    EXISTS (
        SELECT FROM aclexplode(coalesce(found.proacl, acldefault('f', found.proowner))) AS acl WHERE acl.grantee = 0
    ) AS is_public
FROM pg_proc AS found INNER JOIN pg_namespace AS space ON found.pronamespace = space.oid
WHERE space.nspname NOT IN ('pg_catalog', 'information_schema', 'public')
ORDER BY 1
"""


@dataclass(frozen=True)
class Catalog:
    """The schema of one database, as PostgreSQL knows it."""

    tables: Sequence[Table]
    columns: Sequence[Column]
    indexes: Sequence[Index]
    foreign_keys: Sequence[ForeignKey]
    functions: Sequence[Function]

    @property
    def tenant_tables(self) -> list[Table]:
        """Tables whose rows belong to an organisation."""
        return [table for table in self.tables if table.name not in WITHOUT_TENANT]

    def indexes_of(self, table: str) -> list[Index]:
        return [index for index in self.indexes if index.table == table]

    def columns_of(self, table: str) -> list[Column]:
        return [column for column in self.columns if column.table == table]


def read_catalog(url: str) -> Catalog:
    """Return the catalog of a database."""
    with psycopg.connect(url, options="-c search_path=") as connection:
        return Catalog(
            connection.cursor(row_factory=class_row(Table)).execute(TABLES).fetchall(),
            connection.cursor(row_factory=class_row(Column)).execute(COLUMNS).fetchall(),
            connection.cursor(row_factory=class_row(Index)).execute(INDEXES).fetchall(),
            connection.cursor(row_factory=class_row(ForeignKey)).execute(FOREIGN_KEYS).fetchall(),
            connection.cursor(row_factory=class_row(Function)).execute(FUNCTIONS).fetchall(),
        )


@pytest.fixture(scope="session")
def catalog(admin_url: str) -> Catalog:
    """The schema that the tests run on."""
    return read_catalog(admin_url)
