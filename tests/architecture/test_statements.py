"""Every `.sql` file fits the real schema, the rights of the program, and the Python that uses it."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.architecture.house import SOURCE, place_of, text_of
from tests.architecture.stores import Use, number_parameters, parameters_of, statement_files, uses

PAGE = {"items": "json", "next_key": "json"}
PYTHON_NAMES = {
    "uuid": "UUID",
    "text": "str",
    "bigint": "int",
    "integer": "int",
    "boolean": "bool",
    "bytea": "bytes",
    "numeric": "Decimal",
    "timestamp with time zone": "datetime",
    "date": "date",
    "json": "bytes",
    "jsonb": "bytes",
    "uuid[]": "list[UUID]",
    "text[]": "list[str]",
}
TENANT = "organisation_id"
LOADED_BY_ADMINISTRATOR = SOURCE / "trace/demo/large"


@dataclass(frozen=True)
class Prepared:
    """What PostgreSQL says of a statement: the names and types of its columns, or what is wrong with it."""

    columns: Mapping[str, str]
    complaint: str = ""


@pytest.fixture(scope="module")
def prepared(database_url: str, admin_url: str) -> Iterator[dict[Path, Prepared]]:
    """Every statement, prepared and planned by the role that the program uses.

    The large demo is loaded by an administrator of the database, with functions of its session.
    """
    with (
        psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as program,
        psycopg.connect(admin_url, autocommit=True, prepare_threshold=None) as administrator,
    ):
        administrator.execute(text_of(LOADED_BY_ADMINISTRATOR / "keys.sql").encode())
        yield {
            path: prepare(administrator if LOADED_BY_ADMINISTRATOR in path.parents else program, path)
            for path in statement_files()
        }


def prepare(connection: psycopg.Connection[tuple[object, ...]], path: Path) -> Prepared:
    numbered, names = number_parameters(text_of(path))
    nothing = ", ".join(["NULL"] * len(names))
    try:
        connection.execute(f"PREPARE wanted AS {numbered}".encode())
        # Planning alone does not look at rights; EXPLAIN starts the statement and does.
        connection.execute(f"EXPLAIN EXECUTE wanted {f'({nothing})' if names else ''}".encode())
        described = connection.pgconn.describe_prepared(b"wanted")
        return Prepared(
            {
                (described.fname(place) or b"").decode(): type_name(connection, described.ftype(place))
                for place in range(described.nfields)
            }
        )
    except psycopg.Error as error:
        return Prepared({}, str(error))
    finally:
        connection.execute("DEALLOCATE ALL")


def type_name(connection: psycopg.Connection[tuple[object, ...]], oid: int) -> str:
    row = connection.execute("SELECT format_type(%s, NULL)", (oid,)).fetchone()
    return str(row and row[0])


def test_every_statement_is_understood_and_allowed(prepared: dict[Path, Prepared]) -> None:
    complaints = {place_of(path): found.complaint for path, found in prepared.items() if found.complaint}

    assert prepared
    assert complaints == {}


def test_rows_become_dataclasses_of_the_same_columns_and_types(prepared: dict[Path, Prepared]) -> None:
    wrong = [line for use in uses() for line in misfits(use, prepared[use.statement])]

    assert wrong == []


def misfits(use: Use, found: Prepared) -> Iterator[str]:
    """Name each field that its column does not fit, and each column without a field."""
    if use.row_type is None or not dataclasses.is_dataclass(use.row_type):
        return
    fields = {field.name: python_name(use.row_type, field.name) for field in dataclasses.fields(use.row_type)}
    for name in sorted(fields.keys() ^ found.columns.keys()):
        yield f"{use.place}: {name} is only on one side"
    for name in fields.keys() & found.columns.keys():
        if PYTHON_NAMES.get(found.columns[name]) not in fields[name]:
            yield f"{use.place}: {name} is {found.columns[name]} in SQL and {sorted(fields[name])} in Python"


def python_name(row_type: type[object], field: str) -> set[str]:
    """Return the names of the types a field may have; words of an enumeration arrive as text."""
    hint = typing.get_type_hints(row_type)[field]
    members = typing.get_args(hint) if "|" in str(hint) else (hint,)
    return {re.sub(r"\w+\.", "", str(found) if typing.get_origin(found) else found.__name__) for found in members}


def test_a_page_of_a_list_has_items_and_the_key_of_the_next(prepared: dict[Path, Prepared]) -> None:
    pages = {use.place: prepared[use.statement].columns for use in uses() if use.reader == "fetch_page"}

    assert pages
    assert {place: columns for place, columns in pages.items() if columns != PAGE} == {}


def test_stores_give_each_statement_the_parameters_it_names() -> None:
    wrong = [
        f"{use.place}: {sorted(given ^ wanted)}"
        for use in uses()
        for given, wanted in [({*use.keys, TENANT}, {*parameters_of(use.statement), TENANT})]
        if (given != wanted if use.is_complete else not given <= wanted)
    ]

    assert wrong == []
