"""Questions about orders."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Parameters, Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.trace.orders import store
from provender.trace.orders.payloads import OrderFilter
from provender.trace.orders.store import OrderKey

ORDER_EXPORT = Export(
    "orders",
    (
        Column("number"),
        Column("state"),
        Column("customer", "customer.name"),
        Column("customer_reference"),
        Column("ordered_at", kind=Kind.MOMENT),
        Column("expected_on", kind=Kind.DAY),
        Column("line_count", kind=Kind.NUMBER),
        Column("ordered_quantity", kind=Kind.NUMBER),
        Column("allocated_quantity", kind=Kind.NUMBER),
        Column("packed_quantity", kind=Kind.NUMBER),
        Column("shipped_quantity", kind=Kind.NUMBER),
        Column("amount", kind=Kind.NUMBER),
        Column("currency"),
    ),
    key_width=2,
)


async def list_orders(work: Work, wanted: OrderFilter, last_seen: Key, time_zone: str) -> Page:
    """Return one page of orders, newest first, after the key (ordered_at, id) of the last row seen.

    Args:
        work: Of any caller.
        wanted: Filters; what is None is not looked at.
        last_seen: Two Nones at the first page.
        time_zone: IANA name: in which zone the days of the filter begin.
    """
    parameters: dict[str, object] = {
        **wanted.model_dump(include={"state", "number", "reference", "search", "from_on", "to_on"}),
        "customer_id": wanted.customer,
        "product_id": wanted.product,
        "time_zone": time_zone,
        "last_ordered_at": last_seen[0],
        "last_id": last_seen[1],
        "page_size": wanted.limit,
    }
    return await _page_of(work, await _select_keys(work, parameters), wanted.limit)


async def list_customer_orders(work: Work, customer_id: UUID, wanted: OrderFilter, last_seen: Key) -> Page:
    """Return one page of a customer's orders, newest first.

    Raises:
        NotFound: there is no such customer.
    """
    page = await list_orders(work, wanted.model_copy(update={"customer": customer_id}), last_seen, "UTC")
    if not await store.customer_exists(work, customer_id):
        raise NotFound("There is no such customer.")
    return page


async def list_product_orders(work: Work, product_id: UUID, wanted: OrderFilter, last_seen: Key) -> Page:
    """Return one page of the orders with a line of a product, each once, newest first.

    Raises:
        NotFound: there is no such product.
    """
    page = await list_orders(work, wanted.model_copy(update={"product": product_id}), last_seen, "UTC")
    if not await store.product_exists(work, product_id):
        raise NotFound("There is no such product.")
    return page


async def list_allocations(work: Work, order_id: UUID) -> Page:
    """Return every allocation of an order, the released ones too.

    Raises:
        NotFound: there is no such order.
    """
    items = await store.select_order_allocations(work, order_id)
    if items is None:
        raise NotFound("There is no such order.")
    return Page(items, None)


async def _select_keys(work: Work, parameters: Parameters) -> Sequence[OrderKey]:
    if parameters["product_id"] is not None:
        return await store.select_order_keys_of_product(work, parameters)
    if parameters["customer_id"] is not None:
        return await store.select_order_keys_of_customer(work, parameters)
    return await store.select_order_keys(work, parameters)


async def _page_of(work: Work, keys: Sequence[OrderKey], page_size: int) -> Page:
    shown = keys[:page_size]
    items = await store.select_orders(work, [key.id for key in shown]) if shown else b"[]"
    is_more = len(keys) > page_size
    return Page(items, orjson.dumps([shown[-1].ordered_at, shown[-1].id]) if is_more else None)
