"""What a view shows, in one line of words: how many of how many, when, and what was left out by which filter."""

from __future__ import annotations

from collections.abc import Sequence

from exports.lettering import clean_text
from exports.strings import read_own_words
from geo.dataset import Dataset
from geo.dates import format_interval
from geo.model import Theme
from geo.own_tables import OwnTable
from geo.selection import Selection
from geo.view import Language, View
from layers.words import read_words, theme_label

_MAX_THEMES = 4
_MAX_TITLES = 3
# filters that the line names, so that it need not count what they hide
_TOLD_BY_NAME = frozenset({"themes", "time", "known", "text"})


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
    """Tell shortly what a drawing shows and what is left out of it; the receipt has every count.

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
    counts = (("outside-frame", outside), ("without-place", unplaced))
    parts = [
        own["mark-of" if in_frame == 1 else "marks-of"].format(in_frame, selection.total),
        *(own[name].format(count) for name, count in counts if count),
        _tell_themes(view, tables),
        tell_window(view),
        own["known-on"].format(format_interval(view.known, view.language.value)) if view.known else "",
        own["with-words"].format(clean_text(view.text)) if view.text else "",
    ]
    left_out = [
        words[f"hidden-by-{reason}"].format(count)
        for reason, count in selection.hidden.items()
        if count and reason not in _TOLD_BY_NAME
    ]
    if left_out:
        parts.append(own["left-out"].format((", " if view.language is Language.ENGLISH else "، ").join(left_out)))
    return " · ".join(part for part in parts if part)


def _tell_themes(view: View, tables: Sequence[OwnTable]) -> str:
    if view.themes is None:
        return ""
    if not 0 < len(view.themes) <= _MAX_THEMES:
        return read_own_words(view.language)["layers"].format(len(view.themes))
    labels = ((theme, theme_label(theme, view.language, tables)) for theme in view.themes)
    # within a line the atlas's own begin small; a reader's are theirs to write
    return ", ".join(label[:1].lower() + label[1:] if theme in set(Theme) else label for theme, label in labels)


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
        return own["all-dates"]
    return f"{text} {words['with-undated']}" if view.undated else text
