"""What is at one place of the map: which mark a click means, and the list of all that is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from geo.view import Language, View
from tests.browser.pages import opened
from tests.browser.test_pointing_in_browser import spot_of

pytestmark = pytest.mark.browser

LISTED = """() => [...document.querySelectorAll("#atlas-card select > *")].map((part) => ({
  tag: part.tagName, label: part.label,
  rows: [...part.querySelectorAll("option")].map((option) => option.textContent),
}))"""


@pytest.mark.parametrize("feature", ["rafah-gaza", "rafah-egypt"])
def test_a_click_on_a_dot_opens_its_own_town(chromium: Browser, write_page: Callable[..., str], feature: str) -> None:
    with opened(chromium, write_page()) as page:
        x, y = spot_of(page, feature)
        page.mouse.click(x + 2, y - 1)
        assert page.evaluate("() => atlas.view.feature") == feature


def test_away_from_all_dots_the_smaller_disc_comes_first(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#extent=34.18,31.24,34.30,31.32&themes=places") as page:
        # in both discs, and nearer to the dot of the larger one
        at = page.evaluate(
            """() => {
              const { rowOf, geometry: g } = atlas.data, of = (id) => rowOf.get(id), share = 0.6;
              const [a, b] = [of("rafah-egypt"), of("rafah-gaza")], x = g.west[a] + share * (g.west[b] - g.west[a]),
                y = g.north[a] + share * (g.north[b] - g.north[a]);
              return atlas.hitRows(atlas.map, x, y).slice(0, 2).map((row) => atlas.data.features.id[row]);
            }"""
        )
        assert at == ["rafah-egypt", "rafah-gaza"]


@pytest.mark.parametrize("language", list(Language))
def test_many_in_one_place_are_listed_by_theme_and_wider_areas_last(
    chromium: Browser, write_page: Callable[..., str], language: Language
) -> None:
    with opened(chromium, f"{write_page(View(language=language))}#extent=34.2,31.25,34.29,31.30") as page:
        page.mouse.click(*spot_of(page, "rafah-egypt"))
        expect(page.locator("#atlas-card select")).to_have_count(1)
        groups = page.evaluate(LISTED)
        assert {group["tag"] for group in groups} == {"OPTGROUP"}
        assert all(f"({len(group['rows'])})" in group["label"] for group in groups)
        assert groups[0]["label"].startswith({"en": "Places", "ar": "أماكن"}[language.value])
        wider = {"en": "Also true of this wider area", "ar": "ويصدق أيضًا على هذه المنطقة الأوسع"}[language.value]
        assert [wider in group["label"] for group in groups] == [False] * (len(groups) - 1) + [True]
        assert sum(len(group["rows"]) for group in groups) == page.evaluate("() => atlas.stack.length")
        named = page.evaluate("() => atlas.ownName(atlas.data.rowOf.get('sinai-peninsula'))")
        assert any(row.startswith(named) for row in groups[-1]["rows"])
        # a step goes on within the list
        page.locator("#atlas-card .next-here").click()
        expect(page.locator("#atlas-card h3")).to_have_text(
            [*groups[0]["rows"], *(groups[1]["rows"] if len(groups) > 1 else [])][1].split(" · ")[0]
        )
