"""Buttons on the page of an order that set pieces aside, pick and release them."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request, Response

from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.orders import store
from provender.trace.orders.actions import allocations
from provender.trace.orders.actions.naming import product_of_line, rename_fields, resolve_batches
from provender.trace.orders.forms import AllocationForm
from provender.trace.orders.pages.showing import show_one_order
from provender.trace.orders.payloads import AllocationChoice, AllocationInput, AllocationMove

router = page_router("/trace/orders")


@router.post("/{order_id}/allocations/automatic")
async def allocate_automatically(request: Request, order_id: UUID) -> Response:
    """Set aside what expires first, or show what is missing."""

    async def allocate(work: Work, wanted: AllocationInput, _version: int) -> str:
        await allocations.allocate(work, order_id, wanted)
        return f"/trace/orders/{order_id}#allocations"

    async def again(form: Form, status: int) -> Response:
        return await show_one_order(request, order_id, form, status=status)

    return await save_form(request, AllocationInput, allocate, said=_("Pieces were set aside."), again=again)


@router.post("/{order_id}/allocations")
async def allocate_by_hand(request: Request, order_id: UUID) -> Response:
    """Set aside pieces of the batch that was scanned."""

    async def allocate(work: Work, wanted: AllocationForm, _version: int) -> str:
        product_id = await product_of_line(work, order_id, wanted.order_line_id)
        batch_id = (await resolve_batches(work, [(product_id, wanted.batch, "batch")]))[0]
        choice = AllocationChoice(order_line_id=wanted.order_line_id, batch_id=batch_id, quantity=wanted.quantity)
        try:
            await allocations.allocate(work, order_id, AllocationInput(allocations=[choice]))
        except Refusal as refusal:
            raise rename_fields(refusal, drop="allocations.0.") from refusal
        return f"/trace/orders/{order_id}#allocations"

    async def again(form: Form, status: int) -> Response:
        return await show_one_order(request, order_id, form, status=status)

    return await save_form(request, AllocationForm, allocate, said=_("Pieces were set aside."), again=again)


@router.post("/{order_id}/allocations/{allocation_id}/moves")
async def move_allocation(request: Request, order_id: UUID, allocation_id: UUID) -> Response:
    """Pick, put back or release what is set aside."""

    async def move(work: Work, wanted: AllocationMove, _version: int) -> str:
        place = await store.select_allocation(work, allocation_id)
        if place is None or place.order_id != order_id:
            raise NotFound("There is no such allocation.")
        await allocations.move_allocation(work, allocation_id, wanted.to)
        return f"/trace/orders/{order_id}#allocations"

    async def again(form: Form, status: int) -> Response:
        return await show_one_order(request, order_id, form, status=status)

    return await save_form(request, AllocationMove, move, said=_("The order was changed."), again=again)
