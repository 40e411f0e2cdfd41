"""Laws of choosing batches, of states that follow goods, and of giving back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.trace.orders.model import Draw, FreeBatch, LineBalance, SetAside
from provender.trace.orders.rules import choose_batches, release_for, state_after_goods

PRODUCTS = [UUID(int=1000 + number) for number in range(2)]
pieces = st.integers(0, 20).map(Decimal)


def line_of(number: int, product_id: UUID, *quantities: Decimal) -> LineBalance:
    ordered, allocated, packed, shipped = quantities
    return LineBalance(UUID(int=number), number, product_id, f"P{number}", ordered, allocated, packed, shipped)


@st.composite
def line_lists(draw: st.DrawFn) -> list[LineBalance]:
    lines: list[LineBalance] = []
    for number in range(draw(st.integers(0, 4))):
        allocated, packed, shipped, rest = (draw(pieces) for _ in range(4))
        ordered = allocated + packed + shipped + rest + 1
        lines.append(line_of(number, draw(st.sampled_from(PRODUCTS)), ordered, allocated, packed, shipped))
    return lines


@st.composite
def batch_lists(draw: st.DrawFn) -> list[FreeBatch]:
    days = st.none() | st.integers(0, 5).map(lambda day: date(2027, 1, 1) + timedelta(day))
    return [
        FreeBatch(
            UUID(int=100 + number),
            draw(st.sampled_from(PRODUCTS)),
            f"B{number}",
            date(2026, 1, 1),
            draw(days),
            draw(pieces),
        )
        for number in range(draw(st.integers(0, 5)))
    ]


@given(line_lists(), batch_lists())
def test_what_is_chosen_fits_the_lines_and_the_batches_and_the_rest_is_named(
    lines: list[LineBalance], batches: list[FreeBatch]
) -> None:
    plan = choose_batches(lines, batches)

    product_of = {batch.batch_id: batch.product_id for batch in batches}
    for line in lines:
        chosen = [choice for choice in plan.choices if choice.order_line_id == line.order_line_id]
        short = sum(one.missing for one in plan.shortages if one.order_line_id == line.order_line_id)
        assert all(product_of[choice.batch_id] == line.product_id and choice.quantity > 0 for choice in chosen)
        assert sum(choice.quantity for choice in chosen) + short == line.uncovered
    for batch in batches:
        assert sum(one.quantity for one in plan.choices if one.batch_id == batch.batch_id) <= batch.free


@given(line_lists(), batch_lists())
def test_nothing_is_taken_from_a_batch_while_one_that_expires_before_it_has_pieces(
    lines: list[LineBalance], batches: list[FreeBatch]
) -> None:
    plan = choose_batches(lines, batches)

    taken = {
        batch.batch_id: sum(one.quantity for one in plan.choices if one.batch_id == batch.batch_id) for batch in batches
    }
    for earlier in batches:
        for later in batches:
            is_before = (earlier.best_before_on or date.max) < (later.best_before_on or date.max)
            if is_before and earlier.product_id == later.product_id and taken[later.batch_id] > 0:
                assert taken[earlier.batch_id] == earlier.free


@pytest.mark.parametrize(
    ("state", "quantities", "following"),
    [
        ("confirmed", [(5, 0, 0)], None),
        ("confirmed", [(5, 2, 0)], "in_production"),
        ("confirmed", [(5, 0, 2)], "in_production"),
        ("in_production", [(5, 0, 2)], None),
        ("confirmed", [(5, 5, 0)], "packed"),
        ("in_production", [(5, 3, 2), (2, 2, 0)], "packed"),
        ("in_production", [(5, 5, 0), (2, 0, 0)], None),
        ("packed", [(5, 3, 2)], None),
        ("packed", [(5, 0, 5)], "shipped"),
        ("confirmed", [(5, 0, 5), (1, 0, 1)], "shipped"),
        ("shipped", [(5, 0, 5)], None),
        ("delivered", [(5, 0, 5)], None),
        ("draft", [], None),
    ],
)
def test_the_state_follows_the_goods(state: str, quantities: list[tuple[int, int, int]], following: str | None) -> None:
    lines = [
        line_of(number, PRODUCTS[0], Decimal(ordered), Decimal(0), Decimal(packed), Decimal(shipped))
        for number, (ordered, packed, shipped) in enumerate(quantities)
    ]

    assert state_after_goods(state, lines) == following


@st.composite
def packings(draw: st.DrawFn) -> tuple[list[SetAside], list[Draw], dict[UUID, Decimal]]:
    line_ids = [UUID(int=number) for number in range(2)]
    batch_ids = [UUID(int=100 + number) for number in range(3)]
    allocations = [
        SetAside(
            UUID(int=500 + number),
            draw(st.sampled_from(line_ids)),
            draw(st.sampled_from(batch_ids)),
            draw(st.integers(1, 9).map(Decimal)),
            draw(st.sampled_from(["planned", "picked"])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    open_by_line = {
        line_id: sum((one.quantity for one in allocations if one.order_line_id == line_id), draw(pieces)) + 1
        for line_id in line_ids
    }
    draws: list[Draw] = []
    left = dict(open_by_line)
    for _ in range(draw(st.integers(0, 4))):
        line_id = draw(st.sampled_from(line_ids))
        quantity = Decimal(draw(st.integers(0, int(left[line_id]))))
        if quantity:
            draws.append(Draw(line_id, draw(st.none() | st.sampled_from(batch_ids)), quantity))
            left[line_id] -= quantity
    return allocations, draws, open_by_line


@given(packings())
def test_after_packing_no_more_is_set_aside_than_is_open_and_nothing_more_is_given_back(
    packing: tuple[list[SetAside], list[Draw], dict[UUID, Decimal]],
) -> None:
    allocations, draws, open_by_line = packing

    releases = release_for(allocations, draws, open_by_line)

    ended = {one.id for one in releases.released}
    after = [one for one in allocations if one.id not in ended] + list(releases.kept)
    for line_id, open_before in open_by_line.items():
        still_open = open_before - sum(one.quantity for one in draws if one.order_line_id == line_id)
        kept = sum(one.quantity for one in after if one.order_line_id == line_id)
        before = sum(one.quantity for one in allocations if one.order_line_id == line_id)
        drawn_from_aside = sum(
            min(
                sum(one.quantity for one in allocations if (one.order_line_id, one.batch_id) == (line_id, batch_id)),
                sum(one.quantity for one in draws if (one.order_line_id, one.batch_id) == (line_id, batch_id)),
            )
            for batch_id in {one.batch_id for one in allocations}
        )
        assert kept == min(before - drawn_from_aside, still_open)
    assert all(one.quantity > 0 for one in releases.kept)
