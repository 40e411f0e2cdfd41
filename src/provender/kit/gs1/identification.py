"""What a GS1 code says, whatever it was written in, and how application identifiers are read.

What belongs here: from pairs of identifier and value to one checked `Identification`. What does
not: finding the pairs in an address (`links`) or in scanner output (`scans`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from provender.kit.gs1.errors import ElementStringInvalid
from provender.kit.gs1.keys import normalise_gtin, normalise_sscc, read_date, require_lot
from provender.kit.sentences import tell


@dataclass(frozen=True, slots=True)
class Identification:
    """The goods a code names.

    Attributes:
        gtin: Product, 14 digits (AI 01).
        lot: Batch code as printed (AI 10), at most 20 characters.
        serial: Of one piece (AI 21).
        consumer_variant: Of the packaging seen by the consumer (AI 22).
        best_before_on: Quality until then (AI 15).
        expires_on: Not to be used after that day (AI 17).
        sscc: Pallet or parcel, 18 digits (AI 00).
        others: Further identifiers with their values as they stood, sorted, not checked.
    """

    gtin: str | None = None
    lot: str | None = None
    serial: str | None = None
    consumer_variant: str | None = None
    best_before_on: date | None = None
    expires_on: date | None = None
    sscc: str | None = None
    others: tuple[tuple[str, str], ...] = field(default=())


_READ_HERE: Final = frozenset({"00", "01", "10", "15", "17", "21", "22"})


def identify(pairs: Iterable[tuple[str, str]], *, today: date, field: str | None = None) -> Identification:
    """Check the values of application identifiers and put them together.

    Raises:
        ElementStringInvalid: One identifier twice with different values.
        Gs1Refusal: A value that is not what its identifier holds; see `keys`.
    """
    value_by_identifier: dict[str, str] = {}
    for identifier, value in pairs:
        if value_by_identifier.setdefault(identifier, value) != value:
            raise ElementStringInvalid(
                tell("The code names (%(identifier)s) twice, with different values.", identifier=identifier),
                hint="Two barcodes may have been scanned into one field; scan one.",
                field=field,
            )
    best_before, expires = value_by_identifier.get("15"), value_by_identifier.get("17")
    gtin, sscc = value_by_identifier.get("01"), value_by_identifier.get("00")
    return Identification(
        gtin=normalise_gtin(gtin, field=field) if gtin else None,
        lot=_lot(value_by_identifier, "10", field),
        serial=_lot(value_by_identifier, "21", field),
        consumer_variant=_lot(value_by_identifier, "22", field),
        best_before_on=read_date(best_before, today=today, field=field) if best_before else None,
        expires_on=read_date(expires, today=today, field=field) if expires else None,
        sscc=normalise_sscc(sscc, field=field) if sscc else None,
        others=tuple(sorted(pair for pair in value_by_identifier.items() if pair[0] not in _READ_HERE)),
    )


def _lot(value_by_identifier: dict[str, str], identifier: str, field: str | None) -> str | None:
    value = value_by_identifier.get(identifier)
    return None if value is None else require_lot(value, field=field)
