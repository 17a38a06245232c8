"""The app as Streamlit's own test runs it, over the packaged data alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.app_pages import open_tab, run


@pytest.fixture
def fresh_app(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app before its first run."""
    monkeypatch.delenv("ARTICLES", raising=False)
    monkeypatch.delenv("ATLAS_DATA", raising=False)
    yield AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60)
    st.cache_resource.clear()


@pytest.fixture
def app(fresh_app: AppTest) -> AppTest:
    """The app at the tab for a reader's own data."""
    return open_tab(run(fresh_app), "own")
