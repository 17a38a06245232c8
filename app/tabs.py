"""The tabs below the map, of which only the open one is made."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import streamlit as st

from app.downloads import show_download, show_files
from app.evidence import show_evidence
from app.own_data import show_own_data
from app.parts import PANE, tabs_key, within_more
from app.sources import show_about, show_sources
from app.table import show_table
from geo.dataset import Dataset
from geo.view import View
from layers.visit import Visit
from layers.words import read_words

PANES: MappingProxyType[str, Callable[[Dataset, View], None]] = MappingProxyType(
    {
        "evidence": show_evidence,
        "table": show_table,
        "sources": show_sources,
        "files": show_files,
        "own": show_own_data,
        "about": show_about,
    }
)
"""What each tab shows, by its name."""


@st.fragment
def show_tabs(dataset: Dataset) -> None:
    """Show the tabs, and what the open one holds."""
    visit: Visit = st.session_state["visit"]
    language = visit.view.language
    labels = [read_words(language)[f"tab-{name}"] for name in PANES]
    tabs = st.tabs(labels, key=tabs_key(language), on_change="rerun")
    for name, tab in zip(PANES, tabs, strict=True):
        if tab.open:
            with tab, st.container(key=name), within_more():
                show_pane(dataset, name)


@st.fragment(key=PANE)
def show_pane(dataset: Dataset, name: str) -> None:
    """Show what a tab holds, for the view as it is now, and offer that view as a page."""
    visit: Visit = st.session_state["visit"]
    PANES[name](dataset, visit.view)
    show_download(dataset, visit.view, ".html")
