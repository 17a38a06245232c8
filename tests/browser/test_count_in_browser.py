"""What the title says of how many features are shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from geo.dataset import Dataset
from geo.selection import select
from geo.view import Language, View
from tests.browser.pages import opened

pytestmark = pytest.mark.browser


def count_undated(dataset: Dataset, view: View) -> tuple[int, int]:
    """How many features a view shows, and how many of those only by claims without a date."""
    selection = select(dataset, view)
    undated = [
        feature
        for feature in selection.features
        if not any(claim.when or feature.when for claim in selection.claims[feature.id])
    ]
    return len(selection.features), len(undated)


@pytest.mark.parametrize(
    ("language", "words"), [(Language.ENGLISH, ", {} undated"), (Language.ARABIC, "منها {} بلا تاريخ")]
)
def test_a_time_window_tells_how_many_are_undated(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, language: Language, words: str
) -> None:
    undated_word = "undated" if language is Language.ENGLISH else "بلا تاريخ"
    with opened(chromium, write_page(View(language=language))) as page:
        title = page.locator("#atlas-shown")
        expect(title).not_to_contain_text(undated_word)
        for query in ("since=2015&until=2015", "since=2015&until=2015&themes=events,actors"):
            shown, undated = count_undated(dataset, View.from_query(query))
            assert 0 < undated < shown
            page.evaluate("query => atlas.restore(query)", query)
            expect(title).to_contain_text(words.format(undated))
            expect(title).to_contain_text(f" {shown} ")
        page.evaluate("query => atlas.restore(query)", "since=2015&until=2015&undated=0")
        expect(title).not_to_contain_text(undated_word)
