"""CSV out: UTF-8 with BOM (so that spreadsheets in Japan and Germany read it), RFC 4180, ISO dates.

Texts that a spreadsheet would run as a formula get an apostrophe in front; reading takes it
off again, so that an export can be imported without loss.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from urllib.parse import quote

from provender.kit.csv.columns import Cell

BYTE_ORDER_MARK = "\ufeff"
MEDIA_TYPE = "text/csv; charset=utf-8"
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # noqa: RUF001  # the wide forms start formulas in Japanese spreadsheets
"""What a cell that would be run as a formula begins with, guarded or not (OWASP: CSV injection)."""


class Dialect(StrEnum):
    """How cells are divided and numbers written.

    `standard` has commas and a decimal point; `german` has semicolons and a decimal comma, as a
    spreadsheet program with German settings opens it by double click.
    """

    STANDARD = "standard"
    GERMAN = "german"


def guard_formula(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def format_cell(cell: Cell, dialect: Dialect = Dialect.STANDARD) -> str:
    """Return a cell as text: numbers plain and exact, days and moments by ISO 8601, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | Decimal):
        plain = f"{Decimal(cell):f}"
        return plain.replace(".", ",") if dialect is Dialect.GERMAN else plain
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return guard_formula(cell)


def write_rows(rows: Iterable[Sequence[Cell]], dialect: Dialect = Dialect.STANDARD) -> bytes:
    """Return rows as CSV, without BOM; lines end with CR LF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if dialect is Dialect.GERMAN else ",", lineterminator="\r\n")
    for row in rows:
        writer.writerow([format_cell(cell, dialect) for cell in row])
    return buffer.getvalue().encode()


def write_header(names: Sequence[str], dialect: Dialect = Dialect.STANDARD) -> bytes:
    """Return the BOM and the first line of a file."""
    return BYTE_ORDER_MARK.encode() + write_rows([names], dialect)


def write_csv(
    names: Sequence[str], rows: Iterable[Sequence[Cell]], dialect: Dialect = Dialect.STANDARD
) -> Iterator[bytes]:
    """Yield a whole file in pieces, one per row, so that memory does not grow with it."""
    yield write_header(names, dialect)
    for row in rows:
        yield write_rows([row], dialect)


def file_name(what: str, on: date, ending: str = "csv") -> str:
    """Return `farms-2026-11-20.csv`: what it holds and the day it was made."""
    kept = re.sub(r"[^\w.-]+", "-", what).strip("-.")
    return f"{kept or 'export'}-{on.isoformat()}.{ending}"


def disposition(name: str) -> str:
    """Return the value of Content-Disposition for a download of that name (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    extended = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{plain}"{extended}'
