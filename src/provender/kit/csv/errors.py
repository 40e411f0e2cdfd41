"""How a file of rows is refused."""

from __future__ import annotations

from provender.kit.errors import FieldRefusal, Refusal

MOST_NAMED = 100
"""Faults named in one answer; who has more corrects these first."""


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
    """Rows of the file cannot be used, and the caller wants all or nothing."""

    code = "csv.rows_refused"
    status = 422

    def __init__(self, faults: tuple[FieldRefusal, ...]) -> None:
        count = len(faults)
        super().__init__(
            "One thing in the file cannot be used. Nothing was imported."
            if count == 1
            else f"{count} things in the file cannot be used. Nothing was imported.",
            hint="Correct the lines named and send the file again, or import the good rows only.",
            fields=faults[:MOST_NAMED],
        )
