"""The Streamlit app without a browser: what it says, offers and keeps in the address."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.markdown import escape_markdown
from exports.formats import FORMATS
from geo.checks import check_claims
from geo.dataset import Dataset
from geo.disagreements import disagreements
from geo.model import Feature
from geo.rounding import Agreement
from geo.view import Language
from layers.words import read_words
from tests.small_data import ARTICLE, write_small_data


@pytest.fixture
def app(fresh_app: AppTest) -> AppTest:
    return fresh_app


def run(app: AppTest, **parameters: str) -> AppTest:
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def told_by_map(app: AppTest, query: str) -> AppTest:
    """Run as if the map in the browser had said this."""
    turn = asked_of_map(app)["turn"]
    app.session_state["map"] = {"state": {"query": query, "turn": turn}}
    return run(app)


def asked_of_map(app: AppTest) -> dict[str, Any]:
    """What the app asks of the map in the browser."""
    protos = [element.proto for element in app.main if element.type == "bidi_component"]
    request: dict[str, Any] = json.loads(next(proto.json for proto in protos if proto.json))
    return request


def address(app: AppTest) -> dict[str, str]:
    return {name: "".join(values) for name, values in app.query_params.items()}


def open_tab(app: AppTest, name: str) -> AppTest:
    app.session_state[f"tabs-{Language.ENGLISH}"] = read_words(Language.ENGLISH)[f"tab-{name}"]
    return run(app)


def words_on(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.subheader, *app.markdown, *app.caption))


def test_app_starts_with_the_map_and_a_hint(app: AppTest) -> None:
    run(app)
    assert not app.warning
    assert escape_markdown(read_words(Language.ENGLISH)["nothing-chosen"]) in words_on(app)
    assert address(app) == {}
    assert (asked_of_map(app)["query"], asked_of_map(app)["appearance"]) == ("", "auto")


def test_chosen_feature_shows_its_evidence(app: AppTest, dataset: Dataset) -> None:
    feature = dataset.features[0]
    told_by_map(run(app), f"feature={feature.id}")
    assert [heading.value for heading in app.subheader] == [escape_markdown(feature.name)]
    for claim in feature.claims:
        assert escape_markdown(claim.statement) in words_on(app)
        assert escape_markdown(claim.attributed_to) in words_on(app)
    assert address(app) == {"feature": feature.id}


def test_data_of_the_operators_own_are_shown(
    app: AppTest, root: Path, dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "events.csv"
    table.write_text(
        "id,name,theme,when,statement,source,locator,lon,lat\nE 7,Gate,Shots,2015,Shots were heard.,Notes,3,34,31\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("ATLAS_DATA", f"{root / 'data'}{os.pathsep}{table}")
    st.cache_resource.clear()
    told_by_map(run(app), "feature=E+7")
    assert escape_markdown("Shots were heard.") in words_on(app)
    assert [heading.value for heading in app.subheader] == ["Gate"]
    feature = dataset.features[0]
    told_by_map(app, f"feature={feature.id}")
    assert escape_markdown(feature.claims[0].statement) in words_on(app)


def test_map_is_not_asked_for_what_it_told(app: AppTest) -> None:
    before = asked_of_map(run(app))
    assert asked_of_map(told_by_map(app, "themes=border")) == before
    assert address(app) == {"themes": "border"}


@pytest.mark.parametrize("state", [{"query": 1}, {"query": "x" * 17_000, "turn": 0}, "words", [1]])
def test_nonsense_from_the_map_is_passed_over(app: AppTest, state: Any) -> None:
    run(app)
    app.session_state["map"] = {"state": state}
    assert address(run(app)) == {}


def test_sound_address_is_shown_and_kept(app: AppTest) -> None:
    run(app, themes="border,tunnels", since="2013")
    assert not app.warning
    assert "themes=border,tunnels&since=2013" in asked_of_map(app)["query"]
    assert address(app) == {"themes": "border,tunnels", "since": "2013"}


def test_unsound_address_is_told_and_the_rest_kept(app: AppTest) -> None:
    run(app, themes="border", since="2015-13", themse="x")
    assert len(app.warning) == 2
    assert "since" not in asked_of_map(app)["query"]
    assert address(app) == {"themes": "border"}


def test_warning_shows_no_markdown_of_the_address(app: AppTest) -> None:
    run(app, basemap="![x](https://atlas.invalid/x.png)")
    assert [re.search(r"(?<!\\)[\[\]!()]", warning.value) for warning in app.warning] == [None]


def test_language_changes_every_word_and_the_document(app: AppTest) -> None:
    before = asked_of_map(told_by_map(run(app), "themes=border"))
    app.radio(key="language").set_value("ar").run()
    assert not app.exception
    after = asked_of_map(app)
    assert after["digest"] != before["digest"]
    assert after["turn"] == before["turn"] + 1
    assert "themes=border&language=ar" in after["query"]
    assert read_words(Language.ARABIC)["tab-evidence"] in [tab.label for tab in app.tabs]


def test_online_ground_tells_whom_the_browser_asks(app: AppTest) -> None:
    run(app).selectbox(key="basemap").set_value("osm").run()
    assert not app.exception
    assert "openstreetmap" in words_on(app).replace("\\", "")
    assert address(app) == {"basemap": "osm"}


def test_table_and_downloads_are_of_what_is_shown(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, Any] = {}

    def note(label: str, *, data: Any, file_name: str, **_: Any) -> None:
        offered[file_name] = data

    told_by_map(run(app), "themes=border,tunnels&since=2013&until=2015")
    monkeypatch.setattr(st, "download_button", note)
    open_tab(app, "table")
    stem = f"corridor_border-tunnels_2013-2015_{date.today():%Y%m%d}"
    assert sorted(offered) == [f"{stem}.csv", f"{stem}.geojson", f"{stem}.html"]
    names = [feature["properties"]["name"] for feature in json.loads(offered[f"{stem}.geojson"]())["features"]]
    assert names == list(app.dataframe[0].value["name"])
    claims = list(csv.DictReader(io.StringIO(offered[f"{stem}.csv"]().decode("utf-8-sig"))))
    assert {claim["theme"] for claim in claims} <= {"border", "tunnels"}
    assert list(dict.fromkeys(claim["name"] for claim in claims)) == names


@pytest.mark.parametrize("tab", ["sources", "about"])
def test_other_tabs_show_what_they_promise(app: AppTest, dataset: Dataset, tab: str) -> None:
    told = words_on(open_tab(run(app), tab))
    promised = [source.title for source in dataset.sources] if tab == "sources" else [dataset.sha256, "ODbL-1.0"]
    assert [text for text in promised if escape_markdown(text) not in told] == []


def test_faulty_data_get_sentences(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "places.geojson").write_text("{", encoding="utf-8")
    monkeypatch.setattr("geo.dataset.PACKAGED_DATA", tmp_path)
    st.cache_resource.clear()
    run(app)
    assert len(app.error) == 1
    assert "places" in words_on(app)


def test_two_readers_share_no_view(app: AppTest, root: Path) -> None:
    told_by_map(run(app), "themes=border")
    other = run(AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60))
    assert address(other) == {}
    assert "themes" not in asked_of_map(other)["query"]


# --- evidence ------------------------------------------------------------


def choose(app: AppTest, feature: Feature) -> AppTest:
    return told_by_map(app, f"feature={feature.id}")


def test_check_that_fails_is_plainly_marked(app: AppTest, dataset: Dataset) -> None:
    failing = next(finding for finding in check_claims(dataset) if finding.verdict is Agreement.FAILS)
    choose(run(app), dataset.claim(failing.claim)[0])
    (line,) = [text for text in words_on(app).splitlines() if escape_markdown(failing.words["en"]) in text]
    assert f"**{escape_markdown(read_words(Language.ENGLISH)[f'check-fails-{failing.kind}'])}**" in line


def test_disagreement_shows_both_sides_and_the_difference(app: AppTest, dataset: Dataset) -> None:
    dispute = next(dispute for dispute in disagreements(dataset) if dispute.difference)
    told = words_on(choose(run(app), dispute.sides[0].feature))
    assert escape_markdown(dispute.reason) in told
    assert escape_markdown(dispute.difference["en"]) in told
    statements = " | ".join(escape_markdown(side.claim.statement) for side in dispute.sides)
    assert f"| Statement | {statements} |" in told


def test_claim_and_shape_stand_apart(app: AppTest, dataset: Dataset) -> None:
    feature = next(feature for feature in dataset.features if feature.provenance)
    assert feature.provenance
    told = words_on(choose(run(app), feature))
    claims, _, shape = told.partition(read_words(Language.ENGLISH)["shape-heading-whole"].partition(":")[0])
    assert escape_markdown(feature.claims[0].attributed_to) in claims
    assert escape_markdown(feature.provenance.basis) in shape


# --- articles of the reader's own ------------------------------------------------------------


@pytest.fixture
def small_data(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small dataset of invented text, which stands for the packaged one."""
    folder = write_small_data(tmp_path)
    shutil.copy(root / "data" / "basemap.geojson", folder)
    monkeypatch.setattr("geo.dataset.PACKAGED_DATA", folder)
    st.cache_resource.clear()
    return folder


