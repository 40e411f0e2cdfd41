"""Lists as files: all pages of what the reader sees, one page in memory at a time.

Every page is its own short unit of work, so that a slow download holds no connection.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import orjson
from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from provender.kit.clock import today
from provender.kit.csv.columns import Column, cells_of, read_items
from provender.kit.csv.writing import MEDIA_TYPE, Dialect, disposition, file_name, write_header, write_rows
from provender.kit.db import Work
from provender.kit.http.answers import NO_STORE, Page
from provender.kit.http.cursors import Key, ListQuery
from provender.kit.http.edge import reading

PAGE_ROWS = 1000
"""Rows fetched at once: a few hundred kilobytes."""
Wanted = TypeVar("Wanted", bound=ListQuery)


class ExportQuery(ListQuery):
    """What every export understands beside the filters of its list; `limit` and `cursor` have no meaning in it."""

    dialect: Dialect = Field(Dialect.STANDARD, description="`german`: semicolons and a decimal comma.")


@dataclass(frozen=True)
class Export:
    """What a list looks like as a file.

    Attributes:
        name: First part of the file's name, such as `farms`; the day follows.
        columns: In the order of the file.
        key_width: Parts of the list's cursor key.
    """

    name: str
    columns: Sequence[Column]
    key_width: int


def all_pages(wanted: Wanted) -> Wanted:
    """Return the same filters with pages of the size an export reads."""
    return wanted.model_copy(update={"limit": PAGE_ROWS, "cursor": None})


async def csv_answer(
    request: Request, export: Export, dialect: Dialect, fetch: Callable[[Work, Key], Awaitable[Page]]
) -> StreamingResponse:
    """Answer every row of a list as CSV; the first page is read before the answer begins.

    Args:
        request: Whose tenant is exported.
        export: What the file looks like.
        dialect: How it is divided.
        fetch: Returns the page after a key; its page size is the caller's.

    Raises:
        NotSignedIn: nobody signed in.
    """
    async with reading(request) as work:
        first = await fetch(work, (None,) * export.key_width)
        caller = await work.caller()
    name = file_name(export.name, today(caller.time_zone))
    headers = {**NO_STORE, "Content-Disposition": disposition(name)}

    async def pieces() -> AsyncGenerator[bytes]:
        yield write_header([column.name for column in export.columns], dialect)
        page = first
        yield _write_page(export, page, dialect)
        while page.next_key is not None:
            key = cast("list[object]", orjson.loads(page.next_key))
            async with reading(request) as work:
                page = await fetch(work, key)
            yield _write_page(export, page, dialect)

    return StreamingResponse(pieces(), media_type=MEDIA_TYPE, headers=headers)


def _write_page(export: Export, page: Page, dialect: Dialect) -> bytes:
    return write_rows((cells_of(export.columns, item) for item in read_items(page.items)), dialect)
