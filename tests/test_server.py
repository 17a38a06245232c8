"""The server of the app: ready before the first visitor comes, and guarded by headers."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest
import streamlit as st

import server
from app.map import load_document
from geo.dataset import read_dataset
from geo.view import Language
from layers.basemaps import OFFLINE
from layers.bridge import MapDocument
from tests.app_server import run_app


def test_warm_up_makes_the_page_that_most_see_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATLAS_DATA", raising=False)
    st.cache_resource.clear()
    server.warm_up()
    monkeypatch.setattr(MapDocument, "pack", lambda _: pytest.fail("the page was not there yet"))
    dataset = read_dataset()
    assert load_document(dataset.sha256, Language.ENGLISH, OFFLINE, dataset).content
    st.cache_resource.clear()


def test_warm_up_leaves_faulty_data_to_be_told_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path / "none.geojson"))
    st.cache_resource.clear()
    server.warm_up()
    st.cache_resource.clear()


def test_every_answer_carries_the_headers(root: Path, tmp_path: Path) -> None:
    with run_app(root, tmp_path / "log") as address:
        for path in ("", "_stcore/health", "no-such-page.js"):
            with urlopen(address + path) as answer:
                found = {name: answer.headers[name] for name in server.HEADERS}
            assert found == server.HEADERS, path
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_fault_is_logged_and_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "error", told.append)
    assert server.tell_fault(ZeroDivisionError("nothing to divide"))
    assert told[0].startswith("Something went wrong in the atlas. Load the page again")
    assert "nothing to divide" in caplog.text
