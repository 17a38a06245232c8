"""The data that the app shows, read once for all readers, and what is wrong with them."""

from __future__ import annotations

import gc
import os

import streamlit as st

from app.markdown import escape_markdown
from geo.dataset import Dataset
from geo.errors import InputError
from geo.opening import open_data
from geo.view import Language
from layers.words import read_words

_MOST_PROBLEMS = 20


@st.cache_resource(show_spinner=False)
def load_dataset() -> Dataset:
    """Read the operator's data or else the packaged ones, once for all readers; they are frozen."""
    dataset = open_data([path for path in os.environ.get("ATLAS_DATA", "").split(os.pathsep) if path])
    # code and data stay for good: whoever looks for garbage among them holds up all visitors
    gc.freeze()
    return dataset


def show_faults(error: InputError) -> None:
    """Tell what is wrong with the data, a sentence each."""
    words = read_words(Language.ENGLISH)
    with st.container(key="below-en"):
        st.header("Corridor Atlas")
        st.error(words["faulty-data"].format(len(error.problems)))
        for problem in error.problems[:_MOST_PROBLEMS]:
            st.markdown(f"- {escape_markdown(str(problem))}")
        if len(error.problems) > _MOST_PROBLEMS:
            st.markdown(words["more-problems"].format(len(error.problems) - _MOST_PROBLEMS))


def show_broken_installation(error: InputError) -> None:
    """Tell which of the atlas's own files is at fault; the app's words may be that file, so none of them is used."""
    for problem in error.problems:
        st.error(escape_markdown(problem.message))
