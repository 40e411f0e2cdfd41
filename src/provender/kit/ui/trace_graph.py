"""From the nodes and edges of a trace to what the template ui/graph.html draws.

Which nodes belong to a trace, what they are called and which are affected is decided by the room
that asks; here they only get places, paths and widths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from unicodedata import east_asian_width

from provender.kit.ui.drawing import draw_layered, write_svg_path
from provender.kit.ui.drawing_model import Box, Drawing, Link, Route

KINDS = ("farm", "supplier", "material", "batch", "product", "order", "customer")
"""What a node can be; each has its own fill."""

_NODE_WIDTH = 150.0
_NODE_HEIGHT = 40.0
_COLUMN_GAP = 58.0
_MARGIN = 14.0
_HEADING_HEIGHT = 26.0
_THINNEST, _THICKEST = 1.2, 8.0
_LABEL_UNITS, _SUBLABEL_UNITS = 19, 23
# Where a kind stands when nobody says so: the start at the left, what was sold at the right,
# batches in between by their links. Empty columns are closed, so the numbers only say the order.
_WISHED_LAYERS = {"farm": 0, "supplier": 0, "material": 1, "product": 10_000, "order": 10_001, "customer": 10_002}


@dataclass(frozen=True)
class TraceNode:
    """One thing in a trace.

    Attributes:
        id: Unique within the graph.
        label: First line, such as a code; cut where it does not fit, whole in the title.
        sublabel: Second line, such as a quantity with its unit.
        kind: One of `KINDS`.
        layer: Column from the left, or None to find it from the kind and the edges.
        href: Where a click leads, or empty.
        is_hit: Affected; drawn heavy.
        is_dimmed: Not part of what is asked; drawn faint but readable.
        is_selected: The thing that was asked about.
    """

    id: str
    label: str
    sublabel: str = ""
    kind: str = "batch"
    layer: int | None = None
    href: str = ""
    is_hit: bool = False
    is_dimmed: bool = False
    is_selected: bool = False


@dataclass(frozen=True)
class TraceEdge:
    """What went from one node to another.

    Attributes:
        source: Id of a node.
        target: Id of a node.
        quantity_text: The quantity as a person reads it, shown on pointing.
        weight: Quantity in one unit for all edges; the width grows with its square root.
        is_hit: Part of the affected path.
    """

    source: str
    target: str
    quantity_text: str = ""
    weight: float = 0.0
    is_hit: bool = False


@dataclass(frozen=True)
class PlacedNode:
    """A node with its place and the lines that fit into it."""

    node: TraceNode
    x: float
    y: float
    layer: int
    label: str
    sublabel: str


@dataclass(frozen=True)
class PlacedEdge:
    """An edge with its SVG path and width; backward ones close a cycle and are dashed."""

    edge: TraceEdge
    path: str
    width: float
    is_backward: bool


@dataclass(frozen=True)
class LayerHeading:
    """What stands above a column, or above the first of several columns of one kind.

    Attributes:
        name: As the caller named the column; empty when the kind says enough.
        kind: The kind of everything in the column, or empty.
        x: Left edge of the column.
    """

    name: str
    kind: str
    x: float


@dataclass(frozen=True)
class NodeGroup:
    """Neighbouring columns of one name or kind, as one part of the list on phones."""

    name: str
    kind: str
    nodes: tuple[PlacedNode, ...]


@dataclass(frozen=True)
class TraceGraph:
    """Everything ui/graph.html needs.

    Attributes:
        nodes: In reading order: column by column, top to bottom.
        edges: Affected ones last, so that they are drawn above the others.
        groups: The same nodes for the list on phones.
        headings: What stands above the columns, left to right.
        kinds: The kinds that occur, in the order of `KINDS`.
        view_box: Of the SVG.
        width: Natural width in CSS pixels.
        height: Natural height in CSS pixels.
    """

    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
    groups: tuple[NodeGroup, ...]
    headings: tuple[LayerHeading, ...]
    kinds: tuple[str, ...]
    view_box: str
    width: float
    height: float
    node_width: float = _NODE_WIDTH
    node_height: float = _NODE_HEIGHT


def draw_trace(
    nodes: Sequence[TraceNode], edges: Sequence[TraceEdge], *, layer_names: Sequence[str] = ()
) -> TraceGraph:
    """Lay out a trace.

    Args:
        nodes: Any number, also none.
        edges: Between these nodes; an edge to a node that is not there is left out, because a
            trace that was cut off at a number of nodes still has to be drawn.
        layer_names: Translated names of the columns, left to right; used when there are as many.
    """
    known = {node.id for node in nodes}
    kept = [edge for edge in edges if edge.source in known and edge.target in known]
    boxes = [Box(node.id, _NODE_WIDTH, _NODE_HEIGHT, _wish_layer(node)) for node in nodes]
    links = [Link(edge.source, edge.target) for edge in kept]
    drawing = draw_layered(boxes, links, column_gap=_COLUMN_GAP)
    placed = _place_nodes(nodes, drawing)
    names = layer_names if len(layer_names) == len(drawing.layer_xs) else ()
    headings = _head_columns(placed, drawing.layer_xs, names)
    top = _MARGIN + (_HEADING_HEIGHT if headings else 0)
    width, height = drawing.width + 2 * _MARGIN, drawing.height + top + _MARGIN
    return TraceGraph(
        nodes=placed,
        edges=_place_edges(kept, drawing.routes),
        groups=_group_nodes(placed, names),
        headings=headings,
        kinds=tuple(kind for kind in KINDS if any(node.kind == kind for node in nodes)),
        view_box=f"{-_MARGIN:g} {-top:g} {width:g} {height:g}",
        width=width,
        height=height,
    )


def _place_nodes(nodes: Sequence[TraceNode], drawing: Drawing) -> tuple[PlacedNode, ...]:
    placed = [
        PlacedNode(
            node,
            drawing.places[node.id].x,
            drawing.places[node.id].y,
            drawing.places[node.id].layer,
            cut_text(node.label, _LABEL_UNITS),
            cut_text(node.sublabel, _SUBLABEL_UNITS),
        )
        for node in nodes
    ]
    return tuple(sorted(placed, key=lambda one: (one.layer, one.y, one.node.id)))


def _place_edges(edges: Sequence[TraceEdge], routes: Sequence[Route]) -> tuple[PlacedEdge, ...]:
    heaviest = max((edge.weight for edge in edges), default=0.0)
    placed = [
        PlacedEdge(
            edge,
            write_svg_path(route.points),
            _scale_width(edge.weight, heaviest),
            route.is_backward,
        )
        for edge, route in zip(edges, routes, strict=True)
        if route.points
    ]
    return tuple(sorted(placed, key=lambda one: one.edge.is_hit))


def _scale_width(weight: float, heaviest: float) -> float:
    """Return a stroke width whose growth over the thinnest is as the root of the weight."""
    share = sqrt(max(weight, 0.0) / heaviest) if heaviest > 0 else 0.0
    return round(_THINNEST + (_THICKEST - _THINNEST) * share, 2)


def _wish_layer(node: TraceNode) -> int | None:
    return _WISHED_LAYERS.get(node.kind) if node.layer is None else node.layer


def _head_columns(placed: Sequence[PlacedNode], xs: Sequence[float], names: Sequence[str]) -> tuple[LayerHeading, ...]:
    if names:
        return tuple(LayerHeading(name, "", x) for name, x in zip(names, xs, strict=True))
    headings: list[LayerHeading] = []
    for layer, x in enumerate(xs):
        kinds = {one.node.kind for one in placed if one.layer == layer}
        kind = kinds.pop() if len(kinds) == 1 else ""
        if kind and kind not in {heading.kind for heading in headings}:
            headings.append(LayerHeading("", kind, x))
    return tuple(headings)


def _group_nodes(placed: Sequence[PlacedNode], names: Sequence[str]) -> tuple[NodeGroup, ...]:
    def title(one: PlacedNode) -> tuple[str, str]:
        return (names[one.layer], "") if names else ("", one.node.kind)

    groups = [(key, tuple(members)) for key, members in groupby(placed, key=title)]
    return tuple(NodeGroup(name, kind, members) for (name, kind), members in groups)


def cut_text(text: str, units: int) -> str:
    """Return text that fits a width; wide East Asian characters count two units, others one."""
    taken = 0
    for index, character in enumerate(text):
        taken += 2 if east_asian_width(character) in "WF" else 1
        if taken > units:
            return text[: max(index - 1, 0)].rstrip() + "…"
    return text
