"""Any events at all, written by the atlas and read back by other readers: every row, text and place is there."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from exports.formats import FORMATS
from geo.dataset import Dataset
from geo.events import EventTable, read_events
from geo.view import View
from tests.robustness.hostile_strings import FUZZ
from tests.robustness.test_strings_in_files import FORMULA, KML, held, xml_held

ROUNDS = settings(
    max_examples=300 if FUZZ else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DEGREES = st.integers(-89_000_000, 89_000_000).map(lambda millionths: millionths / 1_000_000)
PLACES = st.tuples(DEGREES, DEGREES)


def _square(place: tuple[float, float], *, has_hole: bool) -> BaseGeometry:
    x, y = place
    square = shapely.box(x, y, x + 1, y + 1)
    return square - shapely.box(x + 0.25, y + 0.25, x + 0.5, y + 0.75) if has_hole else square


POINTS = PLACES.map(shapely.Point)
LINES = PLACES.map(lambda at: shapely.LineString([at, (at[0] + 1, at[1]), (at[0] + 1, at[1] + 0.5)]))
AREAS = st.builds(_square, PLACES, has_hole=st.booleans())
SHAPES = st.one_of(
    st.none(),
    POINTS,
    LINES,
    AREAS,
    st.lists(POINTS, min_size=1, max_size=3).map(shapely.MultiPoint),
    st.lists(LINES, min_size=1, max_size=2).map(shapely.MultiLineString),
    st.tuples(POINTS, LINES).map(shapely.GeometryCollection),
)
# every character there is: controls, lone surrogates and those that mean nothing
TEXTS = st.text(st.characters(exclude_categories=()), max_size=12)
EVENTS = st.lists(st.tuples(TEXTS, TEXTS, SHAPES), min_size=1, max_size=6)
Events = list[tuple[str, str, BaseGeometry | None]]


def dataset_of(events: Events) -> Dataset:
    """A dataset of events of which name, source and shape are given."""
    columns = {
        "id": [f"event-{number}" for number in range(len(events))],
        "name": [name for name, _, _ in events],
        "theme": ["road-blocks"] * len(events),
        "when": [""] * len(events),
        "statement": [name for name, _, _ in events],
        "source": [source for _, source, _ in events],
        "locator": [""] * len(events),
    }
    frame = pd.DataFrame(columns, dtype=object)
    return read_events(gpd.GeoDataFrame(frame, geometry=[each for *_, each in events], crs="OGC:CRS84"))


def is_same(first: BaseGeometry | None, second: BaseGeometry | None, tolerance_deg: float = 0.0) -> bool:
    """Whether two shapes are the same, however their rings run and wherever they begin."""
    if first is None or second is None:
        return first is second
    return bool(shapely.equals_exact(shapely.normalize(first), shapely.normalize(second), tolerance=tolerance_deg))


@ROUNDS
@given(events=EVENTS)
def test_geojson_is_read_back(events: Events) -> None:
    features = json.loads(FORMATS[".geojson"].render(dataset_of(events), View()))["features"]
    assert len(features) == len(events)
    for feature, (name, source, drawn) in zip(features, events, strict=True):
        assert (feature["properties"]["name"], feature["properties"]["source"]) == (held(name), held(source))
        assert is_same(feature["geometry"] and shape(feature["geometry"]), drawn)


@ROUNDS
@given(events=EVENTS)
def test_csv_is_read_back(events: Events) -> None:
    text = FORMATS[".csv"].render(dataset_of(events), View()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(events)
    for row, (name, source, drawn) in zip(rows, events, strict=True):
        for cell, given_text in ((row["name"], held(name)), (row["reference"], held(source))):
            assert cell == ("'" if FORMULA.match(given_text) else "") + given_text
        # in text the last of seventeen digits is rounded
        assert is_same(shapely.from_wkt(row["wkt"]) if row["wkt"] else None, drawn, 1e-12)


@ROUNDS
@given(events=EVENTS)
def test_geopackage_is_read_back(events: Events, tmp_path: Path) -> None:
    path = tmp_path / "events.gpkg"
    path.write_bytes(FORMATS[".gpkg"].render(dataset_of(events), View()))
    found: dict[str, tuple[str, BaseGeometry | None]] = {}
    for layer in ("points", "lines", "areas", "mixed", "unplaced"):
        if layer in pyogrio.list_layers(path)[:, 0]:
            frame: Any = pyogrio.read_dataframe(path, layer=layer)
            shapes = frame.geometry if layer != "unplaced" else [None] * len(frame)
            found |= dict(zip(frame["feature_id"], zip(frame["name"], shapes, strict=True), strict=True))
    assert len(found) == len(events)
    for number, (name, _, drawn) in enumerate(events):
        told, read = found[f"event-{number}"]
        assert told == held(name)
        # a layer holds shapes of several parts: one part alone is the same ground
        assert is_same(_as_parts(read), _as_parts(drawn))
    with closing(sqlite3.connect(path)) as connection:
        claims = connection.execute("SELECT statement, attributed_to FROM claims ORDER BY fid").fetchall()
    assert claims == [(held(name) if name else None, held(source) if source else None) for name, source, _ in events]


def _as_parts(drawn: BaseGeometry | None) -> BaseGeometry | None:
    return None if drawn is None else shapely.GeometryCollection(list(shapely.get_parts(drawn)))


@ROUNDS
@given(events=EVENTS)
def test_kml_is_read_back(events: Events) -> None:
    root = ElementTree.fromstring(FORMATS[".kml"].render(dataset_of(events), View()))
    marks = list(root.iter(f"{KML}Placemark"))
    assert len(marks) == len(events)
    for mark, (name, _, drawn) in zip(marks, events, strict=True):
        assert mark.findtext(f"{KML}name") == xml_held(name).replace("\r\n", "\n").replace("\r", "\n")
        told = [
            [float(number) for number in pair.split(",")]
            for element in mark.iter(f"{KML}coordinates")
            for pair in (element.text or "").split()
        ]
        expected = [] if drawn is None else shapely.get_coordinates(shapely.orient_polygons(drawn)).tolist()
        assert np.allclose(np.array(told).reshape(-1, 2), np.array(expected).reshape(-1, 2), atol=1e-7, rtol=0)


@pytest.mark.parametrize("suffix", [".lpf.json", ".parquet", ".svg", ".pptx", ".png", ".pdf", ".html", ".ris", ".bib"])
def test_no_format_loses_its_footing(suffix: str) -> None:
    @settings(ROUNDS, max_examples=40 if FUZZ else 3)
    @given(events=EVENTS)
    def writes(events: Events) -> None:
        assert FORMATS[suffix].render(dataset_of(events), View())

    writes()


def test_the_table_holds_what_is_given() -> None:
    events = dataset_of([("a", "b", shapely.Point(34, 31)), ("c\x00", "\ud800", None)]).events
    assert isinstance(events, EventTable)
    assert events.columns["name"].tolist() == ["a", "c\x00"]
