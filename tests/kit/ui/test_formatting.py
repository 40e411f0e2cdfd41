"""How numbers, quantities, money and times read in the three languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.ui import formatting
from provender.kit.ui.formatting import Presentation

ENGLISH = Presentation("en", "Europe/London")
GERMAN = Presentation("de", "Europe/Berlin")
JAPANESE = Presentation("ja", "Asia/Tokyo")
AT = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reader", "expected"),
    [(ENGLISH, "2,168.25"), (GERMAN, "2.168,25"), (JAPANESE, "2,168.25")],
)
def test_numbers_are_grouped_as_the_language_groups(reader: Presentation, expected: str) -> None:
    assert formatting.format_number(Decimal("2168.25"), presentation=reader) == expected


def test_fixed_decimals_line_up_in_a_column() -> None:
    numbers = [formatting.format_number(Decimal(one), 2, presentation=GERMAN) for one in ("5", "0.1")]

    assert numbers == ["5,00", "0,10"]


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("850", "g", "850 g"),
        ("1000", "g", "1 kg"),
        ("1234.56", "g", "1.235 kg"),
        ("58800", "g", "58.8 kg"),
        ("2168230.5", "g", "2,168.2 kg"),
        ("0.5", "g", "0.5 g"),
        ("-1200", "g", "-1.2 kg"),
        ("1500", "ml", "1.5 l"),
        ("12", "piece", "12"),
        ("3", "tray", "3 tray"),
    ],
)
def test_quantities_read_in_the_unit_a_person_would_say(amount: str, unit: str, expected: str) -> None:
    assert formatting.format_quantity(Decimal(amount), unit, presentation=ENGLISH) == expected


def test_the_exact_quantity_keeps_every_digit() -> None:
    exact = formatting.format_exact_quantity(Decimal("58800.125"), "g", presentation=ENGLISH)

    assert exact == "58,800.125 g"
    assert formatting.format_exact_quantity(Decimal(7), "piece", presentation=GERMAN) == "7"


def test_grams_stand_as_kilograms_in_a_column_of_kilograms() -> None:
    assert formatting.format_mass_kg(Decimal(58800), presentation=GERMAN) == "58,80"


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(2, 5), "40 %"),
        (Fraction(32, 75), "42.7 %"),
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 100_000), "< 0.1 %"),
        (Fraction(99_999, 100_000), "> 99.9 %"),
    ],
)
def test_shares_never_round_to_nothing_or_to_all(share: Fraction, expected: str) -> None:
    assert formatting.format_share(share, presentation=ENGLISH) == expected


@given(st.fractions(0, 1))
def test_only_zero_reads_as_nothing_and_only_one_as_the_whole(share: Fraction) -> None:
    text = formatting.format_share(share, presentation=ENGLISH)

    assert (text == "0 %") == (share == 0)
    assert (text == "100 %") == (share == 1)


def test_yen_have_no_decimals_and_euros_have_two() -> None:
    yen = formatting.format_money(Decimal(26980), "JPY", presentation=JAPANESE)
    euros = formatting.format_money(Decimal("1234.5"), "EUR", presentation=GERMAN)

    assert yen == "￥26,980"
    assert euros == "1.234,50\xa0€"


@pytest.mark.parametrize(
    ("reader", "expected"),
    [(ENGLISH, "20 Nov 2026"), (GERMAN, "20. Nov. 2026"), (JAPANESE, "2026年11月20日")],
)
def test_days_cannot_be_misread(reader: Presentation, expected: str) -> None:
    assert formatting.format_date(date(2026, 11, 20), presentation=reader) == expected


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (ENGLISH, "20 Nov 2026, 16:05"),
        (GERMAN, "20. Nov. 2026, 17:05"),
        (JAPANESE, "2026年11月21日 01:05"),
    ],
)
def test_instants_are_shown_in_the_zone_of_the_reader(reader: Presentation, expected: str) -> None:
    assert formatting.format_datetime(AT, presentation=reader) == expected


def test_an_instant_can_name_its_zone() -> None:
    text = formatting.format_datetime_with_zone(AT, presentation=GERMAN)

    assert text == "20. Nov. 2026, 17:05 (Mitteleuropäische Zeit)"


def test_ages_are_told_in_the_largest_unit_that_fits() -> None:
    age = formatting.format_age(AT - timedelta(minutes=12), AT, presentation=ENGLISH)

    assert age == "12 minutes ago"


def test_enumerations_end_as_the_language_ends_them() -> None:
    items = ["Bar", "Nibs", "Mass"]

    assert formatting.format_enumeration(items, presentation=GERMAN) == "Bar, Nibs und Mass"


def test_an_unknown_language_reads_as_english() -> None:
    assert formatting.format_number(Decimal("1.5"), presentation=Presentation("fr")) == "1.5"
