"""GeoJSON: sound features are kept as they are, the others listed, and each change told."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.json_text import nesting_of
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed

POINT = {"type": "Point", "coordinates": [34.25, 31.25]}


def read(value: Any, name: str = "a.geojson") -> Parsed:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_upload(data, name, Limits())


def feature(geometry: Any = POINT, **members: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {}, **members}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def refusal(value: Any) -> str:
    with pytest.raises(InputError) as refused:
        read(value)
    (problem,) = refused.value.problems
    assert problem.rule == "unreadable"
    return problem.message


def test_features_are_kept_as_they_are() -> None:
    properties = {"name": "Rafah", "zip": "00501", "n": 2**53 + 1, "on": None, "list": [1, "a"], "type": "x", "id": 7}
    parsed = read(collection(feature(properties=properties, id="a1"), feature(None), name="towns"))
    (layer,) = parsed.layers
    assert (parsed.kind, parsed.rows_in, layer.name, layer.crs) == ("geojson", 2, "towns", None)
    assert layer.rows[0].values == properties | {"feature id": "a1"}
    assert layer.fields == (*properties, "feature id")
    assert layer.rows[0].geometry is not None
    assert layer.rows[0].geometry.wkt == "POINT (34.25 31.25)"
    assert layer.rows[1].geometry is None
    assert (parsed.changes, parsed.refusals, parsed.notes) == ((), (), ())


def test_bad_features_are_listed_and_the_others_kept() -> None:
    bad = [
        "no feature",
        feature({"type": "Circle", "coordinates": [34, 31]}),
        feature({"type": "Point", "coordinates": ["34", "31"]}),
        feature({"type": "Point", "coordinates": [34]}),
        feature({"type": "Point", "coordinates": [34, True]}),
        feature({"type": "LineString", "coordinates": [[34, 31]]}),
        feature({"type": "Polygon", "coordinates": [[[34, 31], [35, 31], [34, 31]]]}),
        feature(properties=[1]),
        {"type": "Thing", "geometry": None},
        {"type": "Feature", "geometry": None},
    ]
    parsed = read(collection(*bad, feature()))
    assert parsed.rows_in == 11
    assert [row.number for row in parsed.layers[0].rows] == [11]
    told = [(entry.row, entry.field, entry.value) for entry in parsed.refusals]
    assert told == [
        (1, "", "no feature"),
        (2, "geometry", "Circle"),
        (3, "geometry", "34"),
        (4, "geometry", "[34]"),
        (5, "geometry", "true"),
        (6, "geometry", "34 31"),
        (7, "geometry", "34 31, 35 31, 34 31"),
        (8, "properties", "[1]"),
        (9, "type", "Thing"),
        (10, "", ""),
    ]
    assert parsed.refusals[2].reason == "A coordinate is a number."
    assert parsed.refusals[2].remedy == "Give it as a number, without quotes."


def test_every_change_is_told() -> None:
    data = b"""{"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"a": 1, "a": 2}, "geometry": {"type": "Point", "coordinates": [1, 2, 3, 4]}},
      {"type": "Feature", "properties": {"a": 1e400, "b": "x\\u0000y", "c": "\\ud800", "d": 123456789012345678901},
       "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "source": "s"}]}"""
    parsed = read(data)
    told = [(change.row, change.field, change.old, change.new) for change in parsed.changes]
    assert told == [
        (1, "a", "1", "2"),
        (1, "geometry", "1 2 3 4", "1 2 3"),
        (2, "geometry", "0 1", "0 1 0 0"),
        (2, "a", "1e400", "1e400"),
        (2, "b", "x\\x00y", "x\ufffdy"),
        (2, "c", "\\ud800", "\ufffd"),
        (2, "d", "123456789012345678901", "123456789012345678901"),
    ]
    values = parsed.layers[0].rows[1].values
    assert values == {"a": "1e400", "b": "x\ufffdy", "c": "\ufffd", "d": "123456789012345678901", "source": "s"}
    assert parsed.notes == (
        "A member that GeoJSON does not define, 'source', stands beside the properties; it was read as a field.",
    )


@pytest.mark.parametrize(
    "digits", ["1.000000000000000005", "1e-999", "-1E-9999999999999999999", "0.12345678901234567890"]
)
def test_rounded_numbers_are_told(digits: str) -> None:
    parsed = read(
        f'{{"type": "Feature", "properties": {{"n": {digits}, "as": 0.1, "is": 34.123456789012345, "zero": 0e5}}, '
        f'"geometry": {{"type": "Point", "coordinates": [{digits}, 31.25]}}}}'.encode()
    )
    row = parsed.layers[0].rows[0]
    assert [(change.field, change.old) for change in parsed.changes] == [("n", digits)]
    assert row.values == {"n": float(digits), "as": 0.1, "is": 34.123456789012345, "zero": 0.0}
    assert row.geometry is not None
    assert row.geometry.wkt == shapely.Point(float(digits), 31.25).wkt


def test_features_and_geometries_alone_are_read() -> None:
    assert read(feature()).rows_in == 1
    assert read(POINT).layers[0].rows[0].geometry is not None
    parts = {
        "type": "GeometryCollection",
        "geometries": [POINT, {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}],
    }
    geometry = read(parts).layers[0].rows[0].geometry
    assert geometry is not None
    assert geometry.wkt == "GEOMETRYCOLLECTION (POINT (34.25 31.25), LINESTRING (0 0, 1 1))"


def test_arcs_become_lines_through_their_ends() -> None:
    arc = {"type": "CircularString", "coordinates": [[0, 0], [1, 1], [2, 0]]}
    parsed = read(feature(arc))
    shape = parsed.layers[0].rows[0].geometry
    assert shape is not None
    assert shape.length == pytest.approx(3.14159, abs=0.002)
    assert (shape.coords[0], shape.coords[-1]) == ((0, 0), (2, 0))
    assert parsed.changes[0].reason == "An arc was drawn as a line of short parts"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
        ("EPSG:4326", "OGC:CRS84"),
        ("urn:ogc:def:crs:EPSG::32636", "EPSG:32636"),
        ("EPSG:3857", "EPSG:3857"),
    ],
)
def test_crs_is_read_by_its_name(name: str, expected: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert read(collection(feature(), crs=crs)).layers[0].crs == expected


def test_unknown_crs_is_told() -> None:
    parsed = read(collection(feature(), crs={"type": "name", "properties": {"name": "EPSG:999999"}}))
    assert parsed.layers[0].crs is None
    assert "'EPSG:999999' is unknown" in parsed.notes[0]


def test_link_without_an_address_is_no_link() -> None:
    assert "is unknown" in read(collection(feature(), crs={"type": "link", "properties": {}})).notes[0]


@pytest.mark.parametrize(
    ("geometry", "wkt", "told"),
    [
        (
            {"type": "LineString", "measures": {"enabled": True}, "coordinates": [[0, 0, 9], [1, 1, 9]]},
            "LINESTRING (0 0, 1 1)",
            ["Measures (M) of positions were left out"],
        ),
        (
            {
                "type": "GeometryCollection",
                "measures": {"enabled": True},
                "geometries": [{"type": "Point", "measures": {"enabled": True}, "coordinates": [1, 2, 3, 4]}, None],
            },
            "GEOMETRYCOLLECTION Z (POINT Z (1 2 3))",
            ["Measures (M) of positions were left out", "Empty coordinates are no place"],
        ),
        (
            {"type": "CompoundCurve", "geometries": [{"type": "LineString", "coordinates": [[0, 0, 1, 2], [1, 1, 1]]}]},
            "LINESTRING Z (0 0 1, 1 1 1)",
            [
                "Numbers beyond longitude, latitude and height were left out",
                "An arc was drawn as a line of short parts",
            ],
        ),
        (
            {
                "type": "MultiCurve",
                "geometries": [{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, POINT, 5],
            },
            "MULTILINESTRING ((0 0, 1 1))",
            ["A part of another type was left out", "An arc was drawn as a line of short parts"],
        ),
        (
            {"type": "LineString", "coordinates": [[1, 2], [1, 2], [1, 2]]},
            "POINT (1 2)",
            ["A line of one place is drawn as a point"],
        ),
        (
            {"type": "Point", "coordinates": [1, 2], "crs": {}},
            "POINT (1 2)",
            ["A member that GeoJSON does not define, 'crs', stands in a geometry; it was left out."],
        ),
    ],
)
def test_what_a_shape_loses_is_told(geometry: dict[str, Any], wkt: str, told: list[str]) -> None:
    parsed = read(feature(geometry))
    shape = parsed.layers[0].rows[0].geometry
    assert shape is not None
    assert shape.wkt == wkt
    assert [*(change.reason for change in parsed.changes), *parsed.notes] == told


def test_key_given_twice_in_a_bare_geometry_is_told() -> None:
    parsed = read(b'{"type": "Point", "coordinates": [1, 1], "coordinates": [2, 2], "crs": null, "crs": null}')
    assert [(change.row, change.field, change.old) for change in parsed.changes] == [
        (1, "coordinates", "[1, 1]"),
        (1, "crs", ""),
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (b"", "The file is empty. Give one with data."),
        (
            b'{"type": "Feature", ',
            "It is no JSON: Expecting property name enclosed in double quotes, line 1, column 21.",
        ),
        (
            b'{"type": "Point", "coordinates": [NaN, 1]}',
            "It holds NaN, which JSON does not know. Give a number or null.",
        ),
        (
            b'{"type": "Point", "coordinates": [1e400, 1]}',
            "Nothing in it can be read, since its only row is at fault (row 1, geometry '1e400': "
            "A coordinate is smaller than this by far). Correct the number.",
        ),
        (
            {"type": "CurvePolygon", "geometries": [POINT, {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}]},
            "Nothing in it can be read, since its only row is at fault (row 1, geometry 'Point': "
            "It has a part of another type). Correct its parts.",
        ),
        ([1], "It is JSON, but no GeoJSON: it is no object. Give a FeatureCollection."),
        ({"a": 1}, "It is JSON, but no GeoJSON: it has no 'type'. Give a FeatureCollection."),
        ({"type": "Topology"}, "It looks like TopoJSON, which is not read here. Give GeoJSON, GeoPackage, GeoParquet"),
        ({"type": "gdal_streamed_alg"}, "It looks like a GDAL pipeline, which points to other files, which is not"),
        ({"geometryType": "x", "features": []}, "It looks like Esri JSON, which is not read here."),
        ({"type": "FeatureCollection"}, "Its member 'features' is no list. Give a list of features"),
        (
            collection(crs={"type": "link", "properties": {"href": "http://atlas.invalid/"}}),
            "Its member 'crs' links to",
        ),
        (
            collection(feature({"type": "Point", "coordinates": [None, 1]})),
            "Nothing in it can be read, since its only row is at fault (row 1, geometry: A coordinate is a number). "
            "Give it as a number, without quotes.",
        ),
    ],
)
def test_what_is_no_geojson_is_refused(value: Any, words: str) -> None:
    assert refusal(value).startswith(words)


def test_empty_collection_is_taken_and_told() -> None:
    assert read(collection()).notes == ("It holds no features.",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    text = json.dumps(feature(properties={"name": "Café à la crème, façade près du château"}), ensure_ascii=False)
    parsed = read(text.encode(encoding))
    assert parsed.layers[0].rows[0].values["name"] == "Café à la crème, façade près du château"
    assert bool(parsed.notes) == (encoding != "utf-8-sig")


def test_trailing_commas_are_left_out_and_told() -> None:
    parsed = read(b'{"type": "Feature", "geometry": null,\n "properties": {"a": "x,]", "b": [1, 2,],},}')
    assert parsed.layers[0].rows[0].values == {"a": "x,]", "b": [1, 2]}
    assert parsed.notes == ("A comma that nothing follows was left out (3 in all, the first in line 2).",)


@pytest.mark.parametrize(
    ("text", "depth"),
    [(b"1", 0), (b"[]", 1), (b'{"a": [[1]]}', 3), (b'["[[[", "\\"[[", "\\\\", []]', 2), (b"[" * 3_000_000, 3_000_000)],
)
def test_nesting_is_measured(text: bytes, depth: int) -> None:
    assert nesting_of(text) == depth
