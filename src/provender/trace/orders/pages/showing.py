"""How one order is shown: after a question, and again when a button on its page was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from fastapi import Request, Response

from provender.kit.errors import NotFound
from provender.kit.http.edge import reading
from provender.kit.http.pages import show
from provender.kit.ui.form import Form
from provender.trace.orders import store
from provender.trace.orders.model import MOVES, OPEN_STATES, OrderState
from provender.trace.orders.payloads import Order

STEPS: Final = (
    OrderState.CONFIRMED,
    OrderState.IN_PRODUCTION,
    OrderState.PACKED,
    OrderState.SHIPPED,
    OrderState.DELIVERED,
)
"""The way of an order as people tell it; a draft stands before the first, a cancelled order on none."""
ALLOCATED_IN: Final = frozenset({OrderState.CONFIRMED, OrderState.IN_PRODUCTION, OrderState.PACKED, OrderState.SHIPPED})


@dataclass(frozen=True)
class Step:
    """One step of the way: `done`, `now` or `next`, and since when."""

    state: OrderState
    place: str
    since: datetime | None


def steps_of(order: Order) -> Sequence[Step]:
    """Return the way of an order; a step it left out, or took later than the next, is done without a moment."""
    since = {entry.to_state: entry.changed_at for entry in order.states}
    here = STEPS.index(order.state) if order.state in STEPS else -1
    return [
        Step(
            state,
            "next" if index > here else "now" if index == here and state != OrderState.DELIVERED else "done",
            since.get(state) if index <= here else None,
        )
        for index, state in enumerate(STEPS)
    ]


async def show_one_order(request: Request, order_id: UUID, form: Form | None = None, *, status: int = 200) -> Response:
    """Show one order with its lines, what is set aside, its shipments and its states.

    Raises:
        NotFound: it is not there.
    """
    async with reading(request) as work:
        found = await store.select_order(work, order_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such order.")
    order = Order.model_validate_json(found[0])
    open_lines = [line for line in order.lines if line.back_ordered_quantity > 0]
    context = {
        "order": order,
        "f": form or Form(),
        "steps": steps_of(order),
        "moves": MOVES[order.state],
        "is_open": order.state in OPEN_STATES,
        "open_lines": open_lines if order.state in ALLOCATED_IN else [],
        "can_pack": order.state in ALLOCATED_IN and any(line.open_quantity > 0 for line in order.lines),
        "can_cancel": caller.role != "staff" and OrderState.CANCELLED in MOVES[order.state] and not order.shipments,
        "can_close": order.state != OrderState.SHIPPED
        and OrderState.SHIPPED in MOVES[order.state]
        and any(shipment.shipped_at for shipment in order.shipments)
        and all(shipment.shipped_at for shipment in order.shipments),
    }
    return show(request, caller, "orders/show.html", context, status=status)
