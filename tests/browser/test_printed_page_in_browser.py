"""A page of paper: the map over its whole width, with legend and sources, and nothing that only a screen can do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset
from geo.selection import select
from geo.view import View
from tests.browser.pages import opened
from tests.browser.test_home_in_browser import COVERED

pytestmark = pytest.mark.browser

# what A4 has room for between margins of 1 cm, px
UPRIGHT, ON_ITS_SIDE = (718, 1047), (1047, 718)


def begin_print(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")


@pytest.mark.parametrize("size", [UPRIGHT, ON_ITS_SIDE])
def test_the_map_is_as_wide_as_the_paper(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int]
) -> None:
    with opened(chromium, write_page(), size) as page:
        begin_print(page)
        stage = page.locator(".stage").bounding_box()
        legend = page.locator("#atlas-legend .layers").bounding_box()
        assert stage
        assert legend
        assert 0.97 * size[0] <= stage["width"] <= size[0]
        assert legend["y"] + legend["height"] <= size[1], "on the same page"


def test_the_corridor_is_clear_on_paper(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(), UPRIGHT) as page:
        begin_print(page)
        assert page.evaluate(COVERED) == []


@pytest.mark.parametrize("tab", ["Layers", "List", "Compare", "Guide"])
def test_legend_and_sources_are_printed_whatever_is_open(
    chromium: Browser, write_page: Callable[..., str], tab: str
) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("button", name=tab, exact=True).click()
        begin_print(page)
        expect(page.locator("#atlas-legend .layers").first).to_be_visible()
        expect(page.locator("#atlas-about .sources")).to_be_visible()
        expect(page.locator("#atlas-about .tours")).to_be_hidden()
        expect(page.get_by_role("heading", name="Tours")).to_have_count(0)
        # headings of a list are buttons on the screen and words on paper
        assert page.locator("button:visible:not(.entry)").count() == 0


def test_only_what_is_in_view_is_printed(chromium: Browser, write_page: Callable[..., str], dataset: Dataset) -> None:
    view = View(sources=(dataset.sources[0].id,), themes=("events", "drones"))
    used = {claim.citation.id for claims in select(dataset, view).claims.values() for claim in claims}
    assert len(used) == 1
    with opened(chromium, write_page(view)) as page:
        begin_print(page)
        assert page.locator("#atlas-about .sources > li:visible").count() == 1
        assert page.locator("#atlas-legend .layers li:visible").count() == 2
