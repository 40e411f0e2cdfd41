"""Named parameters become numbered ones, as the driver would do it."""

from __future__ import annotations

from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer

from provender.kit.db.statements import number_parameters
from tests.architecture.test_sql_files import statement_files


def as_the_driver_does_it(statement: bytes, names: tuple[str, ...]) -> bytes:
    query = PostgresQuery(Transformer())
    query.convert(statement, dict.fromkeys(names))
    return query.query


def test_a_parameter_has_one_number_however_often_it_is_used() -> None:
    numbered = number_parameters(b"SELECT %(b)s, %(a)s, %(b)s::text")

    assert numbered.text == b"SELECT $1, $2, $1::text"
    assert numbered.names == ("b", "a")


def test_a_statement_without_parameters_is_left_as_it_is() -> None:
    assert number_parameters(b"SELECT 10 % 3").text == b"SELECT 10 % 3"


def test_a_doubled_percent_sign_is_one_where_there_are_parameters() -> None:
    assert number_parameters(b"SELECT %(a)s %% 3").text == b"SELECT $1 % 3"


def test_every_statement_of_the_program_is_numbered_as_the_driver_would() -> None:
    statements = [path.read_bytes() for path in statement_files()]

    for statement in statements:
        numbered = number_parameters(statement)
        if numbered.names:
            assert numbered.text == as_the_driver_does_it(statement, numbered.names)

    assert len(statements) > 50
