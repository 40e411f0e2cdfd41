"""How a process passes on what its inputs carried: the two rules of mixing.

What belongs here: one process at a time, from the shares and quantities of its inputs to the
shares of its outputs. What does not: the order of processes and what is in a batch
(`simulation`).

A share is carried amount per base unit weighed as mass: of food, exposed grams per gram.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final, Protocol

from provender.kit.quantities.units import EXACT
from provender.trace.recall.model.movements import (
    Batch,
    MaterialKind,
    OutputRole,
    ProcessOutput,
)
from provender.trace.recall.rules.fractions import ZERO

_WRAPPED_ROLES: Final = frozenset({OutputRole.GOOD, OutputRole.SAMPLE, OutputRole.RETAINED})


@dataclass(frozen=True, slots=True)
class Draw:
    """What a process took from one batch: base units, and the share they had."""

    batch: Batch
    quantity: Decimal
    share: Fraction


@dataclass(frozen=True, slots=True)
class Mix:
    """What a process passes on.

    Attributes:
        share: Of everything it made, per gram (share rule).
        share_by_batch: Where outputs differ, per base unit (piece rule); else empty.
        lost_mass_g: In minus out; None when something could not be weighed, or nothing went in.
        lost_exposed: The carried part of the loss.
        unknown_mass_batch_ids: Inputs that could not be weighed and made the share a bound.
    """

    share: Fraction
    share_by_batch: Mapping[str, Fraction]
    lost_mass_g: Fraction | None
    lost_exposed: Fraction
    unknown_mass_batch_ids: tuple[str, ...] = ()

    def share_of(self, batch_id: str) -> Fraction:
        """Return the share of one output."""
        return self.share_by_batch.get(batch_id, self.share)


class MixingRule(Protocol):
    """From the draws of one process to what it passes on."""

    def __call__(
        self,
        draws: Sequence[Draw],
        outputs: Sequence[ProcessOutput],
        batch_by_id: Mapping[str, Batch],
    ) -> Mix:
        """Mix; at least one draw has a share above 0."""
        ...


def mix_shares(draws: Sequence[Draw], outputs: Sequence[ProcessOutput], batch_by_id: Mapping[str, Batch]) -> Mix:
    """Mix by mass: share(outputs) = sum(share(input) x mass) / sum(mass), over the food.

    Packaging does not dilute food: each packaging material is a group of its own, mixed by its
    own count, and the outputs get the largest of the group's shares. Food that cannot be
    weighed beside food with another share makes the largest share of all the bound.
    """
    food = [draw for draw in draws if draw.batch.kind is not MaterialKind.PACKAGING]
    share, unweighable = _mix_group(food)
    for group in _packaging_groups(draws):
        group_share, _ = _mix_group(group)
        share = max(share, group_share)
    lost_mass_g = _lost_mass(food, outputs, batch_by_id)
    food_share = share if len(food) == len(draws) else _mix_group(food)[0]
    return Mix(
        share=share,
        share_by_batch={},
        lost_mass_g=lost_mass_g,
        lost_exposed=ZERO if lost_mass_g is None else food_share * lost_mass_g,
        unknown_mass_batch_ids=unweighable,
    )


def carry_pieces(draws: Sequence[Draw], outputs: Sequence[ProcessOutput], batch_by_id: Mapping[str, Batch]) -> Mix:
    """Pass counted pieces (wrappers, boxes) on whole: nothing of them is lost as mass.

    They go to what leaves wrapped (good, samples, retained samples), in proportion to mass, or
    to every output when none does. Shares are pieces of the root per base unit of the output.
    Outputs that cannot all be weighed share by their own quantities.
    """
    carried = sum((draw.share * Fraction(draw.quantity) for draw in draws if draw.share), ZERO)
    wrapped = [row for row in outputs if row.role in _WRAPPED_ROLES] or list(outputs)
    if not wrapped:
        return Mix(ZERO, {}, lost_mass_g=ZERO, lost_exposed=carried)
    quantities = _quantity_by_batch(wrapped)
    unweighable = _unweighable(quantities, batch_by_id) if len(quantities) > 1 else ()
    weights = quantities if unweighable else _weights(quantities, batch_by_id)
    total = sum(weights.values(), ZERO)
    share_by_batch = dict.fromkeys((row.batch_id for row in outputs), ZERO)
    for batch_id, weight in weights.items():
        share_by_batch[batch_id] = carried * weight / total / quantities[batch_id]
    largest = max(share_by_batch.values())
    return Mix(largest, share_by_batch, ZERO, ZERO, unknown_mass_batch_ids=unweighable)


def mass_g_or_none(batch: Batch, quantity: Decimal) -> Decimal | None:
    """Return grams, or None for a batch that cannot be weighed."""
    if batch.unit_mass_g is None:
        return None
    with localcontext(EXACT):
        return quantity * batch.unit_mass_g


def _mix_group(draws: Sequence[Draw]) -> tuple[Fraction, tuple[str, ...]]:
    """Return the share of some draws put together, and those that could not be weighed.

    Equal shares need no weighing, and one material is compared by its own quantities.
    """
    if not draws:
        return ZERO, ()
    first = draws[0]
    if all(draw.share == first.share for draw in draws):
        return first.share, ()
    masses = [mass_g_or_none(draw.batch, draw.quantity) for draw in draws]
    unweighable = sorted(draw.batch.id for draw, mass_g in zip(draws, masses, strict=True) if mass_g is None)
    if unweighable and len({draw.batch.material_id for draw in draws}) == 1:
        return _weighted_mean((draw.share, draw.quantity) for draw in draws), ()
    if unweighable:
        return max(draw.share for draw in draws), tuple(unweighable)
    return _weighted_mean(
        (draw.share, mass_g) for draw, mass_g in zip(draws, masses, strict=True) if mass_g is not None
    ), ()


def _weighted_mean(parts: Iterable[tuple[Fraction, Decimal]]) -> Fraction:
    carried = ZERO
    total = Decimal(0)
    with localcontext(EXACT):
        for share, weight in parts:
            if share:
                carried += share * Fraction(weight)
            total += weight
    return carried / Fraction(total)


def _packaging_groups(draws: Sequence[Draw]) -> Iterable[list[Draw]]:
    groups: dict[str, list[Draw]] = defaultdict(list)
    for draw in draws:
        if draw.batch.kind is MaterialKind.PACKAGING:
            groups[draw.batch.material_id].append(draw)
    return groups.values()


def _lost_mass(
    food: Sequence[Draw], outputs: Sequence[ProcessOutput], batch_by_id: Mapping[str, Batch]
) -> Fraction | None:
    if not food:
        return None
    drawn = _total([mass_g_or_none(draw.batch, draw.quantity) for draw in food])
    made = _total([mass_g_or_none(batch_by_id[row.batch_id], row.quantity) for row in outputs])
    if drawn is None or made is None:
        return None
    with localcontext(EXACT):
        return Fraction(drawn - made)


def _total(masses: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    with localcontext(EXACT):
        for mass_g in masses:
            if mass_g is None:
                return None
            total += mass_g
    return total


def _unweighable(batch_ids: Iterable[str], batch_by_id: Mapping[str, Batch]) -> tuple[str, ...]:
    return tuple(sorted(each for each in batch_ids if batch_by_id[each].unit_mass_g is None))


def _weights(quantities: Mapping[str, Fraction], batch_by_id: Mapping[str, Batch]) -> Mapping[str, Fraction]:
    """Return the mass of each output; one that stands alone needs none."""
    return {
        batch_id: quantity * Fraction(batch_by_id[batch_id].unit_mass_g or 1)
        for batch_id, quantity in quantities.items()
    }


def _quantity_by_batch(outputs: Sequence[ProcessOutput]) -> dict[str, Fraction]:
    quantities: dict[str, Fraction] = defaultdict(Fraction)
    for row in outputs:
        quantities[row.batch_id] += Fraction(row.quantity)
    return dict(quantities)
