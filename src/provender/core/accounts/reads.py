"""Questions of people about their own account."""

from __future__ import annotations

from uuid import UUID

from provender.core.accounts import store
from provender.core.accounts.model import SignIn
from provender.core.accounts.payloads import AccessTokenFilter
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key


async def show_account(work: Work) -> tuple[bytes, int]:
    """Return the caller as JSON, and the version.

    Raises:
        NotFound: never for somebody who was let in.
    """
    found = await store.select_account(work, (await work.caller()).account_id)
    if found is None:
        raise NotFound("There is no such account.")
    return found


async def list_access(work: Work, wanted: AccessTokenFilter, last_seen: Key) -> Page:
    """Return one page of the caller's sessions and programs, newest first, after the id last seen."""
    caller = await work.caller()
    return await store.select_access_tokens(
        work,
        {
            "account_id": caller.account_id,
            "current_id": caller.access_token_id,
            "kind": wanted.kind,
            "last_id": last_seen[0],
            "page_size": wanted.limit,
        },
    )


async def show_access(work: Work, access_token_id: UUID) -> bytes:
    """Return one of the caller's sessions or programs as JSON.

    Raises:
        NotFound: it is not there, has ended, or is somebody else's.
    """
    caller = await work.caller()
    found = await store.select_access_token(work, caller.account_id, caller.access_token_id, access_token_id)
    if found is None:
        raise NotFound("There is no such access token.")
    return found


async def list_workplaces(work: Work) -> list[SignIn]:
    """Return the organisations in which the caller may work, the oldest membership first."""
    return await store.select_sign_ins(work, (await work.caller()).email.lower())
