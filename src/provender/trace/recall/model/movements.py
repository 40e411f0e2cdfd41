"""What a recall is computed from: rows of batches, processes, shipments and returns.

What belongs here: the shape of the question. What does not: where the rows come from, and
anything computed. Reversed (void) processes are left out by whoever reads the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from provender.kit.quantities.units import BaseUnit


class MaterialKind(StrEnum):
    """What a material is; packaging and rework are treated apart in a recall."""

    BEAN = "bean"
    SUGAR = "sugar"
    BUTTER = "butter"
    MILK = "milk"
    PACKAGING = "packaging"
    INTERMEDIATE = "intermediate"
    FINISHED = "finished"
    REWORK = "rework"
    BYPRODUCT = "byproduct"
    OTHER = "other"


class OutputRole(StrEnum):
    """What a process made a batch for."""

    GOOD = "good"
    BYPRODUCT = "byproduct"
    REWORK = "rework"
    SCRAP = "scrap"
    SAMPLE = "sample"
    RETAINED = "retained"


class AllocationState(StrEnum):
    """How far an allocation has come, released ones are left out."""

    PLANNED = "planned"
    PICKED = "picked"


class Disposition(StrEnum):
    """What became of returned goods."""

    RESTOCK = "restock"
    REWORK = "rework"
    DESTROY = "destroy"


class RootKind(StrEnum):
    """What a person suspects: a batch, or everything one process made."""

    BATCH = "batch"
    PROCESS = "process"


class CodeMatch(StrEnum):
    """How the root was found: as printed, or only after folding the code."""

    EXACT = "exact"
    NORMALISED = "normalised"


@dataclass(frozen=True, slots=True)
class Root:
    """One suspect the recall spreads from."""

    id: str
    kind: RootKind = RootKind.BATCH
    match: CodeMatch = CodeMatch.EXACT


@dataclass(frozen=True, slots=True)
class Batch:
    """An identified quantity of one material.

    Attributes:
        unit_mass_g: Net grams in one base unit, frozen when the batch was made; 1 for what is
            kept in grams; None: it cannot be weighed.
        product_id: The product a finished batch is sold as, where that is recorded.
        made_at: When it came to be, for batches whose making is not among the rows.
    """

    id: str
    code: str
    material_id: str
    kind: MaterialKind
    base_unit: BaseUnit
    unit_mass_g: Decimal | None
    product_id: str | None = None
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """Something that happened to batches.

    Attributes:
        kind: receive, roast, grind, mould, pack, split, merge, rework, scrap, adjust, count.
        started_at: None: not recorded, taken as the beginning of time.
        finished_at: None: still running. Before `started_at`: the two are read as exchanged.
        gain_reason: Why more came out than went in, where that was declared.
    """

    id: str
    kind: str
    started_at: datetime | None
    finished_at: datetime | None
    equipment: str | None = None
    gain_reason: str | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProcessInput:
    """A quantity of one batch that went into a process."""

    process_id: str
    line_no: int
    batch_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class ProcessOutput:
    """A quantity that a process put into one batch."""

    process_id: str
    line_no: int
    batch_id: str
    quantity: Decimal
    role: OutputRole = OutputRole.GOOD


@dataclass(frozen=True, slots=True)
class ShipmentLine:
    """A quantity sent to a customer.

    Attributes:
        batch_id: None: nobody recorded which batch was sent (`batch_unknown_reason`).
        quantity: In the batch's base unit; in the product's when the batch is unknown.
        shipped_at: None: packed, not departed.
    """

    id: str
    shipment_id: str
    customer_id: str | None
    product_id: str
    batch_id: str | None
    quantity: Decimal
    shipped_at: datetime | None
    order_id: str | None = None
    order_line_id: str | None = None
    delivered_at: datetime | None = None
    batch_unknown_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """A quantity of a batch promised to an order and not shipped yet."""

    id: str
    order_id: str
    customer_id: str
    batch_id: str
    quantity: Decimal
    state: AllocationState


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Goods that came back.

    Attributes:
        batch_id: The batch they were put into, which may be another than the one that was
            shipped; None: not recorded, or put into none.
        quantity: In the base unit of the shipped batch.
    """

    id: str
    shipment_line_id: str
    batch_id: str | None
    quantity: Decimal
    disposition: Disposition
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Movements:
    """The part of the house's records that one recall looks at.

    For exact answers it holds, of every batch that can be reached from the roots at batch
    level, all rows that move something in or out, and all inputs and outputs of the processes
    among them. Shipment lines without a batch belong to it for every product of those batches.
    The order of rows does not matter.
    """

    batches: tuple[Batch, ...]
    processes: tuple[Process, ...] = ()
    inputs: tuple[ProcessInput, ...] = ()
    outputs: tuple[ProcessOutput, ...] = ()
    shipment_lines: tuple[ShipmentLine, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    return_lines: tuple[ReturnLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintBatches:
    """A complaint and the batches it may be about, picked by code or best-before date."""

    complaint_id: str
    batch_ids: frozenset[str]
