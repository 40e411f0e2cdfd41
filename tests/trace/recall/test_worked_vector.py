"""The worked vector of the specification, to the gram."""

from __future__ import annotations

from fractions import Fraction

import pytest

from provender.trace.recall.model import ItemClass, ItemKind, Root
from provender.trace.recall.rules.balance import balance_mass
from provender.trace.recall.rules.exposure import trace_exposure
from provender.trace.recall.rules.reach import reach
from tests.trace.recall.records import worked_vector


def test_the_shares_of_bean_a1_are_those_worked_by_hand() -> None:
    exposure = trace_exposure(worked_vector().graph(), ["A1"])

    assert exposure.share_by_batch == {
        "A1": 1,
        "N1": Fraction(3, 5),
        "SHELL": Fraction(3, 5),
        "M1": Fraction(2, 5),
        "W1": Fraction(2, 5),
        "BR1": Fraction(2, 5),
        "X1": Fraction(2, 5),
        "M2": Fraction(32, 75),
        "BR2": Fraction(32, 75),
        "X2": Fraction(32, 75),
    }
    assert not exposure.is_rounded


def test_of_60_kg_of_bean_a1_58_8_kg_are_found_and_1_2_kg_were_lost() -> None:
    balance = balance_mass(worked_vector().graph(), "A1")

    assert balance.received.amount == 60_000
    assert balance.found == 58_800
    assert balance.lost.amount == 1_200
    assert balance.found_share == Fraction(98, 100)
    assert balance.found_and_lost_share == 1
    assert balance.is_exact
    assert not balance.is_over


def test_the_parts_of_bean_a1_lie_where_the_example_says() -> None:
    balance = balance_mass(worked_vector().graph(), "A1")

    found_g = {finding.batch_id: finding.found for finding in balance.findings if finding.found}
    assert found_g == {
        "N1": 6_000,
        "SHELL": 10_800,
        "M1": 6_000,
        "BR1": 23_000,
        "X1": 200,
        "M2": Fraction(32_000, 15),
        "BR2": 10_240,
        "X2": Fraction(32_000, 75),
    }


@pytest.mark.parametrize(
    ("root", "found_g", "received_g"),
    [("S1", 28_000, 28_000), ("B1", 39_200, 40_000), ("CB1", 5_000, 5_000)],
)
def test_the_other_roots_are_found_as_worked_by_hand(root: str, found_g: int, received_g: int) -> None:
    balance = balance_mass(worked_vector().graph(), root)

    assert (balance.found, balance.received.amount) == (found_g, received_g)


def test_the_own_account_of_a_used_up_root_explains_all_of_it() -> None:
    balance = balance_mass(worked_vector().graph(), "A1")

    assert balance.used.amount == 60_000
    assert balance.unaccounted.amount == 0
    assert balance.explained == 1
    assert [(row.table, row.id) for row in balance.used.rows] == [("process_input", "R1/1")]
    assert [row.id for row in balance.received.rows] == ["receive A1/1"]


def test_bean_a1_reaches_both_bars_through_nibs_and_rework() -> None:
    items = reach(worked_vector().graph(), [Root("A1")])

    batches = {item.id: item for item in items if item.kind is ItemKind.BATCH}
    assert set(batches) == {"A1", "N1", "SHELL", "M1", "W1", "X1", "BR1", "M2", "BR2", "X2"}
    assert {item.item_class for item in batches.values()} == {ItemClass.DIRECT}
    assert [batches[each].depth for each in ("A1", "N1", "M1", "M2", "BR1", "BR2")] == [
        0, 1, 2, 2, 3, 3,
    ]  # fmt: skip


@pytest.mark.parametrize("root", ["A1", "B1", "S1"])
def test_the_answer_does_not_depend_on_the_order_of_the_rows(root: str) -> None:
    records = worked_vector()

    for seed in range(20):
        assert reach(records.graph(seed), [Root(root)]) == reach(records.graph(), [Root(root)])
        assert balance_mass(records.graph(seed), root) == balance_mass(records.graph(), root)
