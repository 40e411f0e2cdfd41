"""The statements of recalls, one function per file in `sql/`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.http.answers import Page, fetch_page, fetch_relation
from provender.trace.recall.model import (
    FrozenItem,
    FrozenRoot,
    Maker,
    NoticeRow,
    Source,
)

SQL = SqlFolder(__file__)
ONE_CASE: Parameters = {"state": None, "kind": None, "last_opened_at": None, "last_id": None, "page_size": 1}


async def select_affected_ids(work: Work, root_ids: Sequence[UUID], *, has_doubts: bool) -> list[UUID]:
    """Return the batches a recall looks at, in the order in which they are locked."""
    parameters = {"root_ids": list(root_ids), "has_doubts": has_doubts}
    return await work.fetch_column(UUID, SQL("select_affected_ids"), parameters)


async def select_movements(work: Work, batch_ids: Sequence[UUID]) -> bytes:
    """Return every row that moved something in or out of the batches, as one JSON object."""
    return await work.fetch_json(SQL("select_movements"), {"batch_ids": list(batch_ids)}) or b"{}"


async def select_sources(work: Work, batch_ids: Sequence[UUID]) -> list[Source]:
    """Return what the batches were made from that was itself made from nothing."""
    return await work.fetch_all(Source, SQL("select_sources"), {"batch_ids": list(batch_ids)})


async def select_watermark(work: Work) -> str:
    """Return the state of the movements."""
    row = await work.fetch_row(SQL("select_watermark"), {})
    return str(row[0]) if row else "none"


async def select_maker(work: Work) -> Maker | None:
    """Return who the notices come from."""
    return await work.fetch_one(Maker, SQL("select_maker"), {})


async def insert_recall_case(work: Work, case: Parameters) -> None:
    """Open a case."""
    await work.execute(SQL("insert_recall_case"), case)


async def insert_recall_roots(work: Work, case_id: UUID, roots: Sequence[Parameters]) -> None:
    """Freeze the roots with their mass balances."""
    await work.execute(SQL("insert_recall_roots"), {"recall_case_id": case_id, "roots": orjson.dumps(roots).decode()})


async def insert_recall_items(work: Work, case_id: UUID, items: str) -> None:
    """Freeze items, given as a JSON array of rows."""
    await work.execute(SQL("insert_recall_items"), {"recall_case_id": case_id, "items": items})


async def insert_recall_complaints(work: Work, case_id: UUID, complaint_ids: Sequence[UUID]) -> None:
    """Name the complaints that the case answers."""
    await work.execute(
        SQL("insert_recall_complaints"), {"recall_case_id": case_id, "complaint_ids": list(complaint_ids)}
    )


async def insert_recall_notices(work: Work, case_id: UUID, notices: Sequence[Parameters]) -> None:
    """Write the notices."""
    await work.execute(
        SQL("insert_recall_notices"), {"recall_case_id": case_id, "notices": orjson.dumps(notices).decode()}
    )


async def select_notice_lines(work: Work, case_id: UUID, time_zone: str) -> list[NoticeRow]:
    """Return what the notices must name, customer by customer."""
    parameters = {"recall_case_id": case_id, "time_zone": time_zone}
    return await work.fetch_all(NoticeRow, SQL("select_notice_lines"), parameters)


async def select_recall_cases(work: Work, parameters: Parameters) -> Page:
    """Return one page of cases, newest first."""
    return await fetch_page(work, SQL("select_recall_cases"), parameters)


async def select_recall_items(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of a case's items, or None when there is no such case."""
    return await fetch_relation(work, SQL("select_recall_items"), parameters)


async def select_recall_notices(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of a case's notices, or None when there is no such case."""
    return await fetch_relation(work, SQL("select_recall_notices"), parameters)


async def select_mass_balance(work: Work, case_id: UUID) -> Page | None:
    """Return the mass balances of a case, or None when there is no such case."""
    return await fetch_relation(work, SQL("select_mass_balance"), {"recall_case_id": case_id})


async def update_recall_item(work: Work, item: Parameters) -> int:
    """Record what a person did about an item; return how many there were of that version."""
    return await work.execute(SQL("update_recall_item"), item)


async def send_recall_notices(work: Work, case_id: UUID, sent_by_name: str) -> int:
    """Mark the unsent notices as sent; return how many there were."""
    return await work.execute(SQL("send_recall_notices"), {"recall_case_id": case_id, "sent_by_name": sent_by_name})


async def acknowledge_recall_notice(work: Work, notice: Parameters) -> int:
    """Record a customer's answer; return how many notices there were of that version."""
    return await work.execute(SQL("acknowledge_recall_notice"), notice)


async def finish_recall_case(work: Work, case: Parameters) -> int:
    """Finish a case; return how many open ones there were of that version."""
    return await work.execute(SQL("finish_recall_case"), case)


async def select_frozen_items(work: Work, case_id: UUID) -> list[FrozenItem]:
    """Return the items of a case as they were frozen, in order."""
    return await work.fetch_all(FrozenItem, SQL("select_frozen_items"), {"recall_case_id": case_id})


async def select_frozen_roots(work: Work, case_id: UUID) -> list[FrozenRoot]:
    """Return the roots of a case."""
    return await work.fetch_all(FrozenRoot, SQL("select_frozen_roots"), {"recall_case_id": case_id})
