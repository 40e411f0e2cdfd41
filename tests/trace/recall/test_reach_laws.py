"""Laws of reach, against networkx: what is reached in time, how deep, in whatever order."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from provender.trace.recall.model import Item, ItemClass, ItemKind, Movements, Process, Root
from provender.trace.recall.rules.reach import reach
from provender.trace.recall.rules.spread import root_seeds, spread_at_batch_level, spread_in_time
from tests.trace.recall.generated import tangles
from tests.trace.recall.records import Records, hour

Node: TypeAlias = tuple[str, str]
Contact: TypeAlias = "nx.DiGraph[Node]"

ROOT: Node = ("root", "")


def without_returns(records: Records) -> Records:
    """Leave returns out: the oracle below knows processes and shipments only."""
    records.returns.clear()
    return records


def contact_graph(movements: Movements, roots: set[str]) -> Contact:
    """Join processes by contact: one put into a batch before the other finished drawing from it."""
    graph: Contact = nx.DiGraph()
    graph.add_node(ROOT)
    for process in movements.processes:
        graph.add_node(("process", process.id))
        if roots & inputs_of(movements, process):
            graph.add_edge(ROOT, ("process", process.id))
    for earlier in movements.processes:
        for later in movements.processes:
            shared = outputs_of(movements, earlier) & inputs_of(movements, later)
            if shared and first_hour(earlier) <= last_hour(later):
                graph.add_edge(("process", earlier.id), ("process", later.id))
    return graph


def inputs_of(movements: Movements, process: Process) -> set[str]:
    return {row.batch_id for row in movements.inputs if row.process_id == process.id}


def outputs_of(movements: Movements, process: Process) -> set[str]:
    return {row.batch_id for row in movements.outputs if row.process_id == process.id}


def first_hour(process: Process) -> datetime:
    return min(moment for moment in (process.started_at, process.finished_at) if moment)


def last_hour(process: Process) -> datetime:
    return max(moment for moment in (process.started_at, process.finished_at) if moment)


@given(records=tangles(), picked=st.sets(st.sampled_from(["b0", "b1"]), min_size=1))
def test_direct_items_are_those_in_contact_through_time(records: Records, picked: set[str]) -> None:
    movements = without_returns(records).movements()

    items = reach(records.graph(), [Root(batch_id) for batch_id in sorted(picked)])

    distances = nx.single_source_shortest_path_length(contact_graph(movements, picked), ROOT)
    touched = [process for process in movements.processes if ("process", process.id) in distances]
    assert direct_ids(items, ItemKind.PROCESS) == {process.id for process in touched}
    assert direct_ids(items, ItemKind.BATCH) == picked.union(*(outputs_of(movements, process) for process in touched))
    assert certain_ids(items, ItemKind.SHIPMENT_LINE) == {
        line.id
        for line in movements.shipment_lines
        if line.batch_id in picked
        or any(
            line.batch_id in outputs_of(movements, process)
            and (line.shipped_at is None or first_hour(process) <= line.shipped_at)
            for process in touched
        )
    }


@given(records=tangles())
def test_depth_is_the_smallest_number_of_process_steps(records: Records) -> None:
    movements = without_returns(records).movements()

    spread = spread_in_time(records.graph(), root_seeds(["b0"]))

    distances = nx.single_source_shortest_path_length(contact_graph(movements, {"b0"}), ROOT)
    assert spread.move_depth == {
        process_id: distance for (kind, process_id), distance in distances.items() if kind != "root"
    }


@given(records=tangles())
def test_at_batch_level_everything_downstream_is_reached(records: Records) -> None:
    movements = without_returns(records).movements()
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("b0")
    for process in movements.processes:
        for given_id in inputs_of(movements, process):
            for made_id in outputs_of(movements, process):
                graph.add_edge(given_id, made_id)

    reached = spread_at_batch_level(records.graph(), ["b0"])

    assert reached == set(nx.single_source_shortest_path_length(graph, "b0"))


@given(records=tangles(), seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(records: Records, seed: int) -> None:
    told = reach(records.graph(), [Root("b0")])

    shuffled = reach(records.graph(seed), [Root("b0")])

    assert shuffled == told


@given(records=tangles())
def test_a_further_root_never_shrinks_a_recall(records: Records) -> None:
    one = reach(records.graph(), [Root("b0")])
    two = reach(records.graph(), [Root("b0"), Root("b1")])

    assert {(item.kind, item.id) for item in one} <= {(item.kind, item.id) for item in two}
    for kind in ItemKind:
        assert certain_ids(one, kind) <= certain_ids(two, kind)


@given(records=tangles())
def test_a_further_blend_never_shrinks_a_recall(records: Records) -> None:
    before = reach(records.graph(), [Root("b0")])
    records.add_process("blend", {"b0": 1, "b1": 1}, {"b1": 1}, hours=(0, 12))

    after = reach(records.graph(), [Root("b0")])

    for kind in (ItemKind.BATCH, ItemKind.PROCESS, ItemKind.SHIPMENT_LINE):
        assert certain_ids(before, kind) <= certain_ids(after, kind)
        assert suspect_ids(before, kind) <= suspect_ids(after, kind)


@given(records=tangles())
def test_every_item_appears_once_and_says_why(records: Records) -> None:
    items = reach(records.graph(), [Root("b0")])

    assert len({(item.kind, item.id) for item in items}) == len(items)
    assert all(item.reasons for item in items)


@given(records=tangles())
def test_a_batch_nothing_joins_changes_nothing(records: Records) -> None:
    before = reach(records.graph(), [Root("b0")])
    records.add_batch("elsewhere")
    records.receive("elsewhere", 5)
    records.ship("far away", "elsewhere", 2, at=30, product="another")

    assert reach(records.graph(), [Root("b0")]) == before


@given(records=tangles())
def test_losing_the_batch_of_a_line_never_takes_it_off_the_list(records: Records) -> None:
    records.returns.clear()
    records.ship("kept", "b0", 1, at=hour_of_last_line(records))
    records.ship("lost", None, 1, at=hour_of_last_line(records))

    items = reach(records.graph(), [Root("b0")])

    assert {"kept", "lost"} <= {item.id for item in items if item.item_class in {ItemClass.DIRECT, ItemClass.POSSIBLE}}


def hour_of_last_line(records: Records) -> float:
    shipped = [line.shipped_at for line in records.lines if line.shipped_at]
    return max(((moment - hour(0)).total_seconds() / 3600 for moment in shipped), default=0) + 13


def direct_ids(items: tuple[Item, ...], kind: ItemKind) -> set[str]:
    return {item.id for item in items if item.kind is kind and item.item_class is ItemClass.DIRECT}


def certain_ids(items: tuple[Item, ...], kind: ItemKind) -> set[str]:
    return {item.id for item in items if item.kind is kind and item.certainty is ItemClass.DIRECT}


def suspect_ids(items: tuple[Item, ...], kind: ItemKind) -> set[str]:
    return {item.id for item in items if item.kind is kind and item.certainty in {ItemClass.DIRECT, ItemClass.POSSIBLE}}
