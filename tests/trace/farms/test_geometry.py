"""Where a plot lies: what is accepted, what is refused and why, how large it is."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.trace.farms.errors import GeometryInvalid, PolygonRequired
from provender.trace.farms.model import Advice, Geometry, Position
from provender.trace.farms.rules.advice import require_polygon, survey_plot
from provender.trace.farms.rules.area import EARTH_RADIUS_M, compute_area_ha
from provender.trace.farms.rules.crossings import find_crossing, turn
from provender.trace.farms.rules.drawing import HEIGHT, WIDTH, draw_map
from provender.trace.farms.rules.geometry import read_geometry, signed_extent, write_geometry

EUDR = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "eudr"
CORNERS: list[list[float]] = [[0.1, 0.1], [0.2, 0.1], [0.2, 0.2], [0.1, 0.2], [0.1, 0.1]]
SQUARE: dict[str, Any] = {"type": "Polygon", "coordinates": [CORNERS]}
OF_OTHER_KINDS = {
    "valid_featurecollcetion_with_geometrycollection.geojson": "GeometryCollection",
    "valid_featurecollection_multiple_feature_types.geojson": "features",
    "valid_geometry_geometrycollection.geojson": "GeometryCollection",
    "valid_geometry_linestring.geojson": "LineString",
    "valid_geometry_multipoint.geojson": "MultiPoint",
}
# RFC 7946 asks readers not to refuse a ring that runs the wrong way; it is turned round instead.
PUT_RIGHT = {"invalid_exterior_not_ccw.geojson"}
TOLERATED = {
    "problematic_3d_coordinates.geojson",
    "problematic_duplicate_nodes.geojson",
    "problematic_excessive_vertices.geojson",
    "problematic_holes.geojson",
}


def files(folder: str) -> list[Path]:
    found = sorted((EUDR / "geometries").glob(f"{folder}/*.geojson"))
    assert found
    return found


def name_of(path: Path) -> str:
    return path.name


def single(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def star(corners: list[tuple[float, float]]) -> list[Position]:
    """Return a ring that does not cross itself: corners around a middle, by angle and distance."""
    count = len(corners)
    ring = [
        (10 + distance * cos(2 * pi * (place + shift) / count), 5 + distance * sin(2 * pi * (place + shift) / count))
        for place, (shift, distance) in enumerate(corners)
    ]
    return [*ring, ring[0]]


STARS = st.lists(st.tuples(st.floats(0, 0.4), st.floats(0.001, 0.01)), min_size=4, max_size=30).map(star)


@pytest.mark.parametrize("path", files("valid"), ids=name_of)
def test_published_valid_geometries_are_accepted_or_refused_for_their_kind_only(path: Path) -> None:
    document = single(path)
    other_kind = OF_OTHER_KINDS.get(path.name)

    if path.name == "valid_featurecollection_bboxes.geojson":
        document = document["features"][0]
    if other_kind is None:
        assert read_geometry(document).positions
        return
    with pytest.raises(GeometryInvalid, match=other_kind):
        read_geometry(document)


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder in ("invalid_geometries", "invalid_structure", "problematic_geometries", "problematic_structure")
        for path in files(folder)
        if path.name not in PUT_RIGHT | TOLERATED
    ],
    ids=name_of,
)
def test_published_invalid_geometries_are_refused_with_the_reason_and_the_fix(path: Path) -> None:
    with pytest.raises(GeometryInvalid) as refused:
        read_geometry(single(path))

    assert refused.value.field == "geometry"
    assert refused.value.hint
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("name", sorted(PUT_RIGHT | TOLERATED))
def test_what_can_be_put_right_is_accepted(name: str) -> None:
    [path] = (EUDR / "geometries").glob(f"*/{name}")

    geometry = read_geometry(single(path))

    assert read_geometry(write_geometry(geometry)) == geometry
    assert all(signed_extent(polygon[0]) > 0 for polygon in geometry.polygons)


def test_fifty_surveyed_plots_are_accepted_and_keep_their_area() -> None:
    features = json.loads((EUDR / "whisp_geojson_example.geojson").read_text(encoding="utf-8"))["features"]

    geometries = [read_geometry(feature) for feature in features]

    assert len(geometries) == 50
    assert all((compute_area_ha(geometry) or 0) > 0 for geometry in geometries)


@pytest.mark.parametrize(
    ("corners", "reason"),
    [
        ([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]], "crosses"),
        ([[0, 0], [2, 0], [2, 2], [1, 0], [0, 2], [0, 0]], "touches itself"),
        ([[0, 0], [2, 0], [1, 0], [1, 1], [0, 0]], "crosses or touches"),
        ([[0, 0], [1, 0], [1, 1]], "needs at least 4"),
        ([[0, 0], [1, 0], [1, 1], [0, 1]], "not closed"),
        ([[0, 0], [0, 0], [1, 1], [0, 0]], "three different corners"),
        ([[0, 0], [181, 0], [1, 1], [0, 0]], "not on the globe"),
        ([[0, 0], [0, float("nan")], [1, 1], [0, 0]], "not on the globe"),
        ([[0, 0], [True, 0], [1, 1], [0, 0]], "not two numbers"),
    ],
)
def test_an_impossible_outline_is_refused_with_its_reason(corners: list[list[float]], reason: str) -> None:
    with pytest.raises(GeometryInvalid, match=reason):
        read_geometry({"type": "Polygon", "coordinates": [corners]})


def test_an_outline_with_too_many_positions_is_refused_at_once() -> None:
    ring = [[0.0, place / 10_000] for place in range(5000)]

    with pytest.raises(GeometryInvalid, match="4000 positions"):
        read_geometry({"type": "Polygon", "coordinates": [[*ring, [1, 0], ring[0]]]})


@given(STARS)
def test_a_ring_that_does_not_cross_itself_is_accepted_in_both_directions_and_from_every_corner(
    ring: list[Position],
) -> None:
    opened = ring[:-1]
    turned = [*opened[2:], *opened[:2], opened[2]]

    areas = {
        compute_area_ha(read_geometry({"type": "Polygon", "coordinates": [[list(p) for p in written]]}))
        for written in (ring, ring[::-1], turned)
    }

    assert None not in areas
    assert max(area or 0 for area in areas) - min(area or 0 for area in areas) <= Decimal("0.0001")


@given(STARS, st.data())
def test_a_ring_with_two_corners_exchanged_is_never_taken_for_another_area_in_silence(
    ring: list[Position], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(ring) - 4))
    crossed = [*ring]
    crossed[place + 1], crossed[place + 2] = crossed[place + 2], crossed[place + 1]

    is_refused = find_crossing(tuple(crossed)) is not None

    assert is_refused == crosses_by_fractions(crossed)


def crosses_by_fractions(ring: list[Position]) -> bool:
    """Decide by comparing every pair of edges, without a sweep."""
    edges = list(pairwise(ring))
    count = len(edges)
    for one in range(count):
        for other in range(one + 2, count):
            if (one, other) == (0, count - 1):
                continue
            (a, b), (c, d) = edges[one], edges[other]
            if turn(a, b, c) * turn(a, b, d) <= 0 and turn(c, d, a) * turn(c, d, b) <= 0:
                return True
    return False


@given(
    st.floats(-170, 170),
    st.floats(-80, 79),
    st.floats(0.0005, 0.5),
    st.floats(0.0005, 0.5),
)
def test_the_area_of_a_field_between_two_meridians_and_two_parallels_is_exact(
    west: float, south: float, width: float, height: float
) -> None:
    east, north = west + width, south + height
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]

    computed = compute_area_ha(Geometry(polygons=((tuple(corners),),)))

    exact_m2 = EARTH_RADIUS_M**2 * radians(east - west) * (sin(radians(north)) - sin(radians(south)))
    assert computed is not None
    assert float(computed) * 10_000 == pytest.approx(exact_m2, abs=1.01, rel=1e-9)


def test_a_hole_is_taken_off_the_area() -> None:
    hole = [[0.14, 0.14], [0.14, 0.16], [0.16, 0.16], [0.16, 0.14], [0.14, 0.14]]
    whole, holed = (
        compute_area_ha(read_geometry({"type": "Polygon", "coordinates": rings}))
        for rings in ([CORNERS], [CORNERS, hole])
    )

    assert whole is not None
    assert holed is not None
    assert float(holed / whole) == pytest.approx(0.96, abs=1e-4)


def test_a_point_is_refused_above_four_hectares_and_not_at_four() -> None:
    point = read_geometry({"type": "Point", "coordinates": [-69.123456, 18.654321]})

    require_polygon(point, Decimal(4))
    require_polygon(read_geometry(SQUARE), Decimal(100))
    require_polygon(None, Decimal(100))
    with pytest.raises(PolygonRequired):
        require_polygon(point, Decimal("4.0001"))


def test_advice_is_given_for_coarse_coordinates_and_an_area_that_differs_by_more_than_a_tenth() -> None:
    fine = read_geometry({"type": "Polygon", "coordinates": [[[x + 0.000001, y] for x, y in CORNERS]]})
    area = compute_area_ha(fine)
    assert area is not None

    assert survey_plot(fine, area).advice == ()
    assert survey_plot(fine, area * Decimal("0.95")).advice == ()
    assert survey_plot(fine, area * Decimal("1.2")).advice == (Advice.AREA_DIFFERS,)
    assert survey_plot(read_geometry(SQUARE), None).advice == (Advice.FEW_DECIMALS, Advice.AREA_MISSING)
    assert survey_plot(None, None).advice == (Advice.GEOMETRY_MISSING, Advice.AREA_MISSING)


@given(st.lists(STARS, min_size=1, max_size=4))
def test_every_plot_lies_inside_its_map_with_north_up(rings: list[list[Position]]) -> None:
    geometries = {str(number): Geometry(polygons=((tuple(ring),),)) for number, ring in enumerate(rings)}
    geometries["north"] = Geometry(point=(10, 6))

    drawn = draw_map(geometries)

    assert drawn is not None
    assert all(0 <= plot.x <= WIDTH and 0 <= plot.y <= HEIGHT for plot in drawn.plots)
    assert min(drawn.plots, key=lambda plot: plot.y).id == "north"
    assert 0 < drawn.bar_length <= WIDTH / 2
    assert draw_map({}) is None
