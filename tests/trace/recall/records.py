"""Rows for recall tests, written as a maker would tell them. Quantities are in grams or pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final, TypeVar

from provender.kit.quantities.units import BaseUnit
from provender.trace.recall.model import (
    Allocation,
    AllocationState,
    Batch,
    Disposition,
    Item,
    ItemKind,
    MaterialKind,
    Movements,
    OutputRole,
    Process,
    ProcessInput,
    ProcessOutput,
    ReturnLine,
    Root,
    ShipmentLine,
)
from provender.trace.recall.rules.graph import Graph, build_graph
from provender.trace.recall.rules.reach import reach

Number = int | str
Found = dict[tuple[ItemKind, str], Item]
RowType = TypeVar("RowType")

FIRST_HOUR: Final = datetime(2026, 3, 2, tzinfo=UTC)


def hour(number: float) -> datetime:
    """Return an instant, in hours after the beginning of the records."""
    return FIRST_HOUR + timedelta(hours=number)


@dataclass
class Records:
    """Rows being written down; every method adds one thing that happened."""

    batches: list[Batch] = field(default_factory=list[Batch])
    processes: list[Process] = field(default_factory=list[Process])
    inputs: list[ProcessInput] = field(default_factory=list[ProcessInput])
    outputs: list[ProcessOutput] = field(default_factory=list[ProcessOutput])
    lines: list[ShipmentLine] = field(default_factory=list[ShipmentLine])
    allocations: list[Allocation] = field(default_factory=list[Allocation])
    returns: list[ReturnLine] = field(default_factory=list[ReturnLine])

    def add_batch(
        self,
        batch_id: str,
        kind: MaterialKind = MaterialKind.INTERMEDIATE,
        *,
        unit: BaseUnit = BaseUnit.GRAM,
        mass_g: Number | None = 1,
        material: str | None = None,
        product: str | None = None,
    ) -> None:
        self.batches.append(
            Batch(
                id=batch_id,
                code=batch_id,
                material_id=material or f"material of {batch_id}",
                kind=kind,
                base_unit=unit,
                unit_mass_g=None if mass_g is None else Decimal(mass_g),
                product_id=product,
            )
        )

    def add_process(
        self,
        process_id: str,
        inputs: Mapping[str, Number],
        outputs: Mapping[str, Number],
        *,
        hours: tuple[float, float],
        kind: str = "grind",
        equipment: str | None = None,
    ) -> None:
        """Outputs named `scrap:X`, `rework:X` ... have that role."""
        self.processes.append(
            Process(
                id=process_id,
                kind=kind,
                started_at=hour(hours[0]),
                finished_at=hour(hours[1]),
                equipment=equipment,
            )
        )
        for line_no, (batch_id, quantity) in enumerate(inputs.items(), start=1):
            self.inputs.append(ProcessInput(process_id, line_no, batch_id, Decimal(quantity)))
        for line_no, (name, quantity) in enumerate(outputs.items(), start=1):
            role, _, batch_id = name.rpartition(":")
            self.outputs.append(
                ProcessOutput(process_id, line_no, batch_id, Decimal(quantity), OutputRole(role or "good"))
            )

    def receive(self, batch_id: str, quantity: Number, *, at: float = 0) -> None:
        self.add_process(f"receive {batch_id}", {}, {batch_id: quantity}, hours=(at, at), kind="receive")

    def ship(
        self,
        line_id: str,
        batch_id: str | None,
        quantity: Number,
        *,
        at: float | None,
        customer: str = "Munich",
        product: str = "bar",
    ) -> None:
        self.lines.append(
            ShipmentLine(
                id=line_id,
                shipment_id=f"shipment of {line_id}",
                customer_id=customer,
                product_id=product,
                batch_id=batch_id,
                quantity=Decimal(quantity),
                shipped_at=None if at is None else hour(at),
                order_id=f"order of {line_id}",
            )
        )

    def allocate(self, row_id: str, batch_id: str, state: AllocationState) -> None:
        self.allocations.append(Allocation(row_id, f"order of {row_id}", "Munich", batch_id, Decimal(1), state))

    def take_back(
        self,
        row_id: str,
        line_id: str,
        quantity: Number,
        *,
        into: str | None,
        at: float,
        disposition: Disposition = Disposition.RESTOCK,
    ) -> None:
        self.returns.append(ReturnLine(row_id, line_id, into, Decimal(quantity), disposition, hour(at)))

    def movements(self, shuffled_by: int | None = None) -> Movements:
        """Return the rows, in the order told or shuffled by a seed."""
        random = Random(shuffled_by)  # noqa: S311 - an order, not a secret

        def arrange(rows: list[RowType]) -> tuple[RowType, ...]:
            return tuple(random.sample(rows, len(rows)) if shuffled_by is not None else rows)

        return Movements(
            batches=arrange(self.batches),
            processes=arrange(self.processes),
            inputs=arrange(self.inputs),
            outputs=arrange(self.outputs),
            shipment_lines=arrange(self.lines),
            allocations=arrange(self.allocations),
            return_lines=arrange(self.returns),
        )

    def graph(self, shuffled_by: int | None = None) -> Graph:
        return build_graph(self.movements(shuffled_by))


def worked_vector() -> Records:
    """The hand-checkable example of spec/trace.md, in grams, with two shops in Germany and Japan."""
    records = Records()
    records.add_batch("A1", MaterialKind.BEAN)
    records.add_batch("B1", MaterialKind.BEAN)
    records.add_batch("S1", MaterialKind.SUGAR)
    records.add_batch("CB1", MaterialKind.BUTTER)
    for batch_id in ("N1", "M1", "M2"):
        records.add_batch(batch_id)
    records.add_batch("SHELL", MaterialKind.BYPRODUCT)
    records.add_batch("W1", MaterialKind.REWORK, material="rework")
    records.add_batch("X1", MaterialKind.OTHER)
    records.add_batch("X2", MaterialKind.OTHER)
    records.add_batch("BR1", MaterialKind.FINISHED, product="bar 70")
    records.add_batch("BR2", MaterialKind.FINISHED, product="bar 60")
    for batch_id, grams in (("A1", 60_000), ("B1", 40_000), ("S1", 28_000), ("CB1", 5_000)):
        records.receive(batch_id, grams)
    records.add_process(
        "R1", {"A1": 60_000, "B1": 40_000}, {"N1": 80_000, "byproduct:SHELL": 18_000},
        hours=(1, 2), kind="roast",
    )  # fmt: skip
    records.add_process("C1", {"N1": 50_000, "S1": 20_000, "CB1": 5_000}, {"M1": 75_000}, hours=(3, 9))
    records.add_process(
        "P1", {"M1": 60_000}, {"BR1": 57_500, "rework:W1": 2_000, "scrap:X1": 500},
        hours=(10, 12), kind="mould",
    )  # fmt: skip
    records.add_process("C2", {"N1": 20_000, "S1": 8_000, "W1": 2_000}, {"M2": 30_000}, hours=(13, 19))
    records.add_process("P2", {"M2": 25_000}, {"BR2": 24_000, "scrap:X2": 1_000}, hours=(20, 22), kind="mould")
    return records


def one_bar() -> Records:
    """One bean, ground at 1 to 3, moulded at 4 to 6 into one batch of bars."""
    records = Records()
    records.add_batch("bean", MaterialKind.BEAN)
    records.add_batch("mass")
    records.add_batch("bars", MaterialKind.FINISHED, product="bar")
    records.receive("bean", 1000)
    records.add_process("grind", {"bean": 1000}, {"mass": 900}, hours=(1, 3), equipment="mill")
    records.add_process("mould", {"mass": 900}, {"bars": 880}, hours=(4, 6), equipment="line")
    return records


def find(records: Records, *roots: Root) -> Found:
    return {(item.kind, item.id): item for item in reach(records.graph(), roots)}


def line(found: Found, line_id: str) -> Item:
    return found[ItemKind.SHIPMENT_LINE, line_id]
