"""Pages of orders: the list, one order, its moves and its removal."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from fastapi import Query, Request, Response
from pydantic import TypeAdapter

from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, remove, save_form
from provender.kit.http.import_pages import ImportPage
from provender.kit.http.pages import say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.orders import reads, store
from provender.trace.orders.actions import orders
from provender.trace.orders.actions.imports import ORDER_IMPORT
from provender.trace.orders.forms import OrderMoveForm
from provender.trace.orders.model import OrderState
from provender.trace.orders.pages.showing import show_one_order
from provender.trace.orders.payloads import Order, OrderFilter, OrderMove, OrderSummary

router = page_router("/trace/orders")
ORDERS = TypeAdapter(list[OrderSummary])
IMPORT_PAGE = ImportPage(ORDER_IMPORT, title=_("Import orders"), list_title=_("Orders"), list_href="/trace/orders")


@router.get("")
async def show_orders(request: Request, wanted: Annotated[OrderFilter, Query()]) -> Response:
    """Show the orders, newest first, by state and search."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        counts = await store.count_open_orders(work)
        caller = await work.caller()
        page = await reads.list_orders(work, wanted, last_seen, caller.time_zone)
    shown = ORDERS.validate_json(page.items)
    zone = ZoneInfo(caller.time_zone)
    context = {
        "orders": shown,
        "ordered_on": {order.id: order.ordered_at.astimezone(zone).date() for order in shown},
        "counts": orjson.loads(counts),
        "states": list(OrderState),
        "state": wanted.state,
        "next": next_address(request, page.next_key),
        "f": Form(request.query_params),
        "is_filtered": bool(request.query_params),
        "search": wanted.search or wanted.number,
    }
    return show(request, caller, "orders/list.html", context)


@router.get("/import")
async def show_import(request: Request) -> Response:
    """Show where to choose a file of orders."""
    return await IMPORT_PAGE.show(request)


@router.post("/import")
async def import_orders(request: Request) -> Response:
    """Import a file of orders and tell what became of it."""
    return await IMPORT_PAGE.run(request)


@router.get("/{order_id}")
async def show_order(request: Request, order_id: UUID) -> Response:
    """Show one order."""
    return await show_one_order(request, order_id)


@router.post("/{order_id}/moves")
async def move_order(request: Request, order_id: UUID) -> Response:
    """Move an order by a button, or show why it does not move."""

    async def move(work: Work, wanted: OrderMoveForm, _version: int) -> str:
        await orders.move_order(work, order_id, OrderMove(to=wanted.to, reason=wanted.reason))
        return f"/trace/orders/{order_id}"

    async def again(form: Form, status: int) -> Response:
        return await show_one_order(request, order_id, form, status=status)

    return await save_form(request, OrderMoveForm, move, said=_("The order was moved."), again=again)


@router.get("/{order_id}/cancel")
async def show_cancelling(request: Request, order_id: UUID) -> Response:
    """Ask why an order is cancelled, and show what that does."""
    return await _show_cancelling(request, order_id, Form())


@router.post("/{order_id}/cancel")
async def cancel_order(request: Request, order_id: UUID) -> Response:
    """Cancel an order with a reason."""

    async def cancel(work: Work, wanted: OrderMoveForm, _version: int) -> str:
        await orders.move_order(work, order_id, OrderMove(to=wanted.to, reason=wanted.reason))
        return f"/trace/orders/{order_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_cancelling(request, order_id, form, status=status)

    return await save_form(request, OrderMoveForm, cancel, said=_("The order was cancelled."), again=again)


@router.get("/{order_id}/delete")
async def show_removal(request: Request, order_id: UUID) -> Response:
    """Show what deleting an order would do."""
    return await _show_removal(request, order_id)


@router.post("/{order_id}/delete")
async def remove_order(request: Request, order_id: UUID) -> Response:
    """Delete a draft; else show why not."""
    return await remove(
        request,
        lambda work: orders.remove_order(work, order_id),
        then="/trace/orders",
        said=_("The draft was deleted."),
        in_use=lambda refusal: _show_removal(request, order_id, refusal),
    )


async def _show_cancelling(request: Request, order_id: UUID, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        found = await store.select_order(work, order_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such order.")
    order = Order.model_validate_json(found[0])
    set_aside = sum(line.allocated_quantity for line in order.lines)
    return show(
        request, caller, "orders/cancel.html", {"order": order, "f": form, "set_aside": set_aside}, status=status
    )


async def _show_removal(request: Request, order_id: UUID, refusal: Refusal | None = None) -> Response:
    async with reading(request) as work:
        found = await store.select_order(work, order_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such order.")
    order = Order.model_validate_json(found[0])
    lost = [(say(request, _("Lines")), len(order.lines)), (say(request, _("States")), len(order.states))]
    branches = [
        {"label": label, "effect": "deleted", "rows": rows, "branches": list[object]()} for label, rows in lost if rows
    ]
    context = {
        "order": order,
        "branch": {"label": order.number, "effect": "deleted", "rows": 1, "branches": branches},
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "orders/delete.html", context, status=200 if refusal is None else refusal.status)
