"""The small picture of a drawn file's page in the tab Files."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.markdown import escape_markdown
from app.preview import _shrink
from exports.options import ExportOptions
from exports.pages import measure_page
from geo.view import Language
from layers.words import read_words
from tests.app_pages import bring, open_tab, run

WORDS = read_words(Language.ENGLISH)


@pytest.fixture
def app(fresh_app: AppTest) -> AppTest:
    return open_tab(run(fresh_app), "files")


def previews(app: AppTest) -> list[Any]:
    return [
        image for image in app.get("image") if image.proto.imgs[0].caption == escape_markdown(WORDS["file-preview"])
    ]


def test_a_drawn_format_shows_its_page_in_small(app: AppTest) -> None:
    (image,) = previews(app)
    assert image.proto.imgs[0].alt == WORDS["file-preview-alt"]


@pytest.mark.parametrize(("choice", "expected"), [(".csv", 0), (".pdf", 1), (".svg", 1), (".gpkg", 0)])
def test_only_drawn_formats_have_one(app: AppTest, choice: str, expected: int) -> None:
    app.selectbox(key="file-format").set_value(choice)
    assert len(previews(run(app))) == expected


@pytest.mark.parametrize("name", ["title", "subtitle"])
def test_other_words_make_another_picture(app: AppTest, name: str) -> None:
    (before,) = previews(app)
    app.text_input(key=f"file-{name}").input("Words of our own")
    (after,) = previews(run(app))
    assert before.proto.imgs[0].url != after.proto.imgs[0].url


def test_the_ground_is_a_choice_of_drawn_formats(app: AppTest) -> None:
    ground = app.selectbox(key="file-frame-shown")
    assert ground.options == [WORDS["file-frame-view"], WORDS["file-frame-shown"]]
    assert not app.exception
    app.selectbox(key="file-format").set_value(".csv")
    assert [box for box in run(app).selectbox if box.key == "file-frame-shown"] == []


def test_pictures_of_what_a_reader_brought_stay_in_their_visit(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        pytest.fail("drawn into what all visitors share")

    bring(open_tab(app, "own"), "own.csv", "id,lon,lat\n1,34.2,31.2\n")
    app.button(key="own-show-1").click()
    run(app)
    monkeypatch.setattr("app.preview._draw_shared", refuse)
    assert len(previews(open_tab(app, "files"))) == 1


@pytest.mark.parametrize("page", ["slide", "a4", "a3", "1600x900", "16000x4000", "64x256", "1080x1080"])
def test_the_picture_is_small_and_of_the_same_shape(page: str) -> None:
    small = _shrink(ExportOptions(page=page, dpi=None))
    size, whole = measure_page(small.page, small.dpi), measure_page(page)
    assert max(size.width_px, size.height_px) <= 961
    assert size.width_px / size.height_px == pytest.approx(whole.width_px / whole.height_px, rel=0.01)
