"""What a reader says of a file, before it is shown and after: title, source, licence, colour."""

from __future__ import annotations

import streamlit as st

from geo.colours import SAFE_COLOURS
from geo.intake.loading import About
from geo.view import Language
from layers.words import read_words

_LONGEST = 120
_NONE = ""


def ask_about(before: About, title: str, key: str, language: Language) -> About:
    """Ask what a reader says of a file, in four fields side by side.

    Parameters
    ----------
    before
        What they said so far.
    title
        What stands where they give none.
    key
        What the fields are told apart by from those of other files.
    language
        The reader's.
    """
    words = read_words(language)
    titles, sources, licences, inks = st.columns(4)
    colours = list(dict.fromkeys([_NONE, *SAFE_COLOURS, before.colour]))
    return About(
        title=titles.text_input(
            words["own-title"], before.title, max_chars=_LONGEST, placeholder=title, key=f"own-title-{key}"
        ),
        source=sources.text_input(words["own-source"], before.source, max_chars=_LONGEST, key=f"own-source-{key}"),
        licence=licences.text_input(words["own-licence"], before.licence, max_chars=_LONGEST, key=f"own-licence-{key}"),
        colour=inks.selectbox(
            words["own-colour"],
            colours,
            index=colours.index(before.colour),
            format_func=lambda code: code or words["own-colour-any"],
            accept_new_options=True,
            key=f"own-colour-{key}",
        )
        or _NONE,
    )
