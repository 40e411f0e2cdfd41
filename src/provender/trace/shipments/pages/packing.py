"""The form in which goods of an order are packed, filled from what is set aside."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request, Response

from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.orders.public import Order, rename_fields, select_order
from provender.trace.shipments.actions import shipments
from provender.trace.shipments.actions.naming import resolve_shipment
from provender.trace.shipments.forms import PackForm

router = page_router("/trace/orders")


@router.get("/{order_id}/pack")
async def show_packing(request: Request, order_id: UUID) -> Response:
    """Show what is set aside for an order, ready to be packed."""
    return await _show_packing(request, order_id)


@router.post("/{order_id}/pack")
async def pack_shipment(request: Request, order_id: UUID) -> Response:
    """Pack, or show the form again with what is wrong."""

    async def save(work: Work, form: PackForm, _version: int) -> str:
        try:
            shipment_id = await shipments.pack_shipment(work, await resolve_shipment(work, order_id, form))
        except Refusal as refusal:
            raise rename_fields(refusal) from refusal
        return f"/trace/shipments/{shipment_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_packing(request, order_id, form, status=status)

    return await save_form(request, PackForm, save, said=_("The shipment is packed."), again=again)


def values_of(order: Order) -> dict[str, object]:
    """Return a line per allocation that can be packed; without any, a line per open order line."""
    values: dict[str, object] = {}
    ready = [one for one in order.allocations if not one.is_held]
    for index, one in enumerate(ready):
        values |= _line(index, one.order_line_id, one.batch.code, int(one.quantity))
    if not ready:
        for index, line in enumerate(line for line in order.lines if line.open_quantity > 0):
            values |= _line(index, line.id, "", int(line.open_quantity))
    return values


def _line(index: int, order_line_id: UUID, code: str, quantity: int) -> dict[str, object]:
    place = f"lines-{index}"
    return {f"{place}-order_line_id": order_line_id, f"{place}-batch": code, f"{place}-quantity": quantity}


async def _show_packing(request: Request, order_id: UUID, form: Form | None = None, *, status: int = 200) -> Response:
    async with reading(request) as work:
        found = await select_order(work, order_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such order.")
    order = Order.model_validate_json(found[0])
    context = {
        "order": order,
        "open_lines": [line for line in order.lines if line.open_quantity > 0],
        "held": [one for one in order.allocations if one.is_held],
        "f": form or Form(values_of(order)),
    }
    return show(request, caller, "shipments/pack.html", context, status=status)
