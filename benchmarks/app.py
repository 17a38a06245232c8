"""Our app beside one made with streamlit-folium: how soon a change and a click are seen, and what they send.

Run: ``make bench``. Sizes are given by ``APP_SIZES``, by default ``1000 20000``. Both apps show the same events in
headless Chromium; the peer's script files are answered from this machine. A change is timed from the browser's time of
the event to the first frame of the screen that shows the map as it stays; a click on a mark to the frame after
its statement stands on the page. Medians; figures of one run compare with each other only.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import geopandas as gpd
from playwright.sync_api import Browser, Frame, Page, Route, sync_playwright

from benchmarks.filming import LONGEST_MS, QUIET_MS, Recorder
from benchmarks.run import BUILD, ROOT, load_peers, prepare
from tests.app_server import run_app
from tools.find_chromium import chromium_flags, find_chromium

SIZES = [int(size) for size in os.environ.get("APP_SIZES", "1000 20000").split()]
ROUNDS = 7
WIDTH_PX, HEIGHT_PX = 1280, 800
CROP_PX = 240
SETTLED_MS = 3000

NOW = "performance.timeOrigin + performance.now()"
NOTE_CLICKS = """() => addEventListener("click", event => {
  window.clickedAt = performance.timeOrigin + event.timeStamp;
}, { capture: true })"""
WATCH_WORDS = """() => {
  const told = () => document.body.textContent.match(/Statement of event \\d+/)?.[0];
  const before = told();
  window.toldAt = null;
  const watch = new MutationObserver(() => {
    if (!told() || told() === before) return;
    watch.disconnect();
    requestAnimationFrame(() => { window.toldAt = performance.timeOrigin + performance.now(); });
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


class Driver:
    """One app in one browser page: what a reader does there."""

    map = "window.map"

    def __init__(self, page: Page, url: str, events: gpd.GeoDataFrame) -> None:
        self.page, self.url, self.events = page, url, events
        self.changes = 0
        self.recorder = Recorder.attach(page)
        self.frame = self.open()
        x, y = self.middle()
        half = CROP_PX // 2
        self.box = round(x - half), round(y - half), round(x + half), round(y + half)
        self.frame.evaluate("() => { window.mark = 'here'; }")
        for frame in (page.main_frame, self.frame):
            frame.evaluate(NOTE_CLICKS)

    def open(self) -> Frame:
        raise NotImplementedError

    def next_theme(self) -> int:
        """Choose the theme to hide or show, so that no picture comes twice (a Gray code)."""
        self.changes += 1
        return (self.changes & -self.changes).bit_length() - 1

    def middle(self) -> tuple[float, float]:
        box = self.frame.locator(".leaflet-container").bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def click_mark(self, row: int) -> tuple[float, int]:
        """Go to an event and click it; give ms until its statement stands on the page, and bytes."""
        point = self.events.geometry.iloc[row]
        self.frame.evaluate(f"() => {{ {self.map}.setView([{point.y}, {point.x}], 17, {{ animate: false }}); }}")
        self.page.wait_for_timeout(QUIET_MS)
        self.page.evaluate(WATCH_WORDS)
        self.recorder.sent = 0
        self.page.mouse.click(*self.middle())
        self.page.wait_for_function("() => window.toldAt !== null", timeout=LONGEST_MS)
        told = self.page.evaluate("document.body.textContent.match(/Statement of event (\\d+)/)[1]")
        assert int(told) == row, f"event {told} is told, {row} was clicked"
        waited = self.page.evaluate("window.toldAt") - self.frame.evaluate("window.clickedAt")
        self.page.wait_for_timeout(QUIET_MS)
        return waited, self.recorder.sent

    def place(self) -> list[float]:
        place: list[float] = self.frame.evaluate(
            f"() => [{self.map}.getZoom(), {self.map}.getCenter().lat, {self.map}.getCenter().lng]"
        )
        return place

    def is_here(self) -> bool:
        """Whether the map's document is still the one that was opened."""
        return not self.frame.is_detached() and bool(self.frame.evaluate("window.mark === 'here'"))


class Atlas(Driver):
    """Our app."""

    map = "atlas.map"
    shown: set[str]

    def open(self) -> Frame:
        self.page.goto(self.url)
        self.page.frame_locator("iframe[sandbox]").locator("html[data-ready]").wait_for(
            state="attached", timeout=60_000
        )
        frame = self.page.locator("iframe[sandbox]").first.element_handle().content_frame()
        assert frame is not None
        frame.wait_for_function("atlas.publicAddress !== undefined")
        self.page.get_by_test_id("stExpandSidebarButton").click()
        self.page.wait_for_timeout(2000)
        return frame

    def change_in_legend(self) -> float:
        """Hide or show a theme by its box in the map's legend."""
        self.frame.locator("[data-layer-toggle]").nth(self.next_theme()).click()
        return float(self.frame.evaluate("window.clickedAt"))

    def change_by_control(self) -> float:
        """Change the ground by a radio button of the sidebar."""
        dark = self.frame.evaluate("document.documentElement.dataset.appearance === 'dark'")
        self.page.get_by_test_id("stSidebar").get_by_text("Light" if dark else "Dark", exact=True).click()
        return float(self.page.evaluate("window.clickedAt"))

    def change_by_address(self) -> float:
        """Go to another address within the app, as the browser does on its back button."""
        self.shown ^= {sorted(set(self.events["theme"]))[self.next_theme()]}
        address = f"?themes={','.join(sorted(self.shown))}"
        started: float = self.page.evaluate(
            f"""() => {{ history.pushState({{}}, "", "{address}"); const started = {NOW};
            dispatchEvent(new PopStateEvent("popstate")); return started; }}"""
        )
        return started

    def show_everything(self) -> None:
        self.frame.evaluate("() => atlas.change({ themes: null })")
        self.page.wait_for_timeout(2 * QUIET_MS)
        self.changes, self.shown = 0, set(self.events["theme"])

    def hidden_themes(self) -> list[str]:
        hidden: list[str] = self.frame.evaluate(
            "() => [...document.querySelectorAll('[data-layer-toggle]:not(:checked)')].map(({ id }) => id)"
        )
        return hidden


class Peer(Driver):
    """The app made with streamlit-folium."""

    def open(self) -> Frame:
        self.page.goto(self.url)
        return self.find_map()

    def find_map(self) -> Frame:
        self.page.frame_locator("iframe").locator(".leaflet-container").first.wait_for(timeout=60_000)
        self.page.wait_for_timeout(SETTLED_MS)
        frame = self.page.locator("iframe").first.element_handle().content_frame()
        assert frame is not None
        return frame

    def change_by_control(self) -> float:
        """Hide or show a theme by its box in the sidebar."""
        self.page.get_by_test_id("stCheckbox").locator("label").nth(self.next_theme()).click()
        return float(self.page.evaluate("window.clickedAt"))

    def show_everything(self) -> None:
        boxes = self.page.get_by_test_id("stCheckbox")
        for box in boxes.all():
            if not box.locator("input").is_checked():
                box.locator("label").click()
                self.page.wait_for_timeout(SETTLED_MS)
        if not self.is_here():
            self.return_to_map()

    def change_and_wait(self) -> None:
        self.change_by_control()
        self.page.wait_for_timeout(SETTLED_MS)
        if not self.is_here():
            self.return_to_map()

    def return_to_map(self) -> None:
        """After the map was made anew: what is in its place now."""
        self.frame = self.find_map()
        self.frame.evaluate("() => { window.mark = 'here'; }")
        self.frame.evaluate(NOTE_CLICKS)


def measure(driver: Driver, action: Callable[[], float]) -> dict[str, Any]:
    """Do it several times; the first is not counted."""
    films = []
    for _ in range(ROUNDS + 1):
        films.append(driver.recorder.film(action, driver.box))
        driver.page.wait_for_timeout(200)
    counted = [film for film in films[1:] if film is not None]
    if not counted:
        return {"seen": 0}
    first, lasting, sent = zip(*counted, strict=True)
    return {
        "seen": len(counted),
        "first_ms": round(statistics.median(first)),
        "pixels_ms": round(statistics.median(lasting)),
        "worst_ms": round(max(lasting)),
        "bytes": round(statistics.median(sent)),
    }


def measure_clicks(driver: Driver) -> dict[str, Any]:
    points = [row for row, shape in enumerate(driver.events.geometry) if shape.geom_type == "Point"]
    driver.recorder.pause()
    clicks = [driver.click_mark(row) for row in points[: 7 * (ROUNDS + 1) : 7]]
    driver.recorder.resume()
    waited, sent = zip(*clicks[1:], strict=True)
    return {
        "words_ms": round(statistics.median(waited)),
        "worst_ms": round(max(waited)),
        "bytes": round(statistics.median(sent)),
    }


def measure_atlas(page: Page, url: str, events: gpd.GeoDataFrame) -> dict[str, Any]:
    atlas = Atlas(page, url, events)
    figures: dict[str, Any] = {}
    ways = {"legend": atlas.change_in_legend, "control": atlas.change_by_control, "address": atlas.change_by_address}
    for name, change in ways.items():
        atlas.show_everything()
        figures[name] = measure(atlas, change)
    atlas.show_everything()
    figures["click"] = measure_clicks(atlas)
    atlas.change_in_legend()
    page.wait_for_timeout(QUIET_MS)
    before = atlas.place(), atlas.hidden_themes()
    atlas.change_by_control()
    page.wait_for_timeout(1500)
    after = atlas.place(), atlas.hidden_themes()
    return figures | {
        "reloads": not atlas.is_here(),
        "view_kept": after[0] == before[0],
        "toggles_kept": bool(before[1]) and after[1] == before[1],
    }


def measure_peer(page: Page, url: str, events: gpd.GeoDataFrame) -> dict[str, Any]:
    peer = Peer(page, url, events)
    control = measure(peer, peer.change_by_control)
    reloads = not peer.is_here()
    if reloads:
        peer.return_to_map()
    peer.frame.evaluate("() => { window.map.setView([31.1, 33.9], 11, { animate: false }); }")
    before = peer.place()
    peer.change_and_wait()
    is_kept = peer.place() == before
    peer.show_everything()
    return {"control": control, "reloads": reloads, "view_kept": is_kept, "click": measure_clicks(peer)}


@contextmanager
def open_page(browser: Browser) -> Iterator[Page]:
    """Open a page that reaches this machine; what the peer wants from elsewhere is answered from its packages."""
    files: list[tuple[str, str]] = import_module("browse").CDN

    def answer(route: Route) -> None:
        url = route.request.url
        if urlsplit(url).hostname in {"localhost", None, ""}:
            return route.continue_()
        for pattern, place in files:
            found = re.search(pattern, url)
            if found:
                path = BUILD / "node_modules" / place.format(*(found.groups() or ("",)))
                if path.is_file():
                    return route.fulfill(path=path)
        return route.fulfill(status=200, body="")

    context = browser.new_context(viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, color_scheme="light")
    context.route("**/*", answer)
    try:
        yield context.new_page()
    finally:
        context.close()


def write_events(size: int) -> tuple[gpd.GeoDataFrame, Path]:
    frame = load_peers().dataset(size).rename(columns={"layer": "theme", "start": "when", "para": "locator"})
    frame["statement"] = [f"Statement of event {row}: {claim}" for row, claim in enumerate(frame.pop("claim"))]
    path = BUILD / f"events-{size}.geojson"
    path.write_text(frame.to_json(), encoding="utf-8")
    return frame, path


def main() -> int:
    """Measure both apps and print one JSON line a size."""
    if not prepare():
        return 1
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium_flags())
        for size in SIZES:
            events, path = write_events(size)
            figures: dict[str, Any] = {"events": size, "load": [round(load, 1) for load in os.getloadavg()]}
            with run_app(ROOT, BUILD / "atlas.log", ATLAS_DATA=str(path)) as url, open_page(browser) as page:
                figures["atlas"] = measure_atlas(page, url, events)
            for way in ("render", "group"):
                log = BUILD / f"peer-{way}.log"
                peer = {"script": "benchmarks/peer_app.py", "EVENTS": str(path), "WAY": way}
                with run_app(ROOT, log, **peer) as url, open_page(browser) as page:
                    figures[f"st_folium_{way}"] = measure_peer(page, url, events)
            print(json.dumps(figures), flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
