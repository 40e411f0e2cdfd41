"""Questions about farms."""

from __future__ import annotations

from provender.kit.db import Work
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.trace.farms import store
from provender.trace.farms.payloads import FarmFilter


async def list_farms(work: Work, wanted: FarmFilter, last_seen: Key) -> Page:
    """Return one page of farms by name, after the key (name, id) of the last row seen."""
    last_name, last_id = last_seen
    return await store.select_farms(
        work,
        {
            "name_prefix": wanted.name,
            "is_archived": wanted.archived,
            "last_name": last_name,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )
