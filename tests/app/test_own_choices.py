"""What a reader decides of a file of their own: suggested as far as it can be, and kept while they look elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.markdown import escape_markdown
from geo.intake.mends import MENDS
from geo.intake.shelf import Shelf
from geo.view import Language
from layers.telling import tell
from layers.words import read_words
from tests.app_pages import bring, open_tab, run

WORDS = read_words(Language.ENGLISH)
NO_PLACES = "label;date;kind;how far\nGate;2015-07-01;Patrol;12\n"
DATES = "id;lat;lon;date\nb1;31.13;33.80;12/03/2015\nb2;31.28;34.24;31/12/2015\n"


@pytest.fixture
def app(fresh_app: AppTest) -> AppTest:
    return open_tab(run(fresh_app), "own")


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


def test_the_first_rows_stand_beside_what_was_found_in_them(app: AppTest) -> None:
    bring(app, "events.csv", DATES + "b3;31.2;34.1;2016\nb4;31.2;34.2;2017\n")
    (rows,) = (table.value for table in app.dataframe if "lat" in table.value)
    assert rows.to_dict("list") == {
        "id": ["b1", "b2", "b3"],
        "lat": ["31.13", "31.28", "31.2"],
        "lon": ["33.80", "34.24", "34.1"],
        "date": ["12/03/2015", "31/12/2015", "2016"],
    }
    assert any("divided by semicolons" in caption.value for caption in app.caption)


def test_columns_that_are_not_among_the_first_are_counted(app: AppTest) -> None:
    names = ["lon", "lat", *(f"more {number}" for number in range(70))]
    bring(app, "wide.csv", ",".join(names) + "\n34.2,31.2" + ",7" * 70 + "\n")
    (rows,) = (table.value for table in app.dataframe if "lat" in table.value)
    assert list(rows) == names[:60]
    told = escape_markdown(WORDS["own-first-columns"].format(60, 72))
    assert told in [caption.value for caption in app.caption]


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


@pytest.mark.parametrize("language", list(Language))
def test_a_mend_is_called_by_words_without_escapes_and_what_was_found_stands_below(
    root: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.delenv("ARTICLES", raising=False)
    monkeypatch.delenv("ATLAS_DATA", raising=False)
    app = AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = language.value
    bring(open_tab(run(app), "own", language), "events.csv", DATES)
    words = read_words(language)["own-mend-day-month-year"]
    assert app.checkbox(key="own-mend-1-day-month-year").label == f"{words} (2)"
    found = tell("Dates such as '12/03/2015' can be read as day, month, year, such as 31/12/2015.", language)
    assert found is not None
    assert escape_markdown(found) in [caption.value for caption in app.caption]
    st.cache_resource.clear()


@pytest.mark.parametrize("language", list(Language))
def test_words_of_mends_mean_nothing_to_markdown(language: Language) -> None:
    signs = re.compile(r"[\\`*_~$\[\]<>#|:&!]")
    assert [kind for kind in MENDS if signs.search(read_words(language)[f"own-mend-{kind}"])] == []
