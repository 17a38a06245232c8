"""Rows for the screen: features and readers' own events, the first of many, and what stands in their cells."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Point

from geo.dataset import Dataset, join_datasets
from geo.events import read_events
from geo.view import Language, View
from layers.table import CLAIM_COLUMNS, FEATURE_COLUMNS, MOST_ROWS, claim_table, feature_table
from layers.words import tell_data

COUNT = MOST_ROWS + 7


@pytest.fixture(scope="module")
def events() -> Dataset:
    rows = {
        "id": [f"e{i}" for i in range(COUNT)],
        "name": [f"Event {i}" for i in range(COUNT)],
        "theme": ["border"] * COUNT,
        "when": ["2015-07-01" if i % 2 else "" for i in range(COUNT)],
        "statement": [f"Statement {i}" for i in range(COUNT)],
        "source": ["Notes"] * COUNT,
        "locator": [f"p. {i}" for i in range(COUNT)],
    }
    return read_events(gpd.GeoDataFrame(rows, geometry=[Point(34, 31)] * COUNT, crs="OGC:CRS84"))


def test_first_events_are_rows_and_all_are_counted(events: Dataset) -> None:
    for table, columns in ((feature_table, FEATURE_COLUMNS), (claim_table, CLAIM_COLUMNS)):
        told = table(events, View())
        assert (len(told.rows), told.total) == (MOST_ROWS, COUNT)
        assert all(set(columns) == row.keys() for row in told.rows)
        assert [row["name"] for row in told.rows[:2]] == ["Event 0", "Event 1"]


def test_rows_of_events_are_those_that_the_view_shows(events: Dataset) -> None:
    told = claim_table(events, View(since="2015", until="2015", undated=False, text="statement 11"))
    assert told.rows[0] == {
        "name": "Event 11",
        "theme": "Border and corridor",
        "when": "1 July 2015",
        "edtf": "2015-07-01",
        "statement": "Statement 11",
        "by": "Notes",
        "status": "reported",
        "numbers": None,
        "checks": None,
        "source": "Notes",
        "paragraph": "p. 11",
        "link": None,
    }
    assert {row["edtf"] for row in told.rows} == {"2015-07-01"}


def test_events_follow_the_features_in_cells_of_one_kind(dataset: Dataset, events: Dataset) -> None:
    both, view = join_datasets([dataset, events]), View(themes=("border",))
    features = sum(feature.theme == "border" for feature in dataset.features)
    told = feature_table(both, view)
    assert told.total == features + COUNT
    assert [row["name"] for row in told.rows[features : features + 2]] == ["Event 0", "Event 1"]
    assert {type(row["paragraph"]) for row in claim_table(both, view).rows} == {str}


@pytest.mark.parametrize("language", list(Language))
def test_data_without_a_version_say_so(dataset: Dataset, events: Dataset, language: Language) -> None:
    assert dataset.version in tell_data(dataset, language)
    words = tell_data(events, language, digits=12)
    assert words.endswith(events.sha256[:12])
    assert "  " not in words
