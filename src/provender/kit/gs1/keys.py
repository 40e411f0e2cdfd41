"""GTIN, SSCC, lots and dates: the values that stand behind GS1 application identifiers.

Source:
    GS1 General Specifications: 7.9 (check digit), 7.11 (characters), 7.12 (dates), 3.4 (lot).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Final, NoReturn

from provender.kit.gs1.errors import (
    CheckDigitWrong,
    DateInvalid,
    GtinInvalid,
    LotInvalid,
    SsccInvalid,
)
from provender.kit.sentences import tell

GTIN_LENGTHS: Final = (8, 12, 13, 14)
SSCC_LENGTH: Final = 18
LOT_LENGTH: Final = 20
"""Characters of a lot (AI 10), a serial number (21) and a consumer product variant (22)."""

_CHARACTERS_82: Final = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")
_SEPARATORS: Final = re.compile(r"[\s\-]")
_DATE: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_DECEMBER: Final = 12
_CENTURY_AHEAD: Final = 51
_CENTURY_BEHIND: Final = -50


def check_digit_of(digits: str) -> str:
    """Return the check digit that belongs behind `digits` (weights 3 and 1, from the right)."""
    weighted = (int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-sum(weighted) % 10)


def normalise_gtin(text: str, *, field: str | None = None) -> str:
    """Return a GTIN-8, -12, -13 or -14 as 14 digits; spaces and hyphens are ignored.

    Raises:
        GtinInvalid: Another number of digits, other characters, or nothing but zeros.
        CheckDigitWrong: The last digit does not fit.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not _is_digits(digits) or len(digits) not in GTIN_LENGTHS or not digits.strip("0"):
        raise GtinInvalid(
            tell("“%(text)s” is not a GTIN.", text=text.strip()[:40]),
            hint="A GTIN has 8, 12, 13 or 14 digits; it stands under the barcode.",
            field=field,
        )
    _require_check_digit(digits, "GTIN", field)
    return digits.zfill(max(GTIN_LENGTHS))


def normalise_sscc(text: str, *, field: str | None = None) -> str:
    """Return a serial shipping container code as 18 digits; spaces are ignored.

    Raises:
        SsccInvalid: Not 18 digits.
        CheckDigitWrong: The last digit does not fit.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not _is_digits(digits) or len(digits) != SSCC_LENGTH:
        raise SsccInvalid(
            tell("“%(text)s” is not an SSCC.", text=text.strip()[:40]),
            hint="An SSCC has 18 digits; on a pallet label it follows (00).",
            field=field,
        )
    _require_check_digit(digits, "SSCC", field)
    return digits


def require_lot(text: str, *, field: str | None = None) -> str:
    """Return a lot, serial number or variant unchanged if a GS1 barcode can hold it.

    Raises:
        LotInvalid: Empty, longer than 20 characters, a character outside the 82 (a space, an
            umlaut), or only points, which a web address would lose.
    """
    if len(text) <= LOT_LENGTH and _CHARACTERS_82.fullmatch(text) and text.strip("."):
        return text
    raise LotInvalid(
        tell("“%(text)s” cannot stand in a GS1 barcode.", text=text[:40]),
        hint="Use 1 to 20 letters A to Z, digits and simple signs such as - . / without spaces.",
        field=field,
    )


def read_date(digits: str, *, today: date, field: str | None = None) -> date:
    """Return the day of six digits YYMMDD; day 00 is the last of the month.

    Args:
        digits: As in the barcode.
        today: Settles the century: more than 50 years ahead is past, and the other way round.
        field: The input field to name in a refusal.

    Raises:
        DateInvalid: Not six digits, or no such day.
    """
    parts = _DATE.fullmatch(digits)
    if parts is None or not 1 <= int(parts[2]) <= _DECEMBER:
        _refuse_date(digits, field)
    year, month, day = _full_year(int(parts[1]), today.year), int(parts[2]), int(parts[3])
    last_day = monthrange(year, month)[1]
    if day > last_day:
        _refuse_date(digits, field)
    return date(year, month, day or last_day)


def write_date(day: date) -> str:
    """Return a day as YYMMDD."""
    return f"{day:%y%m%d}"


def _full_year(two_digits: int, current_year: int) -> int:
    century = current_year - current_year % 100
    ahead = two_digits - current_year % 100
    if ahead >= _CENTURY_AHEAD:
        century -= 100
    elif ahead <= _CENTURY_BEHIND:
        century += 100
    return century + two_digits


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _require_check_digit(digits: str, name: str, field: str | None) -> None:
    if check_digit_of(digits[:-1]) != digits[-1]:
        raise CheckDigitWrong(
            tell(
                "%(digits)s is not a valid %(name)s: its last digit does not fit the others.", digits=digits, name=name
            ),
            hint="Scan it again, or compare it digit by digit.",
            field=field,
        )


def _refuse_date(digits: str, field: str | None) -> NoReturn:
    raise DateInvalid(
        tell("“%(digits)s” is not a date written YYMMDD.", digits=digits[:20]),
        hint="For 31 March 2027 it is 270331.",
        field=field,
    )
