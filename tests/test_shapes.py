import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import shapely
from geographiclib.geodesic import Geodesic
from shapely.geometry import Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from tools.draw_shapes import draw_feature, read_drawings, read_ground
from tools.shape_ground import Ground

DATA = Path(__file__).resolve().parent.parent / "data"
DRAWINGS = read_drawings()
EGYPT_GAZA = ("Egypt", "Gaza Strip")


def away_m(lon: float, lat: float, place: BaseGeometry) -> float:
    """How far a position is from the nearest point of a shape."""
    return geodesy.distance_range_m(Point(lon, lat), place)[0]


def area_m2(place: BaseGeometry) -> float:
    """The area of polygons on the ellipsoid."""
    return abs(float(geodesy.WGS84.geometry_area_perimeter(shapely.orient_polygons(place))[0]))


@lru_cache
def ground() -> Ground:
    return read_ground(DATA)


@lru_cache
def stored() -> dict[str, dict[str, Any]]:
    path = DATA / "places.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"] if path.exists() else []
    return {feature["id"]: feature for feature in features}


def stored_shape(feature_id: str) -> BaseGeometry:
    if feature_id not in stored():
        pytest.skip(f"data/places.geojson has no feature {feature_id}")
    return shape(stored()[feature_id]["geometry"])


@pytest.mark.parametrize("feature_id", sorted(DRAWINGS))
def test_stored_shape_is_as_its_rule_draws_it(feature_id: str) -> None:
    if feature_id not in stored():
        pytest.skip(f"data/places.geojson has no feature {feature_id}")
    feature = stored()[feature_id]
    drawn = draw_feature(ground(), feature, DRAWINGS[feature_id])
    assert drawn["geometry"] == feature["geometry"]
    assert drawn["properties"] == feature["properties"]


def test_every_drawn_feature_has_a_rule() -> None:
    assert {key for key, feature in stored().items() if feature["geometry"]} <= set(DRAWINGS)


@pytest.mark.parametrize("feature_id", sorted(key for key, row in DRAWINGS.items() if "rule" in row))
def test_stored_shape_is_valid_and_right_handed(feature_id: str) -> None:
    geometry = stored_shape(feature_id)
    assert geometry.is_valid
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon":
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)


def test_border_line_is_as_long_as_measured() -> None:
    line = stored_shape("egypt-gaza-border")
    assert geodesy.WGS84.geometry_length(line) == pytest.approx(12_700, abs=100)
    # both ends as OpenStreetMap has them
    assert line.coords[0] == pytest.approx((34.2675, 31.2201), abs=1e-4)
    assert line.coords[-1] == pytest.approx((34.2184, 31.3240), abs=1e-4)


@pytest.mark.parametrize("feature_id", sorted(key for key, row in DRAWINGS.items() if row.get("rule") == "border"))
def test_line_is_disputed_where_the_base_map_has_it_so(feature_id: str) -> None:
    basemap = json.loads((DATA / "basemap.geojson").read_text(encoding="utf-8"))
    between = DRAWINGS[feature_id]["with"]["between"]
    lines = [f["properties"] for f in basemap["features"] if f["properties"].get("between") == sorted(between)]
    is_disputed = stored()[feature_id]["properties"]["provenance"].get("disputed", False)
    assert [line["disputed"] for line in lines] == [is_disputed]
    # a line that is no political boundary is called none
    assert ("Border" in stored()[feature_id]["properties"]["name"]) != is_disputed


def test_strip_near_the_israeli_border_runs_along_all_of_it() -> None:
    strip, line = stored_shape("air-strikes-near-israeli-border"), ground().whole_boundary(("Egypt", "Israel"))
    # from the Gulf of Aqaba to the corner of the Gaza Strip
    assert (line.coords[0][1], line.coords[-1][1]) == pytest.approx((29.49, 31.22), abs=0.01)
    assert max(away_m(lon, lat, strip) for lon, lat in line.coords) < 3_000
    assert max(away_m(lon, lat, line) for lon, lat in strip.exterior.coords) < 7_000  # type: ignore[attr-defined]


def test_philadelphi_corridor_lies_along_the_border() -> None:
    corridor, line = stored_shape("philadelphi-corridor"), ground().boundary(EGYPT_GAZA)
    assert isinstance(corridor, Polygon)
    assert geodesy.WGS84.geometry_length(line.intersection(corridor)) == pytest.approx(
        geodesy.WGS84.geometry_length(line), rel=0.02
    )
    assert max(away_m(lon, lat, line) for lon, lat in corridor.exterior.coords) < 160


@pytest.mark.parametrize("feature_id", ["buffer-zone", "home-demolition", "drone-surveillance-egyptian-troops"])
def test_strip_lies_on_egypts_side(feature_id: str) -> None:
    zone = stored_shape(feature_id)
    gaza = area_m2(zone.intersection(ground().land("Gaza Strip")))
    assert gaza / area_m2(zone) < 1e-3
    assert area_m2(zone.intersection(ground().land("Egypt"))) == pytest.approx(area_m2(zone), rel=1e-3)


