"""The map and what belongs to it; a change of the map runs this part of the app alone."""

from __future__ import annotations

import streamlit as st

from app.data import show_broken_installation
from app.tabs import show_tabs
from app.visiting import find_ground, write_address
from geo.dataset import Dataset
from geo.errors import InputError
from geo.intake.shelf import Shelf
from geo.view import Language, View
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
    ground = find_ground(view).value
    request, title = MapRequest(visit.asked_query(ground), visit.turn, ground), read_words(view.language)["map-label"]
    map_state = None
    try:
        map_state = show_map(find_document(dataset, view), request, title=title)
    except InputError as error:
        # evidence, table and files do without the map
        show_broken_installation(error)
    if map_state:
        visit = visit.hear(map_state.query, map_state.turn)
        st.session_state["visit"] = visit
    write_address(visit.view)
    with st.container(key=f"below-{visit.view.language}"):
        show_tabs(dataset, visit.view)


@st.cache_resource(max_entries=2 * (1 + len(ONLINE_BASEMAPS)), show_spinner=False)
def load_document(sha256: str, language: Language, basemap: str, _dataset: Dataset) -> MapDocument:
    """Render the page of a dataset, once for each language and basemap; what it shows is asked of it later."""
    return MapDocument.pack(render_page(_dataset, View(language=language, basemap=basemap)))


def find_document(dataset: Dataset, view: View) -> MapDocument:
    """Return the page for this reader; one that holds what the reader brought is kept in their own session alone."""
    state = st.session_state
    reading: Reading = state["reading"]
    shelf: Shelf = state["shelf"]
    if not reading.articles and not shelf.shown:
        return load_document(dataset.sha256, view.language, view.basemap, dataset)
    key = (dataset.sha256, view.language, view.basemap, reading.texts)
    if state.get("document", (None,))[0] != key:
        plain = View(language=view.language, basemap=view.basemap)
        state["document"] = (key, MapDocument.pack(render_page(dataset, plain, articles=reading.texts)))
    document: MapDocument = state["document"][1]
    return document
