"""The words of the overview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class OpenComplaint:
    """A complaint that nobody has dealt with yet."""

    id: UUID
    number: str
    description: str
    received_at: datetime
    customer_name: str | None
    product_name: str | None
    reported_code: str | None


@dataclass(frozen=True)
class OpenRecall:
    """A recall that is not finished."""

    id: UUID
    number: str
    kind: str
    title: str
    opened_at: datetime
    unsent_count: int


@dataclass(frozen=True)
class Step:
    """Something that was recorded lately."""

    id: UUID
    kind: str
    finished_at: datetime
    codes: str


@dataclass(frozen=True)
class Overview:
    """What needs attention now.

    Attributes:
        expiring_count: Batches with a best-before date within 30 days.
    """

    complaints: list[OpenComplaint]
    recalls: list[OpenRecall]
    steps: list[Step]
    open_complaint_count: int
    hold_count: int
    to_ship_count: int
    to_confirm_count: int
    expiring_count: int
    batch_count: int
