"""REST of the caller's own account and access."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.core.accounts import actions, reads
from provender.core.accounts.payloads import (
    AccessToken,
    AccessTokenFilter,
    AccessTokenInput,
    AccessTokenList,
    Account,
    AccountInput,
    NewAccessToken,
)
from provender.kit.db import Work
from provender.kit.http.answers import created_answer, json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.routing import rest_router

router = rest_router("/api", "account")


@router.get("/account", response_model=Account)
async def show_account(request: Request) -> Response:
    """Answer who calls, and where."""
    async with reading(request) as work:
        body, version = await reads.show_account(work)
    return json_answer(body, version=version)


@router.put("/account", response_model=Account)
async def replace_account(request: Request, account: AccountInput, if_match: IfMatch = None) -> Response:
    """Replace the caller's own name and language."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_account(work, expected, account)
        return await reads.show_account(work)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@router.get("/access-tokens", response_model=AccessTokenList)
async def list_access(request: Request, wanted: Annotated[AccessTokenFilter, Query()]) -> Response:
    """List the caller's sessions and programs that still open the door, newest first."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_access(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/access-tokens/{access_token_id}", response_model=AccessToken)
async def show_access(request: Request, access_token_id: UUID) -> Response:
    """Answer one of the caller's sessions or programs."""
    async with reading(request) as work:
        found = await reads.show_access(work, access_token_id)
    return json_answer(found)


@router.post("/access-tokens", response_model=NewAccessToken, status_code=201)
async def add_program(request: Request, program: AccessTokenInput) -> Response:
    """Give a program access as the caller; administrators do. The token is in this answer only.

    Knows no Idempotency-Key: an answer kept for repetition would keep the token.
    """

    async def add(work: Work) -> tuple[UUID, str, bytes]:
        access_token_id, token = await actions.add_program(work, program)
        return access_token_id, token, await reads.show_access(work, access_token_id)

    access_token_id, token, body = await change(request, add)
    whole = {**orjson.loads(body), "token": token}
    return created_answer(orjson.dumps(whole), f"/api/access-tokens/{access_token_id}")


@router.delete("/access-tokens/{access_token_id}", status_code=204)
async def end_access(request: Request, access_token_id: UUID) -> Response:
    """End a session or program; its next request is refused. Administrators end anybody's here."""
    await change(request, lambda work: actions.end_access(work, access_token_id))
    return Response(status_code=204)
