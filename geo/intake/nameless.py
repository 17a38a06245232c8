"""Tables without a heading: the columns of longitude and latitude, found by their numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from geo.intake.referencing import HOME_DEG
from geo.intake.rows import RawLayer

# whole numbers are counts, years and codes; degrees of a place have decimals
_DEGREES = re.compile(r"\s*[-+]?\d{1,3}\.\d+\s*")

Column = list[float]


def find_degrees(layer: RawLayer) -> tuple[str, str] | None:
    """Find the columns of longitude and latitude of a table whose columns have numbers for names.

    The first two neighbouring columns of numbers with decimals in all of the first 200 rows are taken. Latitude is the
    one within 90 degrees; if both are, the first, as in gazetteers, unless only the other way lies in the region.

    Returns
    -------
    tuple or None
        Names of the columns of longitude and of latitude; ``None`` where none are found or columns have names.
    """
    if not _is_nameless(layer):
        return None
    for first, second in pairwise(layer.fields):
        a, b = (_read_column(layer, name) for name in (first, second))
        if a is None or b is None:
            continue
        if _are_degrees(b, a) and (_are_in_region(b, a) or not _are_in_region(a, b)):
            return second, first
        if _are_degrees(a, b):
            return first, second
    return None


def may_be_swapped(layer: RawLayer, longitude: str, latitude: str) -> bool:
    """Tell whether the numbers of a table without names leave open which column is the longitude, which the latitude.

    Parameters
    ----------
    layer
        As it was parsed.
    longitude, latitude
        Names of columns, as `find_degrees` returns them.
    """
    if not _is_nameless(layer):
        return False
    x, y = (_read_column(layer, name) for name in (longitude, latitude))
    if x is None or y is None or not (_are_degrees(x, y) and _are_degrees(y, x)):
        return False
    return _are_in_region(x, y) == _are_in_region(y, x)


def _is_nameless(layer: RawLayer) -> bool:
    names = enumerate(layer.fields, start=1)
    return bool(layer.fields) and all(name == f"column {place}" for place, name in names)


def _read_column(layer: RawLayer, name: str) -> Column | None:
    values = [str(value) for value in layer.sample(name)]
    return [float(value) for value in values] if all(map(_DEGREES.fullmatch, values)) else None


def _are_degrees(longitudes: Column, latitudes: Column) -> bool:
    return max(map(abs, longitudes), default=0) <= 180 and max(map(abs, latitudes), default=0) <= 90


def _are_in_region(longitudes: Column, latitudes: Column) -> bool:
    west, south, east, north = HOME_DEG
    return all(west <= x <= east and south <= y <= north for x, y in zip(longitudes, latitudes, strict=True))
