"""Pages of suppliers: list, one supplier, forms, import, removal."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.kit.countries import list_countries
from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, do, preview_deletion, remove, save_form
from provender.kit.http.import_pages import ImportPage
from provender.kit.http.pages import language_of, say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.suppliers import actions, reads, store
from provender.trace.suppliers.imports import SUPPLIER_IMPORT
from provender.trace.suppliers.payloads import SupplierFilter, SupplierInput

router = page_router("/trace/suppliers")
IMPORT_PAGE = ImportPage(
    SUPPLIER_IMPORT, title=_("Import suppliers"), list_title=_("Suppliers"), list_href="/trace/suppliers"
)


@router.get("")
async def show_suppliers(request: Request, wanted: Annotated[SupplierFilter, Query()]) -> Response:
    """Show the suppliers by name, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_suppliers(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "suppliers": orjson.loads(page.items),
        "next": next_address(request, page.next_key),
        "f": Form(request.query_params),
        "is_filtered": bool(wanted.name) or wanted.archived is not None,
        "query": wanted.name,
    }
    return show(request, caller, "suppliers/list.html", context)


@router.get("/new")
async def show_new_supplier(request: Request) -> Response:
    """Show the empty form."""
    return await _show_form(request, Form())


@router.post("/new")
async def add_supplier(request: Request) -> Response:
    """Save a new supplier, or show the form again with what is wrong."""

    async def save(work: Work, supplier: SupplierInput, _version: int) -> str:
        return f"/trace/suppliers/{await actions.add_supplier(work, supplier)}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, status=status)

    return await save_form(request, SupplierInput, save, said=_("The supplier was added."), again=again)


@router.get("/import")
async def show_import(request: Request) -> Response:
    """Show where to choose a file of suppliers."""
    return await IMPORT_PAGE.show(request)


@router.post("/import")
async def import_suppliers(request: Request) -> Response:
    """Import a file of suppliers and tell what became of it."""
    return await IMPORT_PAGE.run(request)


@router.get("/{supplier_id}")
async def show_supplier(request: Request, supplier_id: UUID) -> Response:
    """Show one supplier."""
    async with reading(request) as work:
        body, _version = await reads.read_supplier(work, supplier_id)
        caller = await work.caller()
    return show(request, caller, "suppliers/show.html", {"supplier": orjson.loads(body)})


@router.get("/{supplier_id}/edit")
async def show_edited_supplier(request: Request, supplier_id: UUID) -> Response:
    """Show the form with what is known of a supplier."""
    async with reading(request) as work:
        body, _version = await reads.read_supplier(work, supplier_id)
    return await _show_form(request, Form(orjson.loads(body)), supplier_id=supplier_id)


@router.post("/{supplier_id}/edit")
async def replace_supplier(request: Request, supplier_id: UUID) -> Response:
    """Save what was changed of a supplier, or show the form again with what is wrong."""

    async def save(work: Work, supplier: SupplierInput, version: int) -> str:
        await actions.replace_supplier(work, supplier_id, version, supplier)
        return f"/trace/suppliers/{supplier_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, supplier_id=supplier_id, status=status)

    return await save_form(request, SupplierInput, save, said=_("The supplier was changed."), again=again)


@router.post("/{supplier_id}/archive")
async def archive_supplier(request: Request, supplier_id: UUID) -> Response:
    """Retire a supplier, with a way back."""
    address = f"/trace/suppliers/{supplier_id}"
    return await do(
        request,
        lambda work: actions.archive_supplier(work, supplier_id, is_archived=True),
        then=address,
        said=_("The supplier was archived."),
        undo=f"{address}/restore",
    )


@router.post("/{supplier_id}/restore")
async def restore_supplier(request: Request, supplier_id: UUID) -> Response:
    """Bring a supplier back."""
    return await do(
        request,
        lambda work: actions.archive_supplier(work, supplier_id, is_archived=False),
        then=f"/trace/suppliers/{supplier_id}",
        said=_("The supplier is in use again."),
    )


@router.get("/{supplier_id}/delete")
async def show_removal(request: Request, supplier_id: UUID) -> Response:
    """Show what deleting a supplier would do."""
    return await _show_removal(request, supplier_id)


@router.post("/{supplier_id}/delete")
async def remove_supplier(request: Request, supplier_id: UUID) -> Response:
    """Delete a supplier that was never used; else show what needs it."""
    return await remove(
        request,
        lambda work: actions.remove_supplier(work, supplier_id),
        then="/trace/suppliers",
        said=_("The supplier was deleted."),
        in_use=lambda refusal: _show_removal(request, supplier_id, refusal),
    )


async def _show_form(request: Request, form: Form, *, supplier_id: UUID | None = None, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
    context = {
        "f": form,
        "supplier_id": supplier_id,
        "countries": list_countries(language_of(request, caller)),
    }
    return show(request, caller, "suppliers/form.html", context, status=status)


async def _show_removal(request: Request, supplier_id: UUID, refusal: Refusal | None = None) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_supplier(work, supplier_id)
        uses = await store.count_supplier_uses(work, supplier_id)
        caller = await work.caller()
    if uses is None:
        raise NotFound(actions.NO_SUPPLIER)
    name = orjson.loads(body)["name"]
    address = f"/trace/suppliers/{supplier_id}"
    blocking = [
        (say(request, _("Batches")), uses.batches),
    ]
    context = {
        **preview_deletion(name, blocking),
        "title": say(request, _("Delete %(name)s"), name=name),
        "trail": [(say(request, _("Suppliers")), "/trace/suppliers"), (name, address)],
        "action": f"{address}/delete",
        "archive_action": f"{address}/archive",
        "back": address,
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "ui/delete.html", context, status=200 if refusal is None else refusal.status)
