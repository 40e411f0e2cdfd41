"""Questions about shipments and returns."""

from __future__ import annotations

import orjson

from provender.kit.db import Work
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.trace.shipments import store
from provender.trace.shipments.payloads import ReturnFilter, ShipmentFilter


async def list_shipments(work: Work, wanted: ShipmentFilter, last_seen: Key, time_zone: str) -> Page:
    """Return one page of shipments, latest packed first, after the key (packed_at, id) of the last row seen.

    Args:
        work: Of any caller.
        wanted: Filters; what is None is not looked at.
        last_seen: Two Nones at the first page.
        time_zone: IANA name: in which zone the days of the filter begin.
    """
    parameters: dict[str, object] = {
        **wanted.model_dump(include={"state", "number", "from_on", "to_on"}),
        "order_id": wanted.order,
        "customer_id": wanted.customer,
        "time_zone": time_zone,
        "last_packed_at": last_seen[0],
        "last_id": last_seen[1],
        "page_size": wanted.limit,
    }
    select = store.select_shipment_keys if wanted.order is None else store.select_shipment_keys_of_order
    keys = await select(work, parameters)
    shown = keys[: wanted.limit]
    items = await store.select_shipments(work, [key.id for key in shown]) if shown else b"[]"
    is_more = len(keys) > wanted.limit
    return Page(items, orjson.dumps([shown[-1].packed_at, shown[-1].id]) if is_more else None)


async def list_returns(work: Work, wanted: ReturnFilter, last_seen: Key) -> Page:
    """Return one page of returns, latest received first, after the key (received_at, id) of the last row seen."""
    return await store.select_returns(
        work,
        {
            "customer_id": wanted.customer,
            "shipment_id": wanted.shipment,
            "last_received_at": last_seen[0],
            "last_id": last_seen[1],
            "page_size": wanted.limit,
        },
    )
