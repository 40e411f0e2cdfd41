"""What a room's `commands` are made of: they work as a person, and answer people or programs.

What belongs here: what every command does alike. What does not: how a command line is read, which
database it is about, and whom it works as; the command line (`provender.cli`) settles those.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, TypeVar, cast

import orjson
import typer
from fastapi import Request
from pydantic import BaseModel
from starlette.datastructures import State

from provender.kit.csv.columns import read_items
from provender.kit.csv.writing import Dialect
from provender.kit.db import Caller, Work
from provender.kit.errors import Refusal
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.edge import Edge, reading
from provender.kit.http.exports import Export, csv_answer
from provender.kit.http.imports import Import, ImportMode, ImportResult
from provender.kit.ids import new_id

STANDARD: Final = Path("-")
BYTES: Final = 2_000_000
"""As much as the web takes in one request (web.guard)."""
Report = Callable[[str], None]
Fetch = Callable[[Work, Key], Awaitable[Page]]
Item = Mapping[str, object]
Payload = TypeVar("Payload", bound=BaseModel)


class FileUnusable(Refusal):
    """A file on this machine cannot be read or written."""

    code = "command.file_unusable"
    status = 422


@dataclass(frozen=True)
class Call:
    """One run of a command.

    Attributes:
        request: What `reading` and `change` take: it presents the access token of the person.
        caller: The person.
        report: Tells how long work goes on, one sentence at a time.
    """

    request: Request
    caller: Caller
    report: Report


@dataclass(frozen=True)
class Told:
    """What a command answers.

    Attributes:
        content: For programs: JSON as PostgreSQL built it, or what becomes JSON.
        lines: For people.
    """

    content: object
    lines: Sequence[str]


@dataclass(frozen=True)
class Command:
    """A verb that a room offers to the command line.

    Attributes:
        group: Groups it stands in, such as `recall`; empty: none.
        name: As it is typed.
        verb: Its first parameter is the call; the others are annotated for the command line. The first
            paragraph of its docstring is the help.
        has_json: Whether it takes --json; a verb that writes a file does not.
    """

    group: str
    name: str
    verb: Callable[..., Awaitable[Told]]
    has_json: bool = True


To = Annotated[Path, typer.Option("--to", help="File to write; - writes to standard output.")]
Divided = Annotated[Dialect, typer.Option("--dialect", help="german: semicolons and a decimal comma.")]


def make_request(edge: Edge, token: str) -> Request:
    """Return a request that no web server received: it presents a token, and nothing else."""
    application = _Application(State({"edge": edge}))
    return Request(
        {
            "type": "http",
            "method": "POST",
            "path": "/",
            "query_string": b"",
            "headers": [(b"authorization", f"Bearer {token}".encode())],
            "app": application,
            "request_id": str(new_id()),
        }
    )


@dataclass(frozen=True)
class _Application:
    """As much of the web application as the edge asks for."""

    state: State


@dataclass(frozen=True)
class Collected:
    """Rows of a list from its beginning.

    Attributes:
        items: With exact numbers.
        content: The same as JSON, as PostgreSQL built it: an array.
        is_whole: Nothing follows.
    """

    items: Sequence[Item]
    content: bytes
    is_whole: bool

    def told(self, lines: Sequence[str]) -> Told:
        """Return the list as it is answered: as over HTTP, but in one piece."""
        more = () if self.is_whole else ("More rows follow; narrow the list, ask for more with --limit, or export it.",)
        return Told(b'{"items":' + self.content + b',"next":null}', [*lines, *more])


async def collect(call: Call, fetch: Fetch, key_width: int, *, is_whole: bool = True) -> Collected:
    """Return the rows of a list, page after page.

    Args:
        call: Told on the way how many there are.
        fetch: Returns the page after a key.
        key_width: Parts of that key.
        is_whole: False: only the first page.
    """
    pages: list[Page] = []
    key: Key = (None,) * key_width
    while True:
        async with reading(call.request) as work:
            page = await fetch(work, key)
        pages.append(page)
        if page.next_key is None or not is_whole:
            break
        call.report(f"{len(pages)} pages read ...")
        key = cast("list[object]", orjson.loads(page.next_key))
    content = b"[" + b",".join(page.items[1:-1] for page in pages if page.items != b"[]") + b"]"
    return Collected(read_items(content), content, pages[-1].next_key is None)


def export_verb(export: Export, fetch: Fetch) -> Callable[..., Awaitable[Told]]:
    """Return the verb that writes every row of a list to a file; `fetch` returns pages of `PAGE_ROWS`."""

    async def export_list(call: Call, to: To, dialect: Divided = Dialect.STANDARD) -> Told:
        answer = await csv_answer(call.request, export, dialect, fetch)
        return await write_file(to, cast("AsyncIterable[bytes]", answer.body_iterator))

    export_list.__doc__ = f"Write all {export.name.replace('-', ' ')} to a CSV file."
    return export_list


def import_verb(what: str, rows: Import[Payload]) -> Callable[..., Awaitable[Told]]:
    """Return the verb that reads a CSV file of records called `what`, such as farms."""

    async def import_file(
        call: Call,
        file: Annotated[Path, typer.Argument(help="CSV file, UTF-8; - reads standard input.")],
        mode: Annotated[ImportMode, typer.Option(help="all: nothing is saved when a row is wrong.")] = ImportMode.ALL,
    ) -> Told:
        content = read_content(file)
        call.report(f"Reading {len(content)} bytes ...")
        return tell_import(await rows.run(call.request, content, mode))

    import_file.__doc__ = f"Add {what} from a CSV file, all or only the good rows."
    return import_file


def tell_import(result: ImportResult) -> Told:
    """Return what became of a file, each refused row by its line."""
    refused = [f"  line {row.line}{', ' + row.field if row.field else ''}: {row.detail}" for row in result.refused]
    lines = [f"Added: {result.added}.", *([f"Refused: {len(refused)}."] if refused else []), *refused]
    return Told(result.model_dump(), lines)


def read_content(file: Path) -> bytes:
    """Return what stands in a file.

    Raises:
        FileUnusable: it cannot be read, or is larger than an import may be.
    """
    try:
        with nullcontext(sys.stdin.buffer) if file == STANDARD else file.open("rb") as opened:
            content = opened.read(BYTES + 1)
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read: {error.strerror}.", hint="Check the path.") from error
    if len(content) > BYTES:
        raise FileUnusable(f"{file} has more than {BYTES // 1_000_000} MB.", hint="Import it in several parts.")
    return content


async def write_file(to: Path, pieces: AsyncIterable[bytes]) -> Told:
    """Write pieces to a file, whole or not at all: a broken off export leaves what was there before.

    Raises:
        FileUnusable: it cannot be written there.
    """
    if to == STANDARD:
        async for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return Told(None, ())
    draft = to.with_name(to.name + ".part")
    written = 0
    try:
        with draft.open("wb") as file:
            async for piece in pieces:
                written += file.write(piece)
        draft.replace(to)
    except OSError as error:
        raise FileUnusable(f"{to} cannot be written: {error.strerror}.", hint="Check folder and free space.") from error
    finally:
        draft.unlink(missing_ok=True)
    return Told(None, [f"{to}: {written} bytes."])


def tabulate(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with the cells of a column under each other; Japanese letters take two places."""
    table = [headings, *rows]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def look_up(item: Mapping[str, object], path: str) -> str:
    """Return what an item says at a path such as `material.name`, as text; nothing as nothing."""
    value: object = item
    for part in path.split("."):
        value = cast("Item", value).get(part) if isinstance(value, dict) else None
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)
