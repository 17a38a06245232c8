"""What is shown, as files."""

from __future__ import annotations

from datetime import date

import streamlit as st

from exports.formats import FORMATS
from exports.naming import file_name
from geo.dataset import Dataset
from geo.view import View
from layers.words import escape_markdown, read_words


def show_files(dataset: Dataset, view: View) -> None:
    """Offer what is shown in every format that the atlas writes."""
    words = read_words(view.language)
    st.markdown(escape_markdown(words["files-note"]))
    suffix = st.selectbox(
        words["file-format"],
        list(FORMATS),
        index=list(FORMATS).index(".pptx"),
        format_func=lambda suffix: f"{suffix.removeprefix('.').upper()}: {FORMATS[suffix].label}",
        key="file-format",
    )
    show_download(dataset, view, suffix, label=words["download-file"])


def show_download(dataset: Dataset, view: View, suffix: str, *, label: str | None = None) -> None:
    """Offer what is shown as a file, which is made when it is asked for; a label of its own sets a button apart."""
    chosen = FORMATS[suffix]
    name = "file" if label else suffix.removeprefix(".")
    st.download_button(
        label or read_words(view.language)[f"download-{name}"],
        data=lambda: chosen.render(dataset, view),
        file_name=file_name(view, suffix, date.today()),
        mime=chosen.media_type,
        key=f"download-{name}",
        on_click="ignore",
    )
