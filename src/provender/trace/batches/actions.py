"""Verbs that make and change batches. Batches come into being by processes; that room calls `make_batch`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.batches import store
from provender.trace.batches.errors import refuse_changes
from provender.trace.batches.model import LockedBatch, NewBatch, Origin
from provender.trace.batches.payloads import BatchChange
from provender.trace.batches.rules import write_batch_code

EVIDENCE = frozenset({"best_before_on", "farm_id", "supplier_id"})
"""What others rely on once something has left the batch: changing it then takes a manager."""


async def change_batch(work: Work, batch_id: UUID, version: int, change: BatchChange) -> None:
    """Change what may be changed of a batch as it was read.

    Raises:
        NotFound: it is not there.
        NotAllowed: goods have left it, and its origin or date is a manager's to correct.
        VersionStale: somebody changed it in between.
        OriginUnknown: no such farm or supplier.
        DatesReversed: best before the day of making.
    """
    found = await store.select_editable(work, batch_id)
    if found is None:
        raise NotFound("There is no such batch.")
    kept = {
        "note": found.note,
        "best_before_on": found.best_before_on,
        "farm_id": found.farm_id,
        "supplier_id": found.supplier_id,
    }
    wanted = {**kept, **change.model_dump(exclude_unset=True)}
    if found.is_used and any(wanted[name] != kept[name] for name in EVIDENCE):
        require_role((await work.caller()).role, Role.MANAGER)
    with refusing(refuse_changes()):
        if not await store.update_batch(work, {**wanted, "batch_id": batch_id, "version": version}):
            raise VersionStale


async def propose_code(work: Work, made_on: date) -> str:
    """Return a code that no batch has; nobody else gets it before this transaction ends."""
    while True:
        number = await store.next_batch_number(work, f"{made_on:%y%m%d}")
        code = write_batch_code(made_on, number)
        if not await store.has_batch_code(work, code):
            return code


async def make_batch(work: Work, batch: NewBatch, origins: Sequence[Origin]) -> UUID:
    """Add a batch with its origins and return its id; the caller wraps it in `refusing`."""
    batch_id = await store.insert_batch(work, batch)
    await store.insert_batch_origin(work, batch_id, origins)
    return batch_id


async def lock_stock(work: Work, batch_ids: Sequence[UUID]) -> dict[UUID, LockedBatch]:
    """Lock batches in the one order everybody uses, and return what is on hand of them since.

    Ids that are not ours are missing in the answer.
    """
    if not batch_ids:
        return {}
    await store.lock_batches(work, batch_ids)
    return {batch.id: batch for batch in await store.select_stock(work, batch_ids)}
