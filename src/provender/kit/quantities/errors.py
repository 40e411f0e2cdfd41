"""How quantities refuse: each names the field and the way out."""

from __future__ import annotations

from provender.kit.errors import Refusal


class QuantityRefusal(Refusal):
    """A quantity that cannot be used."""

    code = "quantity.invalid"


class NotANumber(QuantityRefusal):
    """The text holds no number, or a word such as nan or infinity."""

    code = "quantity.not_a_number"


class AmbiguousNumber(QuantityRefusal):
    """Commas and points are placed so that two readings, or none, are possible."""

    code = "quantity.ambiguous_number"


class NotPositive(QuantityRefusal):
    """Zero or below: a quantity that moves nothing, or backwards."""

    code = "quantity.not_positive"


class OutOfRange(QuantityRefusal):
    """Larger, or written with more decimals, than any real quantity."""

    code = "quantity.out_of_range"


class NotWhole(QuantityRefusal):
    """A part of a piece."""

    code = "quantity.not_whole"


class UnitMissing(QuantityRefusal):
    """A bare number where the unit is not known from elsewhere."""

    code = "quantity.unit_missing"


class UnitUnknown(QuantityRefusal):
    """A unit this program does not know, or one that means different things to different people."""

    code = "quantity.unit_unknown"


class WrongDimension(QuantityRefusal):
    """Mass, volume and count mixed up."""

    code = "quantity.wrong_dimension"


class NetContentMissing(QuantityRefusal):
    """Pieces and grams cannot be exchanged without a net content."""

    code = "quantity.net_content_missing"
