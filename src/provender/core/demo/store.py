"""The statements of the demo's maker, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work

SQL = SqlFolder(__file__)
DEMO_LOCK = 7_063_502


async def lock_demo(work: Work) -> None:
    """Wait until no other program opens the demo."""
    await work.execute(SQL("lock_demo"), {"lock": DEMO_LOCK})


async def open_organisation(work: Work, organisation: Parameters) -> UUID:
    """Open a tenant and return its id."""
    row = await work.fetch_row(SQL("open_organisation"), organisation)
    return cast("tuple[UUID]", row)[0]


async def insert_member(work: Work, member: Parameters) -> None:
    """Make a person a member of the present tenant."""
    await work.execute(SQL("insert_member"), member)
