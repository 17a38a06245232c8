"""Events of a reader's own: what is read, what is refused, what a view shows of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, Polygon

from geo.errors import InputError
from geo.event_files import event_object
from geo.event_joining import join_events
from geo.events import REQUIRED, make_slug, read_events
from geo.filters import Filter
from geo.selection import select
from geo.view import View

ROWS = [
    ("e1", "Road block", "Road blocks", "2015-07-01", "A road block was seen.", "My notes", "3", Point(33.9, 31.1)),
    (
        "e2",
        "Shots",
        "incidents",
        "2016",
        "Shots were heard.",
        "Other",
        "4",
        Polygon([(34, 31), (34.1, 31), (34, 31.1)]),
    ),
    ("e3", "Nowhere", "incidents", "", "Something happened.", "Other", "4", None),
]


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    columns = {name: [row[i] for row in ROWS] for i, name in enumerate(REQUIRED)}
    return gpd.GeoDataFrame(columns | {"dead": [1, 2, 3]}, geometry=[row[-1] for row in ROWS], crs="OGC:CRS84")


def test_read_events_keeps_every_row_and_column(frame: gpd.GeoDataFrame) -> None:
    events = read_events(frame).events
    assert events is not None
    assert events.columns["id"].tolist() == ["e1", "e2", "e3"]
    assert events.columns["theme"].tolist() == ["road-blocks", "incidents", "incidents"]
    assert events.attributes["dead"].tolist() == [1, 2, 3]


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet"])
def test_read_events_reads_files(frame: gpd.GeoDataFrame, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"events{suffix}"
    if suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    read = read_events(path).events
    assert read is not None
    assert read.columns["statement"].tolist() == [row[4] for row in ROWS]
    assert read.geometries[0] == ROWS[0][-1]


def test_read_events_reads_csv_by_its_longitude_and_latitude(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f"{','.join(REQUIRED)},Longitude,Latitude\ne1,A,b,2015,c,d,1,33.9,31.1\ne2,A,b,,c,d,1,,\n")
    events = read_events(path).events
    assert events is not None
    assert events.geometries[0] == Point(33.9, 31.1)
    assert events.geometries[1] is None


@pytest.mark.parametrize("crs", ["EPSG:32636", "EPSG:4807", "EPSG:4229", "EPSG:4326"])
def test_read_events_turns_coordinates_round(frame: gpd.GeoDataFrame, crs: str) -> None:
    # the second counts grads from Paris, the third has an ellipsoid of its own, the last latitude first
    events = read_events(frame.to_crs(crs)).events
    assert events is not None
    assert events.geometries[0].distance(ROWS[0][-1]) < 1e-6


def test_events_of_other_shapes_and_attributes_have_another_hash(frame: gpd.GeoDataFrame) -> None:
    def hash_of(change: Callable[[gpd.GeoDataFrame], object]) -> str:
        copy = frame.copy()
        change(copy)
        return read_events(copy).sha256

    same = hash_of(lambda _: None)
    assert same == hash_of(lambda _: None)
    moved = hash_of(lambda copy: copy.__setitem__("geometry", copy.geometry.iloc[[2, 0, 1]].to_numpy()))
    shifted = hash_of(lambda copy: copy.__setitem__("geometry", copy.geometry.iloc[[0, 2, 1]].to_numpy()))
    other = hash_of(lambda copy: copy.__setitem__("dead", [1, 2, 4]))
    assert len({same, moved, shifted, other}) == 4


def test_missing_attributes_are_none(frame: gpd.GeoDataFrame) -> None:
    frame["seen"] = pd.Series([pd.Timestamp("2015-07-01"), pd.NaT, pd.NaT])
    frame["count"] = pd.array([1, None, 3], dtype="Int64")
    events = read_events(frame).events
    assert events is not None
    assert events.attributes["seen"][1] is events.attributes["count"][1] is None
    assert {"seen", "count"}.isdisjoint(event_object(events, 1)["properties"])


def test_theme_called_none_is_not_an_empty_list(frame: gpd.GeoDataFrame) -> None:
    frame["theme"] = "None"
    dataset = read_events(frame)
    assert dataset.events is not None
    view = View(themes=tuple(dataset.events.themes))
    assert select(dataset, View.from_query(view.to_query())).shown == select(dataset, view).shown == 3


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("id", "e2", r"Invalid id 'e2'\. Several rows have it\. Give each its own\."),
        ("id", " e2 ", r"Invalid id 'e2'\. Several rows have it\."),
        ("id", " ", r"Invalid id ''.* of row 1\. An id has 1 to 200 signs\. Give the row another\."),
        ("id", "x" * 201, r"Invalid id 'x+….* of row 1\. An id has 1 to 200 signs"),
        ("when", "2015-13", r"Invalid date '2015-13'\. A date is EDTF"),
        (
            "precision",
            "10 m",
            r"Invalid precision '10 m'\. It is one of exact, approximate, area, schematic\. "
            r"Correct it, or leave it empty where the place is exact\.",
        ),
        ("geometry", Point(31.1, 133.9), r"Invalid place\. Longitude lies within 180 degrees"),
    ],
)
def test_read_events_names_the_row_at_fault(frame: gpd.GeoDataFrame, column: str, value: object, fault: str) -> None:
    frame.loc[0, column] = value
    with pytest.raises(InputError, match=fault):
        read_events(frame)


@pytest.mark.parametrize("suffix", ["", ".geojson", ".gpkg", ".parquet"])
def test_read_events_reads_how_exactly_places_are_known(frame: gpd.GeoDataFrame, tmp_path: Path, suffix: str) -> None:
    frame["precision"] = ["Approximate", None, "area"]
    path = tmp_path / f"events{suffix}"
    if suffix == ".parquet":
        frame.to_parquet(path)
    elif suffix:
        frame.to_file(path)
    events = read_events(path if suffix else frame).events
    assert events is not None
    assert events.columns["precision"].tolist() == ["approximate", "exact", "area"]
    assert events.precisions.tolist() == [1, 0, 2]
    assert "precision" not in events.attributes
    frame.loc[0, "precision"] = "exact"
    assert read_events(frame).sha256 != read_events(path if suffix else frame.replace("exact", "area")).sha256


def test_places_are_exact_where_nothing_is_said(frame: gpd.GeoDataFrame) -> None:
    events = read_events(frame).events
    assert events is not None
    assert (events.precisions.tolist(), events.precision_of(0)) == ([0, 0, 0], None)
    graded = read_events(frame.assign(id=["f1", "f2", "f3"], precision="schematic")).events
    assert graded is not None
    assert join_events([events, graded]).precisions.tolist() == [0, 0, 0, 3, 3, 3]


@pytest.mark.parametrize(
    ("query", "rows"),
    [("precisions=exact", [1]), ("precisions=approximate,area", [0, 2]), ("precisions=schematic", [])],
)
def test_select_weighs_how_exactly_places_are_known(frame: gpd.GeoDataFrame, query: str, rows: list[int]) -> None:
    frame["precision"] = ["approximate", "", "area"]
    selection = select(read_events(frame), View.from_query(query))
    assert (selection.events.tolist(), selection.hidden) == (rows, {Filter.PRECISIONS: 3 - len(rows)})


def test_read_events_names_all_missing_columns(frame: gpd.GeoDataFrame) -> None:
    with pytest.raises(InputError, match=r"Invalid columns\. A table of events has .* Add theme, locator\."):
        read_events(frame.drop(columns=["theme", "locator"]))


def test_read_events_tells_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    path.write_text("{")
    with pytest.raises(InputError, match=r"Invalid file 'events\.geojson'\. It cannot be read as a table of events"):
        read_events(path)


@pytest.mark.parametrize(
    ("query", "rows", "hidden"),
    [
        ("", [0, 1, 2], {}),
        ("themes=road-blocks", [0], {Filter.THEMES: 2}),
        ("sources=my-notes", [0], {Filter.SOURCES: 2}),
        ("since=2015&until=2015", [0, 2], {Filter.TIME: 1}),
        ("since=2015&until=2015&undated=0", [0], {Filter.TIME: 2}),
        ("q=SHOTS+heard", [1], {Filter.TEXT: 2}),
        ("statuses=denied", [], {Filter.STATUSES: 3}),
        ("origins=2", [], {Filter.ORIGINS: 3}),
        ("known=2011", [0, 1, 2], {}),
    ],
)
def test_select_weighs_events(frame: gpd.GeoDataFrame, query: str, rows: list[int], hidden: dict[Filter, int]) -> None:
    selection = select(read_events(frame), View.from_query(query))
    assert (selection.events.tolist(), selection.hidden, selection.total) == (rows, hidden, 3)


@pytest.mark.parametrize(("name", "slug"), [("Road blocks", "road-blocks"), ("Élan 2015!", "elan-2015")])
def test_make_slug(name: str, slug: str) -> None:
    assert make_slug(name) == slug


def test_make_slug_names_what_has_no_latin_letters() -> None:
    assert make_slug("أنفاق") == make_slug("أنفاق") != make_slug("حدود")
