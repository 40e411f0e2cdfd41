"""Suspects: common causes first, and the narrowest of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from provender.trace.recall.errors import NoRoots, RootMissing
from provender.trace.recall.model import ComplaintBatches, MaterialKind
from provender.trace.recall.rules.suspects import rank_suspects
from tests.trace.recall.records import Records, worked_vector


def three_bars() -> Records:
    """Bars 1 and 2 share a bean; all three share the sugar; each has a bean of its own."""
    records = Records()
    for batch_id in ("shared bean", "bean 1", "bean 2", "bean 3", "sugar"):
        records.add_batch(batch_id, MaterialKind.BEAN)
        records.receive(batch_id, 1000)
    for number in (1, 2, 3):
        records.add_batch(f"bars {number}", MaterialKind.FINISHED)
        beans = {f"bean {number}": 50} if number == 3 else {f"bean {number}": 20, "shared bean": 30}
        records.add_process(f"make {number}", {**beans, "sugar": 50}, {f"bars {number}": 100}, hours=(1, 2))
        records.ship(f"line {number}", f"bars {number}", 10, at=5, customer=f"shop {number}")
    return records


def complaint(number: int, *batch_ids: str) -> ComplaintBatches:
    return ComplaintBatches(f"complaint {number}", frozenset(batch_ids))


def test_what_explains_all_complaints_and_reaches_fewest_others_comes_first() -> None:
    suspects = rank_suspects(three_bars().graph(), [complaint(1, "bars 1"), complaint(2, "bars 2")])

    assert [suspect.batch_id for suspect in suspects] == [
        "shared bean",
        "sugar",
        "bean 1",
        "bean 2",
    ]
    best, second, *_ = suspects
    assert best.explains_all
    assert (best.other_batch_count, best.other_customer_count) == (0, 0)
    assert (second.other_batch_count, second.other_customer_count) == (1, 1)
    assert best.smallest_share == Fraction(3, 10)


def test_a_suspect_names_the_complaints_it_explains() -> None:
    suspects = rank_suspects(three_bars().graph(), [complaint(1, "bars 1"), complaint(2, "bars 3")])

    by_id = {suspect.batch_id: suspect for suspect in suspects}
    assert by_id["sugar"].explains == ("complaint 1", "complaint 2")
    assert by_id["bean 3"].explains == ("complaint 2",)
    assert not by_id["bean 3"].explains_all


def test_a_complaint_that_fits_several_batches_is_explained_by_any_of_them() -> None:
    suspects = rank_suspects(three_bars().graph(), [complaint(1, "bars 1", "bars 3"), complaint(2, "bars 2")])

    assert suspects[0].batch_id == "sugar"
    assert {suspect.batch_id for suspect in suspects if suspect.explains_all} == {
        "sugar",
        "shared bean",
    }


def test_among_equals_the_larger_share_comes_first() -> None:
    suspects = rank_suspects(worked_vector().graph(), [complaint(1, "BR1")])

    assert [suspect.batch_id for suspect in suspects] == ["A1", "B1", "S1", "CB1"]


def test_a_source_that_entered_after_the_complaint_was_made_is_no_suspect() -> None:
    records = three_bars()
    records.add_batch("late bean", MaterialKind.BEAN)
    records.receive("late bean", 10)
    records.add_batch("tank")
    records.add_batch("bars 4", MaterialKind.FINISHED)
    records.add_process("fill", {"bean 1": 10}, {"tank": 10}, hours=(1, 2))
    records.add_process("draw", {"tank": 5}, {"bars 4": 5}, hours=(3, 4))
    records.add_process("top up", {"late bean": 10}, {"tank": 10}, hours=(6, 7))

    suspects = rank_suspects(records.graph(), [complaint(1, "bars 4")])

    assert [suspect.batch_id for suspect in suspects] == ["bean 1"]


def test_a_share_in_a_topped_up_tank_counts_what_was_drawn_between() -> None:
    records = three_bars()
    records.add_batch("tank")
    records.add_batch("bars 4", MaterialKind.FINISHED)
    records.add_process("fill", {"bean 1": 10}, {"tank": 10}, hours=(1, 2))
    records.add_process("waste", {"tank": 8}, {}, hours=(3, 4))
    records.add_process("top up", {"bean 2": 2}, {"tank": 2}, hours=(5, 6))
    records.add_process("draw", {"tank": 4}, {"bars 4": 4}, hours=(7, 8))

    suspects = rank_suspects(records.graph(), [complaint(1, "bars 4")])

    assert {suspect.smallest_share for suspect in suspects} == {Fraction(1, 2)}


@pytest.mark.parametrize("complaints", [[], [complaint(1)]])
def test_a_complaint_without_a_batch_to_start_from_is_refused(
    complaints: list[ComplaintBatches],
) -> None:
    with pytest.raises(NoRoots) as caught:
        rank_suspects(three_bars().graph(), complaints)

    assert caught.value.field == "complaints"


def test_a_complaint_about_a_batch_that_is_not_given_is_refused() -> None:
    with pytest.raises(RootMissing):
        rank_suspects(three_bars().graph(), [complaint(1, "never heard of")])
