"""Hostile strings in files that a reader brings in the app: as names of files and of fields, and as values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, TimeoutError

from geo.intake.shelf import MOST_FILES
from geo.view import Language
from layers.evidence import MOST_FIELDS
from layers.words import read_words
from tests.app_server import run_app
from tests.robustness.hostile_strings import FUZZ, sample
from tests.robustness.test_strings_in_app import MARKUP, has_words, in_markdown, is_sound, map_frame, trapped

pytestmark = pytest.mark.browser

PARTS = 2
# what no text of a file stays: these signs stand for none, and the intake lists that it replaced them
REPLACED = {"\x00", "\ufffe", "\uffff"}
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def brought_strings(all_strings: list[str]) -> list[str]:
    """What a file can say: more than blanks, in UTF-8, of a length that is no test of size."""
    return [text for text in all_strings if has_words(text) and len(text) < 2000 and is_sound(text)]


@pytest.fixture(scope="module")
def app_url(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("brought") / "server.log"
    with run_app(root, log) as url:
        yield url
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_fields_and_values_of_a_file_are_text(
    chromium: Browser, app_url: str, brought_strings: list[str], part: int
) -> None:
    some = sample([text for text in brought_strings if not is_replaced(text)], PARTS * (MOST_FIELDS - 20))
    for start in range(part * MOST_FIELDS, len(some), PARTS * MOST_FIELDS):
        batch = name_fields(some[start : start + MOST_FIELDS])
        with trapped(chromium, app_url) as page:
            map_frame(page)
            page.get_by_role("tab", name="Your data").press("Enter")
            bring(page, [("events.geojson", one_event(batch))])
            file = page.locator("[class*=st-key-own-1]").first
            file.get_by_role("button", name="Show on the map").wait_for(timeout=WAIT_MS)
            page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=WAIT_MS)
            check_choices(page, file, list(batch))
            file.get_by_role("button", name="Show on the map").click()
            page.frame_locator("iframe[sandbox]").locator("#atlas-shown", has_text="142 of 142").wait_for()
            page.get_by_role("tab", name="Evidence").press("Enter")
            map_frame(page).evaluate("() => atlas.choose('the-event')")
            check_row(page, batch)


def is_replaced(text: str) -> bool:
    """Whether a text holds signs that the intake replaces."""
    return any(sign in REPLACED or (ord(sign) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF for sign in text)


def name_fields(texts: Sequence[str]) -> dict[str, str]:
    """Fields that hold texts and are called by them, but where a column so called may be taken for more."""
    return {f"cell {number}" if plays_a_role(text) else text: text for number, text in enumerate(texts)}


def plays_a_role(name: str) -> bool:
    """Whether a column may be taken for a name, a date, a place: it is called by a word, whatever signs surround it."""
    return re.sub(r"[\W_]+", "", name).isalnum() and len(name.split()) <= 2 and len(name) < 16


def one_event(fields: dict[str, str]) -> bytes:
    """A file of one event with these fields."""
    place = {"type": "Point", "coordinates": [34.2, 31.2]}
    event = {"type": "Feature", "id": "the-event", "geometry": place, "properties": fields}
    return json.dumps({"type": "FeatureCollection", "features": [event]}).encode()


def bring(page: Page, files: Sequence[tuple[str, bytes]]) -> None:
    page.locator(".st-key-own input[type=file]").set_input_files(
        [FilePayload(name=name, mimeType="application/octet-stream", buffer=content) for name, content in files]
    )


def check_choices(page: Page, file: Locator, fields: Sequence[str]) -> None:
    """See that each column that can be chosen is called as in the file, as far as a list of choices shows them."""
    file.get_by_text(read_words(Language.ENGLISH)["own-columns"]).click()
    options = page.locator("[role=listbox] [role=option]")
    open_list(file.get_by_role("combobox", name="Name"), options.nth(3))
    told = options.all_text_contents()[2:]
    assert told == list(fields[: len(told)])
    page.keyboard.press("Escape")


def open_list(box: Locator, option: Locator) -> None:
    """Open a list of choices, which closes again where the page around it is still moving."""
    for _ in range(9):
        box.press("ArrowDown")
        with suppress(TimeoutError):
            option.wait_for(timeout=2000)
            return
    pytest.fail("the list of choices does not open")


def check_row(page: Page, fields: dict[str, str]) -> None:
    """See that the evidence has each field with its value, as text."""
    panel = page.get_by_role("tabpanel", name="Evidence")
    rows = panel.locator("table tbody tr")
    rows.nth(len(fields)).wait_for(timeout=WAIT_MS)
    told = rows.evaluate_all("rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))")
    # the first tells of the table
    assert told[1:] == [[in_markdown(name), in_markdown(value)] for name, value in fields.items()]
    assert panel.locator(MARKUP).count() == 0


@pytest.mark.parametrize("part", range(PARTS))
def test_names_of_files_that_are_refused_are_text(
    chromium: Browser, app_url: str, brought_strings: list[str], part: int
) -> None:
    some = sample(usable_names(brought_strings), PARTS * MOST_FILES)
    for start in range(part * MOST_FILES, len(some), PARTS * MOST_FILES):
        check_names(chromium, app_url, some[start : start + MOST_FILES], b"")


def test_names_of_files_that_are_read_are_text(chromium: Browser, app_url: str, brought_strings: list[str]) -> None:
    some = sample(usable_names(brought_strings), MOST_FILES)
    some = some[:: max(1, len(some) // 600)] if FUZZ else some  # each is read in a process of its own
    for start in range(0, len(some), MOST_FILES):
        check_names(chromium, app_url, some[start : start + MOST_FILES], b"no,places\n1,2\n")


def usable_names(texts: Sequence[str]) -> list[str]:
    """Texts of a length that a file's name may have."""
    return [text for text in texts if len(text) < 200]


def check_names(chromium: Browser, app_url: str, names: Sequence[str], content: bytes) -> None:
    """Send files of these names, and see that each is called so, as text."""
    with trapped(chromium, app_url) as page:
        map_frame(page)
        page.get_by_role("tab", name="Your data").press("Enter")
        bring(page, [(f"{name}.csv", content) for name in names])
        headings = page.locator("[class*=st-key-own-] [data-testid=stMarkdownContainer] strong")
        headings.nth(len(names) - 1).wait_for(timeout=WAIT_MS)
        assert headings.all_text_contents() == [in_markdown(as_sent(f"{name}.csv")) for name in names]
        assert page.locator("[data-testid=stMarkdownContainer]").locator(MARKUP).count() == 0


def as_sent(name: str) -> str:
    """A file's name as it comes: a form says quotation marks and ends of lines as it says their escapes.

    Of two backslashes the server's reader of forms takes the first for an escape, and of a whole path on a Windows
    machine, which browsers of old sent, it takes the last part.
    """
    name = name.replace("\\\\", "\\")
    if name[1:3] == ":\\" or name.startswith("\\\\"):
        name = name.rpartition("\\")[2]
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
