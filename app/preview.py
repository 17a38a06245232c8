"""What a drawn file will look like, small, while its options are chosen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from app.markdown import escape_markdown
from exports.formats import FORMATS
from exports.options import ExportOptions
from exports.pages import PAGES, measure_page
from geo.dataset import Dataset
from geo.selection import select
from geo.view import View
from layers.words import read_words

_LONGEST_PX = 960
_MOST_EVENTS = 3000  # more take longer to draw than anybody waits for a preview


def show_preview(dataset: Dataset, view: View, options: ExportOptions) -> None:
    """Show a drawn file's page as a picture, the first slide of a deck; nothing of a tour, which its own page tells.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    options
        Of the file.
    """
    if options.deck.startswith("tour:"):
        return
    words = read_words(view.language)
    if len(select(dataset, options.dress(view)).events) > _MOST_EVENTS:
        st.caption(escape_markdown(words["file-preview-none"].format(_MOST_EVENTS)))
        return
    small = _shrink(replace(options, deck="none"))
    # what a reader brought is kept in their own visit alone
    draw = _draw_shared if dataset.events is None else _draw_own
    with st.spinner(words["file-preview-wait"]):
        picture = draw(dataset.sha256, view.to_query(), small, dataset, view)
    caption = escape_markdown(words["file-preview"])
    st.image(picture, caption, width="stretch", output_format="PNG", alt=words["file-preview-alt"])


@st.cache_resource(max_entries=16, show_spinner=False)
def _draw_shared(sha256: str, query: str, options: ExportOptions, _dataset: Dataset, _view: View) -> bytes:
    return FORMATS[".png"].render(_dataset, _view, options)


@st.cache_resource(max_entries=4, show_spinner=False, scope="session")
def _draw_own(sha256: str, query: str, options: ExportOptions, _dataset: Dataset, _view: View) -> bytes:
    return FORMATS[".png"].render(_dataset, _view, options)


def _shrink(options: ExportOptions) -> ExportOptions:
    """Return options that make the same layout as a small picture."""
    page = PAGES.get(options.page)
    if page:
        return replace(options, dpi=int(72 * _LONGEST_PX / max(page.width_pt, page.height_pt)))
    size = measure_page(options.page)
    scale = min(1.0, _LONGEST_PX / max(size.width_px, size.height_px))
    return replace(options, page=f"{round(size.width_px * scale)}x{round(size.height_px * scale)}", dpi=None)
