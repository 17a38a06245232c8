"""A file that is refused as a whole, in one sentence with its place and remedy."""

from __future__ import annotations

from geo.errors import InputError, Problem
from geo.wording import show_value

ACCEPTED = "GeoJSON, GeoPackage, GeoParquet, a zipped Shapefile, CSV, Excel, KML or KMZ"


class UnreadableError(InputError):
    """A file, or a part of one, is refused since it cannot be read; made by `unreadable`.

    Parameters
    ----------
    reason
        What is wrong and where, as a sentence.
    remedy
        What to do, as a sentence.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__([Problem("unreadable", f"{reason} {remedy}")])


def unreadable(reason: str, remedy: str) -> UnreadableError:
    """Make the error for a file that is refused.

    Parameters
    ----------
    reason
        What is wrong and where, as a sentence without its full stop.
    remedy
        What to do, as a sentence without its full stop.
    """
    return UnreadableError(f"{reason}.", f"{remedy}.")


def unaccepted(what: str) -> InputError:
    """Make the error for a format that is not read, which is named with its article."""
    return unreadable(f"It looks like {show_value(what, 120)}, which is not read here", f"Give {ACCEPTED}")


def first_line(error: BaseException) -> str:
    """Tell what a library says in one line that is safe to show."""
    lines = str(error).strip().splitlines()
    return show_value(lines[0] if lines else type(error).__name__, 120)


def library_words(error: BaseException, kinds: type[BaseException] | tuple[type[BaseException], ...]) -> str:
    """Tell in brackets what a library says of a file; empty where the error is none of its own, but Python's.

    Examples
    --------
    >>> library_words(LookupError("no sheet"), LookupError), library_words(TypeError("not subscriptable"), LookupError)
    (' (no sheet)', '')
    """
    return f" ({first_line(error)})" if isinstance(error, kinds) else ""
