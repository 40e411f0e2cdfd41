"""Countries by their ISO 3166-1 alpha-2 code: which there are, and their names in three languages.

Names come from CLDR (through Babel). What a country means for a shipment or a recall is not known here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Final, cast

from babel import Locale
from pydantic import AfterValidator, Field, StringConstraints

from provender.kit.sentences import tell

NOT_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
"""Two-letter codes of CLDR that ISO 3166-1 does not assign to a country; XK (Kosovo) stays, for trade uses it."""
SLIPS: Final = {"UK": "GB", "EL": "GR", "EN": "GB", "JA": "JP", "SP": "ES"}
"""Codes people write by mistake, and what they mean."""


@lru_cache(maxsize=8)
def list_countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country in a language, by name."""
    named = [(code, name) for code, name in _names(language).items() if len(code) == len("XX") and code.isalpha()]
    return tuple(sorted((pair for pair in named if pair[0] not in NOT_COUNTRIES), key=lambda pair: _sort_key(pair[1])))


def name_country(code: str, language: str) -> str:
    """Return the name of a country; the code itself when it has none."""
    return _names(language).get(code, code)


def check_country(code: str) -> str:
    """Let pass the code of a country.

    Raises:
        ValueError: nobody assigned it; says which was perhaps meant.
    """
    if code in {known for known, _ in list_countries("en")}:
        return code
    meant = SLIPS.get(code)
    if meant:
        message = tell(
            "%(code)s is not a country code; %(country)s is %(meant)s.",
            code=code,
            country=name_country(meant, "en"),
            meant=meant,
        )
        raise ValueError(message)
    message = tell("%(code)s is not a country code; write two letters such as DE, JP or GH.", code=code)
    raise ValueError(message)


Country = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_upper=True, pattern="^[A-Za-z]{2}$"),
    AfterValidator(check_country),
    Field(description="ISO 3166-1 alpha-2."),
]


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    return dict(cast("Mapping[str, str]", Locale.parse(language).territories))


def _sort_key(name: str) -> str:
    bare = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()
