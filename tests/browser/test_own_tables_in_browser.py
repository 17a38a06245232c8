"""Tables that readers bring, on the page: named, coloured, credited; several points of one event are all there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from tests.browser.pages import opened
from tests.loading_here import load_here

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror=window.ran=1>{{7*7}}"
POSTS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "posts",
            "properties": {"name": "Three posts", "kind": HOSTILE},
            "geometry": {"type": "MultiPoint", "coordinates": [[34.0, 31.1], [34.2, 31.2], [34.4, 31.25]]},
        },
        {
            "type": "Feature",
            "id": "after",
            "properties": {"name": "The one after", "kind": "Other"},
            "geometry": {"type": "Point", "coordinates": [34.3, 31.3]},
        },
    ],
}


@pytest.fixture(scope="module")
def own(dataset: Dataset) -> Dataset:
    about = About("Posts of 2015", licence=f"{HOSTILE} CC0", colour="#0072B2")
    return join_datasets([dataset, load_here(json.dumps(POSTS), "posts.geojson", about=about).dataset])


def test_a_table_has_the_name_colour_and_credit_that_its_reader_gave(
    chromium: Browser, write_page: Callable[..., str], own: Dataset
) -> None:
    key = next(iter(own.tables[0].themes))
    with opened(chromium, write_page(None, own)) as page:
        row = page.locator("li", has=page.locator(f"input[data-layer-toggle='{key}']"))
        expect(row.locator(".layer-name")).to_have_text(HOSTILE)
        theme = page.evaluate("key => atlas.settings.themes.find((theme) => theme.key === key)", key)
        assert (theme["light"], theme["credit"]) == ("#0072b2", f"Posts of 2015. Licence: {HOSTILE} CC0")
        page.evaluate("() => atlas.choose('posts')")
        expect(page.locator("#atlas-card .credit")).to_have_text(f"Posts of 2015. Licence: {HOSTILE} CC0")
        page.evaluate("() => atlas.choose(atlas.data.features.id[0])")
        expect(page.locator("#atlas-card .credit")).to_have_count(0)
        assert page.evaluate("() => window.ran") is None


def test_several_points_of_one_event_are_all_there_and_shift_no_other(
    chromium: Browser, write_page: Callable[..., str], own: Dataset
) -> None:
    find = """([lon, lat]) => {
        const [x, y] = atlas.mercator(lon, lat);
        return atlas.hitRows(atlas.map, x, y).map((row) => atlas.data.features.id[row]);
    }"""
    with opened(chromium, write_page(None, own)) as page:
        for place in POSTS["features"][0]["geometry"]["coordinates"]:  # type: ignore[index]
            assert "posts" in page.evaluate(find, place)
        assert "posts" not in page.evaluate(find, [34.1, 31.15]), "nothing lies between two of them"
        assert "after" in page.evaluate(find, [34.3, 31.3])
