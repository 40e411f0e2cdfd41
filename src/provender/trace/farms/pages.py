"""Pages of farms."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.kit.errors import NotFound, Refusal
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.forms import FormInput, parse, read_form
from provender.kit.http.pages import go, pages_of, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.kit.ui.pages import Toast
from provender.trace.farms import actions, reads, store
from provender.trace.farms.payloads import FarmFilter
from provender.trace.farms.payloads import FarmInput as FarmPayload

router = page_router("/trace/farms")


@router.get("")
async def show_farms(request: Request, wanted: Annotated[FarmFilter, Query()]) -> Response:
    """Show the farms by name, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_farms(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "farms": orjson.loads(page.items),
        "next": next_address(request, page.next_key),
        "f": Form(wanted.model_dump()),
    }
    return show(request, caller, "farms/list.html", context)


@router.get("/new")
async def show_new_farm(request: Request) -> Response:
    """Show the empty form."""
    return await _show_form(request, Form())


@router.post("/new")
async def add_farm(request: Request) -> Response:
    """Save a new farm, or show the form again with what is wrong."""
    form = await read_form(request)
    try:
        payload = parse(FarmPayload, form.values)
        farm_id = await change(request, lambda work: actions.add_farm(work, payload))
    except Refusal as refusal:
        return await _show_refused(request, form, refusal)
    toast = Toast(pages_of(request).translate(request, "The farm was added."))
    return go(request, f"/trace/farms/{farm_id}", toast=toast)


@router.get("/{farm_id}")
async def show_farm(request: Request, farm_id: UUID) -> Response:
    """Show one farm."""
    async with reading(request) as work:
        found = await store.select_farm(work, farm_id)
        caller = await work.caller()
        if found is None:
            raise NotFound("There is no such farm.")
    return show(request, caller, "farms/show.html", {"farm": orjson.loads(found[0])})


async def _show_form(request: Request, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
    return show(request, caller, "farms/form.html", {"f": form}, status=status)


async def _show_refused(request: Request, form: FormInput, refusal: Refusal) -> Response:
    if not refusal.fields and refusal.status not in {409, 422}:
        raise refusal
    return await _show_form(request, Form.refused(form.flat, refusal), status=refusal.status)
