"""What a change sends: a few kilobytes each way, whatever is shown and however much data there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from exports.formats import FORMATS
from geo.view import View
from tests.app_server import run_app
from tests.browser.test_app_in_browser import AT_REST, map_frame
from tests.conftest import is_local
from tests.robustness.string_events import events_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page, WebSocket

pytestmark = pytest.mark.browser

MOST_BYTES = 5000
"""Of a change that brings no page."""

EVENTS = 3000
QUIET_MS = 400


class Wire:
    """What went over a page's websocket, both ways."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._weigh)
        socket.on("framereceived", self._weigh)

    def _weigh(self, payload: str | bytes) -> None:
        self.count += len(payload)

    def weigh(self, act: Callable[[], object]) -> int:
        """Do something; give the bytes that went until the wire was quiet."""
        self.settle()
        before = self.count
        act()
        self.page.wait_for_timeout(QUIET_MS)
        self.settle()
        return self.count - before

    def settle(self) -> None:
        seen = -1
        while seen != self.count:
            seen = self.count
            self.page.wait_for_timeout(QUIET_MS)
            self.page.locator(AT_REST).wait_for(state="attached")


def is_outside(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"} and not is_local(urlsplit(url).hostname)


@contextmanager
def weighed(browser: Browser, url: str) -> Iterator[tuple[Wire, Page, Frame]]:
    """The app in a page of its own; pictures of online grounds are refused."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    # sockets are not routed here: one that is tells nothing of its frames
    context.route(is_outside, lambda route: route.abort("internetdisconnected"))
    try:
        page = context.new_page()
        wire = Wire(page)
        page.goto(url)
        frame = map_frame(page)
        page.get_by_test_id("stExpandSidebarButton").click()
        yield wire, page, frame
    finally:
        context.close()


@pytest.fixture(scope="module")
def app_url(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an app with the atlas's features beside some thousand events."""
    folder = tmp_path_factory.mktemp("bytes")
    table, log = folder / "events.geojson", folder / "server.log"
    table.write_bytes(FORMATS[".geojson"].render(events_of([f"Event {number}" for number in range(EVENTS)]), View()))
    with run_app(root, log, ATLAS_DATA=f"{root / 'data'}{os.pathsep}{table}") as url:
        yield url
    assert "Traceback" not in log.read_text(encoding="utf-8")


def choose_light_or_dark(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_text(name, exact=True).click()


def choose_option(page: Page, label: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("combobox").click()
    page.get_by_role("option", name=label).click()


def toggle(frame: Frame, theme: str) -> None:
    frame.locator(f"[data-layer-toggle={theme}]").click()


def test_a_change_sends_little(chromium: Browser, app_url: str) -> None:
    with weighed(chromium, app_url) as (wire, page, frame):
        sent = {
            "dark, nothing chosen": wire.weigh(lambda: choose_light_or_dark(page, "Dark")),
            "light, nothing chosen": wire.weigh(lambda: choose_light_or_dark(page, "Light")),
            "toggle": wire.weigh(lambda: toggle(frame, "tunnels")),
            "choose": wire.weigh(lambda: frame.evaluate("() => atlas.choose('sheikh-zuweid')")),
        }
        page.get_by_role("heading", name="Sheikh Zuweid").wait_for()
        sent |= {
            "dark, evidence open": wire.weigh(lambda: choose_light_or_dark(page, "Dark")),
            "light, evidence open": wire.weigh(lambda: choose_light_or_dark(page, "Light")),
            "toggle, evidence open": wire.weigh(lambda: toggle(frame, "tunnels")),
            "choose an event": wire.weigh(lambda: frame.evaluate("() => atlas.choose('event-7')")),
        }
        page.get_by_role("heading", name="Event 7").wait_for()
        # what was weighed has happened: the address and the map are where the reader left them
        assert parse_qs(urlsplit(page.url).query) == {"appearance": ["light"], "feature": ["event-7"]}
        assert frame.evaluate("() => document.documentElement.dataset.appearance") == "light"
    # each is an exchange, not silence
    assert {name: count for name, count in sent.items() if not 1000 < count <= MOST_BYTES} == {}


def test_another_ground_or_language_sends_what_differs(chromium: Browser, app_url: str) -> None:
    with weighed(chromium, app_url) as (wire, page, frame):
        wire.settle()
        first, shown = wire.count, frame.evaluate("() => atlas.shownCount")
        ground = wire.weigh(lambda: choose_option(page, "OpenStreetMap"))
        page.get_by_test_id("stSidebar").get_by_text("your browser asks").wait_for()
        assert map_frame(page).evaluate("() => atlas.view.basemap") == "osm"
        sidebar = page.get_by_test_id("stSidebar")
        language = wire.weigh(lambda: sidebar.get_by_text("العربية").click())
        arabic = map_frame(page, "ar")
        assert arabic.evaluate("() => atlas.shownCount") == shown
        assert (frame.is_detached(), page.locator("iframe[sandbox]").count()) == (True, 1)
    assert ground <= MOST_BYTES + 1000
    assert language <= first / 4
