"""Units: exact sizes, names in three languages, and no mixing of mass, volume and count."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.quantities.errors import (
    NetContentMissing,
    NotPositive,
    UnitUnknown,
    WrongDimension,
)
from provender.kit.quantities.units import (
    UNITS,
    BaseUnit,
    Dimension,
    convert_to_base,
    find_unit,
    mass_g_of,
    quantity_of_mass,
    require_dimension,
)

amounts = st.decimals(min_value="0.000001", max_value="99999999", places=6)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KG", "kg"),
        ("㎏", "kg"),
        ("キロ", "kg"),
        ("Stück", "piece"),
        ("Stk.", "piece"),
        ("個", "piece"),
        ("ﾄﾝ", "t"),
        (" Pounds ", "lb"),
        ("Liter", "l"),
    ],
)
def test_units_are_found_as_people_write_them(name: str, code: str) -> None:
    assert find_unit(name).code == code


@pytest.mark.parametrize("name", ["%", "ton", "Pfund", "cases", "箱", "", "stone", "kgg"])
def test_a_unit_without_one_meaning_is_refused_with_the_field_and_a_way_out(name: str) -> None:
    with pytest.raises(UnitUnknown) as caught:
        find_unit(name, field="quantity")

    assert caught.value.field == "quantity"
    assert caught.value.hint


def test_no_two_units_share_a_name() -> None:
    names = [name.casefold() for unit in UNITS for name in (unit.code, *unit.names)]

    assert len(names) == len(set(names))


def test_a_pound_is_sixteen_ounces_exactly() -> None:
    assert convert_to_base(Decimal(16), find_unit("oz")) == Decimal("453.59237")
    assert convert_to_base(Decimal(1), find_unit("lb")) == Decimal("453.59237")


@given(amount=amounts, unit=st.sampled_from(UNITS))
def test_conversion_is_exact(amount: Decimal, unit: object) -> None:
    known = next(one for one in UNITS if one is unit)

    assert Fraction(convert_to_base(amount, known)) == Fraction(amount) * Fraction(known.size)


def test_litres_are_refused_for_something_kept_in_grams() -> None:
    with pytest.raises(WrongDimension) as caught:
        require_dimension(find_unit("l"), BaseUnit.GRAM, field="inputs.0.quantity")

    assert caught.value.field == "inputs.0.quantity"
    assert "kg" in str(caught.value.hint)


def test_every_unit_fits_the_base_unit_of_its_own_dimension() -> None:
    for unit in UNITS:
        require_dimension(unit, unit.base_unit)

    assert {unit.dimension for unit in UNITS} == set(Dimension)


@given(pieces=st.integers(1, 10**9), net_content_g=amounts)
def test_pieces_to_grams_and_back_is_the_same_number(pieces: int, net_content_g: Decimal) -> None:
    mass_g = mass_g_of(Decimal(pieces), net_content_g)

    assert mass_g == pieces * net_content_g
    assert quantity_of_mass(mass_g, net_content_g) == pieces


def test_pieces_without_a_net_content_are_not_weighed() -> None:
    with pytest.raises(NetContentMissing):
        mass_g_of(Decimal(3), None, field="quantity")


@pytest.mark.parametrize("net_content_g", ["0", "-1", "NaN", "Infinity"])
def test_a_net_content_must_be_more_than_nothing(net_content_g: str) -> None:
    with pytest.raises(NotPositive):
        quantity_of_mass(Decimal(3), Decimal(net_content_g))
