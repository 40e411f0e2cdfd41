"""XLSX out: real numbers, days and moments, one sheet per table, in memory that does not grow.

Texts are written as texts, so that no cell becomes a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, Protocol, cast
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from provender.kit.csv.columns import Cell, Column, Item, cells_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SHEET_NAME = 31
LONGEST_TEXT = 32_767
"""Characters in one cell; the format allows no more."""
MOST_DIGITS = 15
"""Significant digits that a spreadsheet keeps; a number with more is written as text, not rounded in silence."""
MOMENT_FORMAT: Final = "yyyy-mm-dd hh:mm:ss"
DAY_FORMAT: Final = "yyyy-mm-dd"


class _Worksheet(Protocol):
    """What is used of the library's worksheet, which has no complete types: row, column, value, format."""

    freeze_panes: Callable[[int, int], object]
    set_column: Callable[[int, int, float], object]
    write_string: Callable[..., object]
    write_number: Callable[[int, int, int | Decimal], object]
    write_boolean: Callable[[int, int, bool], object]
    write_datetime: Callable[[int, int, date, object], object]


class _Workbook(Protocol):
    add_worksheet: Callable[[str], _Worksheet]
    add_format: Callable[[dict[str, object]], object]


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook.

    Attributes:
        name: On the tab; shortened to 31 characters without the signs a tab may not have.
        rows: Read once, while the file is written.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Item]


def write_workbook(path: Path, sheets: Sequence[Sheet], *, time_zone: str = "UTC") -> None:
    """Write the sheets to `path`, one after the other.

    Args:
        path: File to be made or replaced.
        sheets: At least one, with different names.
        time_zone: IANA name; moments are shown in it, for a spreadsheet knows no zones.
    """
    with Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as opened:
        workbook = cast("_Workbook", opened)
        formats = _Formats(workbook, ZoneInfo(time_zone))
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(_tab_name(sheet.name)), sheet, formats)


class _Formats:
    def __init__(self, workbook: _Workbook, zone: ZoneInfo) -> None:
        self.heading = workbook.add_format({"bold": True})
        self.day = workbook.add_format({"num_format": DAY_FORMAT})
        self.moment = workbook.add_format({"num_format": MOMENT_FORMAT})
        self.zone = zone


def _write_sheet(worksheet: _Worksheet, sheet: Sheet, formats: _Formats) -> None:
    worksheet.freeze_panes(1, 0)
    worksheet.set_column(0, max(len(sheet.columns) - 1, 0), 18)
    for place, column in enumerate(sheet.columns):
        worksheet.write_string(0, place, column.name, formats.heading)
    for number, item in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(cells_of(sheet.columns, item)):
            _write_cell(worksheet, (number, place), cell, formats)


def _write_cell(worksheet: _Worksheet, place: tuple[int, int], cell: Cell, formats: _Formats) -> None:
    row, column = place
    if cell is None:
        return
    if isinstance(cell, bool):
        worksheet.write_boolean(row, column, cell)
    elif isinstance(cell, datetime):
        local = cell.astimezone(formats.zone).replace(tzinfo=None, microsecond=0)
        worksheet.write_datetime(row, column, local, formats.moment)
    elif isinstance(cell, date):
        worksheet.write_datetime(row, column, cell, formats.day)
    elif isinstance(cell, int | Decimal) and len(Decimal(cell).normalize().as_tuple().digits) <= MOST_DIGITS:
        worksheet.write_number(row, column, cell)
    else:
        worksheet.write_string(row, column, (cell if isinstance(cell, str) else f"{cell:f}")[:LONGEST_TEXT])


def _tab_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:LONGEST_SHEET_NAME].strip("' ") or "Sheet"
