"""The statements of batches, one function per file in `sql/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page
from provender.trace.batches.model import BatchMatch, Found, LabelFacts, LockedBatch, Making, NewBatch, Origin

SQL = SqlFolder(__file__)


@dataclass(frozen=True)
class Editable:
    """What may be changed of a batch; `is_used`: something was drawn from it or shipped."""

    note: str | None
    best_before_on: date | None
    farm_id: UUID | None
    supplier_id: UUID | None
    version: int
    is_used: bool


@dataclass(frozen=True)
class PlotFarm:
    """Which farm a plot belongs to."""

    plot_id: UUID
    farm_id: UUID


async def select_batches(work: Work, parameters: Parameters) -> Page:
    """Return one page of batches, the latest made first."""
    return await fetch_page(work, SQL("select_batches"), parameters)


async def select_batch(work: Work, batch_id: UUID) -> tuple[bytes, int] | None:
    """Return one batch as JSON and its version."""
    row = await work.fetch_row(SQL("select_batch"), {"batch_id": batch_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def select_batch_inputs(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of what a batch was made from, or None when there is no such batch."""
    return _page_or_none(await work.fetch_row(SQL("select_batch_inputs"), parameters))


async def select_batch_outputs(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of what was made from a batch, or None when there is no such batch."""
    return _page_or_none(await work.fetch_row(SQL("select_batch_outputs"), parameters))


async def select_batch_movements(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of what changed the stock of a batch, or None when there is no such batch."""
    return _page_or_none(await work.fetch_row(SQL("select_batch_movements"), parameters))


async def match_batches(work: Work, codes: Sequence[str]) -> list[BatchMatch]:
    """Return the batches that printed codes may mean, exact ones first."""
    return await work.fetch_all(BatchMatch, SQL("match_batches"), {"codes": list(codes)})


async def lock_batches(work: Work, batch_ids: Sequence[UUID]) -> int:
    """Wait until nobody else changes the stock of these batches; return how many there are."""
    return await work.execute(SQL("lock_batches"), {"batch_ids": list(batch_ids)})


async def select_stock(work: Work, batch_ids: Sequence[UUID]) -> list[LockedBatch]:
    """Return batches with what is on hand of them; of locked ones, until the transaction ends."""
    return await work.fetch_all(LockedBatch, SQL("select_stock"), {"batch_ids": list(batch_ids)})


async def select_makings(work: Work, material_ids: Sequence[UUID], product_ids: Sequence[UUID]) -> list[Making]:
    """Return what new batches would consist of."""
    parameters = {"material_ids": list(material_ids), "product_ids": list(product_ids)}
    return await work.fetch_all(Making, SQL("select_makings"), parameters)


async def next_batch_number(work: Work, day: str) -> int:
    """Return the next number of the batches of a day."""
    row = await work.fetch_row(SQL("next_batch_number"), {"day": day})
    return cast("tuple[int]", row)[0]


async def has_batch_code(work: Work, code: str) -> bool:
    """Return whether any batch has this code."""
    row = await work.fetch_row(SQL("has_batch_code"), {"code": code})
    return cast("tuple[int]", row)[0] > 0


async def insert_batch(work: Work, batch: NewBatch) -> UUID:
    """Add a batch and return its id."""
    row = await work.fetch_row(SQL("insert_batch"), asdict(batch))
    return cast("tuple[UUID]", row)[0]


async def insert_batch_origin(work: Work, batch_id: UUID, origins: Sequence[Origin]) -> None:
    """Add the plots whose harvest is in a batch."""
    rows = [{"batch_id": batch_id, **asdict(origin)} for origin in origins]
    await work.execute_many(SQL("insert_batch_origin"), rows)


async def select_plot_farms(work: Work, plot_ids: Sequence[UUID]) -> list[PlotFarm]:
    """Return which farm each plot belongs to; plots that are not ours are missing."""
    return await work.fetch_all(PlotFarm, SQL("select_plot_farms"), {"plot_ids": list(plot_ids)})


async def update_batch(work: Work, parameters: Parameters) -> int:
    """Change a batch of that version; return how many were changed."""
    return await work.execute(SQL("update_batch"), parameters)


async def select_editable(work: Work, batch_id: UUID) -> Editable | None:
    """Return what may be changed of a batch."""
    return await work.fetch_one(Editable, SQL("select_editable"), {"batch_id": batch_id})


async def select_batch_history(work: Work, batch_id: UUID, *, most: int) -> bytes:
    """Return the latest changes of a batch and its holds as JSON."""
    return await work.fetch_json(SQL("select_batch_history"), {"batch_id": batch_id, "most": most}) or b"[]"


async def select_choices(work: Work) -> bytes:
    """Return what forms and filters of batches offer, as JSON."""
    return await work.fetch_json(SQL("select_choices"), {}) or b"{}"


async def find_records(work: Work, wanted: Parameters) -> list[Found]:
    """Return what a code typed into the search field may mean, the nearest first."""
    return await work.fetch_all(Found, SQL("find_records"), wanted)


async def select_label_facts(work: Work, batch_id: UUID) -> LabelFacts | None:
    """Return what is printed on the label of a batch."""
    return await work.fetch_one(LabelFacts, SQL("select_label_facts"), {"batch_id": batch_id})


def _page_or_none(row: tuple[object, ...] | None) -> Page | None:
    if row is None:
        return None
    return Page(bytes_of(row[0]), None if row[1] is None else bytes_of(row[1]))
