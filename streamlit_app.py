"""The Corridor Atlas in Streamlit: the map page first; evidence, table and sources below it."""

from __future__ import annotations

import streamlit as st

from app.articles import receive_reading, show_reading
from app.controls import show_controls
from app.data import load_dataset, show_broken_installation, show_faults
from app.map import STYLE, show_atlas
from app.messages import show_problems
from app.own_data import join_own_data
from app.visiting import receive_visit
from geo.errors import InputError
from layers.elements import ASSETS


def main() -> None:
    """Show the page."""
    if "visit" not in st.session_state:  # once a visit: the browser keeps it, and it need not travel with each change
        st.set_page_config(
            page_title="Corridor Atlas: Gaza and Sinai",
            page_icon=str(ASSETS / "icon.svg"),
            layout="wide",
            initial_sidebar_state="collapsed",
        )
    if STYLE.is_file():
        st.html(STYLE)
    try:
        show_page()
    except InputError as error:
        show_broken_installation(error)


def show_page() -> None:
    """Show the map and what belongs to it, or what is wrong with the data."""
    try:
        dataset = join_own_data(load_dataset())
    except InputError as error:
        show_faults(error)
        return
    visit = receive_visit(dataset)
    problems = receive_reading(dataset)
    show_controls(dataset, visit.view)
    show_reading(dataset, visit.view)
    show_problems((*visit.problems, *problems), visit.view.language)
    show_atlas(dataset)


main()
