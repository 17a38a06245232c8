from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.changes import Change, ChangeKind, find_changes
from geo.dataset import Dataset, join_datasets, read_dataset
from geo.intake.loading import About
from tests.loading_here import load_here
from tests.small_data import small_collection, small_sources, write_small_data


def edited(folder: Path, edit: Callable[[dict[str, Any], list[dict[str, Any]]], object]) -> Dataset:
    write_small_data(folder)
    collection, sources = small_collection(), small_sources()
    edit(collection, sources)
    (folder / "places.geojson").write_text(json.dumps(collection), encoding="utf-8")
    (folder / "sources.json").write_text(json.dumps(sources), encoding="utf-8")
    return read_dataset(folder)


def gate(collection: dict[str, Any]) -> dict[str, Any]:
    feature: dict[str, Any] = collection["features"][0]
    return feature


def first_claim(collection: dict[str, Any]) -> dict[str, Any]:
    claim: dict[str, Any] = gate(collection)["properties"]["claims"][0]
    return claim


@pytest.fixture
def small(tmp_path: Path) -> Dataset:
    return read_dataset(write_small_data(tmp_path / "old"))


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda c, _: gate(c)["geometry"].update(coordinates=[34.3, 31.3]), (ChangeKind.REDRAWN, "feature", "gate")),
        (
            lambda c, _: gate(c)["properties"]["provenance"].update(precision="area"),
            (ChangeKind.REGRADED, "feature", "gate"),
        ),
        (lambda c, _: gate(c)["properties"].update(name="The gate"), (ChangeKind.CHANGED, "feature", "gate")),
        (lambda c, _: first_claim(c).update(status="alleged"), (ChangeKind.REGRADED, "claim", "lorries-counted")),
        (
            lambda c, _: first_claim(c)["citation"].update(locator="3"),
            (ChangeKind.PASSAGE_REPLACED, "claim", "lorries-counted"),
        ),
        (lambda c, _: first_claim(c).update(statement="Many."), (ChangeKind.CHANGED, "claim", "lorries-counted")),
        (lambda _, s: s[1].update(title="Else"), (ChangeKind.CHANGED, "source", "other-2016")),
        (lambda _, s: s.pop(1), (ChangeKind.REMOVED, "source", "other-2016")),
        (lambda _, s: s.append({**s[1], "id": "new-2017"}), (ChangeKind.ADDED, "source", "new-2017")),
    ],
)
def test_each_change_is_found_by_its_id(
    edit: Callable[[dict[str, Any], list[dict[str, Any]]], object],
    told: tuple[ChangeKind, str, str],
    small: Dataset,
    tmp_path: Path,
) -> None:
    changes = find_changes(small, edited(tmp_path / "new", edit))
    assert [(change.kind, change.noun, change.identity) for change in changes] == [told]


def test_feature_goes_with_its_claims(small: Dataset, tmp_path: Path) -> None:
    new = edited(tmp_path / "new", lambda c, _: c["features"].pop())
    assert find_changes(small, new) == (
        Change(ChangeKind.REMOVED, "feature", "rain", before="Rain"),
        Change(ChangeKind.REMOVED, "claim", "rain-fell", before="It rained twice."),
    )
    assert [change.kind for change in find_changes(new, small)] == [ChangeKind.ADDED, ChangeKind.ADDED]


def test_claim_moves_to_another_feature(small: Dataset, tmp_path: Path) -> None:
    def move(collection: dict[str, Any], _: object) -> None:
        denied = gate(collection)["properties"]["claims"].pop(1)
        collection["features"][1]["properties"]["claims"].append(denied)

    assert find_changes(small, edited(tmp_path / "new", move)) == (
        Change(ChangeKind.MOVED, "claim", "lorries-denied", "feature", "gate", "coast-road"),
    )


def test_events_are_compared_by_their_ids(small: Dataset) -> None:
    old, new = (
        join_datasets([small, load_here(text, about=About("Mine")).dataset])
        for text in (
            "id,lon,lat,name\na,34.2,31.2,Block\nb,34.3,31.3,Shots\n",
            "id,lon,lat,name\na,34.25,31.2,Block\nc,34.3,31.3,Fire\n",
        )
    )
    told = [(change.kind, change.noun, change.identity) for change in find_changes(old, new)]
    assert told == [
        (ChangeKind.ADDED, "event", "c"),
        (ChangeKind.REMOVED, "event", "b"),
        (ChangeKind.REDRAWN, "event", "a"),
    ]


def test_same_data_have_no_changes(small: Dataset, dataset: Dataset) -> None:
    assert find_changes(small, small) == ()
    assert find_changes(dataset, dataset) == ()
