"""The pool of connections, and the ways to open a unit of work."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from psycopg import AsyncConnection, AsyncRawCursor, OperationalError
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from provender.kit.db.statements import Statement
from provender.kit.db.work import Counter, Credentials, Work
from provender.kit.errors import DatabaseBusy, DatabaseLost, Refusal, UnsafeDatabaseRole

Result = TypeVar("Result")
RETRIES = 3
"""How often a change that lost a deadlock is tried; each try is a whole new transaction."""
CONNECTIONS = 4
"""Connections per worker: more buy nothing for short queries (docs/decisions/0003)."""
WAIT_SECONDS = 10.0


class UnparsedJson(Loader):
    """Leaves JSON that PostgreSQL built as the bytes they are."""

    def load(self, data: Buffer) -> bytes:
        """Return the text as received."""
        return bytes(data)


async def _prepare_connection(connection: AsyncConnection[tuple[object, ...]]) -> None:
    connection.adapters.register_loader("json", UnparsedJson)
    connection.adapters.register_loader("jsonb", UnparsedJson)
    connection.cursor_factory = AsyncRawCursor
    connection.prepared_max = 500


def _is_loss(error: OperationalError) -> bool:
    """Whether the server went away: the driver says so without a code, a server that is ending with 57P."""
    return error.sqlstate is None or error.sqlstate.startswith("57P")


class Database:
    """A pool of connections of one process, first come, first served.

    Reads run in a pipeline: entering and the question are one round trip and one implicit
    transaction. Changes run in a transaction of their own and are tried again when they
    lose a deadlock.
    """

    def __init__(self, url: str, *, enter: Statement, connections: int = CONNECTIONS) -> None:
        self._enter = enter
        self.counter = Counter()
        self._pool = AsyncConnectionPool(
            url,
            connection_class=AsyncConnection[tuple[object, ...]],
            min_size=1,
            max_size=connections,
            open=False,
            timeout=WAIT_SECONDS,
            kwargs={"autocommit": True, "prepare_threshold": 2},
            configure=_prepare_connection,
        )

    async def open(self) -> None:
        """Connect.

        Raises:
            UnsafeDatabaseRole: the role owns tables, is superuser or may bypass row security.
            DatabaseBusy: the server does not answer.
        """
        try:
            await self._pool.open(wait=True, timeout=WAIT_SECONDS)
        except PoolTimeout as error:
            await self._pool.close()
            raise DatabaseBusy from error
        async with self.unentered() as work:
            row = await work.fetch_row(
                Statement(
                    b"SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_catalog.pg_class AS owned"
                    b" INNER JOIN pg_catalog.pg_namespace AS space ON owned.relnamespace = space.oid"
                    b" WHERE owned.relowner = role.oid AND space.nspname IN ('core', 'trace')), rolname::text"
                    b" FROM pg_catalog.pg_roles AS role WHERE rolname = current_user"
                ),
                {},
            )
        if row is None or row[0]:
            await self._pool.close()
            raise UnsafeDatabaseRole(str(row[1] if row else "unknown"))

    async def close(self) -> None:
        """Give every connection back to the server."""
        await self._pool.close()

    @asynccontextmanager
    async def reading(self, credentials: Credentials) -> AsyncGenerator[Work]:
        """Ask questions; nothing the block found is used unless the caller was let in.

        Raises:
            NotSignedIn: also instead of any refusal that the block raised.
            Refusal: what the block raised.
        """
        async with self._connection() as connection, connection.pipeline():
            work = Work(connection, None, self.counter)
            await work.enter(self._enter, credentials)
            try:
                yield work
            except Refusal:
                await work.caller()
                raise
            await work.caller()

    async def changing(self, credentials: Credentials, verb: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run `verb` in a transaction, committed once when it returns.

        Deadlocks and serialization failures are tried again, up to three times in all.

        Raises:
            NotSignedIn: before `verb` is run.
            DatabaseBusy: every try lost.
        """

        async def attempt() -> Result:
            async with self._connection() as connection, connection.transaction():
                work = Work(connection, None, self.counter)
                await work.enter(self._enter, credentials)
                await work.caller()
                return await verb(work)

        return await self._retry(attempt)

    async def changing_unentered(self, verb: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run `verb` in a transaction in which nobody has entered yet: signing in, commands, jobs."""

        async def attempt() -> Result:
            async with self.unentered() as work:
                return await verb(work)

        return await self._retry(attempt)

    @asynccontextmanager
    async def unentered(self) -> AsyncGenerator[Work]:
        """A transaction that sees no tenant until `Work.become`."""
        async with self._connection() as connection, connection.transaction():
            yield Work(connection, None, self.counter)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[AsyncConnection[tuple[object, ...]]]:
        try:
            connection = await self._pool.getconn()
        except PoolTimeout as error:
            raise DatabaseBusy from error
        try:
            yield connection
        except OperationalError as error:
            if connection.broken or _is_loss(error):
                raise DatabaseLost from error
            raise
        finally:
            await self._pool.putconn(connection)

    async def _retry(self, attempt: Callable[[], Awaitable[Result]]) -> Result:
        for tries_left in reversed(range(RETRIES)):
            try:
                return await attempt()
            except (DeadlockDetected, SerializationFailure) as error:
                if not tries_left:
                    raise DatabaseBusy from error
        raise DatabaseBusy
