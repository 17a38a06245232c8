"""The app in a real browser: map and page keep to one view, without a reload, and nothing leaves this machine."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.dataset import Dataset
from geo.disagreements import disagreements
from geo.model import Extent
from geo.selection import select
from geo.view import Appearance, View
from tests.app_server import run_app
from tests.browser.test_page_in_browser import random_view
from tests.conftest import RecordedPage, open_recorded_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.browser

FRAME = "iframe[sandbox]"
DRESSED = "document.documentElement.dataset.appearance"


def open_app(recorded: RecordedPage, url: str) -> Frame:
    recorded.page.goto(url)
    return map_frame(recorded.page)


def map_frame(page: Page, language: str = "en") -> Frame:
    """The map's frame, once its document is ready and the app has connected to it."""
    page.frame_locator(FRAME).locator(f"html[data-ready][lang={language}]").wait_for(state="attached", timeout=30_000)
    frame = page.locator(FRAME).element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function("() => atlas.publicAddress !== undefined")
    return frame


def ask(frame: Frame, script: str) -> Any:
    return frame.evaluate(f"() => {{ {script} }}")


def shown_view(frame: Frame) -> View:
    query: str = ask(frame, "return atlas.queryFromView(atlas.view)")
    return View.from_query(query)


def wait_for_address(page: Page, part: str) -> None:
    page.wait_for_url(re.compile(re.escape(part)), timeout=15_000)


