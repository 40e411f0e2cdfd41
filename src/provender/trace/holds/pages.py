"""Pages of holds: the list, placing one from the page of a batch, releasing one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.accounts.model import Role
from provender.kit.db import Work
from provender.kit.errors import Refusal
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.forms import parse, read_form
from provender.kit.http.pages import go, say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.kit.ui.pages import Toast
from provender.trace.batches.public import typed_items
from provender.trace.holds import actions, reads
from provender.trace.holds.payloads import Hold, HoldFilter, HoldReason

router = page_router("/trace/holds")
batch_router = page_router("/trace/batches")
UNDONE = "Taken back right after it was placed"
"""The reason kept with a hold that was undone from its toast."""


@router.get("")
async def show_holds(request: Request, wanted: Annotated[HoldFilter, Query()]) -> Response:
    """Show the holds, the latest first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_holds(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "holds": typed_items(Hold, page.items),
        "next": next_address(request, page.next_key),
        "may_release": caller.role != Role.STAFF,
        "is_filtered": wanted.active is not None or wanted.batch is not None,
        "f": Form(request.query_params),
    }
    return show(request, caller, "holds/list.html", context)


@batch_router.post("/{batch_id}/holds")
async def place_hold(request: Request, batch_id: UUID) -> Response:
    """Hold a batch and go back to it; a manager is offered to undo it."""
    form = await read_form(request)

    async def place(work: Work) -> tuple[UUID, str]:
        wanted = parse(HoldReason, form.values)
        return await actions.place_hold(work, batch_id, wanted.reason), (await work.caller()).role

    address = f"/trace/batches/{batch_id}"
    try:
        hold_id, role = await change(request, place)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return go(request, address, toast=Toast(say(request, _("Nothing was held: say why."))))
    undo = f"/trace/holds/{hold_id}/undo" if role != Role.STAFF else ""
    return go(request, address, toast=Toast(say(request, _("The batch is on hold.")), undo))


@router.post("/{hold_id}/undo")
async def undo_hold(request: Request, hold_id: UUID) -> Response:
    """Take a hold back from the toast that told of it; it stays in the history."""
    await read_form(request)

    async def release(work: Work) -> str:
        await actions.release_hold(work, hold_id, UNDONE)
        return await _batch_address(work, hold_id)

    address = await change(request, release)
    return go(request, address, toast=Toast(say(request, _("The hold was taken back."))))


@router.get("/{hold_id}/release")
async def show_release(request: Request, hold_id: UUID) -> Response:
    """Ask why a hold is released."""
    return await _show_release(request, hold_id, Form())


@router.post("/{hold_id}/release")
async def release_hold(request: Request, hold_id: UUID) -> Response:
    """Release a hold, or show the form again."""

    async def save(work: Work, wanted: HoldReason, _version: int) -> str:
        await actions.release_hold(work, hold_id, wanted.reason)
        return await _batch_address(work, hold_id)

    async def again(form: Form, status: int) -> Response:
        return await _show_release(request, hold_id, form, status=status)

    return await save_form(request, HoldReason, save, said=_("The hold was released."), again=again)


async def _batch_address(work: Work, hold_id: UUID) -> str:
    hold = Hold.model_validate_json(await reads.read_hold(work, hold_id))
    return f"/trace/batches/{hold.batch.id}"


async def _show_release(request: Request, hold_id: UUID, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        body = await reads.read_hold(work, hold_id)
        caller = await work.caller()
    context = {"hold": Hold.model_validate_json(body), "may_release": caller.role != Role.STAFF, "f": form}
    return show(request, caller, "holds/release.html", context, status=status)
