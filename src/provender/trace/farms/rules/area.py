"""How large a plot is, on a sphere."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from math import radians, sin
from typing import Final

from provender.trace.farms.model import Geometry, Ring

EARTH_RADIUS_M: Final = 6_371_007.2
"""Radius of the sphere with the surface of the WGS 84 ellipsoid, so that areas agree on the whole."""
SQUARE_METRES_PER_HECTARE: Final = 10_000


def compute_area_ha(geometry: Geometry) -> Decimal | None:
    """Return the area of the polygons without their holes, in hectares to the square metre; None for a point.

    Exact for edges along meridians; an edge between two latitudes is taken as a straight line in
    longitude and the sine of latitude, which differs by less than a millionth at the size of a farm.
    """
    if not geometry.polygons:
        return None
    square_metres = sum(
        abs(_ring_area_m2(outer)) - sum(abs(_ring_area_m2(hole)) for hole in holes)
        for outer, *holes in geometry.polygons
    )
    return Decimal(round(square_metres)) / SQUARE_METRES_PER_HECTARE


def _ring_area_m2(ring: Ring) -> float:
    strips = (
        radians(there[0] - here[0]) * (sin(radians(here[1])) + sin(radians(there[1]))) for here, there in pairwise(ring)
    )
    return EARTH_RADIUS_M**2 * sum(strips) / 2
