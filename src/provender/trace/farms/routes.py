"""REST of farms and plots."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.exports import all_pages, csv_answer
from provender.kit.http.imports import ImportMode, ImportResult
from provender.kit.http.routing import rest_router
from provender.trace.farms import actions, reads
from provender.trace.farms.imports import FARM_IMPORT
from provender.trace.farms.payloads import (
    Farm,
    FarmExportFilter,
    FarmFilter,
    FarmInput,
    FarmList,
    PlotFilter,
    PlotInput,
    PlotList,
    SurveyedPlot,
)

router = rest_router("/api/trace/farms", "farms")
plot_router = rest_router("/api/trace/plots", "plots")


@router.get("", response_model=FarmList)
async def list_farms(request: Request, wanted: Annotated[FarmFilter, Query()]) -> Response:
    """List farms by name; a farm without batches is listed with 0."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_farms(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/export", response_class=Response)
async def export_farms(request: Request, wanted: Annotated[FarmExportFilter, Query()]) -> Response:
    """Answer all farms of the filter as CSV."""
    every = all_pages(wanted)
    return await csv_answer(
        request, reads.FARM_EXPORT, wanted.dialect, lambda work, key: reads.list_farms(work, every, key)
    )


@router.post("/import", response_model=ImportResult)
async def import_farms(request: Request, mode: ImportMode = ImportMode.ALL) -> ImportResult:
    """Add farms from a CSV file sent as the body: all or nothing, or the good rows."""
    return await FARM_IMPORT.run(request, await request.body(), mode)


@router.post("", response_model=Farm, status_code=201)
async def add_farm(request: Request, farm: FarmInput, key: IdempotencyKey = None) -> Response:
    """Add a farm."""

    async def add(work: Work) -> Created:
        farm_id = await actions.add_farm(work, farm)
        body, _ = await reads.read_farm(work, farm_id)
        return Created(f"/api/trace/farms/{farm_id}", body)

    return await once(request, key, add)


@router.get("/{farm_id}", response_model=Farm)
async def show_farm(request: Request, farm_id: UUID) -> Response:
    """Answer one farm."""
    async with reading(request) as work:
        body, version = await reads.read_farm(work, farm_id)
    return json_answer(body, version=version)


@router.put("/{farm_id}", response_model=Farm)
async def replace_farm(request: Request, farm_id: UUID, farm: FarmInput, if_match: IfMatch = None) -> Response:
    """Replace a farm; If-Match names the version that was read."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_farm(work, farm_id, expected, farm)
        return await reads.read_farm(work, farm_id)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@router.post("/{farm_id}/archive", response_model=Farm)
async def archive_farm(request: Request, farm_id: UUID) -> Response:
    """Retire a farm: no longer offered, its traces stay."""
    return await _archive_farm(request, farm_id, is_archived=True)


@router.post("/{farm_id}/restore", response_model=Farm)
async def restore_farm(request: Request, farm_id: UUID) -> Response:
    """Bring a retired farm back."""
    return await _archive_farm(request, farm_id, is_archived=False)


@router.delete("/{farm_id}", status_code=204)
async def remove_farm(request: Request, farm_id: UUID) -> Response:
    """Delete a farm that was never used; one in use answers 409."""
    await change(request, lambda work: actions.remove_farm(work, farm_id))
    return Response(status_code=204)


@router.get("/{farm_id}/plots", response_model=PlotList)
async def list_plots(request: Request, farm_id: UUID, wanted: Annotated[PlotFilter, Query()]) -> Response:
    """List the plots of a farm by name; 404 when there is no such farm, an empty list when it has none."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_plots(work, farm_id, wanted, last_seen)
    return page_answer(request, page)


@router.post("/{farm_id}/plots", response_model=SurveyedPlot, status_code=201)
async def add_plot(request: Request, farm_id: UUID, plot: PlotInput, key: IdempotencyKey = None) -> Response:
    """Add a plot to a farm; the answer says its computed area and what could be better."""

    async def add(work: Work) -> Created:
        plot_id = await actions.add_plot(work, farm_id, plot)
        body, _ = await reads.read_plot(work, plot_id)
        return Created(f"/api/trace/plots/{plot_id}", body)

    return await once(request, key, add)


@plot_router.get("/{plot_id}", response_model=SurveyedPlot)
async def show_plot(request: Request, plot_id: UUID) -> Response:
    """Answer one plot, with its computed area and what could be better."""
    async with reading(request) as work:
        body, version = await reads.read_plot(work, plot_id)
    return json_answer(body, version=version)


@plot_router.put("/{plot_id}", response_model=SurveyedPlot)
async def replace_plot(request: Request, plot_id: UUID, plot: PlotInput, if_match: IfMatch = None) -> Response:
    """Replace a plot; If-Match names the version that was read."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_plot(work, plot_id, expected, plot)
        return await reads.read_plot(work, plot_id)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@plot_router.post("/{plot_id}/archive", response_model=SurveyedPlot)
async def archive_plot(request: Request, plot_id: UUID) -> Response:
    """Retire a plot: no longer offered, the origins of batches stay."""
    return await _archive_plot(request, plot_id, is_archived=True)


@plot_router.post("/{plot_id}/restore", response_model=SurveyedPlot)
async def restore_plot(request: Request, plot_id: UUID) -> Response:
    """Bring a retired plot back."""
    return await _archive_plot(request, plot_id, is_archived=False)


@plot_router.delete("/{plot_id}", status_code=204)
async def remove_plot(request: Request, plot_id: UUID) -> Response:
    """Delete a plot whose harvest is in no batch; one in use answers 409."""
    await change(request, lambda work: actions.remove_plot(work, plot_id))
    return Response(status_code=204)


async def _archive_farm(request: Request, farm_id: UUID, *, is_archived: bool) -> Response:
    async def archive(work: Work) -> tuple[bytes, int]:
        await actions.archive_farm(work, farm_id, is_archived=is_archived)
        return await reads.read_farm(work, farm_id)

    body, version = await change(request, archive)
    return json_answer(body, version=version)


async def _archive_plot(request: Request, plot_id: UUID, *, is_archived: bool) -> Response:
    async def archive(work: Work) -> tuple[bytes, int]:
        await actions.archive_plot(work, plot_id, is_archived=is_archived)
        return await reads.read_plot(work, plot_id)

    body, version = await change(request, archive)
    return json_answer(body, version=version)
