"""GeoParquet: columns as plain values, shapes with their reference system."""

from __future__ import annotations

import io
import json
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.loading import take
from geo.intake.parsing import parse
from geo.intake.reading.crs_names import TAKEN
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed
from tests.loading_here import load_here


def written(crs: str | None = "EPSG:32636") -> bytes:
    columns = {"name": ["a", None], "n": [2**60, 1], "x": [1.5, float("nan")], "on": [True, False]}
    frame = gpd.GeoDataFrame(columns, geometry=[shapely.Point(600000, 3450000), None], crs=crs)
    target = io.BytesIO()
    frame.to_parquet(target)
    return target.getvalue()


def read(data: bytes) -> Parsed:
    return read_upload(data, "a.parquet", Limits())


def with_geo(geo: Any, **columns: list[Any]) -> bytes:
    text = geo if isinstance(geo, str) else json.dumps(geo)
    table = pa.table(columns).replace_schema_metadata({"geo": text})
    target = io.BytesIO()
    pq.write_table(table, target)
    return target.getvalue()


def test_rows_are_read() -> None:
    parsed = read(written())
    (layer,) = parsed.layers
    assert (layer.crs, layer.has_geometry, layer.fields) == ("EPSG:32636", True, ("name", "n", "x", "on"))
    assert layer.rows[0].values == {"name": "a", "n": 2**60, "x": 1.5, "on": True}
    assert layer.rows[0].geometry == shapely.Point(600000, 3450000)
    assert layer.rows[1].values["name"] is None
    assert layer.rows[1].geometry is None
    assert parsed.rows_in == 2


@pytest.mark.parametrize(
    "described",
    [
        "+proj=tmerc +lat_0=31.7 +lon_0=35.2 +k=1.0000067 +x_0=219529 +y_0=626907 +ellps=WGS84 +units=m",
        "+proj=tmerc +lat_0=31.7 +lon_0=35.2 +ellps=clrk80 +towgs84=-275.7,94.8,340.9,-8,-4.2,-8.8,1 +units=m",
        "+proj=longlat +ellps=WGS84 +pm=paris",
        "+proj=utm +zone=36 +datum=WGS84 +units=us-ft",
    ],
)
def test_reference_systems_without_a_code_are_read_as_they_are_described(described: str) -> None:
    place = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Point(34.25, 31.25)], crs=4326).to_crs(described)
    target = io.BytesIO()
    place.to_parquet(target)
    taken = take(target.getvalue(), "a.parquet")
    assert taken.dataset.events is not None
    (shape,) = taken.dataset.events.geometries
    assert shape.distance(shapely.Point(34.25, 31.25)) < 1e-7
    assert not any(TAKEN in note for note in taken.report.notes)


def test_times_with_zones_are_read_behind_the_walls() -> None:
    moments = pd.to_datetime(["2015-07-01T12:00", "2016-01-01T00:30"])
    columns = {"utc": moments.tz_localize("UTC"), "cairo": moments.tz_localize("Africa/Cairo")}
    frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy([34, 35], [31, 32]), crs="OGC:CRS84")
    target = io.BytesIO()
    frame.to_parquet(target)
    first, second = (row.values for row in parse(target.getvalue(), "zones.parquet").layers[0].rows)
    assert (first["utc"], first["cairo"]) == ("2015-07-01T12:00:00+00:00", "2015-07-01T12:00:00+02:00")
    assert (second["utc"], second["cairo"]) == ("2016-01-01T00:30:00+00:00", "2016-01-01T00:30:00+02:00")


def test_bad_shapes_are_listed() -> None:
    geo = {"version": "1.1.0", "primary_column": "g", "columns": {"g": {"encoding": "WKB", "geometry_types": []}}}
    parsed = read(with_geo(geo, g=[b"no shape", shapely.to_wkb(shapely.Point(1, 2))], id=[1, 2]))
    assert [(entry.row, entry.field) for entry in parsed.refusals] == [(1, "g")]
    assert parsed.layers[0].crs == "OGC:CRS84"
    assert parsed.rows_in == 2


def test_parquet_without_shapes_is_a_table() -> None:
    target = io.BytesIO()
    pq.write_table(pa.table({"lon": [34.2], "lat": [31.2]}), target)
    parsed = read(target.getvalue())
    assert not parsed.layers[0].has_geometry
    assert "read as a plain table" in parsed.notes[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (written()[:200], "The Parquet file cannot be read"),
        (b"PAR1" + b"\0" * 100 + b"PAR1", "The Parquet file cannot be read"),
        (with_geo("[" * 100, g=[1]), "at most 64 levels of nesting"),
        (with_geo("{}", g=[1]), "Its metadata of GeoParquet do not say which column is its geometry"),
        (
            with_geo({"primary_column": "g", "columns": {"g": {"encoding": "point"}}}, g=[1]),
            "Its geometry is encoded as 'point', and only WKB is read",
        ),
        (
            with_geo({"version": "9", "primary_column": "../x", "columns": {"../x": {"encoding": "WKB"}}}, g=[1]),
            r"Its metadata name '\.\./x' as its column of geometry, and it has no such column\. Save it again",
        ),
    ],
)
def test_what_is_no_geoparquet_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(data)


def test_instants_in_whole_numbers_are_offered_to_be_read() -> None:
    frame = gpd.GeoDataFrame({"time": [1451606399999, 1451606400000]}, geometry=[shapely.Point(34, 31)] * 2, crs=4326)
    target = io.BytesIO()
    frame.to_parquet(target)
    assert [mend.kind for mend in load_here(target.getvalue(), "a.parquet").offered] == ["unix-milliseconds"]
    events = load_here(target.getvalue(), "a.parquet", mends=("unix-milliseconds",)).dataset.events
    assert events is not None
    assert events.columns["when"].tolist() == ["2015-12-31", "2016-01-01"]
