"""Writing down what happened: every method adds rows, and a batch never holds less than nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID

from provender.trace.demo.model import RECORDERS
from provender.trace.demo.rules.calendar import Calendar
from provender.trace.demo.rules.rows import (
    BatchRow,
    FarmRow,
    HoldRow,
    InputRow,
    MaterialRow,
    OriginRow,
    OutputRow,
    PlotRow,
    ProcessRow,
    ProductRow,
    Rows,
    SupplierRow,
)

GRAMS_IN_A_KILO: Final = 1000
RECORDED_AFTER: Final = timedelta(minutes=4)


@dataclass
class Lot:
    """A batch and what is left of it, in the base unit of its material."""

    row: BatchRow
    unit: str
    left: Decimal = Decimal(0)

    @property
    def code(self) -> str:
        """As printed."""
        return self.row.code


@dataclass(frozen=True)
class Step:
    """When and where a process ran.

    Attributes:
        recorded_at: When it was entered; None: minutes after it finished.
    """

    kind: str
    started_at: datetime
    finished_at: datetime
    equipment: str | None = None
    note: str | None = None
    gain_reason: str | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class Put:
    """So much of a batch coming out of a process, in its base unit."""

    lot: Lot
    quantity: Decimal
    role: str = "good"


@dataclass(frozen=True)
class Origins:
    """Where a new batch comes from, and what is printed on it."""

    farm: FarmRow | None = None
    plots: Sequence[PlotRow] = ()
    supplier: SupplierRow | None = None
    best_before_on: date | None = None
    note: str | None = None


@dataclass
class Ledger:
    """Everything that happened, and the names by which it is found again while it is being told.

    Attributes:
        random: One stream of chance for the whole story, so that a seed gives one story.
        lots: By material code and batch code.
        draft_processes: Lines of processes told so far; a process is stored whole.
    """

    random: Random
    calendar: Calendar
    rows: Rows = field(default_factory=Rows)
    farms: dict[str, FarmRow] = field(default_factory=dict[str, FarmRow])
    plots: dict[str, list[PlotRow]] = field(default_factory=dict[str, list[PlotRow]])
    suppliers: dict[str, SupplierRow] = field(default_factory=dict[str, SupplierRow])
    materials: dict[str, MaterialRow] = field(default_factory=dict[str, MaterialRow])
    products: dict[str, ProductRow] = field(default_factory=dict[str, ProductRow])
    lots: dict[tuple[str, str], Lot] = field(default_factory=dict[tuple[str, str], Lot])

    def new_id(self, at: datetime) -> UUID:
        """Return a version 7 UUID of that instant with bits from the seed."""
        bits = self.random.getrandbits(74)
        high, low = bits >> 62, bits & ((1 << 62) - 1)
        return UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | high << 64 | 0b10 << 62 | low)

    def person(self) -> str:
        """Return who recorded something."""
        return self.random.choice(RECORDERS)

    def add_lot(self, material_code: str, code: str, made_on: date, origins: Origins | None = None) -> Lot:
        """Add a batch of a material; what is in it comes from processes."""
        given = origins or Origins()
        material = self.materials[material_code]
        product = self.products.get(material_code)
        created_at = self.calendar.at(made_on, 12)
        row = BatchRow(
            id=self.new_id(created_at),
            material_id=material.id,
            product_id=product.id if product else None,
            farm_id=given.farm.id if given.farm else None,
            supplier_id=given.supplier.id if given.supplier else None,
            code=code,
            made_on=made_on,
            best_before_on=given.best_before_on,
            unit_mass_g=_unit_mass(material, product),
            note=given.note,
            created_at=created_at,
        )
        self.rows.batches.append(row)
        lot = Lot(row, material.base_unit)
        self.lots[material_code, code] = lot
        return lot

    def add_origins(self, lot: Lot, plots: Sequence[PlotRow], quantity: Decimal) -> None:
        """Say from which plots a harvest came, in equal parts."""
        part = quantity / len(plots)
        self.rows.origins += [OriginRow(lot.row.id, plot.id, plot.farm_id, part) for plot in plots]

    def record(self, step: Step, inputs: Sequence[tuple[Lot, Decimal]], outputs: Sequence[Put]) -> UUID:
        """Add a process and move the quantities.

        Raises:
            ValueError: a batch would hold less than nothing; a fault of the story.
        """
        process_id = self._add_process(step, None)
        for line_no, (lot, quantity) in enumerate(inputs, start=1):
            self.draw(lot, quantity)
            entered = entered_as(lot.unit, quantity)
            self.rows.inputs.append(
                InputRow(process_id, line_no, lot.row.id, quantity, *entered, step.started_at, step.finished_at)
            )
        for line_no, put in enumerate(outputs, start=1):
            if put.role not in {"scrap", "sample"}:
                put.lot.left += put.quantity
            entered = entered_as(put.lot.unit, put.quantity)
            self.rows.outputs.append(
                OutputRow(
                    process_id, line_no, put.lot.row.id, put.role, put.quantity, *entered,
                    step.started_at, step.finished_at,
                )
            )  # fmt: skip
        return process_id

    def reverse(self, process_id: UUID, at: datetime, note: str) -> None:
        """Take back a process; whoever told it must not have used its outputs."""
        self._add_process(Step("reversal", at, at, note=note), process_id)
        by_id = {lot.row.id: lot for lot in self.lots.values()}
        for line in self.rows.inputs:
            if line.process_id == process_id:
                by_id[line.batch_id].left += line.quantity
        for output in self.rows.outputs:
            if output.process_id == process_id and output.role not in {"scrap", "sample"}:
                by_id[output.batch_id].left -= output.quantity

    def draw(self, lot: Lot, quantity: Decimal) -> None:
        """Take from a batch.

        Raises:
            ValueError: there is not so much; a fault of the story.
        """
        if quantity <= 0 or lot.left < quantity:
            message = f"{lot.code} has {lot.left}, not {quantity}"
            raise ValueError(message)
        lot.left -= quantity

    def hold(self, lot: Lot, reason: str, placed_at: datetime, release: tuple[datetime, str] | None = None) -> None:
        """Hold a batch; with an instant and a reason it is released again."""
        self.rows.holds.append(
            HoldRow(
                id=self.new_id(placed_at),
                batch_id=lot.row.id,
                reason=reason,
                placed_at=placed_at,
                placed_by_name=self.person(),
                released_at=release[0] if release else None,
                released_by_name=self.person() if release else None,
                release_reason=release[1] if release else None,
            )
        )

    def _add_process(self, step: Step, reverses: UUID | None) -> UUID:
        row = ProcessRow(
            id=self.new_id(step.started_at),
            kind=step.kind,
            started_at=step.started_at,
            finished_at=step.finished_at,
            equipment=step.equipment,
            note=step.note,
            gain_reason=step.gain_reason,
            reverses_process_id=reverses,
            recorded_at=step.recorded_at or step.finished_at + RECORDED_AFTER,
            recorded_by_name=self.person(),
        )
        self.rows.processes.append(row)
        return row.id


def _unit_mass(material: MaterialRow, product: ProductRow | None) -> Decimal | None:
    if material.base_unit == "g":
        return Decimal(1)
    return product.net_mass_g if product else None


def entered_as(unit: str, quantity: Decimal) -> tuple[Decimal, str]:
    """Return a quantity as people enter it: mass in kilograms, the rest as it is."""
    return (quantity / GRAMS_IN_A_KILO, "kg") if unit == "g" else (quantity, unit)


def kilos(amount: float | str) -> Decimal:
    """Return kilograms in grams, exact."""
    return Decimal(str(amount)) * GRAMS_IN_A_KILO
