"""The statements of requests, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast

from provender.core.requests.model import Created, KeyedRequest, StoredAnswer
from provender.kit.db import SqlFolder, Work

SQL = SqlFolder(__file__)


async def insert_key(work: Work, keyed: KeyedRequest) -> int:
    """Take a key for this request; return 0 when it was taken before. Waits while a twin is under way."""
    return await work.execute(SQL("insert_key"), {"key": keyed.key, "route": keyed.route, "body_hash": keyed.body_hash})


async def select_answer(work: Work, key: str) -> StoredAnswer | None:
    """Return the answer that was given to a key."""
    return await work.fetch_one(StoredAnswer, SQL("select_answer"), {"key": key})


async def update_answer(work: Work, key: str, created: Created) -> int:
    """Keep the answer of a key that was just taken; return how many were kept."""
    body = None if created.body is None else created.body.decode()
    return await work.execute(
        SQL("update_answer"),
        {"key": key, "status": created.status, "location": created.location, "response": body},
    )


async def next_number(work: Work, series: str) -> int:
    """Return the next number of a series of the present tenant; concurrent callers wait for each other."""
    row = await work.fetch_row(SQL("next_number"), {"series": series})
    return cast("tuple[int]", row)[0]
