"""Large generated records that can be computed with in memory and written into the database.

Every id is a uuid of the generator's own, so that the same rows can be written for two tenants in
two orders. There are loops, self-loops, ties in time, void processes, lines without batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final, TypeVar

from hypothesis import strategies as st

from provender.kit.quantities.units import BaseUnit
from provender.trace.recall.model import (
    Allocation,
    AllocationState,
    Batch,
    Disposition,
    MaterialKind,
    Movements,
    Process,
    ProcessInput,
    ProcessOutput,
    ReturnLine,
    ShipmentLine,
)

Row = TypeVar("Row")
BEGINNING: Final = datetime(2026, 3, 2, tzinfo=UTC)
RECEIVED: Final = Decimal(1_000_000)
"""Base units of each batch at the beginning: more than everything that is drawn."""
LAST_HOUR: Final = 240
BAR_MASS_G: Final = Decimal(50)


@dataclass
class Genealogy:
    """Rows of one maker; `void` are processes that were reversed and count for nothing."""

    random: Random
    batches: list[Batch] = field(default_factory=list[Batch])
    receipts: list[Process] = field(default_factory=list[Process])
    processes: list[Process] = field(default_factory=list[Process])
    void: set[str] = field(default_factory=set[str])
    inputs: list[ProcessInput] = field(default_factory=list[ProcessInput])
    outputs: list[ProcessOutput] = field(default_factory=list[ProcessOutput])
    lines: list[ShipmentLine] = field(default_factory=list[ShipmentLine])
    allocations: list[Allocation] = field(default_factory=list[Allocation])
    returns: list[ReturnLine] = field(default_factory=list[ReturnLine])
    materials: dict[MaterialKind, str] = field(default_factory=dict[MaterialKind, str])
    product_id: str = ""
    customer_id: str = ""

    def __post_init__(self) -> None:
        self.product_id, self.customer_id = self.new_id(), self.new_id()

    def new_id(self) -> str:
        digits = f"{self.random.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def movements(self) -> Movements:
        """Return everything that stands."""
        return Movements(
            batches=tuple(self.batches),
            processes=tuple(one for one in (*self.receipts, *self.processes) if one.id not in self.void),
            inputs=tuple(row for row in self.inputs if row.process_id not in self.void),
            outputs=tuple(row for row in self.outputs if row.process_id not in self.void),
            shipment_lines=tuple(self.lines),
            allocations=tuple(self.allocations),
            return_lines=tuple(self.returns),
        )

    def add_batches(self, count: int) -> None:
        kinds = [MaterialKind.BEAN, MaterialKind.INTERMEDIATE, MaterialKind.REWORK, MaterialKind.FINISHED]
        self.materials = {kind: self.new_id() for kind in kinds}
        for number in range(count):
            kind = kinds[number % len(kinds)]
            is_bar = kind is MaterialKind.FINISHED
            batch = Batch(
                id=self.new_id(),
                code=f"b{number}",
                material_id=self.materials[kind],
                kind=kind,
                base_unit=BaseUnit.PIECE if is_bar else BaseUnit.GRAM,
                unit_mass_g=BAR_MASS_G if is_bar else Decimal(1),
                product_id=self.product_id if is_bar else None,
            )
            self.batches.append(batch)
            receipt = self._process("receive", (0, 0))
            self.receipts.append(receipt)
            self.outputs.append(ProcessOutput(receipt.id, 1, batch.id, RECEIVED))

    def add_process(self) -> None:
        hours = sorted((self.random.randint(1, LAST_HOUR), self.random.randint(1, LAST_HOUR)))
        process = self._process("rework", (hours[0], hours[1]), self.random.choice([None, None, None, "conche"]))
        self.processes.append(process)
        for line_no, batch in enumerate(self._some_batches(), start=1):
            self.inputs.append(ProcessInput(process.id, line_no, batch.id, self._amount()))
        for line_no, batch in enumerate(self._some_batches(), start=1):
            self.outputs.append(ProcessOutput(process.id, line_no, batch.id, self._amount()))
        if self.random.random() < 0.15:
            self.void.add(process.id)

    def add_shipment(self) -> None:
        bars = [batch for batch in self.batches if batch.product_id]
        batch = self.random.choice([None, *bars, *bars])
        is_gone = self.random.random() < 0.8
        line = ShipmentLine(
            id=self.new_id(),
            shipment_id=self.new_id(),
            customer_id=self.customer_id,
            product_id=self.product_id,
            batch_id=batch.id if batch else None,
            quantity=self._amount(),
            shipped_at=self._at(self.random.randint(1, LAST_HOUR)) if is_gone else None,
            order_id=self.new_id(),
            order_line_id=self.new_id(),
            batch_unknown_reason=None if batch else "not written down",
        )
        self.lines.append(line)
        if batch and is_gone and self.random.random() < 0.4:
            disposition = self.random.choice([Disposition.RESTOCK, Disposition.DESTROY])
            self.returns.append(
                ReturnLine(self.new_id(), line.id, batch.id, Decimal(1), disposition, self._at(LAST_HOUR + 1))
            )
        if batch and self.random.random() < 0.4:
            state = self.random.choice([AllocationState.PLANNED, AllocationState.PICKED])
            self.allocations.append(
                Allocation(self.new_id(), str(line.order_id), self.customer_id, batch.id, self._amount(), state)
            )

    def _process(self, kind: str, hours: tuple[int, int], equipment: str | None = None) -> Process:
        finished_at = self._at(hours[1])
        return Process(self.new_id(), kind, self._at(hours[0]), finished_at, equipment, "test", finished_at)

    def _some_batches(self) -> Sequence[Batch]:
        return self.random.sample(self.batches, self.random.randint(1, 3))

    def _amount(self) -> Decimal:
        return Decimal(self.random.randint(1, 400))

    @staticmethod
    def _at(hour: int) -> datetime:
        return BEGINNING + timedelta(hours=hour)


@st.composite
def genealogies(draw: st.DrawFn) -> Genealogy:
    """Some dozens of batches, tangled by some dozens of processes, sold in some orders."""
    genealogy = Genealogy(Random(draw(st.integers(0, 2**32))))  # noqa: S311  # a tangle, not a secret
    genealogy.add_batches(draw(st.integers(8, 60)))
    for _ in range(draw(st.integers(5, 70))):
        genealogy.add_process()
    for _ in range(draw(st.integers(0, 20))):
        genealogy.add_shipment()
    return genealogy
