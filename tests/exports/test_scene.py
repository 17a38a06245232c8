from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely

from exports.drawing import Item, Scene
from exports.glyphs import fill_of
from exports.options import ExportOptions
from exports.pages import PAGES
from exports.plotting import plot_marks
from exports.scene import build_scene
from exports.subjects import format_numbers
from geo.dataset import Dataset
from geo.geodesy import distance_m
from geo.model import Extent, Theme
from geo.selection import select
from geo.view import Language, View

VIEWS = [
    View(),
    View(extent=Extent(west=34.1, south=31.15, east=34.4, north=31.4)),
    View(extent=Extent(west=20, south=12, east=52, north=40)),
    View(extent=Extent(west=33, south=29, east=36, north=33)),
    View(extent=Extent(west=28, south=25, east=40, north=36)),
    View(extent=Extent(west=34.23, south=31.27, east=34.25, north=31.29)),
    View(since="2014", until="2015", undated=False),
    View(origins=2),
    View(text="tunnel"),
    View(themes=()),
    View(language=Language.ARABIC),
    *(View(themes=(theme,)) for theme in Theme),
]
NAMES = [view.to_query() or "all" for view in VIEWS]


@pytest.fixture(scope="module", params=VIEWS, ids=NAMES)
def drawn(request: pytest.FixtureRequest, dataset: Dataset) -> tuple[Scene, View]:
    return build_scene(dataset, request.param), request.param


def test_marks_are_what_the_view_shows_in_the_frame(drawn: tuple[Scene, View], dataset: Dataset) -> None:
    scene, view = drawn
    frame = plot_marks(dataset, view).frame
    expected = {
        feature.id
        for feature in select(dataset, view).drawn
        if frame.project(np.array([feature.shape]))[0].intersects(frame.polygon)
    }
    assert sorted(mark.key for mark in scene.marks) == sorted(expected)


def test_names_are_apart_and_each_nearest_its_own_mark(drawn: tuple[Scene, View]) -> None:
    scene, _ = drawn
    labels = {item.key: item.words[0].box for item in scene.find_layer("names").items}
    assert [pair for pair in combinations(labels, 2) if labels[pair[0]].meets(labels[pair[1]])] == []
    assert [key for key, box in labels.items() if not scene.frame.holds(box)] == []
    points = {
        item.key: box.centre for item in scene.find_layer("names").items for path in item.paths if (box := path.ellipse)
    }
    points |= {mark.key: place for mark in scene.marks if (place := small_place(mark))}
    wrong = [
        key
        for key, box in labels.items()
        if key in points and min(points, key=lambda other: box.distance(points[other])) != key
    ]
    assert wrong == []


def small_place(mark: Item) -> tuple[float, float] | None:
    """The middle of a mark that is seen as a point."""
    path = next(path for path in mark.paths if not path.role)
    points = np.array([point for line in (*path.rings, *path.lines) for point in line])
    low, high = points.min(axis=0), points.max(axis=0)
    return tuple((low + high) / 2) if max(high - low) < 8 else None


def test_marks_stay_in_the_frame(drawn: tuple[Scene, View]) -> None:
    scene, _ = drawn
    room = scene.frame.grown(7)
    points = [
        point for mark in scene.marks for path in mark.paths for line in (*path.rings, *path.lines) for point in line
    ]
    assert [point for point in points if room.distance(point) > 0] == []


def test_every_mark_has_name_words_and_source(drawn: tuple[Scene, View]) -> None:
    scene, _ = drawn
    numbers = {source.number for source in scene.sources}
    for mark in scene.marks:
        assert mark.name
        assert mark.alt
        assert mark.numbers
        assert set(mark.numbers) <= numbers
        own = [path for path in mark.paths if not path.role]
        assert len(own) == 1
        assert own[0].rings or own[0].lines
    assert [note.key for note in scene.notes if not note.quotations] == []
    assert len(scene.notes) == len(scene.marks)


def test_disputed_line_is_dashed_and_as_thick_as_another(dataset: Dataset) -> None:
    scene = build_scene(dataset, View(themes=(Theme.BORDER,)))
    strokes = {mark.key: next(path.stroke for path in mark.paths if not path.role) for mark in scene.marks}
    border, line = strokes["egypt-gaza-border"], strokes["gaza-israel-border"]
    assert border
    assert line
    assert line.dash_pt
    assert not border.dash_pt
    assert line.width_pt == border.width_pt


def test_rings_fill_alike_under_both_rules(dataset: Dataset) -> None:
    for mark in build_scene(dataset, View()).marks:
        for path in mark.paths:
            if path.fill and path.rings:
                even_odd = fill_of(path.rings).area
                winding = abs(sum(signed_area(np.array(ring)) for ring in path.rings))
                assert winding == pytest.approx(even_odd, rel=0.02, abs=0.5)


