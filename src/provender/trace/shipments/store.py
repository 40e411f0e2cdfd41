"""The statements of shipments and returns, one function per file in `sql/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page
from provender.trace.shipments.model import LockedShipment, SoldLine

SQL = SqlFolder(__file__)


@dataclass(frozen=True)
class ShipmentKey:
    """Where a shipment stands in a list."""

    packed_at: datetime
    id: UUID


@dataclass(frozen=True)
class ReworkMaterial:
    """Into what returned goods can be reworked."""

    id: UUID
    name: str


async def select_rework_materials(work: Work) -> list[ReworkMaterial]:
    """Return the materials into which returned goods can be reworked, by name."""
    return await work.fetch_all(
        ReworkMaterial, SQL("select_rework_materials"), {"organisation_id": work.organisation_id}
    )


async def select_shipment_keys(work: Work, parameters: Parameters) -> list[ShipmentKey]:
    """Return the keys of one page of shipments, and one more when there are more; latest packed first."""
    return await work.fetch_all(ShipmentKey, SQL("select_shipment_keys"), parameters)


async def select_shipment_keys_of_order(work: Work, parameters: Parameters) -> list[ShipmentKey]:
    """Return the keys of one page of the shipments of an order, and one more when there are more."""
    return await work.fetch_all(ShipmentKey, SQL("select_shipment_keys_of_order"), parameters)


async def select_shipments(work: Work, shipment_ids: Sequence[UUID]) -> bytes:
    """Return some shipments as a JSON array, latest packed first."""
    return await work.fetch_json(SQL("select_shipments"), {"shipment_ids": list(shipment_ids)}) or b"[]"


async def select_shipment(work: Work, shipment_id: UUID) -> tuple[bytes, int] | None:
    """Return one shipment as JSON and its version."""
    row = await work.fetch_row(SQL("select_shipment"), {"shipment_id": shipment_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def insert_shipment(work: Work, shipment: Parameters) -> UUID:
    """Add a shipment without its lines and return its id."""
    return await _fetch_id(work, "insert_shipment", shipment)


async def insert_shipment_line(work: Work, line: Parameters) -> UUID:
    """Pack pieces for an order line, which is known to exist, and return the line's id."""
    return await _fetch_id(work, "insert_shipment_line", line)


async def select_shipment_order(work: Work, shipment_id: UUID) -> UUID | None:
    """Return the order of a shipment."""
    row = await work.fetch_row(SQL("select_shipment_order"), {"shipment_id": shipment_id})
    return None if row is None else cast("UUID", row[0])


async def lock_shipment(work: Work, shipment_id: UUID) -> LockedShipment | None:
    """Lock a shipment until the transaction ends."""
    return await work.fetch_one(LockedShipment, SQL("lock_shipment"), {"shipment_id": shipment_id})


async def update_shipment(work: Work, shipment_id: UUID, given: Parameters) -> int:
    """Change what is given of carrier and tracking number; return how many there were."""
    return await work.execute(
        SQL("update_shipment"),
        {
            "shipment_id": shipment_id,
            "carrier": given.get("carrier"),
            "keeps_carrier": "carrier" not in given,
            "tracking_number": given.get("tracking_number"),
            "keeps_tracking_number": "tracking_number" not in given,
        },
    )


async def depart_shipment(work: Work, shipment_id: UUID, shipped_at: datetime) -> int:
    """Record that a shipment left; return how many there were."""
    return await work.execute(SQL("depart_shipment"), {"shipment_id": shipment_id, "shipped_at": shipped_at})


async def deliver_shipment(work: Work, shipment_id: UUID, delivered_at: datetime) -> int:
    """Record that a shipment arrived; return how many there were."""
    return await work.execute(SQL("deliver_shipment"), {"shipment_id": shipment_id, "delivered_at": delivered_at})


async def order_awaits_delivery(work: Work, order_id: UUID) -> bool:
    """Return whether a shipment of an order has not arrived."""
    row = await work.fetch_row(SQL("order_awaits_delivery"), {"order_id": order_id})
    return row is not None and row[0] is True


async def select_sold_lines(work: Work, shipment_line_ids: Sequence[UUID]) -> dict[UUID, SoldLine]:
    """Return some shipment lines by id; those that do not exist are left out."""
    lines = await work.fetch_all(SoldLine, SQL("select_sold_lines"), {"shipment_line_ids": list(shipment_line_ids)})
    return {line.id: line for line in lines}


async def insert_return(work: Work, receipt: Parameters) -> UUID:
    """Add a return without its lines and return its id."""
    return await _fetch_id(work, "insert_return", receipt)


async def insert_return_line(work: Work, line: Parameters) -> UUID:
    """Add a line to a return and return its id."""
    return await _fetch_id(work, "insert_return_line", line)


async def select_returns(work: Work, parameters: Parameters) -> Page:
    """Return one page of returns, latest received first."""
    return await fetch_page(work, SQL("select_returns"), parameters)


async def select_return(work: Work, return_id: UUID) -> bytes | None:
    """Return one return as JSON."""
    return await work.fetch_json(SQL("select_return"), {"return_id": return_id})


async def _fetch_id(work: Work, name: str, parameters: Parameters) -> UUID:
    row = await work.fetch_row(SQL(name), parameters)
    return cast("tuple[UUID]", row)[0]
