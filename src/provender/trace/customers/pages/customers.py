"""Pages of customers: list, one customer, forms, import, removal."""

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
from provender.trace.customers import actions, reads, store
from provender.trace.customers.imports import CUSTOMER_IMPORT
from provender.trace.customers.model import NoticeLanguage
from provender.trace.customers.payloads import CustomerFilter, CustomerInput, SiteFilter

MOST_SITES = 200
"""Sites on a customer's page; a chain with more looks at them through the list's REST address."""
LANGUAGE_NAMES = (
    (NoticeLanguage.ENGLISH.value, "English"),
    (NoticeLanguage.GERMAN.value, "Deutsch"),
    (NoticeLanguage.JAPANESE.value, "日本語"),
)
router = page_router("/trace/customers")
IMPORT_PAGE = ImportPage(
    CUSTOMER_IMPORT, title=_("Import customers"), list_title=_("Customers"), list_href="/trace/customers"
)


@router.get("")
async def show_customers(request: Request, wanted: Annotated[CustomerFilter, Query()]) -> Response:
    """Show the customers by name, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_customers(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "customers": orjson.loads(page.items),
        "next": next_address(request, page.next_key),
        "f": Form(request.query_params),
        "is_filtered": bool(wanted.name or wanted.country) or wanted.archived is not None,
        "query": wanted.name,
        "countries": list_countries(language_of(request, caller)),
    }
    return show(request, caller, "customers/list.html", context)


@router.get("/new")
async def show_new_customer(request: Request) -> Response:
    """Show the empty form."""
    return await _show_form(request, Form())


@router.post("/new")
async def add_customer(request: Request) -> Response:
    """Save a new customer, or show the form again with what is wrong."""

    async def save(work: Work, customer: CustomerInput, _version: int) -> str:
        return f"/trace/customers/{await actions.add_customer(work, customer)}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, status=status)

    return await save_form(request, CustomerInput, save, said=_("The customer was added."), again=again)


@router.get("/import")
async def show_import(request: Request) -> Response:
    """Show where to choose a file of customers."""
    return await IMPORT_PAGE.show(request)


@router.post("/import")
async def import_customers(request: Request) -> Response:
    """Import a file of customers and tell what became of it."""
    return await IMPORT_PAGE.run(request)


@router.get("/{customer_id}")
async def show_customer(request: Request, customer_id: UUID) -> Response:
    """Show one customer and its sites."""
    every_site = SiteFilter(limit=MOST_SITES, cursor=None, archived=None)
    async with reading(request) as work:
        body, _version = await reads.read_customer(work, customer_id)
        sites = await reads.list_sites(work, customer_id, every_site, (None, None))
        caller = await work.caller()
    context = {"customer": orjson.loads(body), "sites": orjson.loads(sites.items), "languages": LANGUAGE_NAMES}
    return show(request, caller, "customers/show.html", context)


@router.get("/{customer_id}/edit")
async def show_edited_customer(request: Request, customer_id: UUID) -> Response:
    """Show the form with what is known of a customer."""
    async with reading(request) as work:
        body, _version = await reads.read_customer(work, customer_id)
    return await _show_form(request, Form(orjson.loads(body)), customer_id=customer_id)


@router.post("/{customer_id}/edit")
async def replace_customer(request: Request, customer_id: UUID) -> Response:
    """Save what was changed of a customer, or show the form again with what is wrong."""

    async def save(work: Work, customer: CustomerInput, version: int) -> str:
        await actions.replace_customer(work, customer_id, version, customer)
        return f"/trace/customers/{customer_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, customer_id=customer_id, status=status)

    return await save_form(request, CustomerInput, save, said=_("The customer was changed."), again=again)


@router.post("/{customer_id}/archive")
async def archive_customer(request: Request, customer_id: UUID) -> Response:
    """Retire a customer, with a way back."""
    address = f"/trace/customers/{customer_id}"
    return await do(
        request,
        lambda work: actions.archive_customer(work, customer_id, is_archived=True),
        then=address,
        said=_("The customer was archived."),
        undo=f"{address}/restore",
    )


@router.post("/{customer_id}/restore")
async def restore_customer(request: Request, customer_id: UUID) -> Response:
    """Bring a customer back."""
    return await do(
        request,
        lambda work: actions.archive_customer(work, customer_id, is_archived=False),
        then=f"/trace/customers/{customer_id}",
        said=_("The customer is in use again."),
    )


@router.get("/{customer_id}/delete")
async def show_removal(request: Request, customer_id: UUID) -> Response:
    """Show what deleting a customer would do."""
    return await _show_removal(request, customer_id)


@router.post("/{customer_id}/delete")
async def remove_customer(request: Request, customer_id: UUID) -> Response:
    """Delete a customer that was never used; else show what needs it."""
    return await remove(
        request,
        lambda work: actions.remove_customer(work, customer_id),
        then="/trace/customers",
        said=_("The customer was deleted."),
        in_use=lambda refusal: _show_removal(request, customer_id, refusal),
    )


async def _show_form(request: Request, form: Form, *, customer_id: UUID | None = None, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
    context = {
        "f": form,
        "customer_id": customer_id,
        "countries": list_countries(language_of(request, caller)),
        "languages": LANGUAGE_NAMES,
    }
    return show(request, caller, "customers/form.html", context, status=status)


async def _show_removal(request: Request, customer_id: UUID, refusal: Refusal | None = None) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_customer(work, customer_id)
        uses = await store.count_customer_uses(work, customer_id)
        caller = await work.caller()
    if uses is None:
        raise NotFound(actions.NO_CUSTOMER)
    name = orjson.loads(body)["name"]
    address = f"/trace/customers/{customer_id}"
    blocking = [
        (say(request, _("Sites")), uses.sites),
        (say(request, _("Orders")), uses.orders),
        (say(request, _("Returns")), uses.returns),
        (say(request, _("Complaints")), uses.complaints),
        (say(request, _("Recall notices")), uses.notices),
    ]
    context = {
        **preview_deletion(name, blocking),
        "title": say(request, _("Delete %(name)s"), name=name),
        "trail": [(say(request, _("Customers")), "/trace/customers"), (name, address)],
        "action": f"{address}/delete",
        "archive_action": f"{address}/archive",
        "back": address,
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "ui/delete.html", context, status=200 if refusal is None else refusal.status)