@pytest.fixture
def small(small_data: Path, app: AppTest) -> AppTest:
    """The app on the small dataset."""
    return run(app)


def upload(app: AppTest, *files: tuple[str, str]) -> AppTest:
    uploader: Any = app.get("file_uploader")[0]
    uploader.set_value([(name, text.encode(), "text/plain") for name, text in files])
    return run(app)


def forget_button(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key == "forget"]


def test_uploaded_article_is_recognised_counted_and_forgotten(small: AppTest, root: Path) -> None:
    plain = asked_of_map(small)["digest"]
    assert forget_button(small) == []
    upload(small, ("any name\0", ARTICLE))
    assert "cited passages that stand\\: 4 of 4" in words_on(small)
    assert not small.warning
    reading = asked_of_map(small)["digest"]
    assert reading != plain
    told_by_map(small, "feature=gate")
    assert asked_of_map(small)["digest"] == reading
    other = run(AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60))
    assert asked_of_map(other)["digest"] == plain
    assert forget_button(other) == []
    small.button(key="forget").click()
    assert asked_of_map(run(small))["digest"] == plain
    assert "4 of 4" not in words_on(small)
    assert not small.session_state["reading"].articles
    assert "document" not in small.session_state


def test_file_without_a_cited_passage_is_refused_in_a_sentence(small: AppTest) -> None:
    plain = asked_of_map(small)["digest"]
    upload(small, ("gazette-2015.txt", "Other [words](https://atlas.invalid)"), ("b.txt", ARTICLE))
    assert [("gazette" in warning.value, "No passage" in warning.value) for warning in small.warning] == [(True, True)]
    assert asked_of_map(small)["digest"] != plain


