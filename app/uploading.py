"""Fields that take files, with Streamlit's own words on them in the reader's language."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.typing import UploadedFile

from geo.view import Language
from layers.words import read_words


def ask_for_files(label: str, most_megabytes: int, language: Language, **options: Any) -> list[UploadedFile]:
    """Show a field that takes several files of any kind, and return those that were brought.

    Whoever asks tells what is wrong with a file, and how to mend it: Streamlit's own refusal of a suffix does not.

    Parameters
    ----------
    label
        What is asked for.
    most_megabytes
        Greatest size of a file.
    language
        Of the words that Streamlit has in English alone: the style sheet puts others in their place.
    options
        Of `streamlit.file_uploader`; a key is needed.
    """
    with nullcontext() if language is Language.ENGLISH else _in_other_words(options["key"], most_megabytes, language):
        files: list[UploadedFile] = st.file_uploader(
            label, type=None, accept_multiple_files=True, max_upload_size=most_megabytes, **options
        )
    return files


def _in_other_words(key: str, most_megabytes: int, language: Language) -> DeltaGenerator:
    """Open a container in which a field has other words than Streamlit's."""
    words = read_words(language)
    button, limit = words["upload-button"], words["upload-limit"].format(most_megabytes)
    st.html(f"<style>.st-key-{key} {{ --upload-button: {_quote(button)}; --upload-limit: {_quote(limit)} }}</style>")
    return st.container(key=f"field-{language}-{key}")


def _quote(text: str) -> str:
    """Write words as a string of a style sheet, which is written as JSON's are."""
    return json.dumps(text, ensure_ascii=False)
