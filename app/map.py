"""The map and what belongs to it; a change of the map runs this part of the app alone."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from app.tabs import show_tabs
from geo.dataset import Dataset
from geo.view import Appearance, Language, View
from layers.basemaps import ONLINE_BASEMAPS
from layers.bridge import MapDocument, MapRequest, show_map
from layers.page import render_page
from layers.reading import Reading
from layers.visit import Visit
from layers.words import read_words


@st.fragment
def show_atlas(dataset: Dataset) -> None:
    """Show the map and what belongs to it; a change of the map runs this part alone."""
    visit: Visit = st.session_state["visit"]
    view = visit.view
    ground = st.context.theme.type or "light" if view.appearance is Appearance.AUTO else view.appearance.value
    map_state = show_map(
        find_document(dataset, view),
        MapRequest(visit.asked_query(ground), visit.turn, ground),
        title=read_words(view.language)["map-label"],
    )
    if map_state:
        visit = visit.hear(map_state.query, map_state.turn)
        st.session_state["visit"] = visit
    write_address(visit.view)
    with st.container(key="below"), st.container(key=f"words-{visit.view.language}"):
        show_tabs(dataset, visit.view)


@st.cache_resource(max_entries=2 * (1 + len(ONLINE_BASEMAPS)), show_spinner=False)
def load_document(sha256: str, language: Language, basemap: str, _dataset: Dataset) -> MapDocument:
    """Render the page of a dataset, once for each language and basemap; what it shows is asked of it later."""
    return MapDocument.pack(render_page(_dataset, View(language=language, basemap=basemap)))


def find_document(dataset: Dataset, view: View) -> MapDocument:
    """Return the page for this reader; one that holds articles is kept in the reader's own session alone."""
    state = st.session_state
    reading: Reading = state["reading"]
    if not reading.articles:
        return load_document(dataset.sha256, view.language, view.basemap, dataset)
    key = (view.language, view.basemap, reading.texts)
    if state.get("document", (None,))[0] != key:
        plain = View(language=view.language, basemap=view.basemap)
        state["document"] = (key, MapDocument.pack(render_page(dataset, plain, articles=reading.texts)))
    document: MapDocument = state["document"][1]
    return document


def write_address(view: View) -> None:
    """Put the view into the address; parameters that are Streamlit's own stay."""
    parameters = dict(parse_qsl(view.to_query()))
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)
