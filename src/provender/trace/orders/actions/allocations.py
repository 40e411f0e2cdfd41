"""Verbs that set pieces of batches aside for orders, and give them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit import clock
from provender.kit.db import Work, refusing
from provender.kit.errors import FieldRefusal, InvalidInput, NotFound
from provender.kit.sentences import tell
from provender.trace.batches.errors import BatchHeld, refuse_draws
from provender.trace.orders import store
from provender.trace.orders.actions.locks import lock_order
from provender.trace.orders.errors import REFUSALS, MoreThanOrdered, NotEnoughStock
from provender.trace.orders.model import AllocationState, Choice, Draw, LineBalance, LockedOrder, SetAside, Shortage
from provender.trace.orders.payloads import AllocationChoice, AllocationInput
from provender.trace.orders.rules import choose_batches, release_for


async def allocate(work: Work, order_id: UUID, wanted: AllocationInput) -> None:
    """Set pieces aside for an order, chosen by hand or first expired first out; all of it or nothing.

    Raises:
        NotFound: there is no such order.
        InvalidInput: a line or batch is unknown, or the batch is one of another product.
        MoreThanOrdered: a line would get more than is still open.
        NotEnoughStock: there are too few free pieces, and a part is not wanted or there is none.
        BatchHeld: a batch is on hold.
        BatchTooSmall: a batch has not so many pieces.
        BatchSetAside: what is left of a batch is set aside for others.
        OrderNotOpen: the order is a draft, delivered or cancelled.
    """
    require_role((await work.caller()).role, Role.STAFF)
    order = await lock_order(work, order_id)
    lines = await store.select_line_balances(work, order_id)
    if wanted.automatic:
        choices = await _choose(work, lines, is_partial=wanted.partial)
    else:
        choices = await _check(work, lines, wanted.allocations)
    for index, choice in enumerate(choices):
        field = None if wanted.automatic else f"allocations.{index}.batch_id"
        with refusing({**REFUSALS, **refuse_draws(field)}):
            await store.insert_allocation(work, order.id, choice, AllocationState.PLANNED)


async def move_allocation(work: Work, allocation_id: UUID, to: AllocationState) -> None:
    """Pick what is set aside, put it back on the shelf, or release it.

    Raises:
        NotFound: there is no such allocation.
        BatchHeld: a batch on hold is not picked.
        AllocationMoveRefused: it is released already.
    """
    require_role((await work.caller()).role, Role.STAFF)
    place = await store.select_allocation(work, allocation_id)
    if place is None:
        raise NotFound("There is no such allocation.")
    await lock_order(work, place.order_id)
    await store.lock_batches(work, [place.batch_id])
    if to == AllocationState.PICKED and await store.batch_is_held(work, place.batch_id):
        raise BatchHeld(
            "This batch is on hold.", hint="Release what is set aside and choose another batch.", field="to"
        )
    with refusing(REFUSALS):
        await store.update_allocation_state(work, allocation_id, to)


async def take_allocations(work: Work, order: LockedOrder, draws: Sequence[Draw]) -> Sequence[SetAside]:
    """Release what is set aside for goods that are packed now, and return what must be set aside again afterwards.

    Call it under the order's lock, before the goods are taken from stock; it locks every batch that is touched.

    Raises:
        InvalidInput: the order has no such line, or a batch is not one of the line's product.
        MoreThanOrdered: a line would get more than was ordered.
    """
    lines = {line.order_line_id: line for line in await store.select_line_balances(work, order.id)}
    asked: Counter[UUID] = Counter()
    for index, draw in enumerate(draws):
        line = _line_of(lines, draw.order_line_id, f"lines.{index}.order_line_id")
        asked[line.order_line_id] += int(draw.quantity)
        _refuse_more(line, line.open, asked[line.order_line_id], f"lines.{index}.quantity")
    set_aside = await store.select_set_aside(work, order.id)
    await _lock_fitting(work, lines, draws, place="lines", more=[one.batch_id for one in set_aside])
    releases = release_for(set_aside, draws, {line.order_line_id: line.open for line in lines.values()})
    await store.release_allocations(work, [allocation.id for allocation in releases.released])
    return releases.kept


async def set_aside_again(work: Work, order: LockedOrder, kept: Sequence[SetAside]) -> None:
    """Set aside what `take_allocations` returned, after the goods were taken from stock; not from a batch on hold."""
    for one in kept:
        if not await store.batch_is_held(work, one.batch_id):
            choice = Choice(one.order_line_id, one.batch_id, one.quantity)
            await store.insert_allocation(work, order.id, choice, one.state)


async def _choose(work: Work, lines: Sequence[LineBalance], *, is_partial: bool) -> Sequence[Choice]:
    today = clock.today((await work.caller()).time_zone)
    wanted = [line for line in lines if line.uncovered > 0]
    if not wanted:
        raise MoreThanOrdered("Everything ordered is set aside or packed already.")
    candidates = await store.select_candidate_batches(work, sorted({line.product_id for line in wanted}), today)
    locked = await store.lock_batches(work, candidates)
    plan = choose_batches(wanted, await store.select_free_batches(work, locked, today))
    if plan.shortages and not (is_partial and plan.choices):
        raise _not_enough(plan.shortages)
    return plan.choices


async def _check(work: Work, lines: Sequence[LineBalance], wanted: Sequence[AllocationChoice]) -> Sequence[Choice]:
    by_id = {line.order_line_id: line for line in lines}
    asked: Counter[UUID] = Counter()
    for index, one in enumerate(wanted):
        line = _line_of(by_id, one.order_line_id, f"allocations.{index}.order_line_id")
        asked[line.order_line_id] += one.quantity
        _refuse_more(line, line.uncovered, asked[line.order_line_id], f"allocations.{index}.quantity")
    draws = [Draw(one.order_line_id, one.batch_id, Decimal(one.quantity)) for one in wanted]
    await _lock_fitting(work, by_id, draws, place="allocations")
    return [Choice(one.order_line_id, one.batch_id, Decimal(one.quantity)) for one in wanted]


async def _lock_fitting(
    work: Work,
    lines: Mapping[UUID, LineBalance],
    draws: Sequence[Draw],
    *,
    place: str,
    more: Sequence[UUID] = (),
) -> None:
    """Lock the batches of some draws, and more, in the order of their ids; refuse those of another product."""
    named = {draw.batch_id for draw in draws if draw.batch_id is not None}
    await store.lock_batches(work, sorted(named | set(more)))
    product_by_batch = await store.select_batch_products(work, sorted(named))
    strange = [
        index
        for index, draw in enumerate(draws)
        if draw.batch_id is not None and product_by_batch.get(draw.batch_id) != lines[draw.order_line_id].product_id
    ]
    if strange:
        sentence = "There is no such batch of this product."
        fields = tuple(FieldRefusal(f"{place}.{index}.batch_id", sentence) for index in strange)
        raise InvalidInput(sentence, hint="Choose a batch of the product that the line names.", fields=fields)


def _line_of(lines: Mapping[UUID, LineBalance], line_id: UUID, field: str) -> LineBalance:
    line = lines.get(line_id)
    if line is None:
        raise InvalidInput("The order has no such line.", hint="Choose one of its lines.", field=field)
    return line


def _refuse_more(line: LineBalance, left: Decimal, asked: int, field: str) -> None:
    if asked > left:
        raise MoreThanOrdered(
            tell(
                "Of %(sku)s on line %(line)s only %(left)s of %(ordered)s pieces are open, not %(asked)s.",
                sku=line.sku,
                line=str(line.line_no),
                left=left,
                ordered=line.ordered,
                asked=asked,
            ),
            hint="Take less, release what is set aside, or add the rest as a new order.",
            field=field,
        )


def _not_enough(shortages: Sequence[Shortage]) -> NotEnoughStock:
    missing = tuple(tell("%(count)s of %(sku)s", count=one.missing, sku=one.sku) for one in shortages)
    return NotEnoughStock(
        tell("There are not enough free pieces: %(missing)s missing. Nothing was set aside.", missing=missing),
        hint="Ask for a partial allocation, or make more. Held and expired batches are not chosen.",
    )
