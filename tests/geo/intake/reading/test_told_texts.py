"""Texts that are easily read wrong: quotes that do not fit, wide letters without a mark, endless blanks."""

from __future__ import annotations

import time

import pytest

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed

TABLE = "id,name,lon,lat\n1,Rafah,34.25,31.25\n2,رفح,34.25,31.25\n"


def read(data: bytes, name: str = "a.csv") -> Parsed:
    return read_upload(data, name, Limits())


def test_quotes_that_do_not_fit_are_listed() -> None:
    parsed = read(b'id,name\n1,"a "big" b"\n2,"a ""big"" b"\n3,"c" ,\n\n4,"d"e\n')
    assert [(change.row, change.old, change.new) for change in parsed.changes if "quote" in change.reason] == [
        (1, '1,"a "big" b"', '1 | a big" b"'),
        (4, '4,"d"e', "4 | de"),
    ]
    assert parsed.layers[0].rows[1].values["name"] == 'a "big" b'


def test_quotes_that_do_not_fit_in_a_heading_are_listed() -> None:
    parsed = read(b'id,"a "big" name"\n1,x\n')
    assert [(change.row, change.old) for change in parsed.changes] == [(0, 'id,"a "big" name"')]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_without_a_mark_are_recognised(encoding: str) -> None:
    parsed = read(TABLE.encode(encoding))
    assert [row.values["name"] for row in parsed.layers[0].rows] == ["Rafah", "رفح"]
    assert parsed.notes[0] == f"The file is in {encoding.upper()}, without a byte-order mark."


def test_zero_bytes_in_a_common_text_are_no_wide_letters() -> None:
    parsed = read(b"id,name\n1,a\0b\n")
    assert parsed.layers[0].rows[0].values == {"id": "1", "name": "a\ufffdb"}
    assert len(parsed.changes) == 1


def test_wide_letters_that_are_cut_off_are_refused_in_words() -> None:
    with pytest.raises(InputError, match=r"It looks like UTF-16-LE, but byte \d+ is none\. Save it as UTF-8\."):
        read(TABLE.encode("utf-16-le")[:-1])


def test_endless_blanks_between_positions_take_no_time() -> None:
    blanks = " " * 60_000
    text = (
        f"<kml><Placemark><LineString><coordinates>34 , 31{blanks}35,\n32</coordinates></LineString></Placemark></kml>"
    )
    start = time.process_time()
    parsed = read(text.encode(), "a.kml")
    assert time.process_time() - start < 1
    geometry = parsed.layers[0].rows[0].geometry
    assert geometry is not None
    assert geometry.wkt == "LINESTRING (34 31, 35 32)"


def test_rings_that_are_too_short_are_shown() -> None:
    text = (
        "<kml><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>34,31 35,31 34,31</coordinates>"
        "</LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"
    )
    with pytest.raises(InputError, match=r"\(row 1, geometry '34 31, 35 31, 34 31': A ring has three"):
        read(text.encode(), "a.kml")


def test_a_feature_a_line_is_named() -> None:
    feature = b'{"type": "Feature", "geometry": null, "properties": {"a": 1}}\n'
    words = "It is newline-delimited GeoJSON, with a feature on each line, and is not read. Save it as GeoJSON"
    for name in ("a.geojsonl", "a.geojson"):
        with pytest.raises(InputError, match=words):
            read(3 * feature, name)
    with pytest.raises(InputError, match="It is no JSON: Extra data, line 1"):
        read(feature.strip() + b" {}", "a.geojson")
