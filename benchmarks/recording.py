"""Which statements a request sends, and with which values: seen at the driver, in a program of our own.

The floor is the same SQL; it is not copied by hand, so it cannot drift from what the program asks.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import AsyncCursor, sql
from psycopg.rows import TupleRow
from starlette.testclient import TestClient

from provender.web.application import create_application, guarded

Values = Mapping[str, object] | Sequence[object] | None
NAMED = re.compile(r"%\((\w+)\)s")
NUMBERED = re.compile(r"\$(\d+)")


@dataclass(frozen=True)
class Sent:
    """A statement as the program gave it to the driver, with its values."""

    text: str
    values: Values

    def with_literals(self) -> str:
        """Return the statement with its values written into it."""
        values = self.values
        if values is None:
            return self.text
        if isinstance(values, Mapping):
            return NAMED.sub(lambda found: _literal(values[found[1]]), self.text).replace("%%", "%")
        return NUMBERED.sub(lambda found: _literal(values[int(found[1]) - 1]), self.text)


def _literal(value: object) -> str:
    return sql.Literal(value).as_string(None).strip()


class Recorder:
    """An application in this process whose statements are written down."""

    def __init__(self, client: TestClient, sent: list[Sent]) -> None:
        self._client, self._sent = client, sent

    def record(self, path: str, headers: Mapping[str, str]) -> list[Sent]:
        """Ask once, and return what was sent to the database, in order.

        Raises:
            RuntimeError: the answer was no success.
        """
        self._sent.clear()
        answer = self._client.get(path, headers=dict(headers))
        if not answer.is_success:
            message = f"{path} answered {answer.status_code}: {answer.text[:300]}"
            raise RuntimeError(message)
        return list(self._sent)


@contextmanager
def recording(database_url: str) -> Generator[Recorder]:
    """Run the application here, and write down what it sends."""
    sent: list[Sent] = []
    execute = AsyncCursor.execute

    async def write_down(
        cursor: AsyncCursor[TupleRow], query: bytes, params: Values = None, *, prepare: bool | None = None
    ) -> AsyncCursor[TupleRow]:
        sent.append(Sent(query.decode(), params))
        return await execute(cursor, query, params, prepare=prepare)

    setattr(AsyncCursor, "execute", write_down)  # noqa: B010 - seen at the driver, wherever the program asks
    try:
        with TestClient(guarded(create_application(database_url)), follow_redirects=False) as client:
            yield Recorder(client, sent)
    finally:
        setattr(AsyncCursor, "execute", execute)  # noqa: B010 - as it was
