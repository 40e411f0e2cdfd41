"""What an export shows of a row: a heading, where the value stands, and what kind it is.

Rows are the JSON objects that PostgreSQL built, read with exact decimals.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import cast

Cell = str | int | Decimal | bool | date | datetime | None
"""One value of a table; a datetime has a zone."""
Item = Mapping[str, object]


class Kind(StrEnum):
    """How a value is to be understood by a spreadsheet."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Column:
    """One column of an export.

    Attributes:
        name: Heading, in snake_case with the unit; an import knows the column by the same name.
        path: Dotted place of the value in the row, `farm.name`; the heading itself when empty.
            Where a part is missing or null the cell is empty.
        kind: What the value is; numbers and days become real ones in a spreadsheet.
    """

    name: str
    path: str = ""
    kind: Kind = Kind.TEXT


def read_items(items: bytes) -> list[Item]:
    """Return the rows of a JSON array, numbers with a fraction as exact decimals."""
    return cast("list[Item]", json.loads(items, parse_float=Decimal))


def cells_of(columns: Sequence[Column], item: Item) -> list[Cell]:
    """Return the cells of one row, in the order of the columns."""
    return [_typed(_look_up(item, column.path or column.name), column.kind) for column in columns]


def _look_up(item: Item, path: str) -> object:
    value: object = item
    for part in path.split("."):
        value = cast("Item", value).get(part) if isinstance(value, dict) else None
    return value


def _typed(value: object, kind: Kind) -> Cell:
    if value is None or isinstance(value, bool | int | Decimal | date):
        return value
    text = str(value)
    if kind is Kind.DAY:
        return date.fromisoformat(text)
    if kind is Kind.MOMENT:
        return datetime.fromisoformat(text)
    return Decimal(text) if kind is Kind.NUMBER else text
