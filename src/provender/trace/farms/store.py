"""The statements of farms, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page

SQL = SqlFolder(__file__)


async def select_farms(work: Work, parameters: Parameters) -> Page:
    """Return one page of farms by name."""
    return await fetch_page(work, SQL("select_farms"), parameters)


async def select_farm(work: Work, farm_id: UUID) -> tuple[bytes, int] | None:
    """Return one farm as JSON and its version."""
    row = await work.fetch_row(SQL("select_farm"), {"farm_id": farm_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def insert_farm(work: Work, farm: Parameters) -> UUID:
    """Add a farm and return its id."""
    row = await work.fetch_row(SQL("insert_farm"), farm)
    return cast("tuple[UUID]", row)[0]


async def update_farm(work: Work, farm_id: UUID, version: int, farm: Parameters) -> int:
    """Replace a farm of that version; return how many were replaced."""
    return await work.execute(SQL("update_farm"), {**farm, "farm_id": farm_id, "version": version})


async def archive_farm(work: Work, farm_id: UUID, *, is_archived: bool) -> int:
    """Retire a farm or bring it back; return how many there were."""
    return await work.execute(SQL("archive_farm"), {"farm_id": farm_id, "is_archived": is_archived})


async def delete_farm(work: Work, farm_id: UUID) -> int:
    """Delete a farm that nothing points to; return how many there were."""
    return await work.execute(SQL("delete_farm"), {"farm_id": farm_id})
