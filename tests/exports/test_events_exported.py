"""Readers' own events in files: counted, drawn, cited, and accounted for beside the atlas's features."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from pptx import Presentation

from exports.formats import FORMATS
from exports.scene import build_scene
from geo.dataset import Dataset
from geo.events import read_events
from geo.selection import select
from geo.view import View
from layers.evidence import tell_evidence


@pytest.fixture(scope="module")
def joined(dataset: Dataset) -> Dataset:
    table = {
        "id": ["raid-1", "raid-2", "raid-3"],
        "name": ["First raid", "Second raid", "Raid far away"],
        "theme": ["raids"] * 3,
        "when": ["2015-07-01", "2016", "2015-07"],
        "statement": ["A raid was seen.", "Another raid was told.", "A raid elsewhere."],
        "source": ["Field notes & co", "Field notes & co", "A diary"],
        "locator": ["p. 3", "p. 4", ""],
    }
    points = gpd.points_from_xy([34.2, 34.25, 10.0], [31.2, 31.25, 50.0])
    return replace(dataset, events=read_events(gpd.GeoDataFrame(table, geometry=points, crs="OGC:CRS84")).events)


def test_slide_draws_events_and_cites_their_sources(joined: Dataset) -> None:
    view = View(themes=("raids",), since="2015", until="2015")
    scene = build_scene(joined, view)
    assert [mark.key for mark in scene.marks] == ["raid-1"]
    assert [(source.text, source.url) for source in scene.sources] == [("Field notes & co", "")]
    deck = Presentation(io.BytesIO(FORMATS[".pptx"].render(joined, view)))
    notes = deck.slides[0].notes_slide.notes_text_frame.text
    assert "A raid was seen." in notes
    assert "[1] Field notes & co, p. 3" in notes
    assert "Another raid" not in notes


def test_receipt_counts_events_as_features(joined: Dataset) -> None:
    view = View(themes=("raids",), since="2015", until="2015")
    collection = json.loads(FORMATS[".geojson"].render(joined, view))
    assert [feature["id"] for feature in collection["features"]] == ["raid-1", "raid-3"]
    receipt, selection = collection["receipt"], select(joined, view)
    assert receipt["features"] == {"shown": 2, "total": len(joined.features) + 3}
    told = sum(len(feature.claims) for feature in joined.features)
    assert receipt["claims"] == {"shown": 2, "total": told + 3}
    assert sum(receipt["hidden"].values()) == len(joined.features) + 1
    assert receipt["hidden"] == {str(reason): count for reason, count in selection.hidden.items()}


def test_files_say_how_exactly_places_are_known_where_the_table_does(joined: Dataset) -> None:
    view, events = View(themes=("raids",)), joined.events
    assert events is not None
    words = np.array(["exact", "approximate", "area"], dtype=object)
    graded = replace(joined, events=replace(events, columns={**events.columns, "precision": words}))
    for suffix in (".csv", ".kml", ".geojson"):
        said, unsaid = (FORMATS[suffix].render(data, view).decode("utf-8-sig") for data in (graded, joined))
        assert [said.count(word) > unsaid.count(word) for word in words] == [True] * 3, suffix
    assert b"Shape: approximate; a table of events" in FORMATS[".kml"].render(graded, view)
    frame = gpd.read_parquet(io.BytesIO(FORMATS[".parquet"].render(graded, view)))
    assert frame["precision"].tolist() == words.tolist()
    collection = json.loads(FORMATS[".geojson"].render(graded, view))
    assert [feature["properties"]["precision"] for feature in collection["features"]] == words.tolist()
    marks = {mark.key: mark for mark in build_scene(graded, view).marks}
    fills = {key: next(path.fill for path in mark.paths if path.fill) for key, mark in marks.items()}
    assert fills["raid-1"] != fills["raid-2"], "an open mark shows the ground"
    assert "Approximate: near where it is drawn; how near is not said." in marks["raid-2"].alt
    evidence = tell_evidence(graded, View(feature="raid-2"))
    assert evidence is not None
    assert evidence.shape == (("How exactly", "Approximate: near where it is drawn; how near is not said."),)
    exact = tell_evidence(graded, View(feature="raid-1"))
    assert exact is not None
    assert exact.shape == ()


def test_bibliographies_name_the_sources_of_events(joined: Dataset) -> None:
    view = View(themes=("raids",))
    titles = [item["title"] for item in json.loads(FORMATS[".csl.json"].render(joined, view))]
    assert titles[:2] == ["Field notes & co", "A diary"]
    references = FORMATS[".txt"].render(joined, view).decode()
    assert references.count("Field notes & co") == references.count("A diary") == 3


def test_each_format_tells_an_event_apart_from_where_it_stands(joined: Dataset) -> None:
    view = View(themes=("raids",), since="2015", until="2015")
    told = "A raid was seen. [Field notes & co, p. 3]"
    frame = gpd.read_parquet(io.BytesIO(FORMATS[".parquet"].render(joined, view)))
    assert frame["evidence"].tolist() == [told, "A raid elsewhere. [A diary]"]
    assert told.replace("&", "&amp;") in FORMATS[".kml"].render(joined, view).decode()
    listed = json.loads(FORMATS[".lpf.json"].render(joined, view))["features"]
    labels = [citation["label"] for each in listed for citation in each["names"][0]["citations"]]
    assert labels == ["Field notes & co, p. 3", "A diary"]


def test_an_event_without_a_place_says_so_and_claims_no_shape(joined: Dataset) -> None:
    events = joined.events
    assert events is not None
    words = np.array(["exact"] * 3, dtype=object)
    nowhere = np.array([None, *events.geometries[1:]], dtype=object)
    table = replace(events, columns={**events.columns, "precision": words}, geometries=nowhere)
    placeless, view = replace(joined, events=table), View(themes=("raids",))
    why = "The reader's own table gives it no place."
    frame = gpd.read_parquet(io.BytesIO(FORMATS[".parquet"].render(placeless, view)))
    assert frame["unplaced"].fillna("").tolist() == [why, "", ""]
    assert frame["basis"].isna().tolist() == [True, False, False]
    kml = FORMATS[".kml"].render(placeless, view).decode()
    assert kml.count("Shape: exact") == 2
    assert kml.count(f"Not on the map: {why}") == 1
    assert FORMATS[".csv"].render(placeless, view).decode().count(why) == 1


def test_notes_tell_the_date_apart_from_the_words_of_an_event(joined: Dataset) -> None:
    events = joined.events
    assert events is not None
    when = np.array(["2015-07-01", "", "2015-07"], dtype=object)
    statement = np.array(["A raid was seen", "Another raid was told.", "-"], dtype=object)
    table = replace(events, columns={**events.columns, "when": when, "statement": statement})
    deck = FORMATS[".pptx"].render(replace(joined, events=table), View(themes=("raids",), until="2020"))
    notes = Presentation(io.BytesIO(deck)).slides[0].notes_slide.notes_text_frame.text
    assert "A raid was seen (1 July 2015). [1] Field notes & co, p. 3" in notes
    assert "Another raid was told. [1] Field notes & co, p. 4" in notes


def test_annotations_tell_that_events_are_left_out(joined: Dataset) -> None:
    note = "Events of readers' own tables cite no passage and are left out: 3."
    assert json.loads(FORMATS[".anno.jsonld"].render(joined, View()))["receipt"]["notes"] == [note]
    alone = json.loads(FORMATS[".anno.jsonld"].render(replace(joined, events=None), View()))
    assert "notes" not in alone["receipt"]
