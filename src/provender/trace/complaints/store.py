"""The statements of complaints, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.http.answers import Page, fetch_page
from provender.trace.complaints.model import Batch, Choice, Report

SQL = SqlFolder(__file__)


async def select_complaints(work: Work, parameters: Parameters) -> Page:
    """Return one page of complaints, newest first."""
    return await fetch_page(work, SQL("select_complaints"), parameters)


async def insert_complaint(work: Work, complaint: Parameters) -> UUID:
    """Record a complaint and return its id."""
    row = await work.fetch_row(SQL("insert_complaint"), complaint)
    return cast("tuple[UUID]", row)[0]


async def update_complaint(work: Work, complaint_id: UUID, version: int, complaint: Parameters) -> int:
    """Correct a complaint of that version; return how many were corrected."""
    return await work.execute(SQL("update_complaint"), {**complaint, "complaint_id": complaint_id, "version": version})


async def move_complaint(work: Work, complaint_id: UUID, move: Parameters) -> int:
    """Move a complaint; return how many there were."""
    return await work.execute(SQL("move_complaint"), {**move, "complaint_id": complaint_id})


async def select_report(work: Work, complaint_id: UUID) -> Report | None:
    """Return what identifies the goods, or None when there is no such complaint."""
    return await work.fetch_one(Report, SQL("select_report"), {"complaint_id": complaint_id})


async def select_candidates(work: Work, parameters: Parameters) -> list[Batch]:
    """Return the batches that share something with a report, youngest first."""
    return await work.fetch_all(Batch, SQL("select_candidates"), parameters)


async def select_choices(work: Work) -> list[Choice]:
    """Return the customers and products that a form offers."""
    return await work.fetch_all(Choice, SQL("select_choices"), {"most": 500})
