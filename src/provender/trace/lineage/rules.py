"""A trace as a person can take it in: processes folded into edges, then orders, then customers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from provender.trace.lineage.model import Folding, TracedEdge, TracedGraph, TracedNode

MOST_DRAWN: Final = 150
"""Nodes that a drawing can show and a person can still follow."""
ALL_CUSTOMERS: Final = "customers"


def fold_processes(graph: TracedGraph) -> TracedGraph:
    """Return the graph without processes: an edge from each input to each output of a process.

    Several processes between the same two batches are one edge; its quantity is what they put
    into the target, never what the source gave, for a blend is not made of one input.
    """
    processes = {node.id: node.label for node in graph.nodes if node.kind == "process"}
    inputs: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        if edge.target in processes:
            inputs[edge.target].append(edge.source)
    edges: list[TracedEdge] = []
    for edge in graph.edges:
        if edge.source in processes:
            step = ((processes[edge.source], edge.quantity or Decimal(0)),)
            edges += [
                TracedEdge(source, edge.target, edge.quantity, edge.unit, edge.mass_g, step)
                for source in inputs[edge.source]
            ]
        elif edge.target not in processes:
            edges.append(edge)
    nodes = tuple(node for node in graph.nodes if node.kind != "process")
    return replace(graph, nodes=nodes, edges=_merge(edges))


def fold_orders(graph: TracedGraph) -> TracedGraph:
    """Return the graph without orders: what they brought to a customer goes there straight."""
    orders = _ids(graph, "order")
    customer_by_order = {edge.source: edge.target for edge in graph.edges if edge.source in orders}
    edges = [
        TracedEdge(
            edge.source,
            customer_by_order.get(edge.target, edge.target),
            edge.quantity,
            edge.unit,
            edge.mass_g,
            edge.steps,
        )
        for edge in graph.edges
        if edge.source not in customer_by_order
    ]
    nodes = tuple(node for node in graph.nodes if node.kind != "order")
    return replace(graph, nodes=nodes, edges=_merge(edges))


def fold_customers(graph: TracedGraph) -> TracedGraph:
    """Return the graph with one node for all customers; orders must have been folded before."""
    customers = _ids(graph, "customer")
    edges = [
        TracedEdge(edge.source, ALL_CUSTOMERS, edge.quantity, edge.unit, edge.mass_g)
        if edge.target in customers
        else edge
        for edge in graph.edges
    ]
    nodes = [node for node in graph.nodes if node.kind != "customer"]
    if customers:
        nodes.append(TracedNode(ALL_CUSTOMERS, "customer", "", count=graph.count("customer")))
    return replace(graph, nodes=tuple(nodes), edges=_merge(edges))


def fold_to(graph: TracedGraph, most: int = MOST_DRAWN) -> tuple[TracedGraph, Folding]:
    """Fold orders, then customers, until a graph has at most so many nodes; batches are never folded."""
    if len(graph.nodes) <= most:
        return graph, Folding.NONE
    folded = fold_orders(graph)
    if len(folded.nodes) <= most:
        return folded, Folding.ORDERS
    return fold_customers(folded), Folding.CUSTOMERS


def path_through(graph: TracedGraph, node_id: str) -> frozenset[str]:
    """Return the ids of a node, of everything that led to it, and of everything it led to."""
    forward: dict[str, list[str]] = defaultdict(list)
    back: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        forward[edge.source].append(edge.target)
        back[edge.target].append(edge.source)
    return frozenset(_reach(forward, node_id) | _reach(back, node_id))


def _reach(neighbours: Mapping[str, list[str]], start: str) -> set[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        for one in neighbours.get(waiting.pop(), ()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return seen


def _ids(graph: TracedGraph, kind: str) -> frozenset[str]:
    return frozenset(node.id for node in graph.nodes if node.kind == kind)


def _merge(edges: Iterable[TracedEdge]) -> tuple[TracedEdge, ...]:
    merged: dict[tuple[str, str], TracedEdge] = {}
    for edge in edges:
        key = (edge.source, edge.target)
        merged[key] = _add(merged[key], edge) if key in merged else edge
    return tuple(merged.values())


def _add(one: TracedEdge, other: TracedEdge) -> TracedEdge:
    is_alike = one.unit == other.unit
    return TracedEdge(
        one.source,
        one.target,
        _sum(one.quantity, other.quantity) if is_alike else None,
        one.unit if is_alike else None,
        _sum(one.mass_g, other.mass_g),
        one.steps + other.steps,
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
