"""Laws of stock under whatever is recorded: never below zero, equal to a model, restored by reversals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from tests.maker import make_maker
from tests.trace.workshop import Workshop

CODES = ["A", "B", "C"]
GRAMS = st.integers(1, 900)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("receive"), st.sampled_from(CODES), st.sampled_from(CODES), GRAMS),
        st.tuples(st.just("merge"), st.sampled_from(CODES), st.sampled_from(CODES), GRAMS),
        st.tuples(st.just("rework"), st.sampled_from(CODES), st.sampled_from(CODES), GRAMS),
        st.tuples(st.just("scrap"), st.sampled_from(CODES), st.sampled_from(CODES), GRAMS),
        st.tuples(st.just("count"), st.sampled_from(CODES), st.sampled_from(CODES), GRAMS),
        st.tuples(st.just("reverse"), st.sampled_from(CODES), st.sampled_from(CODES), st.integers(0, 20)),
    ),
    min_size=4,
    max_size=12,
)
Step = tuple[str, str, str, int]
Change = dict[str, Decimal]


class Model:
    """What should be on hand, worked out without the program: the sum of the changes that stand."""

    def __init__(self) -> None:
        self.changes: dict[str, Change] = {}

    def on_hand(self, code: str) -> Decimal:
        return sum((change.get(code, Decimal(0)) for change in self.changes.values()), Decimal(0))

    def accepts(self, change: Change) -> bool:
        return all(self.on_hand(code) + amount >= 0 for code, amount in change.items())


def changes_of(step: Step, model: Model) -> Change:
    """Return what a step, if accepted, would add to each batch."""
    kind, source, target, grams = step
    if kind == "receive":
        return {target: Decimal(grams)}
    if kind == "scrap":
        return {source: Decimal(-grams)}
    if kind == "count":
        return {source: Decimal(grams) - model.on_hand(source)}
    if source == target:
        return {source: Decimal(0)}
    return {source: Decimal(-grams), target: Decimal(grams)}


def send(workshop: Workshop, step: Step) -> Any:
    """Record a step through REST."""
    kind, source, target, grams = step
    into = {"batch_id": str(workshop.batches[target]), "quantity": grams, "unit": "g"}
    if kind == "count":
        address = f"/api/trace/batches/{workshop.batches[source]}/counts"
        return workshop.maker.post(address, {"quantity": grams, "unit": "g"})
    inputs = [] if kind == "receive" else [workshop.taken(source, grams, "g")]
    return workshop.send(kind, inputs, [] if kind == "scrap" else [into])


def take(workshop: Workshop, model: Model, step: Step) -> None:
    """Do a step on both sides and compare whether it was accepted."""
    kind, source, target, number = step
    if kind == "reverse":
        reverse(workshop, model, number)
        return
    change = changes_of(step, model)
    answer = send(workshop, step)
    is_loop = kind == "merge" and source == target
    takes_too_much = kind in {"merge", "rework", "scrap"} and model.on_hand(source) < number
    is_needless = kind == "count" and not any(change.values())
    is_expected = not (is_loop or takes_too_much or is_needless)
    assert (answer.status_code == 201) == is_expected, answer.text
    if is_expected:
        model.changes[answer.json()["id"]] = change


def reverse(workshop: Workshop, model: Model, number: int) -> None:
    """Reverse one of the processes that stand, where nothing would fall below zero."""
    if not model.changes:
        return
    process_id = list(model.changes)[number % len(model.changes)]
    undone = {code: -amount for code, amount in model.changes[process_id].items()}
    answer = workshop.maker.post(f"/api/trace/processes/{process_id}/reversal", {"note": "law"})
    assert (answer.status_code == 201) == model.accepts(undone), answer.text
    if answer.status_code == 201:
        del model.changes[process_id]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_stock_equals_the_model_and_never_falls_below_zero(client: TestClient, steps: list[Step]) -> None:
    client.cookies.clear()
    workshop, model = Workshop(make_maker(client)), Model()
    for code in CODES:
        process = workshop.record("receive", [], [workshop.new(code, "mass", 500, "g")])
        model.changes[process["id"]] = {code: Decimal(500)}

    for step in steps:
        take(workshop, model, step)

    for code in CODES:
        assert workshop.on_hand(code) == model.on_hand(code) >= 0


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grams=st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_reversing_everything_from_the_last_to_the_first_restores_everything(
    client: TestClient, grams: list[int]
) -> None:
    client.cookies.clear()
    workshop = Workshop(make_maker(client))
    workshop.receive("A", "mass", 2000, "g")
    recorded = [
        workshop.record("split", [workshop.taken("A", amount, "g")], [workshop.new(f"P{number}", "mass", amount, "g")])
        for number, amount in enumerate(grams)
    ]

    for process in reversed(recorded):
        answer = workshop.maker.post(f"/api/trace/processes/{process['id']}/reversal", {"note": "law"})
        assert answer.status_code == 201, answer.text

    assert workshop.on_hand("A") == 2000
    assert [workshop.on_hand(f"P{number}") for number in range(len(grams))] == [0] * len(grams)
