"""Laws of the closure in the database, against networkx: on tangles with loops, in any order of entry."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from provender.kit.db import Statement, Work
from tests.maker import Maker, make_maker
from tests.trace.genealogies import Genealogy, genealogies
from tests.trace.recording import Recorder

pytestmark = pytest.mark.slow

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def batches_of(genealogy: Genealogy) -> nx.DiGraph[str]:
    """Join each input of a process that stands with each of its outputs."""
    movements = genealogy.movements()
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(batch.id for batch in movements.batches)
    outputs: dict[str, list[str]] = {}
    for row in movements.outputs:
        outputs.setdefault(row.process_id, []).append(row.batch_id)
    graph.add_edges_from((row.batch_id, made) for row in movements.inputs for made in outputs.get(row.process_id, []))
    return graph


def beyond(graph: nx.DiGraph[str], root: str) -> set[str]:
    """Return a node and everything it leads to."""
    return set(nx.single_source_shortest_path_length(graph, root))


def walk(maker: Maker, function: str, roots: Sequence[str]) -> list[str]:
    """Return what a walk of the database finds, as often as it finds it."""
    statement = f"SELECT batch_id FROM trace.{function}(%(organisation_id)s, %(roots)s) AS found (batch_id)"  # noqa: S608

    async def ask(work: Work) -> list[str]:
        found = await work.fetch_column(UUID, Statement(statement.encode()), {"roots": [UUID(root) for root in roots]})
        return [str(one) for one in found]

    return maker.run(ask)


def traced(maker: Maker, root: str, direction: str) -> set[str]:
    """Return the batches that REST finds around one."""
    address = f"/api/trace/batches/{root}/trace?direction={direction}&orders=false"
    answer = maker.get(address)
    assert answer.status_code == 200
    return {node["id"] for node in answer.json()["nodes"] if node["kind"] == "batch"}


@FEW
@given(genealogy=genealogies(), seed=st.integers(0, 99))
def test_the_walks_of_the_database_are_those_of_networkx(client: TestClient, genealogy: Genealogy, seed: int) -> None:
    maker = make_maker(client)
    Recorder(maker, genealogy, seed).record()
    graph = batches_of(genealogy)

    for batch in genealogy.batches[:6]:
        forward = beyond(graph, batch.id)
        back = beyond(graph.reverse(), batch.id)

        assert sorted(walk(maker, "descendant_batches", [batch.id])) == sorted(forward)
        assert sorted(walk(maker, "ancestor_batches", [batch.id])) == sorted(back)
        assert traced(maker, batch.id, "forward") == forward
        assert traced(maker, batch.id, "both") == forward | back


@FEW
@given(genealogy=genealogies())
def test_several_roots_find_the_union_of_what_each_finds(client: TestClient, genealogy: Genealogy) -> None:
    maker = make_maker(client)
    Recorder(maker, genealogy, 0).record()
    graph = batches_of(genealogy)
    roots = [batch.id for batch in genealogy.batches[:4]]

    found = walk(maker, "descendant_batches", roots)

    assert len(found) == len(set(found))
    assert set(found) == set[str]().union(*(beyond(graph, root) for root in roots))


@FEW
@given(genealogy=genealogies(), seed=st.integers(1, 99))
def test_the_order_of_entry_changes_no_walk(client: TestClient, genealogy: Genealogy, seed: int) -> None:
    one, other = make_maker(client), make_maker(client)
    Recorder(one, genealogy, 0).record()
    Recorder(other, genealogy, seed).record()

    for batch in genealogy.batches[:5]:
        assert set(walk(one, "descendant_batches", [batch.id])) == set(walk(other, "descendant_batches", [batch.id]))
        assert traced(one, batch.id, "back") == traced(other, batch.id, "back")
