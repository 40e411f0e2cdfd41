"""Quantities as people read them, in English, German and Japanese, through Babel.

What belongs here: text out. Nothing is rounded: a recall notice and a balance show the number
that was recorded, so digits appear as they are and only the unit is chosen for reading.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

from babel.numbers import format_decimal

from provender.kit.quantities.units import EXACT, BaseUnit

MOST_REMEMBERED: Final = 4096
"""Writings kept: a recall of a hundred thousand lines says the same few quantities again and again."""
_LARGER: Final = {BaseUnit.GRAM: "kg", BaseUnit.MILLILITRE: "l"}
_PER_LARGER: Final = Decimal(1000)
_SEPARATOR_BY_LANGUAGE: Final = {"en": "\u00a0", "de": "\u00a0", "ja": ""}
_PIECES_BY_LANGUAGE: Final = {
    "en": ("piece", "pieces"),
    "de": ("Stück", "Stück"),
    "ja": ("個", "個"),
}


@lru_cache(maxsize=MOST_REMEMBERED)
def write_number(number: Decimal | int, *, language: str = "en") -> str:
    """Return `number` with the language's marks, every recorded digit, no trailing zeros."""
    with localcontext(EXACT):
        return format_decimal(number, locale=language, decimal_quantization=False)


@lru_cache(maxsize=MOST_REMEMBERED)
def write_quantity(amount: Decimal, base_unit: BaseUnit, *, language: str = "en") -> str:
    """Return an amount in base units as text, in kg or l from one thousand on.

    The unit is joined by a no-break space, so that a line never ends between the two.
    """
    gap = _SEPARATOR_BY_LANGUAGE.get(language, "\u00a0")
    if base_unit is BaseUnit.PIECE:
        one, many = _PIECES_BY_LANGUAGE.get(language, _PIECES_BY_LANGUAGE["en"])
        return f"{write_number(amount, language=language)}{gap}{one if amount == 1 else many}"
    if abs(amount) < _PER_LARGER:
        return f"{write_number(amount, language=language)}\u00a0{base_unit.value}"
    with localcontext(EXACT):
        larger = amount / _PER_LARGER
    return f"{write_number(larger, language=language)}\u00a0{_LARGER[base_unit]}"
