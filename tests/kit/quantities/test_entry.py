"""Quantities as entered: both decimal marks, three languages, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.quantities.display import write_number, write_quantity
from provender.kit.quantities.entry import make_quantity, read_amount, read_quantity
from provender.kit.quantities.errors import (
    AmbiguousNumber,
    NotANumber,
    NotPositive,
    NotWhole,
    OutOfRange,
    QuantityRefusal,
    UnitMissing,
    UnitUnknown,
    WrongDimension,
)
from provender.kit.quantities.units import BaseUnit, find_unit

languages = st.sampled_from(["en", "de", "ja"])


@pytest.mark.parametrize(
    ("text", "language", "amount_g"),
    [
        ("12 kg", "en", "12000"),
        ("12kg", "de", "12000"),
        ("1.056,5 kg", "de", "1056500"),
        ("1.056,5 kg", "en", "1056500"),
        ("1,056.5 kg", "en", "1056500"),
        ("1,056.5 kg", "de", "1056500"),
        ("1.056 kg", "de", "1056000"),
        ("1.056 kg", "en", "1056"),
        ("1,056 kg", "ja", "1056000"),
        ("12,5 kg", "en", "12500"),
        ("12.5 kg", "de", "12500"),
        ("0.500 kg", "de", "500"),
        ("1 056,5 kg", "de", "1056500"),
        ("1'056.5 kg", "de", "1056500"),
        ("1.234.567 g", "en", "1234567"),
        (".5 kg", "en", "500"),
        ("\uff11\uff12\uff0e\uff15\uff4b\uff47", "ja", "12500"),
        ("+3 lb", "en", "1360.77711"),
    ],
)
def test_a_quantity_is_read_as_its_language_writes_it(text: str, language: str, amount_g: str) -> None:
    quantity = read_quantity(text, BaseUnit.GRAM, language=language)

    assert quantity.amount == Decimal(amount_g)


def test_number_and_unit_as_entered_are_kept() -> None:
    quantity = read_quantity("2,50", BaseUnit.GRAM, unit="kg", language="de")

    assert (str(quantity.entered_amount), quantity.entered_unit) == ("2.50", "kg")
    assert quantity.amount == 2500


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", UnitMissing),
        ("12", UnitMissing),
        ("kg", NotANumber),
        ("nan kg", UnitUnknown),
        ("inf", UnitUnknown),
        ("1e400 kg", NotANumber),
        ("1_000 kg", NotANumber),
        ("٣ kg", UnitUnknown),
        ("60.50 %", UnitUnknown),
        ("1056 cases (34 packs/case)", NotANumber),
        ("0 kg", NotPositive),
        ("-3 kg", NotPositive),
        ("\u22123 kg", NotPositive),
        ("1,05,6 kg", AmbiguousNumber),
        ("1.2.3 kg", AmbiguousNumber),
        ("1..2 kg", AmbiguousNumber),
        ("1, kg", AmbiguousNumber),
        ("1 2 3 kg", AmbiguousNumber),
        ("12 l", WrongDimension),
        ("9999999999999 kg", OutOfRange),
        ("0.0000000000000001 g", OutOfRange),
        ("9" * 100, NotANumber),
    ],
)
def test_what_is_no_quantity_is_refused_and_names_the_field(text: str, refusal: type[QuantityRefusal]) -> None:
    with pytest.raises(refusal) as caught:
        read_quantity(text, BaseUnit.GRAM, field="quantity")

    assert caught.value.field == "quantity"
    assert caught.value.hint
    assert caught.value.code.startswith("quantity.")


@pytest.mark.parametrize("text", ["1e5", "0x10", "1_000", "½", "\u0661"])
def test_an_amount_is_written_in_plain_digits(text: str) -> None:
    with pytest.raises(NotANumber):
        read_amount(text, field="amount")


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_number_from_json_must_be_finite(number: str) -> None:
    with pytest.raises(NotANumber):
        make_quantity(Decimal(number), find_unit("kg"), BaseUnit.GRAM)


@pytest.mark.parametrize("number", ["1e400", "1E+99999", "1e-400"])
def test_an_exponent_beyond_sense_is_refused(number: str) -> None:
    with pytest.raises(OutOfRange):
        make_quantity(Decimal(number), find_unit("kg"), BaseUnit.GRAM)


def test_half_a_piece_is_refused() -> None:
    with pytest.raises(NotWhole):
        read_quantity("2.5 pcs", BaseUnit.PIECE)


def test_whole_pieces_written_with_decimals_are_whole() -> None:
    assert read_quantity("2.0 個", BaseUnit.PIECE, language="ja").amount == 2


def test_a_unit_in_the_text_must_agree_with_the_one_beside_it() -> None:
    with pytest.raises(AmbiguousNumber):
        read_quantity("12 g", BaseUnit.GRAM, unit="kg")


@given(number=st.decimals(min_value="-99999999", max_value="99999999", places=3), language=languages)
def test_a_number_that_was_written_is_read_back(number: Decimal, language: str) -> None:
    # A whole thousand and three decimals look alike only across languages, never within one.
    assert read_amount(write_number(number, language=language), language=language) == number


@given(text=st.text(max_size=70), language=languages)
def test_any_text_is_a_positive_quantity_or_a_refusal(text: str, language: str) -> None:
    try:
        quantity = read_quantity(text, BaseUnit.GRAM, unit="kg", language=language)
    except QuantityRefusal:
        return

    assert 0 < quantity.amount < 10**15


@pytest.mark.parametrize(
    ("amount", "base_unit", "language", "text"),
    [
        ("999", BaseUnit.GRAM, "en", "999\u00a0g"),
        ("57500", BaseUnit.GRAM, "de", "57,5\u00a0kg"),
        ("1056500", BaseUnit.GRAM, "en", "1,056.5\u00a0kg"),
        ("0.125", BaseUnit.GRAM, "de", "0,125\u00a0g"),
        ("1", BaseUnit.PIECE, "en", "1\u00a0piece"),
        ("1200", BaseUnit.PIECE, "de", "1.200\u00a0Stück"),
        ("1200", BaseUnit.PIECE, "ja", "1,200個"),
        ("1500", BaseUnit.MILLILITRE, "ja", "1.5\u00a0l"),
    ],
)
def test_quantities_are_written_for_their_reader(amount: str, base_unit: BaseUnit, language: str, text: str) -> None:
    assert write_quantity(Decimal(amount), base_unit, language=language) == text
