"""Pages of lineage: the trace of a batch as a drawing, the orders behind a batch or farm."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import TypeAdapter

from provender.kit.csv.writing import disposition
from provender.kit.db import Caller
from provender.kit.http.answers import NO_STORE
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _
from provender.kit.http.pages import language_of, say, show
from provender.kit.http.routing import page_router
from provender.kit.sentences import tell
from provender.kit.ui.form import Form
from provender.kit.ui.formatting import Presentation
from provender.kit.ui.trace_graph import TraceGraph
from provender.trace.lineage import reads
from provender.trace.lineage.drawing import STATE_WORDS, Drawer
from provender.trace.lineage.errors import TraceTooLarge
from provender.trace.lineage.model import LIVING_STATES, Direction, Folding, Start, TracedGraph
from provender.trace.lineage.payloads import OrdersWanted, RelatedOrder, TraceWanted
from provender.trace.lineage.rules import fold_processes, fold_to
from provender.trace.lineage.svg import write_svg

router = page_router("/trace")
ORDERS = TypeAdapter(list[RelatedOrder])
MOST_CHOICES = 400
"""Nodes offered in the list of paths."""
MOST_ORDERS = 2000
"""Orders read for a drawing; of more, nobody follows a line, and they would fill the memory."""
MOST_NODES = 600
"""Nodes drawn at all, which takes some 0.15 s; a trace with more batches is taken as CSV."""


@dataclass(frozen=True)
class _Picture:
    """A trace as it is shown: whole for the figures, folded for the drawing.

    Attributes:
        drawn: None when even folded it has too many nodes to be drawn.
    """

    whole: TracedGraph
    folded: TracedGraph
    folding: Folding
    selected: str
    drawn: TraceGraph | None


@router.get("/batches/{batch_id}/trace")
async def show_trace(request: Request, batch_id: UUID, wanted: Annotated[TraceWanted, Query()]) -> Response:
    """Show what a batch was made from and what became of it."""
    async with reading(request) as work:
        graph = await reads.trace_batch(work, batch_id, wanted.direction, most_orders=MOST_ORDERS)
        caller = await work.caller()
    drawer = _drawer(request, caller)
    picture = await asyncio.to_thread(_draw, graph, wanted.node, drawer)
    root = picture.whole.start
    choices = [(node.id, drawer.name(node)) for node in picture.folded.nodes if node.id != root.id]
    context = {
        "batch_id": batch_id,
        "root": root,
        "drawn": picture.drawn,
        "folding": picture.folding.value,
        "counts": {kind: picture.whole.count(kind) for kind in ("batch", "order", "customer", "farm", "supplier")},
        "direction": wanted.direction.value,
        "most_orders": MOST_ORDERS,
        "has_orders": graph.has_orders or wanted.direction is Direction.BACK,
        "f": Form({"direction": wanted.direction.value, "node": picture.selected}),
        "choices": choices if len(choices) <= MOST_CHOICES else [],
        "is_alone": not choices,
    }
    return show(request, caller, "lineage/trace.html", context)


@router.get("/batches/{batch_id}/trace.svg")
async def download_trace(request: Request, batch_id: UUID, wanted: Annotated[TraceWanted, Query()]) -> Response:
    """Answer the drawing as a file that stands alone."""
    async with reading(request) as work:
        graph = await reads.trace_batch(work, batch_id, wanted.direction, most_orders=MOST_ORDERS)
        caller = await work.caller()
    picture = await asyncio.to_thread(_draw, graph, wanted.node, _drawer(request, caller))
    if picture.drawn is None:
        raise TraceTooLarge(
            tell(
                "This trace has %(count)s nodes; a drawing of so many cannot be read.", count=len(picture.folded.nodes)
            ),
            hint="Take the CSV, or the trace of a batch further on.",
        )
    content = write_svg(picture.drawn, say(request, _("Trace of %(code)s"), code=picture.whole.start.label))
    headers = {**NO_STORE, "Content-Disposition": disposition(f"trace-{picture.whole.start.label}.svg")}
    return Response(content, media_type="image/svg+xml", headers=headers)


def _draw(graph: TracedGraph, wanted: str, drawer: Drawer) -> _Picture:
    whole = fold_processes(graph)
    folded, folding = fold_to(whole)
    # A node of another trace, or one that was folded away, selects nothing.
    selected = wanted if any(node.id == wanted for node in folded.nodes) else ""
    drawn = drawer.draw(folded, selected) if len(folded.nodes) <= MOST_NODES else None
    return _Picture(whole, folded, folding, selected, drawn)


@router.get("/batches/{batch_id}/orders")
async def show_batch_orders(request: Request, batch_id: UUID, wanted: Annotated[OrdersWanted, Query()]) -> Response:
    """Show the orders that got something of a batch."""
    return await _show_orders(request, Start(batch_id=batch_id), f"/trace/batches/{batch_id}", wanted)


@router.get("/farms/{farm_id}/orders")
async def show_farm_orders(request: Request, farm_id: UUID, wanted: Annotated[OrdersWanted, Query()]) -> Response:
    """Show the orders that got something of any batch of a farm."""
    return await _show_orders(request, Start(farm_id=farm_id), f"/trace/farms/{farm_id}", wanted)


async def _show_orders(request: Request, start: Start, address: str, wanted: OrdersWanted) -> Response:
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        name = await reads.read_start(work, start)
        page = await reads.list_orders(work, start, wanted, last_seen)
        caller = await work.caller()
    context = {
        "start": name,
        "is_farm": start.farm_id is not None,
        "address": address,
        "orders": ORDERS.validate_json(page.items),
        "next": next_address(request, page.next_key),
        "states": list(STATE_WORDS),
        "living": ",".join(LIVING_STATES),
        "is_filtered": wanted.via.value != "any" or wanted.state != ",".join(LIVING_STATES),
        "f": Form({"via": wanted.via.value, "state": request.query_params.get("state", wanted.state)}),
    }
    return show(request, caller, "lineage/orders.html", context)


def _drawer(request: Request, caller: Caller) -> Drawer:
    reader = Presentation(language_of(request, caller), caller.time_zone)
    return Drawer(lambda message: say(request, message) if message else "", reader)
