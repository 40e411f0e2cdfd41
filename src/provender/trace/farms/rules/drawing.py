"""Plots as a small map: where they lie to each other, north up, without any map service.

A point is drawn as a mark of fixed size, an outline to scale. Colours are the page's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, radians
from typing import Final

from provender.trace.farms.model import Geometry, Polygon, Position

WIDTH: Final = 640.0
HEIGHT: Final = 360.0
MARGIN: Final = 28.0
METRES_PER_DEGREE: Final = pi * 6_371_007.2 / 180
LABEL_WIDTH: Final = 80.0
LABEL_HEIGHT: Final = 30.0
LABEL_GAP: Final = 6.0
MARK_GAP: Final = 12.0
LEAST_EXTENT_M: Final = 200.0
"""A single point is shown in a window of at least this size."""
SCALE_BARS_M: Final = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))


@dataclass(frozen=True)
class DrawnPlot:
    """One plot on the map.

    Attributes:
        path: SVG path of its outlines, empty for a point.
        x: Middle of the plot; there stands its mark.
        label_y: Where its name stands: inside when there is room, else above.
    """

    id: str
    path: str
    x: float
    y: float
    label_y: float

    @property
    def is_point(self) -> bool:
        """Whether it is drawn as a mark."""
        return not self.path


@dataclass(frozen=True)
class DrawnMap:
    """A map in the units of its own view box.

    Attributes:
        bar_length: Length of the scale bar.
        bar_m: What the scale bar stands for, in metres.
    """

    width: float
    height: float
    plots: tuple[DrawnPlot, ...]
    bar_length: float
    bar_m: int


@dataclass(frozen=True)
class _Frame:
    west: float
    north: float
    east_scale: float
    north_scale: float
    left: float
    top: float

    def place(self, position: Position) -> Position:
        longitude, latitude = position
        x = self.left + (longitude - self.west) * self.east_scale
        y = self.top + (self.north - latitude) * self.north_scale
        return round(x, 1), round(y, 1)


def draw_map(geometries: Mapping[str, Geometry]) -> DrawnMap | None:
    """Return the map of plots by id, in the order given; None when there is nothing to draw."""
    positions = [position for geometry in geometries.values() for position in geometry.positions]
    if not positions:
        return None
    frame, metres_per_unit = _fit(positions)
    bar_m = max(bar for bar in SCALE_BARS_M if bar / metres_per_unit <= WIDTH / 4 or bar == 1)
    plots = tuple(_draw_plot(plot_id, geometry, frame) for plot_id, geometry in geometries.items())
    return DrawnMap(WIDTH, HEIGHT, plots, round(bar_m / metres_per_unit, 1), bar_m)


def _fit(positions: list[Position]) -> tuple[_Frame, float]:
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    metres_per_longitude = max(METRES_PER_DEGREE * cos(radians((south + north) / 2)), 1.0)
    width_m = max((east - west) * metres_per_longitude, LEAST_EXTENT_M)
    height_m = max((north - south) * METRES_PER_DEGREE, LEAST_EXTENT_M)
    metres_per_unit = max(width_m / (WIDTH - 2 * MARGIN), height_m / (HEIGHT - 2 * MARGIN))
    east_scale, north_scale = metres_per_longitude / metres_per_unit, METRES_PER_DEGREE / metres_per_unit
    left = (WIDTH - (east - west) * east_scale) / 2
    top = (HEIGHT - (north - south) * north_scale) / 2
    return _Frame(west, north, east_scale, north_scale, left, top), metres_per_unit


def _draw_plot(plot_id: str, geometry: Geometry, frame: _Frame) -> DrawnPlot:
    if geometry.point is not None:
        x, y = frame.place(geometry.point)
        return DrawnPlot(plot_id, "", x, y, y - MARK_GAP)
    path = " ".join(_draw_polygon(polygon, frame) for polygon in geometry.polygons)
    outline = [frame.place(position) for position in geometry.polygons[0][0]]
    west, east = min(p[0] for p in outline), max(p[0] for p in outline)
    top, bottom = min(p[1] for p in outline), max(p[1] for p in outline)
    has_room = east - west >= LABEL_WIDTH and bottom - top >= LABEL_HEIGHT
    x, y = round((west + east) / 2, 1), round((top + bottom) / 2, 1)
    return DrawnPlot(plot_id, path, x, y, y if has_room else top - LABEL_GAP)


def _draw_polygon(polygon: Polygon, frame: _Frame) -> str:
    return " ".join("M" + " ".join(f"{x:g},{y:g}" for x, y in map(frame.place, ring[:-1])) + "Z" for ring in polygon)
