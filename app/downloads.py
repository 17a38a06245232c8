"""What is shown, as files: which format, and how it is made."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from app.controls import LANGUAGE_NAMES
from app.making import offer_file
from app.markdown import escape_markdown
from app.messages import show_error
from app.preview import show_preview
from app.visiting import find_ground
from exports.formats import FORMATS
from exports.naming import file_name
from exports.options import ExportOptions, Framing, Scope, Style
from exports.pages import PAGES, measure_page
from exports.palette import choose_palette
from geo.dataset import Dataset
from geo.errors import InputError
from geo.view import Language, View
from layers.words import read_words

_PIXELS = "pixels"
_FIRST = ".pptx"


def show_files(dataset: Dataset, view: View) -> None:
    """Offer what is shown in every format that the atlas writes, with the options that the format heeds."""
    words = read_words(view.language)
    st.markdown(escape_markdown(words["files-note"]))
    left, right = st.columns(2)
    suffix = left.selectbox(
        words["file-format"],
        list(FORMATS),
        index=list(FORMATS).index(_FIRST),
        format_func=lambda suffix: name_format(suffix, view.language),
        key="file-format",
    )
    scope: str = right.selectbox(
        words["file-scope"],
        [scope.value for scope in Scope],
        format_func=lambda value: words[f"file-scope-{value}"],
        key="file-scope",
    )
    try:
        options = ExportOptions(scope=scope, **_ask(dataset, view, FORMATS[suffix].heeded))
    except InputError as error:
        show_error(error, view.language)
        return
    show_download(dataset, view, suffix, label=words["download-file"], options=options)
    if "page" in FORMATS[suffix].heeded:
        show_preview(dataset, view, options)


def name_format(suffix: str, language: Language) -> str:
    """Name a format by its suffix and what it is."""
    key = suffix.removeprefix(".")
    return f"{key.upper()}: {read_words(language)[f'format-{key}']}"


def _ask(dataset: Dataset, view: View, heeded: frozenset[str]) -> dict[str, Any]:
    """Ask for the options that a format heeds; each is a control of its own, four to a row."""
    words = read_words(view.language)
    names = [name for name in ("page", "dpi", "style", "language", "deck") if name in heeded]
    asked: dict[str, Any] = {}
    for name, column in zip(names, st.columns(4), strict=False):
        with column:
            if name == "page":
                asked[name] = _ask_page(view)
            elif name == "dpi":
                usual = measure_page(asked["page"] if asked["page"] in PAGES else "slide").dpi
                asked[name] = st.number_input(words["file-dpi"], 72, 600, usual, 1, key=f"file-dpi-{usual}")
            else:
                asked[name] = _choose(name, dataset, view)
    if "title" in heeded:
        left, middle, right = st.columns([1, 1.5, 1.5])
        with left:
            asked["frame"] = _choose("frame", dataset, view)
        asked["title"] = middle.text_input(
            words["file-title"], max_chars=200, placeholder=words["title"], key="file-title"
        )
        asked["subtitle"] = right.text_input(
            words["file-subtitle"], max_chars=200, placeholder=words["file-subtitle-hint"], key="file-subtitle"
        )
    return asked


def _choose(name: str, dataset: Dataset, view: View) -> str:
    words = read_words(view.language)
    choices: dict[str, dict[str, str]] = {
        "style": {style.value: words[f"file-style-{style}"] for style in Style},
        "frame": {framing.value: words[f"file-frame-{framing}"] for framing in Framing},
        "language": {language.value: LANGUAGE_NAMES[language] for language in Language},
        "deck": {kind: words[f"file-deck-{kind}"] for kind in ("none", "themes", "pairs")}
        | {
            f"tour:{tour.id}": words["file-deck-tour"].format(tour.title.get(view.language, tour.title["en"]))
            for tour in dataset.tours
        },
    }
    # a file begins as the page looks; where nobody has chosen a ground, around what is shown
    first = {
        "frame": (Framing.VIEW if view.extent else Framing.SHOWN).value,
        "style": choose_palette(None, find_ground(view)).style.value,
        "language": view.language.value,
        "deck": "none",
    }
    labels = choices[name]
    chosen: str = st.selectbox(
        words[f"file-{name}"],
        list(labels),
        index=list(labels).index(first[name]),
        format_func=labels.__getitem__,
        key=f"file-{name}-{first[name]}",
    )
    return chosen


def _ask_page(view: View) -> str:
    words = read_words(view.language)
    page: str = st.selectbox(
        words["file-page"], [*PAGES, _PIXELS], format_func=lambda name: words[f"file-page-{name}"], key="file-page"
    )
    if page != _PIXELS:
        return page
    width = st.number_input(words["file-width"], 64, 20_000, 1600, 100, key="file-width")
    height = st.number_input(words["file-height"], 64, 20_000, 900, 100, key="file-height")
    return f"{width}x{height}"


def show_download(
    dataset: Dataset, view: View, suffix: str, *, label: str | None = None, options: ExportOptions | None = None
) -> None:
    """Offer what is shown as a file, which is made when it is asked for; a label of its own sets a button apart.

    While the file is made the button turns a wheel and takes no other click; a fault of making it is told below.
    """
    chosen, options = FORMATS[suffix], options or ExportOptions()
    name = "file" if label else suffix.removeprefix(".")
    offer_file(
        label or read_words(view.language)[f"download-{name}"],
        lambda: chosen.render(dataset, view, options),
        file_name(options.dress(view), suffix, date.today()),
        chosen.media_type,
        key=f"download-{name}",
        language=view.language,
    )
