"""Which marks of a drawing are named: what several share bears their number, the atlas's places come first."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point, box

from exports.drawing import Box
from exports.naming_marks import ANY_LETTER, MOST_OWN_NAMES, find_shared_areas, name_marks
from exports.placing import Label
from exports.plotting import plot_marks
from exports.projecting import Frame
from exports.scene import build_scene, lay_out_plot
from exports.subjects import Subject
from geo.dataset import Dataset, join_datasets
from geo.events import REQUIRED, read_events
from geo.model import Precision
from geo.view import View

FRAME = Frame(Box(0, 0, 400, 400), "", 0.0, 0.0, 1.0)
INKS = {"flows": "#00786a", "places": "#1f2d3a", "events": "#d4460b"}
LINE = LineString([(20, 20), (200, 200)])
AREA, SMALL = box(50, 50, 350, 350), box(50, 50, 100, 350)
NUMBERS = {"one": 1, "two": 2, "three": 3}


def subject(key: str, theme: str = "flows", source: str = "one", record: object = None) -> Subject:
    return Subject(key, f"Name of {key}", (), theme, Point(0, 0), Precision.EXACT, 0.0, False, False, (source,), record)


def names(labels: list[Label]) -> list[str]:
    return [label.lines[0].text for label in labels]


@pytest.mark.parametrize("shape", [LINE, SMALL])
def test_what_several_of_a_theme_share_bears_a_letter_and_all_their_sources(shape: shapely.Geometry) -> None:
    marks = [(subject("a"), shape), (subject("b", source="three"), shape), (subject("c", source="two"), shape)]
    labels = name_marks(marks, FRAME, INKS, NUMBERS, (), {"a", "b", "c"})
    assert names(labels) == [f"{ANY_LETTER} [1–3]"]
    assert labels[0].stands_for == ("Name of a", "Name of b", "Name of c")
    # beside one of several lines it would pass for its neighbour's
    assert labels[0].reach_pt is None


def test_a_wide_area_that_several_share_bears_nothing() -> None:
    assert name_marks([(subject("a"), AREA), (subject("b"), AREA)], FRAME, INKS, NUMBERS, (), {"a", "b"}) == []


@pytest.mark.parametrize("shape", [LINE, AREA])
def test_what_stands_out_bears_its_own_name_in_bold_on_a_shared_shape(shape: shapely.Geometry) -> None:
    marks = [(subject("a"), shape), (subject("b", source="two"), shape)]
    labels = name_marks(marks, FRAME, INKS, NUMBERS, {"b"}, {"a", "b"})
    assert names(labels) == ["Name of b [2]"]
    assert all(line.bold for line in labels[0].lines)


def test_places_keep_their_names_on_a_shared_shape() -> None:
    marks = [(subject("a", "places"), AREA), (subject("b", "places"), AREA), (subject("c"), AREA)]
    told = names(name_marks(marks, FRAME, INKS, NUMBERS, (), {"a", "b", "c"}))
    assert sorted(told) == ["Name of a [1]", "Name of b [1]"]


def test_an_area_of_other_themes_too_does_not_bear_the_name_of_one_claim() -> None:
    mark = (subject("a", "events"), AREA)
    assert names(name_marks([mark], FRAME, INKS, NUMBERS, (), ())) == ["Name of a [1]"]
    assert name_marks([mark], FRAME, INKS, NUMBERS, (), {"a"}) == []


def test_areas_that_are_shared_are_found_whether_they_are_shown_or_not(dataset: Dataset) -> None:
    shared = find_shared_areas(dataset)
    assert {"weapons-cache-july-2015", "insurgency-sinai"} <= shared
    assert not shared & {"gaza-strip", "el-arish", "arms-sinai-to-gaza"}
    scene = build_scene(dataset, View.from_query("themes=events&q=cache"))
    assert "weapons-cache-july-2015" in {mark.key for mark in scene.marks}
    written = [line.text for item in scene.find_layer("names").items for part in item.words for line in part.lines]
    assert [text for text in written if "Weapons cache" in text] == []


def test_a_line_told_both_ways_is_named_at_its_middle() -> None:
    way = LineString([(20, 100), (120, 100), (220, 100)])
    # the way back is simplified apart, and merged with the way there it would be a ring
    both = MultiLineString([way, LineString([(220, 100), (120, 100.4), (20, 100)])])
    label = name_marks([(subject("a"), both)], FRAME, INKS, NUMBERS, ())[0]
    assert label.anchors[0] == (120, 100)


def own_events(count: int) -> Dataset:
    chance = random.Random(7)
    rows = {name: [f"{name} {i}" for i in range(count)] for name in REQUIRED}
    rows |= {"when": [""] * count, "theme": ["mine"] * count, "source": ["mine"] * count}
    places = [Point(chance.uniform(33.9, 34.45), chance.uniform(31.05, 31.5)) for _ in range(count)]
    return read_events(gpd.GeoDataFrame(rows, geometry=places, crs="OGC:CRS84"))


@pytest.mark.parametrize("count", [10, 30, 300])
def test_many_own_events_take_no_names_from_the_atlas(dataset: Dataset, count: int) -> None:
    def named(data: Dataset) -> set[str]:
        return {item.key for item in build_scene(data, View()).find_layer("names").items}

    told = named(join_datasets([dataset, own_events(count)]))
    towns = {"el-arish", "sheikh-zuweid", "rafah-egypt", "rafah-gaza"}
    assert towns <= told
    own = {key for key in told if key.startswith("id-") or key.startswith("id ")}
    assert bool(own) is (count <= MOST_OWN_NAMES)
    if count > MOST_OWN_NAMES:
        assert {key for key in named(dataset) if not key.startswith("ground-")} <= told


@pytest.mark.parametrize("change", [{}, {"precision": Precision.EXACT}, {"hollow": True}, {"corroborated": False}])
def test_a_mark_drawn_as_another_tints_nothing_but_one_of_another_sureness_is_drawn(
    dataset: Dataset, change: dict[str, Any]
) -> None:
    plot = plot_marks(dataset, View(themes=("flows",)))
    first = plot.drawn["flows"][0]
    sure = replace(first.subject, precision=Precision.SCHEMATIC, hollow=False, corroborated=True)
    pair = [replace(first, subject=each) for each in (sure, replace(sure, key="other", name="Other", **change))]
    marks = lay_out_plot(replace(plot, drawn={**plot.drawn, "flows": pair})).marks
    tints = [
        [part.alpha for path in mark.paths if not path.role for part in (path.fill, path.stroke) if part]
        for mark in marks
    ]
    assert all(alpha > 0 for alpha in tints[0])
    assert all(alpha > 0 for alpha in tints[1]) is bool(change)
    assert any(path.lines for path in marks[1].paths)
