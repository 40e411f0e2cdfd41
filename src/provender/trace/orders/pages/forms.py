"""Forms of orders: a new one, and one that is changed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from fastapi import Query, Request, Response

from provender.kit import clock
from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.orders import store
from provender.trace.orders.actions import orders
from provender.trace.orders.actions.locks import lock_order
from provender.trace.orders.actions.naming import rename_fields, resolve_order, resolve_replacement
from provender.trace.orders.forms import OrderEditForm, OrderForm, OrderPromiseForm
from provender.trace.orders.model import OPEN_STATES
from provender.trace.orders.payloads import Order, OrderAmendment

router = page_router("/trace/orders")
CustomerName = Annotated[str, Query(max_length=200, description="Name of the customer to begin with.")]


@router.get("/new")
async def show_new_order(request: Request, customer: CustomerName = "") -> Response:
    """Show the form of a new order, with today and the currency used last."""
    return await _show_new(request, Form({"customer": customer, "confirm": "true"}))


@router.post("/new")
async def add_order(request: Request) -> Response:
    """Save a new order, or show the form again with what is wrong."""

    async def save(work: Work, form: OrderForm, _version: int) -> str:
        try:
            return f"/trace/orders/{await orders.add_order(work, await resolve_order(work, form))}"
        except Refusal as refusal:
            raise rename_fields(refusal) from refusal

    async def again(form: Form, status: int) -> Response:
        return await _show_new(request, form, status=status)

    return await save_form(request, OrderForm, save, said=_("The order was added."), again=again)


@router.get("/{order_id}/edit")
async def show_edited_order(request: Request, order_id: UUID) -> Response:
    """Show the form with what an order says now."""
    return await _show_edited(request, order_id)


@router.post("/{order_id}/edit")
async def replace_order(request: Request, order_id: UUID) -> Response:
    """Save an order with its lines, or show the form again with what is wrong."""

    async def save(work: Work, form: OrderEditForm, version: int) -> str:
        try:
            locked = await lock_order(work, order_id, version=version)
            await orders.replace_order(work, order_id, version, await resolve_replacement(work, locked, form))
        except Refusal as refusal:
            raise rename_fields(refusal) from refusal
        return f"/trace/orders/{order_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_edited(request, order_id, form, status=status)

    return await save_form(request, OrderEditForm, save, said=_("The order was changed."), again=again)


@router.post("/{order_id}/promise")
async def amend_order(request: Request, order_id: UUID) -> Response:
    """Save the expected day, the reason of a delay and the note of an order whose lines are fixed."""

    async def save(work: Work, form: OrderPromiseForm, version: int) -> str:
        await orders.amend_order(work, order_id, version, OrderAmendment(**form.model_dump()))
        return f"/trace/orders/{order_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_edited(request, order_id, form, status=status)

    return await save_form(request, OrderPromiseForm, save, said=_("The order was changed."), again=again)


def values_of(order: Order, time_zone: str) -> dict[str, object]:
    """Return what the form of an order shows of it."""
    values: dict[str, object] = {
        "version": order.version,
        "site": order.customer_site.name if order.customer_site else "",
        "ordered_on": order.ordered_at.astimezone(ZoneInfo(time_zone)).date(),
        **order.model_dump(include={"customer_reference", "currency", "expected_on", "delay_reason", "note"}),
    }
    for index, line in enumerate(order.lines):
        values |= {
            f"lines-{index}-id": line.id,
            f"lines-{index}-sku": line.product.sku,
            f"lines-{index}-quantity": line.ordered_quantity,
            f"lines-{index}-unit_price": line.unit_price,
        }
    return values


async def _show_new(request: Request, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        choices = orjson.loads(await store.select_order_choices(work))
        caller = await work.caller()
    today = clock.today(caller.time_zone)
    begun = {"ordered_on": today, "currency": choices["currency"], **form.values}
    shown = Form(begun, form.errors, form.sentence, form.hint)
    context = {"f": shown, "choices": choices, "order": None, "today": today}
    return show(request, caller, "orders/form.html", context, status=status)


async def _show_edited(request: Request, order_id: UUID, form: Form | None = None, *, status: int = 200) -> Response:
    async with reading(request) as work:
        choices = orjson.loads(await store.select_order_choices(work))
        found = await store.select_order(work, order_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such order.")
    order = Order.model_validate_json(found[0])
    shown = form or Form(values_of(order, caller.time_zone))
    context = {"f": shown, "choices": choices, "order": order, "today": clock.today(caller.time_zone)}
    template = "orders/form.html" if order.state in OPEN_STATES else "orders/promise.html"
    return show(request, caller, template, context, status=status)