def test_articles_of_the_operator_are_there_from_the_start(
    app: AppTest, small_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLES", str(small_data))
    assert "4 of 4" in words_on(run(app))


def test_absent_folder_of_the_operator_is_told(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLES", "nowhere")
    assert ["Give a folder that exists" in warning.value for warning in run(app).warning] == [True]


def test_every_format_can_be_downloaded(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, tuple[str, str]] = {}

    def note(label: str, **options: Any) -> None:
        offered[options["key"]] = (label, options["file_name"])

    monkeypatch.setattr(st, "download_button", note)
    open_tab(run(app), "files")
    assert [option.split(":")[0] for option in app.selectbox(key="file-format").options] == [
        suffix.removeprefix(".").upper() for suffix in FORMATS
    ]
    for suffix in FORMATS:
        app.selectbox(key="file-format").set_value(suffix)
        run(app)
        label, name = offered["download-file"]
        assert label == "Make and download"
        assert name.endswith(suffix)


def file_controls(app: AppTest) -> set[str]:
    return {box.key for box in app.selectbox if box.key and box.key.startswith("file-")}


def test_options_of_a_file_are_asked_where_the_format_heeds_them(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}
    monkeypatch.setattr(st, "download_button", lambda _, **options: made.update({options["key"]: options}))
    open_tab(run(app), "files")
    assert file_controls(app) == {
        f"file-{name}" for name in ("format", "scope", "page", "style-light", "language-en", "deck-none", "frame-shown")
    }
    app.selectbox(key="file-format").set_value(".png")
    app.selectbox(key="file-page").set_value("pixels")
    run(app)
    app.number_input(key="file-width").set_value(320)
    app.number_input(key="file-height").set_value(200)
    app.number_input(key="file-dpi-144").set_value(100)
    app.selectbox(key="file-style-light").set_value("dark")
    run(app)
    picture = Image.open(io.BytesIO(made["download-file"]["data"]()))
    assert (picture.size, round(picture.info["dpi"][0])) == ((320, 200), 100)
    assert np.asarray(picture)[1, 1].max() < 64
    app.number_input(key="file-width").set_value(4000)
    assert "4000×200 at 100 dpi" in run(app).warning[0].value
    app.selectbox(key="file-format").set_value(".csv")
    run(app)
    assert file_controls(app) == {"file-format", "file-scope"}
