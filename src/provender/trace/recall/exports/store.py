"""The statements of exports, one function per file in `sql/`; every list is read page by page."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from provender.kit.db import SqlFolder, Work
from provender.kit.http.answers import Page, fetch_page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import PAGE_ROWS
from provender.trace.recall.exports.model import ExportedCase

SQL = SqlFolder(__file__)


def _with_page(case_id: UUID, **key: object) -> Mapping[str, object]:
    return {"recall_case_id": case_id, "page_size": PAGE_ROWS, **key}


async def select_exported_case(work: Work, case_id: UUID) -> ExportedCase | None:
    """Return what every export says about a case, or None when there is no such case."""
    return await work.fetch_one(ExportedCase, SQL("select_exported_case"), {"recall_case_id": case_id})


async def select_exported_items(work: Work, case_id: UUID, time_zone: str, key: Key) -> Page:
    """Return one page of the affected rows, after the line number last seen."""
    return await fetch_page(
        work, SQL("select_exported_items"), _with_page(case_id, time_zone=time_zone, last_line_no=key[0])
    )


async def select_exported_customers(work: Work, case_id: UUID, key: Key) -> Page:
    """Return one page of the customers with their totals, after the id last seen."""
    return await fetch_page(work, SQL("select_exported_customers"), _with_page(case_id, last_id=key[0]))


async def select_exported_processes(work: Work, case_id: UUID, key: Key) -> Page:
    """Return one page of the processes of the affected batches, after the (finished_at, id) last seen."""
    return await fetch_page(
        work, SQL("select_exported_processes"), _with_page(case_id, last_finished_at=key[0], last_id=key[1])
    )


async def select_exported_movements(work: Work, case_id: UUID, key: Key) -> Page:
    """Return one page of where the affected goods are, after the line number last seen."""
    return await fetch_page(work, SQL("select_exported_movements"), _with_page(case_id, last_line_no=key[0]))


async def select_exported_plots(work: Work, case_id: UUID, key: Key) -> Page:
    """Return one page of the plots behind the roots, after the id last seen."""
    return await fetch_page(work, SQL("select_exported_plots"), _with_page(case_id, last_id=key[0]))
