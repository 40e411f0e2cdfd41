"""Pages of a case: read one after the other, or spooled to a file that a writer in a thread reads back."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast

import orjson
from fastapi import Request

from provender.kit.csv.columns import Item, read_items
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.edge import reading

Fetch = Callable[[Work, Key], Awaitable[Page | None]]
"""Returns the page after a key; None when there is no such case."""


async def each_page(request: Request, fetch: Fetch, key_width: int) -> AsyncGenerator[bytes]:
    """Yield the items of every page as JSON arrays, each page read in a unit of work of its own.

    Raises:
        NotFound: there is no such case.
    """
    key: Key | None = (None,) * key_width
    while key is not None:
        async with reading(request) as work:
            page = await fetch(work, key)
        if page is None:
            raise NotFound("There is no such recall case.")
        yield page.items
        key = None if page.next_key is None else cast("list[object]", orjson.loads(page.next_key))


async def each_item(request: Request, fetch: Fetch, key_width: int) -> AsyncGenerator[Item]:
    """Yield every item, numbers with a fraction as exact decimals."""
    async for items in each_page(request, fetch, key_width):
        for item in read_items(items):
            yield item


class Spool:
    """Items on disk, one page per line: a workbook is written in a thread, which cannot ask the database."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def fill(self, request: Request, fetch: Fetch, key_width: int) -> None:
        """Put every page in."""
        with self._path.open("wb") as file:
            async for items in each_page(request, fetch, key_width):
                # Our own JSON has no line breaks of its own; those inside texts are escaped.
                file.write(items.replace(b"\n", b" ") + b"\n")

    def items(self) -> Iterator[Item]:
        """Yield every item, in order; may be called again."""
        with self._path.open("rb") as file:
            for line in file:
                yield from cast("list[Item]", json.loads(line, parse_float=Decimal))
