"""The words of lineage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

ORDER_STATES = ("draft", "confirmed", "in_production", "packed", "shipped", "delivered", "cancelled")
LIVING_STATES = ORDER_STATES[:-1]
"""The states that a list of affected orders shows unless it is widened: all but cancelled."""


@dataclass(frozen=True)
class Start:
    """Where a walk begins: a batch, or all batches of a farm; exactly one is given."""

    batch_id: UUID | None = None
    farm_id: UUID | None = None


class Direction(StrEnum):
    """Which way a trace walks."""

    BACK = "back"
    FORWARD = "forward"
    BOTH = "both"


class Via(StrEnum):
    """How a batch may have reached an order."""

    ANY = "any"
    DIRECT = "direct"
