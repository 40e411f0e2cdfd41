"""REST of holds."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.routing import rest_router
from provender.trace.holds import actions, reads
from provender.trace.holds.payloads import Hold, HoldFilter, HoldList, HoldReason

PATH = "/api/trace/holds"
router = rest_router(PATH, "holds")
batch_router = rest_router("/api/trace/batches", "holds")


@router.get("", response_model=HoldList)
async def list_holds(request: Request, wanted: Annotated[HoldFilter, Query()]) -> Response:
    """List holds, the latest placed first, also released ones."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_holds(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/{hold_id}", response_model=Hold)
async def show_hold(request: Request, hold_id: UUID) -> Response:
    """Answer one hold."""
    async with reading(request) as work:
        body = await reads.read_hold(work, hold_id)
    return json_answer(body)


@router.post("/{hold_id}/release", response_model=Hold)
async def release_hold(request: Request, hold_id: UUID, wanted: HoldReason, key: IdempotencyKey = None) -> Response:
    """Release a hold; the batch is free when no other hold is in force."""

    async def release(work: Work) -> Created:
        await actions.release_hold(work, hold_id, wanted.reason)
        return Created(f"{PATH}/{hold_id}", await reads.read_hold(work, hold_id), status=200)

    return await once(request, key, release)


@batch_router.post("/{batch_id}/holds", response_model=Hold, status_code=201)
async def place_hold(request: Request, batch_id: UUID, wanted: HoldReason, key: IdempotencyKey = None) -> Response:
    """Hold a batch: it is not allocated, shipped or used until a manager releases it."""

    async def place(work: Work) -> Created:
        hold_id = await actions.place_hold(work, batch_id, wanted.reason)
        return Created(f"{PATH}/{hold_id}", await reads.read_hold(work, hold_id))

    return await once(request, key, place)
