"""How a page is divided, what its frame holds, and what stands in and above it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import Point

from exports.drawing import Scene
from exports.glyphs import fill_of
from exports.layout import lay_out
from exports.options import ExportOptions
from exports.pages import choose_page
from exports.plotting import plot_marks
from exports.scene import build_scene
from geo.dataset import Dataset, join_datasets
from geo.events import REQUIRED, read_events
from geo.intake.loading import About
from geo.model import Extent
from geo.view import Language, View
from tests.exports.test_own_tables_in_files import own_table

PAGES = ["slide", "a4", "a3", "1024x768", "1080x1080", "1080x1920", "900x1100", "1600x900"]


@pytest.mark.parametrize("page", PAGES)
def test_the_parts_of_a_page_are_apart_and_on_it(page: str) -> None:
    size = choose_page(page)
    layout = lay_out(size.width_pt, size.height_pt)
    boxes = [layout.head, layout.frame, *layout.panel, layout.foot]
    assert [(one, other) for i, one in enumerate(boxes) for other in boxes[:i] if one.meets(other)] == []
    assert all(0 <= box.left < box.right <= size.width_pt for box in boxes)
    assert all(0 <= box.top < box.bottom <= size.height_pt for box in boxes)
    assert layout.frame.width * layout.frame.height > 0.45 * size.width_pt * size.height_pt
    assert (layout.panel[0].top > layout.frame.bottom) is (size.width_pt <= 1.15 * size.height_pt)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", list(Language))
def test_a_page_holds_the_whole_strip_legend_and_sources(dataset: Dataset, page: str, language: Language) -> None:
    view, options = View(language=language), ExportOptions(page=page)
    plot = plot_marks(dataset, view, options)
    strip = plot.frame.project(np.array([dataset.feature("gaza-strip").shape], dtype=object))[0]
    assert shapely.within(strip, plot.frame.polygon)
    scene = build_scene(dataset, view, options)
    written = [part.box for layer in scene.layers for item in layer.items for part in item.words]
    assert max(box.bottom for box in written) <= scene.height_pt
    assert max(box.right for box in written) <= scene.width_pt
    assert "legend-context" in {item.key for item in scene.find_layer("legend").items}
    told = " ".join(line.text for line in scene.find_layer("sources").items[0].words[0].lines)
    assert "…" not in told
    assert f"[{len(scene.sources)}]" in told


@pytest.mark.parametrize("name", ["scale-bar", "north-arrow"])
def test_a_plate_keeps_marks_from_what_stands_in_the_frame(dataset: Dataset, name: str) -> None:
    item = build_scene(dataset, View()).find_layer(name).items[0]
    plate = item.paths[0]
    assert plate.role == "plate"
    assert plate.fill
    assert 0.5 <= plate.fill.alpha < 1
    ground = fill_of(plate.rings)
    others = [point for path in item.paths[1:] for line in path.rings for point in line]
    others += [corner for words in item.words for corner in words.box.ring]
    assert all(ground.contains(Point(point)) for point in others)


def far_events(count: int) -> Dataset:
    rows = {name: [f"{name} {i}" for i in range(count)] for name in REQUIRED} | {"when": [""] * count}
    places = [Point(36 + i / 10, 50 + i / 20) for i in range(count)]
    return read_events(gpd.GeoDataFrame(rows, geometry=places, crs="OGC:CRS84"))


def told_title(scene: Scene) -> str:
    return " ".join(line.text for line in scene.find_layer("title").items[0].words[0].lines)


def test_own_events_elsewhere_are_drawn_where_they_lie(dataset: Dataset) -> None:
    assert len(build_scene(far_events(4), View()).marks) == 4
    both = build_scene(join_datasets([dataset, far_events(4)]), View())
    assert "el-arish" in {mark.key for mark in both.marks}
    assert [mark.key for mark in both.marks if mark.key.startswith("id")] == []


def test_own_events_alone_are_titled_by_their_tables(dataset: Dataset) -> None:
    point = {"type": "Point", "coordinates": [36.0, 50.0]}
    own = join_datasets(
        [own_table([point], (name,), About(title, "", "", "")) for name, title in (("a", "Blocks"), ("b", "Posts"))]
    )
    both = join_datasets([dataset, own])
    assert told_title(build_scene(own, View())) == "Blocks, Posts"
    first = next(iter(both.tables[0].themes))
    assert told_title(build_scene(both, View(themes=(first,)))) == "Blocks"
    assert told_title(build_scene(own, View(), ExportOptions(title="Mine"))) == "Mine"
    for data in (dataset, both):
        assert told_title(build_scene(data, View())) == "Corridor Atlas: Gaza and Sinai"


@pytest.mark.parametrize(
    ("extent", "least", "most"),
    [
        (Extent(west=33.7, south=31, east=34.6, north=31.6), 0.0, 0.0),
        (Extent(west=-10, south=0, east=80, north=55), 0.4, 0.9),
        (Extent(west=36, south=50, east=37, north=51), 0.999, 1.001),
    ],
)
def test_beyond_the_known_ground_is_paper(dataset: Dataset, extent: Extent, least: float, most: float) -> None:
    scene = build_scene(dataset, View(extent=extent))
    rings = [path.rings for item in scene.find_layer("beyond").items for path in item.paths]
    covered = sum(fill_of(ring).area for ring in rings) / (scene.frame.width * scene.frame.height)
    assert least <= covered <= most
    # a frame that the little map of the region cannot show is not marked beside it
    assert ("inset" in {layer.key for layer in scene.layers}) is (most == 0)
