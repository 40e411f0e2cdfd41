"""What tests of shipments stand on; the rest comes from the builders of orders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from httpx2 import Response

from tests.maker import Maker

SHIPMENTS = "/api/trace/shipments"
RETURNS = "/api/trace/returns"
LONG_AGO = "2026-01-02T10:00:00Z"


def pack(maker: Maker, order: dict[str, Any], *lines: tuple[int, UUID | None, int], **more: object) -> Response:
    """Pack (index of the order line, batch or None for unknown, pieces)."""
    body = [
        {
            "order_line_id": order["lines"][index]["id"],
            "quantity": quantity,
            **({"batch_id": str(batch_id)} if batch_id else {"batch_unknown_reason": "label torn off"}),
        }
        for index, batch_id, quantity in lines
    ]
    return maker.post(SHIPMENTS, {"order_id": order["id"], "lines": body, **more})


def pack_allocations(maker: Maker, order: dict[str, Any], **more: object) -> Response:
    return maker.post(SHIPMENTS, {"order_id": order["id"], "from_allocations": True, **more})


def depart(maker: Maker, shipment: dict[str, Any], **more: object) -> Response:
    return maker.post(f"{SHIPMENTS}/{shipment['id']}/departure", more)


def ship(maker: Maker, order: dict[str, Any], *lines: tuple[int, UUID | None, int]) -> dict[str, Any]:
    """Pack goods and let them leave; return the shipment as it was answered."""
    packed = pack(maker, order, *lines)
    assert packed.status_code == 201, packed.text
    left = depart(maker, packed.json())
    assert left.status_code == 200, left.text
    return left.json()


def take_back(maker: Maker, shipment: dict[str, Any], *lines: tuple[int, int, str], **more: object) -> Response:
    """Take back (index of the shipment line, pieces, disposition); `more` goes into each line."""
    body = [
        {
            "shipment_line_id": shipment["lines"][index]["id"],
            "quantity": quantity,
            "disposition": disposition,
            **more,
        }
        for index, quantity, disposition in lines
    ]
    return maker.post(RETURNS, {"customer_id": shipment["customer"]["id"], "lines": body})
