"""What the trace graph promises to the template."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provender.kit.ui.trace_graph import TraceEdge, TraceNode, cut_text, draw_trace
from tests.kit.ui.specimen import make_trace


def test_what_was_sold_stands_at_the_right_in_columns_of_its_own() -> None:
    graph = make_trace()

    layers = {kind: {one.layer for one in graph.nodes if one.node.kind == kind} for kind in graph.kinds}

    assert max(layers["batch"]) < min(layers["product"])
    assert len(layers["product"]) == len(layers["order"]) == len(layers["customer"]) == 1
    assert [heading.kind for heading in graph.headings] == [
        "farm", "material", "batch", "product", "order", "customer",
    ]  # fmt: skip


def test_an_edge_to_a_node_that_was_cut_off_is_left_out() -> None:
    graph = draw_trace([TraceNode("a", "A")], [TraceEdge("a", "b")])

    assert len(graph.nodes) == 1
    assert graph.edges == ()


def test_a_rework_loop_is_drawn_backward() -> None:
    nodes = [TraceNode("a", "A"), TraceNode("b", "B")]

    graph = draw_trace(nodes, [TraceEdge("a", "b"), TraceEdge("b", "a")])

    assert [one.is_backward for one in graph.edges] == [False, True]


def test_the_heaviest_edge_is_the_widest_and_affected_ones_lie_above() -> None:
    nodes = [TraceNode(key, key) for key in "abc"]
    edges = [TraceEdge("a", "b", weight=4, is_hit=True), TraceEdge("a", "c", weight=1)]

    graph = draw_trace(nodes, edges)

    assert [one.edge.is_hit for one in graph.edges] == [False, True]
    assert graph.edges[0].width < graph.edges[1].width == 8.0


def test_edges_without_quantity_are_thin_instead_of_failing() -> None:
    graph = draw_trace([TraceNode("a", "A"), TraceNode("b", "B")], [TraceEdge("a", "b")])

    assert graph.edges[0].width == 1.2


def test_columns_are_named_by_the_caller_when_there_are_as_many_names() -> None:
    nodes = [TraceNode("a", "A", layer=0), TraceNode("b", "B", layer=1)]

    graph = draw_trace(nodes, [TraceEdge("a", "b")], layer_names=["Before", "After"])

    assert [heading.name for heading in graph.headings] == ["Before", "After"]
    assert [group.name for group in graph.groups] == ["Before", "After"]


def test_neighbouring_columns_of_one_kind_are_one_group_on_phones() -> None:
    graph = make_trace()

    kinds = [group.kind for group in graph.groups]

    assert kinds.count("batch") == 1
    assert sum(len(group.nodes) for group in graph.groups) == len(graph.nodes)


def test_an_empty_trace_is_an_empty_graph() -> None:
    graph = draw_trace([], [])

    assert (graph.nodes, graph.edges, graph.groups) == ((), (), ())


@given(st.text(max_size=60), st.integers(2, 30))
def test_cut_text_is_the_start_of_the_text_and_never_longer(text: str, units: int) -> None:
    cut = cut_text(text, units)

    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    assert len(cut) <= max(units, 1)


def test_wide_characters_count_twice() -> None:
    assert cut_text("株式会社さくら食品東京", 12) == "株式会社さ…"
    assert cut_text("Hofladen Brandt", 15) == "Hofladen Brandt"
