"""Decisions about processes that need neither clock nor database: what a line means in base units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from provender.kit.quantities.entry import make_quantity
from provender.kit.quantities.units import BaseUnit, find_unit, require_dimension
from provender.kit.sentences import tell
from provender.trace.batches.model import LockedBatch
from provender.trace.processes.errors import CountNeedless, LineIncomplete, NothingLeft
from provender.trace.processes.model import ProcessKind, ProcessLine

CORRECTIONS: Final = frozenset({ProcessKind.SCRAP, ProcessKind.ADJUST, ProcessKind.COUNT})
"""Kinds that may take what is set aside for orders, and from a batch on hold: they record what is so."""


@dataclass(frozen=True)
class Measured:
    """A quantity in base units, and as entered."""

    quantity: Decimal
    entered_quantity: Decimal
    entered_unit: str


def measure(quantity: Decimal | None, unit: str | None, base_unit: BaseUnit, *, place: str) -> Measured:
    """Return a quantity in the base unit of a material.

    Args:
        quantity: As entered.
        unit: As people write it.
        base_unit: What the material is kept in.
        place: The line in the caller's input, such as `inputs.0`; refusals name its fields.

    Raises:
        LineIncomplete: quantity or unit is missing.
        UnitUnknown: we do not know the unit.
        WrongDimension: the unit does not measure what the material is kept in.
        QuantityRefusal: zero, negative, part of a piece, or out of all range.
    """
    if quantity is None:
        raise LineIncomplete("The quantity is missing.", hint="Enter how much.", field=f"{place}.quantity")
    if unit is None:
        raise LineIncomplete("The unit is missing.", hint="Enter a unit, such as kg.", field=f"{place}.unit")
    found = find_unit(unit, field=f"{place}.unit")
    require_dimension(found, base_unit, field=f"{place}.unit")
    made = make_quantity(quantity, found, base_unit, field=f"{place}.quantity")
    return Measured(made.amount, made.entered_amount, made.entered_unit)


def measure_rest(batch: LockedBatch, kind: str, taken: Decimal, *, place: str) -> Measured:
    """Return all that is left of a batch, as entered in its base unit.

    Args:
        batch: Locked, so that the rest stays what it is.
        kind: Corrections also take what is set aside for orders.
        taken: By earlier lines of the same process.
        place: The line, for the refusal.

    Raises:
        NothingLeft: there is nothing.
    """
    rest = (batch.on_hand if kind in CORRECTIONS else batch.free) - taken
    if rest <= 0:
        raise NothingLeft(
            tell("Of batch %(code)s nothing is left.", code=batch.code),
            hint="Choose another batch.",
            field=f"{place}.quantity",
        )
    return Measured(rest, rest, batch.base_unit)


def taken_of(batch_id: UUID, lines: Sequence[ProcessLine]) -> Decimal:
    """Return what lines take of one batch, in base units."""
    return sum((line.quantity for line in lines if line.batch_id == batch_id), Decimal(0))


def measure_count(quantity: Decimal, unit: str, base_unit: BaseUnit) -> Decimal:
    """Return what was counted, in base units; nothing at all is a count too.

    Raises:
        UnitUnknown: we do not know the unit.
        WrongDimension: the unit does not measure what the material is kept in.
        QuantityRefusal: negative, part of a piece, or out of all range.
    """
    found = find_unit(unit, field="unit")
    require_dimension(found, base_unit, field="unit")
    return Decimal(0) if quantity == 0 else make_quantity(quantity, found, base_unit, field="quantity").amount


def counted_difference(batch: LockedBatch, counted: Decimal) -> Decimal:
    """Return what a count found (positive) or missed (negative), in base units.

    Raises:
        CountNeedless: the record says the same.
    """
    difference = counted - batch.on_hand
    if difference == 0:
        raise CountNeedless(
            tell("The record of batch %(code)s says the same. Nothing needs to be booked.", code=batch.code),
            field="quantity",
        )
    return difference
