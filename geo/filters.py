"""What the filters of features and of events share: their names, the time window, and how words are compared."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from geo.dates import Interval, read_interval
from geo.view import View


class Filter(StrEnum):
    """The parts of a view that hide features, in the order in which a hidden feature is put down to one."""

    THEMES = "themes"
    PRECISIONS = "precisions"
    SOURCES = "sources"
    STATUSES = "statuses"
    KNOWN = "known"
    TIME = "time"
    ORIGINS = "origins"
    TEXT = "text"


def fold(text: str) -> str:
    """Fold text for search: compatibility forms, no accents or vowel marks, lower case.

    Examples
    --------
    >>> fold("Al-ʿArīsh")
    'al-ʿarish'
    """
    if text.isascii():  # by far the quicker way, and most of a large table's texts
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M")).lower()


def window_of(view: View) -> Interval | None:
    """Return a view's time window, both ends included; ``None`` where it sets none."""
    if view.since is None and view.until is None:
        return None
    first = read_interval(view.since).first if view.since else None
    last = read_interval(view.until).last if view.until else None
    return Interval(first, last)
