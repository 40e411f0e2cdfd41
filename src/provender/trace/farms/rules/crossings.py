"""Whether outlines cross: exact, also where floating point would guess.

Segments are swept from west to east, so that only those are compared whose longitudes overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from provender.trace.farms.model import Position, Ring

DOUBTFUL: Final = 1e-12
"""Relative size of a turn below which floating point may have the wrong sign; then fractions decide."""


@dataclass(frozen=True, slots=True)
class _Segment:
    start: Position
    end: Position
    ring: int
    place: int

    @property
    def west(self) -> float:
        return min(self.start[0], self.end[0])

    @property
    def east(self) -> float:
        return max(self.start[0], self.end[0])


def find_crossing(ring: Ring) -> Position | None:
    """Return a corner near which a closed ring crosses, touches or retraces itself, or None."""
    count = len(ring) - 1
    for one, other in _overlapping(_segments(ring, 0)):
        steps = (other.place - one.place) % count
        if steps in {1, count - 1}:
            first, second = (one, other) if steps == 1 else (other, one)
            if _turns_back(first.start, first.end, second.end):
                return first.end
        elif _meet(one, other):
            return one.start
    return None


def find_meeting(rings: Sequence[Ring]) -> Position | None:
    """Return a corner near which two different rings cross; rings may touch in a corner."""
    segments = [segment for number, ring in enumerate(rings) for segment in _segments(ring, number)]
    if len(rings) < 2:  # noqa: PLR2004  # one ring has nothing to meet
        return None
    for one, other in _overlapping(segments):
        if one.ring != other.ring and _cross(one, other):
            return one.start
    return None


def _segments(ring: Ring, number: int) -> list[_Segment]:
    return [_Segment(start, end, number, place) for place, (start, end) in enumerate(pairwise(ring))]


def _overlapping(segments: Sequence[_Segment]) -> Iterator[tuple[_Segment, _Segment]]:
    """Yield each pair whose boxes overlap, once."""
    open_segments: list[_Segment] = []
    for segment in sorted(segments, key=lambda segment: segment.west):
        open_segments = [earlier for earlier in open_segments if earlier.east >= segment.west]
        south, north = sorted((segment.start[1], segment.end[1]))
        for earlier in open_segments:
            if max(earlier.start[1], earlier.end[1]) >= south and min(earlier.start[1], earlier.end[1]) <= north:
                yield earlier, segment
        open_segments.append(segment)


def turn(a: Position, b: Position, c: Position) -> int:
    """Return 1 when a-b-c turns left, -1 right, 0 when the three lie on one line; exact."""
    left = (b[0] - a[0]) * (c[1] - a[1])
    right = (b[1] - a[1]) * (c[0] - a[0])
    if abs(left - right) > DOUBTFUL * (abs(left) + abs(right)):
        return 1 if left > right else -1
    (ax, ay), (bx, by), (cx, cy) = (tuple(map(Fraction, position)) for position in (a, b, c))
    exact = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return (exact > 0) - (exact < 0)


def _turns_back(a: Position, b: Position, c: Position) -> bool:
    """Whether the way from b to c runs back over the way from a to b."""
    if turn(a, b, c) != 0:
        return False
    return (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0


def _cross(one: _Segment, other: _Segment) -> bool:
    """Whether two segments cross in a point inside both."""
    return (
        turn(one.start, one.end, other.start) * turn(one.start, one.end, other.end) < 0
        and turn(other.start, other.end, one.start) * turn(other.start, other.end, one.end) < 0
    )


def _meet(one: _Segment, other: _Segment) -> bool:
    """Whether two segments have any point in common."""
    if _cross(one, other):
        return True
    return any(
        turn(segment.start, segment.end, position) == 0 and _is_in_box(position, segment)
        for segment, position in (
            (one, other.start),
            (one, other.end),
            (other, one.start),
            (other, one.end),
        )
    )


def _is_in_box(position: Position, segment: _Segment) -> bool:
    south, north = sorted((segment.start[1], segment.end[1]))
    return segment.west <= position[0] <= segment.east and south <= position[1] <= north
