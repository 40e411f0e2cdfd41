"""Orders, what was set aside for them, what left and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from provender.trace.demo.origins import Shop
from provender.trace.demo.rules.ledger import Ledger, Lot
from provender.trace.demo.rules.rows import (
    AllocationRow,
    CustomerRow,
    OrderLineRow,
    OrderRow,
    ReturnLineRow,
    ReturnRow,
    ShipmentLineRow,
    ShipmentRow,
    SiteRow,
)

CARRIERS: Final = {"DE": "DHL", "AT": "DPD", "CH": "DPD", "JP": "DHL Express", "US": "DHL Express"}
PRICES: Final = {
    "EUR": "3.90", "CHF": "4.20", "JPY": "680", "GBP": "3.50", "USD": "4.60",
    "DKK": "29.50", "SEK": "45.00", "CZK": "98.00", "PLN": "17.50",
}  # fmt: skip
"""Of a piece, by currency; invented."""


@dataclass(frozen=True)
class Customer:
    """A customer with the place it receives goods at."""

    row: CustomerRow
    site: SiteRow
    shop: Shop


@dataclass(frozen=True)
class Wish:
    """What a customer says when ordering.

    Attributes:
        state: Where the order stands at the end of the story.
    """

    ordered_at: datetime
    state: str
    reference: str | None = None
    delay_reason: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Times:
    """When a shipment was packed, left, and arrived; None: not yet."""

    packed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True)
class Draw:
    """Pieces of a batch for a line; no batch: nobody wrote it down, and why."""

    line: OrderLineRow
    lot: Lot | None
    quantity: Decimal
    unknown_reason: str | None = None


@dataclass
class Sales:
    """Everything about customers, written into the ledger."""

    ledger: Ledger
    customers: dict[str, Customer] = field(default_factory=dict[str, Customer])

    def add_customers(self, shops: Sequence[Shop]) -> None:
        """Add every shop with one site."""
        began_at = self.ledger.calendar.at(self.ledger.calendar.day(-44, 1), 9)
        for shop in shops:
            row = CustomerRow(
                self.ledger.new_id(began_at),
                shop.name,
                shop.country,
                shop.language,
                shop.email,
                shop.note or None,
                began_at,
            )
            site = SiteRow(
                self.ledger.new_id(began_at), row.id, shop.city, shop.address, shop.country, shop.time_zone, began_at
            )
            self.ledger.rows.customers.append(row)
            self.ledger.rows.sites.append(site)
            self.customers[shop.name] = Customer(row, site, shop)

    def order(self, name: str, wish: Wish, wanted: Sequence[tuple[str, int]]) -> list[OrderLineRow]:
        """Add an order of so many pieces per SKU and return its lines."""
        customer = self.customers[name]
        order = OrderRow(
            id=self.ledger.new_id(wish.ordered_at),
            customer_id=customer.row.id,
            customer_site_id=customer.site.id,
            customer_reference=wish.reference,
            state=wish.state,
            currency=customer.shop.currency,
            ordered_at=wish.ordered_at,
            expected_on=(wish.ordered_at + timedelta(days=14 if customer.shop.country in {"JP", "US"} else 6)).date(),
            delay_reason=wish.delay_reason,
            note=wish.note,
        )
        self.ledger.rows.orders.append(order)
        lines = [
            OrderLineRow(
                id=self.ledger.new_id(wish.ordered_at),
                order_id=order.id,
                customer_id=customer.row.id,
                product_id=self.ledger.products[sku].id,
                line_no=line_no,
                quantity=Decimal(pieces),
                unit_price=Decimal(PRICES[customer.shop.currency]),
            )
            for line_no, (sku, pieces) in enumerate(wanted, start=1)
        ]
        self.ledger.rows.order_lines += lines
        return lines

    def allocate(self, line: OrderLineRow, lot: Lot, quantity: int, *, at: datetime, state: str = "planned") -> None:
        """Set pieces aside; they stay on hand."""
        self.ledger.rows.allocations.append(
            AllocationRow(
                id=self.ledger.new_id(at),
                order_line_id=line.id,
                order_id=line.order_id,
                customer_id=line.customer_id,
                product_id=line.product_id,
                batch_id=lot.row.id,
                quantity=Decimal(quantity),
                state=state,
                created_at=at,
            )
        )  # fmt: skip

    def ship(self, name: str, times: Times, draws: Sequence[Draw]) -> list[ShipmentLineRow]:
        """Pack pieces of one order, and let them leave and arrive if there are times for it."""
        customer = self.customers[name]
        first = draws[0].line
        tracking = f"{self.ledger.random.randint(10**11, 10**12 - 1)}" if times.shipped_at else None
        shipment = ShipmentRow(
            id=self.ledger.new_id(times.packed_at),
            order_id=first.order_id,
            customer_id=customer.row.id,
            carrier=CARRIERS.get(customer.shop.country, "UPS"),
            tracking_number=tracking,
            packed_at=times.packed_at,
            shipped_at=times.shipped_at,
            delivered_at=times.delivered_at,
        )
        self.ledger.rows.shipments.append(shipment)
        lines = [self._ship_line(shipment, draw) for draw in draws]
        self.ledger.rows.shipment_lines += lines
        return lines

    def _ship_line(self, shipment: ShipmentRow, draw: Draw) -> ShipmentLineRow:
        if draw.lot is not None:
            self.ledger.draw(draw.lot, draw.quantity)
            before = shipment.packed_at - timedelta(hours=1)
            self.allocate(draw.line, draw.lot, int(draw.quantity), at=before, state="released")
        return ShipmentLineRow(
            id=self.ledger.new_id(shipment.packed_at),
            shipment_id=shipment.id,
            order_line_id=draw.line.id,
            order_id=draw.line.order_id,
            customer_id=draw.line.customer_id,
            product_id=draw.line.product_id,
            batch_id=draw.lot.row.id if draw.lot else None,
            batch_unknown_reason=draw.unknown_reason,
            quantity=draw.quantity,
        )

    def take_back(self, line: ShipmentLineRow, received: ReturnRow, quantity: int, disposition: str) -> ReturnLineRow:
        """Add a line to a return; the batch is that of the sale."""
        if received not in self.ledger.rows.returns:
            self.ledger.rows.returns.append(received)
        row = ReturnLineRow(
            id=self.ledger.new_id(received.received_at),
            return_receipt_id=received.id,
            customer_id=line.customer_id,
            shipment_line_id=line.id,
            quantity=Decimal(quantity),
            disposition=disposition,
            rework_process_id=None,
        )
        self.ledger.rows.return_lines.append(row)
        if disposition != "destroy":
            lot = next(lot for lot in self.ledger.lots.values() if lot.row.id == line.batch_id)
            lot.left += row.quantity
        return row

    def open_return(self, name: str, received_at: datetime, note: str) -> ReturnRow:
        """Return a new receipt; it is stored with its first line."""
        customer = self.customers[name].row
        return ReturnRow(self.ledger.new_id(received_at), customer.id, received_at, note, self.ledger.person())


def usual_times(packed_at: datetime, days_under_way: int = 2) -> Times:
    """Return times of a shipment that left four hours after packing and arrived."""
    shipped_at = packed_at + timedelta(hours=4)
    return Times(packed_at, shipped_at, shipped_at + timedelta(days=days_under_way, hours=1))
