"""Fields that take files, with Streamlit's own words on them in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.typing import UploadedFile

from geo.view import Language
from layers.words import read_words


def ask_for_files(
    label: str, kind: str | Sequence[str], most_megabytes: int, language: Language, **options: Any
) -> list[UploadedFile]:
    """Show a field that takes several files, and return those that were brought.

    Parameters
    ----------
    label
        What is asked for.
    kind
        Suffixes that are taken.
    most_megabytes
        Greatest size of a file.
    language
        Of the words that Streamlit has in English alone: the style sheet puts others in their place.
    options
        Of `streamlit.file_uploader`; a key is needed.
    """
    if language is not Language.ENGLISH:
        words = read_words(language)
        button, limit = words["upload-button"], words["upload-limit"].format(most_megabytes)
        told = f"--upload-button: {_quote(button)}; --upload-limit: {_quote(limit)}"
        st.html(f"<style>.st-key-{options['key']} {{ {told} }}</style>")
    with st.container(key=f"field-{language}-{options['key']}"):
        files: list[UploadedFile] = st.file_uploader(
            label, type=kind, accept_multiple_files=True, max_upload_size=most_megabytes, **options
        )
    return files


def _quote(text: str) -> str:
    """Write words as a string of a style sheet, which is written as JSON's are."""
    return json.dumps(text, ensure_ascii=False)
