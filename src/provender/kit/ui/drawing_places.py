"""Third step of a layered drawing: heights, pulled towards neighbours without changing the order.

Each column is placed by isotonic regression (pool adjacent violators): every member is as near to
the mean of its neighbours as order and gaps allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from provender.kit.ui.drawing_order import Columns

_ROUNDS_OF_SMALL = 16
_ROUNDS_OF_LARGE = 6
_LARGE_FROM_NODES = 600
_BEND_HEIGHT = 6.0
_GAP_SHARE_OF_BENDS = 0.4
_LONE_WEIGHT = 0.1


@dataclass
class _Block:
    """Neighbouring members that move as one: their common wish, its weight, how many they are."""

    wish: float
    weight: float
    size: int


def place_members(columns: Columns, heights: Sequence[float], gap: float) -> list[float]:
    """Return the middle height of every node and bend; the smallest top edge is at zero.

    Args:
        columns: Ordered columns.
        heights: Height of each node, bends not included.
        gap: Free space between two nodes of one column.
    """
    tall = [*heights, *[_BEND_HEIGHT] * (len(columns.layers) - len(heights))]
    offsets = [_stack(row, columns, tall, gap) for row in columns.rows]
    middles = [0.0] * len(columns.layers)
    for row, offset in zip(columns.rows, offsets, strict=True):
        for member, down in zip(row, offset, strict=True):
            middles[member] = down - offset[-1] / 2
    rounds = _ROUNDS_OF_LARGE if len(middles) > _LARGE_FROM_NODES else _ROUNDS_OF_SMALL
    for number in range(rounds):
        pairs = list(zip(columns.rows, offsets, strict=True))
        for row, offset in pairs if number % 2 == 0 else reversed(pairs):
            _settle(row, offset, columns, middles)
    top = min((middles[one] - tall[one] / 2 for one in range(len(middles))), default=0.0)
    return [middle - top for middle in middles]


def _stack(row: Sequence[int], columns: Columns, tall: Sequence[float], gap: float) -> list[float]:
    """Return the least distance of each member's middle from the first one's."""
    offsets = [0.0]
    for above, below in pairwise(row):
        bends = columns.is_bend(above) or columns.is_bend(below)
        free = gap * (_GAP_SHARE_OF_BENDS if bends else 1)
        offsets.append(offsets[-1] + tall[above] / 2 + free + tall[below] / 2)
    return offsets[: len(row)]


def _settle(row: Sequence[int], offsets: Sequence[float], columns: Columns, middles: list[float]) -> None:
    blocks: list[_Block] = []
    for member, offset in zip(row, offsets, strict=True):
        wish, weight = _wish(member, columns, middles)
        blocks.append(_Block(wish - offset, weight, 1))
        while len(blocks) > 1 and blocks[-2].wish > blocks[-1].wish:
            _merge(blocks[-2], blocks.pop())
    settled = [block.wish for block in blocks for _ in range(block.size)]
    for member, offset, wish in zip(row, offsets, settled, strict=True):
        middles[member] = wish + offset


def _wish(member: int, columns: Columns, middles: Sequence[float]) -> tuple[float, float]:
    total = weight = 0.0
    for side in (columns.before[member], columns.after[member]):
        for other in side:
            pull = _pull(columns.is_bend(member), columns.is_bend(other))
            total += middles[other] * pull
            weight += pull
    return (total / weight, weight) if weight else (middles[member], _LONE_WEIGHT)


def _pull(is_bend: bool, is_other_bend: bool) -> int:  # noqa: FBT001 the pair is the meaning
    """Bends pull bends hardest, so that long links run straight."""
    if is_bend and is_other_bend:
        return 8
    return 3 if is_bend or is_other_bend else 1


def _merge(block: _Block, later: _Block) -> None:
    weight = block.weight + later.weight
    block.wish = (block.wish * block.weight + later.wish * later.weight) / weight
    block.weight = weight
    block.size += later.size
