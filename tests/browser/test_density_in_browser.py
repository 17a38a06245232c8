"""Marks too close to be told apart: gathered into dots that count them, and parted again by coming nearer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import geopandas as gpd
import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from shapely.geometry import Point

from geo.dataset import Dataset
from geo.events import read_events
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

COUNT, RARE = 9000, 30
PLACES = [(draw.uniform(34.0, 34.3), draw.uniform(31.1, 31.3)) for draw in [random.Random(11)] for _ in range(COUNT)]
BOUNDS = "() => { const b = atlas.map.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()] }"


@pytest.fixture(scope="module")
def crowd() -> Dataset:
    """Thousands of events of three themes on little ground, and a few of a fourth."""
    themes = ["rare" if i < RARE else f"kind {i % 3}" for i in range(COUNT)]
    rows = {
        "id": [f"e{i}" for i in range(COUNT)],
        "name": [f"Event {i}" for i in range(COUNT)],
        "theme": themes,
        "when": ["2015" if i % 2 else "2013" for i in range(COUNT)],
        "statement": ["Something was seen."] * COUNT,
        "source": ["Notes"] * COUNT,
        "locator": ["1"] * COUNT,
    }
    return read_events(gpd.GeoDataFrame(rows, geometry=[Point(place) for place in PLACES], crs="OGC:CRS84"))


def told(page: Page) -> int:
    """How many features the key says are gathered on the map."""
    key = page.locator("#atlas-density").inner_text()
    return int(re.match(r"([\d,]+) features here", key)[1].replace(",", ""))  # type: ignore[index]


def test_key_counts_what_is_gathered(chromium: Browser, write_page: Callable[..., str], crowd: Dataset) -> None:
    with opened(chromium, write_page(None, crowd)) as page:
        expect(page.locator("#atlas-density")).to_be_visible()
        assert told(page) == COUNT - RARE
        page.evaluate("() => atlas.map.setView([31.2, 34.5], 11, { animate: false })")
        west, south, east, north = page.evaluate(BOUNDS)
        inside = sum(west <= x < east and south < y <= north for x, y in PLACES[RARE:])
        assert 0 < inside < COUNT - RARE
        expect(page.locator("#atlas-density")).to_contain_text(f"{inside:,} features here")
        page.evaluate("() => { atlas.goHome(); atlas.change({ since: '2015', until: '2015' }) }")
        in_2015 = sum(1 for i in range(RARE, COUNT) if i % 2)
        expect(page.locator("#atlas-density")).to_contain_text(f"{in_2015:,} features here")
        faults = Axe().run(page)["violations"]
        assert [fault["id"] for fault in faults if fault["impact"] in {"serious", "critical"}] == []


def test_dot_opens_those_it_stands_for(chromium: Browser, write_page: Callable[..., str], crowd: Dataset) -> None:
    with opened(chromium, write_page(None, crowd)) as page:
        x, y = page.evaluate(
            "() => { const p = atlas.map.latLngToContainerPoint([31.2, 34.15]),"
            " b = atlas.map.getContainer().getBoundingClientRect(); return [p.x + b.left, p.y + b.top] }"
        )
        page.mouse.click(x, y)
        count = page.evaluate("() => atlas.stack.length")
        themes = page.evaluate("() => atlas.stack.map(row => atlas.data.theme[row])")
        own = page.evaluate("() => atlas.dotAt(...atlas.mercator(34.15, 31.2)).theme")
        assert themes[: themes.count(own)] == [own] * themes.count(own)
        assert 0 < themes.count(own) < count
        expect(page.locator("#atlas-card .stack")).to_contain_text(f"1 of {count} here")
        page.get_by_role("button", name=f"Zoom in on these {count}").click()
        expect(page.locator("#atlas-density")).to_be_hidden()
        assert page.evaluate(
            "() => atlas.stack.every(row => atlas.map.getBounds().contains("
            "[atlas.latitude(atlas.data.geometry.north[row]), atlas.longitude(atlas.data.geometry.west[row])]))"
        )


def test_few_marks_are_never_gathered(chromium: Browser, write_page: Callable[..., str], crowd: Dataset) -> None:
    with opened(chromium, write_page(None, crowd)) as page:
        expect(page.locator("#atlas-density")).to_be_visible()
        page.evaluate("() => atlas.change({ themes: ['rare'] })")
        expect(page.locator("#atlas-density")).to_be_hidden()
        page.evaluate("() => atlas.change({ themes: ['rare', 'kind-0', 'kind-2'] })")
        expect(page.locator("#atlas-density")).to_be_visible()
