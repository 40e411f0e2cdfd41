"""Pages of farms: list, one farm with its plots and batches, forms, import, removal."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, cast
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.kit.countries import list_countries
from provender.kit.csv.columns import Item, read_items
from provender.kit.db import Work
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, do, preview_deletion, remove, save_form
from provender.kit.http.import_pages import ImportPage
from provender.kit.http.pages import language_of, say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.farms import actions, reads, store
from provender.trace.farms.imports import FARM_IMPORT
from provender.trace.farms.model import Geometry
from provender.trace.farms.payloads import FarmFilter, FarmInput, PlotFilter
from provender.trace.farms.rules.advice import survey_plot
from provender.trace.farms.rules.drawing import draw_map
from provender.trace.farms.rules.geometry import restore_geometry

MOST_PLOTS = 200
"""Plots on a farm's page; a cooperative with more looks at them through the list's REST address."""
MOST_BATCHES = 10

router = page_router("/trace/farms")


@router.get("")
async def show_farms(request: Request, wanted: Annotated[FarmFilter, Query()]) -> Response:
    """Show the farms by name, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_farms(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "farms": orjson.loads(page.items),
        "next": next_address(request, page.next_key),
        "f": Form(request.query_params),
        "is_filtered": bool(wanted.name) or wanted.archived is not None,
        "name": wanted.name,
    }
    return show(request, caller, "farms/list.html", context)


@router.get("/new")
async def show_new_farm(request: Request) -> Response:
    """Show the empty form."""
    return await _show_form(request, Form())


@router.post("/new")
async def add_farm(request: Request) -> Response:
    """Save a new farm, or show the form again with what is wrong."""

    async def save(work: Work, farm: FarmInput, _version: int) -> str:
        return f"/trace/farms/{await actions.add_farm(work, farm)}"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, status=status)

    return await save_form(request, FarmInput, save, said=_("The farm was added."), again=again)


IMPORT_PAGE = ImportPage(
    FARM_IMPORT,
    title=_("Import farms"),
    list_title=_("Farms"),
    list_href="/trace/farms",
)


@router.get("/import")
async def show_import(request: Request) -> Response:
    """Show where to choose a file of farms."""
    return await IMPORT_PAGE.show(request)


@router.post("/import")
async def import_farms(request: Request) -> Response:
    """Import a file of farms and tell what became of it."""
    return await IMPORT_PAGE.run(request)


@router.get("/{farm_id}")
async def show_farm(request: Request, farm_id: UUID) -> Response:
    """Show one farm with its plots as a map and its newest batches."""
    async with reading(request) as work:
        body, _version = await reads.read_farm(work, farm_id)
        plots_page = await reads.list_plots(
            work, farm_id, PlotFilter(limit=MOST_PLOTS, cursor=None, archived=None), (None, None)
        )
        batches = await store.select_farm_batches(work, farm_id, MOST_BATCHES)
        caller = await work.caller()
    plots = [_with_survey(plot) for plot in read_items(plots_page.items)]
    drawn = {str(plot["id"]): _geometry_of(plot) for plot in plots}
    context = {
        "farm": orjson.loads(body),
        "plots": plots,
        "plot_names": {str(plot["id"]): plot["name"] for plot in plots},
        "map": draw_map({plot_id: geometry for plot_id, geometry in drawn.items() if geometry is not None}),
        "batches": orjson.loads(batches),
    }
    return show(request, caller, "farms/show.html", context)


@router.get("/{farm_id}/edit")
async def show_edited_farm(request: Request, farm_id: UUID) -> Response:
    """Show the form with what is known of a farm."""
    async with reading(request) as work:
        body, _version = await reads.read_farm(work, farm_id)
    return await _show_form(request, Form(orjson.loads(body)), farm_id=farm_id)


@router.post("/{farm_id}/edit")
async def replace_farm(request: Request, farm_id: UUID) -> Response:
    """Save what was changed of a farm, or show the form again with what is wrong."""
    address = f"/trace/farms/{farm_id}"

    async def save(work: Work, farm: FarmInput, version: int) -> str:
        await actions.replace_farm(work, farm_id, version, farm)
        return address

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, farm_id=farm_id, status=status)

    return await save_form(request, FarmInput, save, said=_("The farm was changed."), again=again)


@router.post("/{farm_id}/archive")
async def archive_farm(request: Request, farm_id: UUID) -> Response:
    """Retire a farm, with a way back."""
    address = f"/trace/farms/{farm_id}"
    return await do(
        request,
        lambda work: actions.archive_farm(work, farm_id, is_archived=True),
        then=address,
        said=_("The farm was archived."),
        undo=f"{address}/restore",
    )


@router.post("/{farm_id}/restore")
async def restore_farm(request: Request, farm_id: UUID) -> Response:
    """Bring a farm back."""
    return await do(
        request,
        lambda work: actions.archive_farm(work, farm_id, is_archived=False),
        then=f"/trace/farms/{farm_id}",
        said=_("The farm is in use again."),
    )


@router.get("/{farm_id}/delete")
async def show_removal(request: Request, farm_id: UUID) -> Response:
    """Show what deleting a farm would do."""
    return await _show_removal(request, farm_id)


@router.post("/{farm_id}/delete")
async def remove_farm(request: Request, farm_id: UUID) -> Response:
    """Delete a farm that was never used; else show what needs it."""
    return await remove(
        request,
        lambda work: actions.remove_farm(work, farm_id),
        then="/trace/farms",
        said=_("The farm was deleted."),
        in_use=lambda refusal: _show_removal(request, farm_id, refusal),
    )


def _geometry_of(plot: Item) -> Geometry | None:
    stored = cast("dict[str, object] | None", plot["geometry"])
    return None if stored is None else restore_geometry(stored)


def _with_survey(plot: Item) -> Item:
    """Return a plot with its computed area and what could be better about it."""
    area_ha = None if plot["area_ha"] is None else Decimal(str(plot["area_ha"]))
    survey = survey_plot(_geometry_of(plot), area_ha)
    return {**plot, "area_ha": area_ha, "computed_area_ha": survey.computed_area_ha, "advice": survey.advice}


async def _show_form(request: Request, form: Form, *, farm_id: UUID | None = None, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
    countries = list_countries(language_of(request, caller))
    context = {"f": form, "farm_id": farm_id, "countries": countries}
    return show(request, caller, "farms/form.html", context, status=status)


async def _show_removal(request: Request, farm_id: UUID, refusal: Refusal | None = None) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_farm(work, farm_id)
        uses = await store.count_farm_uses(work, farm_id)
        caller = await work.caller()
    if uses is None:
        raise NotFound(actions.NO_FARM)
    name = orjson.loads(body)["name"]
    address = f"/trace/farms/{farm_id}"
    blocking = [(say(request, _("Plots")), uses.plots), (say(request, _("Batches")), uses.batches)]
    context = {
        **preview_deletion(name, blocking),
        "title": say(request, _("Delete %(name)s"), name=name),
        "trail": [(say(request, _("Farms")), "/trace/farms"), (name, address)],
        "action": f"{address}/delete",
        "archive_action": f"{address}/archive",
        "back": address,
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "ui/delete.html", context, status=200 if refusal is None else refusal.status)
