"""The form of each kind of process."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query, Request, Response
from pydantic import BaseModel

from provender.kit.clock import now, today
from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.edge import change, reading
from provender.kit.http.form_pages import SHOWN_AGAIN, _, refused_form
from provender.kit.http.forms import FormInput, read_form
from provender.kit.http.import_pages import ImportPage
from provender.kit.http.pages import go, say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.kit.ui.pages import Toast
from provender.trace.batches.public import identify_batch
from provender.trace.processes import actions
from provender.trace.processes.imports import RECEIPT_IMPORT
from provender.trace.processes.model import OutputRole, ProcessKind
from provender.trace.processes.pages.choices import UNITS, Choices, fitting_units, read_choices, read_chosen, read_stock
from provender.trace.processes.pages.shapes import SHAPE_BY_KIND, Asked
from provender.trace.processes.pages.submission import Submission

router = page_router("/trace/processes")
LOCAL: Final = "%Y-%m-%dT%H:%M"
"""How a browser writes day and time."""


class KindQuery(BaseModel):
    """Which form, and for which batch."""

    kind: ProcessKind = ProcessKind.RECEIVE
    batch: UUID | None = None


@router.get("/new")
async def show_new_process(request: Request, query: Annotated[KindQuery, Query()]) -> Response:
    """Show the form of a kind; with `batch` its code is filled in, and all that is free of it is meant."""
    kind = _recordable(query.kind)
    async with reading(request) as work:
        caller = await work.caller()
        values = await _first_values(work, query.batch)
        choices = await read_choices(request, work, kind)
    values |= _proposed(kind, choices)
    values["finished_at"] = format_local(now(), caller.time_zone)
    return await _show_form(request, kind, Form(values))


IMPORT_PAGE: Final = ImportPage(
    RECEIPT_IMPORT, title=_("Import receipts"), list_title=_("Processes"), list_href="/trace/processes"
)


@router.get("/import")
async def show_import(request: Request) -> Response:
    """Show where to choose a file of receipts."""
    return await IMPORT_PAGE.show(request)


@router.post("/import")
async def import_receipts(request: Request) -> Response:
    """Record the receipts of a file and tell what became of it."""
    return await IMPORT_PAGE.run(request)


@router.post("/draft")
async def show_draft(request: Request, query: Annotated[KindQuery, Query()]) -> Response:
    """Show the form as it stands, with what is free of the batches chosen; nothing is saved."""
    form = await read_form(request)
    return await _show_form(request, _recordable(query.kind), Form(form.flat))


@router.post("/new")
async def record_process(request: Request, query: Annotated[KindQuery, Query()]) -> Response:
    """Record the process, or show the form again with what is wrong."""
    kind = _recordable(query.kind)
    form = await read_form(request)
    submission = Submission(kind, form.flat, "UTC")

    async def record(work: Work) -> UUID:
        submission.zone = (await work.caller()).time_zone
        if SHAPE_BY_KIND[kind].asked is Asked.COUNTED:
            return await actions.record_count(work, await _counted_batch(work, form), submission.count())
        return await actions.record_process(work, submission.process())

    try:
        process_id = await change(request, record)
    except Refusal as refusal:
        if refusal.status not in SHOWN_AGAIN:
            raise
        again = refused_form(form.flat, submission.relocate(refusal))
        return await _show_form(request, kind, again, status=refusal.status)
    return go(request, f"/trace/processes/{process_id}", toast=Toast(say(request, _("It was recorded."))))


def format_local(moment: datetime, time_zone: str) -> str:
    """Return an instant as a browser's field for day and time shows it in a zone."""
    return moment.astimezone(ZoneInfo(time_zone)).strftime(LOCAL)


def _recordable(kind: ProcessKind) -> ProcessKind:
    if kind not in SHAPE_BY_KIND:
        raise NotFound("There is no such form.", hint="A process is reversed from its own page.")
    return kind


async def _first_values(work: Work, batch_id: UUID | None) -> dict[str, object]:
    batch = await read_stock(work, batch_id) if batch_id else None
    if batch is None:
        return {}
    return {"inputs-0-batch_code": batch.code, "inputs-0-unit": UNITS[batch.base_unit][0]}


def _proposed(kind: ProcessKind, choices: Choices) -> dict[str, object]:
    """Return what is probably done as it was the last time: what comes out, and on which equipment."""
    shape = SHAPE_BY_KIND[kind]
    if not shape.asks_equipment:
        return {}
    column = "product_id" if shape.asked is Asked.PRODUCT else "material_id"
    offered = {value for value, _text in (*choices.products, *choices.materials)}
    made = [line for line in choices.made if line.get(column) in offered]
    values: dict[str, object] = {"equipment": choices.equipment[0][0] if choices.equipment else ""}
    for index, line in enumerate(made):
        values |= {f"outputs-{index}-{name}": line[name] for name in (column, "role", "unit")}
    return values


async def _counted_batch(work: Work, form: FormInput) -> UUID:
    code = str(form.flat.get("inputs-0-batch_code") or "")
    return await identify_batch(work, code, today=today("UTC"), field="inputs.0.batch_code")


async def _show_form(request: Request, kind: ProcessKind, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        choices = await read_choices(request, work, kind)
        chosen = await read_chosen(work, form.values)
        caller = await work.caller()
    context = {
        "kind": kind,
        "kinds": list(SHAPE_BY_KIND),
        "shape": SHAPE_BY_KIND[kind],
        "choices": choices,
        "chosen": chosen,
        "units": fitting_units(None),
        "units_of": fitting_units,
        "roles": list(OutputRole),
        "latest": format_local(now(), caller.time_zone),
        "f": form,
    }
    return show(request, caller, "processes/form.html", context, status=status)
