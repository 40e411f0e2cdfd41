"""Laws of exposure, against a second, differently written simulation by mass per root."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provender.trace.recall.model import Movements, ProcessInput, ProcessOutput, ShipmentLine
from provender.trace.recall.rules.balance import balance_mass
from provender.trace.recall.rules.exposure import trace_exposure
from provender.trace.recall.rules.graph import build_graph
from tests.trace.recall.generated import SOURCES, History, histories
from tests.trace.recall.records import FIRST_HOUR

Contents = dict[str, Fraction]
"""Grams of each root."""


class Bins:
    """Bins of grams per root, poured from one into another."""

    def __init__(self) -> None:
        self.bins: dict[str, Contents] = {name: {name: Fraction(1000)} for name in SOURCES}
        self.shipped: dict[str, Contents] = {}

    def scoop(self, batch_id: str, grams: Decimal) -> Contents:
        contents = self.bins[batch_id]
        part = Fraction(grams) / sum(contents.values())
        self.bins[batch_id] = {root: held * (1 - part) for root, held in contents.items()}
        return {root: held * part for root, held in contents.items()}

    def cook(self, taken: list[ProcessInput], made: list[ProcessOutput]) -> None:
        pot: Contents = defaultdict(Fraction)
        for row in taken:
            for root, grams in self.scoop(row.batch_id, row.quantity).items():
                pot[root] += grams
        weight = sum(pot.values())
        for row in made:
            contents = defaultdict(Fraction, self.bins.get(row.batch_id, {}))
            for root, grams in pot.items():
                contents[root] += grams * Fraction(row.quantity) / weight
            self.bins[row.batch_id] = dict(contents)

    def send(self, line: ShipmentLine) -> None:
        self.shipped[line.id] = self.scoop(line.batch_id or "", line.quantity)


def pour_by_hand(movements: Movements) -> Bins:
    """Pour grams of every root from batch to batch, hour by hour."""
    bins = Bins()
    rows = {row.id: row for row in (*movements.processes, *movements.shipment_lines)}
    hours = {process.id: process.finished_at for process in movements.processes}
    hours |= {line.id: line.shipped_at for line in movements.shipment_lines}
    for row_id in sorted(rows, key=lambda each: hours[each] or FIRST_HOUR):
        row = rows[row_id]
        taken = [each for each in movements.inputs if each.process_id == row_id]
        if isinstance(row, ShipmentLine):
            bins.send(row)
        elif taken:
            bins.cook(taken, [each for each in movements.outputs if each.process_id == row_id])
    return bins


@given(history=histories())
def test_shares_are_those_of_pouring_grams_by_hand(history: History) -> None:
    movements = history.records.movements()
    poured = pour_by_hand(movements)

    for root in SOURCES:
        exposure = trace_exposure(build_graph(movements), [root])

        for batch_id, contents in poured.bins.items():
            if sum(contents.values()):
                share = contents.get(root, Fraction(0)) / sum(contents.values())
                assert exposure.stock_share_by_batch.get(batch_id, 0) == share
        for line_id, contents in poured.shipped.items():
            share = contents.get(root, Fraction(0)) / sum(contents.values())
            assert exposure.share_by_shipment_line.get(line_id, 0) == share


@given(history=histories())
def test_the_shares_of_all_roots_add_up_to_one(history: History) -> None:
    graph = history.records.graph()
    exposures = [trace_exposure(graph, [root]) for root in SOURCES]

    for batch_id in history.left:
        assert sum(each.share_by_batch.get(batch_id, Fraction(0)) for each in exposures) == 1


@given(history=histories())
def test_the_shares_of_roots_together_are_their_sum(history: History) -> None:
    graph = history.records.graph()
    together = trace_exposure(graph, ["bean", "sugar"])
    bean, sugar = trace_exposure(graph, ["bean"]), trace_exposure(graph, ["sugar"])

    for batch_id in history.left:
        alone = [each.share_by_batch.get(batch_id, Fraction(0)) for each in (bean, sugar)]
        assert together.share_by_batch.get(batch_id, Fraction(0)) == sum(alone)


@given(history=histories())
def test_what_is_found_and_lost_is_what_was_received(history: History) -> None:
    graph = history.records.graph()

    for root in SOURCES:
        balance = balance_mass(graph, root)

        assert balance.found + balance.lost.amount == balance.received.amount == 1000
        assert balance.is_exact
        assert balance.explained == 1


@given(history=histories(), factor=st.decimals("0.001", 1000, places=3))
def test_scaling_every_quantity_leaves_the_shares_unchanged(history: History, factor: Decimal) -> None:
    movements = history.records.movements()
    scaled = replace(
        movements,
        inputs=tuple(replace(row, quantity=row.quantity * factor) for row in movements.inputs),
        outputs=tuple(replace(row, quantity=row.quantity * factor) for row in movements.outputs),
        shipment_lines=tuple(replace(row, quantity=row.quantity * factor) for row in movements.shipment_lines),
    )

    before = trace_exposure(build_graph(movements), ["bean"])
    after = trace_exposure(build_graph(scaled), ["bean"])

    assert after.share_by_batch == before.share_by_batch
    assert after.share_by_shipment_line == before.share_by_shipment_line


@given(history=histories())
def test_an_unrelated_batch_changes_no_share(history: History) -> None:
    before = trace_exposure(history.records.graph(), ["bean"])
    history.records.add_batch("elsewhere")
    history.records.receive("elsewhere", 5)
    history.records.add_batch("made elsewhere")
    history.records.add_process("far", {"elsewhere": 5}, {"made elsewhere": 4}, hours=(1, 2))

    assert trace_exposure(history.records.graph(), ["bean"]) == before


@given(history=histories(), picked=st.integers(0, 8))
def test_splitting_a_process_into_two_halves_changes_no_share(history: History, picked: int) -> None:
    movements = history.records.movements()
    process_id = f"p{picked}"
    assume(not feeds_itself(movements, process_id))
    halved = halve(movements, process_id)

    before = trace_exposure(build_graph(movements), ["bean"])
    after = trace_exposure(build_graph(halved), ["bean"])

    assert after.share_by_batch == before.share_by_batch
    assert after.share_by_shipment_line == before.share_by_shipment_line


def feeds_itself(movements: Movements, process_id: str) -> bool:
    """A tank topped up from itself is another tank after the first half: then halves differ."""
    drawn = {row.batch_id for row in movements.inputs if row.process_id == process_id}
    return bool(drawn & {row.batch_id for row in movements.outputs if row.process_id == process_id})


def halve(movements: Movements, process_id: str) -> Movements:
    twin = f"{process_id} again"
    halved = {process_id: (process_id, twin)}
    return replace(
        movements,
        processes=tuple(replace(row, id=each) for row in movements.processes for each in halved.get(row.id, (row.id,))),
        inputs=tuple(
            replace(row, process_id=each, quantity=row.quantity / len(names))
            for row in movements.inputs
            for names in (halved.get(row.process_id, (row.process_id,)),)
            for each in names
        ),
        outputs=tuple(
            replace(row, process_id=each, quantity=row.quantity / len(names))
            for row in movements.outputs
            for names in (halved.get(row.process_id, (row.process_id,)),)
            for each in names
        ),
    )


@given(history=histories(), seed=st.integers(0, 99))
def test_the_order_of_rows_changes_no_share(history: History, seed: int) -> None:
    records = history.records

    assert trace_exposure(records.graph(seed), ["bean"]) == trace_exposure(records.graph(), ["bean"])


@pytest.mark.parametrize("rounds", [40, 400])
def test_a_tank_topped_up_for_years_keeps_sixty_digits(rounds: int) -> None:
    history = History()
    history.records.add_batch("bean")
    history.records.add_batch("tank")
    history.left = {"bean": 10**9, "tank": 0}
    history.make("first", {"bean": 997}, {"tank": 997})
    for number in range(rounds):
        history.records.add_batch(f"fresh {number}")
        history.left[f"fresh {number}"] = 1000
        history.make(f"top up {number}", {"tank": 13, f"fresh {number}": 101}, {"tank": 101})
        history.make(f"draw {number}", {"tank": 11 + number % 7}, {f"bar {number}": 1})

    exposure = trace_exposure(history.records.graph(), ["bean"])

    share = exposure.share_by_batch[f"bar {rounds - 1}"]
    assert exposure.is_rounded
    assert 0 < share < 1
    assert share.denominator.bit_length() <= 600
