"""Hostile strings in the files of the atlas: each is read back by another reader, letter by letter.

What a format cannot hold is told again here, apart from the code that leaves it out.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
import rispy
from lxml import etree
from PIL import Image
from pptx import Presentation
from pybtex.database import parse_string
from pydantic import ValidationError

from exports import records, table
from exports.formats import FORMATS
from exports.naming import file_name
from exports.options import ExportOptions
from exports.receipt import read_day
from geo.dataset import Dataset
from geo.events import REQUIRED
from geo.view import View
from tests.robustness.hostile_strings import OWN, sample
from tests.robustness.string_events import as_title, events_of, titled_events

KML = "{http://www.opengis.net/kml/2.2}"
SVG = "{http://www.w3.org/2000/svg}"
FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[=+\-@＝＋－＠]|[\t\r\n]")
STEERING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def written(suffix: str, dataset: Dataset, view: View | None = None) -> bytes:
    """A file of what a view shows, all of it unless one is given."""
    return FORMATS[suffix].render(dataset, view or View())


def held(text: str) -> str:
    """What UTF-8 and SQLite hold of a text."""
    return "".join(sign for sign in text if sign != "\x00" and not 0xD800 <= ord(sign) <= 0xDFFF)


def xml_held(text: str) -> str:
    """What XML 1.0 holds of a text."""
    return "".join(
        sign
        for sign in held(text)
        if sign in "\t\n\r" or 0x20 <= ord(sign) <= 0xFFFD or 0x10000 <= ord(sign) <= 0x10FFFF
    )


def on_one_line(text: str) -> str:
    """A text on one line, its spaces single."""
    return " ".join(xml_held(text).split())


def drawn(text: str) -> str:
    """A text as drawings have it: on one line, steering nothing."""
    kept = "".join(sign for sign in text if sign not in STEERING)
    return " ".join("".join(" " if _is_control(sign) else sign for sign in kept).split())


def noted(text: str) -> str:
    """A text as the notes of slides have it: with its blanks and marks of direction."""
    return "".join(" " if _is_control(sign) else sign for sign in text)


def _is_control(sign: str) -> bool:
    code = ord(sign)
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or (code & 0xFFFE) == 0xFFFE
        or code
        in {
            0x2028,
            0x2029,
        }
    )


def test_geojson_keeps_every_text(strings: list[str]) -> None:
    features = json.loads(written(".geojson", events_of(strings)))["features"]
    assert [feature["properties"]["name"] for feature in features] == [held(text) for text in strings]
    assert [feature["properties"]["source"] for feature in features] == [held(text) for text in strings]


def test_geojson_keeps_names_of_fields(strings: list[str]) -> None:
    names = set(map(held, sample(strings, 1000))) - {*REQUIRED, "geometry", ""}
    table = events_of(["one"], **{name: [name] for name in names})
    (feature,) = json.loads(written(".geojson", table))["features"]
    assert {name: feature["properties"][name] for name in names} == {name: name for name in names}


def fields_of(strings: list[str], count: int) -> list[str]:
    """Names of fields, of which no two differ in capitals alone, and none is a column's of the atlas's own."""
    taken = {*REQUIRED, "geometry", *records.COLUMNS, *table.COLUMNS}
    some = sample([text for text in strings if held(text) == text and text], count)
    return list({text.casefold(): text for text in some if text.casefold() not in taken}.values())


def event_with(names: list[str]) -> Dataset:
    """An event that has each name as a field, which holds the name after a word."""
    return events_of(["one"], **{name: [f"text {name}"] for name in names})


def test_csv_keeps_names_of_fields(strings: list[str]) -> None:
    names = fields_of(strings, 1000)
    text = written(".csv", event_with(names)).decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(text, newline=""), strict=True)
    told = dict(zip(heading, row, strict=True))
    guarded = {name: ("'" if FORMULA.match(name) else "") + name for name in names}
    assert {name: told[guarded[name]] for name in names} == {name: f"text {name}" for name in names}
    assert [cell for cell in heading if FORMULA.match(cell)] == []


def test_no_two_columns_of_a_csv_are_called_alike() -> None:
    # an apostrophe keeps a formula from being one, and a name may have it from the beginning
    text = written(".csv", event_with(["=1", "'=1", "+2", "'+2"])).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    own = {name: cell for name, cell in row.items() if cell and "text" in cell}
    assert own == {"'=1": "text =1", "'=1_2": "text '=1", "'+2": "text +2", "'+2_2": "text '+2"}


def test_geopackage_keeps_names_of_fields(strings: list[str], tmp_path: Path) -> None:
    names = fields_of(strings, 1000)
    for start in range(0, len(names), 1000):
        some = names[start : start + 1000]
        path = tmp_path / f"{start}.gpkg"
        path.write_bytes(written(".gpkg", event_with(some)))
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            row = dict(connection.execute("SELECT * FROM points").fetchone())
            assert [tuple(each) for each in connection.execute("PRAGMA integrity_check")] == [("ok",)]
        assert {name: row[name] for name in some} == {name: f"text {name}" for name in some}


def test_geoparquet_keeps_names_of_fields(strings: list[str]) -> None:
    names = fields_of(strings, 1000)
    (row,) = pq.read_table(io.BytesIO(written(".parquet", event_with(names)))).to_pylist()
    assert {name: row[name] for name in names} == {name: f"text {name}" for name in names}


def test_kml_keeps_names_of_fields(strings: list[str]) -> None:
    names = [name for name in fields_of(strings, 1000) if xml_held(name) == name and "\r" not in name]
    content = written(".kml", event_with(names))
    told = {cell.get("name"): cell.text for cell in ElementTree.fromstring(content).iter(f"{KML}SimpleData")}
    assert {name: told[name] for name in names} == {name: f"text {name}" for name in names}


def test_csv_keeps_every_text_and_no_formula(strings: list[str]) -> None:
    text = written(".csv", events_of(strings)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    for column in ("name", "statement", "reference"):
        for row, given in zip(rows, strings, strict=True):
            guard = "'" if FORMULA.match(held(given)) else ""
            assert row[column] == guard + held(given)
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if FORMULA.match(cell) and not re.fullmatch(r"-?[\d.]+", cell)] == []


def test_geopackage_keeps_every_text(strings: list[str], tmp_path: Path) -> None:
    path = tmp_path / "events.gpkg"
    path.write_bytes(written(".gpkg", events_of(strings)))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = connection.execute("SELECT name FROM points ORDER BY fid").fetchall()
        told = connection.execute("SELECT statement, attributed_to FROM claims ORDER BY fid").fetchall()
    assert names == [(held(text),) for text in strings]
    # a table of claims has nothing where a text is empty
    assert told == [(held(text) or None,) * 2 if text else (None, None) for text in strings]


def test_geoparquet_keeps_every_text(strings: list[str]) -> None:
    table = pq.read_table(io.BytesIO(written(".parquet", events_of(strings))))
    assert table["name"].to_pylist() == [held(text) for text in strings]


def test_kml_keeps_every_text(strings: list[str]) -> None:
    some = sample(strings, 3000)
    content = written(".kml", events_of(some))
    assert b"<!DOCTYPE" not in content
    assert b"<!ENTITY" not in content
    names = [mark.findtext(f"{KML}name", "") for mark in ElementTree.fromstring(content).iter(f"{KML}Placemark")]
    assert names == [xml_held(text).replace("\r\n", "\n").replace("\r", "\n") for text in some]


def test_balloons_of_kml_put_no_value_in_the_place_of_words() -> None:
    content = written(".kml", events_of(["$[feature_id] <b>"]))
    (mark,) = ElementTree.fromstring(content).iter(f"{KML}Placemark")
    told = mark.findtext(f"{KML}description", "")
    assert "$[" not in told
    assert unescape(told).startswith("<b>$[feature_id] <b></b>")


def test_linked_places_keep_every_text(strings: list[str]) -> None:
    some = sample(strings, 2000)
    features = json.loads(written(".lpf.json", events_of(some)))["features"]
    assert [feature["descriptions"][0]["value"] for feature in features] == list(map(on_one_line, some))


def test_csl_keeps_every_source(strings: list[str]) -> None:
    items = json.loads(written(".csl.json", events_of(strings)))
    assert [item["title"] for item in items[:-1]] == [held(text) for text in strings if text]


def test_ris_keeps_every_source(strings: list[str]) -> None:
    records = rispy.loads(written(".ris", events_of(strings)).decode())
    titles = [on_one_line(text) for text in strings if text]
    assert [record.get("title", "") for record in records[:-1]] == titles


def test_bib_keeps_every_source(strings: list[str]) -> None:
    some = sample(strings, 1000)
    entries = parse_string(written(".bib", events_of(some)).decode(), "bibtex").entries
    titles = [from_tex(entry.fields.get("title", "")) for entry in list(entries.values())[:-1]]
    assert titles == [on_one_line(text) for text in some if text]


def from_tex(text: str) -> str:
    """Read what the bibliography writes for the signs of TeX."""
    words = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
    words |= {"textasciitilde": "~", "textasciicircum": "^"}
    pattern = re.compile(
        r"\\(textbackslash|textbraceleft|textbraceright|textasciitilde|textasciicircum)\{\}|\\(.)|[{}]"
    )
    return pattern.sub(lambda found: words[found[1]] if found[1] else found[2] or "", text)


def test_references_keep_every_source(strings: list[str]) -> None:
    lines = written(".txt", events_of(strings)).decode().split("\n")
    assert {on_one_line(text) for text in strings} <= {*lines, ""}


def test_slides_keep_every_text(strings: list[str]) -> None:
    some = sample(strings, 100)
    slide = Presentation(io.BytesIO(written(".pptx", events_of(some)))).slides[0]
    notes = slide.notes_slide.notes_text_frame.text
    names = {element.get("name") for element in slide._element.iter("{*}cNvPr")}
    for number, text in enumerate(some):
        assert f"{drawn(text) or f'event-{number}'} #event-{number}" in names
        assert noted(text) in notes


def test_svg_keeps_every_text(strings: list[str]) -> None:
    some = sample(strings, 500)
    root: Any = etree.fromstring(written(".svg", events_of(some)), etree.XMLParser(huge_tree=True))
    marks = [group for group in root.iter(f"{SVG}g") if (group.get("id") or "").startswith("feature-")]
    titles = {mark.get("id"): mark.findtext(f"{SVG}title") for mark in marks}
    assert titles == {f"feature-event-{n}": drawn(text) or f"event-{n}" for n, text in enumerate(some)}
    assert {element.tag for element in root.iter(etree.Element)} <= {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "metadata", "rect", "g", "path", "text", "a")
    }


@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_drawings_are_made_of_any_text(strings: list[str], suffix: str) -> None:
    content = written(suffix, events_of(sample(strings, 60)))
    if suffix == ".png":
        Image.open(io.BytesIO(content)).verify()
    else:
        assert content.startswith(b"%PDF-")
        assert content.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("suffix", [".pptx", ".svg", ".png", ".pdf"])
def test_titles_of_drawings_may_be_any_text(suffix: str) -> None:
    words = "nul \x00 none \ufffe \uffff low \udc00 \x1b[31m \u202e{{ 1 }} </title> ]]>"
    options = ExportOptions(title=words, subtitle=words)
    content = FORMATS[suffix].render(events_of(["one"]), View(), options)
    if suffix == ".svg":
        root: Any = etree.fromstring(content)
        assert root.findtext(f"{SVG}title") == drawn(words)
        told = [" ".join(part.itertext()) for part in root.iter(f"{SVG}text")]
        assert told.count(drawn(words)) == 2
        kept = words.translate(dict.fromkeys(map(ord, "\x00\x1b\udc00\ufffe\uffff")))
        assert json.loads(root.findtext(f"{SVG}metadata"))["words of the maker"]["subtitle"] == kept


# --- other places than values ------------------------------------------------


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix not in {".png", ".pdf"}])
def test_ids_and_themes_may_be_any_text(suffix: str) -> None:
    some = list({text.strip(): text for text in OWN if 0 < len(text.strip()) <= 200}.values())
    assert written(suffix, events_of(["name"] * len(some), id=some, theme=some))


def test_layers_bear_the_names_of_any_themes(strings: list[str]) -> None:
    titles = list(dict.fromkeys(filter(None, map(as_title, sample(strings, 30)))))[:300]
    dataset = titled_events(titles)
    folders = ElementTree.fromstring(written(".kml", dataset)).iter(f"{KML}Folder")
    assert {folder.findtext(f"{KML}name") for folder in folders} >= {xml_held(title) for title in titles}
    slide = Presentation(io.BytesIO(written(".pptx", dataset))).slides[0]
    assert {element.get("name") for element in slide._element.iter("{*}cNvPr")} >= set(map(drawn, titles)) - {""}
    receipt = json.loads(written(".geojson", dataset))["receipt"]
    assert [each["attribution"] for each in receipt["licences"]][-len(titles) :] == titles


def test_words_that_are_searched_for_may_be_any_text(strings: list[str]) -> None:
    dataset = events_of(["one"])
    for text in sample(strings, 60):
        try:
            view = View(text=text)
        except ValidationError:
            continue
        for suffix in (".geojson", ".csv", ".kml", ".ris"):
            assert written(suffix, dataset, view)


def test_no_text_gets_into_the_name_of_a_file(strings: list[str]) -> None:
    for text in strings:
        try:
            view = View(themes=(text,))
        except ValidationError:
            continue
        assert re.fullmatch(r"corridor_[a-z0-9-]+_\d{8}\.csv", file_name(view, ".csv", read_day()))


def test_what_is_left_out_is_told() -> None:
    dataset = events_of(["a\x00b", "c\ud800d", "sound"])
    for suffix in (".geojson", ".csv", ".kml"):
        assert "which this format cannot hold, are left out of" in written(suffix, dataset).decode()
