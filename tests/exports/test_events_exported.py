"""Readers' own events in files: counted, drawn, cited, and accounted for beside the atlas's features."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import geopandas as gpd
import pytest
from pptx import Presentation

from exports.formats import FORMATS
from exports.scene import build_scene
from geo.dataset import Dataset
from geo.events import read_events
from geo.selection import select
from geo.view import View


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


def test_bibliographies_name_the_sources_of_events(joined: Dataset) -> None:
    view = View(themes=("raids",))
    titles = [item["title"] for item in json.loads(FORMATS[".csl.json"].render(joined, view))]
    assert titles[:2] == ["Field notes & co", "A diary"]
    references = FORMATS[".txt"].render(joined, view).decode()
    assert references.count("Field notes & co") == references.count("A diary") == 3
