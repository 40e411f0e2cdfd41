"""The start page: what needs attention now."""

from __future__ import annotations

from fastapi import Request, Response

from provender.kit.http.edge import reading
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.trace.overview.public import read_overview

router = page_router("")


@router.get("/")
async def show_start(request: Request) -> Response:
    """Show where to begin."""
    async with reading(request) as work:
        overview = await read_overview(work)
        caller = await work.caller()
    return show(request, caller, "web/start.html", {"overview": overview})
