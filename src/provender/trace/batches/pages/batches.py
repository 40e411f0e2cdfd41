"""Pages of batches: list, one batch with its balance, changes."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.kit.db import Work
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.batches import actions, reads, store
from provender.trace.batches.pages.history import tell_history
from provender.trace.batches.payloads import (
    Batch,
    BatchChange,
    BatchDetail,
    BatchFilter,
    InputRelation,
    Movement,
    OutputRelation,
    typed_items,
)

router = page_router("/trace/batches")
MOST_RELATED = 50
"""Rows of each relation on a batch's page; REST has the others."""
FIRST_PAGE: tuple[None, ...] = (None, None, None, None)
NEXT_KINDS = {
    "bean": ("roast", "winnow"),
    "intermediate": ("grind", "conche", "mould"),
    "finished": ("pack", "rework"),
    "rework": ("rework",),
}
"""What is usually done next with a material of a kind; the first is the big button."""


@router.get("")
async def show_batches(request: Request, wanted: Annotated[BatchFilter, Query()]) -> Response:
    """Show the batches, the latest first, with filters."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_batches(work, wanted, last_seen)
        choices = await store.select_choices(work)
        caller = await work.caller()
    context = {
        "batches": typed_items(Batch, page.items),
        "next": next_address(request, page.next_key),
        "choices": _options(choices),
        "f": Form(request.query_params),
        "wanted": wanted,
        "is_filtered": any(wanted.model_dump(exclude={"limit", "cursor"}).values()) or wanted.has_orders is not None,
    }
    return show(request, caller, "batches/list.html", context)


@router.get("/{batch_id}")
async def show_batch(request: Request, batch_id: UUID) -> Response:
    """Show one batch: its balance, what it was made from and into, its holds and its history."""
    async with reading(request) as work:
        body, _version = await reads.read_batch(work, batch_id)
        inputs = await reads.list_inputs(work, batch_id, FIRST_PAGE[:3], MOST_RELATED)
        outputs = await reads.list_outputs(work, batch_id, FIRST_PAGE, MOST_RELATED)
        movements = await reads.list_movements(work, batch_id, FIRST_PAGE[:3], MOST_RELATED)
        history = await store.select_batch_history(work, batch_id, most=MOST_RELATED)
        caller = await work.caller()
    batch = BatchDetail.model_validate_json(body)
    context = {
        "batch": batch,
        "inputs": typed_items(InputRelation, inputs.items),
        "outputs": typed_items(OutputRelation, outputs.items),
        "movements": typed_items(Movement, movements.items),
        "history": tell_history(history),
        "next_kinds": NEXT_KINDS.get(batch.material.kind, ()),
        "may_release": caller.role != "staff",
        "f": Form(),
    }
    return show(request, caller, "batches/show.html", context)


@router.get("/{batch_id}/edit")
async def show_edited_batch(request: Request, batch_id: UUID) -> Response:
    """Show the form with what may be changed of a batch."""
    async with reading(request) as work:
        body, _version = await reads.read_batch(work, batch_id)
    batch = BatchDetail.model_validate_json(body)
    values = {
        "note": batch.note,
        "best_before_on": batch.best_before_on,
        "farm_id": batch.farm and batch.farm.id,
        "supplier_id": batch.supplier and batch.supplier.id,
        "version": batch.version,
    }
    return await _show_form(request, batch_id, Form(values))


@router.post("/{batch_id}/edit")
async def change_batch(request: Request, batch_id: UUID) -> Response:
    """Save what was changed of a batch, or show the form again with what is wrong."""
    address = f"/trace/batches/{batch_id}"

    async def save(work: Work, wanted: BatchChange, version: int) -> str:
        whole = BatchChange.model_validate(dict.fromkeys(BatchChange.model_fields) | wanted.model_dump())
        await actions.change_batch(work, batch_id, version, whole)
        return address

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, batch_id, form, status=status)

    return await save_form(request, BatchChange, save, said=_("The batch was changed."), again=again)


async def _show_form(request: Request, batch_id: UUID, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_batch(work, batch_id)
        choices = await store.select_choices(work)
        caller = await work.caller()
    context = {"batch": BatchDetail.model_validate_json(body), "choices": _options(choices), "f": form}
    return show(request, caller, "batches/form.html", context, status=status)


def _options(choices: bytes) -> dict[str, list[tuple[str, str]]]:
    lists: dict[str, list[dict[str, Any]]] = orjson.loads(choices)
    return {kind: [(choice["id"], choice["name"]) for choice in found] for kind, found in lists.items()}
