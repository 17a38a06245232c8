"""The evidence card in a real browser: it stays as its reader has it while the view around it changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset
from geo.model import Feature
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

BODY = "#atlas-card .body"
FADED = """() => [...document.querySelectorAll("#atlas-card .claim.faded")].map((item) => item.dataset.claim)"""


@pytest.fixture(scope="module")
def much_told(dataset: Dataset) -> Feature:
    """The feature of the most claims: its card is longer than its place."""
    return max(dataset.features, key=lambda feature: len(feature.claims))


def scroll_to(page: Page, top_px: int) -> None:
    page.locator(BODY).evaluate("(body, top) => { body.scrollTop = top }", top_px)


def test_card_stays_where_it_is_while_filters_change(
    chromium: Browser, write_page: Callable[..., str], much_told: Feature
) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate("id => atlas.choose(id)", much_told.id)
        scroll_to(page, 200)
        page.locator("#atlas-card .actions button").last.evaluate("button => button.focus({ preventScroll: true })")
        for query in ("until=2012", "since=2016", "q=sinai", "appearance=dark", ""):
            page.evaluate("query => atlas.restore(query)", f"feature={much_told.id}&{query}")
            assert page.locator(BODY).evaluate("body => body.scrollTop") == 200, query
            expect(page.locator("#atlas-card .actions button").last).to_be_focused()
            claims = {claim.id for claim in much_told.claims}
            passing = page.evaluate(
                "() => [...atlas.data.claims.id.keys()].filter((claim) => atlas.marks.passing[claim])"
                ".map((claim) => atlas.data.claims.id[claim])"
            )
            assert set(page.evaluate(FADED)) == claims - set(passing), query
            assert page.locator("#atlas-card .claim.faded > .note").count() == len(claims - set(passing))
            assert page.locator("#atlas-card .claim:not(.faded) > .note").count() == 0


def test_card_marks_what_is_searched_for_anew(
    chromium: Browser, write_page: Callable[..., str], much_told: Feature
) -> None:
    words = [max(much_told.claims[0].statement.rstrip(".").split(), key=len), much_told.claims[0].statement.split()[0]]
    with opened(chromium, write_page()) as page:
        page.evaluate("id => atlas.choose(id)", much_told.id)
        for word in words:
            page.evaluate("text => { atlas.change({ text }) }", word)
            expect(page.locator("#atlas-card .statement mark", has_text=word).first).to_be_attached()
        page.evaluate("() => { atlas.change({ text: '' }) }")
        expect(page.locator("#atlas-card .statement mark")).to_have_count(0)
        assert page.locator("#atlas-card .statement").all_inner_texts()


def test_card_wears_the_inks_of_the_ground(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#feature=el-arish") as page:
        swatch = page.locator("#atlas-card .theme canvas.swatch")
        light = swatch.evaluate("(canvas) => canvas.toDataURL()")
        page.evaluate("() => { atlas.change({ appearance: 'dark' }) }")
        expect(swatch).to_have_count(1)
        assert swatch.evaluate("(canvas) => canvas.toDataURL()") != light


def test_chosen_claim_is_brought_into_sight_once(
    chromium: Browser, write_page: Callable[..., str], much_told: Feature
) -> None:
    with opened(chromium, write_page()) as page:
        last = page.evaluate(
            "id => { const row = atlas.data.rowOf.get(id); return atlas.data.firstClaim[row + 1] - 1 }", much_told.id
        )
        page.evaluate("([id, claim]) => atlas.choose(id, { claim })", [much_told.id, last])
        assert page.locator(BODY).evaluate("body => body.scrollTop") > 0
        scroll_to(page, 0)
        page.evaluate("() => { atlas.change({ until: '2017' }) }")
        assert page.locator(BODY).evaluate("body => body.scrollTop") == 0
        page.evaluate("([id, claim]) => atlas.choose(id, { claim })", [much_told.id, last])
        assert page.locator(BODY).evaluate("body => body.scrollTop") > 0, "asked for again"


def test_another_feature_has_a_card_of_its_own(
    chromium: Browser, write_page: Callable[..., str], much_told: Feature
) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate("id => atlas.choose(id)", much_told.id)
        scroll_to(page, 200)
        page.evaluate("() => atlas.choose('el-arish')")
        expect(page.locator("#atlas-card h3")).to_have_text("El Arish")
        assert page.locator(BODY).evaluate("body => body.scrollTop") == 0
        page.evaluate("() => atlas.choose(null)")
        page.evaluate("() => atlas.choose('el-arish')")
        expect(page.locator("#atlas-card h3")).to_have_text("El Arish")
