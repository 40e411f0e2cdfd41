"""REST of farms."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.routing import rest_router
from provender.trace.farms import actions, reads, store
from provender.trace.farms.payloads import Farm, FarmFilter, FarmInput, FarmList

router = rest_router("/api/trace/farms", "farms")


@router.get("", response_model=FarmList)
async def list_farms(request: Request, wanted: Annotated[FarmFilter, Query()]) -> Response:
    """List farms by name; a farm without batches is listed with 0."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_farms(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/{farm_id}", response_model=Farm)
async def show_farm(request: Request, farm_id: UUID) -> Response:
    """Answer one farm."""
    async with reading(request) as work:
        found = await store.select_farm(work, farm_id)
        if found is None:
            raise NotFound("There is no such farm.")
    return json_answer(found[0], version=found[1])


@router.post("", response_model=Farm, status_code=201)
async def add_farm(request: Request, farm: FarmInput, key: IdempotencyKey = None) -> Response:
    """Add a farm."""

    async def add(work: Work) -> Created:
        farm_id = await actions.add_farm(work, farm)
        found = await store.select_farm(work, farm_id)
        return Created(f"/api/trace/farms/{farm_id}", found[0] if found else None)

    return await once(request, key, add)


@router.put("/{farm_id}", response_model=Farm)
async def replace_farm(request: Request, farm_id: UUID, farm: FarmInput, if_match: IfMatch = None) -> Response:
    """Replace a farm; If-Match names the version that was read."""
    version = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int] | None:
        await actions.replace_farm(work, farm_id, version, farm)
        return await store.select_farm(work, farm_id)

    found = await change(request, replace)
    return json_answer(found[0] if found else None, version=found[1] if found else None)


@router.delete("/{farm_id}", status_code=204)
async def remove_farm(request: Request, farm_id: UUID) -> Response:
    """Delete a farm that was never used; one in use answers 409."""
    await change(request, lambda work: actions.remove_farm(work, farm_id))
    return Response(status_code=204)
