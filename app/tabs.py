"""The tabs below the map, of which only the open one is made."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.downloads import show_download, show_files
from app.evidence import show_evidence
from app.own_data import show_own_data
from app.sources import show_about, show_sources
from app.table import show_table
from geo.dataset import Dataset
from geo.view import View
from layers.words import read_words


def show_tabs(dataset: Dataset, view: View) -> None:
    """Show evidence, table, sources and notes, of which only the open one is made."""
    words = read_words(view.language)
    panes: dict[str, Callable[[Dataset, View], None]] = {
        "evidence": show_evidence,
        "table": show_table,
        "sources": show_sources,
        "files": show_files,
        "own": show_own_data,
        "about": show_about,
    }
    labels = [words[f"tab-{name}"] for name in panes]
    tabs = st.tabs(labels, key=f"tabs-{view.language}", on_change="rerun")
    for (name, show), tab in zip(panes.items(), tabs, strict=True):
        if tab.open:
            with tab, st.container(key=name):
                show(dataset, view)
    show_download(dataset, view, ".html")
