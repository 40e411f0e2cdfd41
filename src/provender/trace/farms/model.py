"""The words of farms and plots."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Position = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84."""
Ring = tuple[Position, ...]
"""Closed: the last position repeats the first; outer rings run counter-clockwise, holes clockwise."""
Polygon = tuple[Ring, ...]
"""The outer ring, then its holes."""


@dataclass(frozen=True)
class Geometry:
    """Where a plot lies: a point, or one or more polygons."""

    point: Position | None = None
    polygons: tuple[Polygon, ...] = ()

    @property
    def positions(self) -> list[Position]:
        """Every position, in the order of the outline."""
        if self.point is not None:
            return [self.point]
        return [position for polygon in self.polygons for ring in polygon for position in ring]


class Advice(StrEnum):
    """What could be better about a plot; nothing of it is refused."""

    GEOMETRY_MISSING = "geometry_missing"
    FEW_DECIMALS = "few_decimals"
    AREA_MISSING = "area_missing"
    AREA_DIFFERS = "area_differs"


@dataclass(frozen=True)
class Survey:
    """What is known of a plot's land.

    Attributes:
        computed_area_ha: Of its polygons, to the square metre; None for a point or without geometry.
    """

    computed_area_ha: Decimal | None
    advice: tuple[Advice, ...]


@dataclass(frozen=True)
class FarmUses:
    """How many records point to a farm and keep it from being deleted."""

    plots: int
    batches: int
