"""Several files of a reader's own in the app, large ones and repeated ones; what is told is told once and in order."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import messages, own_rows
from app.markdown import escape_markdown
from geo.intake.column_map import ROLES
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed, RawLayer, RawRow
from geo.intake.shelf import MOST_FILES, Shelf
from geo.view import Language
from layers.words import read_words
from tests.app_pages import bring, open_tab, run

WORDS = read_words(Language.ENGLISH)
PATROLS = "id,lon,lat,when\np1,34.3,31.2,12/03/2015\np2,34.4,31.3,31/12/2015\n"


@pytest.fixture
def app(fresh_app: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    # read in this process: what is told is tried here, not the walls around reading
    monkeypatch.setattr("geo.intake.shelf.parse", read_upload)
    return open_tab(run(fresh_app), "own")


def bring_many(app: AppTest, count: int) -> AppTest:
    uploader: Any = next(each for each in app.get("file_uploader") if "own-upload" in each.proto.id)
    uploader.set_value([(f"{n}.csv", f"{PATROLS}{chr(10) * n}".encode(), "text/csv") for n in range(count)])
    return run(app)


def captions(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def test_files_that_find_no_room_are_named_in_one_sentence(app: AppTest) -> None:
    bring_many(app, 40)
    shelf: Shelf = app.session_state["shelf"]
    assert len(shelf.files) == MOST_FILES
    (warning,) = app.warning
    assert "12\\.csv\\, 13\\.csv" in warning.value
    assert "31\\.csv and 8 more" in warning.value
    app.button(key="own-remove-1").click()
    run(app)
    assert not app.warning
    assert len(app.session_state["shelf"].files) == MOST_FILES - 1


def test_the_same_file_twice_is_told_and_offered_nonetheless(app: AppTest) -> None:
    bring(bring(app, "patrols.csv", PATROLS), "again.csv", PATROLS)
    assert captions(app).count(escape_markdown(WORDS["own-twin"].format("patrols"))) == 1
    assert not app.button(key="own-show-2").disabled


def test_columns_and_mends_can_be_changed_once_a_small_file_is_shown(app: AppTest) -> None:
    bring(app, "patrols.csv", PATROLS).button(key="own-show-1").click()
    run(app).button(key="own-change-1").click()
    run(app)
    assert app.session_state["shelf"].shown == ()
    app.checkbox(key="own-mend-1-day-month-year").check()
    run(app).button(key="own-show-1").click()
    run(app)
    events = app.session_state["joined"][1].events
    assert events.columns["when"].tolist() == ["2015-03-12", "2015-12-31"]


def test_of_a_large_file_it_is_said_that_they_cannot(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    told = escape_markdown(WORDS["own-change-not"])
    bring(app, "patrols.csv", PATROLS)
    assert told not in captions(app)
    monkeypatch.setattr("geo.intake.brought._MOST_KEPT", 1)
    assert told in captions(run(app))
    app.button(key="own-show-1").click()
    run(app)
    assert "own-change-1" not in [button.key for button in app.button]


def test_first_rows_are_those_of_the_first_layers(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (RawRow(1, {"lon": 34.3, "lat": 31.2}),)
    layers = tuple(RawLayer(f"layer {number}", ("lon", "lat"), rows) for number in range(9))
    monkeypatch.setattr("geo.intake.shelf.parse", lambda *_: Parsed("csv", layers, (), (), (), 9))
    bring(app, "layers.csv", PATROLS)
    assert escape_markdown(WORDS["own-first-layers"].format(own_rows._MOST_LAYERS, 9)) in captions(app)
    assert [text.value for text in app.text] == [f"layer {number}" for number in range(5)]


def test_the_first_notes_of_many_are_shown_and_the_others_counted(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_MOST_NOTES", 3)
    bring(app, "patrols.csv", PATROLS)
    count = len(app.session_state["shelf"].files[0].report.notes)
    assert escape_markdown(WORDS["notes-more"].format(count - 3)) in captions(app)
    assert max(caption.count("  \n") for caption in captions(app)) == 2


def test_roles_stand_in_their_order(app: AppTest) -> None:
    bring(app, "patrols.csv", PATROLS)
    start = "own-role-1-"
    keys = [str(box.key).removeprefix(start) for box in app.selectbox if str(box.key).startswith(start)]
    assert keys == list(ROLES)


def test_faults_of_an_address_are_counted_beyond_the_first(fresh_app: AppTest) -> None:
    for number in range(60):
        fresh_app.query_params[f"unknown{number}"] = "1"
    run(fresh_app)
    assert len(fresh_app.warning) == 5 + 1
    assert fresh_app.warning[-1].value == escape_markdown(WORDS["notes-more"].format(55))


def test_evidence_of_an_own_row_counts_no_origins(app: AppTest) -> None:
    bring(app, "patrols.csv", PATROLS).button(key="own-show-1").click()
    run(app)
    app.session_state["visit"] = app.session_state["visit"].hear("feature=p1", app.session_state["visit"].turn)
    app.query_params["feature"] = "p1"
    told = " ".join(text.value for text in open_tab(app, "evidence").markdown)
    assert "p1" in " ".join(each.value for each in app.subheader)
    assert escape_markdown(WORDS["origins-one"]) not in told
