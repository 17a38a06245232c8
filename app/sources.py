"""The works that the claims cite; how the map is read; licences and data."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from app.limits import describe_limit_in, find_limits
from app.markdown import escape_markdown, markdown_line, markdown_link
from exports.receipt import list_licences
from geo.dataset import Dataset
from geo.events import EventTable
from geo.intake.limits import LIMIT_NAMES, variable_of
from geo.model import Precision, Source, Status
from geo.view import Language, View
from layers.telling import tell
from layers.words import name_source, read_words, tell_data

_MOST_SOURCES = 100


def show_sources(dataset: Dataset, view: View) -> None:
    """Show the works that the claims cite, and what of their records is inferred; all in one text, as it stays so."""
    blocks = [write_source(source, view) for source in dataset.sources]
    if dataset.events is not None:
        blocks.append(write_event_sources(dataset.events, view))
    st.markdown("\n\n".join(blocks))


def write_source(source: Source, view: View) -> str:
    """Write a work in Markdown, with what of its record is inferred as items below it."""
    words = read_words(view.language)
    name = escape_markdown(name_source(source, view.language))
    link = markdown_link(words["open-source"], source.URL) if source.URL else escape_markdown(words["no-address"])
    inferred = (
        words["inferred"].format(words.get(f"inferred-{field}", field), reason)
        for field, reason in source.inferred.items()
    )
    return "\n".join([f"{name}. {link}", "", *(f"- {escape_markdown(line)}" for line in inferred)])


def write_event_sources(events: EventTable, view: View) -> str:
    """Write what readers' own events name as their sources, with how many events each has."""
    words, (codes, names) = read_words(view.language), events.numbered("source")
    counts = np.bincount(codes, minlength=len(names)).tolist()
    named = sorted(zip(names, counts, strict=True), key=lambda each: -each[1])[:_MOST_SOURCES]
    lines = [f"- {escape_markdown(name or words['no-source'])} ({count:,})" for name, count in named]
    more = words["more-sources"].format(f"{len(names) - _MOST_SOURCES:,}") if len(names) > _MOST_SOURCES else ""
    blocks = (f"**{escape_markdown(words['event-sources'])}**", "\n".join(lines), escape_markdown(more))
    return "\n\n".join(filter(None, blocks))


def show_about(dataset: Dataset, view: View) -> None:
    """Show how the map is read, its licences and data, and the limits of what readers bring; all in one text."""
    words, limits = read_words(view.language), find_limits(view.language)
    sections = {
        "reading-heading": [("", words[key]) for key in ("about-text", "origins-means", "names-note", "lines-note")],
        "how-sure": [(words[f"precision-{value}"], words[f"precision-{value}-means"]) for value in Precision],
        "status-heading": [(words[f"status-{value}"], words[f"status-{value}-means"]) for value in Status],
        "licences-heading": [_tell_licence(part, view.language) for part in list_licences(dataset)],
        "data-heading": [("", tell_data(dataset, view.language))],
        "own-limits-heading": [
            (describe_limit_in(name, limits, view.language), words["own-limit-setting"].format(variable_of(name)))
            for name in LIMIT_NAMES
        ],
    }
    blocks = []
    for heading, lines in sections.items():
        blocks.append(f"**{escape_markdown(words[heading])}**")
        blocks.append("\n".join(f"- {markdown_line(*line)}" for line in lines))
    st.markdown("\n\n".join(blocks))


def _tell_licence(part: Mapping[str, str], language: Language) -> tuple[str, str]:
    """Tell what a part of the data is, and its licence; names stay as they are.

    What is told first is in the reader's language, so that the line runs as it does.
    """
    name, licence, attribution = (tell(part[key], language) or part[key] for key in ("part", "licence", "attribution"))
    return name, f"{licence}. {attribution}."
