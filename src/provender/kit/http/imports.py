"""Files of rows into records: all or nothing, or the good rows only, in one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from fastapi import Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from provender.kit.csv.errors import CsvRowsRefused, CsvUnreadable, Fault
from provender.kit.csv.reading import Entries, Headings, parse_rows, read_csv
from provender.kit.db import Work
from provender.kit.errors import Refusal
from provender.kit.http.edge import change
from provender.kit.http.exports import Export

Payload = TypeVar("Payload", bound=BaseModel)
AddRows = Callable[[Work, Entries[Payload]], Awaitable[list[Fault]]]
SPAN = 100
"""Rows tried within one savepoint."""
ALWAYS_FATAL = frozenset({401, 403, 503})
"""Statuses that no correction of a row helps."""


class ImportMode(StrEnum):
    """What happens when a row cannot be used."""

    ALL = "all"
    GOOD = "good"


class RefusedRow(BaseModel):
    """One thing in the file that could not be used."""

    line: int
    field: str
    detail: str


class ImportResult(BaseModel):
    """What became of a file."""

    added: int
    refused: list[RefusedRow]


@dataclass(frozen=True)
class Import(Generic[Payload]):
    """How one kind of record is read from a file.

    Attributes:
        payload_type: What a row is checked against.
        add_rows: Saves what it can and returns the faults of the rest; `each` makes it of a verb for one row.
    """

    headings: Headings
    payload_type: type[Payload]
    add_rows: AddRows[Payload]

    async def run(self, request: Request, content: bytes, mode: ImportMode) -> ImportResult:
        """Import a file in one transaction; raises what `save` raises."""
        added, faults = await self.save(request, content, mode)
        return ImportResult(added=added, refused=refused_rows(faults))

    async def save(self, request: Request, content: bytes, mode: ImportMode) -> tuple[int, Sequence[Fault]]:
        """Import a file in one transaction; return how many rows were added, and what is wrong with the others.

        Raises:
            CsvUnreadable: also CsvTooLarge and CsvHeaderWrong: the file as a whole cannot be used.
            CsvRowsRefused: in mode `all`, when anything was wrong; nothing was saved.
        """
        parsed = parse_rows(read_csv(content, self.headings), self.payload_type)

        async def save(work: Work) -> Sequence[Fault]:
            faults = sorted([*parsed.faults, *await self.add_rows(work, parsed)], key=lambda fault: fault.line)
            if faults and mode is ImportMode.ALL:
                raise CsvRowsRefused(faults)
            return faults

        faults = await change(request, save)
        return len({line for line, _ in parsed.entries} - {fault.line for fault in faults}), faults


def each(add: Callable[[Work, Payload], Awaitable[object]]) -> AddRows[Payload]:
    """Return what saves every row by itself; a Refusal is told with the line of its row.

    Rows are tried a hundred at a time within one savepoint. A hundred that is refused is halved until
    the row at fault stands alone: a good file costs one statement per row, and a bad row spoils no other.
    """

    async def add_span(work: Work, rows: Sequence[tuple[int, Payload]]) -> list[Fault]:
        try:
            async with work.savepoint():
                for _line, payload in rows:
                    await add(work, payload)
        except Refusal as refusal:
            if refusal.status in ALWAYS_FATAL:
                raise
            if len(rows) == 1:
                return faults_of(rows[0][0], refusal)
            middle = len(rows) // 2
            return [*await add_span(work, rows[:middle]), *await add_span(work, rows[middle:])]
        return []

    async def add_rows(work: Work, parsed: Entries[Payload]) -> list[Fault]:
        faults: list[Fault] = []
        for start in range(0, len(parsed.entries), SPAN):
            faults += await add_span(work, parsed.entries[start : start + SPAN])
        return faults

    return add_rows


def refused_rows(faults: Sequence[Fault]) -> list[RefusedRow]:
    """Return faults as they are answered."""
    return [RefusedRow(line=fault.line, field=fault.field, detail=fault.sentence) for fault in faults]


def faults_of(line: int, refusal: Refusal) -> list[Fault]:
    """Return what a refusal says, as faults of the row that begins in `line`."""
    if not refusal.fields:
        return [Fault(line, "", refusal.sentence)]
    return [Fault(line, fault.field, fault.sentence) for fault in refusal.fields]


async def uploaded_file(value: object) -> bytes:
    """Return the content of a form's file field.

    Raises:
        CsvUnreadable: no file was chosen.
    """
    if isinstance(value, UploadFile) and value.filename:
        content = await value.read()
        await value.close()
        return content
    raise CsvUnreadable("No file was chosen.", hint="Choose a CSV file.", field="file")


def headings_of(payload_type: type[BaseModel], export: Export, *, numbers: Sequence[str] = ()) -> Headings:
    """Return the headings of a file of payloads; what the export of the same records shows besides may pass.

    Args:
        payload_type: Its fields are the columns; those without a default are needed.
        export: What a file of the same records looks like when it is exported.
        numbers: Columns in which a decimal comma is read.
    """
    fields = payload_type.model_fields
    return Headings(
        required=tuple(name for name, field in fields.items() if field.is_required()),
        optional=tuple(name for name, field in fields.items() if not field.is_required()),
        ignored=tuple(column.name for column in export.columns if column.name not in fields),
        numbers=frozenset(numbers),
    )
