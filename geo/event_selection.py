"""What a view shows of a reader's own events: the same filters as for features, on whole columns at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from geo.dates import read_interval
from geo.events import EventTable, make_slug
from geo.filters import Filter, fold, window_of
from geo.model import Precision, Status
from geo.view import View

Mask = np.ndarray[Any, np.dtype[np.bool_]]


def select_events(events: EventTable, view: View) -> tuple[np.ndarray[Any, Any], dict[Filter, int]]:
    """Tell which events a view shows, and how many each filter hides.

    An event is one claim, put forward as reported by its source, drawn where it is given, and exact where its table
    does not say how exactly that is known. A day of report is not known of it, so none hides it.

    Parameters
    ----------
    events
        The table.
    view
        What to show.

    Returns
    -------
    tuple
        Row numbers of the shown events; and the number hidden by each filter, an event under the first that does.
    """
    left = np.ones(len(events), dtype=bool)
    hidden: dict[Filter, int] = {}
    for name, passes in _FILTERS.items():
        mask = left & passes(events, view)
        if mask.sum() < left.sum():
            hidden[name] = int(left.sum() - mask.sum())
        left = mask
    return np.flatnonzero(left), hidden


def _has_theme(events: EventTable, view: View) -> Mask:
    return _is_among(events, "theme", view.themes)


def _is_of_source(events: EventTable, view: View) -> Mask:
    return _is_among(events, "source", view.sources)


def _is_among(events: EventTable, name: str, kept: tuple[str, ...] | None) -> Mask:
    if kept is None:
        return _all(events, passes=True)
    codes, values = events.numbered(name)
    keep = set(kept)
    mask: Mask = np.array([make_slug(value) in keep for value in values], dtype=bool)[codes]
    return mask


def _all(events: EventTable, *, passes: bool) -> Mask:
    return np.full(len(events), passes)


def _has_precision(events: EventTable, view: View) -> Mask:
    if view.precisions is None:
        return _all(events, passes=True)
    mask: Mask = np.isin(
        events.precisions, [number for number, each in enumerate(Precision) if each in view.precisions]
    )
    return mask


def _has_status(events: EventTable, view: View) -> Mask:
    return _all(events, passes=view.statuses is None or Status.REPORTED in view.statuses)


def _has_origins(events: EventTable, view: View) -> Mask:
    return _all(events, passes=view.origins == 1)


def _is_in_window(events: EventTable, view: View) -> Mask:
    window = window_of(view)
    if window is None:
        return _all(events, passes=True)
    codes, dates = events.numbered("when")
    within = [window.overlaps(read_interval(date)) if date else view.undated for date in dates]
    mask: Mask = np.array(within, dtype=bool)[codes]
    return mask


def _has_words(events: EventTable, view: View) -> Mask:
    words = fold(view.text).split()
    if not words:
        return _all(events, passes=True)
    rows = zip(*(events.columns[name] for name in ("name", "statement", "source")), strict=True)
    return np.array(
        [all(word in text for word in words) for text in (fold("\n".join(row)) for row in rows)], dtype=bool
    )


_FILTERS: dict[Filter, Callable[[EventTable, View], Mask]] = {
    Filter.THEMES: _has_theme,
    Filter.PRECISIONS: _has_precision,
    Filter.SOURCES: _is_of_source,
    Filter.STATUSES: _has_status,
    Filter.TIME: _is_in_window,
    Filter.ORIGINS: _has_origins,
    Filter.TEXT: _has_words,
}
