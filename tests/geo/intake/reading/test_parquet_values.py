"""Parquet: columns of one name, values that Python has no room for, and metadata that are none, told in words."""

from __future__ import annotations

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.crs_names import TAKEN
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed

POINTS = [shapely.to_wkb(shapely.Point(34 + place / 10, 31)) for place in range(3)]
GEO = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}


def write(columns: list[tuple[str, Any]], geo: bytes | None = None) -> bytes:
    arrays = [array if isinstance(array, pa.Array) else pa.array(array) for _, array in columns]
    table = pa.Table.from_arrays(arrays, names=[name for name, _ in columns])
    target = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({b"geo": geo or json.dumps(GEO).encode()}), target)
    return target.getvalue()


def read(data: bytes) -> Parsed:
    return read_upload(data, "a.parquet", Limits())


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read(data)
    return refused.value.problems[0].message


def test_columns_of_one_name_are_told_apart() -> None:
    columns = [("name", ["a", "b", "c"]), ("geometry", POINTS), ("name", [1, 2, 3]), ("geometry", ["x", "y", "z"])]
    parsed = read(write(columns))
    (layer,) = parsed.layers
    assert layer.fields == ("name", "name (2)", "geometry")
    assert layer.rows[1].values == {"name": "b", "name (2)": 2, "geometry": "y"}
    assert [(change.row, change.old, change.new) for change in parsed.changes] == [(0, "name", "name (2)")]


def test_values_that_python_has_no_room_for_are_kept_as_texts_and_listed() -> None:
    texts = pa.Array.from_buffers(pa.string(), 3, pa.array([b"a", b"\xffb", b"c"], pa.binary()).buffers())
    columns = [
        ("geometry", POINTS),
        ("far", pa.array([2**58, -(2**58), 0], pa.timestamp("ms"))),
        ("fine", pa.array([1, 2_000, 3], pa.time64("ns"))),
        ("text", texts),
    ]
    parsed = read(write(columns))
    assert [row.values for row in parsed.layers[0].rows] == [
        {"far": "288230376151711744 (timestamp[ms])", "fine": "00:00:00.000000001", "text": "a"},
        {"far": "-288230376151711744 (timestamp[ms])", "fine": "00:00:00.000002000", "text": "\ufffdb"},
        {"far": "1970-01-01T00:00:00", "fine": "00:00:00.000000003", "text": "c"},
    ]
    assert [(change.row, change.field) for change in parsed.changes] == [(1, "far"), (2, "far"), (2, "text")]


def test_fractions_of_32_bits_have_no_more_digits_than_they_were_written_with() -> None:
    fractions = pa.array([31.2, None, 1e-30], pa.float32())
    parsed = read(write([("geometry", POINTS), ("lat", fractions), ("n", pa.array([0.1, -0.0, 3e38], pa.float32()))]))
    values = [row.values for row in parsed.layers[0].rows]
    assert values == [{"lat": 31.2, "n": 0.1}, {"lat": None, "n": 0.0}, {"lat": 1e-30, "n": 3e38}]
    endless = pa.array([float("nan"), float("inf"), 1.5], pa.float32())
    parsed = read(write([("geometry", POINTS), ("n", endless)]))
    assert [row.values["n"] for row in parsed.layers[0].rows] == [None, None, 1.5]
    assert [change.old for change in parsed.changes] == ["NaN", "Infinity"]


def test_shapes_that_are_texts_are_named() -> None:
    assert refusal(write([("geometry", ["POINT (34 31)"] * 3)])) == (
        "Nothing in it can be read, since each of its 3 rows is at fault (row 1, geometry 'POINT (34 31)': "
        "The shape is no well-known binary). Save the geometry as WKB."
    )


@pytest.mark.parametrize(
    ("geo", "words"),
    [
        (b"null", "do not say which column is its geometry"),
        (b'{"primary_column": ["geometry"], "columns": {}}', "do not say which column is its geometry"),
        (b'{"primary_column": "geometry", "columns": {"geometry": 1}}', "do not say which column is its geometry"),
        (b"\xff{", "are no JSON"),
    ],
)
def test_metadata_that_are_none_are_told(geo: bytes, words: str) -> None:
    told = f"Its metadata of GeoParquet {words}. Save it again, or without them."
    assert refusal(write([("geometry", POINTS)], geo)) == told


@pytest.mark.parametrize(("crs", "known"), [("EPSG:32636", "EPSG:32636"), ({"id": []}, None), ({"id": None}, None)])
def test_reference_systems_of_odd_forms_are_read_or_told(crs: Any, known: str | None) -> None:
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "crs": crs}}}
    parsed = read(write([("geometry", POINTS)], json.dumps(geo).encode()))
    assert parsed.layers[0].crs == known
    assert parsed.notes == (() if known else (f"Its coordinate reference system is none that is known here. {TAKEN}",))


def test_deep_columns_reach_the_limit_of_nesting() -> None:
    array = pa.array([1, 1, 1])
    for _ in range(120):
        array = pa.ListArray.from_arrays(pa.array(range(len(array) + 1), pa.int32()), array)
    assert refusal(write([("geometry", POINTS), ("deep", array)])).startswith("Limit reached: at most 64 levels")
