"""The first rows of a reader's file as they stand in it, to hold against what was found."""

from __future__ import annotations

import streamlit as st

from app.markdown import escape_markdown
from geo.intake.brought import Brought
from geo.intake.texts import text_of
from geo.view import Language
from layers.words import read_words

_MOST_ROWS = 3
_MOST_COLUMNS = 60
_MOST_LAYERS = 5


def show_first_rows(brought: Brought, language: Language) -> None:
    """Show the first rows of the first layers; shapes are not written out.

    Parameters
    ----------
    brought
        A file that is not shown on the map yet.
    language
        Of the heading.
    """
    layers = [layer for layer in brought.parsed.layers if layer.rows and layer.fields] if brought.parsed else []
    if not layers:
        return
    words = read_words(language)
    with st.expander(words["own-first-rows"]):
        for layer in layers[:_MOST_LAYERS]:
            if len(layers) > 1:
                st.text(layer.name)
            names = layer.fields[:_MOST_COLUMNS]
            rows = {name: [text_of(value) for value in layer.column(name, _MOST_ROWS)] for name in names}
            st.dataframe(rows, hide_index=True, placeholder="")
            if len(names) < len(layer.fields):
                st.caption(escape_markdown(words["own-first-columns"].format(len(names), len(layer.fields))))
        if len(layers) > _MOST_LAYERS:
            st.caption(escape_markdown(words["own-first-layers"].format(_MOST_LAYERS, len(layers))))
