"""What happened to the record of a batch, from the audit, ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

TOLD: Final = ("best_before_on", "farm_id", "supplier_id", "made_on", "note")
"""Columns of a batch whose change a person wants to see; names of farms stand on the page itself."""


@dataclass(frozen=True)
class HistoryLine:
    """One thing that somebody did.

    Attributes:
        what: recorded, changed, held or released.
        reason: Of a hold or its release.
        fields: Columns that were changed.
    """

    at: datetime
    who: str
    what: str
    reason: str = ""
    fields: tuple[str, ...] = ()


def tell_history(entries: bytes) -> list[HistoryLine]:
    """Return the audit entries of a batch and its holds as lines, in the order given; others are left out."""
    found: list[dict[str, Any]] = orjson.loads(entries)
    return [line for line in map(_tell, found) if line is not None]


def _tell(entry: dict[str, Any]) -> HistoryLine | None:
    at, who = datetime.fromisoformat(entry["recorded_at"]), entry["actor"]
    change: dict[str, Any] = entry["change"]
    if entry["table_name"] == "trace.batch":
        if entry["action"] == "insert":
            return HistoryLine(at, who, "recorded")
        fields = tuple(name for name in TOLD if name in change)
        return HistoryLine(at, who, "changed", fields=fields) if fields else None
    if entry["action"] == "insert":
        return HistoryLine(at, who, "held", change["reason"])
    if "release_reason" in change:
        return HistoryLine(at, who, "released", change["release_reason"][1])
    return None
