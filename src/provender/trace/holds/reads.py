"""Questions about holds."""

from __future__ import annotations

from uuid import UUID

from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.trace.holds import store
from provender.trace.holds.payloads import HoldFilter


async def list_holds(work: Work, wanted: HoldFilter, last_seen: Key) -> Page:
    """Return one page of holds, the latest first, after the key (placed_at, id) of the last row seen."""
    last_placed_at, last_id = last_seen
    return await store.select_holds(
        work,
        {
            "is_active": wanted.active,
            "batch_id": wanted.batch,
            "last_placed_at": last_placed_at,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_hold(work: Work, hold_id: UUID) -> bytes:
    """Return a hold as JSON.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_hold(work, hold_id)
    if found is None:
        raise NotFound("There is no such hold.")
    return found
