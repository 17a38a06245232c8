"""The app with a file of its own missing: one sentence, and all that does without the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.markdown import escape_markdown
from geo.own_files import read_own_text
from layers.elements import ASSETS

TOLD = escape_markdown("The atlas's own file 'layers/assets/gone' is missing. Install the atlas again.")


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    for name in ("ARTICLES", "ATLAS_DATA"):
        monkeypatch.delenv(name, raising=False)
    st.cache_resource.clear()
    yield AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60)
    st.cache_resource.clear()


def miss(*_: Any, **__: Any) -> None:
    read_own_text(ASSETS / "gone")


def test_page_that_cannot_be_made_leaves_evidence_and_table(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.map.render_page", miss)
    app.run()
    assert not app.exception
    (error,) = app.error
    assert TOLD in error.value
    assert app.tabs


def test_words_that_are_missing_are_one_sentence(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.controls.read_words", miss)
    app.run()
    assert not app.exception
    assert [TOLD in error.value for error in app.error] == [True]
