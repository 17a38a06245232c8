"""What a view shows, in one line of words: how many of how many, when, and what was left out by which filter."""

from __future__ import annotations

from collections.abc import Sequence

from exports.lettering import clean_text
from exports.strings import read_own_words
from geo.dataset import Dataset
from geo.dates import format_interval
from geo.own_tables import OwnTable
from geo.selection import Selection
from geo.view import Language, View
from layers.words import read_words, theme_label

_MAX_THEMES = 4
_MAX_TITLES = 3


def choose_heading(title: str, dataset: Dataset, selection: Selection, language: Language) -> str:
    """Return what stands above a drawing: the given title, else the atlas's; of readers' own events alone, theirs.

    Parameters
    ----------
    title
        As it was asked for; empty where none was.
    dataset, selection
        What was chosen from, and what is shown of it.
    language
        Of the atlas's own title.
    """
    return clean_text(title) or _name_own_tables(dataset, selection) or read_words(language)["title"]


def _name_own_tables(dataset: Dataset, selection: Selection) -> str:
    if selection.features or dataset.events is None or not len(selection.events):
        return ""
    shown = set(dataset.events.columns["theme"][selection.events])
    titles = dict.fromkeys(clean_text(table.title) for table in dataset.tables if shown & table.themes.keys())
    return ", ".join(title for title in titles if title) if len(titles) <= _MAX_TITLES else ""


def sum_up(view: View, selection: Selection, in_frame: int, unplaced: int, tables: Sequence[OwnTable] = ()) -> str:
    """Tell what a drawing shows.

    Parameters
    ----------
    view
        What was asked for.
    selection
        What it shows of the dataset.
    in_frame
        Number of marks in the frame.
    unplaced
        Number of shown features and events that have no shape.
    tables
        Readers' own tables, which name their themes.
    """
    words, own = read_words(view.language), read_own_words(view.language)
    outside = selection.shown - unplaced - in_frame
    parts = [
        words["showing"].format(selection.shown, selection.total),
        own["in-frame"].format(in_frame, outside, unplaced),
        tell_window(view),
    ]
    if view.themes is not None and 0 < len(view.themes) <= _MAX_THEMES:
        parts.append(", ".join(theme_label(theme, view.language, tables) for theme in view.themes))
    if view.known:
        parts.append(f"{words['known-on']} {format_interval(view.known, view.language.value)}")
    parts += [words[f"hidden-by-{reason}"].format(count) for reason, count in selection.hidden.items() if count]
    return " · ".join(parts)


def tell_window(view: View) -> str:
    """Tell a view's time window in words."""
    words, own, language = read_words(view.language), read_own_words(view.language), view.language.value
    since = view.since and format_interval(view.since, language)
    until = view.until and format_interval(view.until, language)
    if since and since == until:
        text = since
    elif since and until:
        text = own["since-until"].format(since, until)
    elif since or until:
        text = own["since" if since else "until"].format(since or until)
    else:
        return words["all-time"]
    return f"{text} {words['with-undated']}" if view.undated else text
