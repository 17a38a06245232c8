"""Take the README's picture of the map: the page as a browser shows it, with the evidence for one mark opened.

Run: ``python -m tools.picture_map``. It writes ``docs/map.png``.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from geo.dataset import read_dataset
from geo.model import Extent
from geo.view import View
from layers.page import render_page
from tools.find_chromium import chromium_flags, find_chromium

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "map.png"
VIEW = View(feature="philadelphi-corridor", extent=Extent(west=33.66, south=30.93, east=34.72, north=31.62))
WIDTH_PX, HEIGHT_PX = 1280, 800
# names and the legend are painted in the page's idle moments
SETTLE_MS = 1500


def main() -> None:
    """Write the picture."""
    argparse.ArgumentParser(description="Write docs/map.png, the README's picture.").parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "map.html"
        page_file.write_text(render_page(read_dataset(), VIEW), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=chromium_flags())
        page = browser.new_page(viewport={"width": WIDTH_PX, "height": HEIGHT_PX})
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"Wrote {PICTURE}.")


if __name__ == "__main__":
    main()
