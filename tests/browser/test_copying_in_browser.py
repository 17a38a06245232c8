"""Copying words in a real browser: what a button says of it, and for how long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.pages import opened

pytestmark = pytest.mark.browser

LINK = "Copy link to this feature"
SOON_MS = 4000


def link_button(page: Page) -> Locator:
    page.evaluate("() => atlas.choose('el-arish')")
    return page.locator("#atlas-card .actions button").last


def bar_clipboard(page: Page, *, copies_otherwise: bool) -> None:
    page.evaluate(
        """(copies) => {
          Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error()) } });
          document.execCommand = () => copies;
        }""",
        copies_otherwise,
    )


@pytest.mark.parametrize("copies_otherwise", [None, True, False])
def test_a_button_gets_its_own_words_back_however_often_it_is_pressed(
    chromium: Browser, write_page: Callable[..., str], *, copies_otherwise: bool | None
) -> None:
    with opened(chromium, write_page(), permissions=["clipboard-write"]) as page:
        if copies_otherwise is not None:
            bar_clipboard(page, copies_otherwise=copies_otherwise)
        button = link_button(page)
        said = "Copy this text" if copies_otherwise is False else "Copied"
        expect(button).to_have_text(LINK)
        for _ in range(3):
            button.click()
            expect(button).to_have_text(said)
            assert page.locator(".by-hand").count() == (said != "Copied")
            page.wait_for_timeout(300)
        button.focus()
        # beyond the last of what the presses have begun
        page.wait_for_timeout(SOON_MS)
        assert button.inner_text() == LINK
        assert page.locator(".by-hand").count() == 0


def test_what_is_to_be_copied_by_hand_stays_while_the_reader_is_in_it(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, write_page()) as page:
        bar_clipboard(page, copies_otherwise=False)
        button, field = link_button(page), page.locator(".by-hand")
        button.click()
        expect(field).to_be_focused()
        expect(button).to_have_text(LINK, timeout=SOON_MS)
        assert field.input_value() == page.evaluate("() => atlas.address()")
        button.focus()
        expect(field).to_have_count(0)
