"""Exact fractions, and the point at which they are cut to 60 digits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)

LONGEST_DENOMINATOR_BITS: Final = 512
"""Beyond this (some thirty blends in a row) a fraction is cut to 60 digits: a tank that is topped
up for years multiplies denominators without end, and nobody sees the 60th digit."""

_SIXTY_DIGITS: Final = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total, and whether it had to be cut on the way."""

    amount: Fraction
    is_rounded: bool


def is_too_long(number: Fraction) -> bool:
    """Whether the exact form has grown beyond use."""
    return number.denominator.bit_length() > LONGEST_DENOMINATOR_BITS


def cut_to_sixty_digits(number: Fraction) -> Fraction:
    """Return the nearest number of 60 significant digits."""
    return Fraction(_SIXTY_DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator)))


def add_fractions(amounts: Iterable[Fraction]) -> Sum:
    """Add up in the order given, cutting the total whenever its form grows too long.

    The order matters for the 60th digit once something was cut, so callers sort.
    """
    total = ZERO
    is_rounded = False
    for amount in amounts:
        total += amount
        if is_too_long(total):
            total = cut_to_sixty_digits(total)
            is_rounded = True
    return Sum(total, is_rounded)
