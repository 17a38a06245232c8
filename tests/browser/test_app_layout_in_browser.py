"""The app around the map as it is laid out: nothing moves when the map comes, and no word of Streamlit's is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from geo.view import Language
from layers.words import read_words
from tests.app_server import run_app
from tests.browser.test_app_in_browser import DRESSED, map_frame
from tests.conftest import open_recorded_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# where the first tab stands at each picture of the screen, from the first on in which it can be clicked
WATCH_TABS = """
  window.tops = [];
  const watch = () => {
    const tab = document.querySelector("[role=tab]"), box = tab?.getBoundingClientRect();
    const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (hit && tab.contains(hit)) window.tops.push(Math.round(box.top));
    requestAnimationFrame(watch);
  };
  if (window === window.top) watch();
"""


@pytest.fixture(scope="module")
def app_url(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("layout") / "server.log"
    with run_app(root, log) as url:
        yield url
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_tabs_stay_where_they_are_when_the_map_comes(chromium: Browser, app_url: str, width: int, height: int) -> None:
    with open_recorded_page(chromium, reaches_localhost=True, viewport={"width": width, "height": height}) as recorded:
        page = recorded.page
        page.add_init_script(WATCH_TABS)
        page.goto(app_url)
        map_frame(page)
        page.wait_for_timeout(500)
        tops = page.evaluate("() => window.tops")
        assert len(set(tops)) == 1, tops
        assert tops[0] < height, "the names of the tabs are in sight"


def test_tab_that_is_clicked_as_the_map_comes_is_opened(chromium: Browser, app_url: str) -> None:
    with open_recorded_page(chromium, reaches_localhost=True) as recorded:
        page = recorded.page
        page.goto(app_url)
        page.get_by_role("tab", name="Sources").click()
        page.get_by_role("tab", name="Sources", selected=True).wait_for()
        map_frame(page)
        page.get_by_text("Michael Shkolnik").first.wait_for()


SHOWN = """(field) => ["button p", "[data-testid=stFileUploaderDropzoneInstructions] span"].map((part) => {
  const element = field.querySelector(part), after = getComputedStyle(element, "::after");
  return [getComputedStyle(element).fontSize, after.content, after.fontSize];
})"""


def test_field_for_files_speaks_arabic(chromium: Browser, app_url: str) -> None:
    words = read_words(Language.ARABIC)
    with open_recorded_page(chromium, reaches_localhost=True) as recorded:
        page = recorded.page
        page.goto(f"{app_url}?language=ar")
        map_frame(page, "ar")
        page.get_by_role("tab", name=words["tab-own"]).press("Enter")
        for field, most in ((page.locator(".st-key-own"), 50), (page.get_by_test_id("stSidebar"), 1)):
            shown = field.get_by_test_id("stFileUploaderDropzone").evaluate(SHOWN)
            told = [words["upload-button"], words["upload-limit"].format(most)]
            assert shown == [["0px", f'"{text}"', "14px"] for text in told]


def test_map_and_files_follow_the_page_to_dark_and_back(chromium: Browser, app_url: str) -> None:
    with open_recorded_page(chromium, reaches_localhost=True, color_scheme="dark") as recorded:
        page = recorded.page
        page.goto(app_url)
        frame = map_frame(page)
        page.get_by_role("tab", name="Files").press("Enter")
        offered = page.locator(".st-key-files [class*=st-key-file-style]").get_by_role("combobox")
        schemes: tuple[Literal["light", "dark"], ...] = ("dark", "light", "dark")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            frame.wait_for_function(f"() => {DRESSED} === '{scheme}'")
            expect(offered).to_have_value(scheme)
        # the address keeps it open
        assert "appearance" not in page.url
