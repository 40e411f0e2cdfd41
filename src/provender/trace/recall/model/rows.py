"""What the database answers about recalls, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Source:
    """A batch that was made from nothing else of ours: a harvest, sugar, foil."""

    id: UUID
    code: str
    material_name: str
    material_kind: str
    made_on: date
    farm_name: str | None
    supplier_name: str | None


@dataclass(frozen=True, slots=True)
class Maker:
    """Who the notices come from."""

    name: str
    contact_email: str | None
    contact_phone: str | None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """What left on one day of one batch for one order, and is asked back.

    Attributes:
        quantity: Pieces shipped and not returned.
        is_certain: Some of it is directly affected.
    """

    customer_id: UUID
    customer_name: str
    language: str
    product_name: str
    batch_code: str | None
    best_before_on: date | None
    shipped_on: date | None
    customer_reference: str | None
    order_number: str
    quantity: Decimal
    is_certain: bool


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """An item of a case as it was stored."""

    kind: str
    subject_id: UUID
    class_name: str
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class FrozenRoot:
    """A root of a case as it was stored."""

    batch_id: UUID
    code_match: str
