"""REST of batches. Batches come into being by processes, so nothing is added here."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.kit.db import Work
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import ListQuery, open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.exports import all_pages, csv_answer
from provender.kit.http.routing import rest_router
from provender.trace.batches import actions, reads
from provender.trace.batches.payloads import (
    BatchChange,
    BatchDetail,
    BatchExportFilter,
    BatchFilter,
    BatchList,
    InputRelationList,
    MovementList,
    OutputRelationList,
)

router = rest_router("/api/trace/batches", "batches")


@router.get("", response_model=BatchList)
async def list_batches(request: Request, wanted: Annotated[BatchFilter, Query()]) -> Response:
    """List batches, the latest made first; a batch with no orders is listed with 0."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_batches(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/export", response_class=Response)
async def export_batches(request: Request, wanted: Annotated[BatchExportFilter, Query()]) -> Response:
    """Answer the list as a CSV file, all pages of it."""
    every = all_pages(wanted)
    return await csv_answer(
        request, reads.BATCH_EXPORT, wanted.dialect, lambda work, key: reads.list_batches(work, every, key)
    )


@router.get("/{batch_id}", response_model=BatchDetail)
async def show_batch(request: Request, batch_id: UUID) -> Response:
    """Answer one batch with its balance, origins and active holds."""
    async with reading(request) as work:
        body, version = await reads.read_batch(work, batch_id)
    return json_answer(body, version=version)


@router.patch("/{batch_id}", response_model=BatchDetail)
async def change_batch(request: Request, batch_id: UUID, wanted: BatchChange, if_match: IfMatch = None) -> Response:
    """Change note, best-before date, farm or supplier; If-Match names the version that was read."""
    version = expected_version(if_match)

    async def apply(work: Work) -> tuple[bytes, int]:
        await actions.change_batch(work, batch_id, version, wanted)
        return await reads.read_batch(work, batch_id)

    body, new_version = await change(request, apply)
    return json_answer(body, version=new_version)


@router.get("/{batch_id}/inputs", response_model=InputRelationList)
async def list_inputs(request: Request, batch_id: UUID, wanted: Annotated[ListQuery, Query()]) -> Response:
    """List what the batch was made from, one step back; [] for a batch that was received."""
    last_seen = open_cursor(request, wanted.cursor, 3)
    async with reading(request) as work:
        page = await reads.list_inputs(work, batch_id, last_seen, wanted.limit)
    return page_answer(request, page)


@router.get("/{batch_id}/outputs", response_model=OutputRelationList)
async def list_outputs(request: Request, batch_id: UUID, wanted: Annotated[ListQuery, Query()]) -> Response:
    """List what was made from the batch, one step forward; [] when nothing was."""
    last_seen = open_cursor(request, wanted.cursor, 4)
    async with reading(request) as work:
        page = await reads.list_outputs(work, batch_id, last_seen, wanted.limit)
    return page_answer(request, page)


@router.get("/{batch_id}/movements", response_model=MovementList)
async def list_movements(request: Request, batch_id: UUID, wanted: Annotated[ListQuery, Query()]) -> Response:
    """List what changed the stock of the batch, the latest first."""
    last_seen = open_cursor(request, wanted.cursor, 3)
    async with reading(request) as work:
        page = await reads.list_movements(work, batch_id, last_seen, wanted.limit)
    return page_answer(request, page)
