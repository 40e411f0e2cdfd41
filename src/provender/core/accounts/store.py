"""The statements of accounts, one function per file in `sql/`."""

from __future__ import annotations

from datetime import timedelta
from typing import cast
from uuid import UUID

from provender.core.accounts.model import Failures, SignIn
from provender.kit.db import Parameters, SqlFolder, Statement, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page

SQL = SqlFolder(__file__)


def enter() -> Statement:
    """Return the statement that lets a caller in; the pool sends it first in every unit of work."""
    return SQL("enter")


async def select_sign_ins(work: Work, email_key: str) -> list[SignIn]:
    """Return the organisations a person may enter, oldest membership first."""
    return await work.fetch_all(SignIn, SQL("select_sign_ins"), {"email_key": email_key})


async def select_only_administrator(work: Work) -> str | None:
    """Return the address of the only administrator of the only organisation; None when there are several."""
    row = await work.fetch_row(SQL("select_only_administrator"), {})
    return None if row is None else cast("str | None", row[0])


async def count_failures(work: Work, email_key: str, address: str) -> Failures:
    """Return the failed tries of the last 15 minutes."""
    found = await work.fetch_one(Failures, SQL("count_failures"), {"email_key": email_key, "address": address})
    return found or Failures(0, 0)


async def record_attempt(work: Work, email_key: str, address: str, *, is_success: bool) -> None:
    """Remember a try to sign in."""
    await work.execute(SQL("record_attempt"), {"email_key": email_key, "address": address, "is_success": is_success})


async def insert_access_token(
    work: Work, account_id: UUID, *, kind: str, name: str, token_hash: bytes, lifetime: timedelta
) -> UUID:
    """Store the hash of a new token of a member of the present tenant, and return its id."""
    row = await work.fetch_row(
        SQL("insert_access_token"),
        {"account_id": account_id, "kind": kind, "name": name, "token_hash": token_hash, "lifetime": lifetime},
    )
    return cast("tuple[UUID]", row)[0]


async def select_access_tokens(work: Work, parameters: Parameters) -> Page:
    """Return one page of a person's sessions and programs that still open the door, newest first."""
    return await fetch_page(work, SQL("select_access_tokens"), parameters)


async def select_access_token(work: Work, account_id: UUID, current_id: UUID, access_token_id: UUID) -> bytes | None:
    """Return one session or program of a person as JSON."""
    return await work.fetch_json(
        SQL("select_access_token"),
        {"account_id": account_id, "current_id": current_id, "access_token_id": access_token_id},
    )


async def revoke_access_token(work: Work, account_id: UUID | None, access_token_id: UUID) -> int:
    """End one session or program, of this person or (None) of anybody here; return how many were ended."""
    return await work.execute(
        SQL("revoke_access_token"), {"account_id": account_id, "access_token_id": access_token_id}
    )


async def revoke_access_tokens(work: Work, account_id: UUID, *, kind: str | None, kept_id: UUID | None) -> int:
    """End all access of a person, or all of one kind, except one; return how many were ended."""
    return await work.execute(SQL("revoke_access_tokens"), {"account_id": account_id, "kind": kind, "kept_id": kept_id})


async def select_account(work: Work, account_id: UUID) -> tuple[bytes, int] | None:
    """Return a person as JSON, with organisation and role, and the version."""
    row = await work.fetch_row(SQL("select_account"), {"account_id": account_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def update_account(work: Work, account_id: UUID, version: int, account: Parameters) -> int:
    """Replace what people say about themselves; return how many were replaced."""
    return await work.execute(SQL("update_account"), {**account, "account_id": account_id, "version": version})


async def update_password(work: Work, account_id: UUID, password_hash: str) -> None:
    """Store a new password hash."""
    await work.execute(SQL("update_password"), {"account_id": account_id, "password_hash": password_hash})
