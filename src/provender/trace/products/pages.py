"""Pages of products: list, one product, forms, import, removal."""

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
from provender.trace.products import actions, reads, store
from provender.trace.products.imports import PRODUCT_IMPORT
from provender.trace.products.payloads import ProductFilter, ProductInput

MOST_MATERIALS = 500
"""Offered in the form; finished materials without a product are few."""
router = page_router("/trace/products")
IMPORT_PAGE = ImportPage(
    PRODUCT_IMPORT, title=_("Import products"), list_title=_("Products"), list_href="/trace/products"
)


@router.get("")
async def show_products(request: Request, wanted: Annotated[ProductFilter, Query()]) -> Response:
    """Show the products by sku, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_products(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "products": orjson.loads(page.items),
        "next": next_address(request, page.next_key),
        "f": Form(request.query_params),
        "is_filtered": bool(wanted.search or wanted.sku or wanted.name or wanted.gtin) or wanted.archived is not None,
        "query": wanted.search,
    }
    return show(request, caller, "products/list.html", context)


@router.get("/new")
async def show_new_product(request: Request) -> Response:
    """Show the form with its defaults."""
    return await _show_form(request, Form({"units_per_case": 1}))


@router.post("/new")
async def add_product(request: Request) -> Response:
    """Save a new product, or show the form again with what is wrong."""

    async def save(work: Work, product: ProductInput, _version: int) -> str:
        return f"/trace/products/{await actions.add_product(work, product)}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, status=status)

    return await save_form(request, ProductInput, save, said=_("The product was added."), again=again)


@router.get("/import")
async def show_import(request: Request) -> Response:
    """Show where to choose a file of products."""
    return await IMPORT_PAGE.show(request)


@router.post("/import")
async def import_products(request: Request) -> Response:
    """Import a file of products and tell what became of it."""
    return await IMPORT_PAGE.run(request)


@router.get("/{product_id}")
async def show_product(request: Request, product_id: UUID) -> Response:
    """Show one product."""
    async with reading(request) as work:
        body, _version = await reads.read_product(work, product_id)
        caller = await work.caller()
    return show(request, caller, "products/show.html", {"product": orjson.loads(body)})


@router.get("/{product_id}/edit")
async def show_edited_product(request: Request, product_id: UUID) -> Response:
    """Show the form with what is known of a product."""
    async with reading(request) as work:
        body, _version = await reads.read_product(work, product_id)
    return await _show_form(request, Form(orjson.loads(body)), product_id=product_id)


@router.post("/{product_id}/edit")
async def replace_product(request: Request, product_id: UUID) -> Response:
    """Save what was changed of a product, or show the form again with what is wrong."""

    async def save(work: Work, product: ProductInput, version: int) -> str:
        await actions.replace_product(work, product_id, version, product)
        return f"/trace/products/{product_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, product_id=product_id, status=status)

    return await save_form(request, ProductInput, save, said=_("The product was changed."), again=again)


@router.post("/{product_id}/archive")
async def archive_product(request: Request, product_id: UUID) -> Response:
    """Retire a product, with a way back."""
    address = f"/trace/products/{product_id}"
    return await do(
        request,
        lambda work: actions.archive_product(work, product_id, is_archived=True),
        then=address,
        said=_("The product was archived."),
        undo=f"{address}/restore",
    )


@router.post("/{product_id}/restore")
async def restore_product(request: Request, product_id: UUID) -> Response:
    """Bring a product back."""
    return await do(
        request,
        lambda work: actions.archive_product(work, product_id, is_archived=False),
        then=f"/trace/products/{product_id}",
        said=_("The product is in use again."),
    )


@router.get("/{product_id}/delete")
async def show_removal(request: Request, product_id: UUID) -> Response:
    """Show what deleting a product would do."""
    return await _show_removal(request, product_id)


@router.post("/{product_id}/delete")
async def remove_product(request: Request, product_id: UUID) -> Response:
    """Delete a product that was never used; else show what needs it."""
    return await remove(
        request,
        lambda work: actions.remove_product(work, product_id),
        then="/trace/products",
        said=_("The product was deleted."),
        in_use=lambda refusal: _show_removal(request, product_id, refusal),
    )


async def _show_form(request: Request, form: Form, *, product_id: UUID | None = None, status: int = 200) -> Response:
    async with reading(request) as work:
        materials = await store.select_unsold_materials(work, MOST_MATERIALS)
        caller = await work.caller()
    context: dict[str, object] = {
        "f": form,
        "product_id": product_id,
        "materials": [] if product_id else orjson.loads(materials),
    }
    return show(request, caller, "products/form.html", context, status=status)


async def _show_removal(request: Request, product_id: UUID, refusal: Refusal | None = None) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_product(work, product_id)
        uses = await store.count_product_uses(work, product_id)
        caller = await work.caller()
    if uses is None:
        raise NotFound(actions.NO_PRODUCT)
    name = orjson.loads(body)["name"]
    address = f"/trace/products/{product_id}"
    blocking = [
        (say(request, _("Batches")), uses.batches),
        (say(request, _("Order lines")), uses.order_lines),
        (say(request, _("Complaints")), uses.complaints),
    ]
    context = {
        **preview_deletion(name, blocking),
        "title": say(request, _("Delete %(name)s"), name=name),
        "trail": [(say(request, _("Products")), "/trace/products"), (name, address)],
        "action": f"{address}/delete",
        "archive_action": f"{address}/archive",
        "back": address,
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "ui/delete.html", context, status=200 if refusal is None else refusal.status)
