"""The statement of the overview."""

from __future__ import annotations

from provender.kit.db import SqlFolder, Work

SQL = SqlFolder(__file__)


async def select_overview(work: Work, most: int) -> bytes:
    """Return what needs attention now, as JSON; lists have at most `most` rows."""
    return await work.fetch_json(SQL("select_overview"), {"most": most}) or b"{}"
