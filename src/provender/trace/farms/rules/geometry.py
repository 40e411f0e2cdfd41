"""GeoJSON in: one point, polygon or multipolygon in WGS 84, checked, or a refusal with the reason.

What belongs here: RFC 7946 and what EUDR asks of a plot. What does not: how large it is (`area`),
what could be better about it (`advice`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, cast

from provender.kit.sentences import Sentence, tell
from provender.trace.farms.errors import GeometryInvalid
from provender.trace.farms.model import Geometry, Polygon, Position, Ring
from provender.trace.farms.rules.crossings import find_crossing, find_meeting

MOST_POSITIONS: Final = 4000
"""Positions of one plot; surveyed plots have tens to some hundreds."""
LEAST_POSITIONS: Final = 4
"""Positions of a ring, the first repeated as the last (RFC 7946 section 3.1.6)."""
WGS_84: Final = ("CRS84", "EPSG::4326", "EPSG:4326")
EASTERNMOST: Final = 180
NORTHERNMOST: Final = 90
DRAW_AGAIN: Final = "Draw the outline again there."

Json = Mapping[str, object]


def read_geometry(document: object) -> Geometry:
    """Return the one geometry of a GeoJSON geometry, Feature, or FeatureCollection of one Feature.

    Altitudes are left out, positions that repeat the one before are dropped, rings that run the
    wrong way are turned round (RFC 7946 asks readers not to refuse them).

    Raises:
        GeometryInvalid: says what is wrong and how to put it right.
    """
    geometry = _find_geometry(_object(document, tell("The geometry is not a GeoJSON object.")))
    _check_members(geometry)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        return Geometry(point=_position(coordinates))
    if kind == "Polygon":
        polygons = (coordinates,)
    elif kind == "MultiPolygon":
        polygons = tuple(_list(coordinates, tell("The coordinates of a MultiPolygon are not a list.")))
    else:
        raise GeometryInvalid(
            tell("A plot cannot be a %(kind)s.", kind=_name(kind)), hint="Send a Point, a Polygon or a MultiPolygon."
        )
    if not polygons:
        raise GeometryInvalid("The MultiPolygon is empty.", hint="Leave the geometry out while it is not known.")
    return _checked(Geometry(polygons=tuple(_polygon(polygon) for polygon in polygons)))


def write_geometry(geometry: Geometry) -> dict[str, object]:
    """Return the GeoJSON geometry that is stored: one polygon as Polygon, several as MultiPolygon."""
    if geometry.point is not None:
        return {"type": "Point", "coordinates": list(geometry.point)}
    polygons = [[[list(position) for position in ring] for ring in polygon] for polygon in geometry.polygons]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def restore_geometry(document: Json) -> Geometry:
    """Return a geometry that `write_geometry` wrote; it is not checked again."""
    if document["type"] == "Point":
        longitude, latitude = cast("Sequence[float]", document["coordinates"])
        return Geometry(point=(float(longitude), float(latitude)))
    coordinates = cast("Sequence[Sequence[Sequence[Position]]]", document["coordinates"])
    polygons = [coordinates] if document["type"] == "Polygon" else coordinates
    written = cast("Sequence[Sequence[Sequence[Position]]]", polygons)
    return Geometry(
        polygons=tuple(
            tuple(tuple((float(p[0]), float(p[1])) for p in ring) for ring in polygon) for polygon in written
        )
    )


def _find_geometry(document: Json) -> Json:
    _check_reference_system(document)
    if document.get("type") == "FeatureCollection":
        features = _list(document.get("features"), tell("The features of a FeatureCollection are not a list."))
        if len(features) != 1:
            raise GeometryInvalid(
                tell("The collection holds %(count)s features; a plot is one.", count=len(features)),
                hint="Add each feature as its own plot.",
            )
        document = _object(features[0], tell("A feature is not a GeoJSON object."))
        if document.get("type") != "Feature":
            raise GeometryInvalid("A FeatureCollection may hold Features only.", hint="Export the plot again.")
    if document.get("type") == "Feature":
        if not isinstance(document.get("properties", 0), Mapping | None):
            raise GeometryInvalid(
                "The properties of a Feature are missing, or are no object.", hint='Write "properties": {}.'
            )
        return _object(document.get("geometry"), tell("The geometry of a Feature is not a GeoJSON object."))
    return document


def _check_reference_system(document: Json) -> None:
    system = document.get("crs")
    if system is not None and not str(system).rstrip("'} ").endswith(WGS_84):
        raise GeometryInvalid(
            "The coordinates are in another reference system.", hint="Export them in WGS 84 (EPSG:4326)."
        )


def _check_members(geometry: Json) -> None:
    _check_reference_system(geometry)
    box = geometry.get("bbox")
    if box is not None and not (isinstance(box, list) and all(_is_number(part) for part in cast("list[object]", box))):
        raise GeometryInvalid("The bbox is not a list of numbers.", hint="Leave the bbox out.")


def _polygon(coordinates: object) -> Polygon:
    rings = _list(coordinates, tell("The coordinates of a polygon are not a list."))
    if not rings:
        raise GeometryInvalid("A polygon has no ring.", hint="Leave the geometry out while it is not known.")
    return tuple(_ring(ring, is_outer=place == 0) for place, ring in enumerate(rings))


def _ring(coordinates: object, *, is_outer: bool) -> Ring:
    sent = _list(coordinates, tell("A ring of a polygon is not a list."))
    if len(sent) > MOST_POSITIONS:
        raise GeometryInvalid(
            tell("A plot may have %(count)s positions at most.", count=MOST_POSITIONS), hint="Simplify its outline."
        )
    written = [_position(position) for position in sent]
    if len(written) < LEAST_POSITIONS:
        raise GeometryInvalid(
            tell("A ring has %(count)s positions; it needs at least 4.", count=len(written)),
            hint="Three corners, and the first one again as the last.",
        )
    if written[0] != written[-1]:
        raise GeometryInvalid("A ring is not closed.", hint="Repeat its first position as the last.")
    ring = tuple(here for place, here in enumerate(written) if place == 0 or here != written[place - 1])
    if len(ring) < LEAST_POSITIONS:
        raise GeometryInvalid("A ring has fewer than three different corners.", hint="Three corners make an area.")
    return ring if (signed_extent(ring) > 0) == is_outer else ring[::-1]


def signed_extent(ring: Ring) -> float:
    """Return twice the area of a ring in square degrees; positive when it runs counter-clockwise."""
    west, south = ring[0]
    shifted = [(longitude - west, latitude - south) for longitude, latitude in ring]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(shifted))


def _checked(geometry: Geometry) -> Geometry:
    if sum(len(ring) for polygon in geometry.polygons for ring in polygon) > MOST_POSITIONS:
        raise GeometryInvalid(
            tell("A plot may have %(count)s positions at most.", count=MOST_POSITIONS), hint="Simplify its outline."
        )
    rings = [ring for polygon in geometry.polygons for ring in polygon]
    for ring in rings:
        crossing = find_crossing(ring)
        if crossing is not None:
            message = "A ring crosses or touches itself near longitude %(longitude)s, latitude %(latitude)s."
            raise GeometryInvalid(tell(message, **_written(crossing)), hint=DRAW_AGAIN)
    meeting = find_meeting(rings)
    if meeting is not None:
        message = "Two rings cross each other near longitude %(longitude)s, latitude %(latitude)s."
        raise GeometryInvalid(tell(message, **_written(meeting)), hint=DRAW_AGAIN)
    return geometry


def _written(position: Position) -> dict[str, str]:
    return {"longitude": f"{position[0]:.6f}", "latitude": f"{position[1]:.6f}"}


def _position(coordinates: object) -> Position:
    numbers = _list(coordinates, tell("A position is not a list."))
    if len(numbers) not in {2, 3} or not all(_is_number(number) for number in numbers):
        raise GeometryInvalid("A position is not two numbers.", hint="Write longitude, then latitude.")
    longitude, latitude = float(str(numbers[0])), float(str(numbers[1]))
    if not (abs(longitude) <= EASTERNMOST and abs(latitude) <= NORTHERNMOST):
        raise GeometryInvalid(
            tell(
                "Longitude %(longitude)s, latitude %(latitude)s is not on the globe.",
                longitude=longitude,
                latitude=latitude,
            ),
            hint="Longitude (-180 to 180) comes first, then latitude (-90 to 90), in degrees.",
        )
    return longitude, latitude


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _object(value: object, fault: Sentence) -> Json:
    if not isinstance(value, dict):
        raise GeometryInvalid(fault, hint="Paste a GeoJSON geometry or feature.")
    return cast("Json", value)


def _list(value: object, fault: Sentence) -> Sequence[object]:
    if not isinstance(value, list):
        raise GeometryInvalid(fault, hint="Check the brackets of the coordinates.")
    return cast("Sequence[object]", value)


def _name(kind: object) -> str:
    return kind[:40] if isinstance(kind, str) else "thing without a type"
