"""REST of materials."""

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
from provender.trace.materials import actions, reads
from provender.trace.materials.imports import MATERIAL_IMPORT
from provender.trace.materials.payloads import (
    Material,
    MaterialExportFilter,
    MaterialFilter,
    MaterialInput,
    MaterialList,
)

router = rest_router("/api/trace/materials", "materials")


@router.get("", response_model=MaterialList)
async def list_materials(request: Request, wanted: Annotated[MaterialFilter, Query()]) -> Response:
    """List materials by code; one without batches is listed with 0."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_materials(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/export", response_class=Response)
async def export_materials(request: Request, wanted: Annotated[MaterialExportFilter, Query()]) -> Response:
    """Answer all materials of the filter as CSV."""
    every = all_pages(wanted)
    return await csv_answer(
        request, reads.MATERIAL_EXPORT, wanted.dialect, lambda work, key: reads.list_materials(work, every, key)
    )


@router.post("/import", response_model=ImportResult)
async def import_materials(request: Request, mode: ImportMode = ImportMode.ALL) -> ImportResult:
    """Add materials from a CSV file sent as the body: all or nothing, or the good rows."""
    return await MATERIAL_IMPORT.run(request, await request.body(), mode)


@router.post("", response_model=Material, status_code=201)
async def add_material(request: Request, material: MaterialInput, key: IdempotencyKey = None) -> Response:
    """Add a material."""

    async def add(work: Work) -> Created:
        material_id = await actions.add_material(work, material)
        body, _ = await reads.read_material(work, material_id)
        return Created(f"/api/trace/materials/{material_id}", body)

    return await once(request, key, add)


@router.get("/{material_id}", response_model=Material)
async def show_material(request: Request, material_id: UUID) -> Response:
    """Answer one material."""
    async with reading(request) as work:
        body, version = await reads.read_material(work, material_id)
    return json_answer(body, version=version)


@router.put("/{material_id}", response_model=Material)
async def replace_material(
    request: Request, material_id: UUID, material: MaterialInput, if_match: IfMatch = None
) -> Response:
    """Replace a material; If-Match names the version that was read."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_material(work, material_id, expected, material)
        return await reads.read_material(work, material_id)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@router.post("/{material_id}/archive", response_model=Material)
async def archive_material(request: Request, material_id: UUID) -> Response:
    """Retire a material: no longer offered, the records that name it stay."""
    return await _archive(request, material_id, is_archived=True)


@router.post("/{material_id}/restore", response_model=Material)
async def restore_material(request: Request, material_id: UUID) -> Response:
    """Bring a retired material back."""
    return await _archive(request, material_id, is_archived=False)


@router.delete("/{material_id}", status_code=204)
async def remove_material(request: Request, material_id: UUID) -> Response:
    """Delete a material that was never used; one in use answers 409."""
    await change(request, lambda work: actions.remove_material(work, material_id))
    return Response(status_code=204)


async def _archive(request: Request, material_id: UUID, *, is_archived: bool) -> Response:
    async def archive(work: Work) -> tuple[bytes, int]:
        await actions.archive_material(work, material_id, is_archived=is_archived)
        return await reads.read_material(work, material_id)

    body, version = await change(request, archive)
    return json_answer(body, version=version)