def signed_area(ring: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def test_scale_bar_is_as_long_as_its_kilometres(dataset: Dataset) -> None:
    scene = build_scene(dataset, View())
    item = scene.find_layer("scale-bar").items[0]
    across = [point[0] for path in item.paths if not path.role for line in path.rings for point in line]
    frame = plot_marks(dataset, View()).frame
    (left, y), right = (min(across), scene.frame.centre[1]), max(across)
    ends = (*frame.locate(left, y), *frame.locate(right, y))
    kilometres = float(item.alt.split(": ")[1].split()[0])
    assert distance_m(*ends) / 1000 == pytest.approx(kilometres, rel=0.002)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("style", ["light", "dark", "grey"])
def test_pages_and_styles_are_drawn(dataset: Dataset, page: str, style: str) -> None:
    scene = build_scene(dataset, View(), ExportOptions(page=page, style=style))
    assert len(scene.marks) > 50
    boxes = [words.box for layer in scene.layers for item in layer.items for words in item.words]
    assert [box for box in boxes if box.right > scene.width_pt or box.bottom > scene.height_pt] == []


@pytest.mark.parametrize(
    "extent",
    [
        Extent(west=-180, south=-90, east=180, north=90),
        Extent(west=100, south=-40, east=120, north=-20),
        Extent(west=34.2, south=31.2, east=34.2001, north=31.2001),
        Extent(west=30, south=86, east=30.5, north=86.2),
        Extent(west=30, south=-90, east=31, north=-88),
        Extent(west=179, south=60, east=180, north=61),
    ],
)
def test_any_extent_is_drawn(dataset: Dataset, extent: Extent) -> None:
    assert build_scene(dataset, View(extent=extent)).find_layer("scale-bar").alt


def test_format_numbers_joins_runs() -> None:
    assert [format_numbers(n) for n in ([], [2], [1, 2], [1, 2, 3, 5])] == ["", "[2]", "[1, 2]", "[1–3, 5]"]


def test_flights_have_open_heads_where_they_flew_to(dataset: Dataset) -> None:
    scene = build_scene(dataset, View(themes=(Theme.DRONES,)))
    flights = next(mark for mark in scene.marks if mark.key == "drone-flights-southern-gaza-to-sinai")
    (heads,) = (path for path in flights.paths if path.role == "head")
    assert [len(line) for line in heads.lines] == [3, 3]
    ends = {plot.key: plot for plot in scene.marks}
    for town in ("drones-near-el-arish", "drones-near-sheikh-zuweid"):
        left, top, right, bottom = shapely.bounds(shapely.MultiLineString([*ends[town].paths[0].lines]))
        assert any(left < line[1][0] < right and top < line[1][1] < bottom for line in heads.lines), town


def test_what_was_measured_has_an_edge_that_is_seen(dataset: Dataset) -> None:
    scene = build_scene(dataset, View(themes=(Theme.DRONES,)))
    strongest = {
        mark.key: max((path.stroke.alpha for path in mark.paths if path.stroke and path.role == "soft edge"), default=0)
        for mark in scene.marks
    }
    assert strongest["drone-reach"] == 0.7
    assert [key for key, alpha in strongest.items() if alpha > 0.1 and key != "drone-reach"] == []


def test_what_is_unsure_or_one_of_many_lets_the_rest_be_seen(dataset: Dataset) -> None:
    among_many, alone = (
        {mark.key: mark.paths for mark in build_scene(dataset, view).marks}
        for view in (View(), View(themes=(Theme.TUNNELS, Theme.PLACES)))
    )
    casings = {
        key: next(path.stroke.alpha for path in among_many[key] if path.stroke and path.role == "casing")
        for key in ("egypt-gaza-border", "rafah-crossing")
    }
    assert casings["rafah-crossing"] < 0.5 < casings["egypt-gaza-border"], "the crossing lies upon the border"
    flow = [path.fill.alpha for path in among_many["arms-iran-libya-to-gaza"] if path.fill]
    assert max(flow) < 0.7, "a way that no one knows is no firm band"
    hatches = [max(path.fill.alpha for path in paths["tunnel-area"] if path.fill) for paths in (among_many, alone)]
    assert hatches[0] == pytest.approx(hatches[1] / 2)


@pytest.mark.parametrize("language", list(Language))
def test_an_area_with_a_smaller_one_all_over_it_is_named_beside_its_edge(dataset: Dataset, language: Language) -> None:
    scene = build_scene(dataset, View(themes=(Theme.TUNNELS,), language=language))
    names = {item.key: item.words[0].box for item in scene.find_layer("names").items}
    assert {"tunnel-area", "tunnel-excavation"} <= names.keys()
    outer = shapely.Polygon(next(mark.paths for mark in scene.marks if mark.key == "tunnel-area")[0].rings[0])
    box = names["tunnel-area"]
    assert 0 < shapely.distance(shapely.box(box.left, box.top, box.right, box.bottom), outer) < 8


@pytest.mark.parametrize("language", list(Language))
def test_the_name_of_a_wide_area_stands_in_no_smaller_one(dataset: Dataset, language: Language) -> None:
    scene = build_scene(dataset, View(themes=(Theme.DRONES,), language=language))
    (box,) = (item.words[0].box for item in scene.find_layer("names").items if item.key == "drone-reach")
    name = shapely.box(box.left, box.top, box.right, box.bottom)
    rings = {mark.key: mark.paths[0].rings for mark in scene.marks if mark.key.startswith("drones-near")}
    assert len(rings) == 2
    assert [key for key, (ring, *_) in rings.items() if shapely.Polygon(ring).intersects(name)] == []
