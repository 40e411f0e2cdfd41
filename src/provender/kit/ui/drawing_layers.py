"""First step of a layered drawing: break cycles, then give every node a column.

Nodes are numbers here; the order of the numbers decides every tie, so the result is repeatable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Edge = tuple[int, int]
_TIGHTENING_ROUNDS = 4


def find_back_edges(count: int, edges: Sequence[Edge]) -> set[Edge]:
    """Return edges that close a cycle in a depth-first walk that begins at nodes nothing leads to.

    Reversing the returned edges leaves no cycle. Edges from a node to itself must not be given.
    """
    targets = list_neighbours(count, edges)
    entered: set[int] = {target for _, target in edges}
    roots = sorted(range(count), key=lambda node: (node in entered, node))
    seen: set[int] = set()
    back: set[Edge] = set()
    for root in roots:
        if root not in seen:
            back |= _walk(root, targets, seen)
    return back


def _walk(root: int, targets: Sequence[Sequence[int]], seen: set[int]) -> set[Edge]:
    back: set[Edge] = set()
    on_path = {root}
    seen.add(root)
    stack: list[tuple[int, Iterator[int]]] = [(root, iter(targets[root]))]
    while stack:
        node, rest = stack[-1]
        target = next(rest, None)
        if target is None:
            on_path.discard(node)
            stack.pop()
        elif target in on_path:
            back.add((node, target))
        elif target not in seen:
            seen.add(target)
            on_path.add(target)
            stack.append((target, iter(targets[target])))
    return back


def list_neighbours(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    """Return the targets of each node, in the order of the edges."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        neighbours[source].append(target)
    return neighbours


def sort_topologically(count: int, edges: Sequence[Edge]) -> list[int]:
    """Return all nodes, each after everything that leads to it; the edges must hold no cycle."""
    targets = list_neighbours(count, edges)
    waiting = [0] * count
    for _, target in edges:
        waiting[target] += 1
    order = [node for node in range(count) if not waiting[node]]
    for node in order:
        for target in targets[node]:
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)  # the walk grows its own queue
    return order


def assign_layers(count: int, edges: Sequence[Edge], wished: Sequence[int | None]) -> list[int]:
    """Return a column for each node such that every edge runs at least one column to the right.

    A wished column is kept where the edges allow it, else the node moves right. Nodes without a
    wish slide to where their edges are short.
    """
    order = sort_topologically(count, edges)
    after = list_neighbours(count, edges)
    before = list_neighbours(count, [(target, source) for source, target in edges])
    layers = [0] * count
    for node in order:
        least = max((layers[one] + 1 for one in before[node]), default=0)
        layers[node] = max(least, wished[node] or 0)
    if all(wish is None for wish in wished):
        for _ in range(_TIGHTENING_ROUNDS):
            _tighten(reversed(order), layers, before, after)
    return layers


def _tighten(
    order: Iterator[int],
    layers: list[int],
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
) -> None:
    """Slide each node towards the side on which it has more edges, within what its edges allow."""
    for node in order:
        if not after[node]:
            continue
        least = max((layers[one] + 1 for one in before[node]), default=0)
        most = min(layers[one] - 1 for one in after[node])
        pulled_right = len(after[node]) >= len(before[node])
        layers[node] = most if pulled_right else least
