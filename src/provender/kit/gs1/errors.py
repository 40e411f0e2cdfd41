"""How GS1 codes refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal


class Gs1Refusal(Refusal):
    """A code that is not what GS1 defines."""

    code = "gs1.invalid"


class GtinInvalid(Gs1Refusal):
    """Not 8, 12, 13 or 14 digits."""

    code = "gs1.gtin_invalid"


class SsccInvalid(Gs1Refusal):
    """Not 18 digits."""

    code = "gs1.sscc_invalid"


class CheckDigitWrong(Gs1Refusal):
    """The last digit does not fit the others: mistyped or misread."""

    code = "gs1.check_digit_wrong"


class LotInvalid(Gs1Refusal):
    """A lot, serial number or variant that no GS1 barcode can hold."""

    code = "gs1.lot_invalid"


class DateInvalid(Gs1Refusal):
    """Not a date of six digits, YYMMDD."""

    code = "gs1.date_invalid"


class LinkInvalid(Gs1Refusal):
    """Not a Digital Link address."""

    code = "gs1.link_invalid"


class ElementStringInvalid(Gs1Refusal):
    """A scanned text that does not follow the application identifiers in it."""

    code = "gs1.element_string_invalid"
