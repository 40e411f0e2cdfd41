"""REST of orders, their lines and what is set aside for them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page, json_answer, page_answer
from provender.kit.http.cursors import Key, open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.exports import all_pages, csv_answer
from provender.kit.http.imports import ImportMode, ImportResult
from provender.kit.http.routing import rest_router
from provender.trace.orders import reads, store
from provender.trace.orders.actions import allocations, lines, orders
from provender.trace.orders.actions.imports import ORDER_IMPORT
from provender.trace.orders.payloads import (
    Allocation,
    AllocationInput,
    AllocationList,
    AllocationMove,
    Order,
    OrderAmendment,
    OrderExportFilter,
    OrderFilter,
    OrderInput,
    OrderLineInput,
    OrderList,
    OrderMove,
    OrderReplacement,
    RelatedOrderFilter,
)

router = rest_router("/api/trace", "orders")
Found = tuple[bytes, int] | None


@router.get("/orders", response_model=OrderList)
async def list_orders(request: Request, wanted: Annotated[OrderFilter, Query()]) -> Response:
    """List orders, the newest first; an order without lines is listed with 0."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        has_days = wanted.from_on or wanted.to_on
        time_zone = (await work.caller()).time_zone if has_days else "UTC"
        page = await reads.list_orders(work, wanted, last_seen, time_zone)
    return page_answer(request, page)


@router.get("/orders/export", response_class=Response)
async def export_orders(request: Request, wanted: Annotated[OrderExportFilter, Query()]) -> Response:
    """Answer the same list as CSV, all pages of it."""
    every = all_pages(wanted)

    async def fetch(work: Work, key: Key) -> Page:
        return await reads.list_orders(work, every, key, (await work.caller()).time_zone)

    return await csv_answer(request, reads.ORDER_EXPORT, wanted.dialect, fetch)


@router.post("/orders/import", response_model=ImportResult)
async def import_orders(request: Request, mode: ImportMode = ImportMode.ALL) -> ImportResult:
    """Import confirmed orders from CSV; rows with one number are the lines of one order."""
    return await ORDER_IMPORT.run(request, await request.body(), mode)


@router.get("/customers/{customer_id}/orders", response_model=OrderList)
async def list_customer_orders(
    request: Request, customer_id: UUID, wanted: Annotated[RelatedOrderFilter, Query()]
) -> Response:
    """List a customer's orders, the newest first, cancelled ones too; none is an empty list."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_customer_orders(work, customer_id, OrderFilter(**wanted.model_dump()), last_seen)
    return page_answer(request, page)


@router.get("/products/{product_id}/orders", response_model=OrderList)
async def list_product_orders(
    request: Request, product_id: UUID, wanted: Annotated[RelatedOrderFilter, Query()]
) -> Response:
    """List the orders with a line of a product, each once, the newest first; none is an empty list."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_product_orders(work, product_id, OrderFilter(**wanted.model_dump()), last_seen)
    return page_answer(request, page)


@router.get("/orders/{order_id}", response_model=Order)
async def show_order(request: Request, order_id: UUID) -> Response:
    """Answer one order with its lines, what is set aside, its shipments and its states."""
    async with reading(request) as work:
        found = await store.select_order(work, order_id)
        if found is None:
            raise NotFound("There is no such order.")
    return _answer(found)


@router.post("/orders", response_model=Order, status_code=201)
async def add_order(request: Request, order: OrderInput, key: IdempotencyKey = None) -> Response:
    """Add an order, as a draft or confirmed."""

    async def add(work: Work) -> Created:
        order_id = await orders.add_order(work, order)
        found = await store.select_order(work, order_id)
        return Created(f"/api/trace/orders/{order_id}", found[0] if found else None)

    return await once(request, key, add)


@router.put("/orders/{order_id}", response_model=Order)
async def replace_order(
    request: Request, order_id: UUID, order: OrderReplacement, if_match: IfMatch = None
) -> Response:
    """Replace an order that is a draft or confirmed, with its lines; If-Match names the version that was read."""
    version = expected_version(if_match)

    async def replace(work: Work) -> Found:
        await orders.replace_order(work, order_id, version, order)
        return await store.select_order(work, order_id)

    return _answer(await change(request, replace))


