"""A recall through the database is the recall of the pure rules on the same rows, in whatever order they came."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from provender.trace.recall.computing import Answer, compute_answer
from provender.trace.recall.model import CodeMatch, Root
from provender.trace.recall.rules.balance import balance_mass
from provender.trace.recall.rules.exposure import trace_exposure
from provender.trace.recall.rules.graph import build_graph
from provender.trace.recall.rules.reach import reach
from provender.trace.recall.rules.result import hash_result
from tests.maker import Maker, make_maker
from tests.trace.genealogies import Genealogy, genealogies
from tests.trace.recording import Recorder

ZONE = "Europe/Berlin"
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def roots_of(genealogy: Genealogy, count: int) -> list[Root]:
    """Return the first batches as roots, the last of several found only by its folded code."""
    roots = [Root(batch.id) for batch in genealogy.batches[:count]]
    return [*roots[:-1], Root(roots[-1].id, match=CodeMatch.NORMALISED)] if count > 1 else roots


def answer_of(maker: Maker, roots: Sequence[Root]) -> Answer:
    return maker.run(lambda work: compute_answer(work, roots, ZONE))


@FEW
@given(genealogy=genealogies(), count=st.integers(1, 3), seed=st.integers(0, 99))
def test_the_database_gives_the_rules_every_row_they_need(
    client: TestClient, genealogy: Genealogy, count: int, seed: int
) -> None:
    maker, roots = make_maker(client), roots_of(genealogy, count)
    Recorder(maker, genealogy, seed).record()
    graph = build_graph(genealogy.movements())

    answer = answer_of(maker, roots)

    assert answer.items == reach(graph, roots, zone=ZoneInfo(ZONE))
    assert answer.balances == tuple(balance_mass(graph, root.id) for root in roots)
    whole = trace_exposure(graph, {root.id for root in roots})
    assert answer.exposure.share_by_batch == whole.share_by_batch
    assert answer.exposure.share_by_shipment_line == whole.share_by_shipment_line


@FEW
@given(genealogy=genealogies(), seed=st.integers(1, 99))
def test_the_order_of_entry_changes_no_answer(client: TestClient, genealogy: Genealogy, seed: int) -> None:
    one, other = make_maker(client), make_maker(client)
    Recorder(one, genealogy, 0).record()
    Recorder(other, genealogy, seed).record()
    roots = roots_of(genealogy, 2)

    first, second = answer_of(one, roots), answer_of(other, roots)

    assert first.items == second.items
    assert hash_result(first.result) == hash_result(second.result)
