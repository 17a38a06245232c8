"""Limits: each holds at its number and not one below, and its message names it and its variable."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from geo.errors import InputError
from geo.intake.limits import Limits, describe_limit, limit_problem, limits_from
from geo.intake.reading.upload import read_upload

CSV = b"id,lon\n1,34.1\n2,34.2\n3,34.3\n"


def nested(depth: int) -> bytes:
    """A feature whose nesting is so many levels, the feature and its properties among them."""
    value: Any = 1
    for _ in range(depth - 2):
        value = [value]
    return json.dumps({"type": "Feature", "geometry": None, "properties": {"v": value}}).encode()


def line(vertices: int) -> bytes:
    coordinates = [[34 + n / 100, 31] for n in range(vertices)]
    geometry = {"type": "LineString", "coordinates": coordinates}
    return json.dumps({"type": "Feature", "geometry": geometry, "properties": {}}).encode()


def zipped(size: int) -> bytes:
    text = b"<kml><Placemark><name>a</name></Placemark></kml>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", text)
        archive.writestr("picture.png", b"\0" * (size - len(text)))
    return target.getvalue()


# what stands at a limit of the file's own size, and its name
SIZES = [
    ("upload_bytes", "a.csv", CSV, len(CSV), f"at most {len(CSV)} bytes in a file; the file is larger. Split the file"),
    (
        "unpacked_bytes",
        "a.kmz",
        zipped(500),
        500,
        "at most 500 bytes when unpacked; the file holds more. Split the file",
    ),
    ("features", "a.csv", CSV, 3, "at most 3 features; the file has more. Split the file"),
    ("fields", "a.csv", CSV, 2, "at most 2 fields; the file has more. Take fields out"),
    ("depth", "a.json", nested(9), 9, "at most 9 levels of nesting; the file has more. Flatten the file"),
    ("vertices", "a.json", line(5), 5, "at most 5 vertices; the file has more. Simplify its shapes, split the file"),
    ("letters", "a.csv", CSV, 4, "at most 4 letters in a value; the file has a longer one (row 1, lon). Shorten it"),
]


@pytest.mark.parametrize(("name", "file", "data", "size", "words"), SIZES)
def test_limit_is_kept_to_the_number(name: str, file: str, data: bytes, size: int, words: str) -> None:
    for allowed in (size, size + 1):
        assert read_upload(data, file, Limits(**{name: allowed})).rows_in > 0
    with pytest.raises(InputError) as refused:
        read_upload(data, file, Limits(**{name: size - 1}))
    (problem,) = refused.value.problems
    below = words.replace(f"at most {size} ", f"at most {size - 1} ")
    assert problem.rule == "limit"
    assert (
        problem.message == f"Limit reached: {below}, or ask whoever runs this atlas to raise ATLAS_MAX_{name.upper()}."
    )


def test_depth_holds_for_xml_and_collections() -> None:
    folders = b"<kml>" + b"<Folder>" * 5 + b"<Placemark><name>a</name></Placemark>" + b"</Folder>" * 5 + b"</kml>"
    assert read_upload(folders, "a.kml", Limits(depth=8)).rows_in == 1
    with pytest.raises(InputError, match="at most 7 levels of nesting"):
        read_upload(folders, "a.kml", Limits(depth=7))


def test_limits_are_read_from_the_environment() -> None:
    limits = limits_from({"ATLAS_MAX_FEATURES": "1_000", "ATLAS_MAX_SECONDS": " 5 ", "ATLAS_MAX_DEPTH": ""})
    assert limits == Limits(features=1000, seconds=5)


def test_wrong_limits_are_all_named() -> None:
    with pytest.raises(InputError) as refused:
        limits_from({"ATLAS_MAX_FEATURES": "many", "ATLAS_MAX_DEPTH": "0"})
    assert [problem.message for problem in refused.value.problems] == [
        "Invalid ATLAS_MAX_FEATURES 'many'. It is a whole number from 1. Correct or unset it.",
        "Invalid ATLAS_MAX_DEPTH '0'. It is a whole number from 1. Correct or unset it.",
    ]


def test_limits_are_told_as_people_count() -> None:
    assert describe_limit("unpacked_bytes", Limits()) == "at most 200 MB when unpacked"
    assert (
        describe_limit("memory_bytes", Limits(memory_bytes=1_000_001))
        == "at most 1,000,001 bytes of memory for reading"
    )
    place = limit_problem("seconds", Limits(), "layer a").message
    assert place == (
        "Limit reached: at most 9 seconds of reading; the file takes longer (layer a). "
        "Split the file, or ask whoever runs this atlas to raise ATLAS_MAX_SECONDS."
    )
