"""Rows of readers' own tables on the page: told as what they are, apart from the atlas's claims, in card and legend."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from geo.view import Language, View
from layers.words import read_words
from tests.browser.pages import DESKTOP, PHONE, opened
from tests.loading_here import load_here

pytestmark = pytest.mark.browser

BLOCKS = (
    "id,name,kind,lon,lat,date,source\na,A block,Road block,34.1,31.2,2015-07-01,A paper\nb,Other,Raid,34.2,31.1,,\n"
)


@pytest.fixture(scope="module")
def own(dataset: Dataset) -> Dataset:
    return join_datasets([dataset, load_here(BLOCKS, "blocks.csv", about=About("Blocks of 2015")).dataset])


def choose(page: Page, identity: str) -> None:
    page.evaluate("id => atlas.choose(id)", identity)


@pytest.mark.parametrize("language", list(Language))
def test_card_of_an_own_row_says_that_the_table_tells_it(
    chromium: Browser, write_page: Callable[..., str], own: Dataset, language: Language
) -> None:
    words = read_words(language)
    with opened(chromium, write_page(View(language=language), own)) as page:
        card = page.locator("#atlas-card")
        choose(page, "a")
        expect(card.locator(".witnesses")).to_have_text(words["from-added-table"])
        assert card.locator("dt").all_inner_texts() == [words["source-in-table"], words["happened"]]
        assert card.locator("dd").first.inner_text() == "A paper"
        expect(card.locator(".status")).to_have_count(0)
        row = words["row-of-table"].format(1)
        expect(card.locator(".citation")).to_contain_text(f"A paper{words['comma']}{row}. ")
        choose(page, own.features[0].id)
        expect(card.locator(".witnesses")).not_to_have_text(words["from-added-table"])
        assert [words["reported-by"], words["put-forward-as"]] == card.locator("dt").all_inner_texts()[:2]


@pytest.mark.parametrize("language", list(Language))
def test_link_to_an_own_row_says_where_it_opens_once_it_is_copied(
    chromium: Browser, write_page: Callable[..., str], own: Dataset, language: Language
) -> None:
    words = read_words(language)
    with opened(chromium, write_page(View(language=language), own), PHONE) as page:
        note = page.locator("#atlas-card .actions [role=status]")
        choose(page, "a")
        expect(note).to_have_text("")
        page.get_by_role("button", name=words["copy-link"]).click()
        expect(note).to_have_text(words["link-of-table"])
        expect(note).to_be_in_viewport(ratio=1)
        choose(page, own.features[0].id)
        page.get_by_role("button", name=words["copy-link"]).click()
        expect(page.get_by_role("button", name=words["copied"])).to_be_visible()
        expect(note).to_have_text("")


def layers_below(page: Page, heading: str) -> list[str]:
    return page.get_by_role("list", name=heading).locator(".layer-name").all_inner_texts()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_own_layers_stand_below_a_heading_of_their_own(
    chromium: Browser, write_page: Callable[..., str], own: Dataset, language: Language, size: tuple[int, int]
) -> None:
    words = read_words(language)
    with opened(chromium, write_page(View(language=language), own), size) as page:
        if size == PHONE:
            page.locator("#atlas-tabs [data-pane=legend]").click()
        heading = page.get_by_role("heading", name=words["added-data"], level=3)
        heading.scroll_into_view_if_needed()
        expect(heading).to_be_in_viewport(ratio=1)
        assert heading.evaluate("node => getComputedStyle(node).borderTopWidth") == "1px"
        assert layers_below(page, words["added-data"]) == ["Road block", "Raid"]
        everything = page.locator("#atlas-legend .layer-name").all_inner_texts()
        assert everything[-2:] == ["Road block", "Raid"]
        assert len(everything) > 2
        # the keyboard goes from the atlas's last layer to the first of these
        page.locator("#atlas-legend .layers").first.locator(".only").last.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('li').innerText").startswith("Road block")
        page.emulate_media(media="print")
        expect(heading).to_be_visible()


def test_no_heading_stands_where_there_are_no_own_layers(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    with opened(chromium, write_page(None, dataset)) as page:
        expect(page.locator("#atlas-legend .layers")).to_have_count(1)
        expect(page.get_by_text(read_words(Language.ENGLISH)["added-data"], exact=True)).to_have_count(0)


def test_without_the_atlas_own_layers_have_the_heading_alone(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(None, load_here(BLOCKS, "blocks.csv").dataset)) as page:
        expect(page.locator("#atlas-legend .layers")).to_have_count(1)
        heading = page.get_by_role("heading", name=read_words(Language.ENGLISH)["added-data"])
        assert heading.evaluate("node => getComputedStyle(node).borderTopWidth") == "0px"
