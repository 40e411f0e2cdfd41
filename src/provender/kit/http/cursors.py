"""Keyset pages: where a list goes on, sealed so that it fits only this caller and these filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlencode

import orjson
from fastapi import Request
from pydantic import BaseModel, Field, field_validator

from provender.kit.http.edge import credentials_of, edge_of
from provender.kit.http.errors import CursorInvalid

PAGE_SIZE = 50
LARGEST_PAGE = 200
PURPOSE = "cursor"
Key = Sequence[object]


def _blank_is_missing(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


class ListQuery(BaseModel):
    """What every list understands; a room adds its filters. A filter left empty in a form counts as missing."""

    limit: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE, description="Rows per page.")
    cursor: str | None = Field(None, max_length=2000, description="Where the list goes on: from `next`.")

    _blank = field_validator("*", mode="before")(_blank_is_missing)


def _filters(request: Request) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in request.query_params.multi_items() if name != "cursor")


def _context(request: Request) -> bytes:
    credentials = credentials_of(request)
    return orjson.dumps([str(credentials.organisation_id), request.url.path, _filters(request)])


def open_cursor(request: Request, cursor: str | None, width: int) -> Key:
    """Return the key of the last row seen, or as many Nones as a key is wide at the first page.

    Raises:
        CursorInvalid: the cursor was changed, or made for another list, filter or tenant.
    """
    if cursor is None:
        return (None,) * width
    content = edge_of(request).signer.open(PURPOSE, _context(request), cursor)
    if content is None:
        raise CursorInvalid
    key = cast("list[object]", orjson.loads(content))
    if len(key) != width:
        raise CursorInvalid
    return key


def next_address(request: Request, next_key: bytes | None) -> str | None:
    """Return the address of the next page, or None on the last.

    Args:
        request: The request for this page; its filters are kept.
        next_key: JSON array of the key of the last row shown, when there are more rows.
    """
    if next_key is None:
        return None
    cursor = edge_of(request).signer.seal(PURPOSE, _context(request), next_key)
    return f"{request.url.path}?{urlencode([*_filters(request), ('cursor', cursor)])}"
