"""The command line of lineage: a trace as a tree, and the orders that a batch reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import typer

from provender.kit.clock import today
from provender.kit.commands import Call, Command, Told, collect, look_up, tabulate
from provender.kit.http.edge import reading
from provender.kit.http.exports import PAGE_ROWS
from provender.kit.quantities.display import write_quantity
from provender.kit.quantities.units import BaseUnit
from provender.trace.batches.public import identify_batch
from provender.trace.lineage import reads
from provender.trace.lineage.model import LIVING_STATES, ORDER_STATES, Direction, Start, TracedEdge, TracedGraph, Via
from provender.trace.lineage.payloads import GraphWanted, OrdersWanted

Code = Annotated[str, typer.Argument(help="Code of a batch, as printed or scanned.")]
Neighbours = Mapping[str, list[tuple[str, TracedEdge]]]
HEADING: Final = {Direction.BACK: "Came from", Direction.FORWARD: "Went to"}
SHOWN: Final = (
    ("Order", "number"),
    ("Customer", "customer.name"),
    ("Country", "customer.country"),
    ("State", "state"),
    ("Shipped", "shipped_quantity"),
    ("Set aside", "allocated_quantity"),
)


async def trace(
    call: Call,
    code: Code,
    direction: Annotated[
        Direction, typer.Option(help="back: to the farms; forward: to the customers.")
    ] = Direction.BOTH,
) -> Told:
    """Show where a batch came from and where it went, as a tree with quantities."""
    async with reading(call.request) as work:
        batch_id = await identify_batch(work, code, today=today(call.caller.time_zone))
        graph = await reads.read_graph(work, batch_id, GraphWanted(direction=direction))
    traced = reads.parse_graph(graph)
    lines = [_label(traced, traced.root)]
    for way in (Direction.BACK, Direction.FORWARD):
        if direction in {way, Direction.BOTH}:
            lines += ["", f"{HEADING[way]}:", *_draw_tree(traced, _neighbours(traced, way))]
    return Told(graph, lines)


async def list_orders(
    call: Call,
    code: Code,
    *,
    direct: Annotated[bool, typer.Option("--direct", help="Only of the batch itself, not what it became.")] = False,
    cancelled: Annotated[bool, typer.Option("--cancelled", help="Cancelled orders too.")] = False,
) -> Told:
    """List the orders that a batch, or what was made from it, is in; each once."""
    wanted = OrdersWanted.model_construct(
        via=Via.DIRECT if direct else Via.ANY,
        state=",".join(ORDER_STATES if cancelled else LIVING_STATES),
        limit=PAGE_ROWS,
        cursor=None,
    )
    async with reading(call.request) as work:
        start = Start(batch_id=await identify_batch(work, code, today=today(call.caller.time_zone)))
    found = await collect(call, lambda work, key: reads.list_orders(work, start, wanted, key), 1)
    rows = [[look_up(item, path) for _, path in SHOWN] for item in found.items]
    return found.told([*tabulate([heading for heading, _ in SHOWN], rows), f"{len(rows)} orders."])


def _neighbours(graph: TracedGraph, way: Direction) -> Neighbours:
    found: dict[str, list[tuple[str, TracedEdge]]] = {}
    for edge in graph.edges:
        here, there = (edge.target, edge.source) if way is Direction.BACK else (edge.source, edge.target)
        found.setdefault(here, []).append((there, edge))
    return found


def _draw_tree(graph: TracedGraph, neighbours: Neighbours) -> Iterator[str]:
    """Yield one line per edge, deeper ones indented; what was drawn already is named and not drawn again."""
    labels = {node.id: _label(graph, node.id) for node in graph.nodes}
    drawn = {graph.root}
    waiting = [(1, there, edge) for there, edge in reversed(neighbours.get(graph.root, []))]
    while waiting:
        depth, here, edge = waiting.pop()
        is_known = here in drawn and bool(neighbours.get(here))
        yield f"{'  ' * depth}{labels[here]}{_amount(edge)}{' (see above)' if is_known else ''}"
        if here not in drawn:
            drawn.add(here)
            waiting += [(depth + 1, there, following) for there, following in reversed(neighbours.get(here, []))]


def _amount(edge: TracedEdge) -> str:
    if edge.quantity is None or edge.unit is None:
        return ""
    return "  " + write_quantity(edge.quantity, BaseUnit(edge.unit)).replace("\u00a0", " ")


def _label(graph: TracedGraph, node_id: str) -> str:
    node = next(node for node in graph.nodes if node.id == node_id)
    return (
        f"{node.kind} {node.label}"
        + (f", {node.sublabel}" if node.sublabel else "")
        + (" [held]" if node.is_held else "")
    )


COMMANDS: Final = (Command("", "trace", trace), Command("", "orders", list_orders))
