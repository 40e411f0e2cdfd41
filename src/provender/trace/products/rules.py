"""Decisions about products: the one form in which a GTIN is kept."""

from __future__ import annotations

from typing import Final

NATURAL_LENGTHS: Final = (8, 12, 13)
"""Digits of a GTIN as it is printed; what needs more has 14."""


def shorten_gtin(gtin_14: str) -> str:
    """Return a GTIN of 14 digits in its natural length, so that one GTIN has one form.

    GTIN-8, -12 and -13 are the same numbers filled with zeros at the left (GS1 General
    Specifications 3.3.2); the check digit does not depend on the zeros.
    """
    significant = gtin_14.lstrip("0")
    length = next((length for length in NATURAL_LENGTHS if len(significant) <= length), len(gtin_14))
    return significant.rjust(length, "0")
