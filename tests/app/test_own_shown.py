"""A reader's own file in the app: what can be said of it once it is shown, what is refused, what is told meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.dataset import Dataset
from geo.intake.shelf import Shelf
from geo.own_tables import OwnTable
from geo.view import Language
from layers.words import read_words
from tests.app_pages import bring, open_tab, run

WORDS = read_words(Language.ENGLISH)
PATROLS = "id,lon,lat,when\np1,34.3,31.2,2015-05-01\np2,34.4,31.3,2015-06\n"


@pytest.fixture
def app(fresh_app: AppTest) -> AppTest:
    return open_tab(run(fresh_app), "own")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what is said of work that goes on."""
    said: list[str] = []
    status, spinner = st.status, st.spinner

    def note_status(label: str, **options: Any) -> Any:
        said.append(label)
        return status(label, **options)

    def note_spinner(label: str, **options: Any) -> Any:
        said.append(label)
        return spinner(label, **options)

    monkeypatch.setattr(st, "status", note_status)
    monkeypatch.setattr(st, "spinner", note_spinner)
    return said


def show(app: AppTest) -> AppTest:
    bring(app, "patrols.csv", PATROLS)
    app.button(key="own-show-1").click()
    return run(app)


def joined(app: AppTest) -> Dataset:
    dataset: Dataset = app.session_state["joined"][1]
    return dataset


def test_all_that_is_said_of_a_shown_file_can_be_changed(app: AppTest) -> None:
    show(app)
    before = joined(app).sha256
    for field, text in {"title": "Night patrols", "source": "A. Reader", "licence": "CC BY 4.0"}.items():
        app.text_input(key=f"own-{field}-shown-1").input(text)
        run(app)
    app.selectbox(key="own-colour-shown-1").set_value("#b34d00")
    run(app)
    (table,) = joined(app).tables
    assert isinstance(table, OwnTable)
    assert (table.title, table.source, table.licence, table.colour) == (
        "Night patrols",
        "A. Reader",
        "CC BY 4.0",
        "#b34d00",
    )
    assert joined(app).sha256 != before
    assert app.text_input(key="own-source-shown-1").value == "A. Reader"
    open_tab(open_tab(app, "sources"), "own")
    assert app.text_input(key="own-title-shown-1").value == "Night patrols"
    assert app.selectbox(key="own-colour-shown-1").value == "#b34d00"


def test_what_was_said_before_a_file_was_shown_stands_in_its_fields(app: AppTest) -> None:
    bring(app, "patrols.csv", PATROLS)
    app.text_input(key="own-licence-1").input("CC0")
    run(app).button(key="own-show-1").click()
    run(app)
    assert app.text_input(key="own-title-shown-1").value == "patrols"
    assert app.text_input(key="own-licence-shown-1").value == "CC0"


def test_a_colour_of_no_use_is_told_in_a_sentence_and_changes_nothing(app: AppTest) -> None:
    show(app)
    before = joined(app).sha256
    box = app.selectbox(key="own-colour-shown-1")
    box.options.append("red")  # as a reader types one that is not offered
    box.set_value("red")
    run(app)
    assert "It is \\# and six hexadecimal digits" in app.warning[0].value
    assert joined(app).sha256 == before
    app.text_input(key="own-title-shown-1").input("")
    app.selectbox(key="own-colour-shown-1").set_value("")
    run(app)
    assert not app.warning
    assert joined(app).sha256 == before, "an emptied title leaves the present one"


@pytest.mark.parametrize("name", ["notes.md", "events.csv\0.png"])
def test_a_file_of_another_kind_is_refused_in_a_sentence_with_a_remedy(app: AppTest, name: str) -> None:
    bring(app, name, "# Notes\n")
    shelf: Shelf = app.session_state["shelf"]
    assert "\0" not in shelf.files[0].name
    assert "which is not read here" in app.warning[0].value
    assert "Give GeoJSON" in app.warning[0].value


def test_what_goes_on_is_told_while_it_does(app: AppTest, waits: list[str]) -> None:
    bring(app, "patrols.csv", PATROLS)
    waits.clear()
    app.selectbox(key="own-role-1-name").set_value(2)
    run(app)
    assert waits == [WORDS["own-reading"].format("patrols\\.csv")]
    for key in ("own-show-1", "own-remove-1"):
        waits.clear()
        app.button(key=key).click()
        run(app)
        assert waits == [WORDS["own-joining"]]
        assert not app.get("status"), "it is told no longer than it goes on"


KINDS = "id,lon,lat,kind\n{0}1,34.3,31.2,Battles\n{0}2,34.4,31.3,Riots\n"


def look_at(app: AppTest, *themes: str) -> None:
    app.session_state["visit"] = app.session_state["visit"].turn_to(f"themes={','.join(themes)}", joined(app))
    app.query_params["themes"] = ",".join(themes)


def themes_in_view(app: AppTest) -> tuple[str, ...] | None:
    themes: tuple[str, ...] | None = app.session_state["visit"].view.themes
    return themes


def test_taking_away_the_only_layers_in_view_leaves_the_others_in_view(app: AppTest) -> None:
    bring(app, "own.csv", KINDS.format("a")).button(key="own-show-1").click()
    look_at(run(app), "battles", "tunnels")
    app.button(key="own-remove-1").click()
    assert themes_in_view(run(app)) == ("tunnels",)

    bring(app, "own.csv", KINDS.format("a")).button(key="own-show-2").click()
    look_at(run(app), "battles")
    app.button(key="own-remove-2").click()
    assert themes_in_view(run(app)) is None, "all, rather than none"
    assert "themes" not in app.query_params


def test_a_file_that_comes_brings_its_own_layers_into_a_view_and_no_others(app: AppTest) -> None:
    bring(app, "first.csv", KINDS.format("a")).button(key="own-show-1").click()
    look_at(run(app), "tunnels")
    bring(run(app), "second.csv", KINDS.format("b")).button(key="own-show-2").click()
    run(app)
    assert joined(app).events is not None
    assert themes_in_view(app) == ("tunnels", *joined(app).tables[-1].themes)
    assert set(joined(app).tables[-1].themes).isdisjoint(joined(app).tables[-2].themes)
