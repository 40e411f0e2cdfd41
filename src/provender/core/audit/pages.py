"""The page of what was changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query, Request, Response
from pydantic import Field

from provender.core.audit import reads
from provender.core.audit.payloads import ChangeFilter
from provender.kit.http.cursors import ListQuery, next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form

router = page_router("/audit")


class DayFilter(ListQuery):
    """Which changes the page shows: by day, as people speak."""

    row_id: UUID | None = None
    table: str | None = Field(None, max_length=100)
    actor: str | None = Field(None, max_length=200)
    day: date | None = None


@router.get("")
async def show_changes(request: Request, wanted: Annotated[DayFilter, Query()]) -> Response:
    """Show what was changed, newest first, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        caller = await work.caller()
        since, until = _bounds(wanted.day, caller.time_zone)
        asked = ChangeFilter.model_validate({**wanted.model_dump(exclude={"day"}), "since": since, "until": until})
        page = await reads.list_changes(work, asked, last_seen)
    context = {
        "changes": reads.tell_changes(page),
        "next": next_address(request, page.next_key),
        "f": Form(wanted.model_dump()),
        "is_filtered": any((wanted.row_id, wanted.table, wanted.actor, wanted.day)),
    }
    return show(request, caller, "audit/list.html", context)


def _bounds(day: date | None, time_zone: str) -> tuple[datetime | None, datetime | None]:
    """Return when a day begins and ends where the organisation is."""
    if day is None:
        return None, None
    zone = ZoneInfo(time_zone)
    ends = [datetime.combine(found, time(), zone).astimezone(UTC) for found in (day, day + timedelta(days=1))]
    return ends[0], ends[1]
