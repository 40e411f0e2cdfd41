"""Faults that pydantic finds, in sentences that can be said in the reader's language.

What is checked stands in the payloads; here is only how a failed check is told. Sentences are
pydantic's own, so that REST and pages say the same; a kind that is not listed stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from provender.kit.sentences import Sentence

MESSAGES: Final = {
    "missing": "Field required",
    "extra_forbidden": "Extra inputs are not permitted",
    "bool_parsing": "Input should be a valid boolean, unable to interpret input",
    "date_from_datetime_parsing": "Input should be a valid date or datetime",
    "date_parsing": "Input should be a valid date in the format YYYY-MM-DD",
    "datetime_from_date_parsing": "Input should be a valid datetime or date",
    "datetime_parsing": "Input should be a valid datetime",
    "decimal_max_digits": "Decimal input should have no more than %(max_digits)s digits in total",
    "decimal_max_places": "Decimal input should have no more than %(decimal_places)s decimal places",
    "decimal_parsing": "Input should be a valid decimal",
    "decimal_whole_digits": "Decimal input should have no more than %(whole_digits)s digits before the decimal point",
    "enum": "Input should be %(expected)s",
    "finite_number": "Input should be a finite number",
    "greater_than": "Input should be greater than %(gt)s",
    "greater_than_equal": "Input should be greater than or equal to %(ge)s",
    "int_from_float": "Input should be a valid integer, got a number with a fractional part",
    "int_parsing": "Input should be a valid integer, unable to parse string as an integer",
    "less_than": "Input should be less than %(lt)s",
    "less_than_equal": "Input should be less than or equal to %(le)s",
    "literal_error": "Input should be %(expected)s",
    "string_pattern_mismatch": "String does not have the expected form",
    "string_too_long": "String should have at most %(max_length)s characters",
    "string_too_short": "String should have at least %(min_length)s characters",
    "timezone_aware": "Input should have timezone info",
    "too_long": "List should have at most %(max_length)s items",
    "too_short": "List should have at least %(min_length)s items",
    "uuid_parsing": "Input should be a valid UUID",
}
"""Kind of error -> message, with the names of pydantic's context."""


def tell_fault(fault: Mapping[str, object]) -> str:
    """Return what is wrong: the sentence of our own check, or pydantic's with its values.

    Args:
        fault: One of the errors of a ValidationError, with its `type`, `msg` and `ctx`.
    """
    context = cast("dict[str, object]", fault.get("ctx", {}))
    ours = context.get("error")
    if isinstance(ours, ValueError) and ours.args:
        return cast("str", ours.args[0])
    said = cast("str", fault["msg"])
    message = MESSAGES.get(cast("str", fault["type"]))
    return said if message is None else Sentence(said, message, context)
