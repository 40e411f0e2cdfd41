"""Exact fractions until they grow too long, then sixty digits."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from provender.trace.recall.rules.fractions import (
    LONGEST_DENOMINATOR_BITS,
    add_fractions,
    cut_to_sixty_digits,
)


@given(amounts=st.lists(st.fractions(0, 1, max_denominator=1000), max_size=20))
def test_sums_of_everyday_fractions_are_exact(amounts: list[Fraction]) -> None:
    total = add_fractions(amounts)

    assert total.amount == sum(amounts)
    assert not total.is_rounded


def test_a_sum_that_grows_too_long_is_cut_and_says_so() -> None:
    amounts = [Fraction(1, number) for number in range(10**9 + 1, 10**9 + 80, 2)]

    total = add_fractions(amounts)

    assert total.is_rounded
    assert total.amount.denominator.bit_length() <= LONGEST_DENOMINATOR_BITS
    assert abs(total.amount - sum(amounts)) < Fraction(1, 10**60)


def test_a_cut_keeps_sixty_digits() -> None:
    third = cut_to_sixty_digits(Fraction(1, 3))

    assert third == Fraction(int("3" * 60), 10**60)
