"""The words of processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class ProcessKind(StrEnum):
    """What happened. Adjust corrects a record; count books what a stocktaking found or missed."""

    RECEIVE = "receive"
    ROAST = "roast"
    WINNOW = "winnow"
    GRIND = "grind"
    CONCHE = "conche"
    MOULD = "mould"
    PACK = "pack"
    SPLIT = "split"
    MERGE = "merge"
    REWORK = "rework"
    SCRAP = "scrap"
    ADJUST = "adjust"
    COUNT = "count"
    REVERSAL = "reversal"


class OutputRole(StrEnum):
    """What an output is. Scrap and samples leave the stock at once; retained samples stay on hand."""

    GOOD = "good"
    BYPRODUCT = "byproduct"
    REWORK = "rework"
    SCRAP = "scrap"
    SAMPLE = "sample"
    RETAINED = "retained"


@dataclass(frozen=True)
class ProcessLine:
    """What a process takes from a batch, or puts into it.

    Attributes:
        place: Where the line stood in the caller's input, from 0.
        quantity: In the base unit of the batch's material.
        entered_quantity: As entered, in `entered_unit`.
    """

    place: int
    batch_id: UUID
    quantity: Decimal
    entered_quantity: Decimal
    entered_unit: str
    role: str = "good"


@dataclass(frozen=True)
class NewProcess:
    """A process to be recorded, without its lines."""

    id: UUID
    kind: str
    started_at: datetime
    finished_at: datetime
    equipment: str | None
    note: str | None
    gain_reason: str | None
    reverses_process_id: UUID | None
    recorded_by_account_id: UUID | None
    recorded_by_name: str


@dataclass(frozen=True)
class ReversalLine:
    """What reversing a process would do to one batch.

    Attributes:
        change: Added to what is on hand, in base units; negative: taken away.
        is_blocking: The reversal is refused because of this batch.
    """

    batch_id: UUID
    code: str
    material_name: str
    base_unit: str
    change: Decimal
    on_hand: Decimal
    on_hand_after: Decimal
    is_held: bool
    is_blocking: bool


@dataclass(frozen=True)
class Names:
    """What names in a file mean; None: unknown, or not written."""

    material_id: UUID | None
    farm_id: UUID | None
    supplier_id: UUID | None
