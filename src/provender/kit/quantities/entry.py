"""Quantities as people enter them: text, decimal comma or point, unit beside or inside.

What belongs here: text (or a number from JSON) in, an exact `Quantity` out, or a refusal that
names the field and the fix. What does not: unit sizes (`units`), writing quantities (`display`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

from provender.kit.quantities.errors import (
    AmbiguousNumber,
    NotANumber,
    NotPositive,
    NotWhole,
    OutOfRange,
    UnitMissing,
)
from provender.kit.quantities.units import (
    BaseUnit,
    Dimension,
    Unit,
    convert_to_base,
    find_unit,
    require_dimension,
)
from provender.kit.sentences import tell

MAXIMUM_AMOUNT: Final = Decimal(10) ** 15
"""Base units at and above which an amount is a slip: a billion tonnes in grams."""

MAXIMUM_DECIMALS: Final = 15
"""Decimals of an amount in base units: the nine of an ounce and six that were typed."""

MAXIMUM_LENGTH: Final = 60
"""Characters of a quantity; anything longer is not read at all."""

_DECIMAL_MARK_BY_LANGUAGE: Final = {"en": ".", "de": ",", "ja": "."}

_PARTS: Final = re.compile(r"(?P<number>[+\-\u2212]?[0-9.,'\u2019 ]*)(?P<unit>[^0-9]*)")
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount more than zero, as entered and in base units.

    Attributes:
        amount: In `base_unit`, exact; this is what is stored and computed with.
        entered_amount: The number as typed, in `entered_unit`.
        entered_unit: Code of the unit as typed (`kg`, `lb`, `piece` ...).
    """

    amount: Decimal
    base_unit: BaseUnit
    entered_amount: Decimal
    entered_unit: str


def read_quantity(
    text: str,
    base_unit: BaseUnit,
    *,
    unit: str | None = None,
    language: str = "en",
    field: str | None = None,
) -> Quantity:
    """Read a positive quantity such as `1.056,5 kg`, `12 lb`, `３０個`.

    Args:
        text: Number, with or without a unit behind it.
        base_unit: What the material is kept in; a unit of another dimension is refused.
        unit: The unit chosen beside the field; one inside `text` must agree with it in name.
        language: `en`, `de` or `ja`: settles which of comma and point divides, where the text
            alone does not.
        field: The input field to name in a refusal.

    Raises:
        NotANumber: No number, nan, infinity, or another script's digits.
        AmbiguousNumber: Separators that fit neither reading.
        NotPositive: Zero or negative.
        OutOfRange: Beyond `MAXIMUM_AMOUNT`, or finer than `MAXIMUM_DECIMALS`.
        NotWhole: A part of a piece.
        UnitMissing: A unit neither in the text nor beside it.
        UnitUnknown: See `find_unit`.
        WrongDimension: See `require_dimension`.
    """
    number, unit_name = _split(text, field)
    entered_unit = _choose_unit(unit_name, unit, field)
    entered_amount = read_amount(number, language=language, field=field)
    return make_quantity(entered_amount, entered_unit, base_unit, field=field)


def make_quantity(amount: Decimal, unit: Unit, base_unit: BaseUnit, *, field: str | None = None) -> Quantity:
    """Check a number that is already one (JSON, CSV) and return it with its base amount.

    Raises:
        NotANumber: nan or infinity.
        NotPositive: Zero or negative.
        OutOfRange: Beyond `MAXIMUM_AMOUNT`, or finer than `MAXIMUM_DECIMALS`.
        NotWhole: A part of a piece.
        WrongDimension: `unit` does not measure what `base_unit` measures.
    """
    _check_number(amount, field)
    require_dimension(unit, base_unit, field=field)
    base_amount = convert_to_base(amount, unit)
    _check_range(base_amount, field)
    if unit.dimension is Dimension.COUNT and base_amount != base_amount.to_integral_value():
        raise NotWhole(
            tell("%(amount)s is not a whole number of pieces.", amount=amount),
            hint="Round it, or give the mass instead.",
            field=field,
        )
    return Quantity(amount=base_amount, base_unit=base_unit, entered_amount=amount, entered_unit=unit.code)


