"""Numbers, quantities, money, dates and times as a person reads them, by language and zone.

Pure functions over Babel; the page filters of the same names are bound in `pages`.
Parsing what a person typed does not belong here: forms send plain decimal points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_timedelta, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from provender.kit.countries import name_country

LANGUAGES = ("en", "de", "ja")
"""The languages of the product; the first one is the fallback."""

_LOCALE_BY_LANGUAGE = {"en": "en_GB", "de": "de_DE", "ja": "ja_JP"}
_GRAMS_PER_KILOGRAM = Decimal(1000)
_MILLILITRES_PER_LITRE = Decimal(1000)
_SYMBOL_BY_UNIT = {"g": "g", "kg": "kg", "ml": "ml", "l": "l"}
_MAX_DECIMALS = 9


@dataclass(frozen=True)
class Presentation:
    """How one reader sees values.

    Attributes:
        language: One of `LANGUAGES`.
        zone: IANA name of the time zone in which instants are shown.
    """

    language: str = "en"
    zone: str = "UTC"


@lru_cache(maxsize=len(LANGUAGES) * 4)
def locale_of(language: str) -> Locale:
    """Return the Babel locale for a language; an unknown language reads as English.

    English is British: day before month, so no date can be read two ways.
    """
    return Locale.parse(_LOCALE_BY_LANGUAGE.get(language, _LOCALE_BY_LANGUAGE["en"]))


def format_number(value: Decimal | float, decimals: int | None = None, *, presentation: Presentation) -> str:
    """Return a grouped number; `decimals` fixes the digits after the point, else as many as exist."""
    places = "0" * decimals if decimals is not None else "#" * _MAX_DECIMALS
    pattern = f"#,##0.{places}" if places else "#,##0"
    return format_decimal(value, format=pattern, locale=locale_of(presentation.language))


def format_quantity(amount: Decimal, unit: str, *, presentation: Presentation) -> str:
    """Return a quantity in the unit a person would say it in, rounded for reading.

    Grams become kilograms and millilitres litres from 1000 on; three decimals below 10,
    two below 100, one above. The exact figure belongs in the title: `format_exact_quantity`.

    Args:
        amount: Quantity in `unit`, any sign.
        unit: 'g', 'ml', 'piece', or any other unit, which is shown as it is.
        presentation: Language of the reader.
    """
    larger = {"g": ("kg", _GRAMS_PER_KILOGRAM), "ml": ("l", _MILLILITRES_PER_LITRE)}.get(unit)
    if larger and abs(amount) >= larger[1]:
        return _join_unit(amount / larger[1], larger[0], presentation)
    return _join_unit(amount, unit, presentation)


def format_exact_quantity(amount: Decimal, unit: str, *, presentation: Presentation) -> str:
    """Return a quantity in its base unit with every digit that is stored."""
    number = format_number(amount, presentation=presentation)
    return number if unit == "piece" else f"{number} {_SYMBOL_BY_UNIT.get(unit, unit)}"


def format_mass_kg(mass_g: Decimal, decimals: int = 2, *, presentation: Presentation) -> str:
    """Return grams as kilograms without the unit, for a column whose head says kg."""
    return format_number(mass_g / _GRAMS_PER_KILOGRAM, decimals, presentation=presentation)


def _join_unit(amount: Decimal, unit: str, presentation: Presentation) -> str:
    rounded = round(amount, _sensible_decimals(abs(amount)))
    number = format_number(rounded, presentation=presentation)
    return number if unit == "piece" else f"{number} {_SYMBOL_BY_UNIT.get(unit, unit)}"


def _sensible_decimals(size: Decimal) -> int:
    if size >= 100:  # noqa: PLR2004 the three steps are the rule in the docstring above
        return 1
    return 2 if size >= 10 else 3  # noqa: PLR2004


def format_share(share: Fraction | Decimal | float, *, presentation: Presentation) -> str:
    """Return a share of one as a percentage with at most one decimal: 2/5 is 40 %.

    A share that is not zero never reads as 0 %, and one below the whole never as 100 %.
    """
    locale = locale_of(presentation.language)
    lowest, highest = Fraction(1, 1000), Fraction(999, 1000)
    exact = Fraction(share)
    if 0 < exact < lowest:
        return "< " + format_percent(Decimal("0.001"), format="#,##0.# %", locale=locale)
    if highest < exact < 1:
        return "> " + format_percent(Decimal("0.999"), format="#,##0.# %", locale=locale)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return format_percent(decimal, format="#,##0.# %", locale=locale)


def format_money(amount: Decimal, currency: str, *, presentation: Presentation) -> str:
    """Return an amount with its currency; the currency decides the decimals (JPY has none)."""
    return format_currency(amount, currency, locale=locale_of(presentation.language))


def format_date(day: date, *, presentation: Presentation) -> str:
    """Return a calendar day that cannot be misread: 20 Nov 2026, 20. Nov. 2026, 2026年11月20日."""
    return format_skeleton("yMMMd", _at_noon(day), locale=locale_of(presentation.language))


def format_datetime(at: datetime, *, presentation: Presentation) -> str:
    """Return day, hour and minute of an instant in the reader's zone, without naming the zone."""
    local = at.astimezone(ZoneInfo(presentation.zone))
    clock = f"{local:%H:%M}"
    day = format_date(local.date(), presentation=presentation)
    return f"{day} {clock}" if presentation.language == "ja" else f"{day}, {clock}"


def format_datetime_with_zone(at: datetime, *, presentation: Presentation) -> str:
    """Return an instant with the name of the zone it is shown in."""
    zone = format_zone(presentation.zone, presentation=presentation)
    return f"{format_datetime(at, presentation=presentation)} ({zone})"


def format_zone(zone: str, *, presentation: Presentation) -> str:
    """Return a zone as people call it all year round: Central European Time, 日本時間."""
    return get_timezone_name(ZoneInfo(zone), locale=locale_of(presentation.language))


def format_age(at: datetime, now: datetime, *, presentation: Presentation) -> str:
    """Return how long ago an instant was, in the largest sensible unit: 12 minutes ago."""
    elapsed: timedelta = at - now
    return format_timedelta(elapsed, add_direction=True, locale=locale_of(presentation.language))


def format_enumeration(items: Iterable[str], *, presentation: Presentation) -> str:
    """Return items joined as a sentence joins them: A, B and C."""
    return format_list(list(items), locale=locale_of(presentation.language))


def format_country(code: str, *, presentation: Presentation) -> str:
    """Return the name of a country given by its ISO 3166-1 alpha-2 code; an unknown code as it is."""
    return name_country(code, presentation.language)


def _at_noon(day: date) -> datetime:
    """Return a naive noon, which no zone conversion inside Babel can move to another day."""
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
