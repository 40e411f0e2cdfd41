"""REST of what was changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from provender.core.audit import reads
from provender.core.audit.payloads import ChangeFilter, ChangeList
from provender.kit.http.answers import page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.routing import rest_router

router = rest_router("/api/audit", "audit")


@router.get("", response_model=ChangeList)
async def list_changes(request: Request, wanted: Annotated[ChangeFilter, Query()]) -> Response:
    """List changes of rows, newest first: who, when, which and what. Managers and administrators read it."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_changes(work, wanted, last_seen)
    return page_answer(request, page)
