"""Well-known binary: walked within bounds, arcs and measures brought to what can be drawn."""

from __future__ import annotations

import struct
from typing import Literal

import pytest
import shapely

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.shapes import Mend, ShapeError
from geo.intake.reading.wkb import read_wkb

SHAPES = [
    "POINT (1 2)",
    "POINT Z (1 2 3)",
    "LINESTRING (0 0, 1 1)",
    "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 0.5, 2 0.5, 2 1, 1 0.5))",
    "MULTIPOINT ((0 0), (1 1))",
    "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
    "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)))",
    "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (POINT (3 4)))",
]


def head(kind: int, count: int | None = None) -> bytes:
    return b"\x01" + struct.pack("<I", kind) + (b"" if count is None else struct.pack("<I", count))


@pytest.mark.parametrize("text", SHAPES)
@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("byte_order", [0, 1])
def test_shapes_are_read_as_they_are(text: str, flavor: Literal["iso", "extended"], byte_order: int) -> None:
    shape = shapely.from_wkt(text)
    mends: list[Mend] = []
    assert read_wkb(shapely.to_wkb(shape, flavor=flavor, byte_order=byte_order), Limits(), mends) == shape
    assert mends == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), EMPTY)", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)))"),
        ("MULTILINESTRING (EMPTY, (0 0, 1 1))", "MULTILINESTRING ((0 0, 1 1))"),
        (
            "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (POINT (3 4), MULTIPOINT EMPTY))",
            "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (POINT (3 4)))",
        ),
    ],
)
def test_parts_without_positions_are_left_out_and_told(text: str, rest: str) -> None:
    mends: list[Mend] = []
    assert read_wkb(shapely.to_wkb(shapely.from_wkt(text)), Limits(), mends) == shapely.from_wkt(rest)
    assert mends == [("EMPTY", "", "Empty coordinates are no place")]


def test_a_line_of_one_place_is_a_point() -> None:
    mends: list[Mend] = []
    line = shapely.from_wkt("LINESTRING Z (34 31 5, 34 31 9)")
    assert read_wkb(shapely.to_wkb(line), Limits(), mends) == shapely.Point(34, 31, 5)
    assert mends == [("LineString", "Point", "A line of one place is drawn as a point")]


def test_measures_are_left_out_and_told() -> None:
    mends: list[Mend] = []
    shape = read_wkb(head(2002, 2) + struct.pack("<6d", 0, 0, 9, 1, 1, 9), Limits(), mends)
    assert shape == shapely.LineString([(0, 0), (1, 1)])
    assert mends == [("measures", "", "Measures (M) of positions were left out")]


def test_arcs_and_faces_are_drawn_and_told() -> None:
    mends: list[Mend] = []
    arc = head(8, 3) + struct.pack("<6d", 0, 0, 1, 1, 2, 0)
    whole = head(8, 3) + struct.pack("<6d", 0, 0, 2, 0, 0, 0)
    half = read_wkb(arc, Limits(), mends)
    assert half is not None
    assert half.length == pytest.approx(3.1416, abs=0.002)
    disc = read_wkb(head(10, 1) + whole, Limits(), mends)
    assert disc is not None
    assert disc.area == pytest.approx(3.1416, rel=0.01)
    triangle = head(17, 1) + struct.pack("<I8d", 4, 0, 0, 4, 0, 4, 4, 0, 0)
    tin = read_wkb(head(16, 1) + triangle, Limits(), mends)
    assert tin is not None
    assert tin.geom_type == "MultiPolygon"
    assert [mend[0] for mend in mends] == ["arcs", "faces"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        head(1),
        head(2, 2**31),
        head(3, 1) + b"\xff\xff\xff\xff",
        head(4, 2**32 - 1),
        head(99),
        head(9001),
        head(1) + struct.pack("<2d", float("nan"), 1),
        head(1) + struct.pack("<2d", float("inf"), 1),
        head(1) + struct.pack("<2d", 1e300, 1),
        head(8, 2) + struct.pack("<4d", 0, 0, 1, 1),
        head(3, 1) + struct.pack("<I2d", 1, 0, 0),
        head(9, 1) + head(1) + struct.pack("<2d", 0, 0),
    ],
)
def test_what_is_no_shape_is_refused(data: bytes) -> None:
    with pytest.raises(ShapeError):
        read_wkb(data, Limits(), [])


def test_nesting_is_bounded() -> None:
    def nested(depth: int) -> bytes:
        return head(7, 1) * (depth - 1) + head(1) + struct.pack("<2d", 1, 2)

    assert read_wkb(nested(64), Limits(), []) is not None
    for depth in (65, 100_000):
        with pytest.raises(InputError, match="at most 64 levels of nesting"):
            read_wkb(nested(depth), Limits(), [])
