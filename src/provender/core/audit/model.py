"""The words in which a change is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ChangedColumn:
    """One column of a changed row; `old` is empty for a new row, `new` for a removed one.

    Attributes:
        is_word: It holds words of ours, which are said in the reader's language.
    """

    name: str
    old: str
    new: str
    is_word: bool = False


@dataclass(frozen=True)
class ChangeShown:
    """A change as a person reads it.

    Attributes:
        action: `insert`, `update` or `delete`.
        subject: What kind of thing, in English words: `sales order`.
        title: What the thing is called, as far as the change tells; else empty.
        columns: What changed, in the order of the table.
    """

    recorded_at: datetime
    actor: str
    action: str
    subject: str
    title: str
    row_id: UUID | None
    columns: tuple[ChangedColumn, ...]
