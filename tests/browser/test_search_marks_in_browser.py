"""What a search marks in a text: words and their beginnings, not letters within other words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from geo.view import View
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

MARKED = """([searched, text]) => {
  atlas.view = { ...atlas.view, text: searched };
  return atlas.marked(text).filter((node) => node.tagName === "MARK").map((node) => node.textContent);
}"""


@pytest.mark.parametrize(
    ("searched", "text", "marked"),
    [
        ("El Arish", "The belongings of El Arish", ["El", "Arish"]),
        ("arm", "Arms, an army; an alarm", ["Arm", "arm"]),
        ("in", "in Sinai, into it", ["in"]),
        ("50", "About 50 km in 1950", ["50"]),
        ("رفح", "في رفح ومن الرفحية وبرفح والمرفح", ["رفح", "رفح", "رفح"]),
        ("el-arish", "near el-Arish", ["el-Arish"]),
        ("北京", "在北京", ["北京"]),
    ],
)
def test_a_search_marks_words_and_their_beginnings(
    chromium: Browser, write_page: Callable[..., str], searched: str, text: str, marked: list[str]
) -> None:
    with opened(chromium, write_page()) as page:
        assert page.evaluate(MARKED, [searched, text]) == marked


def test_the_list_tells_the_claim_that_has_the_word(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(View(text="El Arish"))) as page:
        page.get_by_role("button", name="List").click()
        marks = page.locator("#atlas-list .entry mark")
        expect(marks.first).to_be_visible()
        assert {text.lower() for text in marks.all_inner_texts()} <= {"el", "arish", "el arish", "el-arish"}
        for hit in page.locator("#atlas-list .hit").all():
            assert hit.locator("mark").count() > 0
