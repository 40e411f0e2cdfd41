"""Pages of returns: the form on a shipment, the list, one return."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import TypeAdapter

from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.shipments import reads, store
from provender.trace.shipments.actions import returns
from provender.trace.shipments.actions.naming import resolve_return
from provender.trace.shipments.forms import ReturnForm
from provender.trace.shipments.payloads import Return, ReturnFilter, ReturnSummary, Shipment

router = page_router("/trace")
RETURNS = TypeAdapter(list[ReturnSummary])


@router.get("/returns")
async def show_returns(request: Request, wanted: Annotated[ReturnFilter, Query()]) -> Response:
    """Show what came back, latest first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_returns(work, wanted, last_seen)
        caller = await work.caller()
    context = {"returns": RETURNS.validate_json(page.items), "next": next_address(request, page.next_key)}
    return show(request, caller, "shipments/returns.html", context)


@router.get("/returns/{return_id}")
async def show_return(request: Request, return_id: UUID) -> Response:
    """Show one return with its lines."""
    async with reading(request) as work:
        found = await store.select_return(work, return_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such return.")
    return show(request, caller, "shipments/return.html", {"returned": Return.model_validate_json(found)})


@router.get("/shipments/{shipment_id}/return")
async def show_taking_back(request: Request, shipment_id: UUID) -> Response:
    """Show the lines of a shipment, to say what came back."""
    return await _show_taking_back(request, shipment_id)


@router.post("/shipments/{shipment_id}/return")
async def take_back(request: Request, shipment_id: UUID) -> Response:
    """Take goods back, or show the form again with what is wrong."""

    async def save(work: Work, form: ReturnForm, _version: int) -> str:
        found = await store.select_shipment(work, shipment_id)
        if found is None:
            raise NotFound("There is no such shipment.")
        customer_id = Shipment.model_validate_json(found[0]).customer.id
        return f"/trace/returns/{await returns.take_back(work, resolve_return(customer_id, form))}"

    async def again(form: Form, status: int) -> Response:
        return await _show_taking_back(request, shipment_id, form, status=status)

    return await save_form(request, ReturnForm, save, said=_("The goods were taken back."), again=again)


async def _show_taking_back(
    request: Request, shipment_id: UUID, form: Form | None = None, *, status: int = 200
) -> Response:
    async with reading(request) as work:
        found = await store.select_shipment(work, shipment_id)
        materials = await store.select_rework_materials(work)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such shipment.")
    context = {
        "shipment": Shipment.model_validate_json(found[0]),
        "materials": [(material.id, material.name) for material in materials],
        "f": form or Form(),
    }
    return show(request, caller, "shipments/take_back.html", context, status=status)
