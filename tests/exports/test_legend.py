"""The legend of a drawing: it leaves room for the key and the sources, however many themes there are."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Point

from exports.scene import build_scene
from geo.dataset import Dataset, join_datasets
from geo.events import REQUIRED, read_events
from geo.model import Extent, Precision
from geo.view import Language, View
from layers.words import read_words


def themes(count: int) -> Dataset:
    rows = {name: [f"{name} {i}" for i in range(count)] for name in REQUIRED} | {"when": [""] * count}
    points = [Point(34 + i / 1000, 31.2) for i in range(count)]
    return read_events(gpd.GeoDataFrame(rows, geometry=points, crs="OGC:CRS84"))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("count", "counted"), [(3, False), (60, True), (200, True)])
def test_themes_without_room_are_counted(count: int, counted: bool, language: Language) -> None:
    scene = build_scene(themes(count), View(language=language))
    legend = scene.find_layer("legend")
    assert max(words.box.bottom for item in legend.items for words in item.words) < scene.height_pt * 0.7
    rows = [item for item in legend.items if item.key.startswith("legend-theme")]
    more = [item.name for item in legend.items if item.key == "legend-more"]
    assert bool(more) is counted
    assert len(rows) == count if not counted else str(count - len(rows)) in more[0]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("precision", [None, *Precision])
@pytest.mark.parametrize("is_denied_too", [False, True])
def test_hollow_means_denied_or_hypothetical_and_nothing_else(
    dataset: Dataset, language: Language, precision: Precision | None, is_denied_too: bool
) -> None:
    rows = {name: [name] for name in REQUIRED} | {"when": [""]}
    frame = gpd.GeoDataFrame(rows, geometry=[Point(34, 31.2)], crs="OGC:CRS84")
    own = read_events(frame.assign(precision=precision.value) if precision else frame)
    both = join_datasets([dataset, own]) if is_denied_too else own
    scene = build_scene(both, View(language=language))
    rows_of_key = list(scene.find_layer("sureness").items)
    told = [item.name for item in rows_of_key if "hollow" in item.key]
    assert told == ([read_words(language)["hollow-means"]] if is_denied_too else [])
    assert all("…" not in line.text for item in rows_of_key for part in item.words for line in part.lines)
    mark = next(mark for mark in scene.marks if mark.key == "id")
    glyph = next(path for path in mark.paths if not path.role)
    assert glyph.fill
    assert glyph.stroke
    assert glyph.fill.colour == glyph.stroke.colour
    # a place that is not known exactly says so, though nobody says by how much
    discs = [path for path in mark.paths if path.role == "uncertainty"]
    assert bool(discs) is (precision not in {None, Precision.EXACT})


def test_a_heading_without_entries_is_left_out() -> None:
    extent = Extent(west=10, south=50, east=11, north=51)
    scene = build_scene(themes(3), View(extent=extent))
    assert scene.marks == ()
    assert scene.find_layer("legend").items == scene.find_layer("sureness").items == ()
