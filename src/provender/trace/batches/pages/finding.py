"""Where the search field of every page leads."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query, Request, Response

from provender.kit.clock import today
from provender.kit.http.edge import reading
from provender.kit.http.pages import go, show
from provender.kit.http.routing import page_router
from provender.trace.batches import reads
from provender.trace.batches.payloads import FindQuery
from provender.trace.batches.rules import read_wanted

router = page_router("/trace/find")
ADDRESS: Final = {
    "batch": "/trace/batches/",
    "product": "/trace/products/",
    "order": "/trace/orders/",
    "shipment": "/trace/shipments/",
    "complaint": "/trace/complaints/",
    "recall": "/trace/recalls/",
}


@router.get("")
async def find(request: Request, query: Annotated[FindQuery, Query()]) -> Response:
    """Go to the one record that a code means, or show what it may mean."""
    wanted = read_wanted(query.code, today=today("UTC"))
    async with reading(request) as work:
        found = await reads.find(work, wanted)
        caller = await work.caller()
    if len(found) == 1:
        return go(request, f"{ADDRESS[found[0].kind]}{found[0].id}")
    context = {"code": query.code.strip(), "found": found, "address": ADDRESS}
    return show(request, caller, "batches/found.html", context)
