"""The works that the claims cite; how the map is read; licences and data."""

from __future__ import annotations

import streamlit as st

from exports.receipt import LICENCES
from geo.dataset import Dataset
from geo.model import Precision, Status
from geo.view import View
from layers.words import escape_markdown, markdown_line, markdown_link, name_source, read_words


def show_sources(dataset: Dataset, view: View) -> None:
    """Show the works that the claims cite, and what of their records is inferred."""
    words = read_words(view.language)
    for source in dataset.sources:
        name = escape_markdown(name_source(source, view.language))
        link = markdown_link(words["open-source"], source.URL) if source.URL else escape_markdown(words["no-address"])
        st.markdown(f"{name}. {link}")
        for field, reason in source.inferred.items():
            st.caption(escape_markdown(words["inferred"].format(field, reason)))


def show_about(dataset: Dataset, view: View) -> None:
    """Show how the map is read, under which licences its parts stand, and which data it holds."""
    words = read_words(view.language)
    sections = {
        "reading-heading": [("", words[key]) for key in ("about-text", "origins-means", "names-note", "lines-note")],
        "how-sure": [(words[f"precision-{value}"], words[f"precision-{value}-means"]) for value in Precision],
        "status-heading": [(words[f"status-{value}"], words[f"status-{value}-means"]) for value in Status],
        "licences-heading": [(part["licence"], f"{part['part']}. {part['attribution']}.") for part in LICENCES],
        "data-heading": [("", words["data-line"].format(dataset.version, dataset.sha256))],
    }
    for heading, lines in sections.items():
        st.markdown(f"**{escape_markdown(words[heading])}**")
        st.markdown("\n".join(f"- {markdown_line(*line)}" for line in lines))