def read_amount(text: str, *, language: str = "en", field: str | None = None) -> Decimal:
    """Read a bare number with or without thousands separators; zero and below pass.

    Both marks present: the last one divides, in every language. One mark alone divides unless
    it can only, or by the language should, separate thousands: `1.056` is 1056 in German and
    1.056 in English, `12,5` is 12.5 in both, `0.500` is a half in both.

    Raises:
        NotANumber: No number.
        AmbiguousNumber: Separators that fit neither reading, such as `1,05,6`.
    """
    folded = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    folded = folded.replace("\u2019", "'")
    if len(folded) > MAXIMUM_LENGTH or not re.search(r"[0-9]", folded):
        _refuse_number(text, field)
    sign = -1 if folded.startswith("-") else 1
    digits = folded.removeprefix("-").removeprefix("+").strip()
    if not re.fullmatch(r"[0-9.,' ]+", digits):
        _refuse_number(text, field)
    whole, decimals = _divide(digits, _DECIMAL_MARK_BY_LANGUAGE.get(language, "."))
    plain = _join_thousands(whole) + decimals
    if not _PLAIN.fullmatch(plain):
        raise AmbiguousNumber(
            tell("“%(text)s” can be read in more than one way, or in none.", text=text.strip()),
            hint="Write it without thousands separators, for example 1056.5.",
            field=field,
        )
    return sign * Decimal(plain)


def _divide(digits: str, decimal_mark: str) -> tuple[str, str]:
    """Split at the decimal mark; the decimals come back with a point in front, or empty."""
    marks = [character for character in digits if character in ".,"]
    if not marks:
        return digits, ""
    last = marks[-1]
    head, _, tail = digits.rpartition(last)
    if marks.count(last) > 1 or (last != decimal_mark and _is_grouping(digits, marks)):
        return digits, ""
    return head, f".{tail}"


def _is_grouping(digits: str, marks: list[str]) -> bool:
    return len(set(marks)) == 1 and _GROUPED.fullmatch(digits) is not None


def _join_thousands(whole: str) -> str:
    """Drop the separators of a well-grouped number; leave anything else for the refusal."""
    return re.sub(r"[.,' ]", "", whole) if _GROUPED.fullmatch(whole) else whole


def _split(text: str, field: str | None) -> tuple[str, str]:
    folded = unicodedata.normalize("NFKC", text).strip()
    parts = _PARTS.fullmatch(folded) if len(folded) <= MAXIMUM_LENGTH else None
    if parts is None:
        _refuse_number(text, field)
    return parts["number"].strip(), parts["unit"].strip()


def _choose_unit(written: str, beside: str | None, field: str | None) -> Unit:
    chosen = find_unit(beside, field=field) if beside else None
    if not written:
        if chosen is None:
            raise UnitMissing(
                "The quantity has no unit.",
                hint="Write the unit behind the number, for example 12 kg.",
                field=field,
            )
        return chosen
    found = find_unit(written, field=field)
    if chosen is not None and chosen != found:
        raise AmbiguousNumber(
            tell(
                "The text says %(written)s, the choice beside it says %(chosen)s.",
                written=found.code,
                chosen=chosen.code,
            ),
            hint="Make them agree, or leave the unit out of the text.",
            field=field,
        )
    return found


def _check_number(amount: Decimal, field: str | None) -> None:
    if not amount.is_finite():
        _refuse_number(str(amount), field)
    if amount <= 0:
        raise NotPositive(
            "A quantity must be more than zero.",
            hint="To take something back, reverse the process or record a return.",
            field=field,
        )


def _check_range(base_amount: Decimal, field: str | None) -> None:
    exponent = base_amount.as_tuple().exponent
    is_too_fine = isinstance(exponent, int) and exponent < -MAXIMUM_DECIMALS
    if base_amount >= MAXIMUM_AMOUNT or is_too_fine:
        raise OutOfRange(
            "The quantity is larger, or has more decimals, than anything that can be weighed.",
            hint="Check the number and its unit.",
            field=field,
        )


def _refuse_number(text: str, field: str | None) -> NoReturn:
    raise NotANumber(
        tell("“%(text)s” is not a number.", text=text.strip()[:40]),
        hint="Write digits, for example 12 or 12.5.",
        field=field,
    )
