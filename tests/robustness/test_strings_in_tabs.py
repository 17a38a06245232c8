"""Hostile strings in the tabs of the app, thousands of them: each is exact as value, citation, layer and title."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from layers.table import MOST_ROWS
from tests.app_server import run_app
from tests.robustness.hostile_strings import sample
from tests.robustness.string_events import as_title
from tests.robustness.test_strings_in_app import MARKUP, has_words, in_markdown, is_sound, trapped

pytestmark = pytest.mark.browser

STRINGS_APP = "tests/robustness/strings_app.py"
PARTS = 4
# the table has one row for each, and one for the feature that they all stand in
BATCH = MOST_ROWS - 1
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def told_strings(all_strings: list[str]) -> list[str]:
    """What can be told: more than blanks, in UTF-8, of a length that is no test of size."""
    return sample([text for text in all_strings if has_words(text) and len(text) < 20_000 and is_sound(text)], 240)


@pytest.fixture(scope="module")
def app_url(root: Path, told_strings: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("strings")
    path, log = folder / "strings.json", folder / "server.log"
    path.write_text(json.dumps(told_strings), encoding="utf-8")
    with run_app(root, log, script=STRINGS_APP, STRINGS=str(path)) as url:
        yield url
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_tabs_show_every_text(chromium: Browser, app_url: str, told_strings: list[str], part: int) -> None:
    size = min(BATCH, -(-len(told_strings) // PARTS))
    batches = -(-len(told_strings) // size)
    for batch in range(part, batches, PARTS):
        strings = told_strings[batch * size : (batch + 1) * size]
        cookies = [
            {"name": "batch", "value": str(batch), "url": app_url},
            {"name": "size", "value": str(size), "url": app_url},
        ]
        with trapped(chromium, f"{app_url}?feature=feature-0", storage_state={"cookies": cookies}) as page:
            check_evidence(page, strings)
            check_table(page, strings)
            check_sources(page, strings)
            check_licences(page, strings)


def check_evidence(page: Page, strings: list[str]) -> None:
    """See that each claim has its words in bold, and that who says so, source and passage are told beside them."""
    panel = open_tab(page, "Evidence")
    claims = panel.locator("[data-testid=stMarkdownContainer] > ul > li")
    claims.nth(len(strings) - 1).wait_for(timeout=WAIT_MS)
    told = claims.evaluate_all("found => found.map((li) => [li.querySelector('strong').textContent, li.textContent])")
    expected = [in_markdown(text) for text in strings]
    assert [statement for statement, _ in told] == expected
    # the statement, who says so, title, where it appeared, first and last words
    assert [text for text, (_, whole) in zip(expected, told, strict=True) if whole.count(text) < 6] == []
    assert in_markdown(", ".join(strings)) in (panel.text_content() or "")


def check_table(page: Page, strings: list[str]) -> None:
    """See that the table has each text in a row of its own, as an event and as a claim."""
    panel = open_tab(page, "Table")
    rows = read_rows(page, len(strings) + 1)
    cells = [in_cell(text) for text in strings]
    assert [(row[0], row[3]) for row in rows[1:]] == [(cell, cell) for cell in cells]
    # what is no title at all is named after its number
    layers = [in_cell(as_title(text)) or f"Theme {number}" for number, text in enumerate(strings)]
    assert [row[1] for row in rows[1:]] == layers
    panel.get_by_role("radio", name="Claim").click()
    page.locator("[data-testid=stDataFrame] th", has_text="Statement").wait_for(state="attached")
    rows = read_rows(page, min(2 * len(strings), MOST_ROWS))
    assert [row[2:4] for row in rows[: len(strings)]] == [[cell, cell] for cell in cells]


def in_cell(text: str) -> str:
    """A text as a cell of the table shows it: the browser takes a mark of byte order off its start."""
    return text.removeprefix("\ufeff")


def read_rows(page: Page, count: int) -> list[list[str]]:
    """Every cell of the table, which has them as text beside its drawing where there is room for all."""
    usual = page.viewport_size
    assert usual is not None
    page.get_by_test_id("stDataFrame").hover()
    page.get_by_role("button", name="Fullscreen").click()
    page.set_viewport_size({"width": 2400, "height": 60 * count + 400})
    cells = page.locator("[data-testid=stDataFrame] table tbody tr")
    cells.nth(count - 1).wait_for(state="attached", timeout=WAIT_MS)
    rows: list[list[str]] = cells.evaluate_all(
        "rows => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))"
    )
    page.set_viewport_size(usual)
    page.keyboard.press("Escape")
    return rows


def check_sources(page: Page, strings: list[str]) -> None:
    """See that each work stands in a paragraph of its own, with its title and where it appeared."""
    panel = open_tab(page, "Sources")
    works = panel.locator("[data-testid=stMarkdownContainer] > p")
    works.nth(len(strings) - 1).wait_for(timeout=WAIT_MS)
    told = works.all_text_contents()[: len(strings)]
    expected = [in_markdown(f"“{text}”, {text},") for text in strings]
    assert [text for text, work in zip(expected, told, strict=True) if text not in work] == []


def check_licences(page: Page, strings: list[str]) -> None:
    """See that each table has a line with its title, licence and source."""
    panel = open_tab(page, "About")
    titles = [in_markdown(as_title(text)) for text in strings]
    titles = [title for title in titles if title]
    lines = panel.locator("li", has_text="Events: ")
    lines.nth(len(titles) - 1).wait_for(timeout=WAIT_MS)
    told = lines.all_text_contents()
    # the title, after it licence and source
    missed = [
        title for title in titles if not any(f"Events: {title}" in line and line.count(title) >= 3 for line in told)
    ]
    assert missed == []


def open_tab(page: Page, name: str) -> Any:
    """Open a tab, whose text then has no markup of the data."""
    page.get_by_role("tab", name=name).press("Enter")
    panel = page.get_by_role("tabpanel", name=name)
    panel.locator("[data-testid=stMarkdownContainer], [data-testid=stDataFrame]").first.wait_for(timeout=WAIT_MS)
    assert panel.locator("[data-testid=stMarkdownContainer]").locator(MARKUP).count() == 0
    return panel
