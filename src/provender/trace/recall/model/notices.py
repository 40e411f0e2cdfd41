"""What one customer is told: the facts of a notice and its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from provender.kit.quantities.units import BaseUnit


class RecallKind(StrEnum):
    """Recall: goods may have reached consumers. Withdrawal: they have not. Mock: an exercise."""

    REAL = "real"
    WITHDRAWAL = "withdrawal"
    MOCK = "mock"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to answer, and the maker's name as it stands on the goods."""

    maker_name: str
    person_name: str
    email: str
    telephone: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One delivery named in a notice.

    Attributes:
        batch_code: As printed; None: not recorded, so every bar of the product is meant.
        quantity: As shipped, in `base_unit`.
        shipped_on: Local day at the maker's site; None: still on its way or not recorded.
        is_certain: False for goods that are only possibly affected.
    """

    product_name: str
    batch_code: str | None
    best_before_on: date | None
    quantity: Decimal
    base_unit: BaseUnit
    shipped_on: date | None
    order_reference: str | None = None
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Everything a notice says, frozen when the case was opened.

    Attributes:
        language: `en`, `de` or `ja`.
        reason: The defect in the customer's language, a clause without a full stop.
        case_reference: Printed in the subject, so that answers find their case.
    """

    language: str
    kind: RecallKind
    case_reference: str
    issued_on: date
    customer_name: str
    reason: str
    lines: tuple[NoticeLine, ...]
    contact: Contact


@dataclass(frozen=True, slots=True)
class Notice:
    """The text of one notice: plain text, lines ended by a line feed."""

    language: str
    subject: str
    body: str
