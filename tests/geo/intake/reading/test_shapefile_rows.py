"""Shapefiles whose parts do not agree: no row slips to its neighbour, no column or value goes without a word."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import shapefile

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed

Parts = dict[str, bytes]
WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' + (
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)


def write(fill: Callable[[shapefile.Writer], None]) -> Parts:
    streams: dict[str, Any] = {kind: io.BytesIO() for kind in ("shp", "shx", "dbf")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with shapefile.Writer(**streams, encoding="utf-8") as writer:
            fill(writer)
    return {kind: stream.getvalue() for kind, stream in streams.items()} | {"prj": WGS84.encode()}


def five() -> Parts:
    def fill(writer: shapefile.Writer) -> None:
        writer.field("NAME", "C", 20)
        writer.field("N", "N", 10, 0)
        for number in range(5):
            writer.point(34 + number / 10, 31)
            writer.record(f"n{number}", number)

    return write(fill)


def _place(writer: shapefile.Writer, count: int) -> None:
    writer.field("A", "C", 1)
    for number in range(count):
        writer.point(34 + number, 31)
        writer.record("")


def read(parts: Parts) -> Parsed:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for kind, content in parts.items():
            archive.writestr(f"a.{kind}", content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = read_upload(target.getvalue(), "a.zip", Limits())
    assert parsed.rows_in == sum(len(layer.rows) for layer in parsed.layers) + len(parsed.refusals)
    return parsed


def told(parsed: Parsed) -> list[tuple[int, str, str, str]]:
    return [(change.row, change.field, change.old, change.new) for change in parsed.changes]


def names_by_place(parsed: Parsed) -> list[tuple[int, Any, float | None]]:
    rows = parsed.layers[0].rows
    return [(row.number, row.values.get("NAME"), row.geometry.coords[0][0] if row.geometry else None) for row in rows]


def head_of(dbf: bytes) -> tuple[int, int]:
    begin, width = struct.unpack_from("<HH", dbf, 8)
    return begin, width


def with_count(dbf: bytes, count: int) -> bytes:
    return dbf[:4] + struct.pack("<I", count) + dbf[8:]


def test_a_deleted_record_is_listed_and_the_others_keep_their_places() -> None:
    parts = five()
    begin, width = head_of(parts["dbf"])
    flag = begin + width
    parts["dbf"] = parts["dbf"][:flag] + b"*" + parts["dbf"][flag + 1 :]
    parsed = read(parts)
    assert names_by_place(parsed) == [(1, "n0", 34.0), (3, "n2", 34.2), (4, "n3", 34.3), (5, "n4", 34.4)]
    (refusal,) = parsed.refusals
    assert (refusal.row, refusal.value) == (2, "n1 | 1")
    assert refusal.reason == "The row is marked as deleted in the .dbf."


def test_shapes_without_a_record_are_kept_and_told() -> None:
    parts = five()
    parsed = read(parts | {"dbf": with_count(parts["dbf"], 3)})
    assert names_by_place(parsed)[2:] == [(3, "n2", 34.2), (4, None, 34.3), (5, None, 34.4)]
    assert told(parsed) == [(4, "", "", "no values"), (5, "", "", "no values")]
    assert "has 5 shapes (.shp) and 3 rows of values (.dbf): its rows from 4 on have no values." in parsed.notes[0]


def test_records_without_a_shape_are_kept_and_told() -> None:
    parts = five()
    begin, width = head_of(parts["dbf"])
    record = parts["dbf"][begin : begin + width]
    parsed = read(parts | {"dbf": with_count(parts["dbf"][: begin + 5 * width] + 3 * record, 8)})
    assert names_by_place(parsed)[4:] == [(5, "n4", 34.4), (6, "n0", None), (7, "n0", None), (8, "n0", None)]
    assert "its rows from 6 on have no places" in parsed.notes[0]


def test_columns_of_one_name_are_told_apart() -> None:
    def fill(writer: shapefile.Writer) -> None:
        writer.field("NAME", "C", 20)
        writer.field("NAME2", "C", 20)
        writer.point(34, 31)
        writer.record("first", "second")

    parts = write(fill)
    parsed = read(parts | {"dbf": parts["dbf"].replace(b"NAME2", b"NAME\0", 1)})
    assert parsed.layers[0].rows[0].values == {"NAME": "first", "NAME (2)": "second"}
    assert told(parsed) == [(0, "NAME (2)", "NAME", "NAME (2)")]


def test_every_value_with_replaced_bytes_is_listed_with_what_stood_there() -> None:
    def fill(writer: shapefile.Writer) -> None:
        writer.field("A", "C", 20)
        writer.field("B", "C", 20)
        writer.point(34, 31)
        writer.record("first", "second")

    parts = write(fill)
    dbf = parts["dbf"].replace(b"first", b"f\xffrst").replace(b"second", b"s\xffcond")
    parsed = read(parts | {"dbf": dbf, "cpg": b"UTF-8"})
    assert told(parsed) == [(1, "A", r"f\xffrst", "f\ufffdrst"), (1, "B", r"s\xffcond", "s\ufffdcond")]


def test_values_that_are_none_of_their_field_are_kept_as_texts_and_listed() -> None:
    def fill(writer: shapefile.Writer) -> None:
        for name, kind, size, decimals in (("N", "N", 10, 0), ("D", "D", 8, 0), ("L", "L", 1, 0), ("F", "F", 20, 5)):
            writer.field(name, kind, size, decimals)
        for _ in range(4):
            writer.point(34, 31)
            writer.record(1, date(2015, 1, 1), True, 1.5)

    parts = write(fill)
    begin, width = head_of(parts["dbf"])
    rows = [
        b" " + b"*" * 10 + b"20150230" + b"?" + b"1e400".rjust(20),
        b" " + b"12,5".rjust(10) + b"00000000" + b"n" + b"nan".rjust(20),
        b" " + b"12.75".rjust(10) + b" " * 8 + b"x" + b"".rjust(20),
    ]
    assert {len(row) for row in rows} == {width}
    parsed = read(parts | {"dbf": parts["dbf"][:begin] + b"".join(rows) + parts["dbf"][begin + 3 * width :]})
    assert [row.values for row in parsed.layers[0].rows] == [
        {"N": None, "D": "20150230", "L": None, "F": "1e400"},
        {"N": "12,5", "D": None, "L": False, "F": "nan"},
        {"N": 12.75, "D": None, "L": "x", "F": None},
        {"N": 1, "D": "2015-01-01", "L": True, "F": 1.5},
    ]
    assert told(parsed) == [
        (1, "F", "1e400", "1e400"),
        (2, "N", "12,5", "12,5"),
        (2, "F", "nan", "nan"),
        (0, "N", "*", ""),
    ]
    assert parsed.changes[-1].reason.endswith("(1 row)")


def longer(shp: bytes, length: int) -> bytes:
    return shp[:104] + struct.pack(">i", length) + shp[108:]


def test_memos_are_told_and_binary_numbers_read() -> None:
    fields = [("MEMO", "M", 10), ("WORDS", "M", 12), ("FOX", "M", 4), ("COUNT", "I", 4), ("SHARE", "B", 8)]
    numbers = struct.pack("<i", 0x20202020) + struct.pack("<d", 1.5)
    rows = [b"         7" + b"not in .dbt " + b"\x07\0\0\0" + numbers, b" " * 22 + b"\0" * 4 + numbers]
    heading = b"".join(
        name.encode().ljust(11, b"\0") + kind.encode() + bytes([0, 0, 0, 0, width, *[0] * 15])
        for name, kind, width in fields
    )
    sizes = (2, 32 + len(heading) + 1, 1 + len(rows[0]))
    dbf = struct.pack("<4BIHH20x", 0x30, 115, 7, 1, *sizes) + heading + b"\r" + b"".join(b" " + row for row in rows)
    parsed = read(write(lambda writer: _place(writer, len(rows))) | {"dbf": dbf})
    assert [row.values for row in parsed.layers[0].rows] == [
        {"MEMO": None, "WORDS": "not in .dbt", "FOX": None, "COUNT": 0x20202020, "SHARE": 1.5},
        {"MEMO": "", "WORDS": "", "FOX": None, "COUNT": 0x20202020, "SHARE": 1.5},
    ]
    assert {(change.row, change.field) for change in parsed.changes} == {(1, "MEMO"), (1, "FOX")}


@pytest.mark.parametrize("length", [2**31 - 1, -4, 0])
def test_a_record_of_no_such_length_is_found_by_the_index_or_refused(length: int) -> None:
    parts = five()
    parts["shp"] = longer(parts["shp"], length)
    assert len(read(parts).layers[0].rows) == 5
    del parts["shx"]
    with pytest.raises(InputError, match=r"damaged \(record 1 of its \.shp is cut off, or of no such length\)"):
        read(parts)


def test_what_editing_left_between_the_shapes_is_passed_over() -> None:
    parts = five()
    begin, width = head_of(parts["dbf"])
    # the index and the table know of four rows, the second of five records is left over
    parts["shx"] = parts["shx"][:108] + parts["shx"][116:]
    dbf = parts["dbf"][: begin + width] + parts["dbf"][begin + 2 * width :]
    parsed = read(parts | {"dbf": with_count(dbf, 4)})
    assert names_by_place(parsed) == [(1, "n0", 34.0), (2, "n2", 34.2), (3, "n3", 34.3), (4, "n4", 34.4)]


def test_surfaces_in_space_are_listed_and_the_rest_goes_on() -> None:
    def fill(writer: shapefile.Writer) -> None:
        writer.field("NAME", "C", 20)
        writer.shapeType = shapefile.MULTIPATCH
        faces = [[[34, 31, 0], [35, 31, 0], [35, 32, 0]], [[34, 31, 0], [34, 32, 5], [35, 32, 3]]]
        writer.multipatch(faces, partTypes=[0, 1])
        writer.record("surface")
        writer.null()
        writer.record("nowhere")

    parsed = read(write(fill))
    assert names_by_place(parsed) == [(2, "nowhere", None)]
    (refusal,) = parsed.refusals
    assert (refusal.row, refusal.value) == (1, "MultiPatch")
    assert refusal.reason == "A MultiPatch is a surface in space, and such shapes are not read."


@pytest.mark.parametrize("encoding", ["UTF-16", "idna", "utf-7", "unicode_escape", "rot13", "../x", "undefined"])
def test_an_encoding_that_is_none_of_a_table_is_told(encoding: str) -> None:
    parsed = read(five() | {"cpg": encoding.encode()})
    assert parsed.layers[0].fields == ("NAME", "N")
    assert f"(.cpg, '{encoding}'); it was read as utf-8" in parsed.notes[0]


def test_a_heading_without_the_sign_of_its_end_is_as_long_as_it_says() -> None:
    parts = five()
    end = parts["dbf"].index(b"\r", 32)
    parsed = read(parts | {"dbf": parts["dbf"][:end] + b"\0" + parts["dbf"][end + 1 :]})
    assert parsed.layers[0].fields == ("NAME", "N")
    assert parsed.layers[0].rows == read(parts).layers[0].rows


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda parts: {"dbf": parts["dbf"][:20]}, r"its \.dbf is cut off"),
        (lambda parts: {"dbf": parts["dbf"][:50]}, r"the heading of its \.dbf has no end"),
        (lambda parts: {"dbf": parts["dbf"][:-30]}, r"its \.dbf ends in record 5 of 5"),
        (
            lambda parts: {"dbf": parts["dbf"][:10] + b"\1\0" + parts["dbf"][12:]},
            r"the fields of its \.dbf are longer than its records",
        ),
        (lambda parts: {"shp": parts["shp"][:50]}, r"its \.shp is cut off"),
        (lambda parts: {"shp": b"\0" * 200}, r"its \.shp does not begin as one"),
    ],
)
def test_damage_is_told_in_words(spoil: Callable[[Parts], Parts], words: str) -> None:
    parts = five()
    with pytest.raises(InputError, match=rf"The Shapefile 'a\.shp' is damaged \({words}\)\. Save it again\."):
        read(parts | spoil(parts))
