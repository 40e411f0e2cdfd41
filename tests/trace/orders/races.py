"""What races are made of: a second transaction of one's own, and a limit of patience."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from httpx2 import Response

from tests.maker import Maker

MOST_SECONDS = 5.0
BLINK_S = 0.3


@contextmanager
def another_transaction(database_url: str, maker: Maker) -> Generator[psycopg.Connection]:
    """A connection of its own inside the tenant, committed at the end."""
    with psycopg.connect(database_url) as connection:
        connection.execute("SELECT set_config('app.organisation_id', %s, true)", (str(maker.organisation_id),))
        yield connection


def place_hold(connection: psycopg.Connection, maker: Maker, batch_id: UUID) -> None:
    connection.execute(
        "INSERT INTO trace.hold (organisation_id, batch_id, reason, placed_by_name) VALUES (%s, %s, 'recall', 'test')",
        (maker.organisation_id, batch_id),
    )


def timed(verb: Callable[[], Response]) -> Callable[[], Response]:
    def run() -> Response:
        started = time.monotonic()
        answer = verb()
        assert time.monotonic() - started < MOST_SECONDS
        return answer

    return run
