"""Names of the base map in a real browser: what is there to orient by, whatever is filtered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from geo.model import Extent
from geo.view import Language, View
from tests.browser.pages import DESKTOP, opened

pytestmark = pytest.mark.browser

AROUND = Extent(west=29.8, south=27.8, east=37.0, north=33.8)
WORLD = Extent(west=12, south=14, east=62, north=40)


def names_of_ground(page: Page) -> list[str]:
    names: list[str] = page.evaluate(
        "() => atlas.placedLabels.filter(({ owner }) => owner.startsWith('ground-')).map(({ text }) => text)"
    )
    return names


@pytest.mark.parametrize(
    ("extent", "countries", "others"),
    [
        (None, {"EGYPT", "ISRAEL"}, {"JORDAN", "LIBYA"}),
        (AROUND, {"EGYPT", "ISRAEL", "JORDAN", "LEBANON", "SYRIA", "SAUDI ARABIA"}, {"LIBYA"}),
        (WORLD, {"EGYPT", "LIBYA", "SYRIA", "IRAN", "IRAQ", "SUDAN"}, {"LEBANON"}),
    ],
    ids=["corridor", "around", "world"],
)
def test_countries_are_named_once_at_every_scale(
    chromium: Browser, write_page: Callable[..., str], extent: Extent | None, countries: set[str], others: set[str]
) -> None:
    with opened(chromium, write_page(View(themes=("border",), extent=extent)), DESKTOP) as page:
        named = names_of_ground(page)
        assert countries <= set(named)
        assert not others & set(named)
        assert len(named) == len(set(named))


def test_towns_of_the_articles_are_named_when_their_claims_are_hidden(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, write_page(View(themes=("border",))), DESKTOP) as page:
        assert {"El Arish", "Sheikh Zuweid"} <= set(names_of_ground(page))


@pytest.mark.parametrize("language", list(Language))
def test_a_place_with_its_mark_is_not_named_by_the_ground(
    chromium: Browser, write_page: Callable[..., str], language: Language
) -> None:
    with opened(chromium, write_page(View(themes=("places",), language=language)), DESKTOP) as page:
        named = set(names_of_ground(page))
        assert not named & {"El Arish", "Sheikh Zuweid", "العريش", "الشيخ زويد", "رفح"}
        assert named & {"Gaza City", "غزة"}
