"""The statements of audit, one function per file in `sql/`."""

from __future__ import annotations

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.http.answers import Page, fetch_page

SQL = SqlFolder(__file__)


async def select_changes(work: Work, parameters: Parameters) -> Page:
    """Return one page of changes, newest first."""
    return await fetch_page(work, SQL("select_changes"), parameters)
