"""The workbook of a case: Summary, Affected, Customers, Notices, Mass balance."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from pathlib import Path
from typing import cast
from uuid import UUID

from fastapi import Request

from provender.kit.csv.columns import Item, read_items
from provender.kit.csv.spreadsheet import Sheet, write_workbook
from provender.kit.db import Work
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key, ListQuery
from provender.kit.http.edge import reading
from provender.kit.http.exports import PAGE_ROWS
from provender.trace.recall import reads
from provender.trace.recall.exports import store
from provender.trace.recall.exports.model import ExportedCase
from provender.trace.recall.exports.paging import Spool
from provender.trace.recall.exports.tables import (
    AFFECTED,
    BALANCES,
    CUSTOMERS,
    NOTICES,
    SUMMARY,
    rounded,
    summary_rows,
)


async def write_case_workbook(request: Request, case: ExportedCase, time_zone: str, folder: Path) -> Path:
    """Write the workbook of a case into a folder and return where it is; the event loop stays free."""
    affected, customers, notices = (Spool(folder / name) for name in ("affected", "customers", "notices"))
    await affected.fill(request, lambda work, key: store.select_exported_items(work, case.id, time_zone, key), 1)
    await customers.fill(request, lambda work, key: store.select_exported_customers(work, case.id, key), 1)
    await notices.fill(request, lambda work, key: _list_notices(work, case.id, key), 1)
    async with reading(request) as work:
        shown = cast("Item", json.loads(await reads.show_case(work, case.id), parse_float=Decimal))
        balances = read_items((await reads.list_balances(work, case.id)).items)
    sheets = [
        Sheet("Summary", SUMMARY, summary_rows(case, shown)),
        Sheet("Affected", AFFECTED, affected.items()),
        Sheet("Customers", CUSTOMERS, customers.items()),
        Sheet("Notices", NOTICES, notices.items()),
        Sheet("Mass balance", BALANCES, rounded(balances)),
    ]
    path = folder / "case.xlsx"
    await asyncio.to_thread(write_workbook, path, sheets, time_zone=time_zone)
    return path


async def _list_notices(work: Work, case_id: UUID, key: Key) -> Page:
    return await reads.list_notices(work, case_id, ListQuery.model_construct(limit=PAGE_ROWS, cursor=None), key)
