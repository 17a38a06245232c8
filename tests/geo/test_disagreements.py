from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.dataset import Dataset, read_dataset
from geo.disagreements import disagreements
from tests.small_data import small_collection, write_small_data

NUMBER = {"quantity": "lorries", "unit": "vehicles"}


def disputed(folder: Path, about: str, first: dict[str, Any], last: dict[str, Any], feature: int = 0) -> Dataset:
    """The clerk's claim disputed, as told by both sides, by the office's or by the first claim of another feature."""
    collection = small_collection()
    own = collection["features"][0]["properties"]["claims"][0]
    other = collection["features"][feature]["properties"]["claims"][-1]
    own.update(first)
    other.update(last)
    own["disputes"] = [{"claim": other["id"], "about": about, "reason": "As the clerk has it."}]
    other["disputes"] = [{"claim": own["id"], "about": about, "reason": "As the other has it."}]
    path = write_small_data(folder) / "places.geojson"
    path.write_text(json.dumps(collection), encoding="utf-8")
    return read_dataset(folder)


@pytest.mark.parametrize(
    ("about", "first", "last", "words"),
    [
        ("date", {"when": "2015-07-06"}, {"when": "2015-07-09/2015-08"}, "The dates lie 3 days apart."),
        ("date", {"when": "2015-12"}, {"when": "2015-07-09/2015-11-29"}, "The dates lie 2 days apart."),
        ("date", {"when": "2015-07"}, {"when": "2015-07-31/.."}, "The dates overlap."),
        ("date", {"when": "2015-07"}, {}, ""),
        (
            "number",
            {"measures": [NUMBER | {"value": 40}]},
            {"measures": [NUMBER | {"value": 10}]},
            "40 vehicles against 10 vehicles: the difference is 30 vehicles, the ratio 4.",
        ),
        (
            "number",
            {"measures": [NUMBER | {"value": 40}]},
            {"measures": [NUMBER | {"value": 0}]},
            "40 vehicles against 0 vehicles: the difference is 40 vehicles.",
        ),
        ("number", {"measures": [NUMBER | {"value": 40}]}, {"measures": [NUMBER | {"qualifier": "dozens"}]}, ""),
        ("actor", {"when": "2015"}, {"when": "2016"}, ""),
        ("place", {}, {}, ""),
    ],
)
def test_difference_is_measured(
    tmp_path: Path, about: str, first: dict[str, Any], last: dict[str, Any], words: str
) -> None:
    (found,) = disagreements(disputed(tmp_path, about, first, last))
    assert [side.claim.id for side in found.sides] == ["lorries-counted", "lorries-denied"]
    assert (found.about, found.reason) == (about, "As the clerk has it.")
    assert found.difference.get("en", "") == words
    assert bool(found.difference.get("ar")) == bool(words)


@pytest.mark.parametrize(("feature", "words"), [(1, "The shapes lie 4.3 km apart."), (2, "")])
def test_places_lie_apart(tmp_path: Path, feature: int, words: str) -> None:
    (found,) = disagreements(disputed(tmp_path, "place", {}, {}, feature))
    assert found.difference.get("en", "") == words


def test_each_disagreement_of_the_data_is_listed_once(dataset: Dataset) -> None:
    found = disagreements(dataset)
    keys = [(frozenset(side.claim.id for side in one.sides), one.about) for one in found]
    assert len(keys) == len(set(keys)) > 0
