"""What an administrator of a database does before and beside the program: scripts, roles, facts.

Synchronous, one connection per call: used by `provender migrate`, the tools and the tests, never by a request.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from provender.kit.errors import DatabaseUnreachable

SET_UP_LOCK = 7_063_501
"""Any number that nothing else in the database uses."""


@dataclass(frozen=True)
class ServerFacts:
    """What a server says of itself and of the role that asked.

    Attributes:
        version_num: As in `server_version_num`: 150018 is 15.18.
        is_privileged: The role is superuser, may bypass row-level security, or may make roles.
    """

    version_num: int
    encoding: str
    role: str
    is_privileged: bool


def read_facts(url: str) -> ServerFacts:
    """Return what the server says.

    Raises:
        DatabaseUnreachable: it does not answer or let this role in, or the address is none.
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version_num')::integer, current_setting('server_encoding'),"
                " current_user::text,"
                " rolsuper OR rolbypassrls OR rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0].removesuffix(".")
        raise DatabaseUnreachable(
            f"The database cannot be reached: {reason}.", hint="Check DATABASE_URL and whether the server runs."
        ) from error
    except psycopg.ProgrammingError as error:
        # What libpq says may repeat the address, and a password with it.
        raise DatabaseUnreachable(
            "DATABASE_URL is not the address of a database.",
            hint="Write postgresql://name:password@host:5432/database.",
        ) from error
    if row is None:
        raise DatabaseUnreachable("The database does not know the role that asks.")
    return ServerFacts(*row)


def run_scripts(url: str, scripts: Iterable[str], *, role: str | None = None) -> None:
    """Run SQL scripts, each of many statements, in one transaction; all or nothing."""
    with psycopg.connect(url) as connection:
        if role is not None:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        for script in scripts:
            connection.execute(script.encode())


def create_database(url: str, name: str) -> bool:
    """Make a database in UTF-8 unless it is there, or another program makes it now; return whether it was made."""
    statement = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
    with set_up_alone(url), psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT FROM pg_catalog.pg_database WHERE datname = %s", (name,)).fetchone() is not None:
            return False
        connection.execute(statement)
        return True


@contextmanager
def set_up_alone(url: str) -> Generator[None]:
    """Wait until no other program sets up this database, and keep others waiting until the block ends.

    An advisory lock is right here and only here: setting up crosses many transactions, and whoever does it
    goes through this door.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_catalog.pg_advisory_lock(%s)", (SET_UP_LOCK,))
        yield


def drop_database(url: str, name: str) -> None:
    """Remove a database and end whoever is connected to it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def fetch_texts(url: str, statement: str, parameters: dict[str, object] | None = None) -> list[tuple[object, ...]]:
    """Return the rows of one question to the catalogs."""
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode(), parameters).fetchall()


def open_connection(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """Return a bare connection, for the migration tool, which brings its own idea of a session."""
    return psycopg.connect(url)


def set_password(url: str, role: str, password: str) -> None:
    """Give a role a password, stored by the server as SCRAM."""
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))


def url_with_role(url: str, role: str, password: str) -> str:
    """Return the connection string of the same database for another role."""
    return make_conninfo(url, user=role, password=password)
