"""Which batch a complaint may be about."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from provender.kit.ids import new_id
from provender.trace.batches.public import batch_code_key
from provender.trace.complaints.model import Batch, Report, Sign
from provender.trace.complaints.rules import rank_candidates

MADE_ON = date(2026, 5, 4)
PRODUCT = new_id()


def batch(code: str, **changes: object) -> Batch:
    """Return a batch of the product that shares nothing else."""
    base: dict[str, object] = {
        "id": new_id(),
        "code": code,
        "code_key": batch_code_key(code),
        "made_on": MADE_ON,
        "best_before_on": MADE_ON + timedelta(days=365),
        "material_name": "Bar",
        "product_id": PRODUCT,
        "product_name": "Bar",
        "shipped_quantity": 0,
        "is_held": False,
    }
    return Batch(**{**base, **changes})  # pyright: ignore[reportArgumentType]


def report(code: str | None = None, best_before_on: date | None = None) -> Report:
    """Return a report about the product."""
    return Report(code, best_before_on, PRODUCT, None)


def test_a_code_as_printed_comes_before_one_that_matches_only_when_folded() -> None:
    printed, folded, other = batch("L2604-7"), batch("2604-7"), batch("9911-1")

    ranked = rank_candidates(report("L2604-7"), [other, folded, printed])

    assert [candidate.batch.code for candidate in ranked] == ["L2604-7", "2604-7"]
    assert ranked[0].signs[0] is Sign.CODE_AS_PRINTED
    assert ranked[1].signs[0] is Sign.CODE_NORMALISED


def test_a_misread_code_is_found_when_it_was_shipped_to_the_customer() -> None:
    shipped = batch("BR-2604", shipped_quantity=40)

    ranked = rank_candidates(report("8R-2604"), [batch("XX-0000"), shipped])

    assert [candidate.batch for candidate in ranked] == [shipped]
    assert ranked[0].signs == (Sign.CODE_SIMILAR, Sign.SHIPPED_TO_CUSTOMER, Sign.PRODUCT)


def test_a_best_before_date_alone_finds_every_batch_of_that_day() -> None:
    day = date(2027, 5, 4)

    ranked = rank_candidates(report(None, day), [batch("A"), batch("B"), batch("C", best_before_on=None)])

    assert [candidate.batch.code for candidate in ranked] == ["A", "B"]


def test_the_product_alone_counts_only_when_nothing_else_was_reported() -> None:
    assert [candidate.signs for candidate in rank_candidates(report(), [batch("A")])] == [(Sign.PRODUCT,)]
    assert rank_candidates(report("ZZZ-999"), [batch("A"), batch("B", shipped_quantity=1)])[0].batch.code == "B"


@given(st.lists(st.text("L0123-", min_size=1, max_size=6), unique=True, max_size=12), st.randoms())
def test_the_order_in_which_batches_are_found_changes_nothing(codes: list[str], chance: Random) -> None:
    batches = [batch(code) for code in codes]
    shuffled = list(batches)
    chance.shuffle(shuffled)

    assert rank_candidates(report("L0123"), shuffled) == rank_candidates(report("L0123"), batches)
