"""Sentences about what a reader brings and asks for: in their language, or in English and marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from app.markdown import escape_markdown
from geo.errors import InputError, Problem
from geo.view import Language
from layers.telling import tell
from layers.words import read_words

_MOST_WARNINGS = 5
_MOST_NOTES = 20


def show_error(error: InputError, language: Language) -> None:
    """Show the problems of an error as warnings."""
    show_problems(error.problems, language)


def show_problems(problems: Iterable[Problem], language: Language) -> None:
    """Show the first problems as warnings, each once, and how many more there are."""
    messages = list(dict.fromkeys(problem.message for problem in problems))
    show_warnings(messages[:_MOST_WARNINGS], language)
    if len(messages) > _MOST_WARNINGS:
        st.warning(_tell_rest(len(messages) - _MOST_WARNINGS, language))


def _tell_rest(count: int, language: Language) -> str:
    return escape_markdown(read_words(language)["notes-more"].format(count))


def show_warnings(sentences: Iterable[str], language: Language) -> None:
    """Show sentences as warnings; one that stays English says so."""
    for sentence in sentences:
        told = tell(sentence, language)
        if told is None:
            st.warning(escape_markdown(read_words(language)["in-english"]))
            _show_english([sentence])
        else:
            st.warning(escape_markdown(told))


def show_notes(sentences: Sequence[str], language: Language) -> None:
    """Show the first sentences in small letters, a line each; those that stay English below the others."""
    told, english = _part(sentences[:_MOST_NOTES], language)
    if told:
        st.caption("  \n".join(map(escape_markdown, told)))
    _show_english(english)
    if len(sentences) > _MOST_NOTES:
        st.caption(_tell_rest(len(sentences) - _MOST_NOTES, language))


def show_counts(counts: Sequence[tuple[str, int]], language: Language) -> None:
    """Show how often each of some sentences is to be said, as a list."""
    lines = [f"- {count:,} × {escape_markdown(told)}" for text, count in counts if (told := tell(text, language))]
    if lines:
        st.markdown("\n".join(lines))
    _show_english([f"{count:,} × {text}" for text, count in counts if tell(text, language) is None])


def _part(sentences: Iterable[str], language: Language) -> tuple[list[str], list[str]]:
    pairs = [(sentence, tell(sentence, language)) for sentence in sentences]
    return [told for _, told in pairs if told is not None], [text for text, told in pairs if told is None]


def _show_english(sentences: Sequence[str]) -> None:
    """Show English sentences among words of another language, marked for screens and those who listen."""
    if sentences:
        lines = "<br>".join(escape(" ".join(sentence.split())) for sentence in sentences)
        st.html(f'<p lang="en" dir="ltr">{lines}</p>')
