"""Questions about members."""

from __future__ import annotations

from provender.core.organisations import store
from provender.core.organisations.payloads import MemberFilter
from provender.kit.db import Work
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key


async def list_members(work: Work, wanted: MemberFilter, last_seen: Key) -> Page:
    """Return one page of members by name, after the key (full name, account id) of the last row seen."""
    last_name, last_id = last_seen
    return await store.select_members(
        work,
        {
            "name_prefix": wanted.name,
            "role": wanted.role,
            "is_ended": wanted.ended,
            "last_name": last_name,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )
