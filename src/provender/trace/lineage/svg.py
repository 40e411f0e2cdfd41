"""A drawn trace as an SVG file that stands alone: with its own colours, for a report or an e-mail."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from provender.kit.ui.trace_graph import PlacedEdge, PlacedNode, TraceGraph

FILLS: Final = {
    "farm": "#dfecd4",
    "supplier": "#e4e8d2",
    "batch": "#f0dccb",
    "order": "#d9e7ef",
    "customer": "#e8e5df",
}
PAPER, INK, QUIET, FAINT = "#ffffff", "#2b1e15", "#5b4c40", "#8a7a6c"
EDGE, HIT, LINE = "#bcae9b", "#b5401c", "#b3a28e"
FONT: Final = "'Noto Sans', 'Segoe UI', Roboto, Arial, 'Noto Sans CJK JP', 'Hiragino Sans', sans-serif"
TITLE_HEIGHT: Final = 34.0


def write_svg(graph: TraceGraph, title: str) -> str:
    """Return the drawing as an SVG document.

    Args:
        graph: Laid out; its links are left out, for they lead nowhere outside.
        title: Stands above the drawing and is read out by screen readers.
    """
    left, top, width, height = (float(part) for part in graph.view_box.split())
    view_box = f"{left:g} {top - TITLE_HEIGHT:g} {width:g} {height + TITLE_HEIGHT:g}"
    pieces = [
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" width="{width:g}"'
            f' height="{height + TITLE_HEIGHT:g}" role="img" font-family={quoteattr(FONT)}>'
        ),
        f"<title>{escape(title)}</title>",
        f'<rect x="{left:g}" y="{top - TITLE_HEIGHT:g}" width="100%" height="100%" fill="{PAPER}"/>',
        f'<text x="0" y="{top - 12:g}" font-size="17" font-weight="600" fill="{INK}">{escape(title)}</text>',
        *(_write_edge(edge) for edge in graph.edges),
        *(_write_node(node, graph) for node in graph.nodes),
        "</svg>\n",
    ]
    return "\n".join(pieces)


def _write_edge(placed: PlacedEdge) -> str:
    told = f"<title>{escape(placed.edge.quantity_text)}</title>" if placed.edge.quantity_text else ""
    dashes = ' stroke-dasharray="6 5"' if placed.is_backward else ""
    colour = HIT if placed.edge.is_hit else EDGE
    return (
        f'<path d="{placed.path}" fill="none" stroke="{colour}" stroke-width="{placed.width:g}"'
        f' opacity="0.85"{dashes}>{told}</path>'
    )


def _write_node(placed: PlacedNode, graph: TraceGraph) -> str:
    node = placed.node
    ink, quiet = (FAINT, FAINT) if node.is_dimmed else (INK, QUIET)
    fill = PAPER if node.is_dimmed else FILLS.get(node.kind, PAPER)
    line = f'stroke="{HIT}" stroke-width="3"' if node.is_selected else f'stroke="{LINE}"'
    second = (
        f'<text x="11" y="32" font-size="11" fill="{quiet}">{escape(placed.sublabel)}</text>' if placed.sublabel else ""
    )
    whole = ", ".join(part for part in (node.label, node.sublabel) if part)
    return (
        f'<g transform="translate({placed.x:g},{placed.y:g})"><title>{escape(whole)}</title>'
        f'<rect width="{graph.node_width:g}" height="{graph.node_height:g}" rx="8" fill="{fill}" {line}/>'
        f'<text x="11" y="{17 if placed.sublabel else 25}" font-size="12.5" font-weight="550" fill="{ink}">'
        f"{escape(placed.label)}</text>{second}</g>"
    )
