"""What the forms of orders send: names that people know instead of ids. Checked here, resolved in `actions.naming`."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.trace.orders.model import OrderState
from provender.trace.orders.payloads import MOST_LINES, Currency, Number, Pieces, Price, Reference, Text

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Scan = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class OrderLineForm(BaseModel):
    """A line as it is typed; without a price the customer's last one counts."""

    model_config = ConfigDict(extra="forbid")

    id: UUID | None = None
    sku: Name = Field(description="SKU or GTIN of a product.")
    quantity: Pieces
    unit_price: Price | None = None


class OrderHeaderForm(BaseModel):
    """What both forms of an order ask; without a day it was ordered now."""

    model_config = ConfigDict(extra="forbid")

    site: Name | None = None
    customer_reference: Reference | None = None
    currency: Currency = "EUR"
    ordered_on: date | None = None
    expected_on: date | None = None
    note: Text | None = None
    lines: list[OrderLineForm] = Field(default_factory=list[OrderLineForm], max_length=MOST_LINES)


class OrderForm(OrderHeaderForm):
    """A new order as it is typed."""

    customer: Name
    number: Number | None = None
    confirm: bool = False


class OrderEditForm(OrderHeaderForm):
    """An order whose lines can still change."""

    delay_reason: Text | None = None


class OrderPromiseForm(BaseModel):
    """What can still be said of an order whose lines are fixed."""

    model_config = ConfigDict(extra="forbid")

    expected_on: date | None = None
    delay_reason: Text | None = None
    note: Text | None = None


class AllocationForm(BaseModel):
    """Pieces of one batch for one line, set aside by hand."""

    model_config = ConfigDict(extra="forbid")

    order_line_id: UUID
    batch: Scan
    quantity: Pieces


class OrderMoveForm(BaseModel):
    """A button that moves an order."""

    model_config = ConfigDict(extra="forbid")

    to: OrderState
    reason: Text | None = None
