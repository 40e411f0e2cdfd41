"""Questions about batches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Final
from uuid import UUID

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Parameters, Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.kit.sentences import tell
from provender.trace.batches import store
from provender.trace.batches.errors import BatchAmbiguous, BatchUnknown
from provender.trace.batches.model import BatchMatch, Found, Wanted
from provender.trace.batches.model.codes import batch_code_key
from provender.trace.batches.payloads import BatchFilter
from provender.trace.batches.rules import read_scanned_code

MOST_FOUND: Final = 20
"""Records of each kind in the answer to one search."""
Relation = Callable[[Work, Parameters], Awaitable[Page | None]]


BATCH_EXPORT: Final = Export(
    "batches",
    (
        Column("code"),
        Column("material_code", "material.code"),
        Column("material", "material.name"),
        Column("sku", "product.sku"),
        Column("product", "product.name"),
        Column("farm", "farm.name"),
        Column("supplier", "supplier.name"),
        Column("made_on", kind=Kind.DAY),
        Column("best_before_on", kind=Kind.DAY),
        Column("base_unit", "material.base_unit"),
        *(
            Column(name, f"quantities.{name}", Kind.NUMBER)
            for name in ("on_hand", "allocated", "produced", "adjusted", "used", "scrapped", "shipped", "returned")
        ),
        Column("order_count", kind=Kind.NUMBER),
        Column("customer_count", kind=Kind.NUMBER),
        Column("is_held"),
    ),
    key_width=2,
)


async def list_batches(work: Work, wanted: BatchFilter, last_seen: Key) -> Page:
    """Return one page of batches, the latest first, after the key (made_on, id) of the last row seen."""
    last_made_on, last_id = last_seen
    return await store.select_batches(
        work,
        {
            "code_key": wanted.code and batch_code_key(wanted.code),
            "best_before": wanted.best_before,
            "farm_id": wanted.farm,
            "material_id": wanted.material,
            "product_id": wanted.product,
            "has_orders": wanted.has_orders,
            "is_held": wanted.held,
            "made_from": wanted.made_from,
            "made_to": wanted.made_to,
            "last_made_on": last_made_on,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_batch(work: Work, batch_id: UUID) -> tuple[bytes, int]:
    """Return a batch as JSON, and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_batch(work, batch_id)
    if found is None:
        raise NotFound("There is no such batch.")
    return found


async def list_inputs(work: Work, batch_id: UUID, last_seen: Key, limit: int) -> Page:
    """Return one page of what a batch was made from.

    Raises:
        NotFound: there is no such batch.
    """
    names = ("last_finished_at", "last_process_id", "last_id")
    return await _list_relation(work, store.select_batch_inputs, _keyed(batch_id, names, last_seen, limit))


async def list_outputs(work: Work, batch_id: UUID, last_seen: Key, limit: int) -> Page:
    """Return one page of what was made from a batch.

    Raises:
        NotFound: there is no such batch.
    """
    names = ("last_finished_at", "last_process_id", "last_id", "last_role")
    return await _list_relation(work, store.select_batch_outputs, _keyed(batch_id, names, last_seen, limit))


async def list_movements(work: Work, batch_id: UUID, last_seen: Key, limit: int) -> Page:
    """Return one page of what changed the stock of a batch.

    Raises:
        NotFound: there is no such batch.
    """
    names = ("last_moved_at", "last_source_id", "last_line_no")
    return await _list_relation(work, store.select_batch_movements, _keyed(batch_id, names, last_seen, limit))


async def find(work: Work, wanted: Wanted) -> list[Found]:
    """Return the records that a code may mean, the nearest first; only whole matches when there are any."""
    if not wanted.code:
        return []
    found = await store.find_records(work, {**asdict(wanted), "most": MOST_FOUND})
    whole = [record for record in found if record.is_whole]
    return whole or found


async def identify_batch(work: Work, text: str, *, today: date, field: str | None = None) -> UUID:
    """Return the batch that a typed or scanned code means.

    Raises:
        BatchUnknown: there is none.
        BatchAmbiguous: there are several.
    """
    code = read_scanned_code(text, today=today)
    return choose_match(code, await store.match_batches(work, [code]), field=field)


def choose_match(code: str, matches: Sequence[BatchMatch], *, field: str | None = None) -> UUID:
    """Return the one batch that a printed code means; an exact code wins over a folded one.

    Args:
        code: As typed or scanned.
        matches: Batches with the same folded code, of the material when the caller named one.
        field: The input field to name in a refusal.

    Raises:
        BatchUnknown: there is none.
        BatchAmbiguous: there are several, all exact or none.
    """
    exact = [match for match in matches if match.is_exact]
    candidates = exact or matches
    if not candidates:
        raise BatchUnknown(
            tell("No batch has the code %(code)s.", code=code),
            hint="Check the code, or search the list of batches.",
            field=field,
        )
    if len(candidates) > 1:
        names = ", ".join(sorted({match.material_name for match in candidates}))
        raise BatchAmbiguous(
            tell("The code %(code)s means several batches: %(names)s.", code=code, names=names),
            hint="Say which material, or open the batch itself.",
            field=field,
        )
    return candidates[0].id


def _keyed(batch_id: UUID, names: Sequence[str], last_seen: Key, limit: int) -> Parameters:
    return {"batch_id": batch_id, "page_size": limit, **dict(zip(names, last_seen, strict=True))}


async def _list_relation(work: Work, select: Relation, parameters: Parameters) -> Page:
    page = await select(work, parameters)
    if page is None:
        raise NotFound("There is no such batch.")
    return page
