"""The words of shipments and returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class ShipmentState(StrEnum):
    """Where a shipment is: still in the house, on its way, or there."""

    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class Disposition(StrEnum):
    """What becomes of goods that came back."""

    RESTOCK = "restock"
    REWORK = "rework"
    DESTROY = "destroy"


@dataclass(frozen=True)
class LockedShipment:
    """A shipment that nobody else changes until the transaction ends. Moments with zone."""

    id: UUID
    number: str
    order_id: UUID
    packed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    version: int


@dataclass(frozen=True)
class SoldLine:
    """A shipment line as a return sees it; quantities in pieces.

    Attributes:
        returned: What came back before; may grow until the line is locked, so the database has the last word.
    """

    id: UUID
    customer_id: UUID
    batch_id: UUID | None
    shipped: Decimal
    returned: Decimal
    shipped_at: datetime | None
