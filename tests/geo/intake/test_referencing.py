"""Places in the systems that files name or people choose: turned to degrees, told where in doubt, else refused."""

from __future__ import annotations

import pyproj
import pytest
import shapely

from geo.errors import InputError
from geo.intake.column_map import ColumnMap
from tests.loading_here import load_here

UTM = "Easting,Northing\n620000,3460000\n621000,3461000\n"
MERCATOR = "x,y\n3812000,3665000\n"


def test_a_datum_without_a_known_way_is_told() -> None:
    wkt = pyproj.CRS("+proj=tmerc +lat_0=0 +lon_0=33 +k=0.9996 +x_0=500000 +ellps=clrk80 +units=m").to_wkt("WKT1_GDAL")
    for crs, times in ((wkt, 1), ("EPSG:32636", 0), ("EPSG:28191", 0), ("EPSG:3857", 0), ("EPSG:4229", 0)):
        notes = load_here("x,y\n500000,3460000\n", mapping=ColumnMap(crs=crs)).report.notes
        assert len([note for note in notes if note.startswith("No way is known from the datum of")]) == times, crs


def test_a_stated_projection_is_turned_round_and_told() -> None:
    intake = load_here(UTM, mapping=ColumnMap(crs="EPSG:32636"))
    assert (intake.report.drawn, intake.offered) == (2, ())
    assert "Coordinates were turned from WGS 84 / UTM zone 36N to degrees on WGS 84." in intake.report.notes


def test_degrees_under_a_projection_are_recognised() -> None:
    choices = ColumnMap(crs="EPSG:32636").place("easting", "a").place("northing", "b")
    plain = load_here("a,b\n34.2,31.2\n", mapping=choices)
    assert [mend.kind for mend in plain.offered] == ["degrees"]
    mended = load_here("a,b\n34.2,31.2\n", mapping=choices, mends=("degrees",))
    assert mended.dataset.events is not None
    assert mended.dataset.events.geometries[0] == shapely.Point(34.2, 31.2)


@pytest.mark.parametrize(
    "crs",
    ["EPSG:1", "+proj=utm +zone=36 +nadgrids=/etc/passwd", "/etc/passwd", "EPSG:32636 +init=/etc/passwd", "x" * 99],
)
def test_an_unknown_crs_is_refused_and_opens_nothing(crs: str) -> None:
    with pytest.raises(InputError, match=r"Invalid CRS '.*'\. It is not known here, so nothing can be placed\."):
        load_here(UTM, mapping=ColumnMap(crs=crs))


@pytest.mark.parametrize("crs", ["32636", " 32636 ", "crs=EPSG:32636", "epsg:32636"])
def test_a_code_is_read_as_the_app_asks_for_it_and_as_its_example_shows(crs: str) -> None:
    loaded = load_here(UTM, mapping=ColumnMap(crs=crs))
    assert (loaded.report.drawn, loaded.report.offered) == (2, ())


@pytest.mark.parametrize("form", ["WKT2_2019", "WKT1_GDAL"])
def test_a_crs_in_words_names_no_file(form: str) -> None:
    crs = pyproj.CRS("+proj=longlat +ellps=clrk66 +nadgrids=secret.gsb +type=crs")
    with pytest.raises(InputError, match=r"Invalid CRS"):
        load_here(UTM, mapping=ColumnMap(crs=crs.to_wkt(form)))
    plain = load_here(UTM, mapping=ColumnMap(crs=pyproj.CRS(32636).to_wkt(form)))
    assert plain.report.drawn == 2
    assert load_here(MERCATOR, mapping=ColumnMap(crs=pyproj.CRS(3857).to_wkt(form))).report.drawn == 1


@pytest.mark.parametrize(
    ("crs", "shape", "is_listed"),
    [
        ("EPSG:32660", "POLYGON ((790000 100000, 900000 100000, 900000 200000, 790000 200000, 790000 100000))", True),
        ("EPSG:32660", "LINESTRING (790000 100000, 900000 100000)", True),
        ("EPSG:32660", "GEOMETRYCOLLECTION (POINT (790000 1), LINESTRING (790000 100000, 900000 100000))", True),
        ("EPSG:32660", "MULTIPOINT (790000 100000, 900000 100000)", False),
        ("EPSG:32660", "POLYGON ((500000 100000, 600000 100000, 600000 200000, 500000 100000))", False),
        # the whole earth reaches round, and crosses nothing
        ("EPSG:3857", "POLYGON ((-2e7 -2e7, 2e7 -2e7, 2e7 2e7, -2e7 2e7, -2e7 -2e7))", False),
        (
            "EPSG:3857",
            "MULTIPOLYGON (((-2e7 0, -1.9e7 0, -2e7 1e6, -2e7 0)), ((2e7 0, 2e7 1e6, 1.9e7 0, 2e7 0)))",
            False,
        ),
    ],
)
def test_what_crosses_longitude_180_in_its_projection_is_listed(crs: str, shape: str, *, is_listed: bool) -> None:
    report = load_here(f'wkt\n"{shape}"\nPOINT (600000 100000)\n', mapping=ColumnMap(crs=crs)).report
    told = [("It crosses longitude 180, where the map ends", "Cut it there")] if is_listed else []
    assert [(refusal.reason, refusal.remedy) for refusal in report.refusals] == told
