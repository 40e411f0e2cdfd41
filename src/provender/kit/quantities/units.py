"""The units we know and their exact size in base units.

Base units are g (mass), ml (volume) and piece (count). What belongs here: names, sizes and
conversion. What does not: reading a number out of text (`entry`) or writing one (`display`).
Units that mean different amounts to different people (ton, Pfund, pint, ounce of fluid, case)
are left out on purpose and refused with what to write instead.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from typing import Final

from provender.kit.quantities.errors import (
    NetContentMissing,
    NotPositive,
    UnitUnknown,
    WrongDimension,
)
from provender.kit.sentences import Sentence, name_word, tell


class Dimension(StrEnum):
    """What is measured. The three are never mixed without a net content."""

    MASS = "mass"
    VOLUME = "volume"
    COUNT = "count"


_WORD_BY_DIMENSION: Final = {
    Dimension.MASS: name_word("mass"),
    Dimension.VOLUME: name_word("volume"),
    Dimension.COUNT: Sentence("count", "Number of pieces", {}),
}


class BaseUnit(StrEnum):
    """The unit in which a quantity is stored, one per dimension."""

    GRAM = "g"
    MILLILITRE = "ml"
    PIECE = "piece"


DIMENSION_BY_BASE_UNIT: Final = {
    BaseUnit.GRAM: Dimension.MASS,
    BaseUnit.MILLILITRE: Dimension.VOLUME,
    BaseUnit.PIECE: Dimension.COUNT,
}

BASE_UNIT_BY_DIMENSION: Final = {dimension: base_unit for base_unit, dimension in DIMENSION_BY_BASE_UNIT.items()}

EXACT: Final = Context(prec=60)
"""Decimal arithmetic with room for the largest amount times the longest factor, unrounded."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its code, what it measures, its exact size, and how people write it.

    Attributes:
        code: Stored beside a quantity as entered, and shown.
        size: Base units in one of it, exact.
        names: Other spellings, compared after NFKC and case folding, without a closing point.
    """

    code: str
    dimension: Dimension
    size: Decimal
    names: tuple[str, ...] = ()

    @property
    def base_unit(self) -> BaseUnit:
        """The base unit of its dimension."""
        return BASE_UNIT_BY_DIMENSION[self.dimension]


# Sizes: the SI prefixes and the litre (1 dm3) by the SI brochure (9th edition, tables 7 and 8);
# the international avoirdupois pound of 453.592 37 g and its sixteenth by the agreement of
# 1 July 1959 (NIST SP 811, appendix B.8). All are exact by definition.
UNITS: Final = (
    Unit("g", Dimension.MASS, Decimal(1), ("gram", "grams", "gramm", "グラム")),
    Unit("mg", Dimension.MASS, Decimal("0.001"), ("milligram", "milligrams", "milligramm")),
    Unit("dag", Dimension.MASS, Decimal(10), ("dkg", "deka")),
    Unit(
        "kg",
        Dimension.MASS,
        Decimal(1000),
        ("kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramm", "キロ", "キログラム"),
    ),
    Unit("t", Dimension.MASS, Decimal(1_000_000), ("tonne", "tonnes", "tonnen", "トン")),
    Unit("lb", Dimension.MASS, Decimal("453.59237"), ("lbs", "pound", "pounds", "ポンド")),
    Unit("oz", Dimension.MASS, Decimal("28.349523125"), ("ounce", "ounces", "オンス")),
    Unit("ml", Dimension.VOLUME, Decimal(1), ("milliliter", "millilitre", "ミリリットル")),
    Unit("cl", Dimension.VOLUME, Decimal(10), ("centiliter", "centilitre", "zentiliter")),
    Unit("dl", Dimension.VOLUME, Decimal(100), ("deciliter", "decilitre", "deziliter")),
    Unit(
        "l",
        Dimension.VOLUME,
        Decimal(1000),
        ("liter", "litre", "liters", "litres", "ltr", "リットル"),
    ),
    Unit("hl", Dimension.VOLUME, Decimal(100_000), ("hectolitre", "hectoliter", "hektoliter")),
    Unit(
        "piece",
        Dimension.COUNT,
        Decimal(1),
        (
            "pieces",
            "pc",
            "pcs",
            "ea",
            "unit",
            "units",
            "stück",
            "stücke",
            "stueck",
            "stk",
            "個",
            "枚",
            "本",
            "つ",
        ),
    ),
)

_ADVICE_BY_REFUSED_UNIT: Final = {
    "%": "Write the amount itself, not a share of something.",
    "ton": "A ton is 907 kg in one country and 1,016 kg in another: write t (1,000 kg) or kg.",
    "tons": "A ton is 907 kg in one country and 1,016 kg in another: write t (1,000 kg) or kg.",
    "pfund": "Write g, kg, or lb (453.59237 g).",
    "case": "Write the number of pieces, or the mass.",
    "cases": "Write the number of pieces, or the mass.",
    "box": "Write the number of pieces, or the mass.",
    "karton": "Write the number of pieces, or the mass.",
    "箱": "Write the number of pieces, or the mass.",
    "ケース": "Write the number of pieces, or the mass.",
    "fl oz": "Write ml.",
    "pint": "Write ml.",
    "gallon": "Write l.",
}

_KNOWN_UNITS: Final = ", ".join(unit.code for unit in UNITS)


def _fold_name(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(folded.split()).removesuffix(".")


_UNIT_BY_NAME: Final = {_fold_name(name): unit for unit in UNITS for name in (unit.code, *unit.names)}


def find_unit(name: str, *, field: str | None = None) -> Unit:
    """Return the unit that people write as `name` (English, German, Japanese; case ignored).

    Raises:
        UnitUnknown: No such unit, or one without a single meaning.
    """
    folded = _fold_name(name)
    unit = _UNIT_BY_NAME.get(folded)
    if unit is None:
        raise UnitUnknown(
            tell("“%(name)s” is not a unit we can convert.", name=name.strip()[:40]),
            hint=_ADVICE_BY_REFUSED_UNIT.get(folded, tell("Use one of: %(names)s.", names=_KNOWN_UNITS)),
            field=field,
        )
    return unit


def convert_to_base(amount: Decimal, unit: Unit) -> Decimal:
    """Return `amount` of `unit` in its base unit, exact and not rounded."""
    with localcontext(EXACT):
        return amount * unit.size


def require_dimension(unit: Unit, base_unit: BaseUnit, *, field: str | None = None) -> None:
    """Refuse a unit that does not measure what `base_unit` measures.

    Raises:
        WrongDimension: For example litres for something kept in grams.
    """
    expected = DIMENSION_BY_BASE_UNIT[base_unit]
    if unit.dimension is expected:
        return
    fitting = ", ".join(known.code for known in UNITS if known.dimension is expected)
    raise WrongDimension(
        tell(
            "This is kept as %(kept)s, and %(unit)s measures %(measured)s.",
            kept=_WORD_BY_DIMENSION[expected],
            unit=unit.code,
            measured=_WORD_BY_DIMENSION[unit.dimension],
        ),
        hint=tell("Give the quantity in one of: %(names)s.", names=fitting),
        field=field,
    )


def mass_g_of(quantity: Decimal, unit_mass_g: Decimal | None, *, field: str | None = None) -> Decimal:
    """Return the grams in `quantity` base units (pieces, ml, or g) of something.

    Args:
        quantity: In base units.
        unit_mass_g: Net grams in one base unit; 1 for what is kept in grams. None: not known.
        field: The input field to name in a refusal.

    Raises:
        NetContentMissing: `unit_mass_g` is not known.
    """
    with localcontext(EXACT):
        return quantity * _require_net_content(unit_mass_g, field)


def quantity_of_mass(mass_g: Decimal, unit_mass_g: Decimal | None, *, field: str | None = None) -> Decimal:
    """Return how many base units weigh `mass_g`; rounded only at the 60th digit.

    Raises:
        NetContentMissing: `unit_mass_g` is not known.
    """
    with localcontext(EXACT):
        return mass_g / _require_net_content(unit_mass_g, field)


def _require_net_content(unit_mass_g: Decimal | None, field: str | None) -> Decimal:
    if unit_mass_g is None:
        raise NetContentMissing(
            "The net content of one piece is not known, so it cannot be weighed.",
            hint="Give the product a net weight, or enter the quantity in its own unit.",
            field=field,
        )
    if not unit_mass_g.is_finite() or unit_mass_g <= 0:
        raise NotPositive(
            "The net content of one piece must be more than nothing.",
            hint="Correct the net weight of the product.",
            field=field,
        )
    return unit_mass_g
