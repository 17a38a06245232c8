"""Headings with fewer names than every row has cells: which of the columns is without one, as far as the rows tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from geo.intake.column_names import NAMES, fold_name
from geo.intake.placing import is_pair, is_wkt, read_angle, read_number

_SAMPLE_ROWS = 50
_LEAST_METRES = 1_000
_FRACTION = re.compile(r"\d[.,]\d|°", re.ASCII)
_NUMBERS = ("lon", "lat", "easting", "northing")

Rows = Sequence[Sequence[str]]


def lacks_first_name(heading: Sequence[str], rows: Rows) -> bool:
    """Tell whether the first column has no name, as that of the rows' names in tables that R writes.

    Its cells differ from one another, and places stand below the names of places only if those begin with the second.

    Parameters
    ----------
    heading
        Names, one less than each row has cells.
    rows
        All of them, alike in width.

    Examples
    --------
    >>> lacks_first_name(["lat", "lon"], [["1", "31.28", "34.25"], ["2", "31.3", "34.3"]])
    True
    >>> lacks_first_name(["id", "lat", "lon"], [["1", "31", "28", "34"], ["2", "31", "13", "33"]])
    False
    """
    if len(rows[0]) != len(heading) + 1 or not _differ(rows, 0):
        return False
    ids = [place for place, name in enumerate(heading) if fold_name(name) in NAMES["id"]]
    # ids that tell rows apart as they stand, and no longer if they are those of the next column
    if any(_differ(rows, place) and not _differ(rows, place + 1) for place in ids):
        return False
    return _has_places(heading, rows, 1) and not _has_places(heading, rows, 0)


def lacks_last_names(heading: Sequence[str], rows: Rows) -> bool:
    """Tell whether the last columns are to be numbered, as far as that can put no place wrong.

    They are where they are empty, where places stand below the names of places, and where shapes in words tell where
    the rows lie, in whichever column they stand.

    Parameters
    ----------
    heading, rows
        As of `lacks_first_name`; there may be more than one name less.

    Examples
    --------
    >>> lacks_last_names(["lat", "lon"], [["31.28", "34.25", ""]]), lacks_last_names(["a", "b"], [["1", "2", "3"]])
    (True, False)
    """
    beyond = (cell for row in rows for cell in row[len(heading) :])
    if not any(map(str.strip, beyond)):
        return True
    further = len(rows[0]) - len(heading)
    if _has_places(heading, rows, 0):
        return not _has_places(heading, rows, further)
    return _has_shapes_alone(heading, rows)


def _has_shapes_alone(heading: Sequence[str], rows: Rows) -> bool:
    is_number_named = any(fold_name(name) in NAMES[role] for name in heading for role in _NUMBERS)
    return not is_number_named and any(all(map(is_wkt, cells)) for cells in zip(*rows[:_SAMPLE_ROWS], strict=True))


def _has_places(heading: Sequence[str], rows: Rows, shift: int) -> bool:
    """Tell whether places stand below all names of places, if the names began so many cells further on."""
    found = [
        fits([text for row in rows[:_SAMPLE_ROWS] if (text := row[place + shift].strip())])
        for place, name in enumerate(map(fold_name, heading))
        for role, fits in _FITS.items()
        if name in NAMES[role]
    ]
    return bool(found) and all(found)


def _differ(rows: Rows, place: int) -> bool:
    cells = {row[place].strip() for row in rows}
    return len(cells) == len(rows) and "" not in cells


def _are_degrees(cells: Sequence[str]) -> bool:
    # a comma that divides numbers in two leaves whole ones, and codes such as E1 are no degrees
    return all(read_angle(cell, "lat") is not None or read_angle(cell, "lon") is not None for cell in cells) and any(
        _FRACTION.search(cell) for cell in cells
    )


def _are_metres(cells: Sequence[str]) -> bool:
    numbers = [read_number(cell) for cell in cells]
    return all(number is not None and abs(number) >= _LEAST_METRES for number in numbers)


_FITS: Mapping[str, Callable[[Sequence[str]], bool]] = MappingProxyType(
    {
        "lon": _are_degrees,
        "lat": _are_degrees,
        "latlon": lambda cells: all(map(is_pair, cells)),
        "wkt": lambda cells: all(map(is_wkt, cells)),
        "easting": _are_metres,
        "northing": _are_metres,
    }
)
"""By role, what tells that cells are of it."""
