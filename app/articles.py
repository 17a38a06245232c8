"""The articles that a reader has at hand: taken, told, forgotten."""

from __future__ import annotations

import os

import streamlit as st

from app.file_names import name_of
from app.markdown import escape_markdown
from app.messages import show_problems
from app.uploading import ask_for_files
from geo.articles import MAX_BYTES, read_articles
from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.recognition import weigh_articles
from geo.view import View
from layers.reading import Reading
from layers.words import read_words


def receive_reading(dataset: Dataset) -> tuple[Problem, ...]:
    """Begin with the articles of the operator's folder, where there is one; tell what is wrong with it."""
    if "reading" in st.session_state:
        return ()
    st.session_state["reading"] = Reading()
    folder = os.environ.get("ARTICLES")
    try:
        if folder:
            st.session_state["reading"] = load_reading(folder, dataset.sha256, dataset)
    except InputError as error:
        return error.problems
    return ()


@st.cache_resource(show_spinner=False)
def load_reading(folder: str, sha256: str, _dataset: Dataset) -> Reading:
    """Read the articles of the operator's own folder, once for all readers."""
    return Reading(weigh_articles(read_articles(folder, _dataset.sources), _dataset))


def show_reading(dataset: Dataset, view: View) -> None:
    """Show which articles are at hand, take others, and forget them all."""
    words = read_words(view.language)
    reading: Reading = st.session_state["reading"]
    with st.sidebar:
        ask_for_files(
            words["articles-upload"],
            MAX_BYTES >> 20,
            view.language,
            # another key each time empties the widget
            key=f"upload-{reading.turn}",
            on_change=take_articles,
            args=(dataset,),
            help=words["articles-help"],
        )
        show_problems(reading.refused, view.language)
        if not reading.articles:
            st.caption(escape_markdown(words["articles-none"]))
            return
        st.caption(escape_markdown(words["articles-count"].format(*reading.counts)))
        for article in reading.articles.values():
            byline = dataset.source(article.source).byline
            st.caption(escape_markdown(words["articles-line"].format(byline, article.standing, article.cited)))
        st.button(words["articles-forget"], key="forget", on_click=forget_articles)


def take_articles(dataset: Dataset) -> None:
    """Take the reader's files into the session."""
    reading: Reading = st.session_state["reading"]
    files = st.session_state[f"upload-{reading.turn}"]
    st.session_state["reading"] = reading.take(((name_of(file), file.getvalue()) for file in files), dataset)


def forget_articles() -> None:
    """Forget the articles of the session, and the page that held them."""
    st.session_state["reading"] = st.session_state["reading"].forget()
    st.session_state.pop("document", None)
