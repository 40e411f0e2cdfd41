"""Pages of lineage: the trace of a batch as a drawing, the orders behind a batch or farm."""

from __future__ import annotations

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
from provender.kit.ui.form import Form
from provender.kit.ui.formatting import Presentation
from provender.trace.lineage import reads
from provender.trace.lineage.drawing import STATE_WORDS, Drawer
from provender.trace.lineage.model import LIVING_STATES, Start, TracedGraph
from provender.trace.lineage.payloads import OrdersWanted, RelatedOrder, TraceWanted
from provender.trace.lineage.rules import fold_processes, fold_to
from provender.trace.lineage.svg import write_svg

router = page_router("/trace")
ORDERS = TypeAdapter(list[RelatedOrder])
MOST_CHOICES = 400
"""Nodes offered in the list of paths."""


@router.get("/batches/{batch_id}/trace")
async def show_trace(request: Request, batch_id: UUID, wanted: Annotated[TraceWanted, Query()]) -> Response:
    """Show what a batch was made from and what became of it."""
    async with reading(request) as work:
        whole = fold_processes(await reads.trace_batch(work, batch_id, wanted.direction))
        caller = await work.caller()
    graph, folding = fold_to(whole)
    drawer = _drawer(request, caller)
    root = next(node for node in whole.nodes if node.id == whole.root)
    selected = _selected(graph, wanted)
    context = {
        "batch_id": batch_id,
        "root": root,
        "drawn": drawer.draw(graph, selected),
        "folding": folding.value,
        "counts": {kind: whole.count(kind) for kind in ("batch", "order", "customer", "farm", "supplier")},
        "direction": wanted.direction.value,
        "f": Form({"direction": wanted.direction.value, "node": selected}),
        "choices": [(node.id, drawer.name(node)) for node in graph.nodes if node.id != graph.root][:MOST_CHOICES],
    }
    return show(request, caller, "lineage/trace.html", context)


@router.get("/batches/{batch_id}/trace.svg")
async def download_trace(request: Request, batch_id: UUID, wanted: Annotated[TraceWanted, Query()]) -> Response:
    """Answer the drawing as a file that stands alone."""
    async with reading(request) as work:
        whole = fold_processes(await reads.trace_batch(work, batch_id, wanted.direction))
        caller = await work.caller()
    graph, _folding = fold_to(whole)
    root = next(node for node in whole.nodes if node.id == whole.root)
    drawn = _drawer(request, caller).draw(graph, _selected(graph, wanted))
    content = write_svg(drawn, say(request, _("Trace of %(code)s"), code=root.label))
    headers = {**NO_STORE, "Content-Disposition": disposition(f"trace-{root.label}.svg")}
    return Response(content, media_type="image/svg+xml", headers=headers)


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


def _selected(graph: TracedGraph, wanted: TraceWanted) -> str:
    """Return the wanted node when it is drawn; a node of another trace selects nothing."""
    return wanted.node if wanted.node and any(node.id == wanted.node for node in graph.nodes) else ""
