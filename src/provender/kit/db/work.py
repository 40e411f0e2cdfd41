"""One unit of work: a transaction in which a caller has entered, and what can be asked in it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar, cast
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import class_row, tuple_row

from provender.kit.db.statements import NumberedStatement, Statement, number_parameters
from provender.kit.errors import NotSignedIn

Row = TypeVar("Row")
Parameters = Mapping[str, object]
TENANT = "organisation_id"
"""The parameter that every query of a tenant has."""


@dataclass(frozen=True)
class Caller:
    """Who entered: a person in one organisation, through a browser or a program.

    Attributes:
        kind: `browser` or `program`.
        role: `administrator`, `manager` or `staff`.
        time_zone: IANA name of the organisation's zone.
    """

    account_id: UUID
    organisation_id: UUID
    access_token_id: UUID
    kind: str
    role: str
    full_name: str
    email: str
    language: str
    organisation_name: str
    time_zone: str


@dataclass(frozen=True)
class Credentials:
    """What a request presents: the tenant it claims, and the SHA-256 of its token."""

    organisation_id: UUID
    token_hash: bytes
    request_id: str


class Counter:
    """How many statements the program has sent; shown as a metric, asserted by tests."""

    def __init__(self) -> None:
        self.statements = 0

    def add(self, statements: int = 1) -> None:
        """Count statements here, and for the request that sends them when somebody wants to know."""
        self.statements += statements
        for_request = COUNTER_OF_REQUEST.get()
        if for_request is not None:
            for_request.statements += statements


COUNTER_OF_REQUEST: ContextVar[Counter | None] = ContextVar("counter_of_request", default=None)
"""Set while a request is counted by itself."""


class Work:
    """A transaction on one connection; the edge opens it, commits once or rolls back.

    Attributes:
        organisation_id: The tenant, named by every query as `organisation_id`.
    """

    def __init__(
        self, connection: AsyncConnection[tuple[object, ...]], organisation_id: UUID | None, counter: Counter
    ) -> None:
        self._connection = connection
        self._organisation_id = organisation_id
        self._counter = counter
        self._entering: AsyncCursor[Caller] | None = None
        self._caller: Caller | None = None

    @property
    def organisation_id(self) -> UUID:
        """The tenant of this work.

        Raises:
            NotSignedIn: nobody has entered.
        """
        if self._organisation_id is None:
            raise NotSignedIn
        return self._organisation_id

    async def enter(self, statement: Statement, credentials: Credentials) -> None:
        """Send the credentials; the answer is read by `caller` (in a pipeline: later, for free)."""
        cursor = self._connection.cursor(row_factory=class_row(Caller))
        self._organisation_id = credentials.organisation_id
        await self._run(cursor, statement, {"token_hash": credentials.token_hash, "request_id": credentials.request_id})
        self._entering = cursor

    async def caller(self) -> Caller:
        """Return who entered.

        Raises:
            NotSignedIn: the credentials are unknown, expired or revoked, or nobody entered.
        """
        if self._caller is None and self._entering is not None:
            self._caller = await self._entering.fetchone()
            self._entering = None
        if self._caller is None:
            raise NotSignedIn
        return self._caller

    async def become(self, *, organisation_id: UUID, account_id: UUID | None, actor: str) -> None:
        """Work for a tenant without a token: signing in, the command line, jobs, the demo."""
        self._organisation_id = organisation_id
        await self.execute(
            b"SELECT set_config('app.organisation_id', %(organisation_id)s, true),"
            b" set_config('app.account_id', %(account_id)s, true), set_config('app.actor', %(actor)s, true)",
            {"organisation_id": str(organisation_id), "account_id": str(account_id or ""), "actor": actor},
        )

    async def execute(self, statement: bytes, parameters: Parameters) -> int:
        """Run a statement and return how many rows it touched."""
        cursor = self._connection.cursor()
        await self._run(cursor, statement, parameters)
        return cursor.rowcount

    async def execute_many(self, statement: Statement, rows: Sequence[Parameters]) -> None:
        """Run one statement for each row of parameters, in order, in one round trip."""
        if not rows:
            return
        self._counter.add(len(rows))
        cursor = self._connection.cursor()
        numbered = number_parameters(statement)
        await cursor.executemany(numbered.text, [self._values(numbered, row) for row in rows])

    async def fetch_json(self, statement: Statement, parameters: Parameters) -> bytes | None:
        """Return the first column of the first row as the JSON text that PostgreSQL built.

        None when there is no row, or the column is NULL.
        """
        row = await self.fetch_row(statement, parameters)
        return None if row is None or row[0] is None else bytes_of(row[0])

    async def fetch_row(self, statement: Statement, parameters: Parameters) -> tuple[object, ...] | None:
        """Return the first row, or None."""
        cursor = self._connection.cursor(row_factory=tuple_row)
        await self._run(cursor, statement, parameters)
        return await cursor.fetchone()

    async def fetch_one(self, row_type: type[Row], statement: Statement, parameters: Parameters) -> Row | None:
        """Return the first row as `row_type` (columns are its fields), or None."""
        cursor = self._connection.cursor(row_factory=class_row(row_type))
        await self._run(cursor, statement, parameters)
        return await cursor.fetchone()

    async def fetch_all(self, row_type: type[Row], statement: Statement, parameters: Parameters) -> list[Row]:
        """Return every row as `row_type`, in the order the statement promises."""
        cursor = self._connection.cursor(row_factory=class_row(row_type))
        await self._run(cursor, statement, parameters)
        return await cursor.fetchall()

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        """Undo only what the block did when it raises; the work goes on and can still be committed."""
        async with self._connection.transaction():
            yield

    async def fetch_column(self, kind: type[Row], statement: Statement, parameters: Parameters) -> list[Row]:
        """Return the first column of every row, in the order the statement promises; each value is a `kind`."""
        del kind
        cursor = self._connection.cursor(row_factory=tuple_row)
        await self._run(cursor, statement, parameters)
        return [cast("Row", row[0]) for row in await cursor.fetchall()]

    async def check_now(self) -> None:
        """Have deferred constraints checked here, where a refusal can still be put into words.

        They are deferred again afterwards, so that one transaction can record several things.
        """
        await self.execute(b"SET CONSTRAINTS ALL IMMEDIATE", {})
        await self.execute(b"SET CONSTRAINTS ALL DEFERRED", {})

    async def _run(self, cursor: AsyncCursor[Row], statement: bytes, parameters: Parameters) -> None:
        self._counter.add()
        numbered = number_parameters(statement)
        await cursor.execute(numbered.text, self._values(numbered, parameters) if numbered.names else None)

    def _values(self, numbered: NumberedStatement, parameters: Parameters) -> list[object]:
        known = parameters if self._organisation_id is None else {TENANT: self._organisation_id, **parameters}
        return [known[name] for name in numbered.names]


def bytes_of(column: object) -> bytes:
    """Return a JSON column as bytes; the pool loads json and jsonb unparsed."""
    if isinstance(column, bytes):
        return column
    message = f"expected the bytes of a json column, got {type(column).__name__}"
    raise TypeError(message)
