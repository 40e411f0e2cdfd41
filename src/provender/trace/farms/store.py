"""The statements of farms and plots, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page
from provender.trace.farms.model import FarmUses

SQL = SqlFolder(__file__)


async def select_farms(work: Work, parameters: Parameters) -> Page:
    """Return one page of farms by name."""
    return await fetch_page(work, SQL("select_farms"), parameters)


async def select_farm(work: Work, farm_id: UUID) -> tuple[bytes, int] | None:
    """Return one farm as JSON and its version."""
    return _versioned(await work.fetch_row(SQL("select_farm"), {"farm_id": farm_id}))


async def select_farm_batches(work: Work, farm_id: UUID, most: int) -> bytes:
    """Return the newest batches of a farm as a JSON array."""
    return await work.fetch_json(SQL("select_farm_batches"), {"farm_id": farm_id, "most": most}) or b"[]"


async def count_farm_uses(work: Work, farm_id: UUID) -> FarmUses | None:
    """Return what points to a farm."""
    return await work.fetch_one(FarmUses, SQL("count_farm_uses"), {"farm_id": farm_id})


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


async def select_plots(work: Work, farm_id: UUID, parameters: Parameters) -> Page | None:
    """Return one page of the plots of a farm by name; None when there is no such farm."""
    row = await work.fetch_row(SQL("select_plots"), {"farm_id": farm_id, **parameters})
    if row is None:
        return None
    return Page(bytes_of(row[0]), None if row[1] is None else bytes_of(row[1]))


async def select_plot(work: Work, plot_id: UUID) -> tuple[bytes, int] | None:
    """Return one plot as JSON and its version."""
    return _versioned(await work.fetch_row(SQL("select_plot"), {"plot_id": plot_id}))


async def insert_plot(work: Work, farm_id: UUID, plot: Parameters) -> UUID | None:
    """Add a plot to a farm and return its id; None when there is no such farm."""
    row = await work.fetch_row(SQL("insert_plot"), {"farm_id": farm_id, **plot})
    return None if row is None else cast("tuple[UUID]", row)[0]


async def update_plot(work: Work, plot_id: UUID, version: int, plot: Parameters) -> int:
    """Replace a plot of that version; return how many were replaced."""
    return await work.execute(SQL("update_plot"), {**plot, "plot_id": plot_id, "version": version})


async def archive_plot(work: Work, plot_id: UUID, *, is_archived: bool) -> int:
    """Retire a plot or bring it back; return how many there were."""
    return await work.execute(SQL("archive_plot"), {"plot_id": plot_id, "is_archived": is_archived})


async def delete_plot(work: Work, plot_id: UUID) -> int:
    """Delete a plot that nothing points to; return how many there were."""
    return await work.execute(SQL("delete_plot"), {"plot_id": plot_id})


def _versioned(row: tuple[object, ...] | None) -> tuple[bytes, int] | None:
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))
