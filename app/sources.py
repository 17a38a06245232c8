"""The works that the claims cite; how the map is read; licences and data."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.own_data import find_limits
from exports.receipt import list_licences
from geo.dataset import Dataset
from geo.events import EventTable
from geo.intake.limits import LIMIT_NAMES, describe_limit, variable_of
from geo.model import Precision, Status
from geo.view import View
from layers.words import escape_markdown, markdown_line, markdown_link, name_source, read_words, tell_data

_MOST_SOURCES = 100


def show_sources(dataset: Dataset, view: View) -> None:
    """Show the works that the claims cite, and what of their records is inferred."""
    words = read_words(view.language)
    for source in dataset.sources:
        name = escape_markdown(name_source(source, view.language))
        link = markdown_link(words["open-source"], source.URL) if source.URL else escape_markdown(words["no-address"])
        st.markdown(f"{name}. {link}")
        for field, reason in source.inferred.items():
            st.caption(escape_markdown(words["inferred"].format(words.get(f"inferred-{field}", field), reason)))
    if dataset.events is not None:
        show_event_sources(dataset.events, view)


def show_event_sources(events: EventTable, view: View) -> None:
    """Show what readers' own events name as their sources, with how many events each has."""
    words, (codes, names) = read_words(view.language), events.numbered("source")
    counts = np.bincount(codes, minlength=len(names)).tolist()
    st.markdown(f"**{escape_markdown(words['event-sources'])}**")
    lines = [
        f"- {escape_markdown(name or words['no-source'])} ({count:,})"
        for name, count in sorted(zip(names, counts, strict=True), key=lambda each: -each[1])[:_MOST_SOURCES]
    ]
    st.markdown("\n".join(lines))
    if len(names) > _MOST_SOURCES:
        st.caption(escape_markdown(words["more-sources"].format(f"{len(names) - _MOST_SOURCES:,}")))


def show_about(dataset: Dataset, view: View) -> None:
    """Show how the map is read, its licences and data, and the limits of what readers bring."""
    words, limits = read_words(view.language), find_limits()
    sections = {
        "reading-heading": [("", words[key]) for key in ("about-text", "origins-means", "names-note", "lines-note")],
        "how-sure": [(words[f"precision-{value}"], words[f"precision-{value}-means"]) for value in Precision],
        "status-heading": [(words[f"status-{value}"], words[f"status-{value}-means"]) for value in Status],
        "licences-heading": [
            (part["licence"], f"{part['part']}. {part['attribution']}.") for part in list_licences(dataset)
        ],
        "data-heading": [("", tell_data(dataset, view.language))],
        "own-limits-heading": [(variable_of(name), describe_limit(name, limits)) for name in LIMIT_NAMES],
    }
    for heading, lines in sections.items():
        st.markdown(f"**{escape_markdown(words[heading])}**")
        st.markdown("\n".join(f"- {markdown_line(*line)}" for line in lines))
