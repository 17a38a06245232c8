"""The page in Arabic: citations, degrees and names each in the direction of their own letters."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from geo.dataset import Dataset
from geo.view import Language, View
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

# what is written on canvases, each text with the direction that it is written in
RECORD = """
    window.written = {};
    const fill = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        window.written[text] = this.direction;
        return fill.call(this, text, ...place);
    };
    atlas.map.panBy([1, 0], { animate: false });
"""


def write_again(page: Page) -> dict[str, str]:
    """Let the map be drawn anew; give the texts on it with their directions."""
    page.evaluate(RECORD)
    page.wait_for_function("() => Object.keys(window.written).some((text) => text.includes('°'))")
    written: dict[str, str] = page.evaluate("() => window.written")
    return written


def places_of(page: Page, selector: str, text: str) -> list[float]:
    """Where each sign of a text stands on the screen, from the left."""
    places: list[float] = page.evaluate(
        """([selector, text]) => {
            const node = document.querySelector(selector).firstChild,
                start = node.data.indexOf(text);
            return [...text].map((_, i) => {
                const range = document.createRange();
                range.setStart(node, start + i);
                range.setEnd(node, start + i + 1);
                return range.getBoundingClientRect().left;
            });
        }""",
        [selector, text],
    )
    return places


@pytest.mark.parametrize(("language", "sides"), [(Language.ENGLISH, "NE"), (Language.ARABIC, "شق")])
def test_degrees_have_the_letters_of_the_pages_language(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, language: Language, sides: str
) -> None:
    with opened(chromium, write_page(View(language=language), dataset)) as page:
        written = write_again(page)
        angles = {re.sub("[\u2066\u2069]", "", text): way for text, way in written.items() if "°" in text}
        assert angles
        assert {text[-1] for text in angles} == set(sides)
        assert [text for text in angles if not re.fullmatch(rf"\d+°(?:\d\d′)? [{sides}]", text)] == []
        assert set(angles.values()) == {"rtl" if language is Language.ARABIC else "ltr"}
        page.mouse.move(500, 400)
        page.wait_for_function("() => document.getElementById('atlas-pointer').textContent.includes('°')")
        pointer = page.locator("#atlas-pointer").text_content() or ""
        bare = re.sub("[\u2066\u2069]", "", pointer)
        assert re.fullmatch(rf"\d+\.\d{{3}}° {sides[0]}[,،] \d+\.\d{{3}}° {sides[1]}", bare)
        # each number reads from left to right, with its sign behind it
        for number in re.findall(r"[\d.]+°", bare):
            places = places_of(page, "#atlas-pointer", number)
            assert places == sorted(places)


def test_degrees_of_the_south_and_west_have_their_letters(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    with opened(chromium, write_page(View(language=Language.ARABIC), dataset)) as page:
        told = page.evaluate("() => [[-3, true], [-3, false]].map(([at, side]) => atlas.angleText('3°', at, side))")
        assert told == ["\u20663°\u2069 غ", "\u20663°\u2069 ج"]


@pytest.mark.parametrize("language", list(Language))
def test_names_on_the_map_are_written_in_the_direction_of_their_letters(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, language: Language
) -> None:
    with opened(chromium, write_page(View(language=language), dataset)) as page:
        written = write_again(page)
        arabic = {way for text, way in written.items() if re.match("[\u0600-\u06ff]", text)}
        latin = {way for text, way in written.items() if re.match("[A-Za-z]{2}", text)}
        assert (arabic, latin) == ({"rtl"}, {"ltr"})


@pytest.mark.parametrize(("language", "comma"), [(Language.ENGLISH, ", "), (Language.ARABIC, "، ")])
def test_citation_reads_as_one_line(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, language: Language, comma: str
) -> None:
    claims = [(feature.id, claim) for feature in dataset.features for claim in feature.claims]
    inferred = {source.id for source in dataset.sources if "issued" in source.inferred}
    identity, claim = next(each for each in claims if each[1].citation.id in inferred)
    with opened(chromium, write_page(View(language=language), dataset)) as page:
        page.evaluate("id => atlas.choose(id)", identity)
        line = page.locator(f"[data-claim='{claim.id}'] .citation")
        words = page.evaluate(
            "locator => [atlas.say('date-inferred'), atlas.say('paragraph', locator)]", claim.citation.locator
        )
        told = line.text_content() or ""
        assert f"{words[0]}{comma}{words[1]}: “{claim.citation.start} … {claim.citation.end}”. " in told
        # each part keeps the direction of its own letters
        parts = line.locator("bdi").all_inner_texts()
        assert parts[0] == dataset.source(claim.citation.id).byline
        assert words[1] in parts
