"""A reader's own events on the page, beside and without the atlas's features."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, expect
from shapely.geometry import Point, box

from geo.dataset import Dataset, join_datasets
from geo.events import REQUIRED, read_events
from geo.model import Precision, Status
from geo.selection import select
from geo.view import View
from tests.browser.pages import opened
from tests.loading_here import load_here

pytestmark = pytest.mark.browser

COUNT = 2000
HOSTILE = "</script><img src=x onerror=window.ran=1>{{7*7}}${window.ran=2}`\\ <b>"


@pytest.fixture(scope="module")
def events() -> Dataset:
    draw = random.Random(5)
    places = [(draw.uniform(33.5, 34.5), draw.uniform(30.9, 31.5)) for _ in range(COUNT)]
    shapes = [box(x, y, x + 0.01, y + 0.01) if i % 10 == 0 else Point(x, y) for i, (x, y) in enumerate(places)]
    rows = {
        "id": [f"e{i}" for i in range(COUNT)],
        "name": [HOSTILE if i == 7 else f"Event {i}" for i in range(COUNT)],
        "theme": [f"kind {i % 4}" for i in range(COUNT)],
        "when": [f"201{i % 8}-0{1 + i % 9}-1{i % 10}" if i % 5 else "" for i in range(COUNT)],
        "statement": [f"Statement {i}" for i in range(COUNT)],
        "source": [f"Source {i % 3}" for i in range(COUNT)],
        "locator": ["1"] * COUNT,
        "precision": [("exact", "", "approximate", "area", "schematic")[i % 5] for i in range(COUNT)],
    }
    return read_events(gpd.GeoDataFrame(rows, geometry=shapes, crs="OGC:CRS84"))


QUERIES = [
    "",
    "themes=kind-1",
    "sources=source-2",
    "since=2013&until=2015-06",
    "since=2013&undated=0",
    "q=event+19",
    "precisions=exact",
    "precisions=approximate,schematic&themes=kind-1",
    "statuses=denied",
    "origins=2",
    "known=2014",
]


def test_page_counts_what_python_selects(chromium: Browser, write_page: Callable[..., str], events: Dataset) -> None:
    with opened(chromium, write_page(None, events)) as page:
        for query in QUERIES:
            page.evaluate("query => atlas.restore(query)", query)
            assert page.evaluate("() => atlas.shownCount") == select(events, View.from_query(query)).shown, query


# the colour of a mark's middle, or so many pixels right of it
MIDDLE_OF_MARK = """(given) => {
  const [row, right_px] = [given, 0].flat();
  const { data, map } = atlas, { geometry } = data;
  const at = map.latLngToContainerPoint([atlas.latitude(geometry.north[row]), atlas.longitude(geometry.west[row])]);
  const frame = map.getContainer().getBoundingClientRect();
  const canvas = document.querySelector(`[data-theme="${atlas.settings.themes[data.theme[row]].key}"] canvas`);
  const box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
  const [x, y] = [(at.x + right_px + frame.left - box.left) * scale, (at.y + frame.top - box.top) * scale];
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  pixel.drawImage(canvas, -Math.round(x), -Math.round(y));
  return [...pixel.getImageData(0, 0, 1, 1).data];
}"""

FIRST_INK = "() => [1, 3, 5].map((i) => parseInt(atlas.brushes.inks[atlas.data.theme[0]].slice(i, i + 2), 16))"


def test_an_event_is_drawn_no_more_exactly_than_its_table_says(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    words = ["exact", "", "approximate", "area", "schematic"]
    rows = {name: [f"{name} {i}" for i in range(len(words))] for name in REQUIRED}
    rows |= {"theme": ["raids"] * len(words), "when": [""] * len(words), "precision": words}
    points = [Point(34 + i / 10, 31.2) for i in range(len(words))]
    table = read_events(gpd.GeoDataFrame(rows, geometry=points, crs="OGC:CRS84"))
    with opened(chromium, write_page(None, table)) as page:
        page.wait_for_selector("[data-theme=raids] canvas", state="attached")
        ink, marks = page.evaluate(FIRST_INK), range(len(words))
        assert [page.evaluate(MIDDLE_OF_MARK, row) for row in marks] == [[*ink, 255]] * len(words), (
            "solid: none is denied"
        )
        beside = [min(page.evaluate(MIDDLE_OF_MARK, [row, right_px])[3] for right_px in (6, 7)) for row in marks]
        edge = [max(page.evaluate(MIDDLE_OF_MARK, [row, right_px])[3] for right_px in (8, 9)) for row in marks]
        assert beside[:2] == edge[:2] == [0, 0], "nothing around what is known exactly"
        assert all(beside[2:]), "a disc around what is not"
        assert edge[2] > 2 * beside[2], "a thin edge"
        assert edge[3] <= beside[3], "none around an area"
        assert beside[4] < beside[2] < beside[3]
        page.evaluate("() => atlas.choose('id 2')")
        expect(page.locator("#atlas-card")).to_contain_text(
            "Approximate: near where it is drawn; how near is not said."
        )
        page.evaluate("() => atlas.choose('id 0')")
        expect(page.locator("#atlas-card h3")).to_have_text("name 0")
        expect(page.locator("#atlas-card .shape")).to_have_count(0)
        page.evaluate("query => atlas.restore(query)", "precisions=exact")
        assert page.evaluate("() => Array.from(atlas.marks.shown)") == [1, 1, 0, 0, 0]
        expect(page.locator("#atlas-shown")).to_contain_text("3 by how sure")
        page.wait_for_function(f"() => ({MIDDLE_OF_MARK})(2)[3] === 0")
        assert page.evaluate(MIDDLE_OF_MARK, 0) == [*ink, 255]


def test_a_mark_is_open_where_all_is_denied_and_nowhere_else(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    place = dataset.feature("el-arish")
    claim = place.claims[0].model_copy(update={"disputes": (), "status": Status.DENIED})
    denied = place.model_copy(update={"claims": (claim,)})
    assert place.provenance is not None
    assert place.provenance.precision is Precision.APPROXIMATE
    colours, only_denied = [], replace(dataset, features=(denied,), tours=())
    for data in (dataset, only_denied):
        with opened(chromium, f"{write_page(None, data)}#themes=places") as page:
            page.wait_for_selector("[data-theme=places] canvas", state="attached")
            page.wait_for_function(f"() => ({MIDDLE_OF_MARK})(atlas.data.rowOf.get('el-arish'))[3] === 255")
            colours.append(page.evaluate(f"() => ({MIDDLE_OF_MARK})(atlas.data.rowOf.get('el-arish'))"))
            ink = page.evaluate("() => atlas.brushes.inks[atlas.data.theme[atlas.data.rowOf.get('el-arish')]]")
    solid, opened_up = colours
    assert solid == [*bytes.fromhex(ink[1:]), 255]
    assert sum(opened_up[:3]) > 3 * 200, "the ground is seen"


@pytest.mark.parametrize("device_scale_factor", [1, 2])
@pytest.mark.parametrize(("count", "alpha"), [(300, 255), (900, 255), (4500, 166)])
def test_many_marks_stand_where_their_events_are(
    chromium: Browser, write_page: Callable[..., str], count: int, alpha: int, device_scale_factor: int
) -> None:
    # stamped one by one, set into a picture as glyphs, and as dots that let the ground through
    rows = {name: [f"{name} {i}" for i in range(count)] for name in REQUIRED}
    rows |= {"theme": ["raids"] * count, "when": [""] * count}
    points = [Point(33.6 + 0.9 * (i % 60) / 60, 31.0 + 0.45 * (i // 60) / (count / 60)) for i in range(count)]
    table = read_events(gpd.GeoDataFrame(rows, geometry=points, crs="OGC:CRS84"))
    with opened(chromium, write_page(None, table), device_scale_factor=device_scale_factor) as page:
        page.wait_for_selector("[data-theme=raids] canvas", state="attached")
        page.evaluate("() => { atlas.apart = () => null; atlas.repaintThemes(); }")
        ink = page.evaluate(FIRST_INK)
        seen = [page.evaluate(MIDDLE_OF_MARK, row) for row in range(0, count, count // 9)]
        assert all(colour[3] >= alpha for colour in seen)
        assert all(abs(one - own) < 3 for colour in seen for one, own in zip(colour, ink, strict=False))
        between = page.evaluate(
            "() => atlas.themeLayers.findLast((layer) => layer.isMounted).canvas._context"
            ".getImageData(2, 2, 1, 1).data[3]"
        )
        assert between == 0


def test_events_stand_beside_the_features(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, events: Dataset
) -> None:
    both = replace(dataset, events=events.events)
    with opened(chromium, write_page(None, both)) as page:
        expect(page.locator("#atlas-shown")).to_contain_text(f"of {len(dataset.features) + COUNT:,}")
        expect(page.locator("input[data-layer-toggle=kind-2]")).to_be_checked()
        page.evaluate("() => atlas.choose('e7')")
        assert page.locator("#atlas-card h3").text_content() == HOSTILE
        assert page.evaluate("() => window.ran") is None
        page.evaluate("() => atlas.choose('el-arish')")
        expect(page.locator("#atlas-card h3")).to_have_text("El Arish")


def test_a_click_on_an_event_opens_it(chromium: Browser, write_page: Callable[..., str], events: Dataset) -> None:
    with opened(chromium, write_page(None, events)) as page:
        page.evaluate(
            "() => atlas.map.setView([atlas.latitude(atlas.data.geometry.north[11]), "
            "atlas.longitude(atlas.data.geometry.west[11])], 15, { animate: false })"
        )
        box_ = page.locator(".atlas-map").bounding_box()
        assert box_
        page.mouse.click(box_["x"] + box_["width"] / 2, box_["y"] + box_["height"] / 2)
        expect(page.locator("#atlas-card h3")).to_have_text("Event 11")
        expect(page.locator("#atlas-card")).to_contain_text("Source 2")


@pytest.mark.parametrize("count", [30, 300])
def test_the_atlas_keeps_its_names_among_added_events(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, count: int
) -> None:
    draw = random.Random(6)
    rows = "".join(
        f"\nb{i},Block {i},{draw.uniform(33.75, 34.3):.4f},{draw.uniform(31, 31.3):.4f}" for i in range(count)
    )
    own = load_here(f"id,name,lon,lat{rows}", "blocks.csv").dataset
    with opened(chromium, write_page(None, join_datasets([dataset, own]))) as page:
        named = set(page.evaluate("() => atlas.placedLabels.map((label) => label.owner)"))
        assert {"el-arish", "sheikh-zuweid", "rafah-egypt"} <= named
        assert bool(named & {f"b{i}" for i in range(count)}) is (count == 30), "of many, none is named"
        page.evaluate("() => atlas.choose('b29')")
        page.wait_for_function("() => atlas.placedLabels.some(({ owner }) => owner === 'b29')")
