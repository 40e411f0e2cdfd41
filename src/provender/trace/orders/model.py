"""The words of orders: states, and what stands between ordered and shipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID


class OrderState(StrEnum):
    """Where an order stands; the moves between states are guarded by the database."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    IN_PRODUCTION = "in_production"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class AllocationState(StrEnum):
    """Planned on paper, picked from the shelf, or released: given back, or shipped."""

    PLANNED = "planned"
    PICKED = "picked"
    RELEASED = "released"


MOVES: Final[dict[OrderState, tuple[OrderState, ...]]] = {
    OrderState.DRAFT: (OrderState.CONFIRMED, OrderState.CANCELLED),
    OrderState.CONFIRMED: (OrderState.IN_PRODUCTION, OrderState.PACKED, OrderState.SHIPPED, OrderState.CANCELLED),
    OrderState.IN_PRODUCTION: (OrderState.PACKED, OrderState.SHIPPED, OrderState.CANCELLED),
    OrderState.PACKED: (OrderState.SHIPPED, OrderState.IN_PRODUCTION, OrderState.CANCELLED),
    OrderState.SHIPPED: (OrderState.DELIVERED,),
    OrderState.DELIVERED: (),
    OrderState.CANCELLED: (),
}
"""What may follow a state, to offer it; trigger sales_order_moves has the last word (a test compares them)."""

OPEN_STATES: Final = frozenset({OrderState.DRAFT, OrderState.CONFIRMED})
"""While an order is in one of these its lines can change."""


@dataclass(frozen=True)
class LockedOrder:
    """An order whose row this transaction holds: nobody else changes, ships or allocates it meanwhile."""

    id: UUID
    number: str
    customer_id: UUID
    state: str
    version: int


@dataclass(frozen=True)
class OrderHeader:
    """What can be changed of an order, apart from its lines.

    Attributes:
        ordered_at: With zone.
        expected_on: Day on which the customer expects the goods.
    """

    customer_site_id: UUID | None
    customer_reference: str | None
    currency: str
    ordered_at: datetime
    expected_on: date | None
    delay_reason: str | None
    note: str | None


@dataclass(frozen=True)
class LineBalance:
    """One order line and where its pieces are. All quantities in pieces.

    Attributes:
        allocated: Set aside and not yet packed.
        packed: In a shipment that has not left.
        shipped: In a shipment that has left, also when it came back.
    """

    order_line_id: UUID
    line_no: int
    product_id: UUID
    sku: str
    ordered: Decimal
    allocated: Decimal
    packed: Decimal
    shipped: Decimal

    @property
    def open(self) -> Decimal:
        """Pieces ordered and not yet packed; below zero never, the database and `lock_order` see to it."""
        return self.ordered - self.packed - self.shipped

    @property
    def uncovered(self) -> Decimal:
        """Open pieces for which nothing is set aside."""
        return max(Decimal(0), self.open - self.allocated)


@dataclass(frozen=True)
class FreeBatch:
    """A batch that may be chosen: not held, not expired, with pieces that are not set aside.

    Attributes:
        free: Pieces on hand and not set aside.
    """

    batch_id: UUID
    product_id: UUID
    code: str
    made_on: date
    best_before_on: date | None
    free: Decimal


@dataclass(frozen=True)
class Choice:
    """So many pieces of a batch for an order line."""

    order_line_id: UUID
    batch_id: UUID
    quantity: Decimal


@dataclass(frozen=True)
class Shortage:
    """Pieces of an order line for which no batch was found."""

    order_line_id: UUID
    sku: str
    missing: Decimal


@dataclass(frozen=True)
class AllocationPlan:
    """What first expired first out gives, in the order of the lines, and what it cannot."""

    choices: Sequence[Choice]
    shortages: Sequence[Shortage]


@dataclass(frozen=True)
class SetAside:
    """An allocation that is not released. Quantity in pieces."""

    id: UUID
    order_line_id: UUID
    batch_id: UUID
    quantity: Decimal
    state: str


@dataclass(frozen=True)
class Draw:
    """Pieces that go into a shipment; the batch may be unknown."""

    order_line_id: UUID
    batch_id: UUID | None
    quantity: Decimal


@dataclass(frozen=True)
class Releases:
    """What becomes of allocations when goods are packed.

    Attributes:
        released: Allocations that end.
        kept: What remains set aside of those; each becomes an allocation of its own.
    """

    released: Sequence[SetAside]
    kept: Sequence[SetAside]
