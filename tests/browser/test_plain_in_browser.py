"""A page whose script does not run or fails says what it holds and why the map is not there: never a blank page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.dataset import Dataset
from geo.view import Language, View
from layers.elements import read_scripts
from layers.page import render_page
from tests.conftest import RecordedPage, open_recorded_page
from tests.hostile_data import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FAILS = "The map could not be drawn"
OFF = "scripts are switched off here"


def cut_in_half(document: str) -> str:
    return document[: document.index('"precision"')]


def spoil_data(document: str) -> str:
    return document.replace('"features":{', '"features":{{', 1)


def rows_shown(page: Page) -> int:
    return page.locator(".plain tbody tr:visible").count()


def open_text(recorded: RecordedPage, folder: Path, document: str) -> Page:
    path = folder / "map.html"
    path.write_text(document, encoding="utf-8")
    recorded.page.goto(path.as_uri())
    return recorded.page


@pytest.mark.parametrize(("spoil", "reason"), [(cut_in_half, "drawn."), (spoil_data, "drawn (Uncaught SyntaxError")])
def test_damaged_file_shows_its_table_and_the_reason(
    page_offline: RecordedPage, tmp_path: Path, dataset: Dataset, spoil: Callable[[str], str], reason: str
) -> None:
    page = open_text(page_offline, tmp_path, spoil(render_page(dataset)))
    why = page.get_by_role("alert").inner_text()
    assert reason in why
    assert rows_shown(page) == len(dataset.features)
    assert dataset.features[0].claims[0].statement in page.locator("tbody").inner_text()


def test_script_that_came_in_half_leaves_the_table(
    page_offline: RecordedPage, tmp_path: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_scripts()
    monkeypatch.setattr("layers.elements.read_scripts", lambda: whole[: len(whole) // 2])
    page = open_text(page_offline, tmp_path, render_page(dataset))
    assert FAILS in page.get_by_role("alert").inner_text()
    assert rows_shown(page) == len(dataset.features)


def test_file_cut_before_its_table_says_so(page_offline: RecordedPage, tmp_path: Path, dataset: Dataset) -> None:
    document = render_page(dataset)
    page = open_text(page_offline, tmp_path, document[: document.index("<noscript>")])
    assert FAILS in page.get_by_role("alert").inner_text()


def test_page_without_scripts_shows_its_table(chromium: Browser, tmp_path: Path, dataset: Dataset) -> None:
    with open_recorded_page(chromium, reaches_localhost=False, java_script_enabled=False) as recorded:
        page = open_text(recorded, tmp_path, render_page(dataset, View(language=Language.ARABIC)))
        assert rows_shown(page) == len(dataset.features)
        assert page.locator(".why").is_visible()
        assert page.locator("h1").first.inner_text() == "أطلس الممر: غزة وسيناء"
        page = open_text(recorded, tmp_path, render_page(dataset))
        assert OFF in page.locator(".why").inner_text()


@pytest.mark.parametrize(
    "fault",
    [
        "HTMLCanvasElement.prototype.getContext = () => { throw new Error('no drawing here') }",
        "window.matchMedia = undefined",
        "Object.defineProperty(window, 'Map', { value: undefined })",
    ],
)
def test_script_that_fails_at_start_leaves_the_table(
    page_offline: RecordedPage, write_page: Callable[..., str], dataset: Dataset, fault: str
) -> None:
    page_offline.page.add_init_script(fault)
    page_offline.page.goto(write_page())
    assert FAILS in page_offline.page.get_by_role("alert").inner_text()
    assert rows_shown(page_offline.page) == len(dataset.features)


def test_sound_page_shows_no_table(page_offline: RecordedPage, write_page: Callable[..., str]) -> None:
    page_offline.page.goto(write_page())
    page_offline.page.wait_for_function("() => document.documentElement.dataset.ready")
    assert page_offline.page.locator(".plain").count() == 0
    assert page_offline.errors == []


def test_hostile_text_is_text_in_the_table_too(page_offline: RecordedPage, tmp_path: Path, dataset: Dataset) -> None:
    first = dataset.features[0]
    names = [f"{text}</noscript><script>window.ran=1</script>" for text in HOSTILE][:20]
    features = [first.model_copy(update={"id": f"f-{n}", "name": name, "names": {}}) for n, name in enumerate(names)]
    document = render_page(replace(dataset, features=tuple(features), tours=()))
    page = open_text(page_offline, tmp_path, spoil_data(document))
    shown = page.locator("tbody td:first-child").all_text_contents()
    assert [" ".join(text.split()) for text in shown] == [" ".join(name.split()) for name in names]
    assert page.evaluate("window.ran") is None
    assert page_offline.refused == []
