"""REST of shipments and returns."""

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
from provender.trace.shipments import reads, store
from provender.trace.shipments.actions import returns, shipments
from provender.trace.shipments.payloads import (
    Delivery,
    Departure,
    Return,
    ReturnFilter,
    ReturnInput,
    ReturnList,
    Shipment,
    ShipmentAmendment,
    ShipmentFilter,
    ShipmentInput,
    ShipmentList,
)

router = rest_router("/api/trace", "shipments")
Found = tuple[bytes, int] | None


@router.get("/shipments", response_model=ShipmentList)
async def list_shipments(request: Request, wanted: Annotated[ShipmentFilter, Query()]) -> Response:
    """List shipments, the latest packed first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        has_days = wanted.from_on or wanted.to_on
        time_zone = (await work.caller()).time_zone if has_days else "UTC"
        page = await reads.list_shipments(work, wanted, last_seen, time_zone)
    return page_answer(request, page)


@router.get("/shipments/{shipment_id}", response_model=Shipment)
async def show_shipment(request: Request, shipment_id: UUID) -> Response:
    """Answer one shipment with its lines."""
    async with reading(request) as work:
        found = await store.select_shipment(work, shipment_id)
        if found is None:
            raise NotFound("There is no such shipment.")
    return _answer(found)


@router.post("/shipments", response_model=Shipment, status_code=201)
async def pack_shipment(request: Request, shipment: ShipmentInput, key: IdempotencyKey = None) -> Response:
    """Pack goods of an order; with `shipped_at` they have left, too."""

    async def pack(work: Work) -> Created:
        shipment_id = await shipments.pack_shipment(work, shipment)
        found = await store.select_shipment(work, shipment_id)
        return Created(f"/api/trace/shipments/{shipment_id}", found[0] if found else None)

    return await once(request, key, pack)


@router.patch("/shipments/{shipment_id}", response_model=Shipment)
async def amend_shipment(
    request: Request, shipment_id: UUID, changes: ShipmentAmendment, if_match: IfMatch = None
) -> Response:
    """Change carrier or tracking number; If-Match names the version that was read."""
    version = expected_version(if_match)

    async def amend(work: Work) -> Found:
        await shipments.amend_shipment(work, shipment_id, version, changes)
        return await store.select_shipment(work, shipment_id)

    return _answer(await change(request, amend))


@router.post("/shipments/{shipment_id}/departure", response_model=Shipment)
async def depart_shipment(request: Request, shipment_id: UUID, departure: Departure) -> Response:
    """Record that a shipment left; a held batch in it answers 409."""

    async def depart(work: Work) -> Found:
        await shipments.depart_shipment(work, shipment_id, departure)
        return await store.select_shipment(work, shipment_id)

    return _answer(await change(request, depart))


@router.post("/shipments/{shipment_id}/delivery", response_model=Shipment)
async def deliver_shipment(request: Request, shipment_id: UUID, delivery: Delivery) -> Response:
    """Record that a shipment arrived."""

    async def deliver(work: Work) -> Found:
        await shipments.deliver_shipment(work, shipment_id, delivery)
        return await store.select_shipment(work, shipment_id)

    return _answer(await change(request, deliver))


@router.get("/returns", response_model=ReturnList)
async def list_returns(request: Request, wanted: Annotated[ReturnFilter, Query()]) -> Response:
    """List returns, the latest received first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_returns(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/returns/{return_id}", response_model=Return)
async def show_return(request: Request, return_id: UUID) -> Response:
    """Answer one return with its lines."""
    async with reading(request) as work:
        found = await store.select_return(work, return_id)
        if found is None:
            raise NotFound("There is no such return.")
    return json_answer(found)


@router.post("/returns", response_model=Return, status_code=201)
async def take_back(request: Request, returned: ReturnInput, key: IdempotencyKey = None) -> Response:
    """Take goods back: into stock, into a rework, or destroyed."""

    async def take(work: Work) -> Created:
        return_id = await returns.take_back(work, returned)
        return Created(f"/api/trace/returns/{return_id}", await store.select_return(work, return_id))

    return await once(request, key, take)


def _answer(found: Found) -> Response:
    body, version = found or (None, None)
    return json_answer(body, version=version)
