"""Frozen results: equal answers have equal hashes, and differences are named."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.trace.recall.model import RecallResult, Root
from provender.trace.recall.rules.balance import balance_mass
from provender.trace.recall.rules.exposure import trace_exposure
from provender.trace.recall.rules.reach import reach
from provender.trace.recall.rules.result import compare_results, hash_result, write_canonical
from tests.trace.recall.records import Records, worked_vector


def answer(records: Records, shuffled_by: int | None = None) -> RecallResult:
    graph = records.graph(shuffled_by)
    return RecallResult(
        roots=(Root("A1"),),
        items=reach(graph, [Root("A1")]),
        share_by_batch=trace_exposure(graph, ["A1"]).share_by_batch,
        balances=(balance_mass(graph, "A1"),),
    )


@given(seed=st.integers(0, 999))
def test_equal_answers_have_equal_hashes_whatever_the_order(seed: int) -> None:
    told, shuffled = answer(worked_vector()), answer(worked_vector(), seed)
    turned = replace(
        shuffled,
        items=shuffled.items[::-1],
        share_by_batch=dict(reversed(list(shuffled.share_by_batch.items()))),
    )

    assert hash_result(turned) == hash_result(told)


def test_how_a_number_was_written_changes_no_hash() -> None:
    result = answer(worked_vector())
    rewritten = replace(
        result,
        items=tuple(
            replace(item, quantity=item.quantity * Decimal("1.000")) if item.quantity else item for item in result.items
        ),
    )

    assert str(rewritten.items) != str(result.items)
    assert hash_result(rewritten) == hash_result(result)


def test_one_gram_changes_the_hash() -> None:
    records = worked_vector()
    before = hash_result(answer(records))
    records.ship("one gram", "BR1", 1, at=30)

    assert hash_result(answer(records)) != before


def test_the_canonical_form_holds_exact_fractions_in_lowest_terms() -> None:
    form = json.loads(write_canonical(answer(worked_vector())))

    assert form["share_by_batch"]["BR2"] == "32/75"
    assert form["balances"][0]["found"] == "58800"


def test_the_canonical_form_stays_as_it_is() -> None:
    # Cases store this hash: when this fails, FORM must get a new name.
    result = RecallResult(roots=(Root("A1"),), items=(), share_by_batch={"A1": Fraction(1), "N1": Fraction(3, 5)})

    assert write_canonical(result) == (
        '{"balances":[],"form":"provender recall result 1","items":[],'
        '"roots":[{"id":"A1","kind":"batch","match":"exact"}],'
        '"share_by_batch":{"A1":"1","N1":"3/5"}}'
    )


def test_what_has_no_canonical_form_is_a_fault_and_no_guess() -> None:
    shares = cast("dict[str, Fraction]", {"A1": object()})

    with pytest.raises(TypeError, match="not JSON serializable"):
        write_canonical(RecallResult(roots=(), items=(), share_by_batch=shares))


def test_an_answer_compared_with_itself_has_no_difference() -> None:
    result = answer(worked_vector())

    comparison = compare_results(result, result)

    assert comparison.is_equal
    assert (comparison.added, comparison.removed, comparison.changed) == ((), (), ())


def test_what_came_went_and_changed_between_two_answers_is_named() -> None:
    records = worked_vector()
    records.ship("kept", "BR1", 10, at=30)
    records.ship("gone", "BR1", 10, at=30)
    before = answer(records)
    records.lines.pop()
    records.take_back("back", "kept", 4, into="BR1", at=40)
    records.ship("new", "BR1", 10, at=50)

    comparison = compare_results(before, answer(records))

    assert not comparison.is_equal
    assert [item.id for item in comparison.added] == ["back", "new"]
    assert [item.id for item in comparison.removed] == ["gone"]
    changed = {later.id: (earlier.returned, later.returned) for earlier, later in comparison.changed}
    assert changed["kept"] == (0, 4)
