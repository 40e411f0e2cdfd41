"""Pages of plots: add, change, retire, remove; they are shown on the page of their farm."""

from __future__ import annotations

import re
from typing import cast
from uuid import UUID

import orjson
from fastapi import Request, Response
from pydantic import field_validator

from provender.kit.db import Work
from provender.kit.errors import Refusal
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, do, preview_deletion, remove, save_form
from provender.kit.http.pages import say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.farms import actions, reads
from provender.trace.farms.payloads import PlotInput

MAP_PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*")
router = page_router("/trace")


class PlotForm(PlotInput):
    """A plot as a person describes it: GeoJSON, or `latitude, longitude` as a map application copies it."""

    @field_validator("geometry", mode="before")
    @classmethod
    def _read_text(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pair = MAP_PAIR.fullmatch(value)
        if pair:
            return {"type": "Point", "coordinates": [float(pair[2]), float(pair[1])]}
        try:
            return cast("object", orjson.loads(value))
        except orjson.JSONDecodeError as error:
            message = "This is neither GeoJSON nor latitude, longitude."
            raise ValueError(message) from error


@router.get("/farms/{farm_id}/plots/new")
async def show_new_plot(request: Request, farm_id: UUID) -> Response:
    """Show the empty form of a plot of this farm."""
    return await _show_form(request, Form(), farm_id)


@router.post("/farms/{farm_id}/plots/new")
async def add_plot(request: Request, farm_id: UUID) -> Response:
    """Save a new plot, or show the form again with what is wrong."""

    async def save(work: Work, plot: PlotForm, _version: int) -> str:
        await actions.add_plot(work, farm_id, plot)
        return f"/trace/farms/{farm_id}#plots"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, farm_id, status=status)

    return await save_form(request, PlotForm, save, said=_("The plot was added."), again=again)


@router.get("/plots/{plot_id}/edit")
async def show_edited_plot(request: Request, plot_id: UUID) -> Response:
    """Show the form with what is known of a plot."""
    plot = await _read_plot(request, plot_id)
    if plot["geometry"] is not None:
        plot["geometry"] = orjson.dumps(plot["geometry"]).decode()
    return await _show_form(request, Form(plot), UUID(str(plot["farm_id"])), plot_id=plot_id)


@router.post("/plots/{plot_id}/edit")
async def replace_plot(request: Request, plot_id: UUID) -> Response:
    """Save what was changed of a plot, or show the form again with what is wrong."""
    farm_id = UUID(str((await _read_plot(request, plot_id))["farm_id"]))

    async def save(work: Work, plot: PlotForm, version: int) -> str:
        await actions.replace_plot(work, plot_id, version, plot)
        return f"/trace/farms/{farm_id}#plots"

    async def again(form: Form, status: int) -> Response:
        return await _show_form(request, form, farm_id, plot_id=plot_id, status=status)

    return await save_form(request, PlotForm, save, said=_("The plot was changed."), again=again)


@router.post("/plots/{plot_id}/archive")
async def archive_plot(request: Request, plot_id: UUID) -> Response:
    """Retire a plot, with a way back."""
    plot = await _read_plot(request, plot_id)
    return await do(
        request,
        lambda work: actions.archive_plot(work, plot_id, is_archived=True),
        then=f"/trace/farms/{plot['farm_id']}",
        said=_("The plot was archived."),
        undo=f"/trace/plots/{plot_id}/restore",
    )


@router.post("/plots/{plot_id}/restore")
async def restore_plot(request: Request, plot_id: UUID) -> Response:
    """Bring a plot back."""
    plot = await _read_plot(request, plot_id)
    return await do(
        request,
        lambda work: actions.archive_plot(work, plot_id, is_archived=False),
        then=f"/trace/farms/{plot['farm_id']}",
        said=_("The plot is in use again."),
    )


@router.get("/plots/{plot_id}/delete")
async def show_removal(request: Request, plot_id: UUID) -> Response:
    """Show what deleting a plot would do."""
    return await _show_removal(request, plot_id)


@router.post("/plots/{plot_id}/delete")
async def remove_plot(request: Request, plot_id: UUID) -> Response:
    """Delete a plot whose harvest is in no batch; else show what needs it."""
    plot = await _read_plot(request, plot_id)
    return await remove(
        request,
        lambda work: actions.remove_plot(work, plot_id),
        then=f"/trace/farms/{plot['farm_id']}",
        said=_("The plot was deleted."),
        in_use=lambda refusal: _show_removal(request, plot_id, refusal),
    )


async def _read_plot(request: Request, plot_id: UUID) -> dict[str, object]:
    async with reading(request) as work:
        body, _version = await reads.read_plot(work, plot_id)
    return cast("dict[str, object]", orjson.loads(body))


async def _show_form(
    request: Request, form: Form, farm_id: UUID, *, plot_id: UUID | None = None, status: int = 200
) -> Response:
    async with reading(request) as work:
        body, _version = await reads.read_farm(work, farm_id)
        caller = await work.caller()
    context = {"f": form, "farm": orjson.loads(body), "plot_id": plot_id}
    return show(request, caller, "farms/plot_form.html", context, status=status)


async def _show_removal(request: Request, plot_id: UUID, refusal: Refusal | None = None) -> Response:
    plot = await _read_plot(request, plot_id)
    async with reading(request) as work:
        farm, _version = await reads.read_farm(work, UUID(str(plot["farm_id"])))
        caller = await work.caller()
    name, farm_name = str(plot["name"]), orjson.loads(farm)["name"]
    back, address = f"/trace/farms/{plot['farm_id']}", f"/trace/plots/{plot_id}"
    context = {
        **preview_deletion(name, [(say(request, _("Batches")), cast("int", plot["batch_count"]))]),
        "title": say(request, _("Delete %(name)s"), name=name),
        "trail": [(say(request, _("Farms")), "/trace/farms"), (farm_name, back)],
        "action": f"{address}/delete",
        "archive_action": f"{address}/archive",
        "back": back,
        "refused": refusal and say(request, refusal.sentence),
    }
    return show(request, caller, "ui/delete.html", context, status=200 if refusal is None else refusal.status)
