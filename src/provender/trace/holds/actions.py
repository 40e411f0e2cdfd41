"""Verbs that hold batches and release them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.trace.batches.public import lock_batches
from provender.trace.holds import store
from provender.trace.holds.errors import REFUSALS, HoldReleased


async def place_hold(work: Work, batch_id: UUID, reason: str) -> UUID:
    """Hold one batch and return the hold's id; anybody of the house may.

    Raises:
        NotFound: there is no such batch.
    """
    placed = await place_holds(work, [batch_id], reason)
    if not placed:
        raise NotFound("There is no such batch.")
    return placed[0]


async def place_holds(
    work: Work, batch_ids: Sequence[UUID], reason: str, recall_case_id: UUID | None = None
) -> list[UUID]:
    """Hold batches and return the ids of the holds; a recall does so when it is opened.

    Waits for allocations, shipments and processes that draw from these batches and have begun; those that
    begin later wait for this transaction and then find the hold. Batches that are not ours get none.

    Raises:
        RecallUnknown: there is no such recall case.
    """
    caller = await work.caller()
    await lock_batches(work, batch_ids)
    hold = {"reason": reason, "recall_case_id": recall_case_id, "placed_by_name": caller.full_name}
    with refusing(REFUSALS):
        return await store.insert_holds(work, batch_ids, hold)


async def release_hold(work: Work, hold_id: UUID, reason: str) -> None:
    """Release a hold; managers do.

    Raises:
        NotFound: there is no such hold.
        HoldReleased: it was released already.
    """
    caller = await work.caller()
    require_role(caller.role, Role.MANAGER)
    release = {"hold_id": hold_id, "released_by_name": caller.full_name, "release_reason": reason}
    if await store.release_hold(work, release):
        return
    if await store.select_hold(work, hold_id) is None:
        raise NotFound("There is no such hold.")
    raise HoldReleased("This hold was released already.", hint="Read the batch again.")
