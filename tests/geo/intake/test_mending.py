"""What is often wrong with a table: recognised, offered, mended only where it is asked for, each change listed."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence

import pyproj
import pytest
import shapely

from geo.errors import InputError
from geo.intake.mending import MOST_RING_VERTICES
from geo.intake.mends import MENDS
from geo.intake.referencing import knows_datum, read_crs, to_degrees
from tests.event_tables import write_sheets
from tests.loading_here import load_here

SWAPPED = "Lat,Long\n34.28,31.25\n34.3,31.2\n"
UTM = "Easting,Northing\n620000,3460000\n621000,3461000\n"
MERCATOR = "x,y\n3812000,3665000\n"
ISRAELI = "x,y\n80000,570000\n"
PALESTINIAN = "x,y\n77000,79000\n"
TWINS = "id,lon,lat\na,34.2,31.2\na,34.3,31.3\na-2,34.1,31.1\n"
EASTWARD = "lon,lat\n350.1,-20.42\n179.5,-20\n180,10\n360,1.5\n"
BOWTIE = 'wkt,n\n"POLYGON ((34 31, 34.2 31.2, 34.2 31, 34 31.2, 34 31))",1\n'


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (SWAPPED, "swap-coordinates", "'31.25, 34.28' lie in the region once longitude and latitude are exchanged."),
        (
            "lon,lat\n31.2,134.2\n34,31\n",
            "swap-coordinates",
            "1 of 2 places, such as '31.2, 134.2', would lie on the earth with longitude and latitude exchanged; the "
            "others stay as they are.",
        ),
        (
            EASTWARD,
            "wrap-longitudes",
            "'350.1, -20.42' are counted from 0 to 360; 360 can be taken from those over 180.",
        ),
        (UTM, "utm-36n", "'620000, 3460000' are no degrees; read as UTM zone 36N, metres, they lie in the region."),
        (MERCATOR, "web-mercator", "read as Web Mercator, metres, they lie in the region."),
        (ISRAELI, "israeli-tm", "read as Israeli Transverse Mercator, metres, they lie in the region."),
        (
            PALESTINIAN,
            "palestine-grid",
            "'77000, 79000' are no degrees; read as Palestine Grid of 1923, metres, they lie",
        ),
        (TWINS, "number-ids", "The id 'a' stands in several rows. The later ones can be numbered."),
        (BOWTIE, "untangle-rings", "Rings cross themselves in 1 of the shapes"),
        (
            "lon,lat,date\n34,31,31/12/2015\n34,31,1/2/2015\n",
            "day-month-year",
            "'31/12/2015' can be read as day, month",
        ),
        ("lon,lat,date\n34,31,12/31/2015\n34,31,1/2/2015\n", "month-day-year", "'12/31/2015' can be read as month"),
        ("lon,lat,date\n34,31,20151231\n", "yyyymmdd", "'20151231' can be read as year, month, day"),
        ("lon,lat,date\n34,31,Dec 2015\n", "month-names", "'Dec 2015' can be read as the month as a word"),
        ("lon,lat,time\n34,31,1451606399\n", "unix-seconds", "'1451606399' can be read as seconds since 1970"),
        (
            "lon,lat,time\n34,31,1451606399999\n",
            "unix-milliseconds",
            "'1451606399999' can be read as milliseconds since 1970, such as 1451520000000, whose days are",
        ),
        ("lon,lat,date\n34,31,42369\n", "excel-days", "'42369' can be read as days counted as Excel does"),
    ],
)
def test_mends_are_offered_and_made_only_when_asked_for(text: str, kind: str, words: str) -> None:
    plain = load_here(text)
    (offered,) = plain.offered
    assert offered.kind == kind
    assert words in offered.words
    mended = load_here(text, mends=(kind,))
    assert mended.offered == ()
    assert len(mended.report.changes) >= offered.rows
    assert all(change.reason and change.old != change.new for change in mended.report.changes)
    assert plain.dataset.sha256 != mended.dataset.sha256


def test_swapped_places_lie_where_they_belong() -> None:
    assert places_of(SWAPPED, "swap-coordinates") == [(34.28, 31.25), (34.3, 31.2)]


def test_a_few_swapped_places_of_a_table_are_found_and_they_alone_are_mended() -> None:
    table = "lon,lat\n" + "34.2,31.2\n" * 6 + "31.25,33.8\n31.3,33.9\n2.35,48.85\n"
    plain = load_here(table)
    (offered,) = plain.offered
    assert (offered.kind, offered.rows, plain.report.drawn) == ("swap-coordinates", 2, 9)
    assert offered.words == (
        "2 of 9 places, such as '31.25, 33.8', would lie in the region with longitude and latitude exchanged; "
        "the others stay as they are."
    )
    assert places_of(table, "swap-coordinates") == [*[(34.2, 31.2)] * 6, (33.8, 31.25), (33.9, 31.3), (2.35, 48.85)]
    changes = load_here(table, mends=("swap-coordinates",)).report.changes
    assert [(change.row, change.old, change.new) for change in changes] == [
        (7, "31.25, 33.8", "33.8, 31.25"),
        (8, "31.3, 33.9", "33.9, 31.3"),
    ]


def test_swapped_places_are_not_said_to_lie_in_the_region_unless_all_do() -> None:
    (offered,) = load_here("lon,lat\n34.2,31.2\n31.25,33.8\n31.2,134.2\n").offered
    assert (offered.rows, "would lie on the earth" in offered.words) == (2, True)


def test_a_table_of_the_world_has_no_swapped_places() -> None:
    cities = "34.2,31.2\n31.25,33.8\n33.37,35.17\n2.35,48.85\n-74,40.7\n139.7,35.7\n-0.1,51.5\n"
    assert load_here(f"lon,lat\n{cities}").offered == ()
    assert load_here(f"lon,lat\n{cities}", mends=("swap-coordinates",)).report.changes == ()


def test_longitudes_counted_from_0_to_360_are_listed_then_turned_back() -> None:
    plain = load_here(EASTWARD)
    assert [(refusal.row, refusal.remedy) for refusal in plain.report.refusals] == [
        (1, "Try the mend wrap-longitudes"),
        (4, "Try the mend wrap-longitudes"),
    ]
    assert places_of(EASTWARD, "wrap-longitudes") == [(-9.9, -20.42), (179.5, -20), (180, 10), (0, 1.5)]
    changes = load_here(EASTWARD, mends=("wrap-longitudes",)).report.changes
    assert [(change.row, change.old, change.new) for change in changes] == [
        (1, "350.1, -20.42", "-9.9, -20.42"),
        (4, "360, 1.5", "0, 1.5"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "181.62,-20.42\n" * 12 + "-170,10\n",  # counted from -180 to 180 elsewhere in the file
        "181.62,-20.42\n200,95\n",  # half of them lie nowhere
        "179.9,-20.42\n",
        "-0.1,10\n190,10\n",
    ],
)
def test_other_longitudes_are_not_taken_for_such(rows: str) -> None:
    assert load_here(f"lon,lat\n{rows}").offered == ()
    same = load_here(f"lon,lat\n{rows}", mends=("wrap-longitudes",)).report
    assert same.changes == ()


def test_one_wrong_place_does_not_hide_how_longitudes_are_counted() -> None:
    rows = "190,10\n" * 12
    (offered,) = load_here(f"lon,lat\n{rows}500,10\n").offered
    assert (offered.kind, offered.rows) == ("wrap-longitudes", 12)
    report = load_here(f"lon,lat\n{rows}500,10\n", mends=("wrap-longitudes",)).report
    assert (report.drawn, report.listed) == (12, 1)


@pytest.mark.parametrize(
    ("shape", "turned"),
    [
        ("LINESTRING (180 1, 190 2)", "LINESTRING (-180 1, -170 2)"),
        ("LINESTRING (170 0, 190 20)", "MULTILINESTRING ((170 0, 180 10), (-180 10, -170 20))"),
        ("MULTILINESTRING ((160 0, 180 5), (185 0, 190 5))", "MULTILINESTRING ((160 0, 180 5), (-175 0, -170 5))"),
        ("MULTIPOINT (170 0, 190 20)", "MULTIPOINT (170 0, -170 20)"),
        (
            "POLYGON ((170 0, 190 0, 190 10, 170 10, 170 0))",
            "MULTIPOLYGON (((170 0, 180 0, 180 10, 170 10, 170 0)), ((-180 0, -170 0, -170 10, -180 10, -180 0)))",
        ),
    ],
)
def test_shapes_across_180_are_cut_there(shape: str, turned: str) -> None:
    intake = load_here(f"wkt;n\n{shape};1\n", mends=("wrap-longitudes",))
    assert intake.dataset.events is not None
    (mended,) = intake.dataset.events.geometries
    assert mended.normalize() == shapely.from_wkt(turned).normalize()
    assert mended.length == pytest.approx(shapely.from_wkt(turned).length)
    (change,) = intake.report.changes
    assert change.reason.endswith("the shape was cut there") == (
        "POINT" not in shape and not shape.endswith("(180 1, 190 2)")
    )


@pytest.mark.parametrize(
    "shape",
    [
        "POLYGON ((170 0, 190 10, 190 0, 170 10, 170 0))",
        "GEOMETRYCOLLECTION (POINT (190 1), LINESTRING (170 0, 190 9))",
    ],
)
def test_what_cannot_be_cut_stays_listed(shape: str) -> None:
    report = load_here(f"wkt;n\n{shape};1\nPOINT (200 1);2\n", mends=("wrap-longitudes",)).report
    assert (report.drawn, [refusal.row for refusal in report.refusals]) == (1, [1])


def test_a_shape_wholly_over_180_is_moved_as_it_is() -> None:
    bowtie = "POLYGON ((180 0, 190 10, 190 0, 180 10, 180 0))"
    intake = load_here(f"wkt;n\n{bowtie};1\n", mends=("wrap-longitudes",))
    assert [(change.old, change.new) for change in intake.report.changes] == [("180, 0", "-180, 0")]
    assert [mend.kind for mend in intake.offered] == ["untangle-rings"]


def test_metres_are_read_as_their_projection_defines_them() -> None:
    # the sphere of EPSG:3857: longitude x / R, latitude atan(sinh(y / R))
    radius_m = 6_378_137.0
    ((lon, lat),) = places_of(MERCATOR, "web-mercator")
    assert (lon, lat) == pytest.approx(
        (math.degrees(3_812_000 / radius_m), math.degrees(math.atan(math.sinh(3_665_000 / radius_m))))
    )
    # on the central meridian of zone 36 the northing is the meridian's length, reduced by 0.9996
    northing_m = 0.9996 * pyproj.Geod(ellps="WGS84").line_length([33, 33], [0, 31])
    assert places_of(f"x,y\n500000,{northing_m}\n", "utm-36n")[0] == pytest.approx((33, 31), abs=1e-6)
    # the origin of EPSG:2039, 31 44 03.817 N 35 12 16.261 E on its own datum, some 50 m off WGS 84
    place = places_of("x,y\n219529.584,626907.39\n", "israeli-tm")[0]
    assert place == pytest.approx((35.204517, 31.734394), abs=1e-3)


def test_palestine_grid_is_turned_with_its_datum() -> None:
    # without it, places in Gaza come to lie some 80 m off
    true = (34.25, 31.28)
    numbers = (78569.293424829185824, 76874.5256875064224)
    assert places_of(f"x,y\n{numbers[0]},{numbers[1]}\n", "palestine-grid")[0] == pytest.approx(true, abs=1e-6)
    grid = pyproj.CRS("EPSG:28191")
    for stated in ("EPSG:28191", grid.to_wkt("WKT1_ESRI"), grid.to_wkt()):
        (turned,) = to_degrees(shapely.points([numbers]), read_crs(stated))
        assert (turned.x, turned.y) == pytest.approx(true, abs=1e-6)
        assert knows_datum(read_crs(stated))
    assert load_here("x,y\n770,790\n").offered == (), "pixels and counts are no metres of the grid's first corner"


def places_of(text: str, kind: str) -> list[tuple[float, float]]:
    events = load_here(text, mends=(kind,)).dataset.events
    assert events is not None
    return [(shape.x, shape.y) for shape in events.geometries]


@pytest.mark.parametrize(
    ("text", "kind", "when"),
    [
        ("03/04/2015", "day-month-year", "2015-04-03"),
        ("03/04/2015", "month-day-year", "2015-03-04"),
        ("3.4.2015", "day-month-year", "2015-04-03"),
        ("2015/4/3", "yyyymmdd", "2015-04-03"),
        ("20150403.0", "yyyymmdd", "2015-04-03"),
        ("16-May-2015", "month-names", "2015-05-16"),
        ("May 16, 2015", "month-names", "2015-05-16"),
        ("1st Sept 2015", "month-names", "2015-09-01"),
        ("42369", "excel-days", "2015-12-31"),
        # the last and the first second of a day in UTC
        ("1451606399", "unix-seconds", "2015-12-31"),
        ("1451606400", "unix-seconds", "2016-01-01"),
        ("1451606399.75", "unix-seconds", "2015-12-31"),
        ("1451606399999", "unix-milliseconds", "2015-12-31"),
        ("1451606400000.0", "unix-milliseconds", "2016-01-01"),
        ("946684799999", "unix-milliseconds", "1999-12-31"),
        ("-473385600001", "unix-milliseconds", "1954-12-31"),
    ],
)
def test_dates_are_read_by_the_form_that_is_chosen(text: str, kind: str, when: str) -> None:
    events = load_here(f"lon;lat;date\n34;31;{text}\n", mends=(kind,)).dataset.events
    assert events is not None
    assert events.columns["when"].tolist() == [when]
    assert events.attributes["date"].tolist() == [text], "the text itself is kept"


@pytest.mark.parametrize("text", ["0", "-1", "20151231", "4102444800", "4102444800000", "2015123123", "123456789012"])
def test_numbers_that_are_no_instants_are_not_offered_to_be_read_as_such(text: str) -> None:
    kinds = {mend.kind for mend in load_here(f"lon;lat;date\n34;31;{text}\n").offered}
    assert not kinds & {"unix-seconds", "unix-milliseconds"}


@pytest.mark.parametrize("kind", ["unix-seconds", "unix-milliseconds"])
@pytest.mark.parametrize("text", ["0", "-1", "20151231", "4102444800", "4102444800000"])
def test_numbers_that_are_no_instants_are_not_read_as_such(text: str, kind: str) -> None:
    (change,) = load_here(f"lon;lat;date\n34;31;{text}\n", mends=(kind,)).report.changes
    assert (change.old, change.new) == (text, "")


def test_instants_are_told_with_their_days_in_utc() -> None:
    table = "lon,lat,start,end\n34,31,1451606399,1451606400\n"
    (change,) = load_here(table, mends=("unix-seconds",)).report.changes
    assert (change.field, change.old, change.new) == ("start and end", "1451606399/1451606400", "2015-12-31/2016-01-01")
    assert change.reason == "It was read as an instant counted from 1970; its day is that of UTC"


def test_instants_of_a_feed_are_numbers_and_mended_as_texts_are() -> None:
    """As the feeds of the USGS and exports of ArcGIS have them: whole numbers of GeoJSON."""
    point = {"type": "Point", "coordinates": [34.25, 31.25]}
    times = [1447958040000, 1447986910050.0, None]
    rows = [{"type": "Feature", "geometry": point, "properties": {"mag": 4.5, "time": time}} for time in times]
    feed = json.dumps({"type": "FeatureCollection", "features": rows})
    plain = load_here(feed, "quakes.geojson")
    assert [(mend.kind, mend.rows) for mend in plain.offered] == [("unix-milliseconds", 2)]
    mended = load_here(feed, "quakes.geojson", mends=("unix-milliseconds",)).dataset.events
    assert mended is not None
    assert mended.columns["when"].tolist() == ["2015-11-19", "2015-11-20", ""]
    assert mended.attributes["time"].tolist() == times, "the instants are kept"


@pytest.mark.parametrize("text", ["31/02/2015", "soon", "2015-02-30", "May", "99999", "12/31/15"])
def test_what_is_no_date_is_set_aside_and_kept(text: str) -> None:
    intake = load_here(f"lon,lat,date\n34,31,{text}\n")
    (change,) = intake.report.changes
    assert (change.row, change.field, change.old, change.new) == (1, "date", text, "")
    assert "the row is undated, and the text is kept" in change.reason
    assert intake.dataset.events is not None
    assert intake.dataset.events.attributes["date"].tolist() == [text]
    assert intake.report.drawn == 1


def test_two_ways_of_reading_a_date_are_both_offered() -> None:
    intake = load_here("lon,lat,date\n34,31,03/04/2015\n")
    assert [mend.kind for mend in intake.offered] == ["day-month-year", "month-day-year"]


@pytest.mark.parametrize(
    ("text", "when", "changed"),
    [
        ("2015-12-31", "2015-12-31", False),
        ("2015-12~", "2015-12~", False),
        ("2013-06/..", "2013-06/..", False),
        ("2015", "2015", False),
        ("2015-12-31T23:10:00Z", "2015-12-31", True),
        ("2015-12-31 00:00:00.000", "2015-12-31", True),
        ("2015-12-31T23:10+02:00", "2015-12-31", True),
        ("", "", False),
    ],
)
def test_dates_that_mean_one_thing_are_taken(text: str, when: str, changed: bool) -> None:
    intake = load_here(f"lon,lat,date\n34,31,{text}\n34,31,2015\n")
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"][0] == when
    assert [(change.old, change.new) for change in intake.report.changes] == ([(text, when)] if changed else [])


def test_repeated_ids_are_listed_or_numbered() -> None:
    (refusal,) = load_here(TWINS).report.refusals
    assert (refusal.row, refusal.field, refusal.value) == (2, "id", "a")
    assert refusal.reason == "Another row has this id already; the first is kept"
    mended = load_here(TWINS, mends=("number-ids",))
    assert mended.dataset.events is not None
    assert mended.dataset.events.columns["id"].tolist() == ["a", "a-3", "a-2"]


def test_crossing_rings_are_listed_then_redrawn_without_loss_of_ground() -> None:
    (refusal,) = load_here(BOWTIE).report.refusals
    assert refusal.reason == "Rings neither cross nor overlap themselves"
    assert refusal.remedy == "Try the mend untangle-rings, or redraw it"
    events = load_here(BOWTIE, mends=("untangle-rings",)).dataset.events
    assert events is not None
    assert events.geometries[0].is_valid
    assert events.geometries[0].area == pytest.approx(0.02)


def test_a_ring_that_would_take_too_long_is_listed() -> None:
    draw = random.Random(1)
    points = [(draw.uniform(33, 34), draw.uniform(31, 32)) for _ in range(MOST_RING_VERTICES + 1)]
    star = shapely.Polygon(points).wkt
    intake = load_here(f"wkt;n\n{star};1\n", mends=("untangle-rings",))
    (refusal,) = intake.report.refusals
    assert "too" not in intake.report.outcome
    assert "more than is untangled here (limit 1,000 vertices a shape)" in refusal.reason


def test_a_mend_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match=rf"Invalid mend 'magic'\. It is one of {', '.join(MENDS)}\. Correct it\."):
        load_here(UTM, mends=("magic",))


def test_places_abroad_are_not_taken_for_swapped_ones() -> None:
    assert load_here("lon,lat\n31.2,30.0\n2.35,48.85\n34.25,31.25\n").offered == ()


def test_points_where_programs_put_what_they_do_not_know_are_told() -> None:
    told = "Points at longitude 0 and latitude 0: 2. Programs write this where a place is not known; "
    notes = load_here("lon,lat\n0,0\n34.2,31.2\n0.0,0\n0,31.2\n").report.notes
    assert f"{told}look whether they belong there." in notes
    assert not any(note.startswith("Points at") for note in load_here("lon,lat\n0,31.2\n").report.notes)


def test_what_several_layers_are_offered_is_added_up() -> None:
    heading, wrong, right = ["lon", "lat"], [31.2, 134.2], [34.0, 31.0]
    sheets: dict[str, Sequence[Sequence[object]]]
    sheets = {"A": [heading, wrong, right], "B": [heading, wrong, wrong, right], "C": [heading, right]}
    (offer,) = load_here(write_sheets(sheets), "a.xlsx").offered
    assert (offer.kind, offer.rows) == ("swap-coordinates", 3)
    assert offer.words.startswith("3 of 5 places, such as '31.2, 134.2', would lie on the earth with longitude")


def test_rings_of_several_layers_are_added_up() -> None:
    sheet = ["wkt", "n"], ["POLYGON ((34 31, 34.2 31.2, 34.2 31, 34 31.2, 34 31))", "1"]
    (offer,) = load_here(write_sheets({"A": sheet, "B": [*sheet, sheet[1]]}), "a.xlsx").offered
    assert (offer.kind, offer.rows) == ("untangle-rings", 3)
    assert offer.words.startswith("Rings cross themselves in 3 of the shapes;")
