"""The page's address in a real browser: what it says, what it means, and that Python reads it alike."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from geo.dataset import Dataset
from geo.tours import find_tour
from geo.view import View
from layers.visit import read_address
from tests.browser.pages import opened
from tests.conftest import open_recorded_page

pytestmark = pytest.mark.browser

QUERY = "() => atlas.queryFromView(atlas.view)"
DRESSED = "() => [document.documentElement.dataset.appearance, atlas.view.appearance]"
STEP = "tour=how-sure&step=3"


def go_to(page: Page, address: str) -> None:
    page.evaluate("address => { location.hash = address }", address)


# --- everything, where the document was made to show less ------------------------------------------------------------


def test_everything_has_an_address_in_a_document_that_was_made_to_show_less(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    page_of_tunnels = write_page(View(themes=("tunnels",)))
    with opened(chromium, page_of_tunnels) as page:
        assert page.evaluate("() => atlas.view.themes") == ["tunnels"]
        page.get_by_role("button", name="All", exact=True).click()
        page.wait_for_function("() => location.hash.length > 1")
        here, address = page.url, page.evaluate("() => atlas.address()")
        assert here == address
    with opened(chromium, address) as page:
        assert page.evaluate("() => atlas.view.themes") is None
        go_to(page, "")
        page.wait_for_function("() => atlas.view.themes?.join() === 'tunnels'")


def test_everything_needs_no_words_in_a_document_that_shows_it(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, f"{write_page()}#themes=tunnels") as page:
        page.get_by_role("button", name="All", exact=True).click()
        assert page.evaluate("() => atlas.address().split('#')[1]") == ""


# --- a step of a tour ------------------------------------------------------------


def hosted(page: Page, document: str, query: str, folder: Path) -> Frame:
    """The document in a frame, whose host asks for a view as the app does."""
    host = folder / "host.html"
    host.write_text(
        f"""<iframe src="{document}" style="width:1200px;height:760px"></iframe><script>
        addEventListener("message", ({{ data, source }}) => {{
          if (data?.type !== "atlas-listening") return;
          const {{ port1, port2 }} = new MessageChannel();
          port1.onmessage = ({{ data: {{ type }} }}) => {{
            if (type === "ready") port1.postMessage({{ type: "view", query: "{query}" }});
          }};
          source.postMessage({{ type: "atlas-connect", address: "http://localhost/" }}, "*", [port2]);
        }});</script>""",
        encoding="utf-8",
    )
    page.goto(host.as_uri())
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function("() => atlas.view.tour && document.documentElement.dataset.ready")
    return frame


def test_link_to_a_step_means_the_same_in_file_app_and_python(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, tmp_path: Path
) -> None:
    step = find_tour(dataset.tours, "how-sure").steps[2]
    meant = View.from_query(f"{step.view}&{STEP}").to_query()
    assert "extent=" in meant
    assert read_address(STEP, dataset)[0].to_query() == meant
    with opened(chromium, f"{write_page()}#{STEP}") as page:
        assert page.evaluate(QUERY) == meant
    with opened(chromium, write_page()) as page:
        go_to(page, STEP)
        page.wait_for_function("query => atlas.queryFromView(atlas.view) === query", arg=meant)
    with opened(chromium, write_page(View.from_query(STEP))) as page:
        assert page.evaluate(QUERY) == meant
    with open_recorded_page(chromium, reaches_localhost=False) as recorded:
        frame = hosted(recorded.page, write_page(), STEP, tmp_path)
        assert frame.evaluate(QUERY) == meant
        expect(frame.locator("#atlas-tour")).to_contain_text("step 3 of 5")


@pytest.mark.parametrize("query", [f"{STEP}&origins=2", "tour=how-sure&step=9", "tour=nowhere"])
def test_what_names_more_than_a_step_or_none_is_taken_as_it_is(
    chromium: Browser, write_page: Callable[..., str], query: str
) -> None:
    with opened(chromium, f"{write_page()}#{query}") as page:
        told = page.evaluate("() => [...new URLSearchParams(atlas.queryFromView(atlas.view)).keys()].sort()")
        assert told == sorted(part.partition("=")[0] for part in query.split("&"))


def test_a_tour_keeps_the_appearance(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#{STEP}&appearance=dark") as page:
        assert page.evaluate(DRESSED) == ["dark", "dark"]
        page.keyboard.press("ArrowRight")
        expect(page.locator("#atlas-tour")).to_contain_text("step 4 of 5")
        assert page.evaluate(DRESSED) == ["dark", "dark"]
        page.get_by_role("button", name="Leave the tour").click()
        assert page.evaluate(DRESSED) == ["dark", "dark"]
    with opened(chromium, f"{write_page()}#appearance=dark") as page:
        page.evaluate("() => atlas.goToStep(atlas.data.tours[0], 1)")
        assert page.evaluate(DRESSED) == ["dark", "dark"]


def test_leaving_a_tour_brings_back_what_was_shown_before_this_one(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    leave = "Leave the tour"
    with opened(chromium, f"{write_page()}#themes=tunnels") as page:
        page.evaluate("() => atlas.goToStep(atlas.data.tours[0], 1)")
        page.get_by_role("button", name=leave).click()
        assert page.evaluate(QUERY) == "themes=tunnels"
        go_to(page, STEP)
        page.get_by_role("button", name=leave).click()
        assert page.evaluate(QUERY) == ""
        # a tour that is left by an address is left too
        page.evaluate("() => { atlas.change({ themes: ['border'] }); atlas.goToStep(atlas.data.tours[0], 1) }")
        go_to(page, "q=rafah")
        page.wait_for_function("() => atlas.view.text === 'rafah'")
        go_to(page, STEP)
        page.get_by_role("button", name=leave).click()
        assert page.evaluate(QUERY) == ""


# --- what is not sound ------------------------------------------------------------

READ = "queries => queries.map((query) => atlas.queryFromView(atlas.viewFromQuery(query)))"
VALUES = {
    "extent": [
        "33.9,31,34.5,31.5",
        ",,35,32",
        "34,31,33,32",
        "1,2,3",
        "0x10,1,40,41",
        "1e1,2,30,40",
        " 33.9, 31,+34.5,32.",
    ],
    "themes": ["border", "none", "", "border,,tunnels", "Border", "a" * 81],
    "sources": ["savage-2015", "savage-2015,-"],
    "statuses": ["reported", "bogus", "reported,bogus", "none", "reported,none"],
    "precisions": ["area", "exact,area", "Area"],
    "since": ["2015", "2016-02-30", "../2015", "2015-01/2015-02", "", " 2015", "2015-12~", "2015-00", "201X"],
    "until": ["2014", "2015-07-01", "2014/2016", "2016-13"],
    "undated": ["0", "1", "false", "2", "", "constructor"],
    "known": ["2015-08", "2015-08/..", "2015-21"],
    "origins": ["2", "0", "02", "2.0", "+2", "100", "١"],
    "q": ["rafah", "a" * 200, "a" * 201, "a" * 199 + "😀", "😀" * 200, "😀" * 201],
    "language": ["ar", "fr", ""],
    "basemap": ["osm", "OSM", ""],
    "appearance": ["dark", "night"],
    "feature": ["rafah-egypt", "", "  E 7 ", " ", "x" * 201, "😀" * 200, "\u00a0x\u2003"],
    "compare": ["a,b", "a,", "a,,b", "a,b,c", "none", "A,b"],
    "tour": ["how-sure", "", "How sure"],
    "step": ["3", "0", "3.0", " 3"],
    "colour": ["red"],
}


def malformed(seed: int) -> str:
    """A query of parts sound and unsound, of which some are given twice."""
    draw = random.Random(seed)
    names = draw.choices(list(VALUES), k=draw.randint(1, 6))
    pairs = [f"{name}={quote(draw.choice(VALUES[name]), safe=',')}" for name in names]
    return draw.choice(["", "?", "#", "?#"]) + "&".join([*pairs, *draw.sample(["", "since", "q"], 1)])


def test_what_is_not_sound_is_left_out_as_python_leaves_it_out(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    queries = [f"{name}={quote(value, safe=',')}" for name, values in VALUES.items() for value in values]
    queries += ["since=2016&until=2013", "themes=border&themes=tunnels", "since=x&since=2015", "%FF=1&q=%FF%41"]
    queries += [malformed(seed) for seed in range(1500)]
    with opened(chromium, write_page()) as page:
        read = page.evaluate(READ, queries)
    for query, told in zip(queries, read, strict=True):
        assert told == View.read_query(query)[0].to_query(), query


def test_an_unsound_status_hides_nothing(chromium: Browser, write_page: Callable[..., str], dataset: Dataset) -> None:
    with opened(chromium, f"{write_page()}#statuses=bogus") as page:
        assert page.evaluate("() => atlas.shownCount") == len(dataset.features)


def test_words_typed_beyond_what_a_view_holds_are_cut_between_signs(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("searchbox", name="Search").fill("a" * 199 + "😀" * 9)
        page.wait_for_function("() => atlas.view.text")
        query = page.evaluate(QUERY)
        assert View.from_query(query).text == "a" * 199 + "😀"


def test_an_interval_typed_for_a_day_is_told_and_not_taken(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        field = page.get_by_label("From", exact=True)
        field.fill("../2015")
        field.press("Enter")
        message = field.evaluate("node => node.validationMessage")
        assert message == "Write a date as 2015, 2015-07 or 2015-07-01."
        assert page.evaluate("() => atlas.view.since") is None
