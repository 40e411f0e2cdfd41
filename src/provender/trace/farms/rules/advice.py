"""What EUDR asks of a plot: what is refused, and what is only advised.

Source: Regulation (EU) 2023/1115 article 2 (28): a polygon for more than four hectares, at least
six decimals of latitude and longitude.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from provender.trace.farms.errors import PolygonRequired
from provender.trace.farms.model import Advice, Geometry, Survey
from provender.trace.farms.rules.area import compute_area_ha

LARGEST_POINT_HA: Final = Decimal(4)
LEAST_DECIMALS: Final = 6
LARGEST_DIFFERENCE: Final = Decimal("0.1")
"""Of the declared area: surveys differ by some percent, a slip of the pen by more."""


def require_polygon(geometry: Geometry | None, area_ha: Decimal | None) -> None:
    """Refuse a point for a plot above four hectares.

    Raises:
        PolygonRequired: the plot is too large for a point.
    """
    if geometry is not None and geometry.point is not None and area_ha is not None and area_ha > LARGEST_POINT_HA:
        raise PolygonRequired(
            "A plot above 4 ha needs its outline, not a point.", hint="Send a Polygon, or correct the area."
        )


def survey_plot(geometry: Geometry | None, area_ha: Decimal | None) -> Survey:
    """Return the computed area of a plot and what could be better about it."""
    computed = None if geometry is None else compute_area_ha(geometry)
    found = {
        Advice.GEOMETRY_MISSING: geometry is None,
        Advice.FEW_DECIMALS: geometry is not None and _most_decimals(geometry) < LEAST_DECIMALS,
        Advice.AREA_MISSING: area_ha is None,
        Advice.AREA_DIFFERS: _differs(area_ha, computed),
    }
    return Survey(computed, tuple(advice for advice, is_given in found.items() if is_given))


def _most_decimals(geometry: Geometry) -> int:
    """Return the decimals of the finest coordinate: a zero at the end is lost in JSON, but not in all of them."""
    numbers = [Decimal(repr(number)) for position in geometry.positions for number in position]
    return max(-int(number.as_tuple().exponent) for number in numbers)


def _differs(declared_ha: Decimal | None, computed_ha: Decimal | None) -> bool:
    if declared_ha is None or computed_ha is None:
        return False
    return abs(declared_ha - computed_ha) > LARGEST_DIFFERENCE * declared_ha
