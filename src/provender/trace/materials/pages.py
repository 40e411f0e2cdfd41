"""Pages of materials: list, one material, forms, import, removal."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, do, preview_deletion, remove, save_form
from provender.kit.http.import_pages import ImportPage
from provender.kit.http.pages import say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.materials import actions, reads, store
from provender.trace.materials.imports import MATERIAL_IMPORT
from provender.trace.materials.model import BaseUnit, MaterialKind
from provender.trace.materials.payloads import MaterialFilter, MaterialInput

KIND_NAMES = (
    (MaterialKind.BEAN, _("Beans")),
    (MaterialKind.SUGAR, _("Sugar")),
    (MaterialKind.BUTTER, _("Cocoa butter")),
    (MaterialKind.MILK, _("Milk")),
    (MaterialKind.INTERMEDIATE, _("Intermediate")),
    (MaterialKind.FINISHED, _("Finished goods")),
    (MaterialKind.PACKAGING, _("Packaging")),
    (MaterialKind.REWORK, _("Rework")),
    (MaterialKind.BYPRODUCT, _("By-product")),
    (MaterialKind.OTHER, _("Other")),
)
UNIT_NAMES = (
    (BaseUnit.GRAM, _("Mass (g, kg)")),
    (BaseUnit.PIECE, _("Pieces")),
    (BaseUnit.MILLILITRE, _("Volume (ml, l)")),
)
router = page_router("/trace/materials")
IMPORT_PAGE = ImportPage(
    MATERIAL_IMPORT, title=_("Import materials"), list_title=_("Materials"), list_href="/trace/materials"
)


@router.get("")
async def show_materials(request: Request, wanted: Annotated[MaterialFilter, Query()]) -> Response:
    """Show the materials by code, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_materials(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "materials": orjson.loads(page.items),
        "next": next_address(request, page.next_key),
        "f": Form(request.query_params),
        "is_filtered": bool(wanted.search or wanted.kind) or wanted.archived is not None,
        "query": wanted.search,
        **_names(request),
    }
    return show(request, caller, "materials/list.html", context)


@router.get("/new")
async def show_new_material(request: Request) -> Response:
    """Show the form with its defaults."""
    return await _show_form(request, Form({"base_unit": BaseUnit.GRAM.value}))


@router.post("/new")
async def add_material(request: Request) -> Response:
    """Save a new material, or show the form again with what is wrong."""

    async def save(work: Work, material: MaterialInput, _version: int) -> str:
        return f"/trace/materials/{await actions.add_material(work, material)}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, status=status)

    return await save_form(request, MaterialInput, save, said=_("The material was added."), again=again)


@router.get("/import")
async def show_import(request: Request) -> Response:
    """Show where to choose a file of materials."""
    return await IMPORT_PAGE.show(request)


@router.post("/import")
async def import_materials(request: Request) -> Response:
    """Import a file of materials and tell what became of it."""
    return await IMPORT_PAGE.run(request)


@router.get("/{material_id}")
async def show_material(request: Request, material_id: UUID) -> Response:
    """Show one material."""
    async with reading(request) as work:
        body, _version = await reads.read_material(work, material_id)
        caller = await work.caller()
    context = {"material": orjson.loads(body), **_names(request)}
    return show(request, caller, "materials/show.html", context)


@router.get("/{material_id}/edit")
async def show_edited_material(request: Request, material_id: UUID) -> Response:
    """Show the form with what is known of a material."""
    async with reading(request) as work:
        body, _version = await reads.read_material(work, material_id)
    return await _show_form(request, Form(orjson.loads(body)), material_id=material_id)


@router.post("/{material_id}/edit")
async def replace_material(request: Request, material_id: UUID) -> Response:
    """Save what was changed of a material, or show the form again with what is wrong."""

    async def save(work: Work, material: MaterialInput, version: int) -> str:
        await actions.replace_material(work, material_id, version, material)
        return f"/trace/materials/{material_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, material_id=material_id, status=status)

    return await save_form(request, MaterialInput, save, said=_("The material was changed."), again=again)


@router.post("/{material_id}/archive")
async def archive_material(request: Request, material_id: UUID) -> Response:
    """Retire a material, with a way back."""
    address = f"/trace/materials/{material_id}"
    return await do(
        request,
        lambda work: actions.archive_material(work, material_id, is_archived=True),
        then=address,
        said=_("The material was archived."),
        undo=f"{address}/restore",
    )


@router.post("/{material_id}/restore")
async def restore_material(request: Request, material_id: UUID) -> Response:
    """Bring a material back."""
    return await do(
        request,
        lambda work: actions.archive_material(work, material_id, is_archived=False),
        then=f"/trace/materials/{material_id}",
        said=_("The material is in use again."),
    )


@router.get("/{material_id}/delete")
async def show_removal(request: Request, material_id: UUID) -> Response:
    """Show what deleting a material would do."""
    return await _show_removal(request, material_id)


@router.post("/{material_id}/delete")
async def remove_material(request: Request, material_id: UUID) -> Response:
    """Delete a material that was never used; else show what needs it."""
    return await remove(
        request,
        lambda work: actions.remove_material(work, material_id),
        then="/trace/materials",
        said=_("The material was deleted."),
        in_use=lambda refusal: _show_removal(request, material_id, refusal),
    )


async def _show_form(request: Request, form: Form, *, material_id: UUID | None = None, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
    context = {
        "f": form,
        "material_id": material_id,
        **_names(request),
    }
    return show(request, caller, "materials/form.html", context, status=status)


async def _show_removal(request: Request, material_id: UUID, refusal: Refusal | None = None) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_material(work, material_id)
        uses = await store.count_material_uses(work, material_id)
        caller = await work.caller()
    if uses is None:
        raise NotFound(actions.NO_MATERIAL)
    name = orjson.loads(body)["name"]
    address = f"/trace/materials/{material_id}"
    blocking = [
        (say(request, _("Products")), uses.products),
        (say(request, _("Batches")), uses.batches),
    ]
    context = {
        **preview_deletion(name, blocking),
        "title": say(request, _("Delete %(name)s"), name=name),
        "trail": [(say(request, _("Materials")), "/trace/materials"), (name, address)],
        "action": f"{address}/delete",
        "archive_action": f"{address}/archive",
        "back": address,
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "ui/delete.html", context, status=200 if refusal is None else refusal.status)


def _names(request: Request) -> dict[str, object]:
    return {
        "kinds": [(kind.value, say(request, name)) for kind, name in KIND_NAMES],
        "units": [(unit.value, say(request, name)) for unit, name in UNIT_NAMES],
    }
