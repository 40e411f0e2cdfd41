"""Layered drawing of a directed graph in plain Python: columns, order, heights, routes.

Made for traces (farm to customer) and for any small graph that is read from left to right.
The three steps are in `drawing_layers`, `drawing_order` and `drawing_places`; SVG is not made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from provender.kit.ui.drawing_layers import Edge, assign_layers, find_back_edges
from provender.kit.ui.drawing_model import Box, Drawing, Link, Place, Route
from provender.kit.ui.drawing_order import Columns, build_columns, order_columns
from provender.kit.ui.drawing_places import place_members

_LEVEL = 0.5


@dataclass(frozen=True)
class _Sheet:
    """Everything a route needs: columns with their left edges and widths, and all heights."""

    columns: Columns
    xs: Sequence[float]
    widths: Sequence[float]
    boxes: Sequence[Box]
    middles: Sequence[float]


def draw_layered(
    boxes: Sequence[Box], links: Sequence[Link], *, column_gap: float = 72, row_gap: float = 14
) -> Drawing:
    """Lay out boxes so that links run from left to right, boxes never overlap and few links cross.

    The result depends on the ids and the links only, not on the order in which they are given.

    Args:
        boxes: Any number, also none.
        links: Between the boxes; repeated links and links of a box to itself are allowed.
        column_gap: Free space between two columns.
        row_gap: Free space between two boxes of one column.

    Raises:
        KeyError: A link names a box that is not there.
    """
    sorted_boxes = sorted(boxes, key=lambda box: box.id)
    number = {box.id: index for index, box in enumerate(sorted_boxes)}
    edges, back = _direct(len(boxes), _number_links(links, number))
    layers = assign_layers(len(boxes), edges, [box.layer for box in sorted_boxes])
    columns = build_columns(_close_gaps(layers), edges)
    order_columns(columns)
    middles = place_members(columns, [box.height for box in sorted_boxes], row_gap)
    widths = [_column_width(row, columns, sorted_boxes) for row in columns.rows]
    xs = _stand_side_by_side(widths, column_gap)
    sheet = _Sheet(columns, xs, widths, sorted_boxes, middles)
    return _finish(sheet, links, number, back)


def _number_links(links: Sequence[Link], number: dict[str, int]) -> list[Edge]:
    numbered = {(number[link.source], number[link.target]) for link in links}
    return sorted(edge for edge in numbered if edge[0] != edge[1])


def _direct(count: int, edges: Sequence[Edge]) -> tuple[list[Edge], set[Edge]]:
    """Return the edges with those that close a cycle turned round, and which these were."""
    back = find_back_edges(count, edges)
    turned = {(end, start) if (start, end) in back else (start, end) for start, end in edges}
    return sorted(turned), back


def _close_gaps(layers: Sequence[int]) -> list[int]:
    """Renumber columns so that none is empty."""
    rank = {layer: index for index, layer in enumerate(sorted(set(layers)))}
    return [rank[layer] for layer in layers]


def _column_width(row: Sequence[int], columns: Columns, boxes: Sequence[Box]) -> float:
    return max((boxes[one].width for one in row if not columns.is_bend(one)), default=0.0)


def _stand_side_by_side(widths: Sequence[float], gap: float) -> list[float]:
    xs = [0.0]
    for width in widths:
        xs.append(xs[-1] + width + gap)
    return xs[: len(widths)]


def _finish(sheet: _Sheet, links: Sequence[Link], number: dict[str, int], back: set[Edge]) -> Drawing:
    places = {box.id: _place(sheet, index) for index, box in enumerate(sheet.boxes)}
    routes = [_route(sheet, (number[link.source], number[link.target]), back) for link in links]
    bottoms = [places[box.id].y + box.height for box in sheet.boxes]
    bends = sheet.middles[len(sheet.boxes) :]
    width = sheet.xs[-1] + sheet.widths[-1] if sheet.xs else 0.0
    height = max([*bottoms, *bends], default=0.0)
    return Drawing(places, tuple(routes), width, height, tuple(sheet.xs))


def _place(sheet: _Sheet, node: int) -> Place:
    layer = sheet.columns.layers[node]
    top = sheet.middles[node] - sheet.boxes[node].height / 2
    return Place(sheet.xs[layer], round(top, 1), layer)


def _route(sheet: _Sheet, edge: Edge, back: set[Edge]) -> Route:
    if edge[0] == edge[1]:
        return Route((), is_backward=False)
    is_backward = edge in back
    left, right = (edge[1], edge[0]) if is_backward else edge
    first, last = sheet.columns.layers[left], sheet.columns.layers[right]
    points = [(sheet.xs[first] + sheet.boxes[left].width, sheet.middles[left])]
    for bend in sheet.columns.chains[left, right]:
        x, y = sheet.xs[sheet.columns.layers[bend]], sheet.middles[bend]
        points += [(x, y), (x + sheet.widths[sheet.columns.layers[bend]], y)]
    points.append((sheet.xs[last], sheet.middles[right]))
    return Route(tuple(points), is_backward)


def write_svg_path(points: Sequence[tuple[float, float]]) -> str:
    """Return the `d` of a smooth curve through way points, level where it leaves and arrives."""
    if not points:
        return ""
    pieces = [f"M{points[0][0]:.1f},{points[0][1]:.1f}"]
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        curve = f"C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {x1:.1f},{y1:.1f}"
        pieces.append(f"L{x1:.1f},{y1:.1f}" if abs(y0 - y1) < _LEVEL else curve)
    return "".join(pieces)
