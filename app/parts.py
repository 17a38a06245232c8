"""The parts of the page that run alone, by the keys that a change names them by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from geo.view import Language

MAP = "map-part"
"""The document in its frame, and what the app asks of it."""

PANE = "pane"
"""What the open tab shows, and the download below it."""

GROUND_NOTE = "ground-note"
"""Whom the browser asks for the pictures of an online ground."""

_WITHIN = "pane-within-more"


def tabs_key(language: Language) -> str:
    """Return the key of the row of tabs in a language; its state is the label of the open one."""
    return f"tabs-{language}"


def run_alone(*parts: str) -> NoReturn:
    """Run some parts and leave the rest of the page as it is: for the callbacks of controls and of the map.

    A run of the whole page sends each control of the sidebar and each tab anew, some 3 kB.
    """
    st.rerun(list(parts))


@contextmanager
def within_more() -> Iterator[None]:
    """Run a part as one of a larger one, and not alone."""
    st.session_state[_WITHIN] = True
    try:
        yield
    finally:
        del st.session_state[_WITHIN]


def run_pane_again() -> NoReturn:
    """Run once more what the open tab shows: alone where it runs alone, else the whole page, since no part may."""
    st.rerun(scope="app" if _WITHIN in st.session_state else "fragment")
