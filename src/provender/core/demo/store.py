"""The statement of the demo's maker, in `sql/`."""

from __future__ import annotations

from provender.kit.db import SqlFolder, Work

SQL = SqlFolder(__file__)
DEMO_LOCK = 7_063_502


async def lock_demo(work: Work) -> None:
    """Wait until no other program opens the demo."""
    await work.execute(SQL("lock_demo"), {"lock": DEMO_LOCK})
