"""Headings with fewer names than every row has cells: which of the columns is without one, as far as the rows tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from geo.intake.column_names import NAMES, fold_name
from geo.intake.placing import is_pair, is_wkt, read_angle, read_number

_SAMPLE_ROWS = 50
_LEAST_METRES = 1_000
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d\d", re.ASCII)

Rows = Sequence[Sequence[str]]


def lacks_first_name(heading: Sequence[str], rows: Rows) -> bool:
    """Tell whether the first column has no name, as that of the rows' names in tables that R writes.

    Its cells differ from one another, and what stands in the other columns fits their names better than if the last
    column had none.

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
    if len(rows[0]) != len(heading) + 1:
        return False
    firsts = {row[0] for row in rows}
    return len(firsts) == len(rows) and "" not in firsts and _fit(heading, rows, 1) > _fit(heading, rows, 0)


def lacks_last_names(heading: Sequence[str], rows: Rows) -> bool:
    """Tell whether the last columns have no names: they are empty, or what stands before them fits its names.

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
    return not any(map(str.strip, beyond)) or _fit(heading, rows, 0) > _fit(heading, rows, len(rows[0]) - len(heading))


def _fit(heading: Sequence[str], rows: Rows, shift: int) -> int:
    """Count the names of places and dates below which such stand, if the columns began so many cells further on."""
    count = 0
    for place, name in enumerate(map(fold_name, heading)):
        cells = [text for row in rows[:_SAMPLE_ROWS] if (text := row[place + shift].strip())]
        count += sum(bool(cells) and name in NAMES[role] and fits(cells) for role, fits in _FITS.items())
    return count


def _are_degrees(cells: Sequence[str]) -> bool:
    # a comma that divides numbers in two leaves whole ones
    return all(read_angle(cell, "lat") is not None or read_angle(cell, "lon") is not None for cell in cells) and any(
        not cell.lstrip("+-").isdigit() for cell in cells
    )


def _are_metres(cells: Sequence[str]) -> bool:
    numbers = [read_number(cell) for cell in cells]
    return all(number is not None and abs(number) >= _LEAST_METRES for number in numbers)


def _are_dates(cells: Sequence[str]) -> bool:
    return all(map(_DATE.match, cells))


_FITS: Mapping[str, Callable[[Sequence[str]], bool]] = MappingProxyType(
    {
        "lon": _are_degrees,
        "lat": _are_degrees,
        "latlon": lambda cells: all(map(is_pair, cells)),
        "wkt": lambda cells: all(map(is_wkt, cells)),
        "easting": _are_metres,
        "northing": _are_metres,
        "when": _are_dates,
    }
)
"""By role, what tells that cells are of it."""
