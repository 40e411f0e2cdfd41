"""From a trace to what is drawn: words and quantities in the reader's language, links, the chosen path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from provender.kit.ui.formatting import Presentation, format_country, format_quantity
from provender.kit.ui.trace_graph import TraceEdge, TraceGraph, TraceNode, draw_trace
from provender.trace.lineage.model import TracedEdge, TracedGraph, TracedNode
from provender.trace.lineage.rules import ALL_CUSTOMERS, path_through

Say = Callable[[str], str]
"""Translates a message."""


def _(message: str) -> str:
    """Mark a message for the catalogs; it is translated where it is shown."""
    return message


STEP_WORDS: Final[Mapping[str, str]] = {
    "receive": _("Receive"),
    "roast": _("Roast"),
    "winnow": _("Winnow"),
    "grind": _("Grind"),
    "conche": _("Conche"),
    "mould": _("Mould"),
    "pack": _("Pack"),
    "split": _("Split"),
    "merge": _("Merge"),
    "rework": _("Rework"),
    "scrap": _("Scrap"),
    "adjust": _("Adjust"),
    "count": _("Count"),
}
STATE_WORDS: Final[Mapping[str, str]] = {
    "draft": _("Draft"),
    "confirmed": _("Confirmed"),
    "in_production": _("In production"),
    "packed": _("Packed"),
    "shipped": _("Shipped"),
    "delivered": _("Delivered"),
    "cancelled": _("Cancelled"),
}
ADDRESS: Final[Mapping[str, str]] = {
    "batch": "/trace/batches/",
    "farm": "/trace/farms/",
    "supplier": "/trace/suppliers/",
    "order": "/trace/orders/",
    "customer": "/trace/customers/",
}
ON_HOLD: Final = _("On hold")
CUSTOMERS: Final = _("%(count)s customers")
PIECES: Final = _("%(count)s pieces")


class Drawer:
    """Draws traces for one reader."""

    def __init__(self, say: Say, reader: Presentation) -> None:
        self._say = say
        self._reader = reader

    def draw(self, graph: TracedGraph, selected: str) -> TraceGraph:
        """Return the drawing; what is not on the path of the selected node is faint.

        Args:
            graph: Without processes.
            selected: Id of a node, or empty: then the root stands out and nothing is faint.
        """
        path = path_through(graph, selected) if selected else frozenset(node.id for node in graph.nodes)
        nodes = [
            self._node(node, graph.root, is_selected=node.id == (selected or graph.root), is_dimmed=node.id not in path)
            for node in graph.nodes
        ]
        edges = [
            self._edge(edge, is_hit=bool(selected) and edge.source in path and edge.target in path)
            for edge in graph.edges
        ]
        return draw_trace(nodes, edges)

    def name(self, node: TracedNode) -> str:
        """Return what a node is called."""
        if node.id == ALL_CUSTOMERS:
            return self._say(CUSTOMERS) % {"count": node.count}
        return node.label

    def _node(self, node: TracedNode, root: str, *, is_selected: bool, is_dimmed: bool) -> TraceNode:
        href = f"/trace/batches/{root}/orders" if node.id == ALL_CUSTOMERS else ADDRESS[node.kind] + node.id
        return TraceNode(
            id=node.id,
            label=self.name(node),
            sublabel=self._sublabel(node),
            kind=node.kind,
            href=href,
            is_dimmed=is_dimmed,
            is_selected=is_selected,
        )

    def _sublabel(self, node: TracedNode) -> str:
        if node.kind == "order":
            return self._say(STATE_WORDS.get(node.sublabel or "", ""))
        if node.kind != "batch":
            return format_country(node.sublabel, presentation=self._reader) if node.sublabel else ""
        parts = [self._say(ON_HOLD)] if node.is_held else []
        if node.quantity is not None and node.unit is not None:
            parts.append(self._quantity(node.quantity, node.unit))
        return " · ".join([*parts, node.sublabel or ""])

    def _edge(self, edge: TracedEdge, *, is_hit: bool) -> TraceEdge:
        weight = edge.mass_g if edge.mass_g is not None else edge.quantity
        return TraceEdge(edge.source, edge.target, self._tell(edge), float(weight or 0), is_hit)

    def _tell(self, edge: TracedEdge) -> str:
        unit = edge.unit or ""
        if edge.steps:
            told = [
                f"{self._say(STEP_WORDS.get(kind, kind))}: {self._quantity(quantity, unit)}"
                for kind, quantity in edge.steps
            ]
            return "; ".join(told)
        return "" if edge.quantity is None else self._quantity(edge.quantity, unit)

    def _quantity(self, amount: Decimal, unit: str) -> str:
        told = format_quantity(amount, unit, presentation=self._reader)
        return self._say(PIECES) % {"count": told} if unit == "piece" else told
