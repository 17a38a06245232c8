"""Names of files that say what is in them."""

from __future__ import annotations

from datetime import date

from geo.dates import read_interval
from geo.view import View

_MAX_THEMES = 3


def file_name(view: View, suffix: str, day: date) -> str:
    """Name a file after what it shows and the day on which it was made.

    Parameters
    ----------
    view
        What the file shows.
    suffix
        With its dot, one of `exports.formats.FORMATS`.
    day
        Day of making.

    Examples
    --------
    >>> file_name(View(themes=("border", "tunnels"), since="2013", until="2015-07"), ".csv", date(2026, 11, 22))
    'corridor_border-tunnels_2013-2015_20261122.csv'
    >>> file_name(View(), ".html", date(2026, 11, 22))
    'corridor_20261122.html'
    """
    parts = ["corridor", _themes(view), _years(view), day.strftime("%Y%m%d")]
    return "_".join(part for part in parts if part) + suffix


def _themes(view: View) -> str:
    if view.themes is None:
        return ""
    return "-".join(view.themes) if 0 < len(view.themes) <= _MAX_THEMES else f"{len(view.themes)}-themes"


def _years(view: View) -> str:
    first = read_interval(view.since).first if view.since else None
    last = read_interval(view.until).last if view.until else None
    if first and last:
        return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
    if first:
        return f"from-{first.year}"
    return f"to-{last.year}" if last else ""
