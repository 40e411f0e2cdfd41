"""The words of a layered drawing: what goes in and what comes out. No layout is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A node to be drawn.

    Attributes:
        id: Unique within one drawing.
        width: In drawing units; one unit is one CSS pixel at full size.
        height: In drawing units.
        layer: Column in which the node should stand, counted from the left; it moves further
            right where its links would else not run from left to right. None: found from the links.
    """

    id: str
    width: float
    height: float
    layer: int | None = None


@dataclass(frozen=True)
class Link:
    """A directed link between two boxes; links to unknown ids are refused."""

    source: str
    target: str


@dataclass(frozen=True)
class Place:
    """Where a box stands: top left corner, and its column."""

    x: float
    y: float
    layer: int


@dataclass(frozen=True)
class Route:
    """How one link runs.

    Attributes:
        points: Way points, x never decreasing; empty for a link from a box to itself.
        is_backward: The link closes a cycle, so the points run from its target to its source.
    """

    points: tuple[tuple[float, float], ...]
    is_backward: bool


@dataclass(frozen=True)
class Drawing:
    """A finished drawing, top left corner at (0, 0).

    Attributes:
        places: By box id.
        routes: One per link, in the order in which the links were given.
        width: Of the whole drawing.
        height: Of the whole drawing.
        layer_xs: Left edge of each column, left to right.
    """

    places: Mapping[str, Place]
    routes: tuple[Route, ...]
    width: float
    height: float
    layer_xs: tuple[float, ...]