@router.patch("/orders/{order_id}", response_model=Order)
async def amend_order(request: Request, order_id: UUID, changes: OrderAmendment, if_match: IfMatch = None) -> Response:
    """Change what is given; expected day, reason of a delay and note also after the lines are fixed."""
    version = expected_version(if_match)

    async def amend(work: Work) -> Found:
        await orders.amend_order(work, order_id, version, changes)
        return await store.select_order(work, order_id)

    return _answer(await change(request, amend))


@router.delete("/orders/{order_id}", status_code=204)
async def remove_order(request: Request, order_id: UUID) -> Response:
    """Delete a draft with its lines; any other answers 409."""
    await change(request, lambda work: orders.remove_order(work, order_id))
    return Response(status_code=204)


@router.post("/orders/{order_id}/moves", response_model=Order)
async def move_order(request: Request, order_id: UUID, wanted: OrderMove) -> Response:
    """Move an order to a state; cancelling gives back what was set aside, and needs a manager."""

    async def move(work: Work) -> Found:
        await orders.move_order(work, order_id, wanted)
        return await store.select_order(work, order_id)

    return _answer(await change(request, move))


@router.post("/orders/{order_id}/lines", response_model=Order, status_code=201)
async def add_line(request: Request, order_id: UUID, line: OrderLineInput, if_match: IfMatch = None) -> Response:
    """Add a line while the order is a draft or confirmed; answers the order."""
    version = expected_version(if_match)

    async def add(work: Work) -> Found:
        await lines.add_line(work, order_id, version, line)
        return await store.select_order(work, order_id)

    answer = _answer(await change(request, add), status=201)
    answer.headers["Location"] = f"/api/trace/orders/{order_id}"
    return answer


@router.put("/orders/{order_id}/lines/{line_id}", response_model=Order)
async def change_line(
    request: Request, order_id: UUID, line_id: UUID, line: OrderLineInput, *, if_match: IfMatch = None
) -> Response:
    """Change a line while the order is a draft or confirmed; answers the order."""
    version = expected_version(if_match)

    async def change_then_show(work: Work) -> Found:
        await lines.change_line(work, order_id, line_id, line, version=version)
        return await store.select_order(work, order_id)

    return _answer(await change(request, change_then_show))


@router.delete("/orders/{order_id}/lines/{line_id}", status_code=204)
async def remove_line(request: Request, order_id: UUID, line_id: UUID, if_match: IfMatch = None) -> Response:
    """Remove a line for which nothing was ever set aside."""
    version = expected_version(if_match)
    await change(request, lambda work: lines.remove_line(work, order_id, line_id, version))
    return Response(status_code=204)


@router.get("/orders/{order_id}/allocations", response_model=AllocationList)
async def list_allocations(request: Request, order_id: UUID) -> Response:
    """List what is or was set aside for an order, by line; none is an empty list."""
    async with reading(request) as work:
        page = await reads.list_allocations(work, order_id)
    return page_answer(request, page)


@router.post("/orders/{order_id}/allocations", response_model=AllocationList, status_code=201)
async def allocate(request: Request, order_id: UUID, wanted: AllocationInput, key: IdempotencyKey = None) -> Response:
    """Set pieces aside, by hand or what expires first; all of it or nothing, unless a part is asked for."""

    async def set_aside(work: Work) -> Created:
        await allocations.allocate(work, order_id, wanted)
        page: Page = await reads.list_allocations(work, order_id)
        return Created(f"/api/trace/orders/{order_id}/allocations", b'{"items":' + page.items + b',"next":null}')

    return await once(request, key, set_aside)


@router.post("/allocations/{allocation_id}/moves", response_model=Allocation)
async def move_allocation(request: Request, allocation_id: UUID, wanted: AllocationMove) -> Response:
    """Pick what is set aside, put it back, or release it."""

    async def move(work: Work) -> bytes | None:
        await allocations.move_allocation(work, allocation_id, wanted.to)
        return await store.select_allocation_shown(work, allocation_id)

    return json_answer(await change(request, move))


def _answer(found: Found, *, status: int = 200) -> Response:
    body, version = found or (None, None)
    return json_answer(body, status=status, version=version)
