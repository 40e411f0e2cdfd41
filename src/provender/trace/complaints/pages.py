"""Pages of complaints: from what a customer reported to the batch it is about."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import TypeAdapter

from provender.kit.db import Work
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import save_form
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.complaints import actions, reads
from provender.trace.complaints.payloads import Complaint, ComplaintFilter, ComplaintInput, ComplaintMove

router = page_router("/trace/complaints")
COMPLAINTS = TypeAdapter(list[Complaint])


def _(message: str) -> str:
    """Mark a message for the catalogs; it is translated where it is shown."""
    return message


@router.get("")
async def show_complaints(request: Request, wanted: Annotated[ComplaintFilter, Query()]) -> Response:
    """Show complaints, newest first, by state."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_complaints(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "complaints": COMPLAINTS.validate_json(page.items),
        "next": next_address(request, page.next_key),
        "state": wanted.state,
    }
    return show(request, caller, "complaints/list.html", context)


@router.get("/new")
async def show_new_complaint(request: Request) -> Response:
    """Show the empty form."""
    return await _show_form(request, Form(), 200)


@router.post("/new")
async def record_complaint(request: Request) -> Response:
    """Record a complaint and go on to the search for its batch."""

    async def record(work: Work, complaint: ComplaintInput, version: int) -> str:
        del version
        complaint_id = await actions.record_complaint(work, complaint)
        return f"/trace/recalls/new?complaint={complaint_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, status)

    return await save_form(request, ComplaintInput, record, said=_("The complaint is recorded."), again=again)


@router.get("/{complaint_id}")
async def show_complaint(request: Request, complaint_id: UUID) -> Response:
    """Show one complaint with the batches it may be about."""
    async with reading(request) as work:
        body, _version = await reads.read_complaint(work, complaint_id)
        candidates = await reads.list_candidates(work, complaint_id)
        caller = await work.caller()
    context = {"complaint": Complaint.model_validate_json(body), "candidates": candidates, "f": Form()}
    return show(request, caller, "complaints/show.html", context)


@router.post("/{complaint_id}/moves")
async def move_complaint(request: Request, complaint_id: UUID) -> Response:
    """Name the batch, close with a reason, or open again."""

    async def move(work: Work, wish: ComplaintMove, version: int) -> str:
        del version
        await actions.move_complaint(work, complaint_id, wish)
        return f"/trace/complaints/{complaint_id}"

    async def again(form: Form, status: int) -> Response:
        async with reading(request) as work:
            body, _version = await reads.read_complaint(work, complaint_id)
            candidates = await reads.list_candidates(work, complaint_id)
            caller = await work.caller()
        context = {"complaint": Complaint.model_validate_json(body), "candidates": candidates, "f": form}
        return show(request, caller, "complaints/show.html", context, status=status)

    return await save_form(request, ComplaintMove, move, said=_("The complaint was changed."), again=again)


async def _show_form(request: Request, form: Form, status: int) -> Response:
    async with reading(request) as work:
        choices = await reads.list_choices(work)
        caller = await work.caller()
    return show(request, caller, "complaints/form.html", {"f": form, "choices": choices}, status=status)
