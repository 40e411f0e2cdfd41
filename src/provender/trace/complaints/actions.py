"""Verbs that change complaints."""

from __future__ import annotations

from uuid import UUID

from provender.core.requests.public import next_number
from provender.kit.clock import now
from provender.kit.db import Work, refusing
from provender.kit.errors import InvalidInput, NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.complaints import store
from provender.trace.complaints.errors import REFUSALS
from provender.trace.complaints.payloads import ComplaintInput, ComplaintMove


async def record_complaint(work: Work, complaint: ComplaintInput) -> UUID:
    """Record what a customer reported.

    Raises:
        InvalidInput: the customer or product is not there, or the time lies ahead.
    """
    caller = await work.caller()
    if complaint.received_at is not None:
        if complaint.received_at.tzinfo is None:
            raise InvalidInput("The time needs a zone, such as 2026-11-20T10:00:00Z.", field="received_at")
        if complaint.received_at > now():
            raise InvalidInput("A complaint cannot have been received in the future.", field="received_at")
    number = await next_number(work, "CP")
    with refusing(REFUSALS):
        return await store.insert_complaint(
            work, {**complaint.model_dump(), "number": number, "recorded_by_name": caller.full_name}
        )


async def correct_complaint(work: Work, complaint_id: UUID, version: int, complaint: ComplaintInput) -> None:
    """Correct what was reported, as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: there is no such complaint.
    """
    with refusing(REFUSALS):
        if await store.update_complaint(work, complaint_id, version, complaint.model_dump(exclude={"received_at"})):
            return
    if await store.select_report(work, complaint_id) is None:
        raise NotFound("There is no such complaint.")
    raise VersionStale


async def move_complaint(work: Work, complaint_id: UUID, move: ComplaintMove) -> None:
    """Name the batch that a complaint is about, close it with a reason, or open it again.

    Raises:
        InvalidInput: no batch or no reason where one is needed, or a batch that is not there.
        ComplaintMoveRefused: there is no such move from where it is.
        NotFound: there is no such complaint.
    """
    if move.to == "identified" and move.batch_id is None:
        raise InvalidInput("Name the batch that the complaint is about.", field="batch_id")
    if move.to == "closed" and move.reason is None:
        raise InvalidInput("Say why the complaint is closed.", field="reason")
    with refusing(REFUSALS):
        parameters = {"state": move.to, "batch_id": move.batch_id, "reason": move.reason}
        if not await store.move_complaint(work, complaint_id, parameters):
            raise NotFound("There is no such complaint.")
