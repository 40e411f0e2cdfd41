"""The words of complaints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Sign(StrEnum):
    """Why a batch may be the one complained about; the first are the strongest."""

    CODE_AS_PRINTED = "code_as_printed"
    CODE_NORMALISED = "code_normalised"
    CODE_SIMILAR = "code_similar"
    BEST_BEFORE = "best_before"
    SHIPPED_TO_CUSTOMER = "shipped_to_customer"
    PRODUCT = "product"


@dataclass(frozen=True)
class Report:
    """What identifies the goods in a complaint.

    Attributes:
        reported_code: As read off the pack, or None.
    """

    reported_code: str | None
    reported_best_before_on: date | None
    product_id: UUID | None
    customer_id: UUID | None


@dataclass(frozen=True)
class Batch:
    """A batch that shares something with a report.

    Attributes:
        shipped_quantity: Pieces shipped to the customer who complained.
    """

    id: UUID
    code: str
    code_key: str
    made_on: date
    best_before_on: date | None
    material_name: str
    product_id: UUID | None
    product_name: str | None
    shipped_quantity: int
    is_held: bool


@dataclass(frozen=True)
class Candidate:
    """A batch with the signs that point to it, strongest first."""

    batch: Batch
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Choice:
    """A customer or product that a form offers; `kind` says which."""

    kind: str
    id: UUID
    name: str


@dataclass(frozen=True)
class Choices:
    """What a complaint's form offers, as pairs of id and name."""

    customers: list[tuple[UUID, str]]
    products: list[tuple[UUID, str]]
