"""Verbs that change orders as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.core.requests.public import next_number
from provender.kit import clock
from provender.kit.db import Work, refusing
from provender.kit.errors import InvalidInput
from provender.kit.sentences import name_word, tell
from provender.trace.orders import store
from provender.trace.orders.actions.lines import insert_lines, refuse_unknown_products, replace_lines
from provender.trace.orders.actions.locks import lock_order
from provender.trace.orders.errors import REFUSALS, OrderHasGoods, OrderMoveRefused, OrderNotOpen, OrderWithoutLines
from provender.trace.orders.model import MOVES, OPEN_STATES, LockedOrder, OrderHeader, OrderState
from provender.trace.orders.payloads import OrderAmendment, OrderInput, OrderMove, OrderReplacement
from provender.trace.orders.rules import state_after_goods

SERIES: Final = "SO"
CLOCKS_DISAGREE: Final = timedelta(minutes=5)
"""As in the guards of the database: so much may a moment lie ahead."""
AMENDED_LATE: Final = frozenset({"expected_on", "delay_reason", "note"})
"""What may still be said of an order whose lines are fixed."""
CLOSED: Final = frozenset({OrderState.DELIVERED, OrderState.CANCELLED})


async def add_order(work: Work, order: OrderInput) -> UUID:
    """Add an order with its lines, as a draft or confirmed, and return its id.

    Raises:
        InvalidInput: customer, site or product is unknown, or it was ordered in the future.
        OrderNumberTaken: another order has this number.
        OrderReferenceTaken: another order of the customer has this reference.
        OrderWithoutLines: it shall be confirmed and asks for nothing.
    """
    require_role((await work.caller()).role, Role.STAFF)
    refuse_future(order.ordered_at, "ordered_at")
    await refuse_unknown_products(work, order.lines, "lines.{0}.{1}")
    if order.confirm and not order.lines:
        raise OrderWithoutLines("This order has no lines.", hint="Add a line, or save it as a draft.", field="lines")
    number = order.number or await _next_order_number(work)
    with refusing(REFUSALS):
        order_id = await store.insert_order(work, {**order.model_dump(exclude={"lines", "confirm"}), "number": number})
    locked = LockedOrder(order_id, number, order.customer_id, OrderState.DRAFT, 1)
    await insert_lines(work, locked, order.lines)
    if order.confirm:
        await store.update_order_state(work, order_id, OrderState.CONFIRMED, None)
    return order_id


async def replace_order(work: Work, order_id: UUID, version: int, order: OrderReplacement) -> None:
    """Make an order that is a draft or confirmed what is given, lines included.

    Raises:
        NotFound: it is not there.
        VersionStale: somebody changed it in between.
        InvalidInput: site, product or line is unknown.
        OrderNotOpen: its lines are fixed by now.
        OrderLineInUse: what was set aside or packed does not fit the lines.
        OrderReferenceTaken: another order of the customer has this reference.
        OrderWithoutLines: it is confirmed and would ask for nothing.
    """
    require_role((await work.caller()).role, Role.STAFF)
    locked = await lock_order(work, order_id, version=version)
    _refuse_closed(locked, is_whole=True)
    if locked.state != OrderState.DRAFT and not order.lines:
        raise OrderWithoutLines("This order would have no lines.", hint="Cancel it instead.", field="lines")
    header = await _header_of(work, order_id)
    wanted = OrderHeader(**order.model_dump(exclude={"lines"}))
    await _save_header(work, order_id, replace(wanted, ordered_at=order.ordered_at or header.ordered_at))
    await replace_lines(work, locked, order.lines)


async def amend_order(work: Work, order_id: UUID, version: int, changes: OrderAmendment) -> None:
    """Change what is given of an order and leave the rest.

    Expected day, reason of a delay and note can be changed until it is delivered or cancelled, the
    rest only while it is a draft or confirmed.

    Raises:
        NotFound: it is not there.
        VersionStale: somebody changed it in between.
        InvalidInput: the site is unknown, or it was ordered in the future.
        OrderNotOpen: that cannot be changed any more.
        OrderReferenceTaken: another order of the customer has this reference.
    """
    require_role((await work.caller()).role, Role.STAFF)
    locked = await lock_order(work, order_id, version=version)
    given = changes.model_dump(exclude_unset=True)
    _refuse_closed(locked, is_whole=bool(given.keys() - AMENDED_LATE))
    header = await _header_of(work, order_id)
    if given.get("ordered_at", header) is None:
        given["ordered_at"] = header.ordered_at
    await _save_header(work, order_id, replace(header, **given))


async def move_order(work: Work, order_id: UUID, move: OrderMove) -> None:
    """Move an order to a state; managers cancel.

    Closing a partly shipped order gives back what was still set aside; so does cancelling.

    Raises:
        NotFound: it is not there.
        NotAllowed: the role does not include cancelling.
        OrderMoveRefused: the state it is in does not lead there, or its goods say otherwise.
        OrderHasGoods: it cannot be cancelled, for something is packed or gone.
        OrderWithoutLines: it asks for nothing.
    """
    is_cancelling = move.to == OrderState.CANCELLED
    require_role((await work.caller()).role, Role.MANAGER if is_cancelling else Role.STAFF)
    order = await lock_order(work, order_id)
    if move.to not in MOVES[OrderState(order.state)]:
        raise OrderMoveRefused(
            tell(
                "Order %(number)s is %(state)s and cannot become %(wanted)s.",
                number=order.number,
                state=name_word(order.state),
                wanted=name_word(move.to),
            ),
            hint=_ways_from(order.state),
            field="to",
        )
    await _refuse_contradiction(work, order, move.to)
    with refusing(REFUSALS):
        await store.update_order_state(work, order_id, move.to, move.reason)
    if move.to == OrderState.SHIPPED:
        await _release_all(work, order_id)


async def remove_order(work: Work, order_id: UUID) -> None:
    """Delete a draft with its lines.

    Raises:
        NotFound: it is not there.
        OrderNotOpen: it is no draft any more.
    """
    require_role((await work.caller()).role, Role.STAFF)
    await lock_order(work, order_id)
    with refusing(REFUSALS):
        await store.delete_order(work, order_id)


async def settle_state(work: Work, order: LockedOrder) -> None:
    """Move a locked order to the state that follows from what is packed and shipped, if any does."""
    following = state_after_goods(order.state, await store.select_line_balances(work, order.id))
    if following is not None:
        await store.update_order_state(work, order.id, following, None)


async def deliver_order(work: Work, order: LockedOrder) -> None:
    """Move a locked order that is shipped to delivered; any other stays what it is."""
    if order.state == OrderState.SHIPPED:
        await store.update_order_state(work, order.id, OrderState.DELIVERED, None)


def refuse_future(at: datetime | None, field: str) -> None:
    """Refuse a moment that lies ahead.

    Raises:
        InvalidInput: it lies more than five minutes ahead.
    """
    if at is not None and at > clock.now() + CLOCKS_DISAGREE:
        raise InvalidInput("This moment lies in the future.", hint="Record what happened.", field=field)


async def _next_order_number(work: Work) -> str:
    number = await next_number(work, SERIES)
    while await store.order_number_exists(work, number):
        number = await next_number(work, SERIES)
    return number


async def _header_of(work: Work, order_id: UUID) -> OrderHeader:
    return cast("OrderHeader", await store.select_order_header(work, order_id))


async def _save_header(work: Work, order_id: UUID, header: OrderHeader) -> None:
    refuse_future(header.ordered_at, "ordered_at")
    with refusing(REFUSALS):
        await store.update_order_header(work, order_id, header)


def _refuse_closed(order: LockedOrder, *, is_whole: bool) -> None:
    if order.state in CLOSED or (is_whole and order.state not in OPEN_STATES):
        raise OrderNotOpen(
            tell("Order %(number)s is %(state)s.", number=order.number, state=name_word(order.state)),
            hint="Only the expected day, the reason of a delay and the note can be changed until it is delivered.",
        )


async def _refuse_contradiction(work: Work, order: LockedOrder, wanted: OrderState) -> None:
    lines = await store.select_line_balances(work, order.id)
    if wanted == OrderState.CONFIRMED and not lines:
        raise OrderWithoutLines("This order has no lines.", hint="Add a line first.")
    packed = sum(line.packed for line in lines)
    shipped = sum(line.shipped for line in lines)
    if wanted == OrderState.CANCELLED and packed + shipped > 0:
        raise OrderHasGoods(
            tell("Of order %(number)s something is packed or gone already.", number=order.number),
            hint="Let the shipment leave and take the goods back as a return, or move the order to shipped.",
        )
    if wanted == OrderState.PACKED and packed + shipped == 0:
        raise OrderMoveRefused("Nothing is packed yet.", hint="Record a shipment.", field="to")
    if wanted == OrderState.SHIPPED and (packed > 0 or shipped == 0):
        raise OrderMoveRefused(
            "Not everything that is packed has left." if packed else "Nothing has left yet.",
            hint="Record the departure of the shipment.",
            field="to",
        )


async def _release_all(work: Work, order_id: UUID) -> None:
    left = await store.select_set_aside(work, order_id)
    await store.release_allocations(work, [allocation.id for allocation in left])


def _ways_from(state: str) -> str:
    ways = tuple(name_word(way) for way in sorted(MOVES[OrderState(state)]))
    return tell("It can become: %(states)s.", states=ways) if ways else tell("It is closed; enter a new order.")
