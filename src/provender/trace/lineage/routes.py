"""REST of lineage: the URL states the relation."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Work
from provender.kit.http.answers import Page, json_answer, page_answer
from provender.kit.http.cursors import Key, ListQuery, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.exports import Export, all_pages, csv_answer
from provender.kit.http.routing import rest_router
from provender.trace.lineage import payloads, reads
from provender.trace.lineage.model import Start
from provender.trace.lineage.payloads import (
    CustomersWanted,
    GraphWanted,
    OrdersExportWanted,
    OrdersWanted,
    TraceExportWanted,
)

router = rest_router("/api/trace", "lineage")
ORDER_EXPORT = Export(
    "orders-reached",
    (
        Column("number"),
        Column("customer_reference"),
        Column("state"),
        Column("ordered_at", kind=Kind.MOMENT),
        Column("expected_on", kind=Kind.DAY),
        Column("customer", "customer.name"),
        Column("country", "customer.country"),
        Column("shipped_quantity", kind=Kind.NUMBER),
        Column("allocated_quantity", kind=Kind.NUMBER),
    ),
    key_width=1,
)
EDGE_EXPORT = Export(
    "trace",
    (
        Column("from_kind"),
        Column("from"),
        Column("to_kind"),
        Column("to"),
        Column("quantity", kind=Kind.NUMBER),
        Column("unit"),
        Column("mass_kg", kind=Kind.NUMBER),
    ),
    key_width=1,
)


@router.get("/batches/{batch_id}/orders", response_model=payloads.OrderList)
async def list_batch_orders(request: Request, batch_id: UUID, wanted: Annotated[OrdersWanted, Query()]) -> Response:
    """List the distinct, not cancelled orders that got something of a batch or of anything made from it."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_orders(work, Start(batch_id=batch_id), wanted, last_seen)
    return page_answer(request, page)


@router.get("/farms/{farm_id}/orders", response_model=payloads.OrderList)
async def list_farm_orders(request: Request, farm_id: UUID, wanted: Annotated[OrdersWanted, Query()]) -> Response:
    """List the distinct, not cancelled orders that got something of any batch of a farm."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_orders(work, Start(farm_id=farm_id), wanted, last_seen)
    return page_answer(request, page)


@router.get("/batches/{batch_id}/orders/export", response_class=Response)
async def export_batch_orders(
    request: Request, batch_id: UUID, wanted: Annotated[OrdersExportWanted, Query()]
) -> Response:
    """Answer the same list as CSV, all pages of it."""
    return await _export_orders(request, Start(batch_id=batch_id), wanted)


@router.get("/farms/{farm_id}/orders/export", response_class=Response)
async def export_farm_orders(
    request: Request, farm_id: UUID, wanted: Annotated[OrdersExportWanted, Query()]
) -> Response:
    """Answer the same list as CSV, all pages of it."""
    return await _export_orders(request, Start(farm_id=farm_id), wanted)


async def _export_orders(request: Request, start: Start, wanted: OrdersExportWanted) -> Response:
    every = all_pages(wanted)
    return await csv_answer(
        request, ORDER_EXPORT, wanted.dialect, lambda work, key: reads.list_orders(work, start, every, key)
    )


@router.get("/batches/{batch_id}/customers", response_model=payloads.CustomerList)
async def list_batch_customers(
    request: Request, batch_id: UUID, wanted: Annotated[CustomersWanted, Query()]
) -> Response:
    """List the customers that got something of a batch or of anything made from it."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_customers(work, Start(batch_id=batch_id), wanted, last_seen)
    return page_answer(request, page)


@router.get("/farms/{farm_id}/customers", response_model=payloads.CustomerList)
async def list_farm_customers(request: Request, farm_id: UUID, wanted: Annotated[CustomersWanted, Query()]) -> Response:
    """List the customers that got something of any batch of a farm."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_customers(work, Start(farm_id=farm_id), wanted, last_seen)
    return page_answer(request, page)


@router.get("/batches/{batch_id}/products", response_model=payloads.ProductList)
async def list_batch_products(request: Request, batch_id: UUID) -> Response:
    """List the products that a batch became, directly or through others."""
    async with reading(request) as work:
        page = await reads.list_products(work, batch_id)
    return page_answer(request, page)


@router.get("/batches/{batch_id}/farms", response_model=payloads.FarmList)
async def list_batch_farms(request: Request, batch_id: UUID) -> Response:
    """List the farms behind a batch."""
    async with reading(request) as work:
        page = await reads.list_batch_farms(work, batch_id)
    return page_answer(request, page)


@router.get("/batches/{batch_id}/trace", response_model=payloads.Graph)
async def show_graph(request: Request, batch_id: UUID, wanted: Annotated[GraphWanted, Query()]) -> Response:
    """Answer the nodes and edges around a batch, with quantities."""
    async with reading(request) as work:
        graph = await reads.read_graph(work, batch_id, wanted)
    return json_answer(graph)


@router.get("/batches/{batch_id}/trace/export", response_class=Response)
async def export_graph(request: Request, batch_id: UUID, wanted: Annotated[TraceExportWanted, Query()]) -> Response:
    """Answer what went where as CSV: one row per edge, processes included."""

    async def fetch(work: Work, key: Key) -> Page:
        del key
        return reads.list_edges(await reads.trace_batch(work, batch_id, wanted.direction))

    return await csv_answer(request, EDGE_EXPORT, wanted.dialect, fetch)


@router.get("/farms/{farm_id}/batches", response_model=payloads.BatchList)
async def list_farm_batches(request: Request, farm_id: UUID, wanted: Annotated[ListQuery, Query()]) -> Response:
    """List the batches that a farm delivered, or that hold harvest of its plots."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_farm_batches(work, farm_id, wanted, last_seen)
    return page_answer(request, page)


@router.get("/products/{product_id}/batches", response_model=payloads.BatchList)
async def list_product_batches(request: Request, product_id: UUID, wanted: Annotated[ListQuery, Query()]) -> Response:
    """List the batches of a product."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_product_batches(work, product_id, wanted, last_seen)
    return page_answer(request, page)


def _with_unknown(found: tuple[bytes, object]) -> Response:
    items, unknown = found
    return json_answer(b'{"items":' + items + f',"next":null,"unknown_batch_quantity":{unknown}}}'.encode())


@router.get("/orders/{order_id}/batches", response_model=payloads.OrderBatchList)
async def list_order_batches(request: Request, order_id: UUID) -> Response:
    """List the batches in an order; pieces whose batch is unknown are listed as such."""
    async with reading(request) as work:
        found = await reads.list_order_batches(work, order_id)
    return _with_unknown(found)


@router.get("/orders/{order_id}/farms", response_model=payloads.OrderFarmList)
async def list_order_farms(request: Request, order_id: UUID) -> Response:
    """List the farms behind an order; pieces whose batch is unknown are counted."""
    async with reading(request) as work:
        found = await reads.list_order_farms(work, order_id)
    return _with_unknown(found)
