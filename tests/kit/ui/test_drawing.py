"""Laws of the layered drawing, whatever the graph."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.ui.drawing import draw_layered, write_svg_path
from provender.kit.ui.drawing_layers import find_back_edges, sort_topologically
from provender.kit.ui.drawing_model import Box, Drawing, Link

Graph = tuple[list[Box], list[Link]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph of up to 14 boxes: cycles, loops, repeated links, wished columns or none."""
    count = draw(st.integers(0, 14))
    layers = st.one_of(st.none(), st.integers(0, 6))
    sizes = st.integers(10, 200)
    boxes = [Box(f"n{index:02}", draw(sizes), draw(sizes), draw(layers)) for index in range(count)]
    ids = [box.id for box in boxes]
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids)) if ids else st.nothing()
    pairs = draw(st.lists(ends, max_size=30)) if ids else []
    return boxes, [Link(source, target) for source, target in pairs]


def overlaps(drawing: Drawing, one: Box, other: Box) -> bool:
    """Tell whether two boxes share any area."""
    a, b = drawing.places[one.id], drawing.places[other.id]
    beside = a.x + one.width <= b.x or b.x + other.width <= a.x
    above = a.y + one.height <= b.y + 0.2 or b.y + other.height <= a.y + 0.2
    return not (beside or above)


@given(graphs())
def test_boxes_never_overlap(graph: Graph) -> None:
    boxes, links = graph

    drawing = draw_layered(boxes, links)

    pairs = [(one, other) for one in boxes for other in boxes if one.id < other.id]
    assert not [pair for pair in pairs if overlaps(drawing, *pair)]


@given(graphs())
def test_links_run_from_left_to_right_unless_they_close_a_cycle(graph: Graph) -> None:
    boxes, links = graph

    drawing = draw_layered(boxes, links)

    for link, route in zip(links, drawing.routes, strict=True):
        source, target = drawing.places[link.source], drawing.places[link.target]
        if link.source == link.target:
            assert route.points == ()
            continue
        assert all(left[0] <= right[0] for left, right in pairwise(route.points))
        assert (target.x < source.x) if route.is_backward else (source.x < target.x)


@given(graphs())
def test_without_cycles_nothing_runs_backward(graph: Graph) -> None:
    boxes, links = graph
    forward = [link for link in links if link.source < link.target]

    drawing = draw_layered(boxes, forward)

    assert not any(route.is_backward for route in drawing.routes)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_drawing_does_not_depend_on_the_order_of_the_input(graph: Graph, random: object) -> None:
    boxes, links = graph
    mixed = sorted(boxes, key=lambda box: hash((str(random), box.id)))

    drawing = draw_layered(boxes, links)
    again = draw_layered(mixed, list(reversed(links)))

    assert dict(again.places) == dict(drawing.places)
    assert again.routes == tuple(reversed(drawing.routes))


@given(graphs())
def test_everything_lies_inside_the_drawing(graph: Graph) -> None:
    boxes, links = graph

    drawing = draw_layered(boxes, links)

    for box in boxes:
        place = drawing.places[box.id]
        assert place.x >= 0
        assert place.y >= -0.1
        assert place.x + box.width <= drawing.width + 0.1
        assert place.y + box.height <= drawing.height + 0.1


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40))
def test_turning_the_back_edges_round_leaves_no_cycle(pairs: list[tuple[int, int]]) -> None:
    edges = sorted({(start, end) for start, end in pairs if start != end})

    back = find_back_edges(12, edges)

    turned = {(end, start) if (start, end) in back else (start, end) for start, end in edges}
    assert len(sort_topologically(12, sorted(turned))) == 12


def test_wished_columns_are_kept_where_the_links_allow() -> None:
    boxes = [Box("farm", 10, 10, 0), Box("bean", 10, 10, 1), Box("shop", 10, 10, 9)]

    drawing = draw_layered(boxes, [Link("farm", "bean"), Link("bean", "shop")])

    assert [drawing.places[box.id].layer for box in boxes] == [0, 1, 2]


def test_a_wished_column_gives_way_to_a_link() -> None:
    boxes = [Box("a", 10, 10, 3), Box("b", 10, 10, 0)]

    drawing = draw_layered(boxes, [Link("a", "b")])

    assert drawing.places["a"].layer < drawing.places["b"].layer


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    drawing = draw_layered([], [])

    assert (drawing.width, drawing.height, drawing.layer_xs) == (0, 0, ())


def test_a_link_to_a_box_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        draw_layered([Box("a", 10, 10)], [Link("a", "b")])


def test_a_tree_is_drawn_without_crossings() -> None:
    boxes = [Box(f"n{index}", 20, 10) for index in range(7)]
    links = [Link(f"n{(index - 1) // 2}", f"n{index}") for index in range(1, 7)]

    drawing = draw_layered(boxes, links)

    leaves = sorted(range(3, 7), key=lambda index: drawing.places[f"n{index}"].y)
    parents = [(index - 1) // 2 for index in leaves]
    assert parents in ([1, 1, 2, 2], [2, 2, 1, 1])


def test_two_thousand_boxes_are_drawn_in_half_a_second() -> None:
    boxes = [Box(f"n{index:04}", 150, 40) for index in range(2000)]
    links = [
        Link(f"n{index:04}", f"n{min(1999, index + step):04}")
        for index in range(1999)
        for step in (150 + index % 90, 40 + index * 7 % 300)
    ]

    started = time.process_time()
    draw_layered(boxes, links)

    assert time.process_time() - started < 0.5


def test_a_path_without_points_is_empty_and_a_level_one_is_a_line() -> None:
    assert write_svg_path(()) == ""
    assert write_svg_path(((0, 5), (10, 5))) == "M0.0,5.0L10.0,5.0"
    assert write_svg_path(((0, 0), (10, 8))) == "M0.0,0.0C5.0,0.0 5.0,8.0 10.0,8.0"
