"""What follows from quantities: which batch first, which state, what stays set aside. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from provender.trace.orders.model import (
    AllocationPlan,
    AllocationState,
    Choice,
    Draw,
    FreeBatch,
    LineBalance,
    OrderState,
    Releases,
    SetAside,
    Shortage,
)

NOTHING = Decimal(0)
MOVED_BY_GOODS = frozenset({OrderState.CONFIRMED, OrderState.IN_PRODUCTION, OrderState.PACKED})


def choose_batches(lines: Iterable[LineBalance], batches: Iterable[FreeBatch]) -> AllocationPlan:
    """Return what to set aside so that what expires first goes out first.

    Lines are served in their order, each from the batches of its product by best-before date, then
    age, then code; a batch without a date comes last. The same batch may serve several lines.
    """
    free_by_batch = {batch.batch_id: batch.free for batch in batches}
    queue = sorted(batches, key=_expiry)
    choices: list[Choice] = []
    shortages: list[Shortage] = []
    for line in lines:
        missing = line.uncovered
        for batch in (batch for batch in queue if batch.product_id == line.product_id):
            taken = min(missing, free_by_batch[batch.batch_id])
            if taken > NOTHING:
                choices.append(Choice(line.order_line_id, batch.batch_id, taken))
                free_by_batch[batch.batch_id] -= taken
                missing -= taken
        if missing > NOTHING:
            shortages.append(Shortage(line.order_line_id, line.sku, missing))
    return AllocationPlan(choices, shortages)


def _expiry(batch: FreeBatch) -> tuple[date, date, str, UUID]:
    return (batch.best_before_on or date.max, batch.made_on, batch.code, batch.batch_id)


def state_after_goods(state: str, lines: Sequence[LineBalance]) -> OrderState | None:
    """Return the state an order moves to when goods were packed or left, None when it stays.

    Shipped when everything ordered has left; packed when everything is packed or gone; a first part
    makes a confirmed order one in production. An order never moves back by itself.
    """
    if state not in MOVED_BY_GOODS or not lines:
        return None
    if all(line.shipped >= line.ordered for line in lines):
        return OrderState.SHIPPED
    if all(line.open <= NOTHING for line in lines):
        return None if state == OrderState.PACKED else OrderState.PACKED
    is_begun = any(line.packed + line.shipped > NOTHING for line in lines)
    return OrderState.IN_PRODUCTION if is_begun and state == OrderState.CONFIRMED else None


def release_for(
    allocations: Sequence[SetAside], draws: Sequence[Draw], open_by_line: Mapping[UUID, Decimal]
) -> Releases:
    """Return which allocations end when goods are packed, and what stays set aside of them.

    What is packed from a batch is taken from the allocations of that batch for that line. When other
    goods were packed than were set aside, so much is given back that no more stays set aside for the line
    than is still open: planned before picked, the newest first.

    Args:
        allocations: All that are not released, oldest first.
        draws: What is packed now.
        open_by_line: Pieces of each line that were open before.
    """
    left = {allocation.id: allocation.quantity for allocation in allocations}
    still_open = dict(open_by_line)
    for draw in draws:
        same = [one for one in allocations if (one.order_line_id, one.batch_id) == (draw.order_line_id, draw.batch_id)]
        _take(left, same, draw.quantity)
        still_open[draw.order_line_id] -= draw.quantity
    for line_id, open_now in still_open.items():
        of_line = [one for one in reversed(allocations) if one.order_line_id == line_id]
        surplus = sum((left[one.id] for one in of_line), NOTHING) - open_now
        _take(left, sorted(of_line, key=lambda one: one.state == AllocationState.PICKED), surplus)
    ended = [one for one in allocations if left[one.id] < one.quantity]
    kept = [replace(one, quantity=left[one.id]) for one in ended if left[one.id] > NOTHING]
    return Releases(ended, kept)


def _take(left: dict[UUID, Decimal], allocations: Iterable[SetAside], quantity: Decimal) -> None:
    for allocation in allocations:
        taken = min(left[allocation.id], max(NOTHING, quantity))
        left[allocation.id] -= taken
        quantity -= taken
