"""The Corridor Atlas in Streamlit: the map page first; evidence, table and sources below it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from app.articles import receive_reading, show_reading
from app.controls import show_controls
from app.data import load_dataset, show_faults
from app.map import show_atlas
from geo.dataset import Dataset
from geo.errors import InputError
from layers.elements import ASSETS
from layers.visit import Visit
from layers.words import escape_markdown


def main() -> None:
    """Show the page."""
    st.set_page_config(
        page_title="Corridor Atlas: Gaza and Sinai",
        page_icon=str(ASSETS / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(ASSETS / "app.css")
    try:
        dataset = load_dataset()
    except InputError as error:
        show_faults(error)
        return
    visit = receive_visit(dataset)
    problems = receive_reading(dataset)
    show_controls(dataset, visit.view)
    show_reading(dataset, visit.view)
    for problem in (*visit.problems, *problems):
        st.warning(escape_markdown(problem.message))
    show_atlas(dataset)


def receive_visit(dataset: Dataset) -> Visit:
    """Follow what the reader did last: the controls, or else the address."""
    state = st.session_state
    address = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    before: Visit | None = state.get("visit")
    if before is None:
        visit = Visit.begin(address, dataset)
    else:
        # a run that a control began may carry an address that the map has left behind
        dressed = before.dress(state["language"], state["basemap"], state["appearance"])
        visit = dressed if dressed is not before else before.turn_to(address, dataset)
    state["visit"] = visit
    state["language"] = visit.view.language.value
    state["basemap"] = visit.view.basemap
    state["appearance"] = visit.view.appearance.value
    return visit


main()
