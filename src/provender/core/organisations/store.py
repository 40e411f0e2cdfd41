"""The statements of organisations, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page

SQL = SqlFolder(__file__)


async def select_organisation(work: Work) -> tuple[bytes, int] | None:
    """Return the organisation of the caller as JSON, and its version."""
    row = await work.fetch_row(SQL("select_organisation"), {})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def open_organisation(work: Work, organisation: Parameters) -> UUID:
    """Open a tenant and return its id."""
    row = await work.fetch_row(SQL("open_organisation"), organisation)
    return cast("tuple[UUID]", row)[0]


async def update_organisation(work: Work, version: int, organisation: Parameters) -> int:
    """Replace the organisation of that version; return how many were replaced."""
    return await work.execute(SQL("update_organisation"), {**organisation, "version": version})


async def select_members(work: Work, parameters: Parameters) -> Page:
    """Return one page of members by name."""
    return await fetch_page(work, SQL("select_members"), parameters)


async def select_member(work: Work, account_id: UUID) -> tuple[bytes, int] | None:
    """Return one member as JSON, and the version of the membership."""
    row = await work.fetch_row(SQL("select_member"), {"account_id": account_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def insert_member(work: Work, member: Parameters) -> UUID:
    """Make a person a member, and the account when the address is new; return the account's id."""
    row = await work.fetch_row(SQL("insert_member"), member)
    return cast("tuple[UUID]", row)[0]


async def update_member(work: Work, account_id: UUID, version: int, change: Parameters) -> int:
    """Change a membership of that version; return how many were changed."""
    return await work.execute(SQL("update_member"), {**change, "account_id": account_id, "version": version})
