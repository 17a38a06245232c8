"""The view kept in the address, and the reader's visit that follows it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from geo.dataset import Dataset
from geo.view import Appearance, View
from layers.visit import Visit, read_address


def receive_visit(dataset: Dataset) -> Visit:
    """Follow what the reader did last: the controls, or else the address."""
    state = st.session_state
    address = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    before: Visit | None = state.get("visit")
    if before is None:
        visit = Visit.begin(address, dataset)
    else:
        # a run that a control began may carry an address that the map has left behind
        dressed = dress_visit()
        visit = dressed if dressed is not before else before.turn_to(address, dataset)
    state["visit"] = visit
    state["language"] = visit.view.language.value
    state["basemap"] = visit.view.basemap
    state["appearance"] = visit.view.appearance.value
    return visit


def dress_visit() -> Visit:
    """Follow the controls; the visit as it was where they stand as it does."""
    state = st.session_state
    before: Visit = state["visit"]
    state["visit"] = before.dress(state["language"], state["basemap"], state["appearance"])
    visit: Visit = state["visit"]
    return visit


def leave_behind(dataset: Dataset) -> None:
    """Let go of layers, sources and a feature that the view names and the data have no longer.

    Else a reader who took away the only layer in view would be left with none.
    """
    visit: Visit = st.session_state["visit"]
    # without the tour, of which a step alone would mean what that step shows
    plain = visit.view.model_copy(update={"tour": None, "step": 1})
    known, _ = read_address(plain.to_query(), dataset)
    view = visit.view.model_copy(update={name: getattr(known, name) for name in ("themes", "sources", "feature")})
    if view == visit.view:
        return
    st.session_state["visit"] = replace(visit, view=view, asked=view, turn=visit.turn + 1, heard=None, problems=())
    write_address(view)


def find_ground(view: View) -> Appearance:
    """Return the ground that a reader has, light or dark: where the view leaves it open, that of the app around it."""
    return view.appearance if view.appearance is not Appearance.AUTO else Appearance(st.context.theme.type or "light")


def write_address(view: View) -> None:
    """Put the view into the address; parameters that are Streamlit's own stay."""
    parameters = dict(parse_qsl(view.to_query()))
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)
