import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo import geodesy

ORACLE = Geodesic.WGS84
RAFAH = (34.24, 31.29)
LONS = st.floats(-180, 180)
LATS = st.floats(-85, 85)

# Karney (2013), doi:10.1007/s00190-012-0578-z, tables 2 and 3; and the line from JFK to LHR of GeographicLib's manual
PUBLISHED = [
    ((0.0, 40.0, 137.84490004377, 41.79331020506), 10_000_000.0, 30.0),
    ((0.0, -30.12345, 0.00005, -30.12344), 4.944208, 77.04353354237),
    ((-73.8, 40.6, -0.5, 51.6), 5_551_759.400, 51.198883),
]


def oracle_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    return float(ORACLE.Inverse(lat1, lon1, lat2, lon2)["s12"])


@pytest.mark.parametrize(("points", "distance", "azimuth"), PUBLISHED)
def test_geodesic_agrees_with_published_lines(
    points: tuple[float, float, float, float], distance: float, azimuth: float
) -> None:
    assert geodesy.distance_m(*points) == pytest.approx(distance, abs=1e-3)
    assert geodesy.azimuth_deg(*points) == pytest.approx(azimuth, abs=1e-6)


@given(LONS, LATS, LONS, LATS)
def test_distance_m_is_symmetric_and_as_the_oracle_has_it(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    there = geodesy.distance_m(lon1, lat1, lon2, lat2)
    assert there == pytest.approx(geodesy.distance_m(lon2, lat2, lon1, lat1), abs=1e-6)
    assert there == pytest.approx(oracle_m(lon1, lat1, lon2, lat2), abs=1e-6)


@given(LONS, LATS, st.floats(0, 360), st.floats(0.01, 5_000_000))
def test_destination_lies_at_its_distance(lon: float, lat: float, azimuth: float, distance: float) -> None:
    assert geodesy.distance_m(lon, lat, *geodesy.destination(lon, lat, azimuth, distance)) == pytest.approx(
        distance, abs=1e-6
    )


@pytest.mark.parametrize("radius", [10.0, 2000.0, 50_000.0])
def test_ring_vertices_lie_at_the_radius(radius: float) -> None:
    ring = geodesy.ring(*RAFAH, radius)
    assert ring.exterior.is_ccw
    assert [oracle_m(*RAFAH, *vertex) for vertex in ring.exterior.coords] == pytest.approx([radius] * 91, abs=1e-4)


def test_band_from_area_runs_from_farthest_to_nearest_corner() -> None:
    origin = box(34.2, 31.2, 34.3, 31.35)
    band = geodesy.band_from_area(origin, 45_000, 55_000)
    assert isinstance(band, Polygon)
    assert band.is_valid
    assert not band.intersects(origin)
    corners = list(origin.exterior.coords)[:-1]
    # the edge's chords lie inside its arcs by at most 0.12 % of the radius
    for lon, lat in list(band.exterior.coords)[::9]:
        assert geodesy.distance_range_m(Point(lon, lat), origin)[0] == pytest.approx(55_000, rel=2e-3)
    for lon, lat in list(band.interiors[0].coords)[::9]:
        assert max(oracle_m(lon, lat, *corner) for corner in corners) == pytest.approx(45_000, rel=2e-3)


def test_buffer_of_line_is_as_far_as_said() -> None:
    line = LineString([(34.2675, 31.2201), (34.2184, 31.3240)])
    grown = geodesy.buffer(line, 2500, flat=True)
    assert oracle_area_m2(grown) / oracle_m(*line.coords[0], *line.coords[1]) == pytest.approx(5000, rel=1e-3)
    assert oracle_area_m2(geodesy.buffer(Point(RAFAH), 1000)) == pytest.approx(3.1416e6, rel=3e-3)


def oracle_area_m2(shape: BaseGeometry) -> float:
    assert isinstance(shape, Polygon)
    sides = ORACLE.Polygon()
    for lon, lat in list(shape.exterior.coords)[:-1]:
        sides.AddPoint(lat, lon)
    return abs(float(sides.Compute()[2]))


def test_least_distance_is_nought_inside_and_nearest_outside() -> None:
    land = box(34.2, 31.2, 34.3, 31.3)
    inside, outside = (geodesy.distance_range_m(Point(34.25, lat), land)[0] for lat in (31.25, 31.4))
    assert inside == 0
    assert outside == pytest.approx(oracle_m(34.25, 31.4, 34.25, 31.3), rel=1e-4)


@pytest.mark.parametrize(("inner_m", "outer_m"), [(2, 1), (0, 1), (1, 1)])
def test_band_rejects_distances_out_of_order(inner_m: float, outer_m: float) -> None:
    with pytest.raises(ValueError, match="Invalid band"):
        geodesy.band_from_area(box(0, 0, 1, 1), inner_m, outer_m)


@pytest.mark.parametrize(("lon", "lat"), [(179.99, 0), (-179.99, 10), (34, 89.99), (34, -90)])
def test_ring_rejects_what_one_ring_cannot_hold(lon: float, lat: float) -> None:
    with pytest.raises(
        ValueError, match=r"Invalid disc of 5000 m about .* one side of the antimeridian and holds no pole"
    ):
        geodesy.ring(lon, lat, 5000)


def test_ring_rejects_no_radius() -> None:
    with pytest.raises(ValueError, match="Invalid radius '0'"):
        geodesy.ring(*RAFAH, 0)
    with pytest.raises(ValueError, match="Invalid number of vertices '3'"):
        geodesy.ring(*RAFAH, 10, vertices=3)
