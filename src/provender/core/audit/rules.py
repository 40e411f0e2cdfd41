"""How a change is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, cast
from uuid import UUID

import orjson

from provender.core.audit.model import ChangedColumn
from provender.kit.sentences import name_word

TITLES: Final = ("name", "full_name", "title", "number", "code", "sku", "email", "subject")
"""Columns that say what a thing is called, the most telling first."""
UNTOLD: Final = frozenset({"id", "version", "created_at", "email_key", "code_key"})
"""Columns that tell a person nothing: keys, counters, and what is computed from others."""
WORDS: Final = frozenset({"state", "role", "kind"})
"""Columns that hold words of ours."""
LONGEST_VALUE: Final = 300
LONGEST_TITLE: Final = 60


def name_subject(table_name: str) -> str:
    """Return what kind of thing a table holds, in English words: `trace.sales_order` is a `sales order`."""
    return table_name.rpartition(".")[2].replace("_", " ")


def find_title(change: Mapping[str, object]) -> str:
    """Return what the changed thing is called now, as far as the change tells; else empty."""
    for column in TITLES:
        value = change.get(column)
        told = value[-1] if isinstance(value, list) and value else value  # pyright: ignore[reportUnknownVariableType]
        if isinstance(told, str):
            return _shorten(told, LONGEST_TITLE)
    return ""


def list_columns(action: str, change: Mapping[str, object]) -> tuple[ChangedColumn, ...]:
    """Return what changed, old and new; of a new or removed row every column that holds something."""
    told = [(name, value) for name, value in change.items() if name not in UNTOLD]
    if action == "update":
        pairs = [(name, cast("tuple[object, object]", value)) for name, value in told]
        return tuple(_told(name, old, new) for name, (old, new) in pairs)
    filled = [(name, value) for name, value in told if value is not None]
    if action == "insert":
        return tuple(_told(name, "", value) for name, value in filled)
    return tuple(_told(name, value, "") for name, value in filled)


def earliest_id(recorded_at: datetime) -> UUID:
    """Return an id below that of every entry recorded at this time or later.

    Ids begin with the milliseconds at which the entry was written, which is never before the
    time it is recorded at, that of the beginning of its transaction.
    """
    milliseconds = int(recorded_at.astimezone(UTC).timestamp() * 1000)
    return UUID(int=max(0, milliseconds) << 80)


def _told(column: str, old: object, new: object) -> ChangedColumn:
    if column not in WORDS:
        return ChangedColumn(_words(column), _text(old), _text(new))
    return ChangedColumn(_words(column), name_word(_text(old)), name_word(_text(new)), is_word=True)


def _words(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def _text(value: object) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return _shorten(text, LONGEST_VALUE)


def _shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
