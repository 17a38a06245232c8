"""What the map page itself cannot change: language, appearance, ground."""

from __future__ import annotations

import streamlit as st

from app.markdown import escape_markdown
from app.parts import GROUND_NOTE, MAP, PANE, run_alone
from app.visiting import dress_visit
from geo.dataset import Dataset
from geo.view import Appearance, Language, View
from layers.basemaps import OFFLINE, ONLINE_BASEMAPS
from layers.visit import Visit
from layers.words import read_words, tell_data

LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.ARABIC: "العربية"}
"""Languages as they call themselves."""


def show_controls(dataset: Dataset, view: View) -> None:
    """Show what the map page itself cannot change: language, appearance, ground."""
    words = read_words(view.language)
    labels = {OFFLINE: words["basemap-atlas"]}
    labels |= {key: basemap.label[view.language.value] for key, basemap in ONLINE_BASEMAPS.items()}
    with st.sidebar:
        st.radio(
            words["language"],
            [language.value for language in Language],
            format_func=lambda value: LANGUAGE_NAMES[Language(value)],
            key="language",
        )
        st.radio(
            words["appearance"],
            [appearance.value for appearance in Appearance],
            format_func=lambda value: words[f"appearance-{value}"],
            key="appearance",
            on_change=follow_appearance,
        )
        st.selectbox(
            words["basemap"], list(labels), format_func=labels.__getitem__, key="basemap", on_change=follow_ground
        )
        show_ground_note()
        st.caption(escape_markdown(tell_data(dataset, view.language, digits=12)))


@st.fragment(key=GROUND_NOTE)
def show_ground_note() -> None:
    """Tell whom the reader's browser asks for the pictures of a ground."""
    visit: Visit = st.session_state["visit"]
    view = visit.view
    if view.basemap != OFFLINE:
        origin = ONLINE_BASEMAPS[view.basemap].image_origin
        st.caption(read_words(view.language)["basemap-note"].format(escape_markdown(origin)))


def follow_appearance() -> None:
    """Follow the reader to light or dark: only the map and what the open tab offers depend on that."""
    dress_visit()
    run_alone(MAP, PANE)


def follow_ground() -> None:
    """Follow the reader to another ground."""
    dress_visit()
    run_alone(MAP, PANE, GROUND_NOTE)
