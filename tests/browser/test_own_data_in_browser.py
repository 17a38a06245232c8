"""A reader's own file in the app: looked through, mended, shown beside the atlas, taken away; nobody else sees it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.app_server import run_app
from tests.browser.test_app_in_browser import map_frame, open_app
from tests.conftest import open_recorded_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BLOCKS = b"""id;lat;lon;date;kind;notes
b1;31.13;33.80;12/03/2015;<img src=x onerror=alert(1)>;{{ 7 * 7 }} near the town
b2;31.28;34.24;31/12/2015;<img src=x onerror=alert(1)>;another one
b3;;;2015-06-01;Patrol;no place
"""
NAME = "</script><b>blocks.csv"
WAIT_MS = 20_000


@pytest.fixture(scope="module")
def app_url(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("own") / "server.log"
    with run_app(root, log) as url:
        yield url
    assert "Traceback" not in log.read_text(encoding="utf-8")


def bring(page: Page, name: str, content: bytes) -> None:
    page.locator(".st-key-own input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def wait_for_count(page: Page, text: str) -> None:
    page.frame_locator("iframe[sandbox]").locator("#atlas-shown", has_text=text).wait_for(timeout=WAIT_MS)


def test_own_data_are_looked_through_shown_and_taken_away(chromium: Browser, app_url: str) -> None:
    with open_recorded_page(chromium, reaches_localhost=True) as recorded:
        page = recorded.page
        open_app(recorded, app_url)
        wait_for_count(page, "Showing 141 of 141")
        page.get_by_role("tab", name="Your data").press("Enter")
        bring(page, NAME, BLOCKS)
        file = page.locator("[class*=st-key-own-1]").first
        file.get_by_text("Rows: 3; drawn: 2, listed: 1. Values changed: 2.").wait_for(timeout=WAIT_MS)
        assert "</script><b>blocks" in file.inner_text(), "the file's name is shown as it is"
        wait_for_count(page, "Showing 141 of 141")

        words = "Read dates as day, month, year"
        expect(file.get_by_role("checkbox")).to_have_accessible_name(f"{words}, such as 31/12/2015 (2)")
        file.get_by_text("Dates such as '12/03/2015' can be read as day, month, year").wait_for()
        file.get_by_text(words).click()
        file.get_by_text("was read as a date of the form").first.wait_for(state="attached", timeout=WAIT_MS)
        file.get_by_label("Title").fill("Road blocks")
        page.keyboard.press("Tab")
        file.get_by_text(re.compile("^Road blocks")).first.wait_for(timeout=WAIT_MS)
        file.get_by_role("button", name="Show on the map").click()
        wait_for_count(page, "Showing 144 of 144")
        frame = map_frame(page)
        names = frame.locator(".layer-name").all_inner_texts()
        assert names[-2:] == ["<img src=x onerror=alert(1)>", "Patrol"]

        page.get_by_role("tab", name="Table").press("Enter")
        page.locator(".st-key-table [data-testid=stDataFrame]").wait_for(timeout=WAIT_MS)
        with page.expect_download() as started:
            page.locator(".st-key-table").get_by_role("button", name="Download CSV").click()
        rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8-sig"))))
        own = [row for row in rows if "near the town" in row["statement"]]
        assert [row["statement"] for row in own] == ["{{ 7 * 7 }} near the town"]
        assert "2015-03-12" in own[0].values(), "the mend that was chosen was made"

        page.get_by_role("tab", name="Your data").press("Enter")
        with page.expect_download() as started:
            page.get_by_role("button", name="Download the report (CSV)").click()
        report = Path(started.value.path()).read_text(encoding="utf-8-sig")
        assert len(report.splitlines()) == 1 + 1 + 2, "a heading, a listed row, two mended dates"

        with open_recorded_page(chromium, reaches_localhost=True) as other:
            open_app(other, app_url)
            wait_for_count(other.page, "Showing 141 of 141")

        page.get_by_role("button", name="Take away").click()
        wait_for_count(page, "Showing 141 of 141")
        assert recorded.errors == []


def test_a_file_that_is_refused_says_why(chromium: Browser, app_url: str) -> None:
    with open_recorded_page(chromium, reaches_localhost=True) as recorded:
        page = recorded.page
        open_app(recorded, app_url)
        page.get_by_role("tab", name="Your data").press("Enter")
        bring(page, "notes.csv", b"only,words\nno,places\n")
        alert = page.locator("[class*=st-key-own-1] [data-testid=stAlert]")
        alert.wait_for(timeout=WAIT_MS)
        assert "No coordinates were found. It has the columns only, words." in alert.inner_text()
        assert page.get_by_role("button", name="Show on the map").is_disabled()
