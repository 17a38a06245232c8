"""A file that is made when it is asked for: what goes wrong with it is told below its button."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app import making
from app.making import Making
from app.markdown import escape_markdown
from exports.formats import Format
from geo.errors import InputError, Problem
from geo.view import Language
from layers.words import read_words
from tests.app_pages import open_tab, run

WORDS = read_words(Language.ENGLISH)
TOLD = "Invalid drawing 'a'. It cannot be drawn. Choose another format."


@pytest.mark.parametrize(
    ("error", "warnings", "errors"),
    [
        (InputError([Problem("pptx", TOLD)]), [TOLD], []),
        (ZeroDivisionError("nothing to divide"), [], [WORDS["file-fault"]]),
        (None, [], []),
    ],
)
def test_a_file_that_cannot_be_made_says_so(
    fresh_app: AppTest, monkeypatch: pytest.MonkeyPatch, error: Exception | None, warnings: list[str], errors: list[str]
) -> None:
    clicked: list[str] = []

    def click(_: str, **options: Any) -> bool:
        """Stand for a button that is pressed: the server makes the file that was offered before."""
        offered = options["data"]
        is_clicked = options["key"] in clicked
        if is_clicked:
            # the page asks for what was offered when the reader pressed
            Thread(target=run_quietly, args=(before[options["key"]],)).start()
        before[options["key"]] = offered
        return is_clicked

    def render(_: Format, *__: Any) -> bytes:
        if error:
            raise error
        return b"made"

    before: dict[str, Any] = {}
    monkeypatch.setattr(st, "download_button", click)
    app = open_tab(run(fresh_app), "files")
    app.selectbox(key="file-format").set_value(".csv")
    run(app)
    monkeypatch.setattr(Format, "render", render)
    clicked.append("download-file")
    run(app)
    clicked.clear()
    for _ in range(2):
        assert [warning.value for warning in app.warning] == list(map(escape_markdown, warnings))
        assert [each.value for each in app.error] == errors
        run(app)
    app.selectbox(key="file-format").set_value(".geojson")
    run(app)
    assert (list(app.error), list(app.warning)) == ([], [])


def run_quietly(make: Any) -> None:
    with suppress(InputError, ZeroDivisionError):
        make()


def test_a_file_that_nobody_begins_to_make_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_LONGEST_START_S", 0.01)
    making._wait_for(Making("a.csv"))
