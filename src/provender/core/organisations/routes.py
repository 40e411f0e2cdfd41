"""REST of the caller's organisation and its members."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.organisations import actions, reads, store
from provender.core.organisations.payloads import (
    Member,
    MemberChange,
    MemberFilter,
    MemberInput,
    MemberList,
    Organisation,
    OrganisationInput,
)
from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.routing import rest_router

router = rest_router("/api", "organisation")
Found = tuple[bytes, int]


def _answer(found: Found | None) -> Response:
    return json_answer(found[0] if found else None, version=found[1] if found else None)


@router.get("/organisation", response_model=Organisation)
async def show_organisation(request: Request) -> Response:
    """Answer the organisation of the caller."""
    async with reading(request) as work:
        found = await store.select_organisation(work)
    return _answer(found)


@router.put("/organisation", response_model=Organisation)
async def replace_organisation(request: Request, organisation: OrganisationInput, if_match: IfMatch = None) -> Response:
    """Replace the settings of the caller's organisation; administrators do."""
    version = expected_version(if_match)

    async def replace(work: Work) -> Found | None:
        await actions.replace_organisation(work, version, organisation)
        return await store.select_organisation(work)

    return _answer(await change(request, replace))


@router.get("/members", response_model=MemberList)
async def list_members(request: Request, wanted: Annotated[MemberFilter, Query()]) -> Response:
    """List who works here, and who did, by name."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_members(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/members/{account_id}", response_model=Member)
async def show_member(request: Request, account_id: UUID) -> Response:
    """Answer one member."""
    async with reading(request) as work:
        found = await store.select_member(work, account_id)
        if found is None:
            raise NotFound("There is no such member.")
    return _answer(found)


@router.post("/members", response_model=Member, status_code=201)
async def add_member(request: Request, member: MemberInput, key: IdempotencyKey = None) -> Response:
    """Let a person work here; who has an account already keeps name and password. Administrators do."""

    async def add(work: Work) -> Created:
        account_id = await actions.add_member(work, member)
        found = await store.select_member(work, account_id)
        return Created(f"/api/members/{account_id}", found[0] if found else None)

    return await once(request, key, add)


@router.patch("/members/{account_id}", response_model=Member)
async def change_member(request: Request, account_id: UUID, wanted: MemberChange, if_match: IfMatch = None) -> Response:
    """Change a role, end a membership with all its access, or bring it back; administrators do."""
    version = expected_version(if_match)

    async def apply(work: Work) -> Found | None:
        await actions.change_member(work, account_id, version, wanted)
        return await store.select_member(work, account_id)

    return _answer(await change(request, apply))


@router.delete("/members/{account_id}/access", status_code=204)
async def end_access_of_member(request: Request, account_id: UUID) -> Response:
    """End every session and program of a member here, as after a stolen telephone; administrators do."""
    await change(request, lambda work: actions.end_access_of_member(work, account_id))
    return Response(status_code=204)
