"""How a file of rows is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provender.kit.errors import FieldRefusal, Refusal
from provender.kit.sentences import tell

MOST_NAMED = 100
"""Faults named in one answer; who has more corrects these first."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell or row.

    Attributes:
        field: Column, or empty when the row as a whole is wrong.
    """

    line: int
    field: str
    sentence: str

    def as_refusal(self) -> FieldRefusal:
        """Return it as one field of a problem answer: `lines.3.country`."""
        place = f"lines.{self.line}.{self.field}" if self.field else f"lines.{self.line}"
        named = f"{self.line}, {self.field}" if self.field else str(self.line)
        return FieldRefusal(place, tell("Line %(place)s: %(fault)s", place=named, fault=self.sentence))


class CsvUnreadable(Refusal):
    """The file is not CSV in UTF-8; nothing of it can be trusted."""

    code = "csv.unreadable"
    status = 422


class CsvHeaderWrong(Refusal):
    """The first line does not name the columns that are needed, or names one that nobody knows."""

    code = "csv.header_wrong"
    status = 422


class CsvTooLarge(Refusal):
    """More rows or bytes than one import takes."""

    code = "csv.too_large"
    status = 413


class CsvRowsRefused(Refusal):
    """Rows of the file cannot be used, and the caller wants all or nothing.

    Attributes:
        faults: What is wrong, by line; an answer names the first hundred.
    """

    code = "csv.rows_refused"
    status = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        count = len(faults)
        super().__init__(
            "One thing in the file cannot be used. Nothing was imported."
            if count == 1
            else tell("%(count)s things in the file cannot be used. Nothing was imported.", count=count),
            hint="Correct the lines named and send the file again, or import the good rows only.",
            fields=tuple(fault.as_refusal() for fault in faults[:MOST_NAMED]),
        )
        self.faults = tuple(faults)
