"""Second step of a layered drawing: the order inside each column, with few crossings.

Long links get a bend in every column they pass, so that each piece spans one gap only.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from provender.kit.ui.drawing_layers import Edge

_SWEEPS_OF_SMALL = 24
_SWEEPS_OF_LARGE = 8
_LARGE_FROM_NODES = 600
_PATIENCE_SWEEPS = 6


@dataclass
class Columns:
    """Nodes and bends by column.

    Attributes:
        real_count: Numbers below it are nodes, the others are bends.
        layers: Column of each node and bend.
        rows: Members of each column, top to bottom.
        before: What leads into each member from the column at its left.
        after: What each member leads to in the column at its right.
        chains: The bends of each edge that spans more than one gap, left to right.
    """

    real_count: int
    layers: list[int]
    rows: list[list[int]]
    before: list[list[int]]
    after: list[list[int]]
    chains: dict[Edge, list[int]] = field(default_factory=dict[Edge, list[int]])

    def is_bend(self, member: int) -> bool:
        """Tell bends from nodes."""
        return member >= self.real_count


def build_columns(layers: Sequence[int], edges: Sequence[Edge]) -> Columns:
    """Split long edges into pieces; edges of one source share their bends, so they run as a bundle."""
    count = len(layers)
    columns = Columns(count, list(layers), [], [[] for _ in layers], [[] for _ in layers])
    bend_at: dict[Edge, int] = {}
    for source, target in edges:
        chain = [_find_bend(columns, bend_at, source, layer) for layer in range(layers[source] + 1, layers[target])]
        columns.chains[source, target] = chain
        _join([source, *chain, target], columns)
    columns.rows = [[] for _ in range(max(columns.layers, default=-1) + 1)]
    for member, layer in enumerate(columns.layers):
        columns.rows[layer].append(member)
    return columns


def _find_bend(columns: Columns, bend_at: dict[Edge, int], source: int, layer: int) -> int:
    if (source, layer) not in bend_at:
        bend_at[source, layer] = len(columns.layers)
        columns.layers.append(layer)
        columns.before.append([])
        columns.after.append([])
    return bend_at[source, layer]


def _join(members: Sequence[int], columns: Columns) -> None:
    for left, right in pairwise(members):
        if right not in columns.after[left]:
            columns.after[left].append(right)
            columns.before[right].append(left)


def order_columns(columns: Columns) -> None:
    """Reorder every column so that few links cross: barycentre sweeps, the best order is kept."""
    rank = [0] * len(columns.layers)
    _take_ranks(columns.rows, rank)
    best = [list(row) for row in columns.rows]
    fewest, idle = count_crossings(columns, rank), 0
    sweeps = _SWEEPS_OF_LARGE if len(rank) > _LARGE_FROM_NODES else _SWEEPS_OF_SMALL
    for sweep in range(sweeps):
        if not fewest or idle > _PATIENCE_SWEEPS:
            break
        _sweep(columns, rank, sweep)
        crossings = count_crossings(columns, rank)
        idle = 0 if crossings < fewest else idle + 1
        if crossings < fewest:
            best, fewest = [list(row) for row in columns.rows], crossings
    columns.rows = best


def _sweep(columns: Columns, rank: list[int], sweep: int) -> None:
    to_right = sweep % 2 == 0
    sides = columns.before if to_right else columns.after
    tie = 1 if sweep % 4 < 2 else -1  # noqa: PLR2004 every other pair of sweeps breaks ties upwards
    for row in columns.rows if to_right else reversed(columns.rows):
        centre = {member: _centre(member, sides[member], rank) for member in row}
        row.sort(key=lambda member: (centre[member], tie * rank[member]))
        for index, member in enumerate(row):
            rank[member] = index


def _centre(member: int, neighbours: Sequence[int], rank: Sequence[int]) -> float:
    if not neighbours:
        return rank[member]
    return sum(rank[one] for one in neighbours) / len(neighbours)


def _take_ranks(rows: Sequence[Sequence[int]], rank: list[int]) -> None:
    for row in rows:
        for index, member in enumerate(row):
            rank[member] = index


def count_crossings(columns: Columns, rank: Sequence[int]) -> int:
    """Return how many pairs of pieces cross in the present order."""
    total = 0
    for row in columns.rows:
        seen: list[int] = []
        for member in sorted(row, key=lambda one: rank[one]):
            ends = sorted(rank[one] for one in columns.after[member])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