def test_drone_reach_has_the_cited_distance() -> None:
    reach, origin = stored_shape("drone-reach"), stored_shape("southern-gaza")
    corners = shapely.get_coordinates(origin.convex_hull)
    for lon, lat in shapely.get_coordinates(reach):
        farthest = max(float(Geodesic.WGS84.Inverse(lat, lon, y, x)["s12"]) for x, y in corners)
        # by the oracle no point is nearer than 45 km to all of the origin, or farther than 55 km from all of it
        assert farthest > 45_000 * 0.998
        assert away_m(lon, lat, origin) < 55_000 * 1.002


def test_reported_distance_fits_one_town_and_not_the_other() -> None:
    origin = stored_shape("southern-gaza")
    away = {}
    for town in ("el-arish", "sheikh-zuweid"):
        lon, lat = stored_shape(town).coords[0]
        away[town] = away_m(lon, lat, origin)
    assert away["el-arish"] == pytest.approx(45_000, abs=1_500)
    assert away["sheikh-zuweid"] == pytest.approx(14_000, abs=1_500)
    assert stored_shape("drone-reach").contains(stored_shape("el-arish"))
    assert not stored_shape("drone-reach").contains(stored_shape("sheikh-zuweid"))


@pytest.mark.parametrize("feature_id", sorted(key for key, row in DRAWINGS.items() if row.get("rule") == "fan"))
def test_flow_runs_between_the_lands_it_names(feature_id: str) -> None:
    geometry = stored_shape(feature_id)
    places = DRAWINGS[feature_id]["with"]
    inward = [True] * len(places.get("to_gaza", [])) + [False] * len(places.get("to_sinai", []))
    for line, to_gaza in zip(getattr(geometry, "geoms", [geometry]), inward, strict=True):
        lands = EGYPT_GAZA if to_gaza else EGYPT_GAZA[::-1]
        assert ground().land(lands[0]).contains(line.interpolate(0))
        assert ground().land(lands[1]).contains(line.interpolate(1, normalized=True))


def test_far_flows_come_into_the_strip_through_sinai() -> None:
    gaza, egypt = (ground().land(name) for name in ("Gaza Strip", "Egypt"))
    for line in stored_shape("arms-iran-libya-to-gaza").geoms:  # type: ignore[attr-defined]
        assert gaza.contains(shapely.Point(line.coords[-1]))
        last_of_egypt = shapely.Point(line.intersection(gaza).coords[0])
        assert egypt.distance(last_of_egypt) < 1e-3


def test_flows_that_run_alike_share_a_line_and_no_other_meets_it() -> None:
    rows = [row["with"] for row in DRAWINGS.values() if row.get("rule") in {"fan", "far-fan"}]
    ways = {(tuple(row.get("to_gaza", ())), tuple(row.get("to_sinai", ()))) for row in rows}
    # what runs both ways takes one place
    places = [place for to_gaza, to_sinai in ways for place in {*to_gaza, *to_sinai}]
    assert sorted(places) == list(range(rows[0]["of"]))
    lines = {shapely.normalize(stored_shape(key)) for key, row in DRAWINGS.items() if row.get("rule") == "fan"}
    assert len(lines) == 3
    assert all(one == other or not one.intersects(other) for one in lines for other in lines)


def test_towns_of_the_articles_are_where_the_gazetteer_has_them() -> None:
    basemap = json.loads((DATA / "basemap.geojson").read_text(encoding="utf-8"))
    gazetteer = json.loads((DATA / "gazetteer.json").read_text(encoding="utf-8"))
    towns = {f["properties"]["name"]: f["geometry"]["coordinates"] for f in basemap["features"] if is_town(f)}
    assert gazetteer
    for town in gazetteer:
        assert towns[town["name"]] == pytest.approx([town["lon"], town["lat"]], abs=1e-4)


def is_town(feature: dict[str, Any]) -> bool:
    kind: str = feature["properties"]["kind"]
    return kind == "town"


@pytest.mark.parametrize("scale", ["frame", "wide", "world"])
def test_names_of_countries_stand_on_their_own_land(scale: str) -> None:
    features = json.loads((DATA / "basemap.geojson").read_text(encoding="utf-8"))["features"]
    labels = [f for f in features if (f["properties"]["kind"], f["properties"]["scale"]) == ("country-label", scale)]
    assert labels
    for label in labels:
        name = label["properties"]["names"]
        lands = [f for f in features if "land" in f["properties"]["kind"] and f["properties"]["names"] == name]
        assert any(shape(land["geometry"]).contains(shape(label["geometry"])) for land in lands), name


def test_base_map_is_valid_and_its_scales_do_not_overlap() -> None:
    basemap = json.loads((DATA / "basemap.geojson").read_text(encoding="utf-8"))
    lands = [
        (f["properties"]["scale"], shape(f["geometry"]))
        for f in basemap["features"]
        if "land" in f["properties"]["kind"]
    ]
    assert all(land.is_valid for _, land in lands)
    for scale, land in lands:
        for other_scale, other in lands:
            if scale < other_scale:
                assert land.intersection(other).area < 1e-3
