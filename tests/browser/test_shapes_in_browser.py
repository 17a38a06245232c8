"""Lines and areas that meet in one box, or upon each other: each is drawn, and twice only where it is another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, Page
from shapely import Geometry, LineString, MultiLineString, Polygon, box

from geo.dataset import Dataset
from geo.events import REQUIRED, read_events
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

# how much ink lies at places of the map (longitude, latitude), from 0 to 255, whatever is selected or written there
INK = """(places) => {
  const { map } = atlas, size = map.getSize();
  const context = new OffscreenCanvas(size.x, size.y).getContext("2d", { willReadFrequently: true });
  atlas.paintTheme(context, atlas.frame(map, map.containerPointToLayerPoint([0, 0]), size), atlas.data.theme[0]);
  return places.map(([lon, lat]) => {
    const { x, y } = map.latLngToContainerPoint([lat, lon]).round();
    return context.getImageData(x, y, 1, 1).data[3];
  });
}"""


def events_of(shapes: Sequence[Geometry]) -> Dataset:
    rows: dict[str, list[str]] = {name: [f"{name} {i}" for i in range(len(shapes))] for name in REQUIRED}
    rows |= {"theme": ["raids"] * len(shapes), "when": [""] * len(shapes)}
    return read_events(gpd.GeoDataFrame(rows, geometry=list(shapes), crs="OGC:CRS84"))


def ink(page: Page, *places: tuple[float, float]) -> list[int]:
    drawn: list[int] = page.evaluate(INK, places)
    return drawn


def test_both_diagonals_of_one_box_are_drawn(chromium: Browser, write_page: Callable[..., str]) -> None:
    rising, falling = LineString([(34, 31), (34.4, 31.4)]), LineString([(34, 31.4), (34.4, 31)])
    with opened(chromium, write_page(None, events_of([rising, falling, rising]))) as page:
        # along a diagonal, away from the middle, where the two cross
        assert all(max(ink(page, (34.1, 31.1 + step), (34.1, 31.3 - step))) > 100 for step in (0, 0.001))
        assert page.evaluate("() => [...atlas.data.twin]") == [0, 1, 0]


def test_twins_are_of_one_kind_and_one_form(chromium: Browser, write_page: Callable[..., str]) -> None:
    corners = [(34.0, 31.0), (34.4, 31.0), (34.4, 31.4), (34.0, 31.0)]
    shapes = [
        Polygon(corners),
        Polygon([(34.0, 31.0), (34.4, 31.4), (34.0, 31.4), (34.0, 31.0)]),
        LineString(corners),
        MultiLineString([corners[:2], corners[2:]]),
        LineString(corners[::-1]),
        Polygon(corners[::-1]),
        LineString(corners),
    ]
    with opened(chromium, write_page(None, events_of(shapes))) as page:
        # an area told the other way round is the same ground, a line is not
        assert page.evaluate("() => [...atlas.data.twin]") == [0, 1, 2, 3, 4, 0, 2]
        page.evaluate("() => { atlas.map.setZoom(9, { animate: false }) }")
        upper, lower = ink(page, (34.1, 31.3), (34.3, 31.1))
        assert min(upper, lower) > 0, "both triangles"


@pytest.mark.parametrize("runs_round", [True, False])
def test_areas_upon_each_other_are_no_hole(
    chromium: Browser, write_page: Callable[..., str], *, runs_round: bool
) -> None:
    squares = [box(34, 31, 34.2, 31.2), box(34.1, 31.1, 34.3, 31.3, ccw=runs_round)]
    with opened(chromium, write_page(None, events_of(squares))) as page:
        page.evaluate("() => { atlas.map.setZoom(9, { animate: false }) }")
        first, both, second = ink(page, (34.05, 31.05), (34.15, 31.15), (34.25, 31.25))
        assert first == both == second > 0


@pytest.mark.parametrize("runs_round", [True, False])
def test_a_hole_is_a_hole_whichever_way_it_runs(
    chromium: Browser, write_page: Callable[..., str], *, runs_round: bool
) -> None:
    hole = [(34.1, 31.1), (34.2, 31.1), (34.2, 31.2), (34.1, 31.2), (34.1, 31.1)]
    pierced = Polygon(box(34, 31, 34.3, 31.3, ccw=True).exterior, [hole if runs_round else hole[::-1]])
    with opened(chromium, write_page(None, events_of([pierced]))) as page:
        page.evaluate("() => { atlas.map.setZoom(9, { animate: false }) }")
        within, around = ink(page, (34.15, 31.15), (34.05, 31.05))
        assert within == 0 < around
