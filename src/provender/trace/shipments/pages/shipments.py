"""Pages of shipments: the list, one shipment, its buttons, its delivery note."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import TypeAdapter

from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import form_token, reading
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.pages import pages_of, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.shipments import reads, store
from provender.trace.shipments.actions import shipments
from provender.trace.shipments.forms import CarrierForm
from provender.trace.shipments.model import ShipmentState
from provender.trace.shipments.payloads import (
    Delivery,
    Departure,
    ReturnFilter,
    ReturnSummary,
    Shipment,
    ShipmentAmendment,
    ShipmentFilter,
    ShipmentSummary,
)

router = page_router("/trace/shipments")
SHIPMENTS = TypeAdapter(list[ShipmentSummary])
RETURNS = TypeAdapter(list[ReturnSummary])
NoteLanguage = Annotated[Literal["en", "de", "ja"] | None, Query(description="Left out: the language of the customer.")]


@router.get("")
async def show_shipments(request: Request, wanted: Annotated[ShipmentFilter, Query()]) -> Response:
    """Show the shipments, latest packed first, by state and number."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        caller = await work.caller()
        page = await reads.list_shipments(work, wanted, last_seen, caller.time_zone)
    context = {
        "shipments": SHIPMENTS.validate_json(page.items),
        "states": list(ShipmentState),
        "state": wanted.state,
        "next": next_address(request, page.next_key),
        "f": Form(request.query_params),
        "is_filtered": bool(request.query_params),
        "number": wanted.number,
    }
    return show(request, caller, "shipments/list.html", context)


@router.get("/{shipment_id}")
async def show_shipment(request: Request, shipment_id: UUID) -> Response:
    """Show one shipment with its lines and what came back of it."""
    return await _show_shipment(request, shipment_id)


@router.post("/{shipment_id}/carrier")
async def amend_shipment(request: Request, shipment_id: UUID) -> Response:
    """Save carrier and tracking number."""

    async def save(work: Work, form: CarrierForm, version: int) -> str:
        await shipments.amend_shipment(work, shipment_id, version, ShipmentAmendment(**form.model_dump()))
        return f"/trace/shipments/{shipment_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_shipment(request, shipment_id, form, status=status)

    return await save_form(request, CarrierForm, save, said=_("The shipment was changed."), again=again)


@router.post("/{shipment_id}/departure")
async def depart_shipment(request: Request, shipment_id: UUID) -> Response:
    """Record that it left, or show why it must not."""

    async def depart(work: Work, departure: Departure, _version: int) -> str:
        await shipments.depart_shipment(work, shipment_id, departure)
        return f"/trace/shipments/{shipment_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_shipment(request, shipment_id, form, status=status)

    return await save_form(request, Departure, depart, said=_("The shipment has left."), again=again)


@router.post("/{shipment_id}/delivery")
async def deliver_shipment(request: Request, shipment_id: UUID) -> Response:
    """Record that it arrived."""

    async def deliver(work: Work, delivery: Delivery, _version: int) -> str:
        await shipments.deliver_shipment(work, shipment_id, delivery)
        return f"/trace/shipments/{shipment_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_shipment(request, shipment_id, form, status=status)

    return await save_form(request, Delivery, deliver, said=_("The shipment has arrived."), again=again)


@router.get("/{shipment_id}/delivery-note")
async def show_delivery_note(request: Request, shipment_id: UUID, language: NoteLanguage = None) -> Response:
    """Show the paper that goes with the goods, in the customer's language and zone."""
    async with reading(request) as work:
        found = await store.select_shipment(work, shipment_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such shipment.")
    shipment = Shipment.model_validate_json(found[0])
    request.state.viewer = caller
    request.state.csrf_token = form_token(request)
    request.state.theme = request.cookies.get("theme", "system")
    request.state.language = language or shipment.customer.language
    request.state.zone = shipment.customer_site.time_zone if shipment.customer_site else caller.time_zone
    context = {
        "shipment": shipment,
        "sender": caller.organisation_name,
        "masses_g": [line.net_mass_g for line in shipment.lines],
    }
    answer = pages_of(request).render(request, "shipments/delivery_note.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _show_shipment(
    request: Request, shipment_id: UUID, form: Form | None = None, *, status: int = 200
) -> Response:
    async with reading(request) as work:
        found = await store.select_shipment(work, shipment_id)
        wanted = ReturnFilter(shipment=shipment_id, customer=None, limit=50, cursor=None)
        returned = await reads.list_returns(work, wanted, (None, None))
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such shipment.")
    shipment = Shipment.model_validate_json(found[0])
    begun = shipment.model_dump(include={"carrier", "tracking_number", "version"})
    context = {
        "shipment": shipment,
        "returns": RETURNS.validate_json(returned.items),
        "can_return": shipment.shipped_at is not None
        and any(line.returned_quantity < line.quantity for line in shipment.lines),
        "f": form or Form(begun),
    }
    return show(request, caller, "shipments/show.html", context, status=status)
