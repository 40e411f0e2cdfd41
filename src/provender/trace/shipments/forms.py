"""What the forms of shipments and returns send. Checked here, resolved in `actions.naming`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.trace.orders.public import Pieces
from provender.trace.shipments.model import Disposition
from provender.trace.shipments.payloads import MOST_LINES, Note, Text

Scan = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Kilograms = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=6)]


class PackLineForm(BaseModel):
    """Pieces of a scanned batch; a line without pieces means nothing."""

    model_config = ConfigDict(extra="forbid")

    order_line_id: UUID
    batch: Scan | None = None
    batch_unknown_reason: Text | None = None
    quantity: Pieces | None = None


class PackForm(BaseModel):
    """What is packed for an order."""

    model_config = ConfigDict(extra="forbid")

    carrier: Text | None = None
    tracking_number: Text | None = None
    has_left: bool = False
    lines: list[PackLineForm] = Field(default_factory=list[PackLineForm], max_length=MOST_LINES)


class CarrierForm(BaseModel):
    """Who carries a shipment, and under which number."""

    model_config = ConfigDict(extra="forbid")

    carrier: Text | None = None
    tracking_number: Text | None = None


class ReturnLineForm(BaseModel):
    """Pieces of a shipment line that came back; a line without pieces means nothing."""

    model_config = ConfigDict(extra="forbid")

    shipment_line_id: UUID
    quantity: Pieces | None = None
    disposition: Disposition = Disposition.RESTOCK
    material_id: UUID | None = None
    mass_kg: Kilograms | None = None


class ReturnForm(BaseModel):
    """Goods of one shipment that came back."""

    model_config = ConfigDict(extra="forbid")

    note: Note | None = None
    lines: list[ReturnLineForm] = Field(default_factory=list[ReturnLineForm], max_length=MOST_LINES)
