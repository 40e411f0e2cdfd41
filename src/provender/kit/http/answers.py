"""Answers whose JSON was built by PostgreSQL and is passed through as bytes."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from fastapi import Request, Response

from provender.kit.db import Parameters, Statement, Work
from provender.kit.db.work import bytes_of
from provender.kit.errors import NotFound
from provender.kit.http.cursors import next_address

JSON = "application/json"
NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Page:
    """One page of a list as PostgreSQL built it.

    Attributes:
        items: JSON array.
        next_key: JSON array of the key of the last row when more rows follow, else None.
    """

    items: bytes
    next_key: bytes | None


async def fetch_page(work: Work, statement: Statement, parameters: Parameters) -> Page:
    """Run a list statement, which returns one row with the columns `items` and `next_key`."""
    row = await work.fetch_row(statement, parameters)
    if row is None:
        return Page(b"[]", None)
    return Page(bytes_of(row[0]), None if row[1] is None else bytes_of(row[1]))


async def fetch_relation(work: Work, statement: Statement, parameters: Parameters) -> Page | None:
    """Run a list statement that returns no row when the thing it is about does not exist."""
    row = await work.fetch_row(statement, parameters)
    return None if row is None else Page(bytes_of(row[0]), None if row[1] is None else bytes_of(row[1]))


def page_answer(request: Request, page: Page) -> Response:
    """Answer `{"items": [...], "next": address or null}`."""
    following = next_address(request, page.next_key)
    body = b'{"items":' + page.items + b',"next":' + orjson.dumps(following) + b"}"
    return Response(body, media_type=JSON, headers=NO_STORE)


def json_answer(body: bytes | None, *, status: int = 200, version: int | None = None) -> Response:
    """Answer one thing; with its version as ETag where it can be changed.

    Raises:
        NotFound: there is no body: the thing does not exist, or is somebody else's.
    """
    if body is None:
        raise NotFound("There is no such record.", hint="It may have been removed, or belongs to another organisation.")
    headers = NO_STORE if version is None else {**NO_STORE, "ETag": f'"{version}"'}
    return Response(body, status_code=status, media_type=JSON, headers=headers)


def created_answer(body: bytes | None, location: str) -> Response:
    """Answer 201 with the new thing and its address."""
    answer = json_answer(body, status=201)
    answer.headers["Location"] = location
    return answer
