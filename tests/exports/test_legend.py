"""The legend of a drawing: it leaves room for the key and the sources, however many themes there are."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Point

from exports.scene import build_scene
from geo.dataset import Dataset
from geo.events import REQUIRED, read_events
from geo.view import Language, View


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
