"""CSV in: decoded strictly, headings matched, every bad row named by line, field and fix.

What a row means, and saving it, belongs to the room that imports.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from provender.kit.csv.errors import CsvHeaderWrong, CsvTooLarge, CsvUnreadable, Fault
from provender.kit.csv.writing import FORMULA
from provender.kit.sentences import tell
from provender.kit.validation import tell_fault

Payload = TypeVar("Payload", bound=BaseModel)
LARGEST_FILE = 2_000_000
"""Bytes; the size of the largest request."""
MOST_ROWS = 10_000
"""Rows of one import: seconds of work, one transaction."""
GERMAN_NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+")


@dataclass(frozen=True)
class Headings:
    """Which columns a file may have; matched without regard to case, spaces and hyphens.

    Attributes:
        required: Must be there.
        optional: May be there.
        ignored: May be there and are left out: what an export shows beyond what an import takes.
        numbers: Columns in which a decimal comma is read when the file is divided by semicolons.
    """

    required: Sequence[str]
    optional: Sequence[str] = ()
    ignored: Sequence[str] = ()
    numbers: frozenset[str] = frozenset()

    def known(self) -> tuple[str, ...]:
        """Return every name that a file may use."""
        return (*self.required, *self.optional, *self.ignored)


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file.

    Attributes:
        line: Line of the file on which the row begins; the headings are line 1.
        values: Text by column; cells that are empty are left out.
    """

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Rows:
    """A file taken apart: the rows that have the right shape, and the faults of the others."""

    rows: list[Row] = field(default_factory=list[Row])
    faults: list[Fault] = field(default_factory=list[Fault])


@dataclass(frozen=True)
class Entries(Generic[Payload]):
    """Rows that were understood, each with its line, and the faults of all others, by line."""

    entries: list[tuple[int, Payload]]
    faults: list[Fault]


def read_csv(content: bytes, headings: Headings) -> Rows:
    """Return the rows of a file; comma and semicolon are told apart by the first line.

    Raises:
        CsvTooLarge: more bytes or rows than one import takes.
        CsvUnreadable: not UTF-8, no text, or quotation marks that do not close.
        CsvHeaderWrong: a column is missing, unknown or named twice.
    """
    text = _decode(content)
    first_line = text.splitlines()[0] if text.strip() else ""
    separator = _sniff(first_line)
    records = _records(text, separator)
    names = _match(next(records)[1], headings)
    read = Rows()
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(read.rows) + len(read.faults) >= MOST_ROWS:
            raise CsvTooLarge(
                tell("One import takes %(count)s rows at most. Nothing was imported.", count=MOST_ROWS),
                hint="Divide the file.",
            )
        _take(read, line, cells, names)
    numbers = headings.numbers if separator == ";" else frozenset[str]()
    return Rows([_finished(row, numbers, headings.ignored) for row in read.rows], read.faults)


def parse_rows(rows: Rows, payload_type: type[Payload]) -> Entries[Payload]:
    """Check each row as a payload; faults of shape and of content together, by line."""
    entries: list[tuple[int, Payload]] = []
    faults = list(rows.faults)
    for row in rows.rows:
        try:
            entries.append((row.line, payload_type.model_validate(row.values)))
        except ValidationError as error:
            faults += [
                Fault(row.line, ".".join(map(str, entry["loc"])), tell_fault(entry))
                for entry in error.errors(include_url=False, include_input=False)
            ]
    return Entries(entries, sorted(faults, key=lambda fault: fault.line))


def unguard_formula(text: str) -> str:
    """Take off the apostrophe that `guard_formula` put in front."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _decode(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise CsvTooLarge(
            tell("A file may have %(size)s MB at most. Nothing was imported.", size=LARGEST_FILE // 1_000_000),
            hint="Divide the file.",
        )
    try:
        text = content.decode("utf-8-sig", errors="strict")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CsvUnreadable(
            tell("Line %(line)s is not UTF-8. Nothing was imported.", line=str(line)),
            hint="Save the file as “CSV UTF-8” and send it again.",
        ) from error
    if not text.strip():
        raise CsvUnreadable("The file is empty.", hint="Its first line names the columns.")
    return text


def _sniff(first_line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", first_line)
    return ";" if outside.count(";") > outside.count(",") else ","


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CsvUnreadable(
                tell(
                    "The row that begins in line %(line)s cannot be read: %(reason)s.", line=str(begins), reason=error
                ),
                hint="Check its quotation marks: one inside a quoted cell is written twice.",
            ) from error


def _fold(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())


def _match(header: Sequence[str], headings: Headings) -> list[str]:
    known = {_fold(name): name for name in headings.known()}
    found = [_fold(name) for name in header]
    unknown = [written.strip() for written, folded in zip(header, found, strict=True) if folded not in known]
    missing = [name for name in headings.required if _fold(name) not in found]
    twice = sorted({name for name in found if found.count(name) > 1})
    known_names = ", ".join((*headings.required, *headings.optional))
    hint = tell("The first line names the columns: %(names)s.", names=known_names)
    if missing:
        raise CsvHeaderWrong(
            tell("The file has no column %(names)s.", names=", ".join(missing)), hint=hint, field=missing[0]
        )
    if unknown or twice:
        names = ", ".join(twice or unknown)
        wrong = (
            tell("The file has a column twice: %(names)s.", names=names)
            if twice
            else tell("The file has a column that nobody knows: %(names)s.", names=names)
        )
        raise CsvHeaderWrong(wrong, hint=hint, field=(twice or unknown)[0] or "header")
    return [known[name] for name in found]


def _take(read: Rows, line: int, cells: Sequence[str], names: Sequence[str]) -> None:
    if len(cells) != len(names):
        sentence = tell(
            "The row has %(cells)s cells, the first line names %(columns)s columns.",
            cells=len(cells),
            columns=len(names),
        )
        read.faults.append(Fault(line, "", sentence))
        return
    values = {name: unguard_formula(cell).strip(" ") for name, cell in zip(names, cells, strict=True)}
    with_nul = next((name for name, value in values.items() if "\0" in value), None)
    if with_nul is None:
        read.rows.append(Row(line, {name: value for name, value in values.items() if value}))
    else:
        read.faults.append(Fault(line, with_nul, "The text holds a NUL character; remove it."))


def _finished(row: Row, numbers: frozenset[str], ignored: Sequence[str]) -> Row:
    kept = {name: value for name, value in row.values.items() if name not in ignored}
    return Row(row.line, {name: _with_point(value) if name in numbers else value for name, value in kept.items()})


def _with_point(value: str) -> str:
    return value.replace(".", "").replace(",", ".") if GERMAN_NUMBER.fullmatch(value) else value
