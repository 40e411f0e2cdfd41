"""Questions about complaints."""

from __future__ import annotations

from typing import cast
from uuid import UUID

import orjson

from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.trace.batches.public import batch_code_key
from provender.trace.complaints import store
from provender.trace.complaints.model import Candidate, Choices, Report
from provender.trace.complaints.payloads import ComplaintFilter
from provender.trace.complaints.rules import rank_candidates

NOTHING_WANTED = {
    "complaint_id": None,
    "state": None,
    "customer_id": None,
    "batch_id": None,
    "last_received_at": None,
    "last_id": None,
    "page_size": 1,
}


async def list_complaints(work: Work, wanted: ComplaintFilter, last_seen: Key) -> Page:
    """Return one page of complaints, newest first, after the key (received_at, id) of the last row seen."""
    return await store.select_complaints(
        work,
        {
            "complaint_id": None,
            "state": wanted.state,
            "customer_id": wanted.customer,
            "batch_id": wanted.batch,
            "last_received_at": last_seen[0],
            "last_id": last_seen[1],
            "page_size": wanted.limit,
        },
    )


async def read_complaint(work: Work, complaint_id: UUID) -> tuple[bytes, int]:
    """Return one complaint as JSON, and its version.

    Raises:
        NotFound: there is no such complaint.
    """
    page = await store.select_complaints(work, {**NOTHING_WANTED, "complaint_id": complaint_id})
    found = cast("list[dict[str, object]]", orjson.loads(page.items))
    if not found:
        raise NotFound("There is no such complaint.")
    return page.items[1:-1], cast("int", found[0]["version"])


async def list_candidates(work: Work, complaint_id: UUID) -> list[Candidate]:
    """Return the batches that a complaint may be about, likeliest first.

    Raises:
        NotFound: there is no such complaint.
    """
    report = await store.select_report(work, complaint_id)
    if report is None:
        raise NotFound("There is no such complaint.")
    return await find_candidates(work, report)


async def find_candidates(work: Work, report: Report) -> list[Candidate]:
    """Return the batches that a report may be about, likeliest first, at most 25."""
    parameters = {
        "code_key": batch_code_key(report.reported_code) if report.reported_code else None,
        "best_before_on": report.reported_best_before_on,
        "product_id": report.product_id,
        "customer_id": report.customer_id,
    }
    return rank_candidates(report, await store.select_candidates(work, parameters))


async def list_choices(work: Work) -> Choices:
    """Return the customers and products that a form offers, by name, at most 500 each, archived ones left out."""
    found = await store.select_choices(work)
    return Choices(
        customers=[(choice.id, choice.name) for choice in found if choice.kind == "customer"],
        products=[(choice.id, choice.name) for choice in found if choice.kind == "product"],
    )
