"""Pages of sites: add, change, retire, remove; they are shown on the page of their customer."""

from __future__ import annotations

from functools import lru_cache
from typing import cast
from uuid import UUID
from zoneinfo import available_timezones

import orjson
from fastapi import Request, Response

from provender.kit.countries import list_countries
from provender.kit.db import Work
from provender.kit.errors import Refusal
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, do, preview_deletion, remove, save_form
from provender.kit.http.pages import language_of, say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.customers import actions, reads
from provender.trace.customers.payloads import SiteInput

router = page_router("/trace")


@router.get("/customers/{customer_id}/sites/new")
async def show_new_site(request: Request, customer_id: UUID) -> Response:
    """Show the empty form of a site of this customer."""
    return await _show_form(request, Form(), customer_id)


@router.post("/customers/{customer_id}/sites/new")
async def add_site(request: Request, customer_id: UUID) -> Response:
    """Save a new site, or show the form again with what is wrong."""

    async def save(work: Work, site: SiteInput, _version: int) -> str:
        await actions.add_site(work, customer_id, site)
        return f"/trace/customers/{customer_id}#sites"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, customer_id, status=status)

    return await save_form(request, SiteInput, save, said=_("The site was added."), again=again)


@router.get("/customer-sites/{site_id}/edit")
async def show_edited_site(request: Request, site_id: UUID) -> Response:
    """Show the form with what is known of a site."""
    site = await _read_site(request, site_id)
    return await _show_form(request, Form(site), UUID(str(site["customer_id"])), site_id=site_id)


@router.post("/customer-sites/{site_id}/edit")
async def replace_site(request: Request, site_id: UUID) -> Response:
    """Save what was changed of a site, or show the form again with what is wrong."""
    customer_id = UUID(str((await _read_site(request, site_id))["customer_id"]))

    async def save(work: Work, site: SiteInput, version: int) -> str:
        await actions.replace_site(work, site_id, version, site)
        return f"/trace/customers/{customer_id}#sites"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, customer_id, site_id=site_id, status=status)

    return await save_form(request, SiteInput, save, said=_("The site was changed."), again=again)


@router.post("/customer-sites/{site_id}/archive")
async def archive_site(request: Request, site_id: UUID) -> Response:
    """Retire a site, with a way back."""
    site = await _read_site(request, site_id)
    return await do(
        request,
        lambda work: actions.archive_site(work, site_id, is_archived=True),
        then=f"/trace/customers/{site['customer_id']}",
        said=_("The site was archived."),
        undo=f"/trace/customer-sites/{site_id}/restore",
    )


@router.post("/customer-sites/{site_id}/restore")
async def restore_site(request: Request, site_id: UUID) -> Response:
    """Bring a site back."""
    site = await _read_site(request, site_id)
    return await do(
        request,
        lambda work: actions.archive_site(work, site_id, is_archived=False),
        then=f"/trace/customers/{site['customer_id']}",
        said=_("The site is in use again."),
    )


@router.get("/customer-sites/{site_id}/delete")
async def show_removal(request: Request, site_id: UUID) -> Response:
    """Show what deleting a site would do."""
    return await _show_removal(request, site_id)


@router.post("/customer-sites/{site_id}/delete")
async def remove_site(request: Request, site_id: UUID) -> Response:
    """Delete a site that no order names; else show what needs it."""
    site = await _read_site(request, site_id)
    return await remove(
        request,
        lambda work: actions.remove_site(work, site_id),
        then=f"/trace/customers/{site['customer_id']}",
        said=_("The site was deleted."),
        in_use=lambda refusal: _show_removal(request, site_id, refusal),
    )


async def _read_site(request: Request, site_id: UUID) -> dict[str, object]:
    async with reading(request) as work:
        body, _version = await reads.read_site(work, site_id)
    return cast("dict[str, object]", orjson.loads(body))


async def _show_form(
    request: Request, form: Form, customer_id: UUID, *, site_id: UUID | None = None, status: int = 200
) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_customer(work, customer_id)
        caller = await work.caller()
    customer = orjson.loads(body)
    values = {"country": customer["country"], "time_zone": caller.time_zone, **form.values}
    context = {
        "f": Form(values, form.errors, form.sentence, form.hint),
        "customer": customer,
        "site_id": site_id,
        "countries": list_countries(language_of(request, caller)),
        "zones": _zones(),
    }
    return show(request, caller, "customers/site_form.html", context, status=status)


async def _show_removal(request: Request, site_id: UUID, refusal: Refusal | None = None) -> Response:
    site = await _read_site(request, site_id)
    async with reading(request) as work:
        customer, _version = await reads.read_customer(work, UUID(str(site["customer_id"])))
        caller = await work.caller()
    name, customer_name = str(site["name"]), orjson.loads(customer)["name"]
    back, address = f"/trace/customers/{site['customer_id']}", f"/trace/customer-sites/{site_id}"
    context = {
        **preview_deletion(name, [(say(request, _("Orders")), cast("int", site["order_count"]))]),
        "title": say(request, _("Delete %(name)s"), name=name),
        "trail": [(say(request, _("Customers")), "/trace/customers"), (customer_name, back)],
        "action": f"{address}/delete",
        "archive_action": f"{address}/archive",
        "back": back,
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "ui/delete.html", context, status=200 if refusal is None else refusal.status)


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, str], ...]:
    """Return the time zones of places, for the list of suggestions."""
    return tuple((name, name.replace("_", " ")) for name in sorted(available_timezones()) if _is_place(name))


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