@pytest.fixture(scope="module")
def app_url(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running app."""
    log = tmp_path_factory.mktemp("app") / "server.log"
    with run_app(root, log) as url:
        yield url
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader(chromium: Browser, app_url: str) -> Iterator[RecordedPage]:
    """One reader, who goes through the tests of this module in turn."""
    with open_recorded_page(chromium, reaches_localhost=True) as recorded:
        yield recorded


@pytest.fixture
def frame(reader: RecordedPage, app_url: str) -> Frame:
    """The map of the reader, at the plain address."""
    return open_app(reader, app_url)


def toggle(frame: Frame, theme: str) -> None:
    frame.locator(f"[data-layer-toggle={theme}]").click()


def test_toggle_updates_address_and_page_without_a_reload(reader: RecordedPage, frame: Frame, dataset: Dataset) -> None:
    page = reader.page
    steps = page.evaluate("history.length")
    ask(frame, "window.mark = 'here'")
    toggle(frame, "tunnels")
    wait_for_address(page, "themes=")
    assert "tunnels" not in parse_qs(urlsplit(page.url).query)["themes"][0].split(",")
    page.get_by_role("tab", name="Table").press("Enter")
    page.get_by_test_id("stDataFrame").wait_for()
    shown = len(select(dataset, shown_view(frame)).features)
    assert shown < len(dataset.features)
    assert ask(frame, "return atlas.shownCount") == shown
    assert rows_listed(page) == shown
    toggle(frame, "tunnels")
    page.wait_for_function("() => !location.search")
    page.wait_for_function(f"() => {ROWS} === {len(dataset.features)}")
    assert ask(frame, "return window.mark") == "here"
    assert page.evaluate("history.length") == steps


# the grid tells how many rows it has, its heading among them
ROWS = "Number(document.querySelector('[data-testid=stDataFrame] [role=grid]')?.getAttribute('aria-rowcount')) - 1"


def rows_listed(page: Page) -> int:
    page.wait_for_function(f"() => {ROWS} > 0")
    return int(page.evaluate(ROWS))


def test_chosen_feature_shows_its_evidence(reader: RecordedPage, frame: Frame, dataset: Dataset) -> None:
    feature = dataset.features[0]
    ask(frame, f"atlas.choose('{feature.id}')")
    wait_for_address(reader.page, f"feature={feature.id}")
    reader.page.get_by_role("heading", name=feature.name).wait_for()
    reader.page.get_by_text(feature.claims[0].statement).first.wait_for()


def test_address_shows_the_same_to_a_newcomer_and_nothing_to_others(
    reader: RecordedPage, frame: Frame, chromium: Browser, app_url: str, dataset: Dataset
) -> None:
    feature = dataset.features[0]
    ask(frame, f"atlas.change({{themes: ['places', 'border'], since: '2013'}}); atlas.choose('{feature.id}')")
    wait_for_address(reader.page, "feature=")
    copied: str = ask(frame, "return atlas.address()")
    with open_recorded_page(chromium, reaches_localhost=True) as newcomer:
        theirs = open_app(newcomer, reader.page.url)
        theirs.wait_for_function("() => atlas.view.feature !== null")
        assert shown_view(theirs) == shown_view(frame)
        assert ask(theirs, "return atlas.shownCount") == ask(frame, "return atlas.shownCount")
        newcomer.page.get_by_role("heading", name=feature.name).wait_for()
    assert View.from_query(urlsplit(copied).query) == shown_view(frame)
    assert copied.startswith(f"{app_url}?")
    with open_recorded_page(chromium, reaches_localhost=True, color_scheme="dark") as other:
        theirs = open_app(other, app_url)
        theirs.wait_for_function(f"() => {DRESSED} === 'dark'")
        assert (shown_view(theirs).themes, shown_view(theirs).feature) == (None, None)
        assert not urlsplit(other.page.url).query


def test_language_changes_the_map_keeps_the_view_and_goes_back(reader: RecordedPage, frame: Frame) -> None:
    page = reader.page
    toggle(frame, "drones")
    wait_for_address(page, "themes=")
    before = shown_view(frame)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_text("العربية").click()
    arabic = map_frame(page, "ar")
    arabic.wait_for_function("() => atlas.view.themes !== null")
    wait_for_address(page, "language=ar")
    assert shown_view(arabic).themes == before.themes
    page.get_by_role("tab", name="الأدلة").wait_for()
    page.go_back()
    english = map_frame(page, "en")
    english.wait_for_function("() => atlas.view.themes !== null")
    assert shown_view(english).themes == before.themes
    assert page.locator(FRAME).count() == 1


def test_frame_of_another_size_is_no_move_of_the_reader(chromium: Browser, app_url: str) -> None:
    with open_recorded_page(chromium, reaches_localhost=True) as resized:
        frame = open_app(resized, app_url)
        resized.page.set_viewport_size({"width": 900, "height": 700})
        frame.wait_for_function("() => atlas.map.getSize().x < 900")
        resized.page.wait_for_timeout(600)
        assert shown_view(frame).extent is None
        assert not urlsplit(resized.page.url).query


def test_appearance_is_the_readers_choice(chromium: Browser, app_url: str) -> None:
    with open_recorded_page(chromium, reaches_localhost=True, color_scheme="dark") as night:
        open_app(night, f"{app_url}?appearance=light").wait_for_function(f"() => {DRESSED} === 'light'")
        assert night.page.url.endswith("?appearance=light")


def test_article_that_a_reader_adds_is_that_readers_alone(chromium: Browser, app_url: str, articles_dir: Path) -> None:
    with open_recorded_page(chromium, reaches_localhost=True) as mine:
        ask(open_app(mine, app_url), "atlas.choose('el-arish')")
        wait_for_address(mine.page, "feature=el-arish")
        mine.page.get_by_test_id("stExpandSidebarButton").click()
        mine.page.locator("input[type=file]").set_input_files(next(articles_dir.glob("*.txt")))
        in_frame = mine.page.frame_locator(FRAME)
        in_frame.get_by_role("button", name="Article").click(timeout=30_000)
        in_frame.locator("#atlas-article-text mark").first.wait_for()
        assert shown_view(map_frame(mine.page)).feature == "el-arish"
        with open_recorded_page(chromium, reaches_localhost=True) as other:
            assert ask(open_app(other, app_url), "return atlas.articles") is None
        mine.page.get_by_role("button", name="Forget the articles").click()
        in_frame.get_by_role("button", name="Article").wait_for(state="detached")
        assert mine.refused == []


def any_view(dataset: Dataset, seed: int) -> View:
    """A view of which any part may be set, those that only a reader's path through the page sets included."""
    draw = random.Random(1000 + seed)
    west, south = draw.uniform(32, 34), draw.uniform(30, 31)
    extent = Extent(west=west, south=south, east=west + draw.uniform(0.1, 2), north=south + draw.uniform(0.1, 1))
    pair, tour = draw.choice(disagreements(dataset)).sides, draw.choice(dataset.tours)
    parts = {"extent": extent, "compare": (pair[0].claim.id, pair[1].claim.id), "tour": tour.id}
    chosen = {name: value for name, value in parts.items() if draw.random() < 0.4}
    if "tour" in chosen:
        chosen["step"] = draw.randint(1, len(tour.steps))
    # light or dark, so that the map has what the address has; an address holds five digits of a degree
    chosen["appearance"] = draw.choice([Appearance.LIGHT, Appearance.DARK])
    return View.from_query(random_view(dataset, seed).model_copy(update=chosen).to_query())


GO_TO = "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate')) }"
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"


def test_twenty_views_survive_the_way_from_app_to_file_to_app(
    reader: RecordedPage, frame: Frame, chromium: Browser, dataset: Dataset, tmp_path: Path
) -> None:
    page, path = reader.page, tmp_path / "map.html"
    with open_recorded_page(chromium, reaches_localhost=False) as file:
        for seed in range(20):
            view = any_view(dataset, seed)
            page.evaluate(GO_TO, f"?{view.to_query()}")
            frame.wait_for_function("query => atlas.queryFromView(atlas.view) === query", arg=view.to_query())
            page.locator(AT_REST).wait_for(state="attached")
            assert View.from_query(urlsplit(page.url).query) == view
            with page.expect_download() as download:
                page.get_by_role("button", name="Download this map as one HTML file").press("Enter")
            download.value.save_as(path)
            file.page.goto(path.as_uri())
            # letter for letter the address that the app has just shown the view at
            assert file.page.evaluate("() => atlas.address().split('#')[1]") == view.to_query()
        assert file.errors == []


def test_map_reaches_nothing_of_the_page_around_it(frame: Frame, reader: RecordedPage) -> None:
    sandbox = (reader.page.locator(FRAME).get_attribute("sandbox") or "").split()
    assert "allow-scripts" in sandbox
    assert "allow-same-origin" not in sandbox
    for reach in ("window.parent.document", "window.parent.location.href", "document.cookie", "window.localStorage"):
        assert ask(frame, f"try {{ return typeof {reach} }} catch (fault) {{ return fault.name }}") == "SecurityError"


def test_strangers_and_nonsense_are_not_heard(frame: Frame, reader: RecordedPage) -> None:
    ask(
        frame,
        """window.channels = 0;
        window.addEventListener("message", ({ data }) => { window.channels += data?.type === "atlas-connect"; });""",
    )
    reader.page.evaluate("window.postMessage({ type: 'atlas-listening' }, '*')")
    ask(frame, "window.parent.postMessage('atlas-listening', '*'); window.parent.postMessage(null, '*')")
    reader.page.wait_for_timeout(200)
    assert ask(frame, "return window.channels") == 0
    ask(
        frame,
        """const [before, tell] = [atlas.queryFromView, atlas.tellHost];
        atlas.queryFromView = () => "q=" + "x".repeat(17000); tell();
        atlas.queryFromView = () => 7; tell();
        atlas.queryFromView = before;""",
    )
    reader.page.wait_for_timeout(500)
    assert not urlsplit(reader.page.url).query


def test_phone_has_room_to_scroll(chromium: Browser, app_url: str) -> None:
    with open_recorded_page(
        chromium, reaches_localhost=True, viewport={"width": 390, "height": 844}, has_touch=True
    ) as phone:
        open_app(phone, app_url)
        box = phone.page.locator(FRAME).bounding_box()
        assert box is not None
        assert box["width"] == pytest.approx(390, abs=1)
        assert 500 < box["height"] < 844 * 0.9
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_was_complained_of_and_nothing_left_this_machine(reader: RecordedPage, app_url: str) -> None:
    if not reader.requests:
        open_app(reader, app_url)
    assert reader.refused == []
    assert reader.errors == []
    assert [line for line in reader.console if line.startswith(("error", "warning"))] == []
