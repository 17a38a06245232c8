"""What a reader decides of a file of their own: suggested as far as it can be, and kept while they look elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.intake.shelf import Shelf
from geo.view import Language
from layers.words import read_words
from tests.app_pages import bring, open_tab, run

WORDS = read_words(Language.ENGLISH)
NO_PLACES = "label;date;kind;how far\nGate;2015-07-01;Patrol;12\n"
DATES = "id;lat;lon;date\nb1;31.13;33.80;12/03/2015\nb2;31.28;34.24;31/12/2015\n"


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.delenv("ARTICLES", raising=False)
    monkeypatch.delenv("ATLAS_DATA", raising=False)
    yield open_tab(run(AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60)), "own")
    st.cache_resource.clear()


def suggested(app: AppTest) -> dict[str, str]:
    """What is suggested for each role."""
    start = "own-role-1-"
    boxes = (box for box in app.selectbox if box.key and box.key.startswith(start))
    return {str(box.key).removeprefix(start): box.options[0] for box in boxes}


def test_other_columns_are_suggested_while_nothing_tells_where_rows_lie(app: AppTest) -> None:
    bring(app, "notes.csv", NO_PLACES)
    assert "No coordinates were found" in app.warning[0].value
    found = suggested(app)
    assert {role: found[role] for role in ("lon", "name", "when", "theme")} == {
        "lon": WORDS["own-suggested-none"],
        "name": WORDS["own-suggested"].format("label"),
        "when": WORDS["own-suggested"].format("date"),
        "theme": WORDS["own-suggested"].format("kind"),
    }


def test_what_was_decided_stands_when_the_reader_comes_back(app: AppTest) -> None:
    bring(app, "events.csv", DATES)
    app.checkbox(key="own-mend-1-day-month-year").check()
    run(app).text_input(key="own-source-1").input("A. Reader")
    run(app).selectbox(key="own-role-1-name").set_value(2)
    run(app).text_input(key="own-crs-1").input("EPSG:4326")
    decided = run(app).session_state["shelf"].files[0].choices
    assert (decided.mends, decided.about.source, decided.mapping.crs) == (("day-month-year",), "A. Reader", "EPSG:4326")
    open_tab(open_tab(app, "sources"), "own")
    shelf: Shelf = app.session_state["shelf"]
    assert shelf.files[0].choices == decided
    assert app.checkbox(key="own-mend-1-day-month-year").value
    assert app.text_input(key="own-source-1").value == "A. Reader"
    assert app.selectbox(key="own-role-1-name").value == 2


def test_another_appearance_runs_the_map_and_the_open_tab_alone(app: AppTest) -> None:
    assert app.tabs
    visit = app.session_state["visit"]
    app.radio(key="appearance").set_value("dark")
    run(app)
    assert app.session_state["visit"].turn == visit.turn + 1
    assert app.query_params["appearance"] in ("dark", ["dark"])
    # the tree holds what was sent: the row of tabs and the sidebar stand as they were
    assert not app.tabs
    assert not app.sidebar.radio
