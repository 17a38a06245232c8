"""The map and what belongs to it; a change of the map runs what the open tab shows, and nothing else."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from app.data import show_broken_installation
from app.parts import MAP, PANE, run_alone
from app.tabs import show_tabs
from app.visiting import write_address
from geo.dataset import Dataset
from geo.errors import InputError
from geo.intake.shelf import Shelf
from geo.view import Language, View
from layers.basemaps import ONLINE_BASEMAPS
from layers.bridge import MapDocument, MapRequest, MapState, find_state, show_map
from layers.elements import ASSETS
from layers.page import render_page
from layers.reading import Reading
from layers.visit import Visit
from layers.words import read_words

_KEY = "map"
STYLE = ASSETS / "app.css"
"""The style sheet of the page around the map."""


def show_atlas(dataset: Dataset) -> None:
    """Show the map and what belongs to it."""
    show_map_part(dataset)
    visit: Visit = st.session_state["visit"]
    # Streamlit shows elements before the style sheet, which gives the map its room; till then what is below has none
    height: Literal["content"] | int = 1 if STYLE.is_file() else "content"
    with st.container(key=f"below-{visit.view.language}", height=height, border=False):
        show_tabs(dataset)


@st.fragment(key=MAP)
def show_map_part(dataset: Dataset) -> None:
    """Show the map, and ask of it what the address or a control asks."""
    visit: Visit = st.session_state["visit"]
    view = visit.view
    request = MapRequest(visit.asked_query, visit.turn, view.appearance.value)
    try:
        hear(show_map(find_document(dataset, view), request, key=_KEY, on_state=follow_map))
    except InputError as error:
        # evidence, table and files do without the map
        show_broken_installation(error)


def follow_map() -> None:
    """Follow what the map says: it shows that already, so that only what tells of it is made anew."""
    hear(find_state(_KEY))
    run_alone(PANE)


def hear(map_state: MapState | None) -> None:
    """Take what the map says into the visit and the address."""
    visit: Visit = st.session_state["visit"]
    if map_state:
        visit = visit.hear(map_state.query, map_state.turn)
        st.session_state["visit"] = visit
    write_address(visit.view)


Dress = tuple[Language, str]
"""What a document differs by beside the data: language and basemap."""

_DRESSES = len(Language) * (1 + len(ONLINE_BASEMAPS))


@st.cache_resource(max_entries=2 * _DRESSES, show_spinner=False)
def load_document(sha256: str, language: Language, basemap: str, _dataset: Dataset) -> MapDocument:
    """Render the page of a dataset, once for each language and basemap; what it shows is asked of it later."""
    return MapDocument.pack(render_page(_dataset, View(language=language, basemap=basemap)), name_frame(language))


@st.cache_resource(max_entries=_DRESSES**2, show_spinner=False)
def load_amended(sha256: str, dress: Dress, base: Dress, _dataset: Dataset) -> MapDocument:
    """Render the page once for each language and basemap, as what differs from another that the reader has."""
    language, basemap = dress
    page = render_page(_dataset, View(language=language, basemap=basemap))
    return load_document(sha256, *base, _dataset).amend(page, name_frame(language))


def name_frame(language: Language) -> str:
    """Name the map's frame for those who do not see it."""
    return read_words(language)["map-label"]


def find_document(dataset: Dataset, view: View) -> MapDocument:
    """Return the page for this reader; one that holds what the reader brought is kept in their own session alone.

    A reader gets the whole page once for the same data; in another language or on another ground it is amended.
    """
    state, dress = st.session_state, (view.language, view.basemap)
    reading: Reading = state["reading"]
    shelf: Shelf = state["shelf"]
    if reading.articles or shelf.shown:
        return _find_own_document(dataset, dress, reading)
    state.pop("document", None)
    before: tuple[str, Dress] | None = state.get("begun")
    if before is None or before[0] != dataset.sha256:
        state["begun"] = before = (dataset.sha256, dress)
    if dress == before[1]:
        return load_document(dataset.sha256, *dress, dataset)
    return load_amended(dataset.sha256, dress, before[1], dataset)


def _find_own_document(dataset: Dataset, dress: Dress, reading: Reading) -> MapDocument:
    key, documents = (dataset.sha256, reading.texts), dict[Dress, MapDocument]()
    if key == st.session_state.get("document", (None,))[0]:
        documents = st.session_state["document"][1]
    if dress not in documents:
        language, basemap = dress
        page = render_page(dataset, View(language=language, basemap=basemap), articles=reading.texts)
        base = next(iter(documents.values()), None)
        documents[dress] = (base.amend if base else MapDocument.pack)(page, name_frame(language))
    st.session_state["document"] = (key, documents)
    return documents[dress]
