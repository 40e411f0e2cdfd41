"""REST of complaints."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.routing import rest_router
from provender.trace.complaints import actions, payloads, reads
from provender.trace.complaints.model import Candidate
from provender.trace.complaints.payloads import ComplaintFilter, ComplaintInput, ComplaintMove

router = rest_router("/api/trace/complaints", "complaints")


@router.get("", response_model=payloads.ComplaintList)
async def list_complaints(request: Request, wanted: Annotated[ComplaintFilter, Query()]) -> Response:
    """List complaints, newest first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_complaints(work, wanted, last_seen)
    return page_answer(request, page)


@router.post("", response_model=payloads.Complaint, status_code=201)
async def record_complaint(request: Request, complaint: ComplaintInput, key: IdempotencyKey = None) -> Response:
    """Record what a customer reported."""

    async def record(work: Work) -> Created:
        complaint_id = await actions.record_complaint(work, complaint)
        body, _ = await reads.read_complaint(work, complaint_id)
        return Created(f"/api/trace/complaints/{complaint_id}", body)

    return await once(request, key, record)


@router.get("/{complaint_id}", response_model=payloads.Complaint)
async def show_complaint(request: Request, complaint_id: UUID) -> Response:
    """Answer one complaint."""
    async with reading(request) as work:
        body, version = await reads.read_complaint(work, complaint_id)
    return json_answer(body, version=version)


@router.put("/{complaint_id}", response_model=payloads.Complaint)
async def correct_complaint(
    request: Request, complaint_id: UUID, complaint: ComplaintInput, if_match: IfMatch = None
) -> Response:
    """Correct what was reported; If-Match names the version that was read."""
    version = expected_version(if_match)

    async def correct(work: Work) -> tuple[bytes, int]:
        await actions.correct_complaint(work, complaint_id, version, complaint)
        return await reads.read_complaint(work, complaint_id)

    body, now_at = await change(request, correct)
    return json_answer(body, version=now_at)


@router.post("/{complaint_id}/moves", response_model=payloads.Complaint)
async def move_complaint(request: Request, complaint_id: UUID, move: ComplaintMove) -> Response:
    """Name the batch, close with a reason, or open again."""

    async def do(work: Work) -> tuple[bytes, int]:
        await actions.move_complaint(work, complaint_id, move)
        return await reads.read_complaint(work, complaint_id)

    body, version = await change(request, do)
    return json_answer(body, version=version)


def describe_candidate(candidate: Candidate) -> dict[str, object]:
    """Return a candidate as it is answered."""
    batch = candidate.batch
    return {
        "id": batch.id,
        "code": batch.code,
        "made_on": batch.made_on,
        "best_before_on": batch.best_before_on,
        "material": batch.material_name,
        "product": batch.product_name,
        "shipped_quantity": batch.shipped_quantity,
        "is_held": batch.is_held,
        "signs": candidate.signs,
    }


@router.get("/{complaint_id}/candidates", response_model=payloads.CandidateList)
async def list_candidates(request: Request, complaint_id: UUID) -> Response:
    """List the batches that a complaint may be about, likeliest first, each with the signs that point to it."""
    async with reading(request) as work:
        candidates = await reads.list_candidates(work, complaint_id)
    items = [describe_candidate(candidate) for candidate in candidates]
    return json_answer(orjson.dumps({"items": items, "next": None}))
