"""The reading pane in a real browser: passages and marks choose one another, and text stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from geo.dataset import Dataset, read_dataset
from geo.passages import read_paragraphs
from layers.page import render_page
from tests.browser.pages import opened
from tests.small_data import ARTICLE, write_small_data

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror=window.ran=1><b>bold</b> {{7*7}} \u202eabc\u202c"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read_dataset(write_small_data(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def reading_page(small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a page with an article that is longer than its pane."""
    padding = " And so it went on, from one hour to the next." * 60
    # a sign before a passage that takes two units of JavaScript's
    paragraphs = [f"\U0001f4f0 {paragraph}{padding}" for paragraph in read_paragraphs(ARTICLE)]
    path = tmp_path_factory.mktemp("pages") / "reading.html"
    path.write_text(render_page(small, articles={"gazette-2015": [*paragraphs, HOSTILE]}), encoding="utf-8")
    return path.as_uri()


IS_IN_SIGHT = """mark => {
    const [line] = mark.getClientRects();
    return mark.contains(document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2));
}"""


def is_in_sight(mark: Locator) -> bool:
    return bool(mark.evaluate(IS_IN_SIGHT))


def test_chosen_passage_chooses_its_feature(chromium: Browser, reading_page: str) -> None:
    with opened(chromium, reading_page) as page:
        page.get_by_role("button", name="Article").click()
        expect(page.locator("#atlas-article-text mark")).to_have_count(4)
        expect(page.locator("#atlas-article-text mark").last).to_have_text(re.compile("^The mayor.*on Monday$"))
        page.locator("#atlas-article-text mark", has_text="A clerk at the gate").click()
        assert page.evaluate("() => atlas.view.feature") == "gate"
        expect(page.locator("#atlas-card")).to_contain_text("Forty lorries passed the gate.")
        expect(page.locator("#atlas-article-text mark.lit")).to_have_count(2)


def test_each_claim_of_a_passage_has_its_turn(chromium: Browser, reading_page: str) -> None:
    with opened(chromium, reading_page) as page:
        claims = page.evaluate(
            """() => {
                const claims = [...atlas.data.owner.keys()];
                atlas.articles["gazette-2015"].passages = claims.map((claim) => [claim, 0, 0, 9]);
                atlas.buildReading();
                const choose = atlas.choose;
                window.chosen = [];
                atlas.choose = (id, how) => (window.chosen.push(how.claim), choose(id, how));
                return claims;
            }"""
        )
        owners = page.evaluate("() => Array.from(atlas.data.owner)")
        assert len(owners) > len({*owners}), "no feature has two claims"
        page.get_by_role("button", name="Article").click()
        for _ in range(len(claims) + 1):
            page.locator("#atlas-article-text mark").click()
        assert page.evaluate("() => window.chosen") == [*claims, claims[0]]


def test_chosen_feature_scrolls_to_its_passage(chromium: Browser, reading_page: str) -> None:
    with opened(chromium, reading_page) as page:
        page.get_by_role("button", name="Article").click()
        passage = page.locator("#atlas-article-text mark", has_text="Rain fell twice")
        assert not is_in_sight(passage)
        page.evaluate("() => atlas.choose('rain')")
        expect(page.locator("#atlas-article-text mark.lit")).to_have_count(1)
        expect(passage).to_have_class("lit")
        assert is_in_sight(passage)


def test_article_stays_where_it_is_while_filters_change(chromium: Browser, reading_page: str) -> None:
    with opened(chromium, reading_page) as page:
        page.get_by_role("button", name="Article").click()
        passage = page.locator("#atlas-article-text mark", has_text="Rain fell twice")
        page.evaluate("() => atlas.choose('rain')")
        assert is_in_sight(passage)
        page.locator("#atlas-article-text p").last.scroll_into_view_if_needed()
        assert not is_in_sight(passage)
        page.evaluate("() => { atlas.change({ until: '2016' }) }")
        assert not is_in_sight(passage)
        page.get_by_role("button", name="Layers", exact=True).click()
        page.get_by_role("button", name="Article").click()
        assert is_in_sight(passage), "the tab shows what is chosen"


def test_passage_is_chosen_by_keyboard(chromium: Browser, reading_page: str) -> None:
    with opened(chromium, reading_page) as page:
        page.get_by_role("button", name="Article").click()
        page.locator("#atlas-article-text mark", has_text="The road to the coast").press("Enter")
        assert page.evaluate("() => atlas.view.feature") == "coast-road"


def test_hostile_article_stays_text(chromium: Browser, reading_page: str) -> None:
    with opened(chromium, reading_page) as page:
        page.get_by_role("button", name="Article").click()
        expect(page.locator("#atlas-article-text p").last).to_contain_text(HOSTILE)
        assert page.locator("#atlas-article-text :is(img, b, script)").count() == 0
        assert page.evaluate("() => window.ran") is None


def test_page_without_articles_has_no_tab(chromium: Browser, small: Dataset, tmp_path: Path) -> None:
    (tmp_path / "plain.html").write_text(render_page(small), encoding="utf-8")
    with opened(chromium, (tmp_path / "plain.html").as_uri()) as page:
        expect(page.get_by_role("button", name="Article")).to_have_count(0)
