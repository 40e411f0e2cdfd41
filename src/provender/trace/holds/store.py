"""The statements of holds, one function per file in `sql/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.http.answers import Page, fetch_page

SQL = SqlFolder(__file__)


@dataclass(frozen=True)
class PlacedHold:
    """A hold that was placed."""

    id: UUID


async def select_holds(work: Work, parameters: Parameters) -> Page:
    """Return one page of holds, the latest placed first."""
    return await fetch_page(work, SQL("select_holds"), parameters)


async def select_hold(work: Work, hold_id: UUID) -> bytes | None:
    """Return one hold as JSON."""
    return await work.fetch_json(SQL("select_hold"), {"hold_id": hold_id})


async def insert_holds(work: Work, batch_ids: Sequence[UUID], hold: Parameters) -> list[UUID]:
    """Place a hold on each batch that is ours and return their ids."""
    placed = await work.fetch_all(PlacedHold, SQL("insert_holds"), {**hold, "batch_ids": list(batch_ids)})
    return [hold.id for hold in placed]


async def release_hold(work: Work, release: Parameters) -> int:
    """Release a hold in force; return how many there were."""
    return await work.execute(SQL("release_hold"), release)
