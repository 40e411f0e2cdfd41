"""REST of processes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.exports import all_pages, csv_answer
from provender.kit.http.imports import ImportMode, ImportResult
from provender.kit.http.routing import rest_router
from provender.trace.processes import actions, reads
from provender.trace.processes.imports import RECEIPT_IMPORT
from provender.trace.processes.payloads import (
    CountInput,
    Process,
    ProcessExportFilter,
    ProcessFilter,
    ProcessInput,
    ProcessList,
    ReversalInput,
)

PATH = "/api/trace/processes"
router = rest_router(PATH, "processes")
batch_router = rest_router("/api/trace/batches", "processes")


@router.get("", response_model=ProcessList)
async def list_processes(request: Request, wanted: Annotated[ProcessFilter, Query()]) -> Response:
    """List processes, the latest finished first; reversed ones are listed and say so."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_processes(work, wanted, last_seen)
    return page_answer(request, page)


@router.post("/import", response_model=ImportResult)
async def import_receipts(request: Request, mode: ImportMode = ImportMode.ALL) -> ImportResult:
    """Record receipts from a CSV file sent as the body: all or nothing, or the good rows."""
    return await RECEIPT_IMPORT.run(request, await request.body(), mode)


@router.get("/export", response_class=Response)
async def export_processes(request: Request, wanted: Annotated[ProcessExportFilter, Query()]) -> Response:
    """Answer the list as a CSV file, all pages of it."""
    every = all_pages(wanted)
    return await csv_answer(
        request, reads.PROCESS_EXPORT, wanted.dialect, lambda work, key: reads.list_processes(work, every, key)
    )


@router.get("/{process_id}", response_model=Process)
async def show_process(request: Request, process_id: UUID) -> Response:
    """Answer one process with its lines."""
    async with reading(request) as work:
        body = await reads.read_process(work, process_id)
    return json_answer(body)


@router.post("", response_model=Process, status_code=201)
async def record_process(request: Request, process: ProcessInput, key: IdempotencyKey = None) -> Response:
    """Record what happened to batches; new batches come into being here."""

    async def record(work: Work) -> Created:
        process_id = await actions.record_process(work, process)
        return Created(f"{PATH}/{process_id}", await reads.read_process(work, process_id))

    return await once(request, key, record)


@router.post("/{process_id}/reversal", response_model=Process, status_code=201)
async def reverse_process(
    request: Request, process_id: UUID, reversal: ReversalInput, key: IdempotencyKey = None
) -> Response:
    """Make a process void: a wrong record is reversed, never edited."""

    async def reverse(work: Work) -> Created:
        reversal_id = await actions.reverse_process(work, process_id, reversal)
        return Created(f"{PATH}/{reversal_id}", await reads.read_process(work, reversal_id))

    return await once(request, key, reverse)


@batch_router.post("/{batch_id}/counts", response_model=Process, status_code=201)
async def record_count(request: Request, batch_id: UUID, count: CountInput, key: IdempotencyKey = None) -> Response:
    """Book what a stocktaking found or missed of a batch."""

    async def record(work: Work) -> Created:
        process_id = await actions.record_count(work, batch_id, count)
        return Created(f"{PATH}/{process_id}", await reads.read_process(work, process_id))

    return await once(request, key, record)
