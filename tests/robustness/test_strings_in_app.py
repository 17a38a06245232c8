"""Hostile strings in the app, in a real browser: none runs, none becomes markup, each is shown as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from exports.formats import FORMATS
from geo.view import View
from tests.app_server import run_app
from tests.conftest import open_recorded_page
from tests.robustness.string_events import events_of
from tests.robustness.test_strings_in_page import TRAP

pytestmark = pytest.mark.browser

MARKDOWN_APP = "tests/robustness/markdown_app.py"
# what the text of a reader's data never becomes
MARKUP = "img, svg image, iframe, script, object, embed, input, code, pre, h1, h2, .katex"


def in_markdown(text: str) -> str:
    """A text as the app shows it: CommonMark shows NUL as the mark for what cannot be read, and cuts ends of lines."""
    plain = re.sub(r"[\x0b\x1c-\x1f\x85]", " ", text).replace("\x00", "\ufffd")
    return re.sub(r"[ \t]*(\r?\n|\r)[ \t]*", r"\1", plain)


def has_words(text: str) -> bool:
    """Whether a text is more than blanks, of which a mark of byte order is one to browsers."""
    return bool(text.replace("\ufeff", " ").split())


@contextmanager
def trapped(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """Open the app, and see to it that nothing runs and nothing but this machine is asked."""
    with open_recorded_page(browser, reaches_localhost=True, **options) as recorded:
        page, dialogs = recorded.page, list[str]()
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.add_init_script(TRAP)
        page.goto(url)
        yield page
        assert page.evaluate("() => window.ran") == []
        assert (dialogs, recorded.refused, recorded.errors) == ([], [], [])


def test_markdown_shows_every_text(chromium: Browser, root: Path, mixed_strings: list[str], tmp_path: Path) -> None:
    # a text of nothing but blanks is none; very long ones are a matter of size; lone surrogates reach no app
    some = [text for text in mixed_strings if text.split() and len(text) < 20_000 and is_sound(text)]
    path, log = tmp_path / "strings.json", tmp_path / "server.log"
    path.write_text(json.dumps(some), encoding="utf-8")
    with run_app(root, log, script=MARKDOWN_APP, STRINGS=str(path)) as url, trapped(chromium, url) as page:
        page.locator(".st-key-end").wait_for(state="attached", timeout=300_000)
        page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
        )
        told: list[list[str]] = page.evaluate(
            """() => [...document.querySelectorAll("[class*=st-key-text-]")].map((box) =>
                [...box.querySelectorAll("[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]")]
                    .map((part) => part.textContent))"""
        )
        markup = page.locator("[data-testid=stMarkdownContainer]").locator(MARKUP)
        assert markup.evaluate_all("found => found.map((each) => each.outerHTML)") == []
    assert len(told) == len(some)
    wrong = {}
    for given, shown in zip(some, told, strict=True):
        text, line, told_why = map(in_markdown, (given, f"label: {given}", f"Invalid: {given}"))
        expected = [text, line, f"\n{text}\n", text, f"head{text}cell{text}", told_why]
        if shown != expected:
            wrong[given] = shown
    assert not wrong, ascii(wrong)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def is_sound(text: str) -> bool:
    """Whether UTF-8 holds a text."""
    return not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)


def test_evidence_of_any_event_is_text(chromium: Browser, root: Path, mixed_strings: list[str], tmp_path: Path) -> None:
    some = [text for text in mixed_strings if text.split() and len(text) < 2000 and is_sound(text)]
    some = [text for text in some if any(sign in text for sign in "<[:$`&*")][::9][:4]
    data, log = tmp_path / "events.geojson", tmp_path / "server.log"
    data.write_bytes(FORMATS[".geojson"].render(events_of(some), View()))
    with run_app(root, log, ATLAS_DATA=str(data)) as url, trapped(chromium, url) as page:
        frame = map_frame(page)
        page.get_by_role("tab", name="Evidence").press("Enter")
        for number, text in enumerate(some):
            frame.evaluate("id => atlas.choose(id)", f"event-{number}")
            heading = page.get_by_role("tabpanel").get_by_role("heading", level=3)
            expect(heading).to_have_text(in_markdown(text), timeout=15_000)
            # name, statement, who says so, and where it stands
            panel = page.get_by_role("tabpanel", name="Evidence")
            panel.filter(has_text=re.compile(f"({re.escape(in_markdown(text))}.*){{4}}", re.DOTALL)).wait_for()
            assert panel.locator(MARKUP).count() == 0
        page.get_by_role("tab", name="Table").press("Enter")
        page.get_by_test_id("stDataFrame").first.wait_for()
        assert frame.evaluate("() => window.ran") == []
    assert "Traceback" not in log.read_text(encoding="utf-8")


def map_frame(page: Page) -> Any:
    """The map's frame, once the app has connected to it."""
    page.frame_locator("iframe[sandbox]").locator("html[data-ready]").wait_for(state="attached", timeout=30_000)
    frame = page.locator("iframe[sandbox]").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function("() => atlas.publicAddress !== undefined")
    return frame
