"""The row behind an event of a reader's own: every cell that says something, after its column's name."""

from __future__ import annotations

import json

from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from geo.view import Language, View
from layers.evidence import MOST_FIELDS, tell_evidence
from tests.loading_here import load_here

HEADING = "id,lon,lat,name,kind,fatalities,weather\n"


def row_of(dataset: Dataset, identity: str) -> dict[str, str]:
    evidence = tell_evidence(dataset, View(feature=identity))
    assert evidence is not None
    return dict(evidence.row)


def table_called(title: str, rows: str) -> Dataset:
    return load_here(HEADING + rows, about=About(title, licence="CC BY 4.0", source="A. Reader")).dataset


def test_each_cell_stands_after_its_columns_name_and_empty_ones_are_left_out() -> None:
    dataset = table_called("Raids", 'a,34.2,31.2,A,Raid,0,"two\nlines"\nb,34.3,31.3,B,Raid,3,\n')
    credit = "Raids. A. Reader. Licence: CC BY 4.0"
    assert row_of(dataset, "a") == {"Table": credit, "fatalities": "0", "weather": "two\nlines"}
    assert row_of(dataset, "b") == {"Table": credit, "fatalities": "3"}


def test_the_row_is_told_in_the_readers_language() -> None:
    dataset = table_called("Raids", "a,34.2,31.2,A,Raid,0,\n")
    told = {language: tell_evidence(dataset, View(feature="a", language=language)) for language in Language}
    references = {language: evidence.claims[0].reference for language, evidence in told.items() if evidence}
    assert references == {Language.ENGLISH: "A. Reader, row 1", Language.ARABIC: "A. Reader, الصف 1"}


def test_the_table_is_the_events_own_where_there_are_several() -> None:
    one, two = table_called("One", "a,34.2,31.2,A,Raid,1,\n"), table_called("Two", "b,34.3,31.3,B,Raid,2,\n")
    joined = join_datasets([one, two])
    assert [row_of(joined, identity)["Table"].partition(".")[0] for identity in ("a", "b")] == ["One", "Two"]


def test_of_very_many_columns_the_rest_are_counted() -> None:
    names = [f"column {number}" for number in range(MOST_FIELDS + 10)]
    cells = ",".join(names) + ",lon,lat\n" + "x," * len(names) + "34,31\n"
    dataset = load_here(cells).dataset
    evidence = tell_evidence(dataset, View(feature=dataset.events.columns["id"][0]))  # type: ignore[union-attr]
    assert evidence is not None
    assert evidence.row[-1] == ("", "10 more columns are in the exports")
    assert [label for label, _ in evidence.row[1:-1]] == names[:MOST_FIELDS]


def test_nested_values_are_told_as_json() -> None:
    properties = {"tags": ["a", {"é": None}], "seen": True, "share": 0.5}
    feature = {"type": "Feature", "id": "a", "geometry": {"type": "Point", "coordinates": [34, 31]}}
    collection = {"type": "FeatureCollection", "features": [feature | {"properties": properties}]}
    row = row_of(load_here(json.dumps(collection), "tags.geojson").dataset, "a")
    assert row["tags"] == '["a", {"é": null}]'
    assert (row["seen"], row["share"]) == ("true", "0.5")


def test_what_the_atlas_tells_itself_has_no_row(dataset: Dataset) -> None:
    assert row_of(dataset, dataset.features[0].id) == {}
