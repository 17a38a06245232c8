from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from shapely.geometry import shape

from exports.cleaning import one_line
from exports.linked_places import feature_uri, render_lpf
from geo.dataset import Dataset
from geo.selection import select
from geo.view import View
from tests.hostile_data import HOSTILE, hostile_dataset

# the rules of the gazetteer's schema that a writer can break
DATE = re.compile(r"-?\d{1,4}(-(0[1-9]|1[0-2]))?(-([0-2][0-9]|3[01]))?")
IDENTIFIER = re.compile(r"\w+:\S+")
CERTAINTY = {"certain", "less-certain", "uncertain"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return hostile_dataset(tmp_path_factory.mktemp("hostile"))


def features(dataset: Dataset, query: str = "") -> list[dict[str, Any]]:
    collection = json.loads(render_lpf(dataset, View.from_query(query)))
    assert collection["@context"].startswith("https://")
    listed: list[dict[str, Any]] = collection["features"]
    return listed


def parts(value: Any, name: str) -> Iterator[Any]:
    """Every member of that name, however deep."""
    if isinstance(value, dict):
        yield from (value[name] for _ in [0] if name in value)
        for inner in value.values():
            yield from parts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner, name)


@pytest.mark.parametrize("query", ["", "themes=tunnels,border&since=2013-06", "statuses=denied", "themes=none"])
def test_lpf_holds_what_is_shown(dataset: Dataset, query: str) -> None:
    selection = select(dataset, View.from_query(query))
    listed = features(dataset, query)
    assert [feature["@id"] for feature in listed] == [feature_uri(feature.id) for feature in selection.features]
    assert sum(feature["geometry"] is not None for feature in listed) == len(selection.drawn)
    assert all(shape(feature["geometry"]).is_valid for feature in listed if feature["geometry"])
    claims = sum(len(claims) for claims in selection.claims.values())
    assert sum(len(feature["descriptions"]) for feature in listed) == claims


@pytest.mark.parametrize("which", ["dataset", "hostile"])
def test_lpf_keeps_the_gazetteers_rules(which: str, request: pytest.FixtureRequest) -> None:
    for feature in features(request.getfixturevalue(which)):
        assert IDENTIFIER.fullmatch(feature["@id"])
        assert feature["properties"]["title"]
        assert feature["types"]
        assert feature["names"][0]["citations"]
        assert "ccodes" not in feature["properties"]
        for when in parts(feature, "when"):
            assert when["timespans"]
            for span in when["timespans"]:
                assert set(span) <= {"start", "end"}
                assert all(DATE.fullmatch(end["in"]) for end in span.values())
        assert set(parts(feature, "certainty")) <= CERTAINTY
        assert all(isinstance(year, str) for year in parts(feature, "year"))
        texts = [*parts(feature, "toponym"), *parts(feature, "value"), *parts(feature, "label")]
        assert [text for text in texts if "\n" in text] == []


def test_every_feature_of_the_atlas_is_dated(dataset: Dataset) -> None:
    assert [feature["@id"] for feature in features(dataset) if not list(parts(feature, "when"))] == []


def test_lpf_keeps_every_text(hostile: Dataset) -> None:
    listed = features(hostile)
    assert [each["properties"]["title"] for each in listed] == [
        *(one_line(feature.name) for feature in hostile.features),
        *map(one_line, HOSTILE),
    ]


@pytest.mark.parametrize(
    ("number", "when"),
    [
        (0, {"timespans": [{"start": {"in": "2015-07-01"}}], "label": "1 July 2015"}),
        (3, {"timespans": [{"start": {"in": "2014"}, "end": {"in": "2016"}}], "label": "2014 to 2016"}),
        (4, {"timespans": [{"start": {"in": "2013-06"}}], "label": "since June 2013"}),
        (5, {"timespans": [{"start": {"in": "2015"}}], "label": "about 2015", "certainty": "less-certain"}),
    ],
)
def test_dates_are_timespans(hostile: Dataset, number: int, when: dict[str, Any]) -> None:
    assert features(hostile, "themes=road-blocks")[number]["when"] == when


def test_receipt_is_inside(dataset: Dataset) -> None:
    assert json.loads(render_lpf(dataset, View()))["receipt"]["data"]["sha256"] == dataset.sha256
